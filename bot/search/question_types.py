"""The type of a question, by its first and last words: which version, yes or no, how many, how to. Pure."""

import re
from typing import NamedTuple

from bot.search.marked_pattern import LazyPattern, MarkedPattern
from bot.search.models import Aspect

_ASK = (
    r"(?:(?:so|and|hey|hi|ok|okay|please|do you know|can you tell me|tell me|any idea|remind me|i wonder|wondering)"
    r"[,\s]+)*"
)
_AUX = r"(?:did|does|do|was|were|is|are|has|have|had|can|could|will|would)"
_BRING = (
    r"(?:brought|brings?|introduced?s?|added|adds?|gave|gives?|got|gets?|shipped|ships?|included?s?|contains?"
    r"|saw|had|has"
    r"|(?:came|comes)\s+with|(?:it|they|that|we|halo)\s+(?:add|introduce|bring|ship|release|get)(?:ed|d|s)?)"
)
_VERSION = (
    r"(?:(?:which|what|wich)\s+(?:halo(?:psa)?\s+)?(?:version|release|update|build|ver)(?:\s+number)?"
    r"(?:\s+of\s+halo(?:psa)?)?)"
)
_NOT_ABOUT_US = (
    r"(?!\s+(?:am|are\s+we|are\s+you|do\s+(?:we|i|you)\s+(?:have|run|use|know)"
    r"|is\s+(?:this|the\s+)?(?:latest|newest|current|out|next)))"
)
_WHICH_VERSION = MarkedPattern(
    rf"^\W*{_ASK}(?:(?:in|since|with|from|as of)\s+)?{_VERSION}\b{_NOT_ABOUT_US}(?:\s+(?:{_BRING}|{_AUX}|that"
    rf"|first))*\s",
    "version release update build ver",
)
_VERSION_LAST = MarkedPattern(
    rf"[\s,;:.-]{{1,9}}(?:(?:in|since|with|from)\s+)?{_VERSION}(?:\s+(?:was|is|did|does|has)\s+(?:that|it|this))?"
    r"(?:\s+(?:in|added|from|come|came|introduced|released|out|arrive|appear|with|brought|has)){0,6}\W*$",
    "version release update build ver",
)
_ARRIVE = (
    r"(?:come|came|comes|coming|added|introduced|released|arrive[ds]?|arriving|appear(?:ed)?|ship(?:ped)?"
    r"|land(?:ed)?|available"
    r"|launch(?:ed)?|rolled\s+out|roll\s+out|become\s+available|go\s+live|brought\s+in|get\s+added"
    r"|first\s+(?:appear|come))"
)
_WHEN = MarkedPattern(
    rf"^\W*{_ASK}(?:since\s+when\s+(?:{_AUX}\s+)?|when\s+{_AUX}\s+(?=.*\b{_ARRIVE}\b)"
    r"|when\s+did\s+(?:halo|they|halopsa)\s+(?:add|introduce|bring|get|start|release|ship|launch)\s+"
    rf"|how\s+long\s+(?:has|have)\s+(?=.*\b(?:been|existed)\b))",
    "when long",
)
_LEFT_OVER = LazyPattern(
    rf"\s+(?:{_ARRIVE}|in|out|into|to|been|there|around|possible|existed|yet|first)(?=(?:\s+(?:in|out|to)){{0,6}}\W*$)",
    re.IGNORECASE,
)
_HAVE_YET = LazyPattern(
    rf"\b(?:yet|already|available|arrived|landed|included|supported|by now|so far|{_ARRIVE}(?=\W*$)|(?:made"
    rf"|make)\s+it(?:\s+in(?:to)?)?|part\s+of|in\s+there)\b",
    re.IGNORECASE,
)
_YES_OR_NO = LazyPattern(
    r"^\W*(?:(?:so|and|ok|okay|hi|hey)[,\s]+)*(?:is|are|was|were|does|do|did|has|have|had|can|could|will"
    r"|would)(?:nt|n't)?\b",
    re.IGNORECASE,
)
_HOW_MANY = MarkedPattern(
    rf"^\W*{_ASK}(?:how\s+many|(?:what(?:'s|s|\s+is)\s+)?(?:the\s+)?(?:total\s+)?(?:number|count)\s+of"
    rf"|count(?:\s+(?:the|all|of))*)\s+",
    "many number count",
)
_HOW_TO = LazyPattern(
    rf"^\W*{_ASK}(?:(?:please|anyone|somebody|does|do|can|could|i|we|you|need|want|know|knows|to|show|explain|tell"
    r"|me|us|learn)\s+){0,7}(?:how\s+(?:do|can|would|should|could|to|does|did|might)\b|where\s+(?:do|can|would)\s+(?:i|we)\b"
    r"|what(?:'?s|\s+is|\s+are)\s+the\s+(?:(?:best|easiest|quickest|right)\s+)?(?:ways?|steps|process|procedure)\s+(?:to|for)\b"
    r"|(?:is\s+there\s+)?(?:an?\s+|any\s+)?(?:easy\s+)?way\s+(?:to|of)\b|(?:steps|instructions|guide)\s+(?:to|for|on)\b)",
    re.IGNORECASE,
)
_COUNTED = LazyPattern(
    r"\b(?:changes?|updates?|features?|fixes|highlights?|entries|improvements?|enhancements?|additions?"
    r"|integrations|things"
    r"|items|cautions?|warnings?)\b",
    re.IGNORECASE,
)
_COUNT_REST = LazyPattern(
    r"\b(?:are|were|was|is|there|do|did|does|we|you|get|got|have|has|know(?:\s+of)?|come|came|been|made"
    r"|arrived?|in total|altogether)\b",
    re.IGNORECASE,
)


class FoundAspect(NamedTuple):
    """What a text asks about its answer, and the text without the words that ask it."""

    aspect: Aspect | None
    rest: str


def detect_aspect(text: str, has_versions: bool) -> FoundAspect:
    """Whether a text asks for a version or a number. `has_versions`: it names versions besides."""
    if match := _HOW_MANY.match(text):
        rest = text[match.end() :]
        if has_versions or _COUNTED.search(rest):
            return FoundAspect("count", _COUNT_REST.sub(" ", rest))
        return FoundAspect(None, text)
    for pattern in (_WHICH_VERSION, _WHEN):
        if match := pattern.match(text):
            rest = _LEFT_OVER.sub("", _LEFT_OVER.sub("", text[match.end() :]))
            return FoundAspect("version", rest) if rest.strip(" ?!.") else FoundAspect(None, text)
    if (match := _VERSION_LAST.search(text)) and text[: match.start()].strip():
        return FoundAspect("version", text[: match.start()])
    return FoundAspect(None, text)


def is_yes_or_no(text: str) -> bool:
    """Whether a text is a question to be answered with yes or no: "is asset merging in 2.212"."""
    return bool(_YES_OR_NO.match(text))


def without_yet(text: str) -> str:
    """A question whether something is there, without the words that say no more than that."""
    return _HAVE_YET.sub(" ", text)


def asks_how(text: str) -> bool:
    """Whether it is asked how something is done: "how do I reset a password", "whats the way to add a site"."""
    return bool(_HOW_TO.match(text))
