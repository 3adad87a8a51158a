"""What can be done with an answer: its pages, Details, Share, Dismiss, Helpful or not; and what becomes of one that
found nothing.
"""

import json
import re
import sqlite3
from collections.abc import Callable
from functools import partial

import pytest
from click.testing import CliRunner

from bot.cli.main import cli
from bot.playground.delivery import OutgoingRequest
from bot.playground.model import TranscriptEntry
from bot.settings import Settings
from bot.storage.database import open_workspace
from bot.storage.feedback import QuestionLog, QuestionStats
from tests.whole_app.acting import SlackStandIn, buttons, text

JIRA = "Jira Software and Jira Service Management"


def ask(slack: SlackStandIn, question: str, **where: str) -> None:
    """A question, answered."""
    slack.only_shown_after(lambda: slack.command("/halo", question, **where))


def entries(shown: TranscriptEntry) -> list[str]:
    """The entries of an answer, by their Details buttons, in the order they are read."""
    return list(dict.fromkeys(re.findall(r'"details:([^"]+)"', text(shown))))


def lines(shown: TranscriptEntry) -> list[str]:
    """The lines of a list, in the order they are read."""
    return re.findall(r"• (.+?)(?=\\n|\")", text(shown))


def question_stats(settings: Settings, now: float) -> list[QuestionStats]:
    """The questions that the operator sees."""
    engine = open_workspace(settings.workspace_url)
    found = QuestionLog(engine).list_stats(now)
    engine.dispose()
    return found


def test_pages_lead_through_all_and_back(halo: SlackStandIn) -> None:
    """Next shows the following ones in place of those before; Previous shows again what was there."""
    first = halo.only_shown_after(lambda: halo.command("/halo", "invoice"))
    second = halo.only_shown_after(lambda: halo.click("page_next"))
    assert (second.kind, second.ts) == ("update", first.ts)
    assert "Previous" in buttons(second)
    assert "2 to 9 of" in text(second)
    back = halo.only_shown_after(lambda: halo.click("page_previous"))
    assert list(buttons(back)) == list(buttons(first))
    assert "6 to 13" not in text(back)


def test_pages_of_a_public_answer_are_for_the_one_who_looks_on(halo: SlackStandIn) -> None:
    """Next under an answer in a thread changes nothing for the others; it is three lines and the rest on demand."""
    public = halo.only_shown_after(lambda: halo.mention("invoice"))
    assert "Share" not in buttons(public)
    mine = halo.only_shown_after(lambda: halo.click("page_next", user="UBOB"))
    assert (mine.kind, mine.visible_to) == ("ephemeral", "UBOB")
    assert "2 to 9 of" in text(mine)  # the public page has one
    assert entries(mine)
    assert not set(entries(mine)) & set(entries(public))


def test_pages_of_a_public_list_go_on_where_it_ended(halo: SlackStandIn) -> None:
    """A list in a channel is shorter than a private one: Next under it begins with the line after its last."""
    public = halo.only_shown_after(lambda: halo.mention("v2.214"))
    shown = lines(public)
    mine = halo.only_shown_after(lambda: halo.click("page_next", user="UBOB", ts=public.ts, channel="C1"))
    private = lines(halo.only_shown_after(lambda: halo.command("/halo", "v2.214")))
    assert 5 < len(shown) < len(private) - 5
    assert shown == private[: len(shown)]
    assert lines(mine)[:5] == private[len(shown) : len(shown) + 5]


def test_pages_survive_an_expired_response_url(halo: SlackStandIn) -> None:
    """The page comes another way, once."""
    ask(halo, "invoice")
    halo.fail_next("response_url", "expired_url")
    page = halo.only_shown_after(lambda: halo.click("page_next"))
    assert (page.kind, page.visible_to) == ("ephemeral", "UALICE")
    assert "2 to 9 of" in text(page)


