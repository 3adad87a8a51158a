"""A digest's card wherever it is shown: in `subscriptions`, after setting up, on Home, under a digest that was posted.
What its buttons do is said where they were pressed; nothing is removed that was not confirmed as it is.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.app import Application
from bot.catalog.models import Entry
from bot.playground.model import TranscriptEntry
from bot.settings import Settings
from bot.storage.audit_log import read_events
from tests.whole_app.acting import SlackStandIn, buttons, text


def command(slack: SlackStandIn, words: str, **where: str) -> TranscriptEntry:
    """A command, and the one answer to it."""
    return slack.only_shown_after(partial(slack.command, "/halo", words, **where))


def press(slack: SlackStandIn, shown: TranscriptEntry, label: str, **who: str) -> TranscriptEntry:
    """Press the first button with this label, and the one thing that shows because of it."""
    where = {"view_id": shown.view["id"]} if shown.view else {"ts": str(shown.ts), "channel": str(shown.channel)}
    return slack.only_shown_after(partial(slack.click, buttons(shown)[label]["action_id"], **where, **who))


def bot_posts(slack: SlackStandIn, channel: str = "C1") -> list[str]:
    """What everybody in a channel has seen of the bot."""
    return [str(one["text"]) for one in slack.messages(channel) if one["user"] == "UHALO"]


def test_the_card_is_the_same_everywhere(halo: SlackStandIn) -> None:
    """After setting up, in the list, on Home and in what `unsubscribe` asks: when it comes and the four buttons."""
    shown = [
        command(halo, "subscribe billing mondays 9am london"),
        command(halo, "subscriptions"),
        command(halo, "unsubscribe"),
        command(halo, "subscribe"),
        halo.only_shown_after(halo.open_home),
    ]
    for one in shown:
        assert "every Monday at 09:00 (Europe/London)" in text(one)
        assert "The next one comes on Monday" in text(one)
        assert {"Edit", "Pause", "Preview", "Remove"} <= set(buttons(one))
        assert "Set up by <@UALICE>" in text(one)
    asked = buttons(shown[1])["Remove"]["confirm"]["text"]["text"]
    assert asked == "<#C1> no longer gets Billing &amp; invoicing, every Monday at 09:00 (Europe/London)."


def test_pause_and_resume_in_the_list(halo: SlackStandIn) -> None:
    """The list is shown anew with what was done above it; another person may do it too."""
    command(halo, "subscribe billing mondays 9am")
    listed = command(halo, "subscriptions", user="UBOB")
    paused = press(halo, listed, "Pause", user="UBOB")
    assert (paused.kind, paused.ts) == ("update", listed.ts)
    assert "Paused until somebody presses Resume" in text(paused)
    assert "*In this channel*" in text(paused)
    resumed = press(halo, paused, "Resume", user="UBOB")
    assert "It goes on. The next one comes on Monday" in text(resumed)
    assert "Pause" in buttons(resumed)


def test_unsubscribe_asks_which(halo: SlackStandIn) -> None:
    """With several digests each has its card; the one whose Remove is pressed ends, and no other."""
    command(halo, "subscribe billing mondays 9am")
    press(halo, command(halo, "subscribe portal fridays 5pm"), "Add another")
    for ask in ("unsubscribe", "unsubscribe portal"):
        command(halo, ask)
        assert "Billing" in text(command(halo, "subscriptions"))
        assert "Portal" in text(command(halo, "subscriptions"))
    before, asked = command(halo, "subscriptions"), command(halo, "unsubscribe portal")
    assert "Billing" not in text(asked)
    removed = press(halo, asked, "Remove")
    assert "no longer gets that digest. It was Portal, every Friday at 17:00" in text(removed)
    assert "removed already" in text(halo.only_shown_after(lambda: halo.click("digest_remove:2", ts=before.ts)))
    listed, _, gone = text(command(halo, "subscriptions")).partition("Removed in the last day")
    assert "Billing" in listed
    assert "Portal" not in listed
    assert "Portal" in gone


def test_who_set_it_up_is_told_in_the_channel(halo: SlackStandIn, settings: Settings) -> None:
    """Somebody else's removal is one line in the channel; one's own is none."""
    application = Application(settings, halo.now)
    command(halo, "subscribe billing mondays 9am")
    press(halo, command(halo, "subscriptions", user="UBOB"), "Remove", user="UBOB")
    application.digest_runner.run_due()
    assert len(bot_posts(halo)) == 1
    command(halo, "subscribe billing mondays 9am")
    press(halo, command(halo, "subscriptions"), "Remove")
    application.digest_runner.run_due()
    (told,) = [one for one in halo.messages("C1") if one["user"] == "UHALO"]
    assert "<@UBOB> removed a digest of this channel that <@UALICE> set up: Billing" in str(told["blocks"])
    application.search.catalog.close()


def test_what_changed_meanwhile_is_not_removed(halo: SlackStandIn) -> None:
    """Remove on an old card shows what the digest is now; its own Remove ends that."""
    listed = command(halo, "subscribe billing mondays 9am")
    window = press(halo, listed, "Edit", user="UALICE")
    assert window.kind == "view"
    assert "now gets a digest" in text(halo.only_shown_after(lambda: halo.submit({"areas": ["Chat"]})))
    kept = halo.only_shown_after(lambda: halo.click("digest_remove:1", ts=listed.ts, channel="C1"))
    assert "nothing was done" in text(kept)
    assert "Chat" in text(kept)
    assert "no longer gets that digest. It was Chat" in text(press(halo, kept, "Remove"))


def test_on_home(halo: SlackStandIn) -> None:
    """Every button says there what it did; Edit and Preview open a window."""
    command(halo, "subscribe billing mondays 9am", channel="C2")
    home = halo.only_shown_after(lambda: halo.open_home(user="UBOB"))
    assert "A sample, which only you see." in text(press(halo, home, "Preview", user="UBOB"))
    halo.close_view(user="UBOB")
    assert press(halo, home, "Edit", user="UBOB").kind == "view"
    halo.close_view(user="UBOB")
    paused = press(halo, home, "Pause", user="UBOB")
    assert paused.kind == "home"
    assert "Paused." in text(paused)
    assert "It goes on." in text(press(halo, paused, "Resume", user="UBOB"))
    removed = press(halo, halo.only_shown_after(lambda: halo.open_home(user="UBOB")), "Remove", user="UBOB")
    assert "no longer gets that digest. It was Billing" in text(removed)
    assert "Digests in this workspace" not in text(removed)


def test_two_people_with_different_rights(slack: SlackStandIn, restart_with: Callable[..., Any]) -> None:
    """With HALO_ADMINS every button of a card asks anew who may, in messages and on Home alike."""
    with restart_with(admins=("UALICE",)):
        command(slack, "subscribe billing mondays 9am")
        for label in ("Pause", "Remove"):
            refused = press(slack, command(slack, "subscriptions", user="UBOB"), label, user="UBOB")
            assert "Ask an admin" in text(refused)
            home = slack.only_shown_after(lambda: slack.open_home(user="UBOB"))
            assert "Ask an admin" in text(press(slack, home, label, user="UBOB"))
            slack.close_view(user="UBOB")
        assert "The next one comes" in text(command(slack, "subscriptions"))
        press(slack, command(slack, "subscriptions", user="UBOB"), "Edit", user="UBOB")
        assert "Ask an admin" in text(slack.only_shown_after(lambda: slack.submit({"areas": ["Chat"]}, user="UBOB")))
        assert "Paused." in text(press(slack, command(slack, "subscriptions"), "Pause"))


def test_in_a_thread_and_directly(halo: SlackStandIn) -> None:
    """A mention's answer is for the one who asked; a direct message is the message itself."""
    command(halo, "subscribe billing mondays 9am")
    for ask in (partial(halo.mention, "unsubscribe", user="UBOB"), partial(halo.mention, "subscriptions", user="UBOB")):
        shown = halo.only_shown_after(ask)
        assert (shown.kind, shown.visible_to) == ("ephemeral", "UBOB")
        assert "Remove" in buttons(shown)
    listed = halo.only_shown_after(lambda: halo.dm("subscriptions", user="UBOB"))
    assert "*In channels*" in text(listed)
    paused = press(halo, listed, "Pause", user="UBOB")
    assert (paused.kind, paused.ts) == ("update", listed.ts)


