"""Asks a language model to describe new changes, in the background: what comes back waits for a person like any other
proposal. Nothing waits for it: not an import, not an answer.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.background import RepeatedJob
from bot.catalog.models import Entry
from bot.catalog.phrasings import phrasings_by_key
from bot.catalog.provenance import field_sources_of, source_lines_of
from bot.catalog.repository import Catalog
from bot.errors import HalobotError
from bot.ingest.description_prompt import UnreadableAnswer, describe_prompt, parse_description, public_entry
from bot.ingest.llm_client import ChatClient, EndpointError
from bot.ingest.phrasing_review import ReviewDesk, propose
from bot.storage.proposals import Proposals

log = logging.getLogger(__name__)
RUN_SECONDS = 300  # between two looks for what is new
MAX_ENTRIES_PER_RUN = 10
MAX_RUN_SECONDS = 240.0
MAX_ATTEMPTS = 3  # for one entry whose answers cannot be used
RETRY_SECONDS = 3_600.0  # until the same entry is tried again
MAX_FAILURES_PER_RUN = 2  # of the endpoint, one after the other
FIRST_PAUSE_SECONDS, MAX_PAUSE_SECONDS = 300.0, 6 * 3_600.0  # after the endpoint failed; twice as long each time
NOTICE_SECONDS = 86_400.0  # the operator is told of a lasting refusal once a day


@dataclass(slots=True)
class DescriptionReport:
    """What one run did."""

    described: list[str] = field(default_factory=list)  # keys of the entries for which something is proposed
    proposal_count: int = 0
    dropped_count: int = 0
    unusable: list[str] = field(default_factory=list)  # keys of the entries whose answer could not be used
    failure: str = ""  # why the endpoint gave no answer, the last time

    def __str__(self) -> str:
        parts = [
            f"{len(self.described)} described ({self.proposal_count} proposals, {self.dropped_count} dropped)",
            f"{len(self.unusable)} without a usable answer" if self.unusable else "",
            self.failure,
        ]
        return "; ".join(filter(None, parts))


@dataclass
class Describer:
    """Describes entries that came from a source and that nobody has described, a few in each run."""

    catalog: Catalog
    store: Proposals
    client: ChatClient
    notify_operator: Callable[[str], None] = log.warning
    monotonic: Callable[[], float] = time.monotonic
    max_run_seconds: float = MAX_RUN_SECONDS
    _not_before: float = 0.0
    _pause: float = FIRST_PAUSE_SECONDS
    _notified_at: float | None = None

    def run_due(self, now: float) -> DescriptionReport | None:
        """Describe what is new, unless the endpoint failed a short while ago: then None. Never raises."""
        if now < self._not_before:
            return None
        try:
            report = self.run(now)
        except HalobotError as error:
            log.warning("New changes could not be described: %s", error)
        except Exception:  # a fault of ours must not end the runs
            log.exception("Describing new changes failed")
        else:
            if report.described or report.unusable or report.failure:
                log.info("Described new changes: %s", report)
            return report
        return None

    def run(self, now: float, limit: int = MAX_ENTRIES_PER_RUN) -> DescriptionReport:
        """Describe at most `limit` entries, as long as there is time and the endpoint answers."""
        report, started, failures = DescriptionReport(), self.monotonic(), 0
        for entry in undescribed_entries(self.catalog, self.store):
            tried = len(report.described) + len(report.unusable) + failures
            if tried >= limit or self.monotonic() - started > self.max_run_seconds:
                break
            if not self.store.claim_attempt(entry.key, now, RETRY_SECONDS, MAX_ATTEMPTS):
                continue
            try:
                self._describe(entry, report, now)
                failures, self._pause = 0, FIRST_PAUSE_SECONDS
            except UnreadableAnswer as error:
                log.info("The answer about %s cannot be used: %s", entry.key, error)
                self.store.finish_attempt(entry.key, succeeded=False)
                report.unusable.append(entry.key)
                failures = 0
            except EndpointError as error:
                failures += 1
                self.store.finish_attempt(entry.key, succeeded=False, counts=False)
                report.failure = str(error)
                if error.lasting or error.retry_after is not None or failures >= MAX_FAILURES_PER_RUN:
                    self._wait(error, now)
                    break
        return report

    def _describe(self, entry: Entry, report: DescriptionReport, now: float) -> None:
        db = self.catalog.db
        lines = [line.text for line in source_lines_of(db, [entry.key])]
        public = public_entry(entry, field_sources_of(db, [entry.key]), lines)
        if public is None:
            raise UnreadableAnswer("no source says anything about it")
        answer = self.client.complete(*describe_prompt(public, list(self.catalog.areas())))
        drafts = parse_description(answer, entry.key, self.client.model)
        result = propose(self.catalog, self.store, drafts, self.client.model, now, undoable=False)
        report.dropped_count += len(result.dropped)
        if not result.ids:
            raise UnreadableAnswer("the rules let nothing of it pass")
        report.proposal_count += len(result.ids)
        report.described.append(entry.key)
        self.store.finish_attempt(entry.key, succeeded=True)

    def _wait(self, error: EndpointError, now: float) -> None:
        """Leave the endpoint alone for a while, and tell the operator of what only they can mend."""
        pause = MAX_PAUSE_SECONDS if error.lasting else max(self._pause, min(error.retry_after or 0, MAX_PAUSE_SECONDS))
        self._not_before = now + pause
        self._pause = min(2 * self._pause, MAX_PAUSE_SECONDS)
        if error.lasting and (self._notified_at is None or now - self._notified_at >= NOTICE_SECONDS):
            self._notified_at = now
            self.notify_operator(f"New changes are not described by the language model: {error}")


def undescribed_entries(catalog: Catalog, store: Proposals) -> list[Entry]:
    """Changes that came from a source, that have no phrasings and for which nobody proposes any; the newest first."""
    phrasings = phrasings_by_key(catalog.db)
    waiting = {proposal.key for proposal in store.find(states=("open",)) if proposal.field == "phrasing"}
    found = [
        entry
        for entry in catalog.entries(key for key, texts in phrasings.items() if not texts and key not in waiting)
        if entry.source != "seeds" and entry.kind == "feature"
    ]
    return sorted(found, key=_newest_first)


def _newest_first(entry: Entry) -> tuple[tuple[int, int], bool, str]:
    version = entry.version or max(entry.possible_versions, default=None)
    newest = (-version.major, -version.minor) if version else (0, 0)
    return newest, not entry.highlighted, entry.key


def start_describing(
    desk: ReviewDesk,
    describer: Describer | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> RepeatedJob:
    """Every few minutes, in a thread of this process: bring in what was accepted elsewhere, and describe what is new.

    `shutdown(wait=False)` of the result ends it.
    """
    seen: list[tuple[int, int]] = []

    def run() -> None:
        try:
            latest = desk.store.latest_change()
            if [latest] != seen:
                desk.apply()
                seen[:] = [latest]
        except HalobotError as error:
            log.warning("What was accepted in review could not be brought in: %s", error)
        if describer is not None:
            describer.run_due(now().timestamp())

    return RepeatedJob(RUN_SECONDS, run, "describing").start()
