"""How well search answers: a floor for each category of judged questions, which nobody who writes seeds has seen.

The floors are what search reached when they were set, less 0.03, rounded down. A change that makes ranking worse fails
here and prints the questions that are answered wrong; a change that makes it better raises the floors.
"""

from collections import Counter
from collections.abc import Iterator
from math import floor
from pathlib import Path

import pytest

from bot.catalog.repository import Catalog
from bot.search.service import SearchService
from tests.relevance.judge import NO_ANSWER, Question, QuestionVerdict, judge, judge_all, mean, read_questions

QUESTIONS = tuple(read_questions(Path(__file__).with_name("questions.jsonl")))

# The share of questions whose first answer is good; of no_answer, the share answered with nothing that does harm.
FLOORS = {
    "keyword": 0.97,
    "synonym": 0.86,
    "typo": 0.90,
    "natural": 0.87,
    "multi": 0.91,
    "faq_guide": 0.89,
    "no_answer": 0.90,
}
RECALL_FLOOR = 0.89  # MACRO R@10
MAX_SLACK = 0.10  # a floor further below what is reached guards nothing


@pytest.fixture(scope="module")
def verdicts(
    shipped_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, list[QuestionVerdict]]]:
    """Every question judged, by category."""
    path = tmp_path_factory.mktemp("relevance") / "catalog.db"
    path.write_bytes(shipped_file.read_bytes())
    catalogue = Catalog(path)
    service = SearchService(catalogue)

    without_answer = {question.q for question in QUESTIONS if question.category == NO_ANSWER}

    def keys(text: str) -> list[str]:
        answer = service.search(text)
        shown = [hit.entry.key for hit in (*answer.hits, *answer.possible_hits)]
        # What is shown on request counts as reached, but it does no harm where there is no answer.
        return shown if text in without_answer else [*shown, *(hit.entry.key for hit in answer.more_hits)]

    yield judge_all(QUESTIONS, keys)
    catalogue.close()


def describe_misses(verdicts: list[QuestionVerdict], figure: float) -> str:
    """What a failed test prints: the figure, and the questions that were answered wrong."""
    return f"{figure:.3f}\n" + "\n".join(str(verdict) for verdict in verdicts if not verdict.right)


@pytest.mark.parametrize("category", FLOORS)
def test_first_answer(verdicts: dict[str, list[QuestionVerdict]], category: str) -> None:
    """The first answer is good, or rightly empty, at least as often as when the floor was set."""
    reached = mean([verdict.right for verdict in verdicts[category]])
    assert reached >= FLOORS[category], describe_misses(verdicts[category], reached)


def test_reach(verdicts: dict[str, list[QuestionVerdict]]) -> None:
    """Of all good answers, at least as many are among the first ten as when the floor was set."""
    answerable = {category: found for category, found in verdicts.items() if category != NO_ANSWER}
    reached = mean([mean([verdict.recall for verdict in found]) for found in answerable.values()])
    lost = [
        f"{verdict} reached {verdict.recall:.2f}"
        for found in answerable.values()
        for verdict in found
        if verdict.recall < 1
    ]
    assert reached >= RECALL_FLOOR, f"{reached:.3f}\n" + "\n".join(lost)


def test_floors_are_no_formality(verdicts: dict[str, list[QuestionVerdict]]) -> None:
    """No floor is so low that ranking could get much worse unseen."""
    reached = {category: mean([verdict.right for verdict in found]) for category, found in verdicts.items()}
    low = {
        category: floor(100 * (figure - 0.03)) / 100
        for category, figure in reached.items()
        if figure - FLOORS[category] > MAX_SLACK
    }
    assert low == {}, "raise these floors to"


def test_questions_are_sound(shipped_seeds) -> None:
    """At least 200 questions, none twice, of known categories, naming entries that exist, with grades as their category
    says.
    """
    exists = {entry.key for entry in shipped_seeds.entries}
    assert len(QUESTIONS) >= 200
    assert [q for q, times in Counter(question.q.casefold() for question in QUESTIONS).items() if times > 1] == []
    assert {question.category for question in QUESTIONS} == set(FLOORS)
    assert [question.q for question in QUESTIONS if not exists.issuperset((*question.grade, *question.tolerate))] == []
    assert [question.q for question in QUESTIONS if bool(question.grade) == (question.category == NO_ANSWER)] == []
    assert [question.q for question in QUESTIONS if not set(question.grade.values()) <= {1, 2, 3}] == []


def test_questions_are_in_no_seed(shipped_seeds) -> None:
    """No question of several words is a phrasing of the catalogue: it would measure nothing."""
    phrasings = {" ".join(text.casefold().split()) for entry in shipped_seeds.entries for text in entry.also}
    assert [
        question.q
        for question in QUESTIONS
        if len(question.q.split()) > 3 and " ".join(question.q.casefold().split()) in phrasings
    ] == []


@pytest.mark.parametrize(
    ("grade", "got", "right", "reached"),
    [
        ({"a": 3, "b": 2, "c": 1}, ["a", "b"], 1, 1),
        ({"a": 3, "b": 2, "c": 1}, ["b"], 1, 0.5),
        ({"a": 3, "b": 2, "c": 1}, ["c", "a", "b"], 0, 1),
        ({"a": 1, "b": 1}, ["b", "x"], 1, 0.5),
        ({"a": 3}, [], 0, 0),
        ({"a": 3}, [*"0123456789", "a"], 0, 0),
        (dict.fromkeys("abcdefghijkl", 3), list("abcdefghij"), 1, 1),
    ],
)
def test_judge(grade: dict[str, int], got: list[str], right: float, reached: float) -> None:
    """Good is grade 2 and more, or 1 where there is nothing better; only ten answers count."""
    verdict = judge(Question("q", "natural", grade), got)
    assert (verdict.right, verdict.recall) == (right, reached)


@pytest.mark.parametrize(("got", "right"), [([], 1), (["a"], 1), (["a", "b"], 1), (["x"], 0), (["a", "x"], 0)])
def test_judge_of_no_answer(got: list[str], right: float) -> None:
    """Where there is no answer, right is nothing, or only what does no harm."""
    assert judge(Question("q", NO_ANSWER, {}, ("a", "b")), got).right == right
