"""A reply goes out before anything is remembered of it: when remembering fails, the person still has the answer."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from bot.errors import HalobotError, WorkspaceError
from bot.slack.error_boundary import logged_only
from bot.slack.handlers import slash_command
from bot.storage.conversations import ConversationKey, Conversations
from bot.storage.feedback import QuestionLog
from bot.storage.introductions import Introductions
from tests.whole_app.acting import SlackStandIn, text

NOT_FOUND = "zendesk macros import"


def fail(*_: object, **__: object) -> Any:
    """Stands in for a workspace database that takes nothing."""
    raise RuntimeError("secret detail")


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be remembered of answers."""
    monkeypatch.setattr(Conversations, "save_answer", fail)
    monkeypatch.setattr(QuestionLog, "record_no_result", fail)
    monkeypatch.setattr(Introductions, "is_new_person", fail)


@pytest.mark.usefixtures("forgetful")
@pytest.mark.parametrize("ask", ["mention", "dm"])
def test_messages_are_answered(halo: SlackStandIn, ask: str, caplog: pytest.LogCaptureFixture) -> None:
    """A mention and a direct message are answered once, with and without a result; the failures are in the log."""
    with caplog.at_level(logging.ERROR):
        answer = halo.only_shown_after(lambda: getattr(halo, ask)("jira default status"))
        nothing = halo.only_shown_after(lambda: getattr(halo, ask)(NOT_FOUND))
    assert "1016865" in text(answer)
    assert "Nothing on that yet" in nothing.text
    assert "not remembered: what was answered last" in caplog.text
    assert "not remembered: a question without an answer" in caplog.text


def test_a_database_that_is_away_takes_one_line(
    halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What is not remembered because of a known trouble is said in a line that says which, without a traceback."""

    def away(*_: object, **__: object) -> Any:
        raise WorkspaceError("The workspace database cannot be used (it is restarted); nothing was saved.")

    monkeypatch.setattr(Conversations, "save_answer", away)
    with caplog.at_level(logging.WARNING):
        answer = halo.only_shown_after(lambda: halo.mention("jira default status"))
    assert "1016865" in text(answer)
    (record,) = [record for record in caplog.records if "not remembered" in record.getMessage()]
    assert record.getMessage().endswith("what was answered last: The workspace database cannot be used (it is "
                                        "restarted); nothing was saved.")  # fmt: skip
    assert not record.exc_info


def test_what_people_wrote_is_not_in_that_line(caplog: pytest.LogCaptureFixture) -> None:
    """Of an error whose words are for the person, the log has the kind alone."""
    with caplog.at_level(logging.WARNING), logged_only("an answer"):
        raise HalobotError("“my secret words” is no topic.")
    assert [record.getMessage() for record in caplog.records] == ["not remembered: an answer: HalobotError"]


@pytest.mark.usefixtures("forgetful")
def test_commands_are_answered(halo: SlackStandIn) -> None:
    """A question without an answer is answered so, once, in the command's acknowledgement."""
    answer = halo.only_shown_after(partial(halo.command, "/halo", NOT_FOUND))
    assert "Nothing on that yet" in answer.text
    assert "reference" not in text(answer)


@pytest.mark.usefixtures("forgetful")
def test_the_search_window_answers(halo: SlackStandIn) -> None:
    """A question without an answer is answered in the window, and nothing else is said."""
    halo.only_shown_after(partial(halo.command, "/halo", ""))
    chosen = halo.suggest("window_ask", NOT_FOUND).options[0]["value"]
    window = halo.only_shown_after(partial(halo.click, "window_ask", chosen))
    assert "Nothing on that yet" in text(window)


@pytest.mark.usefixtures("forgetful")
def test_home_is_shown(halo: SlackStandIn) -> None:
    """Home is published, though it cannot be noted that the person has seen it."""
    home = halo.only_shown_after(lambda: halo.open_home(user="UALICE"))
    assert "What changed in HaloPSA?" in text(home)


def test_a_watch_that_is_not_stored_is_not_confirmed(halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where storing is what was asked for, a failure is told by a reference: nobody is promised a message."""
    monkeypatch.setattr("bot.storage.watches.Watches.add", fail)
    told = halo.only_shown_after(partial(halo.command, "/halo", "watch quickbooks"))
    assert "reference" in told.text
    assert "direct message" not in text(told)


def test_two_mentions_at_the_same_moment(
    halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Two mentions in one thread whose answers are remembered at the same moment are both answered, and the last one
    can be followed up.
    """
    thread = str(halo.only_shown_after(lambda: halo.mention("v2.214")).thread_ts)
    together, save = threading.Barrier(2, timeout=10), Conversations.save_answer

    def save_together(*args: Any) -> None:
        together.wait()
        save(*args)

    def ask_both() -> None:
        with ThreadPoolExecutor(2) as people:
            asked = [
                people.submit(halo.mention, words, thread_ts=thread) for words in ("jira default status", "1016865")
            ]
            for future in asked:
                future.result(10)

    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(Conversations, "save_answer", save_together)
        answers = halo.shown_after(ask_both)
    assert [answer.thread_ts for answer in answers] == [thread, thread]
    assert all("1016865" in text(answer) for answer in answers)
    assert caplog.text == ""
    assert "1016865" in text(halo.only_shown_after(lambda: halo.mention("tell me more", thread_ts=thread)))


def test_what_is_shown_can_be_followed_at_once(halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command is remembered before its answer is out: the next one may come in the same moment. Where the answer
    could not be shown, it goes on from the one before.
    """
    send = slash_command._send
    known = []

    def send_and_look(args: Any, reply: Any, services: Any) -> None:
        last = services.command_answers.get(ConversationKey("T1", "C1", "UALICE"))
        known.append(last.question if last else "")
        if "teams" in known[-1]:
            raise RuntimeError("nothing gets out")
        send(args, reply, services)

    monkeypatch.setattr(slash_command, "_send", send_and_look)
    for words in ("jira default status", "teams bot", "second one"):
        halo.command("/halo", words)
    assert known[:2] == ["jira default status", "teams bot"]
    assert known[2] == "jira default status"
