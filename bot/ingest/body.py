"""A response's body within limits: neither a huge one, nor a small one that unpacks to one, nor one without end fills
memory or time.
"""

import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.errors import SourceError

if TYPE_CHECKING:
    import ssl

    import httpx


@lru_cache(maxsize=1)
def ssl_context() -> "ssl.SSLContext":
    """What connections are checked by; made once, for that takes a twentieth of a second."""
    import httpx

    return httpx.create_ssl_context()


def read_body(response: "httpx.Response", url: str, largest: int, too_late: Callable[[], bool]) -> bytes:
    """The body, unpacked a little at a time. Raises SourceError when it is larger than `largest` bytes, too late, or
    packed in a way we did not ask for.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise SourceError(f"{url}: packed as {encoding[:20]}, which we did not ask for.")
    too_large = SourceError(f"{url}: larger than {largest / 1_000_000:.0f} MB, so it was not read.")
    length = response.headers.get("content-length", "0")
    if length.isdigit() and int(length) > largest:
        raise too_large
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if encoding not in ("identity", "") else None
    body = bytearray()
    for chunk in response.iter_raw():  # as it comes: collecting larger pieces would wait for a server that trickles
        if too_late():
            raise SourceError(f"{url}: still not complete after a long time, so it was left.")
        try:
            body += unpacker.decompress(chunk, largest + 1 - len(body)) if unpacker else chunk
        except zlib.error as error:
            raise SourceError(f"{url}: broken packing ({error}).") from error
        if len(body) > largest or (unpacker and unpacker.unconsumed_tail):
            raise too_large
    return bytes(body)
