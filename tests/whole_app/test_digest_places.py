"""Which digest is meant: of a channel that is named, by what it is called, in a direct message; and one that was
removed, brought back by whoever may.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.app import Application
from bot.catalog.models import Entry
from bot.playground.model import TranscriptEntry
from bot.settings import Settings
from tests.whole_app.acting import SlackStandIn, buttons, text


def command(slack: SlackStandIn, words: str, **where: str) -> TranscriptEntry:
    """A command, and the one answer to it."""
    return slack.only_shown_after(partial(slack.command, "/halo", words, **where))


def press(slack: SlackStandIn, shown: TranscriptEntry, label: str, **who: str) -> TranscriptEntry:
    """Press the first button with this label, and the one thing that shows because of it."""
    where = {"view_id": shown.view["id"]} if shown.view else {"ts": str(shown.ts), "channel": str(shown.channel)}
    return slack.only_shown_after(partial(slack.click, buttons(shown)[label]["action_id"], **where, **who))


@pytest.fixture
def two_channels(halo: SlackStandIn) -> SlackStandIn:
    """Billing comes in #general, portal and chat in #halo-admins."""
    command(halo, "subscribe billing mondays 9am")
    command(halo, "subscribe portal fridays 5pm", channel="C2")
    press(halo, command(halo, "subscribe chat daily 8am", channel="C2"), "Add another")
    return halo


# Typed in #general, and what has to be there of #halo-admins' digests.
NAMED = {
    "pause <#C2|halo-admins>": "Which of these 2 digests", "pause <#C2>": "Which of these 2 digests",
    "pause <#C2|>": "Which of these 2 digests", "pause the digest in #halo-admins": "Which of these 2 digests",
    "pause the portal digest in #halo-admins": "Press Pause on the card", "resume #halo-admins": "nothing to resume",
    "unsubscribe #halo-admins": "Which of these digests?",
    "unsubscribe <#C2> from the digest": "Which of these digests?",
    "stop the digest of #halo-admins": "Which of these digests?",
    "stop posting in #halo-admins": "Which of these digests?",
    "change digest #halo-admins to fridays 6pm": "every Friday at 18:00",
    "make the digest in #halo-admins daily": "Portal, every day at 17:00",
    "make <#C2> monthly": "1st of every month", "#halo-admins: pause for two weeks": "Pause it until",
    "pause #halo-admins for two weeks": "Pause it until", "subscriptions #halo-admins": "The digests of <#C2>:",
    "digest preview #halo-admins": "A sample", "add jira to the digest in #halo-admins": "or about “jira”",
}  # fmt: skip


def test_updates_of_a_channel_without_a_digest(halo: SlackStandIn) -> None:
    """A wish for its updates is answered by how one is set up there, with the search beside it; what speaks of no
    updates is a question.
    """
    for words in ("please send the updates to #halo-admins every monday at 9", "no more updates to <#C2> please"):
        shown = text(command(halo, words))
        assert "<#C2> has no digest. Say `subscribe mondays 9am` there to set one up." in shown
        assert "Or did you mean to search" in shown
    assert "digest" not in text(command(halo, "send sla breaches to #halo-admins"))


def test_a_channel_that_is_named_is_meant(two_channels: SlackStandIn) -> None:
    """Whichever verb, and however Slack writes the channel; the digest of the channel it is typed in is not spoken of,
    and nothing is done.
    """
    before = [block.get("text") for block in command(two_channels, "subscriptions").blocks]
    for words, shown in NAMED.items():
        said = text(command(two_channels, words))
        assert shown in said, words
        assert "Billing" not in said or "digest preview" in words, words
    after = [block.get("text") for block in command(two_channels, "subscriptions").blocks]
    assert after == before


