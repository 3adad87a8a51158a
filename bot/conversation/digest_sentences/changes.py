"""Sentences that change a digest, above all when it comes: "move the digest to fridays", "make it daily"."""

import re

from bot.conversation.digest_sentences.words import (
    DAYS,
    DIGEST,
    MORE_WHEN,
    PAUSE_END,
    POLITE,
    SINGLE,
    SOME_WHEN,
    WHEN,
    DigestSentence,
    called,
    digest_named,
)
from bot.search.marked_pattern import LazyPattern, MarkedPattern

MAX_WORDS_AFTER_IT = 9
# What is said not to happen, and that all is to stay as it is.
_NOT_SO = LazyPattern(
    rf"{POLITE}(?:(?:(?:i|we|you) )?(?:don['’]?t|do not|never|(?:should|must) not|(?:should|must)n['’]?t)"
    r"|no need to)(?: (?:ever|want|need|wish|you dare))?(?: (?:to|us to|you to|it to))?"
    r" (?:stop|pause|cancel|end|remove|delete|change|touch|move|skip|mute|edit|kill|turn off|switch off|unsubscribe"
    r"|drop|suspend|snooze|disable|turn|resume|restart|add|get rid of|lose|modify|reschedule|hold|quit)\b"
    r".{0,60}\bdigests?\b.*"
    rf"|{POLITE}(?:keep|leave) {DIGEST}(?: (?:as (?:it |that )?(?:is|was)|on|running|going|coming|alone|unchanged"
    rf"|the same|like (?:this|that)|please))*",
    re.IGNORECASE,
)
_NAME = r"(?:name|title|heading)"
_NAMED = LazyPattern(
    rf"{POLITE}(?:rename|retitle|call|name) {DIGEST}(?: .{{1,80}})?"
    rf"|{POLITE}(?:change|set|edit|update) (?:the |its )?{_NAME} of {digest_named('which2')}(?: .{{1,80}})?"
    rf"|{POLITE}(?:change|set|edit|update) {digest_named('which3')}(?:['’]s)? {_NAME}(?: .{{1,80}})?"
    rf"|{POLITE}give {digest_named('which4')} (?:a|another) (?:new |different |better )?{_NAME}(?: .{{1,80}})?",
    re.IGNORECASE,
)
_BY_MAIL = LazyPattern(
    rf"{POLITE}(?:e-?mail|forward|print|export|text|dm) (?:(?:us|me) )?(?:the|our|this) digests?\b.*", re.IGNORECASE
)
_ALSO = LazyPattern(r"also ", re.IGNORECASE)
_A_DAY = LazyPattern(rf"{DAYS}(?:['’]s)?", re.IGNORECASE)
_ONLY_DAYS = LazyPattern(rf"{DAYS}(?:(?:,| and| &)+ {DAYS})*", re.IGNORECASE)
# "change friday to thursday": one of its days for another one.
_DAY_FOR_DAY = LazyPattern(
    rf"{POLITE}(?:change|move|switch|swap|replace|shift|reschedule) (?:it )?(?:the |from )?"
    rf"(?P<old>{DAYS}(?:(?:,| and| &)+ {DAYS})*) (?:to|with|for|by) (?:the |on )?"
    rf"(?P<new>{DAYS}.{{0,40}}?)(?: (?:in|of|for|on) {DIGEST})?",
    re.IGNORECASE,
)
_CHANGE = LazyPattern(
    rf"{POLITE}(?P<act>change|move|switch|set|make|edit|update|reschedule|shift|modify|adjust|send|post|get|have|put|run"
    rf"|deliver|bring|push|pull|keep|leave)(?: (?:us|me))? {DIGEST}(?:['’]s)?(?P<rest>(?: .{{1,120}})?)",
    re.IGNORECASE,
)
# "change the time of the digest to 8am": what is changed comes first.
_CHANGE_OF = LazyPattern(
    rf"{POLITE}(?:change|move|switch|set|make|edit|update|shift|modify|adjust) (?:the )?"
    r"(?P<field>time(?: ?zone)?|days?|schedule|frequency|hour|cadence|areas?|topics?|filter|keywords?|content)"
    rf" (?:of|for|in) {DIGEST}(?P<rest>(?: .{{1,120}})?)",
    re.IGNORECASE,
)
# "turn the digest into a daily one", "make it a daily digest", "start the digest from v2.214", "it is too long".
_MADE = LazyPattern(
    rf"{POLITE}turn {DIGEST} into (?:an? )?(?P<rest>.{{1,60}}?)(?: one| digest)?"
    rf"|{POLITE}(?:make|turn) (?:it|this|that) (?:into )?an? (?P<rest2>.{{1,40}}?) digest"
    rf"|{POLITE}(?:start|begin) {digest_named('which2')} (?:with |at |since )?"
    r"(?P<rest3>(?:from )?v(?:ersion )?\d.{1,20})"
    rf"|{digest_named('which3')} (?:is|are|comes?|gets|has)(?: (?:far|way|much|a bit|a little))?"
    r" (?P<rest4>too .{1,40})"
    rf"|{POLITE}(?:can|could|should|may|would|will) {digest_named('which4')}"
    r" (?:please )?(?!be (?:changed|paused|stopped|removed|edited|moved|cancell?ed|deleted|turned|muted|switched"
    r"|resumed)\b)"
    r"(?:be (?:sent |posted )?|come |arrive |go out |have |hold )?(?P<rest5>.{1,120})",
    re.IGNORECASE,
)
# "the digest should not contain chat".
_NOT_WITH = LazyPattern(
    rf"{POLITE}{DIGEST} (?:should|must|shall|can|need)(?:n['’]?t| not| no longer) (?:need to |have to )?"
    r"(?:contain|include|have|hold|cover|show|mention) (?P<what>.{1,80})",
    re.IGNORECASE,
)
_POSTPONED = LazyPattern(
    rf"{POLITE}(?:postpone|delay|defer|push back|put off|hold back) {DIGEST}(?: (?P<rest>.{{1,60}}))?", re.IGNORECASE
)
_ONWARDS = re.compile(r"(?:forward|back|over|up|out) (?=to |by |at |on )", re.IGNORECASE)
# Of "from mondays to fridays" and "fridays instead of mondays", what is to be; but a digest is sent "from 9 to 5".
_MOVES = frozenset({"change", "move", "switch", "reschedule", "shift", "update", "modify", "adjust"})
_FROM_TO = LazyPattern(r"from (?!v?\d\.\d{3})(?:the )?(?P<before>[^,]{1,40}?) to (?P<to>.+)", re.IGNORECASE)
# Without "the" before it, "email digest daily" is as likely a question.
_STATED = LazyPattern(
    rf"{POLITE}(?:(?=(?:the|our|this|my|that)\b){DIGEST}|(?:halo(?:psa)? |weekly |daily |monthly )?digests?:?)"
    r" (?:(?:should|shall|must|has to|needs to|can) (?:be |come |arrive |go out |hold |have )?|to (?:be |come )?"
    rf"|(?=(?:on |at )?{WHEN}|without |with |only |about ))(?P<rest>.{{1,120}})",
    re.IGNORECASE,
)
_IT = MarkedPattern(
    rf"{POLITE}(?:(?P<act>make|change|move|switch|set|send|post|reschedule|shift|get|have|put)"
    rf"(?: (?:it|that|this|them))?(?: (?:to|come|be|over|back))*|(?:make|set) it only)"
    rf" (?P<rest>(?:on |at |for |from )?(?:{WHEN}|(?:only )?highlights? only|only highlights?)(?:.{{1,80}})?)",
    "make change move switch set send post reschedule shift get have put",
)
_ONLY_WHEN = LazyPattern(
    rf"(?:(?:to|for) )?{SOME_WHEN}{MORE_WHEN}"
    rf"(?: (?:instead of|rather than|and not|not) (?:on )?{SOME_WHEN}{MORE_WHEN})?"
    r"|(?:only )?highlights? only|only highlights?|on arrival|(?:as soon as|when) (?:a |the |new |something )?"
    r"(?:new )?(?:version |release |thing |it )?(?:arrives|is out|comes|is there|is new|is released)",
    re.IGNORECASE,
)


