"""The inbox without Slack: a delivery is one job, a job has one owner, and what is done is known."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage.database import open_workspace
from bot.storage.inbox import ENDINGS, MAX_DUE_SECONDS, Inbox, Job, short_key
from bot.storage.processed_events import RETENTION_SECONDS, processed_events

NOW = 1_760_000_000.0
LEASE = 30.0
BODY: dict[str, Any] = {"event": {"type": "app_mention", "text": "jira “status” ✓"}, "event_id": "Ev1"}
JOB = Job("Ev1", "T1", BODY, NOW)


@pytest.fixture
def inbox(any_new_url: str) -> Iterator[Inbox]:
    """An empty inbox on each kind of database."""
    engine = open_workspace(any_new_url)
    yield Inbox(engine)
    engine.dispose()


def claimed(inbox: Inbox, owner: str, now: float, teams: tuple[str, ...] | None = None) -> list[Job]:
    """What an owner gets when it looks."""
    return inbox.claim_due(owner, now, now + LEASE, teams, 10)


def remembered(inbox: Inbox) -> set[str]:
    """The keys of what was done."""
    with inbox._engine.connect() as connection:
        return set(connection.scalars(sa.select(processed_events.c.event_id)))


def test_a_delivery_is_put_once_until_it_is_done_and_afterwards(inbox: Inbox) -> None:
    """A second delivery finds the job while it waits, and its key when it is done. Nothing of it stays but the key."""
    assert inbox.put(JOB, "A", NOW + LEASE)
    assert not inbox.put(JOB, "B", NOW + LEASE)
    assert (inbox.count(), inbox.count("T1"), inbox.count("T2")) == (1, 1, 0)
    inbox.complete("Ev1", "A", NOW + 1)
    assert inbox.count() == 0
    assert remembered(inbox) == {"Ev1"}
    assert not inbox.put(JOB, "B", NOW + 400)
    assert inbox.count() == 0


def test_it_is_not_known_as_done_before_it_is(inbox: Inbox) -> None:
    """While a job is owned, nothing is remembered: a process that ends in the middle forgets nothing."""
    assert inbox.put(JOB, "A", NOW + LEASE)
    assert remembered(inbox) == set()


def test_a_lease_is_kept_and_ends(inbox: Inbox) -> None:
    """Nobody else gets a job while its lease lasts or is renewed; after it, one does, who is told to look first."""
    inbox.put(JOB, "A", NOW + LEASE)
    assert claimed(inbox, "B", NOW + LEASE - 1) == []
    inbox.renew("A", NOW + 2 * LEASE)
    assert claimed(inbox, "B", NOW + LEASE + 1) == []
    taken_over = replace(JOB, attempts=2, is_unsure=True, body={**BODY, ENDINGS: 1})
    assert claimed(inbox, "B", NOW + 2 * LEASE) == [taken_over]
    assert claimed(inbox, "C", NOW + 2 * LEASE) == []


def test_how_many_processes_ended_in_the_middle(inbox: Inbox) -> None:
    """They are counted in the job itself. One that put it off, or gave it back, did not end."""
    inbox.put(JOB, "A", NOW + LEASE)
    later = NOW
    for number in range(1, 4):
        later += 2 * LEASE
        (job,) = claimed(inbox, f"B{number}", later)
        assert job.endings == number
    inbox.postpone(JOB.key, "B3", later, is_unsure=False)
    (job,) = claimed(inbox, "C", later)
    assert (job.endings, job.attempts) == (3, 5)
    inbox.release([JOB.key], "C", later)
    (job,) = claimed(inbox, "D", later)
    assert (job.endings, job.attempts) == (3, 5)


def test_an_owner_that_lost_it_can_do_nothing(inbox: Inbox) -> None:
    """It neither ends it nor puts it off: the new owner has it."""
    inbox.put(JOB, "A", NOW + LEASE)
    claimed(inbox, "B", NOW + LEASE)
    inbox.complete("Ev1", "A", NOW + LEASE)
    inbox.postpone("Ev1", "A", NOW, is_unsure=False)
    inbox.renew("A", NOW)
    assert (inbox.count(), remembered(inbox)) == (1, set())
    assert claimed(inbox, "C", NOW + LEASE + 1) == []


def test_what_was_put_off_comes_back_at_its_time(inbox: Inbox) -> None:
    """Not before; and nobody has to look for what was certainly not posted."""
    inbox.put(JOB, "A", NOW + LEASE)
    inbox.postpone("Ev1", "A", NOW + 5, is_unsure=False)
    assert claimed(inbox, "B", NOW + 4) == []
    assert claimed(inbox, "B", NOW + 5) == [replace(JOB, attempts=2)]
    inbox.postpone("Ev1", "B", NOW + 6, is_unsure=True)
    assert claimed(inbox, "A", NOW + 6) == [replace(JOB, attempts=3, is_unsure=True)]


def test_given_back_at_the_end_of_a_process(inbox: Inbox) -> None:
    """Others get at once what was not begun, as if it had never been tried; what was begun keeps its lease."""
    inbox.put(JOB, "A", NOW + LEASE)
    inbox.put(replace(JOB, key="Ev2"), "A", NOW + LEASE)
    inbox.release(["Ev1"], "A", NOW)
    assert claimed(inbox, "B", NOW) == [JOB]
    assert [job.key for job in claimed(inbox, "B", NOW + LEASE)] == ["Ev1", "Ev2"]


def test_only_of_the_teams_that_are_served(inbox: Inbox) -> None:
    """Another team's job is left to the process that has its token."""
    inbox.put(replace(JOB, key="a", team="T1"), "A", NOW)
    inbox.put(replace(JOB, key="b", team="T2"), "A", NOW)
    assert [job.key for job in claimed(inbox, "B", NOW + 1, ("T2",))] == ["b"]
    assert [job.key for job in claimed(inbox, "B", NOW + 1)] == ["a"]


