"""Which of the scored entries answer a question, which are related to the answer, and which only come near."""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.area_names import means_area
from bot.search.confidence import (
    Assessment,
    QuestionForm,
    RankedDocument,
    assess,
    evidence,
    rank_by_certainty,
    subject_similarity,
)
from bot.search.documents import Document
from bot.search.models import Confidence, Query, Term
from bot.search.question_types import asks_how
from bot.search.synonyms import term_stems
from bot.search.vocabulary import Vocabulary
from bot.text import stem

MAX_WHOLE_SUBJECT = 14  # entries about a bare subject that are all shown; fewer than the candidates that a search has
MAX_RELATED = 2  # entries shown beside the answer
# A further entry is related when it is about a product that the question names, or when its share of the answer's score
# and SUBJECT_FACTOR times its similarity to the answer's subject reach MIN_RELATEDNESS together. Where people graded
# what is related to a question in tests/relevance, nine in ten of these are.
MIN_RELATEDNESS, SUBJECT_FACTOR = 1.25, 0.7
RELATIVE_CUTOFF = 0.35  # a hit's score is at least this share of the best one's
# What a list or a watch needs of an entry by itself; less where nobody has written down yet how people ask for it.
LIST_EVIDENCE, LIST_EVIDENCE_WITHOUT_PHRASINGS = 1.34, 0.85
EXPECTED_EVIDENCE = 1.8  # what it needs by words that are only expected of it
LIST_RELATIVE_CUTOFF = 0.7
MAX_SUGGESTIONS = 3
MIN_NEW = 2  # of these
MIN_SUBJECT_WEIGHT = 2.5  # IDF of a word that can be a question's subject: at most some fifty entries have it
MIN_SUBJECT_CERTAINTY = 0.4  # of what an entry has of it, against the word itself


BRIEF = 2  # terms of a question that somebody somewhere may have written within another one
RankedDocuments = Sequence[RankedDocument]  # best first


class SelectedHits(NamedTuple):
    """Which of the ranked entries are shown, and how."""

    hits: RankedDocuments = ()
    more_hits: RankedDocuments = ()
    suggestions: RankedDocuments = ()
    confidence: Confidence = "none"  # of an answer; a list is one wherever it has entries


def without_excluded(query: Query, ranked: RankedDocuments) -> RankedDocuments:
    """Those that have none of the excluded stems. (Quoted phrases were looked for in the entries' own words.)"""
    if not query.excluded:
        return ranked
    return [hit for hit in ranked if not any(hit.document.has_stem(stem_) for stem_ in query.excluded)]


def fitting(query: Query, ranked: RankedDocuments, vocabulary: Vocabulary) -> RankedDocuments:
    """Those without excluded words, the entries about products that the question names before all others."""
    in_order = rank_by_certainty(
        query.terms, vocabulary.common_stems, without_excluded(query, ranked), question_form(query, vocabulary)
    )
    return with_products_first(in_order, named_products(query, vocabulary))


def question_form(query: Query, vocabulary: Vocabulary) -> QuestionForm:
    """How a question is asked. "Sharepoint integration" is not brief: what is about the product needs no word for
    "integration".
    """
    is_brief = len(query.terms) <= BRIEF and not named_products(query, vocabulary)
    return QuestionForm(asks_how(query.text), is_brief)


def assess_best(query: Query, candidates: RankedDocuments, vocabulary: Vocabulary) -> Assessment:
    """How sure the first of the candidates is; there has to be one."""
    return assess(query.terms, vocabulary.common_stems, candidates, question_form(query, vocabulary))


