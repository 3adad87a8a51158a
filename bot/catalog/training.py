"""Training examples: made-up changes, each with the ways in which people would ask for it.

The phrasings of the catalogue's own entries teach how people speak of a few hundred things. These are about thousands
of others that such software has, so that more words of release notes are known by what people call them. They teach
`translations` and nothing else: no example is ever found or shown, and none is about a real change.

`training/*.txt` has a block for each, with an empty line between blocks: its title, a line of summary, then a phrasing
in each line that begins with "- ".
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.catalog.models import IndexedText
from bot.text import stems

FOLDER = Path(__file__).with_name("training")
_PHRASING = "- "


@dataclass(frozen=True)
class TrainingExamples:
    """The examples in some files, by the files' texts."""

    files: tuple[str, ...] = ()

    @cached_property
    def texts(self) -> list[IndexedText]:
        """The examples as texts of the search index. That takes a third of a second, so only who learns asks for it."""
        return [example for text in self.files for example in parse_training_examples(text)]

    @property
    def fingerprint(self) -> str:
        """A text that changes with the files; empty where there are none."""
        return hashlib.sha256("\0".join(self.files).encode()).hexdigest() if self.files else ""


def read_training_examples() -> TrainingExamples:
    """The examples that come with the bot."""
    return TrainingExamples(tuple(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))))


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
