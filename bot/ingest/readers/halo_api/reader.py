"""Halo's release notes into records, whatever object they sit in; what could not be mapped is said. The fetching is
`halo_api`'s.

That a note's `id` is the number which the episodes print is very probable and unproven; so is where the notes sit.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.catalog.models import Version
from bot.errors import SourceError
from bot.ingest.models import DocumentBuilder, ParsedDocument, ReadProblem, Record
from bot.ingest.readers.halo_api.client import HaloApi, records_in, refusal
from bot.ingest.readers.html import split_html_lines
from bot.ingest.readers.prose import find_caution
from bot.ingest.readers.text import clean_line

_DEEPEST = 6
_VERSION = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,4})(?:\.\d+)*")
_NOTE_LISTS = ("releasenotes", "release_notes", "notes")


def read_api(
    api: HaloApi, known: Callable[[str, str], bool] = lambda name, fingerprint: False
) -> tuple[ParsedDocument, dict[str, str]]:
    """All release notes that were not read before as they are now, and the fingerprints of the releases that they came
    from.

    Raises SourceError when the tenant cannot be asked; a release that fails alone is a problem of the reading.
    """
    found = DocumentBuilder()
    fingerprints: dict[str, str] = {}
    try:
        releases = list(api.pages("VersionInfo"))
    except SourceError as error:
        if "not there (404)" not in str(error):
            raise
        found.remarks.append("The tenant has no VersionInfo; its SearchVersionInfo was asked.")
        releases = list(api.pages("VersionInfo/SearchVersionInfo", {"search": ""}))
    for place, release in enumerate(releases, 1):
        if not isinstance(release, dict):
            found.problems.append(ReadProblem(place, str(release)[:80], "not an object, so no release"))
            continue
        if _is_note(release) or _has_notes(release):
            found_notes(release, found, place)
            continue
        number = release.get("id")
        name, fingerprint = (
            f"{api.base}#release-{number}",
            hashlib.sha256(json.dumps(release, sort_keys=True, default=str).encode()).hexdigest()[:16],
        )
        if number is None:
            found.problems.append(
                ReadProblem(place, ", ".join(release)[:80], "a release without an id: these are its keys")
            )
        elif not known(name, fingerprint) and _details(api, release, found, place):
            fingerprints[name] = fingerprint
    _highlights(api, found)
    return found.build("halo-api"), fingerprints


def _details(api: HaloApi, release: dict[str, Any], found: DocumentBuilder, place: int) -> bool:
    """Add one release's notes. False when they could not be had: a whole release, so the problem's place is 0."""
    try:
        answer = api.get(f"VersionInfo/{release['id']}", {"includedetails": "true"})
    except SourceError as error:
        found.problems.append(ReadProblem(0, str(release.get("name", "")), str(error)))
        return False
    if answer.status != 200:
        found.problems.append(ReadProblem(0, str(release.get("name", "")), refusal(answer, api.scope)))
        return False
    if not isinstance(answer.value, list | dict):
        found.problems.append(
            ReadProblem(0, str(release.get("name", "")), "its details are no JSON; it is asked again next time")
        )
        return False
    before = len(found.records)
    found_notes({"_release": release, "_detail": answer.value}, found, place, version_of(release))
    if len(found.records) == before and release.get("releasenote_count"):
        keys = ", ".join(answer.value) if isinstance(answer.value, dict) else type(answer.value).__name__
        found.problems.append(
            ReadProblem(
                place,
                str(release.get("name", "")),
                f"it counts {release['releasenote_count']} notes, but none was found in: {keys[:200]}",
            )
        )
    return True


def _highlights(api: HaloApi, found: DocumentBuilder) -> None:
    """Halo's own list of important notes, where there is one: it only adds, so a refusal is no failure."""
    try:
        answer = api.get("VersionInfo/Spotlight")
    except SourceError as error:
        found.remarks.append(f"Spotlight could not be read ({error})")
        return
    if answer.status == 200:
        important = {str(note.get("id")) for note in records_in(answer.value) if isinstance(note, dict)}
        found.records[:] = [_lit(record) if record.number in important else record for record in found.records]


def _lit(record: Record) -> Record:
    from dataclasses import replace

    return replace(record, highlighted=True)


def found_notes(value: Any, found: DocumentBuilder, place: int, version: Version | None = None) -> None:
    """Add every note that sits anywhere in a value."""
    for note, around in _notes(value, version, "", 0):
        record = _record(note, around[0], around[1], place)
        if isinstance(record, Record):
            found.records.append(record)
        else:
            found.problems.append(record)


def _notes(
    value: Any, version: Version | None, group: str, depth: int
) -> Iterator[tuple[dict[str, Any], tuple[Version | None, str]]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _notes(item, version, group, depth + 1)
    elif isinstance(value, dict):
        if _is_note(value):
            yield value, (version, group)
            return
        own = version_of(value) or version
        name = value.get("name")
        inner = group if own != version or not isinstance(name, str) else name
        for part in value.values():
            if isinstance(part, list | dict):
                yield from _notes(part, own, inner, depth + 1)


def _is_note(value: dict[str, Any]) -> bool:
    """A release has a `note` of its own, often empty; what makes a release note is what only notes have."""
    return "note" in value and bool(
        {"changeinformation", "changeinformationexists", "important", "group_id", "category"} & value.keys()
    )


def _has_notes(value: dict[str, Any]) -> bool:
    return any(isinstance(value.get(name), list) and value[name] for name in (*_NOTE_LISTS, "groups"))


def version_of(value: dict[str, Any]) -> Version | None:
    """A release's version: `2.216.1` is v2.216."""
    major, minor = value.get("major_version_number"), value.get("minor_version_number")
    if type(major) is int and type(minor) is int and 0 < major < 100 and 0 <= minor < 10_000:
        return Version(major, minor)
    for name in ("version", "release_name", "name"):
        if isinstance(value.get(name), str) and (match := _VERSION.search(value[name])):
            return Version(int(match[1]), int(match[2]))
    return None


def _record(note: dict[str, Any], version: Version | None, group: str, place: int) -> Record | ReadProblem:
    text = _plain(note.get("note"))
    number = str(note.get("id", "")).strip()
    if not re.fullmatch(r"\d{4,9}", number):
        return ReadProblem(
            place,
            f"{number} {text}"[:80],
            f"a note whose id is no number of a change; its keys: {', '.join(map(str, note))[:200]}",
        )
    if not text:
        return ReadProblem(place, f"#{number}", "a note without text")
    summary = _plain(note.get("changeinformation"))
    own = version_of({"version": note.get("version")}) or version
    area = next(
        (
            value
            for value in (note.get("category"), note.get("group"), group)
            if isinstance(value, str) and value.strip()
        ),
        None,
    )
    important = note.get("important") is True
    return Record(
        number, text[:2_000], summary[:2_000] if summary != text else "", (), find_caution((text, summary)), important,
        own, (), area, None, place,
        tuple(part for part in (text, summary) if part),
    )  # fmt: skip


def _plain(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    return " ".join(line.text for line in split_html_lines(value)) if "<" in value else clean_line(value)