def test_a_clock_that_was_wrong_hides_nothing(inbox: Inbox) -> None:
    """What a process with its clock a month ahead owned or put off is claimed all the same."""
    month = 30 * 24 * 3600
    inbox.put(JOB, "A", NOW + month + LEASE)
    assert month > MAX_DUE_SECONDS
    assert [job.key for job in claimed(inbox, "B", NOW)] == ["Ev1"]


def test_one_of_many_gets_it(inbox: Inbox) -> None:
    """Ten that put the same delivery, and ten that claim the same job, at the same moment: one of each does."""
    start = threading.Barrier(10)

    def put(number: int) -> bool:
        start.wait(10)
        return inbox.put(JOB, f"put {number}", NOW)

    def claim(number: int) -> int:
        start.wait(10)
        return len(claimed(inbox, f"claim {number}", NOW))

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(put, range(10))) == 1
        assert sum(pool.map(claim, range(10))) == 1


def test_done_while_it_is_delivered_again(inbox: Inbox) -> None:
    """However a second delivery and the end of the job meet, it is not put again."""
    for number in range(20):
        job = replace(JOB, key=f"Ev{number}")
        inbox.put(job, "A", NOW + LEASE)
        start = threading.Barrier(2)

        def again(job: Job = job, start: threading.Barrier = start) -> bool:
            start.wait(10)
            return inbox.put(job, "B", NOW + LEASE)

        def done(job: Job = job, start: threading.Barrier = start) -> None:
            start.wait(10)
            inbox.complete(job.key, "A", NOW)

        with ThreadPoolExecutor(2) as pool:
            second, _ = pool.submit(again), pool.submit(done).result(10)
            assert not second.result(10)
    assert inbox.count() == 0


def test_keys_are_kept_for_a_day(inbox: Inbox) -> None:
    """Longer than Slack delivers again; after that they take no room."""
    for key, at in (("old", NOW), ("young", NOW + 1), ("new", NOW + RETENTION_SECONDS + 0.5)):
        inbox.put(replace(JOB, key=key), "A", NOW)
        inbox.complete(key, "A", at)
    assert remembered(inbox) == {"young", "new"}


def test_any_key_can_be_kept() -> None:
    """A long one is known by its hash, and two long ones that begin alike stay two."""
    long = "T1:C1:" + "9" * 100
    assert len(short_key(long)) == 64
    assert short_key(long) != short_key(long + "1")
    assert short_key("Ev1") == "Ev1"
