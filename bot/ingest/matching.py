"""Whether two texts tell of the same change, by rapidfuzz over stems. Pure.

Calibrated on the description-only lines of the shared documents (tests/ingest/test_matching.py): pairs that tell of the
same change reach 86 by their words and 69 by their whole text; others that share as many words stay below 82 by their
words or below 60 by the whole. What lies between sure and different is put to a person.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.text import stems

CERTAIN_TOKEN_SET, CERTAIN_WHOLE = 88.0, 69.0
POSSIBLE_TOKEN_SET, POSSIBLE_WHOLE = 82.0, 60.0
POSSIBLE_SHARED = 3  # telling stems that both have: "Improvements to forecasting" alone proves nothing
CERTAIN_SHARED = 4
_VARIABLE = re.compile(r"\$\s?-?[A-Z][A-Z0-9_]{3,}")
# Words that any change is told in.
_STOP_STEMS = frozenset(
    "variou multipl receiv improv chang updat minor further various multiple add addit allow abil enabl set option new introduc "
    "provid avail support halo halopsa featur now config configur can you".split()
)


class MatchScore(NamedTuple):
    """How alike two texts are, of 100, and whether that is enough."""

    score: int
    certain: bool


class ComparableText(NamedTuple):
    """A text made ready to be compared."""

    stems: frozenset[str]
    joined: str
    ordered: str
    variables: frozenset[str]


@lru_cache(maxsize=20_000)
def prepare_text(text: str) -> ComparableText:
    """The telling stems of a text; kept, for the same texts are compared many times."""
    telling = [stem for stem in stems(text[:1_000]) if stem not in _STOP_STEMS]
    variables = frozenset(found.replace(" ", "") for found in _VARIABLE.findall(text))
    return ComparableText(frozenset(telling), " ".join(telling), " ".join(sorted(telling)), variables)


def score_match(text: str, entry_texts: Iterable[str]) -> MatchScore | None:
    """The best likeness of a text to any of an entry's texts; None when they tell of different things."""
    left = prepare_text(text)
    best: MatchScore | None = None
    for text in entry_texts:
        right = prepare_text(text)
        shared = len(left.stems & right.stems)
        if shared < POSSIBLE_SHARED or (left.variables and right.variables and not left.variables & right.variables):
            continue
        words = fuzz.token_set_ratio(left.joined, right.joined, score_cutoff=POSSIBLE_TOKEN_SET)
        whole = fuzz.ratio(left.ordered, right.ordered, score_cutoff=POSSIBLE_WHOLE) if words else 0.0
        if not whole:
            continue
        sure = words >= CERTAIN_TOKEN_SET and whole >= CERTAIN_WHOLE and shared >= CERTAIN_SHARED
        found = MatchScore(round((words + whole) / 2), sure)
        if best is None or (found.certain, found.score) > (best.certain, best.score):
            best = found
    return best


def best_matches(
    text: str, candidates: Sequence[tuple[str, Sequence[str]]], limit: int = 3
) -> list[tuple[str, MatchScore]]:
    """The candidates (key, its texts) that a text is like, best first."""
    found = [(key, like) for key, texts in candidates if (like := score_match(text, texts))]
    return sorted(found, key=lambda pair: (not pair[1].certain, -pair[1].score, pair[0]))[:limit]
