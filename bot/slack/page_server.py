"""A small HTTP server in a thread of its own, for the health pages where no other server has them: in Socket Mode, and
while the bot waits for Slack at its start.
"""

import logging
import socket
import threading

import uvicorn
from starlette.applications import Starlette

from bot.errors import SettingError
from bot.slack.health_pages import HealthPages
from bot.slack.http_server import LineLimit, server_config

MAX_STOP_SECONDS = 5.0
MAX_PENDING = 128  # connections that wait until they are accepted


class PageServer:
    """The server. Raises SettingError where its address cannot be used."""

    def __init__(self, pages: HealthPages, host: str, port: int) -> None:
        self._socket = _listen(host, port)
        self.port: int = self._socket.getsockname()[1]
        config = server_config(Starlette(routes=pages.routes()), host, self.port, "warning")
        logging.getLogger("uvicorn.error").addFilter(LineLimit())
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="pages", daemon=True)

    def start(self) -> "PageServer":
        """Begin to answer. Returns itself."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Answer no more, and free the address."""
        self._server.should_exit = True
        self._thread.join(MAX_STOP_SECONDS)
        self._socket.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(address)
            listening.listen(MAX_PENDING)  # from now on nobody is refused, though the server begins a moment later
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise SettingError(
            f"The address {host}, port {port} cannot be used ({error}). Choose another with HALO_HTTP_HOST and "
            "HALO_HTTP_PORT, or --host and --http."
        ) from error
    return listening
