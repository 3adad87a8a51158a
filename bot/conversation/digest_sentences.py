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

DAYS = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?s?)"
_UNITS = r"(?:days?|weeks?|fortnights?|months?|years?)"
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|christmas|easter|new year['’]?s?(?: (?:eve|day))?)"
)
# When something comes, as far as that is told from the words alone.
WHEN = (
    rf"(?:daily|weekly|monthly|fortnightly|bi-?weekly|every\b|each\b|once\b|{DAYS}\b|weekdays|mornings?\b|evenings?\b"
    r"|(?:at |by )?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|o'?clock)|\d{1,2}:\d\d|(?:at |by )?(?:noon|midday|midnight)"
    r"|(?:a (?:bit|little) )?(?:earlier|later)\b|(?:less|more) often|as soon as\b|on arrival)"
)
# Until when something waits: "for two weeks", "until 5 January", "next week", "over christmas".
PAUSE_END = (
    rf"(?:(?:for|over|during) )?(?:the )?(?:next |coming |whole )*"
    rf"(?:a |an |one |two |three |four |five |six |ten |\d{{1,3}} |a couple of |a few |some |half a )?{_UNITS}"
    rf"|(?:until|till|til|up to|through|over|during|before|to) .{{1,40}}"
    rf"|for (?:now|the (?:holidays?|moment|time being|{_MONTHS}|rest of .{{1,20}})|a (?:while|bit)|good|{_MONTHS})"
    rf"|next {DAYS}|(?:in )?{_MONTHS}|this (?:week|month|{DAYS})"
)
POLITE = (
    r"(?:(?:please|pls|hey|hi|ok|okay|can (?:you|we|i)|could (?:you|we|i)|would you|will you|let'?s|kindly|just|now"
    r"|(?:i|we)(?:'d| would) like(?: to)?|(?:i|we) (?:want|need)(?: to)?|how (?:do|can) (?:i|we)),? )*"
)
_WORD = r"(?!digests?\b|from\b|to\b|in\b|on\b|of\b|out\b|for\b|with\b|into\b|the\b)[\w&+'’-]+ "
_PLACE = r"(?: (?:here|in here|(?:in|of|for) this channel|posts?|messages?))?"
_OWNED = (
    r"(?:the |our |this |my |that |your |this channel['’]?s |all |all (?:of )?(?:the |our )|any |any more |more "
    r"|both )?"
)


def _digest(which: str) -> str:
    """A digest, as in "our weekly billing digest". What it is called is the group that is named `which`."""
    return rf"{_OWNED}(?P<{which}>(?:{_WORD}){{0,3}}?)digests?{_PLACE}"


