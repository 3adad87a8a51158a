"""The set and version questions and the conversations are sound: they name entries that exist, none twice, half of
each kind is for judging.
"""

from collections import Counter
from pathlib import Path

import pytest

from bot.catalog.models import Seeds
from tests.relevance.judge_sets import MODES, SPLITS, Conversation, SetQuestion, read_conversations, read_sets

SETS = tuple(read_sets(Path(__file__).with_name("sets.jsonl")))
CONVERSATIONS = tuple(read_conversations(Path(__file__).with_name("conversations.jsonl")))
MIN_OF_A_KIND = 70
MIN_CONVERSATIONS = 40


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


def test_conversations_and_splits() -> None:
    """There are 40 conversations or more, each under a name of its own, half of them only for judging."""
    splits = Counter(conversation.split for conversation in CONVERSATIONS)
    assert len(CONVERSATIONS) >= MIN_CONVERSATIONS
    assert len({conversation.name for conversation in CONVERSATIONS}) == len(CONVERSATIONS)
    assert set(splits) == set(SPLITS)
    assert abs(splits["calibrate"] - splits["judge"]) <= 1


def test_no_conversation_twice() -> None:
    """No two conversations have the same messages."""
    asked = Counter(tuple(turn.q.lower() for turn in conversation.turns) for conversation in CONVERSATIONS)
    assert [turns for turns, count in asked.items() if count > 1] == []


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda conversation: conversation.name)
def test_turns(conversation: Conversation, keys: frozenset[str]) -> None:
    """A conversation has three to six turns; each has a mode that is known, and the keys that the mode needs."""
    assert 3 <= len(conversation.turns) <= 6
    for turn in conversation.turns:
        mode = turn.mode.partition(":")[0]
        assert mode in (*MODES, "pick"), turn
        assert turn.ids | turn.near <= keys, turn
        assert not turn.ids & turn.near, turn
        assert mode == "same" or bool(turn.ids) == (mode in ("any", "set", "ver")), turn


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda conversation: conversation.name)
def test_picks_exist(conversation: Conversation) -> None:
    """The third one is asked only where what was listed last has to have three rows; “it” only after an answer."""
    rows, answered = 0, False
    for turn in conversation.turns:
        mode, _, position = turn.mode.partition(":")
        if mode == "pick":
            assert rows > 1, turn
            assert abs(int(position)) <= rows, turn
        if mode == "same" and not turn.ids:
            assert answered, turn
        if mode in ("set", "ver"):
            rows = len(turn.ids)
        answered = answered or mode != "none"
