"""What a line of the log looks like: human or JSON, made by structlog from the standard library's records.

Loading structlog takes longer than an answer, so `bot/logs.py` loads this module with the first line.
"""

import logging
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from structlog.dev import Column, ConsoleRenderer, KeyValueColumnFormatter, plain_traceback
from structlog.processors import JSONRenderer
from structlog.stdlib import ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict

from bot.redaction import Redactor, describe_error, escape_control, shorten_foreign
from bot.references import current_reference

OURS = "bot"
SLACK = ("slack_bolt", "slack_sdk", "halobot:")  # the last: what Bolt calls loggers of ours
MAX_FRAMES = 24  # of a traceback: the first third and the last two
MAX_TRACEBACK = 2_800  # characters, so that lines of several processes in one pipe stay whole
MAX_CAUSES = 6  # errors that led to each other
_KEYS = ("time", "level", "logger", "event", "reference", "exception")


def is_ours(name: str) -> bool:
    """Whether a logger is one of Halobot's modules'."""
    return name == OURS or name.startswith(f"{OURS}.")


class LineFormatter:
    """A record as a line, or in the human form as some: those of a traceback are indented, so that each event begins
    at the beginning of a line.
    """

    def __init__(self, is_json: bool, redactor: Redactor) -> None:
        self._is_json, self._redactor = is_json, redactor
        self._structlog = ProcessorFormatter(
            foreign_pre_chain=[self._add_event, add_log_level, add_logger_name, _add_time_and_reference],
            processors=[
                self._add_exception,
                ProcessorFormatter.remove_processors_meta,
                _in_order,
                JSONRenderer(ensure_ascii=False) if is_json else _human_renderer(),
            ],
            pass_foreign_args=True,
            use_get_message=False,
        )

    def format(self, record: logging.LogRecord) -> str:
        """The line. Raises whatever a message raises whose arguments do not fit it."""
        return self._structlog.format(record)

    def _add_event(self, _: Any, __: str, event: EventDict) -> EventDict:
        """The message, with what it may hold of its arguments."""
        record, args = event["_record"], event.pop("positional_args", ())
        message = describe_error(record.msg) if isinstance(record.msg, BaseException) else str(record.msg)
        if isinstance(args, dict):
            message %= {name: _argument(value) for name, value in args.items()}
        elif args:
            message %= tuple(map(_argument, args))
        error = record.exc_info[1] if event.get("exc_info") and record.exc_info else None
        if not is_ours(record.name):
            message = shorten_foreign(message, error, record.name.startswith(SLACK))
        event["event"] = self._redactor.redact(message)
        return event

    def _add_exception(self, _: Any, __: str, event: EventDict) -> EventDict:
        """The traceback: what happened where, with no values of variables."""
        event.pop("stack_info", None)
        exc_info = event.pop("exc_info", None)
        if exc_info and exc_info[1] is not None:
            indent = "" if self._is_json else "    "
            event["exception"] = "\n".join(indent + line for line in _bounded(list(self._traceback(exc_info[1]))))
        return event

    def _traceback(self, error: BaseException) -> Iterable[str]:
        """The lines of a traceback, the cause first."""
        chain: list[BaseException] = []
        cause: BaseException | None = error
        while cause is not None and cause not in chain and len(chain) < MAX_CAUSES:
            chain.append(cause)
            cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
        for number, one in enumerate(reversed(chain)):
            if number:
                yield "which led to:"
            yield from _frame_lines(one.__traceback__)
            name, text = type(one).__name__, describe_error(one)
            yield self._redactor.redact(text if text.startswith(name) else f"{name}: {text}")
            if isinstance(one, BaseExceptionGroup):
                for inner in one.exceptions[:MAX_CAUSES]:
                    yield "together with:"
                    yield from _frame_lines(inner.__traceback__)
                    yield self._redactor.redact(describe_error(inner))


def _argument(value: Any) -> Any:
    return describe_error(value) if isinstance(value, BaseException) else value


def _frame_lines(frames: TracebackType | None) -> Iterable[str]:
    """Where in the code it happened; of many calls the outermost and the innermost."""
    stack = traceback.extract_tb(frames)
    first = MAX_FRAMES // 3
    for number, frame in enumerate(stack):
        if number == first and len(stack) > MAX_FRAMES:
            yield f"  … {len(stack) - MAX_FRAMES} calls more"
        if len(stack) <= MAX_FRAMES or number < first or number >= len(stack) - (MAX_FRAMES - first):
            yield escape_control(f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}')
            if frame.line:
                yield f"    {escape_control(frame.line)}"


def _bounded(lines: list[str]) -> list[str]:
    """The lines, without some in the middle where they are too many: the last ones say what happened."""
    first, last = lines[:2], list[str]()
    left = MAX_TRACEBACK - sum(len(line) + 6 for line in first)
    for line in reversed(lines[2:]):
        left -= len(line) + 6
        if left < 0:
            return [*first, "  …", *reversed(last)]
        last.append(line)
    return lines


def _add_time_and_reference(_: Any, __: str, event: EventDict) -> EventDict:
    moment = datetime.fromtimestamp(event["_record"].created, UTC)
    event["time"] = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
    if reference := current_reference():
        event["reference"] = reference
    return event


def _in_order(_: Any, __: str, event: EventDict) -> EventDict:
    """What a line holds, and nothing else."""
    return {name: escape_control(event[name]) if name == "logger" else event[name] for name in _KEYS if name in event}


def _human_renderer() -> ConsoleRenderer:
    def column(postfix: str = "") -> KeyValueColumnFormatter:
        return KeyValueColumnFormatter(None, "", "", str, postfix=postfix)

    return ConsoleRenderer(
        exception_formatter=plain_traceback,
        sort_keys=False,
        columns=[
            Column("time", column()),
            Column("level", column()),
            Column("logger", column(":")),
            Column("event", column()),
            Column("", KeyValueColumnFormatter("", "", "", str)),
        ],
    )
