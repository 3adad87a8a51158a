"""Which word of the catalogue was meant by one that it does not have: typos, joined and split words, words half typed."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.vocabulary import Vocabulary
from bot.text import stem

MIN_WORD_LENGTH = 4  # a shorter unknown word is left alone: nearly everything is one letter away from it
MAX_CORRECTIONS = 3  # meanings of one misspelt word that are tried
_KEYBOARD_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Correction(NamedTuple):
    """A known word that may have been meant."""

    word: str
    cost: float  # letters wrong; half a letter for neighbours on the keyboard


@lru_cache(maxsize=1)
def _neighbouring_keys() -> frozenset[tuple[str, str]]:
    """Pairs of letters that lie side by side on a phone's keyboard."""
    place = {letter: (x + 0.5 * y, y) for y, row in enumerate(_KEYBOARD_ROWS) for x, letter in enumerate(row)}
    return frozenset(
        (a, b)
        for a in place
        for b in place
        if a != b and abs(place[a][0] - place[b][0]) <= 1 and abs(place[a][1] - place[b][1]) <= 1
    )


def max_typos(length: int) -> int:
    """How many letters of a word may be wrong."""
    return 1 if length < 6 else 2


def find_corrections(word: str, lexicon: Vocabulary) -> list[Correction]:
    """The known words nearest to an unknown one, nearest first; empty when none is near enough."""
    if len(word) < MIN_WORD_LENGTH or any(c.isdigit() for c in word):
        return []
    most = max_typos(len(word))
    guesses = []
    for length in range(len(word) - most, len(word) + most + 1):
        # More than are kept: rapidfuzz ends ties by place in the list, we end them by how people slip.
        near = process.extract(
            word, lexicon.words_by_length.get(length, ()), scorer=OSA.distance, score_cutoff=most, limit=12
        )
        guesses += [Correction(choice, typo_cost(word, choice, int(distance))) for choice, distance, _ in near]
    likely = 1.5 if len(word) < 8 else most  # two letters wrong of seven leave too little of a word
    guesses = sorted(
        (g for g in guesses if g.cost <= likely), key=lambda g: (g.cost, -lexicon.word_doc_freq(g.word), g.word)
    )
    return [g for g in guesses if g.cost <= guesses[0].cost + 0.5][:MAX_CORRECTIONS]


def typo_cost(typed: str, meant: str, distance: int) -> float:
    """How far the typed word is from the meant one, as people slip: a wrong first letter is rare, a neighbouring key
    frequent.
    """
    far = float(distance)
    if len(typed) == len(meant):
        wrong = [(a, b) for a, b in zip(typed, meant, strict=True) if a != b]
        far -= 0.5 * sum(pair in _neighbouring_keys() for pair in wrong) if len(wrong) == distance else 0.0
        far -= 0.3 if sorted(typed) == sorted(meant) else 0.0  # letters swapped
    elif _without_doubles(typed) == _without_doubles(meant):
        far -= 0.5
    return far + (0.6 if typed[0] != meant[0] and typed[:2] != meant[1::-1] else 0.0)


def _without_doubles(word: str) -> str:
    return "".join(c for n, c in enumerate(word) if n == 0 or c != word[n - 1])


def prefix_completions(prefix: str, lexicon: Vocabulary) -> list[str]:
    """Known words that begin with an unknown one: someone is still typing, or cuts words short."""
    if len(prefix) < MIN_WORD_LENGTH:
        return []
    return sorted(lexicon.words_with_prefix(prefix), key=lambda w: (-lexicon.word_doc_freq(w), w))[:MAX_CORRECTIONS]


def split_compound(word: str, lexicon: Vocabulary) -> tuple[str, str] | None:
    """`"cannedtext"` -> `("canned", "text")`: the two known words that were written as one, or None."""
    parts = [(word[:n], word[n:]) for n in range(3, len(word) - 2)]
    known = [pair for pair in parts if pair[0] in lexicon.stems_by_word and pair[1] in lexicon.stems_by_word]
    # "messsage" is a slip, not "mess sage": one wrong letter is likelier than a blank that is missing.
    if known and any(guess.cost <= 1 and stem(guess.word) != stem(word) for guess in find_corrections(word, lexicon)):
        return None
    return max(known, key=lambda pair: min(len(pair[0]), len(pair[1])), default=None)


def join_compound(words: Sequence[str], lexicon: Vocabulary) -> str | None:
    """`("time", "sheet")` -> `"timesheet"` when that is a known word, else None."""
    whole = "".join(words)
    return whole if whole in lexicon.stems_by_word and len(whole) >= MIN_WORD_LENGTH else None
