"""Fetches pages and feeds politely: one request at a time to a host, with a User-Agent of our own, robots.txt, ETag and
Last-Modified, retries with backoff, and limits on size, time and redirects. Each failure is a SourceError that says
what happened.
"""

import re
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bot import __version__
from bot.errors import SourceError
from bot.ingest.deadline import Deadline, keep_deadline
from bot.ingest.public_addresses import public_transport
from bot.ingest.robots import MAX_AGE, Robots

if TYPE_CHECKING:
    import ssl

    import httpx2

USER_AGENT = f"halobot/{__version__} (reads HaloPSA release notes for a team's catalogue)"
MAX_BYTES = 20_000_000  # once unpacked
MAX_SECONDS = 45.0  # for one document, however slowly its headers or its body arrive
CONNECT_TIMEOUT, READ_TIMEOUT = 10.0, 15.0  # seconds
MAX_REDIRECTS = 5
MAX_ATTEMPTS = 3
MAX_RETRY_AFTER_SECONDS = 60.0  # a server that asks for more is left until the next time
MAX_CRAWL_DELAY_SECONDS = 30.0
_TRANSIENT_STATUSES = {408, 425, 429, 500, 502, 503, 504}
_STATUS_HINTS = {
    401: "it wants a sign-in",
    403: "it refuses us",
    404: "there is nothing at this address",
    410: "it is gone for good",
}


@dataclass(frozen=True, slots=True)
class FetchedDocument:
    """A document from the web; `data` is None when the server says that it has not changed."""

    url: str
    data: bytes | None
    content_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass
