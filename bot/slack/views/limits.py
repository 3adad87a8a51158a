"""Slack's numbers (shared/slack/FACTS.md, "Size"), and cutting things to them on whole words and whole items."""

from collections.abc import Iterable

MAX_SECTION = 3_000  # characters of a section's text
MAX_HEADER = 150
MAX_BUTTON = 75
MAX_BUTTON_VALUE = 2_000
MAX_OPTION = 75
MAX_OPTION_VALUE = 150
MAX_OPTIONS = 100
MAX_VIEW_TITLE = 24
MAX_VIEW_BLOCKS = 100  # in a window or on Home
MAX_METADATA = 3_000  # of a window's private_metadata
MAX_MESSAGE = 12_000  # of all block text; near 13,200 Slack fails with msg_blocks_too_long
MAX_NOTIFICATION = 300  # of `text`; Slack takes 4,000, a phone's lock screen shows less than this


def truncate(text: str, limit: int) -> str:
    """A text of at most `most` characters, cut at a word where there is one, with an ellipsis."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    at_word = kept.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit * 2 // 3 else kept).rstrip() + "…"


def pack_lines(items: Iterable[str], limit: int = MAX_SECTION, separator: str = "\n") -> list[str]:
    """Texts of at most `most` characters, made of whole items. An item that is longer than that is cut."""
    packed: list[str] = []
    for item in items:
        item = truncate(item, limit)
        if packed and len(packed[-1]) + len(separator) + len(item) <= limit:
            packed[-1] += separator + item
        else:
            packed.append(item)
    return packed