def select_answer(
    query: Query, ranked: RankedDocuments, candidates: RankedDocuments, vocabulary: Vocabulary
) -> SelectedHits:
    """The answer to a search with what is related to it, or suggestions where nothing is likely enough. `candidates`:
    those of the ranked entries that are `fitting`, in that order.
    """
    if not candidates:
        return near_misses(query, ranked, vocabulary)
    confidence = assess_best(query, candidates, vocabulary).confidence
    if confidence == "none":
        return near_misses(query, candidates, vocabulary)
    best, *others = candidates
    cutoff = RELATIVE_CUTOFF * best.order_score
    others = [hit for hit in others if hit.order_score >= cutoff]
    products = named_products(query, vocabulary) if confidence == "sure" else ()
    related = (hit for hit in others if _has_any(hit.document, products) or _is_related(best, hit))
    shown = list(islice(related, MAX_RELATED)) if confidence == "sure" else []
    alternatives = _alternatives(candidates) if confidence == "perhaps" else []
    rest = [hit for hit in others if hit not in shown and hit not in alternatives]
    return SelectedHits([best, *shown], rest, alternatives, confidence)


def with_whole_subject(selected: SelectedHits, ranked: RankedDocuments, members: Collection[str]) -> SelectedHits:
    """An answer to a bare subject, followed by everything else that is about the subject: the documents with the keys
    of `members`, at most MAX_WHOLE_SUBJECT. How sure the answer is stays.
    """
    if len(members) < 2:
        return selected
    shown = [hit for hit in ranked if hit.document.key in members]
    rest = [hit for hit in (*selected.hits, *selected.more_hits) if hit.document.key not in members]
    return selected._replace(hits=shown, more_hits=rest)


def select_list(query: Query, ranked: RankedDocuments, vocabulary: Vocabulary) -> SelectedHits:
    """The entries of a list, or suggestions where there are none."""
    candidates = without_excluded(query, ranked)
    if not candidates or not is_evident(len(query.terms), candidates[0]):
        return near_misses(query, candidates or ranked, vocabulary)
    cutoff = LIST_RELATIVE_CUTOFF * candidates[0].score.total
    return SelectedHits([hit for hit in candidates if hit.score.total >= cutoff])


def is_evident(term_count: int, hit: RankedDocument) -> bool:
    """Whether an entry, judged by itself, answers a question of so many terms."""
    found = evidence(term_count, hit.score)
    if not hit.document.has_no_phrasings:
        return found >= LIST_EVIDENCE
    # By its own words, or as much as a described one has by words that are only expected of it.
    return found - hit.score.expected_coverage >= LIST_EVIDENCE_WITHOUT_PHRASINGS or found >= EXPECTED_EVIDENCE


def _alternatives(candidates: RankedDocuments) -> RankedDocuments:
    """What else may be meant, where one of the first candidates is an entry that nobody has described yet."""
    first = _first_with_new(candidates)
    return first[1:] if any(hit.document.is_expanded for hit in first) else []


def _first_with_new(candidates: RankedDocuments) -> RankedDocuments:
    """The first MAX_SUGGESTIONS, with at least MIN_NEW that nobody has described where there are so many: how people
    ask for them is only a guess, so that the right one is further behind than a described one would be.
    """
    new = [hit for hit in candidates if hit.document.is_expanded][:MIN_NEW]
    described = [hit for hit in candidates[:1] if not hit.document.is_expanded]
    wanted = [*described, *new]
    others = [hit for hit in candidates if not any(hit is other for other in wanted)]
    shown = [*wanted, *others][:MAX_SUGGESTIONS]
    return [hit for hit in candidates if any(hit is other for other in shown)]


def _is_related(best: RankedDocument, hit: RankedDocument) -> bool:
    share = hit.score.total / best.score.total if best.score.total else 0.0
    if share + SUBJECT_FACTOR < MIN_RELATEDNESS:
        return False  # whatever its subject is
    return share + SUBJECT_FACTOR * subject_similarity(best.document, hit.document) >= MIN_RELATEDNESS


# -- what a question is about -----------------------------------------------------------------------------------------


