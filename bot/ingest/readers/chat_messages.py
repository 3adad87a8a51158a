"""Messages of a Slack export that go on with one before, put together: a release may be announced in one message, and
its changes listed in the next.

    {"user": "U1", "ts": "1.0", "text": "HaloPSA v2.356 is out:"}         "HaloPSA v2.356 is out:
    {"user": "U2", "ts": "2.0", "text": "great"}                       ->  • Rules can be tested (#…)"
    {"user": "U1", "ts": "3.0", "text": "• Rules can be tested (#…)"}      "great"

A message goes on with the last one of its person, in the same thread or in the channel, where each of its lines is an
item or a title with its number, it names no version, and that one does. Any other stays by itself.
"""

import re
from typing import Any

from bot.ingest.readers.post.headings import find_version_heading, find_versions
from bot.ingest.readers.post.row import parse_row

_TIME = re.compile(r"\d{1,12}\.\d{1,9}")
_ITEM = re.compile(r"\s{0,20}(?:[•·▪◦‣●*+–-]\s|\d{1,2}[.)]\s)")
_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5,7}(?!\d)")
MAX_LENGTH = 20_000  # characters of a message that are looked at


def is_message(item: Any) -> bool:
    """Whether a value is a message, as Slack's exports and its API have it."""
    if not isinstance(item, dict) or not isinstance(item.get("text"), str) or "title" in item:
        return False
    return isinstance(item.get("ts"), str) and _TIME.fullmatch(item["ts"]) is not None


def join_messages(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages in the order of their times, each that goes on with another one behind that one's text."""
    firsts: list[dict[str, Any]] = []
    texts: list[list[str]] = []  # of each of these, and of those that go on with it
    last: dict[tuple[str, str], int] = {}  # thread and person -> the index of the message that may go on
    for message in sorted(messages, key=lambda message: float(message["ts"])):
        text = message["text"]
        thread = str(message.get("thread_ts") or "")
        thread = "" if thread == message["ts"] else thread  # the message that a thread is below
        author = str(message.get("user") or message.get("bot_id") or message.get("username") or "")
        names_version = _names_version(text)
        before = last.get((thread, author))
        if before is not None and not names_version and _is_list(text):
            texts[before].append(text)
            continue
        firsts.append(message)
        texts.append([text])
        last.pop((thread, author), None)
        if names_version:
            last[thread, author] = len(firsts) - 1
            if not thread:
                last[message["ts"], author] = len(firsts) - 1
    return [message | {"text": "\n".join(parts)} for message, parts in zip(firsts, texts, strict=True)]


def _is_list(text: str) -> bool:
    """Whether a message is nothing but a list of numbered changes."""
    lines = [line for line in text[:MAX_LENGTH].splitlines() if line.strip()]
    return _NUMBER.search(text) is not None and all(map(_is_listed, lines))


def _is_listed(line: str) -> bool:
    """Whether a line is an item, or a title with its number."""
    return bool(_ITEM.match(line)) or (not line.rstrip().endswith("?") and parse_row(line) is not None)


def _names_version(text: str) -> bool:
    plain = text[:MAX_LENGTH].replace("*", "").replace("_", " ")
    return bool(find_versions(plain)) or any(map(find_version_heading, plain.splitlines()))
