"""A client of a chat endpoint that speaks OpenAI's protocol: one question, one answer, within limits, and each failure
in a sentence. Neither the key nor what the server says about it is ever shown or logged.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.errors import SourceError
from bot.ingest.fetch import USER_AGENT, parse_retry_after, read_body, ssl_context, validate_url

MAX_BYTES = 300_000  # of one answer; forty phrasings have some 3,000
MAX_SECONDS = 120.0  # for one answer, however slowly it arrives
CONNECT_TIMEOUT, READ_TIMEOUT, CHECK_TIMEOUT = 10.0, 60.0, 10.0  # seconds
MAX_ANSWER_TOKENS = 4_000
_ENDING = "/chat/completions"


class EndpointError(SourceError):
    """The endpoint gave no answer. `lasting`: asking again will not help before a setting is changed. `retry_after`:
    the seconds that it asks to wait.
    """

    def __init__(self, text: str, lasting: bool = False, retry_after: float | None = None) -> None:
        super().__init__(text)
        self.lasting, self.retry_after = lasting, retry_after


@dataclass
class ChatClient:
    """Asks one endpoint. `url` is its base, such as https://api.openai.com/v1, with or without /chat/completions.

    An address that would show the key to anybody on the way is not asked.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    max_bytes: int = MAX_BYTES
    max_seconds: float = MAX_SECONDS
    read_timeout: float = READ_TIMEOUT
    monotonic: Callable[[], float] = time.monotonic
    _limit_name: str = "max_tokens"  # what the endpoint calls the most that it may write

    def complete(self, instructions: str, question: str) -> str:
        """The endpoint's answer as text. Raises EndpointError."""
        status, answer, wait = self._ask(instructions, question)
        if status == 400 and self._limit_name in json.dumps(answer):  # newer models call it otherwise
            self._limit_name = "max_completion_tokens"
            status, answer, wait = self._ask(instructions, question)
        if status != 200:
            raise self._refusal(status, wait)
        text = _answer_text(answer)
        if not text:
            raise EndpointError(f"{self._shown} answered without a text.")
        return text

    def model_names(self) -> list[str] | None:
        """The models that the endpoint offers; None where it does not say. Raises EndpointError where it refuses."""
        status, answer, wait = self._request("GET", "/models", None, CHECK_TIMEOUT)
        if status in (404, 405, 501):
            return None
        if status != 200:
            raise self._refusal(status, wait)
        models = answer.get("data") if isinstance(answer, dict) else None
        if not isinstance(models, list):
            return None
        return [str(model["id"]) for model in models if isinstance(model, dict) and "id" in model]

    def _base(self) -> str:
        """The address below which everything is. Raises EndpointError where it may not be asked."""
        try:
            base = validate_url(self.url).rstrip("/").removesuffix(_ENDING)
        except SourceError as error:
            raise EndpointError(f"HALO_LLM_URL: {error}", lasting=True) from None
        parts = urlsplit(base)
        if self.key and parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise EndpointError(
                "HALO_LLM_URL has to begin with https:// when HALO_LLM_KEY is set: the key would be sent for anyone to "
                "read.",
                lasting=True,
            )
        return base

    @property
    def _shown(self) -> str:
        parts = urlsplit(self.url)
        return f"The endpoint at {parts.scheme}://{parts.netloc}"

    def _ask(self, instructions: str, question: str) -> tuple[int, Any, float | None]:
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": question}]
        body = {"model": self.model, "messages": messages, self._limit_name: MAX_ANSWER_TOKENS}
        return self._request("POST", _ENDING, body, self.read_timeout)

    def _request(self, method: str, path: str, body: Any, read_timeout: float) -> tuple[int, Any, float | None]:
        """One request: status, JSON (None where it is none), and how many seconds the server asks to wait."""
        import httpx2

        base, started = self._base(), self.monotonic()
        max_seconds = min(self.max_seconds, read_timeout) if method == "GET" else self.max_seconds
        headers = {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        timeout = httpx2.Timeout(read_timeout, connect=CONNECT_TIMEOUT)
        try:
            with (
                httpx2.Client(timeout=timeout, follow_redirects=False, verify=ssl_context()) as client,
                client.stream(method, base + path, json=body, headers=headers) as response,
            ):
                data = read_body(
                    response, self._shown, self.max_bytes, lambda: self.monotonic() - started > max_seconds
                )
                return response.status_code, _parse(data), parse_retry_after(response.headers.get("retry-after"))
        except httpx2.TimeoutException:
            raise EndpointError(f"{self._shown} did not answer in time.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeEncodeError) as error:  # a key with letters beyond ASCII
            raise EndpointError(f"{self._shown} cannot be asked ({type(error).__name__}).") from None
        except EndpointError:
            raise
        except SourceError as error:
            raise EndpointError(str(error)) from None

    def _refusal(self, status: int, wait: float | None) -> EndpointError:
        if status in (401, 403):
            return EndpointError(f"{self._shown} refuses us ({status}). Check HALO_LLM_KEY.", lasting=True)
        if status == 429:
            return EndpointError(f"{self._shown} asks us to wait (429).", retry_after=wait)
        if status == 404:
            return EndpointError(
                f"{self._shown} has nothing there (404). Check HALO_LLM_URL, which often ends in /v1, and "
                "HALO_LLM_MODEL.",
                lasting=True,
            )
        if 300 <= status < 400:
            return EndpointError(
                f"{self._shown} leads elsewhere ({status}), and the key is not sent after it. Check HALO_LLM_URL.",
                lasting=True,
            )
        if status < 500 and status not in (408, 409, 425):
            return EndpointError(f"{self._shown} does not take our request ({status}). Check HALO_LLM_MODEL.", True)
        return EndpointError(f"{self._shown} has a fault of its own ({status}).", retry_after=wait)


def _parse(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _answer_text(answer: Any) -> str:
    """The text of the first choice; empty where there is none."""
    try:
        content = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        return ""
    if isinstance(content, list):  # parts, each with a text
        content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""