_DIGEST = _digest("which")
END_WORDS = (
    r"(?:cancel|stop|end|remove|delete|turn off|switch off|kill|get rid of|disable|drop|quit|terminate|discontinue"
    r"|unsubscribe(?: (?:us|me|this channel|here))?(?: from)?|opt out of)"
)
_PLEASE = r"(?:,? (?:please|pls|thanks|thank you|now|again|too|as well|instead|from now on))*"
_END = LazyPattern(
    rf"{POLITE}(?:{END_WORDS}(?: (?:sending|posting|getting|giving|to send|to post|with))?(?: (?:us|me|everyone))?"
    rf"|(?:no|no more)|(?:(?:i|we) )?(?:don['’]?t|do not|no longer|never)"
    r" (?:want|need|send|post|give)(?: (?:to get|to have|us|me))?"
    rf"|turn) {_DIGEST}(?P<off> off)?(?P<tail>(?:,? .{{1,60}})?)",
    re.IGNORECASE,
)
_NO_TAIL = LazyPattern(
    r"(?:,? ?(?:please|pls|now|thanks|thank you|any ?more|any longer|for good|forever|altogether|completely|again|here"
    r"|at all|off|off altogether|for ?ever|permanently|once and for all|entirely|for all time))*",
    re.IGNORECASE,
)
# "stop the digest on mondays": days that it is not to come on; "after christmas", "on friday": a later day.
_SOME_DAYS = LazyPattern(
    rf"(?:on |every |each )+(?P<days>{DAYS}(?:(?:,| and| or| &)+ (?:on )?{DAYS})*|weekends?)"
    r"|(?:on |at |over )?(?:the )?(?:weekends)",
    re.IGNORECASE,
)
_LATER = LazyPattern(
    r"(?:after|from|starting|beginning|as of|once|when|in|on|at the (?:end|start|beginning) of) .{1,60}", re.IGNORECASE
)
_EXCEPT = r"(?:except|but|apart from|other than|besides|bar|save)(?: for)?"
_TAKE_OUT = LazyPattern(
    rf"{POLITE}(?P<act>remove|drop|take|leave|exclude|cut|delete|keep|filter|strip|clear)(?P<early> out)?"
    rf" (?P<what>.{{1,80}}?)(?P<out> out)? (?P<place>of|from|off|in) {_DIGEST}{_PLEASE}(?P<but> {_EXCEPT} .{{1,80}})?",
    re.IGNORECASE,
)
_PUT_IN = LazyPattern(
    rf"{POLITE}(?:also )?(?P<act>add|include|put|bring|show|send|have|post) (?P<what>.{{1,80}}?) (?:too |as well )?"
    rf"(?:to|in|into|with|on|onto) {_DIGEST}{_PLEASE}",
    re.IGNORECASE,
)
_SOLE = LazyPattern(r"(?:only|just|solely|nothing (?:but|except)) .*|.* (?:only|alone)", re.IGNORECASE)
# "add sla to the digest and remove portal", "add sla, drop portal in the digest": more than one wish.
_WISH = r"(?:add|include|put in|bring in|remove|drop|exclude|delete|leave out|take out|without|with|only)"
_WISHES = LazyPattern(
    rf"{POLITE}(?P<parts>{_WISH} .{{1,80}}(?:,|;| and| but| then)+ (?:also )?"
    rf"(?:{_WISH}|(?:move|change|make|set|switch|send|post) (?:it|to)) .{{1,80}})",
    re.IGNORECASE,
)
_ITS_PLACE = LazyPattern(rf" (?:to|from|in|into|out of|of|off) {_DIGEST}(?![\w-])", re.IGNORECASE)
# What is said not to happen, and that all is to stay as it is.
_NOT_SO = LazyPattern(
    rf"{POLITE}(?:(?:(?:i|we|you) )?(?:don['’]?t|do not|never|(?:should|must) not|(?:should|must)n['’]?t)"
    r"|no need to)(?: (?:ever|want|need|wish|you dare))?(?: (?:to|us to|you to|it to))?"
    r" (?:stop|pause|cancel|end|remove|delete|change|touch|move|skip|mute|edit|kill|turn off|switch off|unsubscribe"
    r"|drop|suspend|snooze|disable|turn|resume|restart|add|get rid of|lose|modify|reschedule|hold|quit)\b"
    r".{0,60}\bdigests?\b.*"
    rf"|{POLITE}(?:keep|leave) {_DIGEST}(?: (?:as (?:it |that )?(?:is|was)|on|running|going|coming|alone|unchanged"
    rf"|the same|like (?:this|that)|please))*",
    re.IGNORECASE,
)
_BY_MAIL = LazyPattern(
    rf"{POLITE}(?:e-?mail|forward|print|export|text|dm) (?:(?:us|me) )?(?:the|our|this) digests?\b.*", re.IGNORECASE
)
_ALSO = LazyPattern(r"also ", re.IGNORECASE)
# "the next digest", "this week's digest": a single one.
_SINGLE = LazyPattern(
    r"(?:(?:very )?next|coming|upcoming|following|tomorrow['’]?s?|today['’]?s?|tonight['’]?s?"
    r"|(?:(?:this|next|the coming) )?(?:week|month)['’]s)",
    re.IGNORECASE,
)
_A_DAY = LazyPattern(rf"{DAYS}(?:['’]s)?", re.IGNORECASE)
_ONLY_DAYS = LazyPattern(rf"{DAYS}(?:(?:,| and| &)+ {DAYS})*", re.IGNORECASE)
# "change friday to thursday": one of its days for another one.
_DAY_FOR_DAY = LazyPattern(
    rf"{POLITE}(?:change|move|switch|swap|replace|shift|reschedule) (?:it )?(?:the |from )?"
    rf"(?P<old>{DAYS}(?:(?:,| and| &)+ {DAYS})*) (?:to|with|for|by) (?:the |on )?"
    rf"(?P<new>{DAYS}.{{0,40}}?)(?: (?:in|of|for|on) {_DIGEST})?",
    re.IGNORECASE,
)
_ONLY_IN = LazyPattern(
    rf"{POLITE}(?:only|just)(?: (?:show|send|put|include|have|post|keep|leave|hold))? (?P<what>.{{1,80}}?) in {_DIGEST}"
    rf"|{POLITE}(?:limit|narrow|restrict|reduce|cut) {_digest('which2')}(?: down)? to (?P<to>.{{1,80}})",
    re.IGNORECASE,
)
_CHANGE = LazyPattern(
    rf"{POLITE}(?P<act>change|move|switch|set|make|edit|update|reschedule|shift|modify|adjust|send|post|get|have|put|run"
    rf"|deliver|bring|keep|leave)(?: (?:us|me))? {_DIGEST}(?:['’]s)?(?P<rest>(?: .{{1,120}})?)",
    re.IGNORECASE,
)
# "change the time of the digest to 8am": what is changed comes first.
_CHANGE_OF = LazyPattern(
    rf"{POLITE}(?:change|move|switch|set|make|edit|update|shift|modify|adjust) (?:the )?"
    r"(?P<field>time(?: ?zone)?|days?|schedule|frequency|hour|cadence|areas?|topics?|filter|keywords?|content)"
    rf" (?:of|for|in) {_DIGEST}(?P<rest>(?: .{{1,120}})?)",
    re.IGNORECASE,
)
# Of "from mondays to fridays" and "fridays instead of mondays", what is to be; but a digest is sent "from 9 to 5".
_MOVES = frozenset({"change", "move", "switch", "reschedule", "shift", "update", "modify", "adjust"})
_FROM_TO = LazyPattern(r"from (?!v?\d\.\d{3})(?:the )?(?P<before>[^,]{1,40}?) to (?P<to>.+)", re.IGNORECASE)
# Without "the" before it, "email digest daily" is as likely a question.
_STATED = LazyPattern(
    rf"{POLITE}(?:(?=(?:the|our|this|my|that)\b){_DIGEST}|(?:halo(?:psa)? |weekly |daily |monthly )?digests?)"
    r" (?:(?:should|shall|must|has to|needs to|can) (?:be |come |arrive |go out |hold |have )?|to (?:be |come )?"
    rf"|(?=(?:on |at )?{WHEN}|without |with |only |about ))(?P<rest>.{{1,120}})",
    re.IGNORECASE,
)
_NOW = LazyPattern(
    rf"{POLITE}(?:send|post|run|give|publish|get)(?: (?:us|me|out))? {_DIGEST} (?:right )?(?:now|away)(?: please)?",
    re.IGNORECASE,
)
_SHOW_NEXT = LazyPattern(
    rf"{POLITE}(?:preview|show)(?: (?:us|me))? (?:what (?:is|will be) in )?(?:the next )?{_DIGEST}"
    rf"|(?:what(?:['’]?s| is| will be) in|what (?:would|will)) the next {_digest('which2')}(?: say| hold| contain| be)?"
    rf"|what would {_digest('which3')} (?:say|hold|contain)",
    re.IGNORECASE,
)
# What is asked of a digest is on its card.
_ASKED = LazyPattern(
    rf"(?:when|what time|(?:on )?(?:what|which) day|how often) (?:is|does|do|are|will|comes?)(?: the next)? {_DIGEST}"
    r"(?: (?:come|due|arrive|out|posted|sent|go out|be posted|be sent|next|here|scheduled))*"
    r"|who (?:set up|made|created|owns|started|added|asked for|has set up) DIGEST"
    r"|is DIGEST (?:paused|on|off|running|active|still on|set up)(?: here)?"
    r"|(?:is there|are there|do we have|does this channel (?:have|get)|have we got) (?:any|an?) DIGEST"
    r"|(?:what|which) digests? (?:are there|is there|do we have|do we get|does this channel get)(?: here)?"
    r"|(?:list|show)(?: me)? (?:all )?(?:the |our |my )?digests"
    r"|what(?:['’]?s| is) in DIGEST|what does DIGEST (?:contain|hold|have|cover|say)"
    r"|why (?:is there no|(?:did|does)(?: not|n['’]?t)?|is) DIGEST(?: (?:not )?(?:come|arrive|posted|paused|late))?"
    r"|where(?:['’]?s| is) DIGEST|what happened to DIGEST".replace(
        "DIGEST", rf"{_OWNED}(?:{_WORD}){{0,2}}?digests?{_PLACE}"
    ),
    re.IGNORECASE,
)
_EXPLAIN = LazyPattern(
    r"(?:what(?:['’]?s| is| are)|explain|tell me about|how do|help (?:me )?with) (?:a |the )?digests?(?: work)?",
    re.IGNORECASE,
)
_SET_UP = LazyPattern(
    rf"{POLITE}(?:(?:set ?up|create|make|start|add|get|give|have|open|schedule|want|need)(?: (?:me|us))?"
    r"|subscribe(?: (?:me|us|this channel))? to|sign (?:me|us|this channel) up (?:for|to))?"
    rf" ?(?:an?|another|one more|a new|new) (?P<which>(?:{_WORD}){{0,3}}?)digests?(?: here| in this channel| for us)?"
    rf"(?P<rest>(?: (?:about|of|on|with|every|each|at|in|{WHEN}).{{0,120}})?)",
    re.IGNORECASE,
)
_BACK = LazyPattern(
    rf"{POLITE}(?:bring|get|give|put|want|have|take)(?: (?:us|me))? (?:{_DIGEST}|it) back(?: please)?"
    rf"|{POLITE}(?:bring|get|give(?: us)?|put) back {_digest('which5')}(?: please)?"
    rf"|{POLITE}(?:undo(?: (?:removing|the removal of|deleting))?|restore|undelete|recover) {_digest('which2')}"
    rf"|(?:i|we) (?:removed|deleted|cancell?ed) {_digest('which3')} by (?:mistake|accident)"
    rf"|(?:i|we) (?:didn['’]?t|did not) (?:mean|want) to (?:remove|delete|cancel) {_digest('which4')}",
    re.IGNORECASE,
)
_IT = MarkedPattern(
    rf"{POLITE}(?:(?P<act>make|change|move|switch|set|send|post|reschedule|shift|get|have|put)"
    rf"(?: (?:it|that|this|them))?(?: (?:to|come|be|over|back))*|(?:make|set) it only)"
    rf" (?P<rest>(?:on |at |for |from )?(?:{WHEN}|(?:only )?highlights? only|only highlights?)(?:.{{1,80}})?)",
    "make change move switch set send post reschedule shift get have put",
)
_PAUSE = MarkedPattern(
    rf"{POLITE}(?:(?:pause|hold|suspend|snooze|mute|put on hold|halt)(?: (?:it|this|everything|{_DIGEST}))?"
    rf"|put (?:it|{_digest('which2')}) on (?:hold|pause))"
    rf"(?: (?P<until>{PAUSE_END}|indefinitely|until further notice))?{_PLEASE}",
    "pause hold suspend snooze mute halt",
)
_SKIP = LazyPattern(
    rf"{POLITE}skip (?:(?:the|this|our) )?(?:next|coming|following|this)? ?(?:week['’]?s )?"
    rf"(?P<count>(?:\d{{1,2}}|two|three|four|couple of|a couple of) )?{_DIGEST}(?: (?P<until>{PAUSE_END}))?",
    re.IGNORECASE,
)
_RESUME = MarkedPattern(
    rf"{POLITE}(?:(?:resume|unpause|continue|restart|reactivate|unmute|unsnooze|go on with|carry on with|switch on"
    rf"|turn on) (?:it|{_DIGEST})|(?:start|send|post|turn|switch|get) (?:us )?(?:it|{_digest('which2')})"
    r" (?:again|back on|back|on(?: again)?))(?: (?:again|now|please))*",
    "resume unpause continue restart reactivate unmute unsnooze go_on carry switch turn start send post get",
)
_LEAVE = LazyPattern(
    r"(?:please )?unsubscribe(?: (?:us|me|everyone|all of us|this channel|the channel|this room|here))?"
    r"(?: (?:from )?(?:this|it|that|everything|all|all of (?:it|them)|here|here please))?(?: (?:please|pls|now))*",
    re.IGNORECASE,
)
_JOIN = LazyPattern(
    rf"{POLITE}subscribe(?: (?:us|me|everyone|this channel|the channel|here))(?: (?:here|please|pls|now))*",
    re.IGNORECASE,
)
_EVERYTHING = LazyPattern(r"everything|all(?: of it)?|anything|all (?:the )?(?:areas|topics|content)", re.IGNORECASE)

