"""Which of the ranked entries are an answer, which are only near, and when the honest answer is: nothing on that."""

from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.document import Document
from bot.search.models import Query
from bot.search.query_parser import find_area
from bot.search.scoring import Score
from bot.search.vocabulary import Vocabulary
from bot.text import stem

# An entry is an answer when it says enough of the question: its share of the words, plus the share in one phrase, plus
# something
# for each word, because of a long complaint nobody's entry can be expected to say as much as of three words. Set on the
# development questions and those of tests/relevance: of 453 there whose best entry is right it refuses 14, of 76
# without an answer it
# answers 13.
ANSWER_THRESHOLD = 1.34
PER_WORD_BONUS = 0.12
MAX_BONUS_WORDS = 8
SINGLE_WORD_BONUS = 0.1  # a single word is all there is to say
THRESHOLD_WITHOUT_PHRASINGS = (
    0.85  # for an entry that came by itself: nobody has written down yet how people ask for it
)
RELATIVE_CUTOFF = 0.35  # an answer's score is at least this share of the best one's
LIST_RELATIVE_CUTOFF = 0.7
MAX_SUGGESTIONS = 3


RankedDocuments = Sequence[tuple[Document, Score]]  # best first


def filter_by_phrases(query: Query, ranked: RankedDocuments) -> RankedDocuments:
    """Those that have the quoted phrases and none of the unwanted words."""
    if not query.phrases and not query.excluded:
        return ranked
    wanted = [pair for pair in ranked if not any(pair[0].has_stem(stem_) for stem_ in query.excluded)]
    return [pair for pair in wanted if all(pair[0].has_phrase(phrase) for phrase in query.phrases)]


def is_answer(term_count: int, document: Document, score: Score) -> bool:
    """Whether an entry with this score answers a question of so many words, or only comes near."""
    evidence = (
        score.term_coverage
        + score.phrase_coverage
        + PER_WORD_BONUS * min(term_count, MAX_BONUS_WORDS)
        + (SINGLE_WORD_BONUS if term_count == 1 else 0.0)
    )
    return evidence >= (THRESHOLD_WITHOUT_PHRASINGS if document.has_no_phrasings else ANSWER_THRESHOLD)


def apply_threshold(query: Query, ranked: RankedDocuments) -> tuple[RankedDocuments, RankedDocuments]:
    """The answer among ranked entries, best first; and, when nothing answers, those that come near."""
    fitting = filter_by_phrases(query, ranked)
    if not fitting or not is_answer(len(query.terms), *fitting[0]):
        return (), (fitting or ranked)[:MAX_SUGGESTIONS]
    least = fitting[0][1].total * (LIST_RELATIVE_CUTOFF if query.intent == "list" else RELATIVE_CUTOFF)
    return [pair for pair in fitting if pair[1].total >= least], ()


def infer_area(query: Query, lexicon: Vocabulary) -> str | None:
    """The area that a list is about, when its words are no more than a name of one ("portal", "billing people")."""
    if query.filters.area is not None or not query.terms:
        return None
    telling = [term.word for term in query.terms if stem(term.word) not in lexicon.common_stems]
    return find_area(" ".join(telling), lexicon)


def nearest_keys(key: str, keys: Iterable[str], limit: int = MAX_SUGGESTIONS) -> list[str]:
    """Known keys that differ from a mistyped one by a digit or two."""
    return [near for near, _, _ in process.extract(key, sorted(keys), scorer=OSA.distance, score_cutoff=2, limit=limit)]
