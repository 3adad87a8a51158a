"""Slack's numbers (shared/slack/FACTS.md, "Size"), and cutting things to them on whole words and whole items."""

from collections.abc import Iterable

SECTION = 3_000  # characters of a section's text
HEADER = 150
BUTTON = 75
BUTTON_VALUE = 2_000
OPTION = 75
OPTION_VALUE = 150
OPTIONS = 100
VIEW_TITLE = 24
VIEW_BLOCKS = 100  # in a window or on Home
METADATA = 3_000  # of a window's private_metadata
TOTAL = 12_000  # of all block text; near 13,200 Slack fails with msg_blocks_too_long
NOTIFICATION = 300  # of `text`; Slack takes 4,000, a phone's lock screen shows less than this


def cut(text: str, most: int) -> str:
    """A text of at most `most` characters, cut at a word where there is one, with an ellipsis."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    at_word = kept.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > most * 2 // 3 else kept).rstrip() + "…"


def pack(items: Iterable[str], most: int = SECTION, between: str = "\n") -> list[str]:
    """Texts of at most `most` characters, made of whole items. An item that is longer than that is cut."""
    packed: list[str] = []
    for item in items:
        item = cut(item, most)
        if packed and len(packed[-1]) + len(between) + len(item) <= most:
            packed[-1] += between + item
        else:
            packed.append(item)
    return packed