def test_removed_and_brought_back(halo: SlackStandIn) -> None:
    """For a day Undo brings the digest back, where it was removed and by whoever sees the button; then it says that it
    is too late.
    """
    first = command(halo, "subscribe billing mondays 9am")
    removed = press(halo, first, "Remove")
    assert "For a day, Undo brings it back" in text(removed)
    assert "No channel has a digest" in text(command(halo, "subscriptions"))
    back = press(halo, removed, "Undo")
    assert "It is back. The next one comes on Monday" in text(back)
    listed = press(halo, command(halo, "subscriptions"), "Remove")
    assert "*In this channel*" in text(press(halo, listed, "Undo"))
    home = halo.only_shown_after(halo.open_home)
    on_home = press(halo, press(halo, home, "Remove"), "Undo")
    assert "It is back." in text(on_home)
    assert "Digests in this workspace" in text(on_home)
    gone = press(halo, command(halo, "unsubscribe"), "Remove")
    halo.advance(25 * 3600)
    assert "cannot be undone any more" in text(press(halo, gone, "Undo"))
    assert "No channel has a digest" in text(command(halo, "subscriptions"))


def test_sentences_about_the_digest_show_its_card(halo: SlackStandIn) -> None:
    """Ending and changing without saying how: the card, with nothing done yet."""
    assert "has no digest" in text(command(halo, "change the digest"))
    command(halo, "subscribe billing mondays 9am")
    for said in ("cancel the digest", "stop the digest", "change the digest"):
        shown = command(halo, said)
        assert "Nothing is " in shown.text, said
        assert {"Edit", "Remove"} <= set(buttons(shown))
    assert "every Monday at 09:00" in text(command(halo, "subscriptions"))
    assert "<#C1> has 2 digests now" in text(press(halo, command(halo, "subscribe portal fridays 5pm"), "Add another"))
    assert "Which of these digests?" in text(command(halo, "edit the digest"))


