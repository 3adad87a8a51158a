"""Sentences about a channel's digest: "make it daily", "add jira to the digest", "pause for 2 weeks", "stop sending us
the digest". Each stands for a verb with what follows it; what the words mean is the verb's own business.

A sentence that names the digest is about it anywhere. Words such as "add jira" or "fridays" may as well be a question;
they are about the digest only where nothing else was spoken of.
"""

import re
from typing import NamedTuple

from bot.search.marked_pattern import LazyPattern, MarkedPattern

MAX_SENTENCE = 200  # characters
MAX_WORDS_AFTER_IT = 9
MAX_SHORT_WORDS = 5

_DAYS = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?s?)"
_UNITS = r"(?:days?|weeks?|fortnights?|months?|years?)"
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|christmas|easter|new year['’]?s?(?: (?:eve|day))?)"
)
# When something comes, as far as that is told from the words alone.
_WHEN = (
    rf"(?:daily|weekly|monthly|fortnightly|bi-?weekly|every\b|each\b|once\b|{_DAYS}\b|weekdays|mornings?\b|evenings?\b"
    r"|(?:at |by )?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|o'?clock)|\d{1,2}:\d\d|(?:at |by )?(?:noon|midday|midnight)"
    r"|(?:a (?:bit|little) )?(?:earlier|later)\b|(?:less|more) often|as soon as\b|on arrival)"
)
# Until when something waits: "for two weeks", "until 5 January", "next week", "over christmas".
PAUSE_END = (
    rf"(?:(?:for|over|during) )?(?:the )?(?:next |coming |whole )*"
    rf"(?:a |an |one |two |three |four |five |six |ten |\d{{1,3}} |a couple of |a few |some |half a )?{_UNITS}"
    rf"|(?:until|till|til|up to|through|over|during|before|to) .{{1,40}}"
    rf"|for (?:now|the (?:holidays?|moment|time being|{_MONTHS}|rest of .{{1,20}})|a (?:while|bit)|good|{_MONTHS})"
    rf"|next {_DAYS}|(?:in )?{_MONTHS}|this (?:week|month|{_DAYS})"
)
_POLITE = (
    r"(?:(?:please|pls|hey|hi|ok|okay|can (?:you|we|i)|could (?:you|we|i)|would you|will you|let'?s|kindly|just|now"
    r"|(?:i|we)(?:'d| would) like(?: to)?|(?:i|we) (?:want|need)(?: to)?|how (?:do|can) (?:i|we)),? )*"
)
_WHICH = r"(?P<which>(?:(?!digests?\b|from\b|to\b|in\b|on\b|of\b|out\b)[\w&'’-]+ ){0,3}?)"
_PLACE = r"(?: (?:here|in here|(?:in|of|for) this channel|posts?|messages?))?"
_OWNED = r"(?:the |our |this |my |that |your |this channel['’]?s |all |all the |all our |any |any more |more )?"
_DIGEST = rf"{_OWNED}{_WHICH}digests?{_PLACE}"
_PLAIN_DIGEST = rf"{_OWNED}(?:halo(?:psa)? |weekly |daily |monthly |{_DAYS} )?digests?{_PLACE}"
_END_WORDS = (
    r"(?:cancel|stop|end|remove|delete|turn off|switch off|kill|get rid of|disable|drop|quit|terminate|discontinue"
    r"|unsubscribe(?: (?:us|me|this channel))?(?: from)?|opt out of)"
)
_END = LazyPattern(
    rf"{_POLITE}(?:{_END_WORDS}(?: (?:sending|posting|getting|giving|to send|to post|with))?(?: (?:us|me|everyone))?"
    rf"|(?:no|no more)|(?:(?:i|we) )?(?:don['’]?t|do not|no longer) (?:want|need)(?: (?:to get|to have))?"
    rf"|turn) {_DIGEST}(?P<off> off)?(?P<tail>(?:,? .{{1,60}})?)",
    re.IGNORECASE,
)
_NO_TAIL = LazyPattern(
    r"(?:,? ?(?:please|pls|now|thanks|thank you|any ?more|any longer|for good|forever|altogether|completely|again|here"
    r"|at all|off|off altogether))*",
    re.IGNORECASE,
)
_NO_NAME = LazyPattern(r"\b(?:halo(?:psa)?|weekly|daily|monthly|channel|slack)\b ?", re.IGNORECASE)
_TAKE_OUT = LazyPattern(
    rf"{_POLITE}(?:remove|drop|take|leave|exclude|cut|delete|keep|filter|strip) (?P<what>.{{1,80}}?)"
    rf"(?: out)? (?:of|from|off|in) {_PLAIN_DIGEST}(?: please)?",
    re.IGNORECASE,
)
_PUT_IN = LazyPattern(
    rf"{_POLITE}(?:also )?(?:add|include|put|bring|show|send|have) (?P<what>.{{1,80}}?) (?:too |as well )?"
    rf"(?:to|in|into|with|on|onto) {_PLAIN_DIGEST}(?: (?:too|as well|please))*",
    re.IGNORECASE,
)
_ONLY_IN = LazyPattern(
    rf"{_POLITE}(?:only|just)(?: (?:show|send|put|include|have|post))? (?P<what>.{{1,80}}?) in {_PLAIN_DIGEST}"
    rf"|{_POLITE}(?:limit|narrow|restrict|reduce|cut) {_PLAIN_DIGEST}(?: down)? to (?P<to>.{{1,80}})",
    re.IGNORECASE,
)
_CHANGE = LazyPattern(
    rf"{_POLITE}(?:change|move|switch|set|make|edit|update|reschedule|shift|modify|adjust|send|post|get|have|put|run"
    rf"|deliver|bring)(?: (?:us|me))? {_DIGEST}(?P<rest>(?: .{{1,120}})?)",
    re.IGNORECASE,
)
_STATED = LazyPattern(
    rf"{_POLITE}{_PLAIN_DIGEST} (?:(?:should|shall|must|has to|needs to|can) (?:be |come |arrive |go out |hold |have )?"
    rf"|to (?:be |come )?|(?=(?:on |at )?{_WHEN}|without |with |only |about ))(?P<rest>.{{1,120}})",
    re.IGNORECASE,
)
_IT = MarkedPattern(
    rf"{_POLITE}(?:(?:make|change|move|switch|set|send|post|reschedule|shift|get|have|put)"
    rf"(?: (?:it|that|this|them))?(?: (?:to|come|be|over|back))*|(?:make|set) it only)"
    rf" (?P<rest>(?:on |at |for |from )?(?:{_WHEN}|(?:only )?highlights? only|only highlights?)(?:.{{1,80}})?)",
    "make change move switch set send post reschedule shift get have put",
)
_PAUSE = MarkedPattern(
    rf"{_POLITE}(?:(?:pause|hold|suspend|snooze|mute|put on hold|halt)(?: (?:it|this|everything|{_DIGEST}))?"
    rf"|put (?:it|{_PLAIN_DIGEST}) on (?:hold|pause))(?: (?P<until>{PAUSE_END}|indefinitely|until further notice))?",
    "pause hold suspend snooze mute halt",
)
_SKIP = LazyPattern(
    rf"{_POLITE}skip (?:(?:the|this|our) )?(?:next|coming|following|this)? ?(?:week['’]?s )?{_PLAIN_DIGEST}"
    rf"(?: (?P<until>{PAUSE_END}))?",
    re.IGNORECASE,
)
_RESUME = MarkedPattern(
    rf"{_POLITE}(?:(?:resume|unpause|continue|restart|reactivate|unmute|unsnooze|go on with|carry on with|switch on"
    rf"|turn on) (?:it|{_PLAIN_DIGEST})|(?:start|send|post|bring|turn|switch|get) (?:us )?(?:it|{_PLAIN_DIGEST})"
    r" (?:again|back on|back|on(?: again)?))(?: (?:again|now|please))*",
    "resume unpause continue restart reactivate unmute unsnooze go_on carry switch turn start send post bring get",
)
_SHORT = LazyPattern(
    rf"{_POLITE}(?P<rest>(?:add|include|also|without|leave out|drop|exclude|skip) \S.*|(?:only|just) \S.*"
    rf"|(?:on |at )?{_WHEN}(?:[ ,]*(?:and|at|on|or|in the|instead|please|sharp|\d{{1,2}}|{_WHEN}))*)",
    re.IGNORECASE,
)


