"""Runs jobs: work that takes longer than Slack's acknowledgement may, stored in the inbox before Slack is acknowledged.

    accept: put it in the inbox, acknowledge, hand it to a thread
    run:    Bolt gets the stored request again, marked by a `JobRun` in its context, and the listener works
    after:  complete it, or postpone it where Slack or the database does not answer now; nobody sleeps for that
    look:   each second, claim jobs that are due: postponed ones, and those of a process that ended

When a job is given up, the person who caused it is told. A job is also given up after MAX_ENDINGS processes ended in
the middle of it. A process that is told to end gives back the jobs that it has not begun.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from enum import Enum
from typing import Any

from slack_bolt import BoltContext, BoltRequest, BoltResponse

from bot.errors import HalobotError
from bot.references import current_reference, keep_reference, new_reference, with_reference
from bot.storage.inbox import Inbox, Job, short_key
from bot.storage.lease_clock import uptime
from bot.storage.patience import patience

log = logging.getLogger(__name__)
THREADS = 8
MAX_WAITING = 400  # jobs of this process that are not done; more are refused
MAX_PUTTING = 1  # jobs that are being stored at the same time: the others' acknowledgements have turns left
PUT_SECONDS = 1.0  # to store one: Slack waits three for the acknowledgement
RELEASE_SECONDS = 1.0  # to give back what was not begun, when the process ends
REFUSE_SECONDS = 3.0  # for which jobs are refused after one could not be stored
LOOK_EVERY_SECONDS = 1.0
MAX_RETRY_SECONDS = 60.0  # between two attempts, where nobody says how long to wait
SETTLE_SECONDS = 5.0  # within which Slack has stored what it did not confirm, so that it is found
MAX_ATTEMPTS = 40
MAX_ENDINGS = 5  # processes that ended in the middle of it: it may be what ends them
RESPONSE_URL_SECONDS = 25 * 60.0  # a person can be told by a response_url for half an hour
GIVE_UP_SECONDS = 55 * 60.0  # others: an older mention would only startle
JOB_RUN = "job_run"  # its name in Bolt's context
REFERENCE = "halobot_reference"  # in the body of a job: by which the log names it, in each attempt
UNMARKED_POST = "halobot_unmarked_post"  # in the body of a job that may have posted what no later attempt can find


class RetryLaterError(Exception):
    """It cannot be done now. `is_unsure`: something may have been posted. Never a SlackApiError: what catches those
    must not take it for an answer.
    """

    is_sentence = True  # the log may have it

    def __init__(self, reason: str, seconds: float | None = None, is_unsure: bool = False) -> None:
        super().__init__(reason)
        self.seconds, self.is_unsure = seconds, is_unsure


class AckSlot:
    """Room for a job's result in the acknowledgement of a window, while that still waits for it."""

    def __init__(self) -> None:
        self._lock, self._filled, self._is_closed = threading.Lock(), threading.Event(), False
        self._result: dict[str, Any] | None = None

    def offer(self, result: dict[str, Any]) -> bool:
        """Put in what the acknowledgement says. False when it is gone, and the window has to be updated."""
        with self._lock:
            if self._is_closed or self._result:
                return False
            self._result = result
        self._filled.set()
        return True

    def wait(self, seconds: float) -> dict[str, Any] | None:
        """The result; None when it takes longer. Nothing is taken afterwards."""
        self._filled.wait(seconds)
        with self._lock:
            self._is_closed = True
            return self._result


