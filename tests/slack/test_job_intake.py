"""Deliveries that cannot be stored: whoever pressed something sees Slack's own sign, and is told until that works."""

import time
from collections.abc import Callable
from functools import partial
from http.client import IncompleteRead
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from bot.slack import job_intake
from bot.slack.delivery import notify_user
from bot.slack.jobs import Accepted
from bot.slack.views.blocks import text_message
from bot.slack.views.errors import NOT_STORED

BUSY = SimpleNamespace(accept=lambda *args: Accepted.BUSY)


def pressed(**body: Any) -> Any:
    """What the listener of a press gets."""
    return SimpleNamespace(body=body, context=SimpleNamespace(team_id="T1"))


def wait_for(condition: Callable[[], bool]) -> None:
    """Until it holds. Fails when that takes too long."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The attempts at telling somebody; the third gets through. Nothing is waited for in between."""
    made: list[object] = []
    monkeypatch.setattr(job_intake, "TELLING_PAUSES", (0.0,) * 5)
    monkeypatch.setattr(job_intake, "notify_user", lambda args, message: made.append(args) or len(made) % 3 == 0)
    return made


def test_told_until_it_gets_through(attempts: list[object]) -> None:
    """A press that is not stored is not acknowledged, as this process may end before its person is told; they are told
    until that worked, and then no more.
    """
    args = pressed(type="block_actions")
    assert job_intake.take(args, BUSY, "key").status == 503  # type: ignore[arg-type]
    wait_for(lambda: len(attempts) == 3)
    wait_for(lambda: job_intake._telling._value == 4)
    assert attempts == [args] * 3


def test_where_too_many_are_being_told(attempts: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    """The next press has Slack's own sign only; of an event nobody is told, as it comes again."""
    busy = job_intake._telling.__class__(1)
    assert busy.acquire(blocking=False)
    monkeypatch.setattr(job_intake, "_telling", busy)
    assert job_intake.take(pressed(type="block_actions"), BUSY, "key").status == 503  # type: ignore[arg-type]
    busy.release()
    assert job_intake.take(pressed(event={}), BUSY, "key").status == 503  # type: ignore[arg-type]
    assert attempts == []


def test_a_broken_answer_closes_no_way() -> None:
    """Slack's answer to the ephemeral message breaks off: the person is told by a direct message."""
    client = Mock()
    client.chat_postEphemeral.side_effect = IncompleteRead(b"{", 20)
    args: Any = SimpleNamespace(body={}, context=SimpleNamespace(channel_id="C1", user_id="U1"), client=client)
    assert notify_user(args, text_message("Nothing was changed."))
    assert client.chat_postMessage.call_args.kwargs["channel"] == "U1"


def test_a_command_that_cannot_be_stored_is_told_what_is_wrong() -> None:
    """Where a command cannot be taken, its person reads what is wrong, as `status` would say; without a problem only
    that it was not taken.
    """
    told: list[str] = []
    args = SimpleNamespace(
        body={"trigger_id": "1"},
        context=SimpleNamespace(team_id="T1", get=lambda name, default=None: default),
        ack=lambda **fields: told.append(f"{fields['response_type']}: {fields['text']}"),
    )
    with_problem = partial(job_intake.hand_over, args, BUSY, problems=lambda team: [f"The disk of {team} is full."])
    assert with_problem()
    assert job_intake.hand_over(args, BUSY)  # type: ignore[arg-type]
    assert told == [f"ephemeral: {NOT_STORED} The disk of T1 is full.", f"ephemeral: {NOT_STORED}"]
