"""A command, a mention and a direct message, answered once, in the right place, to the right people."""

import logging
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.playground.model import Json, TranscriptEntry
from bot.slack.handlers import search
from tests.whole_app.acting import SlackStandIn, dumps

JIRA = "Jira Software and Jira Service Management"


def bot_messages(slack: SlackStandIn, author: str | None = None) -> list[TranscriptEntry]:
    """What the bot said so far, to whomever."""
    return [entry for entry in slack.transcript if entry.kind in ("message", "ephemeral") and entry.via != "user"]


def buttons(blocks: list[Json]) -> list[Json]:
    """All buttons of a message."""
    found = [element for block in blocks for element in block.get("elements", []) if element.get("type") == "button"]
    return found + [block["accessory"] for block in blocks if block.get("accessory")]


def test_command_is_answered_privately_in_the_ack(halo: SlackStandIn) -> None:
    """`/halo jira default status` shows the card of #1016865 to the one who asked, in the ack, with its minute."""
    result = halo.command("/halo", "jira default status", user="UBOB")
    assert result.acked
    assert len(bot_messages(halo)) == 1
    assert bot_messages(halo)[0].visible_to == "UBOB"
    everything = dumps(result.blocks)
    assert JIRA in everything
    assert "v2.206 · #1016865 · Integrations" in everything
    watch = buttons(result.blocks)[0]
    assert watch["text"]["text"] == "Watch 6:08 (episode 13)"
    assert watch["url"].endswith("episode-13")
    assert JIRA in result.text
    assert not halo.calls("chat.postMessage")


def test_mention_is_answered_in_its_thread(halo: SlackStandIn) -> None:
    """`@halo …` gets one answer, in the thread of the mention, where everyone sees it."""
    asked = halo.mention("jira default status", channel="C2")
    answer = halo.wait_for(lambda e: e.kind == "message" and e.via == "web_api")
    assert answer.channel == "C2"
    assert answer.thread_ts == asked.ts
    assert answer.visible_to is None
    assert JIRA in answer.text
    assert len(bot_messages(halo)) == 1


def test_direct_message_is_answered_like_a_command(halo: SlackStandIn) -> None:
    """A direct message gets one answer, not in a thread; the bot does not answer itself."""
    halo.dm("#1016865")
    answer = halo.wait_for(lambda e: e.kind == "message" and e.via == "web_api")
    assert JIRA in answer.text
    assert answer.thread_ts is None
    halo.dm("v2.216")
    halo.wait_for(lambda e: e.kind == "message" and e.via == "web_api" and "11 changes" in e.text)
    assert len(bot_messages(halo)) == 2


def test_click_on_a_link_is_acknowledged(halo: SlackStandIn) -> None:
    """A click on "Watch 6:08" is acknowledged, and says nothing."""
    result = halo.command("/halo", "1016865")
    click = halo.click(buttons(result.blocks)[0]["action_id"])
    assert click.acked
    assert len(bot_messages(halo)) == 1


# By what is odd about it.
ODD_TEXTS = {
    "long": "invoice " * 5_000, "emoji": "🔥🔥🔥", "channel": "<!channel>", "here": "@here", "user": "<@U123>",
    "sql": '" OR 1=1', "drop": "'; DROP TABLE entries; --", "fts": "NOT (", "star": "*", "near": "NEAR(a b, 5)",
    "column": "title: x OR {a b}:c",
    "curly": "“jira” ‘status’", "rtl": "\u202eסטטוס ג'ירה", "control": "a\x00b\x07\x1bc\x7f", "surrogate": "\ud83d",
    "question": "???", "percent": "%s %d {0}",
    "mrkdwn": "*bold* _it_ `code` ~x~ > quote", "link": "<https://evil.example|click>",
    "number": "#99999999999999999999", "version": "v99999.99999",
}  # fmt: skip


def test_odd_input_gets_a_polite_answer(halo: SlackStandIn) -> None:
    """Whatever is typed, the answer is one, valid for Slack, pings nobody and shows no traceback."""
    for text in ODD_TEXTS.values():
        typed = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        answer = halo.only_shown_after(partial(halo.command, "/halo", typed))
        assert answer.kind == "ephemeral"
        assert answer.text
        everything = answer.text + dumps(answer.blocks)
        assert [
            ping
            for ping in ("<!channel", "<!here", "<@U", "<https://evil", "Traceback", "Error(")
            if ping in everything
        ] == []


def test_unknown_question_offers_what_is_near(halo: SlackStandIn) -> None:
    """Something that is not in the catalogue is said to be missing; what is near is marked as not the answer."""
    result = halo.command("/halo", "zendesk macros import")
    assert result.text.startswith("Nothing on that yet")
    assert "Not what you asked" in dumps(result.blocks) or "Try fewer" in dumps(result.blocks)


def test_version_is_an_overview_within_slack_s_limits(halo: SlackStandIn) -> None:
    """`/halo v2.214`, the biggest version, is one message that Slack takes: counts by area, what matters first, links
    to minutes.
    """
    result = halo.command("/halo", "v2.214")
    assert result.error is None
    everything = dumps(result.blocks)
    assert "74 changes" in everything
    assert "What matters first" in everything
    assert "episode-20|5:48>" in everything


