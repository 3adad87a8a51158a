"""Training examples: made-up changes, each with the ways in which people would ask for it.

The phrasings of the catalogue's own entries teach how people speak of a few hundred things. These are about thousands
of others that such software has, so that more words of release notes are known by what people call them. They teach
`translations` and nothing else: no example is ever found or shown, and none is about a real change.

`training/*.txt` has a block for each, with an empty line between blocks: its title, a line of summary, then a phrasing
in each line that begins with "- ".
"""

from collections.abc import Iterable
from pathlib import Path

from bot.catalog.models import IndexedText
from bot.text import stems

FOLDER = Path(__file__).with_name("training")
_PHRASING = "- "


def read_training_examples() -> list[IndexedText]:
    """The examples that come with the bot, as texts of the search index."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt")))
    return [example for text in texts for example in parse_training_examples(text)]


def parse_training_examples(text: str) -> list[IndexedText]:
    """The examples of one file. Raises ValueError for a block that is none, with its first line."""
    return [_parse_block(block.splitlines()) for block in filter(None, map(str.strip, text.split("\n\n")))]


def _parse_block(lines: list[str]) -> IndexedText:
    head, phrasings = lines[:2], lines[2:]
    if not phrasings or not all(line.startswith(_PHRASING) for line in phrasings) or _is_phrasing(head):
        raise ValueError(f"{lines[0][:60]!r} is no title with a summary and phrasings below it")
    title, summary = map(_stems_of, head)
    return IndexedText(0, title, title, "", summary, "\n".join(filter(None, map(_stems_of, phrasings))))


def _is_phrasing(lines: Iterable[str]) -> bool:
    return any(line.startswith(_PHRASING) for line in lines)


def _stems_of(line: str) -> str:
    return " ".join(stems(line.removeprefix(_PHRASING)))
