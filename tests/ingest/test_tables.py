"""Tables in the ways that people and programs write them: every change is read right, or refused by its row."""

import pytest

from bot.catalog.models import Entry
from bot.ingest.readers.registry import read_document
from bot.ingest.service import import_documents
from tests.ingest.boards import BOARDS
from tests.ingest.tables import TABLES, Change, Table
from tests.ingest.trackers import TRACKERS


def change_of(entry: Entry) -> Change:
    """An entry as the tables put it."""
    at = next((mention.at for mention in entry.mentions), None)
    version = entry.version.number if entry.version else None
    return Change(entry.key if entry.numbered else None, version, at, entry.highlighted, entry.caution, entry.title)


@pytest.mark.parametrize("table", [*TABLES, *TRACKERS, *BOARDS], ids=lambda table: table.name)
def test_every_row_is_read_right_or_refused(empty, now, table: Table):
    """Every change of a table is found as it stands there, nothing else is, and each row that is not read is named."""
    document = read_document(table.data, table.name, table.name)
    import_documents(empty, [document], now)
    assert sorted(map(change_of, empty.entries()), key=str) == sorted(table.changes, key=str)
    assert tuple(problem.line_number for problem in document.problems) == table.refused
    assert all(len(problem.reason) > 10 for problem in document.problems)


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("Number,Short description,Fixed in", "CHG0041822,Rates,v2.270", "“Number”: not numbers of Halo's changes"),
        ("Issue key,Issue id,Summary", "HPSA-12,48213,Rates", "“Issue key”, “Issue id”: not numbers of Halo's changes"),
        ("Internal ID,Title,Version", "204512,Rates,v2.270", "not used: Internal ID."),
    ],
)
def test_numbers_of_others_are_said(header: str, row: str, said: str):
    """A column with ids that are not Halo's is named in a remark, and its changes are read without them."""
    document = read_document(f"{header}\n{row}\n".encode(), "x.csv", "x.csv")
    assert [record.number for record in document.records] == [None]
    assert any(said in remark for remark in document.remarks)


def test_a_record_with_neither_number_nor_version_is_refused(empty, now):
    """A change that nothing names is not dropped without a word: the import names its line."""
    lines = (
        '{"id": 1200001, "title": "Quotes can be copied"}\n{"id": null, "title": "Tooltips on charts", "version": []}\n'
    )
    report = import_documents(empty, [read_document(lines.encode(), "changes.jsonl")], now)
    assert [entry.title for entry in empty.entries()] == ["Quotes can be copied"]
    refused = [outcome for outcome in report.outcomes if outcome.kind == "refused"]
    assert [(outcome.line_number, outcome.title) for outcome in refused] == [(2, "Tooltips on charts")]
    assert "neither a number nor a version or an episode" in refused[0].reason
