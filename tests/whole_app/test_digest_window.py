"""The window of a digest: it says all that typing can, shows in words what it would be while it is filled in, and what
its channel has already.
"""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from bot.playground.model import TranscriptEntry
from tests.whole_app.acting import SlackStandIn, buttons, text

SUNDAY = datetime(2026, 11, 29, 7, tzinfo=UTC)


def command(slack: SlackStandIn, words: str, **where: str) -> TranscriptEntry:
    """A command, and the one answer to it."""
    return slack.only_shown_after(partial(slack.command, "/halo", words, **where))


def fill_in(slack: SlackStandIn, name: str, value: Any) -> str:
    """Fill in one input, and what the window says then."""
    return text(slack.only_shown_after(partial(slack.click, name, value)))


def test_it_says_in_words_what_it_would_be(halo: SlackStandIn) -> None:
    """With each choice, before anything is stored; what was filled in stays. Saved, it is just that."""
    halo.set_clock(SUNDAY)
    assert "*In words:* everything, every Monday at 09:00 (Europe/London)." in text(command(halo, "subscribe"))
    fill_in(halo, "areas", ["Portal", "Billing & invoicing"])
    fill_in(halo, "words", "jira, quickbooks")
    fill_in(halo, "leave_out", "stock, teams")
    fill_in(halo, "begins", "2.214")
    fill_in(halo, "when_empty", ["say"])
    fill_in(halo, "zone", "zürich")
    said = fill_in(halo, "weekday", "4")
    words = (
        "Portal, Billing &amp; invoicing, about “jira” or about “quickbooks”, without Stock &amp; purchasing or "
        "anything about “teams”, every Friday at 09:00 (Europe/Zurich), beginning with what is known from v2.214 on, "
        "with a line when nothing is new. The first one comes on Friday 4 December at 09:00."
    )
    assert words in said
    assert "No channel has a digest" in text(command(halo, "subscriptions"))
    stored = text(halo.only_shown_after(lambda: halo.submit({})))
    assert "about “jira” or about “quickbooks”, without Stock &amp; purchasing or anything about “teams”" in stored
    assert "It begins with what is known from v2.214 on. When there is nothing new, it says so." in stored
    assert "even if nothing is new" in stored


@pytest.mark.parametrize(
    ("name", "value", "asked"),
    [
        ("zone", "Atlantis", "Which city's time do you mean?"),
        ("zone", "GMT-3:30", "I know no time zone that is GMT-3:30 all year."),
        ("words", "jira on fridays", "has its own fields here"),
        ("leave_out", "purple elephants", "“purple elephants” is not an area"),
        ("leave_out", "everything", "Nothing would be left then."),
    ],
)
def test_it_asks_while_it_is_filled_in(halo: SlackStandIn, name: str, value: str, asked: str) -> None:
    """What is not clear is asked in place of the words, and under its input when it is sent; nothing is stored."""
    command(halo, "subscribe")
    said = fill_in(halo, name, value)
    assert "I have to ask first" in said
    assert asked in said
    assert set(halo.submit({}).errors) == {name}
    assert "In words" in fill_in(halo, name, "London" if name == "zone" else None)


def test_with_and_without_the_same_is_asked_about(halo: SlackStandIn) -> None:
    """An area that was chosen cannot be left out as well."""
    command(halo, "subscribe")
    fill_in(halo, "areas", ["Portal"])
    assert "Portal: with or without it?" in fill_in(halo, "leave_out", "portal")


@pytest.mark.parametrize(
    ("zone", "kept"), [("UTC+5:30", "UTC+5:30"), ("utc+2", "UTC+2"), ("são paulo", "Sao Paulo"), ("ACST", "Adelaide")]
)
def test_time_zones(halo: SlackStandIn, zone: str, kept: str) -> None:
    """Half hours and accents are understood as they are typed."""
    command(halo, "subscribe")
    assert kept in fill_in(halo, "zone", zone)
    assert kept in text(halo.only_shown_after(lambda: halo.submit({})))


