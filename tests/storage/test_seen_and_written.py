"""What a person changes is what they had seen: whoever was quicker, in this process or in another one, is not undone.

On both kinds of databases, by two processes: each has an engine of its own.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa

from bot.storage import audit_log
from bot.storage.audit_log import read_events
from bot.storage.database import open_workspace
from bot.storage.digest_progress import advance_cursors, revert_cursors
from bot.storage.models import CursorAdvance, Schedule, Subscription, SubscriptionDraft, SubscriptionFilter
from bot.storage.subscriptions import Subscriptions
from bot.storage.transactions import write_transaction

NOW = 1_760_000_000.0
BILLING = SubscriptionDraft(SubscriptionFilter(areas=("Billing",)), Schedule())
PORTAL, CHAT = (SubscriptionDraft(SubscriptionFilter(areas=(area,)), Schedule()) for area in ("Portal", "Chat"))


class Two(NamedTuple):
    """Two processes that work with one database."""

    one: Subscriptions
    other: Subscriptions
    engine: sa.Engine

    def seen(self) -> Subscription:
        """The digest of the channel, as both of them read it."""
        (row,) = self.one.of_channel("T1", "C1")
        return row

    def events(self) -> list[tuple[str, str]]:
        """Who did what, in order."""
        return [(event.actor, event.action) for event in reversed(read_events(self.engine, "T1"))]


@pytest.fixture
def two(any_new_url: str) -> Iterator[Two]:
    engines = [open_workspace(any_new_url) for _ in range(2)]
    yield Two(Subscriptions(engines[0]), Subscriptions(engines[1]), engines[0])
    for engine in engines:
        engine.dispose()


# What may be done to a digest that was seen; each takes the store, what was seen and who does it.
Act = Callable[[Subscriptions, Subscription, str], object]
ACTS: dict[str, Act] = {
    "change": lambda store, seen, user: store.update(seen, PORTAL, user, 0, NOW + 1),
    "remove": lambda store, seen, user: store.remove(seen, user, NOW + 1),
    "pause": lambda store, seen, user: store.pause(seen, user, NOW + 1, until=NOW + 100),
    "resume": lambda store, seen, user: store.resume(seen, user, NOW + 1),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_was_changed_in_between_is_left_alone(two: Two, act: str) -> None:
    """It was read, another process gave it another content, and then it is written: nothing happens, nor is anything in
    the audit log. The same where it was removed in between.
    """
    two.one.add("T1", "C1", BILLING, "U1", 0, NOW)
    seen = two.seen()
    two.other.update(seen, CHAT, "U2", 0, NOW)
    before, events = two.seen(), two.events()
    assert ACTS[act](two.one, seen, "U1") == "changed"
    assert (two.seen(), two.events()) == (before, events)
    two.other.remove(before, "U2", NOW)
    events = two.events()
    assert ACTS[act](two.one, before, "U1") == "gone"
    assert two.one.of_channel("T1", "C1") == []
    assert two.events() == events


def test_a_pause_in_between_stays(two: Two) -> None:
    """Somebody paused it after it was read: a change keeps that pause, and another pause does not take its place."""
    two.one.add("T1", "C1", BILLING, "U1", 0, NOW)
    seen = two.seen()
    assert two.other.pause(seen, "U2", NOW, until=NOW + 500) == "done"
    assert two.one.pause(seen, "U1", NOW) == "changed"
    assert two.one.pause(seen, "U1", NOW, until=NOW + 500) == "already so"
    changed = two.one.update(seen, PORTAL, "U1", 0, NOW)
    assert isinstance(changed, Subscription)
    assert (changed.paused_by, changed.paused_until) == ("U2", NOW + 500)
    assert two.other.resume(changed, "U2", NOW) == "done"
    assert two.one.pause(changed, "U1", NOW, until=NOW + 900) == "changed"


@pytest.mark.parametrize("act", ["change", "remove"])
def test_at_the_same_moment_one_wins(two: Two, act: str) -> None:
    """Two processes that saw the same: one does what it wanted, the other learns that it is another digest now."""
    for turn in range(6):
        if not two.one.of_channel("T1", "C1"):
            two.one.add("T1", "C1", BILLING, "U1", 0, NOW)
        seen, before = two.seen(), len(two.events())
        drafts = [SubscriptionDraft(SubscriptionFilter(words=(f"{turn} {number}",)), Schedule()) for number in (0, 1)]

        def write(
            number: int, seen: Subscription = seen, drafts: list[SubscriptionDraft] = drafts
        ) -> Subscription | str:
            store = (two.one, two.other)[number]
            if act == "remove":
                return store.remove(seen, f"U{number}", NOW)
            return store.update(seen, drafts[number], f"U{number}", 0, NOW)

        results = at_once(write)
        lost = [result for result in results if result in ("changed", "gone")]
        assert len(lost) == 1, results
        assert len(two.events()) == before + 1
        if act == "change":
            (won,) = [result for result in results if result not in lost]
            assert two.seen() == won


def test_a_channel_s_first_digest_is_added_once(two: Two) -> None:
    """Two processes that both saw none: one sets its digest up, the other adds nothing. So with one more besides."""
    for turn in range(6):
        channel = f"C{turn}"
        first = at_once(lambda number, channel=channel: add(two, number, channel, f"a{number}", ()))
        assert first.count(None) == 1
        (there,) = two.one.of_channel("T1", channel)
        more = at_once(lambda number, channel=channel, there=there: add(two, number, channel, f"b{number}", [there.id]))
        assert more.count(None) == 1
        assert len(two.other.of_channel("T1", channel)) == 2


def add(two: Two, number: int, channel: str, word: str, beside: object) -> object:
    """Add a digest of a word, by one of the two."""
    draft = SubscriptionDraft(SubscriptionFilter(words=(word,)), Schedule())
    return (two.one, two.other)[number].add("T1", channel, draft, f"U{number}", 0, NOW, beside=beside)  # type: ignore[arg-type]


def test_undone_once(two: Two) -> None:
    """Two people who press Undo at once bring one digest back; what was changed after that and removed again comes back
    as it was then, and not as it had been.
    """
    two.one.add("T1", "C1", BILLING, "U1", 0, NOW)
    for _ in range(4):
        seen = two.seen()
        two.one.remove(seen, "U1", NOW)
        results = at_once(lambda number, seen=seen: (two.one, two.other)[number].restore(seen, f"U{number}", NOW))
        assert results.count("gone") == 1
    ended = two.seen()
    two.one.remove(ended, "U1", NOW)
    back = two.other.restore(ended, "U2", NOW)
    assert isinstance(back, Subscription)
    changed = two.other.update(back, CHAT, "U2", 0, NOW)
    assert isinstance(changed, Subscription)
    two.other.remove(changed, "U2", NOW)
    restored = two.one.restore(ended, "U1", NOW)
    assert isinstance(restored, Subscription)
    assert restored.filter == CHAT.filter


@pytest.mark.parametrize("act", ["remove", "restore"])
def test_a_post_fails_while_its_digest_is_ended_or_brought_back(
    two: Two, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """Whichever of the two is first in the database, what was to be told is news again after Undo."""
    two.one.add("T1", "C1", BILLING, "U1", 3, NOW)
    seen, moved = two.seen(), CursorAdvance(two.seen().id, 10, 3)
    with write_transaction(two.engine) as connection:
        advance_cursors(connection, [moved])
    if act == "restore":
        two.one.remove(seen, "U1", NOW)
    is_in_the_middle, record = threading.Event(), audit_log.record_event

    def record_slowly(*args: Any) -> None:
        is_in_the_middle.set()
        time.sleep(0.3)  # the other one waits for this transaction by then
        record(*args)

    def write(number: int) -> None:
        if number == 0:
            two.one.remove(seen, "U1", NOW) if act == "remove" else two.one.restore(seen, "U1", NOW)
            return
        assert is_in_the_middle.wait(10)
        with write_transaction(two.engine) as connection:
            revert_cursors(connection, [moved], True)

    monkeypatch.setattr(audit_log, "record_event", record_slowly)
    at_once(write)
    restored = two.one.restore(seen, "U1", NOW) if act == "remove" else two.seen()
    assert isinstance(restored, Subscription)
    assert restored.cursor == 3


def at_once(write: Callable[[int], object]) -> list[object]:
    """What two threads got that called `write` with their numbers at the same moment."""
    start = threading.Barrier(2)

    def run(number: int) -> object:
        start.wait(10)
        return write(number)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(2)))
