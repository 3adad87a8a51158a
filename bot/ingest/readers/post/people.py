"""Names behind titles of the people that a document lists as such.

find_people(lines of "## Contributors", "- Ann Lee", "- Bob Smith") -> {"Ann Lee", "Bob Smith"}
without_people("Quotes renew (Ann Lee)", {"Ann Lee", "Bob Smith"})  -> "Quotes renew"
"""

import re
from collections.abc import Iterable, Set

from bot.ingest.models import DocumentLine

_WORD = r"[A-Z\u00c0-\u00de][\w'’.-]{0,20}"
_PERSON = rf"{_WORD}(?: {_WORD}){{1,3}}"
_SEPARATOR = r"(?:, and |, | and | & )"
PEOPLE = rf"{_PERSON}(?>(?:{_SEPARATOR}{_PERSON}){{0,9}})"  # names without a sign, for other patterns
_HEADING = (
    r"(?:(?:new|our|all|special|many|this release['’]s|code) ){0,2}(?:contributors|thanks(?: to)?|credits|kudos"
    r"|acknowledge?ments|authors|hosts|speakers|testers|reviewers|maintainers|(?:development|product|release) team)"
)
_HEADS_PEOPLE = re.compile(rf"\W{{0,4}}{_HEADING}\W{{0,4}}", re.IGNORECASE)
# "Contributors: Ann Lee, Bob Smith"
_LISTED = re.compile(rf"(?i:{_HEADING}):? ({PEOPLE})\.?")
_ITEM = re.compile(rf"({_PERSON})(?:,? [(–—-].{{0,80}}|, .{{0,80}})?")  # "Ann Lee (Acme)", "Ann Lee, designer"
_BEHIND = re.compile(rf"(?:\s[-–—]\s|,\s|\s[(\[])(?:by |thanks to )?({PEOPLE})[)\]]?$")
_SEPARATORS = re.compile(_SEPARATOR)
MAX_LENGTH = 500  # characters of a line that is looked at
MAX_PEOPLE = 500  # of one document


def find_people(lines: Iterable[DocumentLine]) -> frozenset[str]:
    """The names below a document's headings of people, and behind such a word on one line."""
    people: set[str] = set()
    is_open = False  # a heading of people is above, with nothing but items below it
    for line in lines:
        if len(line.text) > MAX_LENGTH or len(people) > MAX_PEOPLE:
            is_open = False
        elif _HEADS_PEOPLE.fullmatch(line.text):
            is_open = line.kind != "bullet"
        elif listed := _LISTED.fullmatch(line.text):
            people.update(_SEPARATORS.split(listed[1]))
        elif is_open and line.kind == "bullet":
            if item := _ITEM.fullmatch(line.text):
                people.add(item[1])
        else:
            is_open = False
    return frozenset(people)


def without_people(title: str, people: Set[str]) -> str:
    """A title without the names at its end, of which one is known; it may name others beside that."""
    behind = _BEHIND.search(title) if people and len(title) <= MAX_LENGTH else None
    if behind is None or people.isdisjoint(_SEPARATORS.split(behind[1])):
        return title
    return title[: behind.start()].rstrip() or title
