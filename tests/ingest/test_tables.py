"""Tables in the ways that people and programs write them: every change is read right, or refused by its row."""

import pytest

from bot.catalog.models import Entry
from bot.ingest.readers.registry import read_document
from bot.ingest.service import import_documents
from tests.ingest.tables import TABLES, Change, Table


def change_of(entry: Entry) -> Change:
    """An entry as the tables put it."""
    at = next((mention.at for mention in entry.mentions), None)
    version = entry.version.number if entry.version else None
    return Change(entry.key if entry.numbered else None, version, at, entry.highlighted, entry.caution, entry.title)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_row_is_read_right_or_refused(empty, now, table: Table):
    """Every change of a table is found as it stands there, nothing else is, and each row that is not read is named."""
    document = read_document(table.data, table.name, table.name)
    import_documents(empty, [document], now)
    assert sorted(map(change_of, empty.entries()), key=str) == sorted(table.changes, key=str)
    assert tuple(problem.line_number for problem in document.problems) == table.refused
    assert all(len(problem.reason) > 10 for problem in document.problems)