def test_uncertain_versions_stand_apart(halo: SlackStandIn) -> None:
    """`2.21` is read as v2.210, said so; how many may belong to it or to v2.208 is said at once, and they stand apart,
    at the end, each with both.
    """
    result = halo.command("/halo", "2.21")
    assert "v2.21 read as v2.210" in dumps(result.blocks)
    assert "more changes: the source names two versions" in dumps(result.blocks)
    pages = [dumps(result.blocks)]
    while '"page_next"' in pages[-1]:
        pages.append(dumps(halo.only_shown_after(lambda: halo.click("page_next")).blocks))
    assert "*Perhaps in v2.210*" in pages[-1]
    assert "· v2.208 or v2.210" in pages[-1]
    assert [page.count("v2.208 or v2.210") for page in pages[:1]] == [0]


def test_redelivered_event_is_answered_once_across_a_restart(slack: SlackStandIn, restart: Callable[[], Any]) -> None:
    """Slack delivers a mention again after the bot restarted; it is not answered again."""
    with restart():
        asked = slack.mention("jira default status")
        slack.wait_for(lambda e: e.kind == "message" and e.via == "web_api")
        slack.redeliver(str(asked.event_id))
    with restart():
        slack.redeliver(str(asked.event_id), 2)
        slack.redeliver(str(asked.event_id), None)
        later = slack.mention("v2.216")
        slack.wait_for(lambda e: e.thread_ts == later.ts and e.via == "web_api")
    assert len(bot_messages(slack)) == 2


def test_mention_from_hours_ago_is_let_be(slack: SlackStandIn, restart: Callable[[], Any]) -> None:
    """A mention that Slack could deliver only hours later is not answered: it would only startle. A new one is."""
    slack.advance(-2 * 3600)
    missed = slack.mention("jira default status")
    slack.advance(2 * 3600)
    with restart():
        assert slack.shown_after(lambda: slack.redeliver(str(missed.event_id))) == []
        assert "11 changes" in slack.only_shown_after(lambda: slack.mention("v2.216")).text


@pytest.mark.parametrize("how", ["drop_reply", "500"])
def test_lost_reply_does_not_post_twice(halo: SlackStandIn, how: str) -> None:
    """When Slack stores the answer and its reply is lost, or fails, the answer is not posted a second time."""
    halo.fail_next("chat.postMessage", how)
    halo.mention("jira default status")
    halo.wait_for(lambda e: e.method == "chat.postMessage")
    after = halo.mention("v2.216")
    halo.wait_for(lambda e: e.thread_ts == after.ts and e.via == "web_api" and "11 changes" in e.text)
    assert len([e for e in bot_messages(halo) if JIRA in e.text]) == (1 if how == "drop_reply" else 0)


def test_told_to_wait_it_waits(halo: SlackStandIn) -> None:
    """Slack answers 429; the bot waits as told and then answers, once."""
    halo.fail_next("chat.postMessage", "429", retry_after=1)
    halo.mention("jira default status")
    halo.wait_for(lambda e: e.kind == "message" and e.via == "web_api", timeout=8)
    assert len(bot_messages(halo)) == 1


def test_fault_before_the_ack_is_told_by_reference(
    halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of ours before the ack: the person sees a reference that is in the log, and nothing of the exception."""
    monkeypatch.setattr(search, "reply_with_result", fail)
    with caplog.at_level(logging.ERROR):
        result = halo.command("/halo", "jira")
    assert result.acked
    reference = result.text.split("reference ")[1].rstrip(".")
    assert reference in caplog.text
    assert "secret detail" not in result.text + dumps(result.blocks)
    assert len(bot_messages(halo)) == 1


def test_fault_after_the_ack_is_told_privately(
    halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of ours after the ack (Slack has the event): only the one who asked sees the reference; the channel sees
    nothing.
    """
    monkeypatch.setattr(search, "reply_with_result", fail)
    with caplog.at_level(logging.ERROR):
        halo.mention("jira", user="UALICE")
        told = halo.wait_for(lambda e: e.kind == "ephemeral")
    assert told.visible_to == "UALICE"
    assert told.text.split("reference ")[1].rstrip(".") in caplog.text
    assert len(bot_messages(halo)) == 1


def fail(*_: object) -> dict[str, Any]:
    """Stands in for a message that cannot be made."""
    raise RuntimeError("secret detail")


def test_known_problem_is_told_in_its_own_words(halo: SlackStandIn, settings: Any) -> None:
    """A catalogue that somebody damaged: the person is told what is wrong and what helps, not a reference."""
    for path in settings.catalog.parent.glob("catalog.db*"):
        path.unlink()
    settings.catalog.write_bytes(b"this is no database, it is a sentence" * 100)
    result = halo.command("/halo", "jira")
    assert "catalogue" in result.text
    assert "reference" not in result.text


def test_change_by_another_program_is_in_the_next_answer(halo: SlackStandIn, settings: Any) -> None:
    """Someone edits the catalogue with plain SQL while the bot runs; the next answer has it."""
    assert JIRA in halo.command("/halo", "1016865").text
    with sqlite3.connect(settings.catalog) as other:
        other.execute("UPDATE entries SET title = 'Quokka sync for Jira' WHERE key = '1016865'")
    assert "Quokka sync" in halo.command("/halo", "quokka").text
