"""Numbers of changes on lines of which nothing was read: each is told, so that no rule can lose a change in silence."""

import re
from collections.abc import Collection, Iterator, Sequence

from bot.ingest.models import DocumentLine, ReadProblem, Record
from bot.ingest.readers.post.other_numbers import ends_in_contact_label

# A number with its sign or in brackets, or one that a line begins with.
_NUMBER = re.compile(
    r"(?:#\s?|[(\[]\s?#?|\b[A-Z]{2,10}-)(?P<signed>[1-9]\d{5,7})(?!\d)|^\W{0,6}(?:\w{1,3}[.)]\s)?(?P<first>[1-9]\d{5,7})(?=\s?[:–—-]\s|\s\W{0,4}[A-Z]|['*_]{2})"
)
# One behind a word for changes: "Change 1143301 · Tickets", "first is number 1143301".
_LABELLED = re.compile(
    r"(?:\b(?:changes?|features?|enhancements?|halo(?:psa)?(?: (?:id|no\.?|number|change|ticket))?)"
    r"|(?:^|[,.;:(–—-] |\b(?:and|is|the|was) )number)\s?:?\s?([1-9]\d{5,7})"
    r"(?![\w%]|[.,:-]\d| (?:times|rows|records|lines|users|people|mails|items)\b)",
    re.IGNORECASE,
)
# One at a line's end, behind a comma, a colon or a dash, and maybe before a footnote's mark.
_NUMBER_AT_END = re.compile(r"(?:[,;:]|\s[–—|-]{1,2})\s([1-9]\d{5,7})[.)\]]{0,2}(?:\s?\[\w{1,3}\]){0,2}$")
MAX_END = 40  # characters of a line's end
# Digits alone, without a currency, an address or longer digits around them, and no count of something ("rows").
_BARE = re.compile(r"(?<![\w#$€£.,:;/@+=-])(?<!\d )([1-9]\d{5,7})(?![\w%/@]|[.,:-]\d| \d| [a-z]{3,20}s\b)")
_AMOUNT_BEFORE = re.compile(
    r"\b(?:costs?|prices?|paid|pays?|budgets?|total|sum|cent(?:re|er)|worth|up to|over|about|than|some|of"
    r"|usd|eur|gbp|chf)\W{0,3}$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{6,8}")
# A number that a sentence speaks of: "as #1143702 has it", "see also (#1143703)", "1143702 has to be on".
_REFERENCE = re.compile(
    r"\b(?:see|also|of|with|as|like|and|or|per|to|from|for|under|than|by|on|in|into|is|was|via|after|before|needs?"
    r"|requires?|replaces?|ticket|case|call|invoice|change|number|ref)\b[\s:]{0,2}[(\[]?\s?#?\s?(\d{6,8})(?!\d)"
    r"|(?<!\d)(\d{6,8})[)\]]?,?\s(?-i:[a-z])",
    re.IGNORECASE,
)
_LOOKED_AT_BEFORE = 40  # characters before digits that may say what they are
MAX_LENGTH = 2_000  # characters of a line that are looked at
IN_PASSING = "a number in passing, not read as a change"


def find_unread_numbers(
    lines: Sequence[DocumentLine],
    records: Sequence[Record],
    problems: Sequence[ReadProblem],
    others: Collection[str] = (),
) -> Iterator[ReadProblem]:
    """A problem for each line with a number that is no record's, in no problem, and in no text of a record. `others`
    are the numbers that were read elsewhere in the document.

    Digits without a sign count where they look like the numbers of the document's changes: as long, and with the same
    first two digits.
    """
    known = {record.number for record in records}.union(others)
    alike = {(len(number), number[:2]) for number in known if number}
    left = [(line, numbers) for line in lines if (numbers := _numbers_of(line.text[:MAX_LENGTH], alike) - known)]
    if not left:
        return
    told = {number for problem in problems for number in _DIGITS.findall(problem.text)}
    for record in records:
        for text in (*record.lines, record.title):
            told.update(_DIGITS.findall(text) if text != record.summary else ())
        for text in (record.summary, *record.notes):  # what these refer to is in them; an item of its own may be lost
            told.update(number for found in _REFERENCE.findall(text[:MAX_LENGTH]) for number in found if number)
    for line, numbers in left:
        if not numbers <= told:
            yield ReadProblem(line.number, line.text, IN_PASSING)


def _numbers_of(text: str, alike: Collection[tuple[int, str]]) -> set[str]:
    """The numbers on a line that may be changes'; `alike`: how long those of the document are, and how they begin."""
    found = {match["signed"] or match["first"] for match in _NUMBER.finditer(text)} - {None}
    found.update(match[1] for match in _LABELLED.finditer(text))
    if (last := _NUMBER_AT_END.search(text, max(0, len(text) - MAX_END))) and not says_other(text[: last.start(1)]):
        found.add(last[1])
    if not alike:
        return found
    return found | {
        match[1]
        for match in _BARE.finditer(text)
        if (len(match[1]), match[1][:2]) in alike and not says_other(text[: match.start()])
    }


def says_other(before: str) -> bool:
    """Whether the words before digits make them an amount, or a number that somebody else gave."""
    before = before[-_LOOKED_AT_BEFORE:]
    return _AMOUNT_BEFORE.search(before) is not None or ends_in_contact_label(before)
