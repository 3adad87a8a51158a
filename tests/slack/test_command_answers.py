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
from bot.storage.conversations import ConversationKey, Conversations, conversations
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


def test_what_is_erased_is_not_brought_back(engine: sa.Engine) -> None:
    """Neither by what another process remembers, nor by a write that failed."""
    stored = Conversations(engine)
    one, other = (CommandAnswers(stored) for _ in range(2))
    other.put(WHERE, LastAnswer("jira", ("1",)))
    other.write()
    one.forget(lambda where: where == WHERE)
    with engine.begin() as connection:
        connection.execute(conversations.delete())
    assert other.newest(WHERE) is None
    assert other.get(WHERE) is None

    class Refusing:
        def save_answers(self, *_: Any) -> None:
            raise OSError

    refused = CommandAnswers(Refusing())  # type: ignore[arg-type]
    refused.put(WHERE, LastAnswer("jira"))
    refused.write()
    refused.forget(lambda where: where == WHERE)
    assert WHERE not in refused._unwritten


def test_an_answer_that_was_not_shown_leaves_the_one_before(engine: sa.Engine) -> None:
    """With the time of then, so that what another process answered meanwhile stays the newest."""
    now = [time.time()]
    one, other = (CommandAnswers(Conversations(engine), lambda: now[0]) for _ in range(2))
    one.put(WHERE, LastAnswer("jira", ("1",)))
    one.write()
    now[0] += 1
    other.put(WHERE, LastAnswer("sla", ("2",)))
    other.write()
    now[0] += 1
    former = one.put(WHERE, LastAnswer("mail", ("3",)))
    one.put_back(WHERE, former)
    one.write()
    assert one.newest(WHERE) == other.newest(WHERE) == LastAnswer("sla", ("2",))


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

    begun: list[int] = []

    class Hanging:
        def last_answered(self, *_: Any) -> None:
            begun.append(1)
            released.wait(20)

        def save_answers(self, *_: Any) -> None:
            raise OSError

    answers = CommandAnswers(Hanging())  # type: ignore[arg-type]
    answers.put(WHERE, LastAnswer("jira"))
    began = time.monotonic()
    assert [answers.newest(WHERE) for _ in range(30)] == [LastAnswer("jira")] * 30
    assert time.monotonic() - began < 10
    assert len(begun) <= command_answers.READERS  # nothing waits for a read while so many hang
    released.set()
    answers.write()  # nobody hears of it, and it is tried again
    assert WHERE in answers._unwritten


def test_memory_stays_small_while_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not written is kept for a while, up to a number."""
    monkeypatch.setattr(command_answers, "MAX_UNWRITTEN", 10)
    answers = CommandAnswers(object())  # type: ignore[arg-type]
    for number in range(50):
        answers.put(ConversationKey("T1", "C1", f"U{number}"), LastAnswer("jira"))
        answers.write()
    assert len(answers._unwritten) <= 10


def test_a_closed_one_has_no_thread(engine: sa.Engine) -> None:
    """What was answered last before the process ends is written, and no thread of it goes on, nor reads any more."""
    before = set(threading.enumerate())
    one, other = (CommandAnswers(Conversations(engine)) for _ in range(2))
    assert other.newest(WHERE) is None  # which begins a thread that reads
    one.put(WHERE, LastAnswer("jira"))
    one.close()
    assert other.newest(WHERE) == LastAnswer("jira")
    other.close()
    assert one.newest(WHERE) == LastAnswer("jira")
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
        assert not thread.is_alive()


def test_closing_waits_for_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a write hangs, the process ends all the same."""
    monkeypatch.setattr(command_answers, "CLOSE_SECONDS", 0.05)
    begun, released = threading.Event(), threading.Event()

    class Hanging:
        def save_answers(self, *_: Any) -> None:
            begun.set()
            released.wait(20)

    answers = CommandAnswers(Hanging())  # type: ignore[arg-type]
    answers.put(WHERE, LastAnswer("jira"))
    assert begun.wait(10)
    began = time.monotonic()
    answers.close()
    assert time.monotonic() - began < 10
    released.set()
