"""Values of JSON and YAML: the lines that they stand on, tables among them, and what the interfaces of trackers wrap a
value in. Pure.

plain_value({"value": "Yes", "id": "10471"})                                   -> "Yes"
plain_value({"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Busy."}]}]})
                                                                               -> "Busy."
relabel({"customfield_10310": "Yes"}, {"customfield_10310": "Highlight"})      -> {"Highlight": "Yes"}
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.ingest.readers.rich_text import is_rich_text, rich_text_as_lines
from bot.ingest.readers.table.sheet import MAX_COLUMNS

_SHOWN = ("display_value", "displayValue", "value")  # the part of a chosen option that people see
_BESIDE_SHOWN = frozenset("id self link disabled color position optionId option_id child".split())
_DOCUMENTS = ("doc", "document", "root")  # the outermost node of a formatted text
_INLINE = frozenset("text hardBreak break mention emoji inlineCard date status link hyperlink".split())
_MAX_NODES = 5_000  # of a formatted text
_MAX_DEPTH = 30
_MAX_OPTIONS = 20
MAX_LABELS = 5_000


class ObjectAtLine(dict[str, Any]):
    """An object, and the lines of its document on which it and its fields begin, from 1; 0 where that is not known."""

    def __init__(
        self, line: int, fields: Mapping[str, Any] | None = None, lines: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(fields or {})
        self.line = line
        self.lines = dict(lines or {})  # of the fields that stand on other lines

    @classmethod
    def like(cls, value: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
        """An object with these fields, on the lines of another one, where they are known."""
        return cls(value.line, fields, value.lines) if isinstance(value, cls) else fields


class ListWithLines(list[Any]):
    """A list, and the line of its document on which each item begins, from 1."""

    def __init__(self, items: Iterable[tuple[int, Any]] = ()) -> None:
        super().__init__()
        self.lines: list[int] = []
        for line, item in items:
            self.append_at(line, item)

    def append_at(self, line: int, item: Any) -> None:
        """Add an item that begins on this line."""
        self.append(item)
        self.lines.append(line)


def with_lines(items: list[Any]) -> list[tuple[int, Any]]:
    """A list's items, each behind its line; 0 where that is not known."""
    return list(zip(items.lines if isinstance(items, ListWithLines) else [0] * len(items), items, strict=True))


def line_of(value: Any, name: str = "") -> int:
    """The line on which an object, or one of its fields, begins; 0 where that is not known."""
    return value.lines.get(name, value.line) if isinstance(value, ObjectAtLine) else 0


def is_table(value: list[Any]) -> bool:
    """Whether a list is a table: rows of plain values."""
    rows = [row for row in value[:50] if isinstance(row, list)]
    return (
        len(rows) > 1 and len(rows) == len(value[:50]) and all(not isinstance(c, list | dict) for r in rows for c in r)
    )


def is_split_table(value: dict[str, Any]) -> bool:
    """Whether an object is a table with its header apart: `{"columns": […], "data": [[…], …]}`."""
    columns, data = value.get("columns"), value.get("data")
    return isinstance(columns, list) and isinstance(data, list) and bool(data) and isinstance(data[0], list)


def scalars(row: Any) -> list[Any]:
    """The cells of a table's row; None for what is no plain value."""
    return (
        [None if isinstance(cell, list | dict) else cell for cell in row[:MAX_COLUMNS]] if isinstance(row, list) else []
    )


def plain_value(value: Any) -> Any:
    """The value that a person sees, where an object or a list of objects only says how it is stored; else the value."""
    if isinstance(value, dict):
        text = _formatted_text(value)
        return text if text is not None else _chosen(value, value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        if is_rich_text(value):
            return rich_text_as_lines(value)
        chosen = [_chosen(item, None) if isinstance(item, dict) else None for item in value[:_MAX_OPTIONS]]
        return ", ".join(map(str, chosen)) if all(isinstance(one, str | int) for one in chosen) else value
    return value


def find_labels(value: Mapping[str, Any]) -> dict[str, str]:
    """What the fields of the records in an object are called, where it says so: Jira's `names`. Else nothing."""
    names = value.get("names")
    if not isinstance(names, dict) or not 0 < len(names) <= MAX_LABELS:
        return {}
    return names if all(isinstance(label, str) for label in names.values()) else {}


def relabel(record: dict[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """A record with its fields by the names that people gave them; one that is taken keeps its own."""
    if not labels:
        return record
    renamed: dict[str, Any] = {}
    for name, value in record.items():
        label = labels.get(name, name)
        renamed[name if label in renamed or (label != name and label in record) else label] = value
    return renamed


def _chosen(value: dict[str, Any], otherwise: Any) -> Any:
    """What people see of a chosen option: `{"value": "Yes", "id": "10471"}`."""
    shown = next((name for name in _SHOWN if name in value), None)
    if shown is None or not value.keys() <= _BESIDE_SHOWN | set(_SHOWN):
        return otherwise
    return value[shown] if not isinstance(value[shown], dict | list) else otherwise


def _formatted_text(value: dict[str, Any]) -> str | None:
    """The lines of a text that is stored as a tree of nodes; None for any other object."""
    children = _children(value)
    if _kind(value) not in _DOCUMENTS or children is None:
        return None
    if not all(isinstance(child, dict) and _kind(child) for child in children[:_MAX_NODES]):
        return None  # of records, such as changes
    parts: list[str] = []
    left = _MAX_NODES
    waiting: list[tuple[Any, int]] = [(value, 0)]  # "\n" among them ends a line
    while waiting and left:
        left -= 1
        node, depth = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
        if not isinstance(node, dict) or depth > _MAX_DEPTH:
            continue
        if isinstance(text := node.get("text", node.get("value")), str):
            parts.append(text)
        elif isinstance(attributes := node.get("attrs"), dict) and isinstance(attributes.get("text"), str):
            parts.append(attributes["text"])
        if _kind(node) not in _INLINE or "reak" in _kind(node):
            waiting.append(("\n", 0))
        waiting.extend((child, depth + 1) for child in reversed((_children(node) or [])[:_MAX_NODES]))
    return "\n".join(filter(None, (line.strip() for line in "".join(parts).split("\n"))))


def _kind(node: dict[str, Any]) -> str:
    kind = node.get("type", node.get("nodeType"))
    return kind if isinstance(kind, str) else ""


def _children(node: dict[str, Any]) -> list[Any] | None:
    children = node.get("content", node.get("children"))
    return children if isinstance(children, list) else None