_ASKS_HOW = LazyPattern(r"how\b.*", re.IGNORECASE)


class DigestSentence(NamedTuple):
    """A sentence as a verb's name and what follows it."""

    verb: str
    argument: str
    which: str = ""  # what the digest is called, of which it speaks: "portal"


def read_digest_sentence(text: str) -> DigestSentence | None:
    """What a sentence about the digest stands for; None for any other text."""
    said = text.strip(" .?!")
    if not said or len(said) > MAX_SENTENCE:
        return None
    if match := _DAY_FOR_DAY.fullmatch(said):
        which = _called(match)
        return DigestSentence("change digest", f"{match['new']} instead of {match['old']}", which)
    if "digest" in said.lower():
        return _about_the_digest(said)
    if _ASKS_HOW.fullmatch(said):  # "how do i pause it" after an answer is a question about HaloPSA
        return None
    if _LEAVE.fullmatch(said):
        return DigestSentence("unsubscribe", "")
    if _JOIN.fullmatch(said):
        return DigestSentence("subscribe", "")
    if match := _PAUSE.fullmatch(said):
        until = match["until"] or ""
        is_it = said.lower().split()[-1] in ("it", "everything")
        return DigestSentence("pause", until) if until or is_it else None
    if match := _RESUME.fullmatch(said):
        return DigestSentence("resume", "")
    match = _IT.fullmatch(said)
    if match and len(match["rest"].split()) <= MAX_WORDS_AFTER_IT:
        return DigestSentence("change digest", _what_is_to_be(match["act"], match["rest"]))
    return None


