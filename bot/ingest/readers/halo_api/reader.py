"""Halo's release notes into records, whatever object they are in.

    {"name": "2.216.1", "releasenotes": [{"id": 1093288, "note": "Quotes can be frozen", "important": true, …}]}
    -> Record("1093288", "Quotes can be frozen", highlighted=True, version=v2.216)

That a note's `id` is the number which episodes name is very probable and unproven; so is where the notes are. What
could not be mapped is therefore reported with its keys.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from bot.catalog.models import VERSION_PATTERN, Version
from bot.errors import SourceError
from bot.ingest.models import DocumentBuilder, ParsedDocument, ReadProblem, Record
from bot.ingest.readers.halo_api.client import HaloApi, explain_refusal, find_records
from bot.ingest.readers.html import split_html_lines
from bot.ingest.readers.prose import find_caution
from bot.ingest.readers.text import clean_line

_MAX_DEPTH = 6
_MAX_TEXT_LENGTH = 2_000  # characters
_VERSION = re.compile(rf"(?<![\d.]){VERSION_PATTERN}(?:\.\d+)*")
_NOTE_LISTS = ("releasenotes", "release_notes", "notes", "groups")
# A release has a `note` too, often empty; these fields only release notes have.
_NOTE_FIELDS = frozenset("changeinformation changeinformationexists important group_id category".split())


def read_halo_api(
    api: HaloApi, known: Callable[[str, str], bool] = lambda name, fingerprint: False
) -> tuple[ParsedDocument, dict[str, str]]:
    """The release notes of all releases that are new or changed, and these releases' fingerprints by name.

    `known(name, fingerprint)` says whether a release was read before as it is now. Raises SourceError when the tenant
    cannot be asked; a release that fails alone is a problem of the document.
    """
    builder = DocumentBuilder()
    fingerprints: dict[str, str] = {}
    for index, release in enumerate(_list_releases(api, builder), 1):
        if not isinstance(release, dict):
            builder.problems.append(ReadProblem(index, str(release)[:80], "not an object, so no release"))
        elif _is_note(release) or any(isinstance(release.get(name), list) and release[name] for name in _NOTE_LISTS):
            add_notes(release, builder, index)
        elif release.get("id") is None:
            reason = "a release without an id: these are its keys"
            builder.problems.append(ReadProblem(index, ", ".join(release)[:80], reason))
        else:
            name, fingerprint = f"{api.base}#release-{release['id']}", _fingerprint(release)
            if not known(name, fingerprint) and _add_release(api, release, builder, index):
                fingerprints[name] = fingerprint
    _add_highlights(api, builder)
    return builder.build("halo-api"), fingerprints


def _list_releases(api: HaloApi, builder: DocumentBuilder) -> list[Any]:
    """All releases, from the list or, in a tenant that has none, from the search."""
    try:
        return list(api.iter_records("VersionInfo"))
    except SourceError as error:
        if "not there (404)" not in str(error):
            raise
        builder.remarks.append("The tenant has no VersionInfo; its SearchVersionInfo was asked.")
        return list(api.iter_records("VersionInfo/SearchVersionInfo", {"search": ""}))


def _fingerprint(release: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(release, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _add_release(api: HaloApi, release: dict[str, Any], builder: DocumentBuilder, index: int) -> bool:
    """Fetch and add one release's notes. False when they could not be had; that problem has line number 0, for the
    whole release is missing.
    """
    name = str(release.get("name", ""))
    try:
        response = api.get(f"VersionInfo/{release['id']}", {"includedetails": "true"})
    except SourceError as error:
        builder.problems.append(ReadProblem(0, name, str(error)))
        return False
    if response.status != 200:
        builder.problems.append(ReadProblem(0, name, explain_refusal(response, api.scope)))
        return False
    details = response.value
    if not isinstance(details, list | dict):
        builder.problems.append(ReadProblem(0, name, "its details are no JSON; it is asked again next time"))
        return False
    before = len(builder.records)
    add_notes({"_release": release, "_detail": details}, builder, index, _find_version(release))
    if len(builder.records) == before and release.get("releasenote_count"):
        keys = ", ".join(details) if isinstance(details, dict) else type(details).__name__
        reason = f"it counts {release['releasenote_count']} notes, but none was found in: {keys[:200]}"
        builder.problems.append(ReadProblem(index, name, reason))
    return True


def _add_highlights(api: HaloApi, builder: DocumentBuilder) -> None:
    """Mark the notes of Halo's own list of important ones. It only adds, so a refusal is no failure."""
    try:
        response = api.get("VersionInfo/Spotlight")
    except SourceError as error:
        builder.remarks.append(f"Spotlight could not be read ({error})")
        return
    if response.status == 200:
        important = {str(note.get("id")) for note in find_records(response.value) if isinstance(note, dict)}
        builder.records[:] = [
            replace(record, highlighted=True) if record.number in important else record for record in builder.records
        ]


