"""The shortcut "Related Halo changes": from a message's own words, privately, and into its thread on request."""

import sqlite3
from pathlib import Path

import pytest

from bot.playground.model import User
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


BY_ANOTHER_APP = {
    "a section": {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": WORDS}}]},
    "fields": {"blocks": [{"type": "section", "fields": [{"type": "mrkdwn", "text": f"*Subject*\n{WORDS}"}]}]},
    "an attachment": {"attachments": [{"fallback": "New ticket", "title": "New ticket 5", "text": WORDS}]},
    "fields of one": {"attachments": [{"fields": [{"title": "Subject", "value": WORDS, "short": False}]}]},
    "rich text": {"blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
        {"type": "text", "text": WORDS[:40]}, {"type": "text", "text": WORDS[40:], "style": {"bold": True}}]}]}]},
}  # fmt: skip


@pytest.mark.parametrize("where", BY_ANOTHER_APP)
@pytest.mark.parametrize("text_beside", ["", "New ticket"])
def test_what_another_app_posted(halo: SlackStandIn, where: str, text_beside: str) -> None:
    """Its words stand in blocks or attachments, beside a short text or none; buttons say nothing."""
    halo.state.users["UOTHER"] = User("UOTHER", "tickets", "Tickets", is_bot=True, bot_id="BOTHER")
    button = {"type": "button", "action_id": "x", "text": {"type": "plain_text", "text": "QuickBooks invoice"}}
    fields = {**BY_ANOTHER_APP[where]}
    fields["blocks"] = [*fields.get("blocks", []), {"type": "actions", "elements": [button]}]
    posted = halo.state.post(halo.state.channel("C1"), "UOTHER", text_beside, "chat.postMessage", "user", **fields)
    window = halo.only_shown_after(lambda: halo.message_shortcut("find_related", posted.ts))
    assert "post_in_thread:1016865" in text(window)


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
    """The bot looks whether it arrived: the card is in the thread once, and the window says so."""
    ts = find(halo, WORDS)
    halo.fail_next("chat.postMessage", "drop_reply")
    card, window = halo.shown_after(lambda: halo.click("post_in_thread:1016865"))
    assert card.thread_ts == ts
    assert "Shared in the thread" in text(window)
