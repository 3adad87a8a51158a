"""Which entries are scored in full: the candidates.

Candidates are the entries with the highest term coverage, taken from exact postings: no entry that has nothing to do
with a question can push another one out. In a huge catalogue the postings of a question's commonest words are not
read for this, so that the time of a question is bounded.
"""

from collections.abc import Collection, Container, Sequence
from heapq import nlargest

from bot.search.models import Expansion
from bot.search.scoring import Postings, Stems, TermPostings
from bot.search.vocabulary import Vocabulary

MAX_CANDIDATES = 15
MAX_LIST_CANDIDATES = 400  # for lists, which are given whole
MAX_POSTINGS = 6_000  # entries in all the postings that one question reads


def choose_expansions(expansions: Collection[Stems], vocabulary: Vocabulary) -> Collection[Stems]:
    """The expansions that find candidates: the rarest first, as far as MAX_POSTINGS reaches.

    At least the rarest one, so that a question of nothing but common words is still answered. In a catalogue of a
    few hundred entries these are all.
    """
    if len(expansions) * len(vocabulary.keys) <= MAX_POSTINGS:
        return expansions
    entry_counts = {stems: min([vocabulary.doc_freq[stem] for stem in stems]) for stems in expansions}
    total, chosen = 0, set[Stems]()
    for stems in sorted(entry_counts, key=lambda stems: (entry_counts[stems], stems)):
        total += entry_counts[stems]
        if chosen and total > MAX_POSTINGS:
            break
        chosen.add(stems)
    return chosen


def select_candidates(term_postings: TermPostings, limit: int, allowed_ids: Container[int] | None = None) -> list[int]:
    """The ids of the entries with the highest term coverage, in no particular order; only allowed ones, if given.

    More than `limit` where several have as much as the last of them, so that the order of entries does not matter.
    """
    coverage: dict[int, float] = {}
    for expansions in term_postings:
        weights = _best_weights(expansions)
        if not coverage:
            coverage = weights
            continue
        for entry_id, weight in weights.items():
            coverage[entry_id] = coverage.get(entry_id, 0.0) + weight
    if allowed_ids is not None:
        coverage = {entry_id: weight for entry_id, weight in coverage.items() if entry_id in allowed_ids}
    if len(coverage) <= limit:
        return list(coverage)
    least = nlargest(limit, coverage.values())[-1]
    return [entry_id for entry_id, weight in coverage.items() if weight >= least]


def _best_weights(expansions: Sequence[tuple[Expansion, Postings]]) -> dict[int, float]:
    """What each entry has of one term, by its best expansion."""
    best: dict[int, float] = {}
    for expansion, postings in expansions:
        weight = expansion.weight
        weights = {entry_id: weight * tf_score for entry_id, (_, tf_score) in postings.items()}
        if not best:
            best = weights
            continue
        for entry_id, entry_weight in weights.items():
            if entry_weight > best.get(entry_id, 0.0):
                best[entry_id] = entry_weight
    return best
