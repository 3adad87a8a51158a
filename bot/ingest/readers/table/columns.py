"""Which column of a table holds which field, by the names that people give to columns.

map_columns(["Halo ID", "What changed", "Release", "Episode time"])
-> {"number": 0, "title": 1, "version": 2, "at": 3}
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

# Field -> what its column is called, the likeliest first; without spaces and signs, in lower case.
COLUMNS: dict[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "number": "number id haloid changeid changenumber featureid featurenumber releasenoteid ticketid ticket"
        " ticketnumber issueid issue key ref reference no nr haloticket haloref halonumber num hash",
        "version": "version haloversion release releaseversion versionnumber releasename halorelease ver fixversion"
        " availablein releasedin build",
        "title": "title change feature name note releasenote subject headline whatchanged update item featurename"
        " heading enhancement changetitle",
        "summary": "summary description details detail desc changeinformation body text content explanation"
        " moreinformation information whatitdoes notes comment comments",
        "area": "area category module section group component releasenotegroupname productarea type topic",
        "highlighted": "highlighted highlight important releaseimportant featured major keyfeature starred mustknow",
        "caution": "caution warning care risk becareful watchout",
        "episode": "episode ep episodenumber podcast podcastepisode episodeno",
        "at": "at minute timestamp time starttime episodetime timecode watchat",
        "seconds": "seconds timestampseconds startseconds secondsin",
        "mentions": "mentions",
        "names": "names exactnames",
        "kind": "kind",
        "possible_versions": "possibleversions",
    }.items()
}
_RANK_BY_NAME = {name: (field, rank) for field, names in COLUMNS.items() for rank, name in enumerate(names)}


class _Guess(NamedTuple):
    """A field that a name with one of these words means, unless it has one of the others."""

    field: str
    words: frozenset[str]
    unless: frozenset[str]


# For names that are not in COLUMNS; the first that fits counts.
_GUESSES = tuple(
    _Guess(field, frozenset(words.split()), frozenset(unless.split()))
    for field, words, unless in (
        ("caution", "caution cautions warning warnings risk risks", ""),
        ("highlighted", "highlighted highlight highlights important importance major key must impact impactful featured"
         " notable star", "area name"),
        ("seconds", "seconds secs sec", ""),
        ("at", "timestamp timestamps timecode minute minutes min mins mm time when mark",
         "release released saved zone estimate"),
        ("episode", "episode ep podcast show where", "title name"),
        ("number", "number no nr num id ref reference key code ticket", "release version row line issues"),
        ("version", "version release released introduced available shipped build", "notes note"),
        ("area", "area module category section component topic tag tags team", ""),
        ("summary", "summary description details detail explanation does notes note why benefit benefits information"
         " info text body comment comments", ""),
        ("title", "title feature change name headline what update enhancement subject item", ""),
    )
)  # fmt: skip
_GUESSED_RANK = 100  # a guessed name comes after every one that is known
_OTHER_FIELDS = frozenset(
    "date url link href guid count customer client user agent site tenant author created updated slug status"
    " image".split()
)


def map_columns(names: Sequence[Any]) -> dict[str, int]:
    """Field -> index of its column, by the columns' names; the likeliest name wins where two would do.

    A table with a summary and no title has its title there.
    """
    best: dict[str, tuple[int, int]] = {}
    for column, name in enumerate(names):
        meaning = _interpret(str(name or ""))
        if meaning and (meaning[0] not in best or meaning[1] < best[meaning[0]][0]):
            best[meaning[0]] = (meaning[1], column)
    mapping = {field: column for field, (_, column) in best.items()}
    if "title" not in mapping and "summary" in mapping:
        mapping["title"] = mapping.pop("summary")
    return mapping


def _interpret(name: str) -> tuple[str, int] | None:
    """The field that a column's name means, and its rank: 0 is likeliest."""
    plain = "hash" if name.strip() == "#" else re.sub(r"[^a-z0-9]", "", name.replace("#", " number ").lower())
    if name.rstrip().endswith("?") and plain in ("key", "major", "top"):  # "Key?" is a question, "Key" a number
        return "highlighted", 1
    if plain in _RANK_BY_NAME:
        return _RANK_BY_NAME[plain]
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:80]).replace("#", " number ")
    outside = re.findall(r"[a-z]+", re.sub(r"\(.*?\)", " ", spaced).lower())
    if len(outside) > 5 or _OTHER_FIELDS & set(outside):
        return None
    for words in (outside, re.findall(r"[a-z]+", spaced.lower())):  # then with what is in brackets: "Where (episode)"
        for guess in _GUESSES:
            if guess.words & set(words) and not guess.unless & set(words):
                return guess.field, _GUESSED_RANK + len(words)
    return None
