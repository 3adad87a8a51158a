"""How this process logs: to standard error, each event on a line of its own, human or JSON.

Lines of ours and of libraries come out alike, each with the reference of what was being worked on. How they look is in
`bot/log_lines.py`, what they may hold in `bot/redaction.py`.
"""

import logging
import sys
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from bot.log_lines import LineFormatter

HUMAN, JSON = "human", "json"
OURS = "bot"
# At INFO they tell of each statement or request. At DEBUG all libraries show what they send and receive.
QUIET = ("sqlalchemy", "alembic", "httpx", "httpx2", "httpcore", "httpcore2", "mcp", "apscheduler")


def start(level: str, format_name: str = HUMAN, secrets: Callable[[], Iterable[str]] = tuple) -> None:
    """Log to standard error from now on, so that standard output has only answers. `level` is that of our own lines;
    libraries never log below INFO. What `secrets` returns is written nowhere. Nothing happens where logging was set up
    before.
    """
    root = logging.getLogger()
    if root.handlers:
        return
    handler = LogHandler(sys.stderr)
    handler.setFormatter(LazyFormatter(format_name, secrets))
    root.addHandler(handler)
    root.setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))
    logging.getLogger(OURS).setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(True)
    sys.excepthook = _log_end
    threading.excepthook = _log_thread_end
    sys.unraisablehook = _log_unraisable


def prepare() -> None:
    """Load what writes lines: a process that runs for long does so before anything is wrong."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, LazyFormatter):
            handler.formatter.load()


def chosen_format() -> str:
    """How lines are written in this process; another one that belongs to it starts its own in the same way."""
    formatters = [handler.formatter for handler in logging.getLogger().handlers]
    return next((one.format_name for one in formatters if isinstance(one, LazyFormatter)), HUMAN)


class LogHandler(logging.StreamHandler[TextIO]):
    """Writes what may be written, and never shows a line that it cannot write."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; a library's only from INFO on, even where it sets its own level."""
        package = record.name.split(".")[0]
        if package == OURS or record.levelno >= (logging.WARNING if package in QUIET else logging.INFO):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: what logging would print here has the whole line in it, and nobody reads standard error any more."""


class LazyFormatter(logging.Formatter):
    """Loads what writes lines with the first one."""

    def __init__(self, format_name: str, secrets: Callable[[], Iterable[str]]) -> None:
        super().__init__()
        self.format_name, self._secrets = format_name, secrets
        self._lines: LineFormatter | None = None

    def load(self) -> "LineFormatter":
        """What writes lines."""
        if self._lines is None:
            from bot.log_lines import LineFormatter
            from bot.redaction import Redactor

            self._lines = LineFormatter(self.format_name == JSON, Redactor(self._secrets()))
        return self._lines

    def format(self, record: logging.LogRecord) -> str:
        """The line; where that is not possible, one that says so."""
        try:
            return self.load().format(record)
        except Exception as error:  # arguments that do not fit the text, for example
            message, args = (
                "a line of %s:%s cannot be written: %s",
                (record.module, record.lineno, type(error).__name__),
            )
        try:
            return self.load().format(logging.LogRecord(OURS, logging.ERROR, "", 0, message, args, None))
        except Exception:  # not even that: there is no memory, or structlog is not there
            return message % args


def _log_end(kind: type[BaseException], error: BaseException, frames: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, frames)
    else:
        logging.getLogger(__name__).critical("the process ends by an error", exc_info=(kind, error, frames))


def _log_thread_end(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        name = args.thread.name if args.thread else "?"
        found = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger(__name__).error("the thread %s ended by an error", name, exc_info=found)


def _log_unraisable(args: "sys.UnraisableHookArgs") -> None:
    if args.exc_value is not None:
        found = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger(__name__).error("an error that nobody could take", exc_info=found)
