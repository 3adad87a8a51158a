"""The one place that posts what nobody asked for: digests, watches' messages, notices; each exactly once, as the outbox
has it.

A post whose reply was lost is never repeated blindly. It stays "sending" until its lease is over; then whoever comes
first takes
it over, looks for it in Slack, and goes on from there. The steps are logged at DEBUG, by the names that the fault drill
kills at.
"""

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Literal

from slack_sdk import WebClient

from bot.slack.api_errors import ApiFailure, ErrorMeaning, classify_error
from bot.slack.rate_limiter import RateLimiter
from bot.slack.reconcile import DAY, look, message_metadata
from bot.slack.views.notices import delivery_unknown_notice, failed_notice, paused_notice
from bot.storage.models import DIGEST_STREAM, UNKNOWN_DELIVERY, ChannelPause, DeliveryRequest, Notice, OutboxRow
from bot.storage.outbox import Outbox

log = logging.getLogger(__name__)
PEOPLE = ("U", "W")  # how the ids of people begin
ASKED_WITHIN = 1  # second, for what somebody waits for
MAX_RATE_LIMIT_WAIT = 120.0  # seconds that a 429 is waited for; for longer, the post is given back
# Failures of a lookup after which a later one can succeed.
KNOWN_LATER = (
    ErrorMeaning.RATE_LIMITED,
    ErrorMeaning.DELIVERY_UNKNOWN,
    ErrorMeaning.AUTHENTICATION_FAILED,
    ErrorMeaning.UNREACHABLE,
)
OnUnknownDelivery = Literal["skip", "resend"]


@dataclass(frozen=True)
class LeaseTiming:
    """What leases are made of. The client's timeout is for each of connecting and reading, so a post takes at most two
    of them;
    `grace` is for what Slack stores after we gave up, and for clocks that differ."""

    timeout: float = 10.0
    grace: float = 10.0

    @property
    def lease(self) -> float:
        return 2 * self.timeout + self.grace