def test_a_channel_that_has_a_digest(halo: SlackStandIn) -> None:
    """Chosen in the window, it shows what there is: it can be changed in a window of its own, or another one added.
    Sent as it is, nothing is stored before a button says which of the two.
    """
    halo.set_clock(SUNDAY)
    command(halo, "subscribe billing mondays 9am", channel="C2")
    command(halo, "subscribe")
    fill_in(halo, "areas", ["Portal"])
    asked = halo.only_shown_after(lambda: halo.click("channel", "C2"))
    assert "<#C2> gets Billing &amp; invoicing, every Monday at 09:00 (Europe/London) already. Change it, or add" in (
        text(asked)
    )
    window = halo.only_shown_after(lambda: halo.click("digest_edit:1"))
    assert len(halo.modals()) == 2
    assert (window.view or {})["submit"]["text"] == "Save"
    assert "In words:* Billing &amp; invoicing, every Monday" in text(window)
    halo.close_view()
    proposed = halo.only_shown_after(lambda: halo.submit({}))
    assert "Nothing has changed yet." in text(proposed)
    assert {"Change it", "Add another"} <= set(buttons(proposed))
    assert "Portal" not in text(command(halo, "subscriptions", channel="C2"))


def test_another_one_from_the_window(halo: SlackStandIn) -> None:
    """ "Add another" keeps what was filled in; saved, the channel has both."""
    command(halo, "subscribe billing mondays 9am", channel="C2")
    command(halo, "subscribe")
    fill_in(halo, "areas", ["Portal"])
    halo.only_shown_after(lambda: halo.click("channel", "C2"))
    adding = halo.only_shown_after(lambda: halo.click("digest_add"))
    assert "already" not in text(adding)
    assert "In words:* Portal, every Monday" in text(adding)
    assert "<#C2> has 2 digests now" in text(halo.only_shown_after(lambda: halo.submit({})))


def test_edited_it_is_shown_whole(halo: SlackStandIn) -> None:
    """All that was typed stands in its own field; what is unticked is taken away, and another channel is a digest of
    its own.
    """
    typed = "subscribe jira, portal -sla, -teams even if nothing is new mondays 9am utc+5:30"
    shown = command(halo, typed)
    window = halo.only_shown_after(lambda: halo.click("digest_edit:1", ts=shown.ts))
    inputs = {
        block["block_id"]: block["element"] for block in (window.view or {})["blocks"] if block["type"] == "input"
    }
    assert inputs["words"]["initial_value"] == '"jira"'
    assert inputs["leave_out"]["initial_value"] == 'SLA, "teams"'
    assert inputs["when_empty"]["initial_options"]
    assert inputs["zone"]["initial_value"] == "Asia/Kolkata"
    assert "with a line when nothing is new" not in fill_in(halo, "when_empty", [])
    assert "The digest of <#C1> stays as it is." in fill_in(halo, "channel", "C2")
    fill_in(halo, "channel", "C1")
    saved = text(halo.only_shown_after(lambda: halo.submit({})))
    assert "if there is something new" in saved
    assert "without SLA or anything about “teams”" in saved


def test_day_one(halo: SlackStandIn) -> None:
    """Before anything is new, Preview is a sample of the newest version, and says so and when the first one comes; to
    begin with that version is offered there and after setting up, and done when it is pressed.
    """
    halo.set_clock(SUNDAY)
    shown = command(halo, "subscribe integrations mondays 9am london")
    start = "Start with what is new in v2.216"
    assert start in buttons(shown)
    for sample in (
        halo.only_shown_after(lambda: halo.click("digest_preview:1", ts=shown.ts)),
        command(halo, "digest preview"),
    ):
        assert "A sample, which only you see." in text(sample)
        assert "of v2.216 it would have said this" in text(sample)
        assert "comes on Monday 30 November at 09:00" in text(sample)
        assert {start, "Details"} <= set(buttons(sample))
    begun = halo.only_shown_after(partial(halo.click, buttons(shown)[start]["action_id"], ts=shown.ts))
    assert "Changed. This is what it is now:" in text(begun)
    preview = command(halo, "digest preview")
    assert "the next digest of <#C1>, as it would be now" in text(preview)
    assert "HaloPSA v2.216" in text(preview)
    assert start not in buttons(preview)


