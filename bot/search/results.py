"""What is done to hits after they were found: split by version, ordered as a list, explained."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.catalog.models import Version
from bot.search.models import Hit, Query, SearchResult, Signal
from bot.search.orders import in_asked_order
from bot.text import stems


def _explained_hit(hit: Hit, signals: tuple[Signal, ...], is_new: bool = False) -> Hit:
    """A hit with its signals; what they leave of its score is that of its posterior, and where nobody has described the
    entry (`is_new`), that of its language model.
    """
    rest = hit.score - sum(signal.score for signal in signals)
    name, why = ("posterior", "whether it is the only place")
    if is_new:
        name, why = "expected words", "how likely they make the question, as nobody has described it yet"
    return replace(hit, signals=(*signals, Signal(name, rest, why)))


def explained_result(
    result: SearchResult, signals: Mapping[str, tuple[Signal, ...]], new: Collection[str]
) -> SearchResult:
    """A result whose hits have the signals of their entries, by key. `new`: those that nobody has described."""

    def explained(part: tuple[Hit, ...]) -> tuple[Hit, ...]:
        return tuple(
            _explained_hit(hit, signals[hit.entry.key], hit.entry.key in new) if hit.score else hit for hit in part
        )

    parts = (result.hits, result.possible_hits, result.suggestions, result.more_hits)
    hits, possible_hits, suggestions, more_hits = map(explained, parts)
    return replace(result, hits=hits, possible_hits=possible_hits, suggestions=suggestions, more_hits=more_hits)


def with_notes(query: Query, notes: tuple[str, ...]) -> Query:
    """The query with notes added."""
    return replace(query, notes=query.notes + notes) if notes else query


def split_by_version(query: Query, hits: tuple[Hit, ...]) -> SearchResult:
    """Hits that certainly are of the versions asked for, apart from those that only may be."""
    if query.filters.versions is None:
        return SearchResult(query, hits, confidence="sure" if hits else "none")
    wanted = set(query.filters.versions)
    certain: list[Hit] = []
    possible: list[Hit] = []
    for hit in hits:
        is_certain = hit.entry.version is not None or wanted.issuperset(hit.entry.possible_versions)
        (certain if is_certain else possible).append(hit)
    return SearchResult(query, tuple(certain), tuple(possible), confidence="sure" if hits else "none")


def newest_first(hit: Hit) -> tuple[int, int, int, float, str]:
    """Sort key of a list: newest version first, uncertain ones by their newest possible one; FAQ and guides last."""
    entry = hit.entry
    version = entry.version or (max(entry.possible_versions) if entry.possible_versions else Version(0, 0))
    return (-version.major, -version.minor, 0 if entry.version else 1, -hit.score, entry.key)


def as_asked(result: SearchResult) -> SearchResult:
    """A result without what its question leaves out, in the order that it asks for."""
    query = result.query
    return in_asked_order(without_left_out(result) if query.excluded or query.excluded_areas else result)


def without_left_out(result: SearchResult) -> SearchResult:
    """A result without the entries that its question leaves out."""
    query = result.query

    def kept(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        return tuple(hit for hit in hits if not _is_left_out(hit, query))

    found = (result.hits, result.possible_hits, result.suggestions, result.more_hits)
    hits, possible, suggestions, more = map(kept, found)
    confidence = result.confidence if hits or possible else "none"
    return replace(
        result, hits=hits, possible_hits=possible, suggestions=suggestions, more_hits=more, confidence=confidence
    )


def _is_left_out(hit: Hit, query: Query) -> bool:
    entry = hit.entry
    if entry.area in query.excluded_areas:
        return True
    text = f" {' '.join(stems(' '.join((entry.title, *entry.names, entry.summary))))} "
    return any(f" {excluded} " in text for excluded in query.excluded)