class JobRun:
    """One attempt at a job, in the context of its request. `lease_end` is the moment of `uptime` until which the job is
    ours. A hopeless one is not begun again, and the person who caused it
    is told.
    """

    def __init__(
        self,
        job: Job,
        lease_end: Callable[[], float],
        now: float,
        is_stored: bool = True,
        slot: AckSlot | None = None,
        store_body: Callable[[dict[str, Any]], bool] = lambda body: True,
    ) -> None:
        self.job, self.lease_end, self.slot, self._store_body = job, lease_end, slot, store_body
        self.retry: RetryLaterError | None = None
        self.is_started, self.finished = False, threading.Event()
        limit = RESPONSE_URL_SECONDS if job.body.get("response_url") else GIVE_UP_SECONDS
        self.is_hopeless = job.endings >= MAX_ENDINGS
        self.is_last = not is_stored or job.attempts >= MAX_ATTEMPTS or now - job.received_at > limit

    @property
    def may_have_posted_unmarked(self) -> bool:
        """Whether an earlier attempt may have posted something that nobody can find."""
        return bool(self.job.body.get(UNMARKED_POST))

    def note_unmarked_post(self) -> None:
        """Store that this attempt is about to post what no later one can find, so that none posts it again. Raises
        RetryLaterError, with nothing posted, where that cannot be stored.
        """
        try:
            with patience(PUT_SECONDS):
                is_stored = self._store_body({**self.job.body, UNMARKED_POST: True})
        except HalobotError as error:
            raise RetryLaterError(f"it cannot be noted before it is posted ({type(error).__name__})") from error
        if not is_stored:
            raise RetryLaterError("another process has it")


def current_run(context: BoltContext) -> JobRun | None:
    """The attempt that a listener works for; None while Slack waits for the acknowledgement."""
    return context.get(JOB_RUN) if isinstance(context, dict) else None  # a test's context may be plain


def reference_of(job: Job) -> str:
    """By which the log names a job; empty for one that an older Halobot stored."""
    return str(job.body.get(REFERENCE) or "")


class Accepted(Enum):
    """What came of putting a job in the inbox."""

    TAKEN = "taken"
    SEEN = "seen"  # delivered again: it is waiting, or done
    BUSY = "busy"  # not stored, and not done: too much waits, or the database does not answer