def test_a_sample_on_home(halo: SlackStandIn) -> None:
    """In a window, from which it can begin with the newest version."""
    command(halo, "subscribe everything mondays 9am", channel="C2")
    home = halo.only_shown_after(halo.open_home).view or {}
    sample = halo.only_shown_after(lambda: halo.click("digest_preview:1", view_id=home["id"]))
    assert sample.kind == "view"
    begun, home_now = halo.shown_after(lambda: halo.click("digest_confirm_change:1"))
    assert "Changed. This is what it is now:" in text(begun)
    assert home_now.kind == "home"


def test_a_digest_that_the_last_versions_have_nothing_for(halo: SlackStandIn) -> None:
    """There is no sample, and no version is offered to begin with."""
    shown = command(halo, 'subscribe "quokka sync" mondays 9am')
    assert not [label for label in buttons(shown) if label.startswith("Start with")]
    told = text(halo.only_shown_after(lambda: halo.click("digest_preview:1", ts=shown.ts)))
    assert "the last versions had nothing either" in told


def test_it_follows_what_is_typed(halo: SlackStandIn) -> None:
    """Without Enter, too; of what is typed at once the window shows the last, with few calls to Slack."""
    command(halo, "subscribe")
    asked = text(halo.only_shown_after(lambda: halo.click("words", "purple elephants", entered=False)))
    assert "“purple elephants” is not an area" in asked
    before = len(halo.calls("views.update"))

    def typed() -> None:
        for length in range(1, len("quickbooks") + 1):
            halo.click("words", "quickbooks"[:length], entered=False)

    assert "In words:* about “quickbooks”, every Monday" in text(halo.shown_after(typed)[-1])
    assert len(halo.calls("views.update")) - before < 5
    halo.click("leave_out", "portal", entered=False)
    assert "about “quickbooks”, without Portal, every Friday" in fill_in(halo, "weekday", "4")


def opened_on_home(slack: SlackStandIn, user: str = "UALICE") -> TranscriptEntry:
    """The window that "Edit" on Home opens."""
    home = slack.only_shown_after(lambda: slack.open_home(user=user)).view or {}
    return slack.only_shown_after(lambda: slack.click("digest_edit:1", view_id=home["id"], user=user))


def home_last(shown: list[TranscriptEntry]) -> list[TranscriptEntry]:
    """What an act shows, Home at the end: it is drawn beside all else, so that either may come first."""
    return sorted(shown, key=lambda entry: entry.kind == "home")


def test_changed_meanwhile_nothing_is_overwritten(halo: SlackStandIn) -> None:
    """The window stays as it was filled in and says what the digest is by now; sent once more it does what it says."""
    command(halo, "subscribe billing mondays 9am")
    opened_on_home(halo)
    fill_in(halo, "areas", ["Portal"])
    changed = command(halo, "change the digest to chat on fridays", user="UBOB")
    halo.only_shown_after(partial(halo.click, buttons(changed)["Change it"]["action_id"], ts=changed.ts, user="UBOB"))
    told = halo.only_shown_after(lambda: halo.submit({"weekday": "2"}))
    assert "Nothing is saved yet: somebody changed this digest" in text(told)
    assert "It is now Chat, every Friday at 09:00 (Europe/London)." in text(told)
    assert "In words:* Portal, every Wednesday" in text(told)
    assert (told.view or {})["submit"]["text"] == "Save"
    assert "*Chat*" in text(command(halo, "subscriptions"))
    saved, home = home_last(halo.shown_after(lambda: halo.submit({})))
    assert "now gets a digest like this" in text(saved)
    assert "*Portal*\\nComes every Wednesday" in text(home)
    listed = text(command(halo, "subscriptions"))
    assert "*Portal*\\nComes every Wednesday" in listed
    assert "Chat" not in listed


