"""JSON and JSON lines into sheets: the records are found wherever they are nested.

    sheets_from_json({"releases": [{"version": "2.206", "notes": [{"id": 794180, "title": "Budgets per phase"}]}]})
    -> [Sheet(rows=[(1, {"version": "2.206", "id": 794180, "title": "Budgets per phase"})])]

What stands around a list of records (a version, an episode, a group) is handed down to each of them. A list of lists is
a table with a header.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.catalog.models import VERSION_PATTERN
from bot.errors import SourceError
from bot.ingest.models import ReadProblem
from bot.ingest.readers.budget import Budget
from bot.ingest.readers.post.headings import find_versions
from bot.ingest.readers.post.row import names_several, parse_row
from bot.ingest.readers.table.columns import map_columns
from bot.ingest.readers.table.json_values import (
    ObjectAtLine,
    find_labels,
    is_split_table,
    is_table,
    line_of,
    plain_value,
    relabel,
    scalars,
    with_lines,
)
from bot.ingest.readers.table.sheet import Sheet
from bot.ingest.readers.text import decode

_MAX_DEPTH = 12  # lists and objects around a record
_MAX_SEARCHED = 10_000  # values in which a list of changes is looked for
# Names of lists of records, without their underscores. Where an object has none of these, any list counts …
_RECORD_LISTS = frozenset(
    "highlights releasenotes notes features changes entries items records rows data results releases groups".split()
)
# … except these, which are lists inside one record.
_FIELD_LISTS = frozenset("mentions names also possible_versions tags labels links attachments authors hosts".split())
_WRAPPERS = ("node", "attributes", "fields", "properties")  # objects around the fields of one record
_NAMED_LISTS = ("version", "component", "label")  # lists of objects of which only the names say something
# Lists that may be no more than titles: `"added": ["#794180 Budgets per phase"]`.
_TITLE_LISTS = frozenset(
    "highlights highlighted important added adds new newfeatures features changed changes improved improvements"
    " enhancements fixed fixes bugfixes bugs removed deprecated security breaking breakingchanges cautions warnings"
    " testfirst updates releasenotes items entries".split()
)
_HAS_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5,7}(?!\d)")
_CAUTION_LISTS = ("breaking", "breakingchanges", "cautions", "warnings", "testfirst")
_HIGHLIGHTED_LISTS = ("highlights", "highlighted", "important")
_VERSION = re.compile(rf"(?:halo(?:psa)?\s*)?v?{VERSION_PATTERN}(?:\.\d+)*", re.IGNORECASE)
_EPISODE = re.compile(r"\bep(?:isode|\.)?\s*#?(\d{1,3})\b", re.IGNORECASE)
_KEY_INSIDE = re.compile(r"(?<!\d)\d{4,9}(?!\d)")
_KEY = re.compile(r"#?\d{4,9}|ep\d+-\d+")
_DECODER = json.JSONDecoder(parse_float=str)  # 2.210 stays 2.210


def read_json_lines(data: bytes, budget: Budget) -> Sheet:
    """A JSON object a line; a line that is none is a problem. Raises SourceError when the budget runs out."""
    _spend(data, budget)
    sheet = Sheet()
    lines = decode(data).splitlines()
    budget.spend("lines", sum(map(bool, map(str.strip, lines))))  # before anything is made of them
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if number % 500 == 0:
            budget.check_time()
        try:
            value = _DECODER.decode(line)
        except (ValueError, RecursionError):
            sheet.problems.append(ReadProblem(number, line[:80], "not a line of JSON"))
            continue
        if isinstance(value, dict):
            sheet.rows.append((number, unwrap_record(value)))
        else:
            sheet.problems.append(ReadProblem(number, line[:80], "not an object with named fields"))
    return sheet


def read_json(data: bytes, source: str, budget: Budget | None = None) -> Any:
    """A whole JSON document. Raises SourceError when it is not one, or when the budget runs out."""
    _spend(data, budget or Budget(source))
    try:
        return _DECODER.decode(decode(data))
    except RecursionError as error:
        raise SourceError(f"{source}: JSON that is nested too deep to be a table.") from error
    except ValueError as error:
        raise SourceError(f"{source}: broken JSON ({error}).") from error


def _spend(data: bytes, budget: Budget) -> None:
    """Count what the parser would make of these bytes before it makes it: each value takes a multiple of its text."""
    budget.spend("bytes", len(data))
    budget.spend("values", data.count(b",") + data.count(b"[") + 4 * data.count(b"{"))


def read_json_sheets(data: bytes, budget: Budget) -> list[Sheet]:
    """The tables in a JSON document. Raises SourceError when it is none, or when the budget runs out."""
    return sheets_from_json(read_json(data, budget.source, budget), budget)


def sheets_from_json(value: Any, budget: Budget | None = None) -> list[Sheet]:
    """A sheet with the records of a JSON document, numbered from 1 or by their lines, and one for each list of lists
    in it.
    """
    finder = _RecordFinder(budget or Budget("JSON"))
    finder.find(value, {}, 0)
    if not finder.sheet.rows and not finder.tables and not finder.sheet.problems:
        reason = "no list of objects with named fields is in it"
        finder.sheet.problems.append(ReadProblem(0, "", reason))
    return [finder.sheet, *finder.tables]


class _RecordFinder:
    """Collects the records of a document."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.sheet = Sheet()
        self.tables: list[Sheet] = []
        self._labels: dict[str, str] = {}  # what the fields of records are called
        self._last = 0  # the highest number of a row: its position, or its line where that is known
        self._numbers: set[int] = set()  # of the rows whose lines are known

    def find(self, value: Any, inherited: dict[str, Any], depth: int) -> None:
        """Add the records in a value, each with what it inherits from around it."""
        if depth > _MAX_DEPTH:
            self._refuse(value, f"nested deeper than {_MAX_DEPTH} levels, so it was not read")
        elif isinstance(value, list) and is_table(value):
            self._add_table(with_lines(value), 1)
        elif isinstance(value, list):
            for line, item in with_lines(value):
                if isinstance(item, dict | list):
                    self.find(item, inherited, depth + 1)
                elif item is not None:
                    self._refuse(item, "not an object with named fields", self._number(line, self.sheet))
        elif isinstance(value, dict):
            self._find_in_object(value, inherited, depth)

    def _find_in_object(self, value: dict[str, Any], inherited: dict[str, Any], depth: int) -> None:
        if is_split_table(value):
            self._add_table([(line_of(value), value["columns"]), *with_lines(value["data"])], 0)
            return
        line = line_of(value)
        self._labels = find_labels(value) or self._labels
        texts = _find_text_lists(value)
        value = titles_as_records(value, texts) if texts else value
        value = relabel(unwrap_record(value), self._labels)
        parts = _find_parts(value, depth)
        for name in texts if parts else ():
            if isinstance(value.get(name), str):  # it became no list of records
                reason = f"a list of texts below “{name[:40]}” names no numbers, so it was not read"
                self.sheet.problems.append(ReadProblem(self._last + 1, value[name][:80], reason))
        for part, handed_down in parts:
            self.find(part, inherited | handed_down, depth + 1)
        if value and not parts:
            number = self._number(line, self.sheet)
            self.budget.spend("lines")
            if len(self.sheet.rows) % 500 == 0:
                self.budget.check_time()
            self.sheet.rows.append((number, inherited | value))

    def _add_table(self, rows: list[tuple[int, Any]], first: int) -> None:
        """Add a table's rows, each with its line, or else numbered from `first`."""
        table = Sheet()
        for at, (line, row) in enumerate(rows, first):
            table.rows.append((self._number(line, table) if line else at, scalars(row)))
        self.tables.append(table)

    def _number(self, line: int, sheet: Sheet) -> int:
        """The number of the next row: its line, or one that no other row has where several stand on one line."""
        number = line if line and line not in self._numbers else self._last + 1
        self._last = max(self._last, number)
        self._numbers.add(number)
        if line not in (0, number):
            sheet.lines[number] = line
        return number

    def _refuse(self, value: Any, reason: str, number: int = 0) -> None:
        text = str(value)[:80] if isinstance(value, str) else ""
        self.sheet.problems.append(ReadProblem(number or self._last, text, reason))


