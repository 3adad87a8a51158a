"""What the bench works on: entries and questions from files, and the text of an entry that every engine gets."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bot.catalog.entry_codec import entry_to_json
from bot.catalog.models import ENTRY_KINDS, Entry, Mention, Version
from bot.catalog.seeds import read_seeds
from bot.settings import PROJECT

SEEDS = PROJECT / "seeds"
RELEVANCE = PROJECT / "tests" / "relevance"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its judged answers: 3 exactly it, 2 clearly relevant, 1 related."""

    q: str
    category: str
    grade: dict[str, int]  # empty for no_answer
    tolerate: tuple[str, ...] = ()  # keys that do no harm where there is no answer


class Text(NamedTuple):
    """Everything that Halobot indexes of an entry, as plain text: the same for every engine."""

    key: str
    version: str  # "v2.206 2.206": both ways of typing it
    title: str
    summary: str
    names: str
    also: str


def engine_text(entry: Entry) -> Text:
    """The text of one entry. `names` and `also` have a line a phrase."""
    versions = (entry.version,) if entry.version else entry.possible_versions
    summary = " ".join(part for part in (entry.summary, entry.caution, entry.answer) if part)
    return Text(
        entry.key,
        " ".join(f"{v} {v.number}" for v in versions),
        entry.title,
        summary,
        "\n".join(entry.names),
        "\n".join(entry.also),
    )


def shipped_entries() -> list[Entry]:
    """The entries of the seeds folder."""
    return list(read_seeds(SEEDS).entries)


def read_entries(path: Path) -> Iterator[Entry]:
    """Entries from JSON lines: of `halobot export`, or of source documents (id, kind, version, title, description,
    bullets).
    """
    for number, record in _records(path):
        try:
            yield _exported(record) if "key" in record else _from_document(record)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}, line {number}: not an entry ({error!r})") from error


def write_entries(entries: Iterable[Entry], path: Path) -> None:
    """Write entries as `read_entries` reads them."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(entry_to_json(entry), ensure_ascii=False) + "\n" for entry in entries)


def read_questions(path: Path) -> list[Question]:
    """Judged questions from JSON lines."""
    found = []
    for number, record in _records(path):
        try:
            grade = {str(key): int(value) for key, value in (record.get("grade") or {}).items()}
            question = Question(str(record["q"]), str(record["category"]), grade, tuple(record.get("tolerate") or ()))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ValueError(f"{path}, line {number}: not a question ({error!r})") from error
        if (question.category == "no_answer") != (not question.grade):
            raise ValueError(f"{path}, line {number}: a question needs a grade, and one of the kind no_answer has none")
        found.append(question)
    return found


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    record = json.loads(line)
                except ValueError as error:
                    raise ValueError(f"{path}, line {number}: not JSON ({error})") from error
                if not isinstance(record, dict):
                    raise ValueError(f"{path}, line {number}: not a JSON object")
                yield number, record


def _exported(record: dict[str, Any]) -> Entry:
    return Entry(
        key=str(record["key"]), kind=record["kind"], title=record["title"], summary=record.get("summary") or "",
        version=Version.parse(record["version"]) if record.get("version") else None,
        possible_versions=tuple(Version.parse(v) for v in record.get("possible_versions") or ()),
        area=record.get("area"), highlighted=bool(record.get("highlighted")), caution=record.get("caution"),
        answer=record.get("answer"),
        mentions=tuple(Mention(int(m["episode"]), m.get("at")) for m in record.get("mentions") or ()),
        names=tuple(record.get("names") or ()), also=tuple(record.get("also") or ()), line_hash=record.get("line_hash"),
        source="bench",
    )  # fmt: skip


def _from_document(record: dict[str, Any]) -> Entry:
    kind = record["kind"] if record["kind"] in ENTRY_KINDS else "feature"
    text = " ".join([record.get("description") or "", *(record.get("bullets") or ())]).strip()
    version = Version.parse(record["version"]) if record.get("version") else None
    return Entry(key=str(record["id"]), kind=kind, title=record["title"], summary=text, version=version, source="bench")
