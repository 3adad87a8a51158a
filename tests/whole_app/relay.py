"""A relay between the bot and the stand-in's Socket Mode, at which connections go deaf, as behind a router that forgot
them: they stay open, and nothing comes through any more.
"""

import gc
import socket
import threading
import warnings
from contextlib import suppress

from tests.whole_app.acting import SlackStandIn


def close_what_is_left() -> None:
    """Slack's client leaves the socket of a handshake that is not answered to the garbage collector, which says so in
    whatever test comes next.
    """
    for thread in threading.enumerate():
        if thread.name == "connecting":
            thread.join(10)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


class Relay:
    """Listens on a port of its own. `forward_to` is a port of this machine."""

    def __init__(self, forward_to: int) -> None:
        self._forward_to = forward_to
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._deaf: set[int] = set()  # the numbers of connections
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self.takes_new = True  # else a new connection is deaf from its beginning
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def count(self) -> int:
        """How many connections there were."""
        return len(self._pairs)

    def deafen(self) -> None:
        """From now on nothing comes through the connections that there are."""
        self._deaf |= set(range(self.count))

    def close_deaf(self) -> None:
        """Those that are deaf end."""
        for number in self._deaf:
            for end in self._pairs[number]:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close everything."""
        self._listening.close()
        for pair in self._pairs:
            for end in pair:
                end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(("127.0.0.1", self._forward_to))
                number = self.count
                if not self.takes_new:
                    self._deaf.add(number)
                self._pairs.append((client, server))
                for source, target in ((client, server), (server, client)):
                    threading.Thread(target=self._pump, args=(source, target, number), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, number: int) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if number not in self._deaf:
                    target.sendall(data)
            if number not in self._deaf:
                target.shutdown(socket.SHUT_WR)


class SlackBehindRelay(SlackStandIn):
    """A Slack whose WebSockets lead through a relay."""

    relay: Relay

    def start(self) -> "SlackBehindRelay":
        super().start()
        self.relay = Relay(self._server.port)
        return self

    def stop(self) -> None:
        self.relay.close()
        super().stop()

    def _socket_url(self) -> str:
        return super()._socket_url().replace(f":{self._server.port}/", f":{self.relay.port}/")
