"""Sentences that remove, pause, resume or restore a digest: "stop the digest", "pause for 2 weeks"."""

import re

from bot.conversation.digest_sentences.words import (
    A_DATE,
    DAYS,
    DIGEST,
    END_WORDS,
    PAUSE_END,
    PLEASE,
    POLITE,
    SINGLE,
    DigestSentence,
    called,
    digest_named,
)
from bot.search.marked_pattern import LazyPattern, MarkedPattern

_END = LazyPattern(
    rf"{POLITE}(?:{END_WORDS}(?: (?:sending|posting|getting|giving|to send|to post|with))?(?: (?:us|me|everyone))?"
    rf"|(?:no|no more)|(?:(?:i|we) )?(?:don['’]?t|do not|no longer|never)"
    r" (?:want|need|send|post|give)(?: (?:to get|to have|us|me))?"
    rf"|turn) {DIGEST}(?P<off> off)?(?P<tail>(?:,? .{{1,60}})?)",
    re.IGNORECASE,
)
_NO_TAIL = LazyPattern(
    r"(?:,? ?(?:please|pls|now|thanks|thank you|any ?more|any longer|for good|forever|altogether|completely|again|here"
    r"|at all|off|off altogether|for ?ever|permanently|once and for all|entirely|for all time"
    r"|from (?:here|this channel|the channel|this room)|away"
    r"|out of (?:here|this channel)))*",
    re.IGNORECASE,
)
# "stop the digest on mondays": days that it is not to come on; "after christmas", "on friday": a later day.
_EVERY_WEEK = (
    rf"(?:(?:on |every |each )+(?:{DAYS}(?:(?:,| and| or| &)+ (?:on )?{DAYS})*|weekends?)"
    r"|(?:on |at |over )?(?:the )?weekends)"
)
_SOME_DAYS = LazyPattern(_EVERY_WEEK, re.IGNORECASE)
_LATER = LazyPattern(
    r"(?:after|from|starting|beginning|as of|once|when|in|on|at the (?:end|start|beginning) of) .{1,60}", re.IGNORECASE
)
# "remove all digests in every channel": where, and no time.
_EVERYWHERE = LazyPattern(
    r"(?:everywhere|anywhere|(?:in|from|for|on|of|across) (?:(?:every|all|any|each|the|this|our|both|other|whole"
    r"|entire|of) ){0,4}(?:single )?(?:channels?|workspaces?|slack|rooms?|places?|organi[sz]ation|company))"
    r"(?:,? (?:please|pls|now|thanks|thank you))*",
    re.IGNORECASE,
)
_FOR_GOOD = LazyPattern(
    r".*?\b(?:cancel|end|remove|delete|kill|get rid of|drop|quit|terminate|discontinue|unsubscribe|opt out)\b.*", re.I
)
_HAS_END = LazyPattern(r".*\b(?:until|till|til|to|for|through|over|during|before|between)\b.*|.* - .*", re.IGNORECASE)
_ON_ONE_DAY = LazyPattern(rf"on (?P<day>{A_DATE}(?: \d{{4}})?)(?: please)?", re.IGNORECASE)
_BACK = LazyPattern(
    rf"{POLITE}(?:(?:we|i) )?(?:bring|get|give|put|want|have|take)(?: (?:us|me))? (?:{DIGEST}|it) back(?: please)?"
    rf"|{POLITE}(?:bring|get|give(?: us)?|put) back {digest_named('which5')}(?: please)?"
    rf"|{POLITE}(?:undo(?: (?:removing|the removal of|deleting))?|restore|undelete|recover) {digest_named('which2')}"
    rf"|(?:i|we) (?:removed|deleted|cancell?ed) {digest_named('which3')} by (?:mistake|accident)"
    rf"|(?:i|we) (?:didn['’]?t|did not) (?:mean|want) to (?:remove|delete|cancel) {digest_named('which4')}",
    re.IGNORECASE,
)
_PAUSE = MarkedPattern(
    rf"{POLITE}(?:(?:pause|hold(?: off)?(?: on)?|wait with|suspend|snooze|mute|put on hold|halt|freeze)"
    rf"(?: (?:it|this(?! (?:week|month|year|{DAYS})\b)|everything|{DIGEST}))?"
    rf"|put (?:it|{digest_named('which2')}) on (?:hold|pause|ice))"
    rf"(?: (?P<until>{PAUSE_END}|{_EVERY_WEEK}|indefinitely|until further notice))?{PLEASE}",
    "pause hold suspend snooze mute halt freeze wait ice",
)
_SKIP = LazyPattern(
    rf"{POLITE}skip (?:(?:the|this|our) )?(?:next|coming|following|this)? ?(?:week['’]?s )?"
    rf"(?P<count>(?:\d{{1,2}}|two|three|four|couple of|a couple of) )?{DIGEST}(?: (?P<until>{PAUSE_END}))?",
    re.IGNORECASE,
)
_RESUME = MarkedPattern(
    rf"{POLITE}(?:(?:resume|unpause|continue|restart|reactivate|unmute|unsnooze|go on with|carry on with|switch on"
    rf"|turn on) (?:it|both|everything|them|all of them|{DIGEST})"
    rf"|(?:enable|activate|start) (?!an? |another |new ){digest_named('which3')}"
    rf"|get {digest_named('which4')} (?:going|running)(?: again)?"
    rf"|(?:start|send|post|turn|switch|get) (?!(?:the |our )?(?:last|latest|previous)\b)"
    rf"(?:us )?(?:it|{digest_named('which2')})"
    r" (?:again|back on|back|on(?: again)?))(?: (?:again|now|please))*",
    "resume unpause continue restart reactivate unmute unsnooze go_on carry switch turn start send post get enable"
    " activate",
)
# "can the digest be paused for two weeks": the same as "pause the digest for two weeks".
_PASSIVE = LazyPattern(
    rf"{POLITE}(?:can|could|may|should|must|will) {DIGEST} (?:please )?be"
    r" (?P<done>paused|stopped|cancell?ed|removed|deleted|ended|resumed|suspended|muted|snoozed"
    r"|turned off|switched off)"
    r"(?P<tail>(?: .{1,60})?)",
    re.IGNORECASE,
)
_ACTIVE = {
    "paused": "pause", "stopped": "stop", "canceled": "cancel", "cancelled": "cancel", "removed": "remove",
    "deleted": "delete", "ended": "end", "resumed": "resume", "suspended": "suspend", "muted": "mute",
    "snoozed": "snooze", "turned off": "turn off", "switched off": "switch off",
}  # fmt: skip
_SWITCHED = LazyPattern(r"(?:the |our )?digests? (?:(?P<on>on)|off)(?: (?:please|again|now))*", re.IGNORECASE)
_DAY_S = LazyPattern(rf"{DAYS}['’]s", re.IGNORECASE)
# "resume on monday": it is to wait until then.
_RESUME_LATER = MarkedPattern(
    rf"{POLITE}(?:(?:resume|unpause)(?: (?:it|{DIGEST}))?|(?:start|restart|continue|go on with)"
    rf" (?:it|{digest_named('which2')}))(?: again)? (?P<when>{PAUSE_END}){PLEASE}",
    "resume unpause restart continue go_on start",
)
_LEAVE = LazyPattern(
    r"(?:please )?unsubscribe(?: (?:us|me|everyone|all of us|this channel|the channel|this room|here))?"
    r"(?: (?:from )?(?:this|it|that|everything|all|all of (?:it|them)|here|here please))?(?: (?:please|pls|now))*",
    re.IGNORECASE,
)


