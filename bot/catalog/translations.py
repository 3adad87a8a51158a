"""Which words people ask by for what an entry says, learned from the phrasings that people wrote.

IBM model 1 (https://www.statmt.org/book/, chapter 4): every word of a phrasing stands for one word of the entry, or for
none. Which one is not known; expectation maximisation finds the shares of words that explain all phrasings best. From
"technicians can be left out of rotas", asked for as "keep an engineer off the schedule", and from many others, it finds
that a "technician" is an "engineer" to those who ask. With the table, the words by which people will ask for an entry
that nobody has described yet can be told from the entry's own.

A word that is said for few others tells more than one that is said for many: of the words of an entry, the one that is
most likely to be meant by an asked word (MEANT) raises what is expected, and so do words of the thesaurus.

The lists are of stems, as the search index has them. Pure; nothing is read or written here.
"""

import hashlib
import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableSequence, Sequence
from typing import NamedTuple

from bot.catalog.models import EXPECTED_PHRASINGS, IndexedText, Translations
from bot.catalog.thesaurus import Thesaurus
from bot.catalog.training import TrainingExamples

ITERATIONS = 2  # more of them fit the phrasings that are there better, and others worse
# What a word of an entry weighs, by where it stands; a word that stands in several fields counts once, where it counts
# most.
TITLE_WEIGHT, NAMES_WEIGHT, SUMMARY_WEIGHT = 3.0, 1.5, 1.0
NO_WORD = ""  # stands in every entry, for words of phrasings that stand for nothing in particular
NO_WORD_WEIGHT = 2.5
EXAMPLE_WEIGHT = 2.0  # of a phrasing of a training example: these have some 8, where entries have some 67
THESAURUS_COUNT = 30.0  # phrasings' worth of what the thesaurus says of a word
# Rows of the table beside those of the entries' words. No stem begins so.
MEANT = "<"  # before a word of entries: how likely it is meant by those who say another one
ASKED = "*"  # the shares of phrasings that have a word, over all entries
MIN_ASKED, MIN_MEANT = 0.0003, 0.01  # less is not kept, and counts for so much and for nothing
# The logarithm of how many times likelier an entry makes an asked word by what is meant, and by the thesaurus.
MEANT_WEIGHT, THESAURUS_WEIGHT = 7.0, 0.14
MAX_THESAURUS = 2.0  # words of an entry, where one in the title counts 1, that the thesaurus knows an asked word for
USUAL_SHARE = 4.0  # how many times an entry's own share counts beside that of all entries: see `bot.search.confidence`
FREQUENT = 0.3  # a word that so many phrasings have is expected by the thesaurus no more than otherwise
MIN_COUNT = 2  # phrasings, of a word that is learned
MIN_SHARE = 0.0003  # of a word's translations; rarer ones are forgotten
MAX_TRANSLATIONS = 300  # of one word, the most frequent ones
# What is expected of an entry: as much as an entry has that was described by hand.
WORDS_IN_PHRASINGS = 6 * EXPECTED_PHRASINGS
MIN_EXPECTED, MAX_EXPECTED = 0.1, 60.0  # phrasings with a word
MAX_EXPECTED_WORDS = 800


class _Pair(NamedTuple):
    """The words of an entry with their weights, how many of its phrasings have each word, and how often each counts."""

    said: Mapping[str, float]
    asked: Mapping[str, int]
    times: float


class _Asked(NamedTuple):
    """The words of phrasings: their stems, and in rows the number of each entry's each word and how often it counts."""

    stems: Sequence[str]
    numbers: MutableSequence[int]
    times: MutableSequence[float]


class _Place(NamedTuple):
    """Where a word of an entry stands: its weight there, and the rows of what that entry is asked by."""

    weight: float
    first: int
    end: int


def entry_words(text: IndexedText) -> dict[str, float]:
    """The stems of title, names and summary, each with its weight."""
    weights: dict[str, float] = {}
    for field, weight in ((text.title, TITLE_WEIGHT), (text.names, NAMES_WEIGHT), (text.summary, SUMMARY_WEIGHT)):
        for stem in field.split():
            weights.setdefault(stem, weight)  # the weights fall from field to field
    return weights