class JobRunner:
    """Runs jobs in threads of its own. `now` is a clock that all processes share, for leases. Once `ending`
    is set nothing new is taken or begun.
    """

    def __init__(
        self,
        inbox: Inbox,
        served_teams: Callable[[], Collection[str] | None],
        now: Callable[[], float] = time.time,
        ending: threading.Event | None = None,
        lease_seconds: float = 30.0,
    ) -> None:
        self.inbox, self._served_teams, self._lease, self._now = inbox, served_teams, lease_seconds, now
        self.owner = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(3)}"
        self._dispatch: Callable[[BoltRequest], BoltResponse] | None = None
        self._pool, self._little = ThreadPoolExecutor(THREADS, "job"), ThreadPoolExecutor(1, "afterwards")
        self._putting = threading.BoundedSemaphore(MAX_PUTTING)
        self._refuse_until = 0.0  # a moment of `uptime`
        self._changed = threading.Condition()
        self._own: dict[str, bool] = {}  # keys of this process's jobs, and whether each was begun
        self._storing: set[str] = set()  # those of them that may not be in the inbox yet
        self._unsettled: list[JobRun] = []  # done, and the database does not know yet
        self._lease_ends: dict[str, float] = {}  # of the jobs whose leases were renewed last, as moments of `uptime`
        self._stopping = ending or threading.Event()

    def start(self, dispatch: Callable[[BoltRequest], BoltResponse]) -> None:
        """Run jobs by this from now on, and look for those that others left."""
        self._dispatch = dispatch
        threading.Thread(target=self._look_for_jobs, name="inbox", daemon=True).start()

    # -- taking jobs --------------------------------------------------------------------------------------------------

    def accept(
        self, key: str, team: str, body: dict[str, Any], is_stored: bool = True, slot: AckSlot | None = None
    ) -> Accepted:
        """Store a job and let it run. The caller acknowledges what is TAKEN or SEEN, and says so when it is BUSY.

        A job that is not stored ends with the process; it only shows something, which people can ask for again. `slot`:
        where its result may go as long as the acknowledgement waits.
        """
        key = short_key(key or secrets.token_hex(16))
        with self._changed:
            # A delivery that crosses the first one is not acknowledged before that one is stored.
            if not self._changed.wait_for(lambda: key not in self._storing, PUT_SECONDS * 1.5):
                return Accepted.BUSY
            if key in self._own:
                return Accepted.SEEN
            if self._stopping.is_set() or len(self._own) >= MAX_WAITING:
                return Accepted.BUSY
            self._own[key] = False
            if is_stored:
                self._storing.add(key)
        lease_end = uptime() + self._lease
        kept = {name: value for name, value in body.items() if name != "token"}
        job = Job(key, team, {**kept, REFERENCE: current_reference() or new_reference()}, time.time())
        accepted = Accepted.TAKEN
        try:
            if is_stored:
                job, accepted = self._put(job)
            if accepted is Accepted.TAKEN:
                self._submit(job, lease_end, is_stored, slot)
            else:
                self._forget(key)
        finally:
            with self._changed:
                self._storing.discard(key)
                self._changed.notify_all()
        return accepted

    def _put(self, job: Job) -> tuple[Job, Accepted]:
        """Store a job within two seconds, of which one is for its turn; it is dated by the clock that all share. While
        the database does not answer, the others are refused without waiting.
        """
        if uptime() < self._refuse_until or not self._putting.acquire(timeout=PUT_SECONDS):
            return job, Accepted.BUSY
        try:
            if uptime() < self._refuse_until:  # found out while this one waited for its turn
                return job, Accepted.BUSY
            with patience(PUT_SECONDS):
                job = replace(job, received_at=self._now())
                is_new = self.inbox.put(job, self.owner, job.received_at + self._lease)
        except Exception as error:
            log.warning("the inbox cannot be written to: %s", error)
            self._refuse_until = uptime() + REFUSE_SECONDS
            return job, Accepted.BUSY
        finally:
            self._putting.release()
        return job, Accepted.TAKEN if is_new else Accepted.SEEN

    def afterwards(self, work: Callable[[], object]) -> None:
        """Do something small once the acknowledgement is out; nothing where there is too much of it."""
        key = f"afterwards {secrets.token_hex(8)}"
        with self._changed:
            if self._stopping.is_set() or len(self._own) >= MAX_WAITING:
                return
            self._own[key] = True
        self._little.submit(keep_reference(self._do_afterwards), key, work)

    def _do_afterwards(self, key: str, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception:
            log.exception("what should have followed an answer failed")
        finally:
            self._forget(key)

    def _submit(self, job: Job, lease_end: float, is_stored: bool = True, slot: AckSlot | None = None) -> None:
        try:
            self._pool.submit(self._run, job, lease_end, is_stored, slot)
        except RuntimeError:  # the process is ending: another one claims it
            self._forget(job.key)

    # -- running them -------------------------------------------------------------------------------------------------

    def _run(self, job: Job, lease_end: float, is_stored: bool, slot: AckSlot | None) -> None:
        with with_reference(reference_of(job)):
            self._work(job, lease_end, is_stored, slot)

    def _work(self, job: Job, lease_end: float, is_stored: bool, slot: AckSlot | None) -> None:
        with self._changed:
            if self._stopping.is_set() and is_stored:
                return  # it is given back
            self._own[job.key] = True
        try:
            now = self._now() if is_stored else job.received_at
            run = JobRun(
                job,
                lambda: max(lease_end, self._lease_ends.get(job.key, 0.0)),
                now,
                is_stored,
                slot,
                lambda body: not is_stored or self.inbox.update_body(job.key, self.owner, body),
            )
            self._attempt(run)
        except Exception:  # it is tried again once its lease is over
            log.exception("the job could not be run")
            self._forget(job.key)
            return
        if is_stored:
            self._settle(run)
        else:
            self._forget(job.key)

    def _attempt(self, run: JobRun) -> None:
        if self._dispatch is None:
            raise RuntimeError("the runner was not started")
        answer = self._dispatch(BoltRequest(mode="socket_mode", body=run.job.body, context={JOB_RUN: run}))
        if run.is_started:
            run.finished.wait()  # at once, but where the listener runs in another thread
        elif run.is_last:
            log.error("the job is given up: it leads to no listener (%s)", answer.status)
        else:
            run.retry = RetryLaterError(f"it leads to no listener ({answer.status})")

    def _settle(self, run: JobRun) -> None:
        """Record what came of an attempt; where the database does not answer, again at the next look."""
        try:
            self._record(run)
        except Exception as error:
            log.warning("the job is not settled yet: %s", error)
            self._unsettled.append(run)
        else:
            self._forget(run.job.key)

    def _record(self, run: JobRun) -> None:
        job, retry, now = run.job, run.retry, self._now()
        if retry is None:
            self.inbox.complete(job.key, self.owner, now)
            return
        seconds = min(2.0 ** min(job.attempts, 10), MAX_RETRY_SECONDS) if retry.seconds is None else retry.seconds
        is_unsure = retry.is_unsure or job.is_unsure  # this attempt may have ended before it looked
        if is_unsure:
            seconds = max(seconds, SETTLE_SECONDS)
        log.warning("the job waits %.0f s: %s", seconds, retry)
        self.inbox.postpone(job.key, self.owner, now + seconds, is_unsure)

    def _forget(self, key: str) -> None:
        with self._changed:
            self._own.pop(key, None)
            self._changed.notify_all()

    # -- looking for them ---------------------------------------------------------------------------------------------

    def _look_for_jobs(self) -> None:
        failed, renew_at = False, uptime() + self._lease / 3
        while not self._stopping.wait(LOOK_EVERY_SECONDS):
            try:
                if uptime() >= renew_at and self._own:
                    self._renew()
                    renew_at = uptime() + self._lease / 3
                for _ in range(len(self._unsettled)):
                    run = self._unsettled.pop(0)
                    with with_reference(reference_of(run.job)):
                        self._settle(run)
                self._claim()
                failed = False
            except Exception as error:
                if not failed:  # said once
                    log.warning("the inbox cannot be looked into: %s", error)
                failed = True

    def _renew(self) -> None:
        lease_end = uptime() + self._lease
        renewed = self.inbox.renew(self.owner, self._now() + self._lease)
        self._lease_ends = dict.fromkeys(renewed, lease_end)

    def _claim(self) -> None:
        with self._changed:
            free = THREADS - len(self._own)
        lease_end, now = uptime() + self._lease, self._now()
        if free <= 0 or not self.inbox.has_due(now):
            return
        for job in self.inbox.claim_due(self.owner, now, now + self._lease, self._served_teams(), free):
            with self._changed:
                if job.key in self._own:  # ours all the time: the clock went forward
                    continue
                self._own[job.key] = False
            self._submit(job, lease_end)

    # -- ending -------------------------------------------------------------------------------------------------------

    def wait_idle(self, seconds: float) -> bool:
        """Wait until this process has no job any more. False when it still has after so long."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._own, seconds)

    def stop(self, seconds: float) -> None:
        """Take and begin nothing more, wait for what was begun, and give back the rest."""
        self._stopping.set()
        self._little.shutdown(wait=False)
        self._pool.shutdown(wait=False)  # what was not begun is passed over, but for what is not stored
        with self._changed:
            self._changed.wait_for(lambda: not any(self._own.values()), seconds)
            waiting = [key for key, is_begun in self._own.items() if not is_begun]
        try:
            with patience(RELEASE_SECONDS):
                self.inbox.release(waiting, self.owner, self._now())
        except Exception as error:
            log.warning("the inbox cannot be given back (%s); it is in %.0f s", error, self._lease)
