"""What happens when more arrives than can be answered in time: the rest is told so at once, in Slack's three seconds.

A command and a window are told in words. An event is not acknowledged, so that Slack brings it again in a minute; nor
is a press, beside which Slack then shows its own mark.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt import BoltResponse

from bot.slack.views.blocks import text_message
from bot.slack.views.errors import BUSY

MAX_WAITING = 40  # deliveries that wait for their turn; the next one is refused …
MAX_WAITING_OVER_HTTP = 300  # … for there who waits too long is told so in time, whatever holds up the others
MAX_WAIT_SECONDS = 1.5  # after which one is refused: over HTTP at once, else when its turn comes
TURNS = 4  # deliveries that are being answered at the same time: few, as more would only take time from each other
LONG_SECONDS = 0.02  # after which an answer is taken to wait for something else than the processor


class TooBusyError(Exception):
    """Too much is to be answered before this, or it takes too long."""


class AnswerTurns:
    """Whose turn it is to be answered, of the deliveries on one event loop.

    It is one after the other, for threads that compute at the same time only hold each other up in Python. Beside one
    that takes longer than LONG_SECONDS, as by waiting for a database, the next one begins, and so on up to TURNS.
    """

    def __init__(self) -> None:
        self._free, self._waiting, self._long_ones = asyncio.Semaphore(1), 0, 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it. Raises TooBusyError where too many wait, or this one for too long."""
        await self._wait()
        turn = _Turn(self._let_another_begin)
        try:
            yield
        finally:
            turn.timer.cancel()
            if turn.is_long:
                self._long_ones -= 1
            else:
                self._free.release()

    def _let_another_begin(self, beside: "_Turn") -> None:
        if self._long_ones == TURNS - 1:
            beside.look_later()
            return
        self._long_ones += 1
        beside.is_long = True
        self._free.release()

    async def _wait(self) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        if self._waiting >= MAX_WAITING_OVER_HTTP:
            raise TooBusyError
        self._waiting += 1
        try:
            async with asyncio.timeout(MAX_WAIT_SECONDS):
                await self._free.acquire()
        except TimeoutError as error:
            raise TooBusyError from error
        finally:
            self._waiting -= 1


class _Turn:
    """One that is being had. Calls `on_long` once it is long."""

    def __init__(self, on_long: Callable[["_Turn"], None]) -> None:
        self.is_long, self._on_long = False, on_long
        self.look_later()

    def look_later(self) -> None:
        """Call it again in a while."""
        self.timer = asyncio.get_running_loop().call_later(LONG_SECONDS, self._on_long, self)


def busy_response(body: dict[str, Any], sentence: str = BUSY) -> BoltResponse:
    """What tells whoever sent this that there is too much to do, or another reason why it is not done."""
    answer: dict[str, Any] | None = None
    if "command" in body:
        answer = {**text_message(sentence), "response_type": "ephemeral"}
    elif body.get("type") == "view_submission":
        first = next(iter(body["view"]["state"]["values"]), "")
        answer = {"response_action": "errors", "errors": {first: sentence}}
    elif body.get("type") == "block_suggestion":
        answer = {"options": []}
    if answer is None:
        return BoltResponse(status=503, body="")
    return BoltResponse(status=200, body=json.dumps(answer), headers={"content-type": "application/json"})
