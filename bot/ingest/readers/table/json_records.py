"""JSON and JSON lines into sheets: the records are found wherever they are nested.

    sheet_from_json({"releases": [{"version": "2.206", "notes": [{"id": 794180, "title": "Budgets per phase"}]}]}).rows
    -> [(1, {"version": "2.206", "id": 794180, "title": "Budgets per phase"})]

What stands around a list of records (a version, an episode, a group) is handed down to each of them.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.catalog.models import VERSION_PATTERN
from bot.errors import SourceError
from bot.ingest.models import ReadProblem
from bot.ingest.readers.table.files import Sheet
from bot.ingest.readers.text import decode

_MAX_DEPTH = 6
# Names of lists of records, without their underscores. Where an object has none of these, any list counts …
_RECORD_LISTS = frozenset(
    "highlights releasenotes notes features changes entries items records rows data results releases groups".split()
)
# … except these, which are lists inside one record.
_FIELD_LISTS = frozenset("mentions names also possible_versions tags links attachments authors hosts".split())
_HIGHLIGHTED_LISTS = ("highlights", "highlighted", "important")
_VERSION = re.compile(rf"(?:halo(?:psa)?\s*)?v?{VERSION_PATTERN}(?:\.\d+)*", re.IGNORECASE)
_EPISODE = re.compile(r"\bep(?:isode|\.)?\s*#?(\d{1,3})\b", re.IGNORECASE)
_KEY = re.compile(r"#?\d{4,9}|ep\d+-\d+")


def read_json_lines(data: bytes) -> Sheet:
    """A JSON object a line; a line that is none is a problem."""
    sheet = Sheet()
    for number, line in enumerate(decode(data).splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            sheet.problems.append(ReadProblem(number, line[:80], "not a line of JSON"))
            continue
        if isinstance(value, dict):
            sheet.rows.append((number, value))
        else:
            sheet.problems.append(ReadProblem(number, line[:80], "not an object with named fields"))
    return sheet


def read_json(data: bytes, source: str) -> Any:
    """A whole JSON document. Raises SourceError when it is not one."""
    try:
        return json.loads(decode(data))
    except RecursionError as error:
        raise SourceError(f"{source}: JSON that is nested too deep to be a table.") from error
    except ValueError as error:
        raise SourceError(f"{source}: broken JSON ({error}).") from error


def sheet_from_json(value: Any) -> Sheet:
    """The records in a JSON document, numbered from 1."""
    return Sheet(rows=list(enumerate(_find_records(value, {}, 0), 1)))


def _find_records(value: Any, inherited: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    """The records in a value, each with what it inherits from around it."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _find_records(item, inherited, depth + 1)
    elif isinstance(value, dict):
        parts = _find_parts(value, depth)
        for part, handed_down in parts:
            yield from _find_records(part, inherited | handed_down, depth + 1)
        if value and not parts:
            yield inherited | value


def _find_parts(value: dict[str, Any], depth: int) -> list[tuple[Any, dict[str, Any]]]:
    """The parts of an object that hold records, each with what the object says about them; none for a record."""
    if lists := _find_lists(value):
        facts = _describe_records(value)
        return [(value[name], facts | _describe_by_key(name) | _highlight_by_key(name)) for name in lists]
    if _is_keyed_by_number(value):
        return [({"id": name, **item}, {}) for name, item in value.items()]
    nested = [name for name, item in value.items() if isinstance(item, dict) and _has_records(item, depth)]
    facts = _describe_records(value) if nested else {}
    return [(value[name], facts | _describe_by_key(name)) for name in nested]


def _find_lists(value: dict[str, Any]) -> list[str]:
    """The names of the lists of records in an object."""
    known = [name for name in value if re.sub(r"[^a-z]", "", name.lower()) in _RECORD_LISTS]
    names = known or [name for name in value if name not in _FIELD_LISTS]
    return [name for name in names if isinstance(value[name], list) and any(isinstance(v, dict) for v in value[name])]


def _is_keyed_by_number(value: dict[str, Any]) -> bool:
    """Whether an object holds records by their numbers: `{"794180": {"title": …}, …}`."""
    return bool(value) and all(isinstance(item, dict) and _KEY.fullmatch(name) for name, item in value.items())


def _has_records(value: dict[str, Any], depth: int) -> bool:
    """Whether a list of records, or records by their numbers, are somewhere inside an object."""
    if depth > _MAX_DEPTH:
        return False
    return _is_keyed_by_number(value) or any(
        any(isinstance(part, dict) for part in item)
        if isinstance(item, list)
        else isinstance(item, dict) and _has_records(item, depth + 1)
        for name, item in value.items()
        if name not in _FIELD_LISTS
    )


def _highlight_by_key(name: str) -> dict[str, Any]:
    return {"highlighted": True} if name.lower() in _HIGHLIGHTED_LISTS else {}


def _describe_by_key(name: str) -> dict[str, Any]:
    """What a key says about the records below it: `{"v2.270": [...]}`."""
    return {"version": name} if _VERSION.fullmatch(name) else {}


def _describe_records(value: dict[str, Any]) -> dict[str, Any]:
    """What an object says about all records in it: their version, else a group's name as their area, and an episode."""
    facts: dict[str, Any] = {}
    versions = (value.get(name) for name in ("version", "name", "release", "release_name", "releasename"))
    version = next((v for v in versions if isinstance(v, str | float) and _VERSION.fullmatch(str(v).strip())), None)
    if version is not None:
        facts["version"] = version
    elif isinstance(value.get("name"), str):
        facts["category"] = value["name"]
    episode = _find_episode(value)
    return facts if episode is None else facts | {"episode": episode}


def _find_episode(value: dict[str, Any]) -> str | int | None:
    """The episode that an object is about: in a field, in an object of its own, or in its title."""
    for name in ("episode", "episode_number", "ep"):
        episode = value.get(name)
        if isinstance(episode, dict):
            episode = episode.get("number") or episode.get("no") or episode.get("title")
        if isinstance(episode, str | int):
            return episode
    title = value.get("title")
    named = _EPISODE.search(title) if isinstance(title, str) else None
    return named[1] if named else None