def test_another_channel_is_called_by_its_name(two_channels: SlackStandIn) -> None:
    """Nothing that is said in #general of #halo-admins' digests says "this channel" or "here"."""
    more = (
        "undo #halo-admins",
        "when did the last digest come in #halo-admins",
        "pause the sla digest in #halo-admins",
    )
    for words in (*NAMED, *more):
        said = text(command(two_channels, words))
        assert "This channel" not in said, words
        assert "digest here" not in said, words
    for _ in range(2):
        press(two_channels, command(two_channels, "unsubscribe #halo-admins"), "Remove")
    for words in ("subscriptions #halo-admins", "undo #halo-admins", "digest preview #halo-admins"):
        said = text(command(two_channels, words))
        assert "This channel" not in said, words
        assert "<#C2>" in said, words


def test_a_preview_of_another_channel_has_no_buttons_of_this_one(
    two_channels: SlackStandIn, settings: Settings, make_entry: Callable[..., Entry]
) -> None:
    """The row under a post is about the channel where it is pressed: a preview of another one leaves it out."""
    application = Application(settings, two_channels.now)
    catalog = application.services.search.catalog
    catalog.upsert([make_entry(f"{1900000 + n}", title=f"Portal quokka {n}", area="Portal") for n in range(9)])
    application.digest_runner.record_arrivals()
    here = command(two_channels, "digest preview", channel="C2")
    assert "the next digest of <#C2>, as it would be now" in text(here)
    assert "Edit, pause or remove" in buttons(here)
    there = command(two_channels, "digest preview #halo-admins")
    card = press(two_channels, command(two_channels, "subscriptions #halo-admins"), "Preview")
    for shown in (there, card):
        assert "the next digest of <#C2>, as it would be now" in text(shown)
        assert "Portal quokka" in text(shown)
        assert "Edit, pause or remove" not in buttons(shown)
        assert "digest_area" not in text(shown)
    catalog.close()


@pytest.mark.parametrize(
    ("words", "becomes"),
    [
        ("set up a digest in #halo-admins about portal on fridays", "Portal, every Friday"),
        ("set up a digest in <#C2> about portal on fridays", "Portal, every Friday"),
        ("i want a portal digest on fridays in #halo-admins", "Portal, every Friday"),
        ("create a digest for #halo-admins", "everything, every Monday"),
    ],
)
def test_a_digest_is_set_up_in_the_channel_that_is_named(halo: SlackStandIn, words: str, becomes: str) -> None:
    """It is proposed for that channel, from another channel and from a direct message; the button sets it up there."""
    proposed = command(halo, words)
    assert "<#C2> has no digest. Set this one up?" in text(proposed)
    assert f"*{becomes}" in text(proposed)
    in_direct_message = halo.only_shown_after(partial(halo.dm, words.replace("#halo-admins", "<#C2>")))
    assert "<#C2> has no digest." in text(in_direct_message)
    press(halo, proposed, "Set it up")
    assert "This channel has no digest" in text(command(halo, "unsubscribe"))
    assert becomes.split(",")[0] in text(command(halo, "unsubscribe", channel="C2")).replace("Everything", "everything")


def test_a_digest_is_not_set_up_where_one_may_not(two_channels: SlackStandIn) -> None:
    """Not in a channel that the person is not in, nor in one that nobody can tell; where one is, that is shown."""
    two_channels.join_channel("G1", user="UHALO")
    two_channels.wait_idle()
    for words in ("set up a digest in <#G1> about portal", "i want a portal digest in #no-such-channel"):
        shown = command(two_channels, words, user="UBOB")
        assert not {"Set it up", "Add another", "Change it"} & set(buttons(shown)), words
        assert "channel" in text(shown), words
    there = text(command(two_channels, "set up a digest in <#C2> about sla on fridays"))
    assert "Add another" in there
    assert "Billing" not in there