def read_end_or_pause(said: str) -> DigestSentence | None:
    """What a sentence that names the digest does with it."""
    if match := _PASSIVE.fullmatch(said):
        which = called(match)
        said = f"{_ACTIVE[match['done'].lower()]} the {which + ' ' if which else ''}digest{match['tail']}"
    if match := _SWITCHED.fullmatch(said):
        return DigestSentence("resume" if match["on"] else "unsubscribe", "")
    if match := _BACK.fullmatch(said):
        return DigestSentence("undo", "", called(match))
    if match := _RESUME.fullmatch(said):
        return DigestSentence("resume", "", called(match))
    if match := _RESUME_LATER.fullmatch(said):
        return DigestSentence("resume", match["when"], called(match))
    if match := _PAUSE.fullmatch(said):
        return _paused(match["until"] or "", called(match))
    if match := _SKIP.fullmatch(said):
        which = called(match)
        if not match["until"] and not match["count"] and (SINGLE.fullmatch(which) or _DAY_S.fullmatch(which)):
            return DigestSentence("pause", _single_pause(which))
        if day := _ON_ONE_DAY.fullmatch(match["until"] or ""):
            return _paused(day["day"] if not _are_days(day[0]) else day[0], which)
        skipped = f"skip the next {match['count'] or 'one'}".strip()
        return DigestSentence("pause", match["until"] or skipped, which)
    match = _END.fullmatch(said)
    return _ended(match) if match else None


