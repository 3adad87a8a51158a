"""Taking jobs: what is acknowledged is stored, whatever else goes on at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.slack.jobs import Accepted, JobRun, JobRunner, RetryLaterError
from bot.storage.database import open_workspace
from bot.storage.inbox import Inbox, Job

BODY = {"event": {"type": "app_mention"}}


class SlowInbox(Inbox):
    """One that waits in the first `put`, and fails there if it is told to."""

    def __init__(self, path: Path, fails: bool) -> None:
        super().__init__(open_workspace(f"sqlite:///{path}"))
        self.fails, self.calls = fails, 0
        self.is_putting, self.may_go_on = threading.Event(), threading.Event()

    def put(self, job: Job, owner: str, lease_until: float) -> bool:
        self.calls += 1
        if self.calls > 1:
            return super().put(job, owner, lease_until)
        self.is_putting.set()
        self.may_go_on.wait(30)
        if self.fails:
            raise OSError("the connection is lost")
        return super().put(job, owner, lease_until)


@pytest.mark.parametrize(("fails", "expected"), [(True, Accepted.BUSY), (False, Accepted.TAKEN)])
def test_two_deliveries_that_cross(
    tmp_path: Path, fails: bool, expected: Accepted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one is acknowledged only when the first one is stored: else nobody would do it, and Slack would not
    bring it again.
    """
    monkeypatch.setattr("bot.slack.jobs.PUT_SECONDS", 30.0)
    inbox = SlowInbox(tmp_path / "workspace.db", fails)
    jobs = JobRunner(inbox, lambda: None)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(jobs.accept, "key", "T1", BODY)
        assert inbox.is_putting.wait(30)
        second = pool.submit(jobs.accept, "key", "T1", BODY)
        inbox.may_go_on.set()
        assert first.result() is expected
        assert second.result() is (Accepted.BUSY if fails else Accepted.SEEN)
    assert inbox.count() == (0 if fails else 1)
    jobs.stop(0)


def test_a_lease_that_another_process_took_over_is_not_renewed(tmp_path: Path) -> None:
    """A process that slept for longer than its lease learns that a job is another's, whatever it renews besides."""
    inbox = Inbox(open_workspace(f"sqlite:///{tmp_path / 'workspace.db'}"))
    for key in ("lost", "kept"):
        inbox.put(Job(key, "T1", BODY, 0.0), "sleeper", 10.0 if key == "lost" else 100.0)
    assert [job.key for job in inbox.claim_due("other", 20.0, 50.0, None, 5)] == ["lost"]
    jobs = JobRunner(inbox, lambda: None, now=lambda: 25.0)
    jobs.owner = "sleeper"
    jobs._renew()
    assert list(jobs._lease_ends) == ["kept"]


def test_a_job_is_dated_by_the_clock_that_all_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose clock is a month ahead takes no mention for one of a month ago, and gives none up."""
    inbox = Inbox(open_workspace(f"sqlite:///{tmp_path / 'workspace.db'}"))
    jobs = JobRunner(inbox, lambda: None, now=lambda: 1_000.0)
    monkeypatch.setattr("bot.slack.jobs.time.time", lambda: 30 * 24 * 3600.0)
    assert jobs.accept("key", "T1", BODY) is Accepted.TAKEN
    jobs.stop(0)
    (job,) = inbox.claim_due("other", 2_000.0, 2_030.0, None, 1)
    assert job.received_at == 1_000.0


def test_an_attempt_that_did_not_look_leaves_it_unsure(tmp_path: Path) -> None:
    """The first process ended in the middle, and the next one was stopped by its database: the third one looks."""
    inbox = Inbox(open_workspace(f"sqlite:///{tmp_path / 'workspace.db'}"))
    inbox.put(Job("key", "T1", BODY, 0.0), "killed", 10.0)
    jobs = JobRunner(inbox, lambda: None, now=lambda: 20.0)
    (job,) = inbox.claim_due(jobs.owner, 20.0, 50.0, None, 1)
    run = JobRun(job, lambda: 50.0, 20.0)
    run.retry = RetryLaterError("the database does not answer")
    jobs._record(run)
    (again,) = inbox.claim_due("third", 100.0, 130.0, None, 1)
    assert (again.attempts, again.is_unsure) == (3, True)


def test_what_nobody_can_find_is_noted_before_it_is_posted(tmp_path: Path) -> None:
    """The next attempt knows of it; who lost the job to another process, or cannot store it, posts nothing."""
    inbox = Inbox(open_workspace(f"sqlite:///{tmp_path / 'workspace.db'}"))
    inbox.put(Job("key", "T1", BODY, 0.0), "first", 10.0)
    (job,) = inbox.claim_due("first", 20.0, 50.0, None, 1)
    run = JobRun(job, lambda: 50.0, 20.0, store_body=lambda body: inbox.update_body("key", "first", body))
    run.note_unmarked_post()
    assert not run.may_have_posted_unmarked
    (again,) = inbox.claim_due("second", 100.0, 130.0, None, 1)
    assert JobRun(again, lambda: 130.0, 100.0).may_have_posted_unmarked
    with pytest.raises(RetryLaterError, match="another process"):
        run.note_unmarked_post()
