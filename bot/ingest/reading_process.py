"""Reads documents in a process of their own, with limits of memory and time, which can be ended: whatever a document
does to its reader, the bot goes on answering.

    with reading_apart(seconds=300):
        read_apart(read_document, data, "changes.csv")      # as read_document(data, "changes.csv"), but over there

Outside of such a block `read_apart` calls the function itself, as `halobot import` does, which is such a process.
"""

import contextlib
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, Pipe
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from bot import logs
from bot.errors import SourceError
from bot.references import current_reference, with_reference

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("bot.ingest.reading_process")  # over there it is __main__
MAX_MEGABYTES = 300
MAX_DOCUMENT_SECONDS = 120.0  # of the clock, however busy the machine is
START_SECONDS = 30.0
MAX_PROCESSOR_SECONDS = 40  # so that the process ends by itself when nobody is left to end it
_current = threading.local()


def read_apart(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a reader makes of a document, in this thread's reading process where it has one. Raises SourceError as the
    reader does, and where the process needs too much time or memory.
    """
    process: ReadingProcess | None = getattr(_current, "process", None)
    return function(*args, **kwargs) if process is None else process.call(function, args, kwargs)


class ReadingProcess:
    """A process that reads documents, one after the other. It is started when the first is to be read, and anew when
    one had to be ended.
    """

    def __init__(
        self,
        seconds: float = float("inf"),
        document_seconds: float = MAX_DOCUMENT_SECONDS,
        megabytes: int = MAX_MEGABYTES,
    ) -> None:
        """`seconds` are left for all documents together."""
        self._end = time.monotonic() + seconds
        self._document_seconds, self._megabytes = document_seconds, megabytes
        self._child: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def in_this_thread(self) -> Iterator[None]:
        """What `read_apart` is asked for by this thread inside of it is read here."""
        _current.process = self
        try:
            yield
        finally:
            _current.process = None

    def call(self, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        """What the function returns over there. Raises SourceError as it does, and when it has to be ended."""
        seconds = min(self._document_seconds, self._end - time.monotonic())
        try:
            connection = self._connection or self._start()
            connection.send((function, args, kwargs, current_reference()))
            if not connection.poll(max(0.0, seconds)):
                self.close()
                raise SourceError(
                    f"reading it takes longer than {self._document_seconds:.0f} seconds, so it was left. "
                    "Save only the table of changes, and import that."
                )
            is_well, result = connection.recv()
        except (EOFError, OSError) as error:
            self.close()
            raise SourceError(
                f"the process that read it ended: it may need more than {self._megabytes} MB. Split it, and import its "
                "parts."
            ) from error
        if is_well:
            value: T = result
            return value
        raise result

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._connection is not None:
            self._connection.close()
        if self._child is not None:
            self._child.kill()
            self._child.wait()
        self._child = self._connection = None

    def _start(self) -> Connection:
        mine, others = Pipe()
        command = [sys.executable, "-m", __name__, str(others.fileno()), str(self._megabytes), logs.chosen_format()]
        try:
            self._child = subprocess.Popen(command, pass_fds=(others.fileno(),), stdin=subprocess.DEVNULL)
        except OSError as error:
            mine.close()
            raise SourceError(f"no process to read it in could be started ({error.strerror or error}).") from error
        finally:
            others.close()
        self._connection = mine
        if not mine.poll(START_SECONDS):
            self.close()
            raise SourceError(
                f"the process to read it in did not start in {START_SECONDS:.0f} seconds; try again later."
            )
        mine.recv()
        return mine


@contextlib.contextmanager
def reading_apart(seconds: float = float("inf")) -> Iterator[None]:
    """What this thread reads inside of it is read in a process of its own, in so many seconds at most."""
    with ReadingProcess(seconds) as process, process.in_this_thread():
        yield


# -- over there -------------------------------------------------------------------------------------------------------


def serve(connection: Connection, megabytes: int) -> None:
    """Read what is asked for until the other side is gone."""
    from bot.ingest.readers import registry  # noqa: F401  # loading the readers is no document's time

    _limit_memory(megabytes)
    connection.send("ready")
    while True:
        try:
            function, args, kwargs, reference = connection.recv()
        except EOFError:
            return
        _limit_processor_time()
        with with_reference(reference):
            answer = _answer(function, args, kwargs, megabytes)
        connection.send(answer)


def _answer(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], megabytes: int
) -> tuple[bool, Any]:
    """Whether it went well, and what it returned or raised."""
    try:
        return True, function(*args, **kwargs)
    except SourceError as error:
        return False, SourceError(str(error))
    except MemoryError:
        reason = f"reading it needs more than {megabytes} MB. Split it, and import its parts."
        return False, SourceError(reason)
    except Exception as error:  # a fault of ours: the log has it, and this document alone is lost
        log.exception("reading failed")
        return False, SourceError(f"a fault of ours ({type(error).__name__}); the log has more.")


def _limit_memory(megabytes: int) -> None:
    """Let this process have no more memory, where the system can limit it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000,) * 2)


def _limit_processor_time() -> None:
    """Let this process end itself if the next document takes far too long."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + MAX_PROCESSOR_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    logs.start("WARNING", sys.argv[3])
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        serve(Connection(int(sys.argv[1])), int(sys.argv[2]))
