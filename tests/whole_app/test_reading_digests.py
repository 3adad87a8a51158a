"""What people read of others' digests: those of public channels, and of the channels that they are in. Nobody reads of
anybody else's direct messages.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.playground.model import TranscriptEntry
from tests.whole_app.acting import SlackStandIn, buttons, text

HIDDEN = "in direct messages, or in private channels that you are not in."
UNKNOWN = "not shown, for I cannot see who is in that channel"


def command(slack: SlackStandIn, words: str, **where: str) -> TranscriptEntry:
    """A command, and the one answer to it."""
    return slack.only_shown_after(partial(slack.command, "/halo", words, **where))


def press(slack: SlackStandIn, shown: TranscriptEntry, label: str, **who: str) -> TranscriptEntry:
    """Press the first button with this label, and the one thing that shows because of it."""
    where = {"view_id": shown.view["id"]} if shown.view else {"ts": str(shown.ts), "channel": str(shown.channel)}
    return slack.only_shown_after(partial(slack.click, buttons(shown)[label]["action_id"], **where, **who))


def test_a_direct_message_is_no_channel(halo: SlackStandIn) -> None:
    """Its own digest is called so, in a sentence and at the beginning of one; no channel is spoken of."""
    first = text(halo.only_shown_after(partial(halo.dm, "subscriptions")))
    assert "`subscribe #general mondays 9am` sets one up in that channel." in first
    halo.shown_after(partial(halo.dm, "subscribe chat daily 8am"))
    listed = text(halo.only_shown_after(partial(halo.dm, "subscriptions")))
    assert "*In our conversation*" in listed
    assert "In this channel" not in listed
    assert "_Our conversation_: *Chat*" in listed
    again = text(halo.only_shown_after(partial(halo.dm, "subscribe")))
    assert "_Our conversation_ gets Chat" in again


def home(slack: SlackStandIn, user: str) -> TranscriptEntry:
    """A person's Home."""
    return slack.only_shown_after(partial(slack.open_home, user=user))


def set_up(slack: SlackStandIn) -> None:
    """Alice's digests: of a public channel, of a private one that Bob is not in, and of her direct messages."""
    slack.join_channel("G1", user="UHALO")
    slack.wait_idle()
    command(slack, "subscribe portal fridays 5pm", channel="C2")
    command(slack, "subscribe assets mondays 9am", channel="G1")
    slack.shown_after(partial(slack.dm, "subscribe chat daily 8am"))


def seen_by(slack: SlackStandIn, user: str) -> list[str]:
    """All places where a person reads of the workspace's digests."""
    return [
        text(command(slack, "subscriptions", user=user)),
        text(home(slack, user)),
        text(slack.only_shown_after(partial(slack.dm, "subscriptions", user=user))),
        text(command(slack, "status", user=user)),
    ]


def test_each_reads_what_is_theirs(slack: SlackStandIn, restart_with: Callable[..., Any]) -> None:
    """Alice reads all of hers; Bob the public one. Neither its words nor that there are others is told to him, who may
    not change digests; an admin who is not in there reads how many there are, and no more.
    """
    with restart_with(admins=("UALICE",)):
        set_up(slack)
        listed, at_home, directly, status = seen_by(slack, "UALICE")
        for shown in (listed, at_home, directly):
            assert "Portal" in shown
            assert "Assets" in shown
            assert "_Our conversation_: *Chat*" in shown
            assert HIDDEN not in shown
        assert "Next digest: " in status
        for shown in seen_by(slack, "UBOB"):
            assert "Assets" not in shown
            assert "Chat" not in shown
            assert "G1" not in shown
            assert "DALICE" not in shown
            assert HIDDEN not in shown
        assert "Portal" in seen_by(slack, "UBOB")[0]
    with restart_with(admins=("UALICE", "UBOB")):
        listed, at_home, directly, _ = seen_by(slack, "UBOB")
        for shown in (listed, at_home, directly):
            assert f"2 more digests are {HIDDEN}" in shown
            assert "Assets" not in shown
            assert "Chat" not in shown


