"""Which column of a table holds what, by the names that people give to columns. Pure."""

import re
from collections.abc import Sequence
from typing import Any

# Field -> what its column is called, the likeliest first; without blanks and signs, in lower case.
COLUMNS: dict[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "number": "number id haloid changeid changenumber featureid featurenumber releasenoteid ticketid ticket ticketnumber issueid issue key ref "
        "reference no nr haloticket haloref halonumber num hash",
        "version": "version haloversion release releaseversion versionnumber releasename halorelease ver fixversion availablein releasedin build",
        "title": "title change feature name note releasenote subject headline whatchanged update item featurename heading enhancement changetitle",
        "summary": "summary description details detail desc changeinformation body text content explanation moreinformation information whatitdoes "
        "notes comment comments",
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
}  # fmt: skip
_FIELD_OF = {name: (field, place) for field, names in COLUMNS.items() for place, name in enumerate(names)}
# For any other name: the first of these with a word of it, if none of the words that make it something else.
_WORDS: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = tuple(
    (field, frozenset(words.split()), frozenset(unless.split()))
    for field, words, unless in (
        ("caution", "caution cautions warning warnings risk risks", ""),
        (
            "highlighted",
            "highlighted highlight highlights important importance major key must impact impactful featured notable star",
            "area name",
        ),
        ("seconds", "seconds secs sec", ""),
        (
            "at",
            "timestamp timestamps timecode minute minutes min mins mm time when mark",
            "release released saved zone estimate",
        ),
        ("episode", "episode ep podcast show where", "title name"),
        ("number", "number no nr num id ref reference key code ticket", "release version row line issues"),
        ("version", "version release released introduced available shipped build", "notes note"),
        ("area", "area module category section component topic tag tags team", ""),
        (
            "summary",
            "summary description details detail explanation does notes note why benefit benefits information info text body comment comments",
            "",
        ),
        ("title", "title feature change name headline what update enhancement subject item", ""),
    )
)
_GUESSED = 100  # a guessed name comes after every one that is known
_SOMETHING_ELSE = frozenset(
    "date url link href guid count customer client user agent site tenant author created updated slug status image".split()
)


def columns_of(names: Sequence[Any]) -> dict[str, int]:
    """Which column holds which field, by the columns' names; the likeliest name wins where two would do."""
    best: dict[str, tuple[int, int]] = {}
    for place, name in enumerate(names):
        meant = _meant(str(name or ""))
        if meant and (meant[0] not in best or meant[1] < best[meant[0]][0]):
            best[meant[0]] = (meant[1], place)
    found = {field: place for field, (_, place) in best.items()}
    if "title" not in found and "summary" in found:
        found["title"] = found.pop("summary")
    return found


def _meant(name: str) -> tuple[str, int] | None:
    """The field that a column's name means, and how likely: 0 is likeliest."""
    plain = "hash" if name.strip() == "#" else re.sub(r"[^a-z0-9]", "", name.replace("#", " number ").lower())
    if name.rstrip().endswith("?") and plain in ("key", "major", "top"):  # "Key?" is a question, "Key" a number
        return "highlighted", 1
    if plain in _FIELD_OF:
        return _FIELD_OF[plain]
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:80]).replace("#", " number ")
    outside = re.findall(r"[a-z]+", re.sub(r"\(.*?\)", " ", spaced).lower())
    if len(outside) > 5 or _SOMETHING_ELSE & set(outside):
        return None
    for words in (outside, re.findall(r"[a-z]+", spaced.lower())):  # "Where (episode)"
        for field, telling, unless in _WORDS:
            if telling & set(words) and not unless & set(words):
                return field, _GUESSED + len(words)
    return None
