"""Why an entry has its score: the signals, with the words behind each of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from bot.search.documents import Document
from bot.search.models import Signal, Term
from bot.search.scoring import (
    PHRASE_COVERAGE_WEIGHT,
    TERM_COVERAGE_WEIGHT,
    TITLE_COVERAGE_WEIGHT,
    TermMatches,
    score,
    total_query_weight,
)


def explain_scores(
    terms: Sequence[Term],
    term_matches: Sequence[TermMatches],
    documents: Iterable[Document],
    origin_of: Callable[[int, str], str | None],
) -> Mapping[str, tuple[Signal, ...]]:
    """The signals of each document's score, by its key. `origin_of`: for which stem of an entry (by its id) another one
    is expected.
    """
    return {d.key: explain_score(terms, term_matches, d, partial(origin_of, d.id)) for d in documents}


def explain_score(
    terms: Sequence[Term],
    term_matches: Sequence[TermMatches],
    document: Document,
    origin_of: Callable[[str], str | None] = lambda stem: None,
) -> tuple[Signal, ...]:
    """The signals of a document's score, with the words behind each of them. `origin_of`: for which stem of the entry
    one is expected.
    """
    parts = score(total_query_weight(terms), term_matches, document)
    matched, missing, in_title = [], [], []
    for term, found in zip(terms, term_matches, strict=True):
        matches = [(e, postings[document.id]) for e, postings in found.expansions if document.id in postings]
        if not matches:
            missing.append(term.word)
            continue
        best, _ = max(matches, key=lambda pair: pair[0].weight * pair[1].tf_score)
        matched.append(term.word + ("" if best.match_type == "exact" else f" → {best.label} ({best.match_type})"))
        if any(match.lines and match.lines[0] < document.summary_line for _, match in matches):
            in_title.append(term.word)
    expected = [
        f"{origin} → {stem}"
        for found in term_matches
        for stem in dict.fromkeys(stem for way, _ in found.expansions for stem in way.stems)
        if document.expects((stem,)) and not document.has_stem(stem) and (origin := origin_of(stem))
    ]
    words = ", ".join(matched) + (f"; not: {', '.join(missing)}" if missing else "")
    whole = TERM_COVERAGE_WEIGHT + PHRASE_COVERAGE_WEIGHT + TITLE_COVERAGE_WEIGHT
    return (
        Signal("term coverage", TERM_COVERAGE_WEIGHT * parts.term_coverage / whole, words),
        Signal(
            "phrase coverage",
            PHRASE_COVERAGE_WEIGHT * parts.phrase_coverage / whole,
            f"expected: {', '.join(expected)}" if expected else "what the best single line has of it",
        ),
        Signal(
            "title coverage",
            TITLE_COVERAGE_WEIGHT * parts.title_coverage / whole,
            ", ".join(in_title) or "nothing in title or names",
        ),
    )
