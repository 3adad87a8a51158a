"""What an interaction gives the app to answer with: a trigger_id (3 seconds, once) and a response_url (30 minutes, 5
times).
"""

import secrets
import threading
from dataclasses import dataclass, field
from typing import Any

from bot.playground import limits
from bot.playground.clock import Clock
from bot.playground.errors import ApiError

_KEPT = 10_000  # of each kind; a drill can run for days


@dataclass
class TriggerId:
    """A trigger_id: the person whose interaction it came from, and the view when it was clicked in a modal."""

    id: str
    user: str
    issued: float
    view_id: str | None = None
    exchanged: bool = False


@dataclass
class ResponseUrl:
    """A response_url: where the interaction happened, and on which message (none for a command)."""

    id: str
    user: str
    channel: str
    issued: float
    method: str
    original_ts: str | None = None
    original_is_ephemeral: bool = False
    thread_ts: str | None = None
    uses: int = field(default=0)


class Triggers:
    """All trigger_ids and response_urls that were given out."""

    def __init__(self, clock: Clock, lock: threading.RLock) -> None:
        self._clock = clock
        self._lock = lock
        self._triggers: dict[str, TriggerId] = {}
        self._urls: dict[str, ResponseUrl] = {}

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._triggers.clear()
            self._urls.clear()

    def new_trigger(self, user: str, view_id: str | None = None) -> str:
        """A new trigger_id for `user`."""
        with self._lock:
            now = self._clock.now()
            trigger_id = f"{int(now * 1000)}.{secrets.randbelow(10**12):012d}.{secrets.token_hex(16)}"
            self._triggers[trigger_id] = TriggerId(trigger_id, user, now, view_id)
            _forget_oldest(self._triggers)
            return trigger_id

    def exchange(self, trigger_id: str) -> TriggerId:
        """Use a trigger_id up. Raises invalid_trigger_id, exchanged_trigger_id or expired_trigger_id."""
        with self._lock:
            trigger = self._triggers.get(trigger_id)
            if trigger is None:
                raise ApiError("invalid_trigger_id")
            if trigger.exchanged:
                raise ApiError("exchanged_trigger_id")
            if self._clock.now() - trigger.issued > limits.TRIGGER_SECONDS:
                raise ApiError("expired_trigger_id")
            trigger.exchanged = True
            return trigger

    def new_response_url(
        self,
        user: str,
        channel: str,
        method: str,
        *,
        original_ts: str | None = None,
        original_is_ephemeral: bool = False,
        thread_ts: str | None = None,
    ) -> ResponseUrl:
        """A new response_url for an interaction of `user` in `channel`; the server adds its address to `.id`."""
        with self._lock:
            url = ResponseUrl(
                secrets.token_hex(12),
                user,
                channel,
                self._clock.now(),
                method,
                original_ts,
                original_is_ephemeral,
                thread_ts,
            )
            self._urls[url.id] = url
            _forget_oldest(self._urls)
            return url

    def response_url(self, url_id: str) -> ResponseUrl:
        """The response_url, if it may still be used; does not count as a use.

        Raises not_found (never given out), expired_url or used_url.
        """
        with self._lock:
            url = self._urls.get(url_id)
            if url is None:
                raise ApiError("not_found")
            if self._clock.now() - url.issued > limits.RESPONSE_URL_SECONDS:
                raise ApiError("expired_url")
            if url.uses >= limits.RESPONSE_URL_USES:
                raise ApiError("used_url")
            return url


def _forget_oldest(kept: dict[str, Any]) -> None:
    while len(kept) > _KEPT:
        del kept[next(iter(kept))]
