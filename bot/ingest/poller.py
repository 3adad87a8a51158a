"""Watched sources: those that are due are read and taken in, one after the other; one that fails never stops the
others.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from bot.catalog.models import Entry
from bot.catalog.repository import Catalog
from bot.errors import HalobotError, SourceError
from bot.ingest.fetch import Fetcher
from bot.ingest.load import is_url, list_files, load_feed, load_file, parse_fetched
from bot.ingest.models import ParsedDocument, ReadProblem
from bot.ingest.readers.halo_api.client import HaloApi
from bot.ingest.readers.halo_api.reader import read_api
from bot.ingest.readers.registry import detect_format
from bot.ingest.report import ImportReport
from bot.ingest.schedule import HALO_API, SourceStatus, WatchedSource, format_interval, is_due, next_due, should_notify
from bot.ingest.service import import_documents
from bot.storage.models import SourceState
from bot.storage.source_states import SourceStates

log = logging.getLogger(__name__)
PollResult = ImportReport | str  # a report, or why there is none
MAX_SILENT_PERIOD = timedelta(days=1)  # at most: a part that can never be read must not keep a source silent for good


@dataclass
class SourcePoller:
    """What watching needs. `quietly` is given the entries of a silent first reading, before they are in the catalogue,
    so that they are no news.
    """

    catalogue: Catalog
    states: SourceStates
    sources: tuple[WatchedSource, ...]
    fetcher: Fetcher = field(default_factory=Fetcher)
    api: Callable[[], HaloApi] | None = None
    before_silent_import: Callable[[Sequence[Entry], datetime], None] | None = None
    notify_operator: Callable[[str], None] = log.warning  # the operator, once a day at most

    def poll_due(self, now: datetime) -> list[tuple[str, PollResult]]:
        """Read what is due now. Never raises for a source."""
        due = [source for source in self.sources if is_due(source, self.states.get(source.name), now)]
        return list(self._read(due, now, False))

    def _read(
        self, sources: Iterable[WatchedSource], now: datetime, announce_first: bool
    ) -> Iterator[tuple[str, PollResult]]:
        for source in sources:
            yield source.name, self._one(source, now, announce_first or source.announce_first)

    def _one(self, source: WatchedSource, now: datetime, announce_first: bool) -> PollResult:
        old = self.states.get(source.name) or SourceState(source.name)
        quiet = (
            not announce_first
            and old.last_success is None
            and (old.first_read is None or now - old.first_read < MAX_SILENT_PERIOD)
        )
        try:
            made = self.catalogue.catalog_id
            # What a deleted catalogue knew is not in the one that was made after it, so nothing is "unchanged".
            readings, state, parts = self._readings(source, old if old.catalog_id == made else _forgotten(old))
            report = import_documents(
                self.catalogue, readings, now, before_write=partial(self._note_quietly, now) if quiet else None
            )
        except HalobotError as error:
            return self._failed(old, str(error), now)
        except Exception as error:  # a fault of ours in one source must not silence the others
            log.exception("Reading %s failed", source.name)
            return self._failed(old, f"a fault of ours ({type(error).__name__}); the log has more", now)
        problems = [problem for reading in readings for problem in reading.problems]
        failed = [problem for problem in problems if problem.line_number == 0]  # a whole file, post or release
        if not any(reading.records for reading in readings) and (failed or (problems and source.name == HALO_API)):
            return self._failed(old, _in_words(problems), now)
        report.silent = quiet
        self.states.save(*(replace(part, last_try=now, catalog_id=made) for part in parts))
        state = replace(state, first_read=state.first_read or now, catalog_id=made)
        if failed:  # all of it is asked for again, for the sake of what failed; until then it counts as failing
            self._failed(_forgotten(state), _in_words(failed), now)
        # when the operator was last told stays: a source that fails every other time is not worth a word each time
        else:
            self.states.save(replace(state, last_try=now, last_success=now, error=None, failures=0))
        log.info(
            "Read %s: %s%s",
            source.name,
            report,
            " (its first reading: known from now on, but no news)" if quiet else "",
        )
        return report

    def _note_quietly(self, now: datetime, entries: Sequence[Entry]) -> None:
        if self.before_silent_import:
            self.before_silent_import(entries, now)

    def _failed(self, old: SourceState, error: str, now: datetime) -> str:
        state = replace(old, last_try=now, error=error, failures=old.failures + 1)
        if should_notify(state, now):
            since = (
                f", not read in full since {state.last_success:%Y-%m-%d %H:%M} UTC"
                if state.last_success
                else ", never read in full so far"
            )
            self.notify_operator(f"The source {state.name} fails ({state.failures} times{since}): {error}")
            state = replace(state, notified=now)
        else:
            log.info("The source %s still fails: %s", state.name, error)
        self.states.save(state)
        return error

    def _readings(
        self, source: WatchedSource, old: SourceState
    ) -> tuple[list[ParsedDocument], SourceState, list[SourceState]]:
        """What a source says that is news, its state after that, and the states of its parts (posts of a feed,
        releases).
        """
        if source.name == HALO_API:
            return self._from_api(old)
        if is_url(source.name):
            return self._from_web(source, old)
        return _from_files(source, old)

    def _from_api(self, old: SourceState) -> tuple[list[ParsedDocument], SourceState, list[SourceState]]:
        if self.api is None:
            raise SourceError(
                "halo-api is watched, but HALO_API_URL, HALO_API_CLIENT_ID and HALO_API_CLIENT_SECRET are not all set."
            )
        reading, fingerprints = read_api(self.api(), self._known)
        return (
            [reading],
            old,
            [SourceState(name, fingerprint=fingerprint) for name, fingerprint in fingerprints.items()],
        )

    def _from_web(
        self, source: WatchedSource, old: SourceState
    ) -> tuple[list[ParsedDocument], SourceState, list[SourceState]]:
        found = self.fetcher.get(source.name, old.etag, old.last_modified)
        if found.data is None:
            return [], old, []
        state = replace(old, etag=found.etag, last_modified=found.last_modified)
        if detect_format(found.data, source.name, found.content_type) != "feed":
            return [parse_fetched(found)], state, []
        parts: dict[str, SourceState] = {}

        def known(link: str, fingerprint: str) -> bool:
            parts[link] = SourceState(link, fingerprint=fingerprint)
            return self._known(link, fingerprint)

        readings = list(load_feed(found, self.fetcher, known))
        failing = {
            reading.source for reading in readings if any(problem.line_number == 0 for problem in reading.problems)
        }
        return readings, state, [part for link, part in parts.items() if link and link not in failing]

    def _known(self, name: str, fingerprint: str) -> bool:
        state = self.states.get(name)
        return state is not None and state.fingerprint == fingerprint and state.catalog_id == self.catalogue.catalog_id


def poll_all(watch: SourcePoller, now: datetime, announce_first: bool = False) -> Iterator[tuple[str, PollResult]]:
    """Read every source, due or not."""
    return watch._read(watch.sources, now, announce_first)


def _from_files(source: WatchedSource, old: SourceState) -> tuple[list[ParsedDocument], SourceState, list[SourceState]]:
    """A file or a folder; nothing is read when no file's size or time changed."""
    files = list_files(source.name)
    try:
        stats = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    except OSError as error:
        raise SourceError(f"{source.name} cannot be read ({error.strerror or error}).") from error
    fingerprint = hashlib.sha256(repr(stats).encode("utf-8", "replace")).hexdigest()[:16]
    if fingerprint == old.fingerprint:
        return [], old, []
    return [load_file(file) for file in files], replace(old, fingerprint=fingerprint), []


def _forgotten(state: SourceState) -> SourceState:
    """A state that holds nothing to be unchanged."""
    return replace(state, etag=None, last_modified=None, fingerprint=None)


def _in_words(problems: Iterable[ReadProblem]) -> str:
    return "; ".join(dict.fromkeys(map(str, problems)))[:500]


def source_statuses(sources: Iterable[WatchedSource], states: SourceStates, now: datetime) -> list[SourceStatus]:
    """How each source is doing, for `halobot sources`, `doctor` and `/halo status`."""
    found = []
    for source in sources:
        state = states.get(source.name)
        due = next_due(source, state)
        found.append(SourceStatus(
            source.name, format_interval(source.interval), state.last_success if state else None,
            due if due and due > now else None,
            state.error if state else None, state.failures if state else 0,
        ))  # fmt: skip
    return found
