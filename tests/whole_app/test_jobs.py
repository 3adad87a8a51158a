"""What was acknowledged is done, once: whatever happens to the process, the database and Slack in between."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
import sqlalchemy as sa

from bot.playground.delivery import Delivery, DeliveryResult, OutgoingRequest
from bot.settings import Settings
from bot.slack import verbs
from bot.slack.handlers import answer_buttons
from bot.slack.jobs import MAX_ENDINGS, JobRunner, RetryLaterError
from bot.slack.views.errors import STOPPED
from bot.storage.database import open_workspace
from bot.storage.inbox import ENDINGS
from bot.storage.inbox import inbox as inbox_table
from tests.whole_app.acting import SlackStandIn, text
from tests.whole_app.conftest import BOTH_WAYS, running

QUESTION = "jira default status"

pytestmark = BOTH_WAYS


@pytest.fixture
def rows(settings: Settings) -> Iterator[Callable[[], list[Any]]]:
    """What is in the inbox."""
    engine = open_workspace(settings.workspace_url)

    def read() -> list[Any]:
        with engine.connect() as connection:
            return list(connection.execute(sa.select(inbox_table)))

    yield read
    engine.dispose()


@contextmanager
def killed_instead_of(step: str) -> Iterator[list[Any]]:
    """A process that ends, as by SIGKILL, when it comes to a step of its jobs. Gives what it was called with."""
    called: list[Any] = []
    with patch.object(JobRunner, step, lambda self, *args: called.append(args)):
        yield called


def leases_end(settings: Settings) -> None:
    """As if the lease of whoever was killed were over."""
    engine = open_workspace(settings.workspace_url)
    with engine.begin() as connection:
        connection.execute(inbox_table.update().values(due_at=0.0))
    engine.dispose()


def wait_for(condition: Callable[[], Any]) -> None:
    """Until it holds. Fails when that takes too long."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


