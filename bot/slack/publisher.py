"""Posts everything that nobody asked for (digests, watch messages, notices), each exactly once as the outbox has it.

A post whose reply was lost is never simply repeated. Its row stays "sending" until its lease expires; then any process
takes the row over, looks for the message in Slack and goes on from there. Each step is logged at DEBUG, by the names at
which the fault drill kills the process.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Collection
from copy import copy
from dataclasses import dataclass
from typing import Literal

from slack_sdk import WebClient

from bot.digests.models import PlannedDigest, PlannedWatchMessage
from bot.slack.api_errors import ApiFailure, ErrorMeaning, classify_error
from bot.slack.delivery_renderer import DeliveryRenderer
from bot.slack.rate_limiter import RateLimiter
from bot.slack.reconcile import find_posted_message, message_metadata
from bot.slack.views import notices
from bot.slack.views.blocks import as_plain_message
from bot.slack.web_client import send_before
from bot.storage.lease_clock import uptime
from bot.storage.models import DIGEST_STREAM, UNKNOWN_DELIVERY, ChannelPause, DeliveryRequest, Notice, OutboxRow
from bot.storage.outbox import Outbox

log = logging.getLogger(__name__)
PERSON_ID_PREFIXES = ("U", "W")
INTERACTIVE_TIMEOUT = 1  # second: a person waits for this call
MAX_RATE_LIMIT_WAIT = 120.0  # seconds that a 429 is waited for; for longer, the row is released
UNAVAILABLE_RETRY_SECONDS = 24 * 3600.0  # before a half-posted digest tries its refused channel again
REFUSED_RETRY_SECONDS = 3600.0  # before a post is tried again that Slack refused for a reason which may pass
MAX_REFUSED_SECONDS = 24 * 3600.0  # that the rest of a half-posted digest is tried for
MAX_LOOKUP_SECONDS = 24 * 3600.0  # a lookup that Slack refuses for so long is given up
NOBODY_THERE = ("user_not_found", "user_disabled", "cannot_dm_bot")  # codes: nobody waits for it
# Failures of a lookup after which a later lookup can succeed.
LOOKUP_CAN_SUCCEED_LATER = (
    ErrorMeaning.RATE_LIMITED,
    ErrorMeaning.DELIVERY_UNKNOWN,
    ErrorMeaning.AUTHENTICATION_FAILED,
    ErrorMeaning.UNREACHABLE,
)
OnUnknownDelivery = Literal["skip", "resend"]


@dataclass(frozen=True)
class LeaseTiming:
    """How long a lease lasts, in seconds.

    `timeout` is the client's, for connecting and for reading each. A post that has not left in the first half of the
    lease is not sent. `grace` is for what Slack stores after the timeout, and for clocks that differ.
    """

    timeout: float = 10.0
    grace: float = 10.0

    @property
    def lease(self) -> float:
        return 2 * self.timeout + self.grace


class Publisher:
    """Posts what it claims in the outbox, and reconciles what was left over. Thread-safe.

    `client_for(team)` returns a client that neither retries nor waits by itself. `served_teams()` names the workspaces
    that it has a token for (None: all) and may raise OSError. Once `ending` is set nothing new is claimed, and what
    waits is given back.
    """

    def __init__(
        self,
        outbox: Outbox,
        client_for: Callable[[str], WebClient],
        rate_limiter: RateLimiter,
        on_unknown_delivery: OnUnknownDelivery = "skip",
        timing: LeaseTiming | None = None,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] | None = None,
        served_teams: Callable[[], Collection[str] | None] = lambda: None,
        lease_now: Callable[[], float] | None = None,
        ending: threading.Event | None = None,
    ) -> None:
        self.outbox, self.rate_limiter, self.now = outbox, rate_limiter, now
        self._ending = ending or threading.Event()
        self.sleep: Callable[[float], None] = sleep or self._sleep
        self.lease_now = lease_now or now  # by which leases are measured: of the right kind it never jumps
        self.timing, self.served_teams = timing or LeaseTiming(), served_teams
        self.worker_name = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(3)}"
        self.blocked_teams: dict[str, str] = {}  # workspaces that nothing can be posted to for now, and why
        self._client_for, self._on_unknown_delivery = client_for, on_unknown_delivery
        self._renderer = DeliveryRenderer()

    @property
    def lease_seconds(self) -> float:
        return self.timing.lease

    def publish_digest(self, planned: PlannedDigest) -> OutboxRow | None:
        """Render, claim and post. Returns the row as it is afterwards, or None when another process claimed it."""
        return self._publish(self._renderer.digest_request(planned))

    def publish_watch_message(self, planned: PlannedWatchMessage) -> OutboxRow | None:
        """Render, claim and post. Returns the row as it is afterwards, or None when another process claimed it."""
        return self._publish(self._renderer.watch_request(planned))

    def send_notice(self, row_id: int) -> None:
        """Claim and post a pending notice."""
        if self._ending.is_set():
            return
        row = self.outbox.claim_notice(row_id, *self._new_lease(), claimed_at=self.now())
        if row is not None:
            self._log_step("claimed", row)
            self._post_parts(row)

    def reconcile(self, row_id: int) -> None:
        """Take over a row whose lease has expired: find out which parts were posted, and go on from there."""
        if self._ending.is_set():
            return
        row = self.outbox.take_over_expired(row_id, self._new_owner(), self.lease_now(), self.timing.lease)
        if row is None:
            return
        self._log_step("taken over", row)
        if row.attempted_part != len(row.posted_ts) or self._reconcile_attempt(row):
            self._post_parts(row)

    def posting_refusal(self, team: str, channel: str) -> str | None:
        """Slack's code for why a channel can't be posted to. None when it can, or when Slack doesn't say within a
        second: a person waits.
        """
        try:
            client = copy(self._client_for(team))
            client.timeout = INTERACTIVE_TIMEOUT
            info = client.conversations_info(channel=channel)["channel"]
        except Exception as error:
            failure = classify_error(error)
            return failure.code if failure.meaning is ErrorMeaning.CHANNEL_UNAVAILABLE else None
        if info.get("is_archived"):
            return "is_archived"
        return "not_in_channel" if info.get("is_member") is False and not info.get("is_im") else None

    def _publish(self, request: DeliveryRequest) -> OutboxRow | None:
        if self._ending.is_set():
            return None
        row = self.outbox.claim(request, *self._new_lease(), claimed_at=self.now())
        if row is None:
            return None
        self._log_step("claimed", row)
        self._post_parts(row)
        return self.outbox.get(row.id)

    def _post_parts(self, row: OutboxRow) -> None:
        """Post the parts that are not posted yet, in order, then finish the row."""
        parts = row.parts or []
        while len(row.posted_ts) < len(parts):
            part = len(row.posted_ts)
            if part and row.posted_ts[0] == UNKNOWN_DELIVERY:
                break  # there is no thread to post it into
            if not self._wait_for_rate_limit(row):
                return
            conversation = self._conversation(row)
            if (deadline := self._renew_lease(row, part)) is None:
                return
            self._log_step("about to post", row, part)
            try:
                with send_before(deadline):
                    reply = self._client_for(row.team).chat_postMessage(
                        channel=conversation,
                        thread_ts=row.posted_ts[0] if part else None,
                        metadata=message_metadata(row, part),
                        unfurl_links=False,
                        unfurl_media=False,
                        **parts[part],
                    )
                ts = reply.get("ts")  # not [...]: Slack's client gives None for what is not there
                failure = None if ts else ApiFailure(ErrorMeaning.DELIVERY_UNKNOWN, "no ts")
            except Exception as error:
                failure = classify_error(error)
            if failure:
                if failure.meaning is ErrorMeaning.REJECTED and "blocks" in parts[part]:
                    log.warning("outbox row %s: %s; it is posted as plain text", row.id, failure.code)
                    parts[part] = as_plain_message(parts[part])
                elif not self._handle_failure(row, failure):
                    return
                continue
            self._log_step("posted", row, part)
            row.posted_ts.append(str(ts))
            if not self.outbox.record_posted(row, row.posted_ts, reply.get("channel")):
                return
            self._log_step("recorded", row, part)
        self._finish(row)

    def _wait_for_rate_limit(self, row: OutboxRow) -> bool:
        """Wait until the rate limiter allows this post, with a lease that outlasts the wait. False when it was lost."""
        seconds = self.rate_limiter.acquire(row.team, row.channel, self.lease_now())
        lease_end = self.lease_now() + seconds + self.timing.lease
        if seconds > self.timing.timeout and not self.outbox.extend_lease(row, lease_end):
            return False
        self.sleep(seconds)
        return not self._let_go(row, self.lease_now())

    def _sleep(self, seconds: float) -> None:
        self._ending.wait(seconds)

    def _let_go(self, row: OutboxRow, until: float) -> bool:
        """Where the process is ending: give the row back, to be gone on with from `until` on."""
        if not self._ending.is_set():
            return False
        self.outbox.release_lease(row, until, self.now())
        return True

    def _renew_lease(self, row: OutboxRow, part: int) -> float | None:
        """Renew the lease, and again while too little of it is left to post within. None when it was lost.

        Returns until when the post has to leave, as a moment of `uptime`: half of the lease is for Slack, so that
        whoever takes over finds what was posted.
        """
        while True:
            began, deadline = self.lease_now(), uptime() + self.timing.lease / 2
            if not self.outbox.renew_lease(row, began, self.timing.lease, part):
                log.warning("outbox row %s: the lease was lost, nothing is posted", row.id)
                return None
            if began + self.timing.lease - self.lease_now() >= self.timing.timeout + self.timing.grace:
                return deadline

    def _conversation(self, row: OutboxRow) -> str:
        """The channel to post to, or the id of a person's direct messages as soon as a reply has told it.

        Before that it is the person's own id, which chat.postMessage takes too (conversations.open needs im:write).
        """
        if not row.channel.startswith(PERSON_ID_PREFIXES):
            return row.channel
        return row.conversation_id or self.outbox.conversation_with(row.team, row.channel) or row.channel

    def _finish(self, row: OutboxRow) -> None:
        unknown = [part for part, ts in enumerate(row.posted_ts) if ts == UNKNOWN_DELIVERY]
        self._log_step("all out", row)
        if unknown:
            missing = list(range(row.part_count)) if 0 in unknown else unknown
            message = notices.delivery_unknown_notice(row.channel, row.edition, missing, row.part_count)
            told = [Notice(user, f"unsettled {row.id}", message) for user in row.notify_users]
            self.outbox.finish(row, "failed", self.now(), "not known whether it arrived; not posted again", told)
        else:
            self.outbox.finish(row, "sent", self.now())
        self._log_step("closed", row)

    def _handle_failure(self, row: OutboxRow, failure: ApiFailure) -> bool:
        """Returns whether to try the same part again now."""
        log.warning("outbox row %s for %s: %s (%s)", row.id, row.channel, failure.meaning.value, failure.code)
        match failure.meaning:
            case ErrorMeaning.RATE_LIMITED if failure.retry_after <= MAX_RATE_LIMIT_WAIT:
                return self._wait_out_429(row, failure.retry_after)
            case ErrorMeaning.CHANNEL_UNAVAILABLE:
                self._pause_channel(row, failure.code)
            case ErrorMeaning.REJECTED | ErrorMeaning.METADATA_REFUSED:
                self._give_up(row, failure.code)
            case ErrorMeaning.TARGET_DELETED if row.posted_ts:
                self._end_deleted(row)
            case ErrorMeaning.REFUSED | ErrorMeaning.TARGET_DELETED:
                self._retry_later(row, failure.code)
            case ErrorMeaning.DELIVERY_UNKNOWN:
                pass  # once the lease has expired, the message is looked for
            case _:
                self.blocked_teams[row.team] = failure.code
                self._release(row, failure.code, self.lease_now() + max(failure.retry_after, self.timing.lease))
        return False

    def _wait_out_429(self, row: OutboxRow, seconds: float) -> bool:
        """Wait as long as Slack says, and let nobody post into this workspace until then. False when the lease was
        lost.
        """
        until = self.lease_now() + seconds
        self.rate_limiter.block_until(row.team, until)
        if not self.outbox.extend_lease(row, until + self.timing.lease):
            return False
        self.sleep(seconds)
        return not self._let_go(row, until)

    def _release(self, row: OutboxRow, reason: str, until: float) -> None:
        """Give the row back: nothing can be posted for now, whatever the channel."""
        if row.posted_ts or row.stream.startswith("notice"):
            self.outbox.release_lease(row, until, self.now())
        else:
            self.outbox.release_unsent(row, reason, reopen_slots=True, now=self.now())

    def _retry_later(self, row: OutboxRow, code: str) -> None:
        """Slack refused for a reason that may pass. Nothing was posted, so all of it is news again in an hour, with
        what arrives until then, and to nobody if the digest or the watch was ended. Of a post whose thread is missing
        the rest is tried every hour, for a day. Whoever set it up is told once.
        """
        message = notices.refused_notice(row.channel, row.edition, code)
        for user in row.notify_users:
            self.outbox.enqueue_notice(row.team, Notice(user, f"refused {row.id}", message))
        self._try_again(row, code)

    def _try_again(self, row: OutboxRow, code: str) -> None:
        if not row.posted_ts and not row.stream.startswith("notice"):
            not_before = self.now() + REFUSED_RETRY_SECONDS
            self.outbox.release_unsent(row, code, reopen_slots=True, now=self.now(), not_before=not_before)
        elif self._held_for(row) < MAX_REFUSED_SECONDS:
            self.outbox.release_lease(row, self.lease_now() + REFUSED_RETRY_SECONDS, self.now())
        else:
            self._give_up(row, code)

    def _held_for(self, row: OutboxRow) -> float:
        """Seconds since it was claimed, by the clock that never jumps."""
        return self.lease_now() - (row.held_since or row.claimed_at or 0.0)

    def _give_up(self, row: OutboxRow, code: str) -> None:
        message = notices.failed_notice(row.channel, row.edition, code)
        told = [Notice(user, f"failed {row.id}", message) for user in row.notify_users]
        self.outbox.finish(row, "failed", self.now(), code, told)

    def _end_deleted(self, row: OutboxRow) -> None:
        """Somebody deleted the post: its thread cannot go on, and whoever set it up hears what is missing."""
        message = notices.deleted_notice(row.channel, row.edition, len(row.posted_ts), row.part_count)
        told = [Notice(user, f"deleted {row.id}", message) for user in row.notify_users]
        self.outbox.finish(row, "failed", self.now(), "deleted in Slack", told)

    def _pause_channel(self, row: OutboxRow, code: str) -> None:
        """Slack refuses the channel: its digests are paused, and whoever set them up is told once. A person who may be
        reached later is written to later.
        """
        if row.stream != DIGEST_STREAM and code in NOBODY_THERE:
            self.outbox.finish(row, "failed", self.now(), code)
            return
        if row.stream != DIGEST_STREAM:
            self._try_again(row, code)
            return
        pause = ChannelPause(code, notices.paused_notice(row.channel, code))
        if row.posted_ts:
            until = self.lease_now() + UNAVAILABLE_RETRY_SECONDS
            self.outbox.release_lease(row, until, self.now(), pause=pause)
        else:
            self.outbox.release_unsent(row, code, reopen_slots=False, now=self.now(), pause=pause)

    def _reconcile_attempt(self, row: OutboxRow) -> bool:
        """The part that was attempted last may have been posted. Returns whether the rest can be posted now."""
        part, conversation = len(row.posted_ts), self._conversation(row)
        if conversation.startswith(PERSON_ID_PREFIXES):
            return self._give_up_lookup(row)  # the first direct message to a person: no reply told where to look
        try:
            ts = find_posted_message(self._client_for(row.team), row, part, conversation)
        except Exception as error:
            return self._handle_lookup_failure(row, classify_error(error))
        self._log_step(f"looked: {'absent' if ts is None else 'found'}", row, part)
        if ts is None:
            return True
        row.posted_ts.append(ts)
        return self.outbox.record_posted(row, row.posted_ts, conversation)

    def _handle_lookup_failure(self, row: OutboxRow, failure: ApiFailure) -> bool:
        """Returns whether the rest can be posted now."""
        log.warning(
            "outbox row %s for %s cannot be looked for: %s (%s)",
            row.id,
            row.channel,
            failure.meaning.value,
            failure.code,
        )
        now = self.now()
        may_pass = failure.meaning in (ErrorMeaning.REFUSED, ErrorMeaning.CHANNEL_UNAVAILABLE)
        if failure.meaning is ErrorMeaning.CHANNEL_UNAVAILABLE and row.stream == DIGEST_STREAM:
            pause = ChannelPause(failure.code, notices.paused_notice(row.channel, failure.code))
            until = self.lease_now() + UNAVAILABLE_RETRY_SECONDS
            self.outbox.release_lease(row, until, now, delivery_unknown=True, pause=pause)
        elif failure.meaning is ErrorMeaning.TARGET_DELETED:
            self._end_deleted(row)
        elif failure.meaning in LOOKUP_CAN_SUCCEED_LATER or (may_pass and self._held_for(row) < MAX_LOOKUP_SECONDS):
            until = self.lease_now() + max(failure.retry_after, self.timing.lease)
            self.outbox.release_lease(row, until, now, delivery_unknown=True)
        else:
            return self._give_up_lookup(row)
        return False

    def _give_up_lookup(self, row: OutboxRow) -> bool:
        """Nobody can find out whether the part was posted. A notice is posted again: twice is better than never. For
        the others HALO_ON_UNKNOWN_DELIVERY decides. Returns whether the rest can be posted now.
        """
        if self._on_unknown_delivery == "resend" or row.stream.startswith("notice"):
            return True
        row.posted_ts.append(UNKNOWN_DELIVERY)
        return self.outbox.record_posted(row, row.posted_ts, None)

    def _new_lease(self) -> tuple[str, str, float, float]:
        """A nonce, an owner, now and how long the lease lasts."""
        return secrets.token_hex(12), self._new_owner(), self.lease_now(), self.timing.lease

    def _new_owner(self) -> str:
        return f"{self.worker_name}-{secrets.token_hex(4)}"

    def _log_step(self, name: str, row: OutboxRow, part: int | None = None) -> None:
        log.debug("step %s: outbox row %s, part %s", name, row.id, part)
