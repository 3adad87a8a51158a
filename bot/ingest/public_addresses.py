"""Connections that reach public addresses only, checked after the name was resolved and for every connection, redirects
included.
"""

import ipaddress
import socket
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bot.errors import SourceError
from bot.ingest.body import ssl_context

if TYPE_CHECKING:
    import httpx


def public_transport() -> "httpx.HTTPTransport":
    """A transport that resolves a name once, refuses it when any of its addresses is not public, and connects to what
    it checked.
    """
    import httpcore
    import httpx

    class Backend(httpcore.SyncBackend):
        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[Any] | None = None,
        ) -> httpcore.NetworkStream:
            return super().connect_tcp(resolve_public(host, port), port, timeout, local_address, socket_options)

        def connect_unix_socket(
            self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
        ) -> httpcore.NetworkStream:
            raise SourceError("Only web addresses are asked.")

    transport = httpx.HTTPTransport(verify=ssl_context())
    # httpx has no argument for it: the pool that it would make is made here, with a look at the address before each
    # connection.
    transport._pool = httpcore.ConnectionPool(ssl_context=ssl_context(), network_backend=Backend())
    return transport


def resolve_public(host: str, port: int) -> str:
    """The address of a host that may be asked. Raises SourceError when any of its addresses belongs to a private or
    local network.
    """
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise SourceError(f"{host}: no such name on the internet.") from error
    for address in found:
        parsed = ipaddress.ip_address(address.split("%")[0])
        mapped = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None) or parsed
        if not mapped.is_global or mapped.is_multicast or not parsed.is_global:
            raise SourceError(f"{host} is not a public address, so it was not asked.")
    return sorted(found, key=lambda address: ":" in address)[0]
