"""Two processes at once: what one of them announces and gives back is told by the next one, whatever another process
read in between.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.digests.models import PlannedDigest, PlannedWatchMessage
from bot.digests.runner import DigestRunner
from bot.storage.models import DIGEST_STREAM, Announced, DeliveryRequest, Schedule
from bot.storage.outbox import Outbox
from tests.digests.rig import Rig, entry

ON_ARRIVAL = Schedule("on arrival")


class OverlappedOutbox(Outbox):
    """An outbox in which another process does something right before and right after it is read."""

    def __init__(self, engine: sa.Engine, before: Callable[[], object], after: Callable[[], object]) -> None:
        super().__init__(engine)
        self._before, self._after = before, after

    def announced(self, team: str, channel: str, streams: Collection[str], after_seq: int = -1) -> Announced:
        self._before()
        found = super().announced(team, channel, streams, after_seq)
        self._after()
        return found


def claimed_meanwhile(rig: Rig, request: DeliveryRequest, more: Callable[[], object] = lambda: None) -> DigestRunner:
    """A process; while it plans, another one claims this edition, and gives it back after `more`."""
    rows = []

    def claim() -> None:
        rows.append(rig.outbox.claim(request, "n", "other", rig.slack.now(), 60.0))

    def give_back() -> None:
        more()
        row = rows.pop()
        assert row is not None
        assert rig.outbox.release_unsent(row, "is_archived", False, rig.slack.now())

    process = rig.process()
    process.builder = replace(process.builder, outbox=OverlappedOutbox(rig.engine, claim, give_back))
    return process


def digest_request(planned: PlannedDigest | None) -> DeliveryRequest:
    """What another process claims of a digest."""
    assert planned is not None
    return DeliveryRequest(
        planned.team, planned.channel, DIGEST_STREAM, planned.number, planned.announced, [{"text": "a", "blocks": []}],
        cursor_advances=planned.cursor_advances,
    )  # fmt: skip


def watch_request(planned: PlannedWatchMessage | None) -> DeliveryRequest:
    """What another process claims of a watch message."""
    assert planned is not None
    return DeliveryRequest(
        planned.team, planned.user, planned.stream, planned.number, planned.announced, [{"text": "a", "blocks": []}],
        watch_advances=planned.watch_advances,
    )  # fmt: skip


def told(rig: Rig, channel: str) -> list[str]:
    """The keys that were sent there, in order."""
    return [key for row in reversed(rig.outbox.recent_rows(channel=channel)) for key in sorted(row.entry_keys)]


@pytest.mark.parametrize("also_new", [False, True], ids=["nothing else", "something else"])
def test_a_digest_that_is_given_back_is_not_passed_over(rig: Rig, also_new: bool) -> None:
    """Neither by "nothing is new here", nor by an edition of only what arrived after it."""
    rig.subscribe(schedule=ON_ARRIVAL)
    rig.arrive([entry(10), entry(11)])
    request = digest_request(
        rig.digests.builder.build_digest("T1", "C1", rig.digests.builder.new_arrivals(0), rig.slack.now())
    )
    if also_new:
        rig.arrive([entry(12)])
    claimed_meanwhile(rig, request).run_due()
    for _ in range(2):
        rig.digests.run_due()
    assert told(rig, "C1") == ["10", "11", *(["12"] if also_new else [])]


def test_what_another_process_lacks_is_not_passed_over(rig: Rig) -> None:
    """Entries that are not in this process's catalogue are waited for, though another one was about to tell them."""
    rig.subscribe(schedule=ON_ARRIVAL)
    rig.arrive([entry(10), entry(11)])
    news = rig.digests.builder.new_arrivals(0)
    request = digest_request(rig.digests.builder.build_digest("T1", "C1", news, rig.slack.now()))
    process = claimed_meanwhile(rig, request)
    lacking = news._replace(entries={}, missing=frozenset(("10", "11")))
    assert process.builder.build_digest("T1", "C1", lacking, rig.slack.now()) is None
    rig.digests.run_due()
    assert told(rig, "C1") == ["10", "11"]


@pytest.mark.parametrize("also_new", [False, True], ids=["nothing else", "something else"])
def test_a_watch_message_that_is_given_back_is_not_passed_over(rig: Rig, also_new: bool) -> None:
    """The same for what a person is told."""
    rig.watches.add("T1", "UBOB", "jira", rig.arrivals.latest_seq(), rig.slack.now())
    rig.answers["jira"] = ["10", "11", "12"]
    rig.arrive([entry(10), entry(11)])
    request = watch_request(
        rig.digests.builder.build_watch_message("T1", "UBOB", rig.digests.builder.new_arrivals(0), rig.slack.now())
    )
    if also_new:
        rig.arrive([entry(12)])
    claimed_meanwhile(rig, request).run_due()
    for _ in range(2):
        rig.digests.run_due()
    assert told(rig, "UBOB") == ["10", "11", *(["12"] if also_new else [])]