def test_a_pause_gets_an_end(halo: SlackStandIn, settings: Settings) -> None:
    """In the list, on Home and after `pause`: a menu of lengths and a calendar; what was chosen is said, and then it
    goes on by itself. A day that is over is asked about, and without an end it waits again.
    """
    halo.set_clock(datetime(2026, 11, 29, 7, tzinfo=UTC))
    command(halo, "subscribe billing mondays 9am london")
    paused = press(halo, command(halo, "subscriptions"), "Pause")
    chosen = choose(halo, paused, "static_select", "for 2 weeks|")
    assert (chosen.kind, chosen.ts) == ("update", paused.ts)
    assert "Paused until Sunday 13 December; then it goes on by itself. The next one comes on Monday 14 December" in (
        text(chosen)
    )
    on_home = choose(halo, halo.only_shown_after(halo.open_home), "static_select", "indefinitely|")
    assert on_home.kind == "home"
    assert "until Sunday" not in text(on_home)
    typed = press(halo, command(halo, "unsubscribe"), "Resume")
    typed = press(halo, typed, "Pause")
    by_day = choose(halo, typed, "datepicker", "2026-12-24")
    assert "Paused until Thursday 24 December" in text(by_day)
    assert "That day is over" in text(choose(halo, by_day, "datepicker", "2026-11-01"))
    assert "That is over a year" in text(choose(halo, by_day, "datepicker", "2028-01-01"))
    halo.set_clock(datetime(2026, 12, 24, 7, tzinfo=UTC))
    application = Application(settings, halo.now)
    application.digest_runner.run_due()
    assert "The next one comes on Monday 28 December" in text(command(halo, "subscriptions"))
    done = [(event.action, event.details.partition("; until ")[2]) for event in read_events(application.engine, "T1")]
    assert done[0] == ("resumed", "")
    assert ("paused", "Sunday 13 December at 00:00") in done
    assert ("paused", "Thursday 24 December at 00:00") in done
    application.search.catalog.close()


