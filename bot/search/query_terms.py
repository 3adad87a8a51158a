"""From the words of a question to terms: how much each tells, and in which ways an entry may say it."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.search.models import Alternative, How, Term
from bot.search.spelling import corrections, joined, split, started
from bot.search.vocabulary import UNKNOWN, Lexicon
from bot.text import stem

TYPO = 0.95  # worth of a corrected word; TYPO_STEP less for each letter that was wrong
TYPO_STEP = 0.12
STARTED = 0.75  # worth of a word of which only the beginning was typed
JOINED = 0.90  # of two words that the catalogue writes as one
RARE = 2  # entries; a word of no more that is two known words is looked for as those (and, like all pairs, as one)
UNKNOWN_EVERYDAY = 0.35  # an everyday word that no entry has tells next to nothing
MOST_KEPT = 5_000  # words that are not looked up again
MOST_WORDS = 60  # of a text that was pasted, only so many words are looked at


class _Word(NamedTuple):
    """A word of the question, and the known words that it may stand for (itself, when it is known)."""

    typed: str
    meant: tuple[tuple[str, float, How], ...]  # (known word, worth, how)

    @property
    def stem(self) -> str:
        return stem(self.meant[0][0] if self.meant else self.typed)


def make_terms(
    asked: Sequence[str], dropped: frozenset[str], lexicon: Lexicon
) -> tuple[tuple[Term, ...], tuple[tuple[str, str], ...]]:
    """Terms for the words of a question except the `dropped` ones, and the corrections that were made as (typed, taken
    as).

    The dropped words still count in names of several words: "log in as" is a name, "log" alone is not.
    """
    found: list[_Word | None] = []
    said: list[str] = []  # the stem of every word, dropped ones included
    for word in asked[:MOST_WORDS]:
        known = [] if word in dropped else _known(word, lexicon)
        found += known or [None]
        said += [w.stem for w in known] or [stem(word)]
    others = _other_names(said, lexicon)
    for n in range(len(found) - 1):
        pair = found[n], found[n + 1]
        if pair[0] and pair[1] and (whole := joined((pair[0].typed, pair[1].typed), lexicon)):
            for place in (n, n + 1):
                others[place].append(Alternative(lexicon.stems_of(whole), JOINED, "typo", whole))
    foreign = _foreign(said, lexicon)
    terms = {
        word.typed: _term(word, others[n], lexicon) if n not in foreign else Term(word.typed, UNKNOWN, ())
        for n, word in enumerate(found)
        if word
    }
    # A correction is said only where it is the reason that the word was understood at all.
    corrected = tuple(
        (w.typed, w.meant[0][0]) for w in found if w and w.meant and w.meant[0][2] == "typo" and w.stem != stem(w.typed)
    )
    return tuple(terms.values()), corrected


def _known(word: str, lexicon: Lexicon) -> list[_Word]:
    kept: dict[str, list[_Word]] = lexicon.recognised
    if word not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[word] = _recognise(word, lexicon)
    return kept[word]


def _recognise(word: str, lexicon: Lexicon) -> list[_Word]:
    own = stem(word)
    known = word in lexicon.words or lexicon.knows(own)
    a_name = word in lexicon.meanings.vocabulary or (own,) in lexicon.meanings.elsewhere
    if known and not a_name and lexicon.count(word) <= RARE and (parts := split(word, lexicon)):
        return [
            _Word(part, ((part, 1.0, "exact"),)) for part in parts
        ]  # "salesorder" is a field of one entry; the others say "sales order"
    if known or own in lexicon.everyday or lexicon.meanings.has_word(own):
        return [_Word(word, ((word, 1.0, "exact"),) if known else ())]
    parts = split(word, lexicon)
    if parts:
        return [_Word(part, ((part, 1.0, "exact"),)) for part in parts]
    guesses = corrections(word, lexicon)
    beginnings = started(word, lexicon)
    if beginnings and (not guesses or guesses[0].distance > 1):
        return [_Word(word, tuple((w, STARTED, "start") for w in beginnings))]
    return [_Word(word, tuple((g.word, TYPO - TYPO_STEP * g.distance, "typo") for g in guesses))]


def _other_names(stems_: list[str], lexicon: Lexicon) -> list[list[Alternative]]:
    """For each word, what the glossary calls it, alone or together with its neighbours."""
    others: list[list[Alternative]] = [[] for _ in stems_]
    for start in range(len(stems_)):
        for end in range(start + 1, min(start + lexicon.meanings.longest, len(stems_)) + 1):
            for meaning in lexicon.meanings.of(tuple(stems_[start:end])):
                if all(lexicon.knows(s) for s in meaning.stems):
                    for place in range(start, end):
                        others[place].append(Alternative(meaning.stems, meaning.worth, "means", meaning.shown))
    return others


def _foreign(said: list[str], lexicon: Lexicon) -> set[int]:
    """Places of words that name another maker's product which no entry is about, though someone's phrasing may mention
    it.
    """
    places: set[int] = set()
    for start in range(len(said)):
        for end in range(start + 1, min(start + 3, len(said)) + 1):
            product = tuple(said[start:end])
            if product in lexicon.meanings.elsewhere and not all(stem_ in lexicon.own for stem_ in product):
                places.update(range(start, end))
    return places


def _term(word: _Word, others: list[Alternative], lexicon: Lexicon) -> Term:
    """The term for a word; the worth of each alternative becomes what it adds to a score: worth × what its stems tell."""
    everyday = word.stem in lexicon.everyday
    own = [Alternative(lexicon.stems_of(w), worth, how, w) for w, worth, how in word.meant]
    own = [a for a in own if all(map(lexicon.knows, a.stems))]
    sure = word.meant[0][1] if word.meant else 1.0  # what else a misspelt word is called is as unsure as its reading
    best: dict[tuple[str, ...], Alternative] = {}
    ceiling = (
        lexicon.tells(own[0].stems, everyday) if own else None
    )  # of several readings of a misspelt word the likeliest counts
    for alternative in (
        *own,
        *(other._replace(worth=other.worth * sure) if other.how == "means" else other for other in others),
    ):
        tells = lexicon.tells(alternative.stems, everyday)
        # A rarer synonym must not weigh more than the word that was typed: the exact word is not to be drowned.
        worth = alternative.worth * (min(tells, ceiling) if ceiling is not None else tells)
        if alternative.stems not in best or best[alternative.stems].worth < worth:
            best[alternative.stems] = Alternative(alternative.stems, worth, alternative.how, alternative.shown)
    alternatives = tuple(sorted(best.values(), key=lambda a: (-a.worth, a.stems)))
    if not alternatives:
        return Term(word.typed, UNKNOWN_EVERYDAY if everyday else lexicon.weight(word.stem), ())
    return Term(word.typed, max(alternatives[0].worth, ceiling or 0.0), alternatives)
