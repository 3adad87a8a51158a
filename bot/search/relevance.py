"""Which of the scored entries answer a question, and which only come near: the threshold."""

from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.models import Query, Term
from bot.search.query_parser import means_area
from bot.search.scoring import Document, Score
from bot.search.vocabulary import Vocabulary
from bot.text import stem

# An entry is an answer when its term coverage plus its phrase coverage, plus a bonus for each word of the question,
# reach the threshold. (The bonus: of a long complaint no entry can cover as much as of three words.) Set on the
# development questions and those of tests/relevance: it refuses 14 of 453 questions whose best entry is right, and
# answers 13 of 76 that have no answer.
ANSWER_THRESHOLD = 1.34
THRESHOLD_WITHOUT_PHRASINGS = 0.85  # for an entry of which nobody has written down yet how people ask for it
PER_WORD_BONUS = 0.12
MAX_BONUS_WORDS = 8
SINGLE_WORD_BONUS = 0.1  # besides, where the question is one word
RELATIVE_CUTOFF = 0.35  # a hit's score is at least this share of the best one's
LIST_RELATIVE_CUTOFF = 0.7
MAX_SUGGESTIONS = 3


RankedDocuments = Sequence[tuple[Document, Score]]  # best first


def without_excluded(query: Query, ranked: RankedDocuments) -> RankedDocuments:
    """Those that have none of the excluded stems. (Quoted phrases were looked for in the entries' own words.)"""
    if not query.excluded:
        return ranked
    return [pair for pair in ranked if not any(pair[0].has_stem(stem_) for stem_ in query.excluded)]


def is_answer(term_count: int, document: Document, score: Score) -> bool:
    """Whether an entry with this score answers a question of so many terms."""
    evidence = score.term_coverage + score.phrase_coverage + PER_WORD_BONUS * min(term_count, MAX_BONUS_WORDS)
    if term_count == 1:
        evidence += SINGLE_WORD_BONUS
    return evidence >= (THRESHOLD_WITHOUT_PHRASINGS if document.has_no_phrasings else ANSWER_THRESHOLD)


def apply_threshold(query: Query, ranked: RankedDocuments) -> tuple[RankedDocuments, RankedDocuments]:
    """The answers among ranked entries, and suggestions where nothing answers; both best first."""
    fitting = without_excluded(query, ranked)
    if not fitting or not is_answer(len(query.terms), *fitting[0]):
        return (), (fitting or ranked)[:MAX_SUGGESTIONS]
    cutoff = fitting[0][1].total * (LIST_RELATIVE_CUTOFF if query.intent == "list" else RELATIVE_CUTOFF)
    return [pair for pair in fitting if pair[1].total >= cutoff], ()


def infer_area(query: Query, vocabulary: Vocabulary) -> str | None:
    """The area that a list is about, when its words only name one ("portal", "billing people"), or None."""
    if query.filters.area is not None or not query.terms:
        return None
    return means_area(" ".join(term.word for term in content_terms(query.terms, vocabulary)), vocabulary)


def content_terms(terms: Sequence[Term], vocabulary: Vocabulary) -> Sequence[Term]:
    """The terms that say what a list is about: without the words of any text, unless there are no others."""
    content = [term for term in terms if stem(term.word) not in vocabulary.common_stems]
    return content or terms


def nearest_keys(key: str, keys: Iterable[str], limit: int = MAX_SUGGESTIONS) -> list[str]:
    """Known keys that differ from a mistyped one by one or two characters, nearest first."""
    nearest = process.extract(key, sorted(keys), scorer=OSA.distance, score_cutoff=2, limit=limit)
    return [known for known, _, _ in nearest]
