"""Documents are read in a process of their own: it is ended when it takes too long or too much, and the next one is
read all the same.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from bot.errors import SourceError
from bot.ingest.poller import SourcePoller
from bot.ingest.readers.registry import read_document
from bot.ingest.readers.table.reader import read_table
from bot.ingest.reading_process import ReadingProcess, read_apart, reading_apart
from bot.ingest.schedule import WatchedSource
from tests.ingest.servers import Reply

ROWS = b"number,title,version\n1200001,Invoices show the site,v2.270\n"


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    """A reading process for several tests."""
    with ReadingProcess() as running:
        yield running


@contextmanager
def reading_shortly() -> Iterator[None]:
    """Two seconds for a document."""
    with ReadingProcess(document_seconds=2.0) as running, running.in_this_thread():
        yield


def hang() -> None:
    """What a reader does that never ends; nothing but a signal ends it."""
    while True:
        pass


def fill() -> int:
    """What a reader does that fills the memory."""
    kept = [bytearray(10_000_000) for _ in range(200)]
    return len(kept)


def die() -> None:
    """What a parser in C does that is attacked."""
    os.kill(os.getpid(), signal.SIGSEGV)


def refuse() -> None:
    """What a reader does that cannot read a document."""
    raise SourceError("no header in this table")


def fail() -> None:
    """A fault of ours."""
    raise ZeroDivisionError


def test_the_same_document(process: ReadingProcess) -> None:
    """What is read over there is what would be read here; outside of the block it is read here."""
    expected = read_document(ROWS, "rows.csv", "rows.csv")
    with process.in_this_thread():
        assert read_apart(read_document, ROWS, "rows.csv", "rows.csv") == expected
        assert read_apart(os.getpid) != os.getpid()
    assert read_apart(os.getpid) == os.getpid()


def test_refusals_and_faults(process: ReadingProcess) -> None:
    """A refusal keeps its words; a fault of ours is named without its text; the process goes on."""
    with process.in_this_thread():
        before = read_apart(os.getpid)
        with pytest.raises(SourceError, match="no header in this table"):
            read_apart(refuse)
        with pytest.raises(SourceError, match=r"a fault of ours \(ZeroDivisionError\)"):
            read_apart(fail)
        assert read_apart(os.getpid) == before


def test_what_hangs_is_ended() -> None:
    """A reader that never ends is ended at its limit, though it holds the interpreter, and the next one is read."""
    with ReadingProcess(document_seconds=3.0) as process, process.in_this_thread():
        first = read_apart(os.getpid)
        with pytest.raises(SourceError, match="longer than 3 seconds"):
            read_apart(hang)
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)
        assert read_apart(os.getpid) != first


def test_all_of_a_source_has_a_limit() -> None:
    """What is left for the whole source is no more for one of its documents."""
    with (
        ReadingProcess(seconds=0.0) as process,
        process.in_this_thread(),
        pytest.raises(SourceError, match="so it was"),
    ):
        read_apart(hang)


def test_what_fills_the_memory_is_refused(process: ReadingProcess) -> None:
    """It ends over there in a sentence that names the limit."""
    with process.in_this_thread():
        with pytest.raises(SourceError, match="more than 300 MB"):
            read_apart(fill)
        assert read_apart(read_document, ROWS, "rows.csv", "rows.csv").records


def test_a_process_that_dies_is_told(process: ReadingProcess) -> None:
    """A crash of the parser is a refusal, and the next document is read by another process."""
    with process.in_this_thread():
        with pytest.raises(SourceError, match="the process that read it ended"):
            read_apart(die)
        assert read_apart(read_document, ROWS, "rows.csv", "rows.csv").records


def test_nothing_is_left_running() -> None:
    """With the block its process ends, also where it hangs; threads have processes of their own."""
    seen: dict[str, int] = {}

    def read(name: str) -> None:
        with reading_apart():
            seen[name] = read_apart(os.getpid)

    threads = [threading.Thread(target=read, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen.values())) == 2
    for pid in seen.values():
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_one_poisoned_source_stops_no_other(site, empty, states, fetcher, now, monkeypatch) -> None:
    """Of two watched sources one hangs its reader: it is failing, in a sentence, and the other is imported."""
    site.pages["/good.csv"] = Reply(200, ROWS, {"Content-Type": "text/csv"})
    told: list[str] = []
    poisoned = f"{site.url}/poisoned.csv"
    site.pages["/poisoned.csv"] = Reply(200, b"number,title\n1200002,Poison\n", {"Content-Type": "text/csv"})
    call = ReadingProcess.call

    def poison(self, function, args, kwargs):
        return call(self, hang, (), {}) if poisoned in args else call(self, function, args, kwargs)

    monkeypatch.setattr(ReadingProcess, "call", poison)
    poller = SourcePoller(
        empty,
        states,
        (WatchedSource(poisoned, timedelta(hours=1)), WatchedSource(f"{site.url}/good.csv", timedelta(hours=1))),
        fetcher,
        notify_operator=told.append,
        reading=reading_shortly,
    )
    results = dict(poller.poll_due(now))
    assert "longer than 2 seconds" in str(results[poisoned])
    assert results[f"{site.url}/good.csv"].new == ("1200001",)
    assert len(told) == 1


def test_a_page_that_the_parser_has_no_memory_for() -> None:
    """The parser's own error says nothing; what is said names the page's size and what to do, and no fault of ours."""
    page = b"<html><body><table><tr>" + b"<td>a" * 400_000
    with ReadingProcess(megabytes=60) as process, process.in_this_thread():
        with pytest.raises(SourceError, match=r"a page of 2\.0 MB takes more memory|needs more than 60 MB"):
            read_apart(read_document, page, "x.html", "x.html")
        assert read_apart(read_document, ROWS, "rows.csv", "rows.csv").records


def test_millions_of_short_lines_take_no_memory(process: ReadingProcess) -> None:
    """They are counted before anything is made of them: the sentence is that of too many lines, not of the memory."""
    with pytest.raises(SourceError, match="more than 60,000 lines"):
        process.call(read_table, (b"1\n" * 5_000_000, "x.jsonl", "jsonl"), {})
