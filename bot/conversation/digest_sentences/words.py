"""Patterns shared by sentences about a digest: what people call one, when it comes, until when it is paused."""

import re
from typing import NamedTuple

from bot.search.marked_pattern import LazyPattern

MAX_SENTENCE = 200  # characters
DAYS = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?s?)"
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b)"  # a single one
UNITS = r"(?:days?|weeks?|fortnights?|months?|years?)"
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|christmas|easter|new year['’]?s?(?: (?:eve|day))?)"
)
# When something comes, as far as that is told from the words alone.
WHEN = (
    rf"(?:daily|weekly|monthly|fortnightly|bi-?weekly|every\b|each\b|once\b|{DAYS}\b|weekdays"
    r"|(?:in the )?(?:mornings?|afternoons?|evenings?)\b"
    r"|(?:at |by )?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|o'?clock)|\d{1,2}:\d\d|(?:at |by )?(?:noon|midday|midnight)"
    r"|(?:a (?:bit|little) )?(?:earlier|later)\b|(?:less|more) often|as soon as\b|on arrival)"
)
_NUMBER = r"(?:an? |one |two |three |four |five |six |ten |\d{1,3} |a couple of |a few )"
# A day as it is named: "monday", "5 january", "the 3rd", "next month".
A_DATE = (
    rf"(?:(?:the |this |next |coming |early |mid[- ]?|late )*(?:{_DAY}|{_MONTHS}|week|weekend|month|year)"
    rf"|(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: (?:of )?{_MONTHS})|the \d{{1,2}}(?:st|nd|rd|th)|\d{{4}}-\d\d-\d\d"
    r"|tomorrow|today|tonight|now)\b"
)
# A length or a day, and nothing vaguer: "for two weeks", "until 5 january".
PLAIN_END = (
    rf"(?:for (?:the next )?(?:{_NUMBER})?{UNITS}|(?:until|till) (?:the )?(?:{A_DATE}|new year|christmas|easter))"
)
# Until when something waits, or from when on: "for two weeks", "until 5 January", "next week", "from monday".
PAUSE_END = (
    rf"(?:(?:for|over|during) )?(?:the )?(?:next |coming |whole )*"
    rf"(?:{_NUMBER}|some |half an? )?(?:{UNITS}|hours?)(?: (?:from|starting|beginning)(?: on)? .{{1,30}})?"
    rf"|(?:until|till|til|up to|through|over|during|before|to) .{{1,40}}"
    r"|for (?:now|the (?:holidays?|moment"
    rf"|time being|summer|winter|weekend|{_MONTHS}|rest of .{{1,20}})|a (?:while|bit)|good|{_MONTHS})"
    rf"|next {DAYS}|(?:in )?{_MONTHS}(?: \d{{4}})?|(?:for )?(?:this (?:week|month|year|{DAYS})|today|tomorrow|tonight)"
    rf"|(?:from|between|starting|beginning|as of|on|after|once|in|when)(?: on| from)? {A_DATE}(?: .{{1,40}})?"
    rf"|(?:in|after) {_NUMBER}{UNITS}(?: .{{1,20}})?|(?:while|when|as long as) (?:i|we|everyone)\b.{{1,40}}"
    rf"|(?:{A_DATE}|from (?:the )?\d{{1,2}}(?:st|nd|rd|th)?) (?:to|until|till|through|-) .{{1,30}}"
)
# A schedule as it is said, "fridays at 8" or "every other week", and how it goes on: ", at 9am please".
# The longer of two that begin alike comes first: within an atomic group the first that fits is taken.
SOME_WHEN = (
    r"(?:(?:every|each) (?:other |second |two |three |2 |3 |single )?"
    rf"(?:weeks?|months?|days?|weekdays?|mornings?|evenings?|{DAYS}\b)"
    r"|once (?:a|per|every) (?:day|week|month|fortnight)|(?:twice|two times|three times) (?:a|per) (?:day|week|month)"
    r"|(?:in the )?(?:mornings?|afternoons?|evenings?)"
    rf"|(?:on |at |in the |by |first thing )?(?:(?:very |a bit )?(?:early|late)(?: in the \w+)? (?:on |every )?)?{WHEN}"
    rf"|(?:first thing|early|late)(?: in the (?:morning|day|week))?(?: (?:on|every) {DAYS}\b)?)"
)
# Atomic: "at 9am" can be read in two ways, and many of them in a row in a million.
MORE_WHEN = (
    rf"(?>(?:[ ,]*(?:{SOME_WHEN}|and(?! not\b)|at|on|or|in the(?: day\b)?|please|sharp|then|instead(?! of\b)"
    r"|from now on|\d{1,2}(?![\d:.]|\s?[ap]\.?m\b)))*)"
)
POLITE = (
    r"(?:(?:please|pls|hey|hi|ok|okay|can (?:you|we|i)|could (?:you|we|i)|would you|will you|let'?s|kindly|just|now"
    r"|maybe|perhaps|i think(?: that)?|(?:i|we) (?:should|could)|should we|shall we|is it possible to|why don['’]?t we"
    r"|(?:i|we)(?:'d| would) like(?: to)?|(?:i|we) (?:want|need)(?: to)?|how (?:do|can) (?:i|we)),? )*"
)
PLEASE = r"(?:,? (?:please|pls|thanks|thank you|now|again|too|as well|instead|from now on))*"
END_WORDS = (
    r"(?:cancel|stop|end|remove|delete|turn off|switch off|kill|get rid of|disable|drop|quit|terminate|discontinue"
    r"|unsubscribe(?: (?:us|me|this channel|here))?(?: from)?|opt out of)"
)
WORD = r"(?!digests?\b|from\b|to\b|in\b|on\b|of\b|out\b|for\b|with\b|into\b|the\b)[\w&+'’-]+ "
PLACE = r"(?: (?:here|in here|(?:in|of|for) this channel|posts?|messages?))?"
OWNED = (
    r"(?:the |our |this |my |that |your |this channel['’]?s |all |all (?:of )?(?:the |our )|any |any more |more "
    r"|both )?"
)
# "the next digest", "this week's digest": a single one.
SINGLE = LazyPattern(
    r"(?:(?:very )?next|coming|upcoming|following|tomorrow['’]?s?|today['’]?s?|tonight['’]?s?"
    r"|(?:(?:this|next|the coming) )?(?:week|month)['’]s)",
    re.IGNORECASE,
)


def digest_named(which: str) -> str:
    """The pattern of a digest, as in "our weekly billing digest". What it is called is the group named `which`."""
    return rf"{OWNED}(?P<{which}>(?:{WORD}){{0,3}}?)digests?{PLACE}"


DIGEST = digest_named("which")


class DigestSentence(NamedTuple):
    """A sentence as a verb's name and what follows it."""

    verb: str
    argument: str
    which: str = ""  # what the digest is called, of which it speaks: "portal"


def called(match: re.Match[str]) -> str:
    """What the digest is called in a sentence: the first of the groups `which`, `which2`, …"""
    names = (value for name, value in match.groupdict().items() if name.startswith("which") and value)
    return next(names, "").strip()
