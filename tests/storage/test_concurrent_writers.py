"""Several writers of the same row at the same moment: none fails, and what is stored is what one of them wrote."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from bot.conversation.models import LastAnswer
from bot.storage.conversations import ConversationKey
from bot.storage.database import open_workspace
from bot.storage.inbox import Job
from bot.storage.models import Notice, Schedule, SourceState, SubscriptionDraft, SubscriptionFilter
from bot.storage.outbox import Outbox
from bot.storage.source_states import SourceStates
from bot.storage.stores import open_stores
from bot.storage.subscriptions import Subscriptions

WRITERS, ROUNDS, NOW = 6, 3, 1_760_000_000.0


@pytest.fixture
def workspace(any_new_url: str) -> Iterator[sa.Engine]:
    engine = open_workspace(any_new_url)
    yield engine
    engine.dispose()


def at_once(write: Callable[[int], object]) -> list[object]:
    """What several threads got that called `write` with their numbers at the same moment. Raises what one raised."""
    start = threading.Barrier(WRITERS)

    def run(number: int) -> object:
        start.wait(10)
        return write(number)

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def test_answers_in_one_thread(workspace: sa.Engine) -> None:
    """Two mentions in a thread that had no answer yet: the conversation has one of the two answers."""
    conversations = open_stores(workspace).conversations
    for turn in range(ROUNDS):
        key = ConversationKey("T1", "C1", f"{turn}.0")
        at_once(lambda number, key=key: conversations.save_answer(key, LastAnswer(f"question {number}"), NOW))
        last = conversations.last_answer(key, NOW)
        assert last is not None
        assert last.question in [f"question {number}" for number in range(WRITERS)]


def test_questions_are_all_counted(workspace: sa.Engine) -> None:
    """The same question of several people at once counts once for each."""
    log = open_stores(workspace).question_log
    for turn in range(ROUNDS):
        at_once(lambda number, turn=turn: log.record_no_result("T1", f"zebra {turn}", NOW))
    log.record_rating("T1", "zebra 0", True, NOW)
    counts = {stats.text: (stats.no_result_count, stats.helpful_count) for stats in log.list_stats(NOW)}
    assert counts == {"zebra 0": (WRITERS, 1)} | {f"zebra {turn}": (WRITERS, 0) for turn in range(1, ROUNDS)}


def test_first_ones_are_first_once(workspace: sa.Engine) -> None:
    """An event is answered by one, a person is new to one, a notice is enqueued by one."""
    stores, outbox = open_stores(workspace), Outbox(workspace)
    for turn in range(ROUNDS):
        for write in (
            lambda number, turn=turn: stores.inbox.put(Job(f"Ev{turn}", "T1", {}, NOW), f"A{number}", NOW),
            lambda number, turn=turn: stores.introductions.mark_introduced("T1", f"C{turn}", NOW),
            lambda number, turn=turn: outbox.enqueue_notice("T1", Notice("U1", f"notice {turn}", {"text": "x"})),
        ):
            assert sum(map(bool, at_once(write))) == 1


def test_a_watch_is_saved_once(workspace: sa.Engine) -> None:
    """However often its button is clicked at once; everybody gets the same watch."""
    watches = open_stores(workspace).watches
    for turn in range(ROUNDS):
        saved = at_once(lambda number, turn=turn: watches.add("T1", "U1", f"zebra {turn}", 0, NOW))
        assert len(set(saved)) == 1
    assert len(watches.of_person("T1", "U1")) == ROUNDS


def test_a_source_has_one_state(workspace: sa.Engine) -> None:
    """Two processes that read the same source at once: the state of one of them stays."""
    states = SourceStates(workspace)
    for turn in range(ROUNDS):
        name = f"https://example.com/{turn}"
        at_once(lambda number, name=name: states.save(SourceState(name, failures=number), SourceState("x")))
        state = states.get(name)
        assert state is not None
        assert state.failures in range(WRITERS)


def test_a_subscription_is_new_once(workspace: sa.Engine) -> None:
    """The same filter for a channel from several people: one subscription, which is new to one of them."""
    subscriptions = Subscriptions(workspace)
    for turn in range(ROUNDS):
        draft = SubscriptionDraft(SubscriptionFilter(words=(f"zebra {turn}",)), Schedule())
        results = at_once(lambda number, draft=draft: subscriptions.add("T1", "C1", draft, f"U{number}", 0, NOW))
        assert len([one for one in results if one is not None]) == 1
    assert len(subscriptions.of_channel("T1", "C1")) == ROUNDS


def test_two_subscriptions_become_the_same(workspace: sa.Engine) -> None:
    """Of several that are given one filter at once, one gets it, and the others are told that it is taken."""
    subscriptions = Subscriptions(workspace)
    made = [
        subscriptions.add(
            "T1", "C1", SubscriptionDraft(SubscriptionFilter(words=(str(number),)), Schedule()), "U1", 0, NOW
        )
        for number in range(WRITERS)
    ]
    same = SubscriptionDraft(SubscriptionFilter(areas=("Portal",)), Schedule())
    changed = at_once(lambda number: subscriptions.update(made[number], same, "U1", 0, NOW))
    assert changed.count("taken") == WRITERS - 1
    assert len(subscriptions.of_channel("T1", "C1")) == WRITERS