def read_end_of_it(said: str) -> DigestSentence | None:
    """The same of "it", of the channel, or of nothing named: "unsubscribe us", "pause for 2 weeks", "resume it"."""
    if _LEAVE.fullmatch(said):
        return DigestSentence("unsubscribe", "")
    if match := _PAUSE.fullmatch(said):
        until = match["until"] or ""
        is_it = re.search(r"\b(?:it|everything)\b", said, re.IGNORECASE)
        return _paused(until) if until or is_it else None
    if match := _RESUME_LATER.fullmatch(said):
        return DigestSentence("resume", match["when"])
    return DigestSentence("resume", "") if _RESUME.fullmatch(said) else None


def _single_pause(which: str) -> str:
    """For how long a pause lasts that leaves out "tomorrow's digest", "monday's", or the next one."""
    said = which.lower().replace("’", "'")
    day = re.sub("'?s$", "", said)
    if day in ("tomorrow", "today", "tonight"):
        return day
    if said.startswith(("next week", "the coming week")):
        return "next week"
    return f"this {day}" if _DAY_S.fullmatch(said) else "skip the next one"


def _paused(until: str, which: str = "") -> DigestSentence:
    if _are_days(until):
        return DigestSentence("change digest", f"not {until}", which)
    return DigestSentence("pause", until, which)


def _ended(match: re.Match[str]) -> DigestSentence | None:
    """ "cancel the digest" ends it, "stop the digest for two weeks" pauses it, "on mondays" takes days from it."""
    tail, which = match["tail"].strip(" ,"), called(match)
    if match[0].lower().startswith("turn") and not match["off"] and "off" not in match[0].lower():
        return None
    if (SINGLE.fullmatch(which) or _DAY_S.fullmatch(which)) and _NO_TAIL.fullmatch(tail):
        return DigestSentence("pause", _single_pause(which))
    if _NO_TAIL.fullmatch(tail) or _EVERYWHERE.fullmatch(tail):
        return DigestSentence("unsubscribe", "", which)
    if _are_days(tail):
        return DigestSentence("change digest", f"not {tail}", which)
    if _FOR_GOOD.fullmatch(match[0][: match.start("tail")]) and _LATER.fullmatch(tail) and not _HAS_END.fullmatch(tail):
        return DigestSentence("pause", f"once {tail.removeprefix('once ')}", which)  # it is to end on a later day
    if match[0].lower().startswith("no") and (day := _ON_ONE_DAY.fullmatch(tail)):
        return DigestSentence("pause", day["day"], which)
    is_pause = re.fullmatch(PAUSE_END, tail, re.IGNORECASE) or _LATER.fullmatch(tail)
    return DigestSentence("pause", tail, which) if is_pause else None


def _are_days(text: str) -> bool:
    """ "on mondays", "every friday", "at weekends": days of every week; "on friday" is one that is to come."""
    said = text.lower()
    return bool(_SOME_DAYS.fullmatch(text)) and (said.endswith(("s", "weekend")) or not said.startswith("on "))