def _about_the_digest(said: str) -> DigestSentence | None:
    if _NOT_SO.fullmatch(said):
        return DigestSentence("change digest", "as it is")
    if _BY_MAIL.fullmatch(said):
        return DigestSentence("change digest", "by email")
    found = _wishes(said) or _contents_changed(said) or _ended_or_paused(said) or _asked_or_set_up(said)
    if found := found or _changed(said):
        return found
    also = _ALSO.match(said)
    found = _changed(said[also.end() :]) if also else None
    return found._replace(argument=f"{found.argument} as well") if found else None


def _wishes(said: str) -> DigestSentence | None:
    """Several wishes in a sentence, without the digest's name between them."""
    place = _ITS_PLACE.search(said)
    if place is None:
        return None
    match = _WISHES.fullmatch(" ".join(f"{said[: place.start()]}{said[place.end() :]}".split()))
    return DigestSentence("change digest", match["parts"], _called(place)) if match else None


def _contents_changed(said: str) -> DigestSentence | None:
    if match := _TAKE_OUT.fullmatch(said):
        return _taken_out(match)
    if match := _ONLY_IN.fullmatch(said):
        return DigestSentence("change digest", f"only {match['what'] or match['to']}", _called(match))
    if match := _PUT_IN.fullmatch(said):
        is_sole = match["act"].lower() != "add" and _SOLE.fullmatch(match["what"])
        return DigestSentence("change digest", f"{match['act'] if is_sole else 'add'} {match['what']}", _called(match))
    return None


