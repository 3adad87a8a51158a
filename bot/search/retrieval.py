"""Which entries are scored in full: the candidates.

Candidates are the entries with the highest term coverage: no entry that has nothing to do with a question can push
another one out. In a catalogue of a few hundred entries the coverage is exact, from postings. In a huge one, where
thousands of entries have a question's words, it is nearly exact, from sets of entries: see `find_candidates`.
"""

import heapq
import math
import re
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.search.documents import Document
from bot.search.models import Term
from bot.search.scoring import Stems, TermMatches
from bot.search.vocabulary import Vocabulary

MAX_CANDIDATES = 15
MAX_EXPANDED_CANDIDATES = 10  # of the entries that nobody has described, besides
MAX_LIST_CANDIDATES = 400  # for lists, which are given whole
MAX_LIKELY_CANDIDATES = 40  # where coverage is only nearly exact
MAX_POSTINGS = 6_000  # entries in all the postings that one question reads
MAX_COVERAGE = 255  # of all terms together, where coverage is added up in whole numbers
# The term frequency score of an entry that has a stem in its title or names, and of one that has it elsewhere, about.
TITLE_TF, OTHER_TF = 0.85, 0.6
MAX_EQUAL = 15  # candidates with equal coverage
_NOT_EMPTY = re.compile(rb"[^\0]")

EntrySet = int  # bit n: whether the entry with the id n is in it. Set operations on 100,000 entries take microseconds


class StemEntries(NamedTuple):
    """Which entries have a stem."""

    anywhere: EntrySet
    in_title: EntrySet  # or in names


class FoundCandidates(NamedTuple):
    """What is scored."""

    documents: Sequence[Document]
    term_matches: Sequence[TermMatches]  # of each term of the query, where these documents have it


def byte_count(entries: StemEntries) -> int:
    """How much memory they take."""
    return (entries.anywhere.bit_length() + entries.in_title.bit_length()) // 8


def choose_expansions(expansions: Collection[Stems], vocabulary: Vocabulary) -> Collection[Stems]:
    """The expansions whose postings are read: the rarest first, as far as MAX_POSTINGS reaches; at least the rarest."""
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


