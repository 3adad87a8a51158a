"""A proxy before the stand-in of Slack, at which calls to the Web API and to response_urls fail in every way that is
known, and in some that nobody lists.
"""

import asyncio
import json
import random
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qs

from bot.slack.api_errors import CODES, ErrorMeaning
from bot.slack.publisher import NOBODY_THERE
from tests.drill.chaos.hurry import TIMING
from tests.drill.chaos.tally import Tally

POSTS, LOOKUPS = ("chat.postMessage",), ("conversations.history", "conversations.replies")
QUIET = ("auth.test",)  # only at the start of a process: it would not start
SHARES = {"post": 0.5, "lookup": 0.5, "response_url": 0.5, "other": 0.4}  # of each that fails
SILENCE = 1.4 * TIMING.timeout
LATE = TIMING.timeout + 0.5 * TIMING.grace
TRICKLE_PAUSE = 0.15
MAY_PASS = (
    "team_added_to_org", "external_channel_migrating", "accesslimited", "message_limit_exceeded",
    "enterprise_is_restricted", "access_limited", "method_not_supported_for_channel_type", "as_user_not_supported",
)  # fmt: skip
MOST = {
    "post: refused for good": 45,
    "post: metadata refused": 45,
    "post: thread deleted": 45,
}  # each of these ends an edition


class Request(NamedTuple):
    """A call as it came."""

    raw: bytes
    path: str
    body: bytes

    @property
    def method(self) -> str:
        """`chat.postMessage`, or `response_url`."""
        return "response_url" if self.path.startswith("/response/") else self.path.rsplit("/", 1)[-1]

    @property
    def kind(self) -> str:
        """What faults go by."""
        if self.method in POSTS:
            return "post"
        return "lookup" if self.method in LOOKUPS else "response_url" if self.method == "response_url" else "other"

    def field(self, name: str) -> str:
        """An argument of the call."""
        with suppress(ValueError):
            return str(json.loads(self.body).get(name) or "")
        return next(iter(parse_qs(self.body.decode(errors="replace")).get(name, [])), "")


@dataclass(frozen=True)
class Fault:
    """Whether the call reaches Slack ("no", "yes", or "late"), and what becomes of the answer, which is Slack's own
    where the call reaches it.
    """

    reaches: str = "no"
    answer: bytes | None = None  # another one; None: the connection is closed
    silence: float = 0.0  # before that
    change: Callable[[bytes], bytes] | None = None  # of Slack's own answer
    trickles: bool = False


def reply(status: int, body: str, kind: str = "text/html", **headers: str) -> bytes:
    """An answer over HTTP."""
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n"
    )
    return (head + body).encode()


def code(name: str, **headers: str) -> bytes:
    """Slack's way to refuse."""
    return reply(200, json.dumps({"ok": False, "error": name}), "application/json", **headers)


def codes(meaning: ErrorMeaning) -> list[str]:
    """All codes of the table that mean this."""
    return [name for name, row in CODES.items() if row.meaning is meaning]


def without(*names: str) -> Callable[[bytes], bytes]:
    """Slack's answer without these fields."""

    def change(answer: bytes) -> bytes:
        head, _, body = answer.partition(b"\r\n\r\n")
        with suppress(ValueError):
            fields = {name: value for name, value in json.loads(body).items() if name not in names}
            return reply(200, json.dumps(fields), "application/json")
        return head + b"\r\n\r\n" + body

    return change


UNAVAILABLE = '{"ok":false,"error":"service_unavailable"}'
PAGE = "<html><title>Sign in to the network</title></html>"


Pick = Callable[[Iterable[str]], str]


def faults(pick: Pick, chance: random.Random) -> dict[str, Callable[[], Fault]]:
    """Every way to fail, by name. Those that say "posted" are for what changes something in Slack. `pick` takes one of
    several codes.
    """
    refused = {
        "429": lambda: Fault(
            answer=reply(429, '{"ok":false,"error":"ratelimited"}', "application/json", Retry_After="1")
        ),
        "429 as a code": lambda: Fault(answer=code("ratelimited", Retry_After="1")),
        "token refused": lambda: Fault(answer=code(pick(codes(ErrorMeaning.AUTHENTICATION_FAILED)))),
        "refused for now": lambda: Fault(answer=code(pick(MAY_PASS))),
        "refused by a code that nobody knows": lambda: Fault(answer=code(f"made_up_{chance.randrange(10**6)}")),
    }
    unclear = {
        "500": lambda: Fault(answer=reply(500, "Internal Server Error")),
        "502 by a proxy": lambda: Fault(answer=reply(502, PAGE)),
        "503 with a code": lambda: Fault(answer=reply(503, UNAVAILABLE, "application/json")),
        "some error of Slack's": lambda: Fault(answer=code(pick(codes(ErrorMeaning.DELIVERY_UNKNOWN)))),
        "connection closed": lambda: Fault(),
        "no answer": lambda: Fault(silence=SILENCE),
        "a page in place of an answer": lambda: Fault(answer=reply(200, PAGE)),
        "sent elsewhere": lambda: Fault(answer=reply(302, "", Location="/signin")),
        "an empty answer": lambda: Fault(answer=reply(200, "")),
    }  # fmt: skip
    posted = {
        "500, done": lambda: Fault("yes", reply(500, "Internal Server Error")),
        "some error of Slack's, done": lambda: Fault("yes", code(pick(codes(ErrorMeaning.DELIVERY_UNKNOWN)))),
        "reply lost": lambda: Fault("yes"),
        "done, and no answer": lambda: Fault("yes", silence=SILENCE),
        "done late": lambda: Fault("late"),
        "half an answer": lambda: Fault("yes", change=lambda answer: answer[: len(answer) - 20]),
        "a trickled answer": lambda: Fault("yes", change=bytes, trickles=True),
        "a page, done": lambda: Fault("yes", reply(200, PAGE)),
    }
    return {**refused, **unclear, **posted}