def _taken_out(match: re.Match[str]) -> DigestSentence:
    what, act, is_out = f"{match['what']}{match['but'] or ''}", match["act"].lower(), match["early"] or match["out"]
    if act in ("keep", "leave") and not is_out and (match["place"].lower() == "in" or _SOLE.fullmatch(what)):
        return DigestSentence("change digest", f"{act} {what}", _called(match))
    if _EVERYTHING.fullmatch(what):
        return DigestSentence("unsubscribe", "", _called(match))
    return DigestSentence("change digest", f"without {what}", _called(match))


def _ended_or_paused(said: str) -> DigestSentence | None:
    if match := _BACK.fullmatch(said):
        return DigestSentence("undo", "", _called(match))
    if match := _RESUME.fullmatch(said):
        return DigestSentence("resume", "", _called(match))
    if match := _PAUSE.fullmatch(said):
        return DigestSentence("pause", match["until"] or "", _called(match))
    if match := _SKIP.fullmatch(said):
        skipped = f"skip the next {match['count'] or 'one'}".strip()
        return DigestSentence("pause", match["until"] or skipped, _called(match))
    match = _END.fullmatch(said)
    return _ended(match) if match else None


def _asked_or_set_up(said: str) -> DigestSentence | None:
    if match := _NOW.fullmatch(said):
        return DigestSentence("digest now", "", _called(match))
    if _EXPLAIN.fullmatch(said):
        return DigestSentence("help", "digests")
    if match := _ASKED.fullmatch(said):
        return DigestSentence("subscriptions", "")
    if match := _SHOW_NEXT.fullmatch(said):
        return DigestSentence("digest preview", "", _called(match))
    if match := _SET_UP.fullmatch(said):
        return DigestSentence("subscribe", f"{match['which']}{match['rest'].strip()}".strip())
    return None


