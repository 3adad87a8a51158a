"""Fetching pages and feeds politely: one request at a time, with a name of our own, robots.txt, ETag and Last-Modified,
backoff, and limits on size, time and redirects. Each failure is a SourceError that says what happened.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from bot import __version__
from bot.errors import SourceError
from bot.ingest.body import read_body, ssl_context

if TYPE_CHECKING:
    import httpx

USER_AGENT = f"halobot/{__version__} (reads HaloPSA release notes for a team's catalogue)"
MAX_BYTES = 20_000_000  # bytes once unpacked
MAX_SECONDS = 45.0  # seconds for one document, however it trickles
CONNECT_TIMEOUT, READ_TIMEOUT = 10.0, 15.0
MAX_REDIRECTS = 5
MAX_ATTEMPTS = 3
MAX_RETRY_AFTER_SECONDS = 60.0  # a server that asks for more is left for the next time
_TRANSIENT_STATUSES = {408, 425, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class FetchedDocument:
    """A document from the web; `data` is None when the server says that it is as it was."""

    url: str
    data: bytes | None
    content_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass
class Fetcher:
    """One request at a time. `sleep` and `monotonic` are arguments so that tests need not wait."""

    public_only: bool = False  # addresses given by people in Slack: no request may reach our own network
    pause: float = 1.0  # seconds between two requests to the same host
    max_bytes: int = MAX_BYTES
    max_seconds: float = MAX_SECONDS
    read_timeout: float = READ_TIMEOUT
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, url: str, etag: str | None = None, last_modified: str | None = None) -> FetchedDocument:
        """The document at an address, or word that it is unchanged. Raises SourceError."""
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": "text/html, application/xml, application/json, text/*;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip",
        }
        headers |= {
            name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value
        }
        with self._lock, self._client() as client:
            address = validate_url(url)
            for _ in range(MAX_REDIRECTS + 1):
                self._ask_robots(client, address)
                found = self._tried(client, address, headers)
                if isinstance(found, FetchedDocument):
                    return found
                target = validate_url(urljoin(address, found))
                if not is_same_site(address, target):
                    raise SourceError(
                        f"{url} leads to another site ({urlsplit(target).hostname}). Name that address itself if you trust it."
                    )
                address = target
        raise SourceError(f"{url} leads from page to page without end.")

    @contextmanager
    def _client(self) -> "Iterator[httpx.Client]":
        import httpx

        from bot.ingest.public_addresses import public_transport

        timeout = httpx.Timeout(self.read_timeout, connect=CONNECT_TIMEOUT)
        with httpx.Client(
            timeout=timeout,
            follow_redirects=False,
            verify=ssl_context(),
            transport=public_transport() if self.public_only else None,
        ) as client:
            yield client

    def _tried(self, client: "httpx.Client", url: str, headers: dict[str, str]) -> FetchedDocument | str:
        """The document, or where it moved to; after a passing failure once more, and once more again."""
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                return self._once(client, url, headers)
            except _TransientError as failure:
                wait = failure.wait if failure.wait is not None else 2.0**attempt
                if attempt == MAX_ATTEMPTS or wait > MAX_RETRY_AFTER_SECONDS:
                    asked = f" It asks to wait {wait:.0f} seconds." if wait > MAX_RETRY_AFTER_SECONDS else ""
                    raise SourceError(f"{url}: {failure}.{asked}") from failure
                self.sleep(wait)
        raise SourceError(f"{url}: no answer.")

    def _once(self, client: "httpx.Client", url: str, headers: dict[str, str]) -> FetchedDocument | str:
        import httpx

        self._wait_for_turn(url)
        started = self.monotonic()
        try:
            with client.stream("GET", url, headers=headers) as response:
                status = response.status_code
                if status == 304:
                    return FetchedDocument(
                        url, None, etag=headers.get("If-None-Match"), last_modified=headers.get("If-Modified-Since")
                    )
                if status in (301, 302, 303, 307, 308) and response.headers.get("location"):
                    return response.headers["location"]
                if status in _TRANSIENT_STATUSES:
                    raise _TransientError(
                        f"the server answers {status}", parse_retry_after(response.headers.get("retry-after"))
                    )
                if status != 200:
                    hint = {
                        401: "it wants a sign-in",
                        403: "it refuses us",
                        404: "there is nothing at this address",
                        410: "it is gone for good",
                    }
                    raise SourceError(f"{url}: the server answers {status} ({hint.get(status, 'not a document')}).")
                data = read_body(response, url, self.max_bytes, lambda: self.monotonic() - started > self.max_seconds)
                return FetchedDocument(
                    url, data, response.headers.get("content-type", "").split(";")[0].strip().lower(),
                    response.charset_encoding,
                    response.headers.get("etag"), response.headers.get("last-modified"),
                )  # fmt: skip
        except httpx.TimeoutException as error:
            raise _TransientError("no answer in time") from error
        except httpx.TransportError as error:
            raise _TransientError(f"the connection failed ({str(error)[:120] or type(error).__name__})") from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise SourceError(f"{url}: not an address that can be asked ({error}).") from error

    def _wait_for_turn(self, url: str) -> None:
        host = urlsplit(url).netloc
        robots = self._robots.get(_site(url))
        pause = max(self.pause, min(float(robots.crawl_delay(USER_AGENT) or 0), 30.0) if robots else 0.0)
        if (last := self._last.get(host)) is not None and (rest := last + pause - self.monotonic()) > 0:
            self.sleep(rest)
        self._last[host] = self.monotonic()

    def _ask_robots(self, client: "httpx.Client", url: str) -> None:
        """Read the site's robots.txt once, and keep to it. A site without one allows everything; one that fails to
        answer, nothing for now.
        """
        site = _site(url)
        robots = self._robots.get(site)
        if robots is None:
            robots = RobotFileParser()
            try:
                answer: FetchedDocument | str = f"{site}/robots.txt"
                for _ in range(MAX_REDIRECTS):
                    target = validate_url(urljoin(site, str(answer)))
                    answer = (
                        self._tried(client, target, {"User-Agent": USER_AGENT})
                        if is_same_site(site, target)
                        else FetchedDocument(target, b"")
                    )
                    if isinstance(answer, FetchedDocument):
                        break
                text = (answer.data or b"").decode("utf-8", "replace") if isinstance(answer, FetchedDocument) else ""
            except SourceError as error:
                if not re.search(r"answers 4\d\d", str(error)) or "answers 429" in str(error):
                    raise SourceError(
                        f"{site}/robots.txt could not be read, so nothing else was asked for ({error})"
                    ) from error
                text = ""
            robots.parse(text[:500_000].splitlines())
            self._robots[site] = robots
        if not robots.can_fetch(USER_AGENT, url):
            raise SourceError(f"{url}: the site's robots.txt asks programs not to read this.")


class _TransientError(Exception):
    """A failure that may be over in a moment."""

    def __init__(self, said: str, wait: float | None = None) -> None:
        super().__init__(said)
        self.wait = wait


def validate_url(url: str) -> str:
    """A web address as it may be asked. Raises SourceError for any other."""
    try:
        parts = urlsplit(url)
        good = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and len(url) <= 2_000
            and not re.search(r"[\s\x00-\x1f]", url)
        )
        if parts.port == 0:
            good = False
    except ValueError:
        good = False
    if not good:
        raise SourceError(f"“{url[:100]}” is not a web address; one begins with https://.")
    if urlsplit(url).username or urlsplit(url).password:
        raise SourceError("An address with a name or password in it is not asked. Leave them out.")
    return url.split("#")[0]


def is_same_site(url: str, other: str) -> bool:
    """Whether two addresses are the same site: its name, with or without `www.`, and never from https back to http."""
    left, right = urlsplit(url), urlsplit(other)
    if (left.scheme, right.scheme) == ("https", "http"):
        return False
    ports_differ = (left.port or 0) != (right.port or 0) and left.scheme == right.scheme
    return (left.hostname or "").removeprefix("www.") == (right.hostname or "").removeprefix(
        "www."
    ) and not ports_differ


def parse_retry_after(value: str | None, now: Callable[[], float] = time.time) -> float | None:
    """The seconds that a server asks to wait, given as a number or as a date."""
    if not value:
        return None
    if re.fullmatch(r"\d{1,7}(?:\.\d+)?", value.strip()):
        return float(value)
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now())
    except (ValueError, TypeError, OverflowError):
        return None


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
