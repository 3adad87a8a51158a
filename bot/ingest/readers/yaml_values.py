r"""YAML into the values that JSON has: objects, lists, texts, whole numbers, yes and no.

    load_yaml('- version: 2.270\n  changes: [{id: 1142801, title: Budgets}]', Budget("a.yaml"))
    -> [{"version": "2.270", "changes": [{"id": 1142801, "title": "Budgets"}]}]

PyYAML says what is in the document, event by event; no object of Python's is ever made of a tag. Anything that is not
plainly a whole number, yes or no stays the text that was written: 2.270, 12:45 and 2026-08-17 are texts. An object
knows the line that it begins on, and those of its fields, a list those of its items.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from bot.errors import SourceError
from bot.ingest.readers.budget import Budget
from bot.ingest.readers.table.json_values import ListWithLines, ObjectAtLine

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml's parser, where PyYAML was built with it
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_WORDS = {word: value for value, words in ((True, "true True TRUE"), (False, "false False FALSE"),
                                           (None, "null Null NULL ~")) for word in words.split()}  # fmt: skip
_MERGE = "<<"  # the key of objects whose fields count where the object has none of the name
# "Budgets #1142801", "Budgets # 1142801": YAML takes what stands behind a blank and # for a remark; people mean the
# change's number, where none stands before it.
_NUMBER_SIGN = re.compile(
    r"^[^\S\n]*#.*|(?<=[ \t])(?<!\d{5}[ \t])(?<!\d{5}[ \t]{2})#(?=\d{5,9}(?!\d))"
    r"|(?<=[^\W\d_][ \t])#(?=[ \t]\d{6,8}[ \t]*\r?$)",
    re.MULTILINE,
)
_KEPT_SIGN = "\ue000"
MAX_DEPTH = 50  # lists and objects in each other
EVENTS_A_CHECK = 2_000  # between two looks at the clock


class YamlDocument(NamedTuple):
    """What a text says as YAML."""

    value: Any  # of the document, or a list of the values of several
    inside_texts: list[tuple[int, int]]  # first and last line of what is within a text, where # begins no remark


class NotYamlError(Exception):
    """A text is no YAML, or says something twice."""

    def __init__(self, line: int, problem: str, documents: Sequence[Any] = ()) -> None:
        super().__init__(problem)
        self.line = line  # from 1
        self.problem = problem
        self.documents = documents  # what was read above that line


@dataclass(slots=True)
class _Size:
    """How much a value holds, each part counted as often as it is named."""

    values: int = 1
    characters: int = 0
    height: int = 0  # of lists and objects in each other

    def add(self, part: "_Size") -> None:
        self.values += part.values
        self.characters += part.characters
        self.height = max(self.height, part.height + 1)


@dataclass(slots=True)
class _Open:
    """A list or an object that is being read."""

    value: ListWithLines | ObjectAtLine
    anchor: str | None
    size: _Size
    key: str | None = None  # of the value that comes next in an object


def load_yaml(text: str, budget: Budget) -> Any:
    """The value of a YAML document, or a list of the values of several. Raises what `parse_yaml` raises."""
    return parse_yaml(text, budget).value


def parse_yaml(text: str, budget: Budget) -> YamlDocument:
    """The value of a YAML document, or those of several, and which lines are within a text.

    Raises NotYamlError for any other text, and SourceError when the budget runs out.
    """
    budget.spend("bytes", len(text))
    builder = _Builder(budget)
    line = 1
    try:
        for count, event in enumerate(yaml.parse(_keep_number_signs(text), Loader=_LOADER), 1):
            line = event.start_mark.line + 1
            builder.add(event, line)
            if count % EVENTS_A_CHECK == 0:
                budget.check_time()
    except yaml.MarkedYAMLError as error:
        is_in_quotes = "quoted scalar" in (error.context or "")  # what is wrong is where they begin
        mark = error.context_mark if is_in_quotes else error.problem_mark
        at = mark.line + 1 if mark else line
        raise NotYamlError(at, error.problem or "it breaks off", builder.documents) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise NotYamlError(line, "a character that no text has is in it", builder.documents) from error
    return YamlDocument(builder.value, builder.inside_texts)


def _keep_number_signs(text: str) -> str:
    """The text, with another sign in place of # before the number of a change."""
    text = text.replace(_KEPT_SIGN, "")
    if "#" not in text:
        return text
    return _NUMBER_SIGN.sub(lambda found: found[0] if len(found[0]) > 1 else _KEPT_SIGN, text)


