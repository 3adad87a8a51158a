"""The playground's buttons: a version arrives, a week goes by, and the digests of that week come at their own hours."""

from datetime import UTC, datetime
from functools import partial

import pytest

from bot.app import Application
from bot.cli.playground import admin_buttons
from bot.playground.model import TranscriptEntry
from bot.settings import Settings
from tests.whole_app.acting import SlackStandIn, buttons, text

SUNDAY = datetime(2026, 11, 29, 12, 34, tzinfo=UTC)


def posted_at(post: TranscriptEntry) -> str:
    return f"{datetime.fromtimestamp(float(str(post.ts)), UTC):%A %H:%M}"


def test_a_week_later(halo: SlackStandIn, settings: Settings) -> None:
    """The digest is dated at its hour, and the clock stays there; its sample has areas, a thread and, a version later,
    a correction.
    """
    halo.set_clock(SUNDAY)
    application = Application(settings, halo.now)
    page_buttons = admin_buttons(halo, application)
    halo.only_shown_after(partial(halo.command, "/halo", "subscribe everything mondays 9am london"))
    assert "with 12 made-up changes." in page_buttons["new_version"].press()
    said = list[str]()
    post, thread = halo.shown_after(lambda: said.append(page_buttons["week_later"].press()), "message")
    assert said == ["It is Monday, 30 November 2026, 09:00 UTC now. 1 digest came."]
    assert posted_at(post) == "Monday 09:00"
    assert thread.thread_ts == post.ts
    assert "HaloPSA v99.1: 12 changes" in text(post)
    assert "Integrations (1)" in text(post)
    assert {"Details", "Edit", "Pause", "Preview", "Remove"} <= set(buttons(post))
    assert "with 3 made-up changes, and 1 of before corrected." in page_buttons["new_version"].press()
    (later,) = halo.shown_after(lambda: said.append(page_buttons["week_later"].press()), "message")
    assert posted_at(later) == "Monday 09:00"
    assert "corrected" in text(later)
    assert "Monday, 7 December 2026, 09:00" in said[-1]
    assert page_buttons["week_later"].press() == "It is Monday, 14 December 2026, 09:00 UTC now. Nothing was due."
    application.search.catalog.close()


@pytest.mark.parametrize("when", ["", "subscribe everything as soon as it arrives"])
def test_a_week_in_which_nothing_is_due(halo: SlackStandIn, settings: Settings, when: str) -> None:
    """It is a week later to the minute."""
    halo.set_clock(SUNDAY)
    application = Application(settings, halo.now)
    if when:
        halo.only_shown_after(partial(halo.command, "/halo", when))
    said = admin_buttons(halo, application)["week_later"].press()
    assert said.startswith("It is Sunday, 6 December 2026, 12:34 UTC now. Nothing was due.")
    application.search.catalog.close()
