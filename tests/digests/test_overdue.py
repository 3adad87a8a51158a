"""Digests that are due and not out: found after a while, and not where they have a reason to wait."""

import pytest

from bot.digests.entry_supply import WaitingEdition
from bot.digests.overdue import OVERDUE_SECONDS, REFUSED_SECONDS, SEEN_SECONDS, OverdueDigests
from bot.storage.models import Schedule
from bot.storage.outbox_figures import OutboxFigures
from tests.digests.rig import HOUR, MONDAY, WEEK, Rig, entry

PLACE = ("T1", "C1")


@pytest.fixture
def overdue(rig: Rig) -> OverdueDigests:
    """A digest that is due in an hour, with something to tell; the clock moves only as the test says."""
    rig.slack.set_clock(MONDAY, running=False)
    rig.subscribe()
    rig.arrive([entry(10)])
    return OverdueDigests(rig.digests.builder, OutboxFigures(rig.engine))


def places(overdue: OverdueDigests, rig: Rig) -> list[tuple[str, str]]:
    return [one[:2] for one in overdue.find(rig.slack.now())]


def watch(overdue: OverdueDigests, rig: Rig, seconds: float) -> list[float]:
    """Look twice a minute. Returns the seconds after which something was overdue."""
    found = []
    for passed in range(0, int(seconds), 30):
        if places(overdue, rig):
            found.append(float(passed))
        rig.slack.advance(30)
    return found


def test_not_out_after_its_hour(rig: Rig, overdue: OverdueDigests) -> None:
    """Nobody posts it: a quarter of an hour after its hour it is overdue, with its channel; posted, it is not."""
    found = watch(overdue, rig, HOUR + 2 * OVERDUE_SECONDS)
    assert HOUR + OVERDUE_SECONDS <= found[0] <= HOUR + OVERDUE_SECONDS + 60
    (one,) = overdue.find(rig.slack.now())
    assert "C1" in one.problem.text
    assert "C1" not in one.problem.for_people
    rig.digests.run_due()
    assert places(overdue, rig) == []


def test_posted_in_time(rig: Rig, overdue: OverdueDigests) -> None:
    """One that is posted at its hour never is."""
    assert watch(overdue, rig, HOUR) == []
    rig.digests.run_due()
    assert watch(overdue, rig, HOUR) == []


def test_a_bot_that_was_off(rig: Rig, overdue: OverdueDigests) -> None:
    """It begins with what is late, and that is nothing to tell at once."""
    rig.a_week_later()
    assert watch(overdue, rig, SEEN_SECONDS) == []
    assert places(overdue, rig) == [PLACE]


def test_paused(rig: Rig, overdue: OverdueDigests) -> None:
    """By a person or for Slack's refusal: that is no fault of the bot's."""
    subscription = rig.subscriptions.of_channel(*PLACE)[0]
    rig.subscriptions.pause(subscription, "UALICE", rig.slack.now())
    assert watch(overdue, rig, 3 * HOUR) == []


def test_a_channel_that_slack_refuses(rig: Rig, overdue: OverdueDigests) -> None:
    """Its owner was told; nobody else is."""
    rig.slack.advance(HOUR)
    rig.slack.kick_bot("C1")
    rig.digests.run_due()
    assert watch(overdue, rig, 3 * HOUR) == []


def test_refused_for_a_reason_that_may_pass(rig: Rig, overdue: OverdueDigests) -> None:
    """Until it was tried again it rests; after two hours it is overdue."""
    rig.slack.advance(HOUR)
    rig.slack.fail_next("chat.postMessage", "some_new_reason", times=100)
    found = []
    for passed in range(0, int(REFUSED_SECONDS) + 600, 30):
        rig.digests.run_due()
        if places(overdue, rig):
            found.append(passed)
        rig.slack.advance(30)
    assert REFUSED_SECONDS <= found[0] <= REFUSED_SECONDS + 60
    assert found == list(range(found[0], int(REFUSED_SECONDS) + 600, 30))


def test_waiting_for_changes(rig: Rig, overdue: OverdueDigests) -> None:
    """What arrived is not at hand: it waits for a day, and `status` says so."""
    rig.digests.builder.waiting[PLACE] = WaitingEdition(*PLACE, ("10",), 0.0, 0.0)
    assert watch(overdue, rig, 3 * HOUR) == []


def test_slack_is_gone(rig: Rig, overdue: OverdueDigests) -> None:
    """Nothing can be posted for half an hour: overdue from the quarter of an hour on, without a gap; then over."""
    rig.slack.advance(HOUR)
    rig.slack.fail_next("chat.postMessage", "token_revoked", times=1_000)
    found = []
    for passed in range(0, 1_800, 30):
        rig.digests.run_due()
        if places(overdue, rig):
            found.append(passed)
        rig.slack.advance(30)
    assert found == list(range(found[0], 1_800, 30))
    assert OVERDUE_SECONDS <= found[0] <= OVERDUE_SECONDS + 60
    rig.slack.clear_faults()
    rig.digests.run_due()
    assert places(overdue, rig) == []


def test_nobody_knows_whether_it_is_out(rig: Rig, overdue: OverdueDigests) -> None:
    """Slack took it or not, and does not let the bot look: that is not out either."""
    rig.slack.advance(HOUR)
    rig.slack.fail_next("chat.postMessage", "internal_error")
    rig.slack.fail_next("conversations.*", "internal_error", times=1_000)
    found = []
    for passed in range(0, 1_800, 30):
        rig.digests.run_due()
        if places(overdue, rig):
            found.append(passed)
        rig.slack.advance(30)
    assert OVERDUE_SECONDS <= found[0] <= OVERDUE_SECONDS + 60


def test_as_soon_as_something_arrives(rig: Rig, overdue: OverdueDigests) -> None:
    """Without slots, it counts from when it was seen; what is posted meanwhile ends that."""
    rig.subscribe("C2", schedule=Schedule("on arrival", (), zone="UTC"))
    rig.arrive([entry(11)])
    assert watch(overdue, rig, OVERDUE_SECONDS) == []
    rig.slack.advance(30)
    assert places(overdue, rig) == [("T1", "C2")]
    rig.digests.run_due()
    rig.arrive([entry(12)])
    assert places(overdue, rig) == []


def test_many_at_one_hour(rig: Rig, overdue: OverdueDigests) -> None:
    """With few posts a minute the last ones come later, and are not overdue for that."""
    slow = OverdueDigests(rig.digests.builder, OutboxFigures(rig.engine), posts_per_minute=1)
    for number in range(9):
        rig.subscribe(f"C{number + 10}")
    rig.slack.advance(HOUR)
    found = watch(slow, rig, OVERDUE_SECONDS + 700)
    assert OVERDUE_SECONDS + 600 <= found[0] <= OVERDUE_SECONDS + 660


def test_other_teams(rig: Rig, overdue: OverdueDigests) -> None:
    """Those of workspaces that this process does not serve are told by those who do."""
    rig.slack.advance(WEEK)
    watch(overdue, rig, SEEN_SECONDS)
    assert overdue.find(rig.slack.now(), ["T2"]) == []
    assert len(overdue.find(rig.slack.now(), ["T1"])) == 1
