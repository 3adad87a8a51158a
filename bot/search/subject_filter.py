"""Which entries are about the subject of a list. Each entry is judged by itself, whatever else is found.

An entry is about a subject in one of three cases:

- its title, or one of its names, has all words of the subject;
- title, names and summary together have all of them, and title or names have at least one;
- many of its phrasings have all of them.

A passing mention, in the summary or in one or two phrasings, is not enough. A word that names an area ("jira
integrations") may be missing from an entry of that area. The words of a name ("Microsoft Teams") must stand together.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.catalog.models import Entry
from bot.search.documents import Document
from bot.search.models import Query, Term
from bot.search.relevance import MAX_WHOLE_SUBJECT, MIN_SUBJECT_WEIGHT, content_terms
from bot.search.scoring import Stems
from bot.search.synonyms import Synonym, Synonyms
from bot.search.vocabulary import Vocabulary
from bot.text import stem, stems

MIN_CERTAINTY = 0.7  # of an expansion, where the word itself is 1: only what means the same
MIN_PHRASING_SHARE = 0.3  # of an entry's phrasings, where neither title nor names have the subject
MAX_NAME_WORDS = 3
MIN_WEIGHT_WITHOUT_SMALL_WORDS = 4.0  # IDF of "office" in "out of office", not of "time" in "time off"
NO_WAYS: frozenset[Stems] = frozenset()
NOT_KNOWN: Mapping[Stems, Container[int]] = {}


class Requirement(NamedTuple):
    """One word or name that an entry has to have."""

    ways: tuple[Stems, ...]  # in which it may have it
    is_name: bool = False  # the stems of a way have to stand together
    exempt: frozenset[str] = frozenset()  # keys of entries that need not have it
    products: frozenset[Stems] = NO_WAYS  # that it may mean, in title or names: "rmm" is NinjaOne or Datto RMM


def requirements(
    terms: Sequence[Term],
    synonyms: Synonyms,
    keys_of_area: Callable[[str], frozenset[str]],
    asked: Sequence[str] = (),
) -> list[Requirement]:
    """What an entry has to have to be about all of the terms. `keys_of_area`: the entries of the area that a word
    means, which need not have the word; empty for any other word. `asked`: the stems of the whole question.
    """
    found, n = [], 0
    for whole in synonyms.names_with_small_words(asked, {stem(term.word) for term in terms}):
        found.append(_as_requirement(whole, [term for term in terms if stem(term.word) in whole], synonyms))
        terms = [term for term in terms if stem(term.word) not in whole]
    while n < len(terms):
        name = _name_length(terms[n:], synonyms)
        others = synonyms.synonyms_of(tuple(stem(term.word) for term in terms[n : n + (name or 1)]))
        products = synonyms.foreign_products.intersection(other.stems for other in others)
        if name:
            found.append(Requirement(tuple(_name_ways(terms[n : n + name], others)), is_name=True, products=products))
        else:
            exempt = keys_of_area(terms[n].word) if len(terms) > 1 else frozenset()
            found.append(Requirement(tuple(_ways(terms[n])), exempt=exempt, products=products))
        n += name or 1
    return found


class SubjectFilter(NamedTuple):
    """Which of some documents are about a subject, or several."""

    documents: Iterable[Document]
    vocabulary: Vocabulary
    keys_of_area: Callable[[str], frozenset[str]]
    asked: Sequence[str] = ()  # the stems of the whole question
    having: Mapping[Stems, Container[int]] = NOT_KNOWN  # which entries have the stems of an expansion, where known

    def about(self, terms: Sequence[Term]) -> set[str]:
        """The keys of the documents that are about one subject, given by its terms."""
        needed = self._requirements(terms)
        return {document.key for document in documents_about(self._possible(needed), needed)} if needed else set()

    def _possible(self, needed: Sequence[Requirement]) -> list[Document]:
        """The documents that have the stems of each word: to look through the lines of all takes much longer."""
        found = list(self.documents)
        for part in needed:
            if self.having and not (part.is_name or part.products or part.exempt):
                having = [self.having[stems] for stems in part.ways if stems in self.having]
                found = [document for document in found if any(document.id in ids for ids in having)]
        return found

    def about_with(self, terms: Sequence[Term], best: Document) -> set[str]:
        """The same where the best document is about the subject and at most MAX_WHOLE_SUBJECT are, else none: most
        questions are decided by the best one, without a look at the others.
        """
        needed, found = self._requirements(terms), set[str]()
        if not needed or not is_about(best, needed):
            return found
        for document in self.documents:
            if is_about(document, needed):
                found.add(document.key)
                if len(found) > MAX_WHOLE_SUBJECT:
                    return set()
        return found

    def _requirements(self, terms: Sequence[Term]) -> list[Requirement]:
        """What a document has to have; nothing where a word is unknown, or none says anything."""
        content = content_terms(terms, self.vocabulary)
        if not content or any(not term.expansions for term in content):
            return []
        return requirements(content, self.vocabulary.synonyms, self.keys_of_area, self.asked)

    def about_any(self, query: Query) -> set[str]:
        """The keys of the documents that are about a list's subject, or any of its subjects."""
        each = [self.about(terms) for terms in query.subjects if self._stands_alone(terms)]
        apart = len(each) == len(query.subjects) and all(each)
        return set().union(*each) if each and apart else self.about(query.terms) or set().union(*each)

    def are_apart(self, query: Query) -> bool:
        """Whether each of several subjects has documents, and none has all of them."""
        return not self.about(query.terms) and all(map(self.about, query.subjects))

    def _stands_alone(self, terms: Sequence[Term]) -> bool:
        """Whether these words can be a subject: "types" in "charge rates and types" are charge types."""
        return max(term.weight for term in terms) >= MIN_SUBJECT_WEIGHT


