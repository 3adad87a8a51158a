"""How people say from when, and until when, a digest is to wait: what is proposed, what is asked about, and what is
said of a digest that waits already. Nothing is done by saying it.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest

from tests.whole_app.acting import SlackStandIn, buttons, text

Say = Callable[[str], tuple[str, set[str]]]  # what is read after these words, and the buttons

# A digest comes before these begin: what could be said then.
BEGINS_LATER = {
    "pause in january": ("1 January", "1 February"), "pause the digest in january": ("1 January", "1 February"),
    "no digest in january": ("1 January", "1 February"), "stop the digest in january": ("1 January", "1 February"),
    "no updates over january": ("1 January", "1 February"), "put the digest on hold in april": ("1 April", "1 May"),
    "pause from 5 to 10 january": ("5 January", "11 January"),
    "pause the digest from 24 december until 4 january": ("24 December", "4 January"),
    "hold it between christmas and new year": ("25 December", "2 January"),
    "pause next month": ("1 December", "1 January"), "pause from friday for a week": ("4 December", "11 December"),
    "mute the digest in august": ("1 August 2027", "1 September 2027"),
}  # fmt: skip
PROPOSED = {
    "pause until 3 november": "Pause it until Wednesday 3 November 2027?",
    "pause until november 2027": "Pause it until Monday 1 November 2027?",
    "pause until 5 january": "Pause it until Tuesday 5 January?",
    "pause in november": "Pause it until Tuesday 1 December?", "pause next week": "Pause it until Monday 7 December?",
    "pause from monday for two weeks": "Pause it until Monday 14 December?",
    "pause the digest for the rest of the year": "Pause it until Friday 1 January?",
    "skip the next 20 digests": "Pause it until Tuesday 13 April?", "skip the next 60 digests": "That is over a year",
    "hold the digest until friday morning": "Pause it until Friday 4 December?",
}  # fmt: skip
# Days of every week are no pause.
DAYS = {
    "pause the digest on mondays": "When should it come instead?", "pause it on mondays": "should it come instead?",
    "hold the digest every monday": "When should it come instead?", "mute it at weekends": "does already",
}  # fmt: skip
SEARCHED = (
    "pause in a workflow", "pause on approval", "hold on invoices", "pause from portal", "suspend between steps",
    "pause when customer replies", "hold on a ticket", "pause after hours", "we are closed on fridays",
)  # fmt: skip


@pytest.fixture
def say(halo: SlackStandIn) -> Iterator[Say]:
    """Billing comes on Mondays at 9 in C1; it is Sunday 29 November 2026."""
    halo.set_clock(datetime(2026, 11, 29, 7, tzinfo=UTC))

    def said(words: str) -> tuple[str, set[str]]:
        shown = halo.shown_after(partial(halo.command, "/halo", words))
        return " ".join(map(text, shown)), {label for one in shown for label in buttons(one)}

    said("subscribe billing mondays 9am london")
    yield said
    assert "The next one comes on Monday 30 November" in said("subscriptions")[0]


def test_what_begins_later_is_asked_about(say: Say) -> None:
    """With the day on which it could be said, and until when; no button does it now."""
    for words, (start, end) in BEGINS_LATER.items():
        said, pressed = say(words)
        assert f"one may come before {start}. Say `pause until {end}` then" in said, words
        assert "Pause it" not in pressed, words


def test_days_are_said_so_that_they_are_read_in_one_way(say: Say) -> None:
    """A day of next year that is far away has its year; what begins before the next digest begins now."""
    for words, shown in PROPOSED.items():
        assert shown in say(words)[0], words


def test_days_of_every_week(say: Say) -> None:
    """They are a change of the days that it comes on."""
    for words, shown in DAYS.items():
        said, pressed = say(words)
        assert shown in said, words
        assert "Pause it" not in pressed, words


def test_pauses_in_halopsa_are_searched_for(say: Say) -> None:
    """Without a day or a length they are questions."""
    for words in SEARCHED:
        said, pressed = say(words)
        assert not {"Pause it", "Pause", "Change it"} & pressed, words
        assert "digest" not in said, words


def test_what_is_paused_already(halo: SlackStandIn) -> None:
    """It says so, whether one is meant or several, and that nothing came of the words yet."""
    halo.set_clock(datetime(2026, 11, 29, 7, tzinfo=UTC))

    def said(words: str) -> str:
        return text(halo.only_shown_after(partial(halo.command, "/halo", words)))

    said("subscribe billing mondays 9am london")
    halo.only_shown_after(partial(halo.click, "digest_pause:1", channel="C1"))
    assert "It is paused already, so it skips every one" in said("skip the next digest")
    assert "It is paused already. Pause it until Sunday 20 December instead?" in said("pause for 3 weeks")
    assert "It is paused already. Pause it until Monday 1 February instead?" in said("pause in january")
    asked = halo.only_shown_after(partial(halo.command, "/halo", "subscribe portal fridays 5pm london"))
    halo.only_shown_after(partial(halo.click, buttons(asked)["Add another"]["action_id"], ts=asked.ts))
    assert said("pause for 3 weeks").count("It is paused already.") == 1
    halo.only_shown_after(partial(halo.click, "digest_pause:2", channel="C1"))
    both = said("pause for 3 weeks")
    assert both.count("It is paused already. Pause it until Sunday 20 December instead?") == 2
    assert "Nothing has changed yet" in both
    assert "Nothing is paused" not in both


def test_the_card_of_a_long_pause_has_its_year(halo: SlackStandIn) -> None:
    """What was proposed is what the card says afterwards."""
    halo.set_clock(datetime(2026, 11, 29, 7, tzinfo=UTC))
    halo.only_shown_after(partial(halo.command, "/halo", "subscribe billing mondays 9am london"))
    asked = halo.only_shown_after(partial(halo.command, "/halo", "pause until 3 november"))
    done = halo.only_shown_after(partial(halo.click, buttons(asked)["Pause it"]["action_id"], ts=asked.ts))
    for shown in (done, halo.only_shown_after(partial(halo.command, "/halo", "subscriptions"))):
        assert "Paused until Wednesday 3 November 2027; then it goes on by itself." in text(shown)
