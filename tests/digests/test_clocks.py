"""Wrong clocks: set back, set forward, corrected again. Nothing is posted twice, and nothing is silent for long."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.digests.runner import DigestRunner
from bot.ingest.schedule import WatchedSource, is_due
from bot.storage.models import Schedule, SourceState
from tests.digests.rig import DAY, HOUR, TIMING, Rig, entry

DAILY = Schedule("daily", (), zone="UTC")
MONTH = 30 * DAY


class Clocks:
    """A time of day that somebody sets, and a steady one beside it."""

    def __init__(self, rig: Rig) -> None:
        self._rig, self._start, self.wrong_by, self._waited = rig, rig.slack.now(), 0.0, 0.0

    def wall(self) -> float:
        """What the machine thinks: the stand-in's clock, which is Slack's, and an error."""
        return self._rig.slack.now() + self.wrong_by

    def steady(self) -> float:
        """Leases."""
        return self._rig.slack.now()

    def process(self) -> DigestRunner:
        """A process of this machine."""
        made = self._rig.process(self.wall)
        made.publisher.lease_now = self.steady
        return made


@pytest.fixture
def clocks(rig: Rig) -> Clocks:
    """Daily digests of C1; ten entries are to be told, and it is after nine."""
    rig.subscribe(schedule=DAILY)
    rig.arrive([entry(number) for number in range(10, 20)])
    rig.slack.advance(2 * HOUR)
    return Clocks(rig)


def digests(rig: Rig) -> int:
    """How many first posts of digests stand in C1."""
    return sum(post.get("thread_ts") in (None, post["ts"]) for post in rig.posts())


def test_an_hour_back(rig: Rig, clocks: Clocks) -> None:
    """The reply to a post is lost and the clock is set back: it is settled when its lease is over."""
    rig.slack.fail_next("chat.postMessage", "drop_reply")
    clocks.process().run_due()
    assert rig.states() == ["C1 digest 1 sending"]
    clocks.wrong_by = -HOUR
    rig.slack.advance(TIMING.lease + 1)
    clocks.process().run_due()
    assert (rig.states(), digests(rig)) == (["C1 digest 1 sent"], 1)


@pytest.mark.parametrize("jump", [HOUR, MONTH])
def test_forward_takes_nothing_over(rig: Rig, clocks: Clocks, jump: float) -> None:
    """The clock jumps while a post is on its way: nobody takes its lease for over."""
    rig.slack.fail_next("chat.postMessage", "store_late", seconds=0.3)
    clocks.process().run_due()
    clocks.wrong_by = jump
    clocks.process().run_due()
    assert rig.states() == ["C1 digest 1 sending"]
    clocks.wrong_by = 0.0
    rig.slack.wait_for(lambda line: line.kind == "message" and line.channel == "C1")
    rig.slack.advance(TIMING.lease + 1)
    clocks.process().run_due()
    assert (rig.states(), digests(rig)) == (["C1 digest 1 sent"], 1)


@pytest.mark.parametrize("wrong_by", [-MONTH, MONTH])
def test_looked_for_by_slacks_time(rig: Rig, clocks: Clocks, wrong_by: float) -> None:
    """Claimed by a clock that is a month off: the message whose reply was lost is found all the same."""
    clocks.wrong_by = MONTH
    rig.slack.fail_next("chat.postMessage", "drop_reply")
    process = clocks.process()
    process.post_now("T1", "C1")
    assert rig.states() == ["C1 digest 1 sending"]
    clocks.wrong_by = wrong_by - MONTH if wrong_by < 0 else 0.0
    rig.slack.advance(TIMING.lease + 1)
    clocks.process().run_due()
    assert (rig.states(), digests(rig)) == (["C1 digest 1 sent"], 1)


def test_a_month_forward_and_corrected(rig: Rig, clocks: Clocks) -> None:
    """A daily digest that was posted by a clock a month ahead goes on the day after the correction."""
    clocks.wrong_by = MONTH
    clocks.process().run_due()
    assert digests(rig) == 1
    clocks.wrong_by = 0.0
    clocks.process().run_due()
    rig.arrive([entry(30)])
    rig.slack.advance(DAY)
    clocks.process().run_due()
    clocks.process().run_due()
    assert (rig.states()[-1], digests(rig)) == ("C1 digest 2 sent", 2)


@pytest.mark.parametrize("back", [60.0, HOUR, 12 * HOUR])
def test_a_little_back_repeats_nothing(rig: Rig, clocks: Clocks, back: float) -> None:
    """Set back by less than a day after a digest: the slot does not come again, also where empty ones are posted."""
    rig.subscriptions.remove(rig.subscriptions.of_channel("T1", "C1")[0], "UALICE", rig.slack.now())
    rig.slack.advance(-2 * HOUR)
    rig.subscribe(schedule=DAILY, post_when_empty=True)
    rig.slack.advance(2 * HOUR)
    clocks.process().run_due()
    assert digests(rig) == 1
    clocks.wrong_by = -back
    for _ in range(3):
        clocks.process().run_due()
        rig.slack.advance(back / 4)
    assert digests(rig) == 1


# -- refused for a reason that may pass -------------------------------------------------------------------------------


def test_refused_and_unsubscribed(rig: Rig, clocks: Clocks) -> None:
    """What was refused is tried for nobody once the digest was ended."""
    rig.slack.fail_next("chat.postMessage", "accesslimited")
    clocks.process().run_due()
    rig.subscriptions.remove(rig.subscriptions.of_channel("T1", "C1")[0], "UALICE", rig.slack.now())
    for _ in range(5):
        rig.slack.advance(HOUR + 1)
        clocks.process().run_due()
    assert digests(rig) == 0


def test_refused_holds_nothing_back(rig: Rig, clocks: Clocks) -> None:
    """An hour later it is one edition with what arrived since; before that nothing is tried, unless a person asks."""
    rig.slack.fail_next("chat.postMessage", "accesslimited")
    clocks.process().run_due()
    rig.arrive([entry(30)])
    rig.slack.advance(600)
    clocks.process().run_due()
    assert "C1 digest 1 planned" in rig.states()
    rig.slack.fail_next("chat.postMessage", "accesslimited")
    assert clocks.process().post_now("T1", "C1") is not None  # refused again
    rig.slack.advance(HOUR + 1)
    clocks.process().run_due()
    row = rig.outbox.recent_rows(channel="C1")[0]
    assert (row.state, len(set(row.entry_keys)), digests(rig)) == ("sent", 11, 1)


def test_a_refused_watch_message(rig: Rig, clocks: Clocks) -> None:
    """The same of a person's watch: stopped, nothing is tried; else all of it comes an hour later."""
    rig.answers["sso"] = ["30", "31"]
    watch = rig.watches.add("T1", "UBOB", "sso", rig.arrivals.latest_seq(), rig.slack.now())
    assert watch is not None
    clocks.process().run_due()
    rig.arrive([entry(30)])
    rig.slack.fail_next("chat.postMessage", "accesslimited")
    clocks.process().run_due()
    rig.arrive([entry(31)])
    rig.slack.advance(HOUR + 1)
    clocks.process().run_due()
    (row,) = rig.outbox.recent_rows(stream="watches")
    assert (row.state, set(row.entry_keys)) == ("sent", {"30", "31"})


def test_a_month_forward_gives_nothing_up(rig: Rig, clocks: Clocks) -> None:
    """A lookup that Slack refuses for now is tried again, whatever day this machine takes it for."""
    rig.slack.fail_next("chat.postMessage", "drop_reply")
    clocks.process().run_due()
    rig.slack.advance(TIMING.lease + 1)
    rig.slack.fail_next("conversations.history", "accesslimited")
    clocks.wrong_by = MONTH
    clocks.process().run_due()
    assert "C1 digest 1 sending" in rig.states()
    clocks.wrong_by = 0.0
    rig.slack.advance(TIMING.lease + 1)
    clocks.process().run_due()
    assert ("C1 digest 1 sent" in rig.states(), digests(rig)) == (True, 1)


def test_a_source_tried_in_the_future() -> None:
    """A source read by a clock a month ahead is read at once after the correction, and not before its time when
    the clock was right.
    """
    now = datetime(2026, 11, 23, 8, tzinfo=UTC)
    source = WatchedSource("https://example.com/feed", timedelta(hours=6))
    assert is_due(source, SourceState(source.name, last_try=now + timedelta(days=30)), now)
    assert not is_due(source, SourceState(source.name, last_try=now - timedelta(hours=1)), now)
