"""Patterns of sentences that mean a digest without naming it, and may be a question: "stop the weekly update", "we are
away until 5 january". `ambiguous_sentences` tries them, whatever was talked about before.
"""

import re
from typing import NamedTuple

from bot.conversation.digest_sentences.questions import LAST_ONE
from bot.conversation.digest_sentences.words import (
    DAYS,
    END_WORDS,
    MORE_WHEN,
    PAUSE_END,
    SOME_WHEN,
    UNITS,
)
from bot.search.marked_pattern import LazyPattern, LeadingPattern

# Without "to", which is as likely said of people: "stop weekly updates to customers". A unit alone says neither how
# many nor which: "quiet hours".
UNTIL = rf"(?!(?:{UNITS}|hours?)\b)" + PAUSE_END.replace("|before|to)", "|before)")

_WEEKLY = (
    rf"(?:halo(?:psa)? |weekly |daily |monthly |fortnightly |automat(?:ic|ed) |regular |scheduled |morning |{DAYS} )"
)
_UPDATES = r"(?:updates?|summar(?:y|ies)|round-?ups?|newsletters?|news|change ?logs?|release (?:notes|news))"
# What a digest is called by those who do not know the word.
NEWS = (
    r"(?:(?:the |our |this |these |those |your |all (?:of )?(?:the |these |those |your )?|any (?:more )?|more )?"
    rf"{_WEEKLY}*{_UPDATES}"
    rf"|(?:these|those|this|your|any more|more) {_WEEKLY}*(?:posts?|postings?|messages?|notifications?|announcements?))"
)
_HERE = r"(?: (?:here|in here|in this (?:channel|room)|(?:for|to) (?:us|me|this channel)|from you))?"
_THANKS = (
    r"(?:,? (?:please|pls|now|thanks|thank you|any ?more|any longer|for good|altogether|completely|again|then"
    r"|instead))*"
)
_US = r"(?:us|me|everyone|this channel|the channel|this room)"
SCHEDULE_FIELD = r"(?:time(?: ?zone)?|day|days|schedule|frequency|hour|cadence)"


# What a field becomes; a time zone any city's. "change time to first response" is a question.
FIELD_VALUE = (
    rf"(?:(?:to|at|on|from)(?: (?:from )?(?:{SOME_WHEN}{MORE_WHEN}|\d{{1,2}}|\w+ly)(?: to)?)+"
    r"|(?<=zone )to [\w/+:]{2,20}(?: [\w/+:]{2,20})?|(?<=zone of it )to [\w/+:]{2,20}(?: [\w/+:]{2,20})?)"
)


_NAMES_UPDATES = LazyPattern(rf"\b{_UPDATES}\b", re.IGNORECASE)


def names_updates(text: str) -> bool:
    """Whether a text has a word by which those call a digest who do not know that word: "updates", "summary"."""
    return bool(_NAMES_UPDATES.search(text))


class DigestPhrase(NamedTuple):
    """What a whole sentence stands for. Its group `rest` follows the verb, after `before`; `which` is what the digest
    is called.
    """

    verb: str
    pattern: LazyPattern
    before: str = ""


def phrase(verb: str, first_words: str, pattern: str, before: str = "") -> DigestPhrase:
    """A verb and the pattern of the whole sentences that stand for it; they begin with one of the words, where any are
    given. `before` stands before what the pattern's group `rest` matched.
    """
    pattern = f"(?:{pattern}){_THANKS}"
    lazy = LeadingPattern(pattern, first_words) if first_words else LazyPattern(pattern, re.IGNORECASE)
    return DigestPhrase(verb, lazy, before)


