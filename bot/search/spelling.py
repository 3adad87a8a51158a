"""Which word of the catalogue was meant by one that it does not have: typos, joined and split words, words half typed."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.vocabulary import Lexicon
from bot.text import stem

SHORTEST = 4  # a shorter unknown word is left alone: nearly everything is one letter away from it
KEPT = 3  # meanings of one misspelt word that are tried
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Guess(NamedTuple):
    """A known word that may have been meant."""

    word: str
    distance: float  # letters wrong; half a letter for neighbours on the keyboard


@lru_cache(maxsize=1)
def _neighbours() -> frozenset[tuple[str, str]]:
    """Pairs of letters that lie side by side on a phone's keyboard."""
    place = {letter: (x + 0.5 * y, y) for y, row in enumerate(_ROWS) for x, letter in enumerate(row)}
    return frozenset(
        (a, b)
        for a in place
        for b in place
        if a != b and abs(place[a][0] - place[b][0]) <= 1 and abs(place[a][1] - place[b][1]) <= 1
    )


def allowed(length: int) -> int:
    """How many letters of a word may be wrong."""
    return 1 if length < 6 else 2


def corrections(word: str, lexicon: Lexicon) -> list[Guess]:
    """The known words nearest to an unknown one, nearest first; empty when none is near enough."""
    if len(word) < SHORTEST or any(c.isdigit() for c in word):
        return []
    most = allowed(len(word))
    guesses = []
    for length in range(len(word) - most, len(word) + most + 1):
        # More than are kept: rapidfuzz ends ties by place in the list, we end them by how people slip.
        near = process.extract(
            word, lexicon.by_length.get(length, ()), scorer=OSA.distance, score_cutoff=most, limit=12
        )
        guesses += [Guess(choice, slip(word, choice, int(distance))) for choice, distance, _ in near]
    likely = 1.5 if len(word) < 8 else most  # two letters wrong of seven leave too little of a word
    guesses = sorted(
        (g for g in guesses if g.distance <= likely), key=lambda g: (g.distance, -lexicon.count(g.word), g.word)
    )
    return [g for g in guesses if g.distance <= guesses[0].distance + 0.5][:KEPT]


def slip(typed: str, meant: str, distance: int) -> float:
    """How far the typed word is from the meant one, as people slip: a wrong first letter is rare, a neighbouring key
    frequent.
    """
    far = float(distance)
    if len(typed) == len(meant):
        wrong = [(a, b) for a, b in zip(typed, meant, strict=True) if a != b]
        far -= 0.5 * sum(pair in _neighbours() for pair in wrong) if len(wrong) == distance else 0.0
        far -= 0.3 if sorted(typed) == sorted(meant) else 0.0  # letters swapped
    elif _without_doubles(typed) == _without_doubles(meant):
        far -= 0.5
    return far + (0.6 if typed[0] != meant[0] and typed[:2] != meant[1::-1] else 0.0)


def _without_doubles(word: str) -> str:
    return "".join(c for n, c in enumerate(word) if n == 0 or c != word[n - 1])


def started(word: str, lexicon: Lexicon) -> list[str]:
    """Known words that begin with an unknown one: someone is still typing, or cuts words short."""
    if len(word) < SHORTEST:
        return []
    return sorted(lexicon.beginning_with(word), key=lambda w: (-lexicon.count(w), w))[:KEPT]


def split(word: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """`"cannedtext"` -> `("canned", "text")`: the two known words that were written as one, or None."""
    parts = [(word[:n], word[n:]) for n in range(3, len(word) - 2)]
    known = [pair for pair in parts if pair[0] in lexicon.words and pair[1] in lexicon.words]
    # "messsage" is a slip, not "mess sage": one wrong letter is likelier than a blank that is missing.
    if known and any(guess.distance <= 1 and stem(guess.word) != stem(word) for guess in corrections(word, lexicon)):
        return None
    return max(known, key=lambda pair: min(len(pair[0]), len(pair[1])), default=None)


def joined(words: Sequence[str], lexicon: Lexicon) -> str | None:
    """`("time", "sheet")` -> `"timesheet"` when that is a known word, else None."""
    whole = "".join(words)
    return whole if whole in lexicon.words and len(whole) >= SHORTEST else None
