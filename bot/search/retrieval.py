"""Which entries are worth ranking in full.

Where all entries fit in memory they are chosen by what they say of the question's words, exactly: no entry that has
nothing to do
with a question can push another one out. In a huge catalogue SQLite's bm25 chooses, which counts all entries for each
word.
"""

from collections.abc import Container, Sequence
from heapq import nlargest

from bot.search.models import Expansion, Term
from bot.search.scoring import Postings, TermPostings
from bot.search.vocabulary import Vocabulary

MAX_CANDIDATES = 15
MAX_LIST_CANDIDATES = 400  # for lists, which are given whole
BM25_COLUMN_WEIGHTS = (4.0, 3.0, 1.0, 1.5)  # how bm25 weighs the columns title, names, summary, also
# Rows of the full-text index that one question may read: bm25 takes about 2.5 µs for each. The rarest ways of saying
# are looked up
# whole; one that would go over this only in titles, names and summaries, where it tells most.
MAX_FTS_ROWS = 6_000
OWN_COLUMNS = "{title names summary}"


def select_candidates(term_postings: TermPostings, limit: int, allowed_ids: Container[int] | None = None) -> list[int]:
    """The entries that say most of the terms' words, in no particular order; only those `among` the given ones, if any
    are.

    More than `most` where several say as much as the last of them, so that it does not depend on the order of entries
    which one is in.
    """
    gained: dict[int, float] = {}
    for ways_of_term in term_postings:
        for number, gain in _term_scores(ways_of_term).items():
            gained[number] = gained.get(number, 0.0) + gain
    if allowed_ids is not None:
        gained = {number: gain for number, gain in gained.items() if number in allowed_ids}
    if len(gained) <= limit:
        return list(gained)
    least = nlargest(limit, gained.values())[-1]
    return [number for number, gain in gained.items() if gain >= least]


def _term_scores(ways: Sequence[tuple[Expansion, Postings]]) -> dict[int, float]:
    """What each entry says of one term, by the way that it says most strongly."""
    gains: dict[int, float] = {}
    for alternative, sayings in ways:
        worth = alternative.weight
        for number, (_, strength) in sayings.items():
            gain = worth * strength
            if gain > gains.get(number, 0.0):
                gains[number] = gain
    return gains


def fts_expression(terms: Sequence[Term], lexicon: Vocabulary) -> str:
    """The FTS5 expression for entries that may answer: any way of saying any of the terms, as far as MOST_ROWS reaches.

    Empty when no term is known. The ways that fewest entries have come first: they tell most and cost least.
    """
    stems_of = {alternative.stems for term in terms for alternative in term.expansions}
    ways = sorted(stems_of, key=lambda stems: (min(lexicon.doc_freq[stem] for stem in stems), stems))
    parts, rows = [], 0
    for stems in ways:
        everywhere, own = (
            min(lexicon.doc_freq[stem] for stem in stems),
            min(lexicon.own_text_doc_freq.get(stem, 0) for stem in stems),
        )
        if rows + everywhere <= MAX_FTS_ROWS:
            rows += everywhere
            parts.append(_all_stems(stems))
        elif own and (rows + own <= MAX_FTS_ROWS or not parts):
            rows += own
            parts.append(f"{OWN_COLUMNS} : {_all_stems(stems)}")
    # A question of nothing but words that half the catalogue has is still answered, by the rarest of them.
    return " OR ".join(parts) or next((_all_stems(stems) for stems in ways), "")


def _all_stems(stems: Sequence[str]) -> str:
    return "(" + " AND ".join(f'"{stem}"' for stem in stems) + ")"
