"""Which of the ranked entries are an answer, which are only near, and when the honest answer is: nothing on that."""

from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.document import Document
from bot.search.models import Query
from bot.search.query_parser import find_area
from bot.search.scoring import Score
from bot.search.vocabulary import Lexicon
from bot.text import stem

# An entry is an answer when it says enough of the question: its share of the words, plus the share in one phrase, plus
# something
# for each word, because of a long complaint nobody's entry can be expected to say as much as of three words. Set on the
# development questions and those of tests/relevance: of 453 there whose best entry is right it refuses 14, of 76
# without an answer it
# answers 13.
ENOUGH = 1.34
A_WORD = 0.12
WORDS_COUNTED = 8
LONE_WORD = 0.1  # a single word is all there is to say
ENOUGH_BARE = 0.85  # for an entry that came by itself: nobody has written down yet how people ask for it
RELATIVE = 0.35  # an answer's score is at least this share of the best one's
RELATIVE_LISTED = 0.7
MOST_NEAR = 3


Ranked = Sequence[tuple[Document, Score]]  # best first


def allowed(query: Query, ranked: Ranked) -> Ranked:
    """Those that have the quoted phrases and none of the unwanted words."""
    if not query.phrases and not query.without:
        return ranked
    wanted = [pair for pair in ranked if not any(pair[0].has(stem_) for stem_ in query.without)]
    return [pair for pair in wanted if all(pair[0].has_phrase(phrase) for phrase in query.phrases)]


def is_answer(words: int, document: Document, score: Score) -> bool:
    """Whether an entry with this score answers a question of so many words, or only comes near."""
    evidence = score.words + score.phrase + A_WORD * min(words, WORDS_COUNTED) + (LONE_WORD if words == 1 else 0.0)
    return evidence >= (ENOUGH_BARE if document.bare else ENOUGH)


def choose(query: Query, ranked: Ranked) -> tuple[Ranked, Ranked]:
    """The answer among ranked entries, best first; and, when nothing answers, those that come near."""
    fitting = allowed(query, ranked)
    if not fitting or not is_answer(len(query.terms), *fitting[0]):
        return (), (fitting or ranked)[:MOST_NEAR]
    least = fitting[0][1].total * (RELATIVE_LISTED if query.wants == "list" else RELATIVE)
    return [pair for pair in fitting if pair[1].total >= least], ()


def topic_area(query: Query, lexicon: Lexicon) -> str | None:
    """The area that a list is about, when its words are no more than a name of one ("portal", "billing people")."""
    if query.filters.area is not None or not query.terms:
        return None
    telling = [term.word for term in query.terms if stem(term.word) not in lexicon.everyday]
    return find_area(" ".join(telling), lexicon)


def nearest_keys(key: str, keys: Iterable[str], most: int = MOST_NEAR) -> list[str]:
    """Known keys that differ from a mistyped one by a digit or two."""
    return [near for near, _, _ in process.extract(key, sorted(keys), scorer=OSA.distance, score_cutoff=2, limit=most)]
