"""Halo's own release notes, by its API. Nobody has recorded what a tenant really answers (shared/halo-api), so this
reader is tolerant: it takes every shape that the published names allow, and says what it could not map. `halobot
sources probe` shows the real one.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.errors import SourceError
from bot.ingest.fetch import USER_AGENT, is_same_site, parse_retry_after, read_body, ssl_context, validate_url

PAGE = 50
MOST_PAGES = 400
LARGEST = 20_000_000  # bytes of one answer
LONGEST = 60.0  # seconds for one answer
TRIES = 5
MAKERS = (
    "halopsa.com",
    "haloservicedesk.com",
    "haloitsm.com",
    "halosoftware.com",
    "usehalo.com",
)  # where tenants sign in, too
SCOPES = ("read:software", "all")
LISTS = (
    "versioninfo",
    "versions",
    "releases",
    "releasenotes",
    "release_notes",
    "notes",
    "groups",
    "records",
    "items",
    "data",
    "results",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answered: JSON, or None where there was none."""

    status: int
    value: Any


@dataclass
class HaloApi:
    """A signed-in reader of one tenant. One request at a time; `sleep` and `monotonic` are arguments so that tests need
    not wait.
    """

    base: str
    client_id: str
    client_secret: str = field(repr=False)
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    largest: int = LARGEST
    longest: float = LONGEST
    read_timeout: float = 30.0
    scope: str | None = None  # the one that was granted
    _token: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.base = validate_url(self.base).rstrip("/").removesuffix("/api")
        if not _kept_secret(self.base):
            raise SourceError(
                f"HALO_API_URL has to begin with https:// ({self.base[:100]} does not): the client secret would be sent for anyone to read."
            )

    def get(self, path: str, parameters: dict[str, str | int] | None = None) -> Answer:
        """One GET below `/api`. Signs in when needed, once more on 401; waits when told to. Raises SourceError."""
        again = True
        for attempt in range(1, TRIES + 1):
            self._token = self._token or self.sign_in()
            answer, wait = self._request(
                "GET", f"{self.base}/api/{path}", parameters, None, {"Authorization": f"Bearer {self._token}"}
            )
            if answer.status == 401 and again:
                again, self._token = False, None
            elif answer.status == 429 or answer.status >= 500:
                pause = min(60.0, wait if wait is not None else 5.0 * 2 ** (attempt - 1))
                if attempt == TRIES:
                    raise SourceError(
                        f"{self.base}/api/{path}: the server answers {answer.status}, {TRIES} times over. It is tried again later."
                    )
                self.sleep(pause)
            else:
                return answer
        return answer

    def pages(self, path: str, parameters: dict[str, str | int] | None = None) -> Iterator[Any]:
        """All records of a list, whether the tenant pages it, wraps it in an object, or gives it bare."""
        seen: set[str] = set()
        count = 0
        for page in range(1, MOST_PAGES + 1):
            answer = self.get(path, {**(parameters or {}), "pageinate": "true", "page_size": PAGE, "page_no": page})
            if answer.status != 200:
                raise SourceError(f"{self.base}/api/{path}: {refusal(answer, self.scope)}")
            if not isinstance(answer.value, list | dict):
                raise SourceError(
                    f"{self.base}/api/{path}: the answer is no JSON (a page that says maintenance, perhaps). It is tried again later."
                )
            records = records_in(answer.value)
            marks = {json.dumps(record, sort_keys=True, default=str) for record in records}
            if not records or marks <= seen:  # the end, or a server that knows no pages and gives the same again
                return
            seen |= marks
            count += len(records)
            yield from records
            total = answer.value.get("record_count") if isinstance(answer.value, dict) else None
            if (count >= total) if isinstance(total, int) else (len(records) != PAGE):
                return

    def sign_in(self) -> str:
        """A token, by the client's secret, kept for what is asked next. Raises SourceError that says why Halo
        refused.
        """
        info, _ = self._request("GET", f"{self.base}/api/authinfo", None, None, {})
        said = info.value if info.status == 200 and isinstance(info.value, dict) else {}
        tenant = str(said.get("tenant_id") or "")
        addresses = (
            [f"{str(said['auth_url']).rstrip('/')}/token"]
            if isinstance(said.get("auth_url"), str) and self._trusted(said["auth_url"])
            else []
        )
        refused: list[str] = []
        for address in dict.fromkeys([*addresses, f"{self.base}/auth/token"]):
            for scope in SCOPES:
                form = {
                    "grant_type": "client_credentials",
                    "client_id": self.client_id,
                    "client_secret": self.client_secret,
                    "scope": scope,
                }
                answer, _ = self._request("POST", address, {"tenant": tenant} if tenant else None, form, {})
                token = answer.value.get("access_token") if isinstance(answer.value, dict) else None
                if answer.status == 200 and isinstance(token, str) and token:
                    self.scope, self._token = scope, token
                    return token
                refused.append(self._why_refused(answer, scope))
                if answer.status in (404, 405):
                    break
        raise SourceError(f"Halo did not sign us in at {self.base}: {'; '.join(dict.fromkeys(refused))}.")

    def _trusted(self, address: str) -> bool:
        """The secret goes to the tenant's own site, or to another of its maker's over https, and nowhere else."""
        try:
            target = validate_url(address)
        except SourceError:
            return False
        host = urlsplit(target).hostname or ""
        if is_same_site(self.base, target):
            return _kept_secret(target)
        return urlsplit(target).scheme == "https" and any(
            host == maker or host.endswith("." + maker) for maker in MAKERS
        )

    @staticmethod
    def _why_refused(answer: Answer, scope: str) -> str:
        said = answer.value if isinstance(answer.value, dict) else {}
        error = re.sub(r"[^\w .,:'-]", " ", f"{said.get('error', '')} {said.get('error_description', '')}").strip()[
            :200
        ]
        if re.search(r"assertion|jwt", error, re.IGNORECASE):
            return f"the tenant wants a JWT assertion (possible since v2.216), which we do not send; allow plain client secrets for this application ({error})"
        if "scope" in error:
            return f"the scope {scope} was refused ({error}); give the API application read:software"
        if "client" in error or answer.status in (400, 401, 403):
            return f"the client ID or secret was refused ({error or answer.status}); check HALO_API_CLIENT_ID and HALO_API_CLIENT_SECRET"
        return f"{answer.status} from the sign-in address{f' ({error})' if error else ''}"

    def _request(
        self,
        method: str,
        url: str,
        parameters: dict[str, Any] | None,
        form: dict[str, str] | None,
        headers: dict[str, str],
    ) -> tuple[Answer, float | None]:
        """One request, its JSON, and how long the server asks to wait."""
        import httpx

        started = self.monotonic()
        sent = {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip", **headers}
        try:
            with (
                httpx.Client(
                    timeout=httpx.Timeout(self.read_timeout, connect=10.0), follow_redirects=False, verify=ssl_context()
                ) as client,
                client.stream(method, url, params=parameters, data=form, headers=sent) as response,
            ):
                body = read_body(response, url, self.largest, lambda: self.monotonic() - started > self.longest)
                return Answer(response.status_code, _json(body)), parse_retry_after(response.headers.get("retry-after"))
        except httpx.TimeoutException as error:
            raise SourceError(f"{url}: no answer in time.") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceError(
                f"{url}: the connection failed ({str(error)[:120] or type(error).__name__}). Check HALO_API_URL."
            ) from error


def _kept_secret(address: str) -> bool:
    """Whether what is sent there stays between us: https, or this very machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1")


def refusal(answer: Answer, scope: str | None) -> str:
    """Why an endpoint gave nothing, in words."""
    if answer.status in (401, 403):
        return f"refused ({answer.status}) with the scope {scope}. Give the API application read:software, and its agent the right to see releases."
    if answer.status == 404:
        return "not there (404). This tenant may not have it; `halobot sources probe` shows what it has."
    if 300 <= answer.status < 400:
        return f"it leads elsewhere ({answer.status}), and the token is not sent after it. Put the address that it leads to into HALO_API_URL."
    return f"the server answers {answer.status}."


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def records_in(value: Any) -> list[Any]:
    """The records of an answer: a bare list, or the list in an object, by a known name or else the only one."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return []
    named = [value[name] for name in value if name.lower() in LISTS and isinstance(value[name], list)]
    lists = named or [part for part in value.values() if isinstance(part, list)]
    return lists[0] if lists else []