_ASKS_HOW = LazyPattern(r"how\b.*", re.IGNORECASE)


class DigestSentence(NamedTuple):
    """A sentence as a verb's name and what follows it."""

    verb: str
    argument: str


def read_digest_sentence(text: str) -> DigestSentence | None:
    """What a sentence about the digest stands for; None for any other text."""
    said = text.strip(" .?!")
    if not said or len(said) > MAX_SENTENCE:
        return None
    if "digest" in said.lower():
        return _about_the_digest(said)
    if _ASKS_HOW.fullmatch(said):  # "how do i pause it" after an answer is a question about HaloPSA
        return None
    if match := _PAUSE.fullmatch(said):
        until = match["until"] or ""
        return DigestSentence("pause", until) if until or said.lower().split()[-1] in ("it", "everything") else None
    if match := _RESUME.fullmatch(said):
        return DigestSentence("resume", "")
    match = _IT.fullmatch(said)
    if match and len(match["rest"].split()) <= MAX_WORDS_AFTER_IT:
        return DigestSentence("change digest", match["rest"])
    return None


def read_short_sentence(text: str) -> DigestSentence | None:
    """Words that change the digest where nothing else is spoken of: "add jira", "without portal", "fridays at 8"."""
    said = text.strip(" .?!")
    match = _SHORT.fullmatch(said) if len(said) <= MAX_SENTENCE else None
    if match is None or len(match["rest"].split()) > MAX_SHORT_WORDS:
        return None
    return DigestSentence("change digest", match["rest"])


def _about_the_digest(said: str) -> DigestSentence | None:
    if match := _TAKE_OUT.fullmatch(said):
        return DigestSentence("change digest", f"without {match['what']}")
    if match := _ONLY_IN.fullmatch(said):
        return DigestSentence("change digest", f"only {match['what'] or match['to']}")
    if match := _PUT_IN.fullmatch(said):
        return DigestSentence("change digest", f"add {match['what']}")
    if match := _RESUME.fullmatch(said):
        return DigestSentence("resume", "")
    if match := _PAUSE.fullmatch(said):
        return DigestSentence("pause", match["until"] or "")
    if match := _SKIP.fullmatch(said):
        return DigestSentence("pause", match["until"] or "skip the next one")
    match = _END.fullmatch(said)
    if match and (sentence := _ended(match)):
        return sentence
    for pattern in (_CHANGE, _STATED):
        if match := pattern.fullmatch(said):
            rest = match["rest"].strip()
            return DigestSentence("change digest", rest)
    return None


def _ended(match: re.Match[str]) -> DigestSentence | None:
    """ "cancel the digest" ends it, "stop the digest for two weeks" pauses it."""
    tail = match["tail"].strip(" ,")
    if re.fullmatch(PAUSE_END, tail, re.IGNORECASE):
        return DigestSentence("pause", tail)
    if match[0].lower().startswith("turn") and not match["off"] and "off" not in match[0].lower():
        return None
    if not _NO_TAIL.fullmatch(tail):
        return None
    return DigestSentence("unsubscribe", _NO_NAME.pattern.sub("", match["which"]).strip())
