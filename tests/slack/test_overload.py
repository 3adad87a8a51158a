"""When too much arrives, the newest is told so at once, and what is being answered goes on."""

import asyncio
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt import App, BoltResponse

from bot.playground.delivery_http import sign
from bot.playground.server import ServerThread
from bot.slack import overload, socket_mode
from bot.slack.http import EVENTS_PATH, build_http_app
from bot.slack.overload import AnswerTurns, TooBusyError, busy_response
from bot.slack.socket_mode import DeliveryThreads
from tests import local_http

SECRET = "a" * 32


class SlowApp:
    """Answers nothing until it may."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.asked = threading.Semaphore(0)

    def dispatch(self, _: object) -> BoltResponse:
        self.asked.release()
        self.may.wait(20)
        return BoltResponse(status=200, body="answered")


def command(url: str) -> str:
    """What a signed command is answered with."""
    body = b"command=/halo&text=jira"
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": "1760000000",
        "x-slack-signature": sign(SECRET, body, 1_760_000_000),
    }
    return local_http.post(url, content=body, headers=headers, timeout=20).text


@pytest.fixture
def slow_server() -> Iterator[tuple[SlowApp, str]]:
    """An app that answers when it may, and the address of its server."""
    app: Any = SlowApp()
    server = ServerThread(build_http_app(app, SECRET, lambda: 1_760_000_000.0))
    server.start()
    yield app, f"http://127.0.0.1:{server.port}{EVENTS_PATH}"
    app.may.set()
    server.stop()


def test_over_http_the_newest_is_refused(slow_server: tuple[SlowApp, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing has room to wait, what comes while one is answered gets the refusal."""
    monkeypatch.setattr(overload, "LONG_SECONDS", 60.0)
    monkeypatch.setattr(overload, "MAX_WAITING_OVER_HTTP", 0)
    app, url = slow_server
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(command, url)
        assert app.asked.acquire(timeout=20)
        assert overload.BUSY in command(url)
        app.may.set()
        assert first.result(20) == "answered"
    assert command(url) == "answered"


def test_over_http_who_waits_too_long_is_told_so(
    slow_server: tuple[SlowApp, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the others take that are being answered."""
    app, url = slow_server
    with ThreadPoolExecutor(overload.TURNS) as pool:
        answered = [pool.submit(command, url) for _ in range(overload.TURNS)]
        for _ in answered:
            assert app.asked.acquire(timeout=20)
        monkeypatch.setattr(overload, "MAX_WAIT_SECONDS", 0.01)
        assert overload.BUSY in command(url)
        app.may.set()
        assert [one.result(20) for one in answered] == ["answered"] * overload.TURNS


def test_over_socket_mode_the_newest_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The threads know what they have to refuse: what is too many, and what waited too long."""
    monkeypatch.setattr(socket_mode, "MAX_WAITING", 1)
    threads, may, seen = DeliveryThreads(), threading.Event(), list[bool]()
    busy = [threads.submit(may.wait, 20) for _ in range(overload.TURNS)]
    while threads._waiting:
        pass
    waits = threads.submit(lambda: seen.append(threads.is_refusing))
    threads.submit(lambda: seen.append(threads.is_refusing)).result(0)
    assert seen == [True]
    may.set()
    waits.result(20)
    assert seen == [True, False]
    monkeypatch.setattr(socket_mode, "MAX_WAIT_SECONDS", -1.0)
    threads.submit(lambda: seen.append(threads.is_refusing)).result(20)
    assert seen == [True, False, True]
    assert all(one.result(20) for one in busy)
    threads.shutdown()


def test_what_each_kind_is_told() -> None:
    """A command and a window in words; a menu gets no options; what Slack brings again or marks is not acknowledged."""
    said = json.loads(busy_response({"command": "/halo"}).body)
    assert (said["text"], said["response_type"]) == (overload.BUSY, "ephemeral")
    window = {"type": "view_submission", "view": {"state": {"values": {"words": {}, "zone": {}}}}}
    assert json.loads(busy_response(window).body) == {"response_action": "errors", "errors": {"words": overload.BUSY}}
    assert json.loads(busy_response({"type": "block_suggestion"}).body) == {"options": []}
    assert busy_response({"type": "event_callback", "event": {}}).status == 503
    assert busy_response({"type": "block_actions"}).status == 503


def test_the_handler_is_bolt_s() -> None:
    """It takes the threads in place of the SDK's own."""
    app = App(token="xoxb-1", signing_secret=SECRET, token_verification_enabled=False)
    handler = socket_mode.BoundedSocketModeHandler(app, "xapp-1")
    assert isinstance(handler.client.message_workers, DeliveryThreads)
    handler.client.message_workers.shutdown()


async def take_turns(turns: AnswerTurns, names: str, seconds: float, had: list[str]) -> None:
    """Have so many turns at once, each as long as this; `had` gets who began, and in capitals who ended."""

    async def have(name: str) -> None:
        async with turns.turn():
            had.append(name)
            await asyncio.sleep(seconds)
            had.append(name.upper())

    await asyncio.gather(*map(have, names))


def test_short_answers_are_given_one_after_the_other() -> None:
    """None begins before the one before it is out."""
    had = list[str]()
    asyncio.run(take_turns(AnswerTurns(), "abcdef", 0.0, had))
    assert "".join(had) == "aAbBcCdDeEfF"


def test_beside_long_ones_the_next_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to TURNS; the rest begin as these end, whether or not one of them failed, and short ones take turns again."""
    monkeypatch.setattr(overload, "LONG_SECONDS", 0.005)
    had, turns = list[str](), AnswerTurns()

    async def all_of_it() -> None:
        await take_turns(turns, "abcdefg", 0.2, had)
        with pytest.raises(ZeroDivisionError):
            async with turns.turn():
                _ = 1 / 0
        await take_turns(turns, "xyz", 0.0, had)

    asyncio.run(all_of_it())
    assert "".join(had[:4]) == "abcd"
    assert had[4].isupper()
    assert sorted(had[:14]) == sorted("abcdefgABCDEFG")
    assert "".join(had[14:]) == "xXyYzZ"


def test_few_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as there is room for; the next one is refused at once."""
    monkeypatch.setattr(overload, "MAX_WAITING_OVER_HTTP", 2)

    async def crowd(turns: AnswerTurns, had: list[str]) -> None:
        first = asyncio.create_task(take_turns(turns, "abc", 0.01, had))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        with pytest.raises(TooBusyError):
            async with turns.turn():
                had.append("d")
        await first

    had = list[str]()
    asyncio.run(crowd(AnswerTurns(), had))
    assert "".join(had) == "aAbBcC"


def test_who_leaves_takes_no_turn() -> None:
    """A request whose waiting or turn is broken off keeps nobody else from theirs."""

    async def broken_off(turns: AnswerTurns, had: list[str]) -> None:
        one = asyncio.create_task(take_turns(turns, "ab", 60.0, had))
        await asyncio.sleep(0.01)
        one.cancel()
        with pytest.raises(asyncio.CancelledError):
            await one
        await take_turns(turns, "cd", 0.0, had)

    had = list[str]()
    asyncio.run(broken_off(AnswerTurns(), had))
    assert "".join(had) == "acCdD"