def test_details_have_all_of_an_entry(halo: SlackStandIn) -> None:
    """A window with the summary, the names, every mention with its minute and link, and what is related."""
    ask(halo, "jira default status")
    window = halo.only_shown_after(lambda: halo.click("details:1016865"))
    assert window.kind == "view"
    for part in (
        JIRA,
        "v2.206 · #1016865",
        "Names: Jira Software",
        "episode-13|Watch 6:08>",
        "episode 13",
        "*Related*",
    ):
        assert part in text(window)
    related = next(button for label, button in buttons(window).items() if label == "Details")
    assert halo.only_shown_after(lambda: halo.click(related["action_id"])).kind == "view"
    assert len(halo.modals()) == 2


@pytest.mark.parametrize("code", ["expired_trigger_id", "ratelimited"])
def test_details_without_a_window(halo: SlackStandIn, code: str) -> None:
    """When Slack opens no window any more, or is too busy, the person has the card as a message, at once and once."""
    ask(halo, "jira default status")
    halo.fail_next("views.open", "429" if code == "ratelimited" else code, retry_after=20)
    card = halo.only_shown_after(lambda: halo.click("details:1016865"))
    assert (card.kind, card.visible_to) == ("ephemeral", "UALICE")
    assert "Choose which status" in text(card)


def test_details_of_what_is_gone(halo: SlackStandIn, settings: Settings) -> None:
    """The entry was taken out of the catalogue meanwhile: said so."""
    ask(halo, "jira default status")
    with sqlite3.connect(settings.catalog) as other:
        other.execute("DELETE FROM entries WHERE key = '1016865'")
    assert "no longer in the catalogue" in halo.only_shown_after(lambda: halo.click("details:1016865")).text


def test_share_from_the_window(halo: SlackStandIn) -> None:
    """To the channel that it was opened in, with the name of who shared; the window says so."""
    ask(halo, "jira default status", channel="C2")
    halo.only_shown_after(lambda: halo.click("details:1016865"))
    card, window = halo.shown_after(lambda: halo.click("share_entry"))
    assert (card.kind, card.channel, card.visible_to) == ("message", "C2", None)
    assert "Shared by <@UALICE>" in text(card)
    assert "Shared to the channel." in text(window)


def test_share_an_answer(halo: SlackStandIn) -> None:
    """Everyone sees the best hit, who shared it and what they asked, with a Work Object; the person's own copy goes."""
    ask(halo, "jira default status", user="UBOB")
    card, gone = halo.shown_after(lambda: halo.click("share", user="UBOB"))
    assert (card.kind, card.visible_to, card.channel) == ("message", None, "C1")
    assert "Shared by <@UBOB>, who asked “jira default status”" in text(card)
    assert "entities" in str(halo.calls("chat.postMessage")[0].args["metadata"])
    assert gone.kind == "delete"
    assert halo.only_shown_after(lambda: halo.click("details:1016865", user="UALICE")).kind == "view"


def test_share_a_further_page_of_an_answer(halo: SlackStandIn) -> None:
    """What was on the screen is shared, without its buttons."""
    ask(halo, "invoice")
    halo.only_shown_after(lambda: halo.click("page_next"))
    card, gone = halo.shown_after(lambda: halo.click("share"))
    assert "and " in text(card)
    assert "Next" not in buttons(card)
    assert gone.kind == "delete"


def test_share_where_slack_takes_no_work_object(halo: SlackStandIn) -> None:
    """The plain card is posted instead, once."""
    ask(halo, "jira default status")
    halo.fail_next("chat.postMessage", "invalid_metadata_schema")
    card, gone = halo.shown_after(lambda: halo.click("share"))
    assert (card.kind, gone.kind) == ("message", "delete")
    assert "entities" not in str(halo.calls("chat.postMessage")[-1].args.get("metadata"))


def test_share_where_the_bot_is_no_member(halo: SlackStandIn) -> None:
    """In a private channel without the bot the response_url posts it; when that is over too, the person reads how to
    invite the bot.
    """
    ask(halo, "jira default status", channel="G1")
    card, gone = halo.shown_after(lambda: halo.click("share"))
    assert (card.kind, card.channel, card.visible_to, card.via) == ("message", "G1", None, "response_url")
    assert gone.kind == "delete"
    ask(halo, "jira default status", channel="G1")
    halo.fail_next("response_url", "expired_url")
    told = halo.only_shown_after(lambda: halo.click("share"))
    assert "/invite @halo" in text(told)
    assert told.visible_to == "UALICE"