def named_products(query: Query, vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """The products of other makers that a question names and entries are about, as stems."""
    stems = [stem_ for term in query.terms for stem_ in _typed_stems(term)]
    products = vocabulary.synonyms.foreign_products
    if vocabulary.synonyms.product_starts.isdisjoint(stems):  # most questions name none
        return []
    found = [run for _, run in vocabulary.synonyms.find_terms(stems) if run in products]
    return [run for run in found if all(stem_ in vocabulary.own_text_doc_freq for stem_ in run)]


def _typed_stems(term: Term) -> tuple[str, ...]:
    """The stems of a term as it was typed, spelling corrected."""
    typed = next((way for way in term.expansions if way.match_type in ("exact", "typo")), None)
    return typed.stems if typed else (stem(term.word),)


def with_products_first(ranked: RankedDocuments, products: Collection[tuple[str, ...]]) -> RankedDocuments:
    """The entries about the products that a question names before all others; the order stays otherwise."""
    if not products:
        return ranked

    def lacks_products(hit: RankedDocument) -> int:
        return sum(not all(map(hit.document.has_stem, product)) for product in products)

    return sorted(ranked, key=lacks_products)


def near_misses(query: Query, ranked: RankedDocuments, vocabulary: Vocabulary) -> SelectedHits:
    """No answer, but the first that nobody has described, which may have it in other words, and the first entries that
    share the question's subject.
    """
    new = [hit for hit in ranked if hit.document.is_expanded][:MAX_SUGGESTIONS]
    sharing = [hit for hit in _sharing_subject(query, ranked, vocabulary) if hit not in new]
    shown = {hit.document.key for hit in [*new, *sharing][:MAX_SUGGESTIONS]}
    return SelectedHits(suggestions=[hit for hit in ranked if hit.document.key in shown])


def _sharing_subject(query: Query, ranked: RankedDocuments, vocabulary: Vocabulary) -> list[RankedDocument]:
    """The entries that share a question's subject: a product that it names, or else its rarest known word."""
    if products := named_products(query, vocabulary):
        return [hit for hit in ranked if _has_any(hit.document, products)]
    known = [term for term in query.terms if term.expansions and term.weight >= MIN_SUBJECT_WEIGHT]
    if not known:
        return []
    subject = max(known, key=lambda term: term.weight)
    return [hit for hit in ranked if _is_about(hit.document, subject)]


def _has_any(document: Document, products: Collection[tuple[str, ...]]) -> bool:
    return any(all(map(document.has_stem, product)) for product in products)


def _is_about(document: Document, term: Term) -> bool:
    """Whether an entry has a term: the word itself, or one that surely means it. "Line" is a weak reading of "offline";
    "team" is none of "team", however much more a longer name with it weighs.
    """
    least, typed = MIN_SUBJECT_CERTAINTY * term.weight, (stem(term.word),)
    ways = (way.stems for way in term.expansions if way.weight >= least or way.stems == typed)
    return any(all(map(document.has_stem, stems)) for stems in ways)


def infer_area(query: Query, vocabulary: Vocabulary) -> str | None:
    """The area that a list is about, when its words only name one ("portal", "billing people"), or None."""
    if query.filters.area is not None or not query.terms:
        return None
    searched = {stem(term.word) for term in query.terms}
    if vocabulary.synonyms.names_with_small_words(term_stems(query.text), searched):
        return None  # "time off" is not "time"
    return means_area(" ".join(term.word for term in content_terms(query.terms, vocabulary)), vocabulary)


def named_as_typed(query: Query, ranked: RankedDocuments) -> RankedDocuments:
    """Those that have the words of a question in title or names, as they were typed: beside a whole area, of which the
    others are, a synonym is too little.
    """
    typed = {stem_ for term in query.terms for stem_ in _typed_stems(term)}
    return [hit for hit in ranked if not typed.isdisjoint(hit.document.subject[0])]


def content_terms(terms: Sequence[Term], vocabulary: Vocabulary) -> Sequence[Term]:
    """The terms that say what a list is about: without the words of any text, unless there are no others."""
    content = [term for term in terms if stem(term.word) not in vocabulary.common_stems]
    return content or terms


def nearest_keys(key: str, keys: Iterable[str], limit: int = MAX_SUGGESTIONS) -> list[str]:
    """Known keys that differ from a mistyped one by one or two characters, nearest first."""
    nearest = process.extract(key, sorted(keys), scorer=OSA.distance, score_cutoff=2, limit=limit)
    return [known for known, _, _ in nearest]
