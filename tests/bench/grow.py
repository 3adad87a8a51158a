"""Grow a catalogue to any size, to see what size does to time and memory.

Each new entry is varied from a real one. Its products, names and nouns, and the words of its title, are swapped for
others of the catalogue, drawn as often as they occur there, with the same swap through all of the entry's texts. Its
phrasings come from it and from a second entry: as many as a third one has, at most MAX_PHRASINGS, as most entries of a
huge catalogue are imported and get few. Number and version are new.

A variant has to differ from its original in what it is about, or a question could not tell them apart and any answer
would be as right as any other. So all words of its title and names are swapped but small ones; a phrasing in which no
word was swapped is left out, as it would be the original's own; and a title in which none was gets an invented name in
front.

The share of entries that have a word stays about the same, which is what costs an index. As in real text, new words
keep coming: invented names, about three times the square root of (new entries x real ones). The real entries are
spread evenly among the new ones.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from bot.catalog.models import Entry, Version
from bot.text import STOP_WORDS

SWAP_SHARE = 0.8  # of the words that may be swapped; those of its title and names all are
INVENTED_SHARE = 0.15  # of the swapped ones: they become an invented name
FIRST_KEY = 2_000_001
MAX_PHRASINGS = 8
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]+")
_PRODUCT = re.compile(r"(?<=[a-z0-9,)] )[A-Z][A-Za-z0-9]{2,}")  # a capital that does not begin a sentence
_NOUN = re.compile(r"\b(?:a|an|the|each|per|every|this|that|your|their|our|new|my|of|no)\s+([a-z]{4,})\b")
_SYLLABLES = """
    ba bre ca cor da del dor el fa fin ga gri ha ix jo kel la lum ma mer na nov o pa pex qui ra ri sa sol ta tri u va
    ven wi xo ya zen