def entry_set(ids: Sequence[int]) -> EntrySet:
    """The set of the entries with these ids."""
    bits = bytearray(max(ids, default=0) // 8 + 1)
    for entry_id in ids:
        bits[entry_id >> 3] |= 1 << (entry_id & 7)
    return int.from_bytes(bits, "little")


def entry_ids(entries: EntrySet) -> list[int]:
    """The ids of the entries in a set, in order."""
    bits = entries.to_bytes(entries.bit_length() // 8 + 1, "little")
    return [8 * match.start() + n for match in _NOT_EMPTY.finditer(bits) for n in range(8) if match[0][0] >> n & 1]


def find_candidates(
    terms: Sequence[Term], stems: Mapping[str, StemEntries], limit: int, allowed: EntrySet = -1
) -> EntrySet:
    """The entries with the highest term coverage, about `limit`; only allowed ones (-1: all are).

    The coverage of all entries is added up at once: `sums[n]` is the set of those whose sum has the n-th binary digit.
    """
    total = sum(term.weight for term in terms)
    sums: list[EntrySet] = []
    for term in terms:
        _add(sums, _term_coverage(term, stems, MAX_COVERAGE / (total * TITLE_TF), allowed))
    return _highest(sums, limit)


def documents_with_stems(
    documents: Sequence[Document], expansions: Iterable[Stems], stem_entries: Mapping[str, StemEntries]
) -> dict[Stems, list[Document]]:
    """Of each expansion, the documents that have all of its stems."""
    positions = [(document, document.id >> 3, 1 << (document.id & 7)) for document in documents]
    size = max((document.id for document in documents), default=0) // 8 + 1
    found: dict[Stems, list[Document]] = {}
    for stems in expansions:
        entries = -1 if documents else 0
        for stem in stems:
            entries &= stem_entries[stem].anywhere
        bits = (entries & ((1 << 8 * size) - 1)).to_bytes(size, "little")
        found[stems] = [document for document, place, bit in positions if bits[place] & bit]
    return found


def _term_coverage(term: Term, stems: Mapping[str, StemEntries], scale: float, allowed: EntrySet) -> list[EntrySet]:
    """What each entry has of a term by its best expansion: the sets of those whose number has the n-th binary digit."""
    levels: dict[int, EntrySet] = {}
    for expansion in term.expansions:
        anywhere = in_title = allowed
        for stem in expansion.stems:
            anywhere &= stems[stem].anywhere
            in_title &= stems[stem].in_title
        for tf, entries in ((TITLE_TF, in_title), (OTHER_TF, anywhere)):
            level = round(scale * expansion.weight * tf)
            levels[level] = levels.get(level, 0) | entries
    digits: list[EntrySet] = [0] * max(levels, default=0).bit_length()
    seen = 0
    for level in sorted(levels, reverse=True):
        entries = levels[level] & ~seen
        seen |= entries
        for n in range(level.bit_length()):
            if level >> n & 1:
                digits[n] |= entries
    return digits


def _add(sums: list[EntrySet], digits: Sequence[EntrySet]) -> None:
    """Add a number to each entry's sum."""
    carry = 0
    for n, digit in enumerate(digits):
        if n == len(sums):
            sums.append(0)
        either = sums[n] ^ digit
        sums[n], carry = either ^ carry, (sums[n] & digit) | (carry & either)
    n = len(digits)
    while carry:
        if n == len(sums):
            sums.append(0)
        sums[n], carry = sums[n] ^ carry, sums[n] & carry
        n += 1


def _highest(sums: Sequence[EntrySet], limit: int) -> EntrySet:
    """The entries with the highest sums, `limit` of them; a few more where several have as much as the last of them."""
    higher, equal = 0, 0
    for digit in sums:
        equal |= digit
    for digit in reversed(sums):
        with_digit = equal & digit
        if (higher | with_digit).bit_count() >= limit:
            equal = with_digit
        else:
            higher |= with_digit
            equal ^= with_digit
    if equal.bit_count() > MAX_EQUAL:  # the newest
        equal = entry_set(entry_ids(equal)[-MAX_EQUAL:])
    return higher | equal


def select_expanded(
    term_matches: Iterable[TermMatches],
    factors: Iterable[float],
    allowed_ids: Container[int] | None = None,
    limit: int = MAX_EXPANDED_CANDIDATES,
) -> list[int]:
    """The ids of the expanded entries that a question asks for most likely, likeliest first; only allowed ones, if
    given. `factors`: of each term, see `bot.search.confidence.share_factors`.
    """
    gains: dict[int, float] = {}
    for matches, factor in zip(term_matches, factors, strict=True):
        if factor:
            for entry_id, share in matches.expanded_shares.items():
                gains[entry_id] = gains.get(entry_id, 0.0) + math.log1p(share * factor)
    if allowed_ids is not None:
        gains = {entry_id: gain for entry_id, gain in gains.items() if entry_id in allowed_ids}
    return heapq.nlargest(limit, gains, key=lambda entry_id: (gains[entry_id], entry_id))


def select_candidates(
    term_matches: Iterable[TermMatches],
    limit: int,
    allowed_ids: Container[int] | None = None,
    left_out: Collection[int] = (),
) -> list[int]:
    """The ids of the entries with the highest term coverage, in no particular order; only allowed ones, if given, and
    without those that are `left_out`.

    More than `limit` where several have as much as the last of them, so that the order of entries does not matter.
    """
    coverage: dict[int, float] = {}
    for matches in term_matches:
        if not coverage:
            coverage = dict(matches.coverage)
            continue
        for entry_id, weight in matches.coverage.items():
            coverage[entry_id] = coverage.get(entry_id, 0.0) + weight
    if allowed_ids is not None:
        coverage = {entry_id: weight for entry_id, weight in coverage.items() if entry_id in allowed_ids}
    if left_out:
        coverage = {entry_id: weight for entry_id, weight in coverage.items() if entry_id not in left_out}
    if len(coverage) <= limit:
        return list(coverage)
    least = sorted(coverage.values(), reverse=True)[limit - 1]
    return [entry_id for entry_id, weight in coverage.items() if weight >= least]
