"""What a log may hold of a text or an error: no secret, no address with its key, nothing that people wrote.

    redact("Read https://example.com/feed.xml?key=abc: 3 new")   ->  "Read https://example.com/…: 3 new"
    describe_error(KeyError("what somebody typed"))              ->  "KeyError"

Sentences of ours quote what comes from outside, so what stands in quotes is left out. Texts of other errors are left
out as a whole, as they may hold anything; the lines of the traceback show what our own code says.
"""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, unquote, urlsplit

MAX_LENGTH = 1_000  # characters of one message: with a traceback a line fits into what a pipe takes as a whole
MIN_SECRET_LENGTH = 4
LEFT_OUT = "…"

_ADDRESS = re.compile(r"\b([a-z][a-z0-9+.-]{0,30})://([^\s\"'“”<>]+)", re.IGNORECASE)
_ADDRESS_OF_SETTING = re.compile(r"(?<![\w+.-])[\w+.-]{1,60}://[^\s;]+")
_USER = re.compile(r"//[^\s/@]{1,200}@")  # and a password, with any signs in it
_LOCAL = ("sqlite", "file")  # paths on this machine
_QUERY = re.compile(r"([?&][\w.~-]{1,60}=)[^\s&]+")
_ASSIGNED = re.compile(
    r"\b([\w-]{0,40}(?:token|secret|password|passwd|passphrase|[_-]key|api_?key|ticket|signature|authorization|"
    r"trigger_id|response_url|private_metadata|cookie))([\"']?\s{0,3}[=:]\s{0,3}[\"']?)[^\s\"',;)}\]]+",
    re.IGNORECASE,
)
_FORMS = re.compile(
    r"\bxox[a-z](?:\.xox[a-z])?-[\w.-]+"  # Slack's tokens
    r"|\bxapp-[\w-]+"
    r"|\bsk-[\w-]{12,}"  # keys of language models
    r"|\bgh[a-z]_\w{16,}"
    r"|\bAKIA[A-Z0-9]{12,}"
    r"|(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*"  # a signed token
    r"|\bgAAAA[\w-]{20,}=*"  # what Fernet encrypted
    r"|\bv0=[0-9a-f]{16,}"  # a signature of Slack's
    r"|\b\d{6,}\.\d{6,}\.[0-9a-f]{8,}"  # a trigger
    r"|\b(?:bearer|basic)\s+[\w.~+/=-]{6,}"
    r"|[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",  # a mail address
    re.IGNORECASE,
)
_OPENING = re.compile(r"[“«\"]|(?<!\w)b?'")
_CLOSING = re.compile(r"[”»\"]|'(?!\w)")
# What would begin a line of its own, colour a terminal, or turn the order of what is read; and halves of characters.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_BRACKETS = re.compile(r"[{\[<].*[}\]>]|[{\[<].*$")
_SLACK_DETAIL = re.compile(r"(?:: |\s?[({\[<\"']).*$")
_SLACK_CODE = re.compile(r"[a-z][a-z0-9_]{1,60}")


def escape_control(text: str) -> str:
    """The text on one line, its control characters written as in Python."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class Redactor:
    """Leaves out of texts what a log may not hold, among it these secrets."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        found = {form for secret in secrets for form in (secret, quote(secret, safe=""), unquote(secret))}
        longest_first = sorted((one for one in found if len(one) >= MIN_SECRET_LENGTH), key=len, reverse=True)
        self._longest = max(map(len, longest_first), default=0)
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def redact(self, text: str) -> str:
        """What a log may hold of a text, on one line and not too long; a cut is said."""
        shown = text[: 2 * MAX_LENGTH + self._longest]
        if self._secrets:
            shown = self._secrets.sub(LEFT_OUT, shown)
        shown = _ADDRESS.sub(_shape_address, _USER.sub(f"//{LEFT_OUT}@", shown))
        shown = _FORMS.sub(LEFT_OUT, shown)
        shown = _QUERY.sub(rf"\1{LEFT_OUT}", _ASSIGNED.sub(rf"\1\2{LEFT_OUT}", shown))
        shown = _leave_out_quoted(shown)
        if len(text) > MAX_LENGTH:  # at the end may be a part of a secret that was cut in two
            shown = f"{shown[: min(MAX_LENGTH, max(0, len(shown) - self._longest))]}… (cut: {len(text):,} characters)"
        return escape_control(shown)


