"""Slack's limits on blocks and views, and cutting texts to them.

https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Iterable

from bot.text import truncate as truncate  # the views take it from here

MAX_SECTION = 3_000  # characters of a section's text
MAX_HEADER = 150
MAX_BUTTON = 75  # characters of a label
MAX_BUTTON_VALUE = 2_000
MAX_BUTTON_URL = 3_000
MAX_LINK = 600  # characters of an address within a text; a longer one leaves no room for the rest
MAX_ACTION_ID = 255
MAX_OPTION = 75  # characters of an option's label
MAX_OPTION_VALUE = 150
MAX_OPTIONS = 100  # of a menu
MAX_PLACEHOLDER = 150
MAX_VIEW_TITLE = 24
MAX_VIEW_BLOCKS = 100  # in a modal or on the Home tab
MAX_METADATA = 3_000  # characters of a modal's private_metadata
MAX_MESSAGE = 12_000  # characters of all block text. Not documented: near 13,200 Slack answers msg_blocks_too_long
MAX_NOTIFICATION = 300  # characters of `text`. Slack takes 4,000; a phone's lock screen shows less than 300
MAX_TITLE = 400  # characters of an entry's title or subtitle; the longest title that Halo wrote has 85


def pack_lines(lines: Iterable[str], limit: int = MAX_SECTION, separator: str = "\n") -> list[str]:
    """Join lines into texts of at most `limit` characters. No line is split; one that is longer is truncated."""
    packed: list[str] = []
    for line in lines:
        line = truncate(line, limit)
        if packed and len(packed[-1]) + len(separator) + len(line) <= limit:
            packed[-1] += separator + line
        else:
            packed.append(line)
    return packed