def test_removed_meanwhile_it_is_not_brought_back(halo: SlackStandIn) -> None:
    """The window says that it is gone; Undo brings it back as it was, and not as the window would have it."""
    command(halo, "subscribe billing mondays 9am")
    opened_on_home(halo)
    listed = command(halo, "subscriptions", user="UBOB")
    halo.only_shown_after(lambda: halo.click("digest_remove:1", ts=listed.ts, user="UBOB"))
    (told,) = halo.shown_after(lambda: halo.submit({"areas": ["Portal"]}), "view")  # Home is shown anew, too
    assert "That digest was removed already" in text(told)
    assert "No channel has a digest" in text(command(halo, "subscriptions"))
    halo.shown_after(partial(halo.click, buttons(told)["Undo"]["action_id"]))
    assert "Billing" in text(command(halo, "subscriptions"))


def test_a_pause_meanwhile_is_no_other_digest(halo: SlackStandIn) -> None:
    """Paused while the window was open, the digest is changed and stays paused."""
    command(halo, "subscribe billing mondays 9am")
    opened_on_home(halo)
    listed = command(halo, "subscriptions", user="UBOB")
    halo.only_shown_after(lambda: halo.click("digest_pause:1", ts=listed.ts, user="UBOB"))
    saved, _ = halo.shown_after(lambda: halo.submit({"areas": ["Portal"]}))
    assert "now gets a digest like this" in text(saved)
    assert "Paused." in text(command(halo, "subscriptions"))


@pytest.mark.parametrize("is_slow", [False, True])
def test_a_channel_that_a_person_is_not_in(halo: SlackStandIn, is_slow: bool) -> None:
    """What was filled in stays, with what is wrong at the channel, also where Slack did not wait for it; in a channel
    that the person is in, it is set up as it is.
    """
    halo.join_channel("G1", user="UHALO")
    halo.wait_idle()
    command(halo, "subscribe", user="UBOB")
    if is_slow:
        halo.fail_next("conversations.members", "hang", seconds=0.9)
        halo.fail_next("users.info", "hang", seconds=1.0)
    filled = {"channel": "G1", "areas": ["Portal"], "words": "jira", "weekday": "3", "at": "07:30", "zone": "Berlin"}
    shown = halo.shown_after(lambda: halo.submit(filled, user="UBOB"))
    asked = "that channel"
    if is_slow:
        assert asked in text(shown[-1])
    else:
        (refused,) = shown
        assert refused.kind == "view_errors"
        assert asked in halo.modals("UBOB")[-1]["errors"]["channel"]
    assert "No channel has a digest" in text(command(halo, "subscriptions"))
    saved = halo.only_shown_after(lambda: halo.submit({"channel": "C2"}, user="UBOB"))
    assert "*Portal or about “jira”*\\nComes every Thursday at 07:30 (Europe/Berlin)." in text(saved)


def test_home_follows_what_its_windows_do(halo: SlackStandIn) -> None:
    """After Edit, and after a button in Preview or in what Edit said, Home shows the digest as it is now."""
    command(halo, "subscribe everything mondays 9am", channel="C2")
    opened_on_home(halo)
    saved, home = home_last(halo.shown_after(lambda: halo.submit({"weekday": "2"})))
    assert (saved.kind, home.kind) == ("view", "home")
    assert "every Wednesday" in text(home)
    paused, home = home_last(halo.shown_after(lambda: halo.click("digest_pause:1", view_id=(saved.view or {})["id"])))
    assert "Paused." in text(home)
    assert "Resume" in buttons(paused)
    halo.close_view()
    halo.only_shown_after(lambda: halo.click("digest_preview:1", view_id=(home.view or {})["id"]))
    begun, home = home_last(halo.shown_after(lambda: halo.click("digest_confirm_change:1")))
    assert "Changed." in text(begun)
    assert home.kind == "home"