def lists_changes(value: Any) -> bool:
    """Whether changes, objects with titles and numbers in a list or by their numbers, are somewhere in a value."""
    waiting, seen = [value], 0
    while waiting and seen < _MAX_SEARCHED:
        seen += 1
        item = waiting.pop()
        if _lists_changes(item) or (isinstance(item, dict) and _is_keyed_by_number(item)):
            return True
        if isinstance(item, list | dict):
            waiting.extend(item.values() if isinstance(item, dict) else item)
    return False


def _find_text_lists(value: dict[str, Any]) -> list[str]:
    """The names of the lists of texts in an object that may be titles of changes."""
    return [name for name, item in value.items() if _is_text_list(name, item)]


def _is_text_list(name: str, item: Any) -> bool:
    if not isinstance(item, list) or not item or type(item[0]) is not str:
        return False
    return _names_titles(name) and all(isinstance(text, str) for text in item)


def _names_titles(name: str) -> bool:
    """Whether a key may be that of titles of changes: "added", or a version."""
    return re.sub(r"[^a-z]", "", name.lower()) in _TITLE_LISTS or _VERSION.fullmatch(name) is not None


def titles_as_records(value: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """An object with its lists of titles as lists of records, where they have numbers; a record's own lists stay."""
    numbered = [name for name in names if any(map(_HAS_NUMBER.search, value[name]))]
    if not numbered or _is_record(value, []):
        return value
    return value | {
        name: [ObjectAtLine(line, {"title": _with_sign(text)}) for line, text in with_lines(value[name])]
        for name in numbered
    }


def _with_sign(text: str) -> str:
    """A title with its number behind it and a sign before that, where brackets, a dash or a colon set it apart."""
    row = parse_row(text)
    if row is None or row.certain or row.summary or row.minute or not row.title or names_several(text):
        return text
    return f"{row.title} (#{row.number})"


def unwrap_record(record: dict[str, Any]) -> dict[str, Any]:
    """A record without the objects that some programs put around its fields, and with short lists as text."""
    if _FIELD_LISTS.issuperset([name for name, value in record.items() if isinstance(value, (list, dict))]):
        return record
    flat: dict[str, Any] = {}
    for name, stored in record.items():
        value = stored if name in _FIELD_LISTS else plain_value(stored)
        if (
            isinstance(value, dict)
            and name.lower() in _WRAPPERS
            and not all(isinstance(v, dict) for v in value.values())
        ):
            flat.update({inner: part for inner, part in unwrap_record(value).items() if inner not in record})
        elif isinstance(value, list) and name not in _FIELD_LISTS:
            flat[name] = _list_as_text(name, value)
        else:
            flat[name] = value
    return flat


def _list_as_text(name: str, value: list[Any]) -> Any:
    """A short list of plain values as text; so are the names of a list of versions. Any other list stays one."""
    is_named = any(part in name.lower() for part in _NAMED_LISTS)
    names = [item.get("name") if is_named and isinstance(item, dict) else item for item in value[:20]]
    is_plain = bool(names) and all(isinstance(item, str | int) for item in names)
    return ", ".join(map(str, names)) if is_plain else value


def _find_parts(value: dict[str, Any], depth: int) -> list[tuple[Any, dict[str, Any]]]:
    """The parts of an object that hold records, each with what the object says about them; none for a record."""
    if (lists := _find_lists(value)) and not _is_record(value, lists):
        facts = _describe_records(value)
        releases = [
            name
            for name, item in value.items()
            if isinstance(item, dict) and _VERSION.fullmatch(name) and _holds_records(name, item, depth)
        ]
        found = [(value[name], facts | _describe_by_key(name) | _highlight_by_key(name)) for name in lists]
        return found + [(value[name], facts | _describe_by_key(name)) for name in releases]
    if _gives_titles_by_number(value):
        return [(ObjectAtLine(line_of(value, name), {"id": name, "title": value[name]}), {}) for name in value]
    if _is_keyed_by_number(value):
        return [(ObjectAtLine.like(item, {"id": name, **item}), {}) for name, item in value.items()]
    inner = {name: item for name, item in value.items() if isinstance(item, dict) and name not in _FIELD_LISTS}
    nested = [name for name, item in inner.items() if _holds_records(name, item, depth)]
    if nested and _is_record(value, nested):
        return []
    facts = _describe_records(value) if nested else {}
    return [(value[name], facts | _describe_by_key(name)) for name in nested]


def _find_lists(value: dict[str, Any]) -> list[str]:
    """The names of the lists of records in an object."""
    known = [name for name in value if re.sub(r"[^a-z]", "", name.lower()) in _RECORD_LISTS]
    others = [name for name in value if name not in _FIELD_LISTS and name not in known]
    if known:
        others = [name for name in others if _lists_changes(value[name]) or _lists_titles(value[name])]
    names = [*known, *others]
    lists = [name for name in names if isinstance(value[name], list)]
    return [name for name in lists if any(isinstance(v, dict) for v in value[name]) or is_table(value[name])]


def _lists_titles(value: Any) -> bool:
    """Whether a value is a list of titles, as `titles_as_records` makes them."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and value[0].keys() == {"title"}


def _lists_changes(value: Any) -> bool:
    """Whether a value is a list whose first object has the title and the number of a change."""
    first = next((item for item in value[:20] if isinstance(item, dict)), {}) if isinstance(value, list) else {}
    return {"title", "number"} <= map_columns(list(first)).keys()


def _is_record(value: dict[str, Any], lists: Sequence[str]) -> bool:
    """Whether an object is a change itself, and its lists (of people, of comments) hold none, nor do its objects."""
    columns = map_columns(list(value), [[None if isinstance(v, list | dict) else v for v in value.values()]])
    names = list(value)
    numbers = [str(value[names[column]]) for column in columns.get("number", ())]
    if "title" not in columns or not any(_KEY_INSIDE.search(number) for number in numbers):
        return False
    inner = next((item for name in lists for item in _first_objects(value[name], 0)), {})
    return not {"title", "number"} <= map_columns(list(inner)).keys()


def _first_objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The objects in a list, or in the first lists that an object holds."""
    if depth > _MAX_DEPTH:
        return
    for item in value if isinstance(value, list) else value.values():
        if isinstance(value, list) and isinstance(item, dict):
            yield item
        elif isinstance(item, list) or (isinstance(item, dict) and isinstance(value, dict)):
            yield from _first_objects(item, depth + 1)


def _is_keyed_by_number(value: dict[str, Any]) -> bool:
    """Whether an object holds records by their numbers: `{"794180": {"title": …}, …}`."""
    return bool(value) and all(isinstance(item, dict) and _KEY.fullmatch(name) for name, item in value.items())


def _gives_titles_by_number(value: dict[str, Any]) -> bool:
    """Whether an object has nothing but titles by their numbers: `{"794180": "Budgets per phase", …}`."""
    return bool(value) and all(isinstance(title, str) and _HAS_NUMBER.fullmatch(name) for name, title in value.items())


def _has_records(value: dict[str, Any], depth: int) -> bool:
    """Whether a list of records, or records by their numbers, are somewhere inside an object."""
    if depth > _MAX_DEPTH:
        return False
    return _is_keyed_by_number(value) or any(
        _holds_records(name, item, depth + 1) for name, item in value.items() if name not in _FIELD_LISTS
    )


def _holds_records(name: str, item: Any, depth: int) -> bool:
    """Whether the value of a key is, or has inside it, a list of records, or records by their numbers."""
    if isinstance(item, list):
        has_titles = _is_text_list(name, item) and any(map(_HAS_NUMBER.search, item))
        return has_titles or any(isinstance(part, dict) for part in item)
    if not isinstance(item, dict):
        return False
    return _has_records(item, depth) or (_names_titles(name) and _gives_titles_by_number(item))


def _highlight_by_key(name: str) -> dict[str, Any]:
    plain = re.sub(r"[^a-z]", "", name.lower())
    if plain in _CAUTION_LISTS:
        return {"caution": True}
    return {"highlighted": True} if plain in _HIGHLIGHTED_LISTS else {}


def _describe_by_key(name: str) -> dict[str, Any]:
    """What a key says about the records below it: `{"v2.270": [...]}`."""
    return {"version": name} if _VERSION.fullmatch(name) else {}


def _describe_records(value: dict[str, Any]) -> dict[str, Any]:
    """What an object says about all records in it: their version, else a group's name as their area, and an episode."""
    facts: dict[str, Any] = {}
    value = {name.lower(): item for name, item in value.items()}
    versions = (value.get(name) for name in ("version", "name", "release", "release_name", "releasename"))
    version = next((v for v in versions if isinstance(v, str | float) and _VERSION.fullmatch(str(v).strip())), None)
    if "chapters" in value or version is None:  # the version of a file of chapters is that of its format
        named = set(find_versions(value["title"][:300])) if isinstance(value.get("title"), str) else set()
        version = str(named.pop()) if len(named) == 1 else None
    if version is not None:
        facts["version"] = version
    elif isinstance(value.get("name"), str):
        facts["category"] = value["name"]
    episode = _find_episode(value)
    return facts if episode is None else facts | {"episode": episode}


def _find_episode(value: dict[str, Any]) -> str | int | None:
    """The episode that an object is about: in a field, in an object of its own, or in its title."""
    meta = value.get("meta")  # what stands beside a list of records
    for name in ("episode", "episode_number", "ep"):
        episode = value.get(name, meta.get(name) if isinstance(meta, dict) else None)
        if isinstance(episode, dict):
            episode = episode.get("number") or episode.get("no") or episode.get("title")
        if isinstance(episode, str | int):
            return episode
    named = _EPISODE.search(title) if isinstance(title := value.get("title"), str) else None
    return named[1] if named else None
