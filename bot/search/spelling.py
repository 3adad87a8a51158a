"""Which known word was meant by an unknown one: typos, compounds, separated words, words typed half."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.vocabulary import Vocabulary
from bot.text import stem

MIN_WORD_LENGTH = 4  # shorter unknown words are left alone: nearly everything is one letter away from them
MAX_CORRECTIONS = 3  # readings of one misspelt word that are tried
MAX_EQUAL_DISTANCES = 12  # candidates of each length; more than are kept, as `typo_cost` orders equal distances
_PARTICLES = (
    "only",
    "down",
    "over",
    "out",
    "off",
    "on",
    "in",
    "up",
    "to",
    "as",
    "by",
)  # that end words as in "sign-off"
# Words that say what is wanted, and are not searched for: no entry has them, so that their slips would be searched for.
_LIST_WORDS = ("highlights", "latest", "newest", "changes", "warnings", "cautions", "episode", "version", "upgrade")
MIN_LIST_WORD_LENGTH, MAX_LIST_TEXT = 5, 80  # letters of a slip; characters of a text that may be a request for a list
_LEADING_PARTICLES = ("out", "off", "per", "on", "in", "no", "up")  # that begin them
_KEYBOARD_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Correction(NamedTuple):
    """A known word that may have been meant."""

    word: str
    cost: float  # wrong letters; see typo_cost


def _is_common(word: str, vocabulary: Vocabulary) -> bool:
    """Whether any text has the word: then "huntress" is likelier a name than a misspelt "hundreds"."""
    return stem(word) in vocabulary.common_stems


@lru_cache(maxsize=1)
def _neighbouring_keys() -> frozenset[tuple[str, str]]:
    """Pairs of letters that are next to each other on a phone's keyboard."""
    position = {letter: (x + 0.5 * y, y) for y, row in enumerate(_KEYBOARD_ROWS) for x, letter in enumerate(row)}

    def are_neighbours(a: str, b: str) -> bool:
        (ax, ay), (bx, by) = position[a], position[b]
        return a != b and abs(ax - bx) <= 1 and abs(ay - by) <= 1

    return frozenset((a, b) for a in position for b in position if are_neighbours(a, b))


def max_typos(length: int) -> int:
    """How many letters of a word of this length may be wrong."""
    return 1 if length < 6 else 2


def find_corrections(word: str, vocabulary: Vocabulary) -> list[Correction]:
    """The known words nearest to an unknown one, nearest first; empty when none is near enough."""
    if len(word) < MIN_WORD_LENGTH or any(c.isdigit() for c in word):
        return []
    limit = max_typos(len(word))
    corrections: list[Correction] = []
    for length in range(len(word) - limit, len(word) + limit + 1):
        nearest = process.extract(
            word,
            vocabulary.words_by_length.get(length, ()),
            scorer=OSA.distance,
            score_cutoff=limit,
            limit=MAX_EQUAL_DISTANCES,
        )
        corrections += [Correction(known, typo_cost(word, known, int(distance))) for known, distance, _ in nearest]
    max_cost = 1.5 if len(word) < 8 else limit  # two wrong letters of seven leave too little of a word
    corrections = [c for c in corrections if c.cost <= (1.0 if _is_common(c.word, vocabulary) else max_cost)]
    corrections.sort(key=lambda c: (c.cost, -vocabulary.word_doc_freq(c.word), c.word))
    return [correction for correction in corrections if correction.cost <= corrections[0].cost + 0.5][:MAX_CORRECTIONS]


def typo_cost(typed: str, meant: str, distance: int) -> float:
    """The edit distance, adjusted to how people mistype.

    Less for a neighbouring key, swapped letters and a letter doubled or not; more for a wrong first letter.
    """
    cost = float(distance)
    if len(typed) == len(meant):
        wrong = [(a, b) for a, b in zip(typed, meant, strict=True) if a != b]
        cost -= 0.5 * sum(pair in _neighbouring_keys() for pair in wrong) if len(wrong) == distance else 0.0
        cost -= 0.3 if sorted(typed) == sorted(meant) else 0.0
    elif _without_doubles(typed) == _without_doubles(meant):
        cost -= 0.5
    return cost + (0.6 if typed[0] != meant[0] and typed[:2] != meant[1::-1] else 0.0)


