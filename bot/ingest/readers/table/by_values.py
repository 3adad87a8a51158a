r"""Columns that are known by what is in them, where no name says what they are.

infer_columns([["v2.206", "794180", "Budgets per phase"], …])
-> {"version": (0,), "number": (1,), "title": (2,)}
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from bot.catalog.models import VERSION_PATTERN
from bot.ingest.readers.marks import read_mark
from bot.ingest.readers.table.own_numbers import NUMBER_IN_ADDRESS
from bot.ingest.readers.timestamps import linked_minute

# What the columns of a table without a header hold, by what all their values look like.
_LOOKS = {
    "number": re.compile(r"#?\d{5,9}(?:\.0)?"),
    "version": re.compile(rf"v?\s?{VERSION_PATTERN.replace('(', '(?:')}(?:\.\d+)*", re.IGNORECASE),
    "at": re.compile(r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d"),
}
# The same where names say what other columns are: `HaloPSA\v2.294` is the path of a version.
_SURE_LOOKS = {
    "number": re.compile(r"(?:[A-Z]{2,8}-)?#?\d{6,9}(?:\.0)?"),
    "version": re.compile(
        r"(?:[^\d.]{0,40}[\s/\\(-])?(?:v\.?\s?|Halo ?(?:PSA|ITSM)?\s|[\s/\\])"
        r"\d\.\d{3}(?:\.\d{1,5})*\)?(?:\s[^\d.]{0,20})?",
        re.IGNORECASE,
    ),
}
_VERSION_OR_NUMBER = re.compile(r"v?\s?\d\.\d{3}(?:\.\d{1,5})*", re.IGNORECASE)  # a price may look like this
_VERSION_NAMES = frozenset("version versions release releases milestone iteration sprint build path fix".split())
# Words of names whose numbers or versions are not those of changes.
OTHER_FIELDS = frozenset(
    "date url link href guid count customer client user agent site tenant author created updated slug status"
    " image assignee assigned owner reporter requester product company parent epic project".split()
)
# Words of which the name of a column with the changes' numbers may consist, where no other word says so.
_OF_CHANGES = frozenset(
    "halo halopsa psa itsm change changes feature features release note notes ticket tickets issue item work case entry"
    " request update id ids no nr number numbers u vendor supplier upstream ref reference refs".split()
)
_OTHER_VALUES = frozenset(
    "internal sys system own affects affected previous old category categories area phone price amount cost file views"
    " visits size".split()
)
OTHER_TIMES = frozenset(
    "duration length spent estimate estimated hours created closed due response resolution opened zeit released"
    " updated modified completed resolved started deleted published changed edited".split()
)
_MAX_NAME = 60
_NOTHING = frozenset("- – — n/a none".split())  # what people write into a cell that they leave empty


def infer_columns(rows: Sequence[Sequence[Any]]) -> dict[str, tuple[int, ...]]:
    """The columns of a table without a header: the one with numbers of changes, those with versions and minutes, and of
    those with sentences the first and the second. Empty where there is no number or no sentence.
    """
    mapping: dict[str, tuple[int, ...]] = {}
    for column in range(max(map(len, rows), default=0)):
        values = column_values(rows, column)
        field = next((name for name, looks in _LOOKS.items() if values and all(map(looks.fullmatch, values))), None)
        if field is None and sum(" " in value for value in values) * 2 > len(values):
            field = "summary" if "title" in mapping else "title"
        if field and field not in mapping:
            mapping[field] = (column,)
    return mapping if {"number", "title"} <= mapping.keys() else {}


def add_columns_by_values(
    mapping: dict[str, tuple[int, ...]], names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Add to a mapping the column with the changes' numbers, and the one with their versions, where no name said which
    it is: the first in which all values look like that, unless its name is that of something else.
    """
    used = {column for field, columns in mapping.items() if field != "area" for column in columns}
    if "tags" not in mapping and (
        marks := [at for at, name in enumerate(names) if not name and _holds_marks(rows, at)]
    ):
        mapping["tags"] = tuple(marks)
    for column, name in enumerate(names):
        words = set(re.findall(r"[a-z]+", folded(name)[:_MAX_NAME]))
        values = [value for value in column_values(rows, column) if value.lower() not in _NOTHING]
        is_link = any("://" in value for value in values)
        is_other = words & (OTHER_FIELDS | _OTHER_VALUES) and not (is_link or "milestone" in words)
        if column in used or is_other:
            continue
        if column in mapping.get("area", ()):  # a board's columns may be its releases
            if "version" not in mapping and values and all(map(_SURE_LOOKS["version"].fullmatch, values)):
                mapping["version"] = mapping.pop("area")
            continue
        is_anothers = not is_link and not words <= _OF_CHANGES and all(map(str.isdecimal, values))
        if "at" not in mapping and values and not words & OTHER_TIMES and all(map(_is_minute, values)):
            mapping["at"] = (column,)
            continue
        for field, looks in _SURE_LOOKS.items():
            if field == "number" and is_anothers:  # digits below "Points" or "Account" may be anything
                continue
            if values and field not in mapping and _all_look(field, looks, values, words):
                mapping[field] = (column,)
                break


def _holds_marks(rows: Sequence[Sequence[Any]], column: int) -> bool:
    """Whether nothing but signs such as a star stands in a column, which then needs no name."""
    values = column_values(rows, column)
    return bool(values) and not any(map(str.isalnum, "".join(values))) and not any(read_mark(v).title for v in values)


def _all_look(field: str, looks: re.Pattern[str], values: list[str], words: set[str]) -> bool:
    """Whether all values of a column look like a field's."""
    if field == "number" and len(set(values)) < len(values):  # each change has its own
        return False
    if field == "version" and words & _VERSION_NAMES and all(map(_VERSION_OR_NUMBER.fullmatch, values)):
        return True
    if field == "number" and all(map(NUMBER_IN_ADDRESS.fullmatch, values)):
        return True
    return all(map(looks.fullmatch, values))


def _is_minute(value: str) -> bool:
    """Whether a value is a minute, or a link to a second of a video."""
    return bool(linked_minute(value) if "://" in value else _LOOKS["at"].fullmatch(value))


def folded(name: str) -> str:
    """A name in lower case without accents."""
    kept = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss"))
    return "".join(c for c in kept if not unicodedata.combining(c))


def column_values(rows: Sequence[Sequence[Any]], column: int) -> list[str]:
    """What stands in a column, without its empty cells."""
    return [str(row[column]).strip()[:200] for row in rows if column < len(row) and row[column] not in (None, "")]
