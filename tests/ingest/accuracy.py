"""How much of our documents is read right, field by field: precision and recall over all that have their facts beside
them. `make accuracy` prints it.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bot.catalog.repository import Catalog
from bot.ingest.readers.registry import read_document
from bot.ingest.service import import_documents
from tests.ingest.boards import BOARDS
from tests.ingest.habits import HABITS
from tests.ingest.habits_more import MORE_HABITS
from tests.ingest.habits_of_layout import HABITS_OF_LAYOUT
from tests.ingest.habits_of_marks import HABITS_OF_MARKS
from tests.ingest.publications import PUBLICATIONS
from tests.ingest.publications_as_data import PUBLICATIONS_AS_DATA
from tests.ingest.publications_more import MORE_PUBLICATIONS
from tests.ingest.publications_of_tools import PUBLICATIONS_OF_TOOLS
from tests.ingest.publications_of_tools_more import MORE_PUBLICATIONS_OF_TOOLS
from tests.ingest.publishers import PUBLISHED
from tests.ingest.tables import TABLES, Change, Table
from tests.ingest.trackers import TRACKERS
from tests.ingest.unseen import DOCUMENTS
from tests.ingest.unseen_more import MORE
from tests.prepared import new_catalog

NOW = datetime(2026, 6, 10, 8, tzinfo=UTC)
FIELDS = ("numbers", "versions", "minutes", "highlights", "cautions", "titles")
LEAST = dict.fromkeys(FIELDS, 0.99) | {"titles": 0.97}


class Score(NamedTuple):
    """How many values of a field are right, were read, and are there."""

    right: int = 0
    read: int = 0
    there: int = 0

    def __add__(self, other: tuple[int, ...]) -> "Score":  # type: ignore[override]
        return Score(*(mine + more for mine, more in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """The share of what was read that is right."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was read."""
        return self.right / self.there if self.there else 1.0


def documents() -> Iterator[Table]:
    """All documents with facts. Those whose facts have no titles, or no cautions, are given what is read of them."""
    yield from PUBLISHED
    yield from HABITS
    yield from MORE_HABITS
    yield from HABITS_OF_MARKS
    yield from HABITS_OF_LAYOUT
    yield from PUBLICATIONS
    yield from MORE_PUBLICATIONS
    yield from PUBLICATIONS_AS_DATA
    yield from PUBLICATIONS_OF_TOOLS
    yield from MORE_PUBLICATIONS_OF_TOOLS
    yield from TABLES
    yield from TRACKERS
    yield from BOARDS


def read_changes(document: Table) -> list[Change]:
    """What an empty catalogue has after the document's import."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = Catalog(new_catalog(Path(folder) / "catalog.db"))
        import_documents(catalog, [read_document(document.data, document.name, document.name)], NOW)
        changes = [
            Change(
                entry.key if entry.numbered else None,
                entry.version.number if entry.version else None,
                next((mention.at for mention in entry.mentions), None),
                entry.highlighted,
                entry.caution,
                entry.title,
            )
            for entry in catalog.entries()
        ]
        catalog.close()
    return changes


def score(there: Iterable[Change], read: Iterable[Change]) -> dict[str, Score]:
    """The score of each field. A change is known by its number, or by its title where it has none."""
    expected, found = ({change.number or change.title: change for change in changes} for changes in (there, read))
    values = {
        "numbers": lambda change: change.number or change.title,
        "versions": lambda change: change.version,
        "minutes": lambda change: change.at,
        "highlights": lambda change: change.highlighted or None,
        "cautions": lambda change: change.caution,
        "titles": lambda change: change.title or None,
    }
    scores = {}
    for name, value in values.items():
        right = sum(
            1
            for key, change in expected.items()
            if key in found and value(change) and value(found[key]) == value(change)
        )
        scores[name] = Score(
            right, sum(1 for c in found.values() if value(c)), sum(1 for c in expected.values() if value(c))
        )
    return scores


def facts_only() -> Iterator[tuple[str, dict[str, Score]]]:
    """The scores of the documents whose facts are numbers, versions, minutes and highlights."""
    for document in (*DOCUMENTS, *MORE):
        read = read_changes(Table(document.name, document.text.encode(), ()))
        titles = {change.number: change for change in read if change.number}
        there = []
        for fact in document.facts:
            title = titles[fact.number].title if fact.number in titles else fact.title
            if fact.number is None:
                title = next(
                    (change.title for change in read if not change.number and change.title.startswith(fact.title)),
                    title,
                )
            there.append(Change(fact.number, fact.version, fact.at, fact.highlighted, None, title))
        scores = score(there, read)
        yield document.name, {name: scores[name] for name in FIELDS if name not in ("titles", "cautions")}


def measure() -> Iterator[tuple[str, dict[str, Score]]]:
    """The scores of every document, by its name."""
    for document in documents():
        yield document.name, score(document.changes, read_changes(document))
    yield from facts_only()


def totals(measured: Iterable[tuple[str, dict[str, Score]]]) -> dict[str, Score]:
    """The sum of scores, by field."""
    sums = dict.fromkeys(FIELDS, Score())
    for _, scores in measured:
        for name, one in scores.items():
            sums[name] += one
    return sums


def main() -> None:
    """Print the figures of all documents, and before them the documents that are not read right in full."""
    measured = list(measure())
    for name, scores in measured:
        wrong = [
            f"{field} {s.right}/{s.read}/{s.there}" for field, s in scores.items() if not s.right == s.read == s.there
        ]
        if wrong:
            print(f"{name}: {', '.join(wrong)}")
    print(f"{len(measured)} documents\n{'field':12}{'values':>8}{'precision':>11}{'recall':>8}")
    for name, total in totals(measured).items():
        print(f"{name:12}{total.there:8}{total.precision:11.4f}{total.recall:8.4f}")


if __name__ == "__main__":
    sys.exit(main())
