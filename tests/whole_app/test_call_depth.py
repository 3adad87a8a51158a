"""How deep below its handler a request reaches the parser and SQL, in how many transactions. `docs/architecture.md`
shows these chains.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType, SimpleNamespace
from typing import Any, NamedTuple

import pytest

from bot.app import Application
from bot.search.query_parser import parse_query
from bot.settings import PROJECT, Settings
from bot.slack.error_boundary import Services
from bot.slack.handlers import messages, slash_command

MAX_PARSE_DEPTH, MAX_SQL_DEPTH = 4, 9  # calls below the handler; two of the latter are caches


class Trace(NamedTuple):
    """The chains of functions, from the handler's callee on, that reached the parser and the catalogue's SQL."""

    parsing: list[tuple[str, ...]]
    sql: list[tuple[str, ...]]
    transactions: list[str]  # each BEGIN on the catalogue


def chain_below(frame: FrameType, handler: CodeType) -> tuple[str, ...]:
    """The functions of bot/ between the handler and this frame, the outermost first; other code has no part in it."""
    chain: list[str] = []
    current: FrameType | None = frame
    while current is not None and current.f_code is not handler:
        path = Path(current.f_code.co_filename)
        if path.is_relative_to(PROJECT / "bot") and not current.f_code.co_name.startswith("<"):
            chain.append(f"{path.relative_to(PROJECT / 'bot').with_suffix('')}:{current.f_code.co_qualname}")
        current = current.f_back
    return tuple(reversed(chain))


def trace(listener: Callable[[Any, Services], None], args: Any, services: Services) -> Trace:
    """Run a listener and note how it reaches the parser and the catalogue."""
    found, handler = Trace([], [], []), listener.__code__

    def profile(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code is parse_query.__code__:
            found.parsing.append(chain_below(frame, handler))

    def on_statement(sql: str) -> None:
        if sql.startswith("BEGIN"):
            found.transactions.append(sql)
        elif not sql.startswith("ROLLBACK"):
            found.sql.append(chain_below(sys._getframe(1), handler))

    connection = services.search.catalog.db.conn
    connection.set_trace_callback(on_statement)
    sys.setprofile(profile)
    try:
        listener(args, services)
    finally:
        sys.setprofile(None)
        connection.set_trace_callback(None)
    return found


@pytest.fixture
def services(settings: Settings) -> Services:
    """The services of an installation whose catalogue was asked nothing yet but one question about something else."""
    made = Application(settings).services
    made.search.search("quickbooks")
    return made


def make_args(body: dict[str, Any]) -> Any:
    """What Bolt hands to a listener, as far as an answer needs it."""
    said: list[dict[str, Any]] = []

    def say(**message: Any) -> None:
        said.append(message)

    return SimpleNamespace(
        body=body,
        context=SimpleNamespace(team_id="T1", user_id="UALICE", channel_id="C1"),
        ack=say,
        client=SimpleNamespace(chat_postMessage=say, chat_postEphemeral=say),
        said=said,
    )


def mention(text: str, number: int, thread_ts: str) -> Any:
    """A mention in a thread, as Slack sends it."""
    event = {"type": "app_mention", "text": text, "ts": f"{number}.1", "thread_ts": thread_ts}
    return make_args({"event": event, "event_id": f"Ev{number}"})


def test_a_command_reaches_parser_and_sql_by_a_short_way(services: Services) -> None:
    """`/halo jira default status`: parsed once, at most 4 calls below the handler; SQL at most 9 below, in one
    transaction.
    """
    args = make_args({"command": "/halo", "text": "jira default status"})
    traced = trace(slash_command.on_slash_command, args, services)
    assert "1016865" in str(args.said)
    assert len(traced.parsing) == 1
    assert max(map(len, traced.parsing)) <= MAX_PARSE_DEPTH
    assert traced.sql
    assert max(map(len, traced.sql)) <= MAX_SQL_DEPTH
    assert len(traced.transactions) == 1


def test_a_follow_up_takes_one_transaction(services: Services) -> None:
    """A mention and then "and for v2.214?" in its thread: one transaction each, and no text is parsed twice."""
    first = trace(messages.on_mention, mention("<@UHALO> invoice", 1, "1.1"), services)
    follow_up = trace(messages.on_mention, mention("<@UHALO> and for v2.214?", 2, "1.1"), services)
    assert len(first.transactions) == len(follow_up.transactions) == 1
    assert len(first.parsing) == 1
    assert len(follow_up.parsing) == 2  # what was typed, and the question that it becomes