class _Builder:
    """Puts the events of a parser together."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.inside_texts: list[tuple[int, int]] = []
        self.documents: list[Any] = []
        self._open: list[_Open] = []
        self._anchored: dict[str, tuple[Any, _Size]] = {}

    @property
    def value(self) -> Any:
        """What was read so far."""
        return self.documents[0] if len(self.documents) == 1 else self.documents

    def add(self, event: yaml.Event, line: int) -> None:
        """Take the next event. Raises NotYamlError, and SourceError when the budget runs out."""
        if isinstance(event, yaml.ScalarEvent):
            last = event.end_mark.line + (event.end_mark.column > 0)
            if last > line:
                self.inside_texts.append((line + 1, last))
            is_plain = event.implicit[0]
            text = event.value.replace(_KEPT_SIGN, "#")
            self._add_value(_plain(text) if is_plain else text, text, event.anchor, line)
        elif isinstance(event, yaml.AliasEvent):
            self._add_alias(event.anchor, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            is_object = isinstance(event, yaml.MappingStartEvent)
            self._begin(ObjectAtLine(line) if is_object else ListWithLines(), event.anchor, line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._end()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._anchored.clear()

    def _begin(self, value: ListWithLines | ObjectAtLine, anchor: str | None, line: int) -> None:
        self._check_depth(0)
        self._put(value, line)
        self.budget.spend("values")
        self._open.append(_Open(value, anchor, _Size()))

    def _end(self) -> None:
        done = self._open.pop()
        if isinstance(done.value, ObjectAtLine):
            _merge(done.value)
        if done.anchor:
            self._anchored[done.anchor] = (done.value, done.size)
        if self._open:
            self._open[-1].size.add(done.size)

    def _add_value(self, value: Any, text: str, anchor: str | None, line: int) -> None:
        """A text, a number, yes or no: a key where an object waits for one."""
        self.budget.spend("values")
        size = _Size(characters=len(text))
        if anchor:
            self._anchored[anchor] = (value, size)
        self._put(text if self._waits_for_key() else value, line)
        if self._open:
            self._open[-1].size.add(size)

    def _add_alias(self, anchor: str, line: int) -> None:
        """What was named further up, again."""
        if anchor not in self._anchored:
            raise NotYamlError(line, f"“*{anchor[:40]}” refers to nothing above it", self.documents)
        value, size = self._anchored[anchor]
        self._check_depth(size.height)
        self.budget.spend("values", size.values)
        self.budget.spend("bytes", size.characters)
        self._put(_copy(value, line), line)
        if self._open:
            self._open[-1].size.add(size)

    def _check_depth(self, height: int) -> None:
        if len(self._open) + height >= MAX_DEPTH:
            raise SourceError(
                f"{self.budget.source}: YAML with more than {MAX_DEPTH} lists and objects in each other, the most that "
                "is read. Save only the list of changes, and import that."
            )

    def _waits_for_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, ObjectAtLine) and self._open[-1].key is None

    def _put(self, value: Any, line: int) -> None:
        """Put a value where it belongs: into the list or the object that is open, or as that object's next key."""
        if not self._open:
            self.documents.append(value)
            return
        top = self._open[-1]
        if isinstance(top.value, ListWithLines):
            top.value.append_at(line, value)
        elif top.key is not None:
            top.value[top.key] = value
            top.key = None
        elif isinstance(value, list | dict):
            raise NotYamlError(line, "the name of a field is a list or an object", self.documents)
        else:
            name = str(value)
            if name in top.value:
                raise NotYamlError(line, f"“{name[:40]}” stands twice in one object", self.documents)
            top.key = name
            if line != top.value.line:
                top.value.lines[name] = line


def _plain(text: str) -> Any:
    """What a text without quotes means."""
    if not text:
        return None
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else _WORDS.get(text, text)


def _merge(value: ObjectAtLine) -> None:
    """Give an object the fields of those that it is merged with (`<<: *defaults`), where it has none of the name."""
    merged = value.get(_MERGE)
    others = [other for other in (merged if isinstance(merged, list) else [merged]) if isinstance(other, dict)]
    if not others:
        return
    del value[_MERGE]
    for other in others:
        value.update({name: part for name, part in other.items() if name not in value})


def _copy(value: Any, line: int) -> Any:
    """A value of its own, so that what is done to one is not done to the other; it stands on the line that names it."""
    if isinstance(value, dict):
        return ObjectAtLine(line, {name: _copy(part, line) for name, part in value.items()})
    if isinstance(value, list):
        return ListWithLines((line, _copy(item, line)) for item in value)
    return value
