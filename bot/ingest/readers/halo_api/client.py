"""A signed-in HTTP client of one Halo tenant: OAuth client credentials, paging, limits, and refusals in words.

    api = HaloApi("https://acme.halopsa.com", client_id, client_secret)
    for release in api.iter_records("VersionInfo"): ...

What a live tenant answers has not been recorded; the shapes follow the names that Halo publishes. So every shape that
these names allow is accepted, and `halobot sources probe` shows the real one.
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

PAGE_SIZE = 50
MAX_PAGES = 400
MAX_BYTES = 20_000_000  # bytes of one response
MAX_SECONDS = 60.0  # seconds for one response
MAX_ATTEMPTS = 5
# Halo's own domains: a tenant may sign in at one of them.
HALO_DOMAINS = ("halopsa.com", "haloservicedesk.com", "haloitsm.com", "halosoftware.com", "usehalo.com")
SCOPES = ("read:software", "all")
# How an object calls the list of records in it.
RECORD_LISTS = frozenset(
    "versioninfo versions releases releasenotes release_notes notes groups records items data results".split()
)


@dataclass(frozen=True, slots=True)
class ApiResponse:
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
    max_bytes: int = MAX_BYTES
    max_seconds: float = MAX_SECONDS
    read_timeout: float = 30.0
    scope: str | None = None  # the one that was granted
    _token: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.base = validate_url(self.base).rstrip("/").removesuffix("/api")
        if not _is_private(self.base):
            raise SourceError(
                f"HALO_API_URL has to begin with https:// ({self.base[:100]} does not): "
                "the client secret would be sent for anyone to read."
            )

    def get(self, path: str, parameters: dict[str, str | int] | None = None) -> ApiResponse:
        """One GET below `/api`. Signs in when needed, once more on 401; waits when told to. Raises SourceError."""
        again = True
        for attempt in range(1, MAX_ATTEMPTS + 1):
            self._token = self._token or self.sign_in()
            response, wait = self._request(
                "GET", f"{self.base}/api/{path}", parameters, None, {"Authorization": f"Bearer {self._token}"}
            )
            if response.status == 401 and again:
                again, self._token = False, None
            elif response.status == 429 or response.status >= 500:
                pause = min(60.0, wait if wait is not None else 5.0 * 2 ** (attempt - 1))
                if attempt == MAX_ATTEMPTS:
                    raise SourceError(
                        f"{self.base}/api/{path}: the server answers {response.status}, {MAX_ATTEMPTS} times over. "
                        "It is tried again later."
                    )
                self.sleep(pause)
            else:
                return response
        return response

    def iter_records(self, path: str, parameters: dict[str, str | int] | None = None) -> Iterator[Any]:
        """All records of a list, whether the tenant pages it, wraps it in an object, or gives it bare. Raises
        SourceError when it refuses.
        """
        seen: set[str] = set()
        count = 0
        for page in range(1, MAX_PAGES + 1):
            paging: dict[str, str | int] = {"pageinate": "true", "page_size": PAGE_SIZE, "page_no": page}
            response = self.get(path, {**(parameters or {}), **paging})
            if response.status != 200:
                raise SourceError(f"{self.base}/api/{path}: {explain_refusal(response, self.scope)}")
            if not isinstance(response.value, list | dict):
                raise SourceError(
                    f"{self.base}/api/{path}: the answer is no JSON (a page that says maintenance, perhaps). "
                    "It is tried again later."
                )
            records = find_records(response.value)
            texts = {json.dumps(record, sort_keys=True, default=str) for record in records}
            if not records or texts <= seen:  # the end, or a server that knows no pages and gives the same again
                return
            seen |= texts
            count += len(records)
            yield from records
            total = response.value.get("record_count") if isinstance(response.value, dict) else None
            if (count >= total) if isinstance(total, int) else (len(records) != PAGE_SIZE):
                return

    def sign_in(self) -> str:
        """Get an access token for the client's secret, and keep it for later requests. Raises SourceError that says
        why Halo refused.
        """
        response, _ = self._request("GET", f"{self.base}/api/authinfo", None, None, {})
        info = response.value if response.status == 200 and isinstance(response.value, dict) else {}
        tenant = str(info.get("tenant_id") or "")
        auth_url = info.get("auth_url")
        is_usable = isinstance(auth_url, str) and self._is_trusted(auth_url)
        addresses = [f"{str(auth_url).rstrip('/')}/token"] if is_usable else []
        refused: list[str] = []
        for address in dict.fromkeys([*addresses, f"{self.base}/auth/token"]):
            for scope in SCOPES:
                form = {
                    "grant_type": "client_credentials",
                    "client_id": self.client_id,
                    "client_secret": self.client_secret,
                    "scope": scope,
                }
                response, _ = self._request("POST", address, {"tenant": tenant} if tenant else None, form, {})
                token = response.value.get("access_token") if isinstance(response.value, dict) else None
                if response.status == 200 and isinstance(token, str) and token:
                    self.scope, self._token = scope, token
                    return token
                refused.append(self._explain_sign_in_refusal(response, scope))
                if response.status in (404, 405):
                    break
        raise SourceError(f"Halo did not sign us in at {self.base}: {'; '.join(dict.fromkeys(refused))}.")

    def _is_trusted(self, address: str) -> bool:
        """Whether the secret may go there: to the tenant's own site, or to one of Halo's over https."""
        try:
            target = validate_url(address)
        except SourceError:
            return False
        host = urlsplit(target).hostname or ""
        if is_same_site(self.base, target):
            return _is_private(target)
        return urlsplit(target).scheme == "https" and any(
            host == domain or host.endswith("." + domain) for domain in HALO_DOMAINS
        )

    @staticmethod
    def _explain_sign_in_refusal(response: ApiResponse, scope: str) -> str:
        """Why Halo gave no token, and what to do about it."""
        answer = response.value if isinstance(response.value, dict) else {}
        code, said = (re.sub(r"[^\w .,:'-]", " ", str(answer.get(name) or "")).strip()[:150]
                      for name in ("error", "error_description"))  # fmt: skip
        error = " ".join(filter(None, (code, f"“{said}”" if said else "")))
        if re.search(r"assertion|jwt", error, re.IGNORECASE):
            return (
                "the tenant wants a JWT assertion (possible since v2.216), which we do not send; "
                f"allow plain client secrets for this application ({error})"
            )
        if "scope" in error:
            return f"the scope {scope} was refused ({error}); give the API application read:software"
        if "client" in error or response.status in (400, 401, 403):
            return (
                f"the client ID or secret was refused ({error or response.status}); "
                "check HALO_API_CLIENT_ID and HALO_API_CLIENT_SECRET"
            )
        return f"{response.status} from the sign-in address{f' ({error})' if error else ''}"

    def _request(
        self,
        method: str,
        url: str,
        parameters: dict[str, Any] | None,
        form: dict[str, str] | None,
        headers: dict[str, str],
    ) -> tuple[ApiResponse, float | None]:
        """One request: its response, and how many seconds the server asks to wait."""
        import httpx2

        started = self.monotonic()
        sent = {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip", **headers}
        try:
            with (
                httpx2.Client(
                    timeout=httpx2.Timeout(self.read_timeout, connect=10.0),
                    follow_redirects=False,
                    verify=ssl_context(),
                ) as client,
                client.stream(method, url, params=parameters, data=form, headers=sent) as response,
            ):
                body = read_body(response, url, self.max_bytes, lambda: self.monotonic() - started > self.max_seconds)
                wait = parse_retry_after(response.headers.get("retry-after"))
                return ApiResponse(response.status_code, parse_body(body)), wait
        except httpx2.TimeoutException as error:
            raise SourceError(f"{url}: no answer in time.") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise SourceError(
                f"{url}: the connection failed ({str(error)[:120] or type(error).__name__}). Check HALO_API_URL."
            ) from error


def _is_private(address: str) -> bool:
    """Whether nobody else can read what is sent there: https, or this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1")


def explain_refusal(response: ApiResponse, scope: str | None) -> str:
    """Why an endpoint gave nothing, and what to do about it."""
    if response.status in (401, 403):
        return (
            f"refused ({response.status}) with the scope {scope}. "
            "Give the API application read:software, and its agent the right to see releases."
        )
    if response.status == 404:
        return "not there (404). This tenant may not have it; `halobot sources probe` shows what it has."
    if 300 <= response.status < 400:
        return (
            f"it leads elsewhere ({response.status}), and the token is not sent after it. "
            "Put the address that it leads to into HALO_API_URL."
        )
    return f"the server answers {response.status}."


def parse_body(body: bytes) -> Any:
    """What a response says; None where it is no JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def find_records(value: Any) -> list[Any]:
    """The records of a response: a bare list, or the list in an object, by a known name or else the only one."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return []
    named = [value[name] for name in value if name.lower() in RECORD_LISTS and isinstance(value[name], list)]
    lists = named or [part for part in value.values() if isinstance(part, list)]
    return lists[0] if lists else []