def learn_translations(
    texts: Iterable[IndexedText],
    iterations: int = ITERATIONS,
    thesaurus: Thesaurus | None = None,
    examples: TrainingExamples | None = None,
) -> Translations:
    """The table that the described ones among these entries give, with a thesaurus and training examples; empty where
    no entry is described.
    """
    thesaurus, examples = thesaurus or {}, examples or TrainingExamples()
    described = sorted((text for text in texts if text.phrasings), key=lambda text: text.key)
    if not described:
        return Translations(fingerprint(described, thesaurus, examples.fingerprint), {})
    own = [_count_words(text.phrasings) for text in described]
    pairs = [_Pair(entry_words(text), asked, 1.0) for text, asked in zip(described, own, strict=True)]
    pairs += [_Pair(entry_words(text), _count_words(text.phrasings), EXAMPLE_WEIGHT) for text in examples.texts]
    by_word = _count_pairs(pairs, iterations)
    table = {**_meant(by_word), ASKED: _asked(own)}
    table |= _as_table(_with_thesaurus(by_word, thesaurus))
    return Translations(fingerprint(described, thesaurus, examples.fingerprint), table)


def _count_pairs(pairs: Sequence[_Pair], iterations: int) -> dict[str, dict[str, float]]:
    """How many phrasings have one word for another, by the entry's word: expectation maximisation over the words of
    entries and those of their phrasings.
    """
    asked, places = _lay_out(pairs)
    shares: dict[str, dict[int, float]] = {}  # of each word of the entries; at first all are alike
    totals: dict[str, float] = {}
    for _ in range(iterations):
        wholes = _wholes(asked, places, shares)
        for word in places:  # one after the other: all their counts at once would take a gigabyte
            counts = _explained(asked, places[word], shares.get(word), wholes)
            totals[word] = sum(counts.values())
            shares[word] = {stem: count / totals[word] for stem, count in counts.items()}
    return {
        word: {asked.stems[stem]: share * totals[word] for stem, share in shares.pop(word).items()} for word in places
    }


def _lay_out(pairs: Sequence[_Pair]) -> tuple[_Asked, dict[str, list[_Place]]]:
    """The asked words of all pairs in rows, and where the words of the entries stand among them."""
    total = Counter[str]()
    for pair in pairs:
        total.update(pair.asked)
    known = [stem for stem, count in total.items() if count >= MIN_COUNT]
    numbers = {stem: number for number, stem in enumerate(known)}
    asked = _Asked(known, array("l"), array("d"))
    places: dict[str, list[_Place]] = {}
    for said, counts, times in pairs:
        first = len(asked.numbers)
        for stem, count in counts.items():
            if stem in numbers:
                asked.numbers.append(numbers[stem])
                asked.times.append(count * times)
        for word, weight in {**said, NO_WORD: NO_WORD_WEIGHT}.items():
            places.setdefault(word, []).append(_Place(weight, first, len(asked.numbers)))
    return asked, places


def _wholes(
    asked: _Asked, places: Mapping[str, Sequence[_Place]], shares: Mapping[str, Mapping[int, float]]
) -> Sequence[float]:
    """Of each row, what all words of its entry give together."""
    wholes = array("d", bytes(8 * len(asked.numbers)))
    for word, found in places.items():
        share = shares.get(word)
        for weight, first, end in found:
            rows = zip(asked.numbers[first:end], wholes[first:end], strict=True)
            sums = [whole + (weight * share[stem] if share else weight) for stem, whole in rows]
            wholes[first:end] = array("d", sums)
    return wholes


def _explained(
    asked: _Asked, places: Sequence[_Place], share: Mapping[int, float] | None, wholes: Sequence[float]
) -> dict[int, float]:
    """How many phrasings with each word one word of the entries explains."""
    counts: defaultdict[int, float] = defaultdict(float)
    for weight, first, end in places:
        rows = zip(asked.numbers[first:end], asked.times[first:end], wholes[first:end], strict=True)
        for stem, times, whole in rows:
            counts[stem] += times * (weight * share[stem] if share else weight) / whole
    return counts


