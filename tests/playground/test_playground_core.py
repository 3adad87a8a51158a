"""The core without network: clock, transcript, waiting, reset; and that the playground knows nothing of the app."""

import ast
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.playground import Playground, payloads
from bot.playground.clock import Clock
from bot.playground.errors import InvalidAction

PACKAGE = Path(__file__).parents[2] / "bot" / "playground"
MANY = 20_000  # channels and people that come, before all of these go again: among ever more, looking takes minutes


def test_the_clock() -> None:
    """It runs, can be set, moved and stopped; ts only ever grows, even when the clock is set back."""
    clock = Clock(threading.RLock())
    assert abs(clock.now() - time.time()) < 1
    assert clock.set(datetime(2027, 1, 1, tzinfo=UTC), running=False) == 1_798_761_600
    first, second = clock.next_ts(), clock.next_ts()
    assert (first, second) == ("1798761600.000000", "1798761600.000001")
    assert clock.advance(90) == 1_798_761_690
    clock.set(1_000_000_000)
    assert clock.next_ts() > second
    assert clock.advance(10) >= 1_000_000_010
    with pytest.raises(ValueError, match="time zone"):
        clock.set(datetime(2027, 1, 1))
    clock.reset()
    assert abs(clock.now() - time.time()) < 1


def test_ts_is_unique_between_threads(slack: Playground) -> None:
    """Many threads posting at once get as many different ts, and the transcript has each once, in their order."""
    threads = [threading.Thread(target=lambda: [slack.say("Hi") for _ in range(25)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stamps = [entry.ts for entry in slack.transcript]
    assert len(set(stamps)) == 200
    assert [message["ts"] for message in slack.messages("C1")] == stamps == sorted(stamps, key=str)


def test_channels_are_added_while_others_press_buttons(slack: Playground) -> None:
    """Whoever looks for a button, or names a channel in a command, is not disturbed by channels and people that come
    meanwhile.
    """
    over = threading.Event()

    def add() -> None:
        channels, people = dict(slack.state.channels), dict(slack.state.users)
        while not over.is_set():
            for number in range(MANY):
                slack.add_channel(f"CNEW{number}", f"new-{number}")
                slack.add_user(f"UNEW{number}", f"new-{number}")
            with slack.state.lock:
                slack.state.channels, slack.state.users = dict(channels), dict(people)

    adding = threading.Thread(target=add)
    adding.start()
    try:
        for _ in range(200):
            with pytest.raises(InvalidAction):
                slack.click("nothing", user="UALICE")
            assert payloads.in_command(slack.state, "#general @bob") == "<#C1|general> <@UBOB|bob>"
            assert slack.state.channel_named("general")
    finally:
        over.set()
        adding.join()


def test_waiting(slack: Playground) -> None:
    """wait_for finds an entry that is there already, wakes for a new one, and else shows what the transcript had."""
    said = slack.say("One")
    assert slack.wait_for(lambda entry: entry.ts == said.ts, 0.1).text == "One"
    timer = threading.Timer(0.05, slack.say, ["Two"])
    timer.start()
    assert slack.wait_for(lambda entry: entry.text == "Two", 2).text == "Two"
    with pytest.raises(TimeoutError, match="Two"):
        slack.wait_for(lambda entry: entry.text == "Three", 0.05)
    timer.join()


def test_the_default_workspace(slack: Playground) -> None:
    """Alice and Bob, the bot in two public channels, a private one without it; reset brings it back."""
    slack.add_user("UCARA", "cara")
    slack.add_channel("C3", "third", members=["UCARA", "UHALO"])
    assert slack.say("Hi", user="UCARA", channel="C3").ts
    slack.kick_bot("C1")
    slack.set_scopes([])
    slack.rename("C2", "other")
    slack.reset()
    workspace = slack.workspace()
    assert [user["id"] for user in workspace["users"]] == ["UALICE", "UBOB", "UHALO", "USLACKBOT"]
    assert [(one["id"], one["kind"], "UHALO" in one["members"]) for one in workspace["channels"]] == [
        ("C1", "public", True), ("C2", "public", True), ("G1", "private", False),
    ]  # fmt: skip
    assert "chat:write" in workspace["scopes"]
    assert slack.transcript == []


def test_clearing_the_transcript_keeps_the_messages(slack: Playground, client: WebClient) -> None:
    """clear_transcript forgets entries and calls, not what stands in the channels."""
    client.chat_postMessage(channel="C1", text="Hi")
    slack.clear_transcript()
    assert (slack.transcript, slack.calls(), len(slack.messages("C1"))) == ([], [], 1)


def test_it_stops_with_a_call_hanging() -> None:
    """A test can have a playground of its own, which does not wait for a call that hangs."""
    started = time.monotonic()
    with Playground() as slack:
        slack.fail_next("*", "hang", seconds=30)
        client = WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])

        def call() -> None:
            with pytest.raises(OSError):  # noqa: PT011 - whichever way a closed connection shows
                client.auth_test()

        hanging = threading.Thread(target=call)
        hanging.start()
        time.sleep(0.1)
    hanging.join(10)
    assert not hanging.is_alive()
    assert time.monotonic() - started < 15  # the call hangs for thirty seconds


def test_it_knows_nothing_of_the_app() -> None:
    """Nothing in the package imports anything of the project outside it, and no module is over 300 lines."""
    for path in PACKAGE.glob("*.py"):
        source = path.read_text()
        assert source.count("\n") <= 300, path
        for node in ast.walk(ast.parse(source)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert not name.startswith("bot") or name.startswith("bot.playground"), f"{path} imports {name}"
