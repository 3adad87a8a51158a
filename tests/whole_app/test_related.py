"""The shortcut "Related Halo changes": from a message's own words, privately, and into its thread on request."""

import sqlite3
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.whole_app.acting import SlackStandIn, text

WORDS = "Customers complain that Jira updates move their tickets into the wrong default status"


def find(slack: SlackStandIn, words: str, channel: str = "C1", user: str = "UALICE") -> str:
    """Somebody writes; somebody looks what it is about. Returns the message's ts."""
    written = slack.say(words, user="UBOB" if channel != "G1" else "UALICE", channel=channel)
    window = slack.only_shown_after(
        lambda: slack.message_shortcut("find_related", str(written.ts), user=user, channel=channel)
    )
    assert (window.kind, window.visible_to) == ("view", user)
    return str(written.ts)


def test_found_and_posted_into_the_thread(halo: SlackStandIn) -> None:
    """Only the one who asked sees the window; on request the change goes into the message's thread, with their name,
    and the window says so.
    """
    ts = find(halo, WORDS)
    card, window = halo.shown_after(lambda: halo.click("post_in_thread:1016865"))
    assert (card.channel, card.thread_ts, card.visible_to) == ("C1", ts, None)
    assert "Shared by <@UALICE>" in text(card)
    assert "who asked" not in text(card)
    assert "Shared in the thread." in text(window)
    assert halo.only_shown_after(lambda: halo.click("details:1016865")).kind == "view"
    assert "Share to the thread" in text(halo.modals()[-1])


def test_where_the_bot_is_no_member(halo: SlackStandIn) -> None:
    """In a channel without the bot the response_url carries it; when that is over, the window says how to invite the
    bot.
    """
    ts = find(halo, WORDS, "G1")
    card, window = halo.shown_after(lambda: halo.click("post_in_thread:1016865"))
    assert "Shared in the thread." in text(window)
    assert (card.channel, card.thread_ts, card.via) == ("G1", ts, "response_url")
    halo.fail_next("response_url", "expired_url")
    assert "/invite @halo" in text(halo.only_shown_after(lambda: halo.click("post_in_thread:1016865")))


def test_nothing_found_keeps_nothing(halo: SlackStandIn, settings: Settings) -> None:
    """Nothing to show is said; the words of other people's messages are stored nowhere."""
    find(halo, "grandmother's apple strudel zzqx recipe")
    assert "Nothing that changed in HaloPSA" in text(halo.modals()[-1]) or "come nearest" in text(halo.modals()[-1])
    database = Path(settings.workspace_url.removeprefix("sqlite:///"))
    stored = sqlite3.connect(database)
    stored.execute("PRAGMA wal_checkpoint")
    stored.close()
    assert b"strudel" not in database.read_bytes()


@pytest.mark.parametrize("words", ["x " * 10_000, "<!channel> & <@UBOB>", "🔥"])
def test_odd_messages(halo: SlackStandIn, words: str) -> None:
    """Any message has an answer that Slack takes."""
    find(halo, words)


def test_slack_too_slow_for_the_window(halo: SlackStandIn) -> None:
    """Said privately, once."""
    written = halo.say(WORDS, user="UBOB")
    halo.fail_next("views.open", "expired_trigger_id")
    told = halo.only_shown_after(lambda: halo.message_shortcut("find_related", str(written.ts)))
    assert (told.kind, told.visible_to) == ("ephemeral", "UALICE")
    assert "try again" in told.text


def test_reply_lost_while_posting(halo: SlackStandIn) -> None:
    """The card is in the thread once; the window says that Slack did not say."""
    ts = find(halo, WORDS)
    halo.fail_next("chat.postMessage", "drop_reply")
    card, window = halo.shown_after(lambda: halo.click("post_in_thread:1016865"))
    assert card.thread_ts == ts
    assert "did not say whether it arrived" in text(window)