def read_refusal(said: str) -> DigestSentence | None:
    """ "don't stop the digest", "keep the digest": nothing is to change. "email us the digest", "rename the digest":
    what it cannot do.
    """
    if _NOT_SO.fullmatch(said):
        return DigestSentence("change digest", "as it is")
    if match := _NAMED.fullmatch(said):
        return DigestSentence("change digest", "a name", called(match))
    return DigestSentence("change digest", "by email") if _BY_MAIL.fullmatch(said) else None


def read_day_for_day(said: str) -> DigestSentence | None:
    """ "change friday to thursday", with or without the digest's name."""
    match = _DAY_FOR_DAY.fullmatch(said)
    return (
        DigestSentence("change digest", f"{match['new']} instead of {match['old']}", called(match)) if match else None
    )


def read_change(said: str) -> DigestSentence | None:
    """What a sentence that names the digest makes of it."""
    if found := _changed(said):
        return found
    also = _ALSO.match(said)
    found = _changed(said[also.end() :]) if also else None
    return found._replace(argument=f"{found.argument} as well") if found else None


def read_change_of_it(said: str) -> DigestSentence | None:
    """The same of "it", where it says only when that is to come: "make it daily"."""
    sentence = read_unclear_change_of_it(said)
    return sentence if sentence and _ONLY_WHEN.fullmatch(sentence.argument) else None


