"""Something that only later gets what a filter asks for is news for that filter then: once, and in the right words."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import time
from itertools import permutations
from pathlib import Path

import pytest

from bot.catalog.models import Entry, Version
from bot.catalog.repository import Catalog
from bot.digests.entry_supply import EntrySupply
from bot.errors import CatalogueError
from bot.storage.models import Schedule, SubscriptionFilter
from tests.digests.rig import DAY, WEEK, Rig, entry
from tests.prepared import new_catalog

DAILY = Schedule("daily", (), time(9), "Europe/London")
WEEKLY = Schedule("weekly", (0,), time(9), "Europe/London")
HIGHLIGHTS = SubscriptionFilter(highlights=True)
PORTAL = SubscriptionFilter(areas=("Portal",))
NEWEST = SubscriptionFilter(versions=(Version(2, 220),))
BARE = replace(entry(10, area="Chat"), version=None)
TEXT = {"summary": "It is said better now."}
LATE = {
    "highlighted now": (HIGHLIGHTS, {"highlighted": True}),
    "in Portal now": (PORTAL, {"area": "Portal"}),
    "version known now": (NEWEST, {"version": Version(2, 220)}),
}


def told(rig: Rig, channel: str = "C1") -> list[str]:
    """What each edition of a channel told: new or updated, in the order of the editions."""
    rows = reversed(rig.outbox.recent_rows(channel=channel))
    return [",".join(sorted({kind for _, _, kind in row.entries})) for row in rows if row.entries]


def days(rig: Rig, steps: Sequence[Entry], seconds: float = DAY) -> None:
    """One step a day (or a week), each told at the next digest."""
    for one in steps:
        rig.arrive([one])
        rig.slack.advance(seconds)
        rig.digests.run_due()


@pytest.mark.parametrize("words", LATE)
@pytest.mark.parametrize("schedule", [DAILY, WEEKLY], ids=["daily", "weekly"])
@pytest.mark.parametrize("order", ["late alone", "text first", "late first", "both at once"])
def test_told_once_in_the_right_words(rig: Rig, words: str, schedule: Schedule, order: str) -> None:
    """Each a digest apart: new when it gets what the filter asks for, and a correction only after that."""
    wanted, facts = LATE[words]
    corrected, late = replace(BARE, **TEXT), replace(BARE, **facts)  # type: ignore[arg-type]
    both = replace(late, **TEXT)  # type: ignore[arg-type]
    steps = {
        "late alone": [late], "text first": [corrected, both], "late first": [late, both], "both at once": [both],
    }[order]  # fmt: skip
    rig.subscribe(wanted=wanted, schedule=schedule)
    days(rig, [BARE, *steps, steps[-1]], WEEK if schedule is WEEKLY else DAY)
    assert told(rig) == (["new", "updated"] if order == "late first" else ["new"])
    assert words in str(rig.posts()[0]["blocks"])
    assert "correction" not in rig.texts()[0]


@pytest.mark.parametrize("words", LATE)
def test_all_before_one_digest(rig: Rig, words: str) -> None:
    """Arrived, corrected and known in whatever order before the first look: one line, new."""
    wanted, facts = LATE[words]
    for number, order in enumerate(permutations([TEXT, facts])):
        channel, one = f"C{number + 1}", replace(BARE, key=str(20 + number))
        rig.subscribe(channel, wanted=wanted, schedule=DAILY)
        for change in ({}, *order):
            one = replace(one, **change)  # type: ignore[arg-type]
            rig.arrive([one])
    rig.slack.advance(DAY)
    rig.digests.run_due()
    for channel in ("C1", "C2"):
        assert told(rig, channel) == ["new"]
    rig.slack.advance(DAY)
    rig.digests.run_due()
    assert len(rig.outbox.recent_rows()) == 2


def test_what_was_there_before_the_subscription(rig: Rig) -> None:
    """It is news when it gets what the filter asks for; what passed the filter all along is none."""
    rig.arrive([BARE, entry(11, area="Portal")])
    rig.subscribe(wanted=PORTAL, schedule=DAILY)
    days(rig, [replace(entry(11, area="Portal"), highlighted=True), replace(BARE, area="Portal")])
    assert [row.entry_keys for row in rig.outbox.recent_rows()] == [["10"]]


def test_two_filters_in_one_channel(rig: Rig) -> None:
    """What one filter told as new the other does not tell again; a correction of it is one, once."""
    rig.subscribe(wanted=SubscriptionFilter(areas=("Chat",)), schedule=DAILY)
    rig.subscribe(wanted=HIGHLIGHTS, schedule=WEEKLY)
    late = replace(BARE, highlighted=True)
    days(rig, [BARE, late, replace(late, **TEXT), late])  # type: ignore[arg-type]
    rig.slack.advance(WEEK)
    rig.digests.run_due()
    assert told(rig) == ["new", "updated"]


def test_two_filters_in_one_channel_the_narrow_one_alone_matches(rig: Rig) -> None:
    """Neither knew it; then one filter gets it, daily or weekly, and says so once."""
    rig.subscribe(wanted=PORTAL, schedule=DAILY)
    rig.subscribe(wanted=HIGHLIGHTS, schedule=WEEKLY)
    days(rig, [BARE, replace(BARE, **TEXT), replace(BARE, **TEXT, highlighted=True)])  # type: ignore[arg-type]
    rig.slack.advance(WEEK)
    rig.digests.run_due()
    late = replace(BARE, **TEXT, highlighted=True, area="Portal")  # type: ignore[arg-type]
    days(rig, [late, late])
    assert told(rig) == ["new"]


def test_from_a_version_on(rig: Rig) -> None:
    """A digest that begins with a version tells what turns out to be of that version."""
    rig.arrive([BARE])
    rig.subscribe(schedule=DAILY, from_version=Version(2, 219))
    days(rig, [replace(BARE, version=Version(2, 218)), replace(BARE, version=Version(2, 220))])
    assert told(rig) == ["new"]
    assert "version known now" in str(rig.posts()[0]["blocks"])


def test_a_filter_on_words_that_a_correction_brings(rig: Rig) -> None:
    """The channel never heard of it: it is new, and no correction."""
    rig.subscribe(wanted=SubscriptionFilter(words=("zebra",)), schedule=DAILY)
    days(rig, [BARE, replace(BARE, summary="A zebra crosses."), replace(BARE, summary="Two zebras cross.")])
    assert told(rig) == ["new", "updated"]


def test_as_soon_as_it_is_known(rig: Rig) -> None:
    """A digest without slots tells it at the next look, and is silent where nothing passes its filter."""
    rig.subscribe(wanted=HIGHLIGHTS, schedule=Schedule("on arrival"))
    days(rig, [BARE, replace(BARE, area="Portal"), replace(BARE, area="Portal", highlighted=True)])
    assert told(rig) == ["new"]


def test_a_failed_post_tells_it_again(rig: Rig) -> None:
    """While Slack refuses the channel nothing is told, and nothing is lost."""
    rig.subscribe(wanted=HIGHLIGHTS, schedule=DAILY)
    days(rig, [BARE])
    rig.slack.kick_bot("C1")
    days(rig, [replace(BARE, highlighted=True)])
    rig.slack.join_channel("C1", user="UHALO")
    days(rig, [replace(BARE, highlighted=True)] * 2)
    assert told(rig) == ["new"]
    assert len([text for text in rig.texts() if "1 change" in text]) == 1


def test_a_process_whose_catalogue_is_behind_passes_nothing_over(rig: Rig, tmp_path: Path) -> None:
    """What an entry got to know is recorded, and this process's catalogue does not have it yet: it waits for that."""
    rig.subscribe(wanted=SubscriptionFilter(versions=(Version(2, 220),)), schedule=Schedule("on arrival"))
    rig.arrive([BARE])
    behind = Catalog(new_catalog(tmp_path / "behind.db"))
    behind.upsert([BARE])
    late = replace(BARE, version=Version(2, 220))
    rig.arrive([late])
    process, is_locked = rig.process(), [True]

    def require_current() -> None:
        if is_locked:
            raise CatalogueError("locked by another program")
        behind.upsert([late])

    process.builder = replace(
        process.builder, catalog=behind, supply=EntrySupply(behind, require_current=require_current)
    )
    with suppress(CatalogueError):
        process.run_due()
    is_locked.clear()
    process.run_due()
    assert told(rig) == ["new"]