@pytest.mark.parametrize("how", ["drop_reply", "500", "429", "invalid_auth"])
def test_share_is_posted_once_in_the_end(halo: SlackStandIn, how: str) -> None:
    """However Slack fails, the card is there once, and the person's own copy goes then."""
    ask(halo, "jira default status")
    halo.fail_next("chat.postMessage", how, retry_after=1)
    seen = halo.shown_after(lambda: halo.click("share"))
    assert [one.kind for one in seen] == ["message", "delete"]


def test_share_that_has_to_wait_for_long(halo: SlackStandIn) -> None:
    """The person is told to press again, and nothing is posted behind their back."""
    ask(halo, "jira default status")
    halo.fail_next("chat.postMessage", "429", retry_after=40)
    told = halo.only_shown_after(lambda: halo.click("share"))
    assert "wait" in told.text
    assert told.visible_to == "UALICE"


def delivered_twice(halo: SlackStandIn, press: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    """Everything that the press makes Slack send is sent again, as it came. Returns how many messages were posted."""
    sent: list[OutgoingRequest] = []
    send = halo.delivery.send
    monkeypatch.setattr(halo.delivery, "send", lambda outgoing: sent.append(outgoing) or send(outgoing))
    shown = halo.shown_after(press)
    presses = [outgoing for outgoing in sent if outgoing.type == "interactive"]
    assert presses
    again = halo.shown_after(lambda: [send(outgoing) for outgoing in presses for _ in range(2)])
    return len([line for line in (*shown, *again) if line.kind == "message"])


def test_a_share_that_slack_delivers_twice_is_posted_once(halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """One press is one post, however often its delivery comes; a second press is another."""
    ask(halo, "jira default status")
    assert delivered_twice(halo, lambda: halo.click("share"), monkeypatch) == 1
    ask(halo, "jira default status")
    assert delivered_twice(halo, lambda: halo.click("share"), monkeypatch) == 1


def test_a_rating_that_slack_delivers_twice_counts_once(
    halo: SlackStandIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The counts are of people's presses."""
    ask(halo, "jira default status")
    delivered_twice(halo, lambda: halo.click("helpful"), monkeypatch)
    assert [one.helpful_count for one in question_stats(settings, halo.now())] == [1]


def test_dismiss(halo: SlackStandIn) -> None:
    """The answer goes; when Slack no longer takes it away, the person is told."""
    ask(halo, "jira default status")
    assert halo.only_shown_after(lambda: halo.click("dismiss")).kind == "delete"
    ask(halo, "jira default status")
    halo.fail_next("response_url", "expired_url", times=3)
    assert "no longer lets me remove" in halo.only_shown_after(lambda: halo.click("dismiss")).text


def test_feedback_is_kept_with_the_question(halo: SlackStandIn, settings: Settings) -> None:
    """Helpful and not are counted, thanked for in the answer's place, and change nothing of what is found."""
    before = halo.only_shown_after(lambda: halo.command("/halo", "jira default status"))
    thanked = halo.only_shown_after(lambda: halo.click("helpful"))
    assert (thanked.kind, thanked.ts) == ("update", before.ts)
    assert "noted as helpful" in text(thanked)
    assert "Helpful" not in buttons(thanked)
    public = halo.only_shown_after(lambda: halo.mention("jira default status"))
    told = halo.only_shown_after(lambda: halo.click("not_helpful", user="UBOB", ts=public.ts, channel="C1"))
    assert (told.kind, told.visible_to) == ("ephemeral", "UBOB")
    assert [(one.text, one.helpful_count, one.not_helpful_count) for one in question_stats(settings, halo.now())] == [
        ("jira default status", 1, 1)
    ]
    assert (
        text(halo.only_shown_after(lambda: halo.command("/halo", "jira default status")))
        .replace("[]", "")
        .startswith(text(before)[:40])
    )


def test_nothing_found_is_a_beginning(halo: SlackStandIn, settings: Settings) -> None:
    """The question is kept for the operator: words and counts, no people, for 90 days; one button watches it."""
    for typed in (
        "zendesk macros import",
        "Zendesk   macros import",
        "zendesk macros import, mail bob@example.com or +44 20 7946 0958",
    ):
        nothing = halo.only_shown_after(partial(halo.command, "/halo", typed, user="UBOB"))
        assert nothing.text.startswith("Nothing on that yet")
    told = halo.only_shown_after(lambda: halo.click("tell_me", user="UBOB"))
    assert told.visible_to == "UBOB"
    assert "direct message when something new answers “zendesk macros import" in text(told)
    seen = question_stats(settings, halo.now())
    assert [(one.text, one.no_result_count) for one in seen] == [
        ("zendesk macros import", 2),
        ("zendesk macros import, mail … or …", 1),
    ]
    stored = sqlite3.connect(settings.workspace_url.removeprefix("sqlite:///"))
    assert "UBOB" not in str(stored.execute("SELECT * FROM questions").fetchall())
    stored.close()
    environment = {
        "HALO_WORKSPACE_URL": settings.workspace_url,
        "HALO_CATALOG": str(settings.catalog),
        "HALO_ENV_FILE": "/nonexistent",
    }
    assert "zendesk macros import" in CliRunner().invoke(cli, ["questions"], env=environment).output
    assert question_stats(settings, halo.now() + 91 * 24 * 3600) == []
    halo.advance(91 * 24 * 3600)
    halo.only_shown_after(lambda: halo.command("/halo", "zendesk qwertz"))
    assert [one.text for one in question_stats(settings, halo.now() - 2)] == ["zendesk qwertz"]


def test_an_uncertain_answer_says_so_and_can_be_waited_for(halo: SlackStandIn) -> None:
    """What may not be what was asked for comes in short, after saying so, with the offer to tell when there is more."""
    shown = halo.only_shown_after(lambda: halo.command("/halo", "can clients see prepaid hours"))
    assert "I am not sure that this is what you ask for" in text(shown)
    assert len(entries(shown)) == 1
    told = halo.only_shown_after(lambda: halo.click("tell_me", ts=shown.ts))
    assert "when something new answers “can clients see prepaid hours”" in text(told)


@pytest.mark.parametrize("question", ["v2.214", "compare 2.206 2.210", "portal stuff since 2.206"])
def test_a_shared_list_is_whole(halo: SlackStandIn, question: str) -> None:
    """Its first screen for the channel and all the rest in its thread, each change once; from whichever page it is
    shared, and each line leads to its details.
    """
    shown = halo.only_shown_after(partial(halo.command, "/halo", question))
    wanted = keys_led_to(shown)
    while "Next" in buttons(shown):
        shown = halo.only_shown_after(partial(halo.click, "page_next"))
        wanted += keys_led_to(shown)
    *posts, gone = halo.shown_after(partial(halo.click, "share"))
    first, *rest = posts
    assert gone.kind == "delete"
    assert "Next" not in buttons(first)
    assert f"Shared by <@UALICE>, who asked “{question}”" in text(first)
    assert (first.thread_ts, {post.thread_ts for post in rest}) == (None, {first.ts})
    assert "The rest is in the thread." in text(first)
    shared = [key for post in (first, *rest) for key in keys_led_to(post)]
    assert shared == wanted
    assert len(shared) == len(set(shared))
    (menu,) = [e for block in rest[0].blocks for e in block.get("elements", ()) if e.get("type") == "static_select"]
    window = halo.only_shown_after(
        lambda: halo.click(menu["action_id"], menu["options"][1]["value"], ts=rest[0].ts, channel="C1", user="UBOB")
    )
    assert window.kind == "view"
    assert menu["options"][1]["text"]["text"].rstrip("…")[:30] in json.dumps(
        (window.view or {})["blocks"], ensure_ascii=False
    )


def keys_led_to(shown: TranscriptEntry) -> list[str]:
    """The changes that the menus of a message lead to."""
    elements = [element for block in shown.blocks for element in block.get("elements", ())]
    return [o["value"] for e in elements if e.get("action_id", "").startswith("details:menu") for o in e["options"]]