def test_who_comes_in_reads_it(halo: SlackStandIn) -> None:
    """Invited into the private channel, Bob reads of its digest a moment later; out of it again, he does not."""
    set_up(halo)
    assert "Assets" not in text(home(halo, "UBOB"))
    halo.join_channel("G1", user="UBOB")
    halo.advance(6)
    assert "Assets" in text(home(halo, "UBOB"))
    halo.leave_channel("G1", user="UBOB")
    halo.advance(61)
    for shown in seen_by(halo, "UBOB"):
        assert "Assets" not in shown


@pytest.mark.parametrize("name", ["edit", "pause", "preview", "remove"])
def test_an_old_card_shows_nothing_of_a_channel_that_was_left(halo: SlackStandIn, name: str) -> None:
    """On a Home of before, no button shows or changes a digest of a channel that the person is not in any more, nor
    what it has become since.
    """
    set_up(halo)
    halo.join_channel("G1", user="UBOB")
    halo.advance(6)
    old = home(halo, "UBOB")
    (action_id,) = [one for one in actions_of(old, "G1") if one.startswith(f"digest_{name}:")]
    halo.leave_channel("G1", user="UBOB")
    halo.advance(61)
    press(halo, command(halo, "subscriptions", channel="G1"), "Edit")
    halo.only_shown_after(lambda: halo.submit({"areas": ["API"]}))
    shown = halo.only_shown_after(partial(halo.click, action_id, user="UBOB", view_id=old.view["id"]))
    assert "You are not in that channel" in text(shown)
    assert "Assets" not in text(shown)
    assert "API" not in text(shown)
    assert "API" in text(command(halo, "subscriptions", channel="G1"))


def actions_of(shown: TranscriptEntry, channel: str) -> list[str]:
    """The ids of the buttons on the card of a channel's digest."""
    blocks = shown.view["blocks"]
    (at,) = [n for n, block in enumerate(blocks) if f"<#{channel}>" in str(block.get("text"))]
    return [element["action_id"] for element in blocks[at + 1]["elements"]]


@pytest.mark.long
@pytest.mark.parametrize("fault", ["500", "hang"])
def test_while_slack_does_not_say(halo: SlackStandIn, fault: str) -> None:
    """What nobody can tell is not shown, and that is said, with what to do; what the person set up stays. Nobody waits
    long for it, and a moment later all is there.
    """
    set_up(halo)
    more = {"seconds": 20.0} if fault == "hang" else {}
    halo.fail_next("users.conversations", fault, times=2, **more)
    shown = text(command(halo, "subscriptions", user="UBOB"))
    assert UNKNOWN in shown
    assert "Assets" not in shown
    halo.fail_next("users.conversations", fault, times=2, **more)
    assert "Assets" in text(command(halo, "subscriptions"))
    halo.advance(6)
    assert "Portal" in text(command(halo, "subscriptions", user="UBOB"))


def test_it_costs_two_calls(halo: SlackStandIn) -> None:
    """However many channels have digests: the list, Home and a page of it ask Slack twice, and then for a minute at
    most once more.
    """
    for number in range(12):
        halo.add_channel(f"C{100 + number}", f"team-{number}", members=["UALICE", "UHALO"])
        command(halo, "subscribe portal mondays 9am", channel=f"C{100 + number}")
    before = len(calls(halo))
    listed = command(halo, "subscriptions", user="UBOB")
    assert "1 to 8 of 12" in text(listed)
    press(halo, listed, "Next", user="UBOB")
    home(halo, "UBOB")
    assert calls(halo)[before:].count("users.conversations") == 2
    assert "conversations.info" not in calls(halo)[before:]


def calls(slack: SlackStandIn) -> list[str]:
    """The methods that the app called of what tells who is where."""
    return [call.method for call in slack.calls() if call.method in ("users.conversations", "conversations.info")]


def test_a_channel_that_the_bot_is_not_in(halo: SlackStandIn) -> None:
    """A public one is read by everybody, though the bot has left it; of a private one nobody knows who is in there: its
    own people read it in the channel itself.
    """
    set_up(halo)
    for channel in ("C2", "G1"):
        halo.kick_bot(channel)
    halo.advance(400)
    shown = text(command(halo, "subscriptions", user="UBOB"))
    assert "Portal" in shown
    assert "Assets" not in shown
    assert f"1 more digest is {UNKNOWN}" in shown
    assert "Assets" in text(command(halo, "subscriptions", channel="G1"))
