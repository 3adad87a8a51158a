"""What a command was answered is known to the process that the next one reaches."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.conversation.models import DIGEST_TOPIC, LastAnswer
from bot.slack import command_answers
from bot.slack.command_answers import CommandAnswers
from bot.storage.conversations import ConversationKey, Conversations
from bot.storage.database import open_workspace
from tests.prepared import new_workspace

WHERE = ConversationKey("T1", "C1", "UALICE")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = open_workspace(new_workspace(tmp_path / "workspace.db"))
    yield made
    made.dispose()


def test_the_newest_answer_of_any_process_is_found(engine: sa.Engine) -> None:
    """Whichever process gave it; what a process remembers itself is used where that is newer, or not written yet."""
    now = [time.time()]
    one, other = (CommandAnswers(Conversations(engine), lambda: now[0]) for _ in range(2))
    one.put(WHERE, LastAnswer("jira", ("1", "2")))
    one.write()
    assert other.get(WHERE) is None
    assert other.newest(WHERE) == LastAnswer("jira", ("1", "2"))
    now[0] += 1
    other.put(WHERE, LastAnswer("sla", ("3",), 1, "3"))
    assert other.newest(WHERE) == LastAnswer("sla", ("3",), 1, "3")
    other.write()
    assert one.newest(WHERE) == LastAnswer("sla", ("3",), 1, "3")
    now[0] += 1
    one.put(WHERE, DIGEST_TOPIC)
    one.write()
    assert other.newest(WHERE) == DIGEST_TOPIC
    assert one.newest(ConversationKey("T2", "C1", "UALICE")) is None


def test_alone_nothing_is_written(engine: sa.Engine) -> None:
    """One process on its own keeps it in memory only."""
    alone = CommandAnswers()
    alone.put(WHERE, LastAnswer("jira"))
    alone.write()
    assert alone.newest(WHERE) == LastAnswer("jira")
    assert Conversations(engine).last_answer(WHERE, time.time()) is None


def test_a_database_that_hangs_is_waited_for_a_moment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many ask; what this process remembers is used."""
    monkeypatch.setattr(command_answers, "MAX_READ_SECONDS", 0.05)
    released = threading.Event()

    class Hanging:
        def last_answered(self, *_: Any) -> None:
            released.wait(20)

        def save_answers(self, *_: Any) -> None:
            raise OSError

    answers = CommandAnswers(Hanging())  # type: ignore[arg-type]
    answers.put(WHERE, LastAnswer("jira"))
    began = time.monotonic()
    assert [answers.newest(WHERE) for _ in range(30)] == [LastAnswer("jira")] * 30
    assert time.monotonic() - began < 10
    released.set()
    answers.write()  # it is tried again, and nobody hears of it


def test_memory_stays_small_while_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not written is kept for a while, up to a number."""
    monkeypatch.setattr(command_answers, "MAX_UNWRITTEN", 10)
    answers = CommandAnswers(object())  # type: ignore[arg-type]
    for number in range(50):
        answers.put(ConversationKey("T1", "C1", f"U{number}"), LastAnswer("jira"))
        answers.write()
    assert len(answers._unwritten) <= 10