def _without_doubles(word: str) -> str:
    return "".join(c for n, c in enumerate(word) if n == 0 or c != word[n - 1])


def prefix_completions(prefix: str, vocabulary: Vocabulary) -> list[str]:
    """Known words that begin with an unknown one, the most frequent first: it was typed half, or abbreviated."""
    if len(prefix) < MIN_WORD_LENGTH:
        return []
    completions = vocabulary.words_with_prefix(prefix)
    return sorted(completions, key=lambda word: (-vocabulary.word_doc_freq(word), word))[:MAX_CORRECTIONS]


def split_compound(word: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """`"cannedtext"` -> `("canned", "text")`: the two known words that were written as one, or None."""
    halves = [(word[:n], word[n:]) for n in range(3, len(word) - 2)]
    known = [pair for pair in halves if all(half in vocabulary.stems_by_word for half in pair)]
    known = [pair for pair in known if not any(_is_common(half, vocabulary) for half in pair)]
    if not known:
        return None
    # "messsage" is a typo, not "mess sage": one wrong letter is likelier than a missing blank.
    if any(c.cost <= 1 and stem(c.word) != stem(word) for c in find_corrections(word, vocabulary)):
        return None
    return max(known, key=lambda pair: min(len(pair[0]), len(pair[1])))


def split_particle(word: str, vocabulary: Vocabulary) -> str | None:
    """`"signoff"` -> `"sign"`: the known word that was written with a small one as one, or None."""
    heads = [word.removesuffix(end) for end in _PARTICLES if word.endswith(end)]
    tails = [word.removeprefix(start) for start in _LEADING_PARTICLES if word.startswith(start)]
    known = (part for part in (*heads, *tails) if len(part) >= 3 and part in vocabulary.stems_by_word)
    return next(known, None)


def join_compound(words: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """`("time", "sheet")` -> `"timesheet"` when that is a known word, else None."""
    compound = "".join(words)
    return compound if compound in vocabulary.stems_by_word and len(compound) >= MIN_WORD_LENGTH else None


def correct_list_words(text: str, vocabulary: Vocabulary) -> tuple[str, list[str]]:
    """A short text with the words that say what is wanted spelt well ("latest hightlights"), and how they were read.

    A word that any entry has is none of them, nor is another form of one of them. What stands in quotes is meant as it
    is typed.
    """
    if len(text) > MAX_LIST_TEXT or '"' in text:
        return text, []
    notes = []
    for typed in text.split():
        plain = typed.strip(".,?!").lower()
        if len(plain) < MIN_LIST_WORD_LENGTH or not plain.isalpha() or plain in _LIST_WORDS:
            continue
        if plain in vocabulary.stems_by_word:
            continue
        meant = next((word for word in _LIST_WORDS if _is_slip(plain, word)), None)
        if meant:
            text = re.sub(rf"\b{plain}\b", meant, text, count=1, flags=re.IGNORECASE)  # not inside of another word
            notes.append(f"“{plain}” understood as “{meant}”")
    return text, notes


def _is_slip(typed: str, meant: str) -> bool:
    """Whether one slip of the finger makes a word of another one. "Fewest" and "charges" are words of their own: a
    first letter is seldom wrong, and a wrong one is next to the right one. "Changed" is a form, and no slip.
    """
    if OSA.distance(typed, meant) != 1 or typed[0] != meant[0] or stem(typed) == stem(meant):
        return False
    return len(typed) != len(meant) or sorted(typed) == sorted(meant) or typo_cost(typed, meant, 1) < 1.0
