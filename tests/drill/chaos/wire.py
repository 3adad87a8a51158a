"""A proxy before PostgreSQL, at which connections break in the middle, before and after a commit, hang and crawl."""

import asyncio
import struct
from contextlib import suppress
from dataclasses import dataclass, field

from tests.drill.chaos.tally import Tally

HANG_SECONDS, SLOW_SECONDS = 2.0, 0.3
ENCRYPTION_ASKED = (struct.pack("!I", 80877103), struct.pack("!I", 80877104))  # TLS, GSSAPI
AT_CONNECT = (
    "database: connection refused",
    "database: accepted, never answered",
    "database: too many clients",
    "database: starting up",
)
AT_COMMIT = (
    "database: cut before a commit arrived",
    "database: committed, and the answer lost",
    "database: hangs at a commit",
)
IN_THE_MIDDLE = (
    "database: cut in the middle",
    "database: hangs",
    "database: crawls",
    "database: half an answer",
)
SHARES = {"connect": 0.06, "commit": 0.05, "middle": 0.008}


@dataclass
class Link:
    """One client's connection, both ways."""

    writers: list[asyncio.StreamWriter] = field(default_factory=list)
    loses_commit: bool = False
    halves_next: bool = False
    held_until: float = 0.0

    def cut(self) -> None:
        """End it at once, without a good-bye."""
        for writer in self.writers:
            writer.transport.abort()


def fatal(state: str, text: str) -> bytes:
    """PostgreSQL's way to refuse a connection."""
    fields = f"SFATAL\0VFATAL\0C{state}\0M{text}\0\0".encode()
    return b"E" + struct.pack("!I", len(fields) + 4) + fields


class Wire:
    """The proxy. Nothing fails until `is_open_to_faults` is set."""

    def __init__(self, target: int, tally: Tally) -> None:
        self._target, self._tally = target, tally
        self.is_open_to_faults = False
        self.is_hanging = False  # nothing gets through, and nobody is told

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client."""
        link = Link([writer])
        with suppress(OSError, asyncio.IncompleteReadError):
            if self._happens("connect") and await self._refuse(reader, writer):
                return
            upstream, to_server = await asyncio.open_connection("127.0.0.1", self._target)
            link.writers.append(to_server)
            ways = (self._to_server(reader, to_server, link), self._to_client(upstream, writer, link))
            tasks = [asyncio.ensure_future(way) for way in ways]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for one in link.writers:
            one.close()

    def _happens(self, place: str) -> bool:
        return self.is_open_to_faults and self._tally.happens(SHARES[place])

    async def _refuse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        how = self._tally.strike(AT_CONNECT)
        if how.endswith("never answered"):
            await asyncio.sleep(HANG_SECONDS)
        elif not how.endswith("refused"):
            while (await reader.read(1_024))[4:8] in ENCRYPTION_ASKED:
                writer.write(b"N")
                await writer.drain()
            state, text = ("53300", "sorry, too many clients already") if "many" in how else ("57P03", "starting up")
            writer.write(fatal(state, text))
            await writer.drain()
            writer.close()
            return True
        writer.transport.abort()
        return True

    async def _to_server(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, link: Link) -> None:
        while data := await reader.read(65_536):
            if b"COMMIT" in data and self._happens("commit"):
                how = self._tally.strike(AT_COMMIT)
                if "cut" in how:
                    link.cut()
                    return
                if "hangs" in how:
                    await asyncio.sleep(HANG_SECONDS)
                else:
                    link.loses_commit = True
            elif self._happens("middle"):
                await self._disturb(link)
            while self.is_hanging:
                await asyncio.sleep(0.1)
            writer.write(data)
            await writer.drain()

    async def _disturb(self, link: Link) -> None:
        how = self._tally.strike(IN_THE_MIDDLE)
        if "cut" in how:
            link.cut()
        elif "half" in how:
            link.halves_next = True
        else:
            await asyncio.sleep(HANG_SECONDS if "hangs" in how else SLOW_SECONDS)

    async def _to_client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, link: Link) -> None:
        while data := await reader.read(65_536):
            if link.loses_commit and b"COMMIT" in data:
                link.cut()
                return
            if link.halves_next:
                writer.write(data[: len(data) // 2])
                await writer.drain()
                link.cut()
                return
            writer.write(data)
            await writer.drain()
