"""How people word a change of a digest: its parts, what means "only", and what a digest cannot do. Pure."""

import re

ONE_ONLY = (
    "What I change holds for every digest from then on; I cannot move a single one. `skip the next digest` leaves it "
    "out, and `digest preview` shows what it would hold. When should all of them come?"
)
NOT_SO = "A digest is a post in its channel, for everybody there. I can change what it holds and when it comes. Which?"
NO_NAME = (
    "A digest has no name of its own: it is called by what it holds, as in “the billing digest”. I can change what it "
    "holds and when it comes. Which?"
)
AS_IT_IS = "Nothing is changed: it stays as it is."
ONE_AT_A_TIME = (
    "One thing at a time: pause or stop it by `pause the digest` or `stop the digest`, or say what it should hold and "
    "when it should come. Which first?"
)
KEEP_WHAT = "Only that, or that besides what it holds? Say `only {0} in the digest` or `add {0} to the digest`."
HOW_OFTEN = "How often? I can do daily, weekly, every two weeks, monthly, or as soon as a version arrives."

_STARTS = (
    r"(?:(?:add|include|put in|bring in|remove|drop|exclude|delete|leave out|take out|without|with|only)"
    r"|(?:move|change|make|set|switch|send|post) (?:it|that|this|them|to))\s"
)
_BETWEEN = re.compile(
    rf"(?:\s*[,;]\s*(?:(?:and|but|then|also)\s+)*|\s+(?:and|but|then)\s+(?:(?:then|also)\s+)*)(?={_STARTS})",
    re.IGNORECASE,
)
_CHANGE_IT = re.compile(
    r"(?:move|change|make|set|switch|send|post) (?:(?:it|that|this|them)(?: (?:to|on|at|be|come))*|to)\s+",
    re.IGNORECASE,
)
_ALL_BUT_TAKEN_OUT = re.compile(
    r"(?:remove|drop|delete|cut|strip|clear|take|leave|exclude|filter|without|get rid of)(?: out)?\s+"
    r"(?:everything|all|anything|the rest)(?: else)?(?: out)?\s+"
    r"(?:except|but|apart from|other than|besides|bar|save)\s+(?:for\s+)?(?P<what>.+)",
    re.IGNORECASE,
)
_KEPT = r"(?:keep|leave|show|send|post|have|include|hold|put|bring)(?: (?:us|me))?"
_ONLY_KEPT = re.compile(
    rf"(?:(?:only|just) )?{_KEPT}\s+(?:only|just|solely|nothing (?:but|except))\s+(?P<what>.+?)(?: in)?"
    rf"|{_KEPT}\s+(?P<what2>.+?)\s+(?:only|alone)(?: in)?|(?:only|just) (?:keep|leave) (?P<what3>.+?)(?: in)?",
    re.IGNORECASE,
)
_NO_FILTERS = re.compile(
    r"(?:(?:remove|clear|drop|delete|reset|take (?:out|off|away)|no|without|get rid of|with no)\s+)"
    r"(?:all |any )?(?:of )?(?:the |its |our )?(?:filters?|filtering|restrictions?|limits?|conditions)",
    re.IGNORECASE,
)
_KEEP = re.compile(r"(?:keep|leave)\s+(?!.*\b(?:out|off|away)\b)(?P<what>.+?)(?: in)?", re.IGNORECASE)
_UNCHANGED = re.compile(
    r"(?:(?:keep|leave) )?(?:(?:it|that|this|everything|all(?: of it)?) ?)?"
    r"(?:as (?:it |that )?(?:is|was)|unchanged|the same|alone|like (?:this|that))|(?:keep|leave) (?:it|everything|all)"
    r"|(?:keep|leave) (?:everything|all of it) in",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:(?:just|only) )?(?:this|that|the one) (?:once|time)\b|\bfor once\b|\bone[- ]off\b|\b(?:just|only) once\b"
    r"|\b(?:today|tonight|tomorrow)\b(?!['’])|\b(?:this|next|the coming) week(?: only)?$"
    r"|\b(?:just|only) (?:this|next) week\b"
    r"|\b(?:just|only) (?:the )?next (?:one|time)\b|^once$|\bnext time\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?:twice|thrice|(?:two|three|several|many|\d+) times)", re.IGNORECASE)
_OTHER_WAY = re.compile(
    r"(?:by|via|through|per|over|as) (?:an? )?(?:e-?mail|mail|sms|text(?: message)?|pdf|teams|dm|direct message|csv"
    r"|attachment|file|thread|phone|whatsapp)s?"
    r"|in (?:an? |the |its |your )?threads?|(?:(?:more |less )?(?:public|private|secret|hidden|visible|invisible)"
    r"|ephemeral|anonymous|silent|shared?)(?: (?:to|for) .*)?",
    re.IGNORECASE,
)


def split_parts(text: str) -> list[str]:
    """A wish in its parts: "add sla, drop portal" has two. Nothing in quotes is parted."""
    parts, start = [], 0
    for match in _BETWEEN.finditer(text):
        if match.start() and text[: match.start()].count('"') % 2 == 0:
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    return [_CHANGE_IT.sub("", part, count=1) if _CHANGE_IT.match(part) else part for part in parts if part.strip()]


def in_plain_words(text: str) -> str:
    """A part, where it means "only portal" or "everything" by any other words, in these; else as it is."""
    if _NO_FILTERS.fullmatch(text):
        return "everything"
    match = _ALL_BUT_TAKEN_OUT.fullmatch(text)
    if match:
        return f"only {match['what']}"
    match = _ONLY_KEPT.fullmatch(text)
    return f"only {match['what'] or match['what2'] or match['what3']}" if match else text


def question_about(text: str) -> str:
    """What has to be asked of a part that a digest cannot do, or that changes nothing; empty for any other."""
    unquoted = re.sub(r'"[^"]*"', "", text).strip()
    if _UNCHANGED.fullmatch(unquoted):
        return AS_IT_IS
    if unquoted == "a name":
        return NO_NAME
    if unquoted == "one thing at a time":
        return ONE_AT_A_TIME
    if _ONCE.search(unquoted):
        return ONE_ONLY
    if _TIMES.fullmatch(unquoted):
        return HOW_OFTEN
    if _OTHER_WAY.fullmatch(unquoted):
        return NOT_SO
    match = _KEEP.fullmatch(unquoted)
    return KEEP_WHAT.format(match["what"]) if match else ""
