"""The questions about trust are sound: enough of each kind, halved fairly, and measuring something.

How they are answered is judged elsewhere; nothing here asks the bot.
"""

from collections import Counter
from pathlib import Path

import pytest

from bot.text import stems
from tests.relevance.judge import Split, TrustKind, TrustQuestion, read_questions, read_trust_questions

FOLDER = Path(__file__).parent
FILE = FOLDER / "trust.jsonl"
QUESTIONS = tuple(read_trust_questions(FILE))
AT_LEAST: dict[TrustKind, int] = {"absent": 180, "meta": 60, "answerable": 150}
SPLITS: tuple[Split, ...] = ("calibrate", "judge")


def normalised(text: str) -> str:
    """What makes two questions the same one."""
    return " ".join(text.casefold().split())


def of_kind(kind: TrustKind) -> list[TrustQuestion]:
    """The questions of one kind."""
    return [question for question in QUESTIONS if question.kind == kind]


def test_kinds_and_splits_are_known() -> None:
    """No question is lost to a misspelt kind or half."""
    assert {question.kind for question in QUESTIONS} == set(AT_LEAST)
    assert {question.split for question in QUESTIONS} == set(SPLITS)


@pytest.mark.parametrize("kind", AT_LEAST)
def test_enough_of_each_kind_half_and_half(kind: TrustKind) -> None:
    """Each kind has enough questions, as many for calibrating as for judging."""
    questions = of_kind(kind)
    assert len(questions) >= AT_LEAST[kind]
    counts = Counter(question.split for question in questions)
    assert counts["calibrate"] == counts["judge"]


def test_reading_one_half() -> None:
    """Reading one half gives that half and nothing else, and the halves together are the file."""
    halves = {split: tuple(read_trust_questions(FILE, split)) for split in SPLITS}
    assert all({question.split for question in half} == {split} for split, half in halves.items())
    assert sum(map(len, halves.values())) == len(QUESTIONS)


def test_no_question_twice() -> None:
    """No question is there twice, here or among the other judged questions: it would count double."""
    texts = [normalised(question.q) for question in QUESTIONS]
    assert [text for text, times in Counter(texts).items() if times > 1] == []
    others = {normalised(question.q) for question in read_questions(FOLDER / "questions.jsonl")}
    assert others.intersection(texts) == set()


def test_no_question_is_empty() -> None:
    """Every question says something."""
    assert [question for question in QUESTIONS if not question.q.strip()] == []


def test_keys_exist(shipped_seeds) -> None:
    """Every entry that a question names is in the catalogue."""
    exists = {entry.key for entry in shipped_seeds.entries}
    assert [question.q for question in QUESTIONS if not exists.issuperset((*question.grade, *question.tolerate))] == []


def test_grades_fit_the_kind() -> None:
    """An answerable question has exactly one right entry and perhaps related ones; the other kinds have none, and only
    an absent one tolerates any.
    """
    for question in QUESTIONS:
        grades = Counter(question.grade.values())
        if question.kind == "answerable":
            assert grades[3] == 1, question.q
            assert set(grades) <= {1, 2, 3}, question.q
        else:
            assert not grades, question.q
        assert question.kind == "absent" or not question.tolerate, question.q


def test_answerable_are_spread() -> None:
    """The answerable questions are about at least 120 entries, so no single one decides a figure."""
    right = {key for question in of_kind("answerable") for key, grade in question.grade.items() if grade == 3}
    assert len(right) >= 120


def test_absent_are_dangerous(shipped_seeds) -> None:
    """At least half of the absent questions share two words or more with one entry's title and summary: those are the
    ones that get a wrong answer.
    """
    entries = [set(stems(f"{entry.title} {entry.summary}")) for entry in shipped_seeds.entries]
    absent = of_kind("absent")
    sharing = [q for q in absent if max(len(entry.intersection(stems(q.q))) for entry in entries) >= 2]
    assert len(sharing) >= len(absent) / 2, len(sharing)


def test_questions_are_in_no_seed(shipped_seeds) -> None:
    """No question is a phrasing or a title of the catalogue: it would measure nothing."""
    lines = {normalised(text) for entry in shipped_seeds.entries for text in (entry.title, *entry.also)}
    assert [question.q for question in QUESTIONS if normalised(question.q) in lines] == []