class Fetcher:
    """Fetches documents, one at a time of each host; threads may share it. `sleep` and `monotonic` are arguments so
    that tests need not wait.
    """

    public_only: bool = False  # for addresses that people give in Slack: no request may reach our own network
    pause: float = 1.0  # seconds between two requests to the same host
    max_bytes: int = MAX_BYTES
    max_seconds: float = MAX_SECONDS
    read_timeout: float = READ_TIMEOUT
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    _robots: dict[str, Robots] = field(default_factory=dict)  # by origin
    _last_request: dict[str, float] = field(default_factory=dict)  # by host
    _hosts: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    _source_ends: threading.local = field(default_factory=threading.local)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """What this thread fetches inside of it has to be there after so many seconds; the rest is refused."""
        self._source_ends.at = self.monotonic() + seconds
        try:
            yield
        finally:
            self._source_ends.at = None

    def get(self, url: str, etag: str | None = None, last_modified: str | None = None) -> FetchedDocument:
        """The document at an address; without data when the server says that it has not changed since the given ETag
        or Last-Modified. Follows redirects within the site. Raises SourceError.
        """
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": "text/html, application/xml, application/json, text/*;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip",
        }
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers |= {name: value for name, value in conditions.items() if value}
        address = validate_url(url)
        deadline = Deadline(self.monotonic)
        with self._hosts[urlsplit(address).netloc], self._client(deadline) as client:
            for _ in range(MAX_REDIRECTS + 1):
                self._check_robots(client, address, deadline)
                fetched = self._fetch(client, address, headers, deadline)
                if isinstance(fetched, FetchedDocument):
                    return fetched
                target = validate_url(urljoin(address, fetched))
                if not is_same_site(address, target):
                    raise SourceError(
                        f"{url} leads to another site ({urlsplit(target).hostname}). "
                        "Name that address itself if you trust it."
                    )
                address = target
        raise SourceError(f"{url} leads from page to page without end.")

    @contextmanager
    def _client(self, deadline: Deadline) -> "Iterator[httpx2.Client]":
        import httpx2

        transport = public_transport(ssl_context()) if self.public_only else httpx2.HTTPTransport(verify=ssl_context())
        keep_deadline(transport, deadline)
        with httpx2.Client(
            timeout=httpx2.Timeout(self.read_timeout, connect=CONNECT_TIMEOUT),
            follow_redirects=False,
            transport=transport,
        ) as client:
            yield client

    def _fetch(
        self, client: "httpx2.Client", url: str, headers: dict[str, str], deadline: Deadline
    ) -> FetchedDocument | str:
        """The document, or the address that it moved to. A transient failure is retried, with growing pauses."""
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                return self._fetch_once(client, url, headers, deadline)
            except _TransientError as failure:
                wait = failure.retry_after if failure.retry_after is not None else 2.0**attempt
                if attempt == MAX_ATTEMPTS or wait > MAX_RETRY_AFTER_SECONDS:
                    asked = f" It asks to wait {wait:.0f} seconds." if wait > MAX_RETRY_AFTER_SECONDS else ""
                    raise SourceError(f"{url}: {failure}.{asked}") from failure
                self.sleep(wait)
        raise SourceError(f"{url}: no answer.")

    def _fetch_once(
        self, client: "httpx2.Client", url: str, headers: dict[str, str], deadline: Deadline
    ) -> FetchedDocument | str:
        import httpx2

        self._wait_for_turn(url)
        deadline.start(min(self.max_seconds, self._left_for_source(url)))
        try:
            with client.stream("GET", url, headers=headers) as response:
                return self._read_response(response, url, headers, deadline)
        except httpx2.TimeoutException as error:
            if deadline.left <= 0:
                raise _too_slow(url) from error
            raise _TransientError("no answer in time") from error
        except httpx2.TransportError as error:
            raise _TransientError(f"the connection failed ({str(error)[:120] or type(error).__name__})") from error
        except (httpx2.InvalidURL, UnicodeError) as error:
            raise SourceError(f"{url}: not an address that can be asked ({error}).") from error

    def _read_response(
        self, response: "httpx2.Response", url: str, headers: dict[str, str], deadline: Deadline
    ) -> FetchedDocument | str:
        status = response.status_code
        if status == 304:
            etag, last_modified = headers.get("If-None-Match"), headers.get("If-Modified-Since")
            return FetchedDocument(url, None, etag=etag, last_modified=last_modified)
        if status in (301, 302, 303, 307, 308) and response.headers.get("location"):
            return response.headers["location"]
        if status in _TRANSIENT_STATUSES:
            retry_after = parse_retry_after(response.headers.get("retry-after"))
            raise _TransientError(f"the server answers {status}", retry_after)
        if status != 200:
            raise SourceError(f"{url}: the server answers {status} ({_STATUS_HINTS.get(status, 'not a document')}).")
        return FetchedDocument(
            url,
            read_body(response, url, self.max_bytes, lambda: deadline.left < 0),
            response.headers.get("content-type", "").split(";")[0].strip().lower(),
            response.charset_encoding,
            response.headers.get("etag"),
            response.headers.get("last-modified"),
        )

    def _left_for_source(self, url: str) -> float:
        """The seconds that are left for all that this thread fetches. Raises SourceError when there are none."""
        end = getattr(self._source_ends, "at", None)
        left = float("inf") if end is None else end - self.monotonic()
        if left <= 0:
            raise SourceError(f"{url}: this source takes too long, so the rest of it is read another time.")
        return left

    def _wait_for_turn(self, url: str) -> None:
        """Keep the pause between two requests to a host: ours, or the Crawl-delay of its robots.txt."""
        host, robots = urlsplit(url).netloc, self._robots.get(_origin(url))
        pause = max(self.pause, min(robots.crawl_delay if robots else 0.0, MAX_CRAWL_DELAY_SECONDS))
        last = self._last_request.get(host)
        if last is not None and (remaining := last + pause - self.monotonic()) > 0:
            self.sleep(remaining)
        self._last_request[host] = self.monotonic()

    def _check_robots(self, client: "httpx2.Client", url: str, deadline: Deadline) -> None:
        """Raises SourceError when the site's robots.txt, which is read once a day, does not allow an address.

        A site without a robots.txt allows everything; one whose robots.txt cannot be read, nothing for now.
        """
        origin = _origin(url)
        robots = self._robots.get(origin)
        if robots is None or self.monotonic() - robots.read_at > MAX_AGE:
            try:
                robots = Robots(self._fetch_robots(client, origin, deadline), self.monotonic())
            except SourceError as error:
                raise SourceError(
                    f"{origin}/robots.txt could not be read, so nothing else was asked for ({error})"
                ) from error
            self._robots[origin] = robots
        if not robots.allows(url):
            raise SourceError(f"{url}: the site's robots.txt asks programs not to read this.")

    def _fetch_robots(self, client: "httpx2.Client", origin: str, deadline: Deadline) -> str:
        """The text of a site's robots.txt; empty where there is none. Raises SourceError."""
        address = f"{origin}/robots.txt"
        try:
            for _ in range(MAX_REDIRECTS):
                if not is_same_site(origin, address):
                    return ""
                fetched = self._fetch(client, address, {"User-Agent": USER_AGENT}, deadline)
                if isinstance(fetched, FetchedDocument):
                    return (fetched.data or b"").decode("utf-8", "replace")
                address = validate_url(urljoin(origin, fetched))
        except SourceError as error:
            if not re.search(r"answers 4(?!29)\d\d", str(error)):
                raise
        return ""


class _TransientError(Exception):
    """A failure that may be over in a moment."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def _too_slow(url: str) -> SourceError:
    return SourceError(f"{url}: still not complete after a long time, so it was left.")


@lru_cache(maxsize=1)
def ssl_context() -> "ssl.SSLContext":
    """The TLS settings of every connection. Made once: reading the certificates takes 50 ms."""
    import httpx2

    return httpx2.create_ssl_context()


def read_body(response: "httpx2.Response", url: str, max_bytes: int, is_late: Callable[[], bool]) -> bytes:
    """The body of a response, unpacked in small pieces so that no body fills the memory.

    Raises SourceError when it has more than `max_bytes` once unpacked, when `is_late` says so between two pieces, and
    for a content encoding that we did not ask for.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise SourceError(f"{url}: packed as {encoding[:20]}, which we did not ask for.")
    too_large = SourceError(f"{url}: larger than {max_bytes / 1_000_000:.0f} MB, so it was not read.")
    length = response.headers.get("content-length", "0")
    if length.isdigit() and int(length) > max_bytes:
        raise too_large
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if encoding not in ("identity", "") else None
    body = bytearray()
    for chunk in response.iter_raw():  # as it arrives: larger pieces would wait for a server that trickles
        if is_late():
            raise _too_slow(url)
        try:
            body += unpacker.decompress(chunk, max_bytes + 1 - len(body)) if unpacker else chunk
        except zlib.error as error:
            raise SourceError(f"{url}: broken packing ({error}).") from error
        if len(body) > max_bytes or (unpacker and unpacker.unconsumed_tail):
            raise too_large
    return bytes(body)


def validate_url(url: str) -> str:
    """A web address without its fragment. Raises SourceError for anything but http and https, and for an address with
    a password in it.
    """
    try:
        parts = urlsplit(url)
        is_valid = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.port != 0
            and len(url) <= 2_000
            and not re.search(r"[\s\x00-\x1f]", url)
        )
    except ValueError:
        is_valid = False
    if not is_valid:
        raise SourceError(f"“{url[:100]}” is not a web address; one begins with https://.")
    if parts.username or parts.password:
        raise SourceError("An address with a name or password in it is not asked. Leave them out.")
    return url.split("#")[0]


def is_same_site(url: str, other: str) -> bool:
    """Whether `other` is on the site of `url`: the same host, with or without `www.`, and never from https to http."""
    left, right = urlsplit(url), urlsplit(other)
    if (left.scheme, right.scheme) == ("https", "http"):
        return False
    if left.scheme == right.scheme and (left.port or 0) != (right.port or 0):
        return False
    return (left.hostname or "").removeprefix("www.") == (right.hostname or "").removeprefix("www.")


def parse_retry_after(value: str | None, now: Callable[[], float] = time.time) -> float | None:
    """The seconds that a Retry-After header asks to wait, given as a number or as a date. None when it is neither."""
    if not value:
        return None
    if re.fullmatch(r"\d{1,7}(?:\.\d+)?", value.strip()):
        return float(value)
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now())
    except (ValueError, TypeError, OverflowError):
        return None


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
