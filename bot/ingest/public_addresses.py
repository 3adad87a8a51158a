"""An HTTP transport that reaches public addresses only, so that an address given in Slack never reaches our own network
(server-side request forgery).
"""

import ipaddress
import socket
from typing import TYPE_CHECKING

from bot.errors import SourceError

if TYPE_CHECKING:
    import ssl

    import httpx2

# Ranges that may not be asked although Python calls some of them global: the special-purpose registries of IANA
# (https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-special-registry), and Azure's own address for
# what a virtual machine may know of itself.
SPECIAL_RANGES = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "168.63.129.16/32",
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
)  # fmt: skip
GLOBAL_UNICAST = ipaddress.IPv6Network(
    "2000::/3"
)  # all other IPv6 is local, reserved, or a way to write an IPv4 address


def public_transport(ssl_context: "ssl.SSLContext") -> "httpx2.HTTPTransport":
    """A transport that resolves the host of each request once, refuses it when any of its addresses is not public, and
    connects to the address that was checked. A second lookup while connecting could give another one.
    """
    import httpx2

    class PublicTransport(httpx2.HTTPTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            host = request.url.raw_host.decode("ascii")
            address = resolve_public(host, request.url.port or 0)
            # The Host header is set already, and TLS checks the certificate against the name.
            request = httpx2.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            return super().handle_request(request)

    # No connection is kept for the next request: it may be for another name at the same address.
    return PublicTransport(verify=ssl_context, limits=httpx2.Limits(max_keepalive_connections=0))


def resolve_public(host: str, port: int) -> str:
    """An address of a host, IPv4 if it has one. Raises SourceError when any of its addresses belongs to a private or
    local network, or when it has none.
    """
    try:
        addresses = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise SourceError(f"{host}: no such name on the internet.") from error
    for address in addresses:
        if not is_public(ipaddress.ip_address(address.split("%")[0])):
            raise SourceError(f"{host} is not a public address, so it was not asked.")
    return sorted(addresses, key=lambda address: ":" in address)[0]


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one of the public internet's: not special by any registry, and not one inside another."""
    if isinstance(address, ipaddress.IPv6Address) and address not in GLOBAL_UNICAST:
        return False
    return address.is_global and not any(address in network for network in SPECIAL_RANGES)
