"""From the words of a question to weighted terms: recognise each word, then expand it with typo corrections,
completions, compounds and synonyms.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.search.models import Expansion, MatchType, Term
from bot.search.spelling import find_corrections, join_compound, prefix_completions, split_compound, split_particle
from bot.search.vocabulary import Vocabulary
from bot.text import stem

# How certain a reading of a word is, where the word itself is 1. (Of synonyms: see `synonyms`.)
TYPO_CERTAINTY = 0.95  # of a corrected word …
TYPO_PENALTY = 0.12  # … less this for each unit of typo cost
PREFIX_CERTAINTY = 0.75  # of a word of which only the beginning was typed
COMPOUND_CERTAINTY = 0.90  # of two words that the catalogue writes as one
PARTICLE_CERTAINTY = 0.60  # of the one word that is left of "sign-off" without its small word
OWN_IDF_OF_WHOLE = 0.65  # the share of its own IDF in that of "signoff"; the rest is of "sign"
RARE_DOC_FREQ = 2  # a compound that no more entries have is searched for as its two words too …
MIN_HALF_LENGTH = 4  # … unless one of them is so short that it may be by chance: "digest" is no "dig est"
RARE_PARTICLE_DOC_FREQ = 10  # … and one with a small word as the other word, too
MAX_WHOLE_WORDS = 3  # "out of office"
UNKNOWN_COMMON_WEIGHT = 0.35  # of a common word that no entry has
MAX_RECOGNISED_WORDS = 10_000  # kept in memory; people ask for the shipped catalogue with 7,000 different ones …
MAX_BUILT_TERMS = 10_000  # … and their terms
MAX_QUERY_WORDS = 60  # of a text that was pasted; the rest is ignored


class _Reading(NamedTuple):
    """What a word of the question may stand for."""

    stems: tuple[str, ...]
    certainty: float  # 0 to 1
    match_type: MatchType
    label: str  # as a person would write it


class _RecognisedWord(NamedTuple):
    """A word of the question, with its readings, the likeliest first: itself where it is known; empty for no idea."""

    typed: str
    readings: tuple[_Reading, ...]

    @property
    def stem(self) -> str:
        """The stem by which the glossary may know it."""
        return stem(self.readings[0].label if self.readings else self.typed)


def build_terms(
    query_words: Sequence[str], ignored: frozenset[str], vocabulary: Vocabulary
) -> tuple[tuple[Term, ...], tuple[tuple[str, str], ...]]:
    """The terms for the words of a question, and the corrections that were made, as (typed, taken as).

    Ignored words make no term, but count in names of several words: "log in as" is a name, "log" alone is not.
    """
    recognised: list[_RecognisedWord | None] = []  # None: an ignored word
    stems: list[str] = []  # of every word, ignored ones included …
    typed: list[str] = []  # … and as it was typed
    for query_word in query_words[:MAX_QUERY_WORDS]:
        if query_word in ignored:
            recognised.append(None)
            stems.append(stem(query_word))
            typed.append(query_word)
            continue
        for known, stem_of_known in _recognise_cached(query_word, vocabulary):
            recognised.append(known)
            stems.append(stem_of_known)
            typed.append(known.typed)
    names = vocabulary.synonyms.find_terms(stems)
    other_readings = _find_synonyms(stems, names, vocabulary)
    _add_wholes(other_readings, typed, recognised, vocabulary)
    for n in range(len(recognised) - 1):
        first, second = recognised[n], recognised[n + 1]
        if first and second and (compound := join_compound((first.typed, second.typed), vocabulary)):
            reading = _Reading(vocabulary.stems_of(compound), COMPOUND_CERTAINTY, "typo", compound)
            other_readings[n].append(reading)
            other_readings[n + 1].append(reading)
    foreign = _find_foreign_products(names, vocabulary)
    is_alone = sum(word is not None for word in recognised) == 1
    terms: dict[str, Term] = {}
    for n, word in enumerate(recognised):
        if word and n in foreign:
            terms[word.typed] = Term(word.typed, vocabulary.unknown_idf, ())
        elif word:
            terms[word.typed] = _build_cached(word, tuple(other_readings[n]), vocabulary, is_alone)
    return tuple(terms.values()), tuple(_corrections(recognised))


def _add_wholes(
    other_readings: Sequence[list[_Reading]],
    typed: Sequence[str],
    recognised: Sequence[_RecognisedWord | None],
    vocabulary: Vocabulary,
) -> None:
    """What is written with a blank before or behind a small word, where entries write it as one: "sign off"."""
    is_content = [word is not None for word in recognised]
    for start in range(len(typed) - 1):
        whole, is_mixed = typed[start], False
        for end in range(start + 1, min(start + MAX_WHOLE_WORDS, len(typed))):
            whole += typed[end]
            is_mixed = is_mixed or is_content[end] is not is_content[start]
            if is_mixed and vocabulary.has_stem(stem(whole)):
                for n in filter(is_content.__getitem__, range(start, end + 1)):
                    label = " ".join(typed[start : end + 1])
                    other_readings[n].append(_as_whole(whole, typed[n], label, vocabulary))


def _corrections(recognised: Sequence[_RecognisedWord | None]) -> Iterator[tuple[str, str]]:
    """The corrections to tell the person: those without which the word would not have been understood."""
    for word in recognised:
        if word and word.readings and word.readings[0].match_type == "typo" and word.stem != stem(word.typed):
            label = word.readings[0].label
            if label.replace(" ", "") != word.typed:  # nothing but a blank was missing
                yield word.typed, label


def _recognise_cached(word: str, vocabulary: Vocabulary) -> list[tuple[_RecognisedWord, str]]:
    """What a word is recognised as, each with its stem."""
    cache: dict[str, list[tuple[_RecognisedWord, str]]] = vocabulary.recognised_words
    found = cache.get(word)
    if found is None:
        if len(cache) >= MAX_RECOGNISED_WORDS:
            cache.clear()
        found = cache[word] = [(known, known.stem) for known in _recognise(word, vocabulary)]
    return found


def _recognise(word: str, vocabulary: Vocabulary) -> list[_RecognisedWord]:
    """The word with its readings; two words where it is a compound of two known ones."""
    own_stem, synonyms = stem(word), vocabulary.synonyms
    is_known = word in vocabulary.stems_by_word or vocabulary.has_stem(own_stem)
    is_name = word in synonyms.known_words or (own_stem,) in synonyms.foreign_products
    if is_known:
        # "salesorder" is a field of one entry; the others say "sales order".
        is_rare = not is_name and vocabulary.word_doc_freq(word) <= RARE_DOC_FREQ
        halves = split_compound(word, vocabulary) if is_rare else None
        if halves and min(map(len, halves)) >= MIN_HALF_LENGTH:
            return [_exactly(half, vocabulary) for half in halves]
        exactly = _exactly(word, vocabulary)
        return [exactly._replace(readings=(*exactly.readings, _both(halves, vocabulary))) if halves else exactly]
    if head := split_particle(word, vocabulary):
        return [_RecognisedWord(word, (_without_particle(head, vocabulary),))]
    if own_stem in vocabulary.common_stems or synonyms.has_stem(own_stem):
        return [_RecognisedWord(word, ())]
    if halves := split_compound(word, vocabulary):
        return [_RecognisedWord(word, (_both(halves, vocabulary),))]
    corrections = find_corrections(word, vocabulary)
    completions = prefix_completions(word, vocabulary)
    if completions and (not corrections or corrections[0].cost > 1):
        readings = [_Reading(vocabulary.stems_of(w), PREFIX_CERTAINTY, "prefix", w) for w in completions]
    else:
        readings = [
            _Reading(vocabulary.stems_of(c.word), TYPO_CERTAINTY - TYPO_PENALTY * c.cost, "typo", c.word)
            for c in corrections
        ]
    return [_RecognisedWord(word, tuple(readings))]


def _both(halves: tuple[str, str], vocabulary: Vocabulary) -> _Reading:
    """Two words that were written as one, for entries that have both: "webroot" may well be a name."""
    stems = tuple(stem_ for half in halves for stem_ in vocabulary.stems_of(half))
    return _Reading(stems, COMPOUND_CERTAINTY, "typo", " ".join(halves))


def _exactly(word: str, vocabulary: Vocabulary) -> _RecognisedWord:
    """A known word as it is, and as what else entries may have for it."""
    is_rare = vocabulary.word_doc_freq(word) <= RARE_PARTICLE_DOC_FREQ
    if is_rare and (head := split_particle(word, vocabulary)):
        return _RecognisedWord(word, (_as_whole(word, head, word, vocabulary), _without_particle(head, vocabulary)))
    return _RecognisedWord(word, (_Reading(vocabulary.stems_of(word), 1.0, "exact", word),))


def _as_whole(word: str, head: str, label: str, vocabulary: Vocabulary) -> _Reading:
    """A word with a small one in it ("signoff"), not as rare as it seems: other entries have it with a blank."""
    stems = (stem(word),) if vocabulary.has_stem(stem(word)) else vocabulary.stems_of(word)
    idf = vocabulary.mean_idf(stems)
    own_share = OWN_IDF_OF_WHOLE + (1 - OWN_IDF_OF_WHOLE) * vocabulary.idf(stem(head)) / idf
    return _Reading(stems, min(1.0, own_share), "exact", label)


def _without_particle(word: str, vocabulary: Vocabulary) -> _Reading:
    return _Reading(vocabulary.stems_of(word), PARTICLE_CERTAINTY, "prefix", word)


def _find_synonyms(
    stems: Sequence[str], names: Iterable[tuple[int, tuple[str, ...]]], vocabulary: Vocabulary
) -> list[list[_Reading]]:
    """For each word, the synonyms of the terms it belongs to, alone or with its neighbours; `names` may be these."""
    readings: list[list[_Reading]] = [[] for _ in stems]
    for start, name in names:
        if synonyms := vocabulary.synonyms.synonyms_of(name):
            known = vocabulary.known_synonyms.get(name)
            if known is None:
                known = vocabulary.known_synonyms[name] = tuple(
                    _Reading(synonym.stems, synonym.weight, "synonym", synonym.label)
                    for synonym in synonyms
                    if all(map(vocabulary.has_stem, synonym.stems))
                )
            for n in range(start, start + len(name)):
                readings[n] += known
    return readings


def _find_foreign_products(names: Iterable[tuple[int, tuple[str, ...]]], vocabulary: Vocabulary) -> set[int]:
    """Positions of the words that name another maker's product which no entry is about.

    Phrasings do not count here: somebody's phrasing may mention the product.
    """
    positions: set[int] = set()
    for start, name in names:
        if name in vocabulary.synonyms.foreign_products:
            is_covered = all(stem_ in vocabulary.own_text_doc_freq for stem_ in name)
            positions.update(() if is_covered else range(start, start + len(name)))
    return positions


def _build_cached(
    word: _RecognisedWord, other_readings: tuple[_Reading, ...], vocabulary: Vocabulary, is_alone: bool
) -> Term:
    cache: dict[tuple[_RecognisedWord, tuple[_Reading, ...], bool], Term] = vocabulary.built_terms
    key = word, other_readings, is_alone
    term = cache.get(key)
    if term is None:
        if len(cache) >= MAX_BUILT_TERMS:
            cache.clear()
        term = cache[key] = _build_term(word, other_readings, vocabulary, is_alone)
    return term


def _build_term(
    word: _RecognisedWord, other_readings: Sequence[_Reading], vocabulary: Vocabulary, is_alone: bool
) -> Term:
    """The term for a word. The weight of each expansion is its certainty times the IDF of its stems."""
    is_common = word.stem in vocabulary.common_stems
    own = [reading for reading in word.readings if all(map(vocabulary.has_stem, reading.stems))]
    # A synonym of a misspelt word is no more certain than the correction.
    is_misspelt = bool(word.readings) and word.readings[0].match_type != "exact"
    word_certainty = word.readings[0].certainty if is_misspelt else 1.0
    # A rarer synonym must not weigh more than the word that was typed, or it would drown the exact word. Of several
    # corrections, the likeliest sets the limit.
    max_idf = vocabulary.mean_idf(own[0].stems, is_common) if own else None
    if max_idf is not None and own[0].match_type == "exact" and not is_alone:
        max_idf *= own[0].certainty
    best: dict[tuple[str, ...], Expansion] = {}
    for stems, certainty, match_type, label in (*own, *other_readings):
        idf = vocabulary.mean_idf(stems, is_common)
        if match_type == "synonym":
            certainty *= word_certainty
        elif match_type == "exact" and is_alone:  # no other word that it could outweigh
            certainty = 1.0
        weight = certainty * (idf if max_idf is None or match_type == "exact" else min(idf, max_idf))
        if stems not in best or best[stems].weight < weight:
            best[stems] = Expansion(stems, weight, match_type, label)
    expansions = tuple(sorted(best.values(), key=lambda expansion: (-expansion.weight, expansion.stems)))
    if not expansions:
        return Term(word.typed, UNKNOWN_COMMON_WEIGHT if is_common else vocabulary.idf(word.stem), ())
    return Term(word.typed, max(expansions[0].weight, max_idf or 0.0), expansions)
