"""Somebody was quicker: a button of before, or one that two people press at once, makes no second digest unseen."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from bot.app import Application
from bot.digests.rights import Actor
from bot.playground.model import TranscriptEntry
from bot.settings import Settings
from bot.slack import digest_proposals
from bot.slack.digest_card_replies import CardChange
from bot.slack.digest_replies import digest_card
from bot.slack.views import subscription_modal as modal
from bot.slack.views.digest_cards import CardRef, DigestCard, WindowRef
from bot.slack.views.digest_proposals import decode_proposal
from bot.storage.audit_log import read_events
from tests.whole_app.acting import SlackStandIn, buttons, text


def command(slack: SlackStandIn, words: str, **where: str) -> TranscriptEntry:
    """A command, and the one answer to it."""
    return slack.only_shown_after(partial(slack.command, "/halo", words, **where))


def press(slack: SlackStandIn, shown: TranscriptEntry, label: str, **who: str) -> TranscriptEntry:
    """Press the first button with this label, and the one thing that shows because of it."""
    where = {"view_id": shown.view["id"]} if shown.view else {"ts": str(shown.ts), "channel": str(shown.channel)}
    return slack.only_shown_after(partial(slack.click, buttons(shown)[label]["action_id"], **where, **who))


def digests(slack: SlackStandIn) -> list[str]:
    """The cards of all digests, in Bob's list."""
    listed = command(slack, "subscriptions", user="UBOB")
    return [block["text"]["text"] for block in listed.blocks if "Set up by" in str(block.get("text"))]


def test_an_old_set_it_up_asks_again(halo: SlackStandIn) -> None:
    """`make it daily` where there was no digest: by the time that its button is pressed somebody else has set one up.
    What there is and what the proposal makes of it is shown in its place; each of the two new buttons does that.
    """
    old = command(halo, "make it daily")
    again = command(halo, "make it daily")
    command(halo, "subscribe billing mondays 9am", user="UBOB")
    asked = press(halo, old, "Set it up")
    assert (asked.kind, asked.ts) == ("update", old.ts)
    assert "somebody was quicker" in text(asked)
    assert "<#C1> gets Billing &amp; invoicing, every Monday at 09:00" in text(asked)
    assert "Change it to: *everything, every day at 09:00" in text(asked)
    assert {"Change it", "Add another"} <= set(buttons(asked))
    assert len(digests(halo)) == 1
    changed = press(halo, asked, "Change it")
    assert "Changed. This is what it is now:" in text(changed)
    (only,) = digests(halo)
    assert "everything*\nComes every day" in only
    same = press(halo, again, "Set it up")
    assert "It is set up already, so nothing was added." in text(same)
    assert digests(halo) == [only]


def test_another_one_is_added_only_where_it_was_seen_what_there_is(halo: SlackStandIn) -> None:
    """Add another under one digest, pressed when there are two: asked again; that button adds, once."""
    command(halo, "subscribe billing mondays 9am")
    old = command(halo, "subscribe chat fridays")
    press(halo, command(halo, "subscribe portal fridays", user="UBOB"), "Add another", user="UBOB")
    asked = press(halo, old, "Add another")
    assert "somebody was quicker" in text(asked)
    assert "<#C1> has 2 digests. Change one of them, or add another?" in text(asked)
    assert len(digests(halo)) == 2
    assert "<#C1> has 3 digests now" in text(press(halo, asked, "Add another"))
    assert len(digests(halo)) == 3


def test_the_only_one_was_removed_meanwhile(halo: SlackStandIn) -> None:
    """Add another where there is none any more sets it up: nothing unseen can come of that."""
    first = command(halo, "subscribe billing mondays 9am")
    old = command(halo, "subscribe chat fridays")
    press(halo, first, "Remove")
    assert "gets a digest from now on" in text(press(halo, old, "Add another"))
    (only,) = digests(halo)
    assert "Chat" in only


def test_set_it_up_pressed_twice(halo: SlackStandIn) -> None:
    """The second press of another person, on the proposal that they see, is told that it is set up."""
    shown = {user: command(halo, "send the digest on fridays at 8am london", user=user) for user in ("UALICE", "UBOB")}
    assert "gets a digest from now on" in text(press(halo, shown["UALICE"], "Set it up"))
    twice = press(halo, shown["UBOB"], "Set it up", user="UBOB")
    assert "It is set up already, so nothing was added. This is it:" in text(twice)
    assert "Set up by <@UALICE>" in text(twice)
    assert len(digests(halo)) == 1


