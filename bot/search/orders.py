"""The order of a list, where a person asks for another than newest first: "oldest first", "sort by area", "a-z".

`sort:area` in a question asks for the same. Pure.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.catalog.models import Entry, Version
from bot.search.marked_pattern import LazyPattern
from bot.search.models import Hit, Order, SearchResult

MAX_WORDS = 12  # of a text that asks for an order; what is longer says more than that
MIN_LETTERS = 4  # of a word that may be misspelt
NOTHING_TO_ORDER = "Say what is to be in that order, too, as in “portal changes sort:area”."
CANNOT_SORT = "A list can be in order of version (newest or oldest first), area, title, number, impact or highlights."
LABELS: dict[Order, str] = {
    "newest": "newest first", "oldest": "oldest first", "area": "by area", "title": "by title, A to Z",
    "number": "by number", "impact": "by what they do when you upgrade", "highlights": "highlights first",
}  # fmt: skip
_IMPACT_ORDER = ("changes behaviour", "fix", "new", "opt-in", "unclear")  # as a checklist has them

_FIRST = r"(?: (?:ones?|changes?|versions?|releases?|updates?|stuff))? (?:first|at the top|on top|to the top)"
_IT = r"(?: (?:it|them|these|those|that|this|all|the (?:list|changes|results)))?"
_SORTED = (
    r"(?:re)?(?:sort|order)(?:ed|ing)?|group(?:ed|ing)?|arranged?|rank(?:ed)?|organi[sz]ed?|list(?:ed)?|split|break"
    r"|broken"
)
_BY = rf"(?:(?:{_SORTED}){_IT}(?: (?:down|up|out))? )?by (?:the )?"
_LEAD = re.compile(  # what stands before: "can you show them"
    r"(?:(?:please|can|could|i|we|you|want|need|would|like|to|have|see|get|and|but|now|show|give|put|display|view|me"
    r"|us|it|them|these|those|that|this|all|the (?:list|changes|results)|list|again|just|rather|instead|in|with|order"
    r")\s+)*"
)
_WORDED: tuple[tuple[Order, str], ...] = (
    (
        "newest",
        rf"(?:the )?(?:newest|latest|most recent|recent|last|highest version){_FIRST}|(?:newest|latest) to oldest"
        rf"|{_BY}(?:newest|latest|most recent|version|release|date|release date|time|age)(?: numbers?)?(?: descending)?"
        r"|(?:in )?(?:reverse chronological|descending)(?: order)?|sort newest",
    ),
    (
        "oldest",
        rf"(?:the )?(?:oldest|earliest|lowest version){_FIRST}|(?:oldest|earliest) to (?:newest|latest)"
        rf"|{_BY}(?:oldest|earliest|(?:version|release|date|time) ascending)|sort oldest"
        r"|(?:in )?(?:chronological(?:ly)?|ascending)(?: order)?"
        r"|in the order (?:they|it) (?:came|came out|were released)",
    ),
    ("area", rf"{_BY}(?:halo |product )?(?:areas?|modules?|categor(?:y|ies)|sections?|topics?|parts?)"),
    (
        "title",
        rf"(?:in )?alphabetic(?:al(?:ly)?)?(?: order)?|(?:{_SORTED}){_IT} alphabetical(?:ly)?"
        rf"|{_BY}(?:titles?|names?|alphabet)|(?:from )?a ?(?:-|to) ?z|in abc order",
    ),
    ("number", rf"{_BY}(?:change |ticket |halo )?(?:numbers?|ids?|nr|keys?)|in number order"),
    (
        "impact",
        rf"(?:the )?(?:(?:highest |biggest )?(?:risk|impact)|riskiest|breaking){_FIRST}"
        rf"|{_BY}(?:impacts?|effects?|risks?|what (?:it|they) (?:does|do)|types?)",
    ),
    (
        "highlights",
        rf"(?:the )?(?:most important|important|highlights?|highlighted|biggest){_FIRST}|highlights? first"
        rf"|{_BY}(?:importance|highlights?|priority)",
    ),
)
_ORDERS = tuple((order, re.compile(source)) for order, source in _WORDED)
_REVERSED = re.compile(
    r"(?:in )?(?:reversed?|(?:the )?other way a?round|backwards|flip|invert)"
    r"(?: (?:it|them|that|the order|the list|order|sort))*"
)
_SORTED_BY = re.compile(rf"(?:{_SORTED}){_IT} by ")
_OTHERWISE = re.compile(rf"(?:sort|order|rank|group|arrange){_IT} by(?: \S+){{1,3}}")
_BEHIND = re.compile(  # "portal changes, oldest first", "2.214 sorted by area"
    r"[\s,;:(-]{1,3}(?P<order>(?:(?:the )?"
    r"(?:newest|oldest|latest|earliest|most recent|highlights|most important)(?: ones?)? first"
    r"|(?:sort|order|group|arrang|list)(?:ed|ing)? (?:by [a-z ]{3,20}|alphabetically)"
    r"|by (?:area|title|name|impact|number)|(?:in )?(?:chronological|alphabetical|reverse chronological) order"
    r"|alphabetically|chronologically|a-z|a to z))\W{0,5}$",
    re.IGNORECASE,
)
MAX_BEHIND = 80  # characters at the end of a question that are looked at
_TYPED = LazyPattern(r"(?<!\S)sort:(\"[^\"]*\"|\S+)", re.IGNORECASE)
_TYPED_NAMES: dict[str, Order] = {
    **{order: order for order in LABELS}, "version": "newest", "latest": "newest", "az": "title", "a-z": "title",
    "name": "title", "id": "number", "highlight": "highlights", "importance": "highlights",
}  # fmt: skip
_KNOWN_WORDS = frozenset(
    """
    sort sorted order ordered group grouped arrange arranged rank ranked organise organize list listed these those that
    this them changes results newest latest most recent last highest version versions release date time first oldest
    earliest chronological chronologically ascending descending reverse area areas module modules category categories
    section topic alphabetical alphabetically alphabetic title titles name names number numbers impact effect risk
    importance important highlights highlight priority show give please with just again instead rather
    """.split()
)


class AskedOrder(NamedTuple):
    """What a text asks of the order of a list."""

    order: Order | None = None
    is_reversed: bool = False  # the other way round than it is
    is_other: bool = False  # by something that lists cannot be sorted by
    may_be_of_halo: bool = False  # "sort by date", "group by category": Halo's own lists are sorted and grouped, too


def find_order(text: str) -> AskedOrder | None:
    """What a whole text asks of the order of a list; None where it asks for something else."""
    return _find_order(text.lower().strip(" .!?,"))


@lru_cache(maxsize=64)
def _find_order(text: str) -> AskedOrder | None:
    typed = text.split()
    if not typed or len(typed) > MAX_WORDS:
        return None
    text = " ".join(map(_spelled, typed))
    for plain in dict.fromkeys((text, _LEAD.sub("", text, count=1))):
        of_halo = _SORTED_BY.match(plain) is not None
        for order, pattern in _ORDERS:
            if pattern.fullmatch(plain):
                return AskedOrder(order, may_be_of_halo=of_halo)
        if _REVERSED.fullmatch(plain):
            return AskedOrder(is_reversed=True)
        if _OTHERWISE.fullmatch(plain):
            return AskedOrder(is_other=True, may_be_of_halo=of_halo)
    return None


def _spelled(word: str) -> str:
    """A misspelt word that orders are asked with as it is spelt: "alphabeticaly". Of a short one only two letters may
    be swapped, as in "aera": with another letter it is another word, as "rate" is not "date".
    """
    if word in _KNOWN_WORDS or len(word) < MIN_LETTERS or not word.isalpha():
        return word
    most = 1 if len(word) < 9 else 2
    nearest = min(_KNOWN_WORDS, key=lambda known: (OSA.distance(word, known, score_cutoff=most), known))
    is_near = OSA.distance(word, nearest) <= most
    return nearest if is_near and (len(word) > MIN_LETTERS or sorted(word) == sorted(nearest)) else word


def extract_typed(text: str) -> tuple[Order | None, str, str]:
    """The order that `sort:` asks for, the question without it, and what to say where there is no such order."""
    found = _TYPED.findall(text)
    if not found:
        return None, text, ""
    order, rest = _named(found[-1].strip('"').lower()), _TYPED.sub(" ", text)
    return order, rest, CANNOT_SORT if order is None else "" if rest.strip() else NOTHING_TO_ORDER


def _named(name: str) -> Order | None:
    """The order with this name; also as people say it otherwise: `sort:date`, `sort:"oldest first"`."""
    if name in _TYPED_NAMES:
        return _TYPED_NAMES[name]
    asked = [find_order(said) for said in (name, f"by {name}", f"{name} first")]
    return next((order.order for order in asked if order and order.order), None)


def extract_worded(text: str) -> tuple[Order | None, str]:
    """The order that the last words of a question ask for, and the question without them."""
    start = max(0, len(text) - MAX_BEHIND)
    match = _BEHIND.search(text, start)
    asked = find_order(" ".join(match["order"].split())) if match else None
    return (asked.order, text[: match.start()]) if match and asked and asked.order else (None, text)


def without_order(question: str) -> str:
    """A question without `sort:`, as it is shown to people."""
    return " ".join(_TYPED.sub(" ", question).split()) if "sort:" in question.lower() else question


def in_asked_order(result: SearchResult) -> SearchResult:
    """A result in the order that its question asks for: a list, also where several hits answer a search."""
    order = result.query.order
    if order is None or not result.has_answer or result.query.intent not in ("list", "search", "keys"):
        return result
    if result.query.intent != "list":
        if result.confidence != "sure" or len(result.hits) < 2:
            return result
        result = replace(result, query=replace(result.query, intent="list"))
    key = _sort_key(order)
    hits, possible = (tuple(sorted(found, key=key)) for found in (result.hits, result.possible_hits))
    return replace(result, hits=hits, possible_hits=possible)


def _sort_key(order: Order) -> Callable[[Hit], tuple[object, ...]]:
    """Newest first within what stands together."""

    def key(hit: Hit) -> tuple[object, ...]:
        entry = hit.entry
        return (*_place(entry, order), *(() if order == "oldest" else _age(entry)), entry.key)

    return key


def _place(entry: Entry, order: Order) -> tuple[object, ...]:
    match order:
        case "oldest":
            unknown, major, minor, *certainty = _age(entry)
            return unknown, -major, -minor, *certainty
        case "area":
            return entry.area is None, entry.area or ""
        case "title":
            return (re.sub(r"\W+", " ", entry.title).strip().lower(),)
        case "number":
            return not entry.key.isdecimal(), int(entry.key) if entry.key.isdecimal() else 0
        case "impact":
            return (_IMPACT_ORDER.index(entry.impact) if entry.kind == "feature" else len(_IMPACT_ORDER),)
        case "highlights":
            return not entry.highlighted, not entry.caution
        case _:
            return ()


def _age(entry: Entry) -> tuple[bool, int, int, bool, tuple[Version, ...]]:
    """Newest first; what is certainly of a version before what may be of it, and what has no version last."""
    versions = (entry.version,) if entry.version else entry.possible_versions
    newest = max(versions, default=Version(0, 0))
    return not versions, -newest.major, -newest.minor, entry.version is None, entry.possible_versions