""".split()


@dataclass(frozen=True, slots=True)
class _Template:
    """A text, split where a word may be swapped: `pieces[n]` for n in `slots` are such words."""

    pieces: tuple[str, ...]
    slots: tuple[int, ...]

    def fill(self, swaps: "_Swaps") -> str:
        """The text with its words swapped."""
        pieces = list(self.pieces)
        for slot in self.slots:
            pieces[slot] = swaps[pieces[slot]]
        return "".join(pieces)


class _Swaps(dict[str, str]):
    """What each word becomes in one new entry; drawn when it first comes up."""

    def __init__(self, draw: random.Random, words: "_Words", subject: frozenset[str]) -> None:
        super().__init__()
        self._draw, self._words, self._subject = draw, words, subject

    def __missing__(self, word: str) -> str:
        lower = word.lower()
        if lower != word:
            swap = self[lower]
            self[word] = word if swap == lower else swap[:1].upper() + swap[1:]
        elif word not in self._subject and self._draw.random() >= SWAP_SHARE:
            self[word] = word
        elif self._draw.random() < INVENTED_SHARE:
            self[word] = self.invent()
        else:
            self[word] = self._draw.choice(self._words.common)
        return self[word]

    def invent(self) -> str:
        """An invented name, the first ones most often."""
        invented = self._words.invented
        return invented[int(self._draw.random() ** 2 * len(invented))]


class _Words:
    """The words that may be swapped, each as often as it occurs, and invented ones."""

    def __init__(self, entries: Sequence[Entry], size: int, draw: random.Random) -> None:
        counts: Counter[str] = Counter()
        for entry in entries:
            text = " ".join((entry.title, entry.summary, *entry.also))
            counts.update(word.lower() for word in _PRODUCT.findall(text))
            counts.update(_NOUN.findall(text))
            counts.update(word.lower() for name in (entry.title, *entry.names) for word in _TOKEN.findall(name))
        kept = {word: n for word, n in counts.items() if word not in STOP_WORDS and len(word) > 2}
        self.known = frozenset(kept)
        self.common = sorted(word for word, n in kept.items() for _ in range(n)) or ["ticket"]
        self.invented = _invent(round(3 * (size * len(entries)) ** 0.5), self.known, draw)


def _invent(number: int, known: frozenset[str], draw: random.Random) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < number:
        word = "".join(draw.choices(_SYLLABLES, k=draw.randint(3, 4)))
        if word not in known:
            made[word] = None
    return list(made)


def _template(text: str, known: frozenset[str]) -> _Template:
    pieces, slots, end = [], [], 0
    for match in _TOKEN.finditer(text):
        if match[0].lower() in known:
            pieces += [text[end : match.start()], match[0]]
            slots.append(len(pieces) - 1)
            end = match.end()
    return _Template((*pieces, text[end:]), tuple(slots))


class _Parts:
    """One real entry, ready to be varied."""

    def __init__(self, entry: Entry, known: frozenset[str]) -> None:
        self.entry = entry
        self.title, self.summary = _template(entry.title, known), _template(entry.summary, known)
        self.caution, self.answer = _template(entry.caution or "", known), _template(entry.answer or "", known)
        self.names = [_template(name, known) for name in entry.names]
        self.also = [_template(phrase, known) for phrase in entry.also]
        self.subject = frozenset(word.lower() for name in (entry.title, *entry.names) for word in _TOKEN.findall(name))


def grow(entries: Sequence[Entry], size: int, seed: int = 1) -> Iterator[Entry]:
    """`size` entries with unique keys, the given ones among them. The same arguments give the same entries."""
    if size < len(entries):
        raise ValueError(f"{len(entries)} entries cannot shrink to {size}")
    draw = random.Random(seed)
    words = _Words(entries, size, draw)
    parts = [_Parts(entry, words.known) for entry in entries]
    versions = _versions(entries, size)
    taken = {entry.key for entry in entries}
    keys = (key for number in count(FIRST_KEY) if (key := str(number)) not in taken)
    real = 0
    for index in range(size):
        if real < len(entries) and index * len(entries) >= real * size:
            yield entries[real]
            real += 1
        else:
            yield _varied(draw.choice(parts), draw.choice(parts), draw.choice(parts), next(keys), draw, words, versions)


def _varied(
    base: _Parts,
    second: _Parts,
    third: _Parts,
    number: str,
    draw: random.Random,
    words: _Words,
    versions: list[Version],
) -> Entry:
    """A new entry on the pattern of `base`, with phrasings of `second` too, as many as `third` has."""
    entry, swaps = base.entry, _Swaps(draw, words, base.subject)
    phrasings = base.also + second.also
    also = draw.sample(phrasings, min(len(third.also), len(phrasings), MAX_PHRASINGS))
    version = draw.choice(versions) if entry.version and versions else entry.version
    possible = (
        _neighbours(draw.choice(versions), versions, len(entry.possible_versions))
        if versions
        else entry.possible_versions
    )
    return replace(
        entry, key=number if entry.kind == "feature" else f"{entry.kind}-{number}", title=_title(base, swaps),
        summary=base.summary.fill(swaps),
        caution=base.caution.fill(swaps) or None, answer=base.answer.fill(swaps) or None, version=version,
        possible_versions=possible,
        names=tuple(name.fill(swaps) for name in base.names),
        also=tuple(dict.fromkeys(_changed(also, swaps))),
        line_hash=None, source="bench",
    )  # fmt: skip


def _title(base: _Parts, swaps: _Swaps) -> str:
    title = base.title.fill(swaps)
    return title if title != base.entry.title else f"{swaps.invent()}: {title}"


def _changed(phrasings: Iterable[_Template], swaps: _Swaps) -> Iterator[str]:
    """The phrasings with their words swapped, without those in which none was."""
    for phrasing in phrasings:
        text = phrasing.fill(swaps)
        if text != "".join(phrasing.pieces):
            yield text


def _neighbours(version: Version, versions: list[Version], number: int) -> tuple[Version, ...]:
    """This many consecutive versions, from this one on or the last ones: the possible versions of an entry."""
    first = min(versions.index(version), max(0, len(versions) - number))
    return tuple(versions[first : first + number])


def _versions(entries: Sequence[Entry], size: int) -> list[Version]:
    """The real versions, and older ones: their number grows with the square root of the catalogue's size."""
    real = sorted({version for entry in entries for version in (entry.version, *entry.possible_versions) if version})
    if not real:
        return []
    extra = round(len(real) * ((size / len(entries)) ** 0.5 - 1))
    first = real[0]
    older = [Version(first.major, minor) for minor in range(first.minor - 2, 0, -2)]
    older += [Version(first.major - 1, minor) for minor in range(998, 0, -2)] if first.major > 1 else []
    return sorted([*real, *older[:extra]])