def test_a_channel_that_the_person_is_not_in(two_channels: SlackStandIn) -> None:
    """Nothing of it is shown, and that is said; nor of one that Slack does not name."""
    two_channels.join_channel("G1", user="UHALO")
    two_channels.wait_idle()
    command(two_channels, "subscribe <#G1> assets mondays 9am")
    for words in ("pause <#G1>", "unsubscribe <#G1>", "change digest <#G1> to fridays", "digest preview <#G1>"):
        said = text(command(two_channels, words, user="UBOB"))
        assert "You are not in that channel" in said, words
        assert "Assets" not in said
    for words in ("pause #nowhere", "move the digest to #nowhere"):
        assert "I cannot tell which channel #nowhere is" in text(command(two_channels, words)), words


def test_a_preview_is_for_who_is_in_the_channel(halo: SlackStandIn) -> None:
    """What a digest of another channel would post is shown only to who is in that channel, also of a public one."""
    command(halo, "subscribe assets mondays 9am", channel="C2")
    halo.leave_channel("C2", user="UBOB")
    refused = press(halo, command(halo, "subscriptions", user="UBOB"), "Preview", user="UBOB")
    assert "You are not in that channel" in text(refused)
    assert "A sample" in text(press(halo, command(halo, "subscriptions"), "Preview"))


def test_a_digest_moves_by_being_set_up_there(two_channels: SlackStandIn) -> None:
    """The same one in the other channel, by a button, and one that removes it here; where one is not, it is refused."""
    for words in ("move the digest to #halo-admins", "post it in #halo-admins instead", "change digest to <#C2>"):
        asked = command(two_channels, words)
        assert "A digest stays in its channel" in text(asked), words
        assert {"Set it up there", "Remove"} <= set(buttons(asked))
    assert "<#C2> has 2 digests already. This one would come besides." in text(asked)
    moved = press(two_channels, asked, "Set it up there")
    said, _, stays = text(moved).partition("This one still comes as well. Press Remove to end it:")
    assert "<#C2>: *Billing" in said
    assert "<#C1>: *Billing" in stays
    (old,) = [e for block in moved.blocks for e in block.get("elements", ()) if e.get("action_id") == "digest_remove:1"]
    removed = two_channels.only_shown_after(
        lambda: two_channels.click(old["action_id"], ts=str(moved.ts), channel="C1")
    )
    assert "<#C1> no longer gets that digest. It was Billing" in text(removed)
    listed = text(command(two_channels, "subscriptions"))
    assert "*In this channel*\\nNo digest." in listed
    assert "<#C2>: *Billing" in listed


def test_a_name_selects(two_channels: SlackStandIn) -> None:
    """By what it holds or when it comes; where none is called so, that is said, with what there is."""
    in_admins = partial(command, two_channels, channel="C2")
    for words in (
        "pause the portal digest",
        "stop the portal digest",
        "edit the friday digest",
        "pause the weekly digest",
    ):
        said = text(in_admins(words))
        assert "Portal" in said, words
        assert "Chat" not in said, words
    assert "Change it to: *Chat, every day at 07:00" in text(in_admins("move the daily digest to 7am"))
    assert "or about “jira”" in text(in_admins("add jira to the chat digest"))
    for words in ("pause the assets digest", "resume the monthly digest", "make the sla digest daily"):
        shown = in_admins(words)
        assert "digest. This is what there is:" in text(shown), words
        assert {"Pause", "Remove", "Search"} <= set(buttons(shown))
        assert not {"Change it", "Pause it"} & set(buttons(shown))


def test_in_a_direct_message(halo: SlackStandIn) -> None:
    """The digests that a person set up are meant, wherever they are; who has none is told that a channel is needed."""
    command(halo, "subscribe billing mondays 9am")
    for words in ("make it daily", "pause the digest", "unsubscribe", "pause for two weeks"):
        alone = halo.only_shown_after(partial(halo.dm, words, user="UBOB"))
        assert "You have set up no digest. A digest belongs to a channel" in text(alone), words
        assert "Set it up" not in buttons(alone)
    proposed = halo.only_shown_after(lambda: halo.dm("make it daily"))
    assert "<#C1> gets Billing" in text(proposed)
    changed = press(halo, proposed, "Change it")
    assert "every day at 09:00" in text(changed)
    command(halo, "subscribe portal fridays", channel="C2")
    assert "Which of these 2 digests" in text(halo.only_shown_after(lambda: halo.dm("pause the digest")))
    assert "<#C2>: *Portal" in text(halo.only_shown_after(lambda: halo.dm("stop the portal digest")))


