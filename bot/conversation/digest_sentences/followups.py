"""Reads what people say right after the bot talked about a digest: replies to the bot's question, and phrases that mean
the digest only then.

These patterns accept more than those of other sentences. The verb proposes a change only where it understands the
argument, and offers a search as well; anything else is searched for.
"""

import re

from bot.conversation.aspects import is_asked_of_it
from bot.conversation.digest_sentences.questions import LAST_ONE, UNCLEAR
from bot.conversation.digest_sentences.words import A_DATE, DAYS, MAX_SENTENCE, PLAIN_END, DigestSentence
from bot.search.marked_pattern import LazyPattern

PRESS_THE_BUTTON = "Nothing is done by saying so: press the button under what I proposed, or on the card that you mean."
POST_IT_NOW = "Say `digest now`, and it is posted at once."
ONLY_CHANNELS = (
    "A digest comes to a Slack channel, and nowhere else. For yourself, `watch billing` for example sends you a direct "
    "message when something new comes."
)
MAX_WORDS = 12

_YES = LazyPattern(
    r"(?:yes|yep|yeah|ok(?:ay)?|sure|go ahead|do it|do that|confirm(?:ed)?|please do|yes please|agreed|go for it"
    r"|sounds good|that one|this one|both(?: of them)?|all of them|the (?:first|second|third|last|other)(?: one)?)"
    r"(?:[ ,]+(?:please|thanks|go ahead|do it))*",
    re.IGNORECASE,
)
_LENGTH = LazyPattern(
    r"(?:for )?(?P<length>(?:an? |one |two |three |four |five |six |ten |\d{1,4} |a couple of )"
    r"(?:days?|weeks?|fortnights?|months?|years?))",
    re.IGNORECASE,
)
_END = LazyPattern(rf"{PLAIN_END}(?: \d{{4}})?", re.IGNORECASE)
_DATE = LazyPattern(rf"(?!(?:on )?{DAYS}\b|today|tonight|now)(?P<day>{A_DATE}(?: \d{{4}})?)", re.IGNORECASE)
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_CLOCK = (
    rf"(?:(?:half past|quarter past|quarter to) (?:\d{{1,2}}|{_NUMBER})"
    rf"|(?:at |by )(?:\d{{1,2}}|{_NUMBER})(?![\d:.]|\s?[ap]m)|(?:at |by )?\d{{1,2}}(?:[:.]\d\d)?\s?[ap]m"
    r"|(?:at |by )?\d{1,2}[:.]\d\d)"
)
_CADENCE = rf"(?:daily|weekly|monthly|fortnightly|every|each|{DAYS}|weekdays?|working days?|weekends?)"
# Atomic, the longest first: the words that say when, one of which has to say more than "on" and "the".
_WHEN_WORDS = (
    rf"(?>(?:[ ,]*(?:{_CLOCK}|{_CADENCE}(?![\w])|working|last|first|second|third|fourth|morning|afternoon|evening|night"
    r"|months?|weeks?|days?|of|on|at|in|the|to|and|-|please|sharp"
    r"|\d{1,2}(?![\w:.])))*)"
)
# "at 9am zurich": after a time, a word may be a place.
_WHEN = LazyPattern(
    rf"(?=.*?(?:\b{_CADENCE}\b|{_CLOCK}))(?:digests? )?{_WHEN_WORDS}(?:(?<=\d|m) [^\W\d_][\w/]{{2,20}})?", re.IGNORECASE
)
_ZONE = LazyPattern(
    r"(?:(?:change|set|use) (?:(?:the )?time(?: ?zone)? (?:to )?)?)?(?P<zone>(?:utc|gmt) ?[+-] ?\d{1,2}(?::?\d\d)?)",
    re.IGNORECASE,
)
_SEVERAL = LazyPattern(
    r"(?:make|change|move|set|switch|send|post) (?:it|this|that) .{1,80}?(?:,| and| but)+ (?:then |also )?"
    r"(?:add|include|remove|drop|exclude|without|leave out|only) .{1,60}",
    re.IGNORECASE,
)
_ALL_BUT = LazyPattern(
    r"(?:(?:everything|all) (?:but|except(?: for)?|apart from|without) (?P<what>.{1,60})"
    r"|(?:remove|take out|delete|no more|no longer) "
    r"(?P<out>(?!it$|this$|that$|both$|all$|them$|the .* one$)\S+(?: \S+){0,2}))",
    re.IGNORECASE,
)
_ONE = r"the (?P<which>[\w&-]+(?: [\w&-]+)?) (?:one|digest)"
_END_ONE = LazyPattern(rf"(?P<verb>remove|stop|cancel|delete|end) {_ONE}(?: please)?", re.IGNORECASE)
_PAUSE_ONE = LazyPattern(rf"pause {_ONE}(?: (?P<rest>.{{1,40}}))?", re.IGNORECASE)
_CHANGE_ONE = LazyPattern(rf"(?:move|change|make|set|switch|edit) {_ONE}(?: (?P<rest>.{{1,80}}))?", re.IGNORECASE)
_PREVIEW = LazyPattern(
    r"(?:(?:show|give)(?: me| us)? |(?:can|could|may) (?:i|we) (?:see|have|get) |i want to see )?"
    r"(?:an? |the )?(?:preview|example|sample)(?: of (?:it|that|this))?(?: please)?"
    r"|what (?:would|will) (?:it|the next one) (?:look like|say|have|hold|contain)",
    re.IGNORECASE,
)
_NOW = LazyPattern(
    r"(?:(?:can you |please )?(?:send|post|give|show) (?:it|one|that)(?: to us)? )?(?:right )?(?:now|right away|at once"
    r"|straight away|immediately)(?: please)?",
    re.IGNORECASE,
)
_ELSEWHERE = LazyPattern(
    r"(?:(?:can|could) (?:i|we|you) )?(?:please )?(?:get|have|send|receive|post|mail|e-?mail) (?:it|this|that|them)"
    r"(?: also)? (?:(?:to|for) me|by e?-?mail|in (?:an? )?(?:e-?mail|dm|direct message)|as (?:an? )?(?:e-?mail|dm)"
    r"|privately|to (?:my )?(?:e-?mail|inbox|mailbox)|(?:in|to) teams)(?: instead| too| as well| only| please)*",
    re.IGNORECASE,
)
_LAST = LazyPattern(
    r"what was in the (?:last|previous) (?:one|post)|(?:show|where is|what about)(?: me| us)? the (?:last|previous) one"
    r"|when did (?:it|we) last (?:come|get one|get it)|why (?:is|was) it (?:so )?(?:empty|short)|did it (?:come|go out)"
    r"(?: .{1,20})?",
    re.IGNORECASE,
)
_BACK = LazyPattern(
    r"(?:change|put|set|turn|make) it back(?: .{1,20})?|revert(?: it| that)?"
    r"|(?:make it )?(?:as|like) (?:it was )?before",
    re.IGNORECASE,
)
_HOW_OFTEN = LazyPattern(r"(?:how often|when|on what day|what time) (?:does|will) (?:it|this|that) come", re.IGNORECASE)


