"""Slack's Web API for jobs: a job that is begun again posts nothing twice, and nobody waits for a 429 in a thread.

Each message has the job's key and its number among the job's messages in its metadata, by which an attempt that follows
an interrupted one finds it.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.problems import ProblemList
from bot.slack.api_errors import ApiFailure, ErrorMeaning, classify_error
from bot.slack.jobs import JobRun, RetryLaterError
from bot.slack.reconcile import find_message
from bot.slack.retry import MAX_RETRY_AFTER_SECONDS
from bot.slack.slack_problems import NO_TS, REFUSED_AUTH, REFUSED_POSTS, no_ts, note_failure
from bot.slack.web_client import BoundedWebClient, send_before

JOB_EVENT_TYPE = "halobot_answer"
LEASE_MARGIN_SECONDS = 12.0  # a post has to have left and been answered before the lease is over
LATER = (
    ErrorMeaning.RATE_LIMITED,
    ErrorMeaning.UNREACHABLE,
    ErrorMeaning.AUTHENTICATION_FAILED,
    ErrorMeaning.DELIVERY_UNKNOWN,
)


class DeliveryUnknownError(Exception):
    """A message may have been posted by an earlier attempt, and nobody can look."""


class JobClient(BoundedWebClient):
    """The client of one attempt at a job."""

    def __init__(
        self, client: WebClient, run: JobRun, problems: ProblemList, on_rate_limited: Callable[[], object] | None = None
    ) -> None:
        super().__init__(
            client.token,
            base_url=client.base_url,
            timeout=10,
            ssl=client.ssl,
            proxy=client.proxy,
            headers=client.headers,
            retry_handlers=[],
        )
        self._run, self._numbers, self.problems, self.on_rate_limited = run, count(), problems, on_rate_limited
        self.has_posted = False  # something that is there for others: whatever follows it may not post it again

    def chat_postMessage(self, *, channel: str, metadata: Any = None, **content: Any) -> Any:
        """As WebClient's, once for each of the job's messages. Raises RetryLaterError, or DeliveryUnknownError."""
        number = next(self._numbers)
        if self._run.job.is_unsure and (ts := self._posted_before(channel, content.get("thread_ts"), number)):
            self.has_posted = True
            return {"ok": True, "ts": ts, "channel": channel}
        if self._run.may_have_posted_unmarked:
            raise DeliveryUnknownError
        payload = {"job": self._run.job.key, "number": number}
        mark = {**(metadata or {}), "event_type": JOB_EVENT_TYPE, "event_payload": payload}
        try:
            with send_before(self._run.lease_end() - LEASE_MARGIN_SECONDS):
                posted = super().chat_postMessage(channel=channel, metadata=mark, **content)
        except (SlackApiError, OSError) as error:
            failure = classify_error(error)
            if failure.meaning is ErrorMeaning.METADATA_REFUSED and not metadata:  # better unmarked than not at all
                return self._post_unmarked(channel, content)
            self._raise_if_later(failure)
            raise
        self.problems.over(REFUSED_AUTH, REFUSED_POSTS)
        if not posted.get("ts"):
            self.problems.begin("slack", no_ts())
            raise RetryLaterError("no ts", is_unsure=True)
        self.problems.over(NO_TS)
        self.has_posted = True
        return posted

    def _post_unmarked(self, channel: str, content: dict[str, Any]) -> Any:
        """A message that nobody could find: where Slack does not say what became of it, its person has to look."""
        self._run.note_unmarked_post()
        try:
            with send_before(self._run.lease_end() - LEASE_MARGIN_SECONDS):
                posted = super().chat_postMessage(channel=channel, **content)
        except (SlackApiError, OSError) as error:
            failure = classify_error(error)
            if failure.meaning is ErrorMeaning.DELIVERY_UNKNOWN:
                raise DeliveryUnknownError from error
            self._raise_if_later(failure)
            raise
        if not posted.get("ts"):
            raise DeliveryUnknownError
        self.has_posted = True
        return posted

    def chat_postEphemeral(self, **content: Any) -> Any:
        """As WebClient's. Raises RetryLaterError."""
        try:
            return super().chat_postEphemeral(**content)
        except (SlackApiError, OSError) as error:
            self._raise_if_later(classify_error(error))
            raise

    def _posted_before(self, channel: str, thread_ts: str | None, number: int) -> str | None:
        job = self._run.job
        if not channel.startswith(("C", "G", "D")):
            raise DeliveryUnknownError
        payload = {"job": job.key, "number": number}
        try:
            return find_message(self, channel, thread_ts, job.received_at, JOB_EVENT_TYPE, payload)
        except (SlackApiError, OSError) as error:
            failure = classify_error(error)
            if failure.meaning in LATER:
                raise RetryLaterError(failure.code, failure.retry_after or None, is_unsure=True) from error
            raise DeliveryUnknownError from error

    def _raise_if_later(self, failure: ApiFailure) -> None:
        """A press that would have to wait for long is told so instead: its person can press again."""
        note_failure(self.problems, failure)
        is_press = bool(self._run.job.body.get("response_url"))
        if failure.meaning is ErrorMeaning.NOT_PERMITTED and not is_press:
            raise RetryLaterError(failure.code)  # there is no other way to answer than posting
        if failure.meaning in LATER and not (is_press and failure.retry_after > MAX_RETRY_AFTER_SECONDS):
            is_unsure = failure.meaning is ErrorMeaning.DELIVERY_UNKNOWN
            raise RetryLaterError(failure.code, failure.retry_after or None, is_unsure)