def post_faults(pick: Pick) -> dict[str, Callable[[], Fault]]:
    """Those of a message only."""
    return {
        "ok without ts": lambda: Fault("yes", change=without("ts")),
        "ok without channel": lambda: Fault("yes", change=without("channel")),
        "ok and nothing else": lambda: Fault("yes", change=without("ts", "channel", "message")),
        "permission refused": lambda: Fault(answer=code(pick(codes(ErrorMeaning.NOT_PERMITTED)))),
    }


def channel_faults(pick: Pick) -> dict[str, Callable[[], Fault]]:
    """Those of a channel's digest only."""
    return {
        "channel refused": lambda: Fault(answer=code(pick(codes(ErrorMeaning.CHANNEL_UNAVAILABLE)))),
        "refused for good": lambda: Fault(answer=code(pick(codes(ErrorMeaning.REJECTED)))),
        "metadata refused": lambda: Fault(answer=code(pick(codes(ErrorMeaning.METADATA_REFUSED)))),
    }


def person_faults(pick: Pick) -> dict[str, Callable[[], Fault]]:
    """Those of a notice or a watch's message only; somebody who is gone for good is told nothing, and that is right."""
    names = [name for name in codes(ErrorMeaning.CHANNEL_UNAVAILABLE) if name not in NOBODY_THERE]
    return {"person refused": lambda: Fault(answer=code(pick(names)))}


def thread_faults(pick: Pick) -> dict[str, Callable[[], Fault]]:
    """Those of the parts of a digest that go into its thread."""
    return {"thread deleted": lambda: Fault(answer=code(pick(codes(ErrorMeaning.TARGET_DELETED))))}


class Gate:
    """The proxy. Nothing fails until `is_open_to_faults` is set."""

    def __init__(self, target: int, tally: Tally, chance: random.Random) -> None:
        self._target, self._tally = target, tally
        self.is_open_to_faults = False
        self._late: set[asyncio.Task[bytes]] = set()
        self.codes = Tally(chance)  # each code of Slack's that was answered
        pick = self.codes.strike
        self._all, self._posts, self._channels = faults(pick, chance), post_faults(pick), channel_faults(pick)
        self._people, self._threads = person_faults(pick), thread_faults(pick)
        self._unchanged = [
            name for name in self._all if "done" not in name and name not in ("reply lost", "half an answer")
        ]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: one call."""
        with suppress(OSError, asyncio.IncompleteReadError):
            await self._answer(await _read(reader), writer)
        writer.close()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> None:
        fault = self._fault(request)
        if fault is None:
            writer.write(await self._forward(request.raw))
        else:
            await self._fail(fault, request, writer)
        await writer.drain()

    def _fault(self, request: Request) -> Fault | None:
        if not self.is_open_to_faults or request.method in QUIET or not self._tally.happens(SHARES[request.kind]):
            return None
        ways = dict(self._all)
        if request.kind == "post":
            ways |= self._posts
            ways |= self._unasked(request)
        elif request.kind == "lookup":
            ways = {name: self._all[name] for name in self._unchanged}
        counts = self._tally.counts()
        names = [name for kind in ways if counts.get(name := f"{request.kind}: {kind}", 0) < MOST.get(name, 10**9)]
        return ways[self._tally.strike(names).removeprefix(f"{request.kind}: ")]()

    def _unasked(self, request: Request) -> dict[str, Callable[[], Fault]]:
        """Those of what the outbox posts."""
        if "halobot_post" not in request.field("metadata"):
            return {}
        if not request.field("channel").startswith("C"):
            return self._people
        return self._channels | (self._threads if request.field("thread_ts") else {})

    async def _fail(self, fault: Fault, request: Request, writer: asyncio.StreamWriter) -> None:
        answer = fault.answer
        if fault.reaches == "late":
            task = asyncio.ensure_future(self._forward(request.raw, LATE))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
        elif fault.reaches == "yes":
            own = await self._forward(request.raw)
            answer = fault.change(own) if fault.change else answer
        await asyncio.sleep(fault.silence)
        if answer and fault.trickles:
            for start in range(0, len(answer), max(1, len(answer) // 10)):
                writer.write(answer[start : start + max(1, len(answer) // 10)])
                await writer.drain()
                await asyncio.sleep(TRICKLE_PAUSE)
        elif answer:
            writer.write(answer)

    async def _forward(self, raw: bytes, after: float = 0.0) -> bytes:
        await asyncio.sleep(after)
        reader, writer = await asyncio.open_connection("127.0.0.1", self._target)
        try:
            writer.write(raw)
            await writer.drain()
            return await reader.read()
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Request:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(head + body, first.split(" ")[1].partition("?")[0], body)