def _changed(said: str) -> DigestSentence | None:
    if match := _CHANGE_OF.fullmatch(said):
        return DigestSentence("change digest", f"{match['field']} {match['rest'].strip()}".strip(), _called(match))
    if match := _CHANGE.fullmatch(said):
        return _moved(match)
    if match := _STATED.fullmatch(said):
        return DigestSentence("change digest", match["rest"].strip(), _called(match))
    return None


def _moved(match: re.Match[str]) -> DigestSentence:
    """ "move the next digest to friday" is about that one only, "move the monday digest to friday" about that day."""
    which, rest = _called(match), match["rest"].strip()
    if rest and _SINGLE.fullmatch(which):
        return DigestSentence("change digest", f"just this once {rest}")
    argument = _what_is_to_be(match["act"], rest)
    if match["act"].lower() in _MOVES and _A_DAY.fullmatch(which) and re.match(rf"to (?:the )?{DAYS}\b", rest, re.I):
        day = re.sub("['’]s$", "", which)
        argument = f"{rest} instead of {day}"
    return DigestSentence("change digest", argument, which)


def _ended(match: re.Match[str]) -> DigestSentence | None:
    """ "cancel the digest" ends it, "stop the digest for two weeks" pauses it, "on mondays" takes days from it."""
    tail, which = match["tail"].strip(" ,"), _called(match)
    if match[0].lower().startswith("turn") and not match["off"] and "off" not in match[0].lower():
        return None
    if _SINGLE.fullmatch(which) and _NO_TAIL.fullmatch(tail):
        return DigestSentence("pause", "skip the next one")
    if _NO_TAIL.fullmatch(tail):
        return DigestSentence("unsubscribe", "", which)
    if re.fullmatch(PAUSE_END, tail, re.IGNORECASE):
        return DigestSentence("pause", tail, which)
    days = _SOME_DAYS.fullmatch(tail)
    if days and (not days["days"] or tail.lower().endswith("s") or not tail.lower().startswith("on ")):
        return DigestSentence("change digest", f"not {tail}", which)
    return DigestSentence("pause", tail, which) if _LATER.fullmatch(tail) else None


def _what_is_to_be(act: str | None, rest: str) -> str:
    """Of "from mondays to fridays", where something moves, "to fridays instead of mondays"."""
    match = _FROM_TO.fullmatch(rest) if act and act.lower() in _MOVES else None
    if match is None:
        return rest
    return f"to {match['to']}" + (f" instead of {match['before']}" if _ONLY_DAYS.fullmatch(match["before"]) else "")


def _called(match: re.Match[str]) -> str:
    """What the digest is called in a sentence: the first of the groups `which`, `which2`, …"""
    names = (value for name, value in match.groupdict().items() if name.startswith("which") and value)
    return next(names, "").strip()
