"""What an admin is asked for is what was pressed: that verb, of that digest, in its channel."""

from collections.abc import Callable
from functools import partial
from typing import Any

from bot.app import Application
from bot.playground.model import TranscriptEntry
from bot.settings import Settings
from bot.slack.views.mrkdwn import unescape
from tests.whole_app.acting import SlackStandIn, buttons, text
from tests.whole_app.test_digest_cards import choose, command, press

Restart = Callable[..., Any]


def asked_for(slack: SlackStandIn, settings: Settings, refused: TranscriptEntry) -> str:
    """What the admin reads after "Ask an admin"."""
    assert "Ask an admin" in buttons(refused)
    where = {"ts": str(refused.ts), "channel": str(refused.channel)}
    slack.shown_after(partial(slack.click, buttons(refused)["Ask an admin"]["action_id"], user="UBOB", **where))
    application = Application(settings, slack.now)
    application.digest_runner.run_due()  # the message to the admin waits in the outbox
    application.search.catalog.close()
    told = [entry for entry in slack.entries(0) if entry.kind == "message" and "asks you for this" in text(entry)]
    return unescape(text(told[-1])).partition("asks you for this")[2]


def test_an_undo_is_asked_for_as_one(slack: SlackStandIn, settings: Settings, restart_with: Restart) -> None:
    """Who may not, and presses Undo, asks for `undo`."""
    with restart_with(admins=("UALICE",)):
        press(slack, command(slack, "subscribe billing mondays 9am"), "Remove")
        refused = press(slack, command(slack, "undo", user="UBOB"), "Undo", user="UBOB")
        assert "`/halo undo`" in asked_for(slack, settings, refused)


def test_of_several_the_digest_is_named(slack: SlackStandIn, settings: Settings, restart_with: Restart) -> None:
    """The command that the admin reads shows the card of just the digest that was meant; of one alone it needs no
    name.
    """
    with restart_with(admins=("UALICE",)):
        command(slack, "subscribe billing mondays 9am", channel="C2")
        listed = command(slack, "subscriptions", user="UBOB", channel="C2")
        assert "`/halo pause`" in asked_for(slack, settings, press(slack, listed, "Pause", user="UBOB"))
        press(slack, command(slack, "subscribe portal fridays 5pm", channel="C2"), "Add another")
        for verb, label in (("pause", "Pause"), ("unsubscribe", "Remove")):
            listed = command(slack, "subscriptions", user="UBOB", channel="C2")
            said = asked_for(slack, settings, press(slack, listed, label, user="UBOB"))
            assert f"in <#C2>: `/halo {verb} the " in said, said
            typed = command(slack, said.partition("`/halo ")[2].partition("`")[0], channel="C2")
            assert "Billing" in text(typed), said
            assert "portal" not in text(typed).lower(), said


def test_the_channel_is_the_digest_s(slack: SlackStandIn, settings: Settings, restart_with: Restart) -> None:
    """Pressed in the list of another channel, the request names the channel where the digest is."""
    with restart_with(admins=("UALICE",)):
        command(slack, "subscribe billing mondays 9am", channel="C2")
        listed = command(slack, "subscriptions", user="UBOB")
        assert "in <#C2>: `/halo unsubscribe`" in asked_for(
            slack, settings, press(slack, listed, "Remove", user="UBOB")
        )


def test_until_when_is_asked_for_too(slack: SlackStandIn, settings: Settings, restart_with: Restart) -> None:
    """What was chosen in the menu of a paused card stands in the request."""
    with restart_with(admins=("UALICE",)):
        command(slack, "subscribe billing mondays 9am")
        press(slack, command(slack, "pause"), "Pause")
        listed = command(slack, "subscriptions", user="UBOB")
        refused = choose(slack, listed, "datepicker", "2026-12-24", user="UBOB")
        assert "`/halo pause until Thursday 24 December`" in asked_for(slack, settings, refused)