def test_undone_by_typing_and_by_others(halo: SlackStandIn) -> None:
    """For a day whoever may brings it back: typed in any words, from the list, where there is no digest any more; the
    channel is told when somebody else does.
    """
    for words in (
        "undo",
        "undo that",
        "bring the digest back",
        "restore the digest",
        "bring back the digest",
        "resume",
    ):
        listed = command(halo, "subscribe billing mondays 9am")
        removed = press(halo, listed, "Remove")
        assert "Removed: <#C1> no longer gets that digest. It was Billing" in text(removed)
        asked = command(halo, words, user="UBOB")
        assert "Billing" in text(asked), words
        assert "No channel has a digest" in text(command(halo, "subscriptions"))
        assert "It is back." in text(press(halo, asked, "Undo", user="UBOB")), words
        press(halo, command(halo, "unsubscribe"), "Remove")
        listed = command(halo, "subscriptions", user="UBOB")
        assert "Removed in the last day" in text(listed)
        back = press(halo, listed, "Undo", user="UBOB")
        assert "*In this channel*" in text(back)
        press(halo, command(halo, "unsubscribe"), "Remove")
        halo.advance(25 * 3600)
    assert "Undo" not in buttons(command(halo, "undo"))
    assert "Undo" not in buttons(command(halo, "subscriptions"))


def test_resume_with_running_digests_and_a_removal(halo: SlackStandIn) -> None:
    """What runs is shown before what was removed."""
    press(halo, command(halo, "subscribe chat mondays 9am"), "Remove")
    command(halo, "subscribe billing fridays 9am")
    said = text(command(halo, "resume"))
    assert "There is nothing to resume, for this is not paused:" in said
    assert said.index("Billing") < said.index("Removed in the last day") < said.index("Chat")
    press(halo, command(halo, "pause"), "Pause")
    assert "Removed in the last day" not in text(command(halo, "resume"))


def test_who_may_not_brings_nothing_back(slack: SlackStandIn, restart_with: Callable[..., Any]) -> None:
    """Undo asks who may, as every button does."""
    with restart_with(admins=("UALICE",)):
        press(slack, command(slack, "subscribe billing mondays 9am"), "Remove")
        asked = command(slack, "undo", user="UBOB")
        assert "Ask an admin" in text(press(slack, asked, "Undo", user="UBOB"))
        assert "No channel has a digest" in text(command(slack, "subscriptions"))


def test_every_digest_can_be_reached(halo: SlackStandIn) -> None:
    """Pages of eight; a click on a page stays on it."""
    areas = (
        "billing",
        "portal",
        "chat",
        "assets",
        "sla",
        "api",
        "reporting",
        "projects",
        "stock",
        "integrations",
        "crm",
    )
    for number, area in enumerate(areas):
        shown = command(halo, f"subscribe {area} mondays {8 + number % 3}am", channel=("C1", "C2")[number % 2])
        if "Add another" in buttons(shown):
            press(halo, shown, "Add another")
    first = command(halo, "subscriptions")
    assert "1 to 8 of" in text(first)
    assert "Previous" not in buttons(first)
    second = press(halo, first, "Next")
    assert (second.kind, second.ts) == ("update", first.ts)
    assert "9 to " in text(second)
    assert "Next" not in buttons(second)
    paused = press(halo, second, "Pause")
    assert "9 to " in text(paused)
    assert "Resume" in buttons(paused)
    assert "1 to 8 of" in text(press(halo, paused, "Previous"))