def read_digest_followup(text: str) -> DigestSentence | str | None:
    """What a text stands for right after a digest was spoken of, or what to reply; None for any other text."""
    said = text.strip(" .?!")
    if not said or len(said) > MAX_SENTENCE or len(said.split()) > MAX_WORDS:
        return None
    if _YES.fullmatch(said):
        return PRESS_THE_BUTTON
    if match := _LENGTH.fullmatch(said):
        return DigestSentence("pause", f"for {match['length']}")
    if _END.fullmatch(said):
        return DigestSentence("pause", said)
    if match := _DATE.fullmatch(said):
        return DigestSentence("pause", f"until {match['day']}")
    if re.fullmatch(r"pause for \d{1,6} (?:days|weeks|months|years)", said, re.IGNORECASE):
        return DigestSentence("pause", said[len("pause ") :])
    if match := _ZONE.fullmatch(said):
        return DigestSentence("change digest", f"time zone to {match['zone']}")
    if _HOW_OFTEN.fullmatch(said):
        return DigestSentence("subscriptions", "")
    return _of_one(said) or _changed(said) or _asked(said)


def _asked(said: str) -> DigestSentence | str | None:
    """What is asked about it, or to be done with it beside changing it."""
    if _PREVIEW.fullmatch(said):
        return DigestSentence("digest preview", "")
    if _NOW.fullmatch(said):
        return POST_IT_NOW
    if _ELSEWHERE.fullmatch(said):
        return ONLY_CHANNELS
    if _LAST.fullmatch(said):
        return DigestSentence("subscriptions", LAST_ONE)
    if _BACK.fullmatch(said):
        return DigestSentence("undo", "")
    return DigestSentence("subscriptions", UNCLEAR) if is_asked_of_it(said) else None


def _of_one(said: str) -> DigestSentence | None:
    """What is said of "the portal one"."""
    if match := _END_ONE.fullmatch(said):
        return DigestSentence("unsubscribe", "", match["which"])
    if match := _PAUSE_ONE.fullmatch(said):
        return DigestSentence("pause", match["rest"] or "", match["which"])
    match = _CHANGE_ONE.fullmatch(said)
    return DigestSentence("change digest", match["rest"] or "", match["which"]) if match else None


def _changed(said: str) -> DigestSentence | None:
    if _SEVERAL.fullmatch(said):
        return DigestSentence("change digest", said)
    if match := _ALL_BUT.fullmatch(said):
        return DigestSentence("change digest", f"everything except {match['what']}" if match["what"] else said)
    if _WHEN.fullmatch(said):
        return DigestSentence("change digest", re.sub(r"^digests? ", "", said, flags=re.IGNORECASE))
    return None
