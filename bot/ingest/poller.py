"""Reads the watched sources that are due, several at a time, and imports what is new. A source that fails or hangs
never stops the others.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.background import RepeatedJob
from bot.catalog.models import Entry
from bot.catalog.repository import Catalog
from bot.errors import HalobotError
from bot.ingest.fetch import Fetcher
from bot.ingest.models import ReadProblem
from bot.ingest.readers.halo_api.client import HaloApi
from bot.ingest.reading_process import reading_apart
from bot.ingest.report import ImportReport
from bot.ingest.schedule import (
    HALO_API,
    SourceStatus,
    WatchedSource,
    failing_for,
    format_interval,
    is_due,
    is_quiet,
    next_due,
    should_notify,
    source_label,
)
from bot.ingest.service import import_documents
from bot.ingest.side_by_side import run_side_by_side
from bot.ingest.source_reader import SourceContent, SourceReader, without_validators
from bot.references import with_reference
from bot.storage.models import SourceState
from bot.storage.source_states import SourceStates

log = logging.getLogger(__name__)
PollResult = ImportReport | str  # the report, or why the source could not be read
MAX_SILENT_PERIOD = timedelta(days=1)  # a part that can never be read must not keep a source silent for good
POLL_SECONDS = 60
SOURCES_AT_ONCE = 4
MAX_TURN_SECONDS = 1200.0  # for which no other process reads a source whose process was killed
ELSEWHERE = "another process reads it just now; `halobot sources` says what came of it"
MAX_SOURCE_SECONDS = 300.0  # for all that is fetched of one source in one go; the rest is read the next time


@dataclass
class SourcePoller:
    """Polls watched sources.

    `on_imported` is called after each import that changed the catalogue, with its report. `before_silent_import` gets
    the entries of a first reading, which is not announced, before they are written: whoever looks for new entries may
    see them a moment later. `notify_operator` gets a sentence about a source that fails, once a day at most. Each
    source is read inside of `reading()`, and of `turn(name, seconds)`, which says whether no other process reads it.
    """

    catalog: Catalog
    states: SourceStates
    sources: tuple[WatchedSource, ...]
    fetcher: Fetcher = field(default_factory=Fetcher)
    open_halo_api: Callable[[], HaloApi] | None = None
    on_imported: Callable[[ImportReport, datetime], None] | None = None
    before_silent_import: Callable[[Sequence[Entry], datetime], None] | None = None
    notify_operator: Callable[[str], None] = log.warning
    reading: Callable[[], AbstractContextManager[object]] = nullcontext
    turn: Callable[[str, float], AbstractContextManager[bool]] = lambda name, seconds: nullcontext(True)
    _importing: threading.Lock = field(default_factory=threading.Lock)

    def poll_due(self, now: datetime) -> list[tuple[str, PollResult]]:
        """Read the sources that are due, and return their results by name. Never raises for a source. One that another
        process reads, or has just read, is left out.
        """
        due = [source for source in self.sources if self._is_due(source, now)]
        return [(name, result) for name, result in self._poll_each(due, now, only_due=True) if result != ELSEWHERE]

    def poll_all(self, now: datetime, announce_first: bool = False) -> Iterator[tuple[str, PollResult]]:
        """Read every source, due or not. With `announce_first`, first readings are announced too."""
        yield from self._poll_each(self.sources, now, announce_first)

    def _poll_each(
        self, sources: Sequence[WatchedSource], now: datetime, announce_first: bool = False, only_due: bool = False
    ) -> Iterator[tuple[str, PollResult]]:
        def poll(source: WatchedSource) -> PollResult:
            with with_reference(), self.turn(f"source {source.name}", MAX_TURN_SECONDS) as is_mine:
                if not is_mine or (only_due and not self._is_due(source, now)):
                    return ELSEWHERE
                return self._poll(source, now, announce_first or source.announce_first)

        for source, result in run_side_by_side(poll, sources, SOURCES_AT_ONCE):
            yield source.name, result

    def _is_due(self, source: WatchedSource, now: datetime) -> bool:
        return is_due(source, self.states.get(source.name), now)

    def _poll(self, source: WatchedSource, now: datetime, announce_first: bool) -> PollResult:
        old = self.states.get(source.name) or SourceState(source.name)
        silent = not announce_first and _is_first_reading(old, now)
        try:
            catalog_id = self.catalog.catalog_id
            # What was read into another catalogue, which was deleted, has to be read again.
            known = old if old.catalog_id == catalog_id else without_validators(old)
            reader = SourceReader(self.states, catalog_id, self.fetcher, self.open_halo_api)
            with self.fetcher.within(MAX_SOURCE_SECONDS), self.reading():
                content = reader.read(source, known, now)
            before_write = partial(self._before_silent_write, now) if silent else None
            with self._importing:
                report = import_documents(self.catalog, content.documents, now, before_write=before_write)
        except HalobotError as error:
            return self._record_failure(old, str(error), now)
        except Exception as error:  # a fault of ours in one source must not stop the others
            log.exception("Reading %s failed", source_label(source.name))
            return self._record_failure(old, f"a fault of ours ({type(error).__name__}); the log has more", now)
        problems = [problem for document in content.documents for problem in document.problems]
        failures = [failure for document in content.documents for failure in document.failures]
        read_nothing = not any(document.records for document in content.documents)
        if read_nothing and (failures or (problems and source.name == HALO_API)):
            return self._record_failure(old, _join_problems(problems), now)
        report.silent = silent
        if report.new or report.updated:
            content = content._replace(state=replace(content.state, last_news=now, told_quiet=None))
        self._record_success(content, failures, catalog_id, now)
        log.info(
            "Read %s: %s%s", source_label(source.name), report, " (a first reading, not announced)" if silent else ""
        )
        self._after_import(report, now)
        return report

    def _before_silent_write(self, now: datetime, entries: Sequence[Entry]) -> None:
        if self.before_silent_import:
            self.before_silent_import(entries, now)

    def _after_import(self, report: ImportReport, now: datetime) -> None:
        if report.import_id is not None:
            try:
                if self.on_imported:
                    self.on_imported(report, now)
                self.catalog.finish_index()  # or the next person's question would
            except Exception:  # the import stands, and the other sources are still to be read
                log.exception("What follows import %s failed", report.import_id)

    # -- states -------------------------------------------------------------------------------------------------------

    def _record_success(
        self, content: SourceContent, failures: list[ReadProblem], catalog_id: str, now: datetime
    ) -> None:
        """Save that a source was read. Where a part of it failed the source counts as failing, and is read whole again.

        `notified` stays as it is: a source that fails every other time is reported once a day, not each time.
        """
        self.states.save(*(replace(part, last_try=now, catalog_id=catalog_id) for part in content.part_states))
        state = replace(content.state, first_read=content.state.first_read or now, catalog_id=catalog_id)
        if failures:
            self._record_failure(without_validators(state), _join_problems(failures), now)
        else:
            state = replace(state, last_try=now, last_success=now, error=None, failures=0)
            self.states.save(self._tell_quiet(state, now))

    def _tell_quiet(self, state: SourceState, now: datetime) -> SourceState:
        """Tell the operator, once, of a source that is read well and has brought nothing for long."""
        if not is_quiet(state, now):
            return state
        since = state.last_news or state.first_read or now
        self.notify_operator(
            f"The source {state.name} is read without a fault, but has brought nothing new since {since:%Y-%m-%d}. "
            "Have a look whether it is still where changes are published."
        )
        return replace(state, told_quiet=now)

    def _record_failure(self, old: SourceState, error: str, now: datetime) -> str:
        """Save that a source failed, and notify the operator if it is time to. Returns the error."""
        state = replace(old, last_try=now, error=error, failures=old.failures + 1)
        if should_notify(state, now):
            since = "never read in full so far"
            if state.last_success:
                since = f"not read in full since {state.last_success:%Y-%m-%d %H:%M} UTC"
            self.notify_operator(f"The source {state.name} fails ({state.failures} times, {since}): {error}")
            state = replace(state, notified=now)
        else:
            log.info("The source %s still fails: %s", source_label(state.name), error)
        self.states.save(state)
        return error


def reading_source_apart() -> AbstractContextManager[None]:
    """A process of its own for the documents of one source."""
    return reading_apart(MAX_SOURCE_SECONDS)


def _is_first_reading(state: SourceState, now: datetime) -> bool:
    """Whether a source was never read in full; after MAX_SILENT_PERIOD a reading in part counts as the first."""
    if state.last_success is not None:
        return False
    return state.first_read is None or now - state.first_read < MAX_SILENT_PERIOD


def _join_problems(problems: Iterable[ReadProblem]) -> str:
    return "; ".join(dict.fromkeys(map(str, problems)))[:500]


def source_statuses(sources: Iterable[WatchedSource], states: SourceStates, now: datetime) -> list[SourceStatus]:
    """How each source is doing, for `halobot sources`, `halobot doctor` and `/halo status`."""
    statuses = []
    for source in sources:
        state = states.get(source.name) or SourceState(source.name)
        due_at = next_due(source, state)
        statuses.append(
            SourceStatus(
                source.name,
                format_interval(source.interval),
                state.last_success,
                due_at if due_at and due_at > now else None,
                state.error,
                state.failures,
                state.last_try,
                state.last_news,
                failing_for(source.interval, state.failures, state.last_try, now),
            )
        )
    return statuses


def start_polling(poller: SourcePoller) -> RepeatedJob:
    """Poll what is due every minute, in a thread of this process. Turns never overlap; missed ones are made up for by
    one. `shutdown(wait=False)` of the result ends it.
    """
    return RepeatedJob(POLL_SECONDS, lambda: poller.poll_due(datetime.now(UTC)), "sources").start()