def test_a_pause_that_somebody_else_made_keeps_its_end(halo: SlackStandIn) -> None:
    """Neither an earlier proposal nor an older card takes another person's pause away, and that is said."""
    halo.set_clock(datetime(2026, 11, 29, 7, tzinfo=UTC))
    command(halo, "subscribe billing mondays 9am london")
    older = command(halo, "subscriptions")
    proposed = command(halo, "pause for 2 weeks")
    paused = press(halo, command(halo, "subscriptions", user="UBOB"), "Pause", user="UBOB")
    choose(halo, paused, "datepicker", "2027-02-01", user="UBOB")
    for shown in (proposed, older):
        label = next(label for label in buttons(shown) if label.startswith("Pause"))
        said = text(press(halo, shown, label))
        assert "It is paused already" in said
        assert "Monday 1 February" in said


def choose(slack: SlackStandIn, shown: TranscriptEntry, kind: str, value: str, **who: str) -> TranscriptEntry:
    """Choose the option that begins so, or the day, in the first menu or calendar of this kind."""
    blocks = shown.view["blocks"] if shown.view else shown.blocks
    (element,) = [e for block in blocks for e in block.get("elements", ()) if e.get("type") == kind]
    value = next((o["value"] for o in element.get("options", ()) if o["value"].startswith(value)), value)
    where = {"view_id": shown.view["id"]} if shown.view else {"ts": str(shown.ts), "channel": str(shown.channel)}
    return slack.only_shown_after(partial(slack.click, element["action_id"], value, **where, **who))


def test_under_the_first_post(halo: SlackStandIn, settings: Settings, make_entry: Callable[..., Entry]) -> None:
    """The same card as elsewhere, once; what its buttons do is said to the one who pressed. Later posts have a button
    that shows it.
    """
    application = Application(settings, halo.now)
    command(halo, "subscribe everything daily 9am")
    posts = []
    for number in range(2):
        application.services.search.catalog.upsert([make_entry(f"{1900000 + number}", title=f"Quokka sync {number}")])
        halo.advance(24 * 3600)
        posts += halo.shown_after(application.digest_runner.run_due, "message")
    first, second = posts
    assert {"Edit", "Pause", "Preview", "Remove", "Watch a topic"} <= set(buttons(first))
    assert "Comes every day at 09:00" in text(first)
    assert "Set up by <@UALICE>" in text(first)
    assert {"Details", "Watch a topic", "Edit, pause or remove"} == set(buttons(second))
    shown = press(halo, second, "Edit, pause or remove", user="UBOB")
    assert (shown.kind, shown.visible_to) == ("ephemeral", "UBOB")
    paused = press(halo, first, "Pause", user="UBOB")
    assert (paused.kind, paused.visible_to) == ("ephemeral", "UBOB")
    assert "Resume" in buttons(paused)
    removed = press(halo, first, "Remove", user="UBOB")
    assert (removed.kind, removed.visible_to) == ("ephemeral", "UBOB")
    assert "no longer gets that digest" in text(removed)
    application.digest_runner.run_due()
    assert "removed a digest of this channel" in str(halo.messages("C1")[-1]["blocks"])
    application.search.catalog.close()