def test_who_may_not_learns_that_first(slack: SlackStandIn, restart_with: Callable[..., Any]) -> None:
    """With HALO_ADMINS the old button asks who may, whatever there is by now."""
    with restart_with(admins=()):
        old = command(slack, "make it daily", user="UBOB")
        command(slack, "subscribe billing mondays 9am")
    with restart_with(admins=("UALICE",)):
        assert "Ask an admin" in text(press(slack, old, "Set it up", user="UBOB"))
        assert len(digests(slack)) == 1


@pytest.fixture
def two(settings: Settings, slack: SlackStandIn) -> Iterator[tuple[Application, Application]]:
    """Two processes of one installation."""
    made = (Application(settings, slack.now), Application(settings, slack.now))
    for one in made:
        _ = one.digest_service
    yield made
    for one in made:
        one.catalog.close()


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """What two threads got that called `act` with their numbers at the same moment."""
    start = threading.Barrier(2)

    def run(number: int) -> Any:
        start.wait(10)
        return act(number)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(2)))


ALICE, BOB = (Actor("T1", "C1", user, "Europe/London") for user in ("UALICE", "UBOB"))


@pytest.mark.parametrize("words", [("billing daily", "billing daily"), ("billing daily", "portal fridays")])
def test_at_the_same_moment_in_two_processes(two: tuple[Application, Application], words: tuple[str, str]) -> None:
    """Both press Set it up: one digest, which one of them set up; the other sees it, with what theirs would make of it.
    The same where both typed it.
    """
    services = [one.digest_service for one in two]
    values = []
    for text_of in words:
        proposed = digest_proposals.propose_new(services[0], ALICE, text_of, text_of)
        values.append(buttons(proposed)["Set it up"]["value"])

    def press_it(number: int) -> CardChange:
        return digest_proposals.confirm_add(services[number], (ALICE, BOB)[number], decode_proposal(values[number]))

    for act in (
        press_it,
        lambda number: digest_proposals.subscribe(services[number], (ALICE, BOB)[number], words[number]),
    ):
        results = at_once(act)
        (row,) = services[0].subscriptions("T1")
        said = [
            str(one.message or (one.note, one.card)) if isinstance(one, CardChange) else str(one) for one in results
        ]
        assert sum("gets a digest from now on" in one for one in said) == 1, said
        (loser,) = [one for one in said if "gets a digest from now on" not in one]
        assert "gets " in loser or "It is set up already" in loser
        assert ("'text': 'Change it'" in loser) == (words[0] != words[1])
        assert services[0].remove(ALICE, row.subscription, {"text": "x", "blocks": []}) == "done"


def test_windows_at_the_same_moment_in_two_processes(two: tuple[Application, Application]) -> None:
    """Two people save their windows on one digest: one is saved, the other one stays open, for its digest is another
    one by now; saved again, it takes the place of that.
    """
    services = [one.digest_service for one in two]
    digest_proposals.subscribe(services[0], ALICE, "billing daily")
    card = digest_card(services[0].subscriptions("T1")[0])

    def save(number: int, card: DigestCard = card) -> digest_proposals.SubmittedWindow:
        values = {
            modal.CHANNEL: "C1", modal.WORDS: "", modal.AREAS: [("Chat", "API")[number]], modal.CADENCE: "daily",
            modal.ONLY: "all", modal.WEEKDAY: "0", modal.AT: "09:00", modal.ZONE: "Europe/London",
        }  # fmt: skip
        opened_for = WindowRef(CardRef(card.id, card.mark))
        return digest_proposals.submit_subscription(services[number], (ALICE, BOB)[number], values, opened_for)

    results = at_once(save)
    (loser,) = [number for number, result in enumerate(results) if result.changed]
    assert "now gets a digest like this" in str(results[1 - loser].message)
    assert results[loser].changed == services[0].find("T1", card.id)
    again = save(loser, digest_card(results[loser].changed))
    assert "now gets a digest like this" in str(again.message)
    assert len(services[0].subscriptions("T1")) == 1
    assert [event.action for event in read_events(two[0].engine, "T1")] == ["changed", "changed", "subscribed"]
