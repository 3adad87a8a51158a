"""A channel's digest is changed by saying so: typed or in the window, what was said is proposed in words, and nothing
is done before its button is pressed.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.app import Application
from bot.playground.model import TranscriptEntry
from bot.settings import Settings
from tests.whole_app.acting import SlackStandIn, buttons, text

SUNDAY = datetime(2026, 11, 29, 7, tzinfo=UTC)


def command(slack: SlackStandIn, words: str, **where: str) -> TranscriptEntry:
    """A command, and the one answer to it."""
    return slack.only_shown_after(partial(slack.command, "/halo", words, **where))


def press(slack: SlackStandIn, shown: TranscriptEntry, label: str, **who: str) -> TranscriptEntry:
    """Press the first button with this label, and the one thing that shows because of it."""
    where = {"view_id": shown.view["id"]} if shown.view else {"ts": str(shown.ts), "channel": str(shown.channel)}
    return slack.only_shown_after(partial(slack.click, buttons(shown)[label]["action_id"], **where, **who))


def digests(slack: SlackStandIn, **where: str) -> str:
    """The list of digests, as it is read."""
    listed = command(slack, "subscriptions", **where)
    return "\n".join(block["text"]["text"] for block in listed.blocks if block["type"] == "section")


def test_subscribing_again_changes_nothing_by_itself(halo: SlackStandIn) -> None:
    """What there is, what it would become and what could be added; each has its button, which does just that."""
    command(halo, "subscribe billing mondays 9am")
    before = digests(halo)
    asked = command(halo, "subscribe jira fridays")
    assert "gets Billing &amp; invoicing, every Monday at 09:00 (Europe/London). Change it, or add another?" in (
        text(asked)
    )
    assert "Change it to: *about “jira”, every Friday at 09:00 (Europe/London)*?" in text(asked)
    assert digests(halo) == before
    changed = press(halo, asked, "Change it")
    assert (changed.kind, changed.ts) == ("update", asked.ts)
    assert "Changed. This is what it is now:" in text(changed)
    assert "every Friday at 09:00" in digests(halo)
    assert "Billing" not in digests(halo)
    added = press(halo, command(halo, "subscribe portal daily 8am"), "Add another")
    assert "*Portal*\\nComes every day at 08:00 (Europe/London)." in text(added)
    assert "<#C1> has 2 digests now" in text(added)


def test_the_same_again_is_only_changed(halo: SlackStandIn) -> None:
    """With a filter that is there already no second digest is offered; said as it is, it is so already."""
    command(halo, "subscribe billing mondays 9am")
    asked = command(halo, "subscribe billing fridays")
    assert set(buttons(asked)) == {"Change it", "Edit"}
    assert "every Friday at 09:00" in text(press(halo, asked, "Change it"))
    same = command(halo, "subscribe billing fridays 9am")
    assert "That is what it does already." in text(same)
    assert set(buttons(same)) == {"Edit"}


def test_with_several_each_has_its_own_button(halo: SlackStandIn) -> None:
    """Which of them changes is what the button says."""
    command(halo, "subscribe billing mondays 9am")
    press(halo, command(halo, "subscribe portal fridays 5pm"), "Add another")
    asked = command(halo, "subscribe chat daily")
    assert "has 2 digests. Change one of them, or add another?" in text(asked)
    ids = [e["action_id"] for block in asked.blocks for e in block.get("elements", []) if "action_id" in e]
    assert [one for one in ids if "confirm" in one] == [
        "digest_confirm_change:1",
        "digest_confirm_change:2",
        "digest_confirm_add",
    ]
    halo.only_shown_after(lambda: halo.click("digest_confirm_change:2", ts=asked.ts))
    listed = digests(halo)
    assert "Billing &amp; invoicing" in listed
    assert "Portal" not in listed
    assert "every day at 17:00" in listed


def test_what_changed_meanwhile_is_shown_anew(halo: SlackStandIn) -> None:
    """A proposal of yesterday does nothing to a digest that is another one today, or that is gone."""
    command(halo, "subscribe billing mondays 9am")
    old = command(halo, "subscribe billing fridays")
    press(halo, command(halo, "subscribe chat tuesdays"), "Change it")
    refused = halo.only_shown_after(lambda: halo.click("digest_confirm_change:1", ts=old.ts))
    assert "nothing was done. This is what it is now:" in text(refused)
    assert "Chat" in text(refused)
    late = command(halo, "subscribe portal fridays")
    press(halo, command(halo, "unsubscribe"), "Remove")
    assert "removed already" in text(halo.only_shown_after(lambda: halo.click("digest_confirm_change:1", ts=late.ts)))
    assert "No channel has a digest" in digests(halo)


def test_the_window_asks_too(halo: SlackStandIn) -> None:
    """Filled in for a channel that has a digest, it proposes; its buttons work in the window; Add another adds."""
    command(halo, "subscribe billing mondays 9am", channel="C2")
    halo.command("/halo", "subscribe")
    halo.wait_idle()
    asked = halo.only_shown_after(lambda: halo.submit({"channel": "C2", "areas": ["Chat"], "weekday": "4"}))
    assert "Change it, or add another?" in text(asked)
    assert "Billing" in digests(halo)
    assert "Chat" not in digests(halo)
    changed = press(halo, asked, "Change it")
    assert changed.view
    assert "Changed. This is what it is now:" in text(changed)
    halo.close_view()
    window = press(halo, command(halo, "subscribe", channel="C2"), "Add another")
    assert window.kind == "view"
    added = halo.only_shown_after(lambda: halo.submit({"areas": ["Portal"]}))
    assert "<#C2> has 2 digests now" in text(added)
    halo.close_view()
    window = press(halo, command(halo, "subscribe", channel="C2"), "Add another")
    same = halo.only_shown_after(lambda: halo.submit({"areas": ["Portal"], "at": "11:00"}))
    assert set(buttons(same)) == {"Change it", "Edit"}
    assert "11:00" not in digests(halo)


def test_two_people_with_different_rights(slack: SlackStandIn, restart_with: Callable[..., Any]) -> None:
    """Who may not change digests can ask an admin, typed and by the buttons of what an admin was shown."""
    with restart_with(admins=()):
        command(slack, "subscribe billing mondays 9am")
        shown = {user: command(slack, "subscribe jira fridays", user=user) for user in ("UBOB", "UALICE")}
        before = digests(slack)
    with restart_with(admins=("UALICE",)):
        for words in ("subscribe jira fridays", "change the digest to fridays"):
            assert "Ask an admin" in text(command(slack, words, user="UBOB"))
        for label in ("Change it", "Add another"):
            assert "Ask an admin" in text(press(slack, shown["UBOB"], label, user="UBOB"))
        assert digests(slack) == before
        assert "Changed." in text(press(slack, shown["UALICE"], "Change it"))


def test_only_where_one_is(halo: SlackStandIn) -> None:
    """Of a channel that a person is not in, nothing is proposed."""
    halo.join_channel("G1", user="UHALO")
    halo.wait_idle()
    command(halo, "subscribe <#G1> billing mondays 9am")
    assert "You are not in that channel" in text(command(halo, "subscribe <#G1> chat fridays", user="UBOB"))


# Said of a digest of billing, Mondays 09:00 London: what is proposed, word for word.
PROPOSED = {
    "change the digest to fridays": "Billing &amp; invoicing, every Friday at 09:00 (Europe/London)",
    "make it daily": "Billing &amp; invoicing, every day at 09:00 (Europe/London)",
    "add jira to the digest": "Billing &amp; invoicing or about “jira”, every Monday at 09:00 (Europe/London)",
    "the digest without portal": "Billing &amp; invoicing, without Portal, every Monday at 09:00 (Europe/London)",
    "limit the digest to chat": "Chat, every Monday at 09:00 (Europe/London)",
}
SHORT = {
    "add jira": "Billing &amp; invoicing or about “jira”, every Monday at 09:00 (Europe/London)",
    "without portal": "Billing &amp; invoicing, without Portal, every Monday at 09:00 (Europe/London)",
    "fridays at 8am": "Billing &amp; invoicing, every Friday at 08:00 (Europe/London)",
}


def test_sentences_are_proposed_in_words(halo: SlackStandIn) -> None:
    """Nothing is done yet; the button does what was read."""
    command(halo, "subscribe billing mondays 9am")
    before = digests(halo)
    for said, becomes in PROPOSED.items():
        assert f"Change it to: *{becomes}*?" in text(command(halo, said)), said
    for said in ("make the digest earlier", "change the digest to mondays", "remove billing from the digest"):
        assert "Change it" not in buttons(command(halo, said)), said
    assert digests(halo) == before
    press(halo, command(halo, "add jira to the digest"), "Change it")
    assert "Billing &amp; invoicing or about “jira”" in digests(halo)


def test_short_words_are_about_the_digest_that_was_spoken_of(halo: SlackStandIn) -> None:
    """Where nothing else is spoken of, with a way to the search; after an answer they go on from that, and where there
    is no digest they are searched for.
    """
    assert "Details" in text(command(halo, "add jira", channel="C2"))
    command(halo, "subscribe billing mondays 9am")
    for said, becomes in SHORT.items():
        asked = command(halo, said)
        assert f"Change it to: *{becomes}*?" in text(asked), said
        assert f"Or did you mean to search for “{said}”?" in text(asked)
    found = press(halo, command(halo, "add jira"), "Search")
    assert found.kind == "view"
    assert "Jira" in text(found)
    halo.close_view()
    command(halo, "portal stuff since 2.210")
    assert "Change it" not in text(command(halo, "without invoices"))
    command(halo, "subscriptions")
    assert "Change it to:" in text(command(halo, "without portal"))
    in_thread = halo.only_shown_after(lambda: halo.mention("make it daily", user="UBOB"))
    assert (in_thread.kind, in_thread.visible_to) == ("ephemeral", "UBOB")
    assert "every day at 09:00" in text(press(halo, in_thread, "Change it", user="UBOB"))


def test_where_there_is_no_digest_one_is_proposed(halo: SlackStandIn) -> None:
    """A sentence about a digest that is not there is no search."""
    asked = command(halo, "send the digest on fridays at 8am")
    assert "has no digest. Set this one up?\\n*everything, every Friday at 08:00 (Europe/London)*" in text(asked)
    assert "No channel has a digest" in text(command(halo, "subscriptions"))
    assert "Comes every Friday at 08:00" in text(press(halo, asked, "Set it up"))


def test_a_pause_with_an_end(halo: SlackStandIn, settings: Settings) -> None:
    """The day is asked first, stands on the card, and the digest goes on by itself with all that arrived."""
    halo.set_clock(SUNDAY)
    application = Application(settings, halo.now)
    command(halo, "subscribe everything mondays 9am from v2.216")
    for said in ("pause for 2 weeks", "stop the digest for two weeks", "hold the digest for a fortnight"):
        asked = command(halo, said)
        assert "Pause it until Sunday 13 December? The next one comes on Monday 14 December at 09:00 then." in text(
            asked
        )
    assert "Paused" not in digests(halo)
    paused = press(halo, asked, "Pause it", user="UALICE")
    assert "Paused until Sunday 13 December; then it goes on by itself." in text(paused)
    assert "The next one comes on Monday 14 December at 09:00" in digests(halo)
    assert "Until when?" in text(command(halo, "pause for a while"))
    halo.advance(8 * 24 * 3600)
    application.digest_runner.run_due()
    assert halo.messages("C1") == []
    halo.advance(7 * 24 * 3600 + 20 * 3600)
    application.digest_runner.run_due()
    assert [m["user"] for m in halo.messages("C1") if m.get("thread_ts", m["ts"]) == m["ts"]] == ["UHALO"]
    assert "Paused" not in digests(halo)
    application.search.catalog.close()


def test_a_pause_of_yesterday(halo: SlackStandIn) -> None:
    """A day that is over by the time its button is pressed pauses nothing; resumed early, it goes on at once."""
    halo.set_clock(SUNDAY)
    command(halo, "subscribe everything mondays 9am")
    assert "None comes before that day anyway" in text(command(halo, "pause until tomorrow"))
    asked = command(halo, "pause until tuesday")
    halo.advance(3 * 24 * 3600)
    assert "so nothing was paused" in text(press(halo, asked, "Pause it"))
    press(halo, command(halo, "pause the digest for a month"), "Pause it")
    resumed = press(halo, command(halo, "resume"), "Resume")
    assert "It goes on. The next one comes on Monday 7 December" in text(resumed)


def test_where_there_is_no_digest_to_pause(halo: SlackStandIn) -> None:
    """The plain verbs say so; a sentence that may be a question is searched for."""
    for said in ("pause", "resume", "pause for 2 weeks", "pause the digest", "turn the digest back on"):
        assert "This channel has no digest" in text(command(halo, said)), said
    for said in ("pause it", "hold everything", "mute it for two weeks", "restart it"):
        assert "has no digest" not in text(command(halo, said)), said
