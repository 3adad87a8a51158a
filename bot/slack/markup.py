"""Slack's mark-up of a message's text, undone: the one place that knows it.

What a person types reaches the bot with `&`, `<` and `>` escaped, and with people, groups, channels, links, mail
addresses and telephone numbers in angle brackets: `<@U1>`, `<!here>`, `<#C1|general>`, `<https://example.com|label>`,
`<mailto:ann@example.com|ann@example.com>` (https://docs.slack.dev/messaging/formatting-message-text).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.search.key_spelling import is_episode_page
from bot.slack.views.mrkdwn import unescape

_MARK = re.compile(r"<(?:(?P<sign>[@!#])|(?=[a-z][a-z0-9+.-]*:))(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_NUMBER_IN_ADDRESS = re.compile(r"https?://[^\s]{0,400}?(?<!\d)\d{6,9}(?!\d)")  # a change's page, under a name
MAX_MESSAGE_CHARACTERS, MAX_MESSAGE_PARTS = 4_000, 2_000  # that are read of a message
# Of a message's blocks and attachments: what holds a line of text in pieces, what is no text, and where texts stand.
_LINES = ("rich_text_section", "rich_text_preformatted", "rich_text_quote")
_NOT_READ = ("actions", "input", "button", "image", "divider")
_TEXTS, _CONTAINERS = ("pretext", "title", "text", "value"), ("text", "fields", "elements", "blocks")
_UNTYPED_SCHEME = re.compile(r"^(?:mailto|tel):")


def to_plain_text(markup: str) -> str:
    """A text as a person reads it: channels by their names, links by their labels, without mentions and entities.

    A link without a label is its address, and so is one to an episode's page, for that address says what is asked for.
    """
    return unescape(_MARK.sub(_to_words, markup))


def message_words(message: Mapping[str, Any]) -> str:
    """What a message says, as plain text: its text and, where another app wrote it or it has none of its own, what
    stands in its blocks and attachments.
    """
    text = str(message.get("text") or "")
    parts = [text]
    if message.get("bot_id") or not text.strip():
        parts += _words_in([message.get("blocks"), message.get("attachments")])
    lines = dict.fromkeys(part.strip() for part in parts if part.strip())
    return to_plain_text("\n".join(lines)[:MAX_MESSAGE_CHARACTERS])


def _words_in(value: Any) -> Iterator[str]:
    """The texts in blocks and attachments, however deep, in their order; not those of buttons and menus."""
    waiting = [value]
    for _ in range(MAX_MESSAGE_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        if isinstance(part, list):
            waiting += reversed(part)
        elif isinstance(part, dict) and part.get("type") in _LINES:
            pieces = part.get("elements")
            yield "".join(str(piece.get("text") or "") for piece in pieces or () if isinstance(piece, dict))
        elif isinstance(part, dict) and part.get("type") not in _NOT_READ:
            yield from (part[name] for name in _TEXTS if isinstance(part.get(name), str))
            waiting += [part[name] for name in reversed(_CONTAINERS) if isinstance(part.get(name), dict | list)]


def to_reference_text(markup: str) -> str:
    """The same with every channel as `<#C1>` and every link as its address, for commands that need these."""
    return unescape(_MARK.sub(_to_reference, markup))


def _to_words(mark: re.Match[str]) -> str:
    label = mark["label"] or ""
    if mark["sign"]:
        return f" {label} " if mark["sign"] == "#" else " "
    if label and not is_episode_page(mark["target"]):
        has_number = _NUMBER_IN_ADDRESS.match(mark["target"]) and mark["target"] not in label
        return f" {label} {mark['target']} " if has_number else f" {label} "
    return f" {_UNTYPED_SCHEME.sub('', mark['target'])} "


def _to_reference(mark: re.Match[str]) -> str:
    if mark["sign"]:
        return f" <#{mark['target']}> " if mark["sign"] == "#" else " "
    return f" {mark['target']} "