def add_notes(value: Any, builder: DocumentBuilder, index: int, version: Version | None = None) -> None:
    """Add every note that is anywhere in a value. `index` is the release's in the list, `version` its version."""
    for note, note_version, group in _find_notes(value, version, "", 0):
        record = _build_record(note, note_version, group, index)
        if isinstance(record, Record):
            builder.records.append(record)
        else:
            builder.problems.append(record)


def _find_notes(
    value: Any, version: Version | None, group: str, depth: int
) -> Iterator[tuple[dict[str, Any], Version | None, str]]:
    """The notes in a value, each with its release's version and its group's name."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _find_notes(item, version, group, depth + 1)
    elif isinstance(value, dict):
        if _is_note(value):
            yield value, version, group
            return
        own = _find_version(value) or version
        name = value.get("name")
        inner = name if own == version and isinstance(name, str) else group  # a release's name is no group's
        for part in value.values():
            if isinstance(part, list | dict):
                yield from _find_notes(part, own, inner, depth + 1)


def _is_note(value: dict[str, Any]) -> bool:
    return "note" in value and bool(_NOTE_FIELDS & value.keys())


def _find_version(value: dict[str, Any]) -> Version | None:
    """A release's version: `2.216.1` is v2.216."""
    major, minor = value.get("major_version_number"), value.get("minor_version_number")
    if type(major) is int and type(minor) is int and 0 < major < 100 and 0 <= minor < 10_000:
        return Version(major, minor)
    for name in ("version", "release_name", "name"):
        if isinstance(value.get(name), str) and (match := _VERSION.search(value[name])):
            return Version.of(*match.groups())
    return None


def _build_record(note: dict[str, Any], version: Version | None, group: str, index: int) -> Record | ReadProblem:
    text = _plain_text(note.get("note"))
    number = str(note.get("id", "")).strip()
    if not re.fullmatch(r"\d{4,9}", number):
        reason = f"a note whose id is no number of a change; its keys: {', '.join(map(str, note))[:200]}"
        return ReadProblem(index, f"{number} {text}"[:80], reason)
    if not text:
        return ReadProblem(index, f"#{number}", "a note without text")
    summary = _plain_text(note.get("changeinformation"))
    areas = (note.get("category"), note.get("group"), group)
    return Record(
        number,
        text[:_MAX_TEXT_LENGTH],
        summary[:_MAX_TEXT_LENGTH] if summary != text else "",
        caution=find_caution((text, summary)),
        highlighted=note.get("important") is True,
        version=_find_version({"version": note.get("version")}) or version,
        area=next((area for area in areas if isinstance(area, str) and area.strip()), None),
        line_number=index,
        lines=tuple(part for part in (text, summary) if part),
    )


def _plain_text(value: Any) -> str:
    """A field as one line of text, without HTML."""
    if not isinstance(value, str):
        return ""
    return " ".join(line.text for line in split_html_lines(value)) if "<" in value else clean_line(value)
