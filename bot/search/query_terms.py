"""From the words of a question to terms: how much each tells, and in which ways an entry may say it."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.search.models import Expansion, MatchType, Term
from bot.search.spelling import find_corrections, join_compound, prefix_completions, split_compound
from bot.search.vocabulary import UNKNOWN_IDF, Vocabulary
from bot.text import stem

TYPO_WEIGHT = 0.95  # worth of a corrected word; TYPO_STEP less for each letter that was wrong
TYPO_PENALTY = 0.12
PREFIX_WEIGHT = 0.75  # worth of a word of which only the beginning was typed
COMPOUND_WEIGHT = 0.90  # of two words that the catalogue writes as one
RARE_DOC_FREQ = (
    2  # entries; a word of no more that is two known words is looked for as those (and, like all pairs, as one)
)
UNKNOWN_COMMON_WEIGHT = 0.35  # an everyday word that no entry has tells next to nothing
MAX_RECOGNISED_WORDS = 5_000  # words that are not looked up again
MAX_QUERY_WORDS = 60  # of a text that was pasted, only so many words are looked at


class _RecognisedWord(NamedTuple):
    """A word of the question, and the known words that it may stand for (itself, when it is known)."""

    typed: str
    readings: tuple[tuple[str, float, MatchType], ...]  # (known word, worth, how)

    @property
    def stem(self) -> str:
        return stem(self.readings[0][0] if self.readings else self.typed)


def build_terms(
    query_words: Sequence[str], ignored: frozenset[str], lexicon: Vocabulary
) -> tuple[tuple[Term, ...], tuple[tuple[str, str], ...]]:
    """Terms for the words of a question except the `dropped` ones, and the corrections that were made as (typed, taken
    as).

    The dropped words still count in names of several words: "log in as" is a name, "log" alone is not.
    """
    found: list[_RecognisedWord | None] = []
    said: list[str] = []  # the stem of every word, dropped ones included
    for word in query_words[:MAX_QUERY_WORDS]:
        known = [] if word in ignored else _recognise_cached(word, lexicon)
        found += known or [None]
        said += [w.stem for w in known] or [stem(word)]
    others = _find_synonyms(said, lexicon)
    for n in range(len(found) - 1):
        pair = found[n], found[n + 1]
        if pair[0] and pair[1] and (whole := join_compound((pair[0].typed, pair[1].typed), lexicon)):
            for place in (n, n + 1):
                others[place].append(Expansion(lexicon.stems_of(whole), COMPOUND_WEIGHT, "typo", whole))
    foreign = _find_foreign_products(said, lexicon)
    terms = {
        word.typed: _build_term(word, others[n], lexicon) if n not in foreign else Term(word.typed, UNKNOWN_IDF, ())
        for n, word in enumerate(found)
        if word
    }
    # A correction is said only where it is the reason that the word was understood at all.
    corrected = tuple(
        (w.typed, w.readings[0][0])
        for w in found
        if w and w.readings and w.readings[0][2] == "typo" and w.stem != stem(w.typed)
    )
    return tuple(terms.values()), corrected


def _recognise_cached(word: str, lexicon: Vocabulary) -> list[_RecognisedWord]:
    kept: dict[str, list[_RecognisedWord]] = lexicon.recognised_words
    if word not in kept:
        if len(kept) >= MAX_RECOGNISED_WORDS:
            kept.clear()
        kept[word] = _recognise(word, lexicon)
    return kept[word]


def _recognise(word: str, lexicon: Vocabulary) -> list[_RecognisedWord]:
    own = stem(word)
    known = word in lexicon.stems_by_word or lexicon.has_stem(own)
    a_name = word in lexicon.synonyms.known_words or (own,) in lexicon.synonyms.foreign_products
    if (
        known
        and not a_name
        and lexicon.word_doc_freq(word) <= RARE_DOC_FREQ
        and (parts := split_compound(word, lexicon))
    ):
        return [
            _RecognisedWord(part, ((part, 1.0, "exact"),)) for part in parts
        ]  # "salesorder" is a field of one entry; the others say "sales order"
    if known or own in lexicon.common_stems or lexicon.synonyms.has_stem(own):
        return [_RecognisedWord(word, ((word, 1.0, "exact"),) if known else ())]
    parts = split_compound(word, lexicon)
    if parts:
        return [_RecognisedWord(part, ((part, 1.0, "exact"),)) for part in parts]
    guesses = find_corrections(word, lexicon)
    beginnings = prefix_completions(word, lexicon)
    if beginnings and (not guesses or guesses[0].cost > 1):
        return [_RecognisedWord(word, tuple((w, PREFIX_WEIGHT, "start") for w in beginnings))]
    return [_RecognisedWord(word, tuple((g.word, TYPO_WEIGHT - TYPO_PENALTY * g.cost, "typo") for g in guesses))]


def _find_synonyms(stems_: list[str], lexicon: Vocabulary) -> list[list[Expansion]]:
    """For each word, what the glossary calls it, alone or together with its neighbours."""
    others: list[list[Expansion]] = [[] for _ in stems_]
    for start in range(len(stems_)):
        for end in range(start + 1, min(start + lexicon.synonyms.longest_term, len(stems_)) + 1):
            for meaning in lexicon.synonyms.synonyms_of(tuple(stems_[start:end])):
                if all(lexicon.has_stem(s) for s in meaning.stems):
                    for place in range(start, end):
                        others[place].append(Expansion(meaning.stems, meaning.weight, "means", meaning.label))
    return others


def _find_foreign_products(said: list[str], lexicon: Vocabulary) -> set[int]:
    """Places of words that name another maker's product which no entry is about, though someone's phrasing may mention
    it.
    """
    places: set[int] = set()
    for start in range(len(said)):
        for end in range(start + 1, min(start + 3, len(said)) + 1):
            product = tuple(said[start:end])
            if product in lexicon.synonyms.foreign_products and not all(
                stem_ in lexicon.own_text_doc_freq for stem_ in product
            ):
                places.update(range(start, end))
    return places


def _build_term(word: _RecognisedWord, others: list[Expansion], lexicon: Vocabulary) -> Term:
    """The term for a word; the worth of each alternative becomes what it adds to a score: worth × what its stems tell."""
    everyday = word.stem in lexicon.common_stems
    own = [Expansion(lexicon.stems_of(w), worth, how, w) for w, worth, how in word.readings]
    own = [a for a in own if all(map(lexicon.has_stem, a.stems))]
    sure = (
        word.readings[0][1] if word.readings else 1.0
    )  # what else a misspelt word is called is as unsure as its reading
    best: dict[tuple[str, ...], Expansion] = {}
    ceiling = (
        lexicon.mean_idf(own[0].stems, everyday) if own else None
    )  # of several readings of a misspelt word the likeliest counts
    for alternative in (
        *own,
        *(other._replace(weight=other.weight * sure) if other.match_type == "means" else other for other in others),
    ):
        tells = lexicon.mean_idf(alternative.stems, everyday)
        # A rarer synonym must not weigh more than the word that was typed: the exact word is not to be drowned.
        worth = alternative.weight * (min(tells, ceiling) if ceiling is not None else tells)
        if alternative.stems not in best or best[alternative.stems].weight < worth:
            best[alternative.stems] = Expansion(alternative.stems, worth, alternative.match_type, alternative.label)
    alternatives = tuple(sorted(best.values(), key=lambda a: (-a.weight, a.stems)))
    if not alternatives:
        return Term(word.typed, UNKNOWN_COMMON_WEIGHT if everyday else lexicon.idf(word.stem), ())
    return Term(word.typed, max(alternatives[0].weight, ceiling or 0.0), alternatives)