def redact(text: str) -> str:
    """The same without secrets that are known."""
    return Redactor().redact(text)


def secrets_in(texts: Iterable[str]) -> set[str]:
    """What is secret in addresses: names, passwords, the values of a query, and parts of a path that look like keys."""
    found: set[str] = set()
    for text in texts:
        for address in _ADDRESS_OF_SETTING.findall(text):
            rest = address.split("://", 1)[1]
            user, at, _ = rest.rpartition("@")
            if at:
                found |= {user, *user.split(":", 1)[1:]}
            try:
                parts = urlsplit(address)
            except ValueError:
                continue
            found |= {value for _, value in parse_qsl(parts.query)} | {parts.query}
            found |= {part for part in parts.path.split("/") if len(part) >= 12 and re.search(r"\d", part)}
    return {one for one in found if len(one) >= MIN_SECRET_LENGTH}


def describe_error(error: BaseException) -> str:
    """An error for a log: its type, and of its text what is known to be ours, the system's, or a code."""
    name, detail = type(error).__name__, _error_detail(error)
    if getattr(error, "is_sentence", False):
        return detail
    return f"{name}: {detail}" if detail else name


def _error_detail(error: BaseException, depth: int = 0) -> str:
    if getattr(error, "is_sentence", False):  # ours, which quotes what comes from outside
        return str(error)
    inner = getattr(error, "orig", None) or getattr(error, "reason", None)  # of SQLAlchemy, of urllib
    if isinstance(inner, BaseException) and depth < 3:
        return ": ".join(filter(None, (type(inner).__name__, _error_detail(inner, depth + 1))))
    if isinstance(error, OSError):
        return error.strerror or "" if error.errno is not None else ""
    for attribute in ("sqlite_errorname", "sqlstate"):
        if isinstance(code := getattr(error, attribute, None), str):
            return code
    answer = getattr(error, "response", None)  # of Slack
    code = answer.get("error") if answer is not None and hasattr(answer, "get") else None
    return code if isinstance(code, str) and _SLACK_CODE.fullmatch(code) else ""


def shorten_foreign(message: str, error: BaseException | None, is_slack: bool) -> str:
    """A library's message without what it may have put into it: it quotes whole requests, answers and errors."""
    if error is not None and (text := str(error)):
        message = message.replace(text, LEFT_OUT)
    message = next(iter(message.strip().splitlines()), "")[: 2 * MAX_LENGTH]
    return _SLACK_DETAIL.sub(f" {LEFT_OUT}", message) if is_slack else _BRACKETS.sub(LEFT_OUT, message)


def _shape_address(found: re.Match[str]) -> str:
    """`https://example.com/…/…`: where it leads, and how deep."""
    scheme, rest = found[1], found[2]
    if scheme.lower() in _LOCAL:
        return found[0]
    host, *path = re.split(r"[/?#]", rest.rpartition("@")[2], maxsplit=1)
    depth = path[0].split("?")[0].strip("/").count("/") + 1 if path and path[0] else 0
    end = "".join(re.findall(r"[.,:;)]+$", rest)) if path else ""
    return f"{scheme}://{host}{f'/{LEFT_OUT}' * min(depth, 4)}{end}"


def _leave_out_quoted(text: str) -> str:
    """The text without what stands between its first and its last quotes: what is quoted may have quotes in it. What
    was cut before its closing quote has none.
    """
    if (opening := _OPENING.search(text)) is None:
        return text
    end = max((closing.end() for closing in _CLOSING.finditer(text, opening.end())), default=len(text))
    if _OPENING.search(text, end):
        end = len(text)
    return f"{text[: opening.start()]}“{LEFT_OUT}”{text[end:]}"
