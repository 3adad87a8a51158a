"""Looking for a message whose reply was lost, where history may be read once a minute, 15 messages at a time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.playground.workspaces import ManyWorkspaces
from bot.slack.api_errors import ErrorMeaning, classify_error
from bot.slack.history_limit import CALL_SECONDS, MAX_LOOKUPS, HistoryLimit, HistoryTooSoonError, LookupProgress
from bot.slack.reconcile import EVENT_TYPE, find_message
from bot.slack.web_client import BoundedWebClient

PAYLOAD = {"nonce": "wanted", "part": 0}


@pytest.fixture
def slacks() -> Iterator[ManyWorkspaces]:
    """A Slack that refuses more."""
    with ManyWorkspaces(["T1", "T2"], limits_history=True) as made:
        yield made


def client_of(slacks: ManyWorkspaces, team: str, paced: bool = True) -> BoundedWebClient:
    client = BoundedWebClient(slacks.issue(team), base_url=slacks.api_url, retry_handlers=[])
    client.history_limit = HistoryLimit(lambda: slacks.now(team)) if paced else None
    return client


def post(client: WebClient, text: str, nonce: str = "", thread_ts: str | None = None) -> str:
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"nonce": nonce, "part": 0}} if nonce else None
    return str(client.chat_postMessage(channel="C1", text=text, metadata=metadata, thread_ts=thread_ts)["ts"])


def look(slacks: ManyWorkspaces, client: BoundedWebClient, thread: str | None = None) -> tuple[str | None, int]:
    """Look until it is known, waiting as long as is said each time. Returns what was found, and how often it waited."""
    waits = 0
    while True:
        try:
            return find_message(client, "C1", thread, slacks.now("T1"), EVENT_TYPE, PAYLOAD), waits
        except HistoryTooSoonError as soon:
            waits += 1
            slacks.workspaces["T1"].advance(min(soon.seconds, CALL_SECONDS))


def test_several_pages_take_as_many_minutes(slacks: ManyWorkspaces) -> None:
    """What is far back is found, page by page; Slack refuses none of the calls, and nothing is looked at twice."""
    client = client_of(slacks, "T1")
    ts = post(client, "the one", "wanted")
    for number in range(40):
        post(client, f"other {number}")
    assert look(slacks, client) == (ts, 2)
    assert sum(name == "conversations.history" for name, _, _ in slacks.calls) == 3


def test_absent_only_when_all_was_seen(slacks: ManyWorkspaces) -> None:
    """Nobody says that it is not there before the last page: it would be posted again."""
    client = client_of(slacks, "T1")
    for number in range(40):
        post(client, f"other {number}")
    with pytest.raises(HistoryTooSoonError):
        find_message(client, "C1", None, slacks.now("T1"), EVENT_TYPE, PAYLOAD)
    assert look(slacks, client)[0] is None
    assert sum(name == "conversations.history" for name, _, _ in slacks.calls) == 3


def test_in_a_thread(slacks: ManyWorkspaces) -> None:
    """The same, with a pace of its own."""
    client = client_of(slacks, "T1")
    parent = post(client, "parent")
    for number in range(20):
        post(client, f"reply {number}", thread_ts=parent)
    ts = post(client, "the one", "wanted", parent)
    assert look(slacks, client, parent) == (ts, 1)


def test_each_workspace_has_its_own_pace(slacks: ManyWorkspaces) -> None:
    """A look in one keeps none in another waiting."""
    first, second = client_of(slacks, "T1"), client_of(slacks, "T2")
    assert find_message(first, "C1", None, 0.0, EVENT_TYPE, PAYLOAD) is None
    assert find_message(second, "C1", None, 0.0, EVENT_TYPE, PAYLOAD) is None
    with pytest.raises(HistoryTooSoonError):
        find_message(first, "C1", None, 0.0, EVENT_TYPE, PAYLOAD)


def test_slack_s_refusal_is_honoured(slacks: ManyWorkspaces) -> None:
    """Another process has just read: Slack says how long to wait, and nobody asks before."""
    find_message(client_of(slacks, "T1"), "C1", None, 0.0, EVENT_TYPE, PAYLOAD)
    slacks.workspaces["T1"].advance(20)
    client = client_of(slacks, "T1")
    with pytest.raises(Exception, match="ratelimited") as refused:
        find_message(client, "C1", None, 0.0, EVENT_TYPE, PAYLOAD)
    assert classify_error(refused.value).meaning is ErrorMeaning.RATE_LIMITED
    count = len(slacks.calls)
    with pytest.raises(HistoryTooSoonError) as soon:
        find_message(client, "C1", None, 0.0, EVENT_TYPE, PAYLOAD)
    assert 30 < soon.value.seconds <= 41
    assert classify_error(soon.value).retry_after == soon.value.seconds
    assert len(slacks.calls) == count


def test_without_a_pace_slack_would_refuse(slacks: ManyWorkspaces, tmp_path: Path) -> None:
    """The stand-in notices who reads more than that."""
    with pytest.raises(Exception, match="invalid_limit"):
        find_message(client_of(slacks, "T1", paced=False), "C1", None, 0.0, EVENT_TYPE, PAYLOAD)


def test_slack_may_ask_to_wait_longer_than_a_minute() -> None:
    """It is waited for as long as a wrong clock is told from it; the next call comes then."""
    now = [1_000.0]
    pace = HistoryLimit(lambda: now[0])
    pace.wait("conversations.history", 300.0)
    with pytest.raises(HistoryTooSoonError):
        pace.take("conversations.history")
    now[0] += 119
    with pytest.raises(HistoryTooSoonError):
        pace.take("conversations.history")
    now[0] += 2
    pace.take("conversations.history")


def test_lookups_that_nobody_finishes_make_room() -> None:
    """The newest keep their place, however many were begun before."""
    pace = HistoryLimit(lambda: 0.0)
    for number in range(MAX_LOOKUPS + 5):
        pace.keep(number, LookupProgress(f"page of {number}", 0.0))
    assert pace.progress(MAX_LOOKUPS + 4) == LookupProgress(f"page of {MAX_LOOKUPS + 4}", 0.0)
    assert pace.progress(0) is None
