"""Which identifiers are numbers of Halo's changes, and which are those of the program that a table comes from. Pure.

has_halo_numbers(["HPSA-1120417", "HPSA-1120431"]) -> True: a tracker's keys that carry them
holds_other_ids(["48213", "48219"])                -> True: too short
holds_other_ids(["CHG0041822"])                    -> True: filled up with zeros, as ServiceNow does
"""

import re
from collections.abc import Sequence

# Six to eight digits, alone, grouped, or behind the letters of a project: `1120417`, `1,120,417`, `HPSA-1120417`.
_HALO_NUMBER = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9_]{0,14}[\s:#-]{1,3}|[A-Za-z]{2,5}|#\s?)?"
    r"(?:[1-9]\d{5,7}(?:\.0+)?|[1-9]\d{2}[,.'’  ]\d{3}|[1-9]\d?([,.'’  ])\d{3}\1\d{3})"
)
# An identifier of another program: fewer or more digits, zeros in front behind letters, or hexadecimal.
_OTHER_ID = re.compile(
    r"(?:(?:[A-Za-z]{1,12}|[A-Za-z][A-Za-z0-9_]{0,14}[\s:#-]{1,3})(?:0\d{3,15}|\d{1,5}|\d{9,16})|\d{1,5}|\d{10,20}"
    r"|[0-9A-Fa-f]{8}(?:-?[0-9A-Fa-f]{4}){3}-?[0-9A-Fa-f]{12})"
)

# The address of an item on a tracker, whose last part is its number.
NUMBER_IN_ADDRESS = re.compile(
    r"https?://\S{1,300}/(?:issues?|pulls?|browse|work_items|merge_requests|edit)/"
    r"(?:[A-Z][A-Z0-9_]{0,14}-)?([1-9]\d{5,7})/?"
)


def has_halo_numbers(values: Sequence[str]) -> bool:
    """Whether at least half of a column's values look like numbers of Halo's changes; not where it has none."""
    return bool(values) and 2 * sum(_HALO_NUMBER.fullmatch(value) is not None for value in values) >= len(values)


def holds_other_ids(values: Sequence[str]) -> bool:
    """Whether all values of a column are identifiers of another program."""
    return bool(values) and all(map(_OTHER_ID.fullmatch, values))