# What a person does, and how it is seen that it was done.
ACTS: dict[str, tuple[Callable[[SlackStandIn], object], str]] = {
    "a mention": (lambda slack: slack.mention(QUESTION), "1016865"),
    "a direct message": (lambda slack: slack.dm(QUESTION), "1016865"),
    "subscribe": (
        lambda slack: slack.command("/halo", "subscribe billing mondays 9am"),
        "Billing",
    ),  # told again as it is
    "watch": (lambda slack: slack.command("/halo", "watch quickbooks"), "send you a direct message"),
    "status": (lambda slack: slack.command("/halo", "status"), "changes"),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("step", ["_run", "_settle"])
def test_a_process_that_is_killed(
    slack: SlackStandIn,
    settings: Settings,
    way: str,
    rows: Callable[[], list[Any]],
    act: str,
    step: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before it begins, or after it worked and before it says so: the next process does it, and a message that was
    posted is not posted again.
    """
    monkeypatch.setattr("bot.slack.app.MAX_STOP_SECONDS", 0.2)  # what was killed is not waited for
    do, said = ACTS[act]
    with running(way, slack, settings), killed_instead_of(step) as called:
        do(slack)
        wait_for(lambda: called)
        assert len(rows()) == 1
    leases_end(settings)
    with running(way, slack, settings):
        wait_for(lambda: not rows())
    shown = [entry for entry in slack.entries(0) if entry.kind in ("message", "ephemeral") and entry.via != "user"]
    assert said in text(shown[-1])
    if act in ("a mention", "a direct message"):
        assert len(shown) == 1


@pytest.mark.parametrize("act", ["a mention", "status"])
def test_what_processes_end_in_the_middle_of(
    slack: SlackStandIn, settings: Settings, way: str, rows: Callable[[], list[Any]], act: str
) -> None:
    """It may be what ends them: after MAX_ENDINGS of them it is not begun again, and whoever asked is told so."""
    do, said = ACTS[act]
    with running(way, slack, settings), killed_instead_of("_run") as called:
        do(slack)
        wait_for(lambda: called)
    (row,) = rows()
    another_ended(settings, {**row.body, ENDINGS: MAX_ENDINGS - 1})
    with running(way, slack, settings):
        wait_for(lambda: not rows())
    (told,) = [entry for entry in slack.entries(0) if entry.kind in ("message", "ephemeral") and entry.via != "user"]
    assert STOPPED in text(told)
    assert said not in text(told)


def another_ended(settings: Settings, body: dict[str, Any]) -> None:
    """As if a process had ended in the middle of the job, which has this body."""
    engine = open_workspace(settings.workspace_url)
    with engine.begin() as connection:
        connection.execute(inbox_table.update().values(body=body, owner="gone", due_at=0.0))
    engine.dispose()


def test_nothing_is_kept_of_what_is_done(
    slack: SlackStandIn, settings: Settings, way: str, rows: Callable[[], list[Any]]
) -> None:
    """While it waits, what Slack sent is stored, without the token; afterwards nothing is."""
    with running(way, slack, settings):
        with killed_instead_of("_run") as called:
            slack.command("/halo", "subscribe billing mondays 9am")
            wait_for(lambda: called)
        (row,) = rows()
        assert "token" not in row.body
        assert "subscribe billing" in str(row.body)
    leases_end(settings)
    with running(way, slack, settings):
        wait_for(lambda: not rows())


def test_told_to_end_while_jobs_wait(
    slack: SlackStandIn, settings: Settings, way: str, rows: Callable[[], list[Any]]
) -> None:
    """A mention that Slack has put off is given back: the next process answers it without waiting for a lease."""
    slack.fail_next("chat.postMessage", "429", retry_after=1)
    with running(way, slack, settings):
        slack.mention(QUESTION)
        wait_for(lambda: slack.calls("chat.postMessage"))
    assert [row.owner for row in rows()] == [None]
    with running(way, slack, settings):
        wait_for(lambda: not rows())
    assert len([entry for entry in slack.entries(0) if entry.kind == "message" and entry.via != "user"]) == 1


def test_a_429_makes_nobody_else_wait(halo: SlackStandIn) -> None:
    """Ten mentions that Slack has told to wait: a command is answered all the same, and so is a button."""
    halo.fail_next("chat.postMessage", "429", times=10, retry_after=30)
    for number in range(10):
        halo.mention(f"{QUESTION} {number}")
    wait_for(lambda: len(halo.calls("chat.postMessage")) == 10)
    answer = halo.command("/halo", QUESTION)
    assert answer.acked
    watch = halo.command("/halo", "watch quickbooks")
    assert watch.acked
    wait_for(lambda: "You now watch" in str(halo.transcript))


@pytest.mark.parametrize("fault", ["drop_reply", "store_late", "500", "429", "token_revoked"])
def test_a_post_that_went_wrong(halo: SlackStandIn, fault: str) -> None:
    """However Slack fails a post, the mention is answered once, in the end."""
    halo.fail_next("chat.postMessage", fault, seconds=0.2, retry_after=1)
    shown = halo.shown_after(partial(halo.mention, QUESTION))
    assert ["1016865" in text(entry) for entry in shown] == [True]


def test_a_post_that_may_have_arrived_and_cannot_be_looked_for(halo: SlackStandIn) -> None:
    """Without the scope to read, it is not posted again: the person is told to look."""
    halo.set_scopes(halo.state.app.scopes - {"channels:history", "groups:history"})
    halo.fail_next("chat.postMessage", "drop_reply")
    answer, notice = halo.shown_after(partial(halo.mention, QUESTION))
    assert "1016865" in text(answer)
    assert "did not say whether my answer arrived" in text(notice)
    assert notice.visible_to == "UALICE"


@pytest.fixture
def twice() -> Iterator[None]:
    """Slack delivers everything two times."""
    send = Delivery.send

    def send_twice(delivery: Delivery, outgoing: OutgoingRequest) -> DeliveryResult:
        result = send(delivery, outgoing)
        send(delivery, outgoing)
        return result

    with patch.object(Delivery, "send", send_twice):
        yield


def test_what_slack_delivers_twice_is_done_once(halo: SlackStandIn, twice: None) -> None:
    """A mention is answered once, a command's effect said once, a Share posted once, a window's answer stored once."""
    assert len(halo.shown_after(partial(halo.mention, QUESTION))) == 1
    assert len(halo.shown_after(partial(halo.command, "/halo", "watch quickbooks"))) == 1
    halo.shown_after(partial(halo.command, "/halo", QUESTION))
    assert len(halo.shown_after(partial(halo.click, "share"), "message")) == 1
    halo.shown_after(partial(halo.command, "/halo", "subscribe"))
    assert len(halo.shown_after(halo.submit)) == 1


def test_whoever_cannot_be_told_is_told_at_the_next_attempt(
    halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack refuses the answer, and then fails to say so to the person: the job is begun again, and not forgotten."""
    monkeypatch.setattr("bot.slack.jobs.SETTLE_SECONDS", 0.1)
    halo.fail_next("chat.postMessage", "accesslimited")
    halo.fail_next("chat.postEphemeral", "fatal_error")
    seen = halo.shown_after(lambda: halo.mention(QUESTION))
    assert [line.kind for line in seen if line.kind != "failure"] == ["message"]


def test_what_is_out_is_not_posted_again_by_the_next_attempt(
    halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is posted and something fails right after it: the next attempt finds the answer."""
    monkeypatch.setattr("bot.slack.jobs.SETTLE_SECONDS", 0.1)
    usual, failures = verbs.record_unanswered, [RetryLaterError("something after the answer")]

    def failing(*args: Any) -> None:
        if failures:
            raise failures.pop()
        usual(*args)

    monkeypatch.setattr(verbs, "record_unanswered", failing)
    shown = halo.shown_after(partial(halo.mention, QUESTION))
    assert ["1016865" in text(entry) for entry in shown] == [True]
    assert not failures


def test_what_nobody_can_find_is_not_posted_again(halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Share that the response_url posted, and something fails right after it: no mark says that it is there, so the
    next attempt posts nothing, and its person is told to look.
    """
    monkeypatch.setattr("bot.slack.jobs.SETTLE_SECONDS", 0.1)
    usual, failures = answer_buttons.delete_clicked_message, [RetryLaterError("something after it", is_unsure=True)]

    def failing(args: Any) -> None:
        if failures:
            raise failures.pop()
        usual(args)

    monkeypatch.setattr(answer_buttons, "delete_clicked_message", failing)
    halo.shown_after(lambda: halo.command("/halo", QUESTION))
    halo.fail_next("chat.postMessage", "not_in_channel")
    seen = halo.shown_after(partial(halo.click, "share"))
    assert [(line.kind, line.via) for line in seen if line.kind == "message"] == [("message", "response_url")]
    assert "did not say whether" in text(seen[-1])
    assert seen[-1].visible_to == "UALICE"


def test_an_unmarked_answer_of_which_slack_says_nothing(halo: SlackStandIn) -> None:
    """Slack takes no metadata, and the answer without it gets no reply: its person is told to look."""
    halo.fail_next("chat.postMessage", "invalid_metadata_schema")
    halo.fail_next("chat.postMessage", "drop_reply")
    seen = halo.shown_after(lambda: halo.mention(QUESTION))
    assert [line.kind for line in seen] == ["message", "ephemeral"]
    assert "did not say whether my answer arrived" in seen[-1].text
