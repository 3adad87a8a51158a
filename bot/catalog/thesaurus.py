"""Which everyday words people use for what the trade calls by another, for words that no phrasing teaches.

`thesaurus.txt` is about the language of service desks, not about any change: it says what "approval" is called, not
which change is about it. What is learned from phrasings (`translations`) starts from it.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from bot.text import stems

FILE = Path(__file__).with_name("thesaurus.txt")
Thesaurus = Mapping[str, frozenset[str]]  # stem of the trade -> stems that people may say for it


@cache
def read_thesaurus() -> Thesaurus:
    """The thesaurus that comes with the bot."""
    return parse_thesaurus(FILE.read_text(encoding="utf-8").splitlines())


def parse_thesaurus(lines: Iterable[str]) -> Thesaurus:
    """Lines such as `invoice billing: bill charge money`; empty ones and those that begin with # say nothing."""
    found: dict[str, set[str]] = {}
    for line in lines:
        if ":" in line and not line.startswith("#"):
            terms, _, everyday = line.partition(":")
            said = set(stems(everyday))
            for term in stems(terms):
                found.setdefault(term, set()).update(said - {term})
    return {term: frozenset(said) for term, said in found.items()}