PHRASES = (
    phrase(
        "unsubscribe",
        "cancel stop end remove delete turn switch kill get disable drop quit terminate discontinue unsubscribe opt",
        rf"(?:{END_WORDS}|turn)(?: (?:sending|posting|getting|giving))?(?: (?:us|me|everyone))? {NEWS}{_HERE}"
        r"(?: off)?",
    ),
    phrase("unsubscribe", "no", rf"no(?: more)? {NEWS}{_HERE}"),
    phrase(
        "unsubscribe",
        "don no_longer i_no we_no i_don we_don i_do we_do",
        rf"(?:(?:i|we) )?(?:don['’]?t|do not|no longer) (?:want|need|read)(?: to get| to have)? {NEWS}{_HERE}",
    ),
    phrase(
        "unsubscribe",
        "stop quit",
        r"(?:stop|quit)(?: (?:posting|spamming|messaging|bothering|sending|talking))"
        rf"(?: (?:{_US}|here|in here|this|these|things|stuff|messages|in|to|with))*",
    ),
    phrase(
        "unsubscribe",
        "take remove drop opt sign leave",
        rf"(?:take|remove|drop) {_US} (?:off|from) (?:the |your |this )?(?:mailing |digest )?list"
        rf"|(?:opt|sign) {_US} out|leave us alone",
    ),
    phrase(
        "pause",
        "pause hold suspend snooze mute halt skip silence put",
        rf"(?:pause|hold|suspend|snooze|mute|halt|skip|silence) {NEWS}{_HERE}(?: (?P<rest>{UNTIL}))?"
        rf"|put {NEWS}{_HERE} on hold(?: (?P<rest2>{UNTIL}))?",
    ),
    phrase(
        "pause",
        "no nothing quiet be stay silence",
        rf"(?:no {NEWS}|nothing|(?:be |stay )?quiet|silence){_HERE} (?P<rest>{UNTIL})",
    ),
    phrase("pause", "stop", rf"stop (?:(?:posting|sending) )?{NEWS}{_HERE} (?P<rest>{UNTIL})"),
    phrase(
        "pause",
        "we i everyone the_office our_office",
        r"(?:we|i|everyone|the office|our office)(?:['’]re|['’]m| are| am| is)? (?:all )?"
        rf"(?:away|closed|out of office|on (?:holiday|vacation|leave|a break))(?: (?P<rest>{UNTIL}))?",
    ),
    phrase(
        "resume",
        "start resume restart continue unmute unpause bring turn switch keep",
        rf"(?:start|resume|restart|continue|unmute|unpause|bring|turn on|switch on) {NEWS}{_HERE}"
        r"(?: (?:again|back|back on))?"
        rf"|(?:turn|switch|bring) {NEWS}{_HERE} (?:back on|back|on)"
        r"|(?:start|keep) (?:posting|sending)(?: here)?(?: again)?",
    ),
    phrase(
        "resume",
        "we i back",
        r"(?:we|i)(?:['’]re|['’]m| are| am) (?:all )?back(?: (?:now|again))?"
        r"(?: from (?:\S+ )?(?:holidays?|vacation|leave))?"
        r"|back from (?:\S+ )?(?:holidays?|vacation|leave)",
    ),
    phrase("undo", "we i bring get put", r"(?:(?:we|i) want|bring|get|put) it back"),
    phrase("resume", "lift undo end finish", r"(?:lift|undo|end|finish) (?:the |its )?paus(?:e|ing)"),
    phrase(
        "change digest",
        "change set move adjust alter",
        rf"(?:change|set|move|adjust|alter) (?:the |its |our |this channel['’]s )(?P<rest>{SCHEDULE_FIELD}"
        rf"(?: of it)?(?: {FIELD_VALUE})?)(?: here)?",
    ),
    phrase(
        "change digest",
        "stop don less no_more nothing leave",
        r"(?:stop (?:posting|sending us|telling us|bothering us with)|don['’]?t (?:post|send us|tell us)|less"
        r"|no more|nothing)"
        r" (?:stuff |news |posts |updates |things |anything )?(?:about|on|to do with) (?P<rest>.{1,60})",
        "without ",
    ),
    phrase(
        "change digest",
        "we i",
        r"(?:we|i)(?:['’]re| are| am|['’]m)? (?:only|just) (?:care about|interested in|want to (?:see|hear about)"
        r"|need to see|want) "
        r"(?P<rest>.{1,60})",
        "only ",
    ),
    phrase(
        "change digest",
        "we i",
        r"(?:we|i)(?:['’]re| are| am|['’]m)? also (?:care about|interested in|want(?: to see)?|need) (?P<rest>.{1,60}?)"
        r"(?: too| as well)?",
        "add ",
    ),
    phrase(
        "change digest",
        "post send",
        rf"(?:post|send)(?: (?:us|it|them|{NEWS}))?(?: here)? (?P<rest>{SOME_WHEN}{MORE_WHEN})",
    ),
    phrase(
        "subscribe",
        "send post give keep",
        rf"(?:send|post|give)(?: (?:us|here))? {_WEEKLY}*updates?(?: here)?(?: (?P<rest>(?:(?:about|on) .{{1,60}} )?"
        rf"{SOME_WHEN}{MORE_WHEN}))"
        rf"|keep us (?:posted|updated|informed|up to date)(?: (?P<rest2>(?:about|on|of) .{{1,80}}))?",
    ),
    phrase(
        "subscriptions",
        "when",
        r"when did (?:we|you) last (?:get|have|see|receive|post|send) (?:one|anything)(?: here| in here)?"
        rf"|when (?:was|were) the last (?:one|post)(?: here)?|when did {NEWS} last (?:come|arrive)",
        LAST_ONE,
    ),
    phrase(
        "subscriptions",
        "when how_often who what are is which",
        r"(?:when|how often|what) do you post(?: (?:here|in here|in this channel))?"
        r"|what (?:are we|is this channel|am i) subscribed to"
        r"|what (?:updates |posts |messages |news )?(?:do (?:we|i)|are we|will we) (?:get|getting|receive|receiving)"
        r" in (?:this|the) channel|what (?:does|will) this channel (?:get|receive)|what comes in(?:to)? this channel"
        r"|(?:are we|is this channel) subscribed(?: to (?:anything|you))?"
        rf"|(?:when (?:is|does|do|are|comes?)|who (?:set up|made|created|started)|what time (?:is|are)) {NEWS}"
        r"(?: (?:come|due|posted|sent|out))?",
    ),
)
