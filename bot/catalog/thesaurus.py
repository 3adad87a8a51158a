"""Which everyday words people use for what the trade calls by another, for words that no phrasing teaches.

`thesaurus.txt` is about the language of service desks, not about any change: it says what "approval" is called, not
which change is about it. What is learned from phrasings (`translations`) starts from it.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from bot.text import stems

FILE = Path(__file__).with_name("thesaurus.txt")
MATE_WEIGHT = 0.5  # of a word of the trade that stands for another one of its row, beside an everyday word's 1
# Stem of the trade -> stems that people may say for it, each with its weight.
Thesaurus = Mapping[str, Mapping[str, float]]


@cache
def read_thesaurus() -> Thesaurus:
    """The thesaurus that comes with the bot."""
    return parse_thesaurus(FILE.read_text(encoding="utf-8").splitlines())


def parse_thesaurus(lines: Iterable[str]) -> Thesaurus:
    """Lines such as `invoice billing: bill charge money`; empty ones and those that begin with # say nothing. The words
    before the colon stand for each other too, by MATE_WEIGHT.
    """
    found: dict[str, dict[str, float]] = {}
    for line in lines:
        if ":" in line and not line.startswith("#"):
            terms, everyday = map(stems, line.split(":", 1))
            for term in terms:
                others = found.setdefault(term, {})
                for other in {*terms, *everyday} - {term}:
                    weight = 1.0 if other in everyday else MATE_WEIGHT
                    others[other] = max(weight, others.get(other, 0.0))
    return {term: others for term, others in found.items() if others}