def documents_about(documents: Iterable[Document], needed: Sequence[Requirement]) -> list[Document]:
    """The documents that are about what is required."""
    return [document for document in documents if is_about(document, needed)]


def is_about(document: Document, needed: Sequence[Requirement]) -> bool:
    """Whether a document is about what is required."""
    needed = [part for part in needed if document.key not in part.exempt]
    if not needed:
        return True
    summary = document.summary_line
    lines: list[set[int]] = []
    for part in needed:
        if not (found := _lines_with(document, part)):
            return False
        lines.append(found)
    if any(line < summary for line in set.intersection(*lines)):
        return True
    own = [{line for line in found if line <= summary} for found in lines]
    in_title_or_names = [any(line < summary for line in found) for found in own]
    if len(needed) > 1 and all(own) and any(in_title_or_names):
        return all(in_title_or_names) or summary in set.intersection(*own)
    phrasings = [line for line in set.intersection(*lines) if line > summary]
    return len(phrasings) >= MIN_PHRASING_SHARE * document.phrasing_count > 0


def changes_that_add(entries: list[Entry], things: Iterable[str]) -> list[Entry]:
    """Of an area's changes, those that bring one of its things ("new integrations"): such a title says it behind its
    colon, or has none. Where no title does, those that are new; where none is, all. `things`: what the area is called.
    """
    called = {stem_ for thing in things for stem_ in stems(thing)}
    new = [entry for entry in entries if entry.impact == "new"]
    return [entry for entry in new if called.intersection(stems(_news_of(entry.title)))] or new or entries


def _news_of(title: str) -> str:
    """What a title says of its subject: what stands behind the colon."""
    subject, _, news = title.partition(": ")
    return title if subject.lower().startswith("new ") else news or title


def _as_requirement(name: Stems, terms: Sequence[Term], synonyms: Synonyms) -> Requirement:
    """What an entry has to have of such a name: what else it is called, or else its own words if they are rare enough
    to say the same without the small ones.
    """
    others = [other.stems for other in synonyms.synonyms_of(name) if other.weight >= MIN_CERTAINTY]
    says_it = sum(term.weight for term in terms) >= MIN_WEIGHT_WITHOUT_SMALL_WORDS
    own = [tuple(stem(term.word) for term in terms)] if says_it else []
    return Requirement((("".join(name),), *own, *others), is_name=True)


def _name_length(terms: Sequence[Term], synonyms: Synonyms) -> int:
    """How many of the first terms are one name that the glossary knows; 0 where there is none of several words."""
    for size in range(min(MAX_NAME_WORDS, len(terms)), 1, -1):
        if synonyms.synonyms_of(tuple(stem(term.word) for term in terms[:size])):
            return size
    return 0


def _name_ways(terms: Sequence[Term], others: Iterable[Synonym]) -> Iterator[Stems]:
    """The ways to say a name."""
    yield tuple(stem(term.word) for term in terms)
    yield from (other.stems for other in others if other.weight >= MIN_CERTAINTY)


def _ways(term: Term) -> Iterator[Stems]:
    return (way.stems for way in term.expansions if way.weight >= MIN_CERTAINTY * term.weight)


def _lines_with(document: Document, part: Requirement) -> set[int]:
    find = document.lines_with_phrase if part.is_name else document.lines_with
    lines = set[int]().union(*(find(stems) for stems in part.ways))
    for product in part.products:
        lines.update(line for line in document.lines_with_phrase(product) if line < document.summary_line)
    return lines
