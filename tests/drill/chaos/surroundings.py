"""What is around one process of the bot: addresses of Slack that drop packets, and a disk that is full."""

import resource
import socket
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

PROBE_BYTES = 1_024
MAX_FILE_BYTES = 512  # while the disk is full


class Teller:
    """Tells the drill, from any thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._lock = connection, threading.Lock()

    def tell(self, what: str) -> None:
        """What happened here."""
        with self._lock, suppress(OSError):
            self._connection.send(what)


class Network:
    """Slack's host has more addresses than one while `dead` has some: those drop packets."""

    def __init__(self, teller: Teller) -> None:
        self._teller, self._usual = teller, socket.getaddrinfo
        self.kind, self.dead = "", ()  # type: tuple[str, tuple[str, ...]]

    def install(self) -> None:
        """From now on, all names are looked up here."""
        socket.getaddrinfo = self._look_up  # type: ignore[assignment]

    def _look_up(self, host: Any, port: Any, *more: Any, **options: Any) -> Any:
        found = self._usual(host, port, *more, **options)
        if self.kind and host == "127.0.0.1":
            self._teller.tell(self.kind)
            family, kind, protocol, name, target = found[0]
            dead = [(family, kind, protocol, name, (address, *target[1:])) for address in self.dead]
            return [*dead, *([] if "all" in self.kind else found)]
        return found


class BlackHole:
    """Addresses of this machine at which a port takes no connection and refuses none: their queues are full."""

    ADDRESSES = ("127.0.0.2", "127.0.0.3")

    def __init__(self, port: int) -> None:
        self._sockets: list[socket.socket] = []
        for address in self.ADDRESSES:
            listener = socket.socket()
            listener.bind((address, port))
            listener.listen(0)
            self._sockets.append(listener)
            for _ in range(3):  # one is taken into the queue, and the others wait for ever
                waiting = socket.socket()
                waiting.setblocking(False)
                waiting.connect_ex((address, port))
                self._sockets.append(waiting)

    def close(self) -> None:
        """Free the port."""
        for one in self._sockets:
            one.close()


class Disk:
    """The disk of this process's files: full while the system lets no file grow beyond a few bytes."""

    KIND = "disk: full"

    def __init__(self, folder: Path, teller: Teller) -> None:
        self._folder, self._teller = folder, teller

    def fill(self, seconds: float) -> None:
        """Full from now on, for so long. The drill hears of it where a file could not be written."""
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE_BYTES, hard))
        try:
            self._probe()
            time.sleep(seconds)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    def _probe(self) -> None:
        path = self._folder / f"probe-{id(self)}"
        try:
            path.write_bytes(b"x" * PROBE_BYTES)
        except OSError:
            self._teller.tell(self.KIND)
        finally:
            path.unlink(missing_ok=True)