def read_unclear_change_of_it(said: str) -> DigestSentence | None:
    """The same with more words, which may be about anything: "send it daily to the client"."""
    match = _IT.fullmatch(said)
    if match and len(match["rest"].split()) <= MAX_WORDS_AFTER_IT:
        return DigestSentence("change digest", _what_is_to_be(match["act"], match["rest"]))
    return None


def _changed(said: str) -> DigestSentence | None:
    if match := _POSTPONED.fullmatch(said):
        return _postponed(match["rest"] or "", called(match))
    if match := _NOT_WITH.fullmatch(said):
        return DigestSentence("change digest", f"without {match['what']}", called(match))
    if match := _MADE.fullmatch(said):
        rest = next(match[name] for name in ("rest", "rest2", "rest3", "rest4", "rest5") if match[name])
        return DigestSentence("change digest", rest, called(match))
    if match := _CHANGE_OF.fullmatch(said):
        return DigestSentence("change digest", f"{match['field']} {match['rest'].strip()}".strip(), called(match))
    if match := _CHANGE.fullmatch(said):
        return _moved(match)
    if match := _STATED.fullmatch(said):
        return DigestSentence("change digest", match["rest"].strip(), called(match))
    return None


def _postponed(rest: str, which: str) -> DigestSentence:
    """ "postpone the digest until friday" is a pause; without a day, or by one, a single one is meant."""
    if re.fullmatch(PAUSE_END, rest, re.IGNORECASE) and not rest.lower().startswith("to "):
        return DigestSentence("pause", rest, which)
    return DigestSentence("change digest", f"just this once {rest}".strip())


def _moved(match: re.Match[str]) -> DigestSentence:
    """ "move the next digest to friday" is about that one only, "move the monday digest to friday" about that day."""
    which, rest = called(match), _ONWARDS.sub("", match["rest"].strip())
    if rest and SINGLE.fullmatch(which):
        return DigestSentence("change digest", f"just this once {rest}")
    argument = _what_is_to_be(match["act"], rest)
    if match["act"].lower() in _MOVES and _A_DAY.fullmatch(which) and re.match(rf"to (?:the )?{DAYS}\b", rest, re.I):
        day = re.sub("['’]s$", "", which)
        argument = f"{rest} instead of {day}"
    return DigestSentence("change digest", argument, which)


def _what_is_to_be(act: str | None, rest: str) -> str:
    """Of "from mondays to fridays", where something moves, "to fridays instead of mondays"."""
    match = _FROM_TO.fullmatch(rest) if act and act.lower() in _MOVES else None
    if match is None:
        return rest
    return f"to {match['to']}" + (f" instead of {match['before']}" if _ONLY_DAYS.fullmatch(match["before"]) else "")
