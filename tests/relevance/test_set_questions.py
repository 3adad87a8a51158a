"""The set and version questions are sound: they name entries that exist, none twice, half of each kind for judging."""

from collections import Counter
from pathlib import Path

import pytest

from bot.catalog.models import Seeds
from tests.relevance.judge_sets import SPLITS, SetQuestion, read_sets

SETS = tuple(read_sets(Path(__file__).with_name("sets.jsonl")))
MIN_OF_A_KIND = 70


@pytest.fixture(scope="module")
def keys(shipped_seeds: Seeds) -> frozenset[str]:
    """The keys of all entries in the seeds."""
    return frozenset(entry.key for entry in shipped_seeds.entries)


@pytest.mark.parametrize("kind", ["set", "version"])
def test_kinds_and_splits(kind: str) -> None:
    """Each kind has 70 questions or more, half of them only for judging."""
    of_kind = [question for question in SETS if question.kind == kind]
    splits = Counter(question.split for question in of_kind)
    assert len(of_kind) >= MIN_OF_A_KIND
    assert set(splits) == set(SPLITS)
    assert abs(splits["calibrate"] - splits["judge"]) <= 1


def test_no_other_kinds() -> None:
    """No question has a kind that nobody measures."""
    assert {question.kind for question in SETS} == {"set", "version"}


def test_no_question_twice() -> None:
    """No question is there twice, in any spelling of its capitals and blanks."""
    asked = Counter(" ".join(question.q.lower().split()) for question in SETS)
    assert [q for q, count in asked.items() if count > 1] == []


@pytest.mark.parametrize("question", SETS, ids=lambda question: question.q)
def test_keys_exist(question: SetQuestion, keys: frozenset[str]) -> None:
    """What a question names is in the catalogue, and is either relevant or tolerated."""
    assert question.relevant | question.tolerate <= keys
    assert not question.relevant & question.tolerate
