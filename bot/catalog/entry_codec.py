"""Entries and episodes in their three shapes: the value, its row in the database, and its JSON.

A column and a JSON key have the name of the field, and how a field is written follows from its type. A new field of
`Entry` therefore needs no change here, unless its type is new.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, NamedTuple, get_type_hints

from bot.catalog.models import Entry, EntryKind, Episode, Impact, Mention, Version


class _Codec(NamedTuple):
    """How the values of one type are written. None: as they are (or, for a column, in a table of their own)."""

    to_column: Callable[[Any], Any] | None = None
    from_column: Callable[[Any], Any] | None = None
    to_json: Callable[[Any], Any] | None = None
    from_json: Callable[[Any], Any] | None = None


def parse_text_list(text: str | None) -> tuple[str, ...]:
    """A list of texts, stored as JSON. What someone wrote there by hand without the brackets counts as one text."""
    if not text or text == "[]":
        return ()
    if text[:2] == '["' and text[-2:] == '"]' and "\\" not in text:  # nearly all: a tenth of the time of a parser
        parts = text[2:-2].split('", "')
        if text.count('"') == 2 * len(parts):
            return tuple(parts)
    try:
        parsed = json.loads(text)
    except ValueError:
        parsed = text
    return tuple(map(str, parsed)) if isinstance(parsed, list) else (str(text),)


def parse_stored_version(text: str | None) -> Version | None:
    """A stored version. None also for what is no version: a row changed by hand must not silence every answer."""
    try:
        return Version.parse(text) if text else None
    except ValueError:
        return None


def _to_text_list(texts: Iterable[str]) -> str:
    """As json.dumps does it, in a fraction of the time."""
    parts = tuple(texts)
    if not parts:
        return "[]"
    joined = '", "'.join(parts)
    if joined.isprintable() and "\\" not in joined and joined.count('"') == 2 * len(parts) - 2:
        return f'["{joined}"]'  # nothing has to be escaped
    return f"[{', '.join(map(encode_basestring, parts))}]"


def _number(version: Version | None) -> str | None:
    return version.number if version else None


_CODECS: dict[Any, _Codec] = {
    str: _Codec(),
    str | None: _Codec(),
    int: _Codec(),
    EntryKind: _Codec(),
    Impact: _Codec(),
    bool: _Codec(int, bool),
    tuple[str, ...]: _Codec(_to_text_list, parse_text_list, list, tuple),
    Version | None: _Codec(
        _number, parse_stored_version, _number, lambda number: Version.parse(number) if number else None
    ),
    tuple[Version, ...]: _Codec(
        lambda versions: _to_text_list(version.number for version in versions),
        lambda text: tuple(version for part in parse_text_list(text) if (version := parse_stored_version(part))),
        lambda versions: [version.number for version in versions],
        lambda numbers: tuple(map(Version.parse, numbers)),
    ),
    tuple[Mention, ...]: _Codec(
        to_json=lambda mentions: [mention._asdict() for mention in mentions],
        from_json=lambda records: tuple(Mention(**record) for record in records),
    ),
}
OWN_TABLES = ("mentions", "possible_versions")  # the fields of an entry that have a table instead of a column


def _codecs(model: type) -> dict[str, _Codec]:
    types = get_type_hints(model)
    return {field.name: _CODECS[types[field.name]] for field in fields(model)}


_ENTRY = _codecs(Entry)
_ENTRY_COLUMNS = {name: codec for name, codec in _ENTRY.items() if name not in OWN_TABLES}
_EPISODE = _codecs(Episode)
ENTRY_COLUMNS = tuple(_ENTRY_COLUMNS)
_entry_columns = attrgetter(*ENTRY_COLUMNS)
_CONVERTED_COLUMNS = [(n, codec.to_column) for n, codec in enumerate(_ENTRY_COLUMNS.values()) if codec.to_column]
# No area has an empty name.
_CONVERTED_COLUMNS.append((ENTRY_COLUMNS.index("area"), lambda area: area or None))


def entry_to_row(entry: Entry) -> list[Any]:
    """The values of ENTRY_COLUMNS; mentions and possible versions are written by the repository."""
    row = list(_entry_columns(entry))
    for position, to_column in _CONVERTED_COLUMNS:
        row[position] = to_column(row[position])
    return row


def entry_from_row(row: Mapping[str, Any], mentions: Iterable[Mention], possible_versions: Iterable[Version]) -> Entry:
    """The entry of a row of `entries` and of what the two other tables say of it."""
    values = _from_row(_ENTRY_COLUMNS, row)
    return Entry(**values, mentions=tuple(mentions), possible_versions=tuple(possible_versions))


def episode_to_row(episode: Episode) -> dict[str, Any]:
    """The columns of `episodes`."""
    return _to_row(_EPISODE, episode)


def episode_from_row(row: Mapping[str, Any]) -> Episode:
    """The episode of a row of `episodes`."""
    return Episode(**_from_row(_EPISODE, row))


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """An entry as plain data, as `halobot export` prints it; a version is "2.206"."""
    return {
        name: codec.to_json(getattr(entry, name)) if codec.to_json else getattr(entry, name)
        for name, codec in _ENTRY.items()
    }


def entry_from_json(record: Mapping[str, Any]) -> Entry:
    """The entry that `entry_to_json` wrote. A field that is not in the record, because it is newer, has its default."""
    return Entry(
        **{
            name: codec.from_json(record[name]) if codec.from_json else record[name]
            for name, codec in _ENTRY.items()
            if name in record
        }
    )


def _to_row(codecs: Mapping[str, _Codec], value: object) -> dict[str, Any]:
    return {
        name: codec.to_column(getattr(value, name)) if codec.to_column else getattr(value, name)
        for name, codec in codecs.items()
    }


def _from_row(codecs: Mapping[str, _Codec], row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: codec.from_column(row[name]) if codec.from_column else row[name] for name, codec in codecs.items()}
