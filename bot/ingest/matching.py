"""Record linkage: which entries a change without a number may be the same as. Pure.

`BlockingIndex` gives the candidates (features of the same version or episode), and `score_match` compares two texts by
rapidfuzz over their stems. The thresholds are calibrated on pairs that people judged (tests/ingest/test_matching.py):
texts about the same change reach a token set ratio of 86 and a ratio of 69 over the whole text; texts about different
changes that share as many words stay below 82 or below 60. What scores between the two goes to the review queue.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.catalog.models import Entry, Version
from bot.ingest.readers.prose import VARIABLE
from bot.text import stems

CERTAIN_TOKEN_SET, CERTAIN_WHOLE, CERTAIN_SHARED = 88.0, 69.0, 4
# At least: with fewer shared stems, as in "Improvements to forecasting", two texts say too little to be compared.
POSSIBLE_TOKEN_SET, POSSIBLE_WHOLE, POSSIBLE_SHARED = 82.0, 60.0, 3
MAX_MATCHES = 3  # of one text that are told
# Stems that occur in the description of any change.
_STOP_STEMS = frozenset(
    "variou multipl receiv improv chang updat minor further various multiple add addit allow abil enabl set option new "
    "introduc provid avail support halo halopsa featur now config configur can you".split()
)


class MatchScore(NamedTuple):
    """How alike two texts are, 0 to 100, and whether that is enough to be certain that they mean the same change."""

    score: int
    certain: bool


class ComparableText(NamedTuple):
    """A text prepared for comparison."""

    stems: frozenset[str]
    joined: str
    ordered: str
    variables: frozenset[str]


@lru_cache(maxsize=20_000)
def prepare_text(text: str) -> ComparableText:
    """The stems of a text without stop stems, and its variables such as `$CONTRACTSLA`. Cached: an import compares the
    same texts many times.
    """
    kept = [stem for stem in stems(text[:1_000]) if stem not in _STOP_STEMS]
    variables = frozenset(match.replace(" ", "") for match in VARIABLE.findall(text))
    return ComparableText(frozenset(kept), " ".join(kept), " ".join(sorted(kept)), variables)


def score_match(text: str, entry_texts: Iterable[str]) -> MatchScore | None:
    """The best score of a text against an entry's texts; None when they describe different changes."""
    left = prepare_text(text)
    best: MatchScore | None = None
    for entry_text in entry_texts:
        right = prepare_text(entry_text)
        shared = len(left.stems & right.stems)
        different_variables = left.variables and right.variables and not left.variables & right.variables
        if shared < POSSIBLE_SHARED or different_variables:
            continue
        token_set = fuzz.token_set_ratio(left.joined, right.joined, score_cutoff=POSSIBLE_TOKEN_SET)
        whole = fuzz.ratio(left.ordered, right.ordered, score_cutoff=POSSIBLE_WHOLE) if token_set else 0.0
        if not whole:
            continue
        certain = token_set >= CERTAIN_TOKEN_SET and whole >= CERTAIN_WHOLE and shared >= CERTAIN_SHARED
        match = MatchScore(round((token_set + whole) / 2), certain)
        if best is None or (match.certain, match.score) > (best.certain, best.score):
            best = match
    return best


def best_matches(text: str, candidates: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, MatchScore]]:
    """The keys of the MAX_MATCHES candidates (key, texts) that a text matches best, with their scores, best first."""
    matches = [(key, match) for key, texts in candidates if (match := score_match(text, texts))]
    return sorted(matches, key=lambda pair: (not pair[1].certain, -pair[1].score, pair[0]))[:MAX_MATCHES]


class BlockingIndex:
    """Keys of features by version and by episode: only features that share one of these are compared.

    Numbered and unnumbered features are kept apart, because there are many of the former and few of the latter.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._keys: defaultdict[tuple[bool, Version | int], set[str]] = defaultdict(set)
        self.has_unnumbered = False
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Index an entry. Adding it again changes nothing."""
        if entry.kind == "feature":
            numbered = entry.numbered
            self.has_unnumbered = self.has_unnumbered or not numbered
            for block in _blocks(entry):
                self._keys[numbered, block].add(entry.key)

    def unnumbered_candidates(self, entry: Entry) -> set[str]:
        """Keys of the unnumbered features that share a version or an episode with an entry, without the entry."""
        return self._candidates(entry, numbered=False)

    def candidates(self, entry: Entry) -> set[str]:
        """Keys of all features that share a version or an episode with an entry, without the entry."""
        return self._candidates(entry, numbered=False) | self._candidates(entry, numbered=True)

    def _candidates(self, entry: Entry, numbered: bool) -> set[str]:
        keys: set[str] = set()
        for block in _blocks(entry):
            keys |= self._keys.get((numbered, block), set())
        return keys - {entry.key}


def _blocks(entry: Entry) -> list[Version | int]:
    versions = [version for version in (entry.version, *entry.possible_versions) if version]
    return [*versions, *(mention.episode for mention in entry.mentions)]