class Publisher:
    """Posts claimed work and settles what was left over. Thread-safe. `client_for(team)` must neither retry nor wait by
    itself.
    """

    def __init__(
        self,
        outbox: Outbox,
        client_for: Callable[[str], WebClient],
        pace: RateLimiter,
        on_unknown_delivery: OnUnknownDelivery = "skip",
        timing: LeaseTiming | None = None,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.outbox, self.now, self.sleep = outbox, now, sleep
        self.timing = timing or LeaseTiming()
        self.name = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(3)}"
        self.blocked_teams: dict[str, str] = {}  # teams that nothing can be posted to for now, and why
        self._client_for, self._pace, self._on_unknown_delivery = client_for, pace, on_unknown_delivery

    def publish(self, work: DeliveryRequest) -> OutboxRow | None:
        """Claim and post. Returns the row as the outbox has it afterwards, or None when somebody else claimed it."""
        row = self.outbox.claim(work, secrets.token_hex(12), self._owner(), self.now(), self.timing.lease)
        if row is None:
            return None
        self._step("claimed", row)
        self._deliver(row)
        return self.outbox.get(row.id)

    def send_notice(self, row_id: int) -> None:
        """Claim and post a notice that waits."""
        row = self.outbox.claim_notice(row_id, secrets.token_hex(12), self._owner(), self.now(), self.timing.lease)
        if row is not None:
            self._step("claimed", row)
            self._deliver(row)

    def settle(self, row_id: int) -> None:
        """Take over an edition whose lease is over: find out how far it came, and go on from there."""
        row = self.outbox.take_over_expired(row_id, self._owner(), self.now(), self.timing.lease)
        if row is None:
            return
        self._step("taken over", row)
        if row.attempted_part != len(row.posted_ts) or self._settle_attempt(row):
            self._deliver(row)

    def refusal(self, team: str, channel: str) -> str | None:
        """Slack's code for why a channel cannot be posted to; None when it can, or when that cannot be found out at
        once: somebody waits.
        """
        client = copy(self._client_for(team))
        client.timeout = ASKED_WITHIN
        try:
            found = client.conversations_info(channel=channel)["channel"]
        except Exception as error:
            failure = classify_error(error)
            return failure.code if failure.meaning is ErrorMeaning.CHANNEL_UNAVAILABLE else None
        if found.get("is_archived"):
            return "is_archived"
        return "not_in_channel" if found.get("is_member") is False and not found.get("is_im") else None

    # -- posting ------------------------------------------------------------------------------------------------------

    def _deliver(self, row: OutboxRow) -> None:
        """Post the parts that are not out yet, in order, then close the edition."""
        parts = row.parts or []
        while len(row.posted_ts) < len(parts):
            part = len(row.posted_ts)
            if part and row.posted_ts[0] == UNKNOWN_DELIVERY:
                break  # there is no thread to put it into
            if not self._await_turn(row):
                return
            conversation = self._conversation(row)
            if not self._lease_to_post(row, part):
                return
            self._step("about to post", row, part)
            try:
                reply = self._client_for(row.team).chat_postMessage(
                    channel=conversation, thread_ts=row.posted_ts[0] if part else None, metadata=message_metadata(row, part),
                    unfurl_links=False,
                    unfurl_media=False, **parts[part],
                )  # fmt: skip
                ts, where = str(reply["ts"]), str(reply["channel"])
            except Exception as error:
                if not self._failed(row, classify_error(error)):
                    return
                continue
            self._step("posted", row, part)
            row.posted_ts.append(ts)
            if not self.outbox.record_posted(row, row.posted_ts, where):
                return
            self._step("recorded", row, part)
        self._close(row)

    def _await_turn(self, row: OutboxRow) -> bool:
        """Until the pace lets this post go; a wait that the lease would not outlast is added to it. False when the
        lease was lost.
        """
        seconds = self._pace.reserve(row.team, row.channel, self.now())
        if seconds > self.timing.timeout and not self.outbox.extend_lease(
            row, self.now() + seconds + self.timing.lease
        ):
            return False
        self.sleep(seconds)
        return True

    def _lease_to_post(self, row: OutboxRow, part: int) -> bool:
        """A fresh lease, of which at least one timeout is left now. False when it was lost."""
        while True:
            began = self.now()
            if not self.outbox.renew_lease(row, began, self.timing.lease, part):
                log.warning("edition %s: the lease was lost, nothing is posted", row.id)
                return False
            if began + self.timing.lease - self.now() >= self.timing.timeout + self.timing.grace:
                return True

    def _conversation(self, row: OutboxRow) -> str:
        """Where to post: the channel, or a person's direct messages, by their conversation's id once a reply told it.

        Before that by the person's own id, which chat.postMessage takes too (conversations.open would need the scope
        im:write).
        """
        if not row.channel.startswith(PEOPLE):
            return row.channel
        return row.conversation_id or self.outbox.conversation_with(row.team, row.channel) or row.channel

    def _close(self, row: OutboxRow) -> None:
        lost = [part for part, ts in enumerate(row.posted_ts) if ts == UNKNOWN_DELIVERY]
        self._step("all out", row)
        if lost:
            missing = list(range(row.part_count)) if 0 in lost else lost
            notices = [
                Notice(
                    user,
                    f"unsettled {row.id}",
                    delivery_unknown_notice(row.channel, row.edition, missing, row.part_count),
                )
                for user in row.notify_users
            ]
            self.outbox.finish(row, "failed", self.now(), "not known whether it arrived; not posted again", notices)
        else:
            self.outbox.finish(row, "sent", self.now())
        self._step("closed", row)

    # -- when Slack does not take it ----------------------------------------------------------------------------------

    def _failed(self, row: OutboxRow, failure: ApiFailure) -> bool:
        """A post went wrong. Returns whether to try the same part again now."""
        log.warning("edition %s for %s: %s (%s)", row.id, row.channel, failure.meaning.value, failure.code)
        match failure.meaning:
            case ErrorMeaning.RATE_LIMITED if failure.retry_after <= MAX_RATE_LIMIT_WAIT:
                return self._wait(row, failure.retry_after)
            case ErrorMeaning.CHANNEL_UNAVAILABLE:
                self._gone(row, failure.code)
            case ErrorMeaning.REJECTED | ErrorMeaning.METADATA_REFUSED | ErrorMeaning.TARGET_DELETED:
                notices = [
                    Notice(user, f"failed {row.id}", failed_notice(row.channel, row.edition, failure.code))
                    for user in row.notify_users
                ]
                self.outbox.finish(
                    row,
                    "failed",
                    self.now(),
                    failure.code,
                    () if failure.meaning is ErrorMeaning.TARGET_DELETED else notices,
                )
            case ErrorMeaning.DELIVERY_UNKNOWN:
                pass  # until the lease is over, and then it is looked for
            case _:
                self.blocked_teams[row.team] = failure.code
                self._give_back(row, failure.code, self.now() + max(failure.retry_after, self.timing.lease))
        return False

    def _wait(self, row: OutboxRow, seconds: float) -> bool:
        """As long as Slack says, nobody posts into this workspace; the lease lasts until then and a whole one longer."""
        until = self.now() + seconds
        self._pace.hold(row.team, until)
        if not self.outbox.extend_lease(row, until + self.timing.lease):
            return False
        self.sleep(seconds)
        return True

    def _give_back(self, row: OutboxRow, reason: str, until: float) -> None:
        """Nothing can be posted for now, for no fault of the channel's."""
        if row.posted_ts or row.stream.startswith("notice"):
            self.outbox.release_lease(row, until, self.now())
        else:
            self.outbox.release_unsent(row, reason, reopen_slots=True, now=self.now())

    def _gone(self, row: OutboxRow, code: str) -> None:
        """The channel cannot be posted to: paused, and whoever set it up is told once."""
        if row.stream != DIGEST_STREAM:
            self.outbox.finish(row, "failed", self.now(), code)
            return

        pause = ChannelPause(code, paused_notice(row.channel, code))
        if row.posted_ts:
            self.outbox.release_lease(row, self.now() + DAY, self.now(), pause=pause)
        else:
            self.outbox.release_unsent(row, code, reopen_slots=False, now=self.now(), pause=pause)

    # -- settling -----------------------------------------------------------------------------------------------------

    def _settle_attempt(self, row: OutboxRow) -> bool:
        """The part that was about to be posted may be out. Returns whether the rest can be posted now."""
        part, conversation = len(row.posted_ts), self._conversation(row)
        if conversation.startswith(PEOPLE):
            return self._unknown(row)  # the first direct message to somebody: no reply has told yet where to look
        try:
            found, ts = look(self._client_for(row.team), row, part, conversation)
        except Exception as error:
            return self._cannot_look(row, classify_error(error))
        self._step(f"looked: {found}", row, part)
        if found == "absent":
            return True
        row.posted_ts.append(ts)
        return self.outbox.record_posted(row, row.posted_ts, conversation)

    def _cannot_look(self, row: OutboxRow, failure: ApiFailure) -> bool:
        log.warning(
            "edition %s for %s cannot be looked for: %s (%s)", row.id, row.channel, failure.meaning.value, failure.code
        )
        if failure.meaning is ErrorMeaning.CHANNEL_UNAVAILABLE and row.stream == DIGEST_STREAM:
            pause = ChannelPause(failure.code, paused_notice(row.channel, failure.code))
            self.outbox.release_lease(row, self.now() + DAY, self.now(), delivery_unknown=True, pause=pause)
        elif failure.meaning in (ErrorMeaning.CHANNEL_UNAVAILABLE, ErrorMeaning.TARGET_DELETED):
            self.outbox.finish(
                row,
                "failed",
                self.now(),
                "deleted in Slack" if failure.meaning is ErrorMeaning.TARGET_DELETED else failure.code,
            )
        elif failure.meaning in KNOWN_LATER:
            # What cannot be known now can be known later: after the lease it is looked for again.
            self.outbox.release_lease(
                row, self.now() + max(failure.retry_after, self.timing.lease), self.now(), delivery_unknown=True
            )
        else:
            return self._unknown(row)
        return False

    def _unknown(self, row: OutboxRow) -> bool:
        """Nobody will find out whether the part is out. A notice is rather there twice than not at all; for the others
        HALO_ON_UNKNOWN_DELIVERY says.
        """
        if self._on_unknown_delivery == "resend" or row.stream.startswith("notice"):
            return True
        row.posted_ts.append(UNKNOWN_DELIVERY)
        return self.outbox.record_posted(row, row.posted_ts, None)

    def _owner(self) -> str:
        return f"{self.name}-{secrets.token_hex(4)}"

    def _step(self, name: str, row: OutboxRow, part: int | None = None) -> None:
        log.debug("step %s: edition %s, part %s", name, row.id, part)
