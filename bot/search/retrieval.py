"""Which entries are worth ranking in full.

Where all entries fit in memory they are chosen by what they say of the question's words, exactly: no entry that has
nothing to do
with a question can push another one out. In a huge catalogue SQLite's bm25 chooses, which counts all entries for each
word.
"""

from collections.abc import Container, Sequence
from heapq import nlargest

from bot.search.models import Alternative, Term
from bot.search.scoring import Sayings, Ways
from bot.search.vocabulary import Lexicon

RANKED = 15
LISTED = 400  # for lists, which are given whole
COLUMN_WEIGHTS = (4.0, 3.0, 1.0, 1.5)  # how bm25 weighs the columns title, names, summary, also
# Rows of the full-text index that one question may read: bm25 takes about 2.5 µs for each. The rarest ways of saying
# are looked up
# whole; one that would go over this only in titles, names and summaries, where it tells most.
MOST_ROWS = 6_000
OWN_COLUMNS = "{title names summary}"


def best(ways: Ways, most: int, among: Container[int] | None = None) -> list[int]:
    """The entries that say most of the terms' words, in no particular order; only those `among` the given ones, if any
    are.

    More than `most` where several say as much as the last of them, so that it does not depend on the order of entries
    which one is in.
    """
    gained: dict[int, float] = {}
    for ways_of_term in ways:
        for number, gain in _gains(ways_of_term).items():
            gained[number] = gained.get(number, 0.0) + gain
    if among is not None:
        gained = {number: gain for number, gain in gained.items() if number in among}
    if len(gained) <= most:
        return list(gained)
    least = nlargest(most, gained.values())[-1]
    return [number for number, gain in gained.items() if gain >= least]


def _gains(ways: Sequence[tuple[Alternative, Sayings]]) -> dict[int, float]:
    """What each entry says of one term, by the way that it says most strongly."""
    gains: dict[int, float] = {}
    for alternative, sayings in ways:
        worth = alternative.worth
        for number, (_, strength) in sayings.items():
            gain = worth * strength
            if gain > gains.get(number, 0.0):
                gains[number] = gain
    return gains


def expression(terms: Sequence[Term], lexicon: Lexicon) -> str:
    """The FTS5 expression for entries that may answer: any way of saying any of the terms, as far as MOST_ROWS reaches.

    Empty when no term is known. The ways that fewest entries have come first: they tell most and cost least.
    """
    stems_of = {alternative.stems for term in terms for alternative in term.alternatives}
    ways = sorted(stems_of, key=lambda stems: (min(lexicon.counts[stem] for stem in stems), stems))
    parts, rows = [], 0
    for stems in ways:
        everywhere, own = min(lexicon.counts[stem] for stem in stems), min(lexicon.own.get(stem, 0) for stem in stems)
        if rows + everywhere <= MOST_ROWS:
            rows += everywhere
            parts.append(_all_of(stems))
        elif own and (rows + own <= MOST_ROWS or not parts):
            rows += own
            parts.append(f"{OWN_COLUMNS} : {_all_of(stems)}")
    # A question of nothing but words that half the catalogue has is still answered, by the rarest of them.
    return " OR ".join(parts) or next((_all_of(stems) for stems in ways), "")


def _all_of(stems: Sequence[str]) -> str:
    return "(" + " AND ".join(f'"{stem}"' for stem in stems) + ")"
