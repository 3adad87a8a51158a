"""An HTTP transport that reaches public addresses only, so that an address given in Slack never reaches our own network
(server-side request forgery).
"""

import ipaddress
import socket
from typing import TYPE_CHECKING

from bot.errors import SourceError

if TYPE_CHECKING:
    import ssl

    import httpx


def public_transport(ssl_context: "ssl.SSLContext") -> "httpx.BaseTransport":
    """A transport that resolves the host of each request once, refuses it when any of its addresses is not public, and
    connects to the address that was checked. A second lookup while connecting could give another one.
    """
    import httpx

    class PublicTransport(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            host = request.url.raw_host.decode("ascii")
            address = resolve_public(host, request.url.port or 0)
            # The Host header is set already, and TLS checks the certificate against the name.
            request = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            return super().handle_request(request)

    # No connection is kept for the next request: it may be for another name at the same address.
    return PublicTransport(verify=ssl_context, limits=httpx.Limits(max_keepalive_connections=0))


def resolve_public(host: str, port: int) -> str:
    """An address of a host, IPv4 if it has one. Raises SourceError when any of its addresses belongs to a private or
    local network, or when it has none.
    """
    try:
        addresses = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise SourceError(f"{host}: no such name on the internet.") from error
    for address in addresses:
        parsed = ipaddress.ip_address(address.split("%")[0])
        embedded = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None) or parsed
        if not embedded.is_global or embedded.is_multicast or not parsed.is_global:
            raise SourceError(f"{host} is not a public address, so it was not asked.")
    return sorted(addresses, key=lambda address: ":" in address)[0]
