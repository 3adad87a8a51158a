"""Conversations: a mention is answered in its thread, and what follows it there is understood from the last answer,
across restarts.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.playground.model import TranscriptEntry
from tests.whole_app.acting import SlackStandIn, buttons, text

DAY = 24 * 3600


def test_follow_ups_in_a_thread(halo: SlackStandIn) -> None:
    """ "the second one", "more", "and for v2.214?", "share": each is answered once, in the thread, from the answer
    before.
    """
    first = halo.only_shown_after(lambda: halo.mention("invoice"))
    thread = str(first.thread_ts)

    def then(words: str) -> Any:
        return halo.only_shown_after(lambda: halo.mention(words, thread_ts=thread, user="UBOB"))

    shown = [button["value"] for button in buttons(first).values() if button["action_id"].startswith("details")]
    second = then("the second one")
    assert second.thread_ts == thread
    assert "Also close" not in text(second)
    more = then("more please")
    assert "2 to 9 of" in text(more)
    moved = then("and for v2.214?")
    assert "v2.214" in text(moved)
    assert "Only v2.214" in text(moved)
    assert "details:" + shown[0] not in text(moved)
    picked = then("the first one")
    card = then("share")
    assert (card.thread_ts, card.channel, card.visible_to) == (None, "C1", None)
    assert "Shared by <@UBOB>" in text(card)
    assert picked.text == card.text
    assert "showed only" in text(then("the ninth one"))


# Said one after the other, and what each answer has to say: what is asked for first, then the entry it is about.
CONVERSATION = {
    "jira default status": ("#1016865",),
    "which version?": ("It came in v2.206.", "#1016865"),
    "when was that discussed": ("at 6:08 of episode 13", "#1016865"),
    "link please": ("https://www.risingtidegroup.net/", "#1016865"),
    "any warnings about it?": ("warning", "#1016865"),
    "who does that help": ("#1016865",),
    "do we have it on 2.204": ("Not in v2.204: it came in v2.206.", "#1016865"),
    "which version is needed for QuickBooks payments": ("QuickBooks",),
    "v2.216": ("11 changes",),
    "only integrations": ("3 changes",),
    "how many is that": ("3 changes.",),
    "the one for unknown networks": ("#1093288",),
    "tell me more": ("#1093288",),
    "the other one": ("Integrations",),
    "latest": ("v2.216",),
    "and before that?": ("v2.214: 74 changes",),
    "areas": ("19 areas",),
    "the ninety-ninth": (),
}  # fmt: skip


@pytest.mark.parametrize("ask", ["mention", "dm", "command"])
def test_a_conversation(halo: SlackStandIn, ask: str) -> None:
    """A conversation is understood the same in a thread, in direct messages and in commands: each text is answered
    once.
    """
    thread: str | None = None

    def say(words: str) -> TranscriptEntry:
        if ask == "mention":
            return halo.only_shown_after(lambda: halo.mention(words, thread_ts=thread))
        if ask == "dm":
            return halo.only_shown_after(lambda: halo.dm(words))
        return halo.only_shown_after(lambda: halo.command("/halo", words))

    for words, said in CONVERSATION.items():
        shown = say(words)
        thread = thread or shown.thread_ts
        for part in said:
            assert part in text(shown), words


def test_the_first_answer_in_a_thread_says_what_is_read(halo: SlackStandIn) -> None:
    """Only messages that mention the bot reach it; its first answer in a thread says so, once, and nowhere else."""
    hint = "only what mentions me"
    first = halo.only_shown_after(lambda: halo.mention("jira default status"))
    assert hint in text(first)
    assert hint not in text(halo.only_shown_after(lambda: halo.mention("which version", thread_ts=first.thread_ts)))
    assert hint in text(halo.only_shown_after(lambda: halo.mention("invoice")))
    assert hint not in text(halo.only_shown_after(lambda: halo.dm("invoice")))
    assert hint not in text(halo.only_shown_after(lambda: halo.command("/halo", "invoice")))


def test_watch_this(halo: SlackStandIn) -> None:
    """ "watch this" watches the question that was answered last."""
    halo.only_shown_after(lambda: halo.command("/halo", "quickbooks payments"))
    assert "“quickbooks payments”" in text(halo.only_shown_after(lambda: halo.command("/halo", "watch this")))


def test_follow_ups_survive_a_restart_for_a_week(slack: SlackStandIn, restart: Callable[[], Any]) -> None:
    """What was answered last in a thread is still known after a restart, and forgotten after seven days."""
    with restart():
        first = slack.only_shown_after(lambda: slack.mention("jira default status"))
    with restart():
        card = slack.only_shown_after(lambda: slack.mention("the second one", thread_ts=first.thread_ts))
        assert "Jira Software integration" in card.text
        slack.advance(6 * DAY)
        assert (
            "Jira Software"
            in slack.only_shown_after(lambda: slack.mention("the first one", thread_ts=first.thread_ts)).text
        )
        slack.advance(8 * DAY)
        assert (
            "Jira Software"
            not in slack.only_shown_after(lambda: slack.mention("the first one", thread_ts=first.thread_ts)).text
        )


def test_another_thread_is_another_conversation(halo: SlackStandIn) -> None:
    """ "more" where nothing was answered is no follow-up."""
    halo.only_shown_after(lambda: halo.mention("invoice"))
    assert "4 to 11" not in text(halo.only_shown_after(lambda: halo.mention("more", channel="C2")))


def test_direct_messages_follow_up_without_a_mention(halo: SlackStandIn) -> None:
    """Any message there may; there is nobody to share with, and that is said."""
    halo.only_shown_after(lambda: halo.dm("invoice"))
    assert "2 to 9 of" in text(halo.only_shown_after(lambda: halo.dm("more")))
    assert "Also close" not in text(halo.only_shown_after(lambda: halo.dm("the first one")))
    assert "nobody to share it with" in text(halo.only_shown_after(lambda: halo.dm("share")))
    assert halo.only_shown_after(lambda: halo.dm("thanks")).text == "You are welcome."


def test_the_end_of_the_answers(halo: SlackStandIn) -> None:
    """ "more" after the last page says that this was all."""
    halo.only_shown_after(lambda: halo.dm("1016865"))
    assert halo.only_shown_after(lambda: halo.dm("more")).text == "That was all."


@pytest.mark.parametrize("code", ["not_in_channel", "channel_not_found", "is_archived", "restricted_action"])
def test_where_the_bot_may_not_post(halo: SlackStandIn, code: str) -> None:
    """A mention that cannot be answered in its channel is told to the person alone, with what helps; nothing is said
    twice.
    """
    halo.fail_next("chat.postMessage", code)
    told = halo.only_shown_after(lambda: halo.mention("jira default status"))
    assert told.visible_to == "UALICE"
    assert "/invite @halo" in text(told)
    halo.fail_next("chat.postMessage", code)
    halo.fail_next("chat.postEphemeral", code)
    direct = halo.only_shown_after(lambda: halo.mention("jira default status"))
    assert direct.channel == "DUALICE"


def test_share_that_slack_refuses(halo: SlackStandIn) -> None:
    """ "share" in a channel that takes no posts: told privately, once."""
    first = halo.only_shown_after(lambda: halo.mention("jira default status"))
    halo.fail_next("chat.postMessage", "restricted_action")
    told = halo.only_shown_after(lambda: halo.mention("share", thread_ts=first.thread_ts))
    assert (told.visible_to, told.thread_ts) == ("UALICE", first.thread_ts)


def test_what_is_private_stays_so_in_a_thread(halo: SlackStandIn) -> None:
    """`@halo watch …`, `watches`, `status` and `subscribe` are answered to the one who asked, in the thread."""
    for words in ("watch quickbooks", "watches", "status", "subscriptions", "thanks"):
        told = halo.only_shown_after(partial(halo.mention, words, user="UBOB"))
        assert (told.kind, told.visible_to) == ("ephemeral", "UBOB")


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast", "me_message"])
def test_what_people_write_in_other_ways(halo: SlackStandIn, subtype: str) -> None:
    """A direct message with a file, one that is also sent to the channel, and `/me …` are answered, once."""
    halo.dm("hello")
    message = {"type": "message", "subtype": subtype, "channel": "DUALICE", "channel_type": "im", "user": "UALICE",
               "text": "jira default status", "ts": f"{halo.now():.6f}", "event_ts": f"{halo.now():.6f}"}  # fmt: skip
    halo.wait_idle()
    assert "#1016865" in text(halo.only_shown_after(lambda: halo.event(message)))
    assert halo.shown_after(lambda: halo.event(message)) == []


def test_a_picture_alone(halo: SlackStandIn) -> None:
    """A direct message that is only a picture is told that pictures are not looked into."""
    halo.dm("hello")
    halo.wait_idle()
    message = {"type": "message", "subtype": "file_share", "channel": "DUALICE", "channel_type": "im", "text": "",
               "user": "UALICE", "files": [{"id": "F1"}], "ts": "1.1", "event_ts": "1.1"}  # fmt: skip
    assert "cannot look into pictures" in text(halo.only_shown_after(lambda: halo.event(message)))


def test_an_edited_mention_is_answered_once(halo: SlackStandIn) -> None:
    """Slack delivers a mention anew at each edit; it is answered once, and so is a message that an edit made one."""
    for first_text in ("<@UHALO> jira default statsu", ""):
        written = halo.say("something else", channel="C1")
        event = {"type": "app_mention", "user": "UALICE", "ts": written.ts, "channel": "C1", "event_ts": written.ts}
        edited = {**event, "text": "<@UHALO> jira default status", "edited": {"user": "UALICE", "ts": "1.0"}}
        deliveries = [{**event, "text": first_text}] if first_text else []
        answers = [
            len(halo.shown_after(partial(halo.event, delivered))) for delivered in (*deliveries, edited, {**edited})
        ]
        assert sum(answers) == answers[0] == 1


def test_an_old_mention_that_is_edited(halo: SlackStandIn) -> None:
    """Nobody knows any more whether it was answered, so it is not answered again."""
    halo.advance(-2 * DAY)
    written = halo.say("something else", channel="C1")
    event = {"type": "app_mention", "user": "UALICE", "text": "<@UHALO> jira", "ts": written.ts, "channel": "C1",
             "event_ts": written.ts, "edited": {"user": "UALICE", "ts": "1.0"}}  # fmt: skip
    halo.advance(2 * DAY)
    assert halo.shown_after(lambda: halo.event(event)) == []


def test_edits_joins_and_bots_are_not_answered(halo: SlackStandIn) -> None:
    """Only people's new messages are."""
    message = {
        "type": "message",
        "channel": "DUALICE",
        "channel_type": "im",
        "user": "UALICE",
        "text": "jira",
        "ts": "1.1",
        "event_ts": "1.1",
    }
    for odd in ({"subtype": "message_changed"}, {"bot_id": "B1"}, {"channel_type": "channel"}):
        assert halo.shown_after(partial(halo.event, {**message, **odd})) == []
    assert "Jira" in halo.only_shown_after(lambda: halo.dm("jira default status")).text
