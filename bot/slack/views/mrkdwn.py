"""Text in Slack's mrkdwn. Everything that people or sources wrote passes through `escape` before it is shown, and
addresses through `link` or `safe_url`.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable

from bot.slack.views.limits import MAX_BUTTON_URL, MAX_LINK, MAX_TITLE, truncate

# Signs that look like those that Slack formats with: mrkdwn has no way to escape these.
_LOOK_ALIKES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
# A sign in the middle of a word or alone between blanks formats nothing, so `some_setting` and `3 * 4` stay.
_SIGN = re.compile(r"(?<=[^\W_])[*_~](?=[^\W_])|(?<=\s)[*_~](?=\s)|(?P<sign>[*_~`])")
_SIGNS = frozenset(_LOOK_ALIKES)  # most texts have none
_QUOTE = re.compile(r"^([ \t]*)>", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f]+", re.IGNORECASE)
_IN_ADDRESS = str.maketrans({"<": "%3C", ">": "%3E", "|": "%7C", '"': "%22", "`": "%60"})
CHANNEL_IN_NOTE = re.compile(r"<#([A-Z0-9]{1,30})>")
_PERSON, _CHANNEL = re.compile(r"[UW][A-Za-z0-9_]{1,40}"), re.compile(r"[CGD][A-Za-z0-9_]{1,40}")
_ADDRESSES_IN_TEXT = re.compile(r"(https?://\S+)")


def escape(text: str) -> str:
    """A text of people or sources, so that it mentions nobody, links nowhere and formats nothing."""
    if not _SIGNS.isdisjoint(text):
        text = _SIGN.sub(_look_alike, text)
    if ">" in text:
        text = _QUOTE.sub(r"\1›", text)
    return escape_entities(text)


def escape_sentence(text: str) -> str:
    """The same for a sentence of ours that may quote somebody: what is in backticks stays code."""
    return escape_entities(_SIGN.sub(lambda match: match[0] if match[0] == "`" else _look_alike(match), text))


def escape_entities(text: str) -> str:
    """The text with &, < and > escaped only: for code, and for what is read back with `unescape`."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """A text with Slack's three entities as the characters they stand for."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escape_within(text: str, limit: int, how: Callable[[str], str] = escape) -> str:
    """Escaped text of at most `limit` characters. It is truncated before it is escaped: no `&amp;` is cut in two."""
    kept = limit
    while len(escaped := how(truncate(text, kept))) > limit:
        kept = min(kept - 1, kept * limit // len(escaped))
    return escaped


def bold(text: str) -> str:
    """Escaped and bold. An asterisk in the text would end the bold early, so it becomes `∗`."""
    return f"*{escape_within(text.replace('*', '∗'), MAX_TITLE)}*"


def person_link(user: str) -> str:
    """A mention of a person by their id in Slack."""
    return f"<@{user}>" if _PERSON.fullmatch(user) else "somebody"


def channel_start(channel: str) -> str:
    """A channel as `channel_link` writes it, where it begins a sentence."""
    return "_Our conversation_" if channel.startswith("D") else channel_link(channel)


def channel_link(channel: str) -> str:
    """A channel by its id in Slack. Direct messages have no link, and only the person themselves reads of them."""
    if channel.startswith("D"):
        return "_our conversation_"
    return f"<#{channel}>" if _CHANNEL.fullmatch(channel) else "a channel"


def note_text(note: str, limit: int = 1_500) -> str:
    """A sentence of ours, escaped but for the channels in it, which are written as `<#C1>`."""
    parts = CHANNEL_IN_NOTE.split(note[:limit])
    shown = [channel_link(part) if at % 2 else escape_sentence(part) for at, part in enumerate(parts)]
    return "".join([channel_start(parts[1]), *shown[2:]] if shown[1:] and not parts[0] else shown)


def safe_url(url: str | None, limit: int = MAX_BUTTON_URL) -> str:
    """An address that came from outside, as a button may carry it; empty unless it is of http or https and not too
    long.
    """
    kept = (url or "").strip().translate(_IN_ADDRESS)
    return kept if len(kept) <= limit and _ADDRESS.fullmatch(kept) else ""


def link(url: str | None, label: str) -> str:
    """A link with an escaped label, or the label alone where there is no address that may be one."""
    address = escape_entities(safe_url(url, MAX_LINK))
    return f"<{address}|{escape(label)}>" if address else escape(label)


def with_links(text: str) -> str:
    """A sentence of ours, escaped, in which addresses are links."""
    parts = _ADDRESSES_IN_TEXT.split(text)
    return "".join(link(part, part) if number % 2 else escape(part) for number, part in enumerate(parts))


def _look_alike(match: re.Match[str]) -> str:
    return _LOOK_ALIKES[match["sign"]] if match["sign"] else match[0]