def _count_words(phrasings: str) -> Counter[str]:
    """How many phrasings (a line each) have each stem."""
    counts = Counter[str]()
    for line in phrasings.split("\n"):
        counts.update(dict.fromkeys(line.split(), 1))
    return counts


def _meant(counts: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Of each word of the entries, how likely it is meant by the words that phrasings have for it."""
    total: defaultdict[str, float] = defaultdict(float)
    for others in counts.values():
        for other, count in others.items():
            total[other] += count
    rows: dict[str, dict[str, float]] = {}
    for word, others in sorted(counts.items()):
        meant = {other: round(count / total[other], 4) for other, count in sorted(others.items()) if count}
        kept = {other: share for other, share in meant.items() if share >= MIN_MEANT}
        if kept and word != NO_WORD:
            rows[MEANT + word] = kept
    return rows


def _asked(asked: Sequence[Counter[str]]) -> dict[str, float]:
    """The share of phrasings with a word, of all entries alike, if each phrasing had the same number of words."""
    shares: defaultdict[str, float] = defaultdict(float)
    for counts in asked:
        factor = WORDS_IN_PHRASINGS / EXPECTED_PHRASINGS / len(asked) / counts.total()
        for stem, count in counts.items():
            shares[stem] += count * factor
    return {stem: round(share, 4) for stem, share in sorted(shares.items()) if share > MIN_ASKED}


def _with_thesaurus(counts: dict[str, dict[str, float]], thesaurus: Thesaurus) -> dict[str, dict[str, float]]:
    """The counts with THESAURUS_COUNT more for each word that has everyday ones: what phrasings teach little about is
    told by the thesaurus most.
    """
    for word, everyday in thesaurus.items():
        others = counts.setdefault(word, {})
        total = sum(everyday.values())
        for other, weight in everyday.items():
            others[other] = others.get(other, 0.0) + THESAURUS_COUNT * weight / total
    return counts


def _as_table(counts: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """The shares of each word, the most frequent ones."""
    table: dict[str, dict[str, float]] = {}
    for word, others in sorted(counts.items()):
        total = sum(others.values())
        shares = [(other, round(count / total, 4)) for other, count in others.items() if count >= MIN_SHARE * total > 0]
        if shares:
            table[word] = dict(sorted(shares, key=lambda pair: (-pair[1], pair[0]))[:MAX_TRANSLATIONS])
    return table


def expected_words(
    text: IndexedText, translations: Mapping[str, Mapping[str, float]], thesaurus: Thesaurus | None = None
) -> dict[str, float]:
    """How many of an entry's EXPECTED_PHRASINGS would have a stem if somebody had described it, the most frequent
    stems first.

    `translations` has at least the rows that `rows_of` names.
    """
    said = entry_words(text)
    known = [(weight, found) for word, weight in said.items() if (found := translations.get(word))]
    if not known:
        return {}
    known.append((NO_WORD_WEIGHT, translations.get(NO_WORD, {})))
    factor = WORDS_IN_PHRASINGS / sum(weight for weight, _ in known)
    expected: defaultdict[str, float] = defaultdict(float)
    for weight, found in known:
        for stem, share in found.items():
            expected[stem] += factor * weight * share
    _raise_expected(expected, said, translations, thesaurus or {})
    kept = [(stem, min(lines, MAX_EXPECTED)) for stem, lines in expected.items() if lines >= MIN_EXPECTED]
    kept.sort(key=lambda pair: (-pair[1], pair[0]))
    return {stem: round(lines, 2) for stem, lines in kept[:MAX_EXPECTED_WORDS]}


def rows_of(text: IndexedText) -> Iterator[str]:
    """The rows of the table that an entry's expected words are made of."""
    yield from (NO_WORD, ASKED)
    for word in entry_words(text):
        yield from (word, MEANT + word)


def _raise_expected(
    expected: dict[str, float],
    said: Mapping[str, float],
    translations: Mapping[str, Mapping[str, float]],
    thesaurus: Thesaurus,
) -> None:
    """Raise what is expected by what is meant and by the thesaurus, as `bot.search.confidence` counts it: a word is as
    many times likelier than usual.
    """
    meant: dict[str, float] = {}
    told: defaultdict[str, float] = defaultdict(float)
    for word, weight in said.items():
        for stem, share in translations.get(MEANT + word, {}).items():
            meant[stem] = max(share, meant.get(stem, 0.0))
        for stem in thesaurus.get(word, ()):
            told[stem] += weight / TITLE_WEIGHT
    asked = translations.get(ASKED, {})
    for stem, lines in expected.items():
        usual = asked.get(stem, MIN_ASKED)
        rarity = max(0.0, math.log(FREQUENT / usual))
        times = MEANT_WEIGHT * meant.get(stem, 0.0) + THESAURUS_WEIGHT * rarity * min(told[stem], MAX_THESAURUS)
        if times:
            unit = EXPECTED_PHRASINGS * usual / USUAL_SHARE
            expected[stem] = (lines + unit) * math.exp(times) - unit


def origin_of(stem: str, text: IndexedText, translations: Mapping[str, Mapping[str, float]]) -> str | None:
    """The word of an entry that a stem is expected for most; None where it is for none in particular."""
    shares = {
        word: weight * translations[word].get(stem, 0.0)
        for word, weight in entry_words(text).items()
        if word in translations
    }
    best = max(shares, key=lambda word: (shares[word], word), default=None)
    return best if best is not None and shares[best] > 0.0 else None


def fingerprint(texts: Iterable[IndexedText], thesaurus: Thesaurus, examples: str = "") -> str:
    """A short text that changes when what is learned from does; the order of the entries does not matter. `examples`:
    the fingerprint of the training examples.
    """
    rows = sorted((text.key, *text[2:]) for text in texts if text.phrasings)
    told = sorted((word, sorted(everyday.items())) for word, everyday in thesaurus.items())
    return hashlib.sha256(repr((rows, told, examples)).encode()).hexdigest()[:16]


# -- as a file --------------------------------------------------------------------------------------------------------


def write_translations(translations: Translations) -> str:
    """The table as text: a line with what it was learned from, then a line for each word."""
    return "".join([f"# learned from {translations.fingerprint}\n", *_lines(translations.table)])


def _lines(table: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    for word, others in table.items():
        yield f"{word}\t{' '.join(f'{other}:{round(10_000 * share)}' for other, share in others.items())}\n"


def parse_translations(text: str) -> Translations:
    """The table that `write_translations` wrote. Raises ValueError for another text."""
    head, *lines = text.splitlines()
    start = "# learned from "
    if not head.startswith(start):
        raise ValueError("its first line does not say what it was learned from")
    if wrong := next((line for line in lines if not _LINE.fullmatch(line)), None):
        raise ValueError(f"{wrong[:40]!r} is no word with its translations")
    return Translations(head.removeprefix(start), FileTable(dict(map(_split_line, lines))))


# A stem may be empty: it stands for no word in particular.
_LINE = re.compile(r"[^\t ]*\t[^\t :]+:\d+(?: [^\t :]+:\d+)*")


def _split_line(line: str) -> tuple[str, str]:
    word, _, others = line.partition("\t")
    return word, others


class FileTable(Mapping[str, Mapping[str, float]]):
    """The table as a file has it. A line is read when its word is asked for: there are hundreds of thousands of shares,
    and the entries that nobody has described need those of a few words.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts`: of each word, its translations as text."""
        self.texts = texts

    def __getitem__(self, word: str) -> Mapping[str, float]:
        return parse_shares(self.texts[word])

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


def parse_shares(text: str) -> dict[str, float]:
    """The translations of one word, from the text of a file: `"engineer:5000 tech:250"`."""
    pairs = (pair.rpartition(":") for pair in text.split(" "))
    return {other: int(share) / 10_000 for other, _, share in pairs}
