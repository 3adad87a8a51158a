"""Every way in to one running app: what is said there, and what a person reads as its answer.

The tests `test_…_everywhere.py` are tables: a row is something said, and what must and must not be in the answer. Each
row is asked by every way in, as the first thing said in a conversation.
"""

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext, redirect_stdout
from functools import partial
from itertools import count
from typing import Any, NamedTuple
from unittest.mock import patch

from click.testing import CliRunner

from bot.app import Application
from bot.cli import questions
from bot.playground.model import Channel, TranscriptEntry, User
from tests.whole_app.acting import SlackStandIn

IN_SLACK = ("command", "mention", "thread", "direct message", "direct message's thread")
WITH_TEXT = (*IN_SLACK, "ask", "chat")
WAYS = (*WITH_TEXT, "jsonl")
CONVERSATIONS = tuple(way for way in WAYS if way != "ask")
_MARKUP = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


class Row(NamedTuple):
    """What is said, and what holds for its answer, wherever it is said."""

    said: str
    says: str | tuple[str, ...] = ()  # in the answer's text
    never: str | tuple[str, ...] = ()  # not in it
    first: str = ""  # the number of the change that comes first
    count: int | None = None  # how many entries the whole answer has; 0: it shows none


class Shown(NamedTuple):
    """An answer: its text on one line, or the entries that `--jsonl` gives."""

    text: str
    ids: tuple[str, ...] | None = None


class WaysIn:
    """An app, and a fresh conversation in it for everything that is said."""

    def __init__(self, slack: SlackStandIn, application: Application) -> None:
        self.slack = slack
        self.application = application
        self._numbers = count(1)

    def answers(self, way: str, said: Sequence[str]) -> list[Shown]:
        """What answers each of these, said one after the other in one new conversation."""
        if way == "ask":
            return [self._asked(words) for words in said]
        if way == "chat":
            return [Shown(_on_one_line(text)) for text in self._typed(self._chat, said)]
        if way == "jsonl":
            lines = [json.dumps({"q": words, "thread": "one"}) for words in said]
            return [Shown("", tuple(json.loads(line)["ids"])) for line in self._typed(self._jsonl, lines)]
        return [Shown(readable(entry)) for entry in self.shown(way, said)]

    def shown(self, way: str, said: Sequence[str], is_markup: bool = False) -> Iterator[TranscriptEntry]:
        """The same in Slack, as it became visible; nothing else may become visible. `is_markup`: it is as Slack
        delivers it, not as it is typed.
        """
        say = self.speaker(way)
        with patch("bot.playground.payloads.typed", str) if is_markup else nullcontext():
            for words in said:
                yield self.slack.only_shown_after(partial(say, words))

    def speaker(self, way: str, user: str = "") -> Callable[[str], Any]:
        """Says something in Slack, in one new conversation."""
        user, channel = user or self.new_person(), self._channel()
        if way == "command":
            return lambda words: self.slack.command("/halo", words, user=user, channel=channel)
        if way in ("mention", "thread"):
            begun = [self.slack.say("Look at this.", user=user, channel=channel).ts] if way == "thread" else []

            def mention(words: str) -> None:
                written = self.slack.mention(words, user=user, channel=channel, thread_ts=begun[0] if begun else None)
                begun.append(written.ts)

            return mention
        if way == "direct message":
            return lambda words: self.slack.dm(words, user=user)
        parent = self.slack.only_shown_after(lambda: self.slack.dm("hello", user=user))
        return lambda words: self.slack.dm(words, user=user, thread_ts=parent.ts)

    def wrong(self, way: str, rows: Iterable[Row]) -> list[str]:
        """What does not hold, a line for each row; empty when all is right."""
        return [fault for row in rows for fault in faults(row, self.answers(way, [row.said])[0])]

    def faults_of(self, way: str, conversation: Sequence[Row]) -> list[str]:
        """What does not hold where the rows are said one after the other in one conversation."""
        answers = self.answers(way, [row.said for row in conversation])
        return [fault for row, shown in zip(conversation, answers, strict=True) for fault in faults(row, shown)]

    def new_person(self) -> str:
        """Somebody who has said nothing yet."""
        user = User(f"UPERSON{next(self._numbers)}", "carol", "Carol")
        self.slack.state.users[user.id] = user
        return user.id

    def _channel(self) -> str:
        channel = Channel(f"C{next(self._numbers):04}", "somewhere")
        channel.members = {*self.slack.state.users, self.slack.state.app.user_id}
        self.slack.state.channels[channel.id] = channel
        return channel.id

    def _asked(self, words: str) -> Shown:
        ran = CliRunner().invoke(questions.ask, ["--", words], obj=self.application)
        assert ran.exit_code == 0, ran.output
        return Shown(_on_one_line(ran.stdout))

    def _chat(self) -> None:
        questions.answer_lines(self.application, questions.piped_lines())

    def _jsonl(self) -> None:
        questions.answer_json_lines(self.application.search)

    def _typed(self, run: Callable[[], None], lines: Sequence[str]) -> list[str]:
        """What is printed for each line of standard input."""
        typed = _TypedLines(lines)
        with redirect_stdout(typed.printed), patch("sys.stdin", typed):
            run()
        return typed.answers()


class _TypedLines:
    """A standard input that knows what was printed after each of its lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines, self.printed, self._marks = lines, io.StringIO(), list[int]()

    def isatty(self) -> bool:
        return False

    def reconfigure(self, **_: Any) -> None:
        pass

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self._marks.append(self.printed.tell())
            yield f"{line}\n"

    def answers(self) -> list[str]:
        everything, ends = self.printed.getvalue(), [*self._marks[1:], self.printed.tell()]
        return [everything[start:end] for start, end in zip(self._marks, ends, strict=True)]


def faults(row: Row, shown: Shown) -> list[str]:
    """What does not hold for an answer."""
    if shown.ids is not None:
        wrong = [f"ids {shown.ids[:3]}"] if row.first and shown.ids[:1] != (row.first,) else []
        return [
            f"{row.said}: {fault}"
            for fault in [*wrong, *([f"{len(shown.ids)} ids"] if row.count not in (None, len(shown.ids)) else [])]
        ]
    numbers = re.findall(r"#(\d{6,})", shown.text)
    wrong = [f"lacks “{part}”" for part in _parts(row.says) if part not in shown.text]
    wrong += [f"has “{part}”" for part in _parts(row.never) if part in shown.text]
    wrong += [f"#{row.first} is not first"] if row.first and numbers[:1] != [row.first] else []
    wrong += ["shows a change"] if row.count == 0 and numbers else []
    return [f"{row.said}: {fault} in “{shown.text[:160]}”" for fault in wrong]


def readable(entry: TranscriptEntry) -> str:
    """The text of a message or modal as a person reads it, on one line, without its buttons."""
    blocks = entry.view["blocks"] if entry.view else entry.blocks
    texts = [text for block in blocks for text in _texts(block)] if blocks else [entry.text]
    plain = _MARKUP.sub(lambda mark: mark[3] or f"{mark[1]}{mark[2]}", " ".join(texts))
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("*", "")):
        plain = plain.replace(entity, character)
    return _on_one_line(plain)


def _texts(block: dict[str, Any]) -> list[str]:
    if block.get("text"):
        return [block["text"]["text"]]
    return [element["text"] for element in block.get("elements", ()) if element["type"] in ("mrkdwn", "plain_text")]


def _parts(expected: str | tuple[str, ...]) -> tuple[str, ...]:
    return (expected,) if isinstance(expected, str) else expected


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
