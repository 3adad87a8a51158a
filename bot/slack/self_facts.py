"""What the bot knows of itself: how new its catalogue is, and how its sources do."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.ingest.schedule import SourceStatus, source_label
from bot.search import lookups
from bot.search.small_talk.replies import AboutFacts, SourceReading
from bot.search.snapshot import SearchSnapshot
from bot.storage.bounded_reads import BoundedReads


class SelfFacts:
    """Reads these facts. What is in the workspace database is waited for a moment only.

    `first_seen_at(keys, team)` says when the first of these entries arrived for that team.
    """

    def __init__(
        self,
        source_statuses: Callable[[], Sequence[SourceStatus]],
        first_seen_at: Callable[[list[str], str], float | None],
    ) -> None:
        self._source_statuses = source_statuses
        self._first_seen_at = first_seen_at
        self._reads = BoundedReads()

    def read(self, snapshot: SearchSnapshot) -> AboutFacts:
        """The facts, for the catalogue of this snapshot."""
        none: Sequence[SourceStatus] = ()
        statuses = self._reads.read("sources", self._source_statuses, none)
        facts = lookups.about_facts(snapshot, list(map(source_reading, statuses)))
        if facts.newest_since or not facts.versions:
            return facts
        newest = facts.versions[-1]
        keys = [entry.key for entry in lookups.entries_of_version(snapshot, newest)]
        team = snapshot.catalog.owner
        seen = self._reads.read(f"arrivals of {newest} {team}", lambda: self._first_seen_at(keys, team), None)
        return replace(facts, newest_seen=seen)


def source_reading(status: SourceStatus) -> SourceReading:
    """A source as people are shown it: its address may be secret."""
    return SourceReading(source_label(status.name), status.last_success, status.last_news)
