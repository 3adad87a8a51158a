"""A channel's digest is changed by saying so: typed or in the window, what was said is proposed in words, and nothing
is done before its button is pressed.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from bot.playground.model import TranscriptEntry
from tests.whole_app.acting import SlackStandIn, buttons, text


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
    assert "gets a digest *every day at 08:00 (Europe/London)*: Portal" in text(added)
    assert "This channel has 2 digests now" in text(added)


def test_the_same_again_is_only_changed(halo: SlackStandIn) -> None:
    """With a filter that is there already no second digest is offered; said as it is, it is so already."""
    command(halo, "subscribe billing mondays 9am")
    asked = command(halo, "subscribe billing fridays")
    assert set(buttons(asked)) == {"Change it", "Edit"}
    assert "every Friday at 09:00" in text(press(halo, asked, "Change it"))
    same = command(halo, "subscribe billing fridays 9am")
    assert "It is so already." in text(same)
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
    assert "This channel has 2 digests now" in text(added)
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
