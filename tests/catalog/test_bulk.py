"""Writing many rows: all of them, in order, whatever their number."""

import sqlite3

import pytest
from sqlite_utils import Database

from bot.catalog.bulk import MAX_ROWS, MAX_VALUES, insert_rows


@pytest.fixture
def db():
    """A database in memory with a table of two columns."""
    database = Database(memory=True)
    database.execute("CREATE TABLE words (word TEXT PRIMARY KEY, times INTEGER)")
    yield database
    database.close()


@pytest.mark.parametrize("count", [0, 1, MAX_ROWS - 1, MAX_ROWS, MAX_ROWS + 1, 3 * MAX_ROWS + 7])
def test_all_rows_are_inserted(db, count):
    """However many rows there are, each is inserted once, in its order."""
    rows = [(f"w{n}", n) for n in range(count)]
    insert_rows(db, "INSERT INTO words (word, times)", iter(rows))
    assert db.execute("SELECT word, times FROM words ORDER BY rowid").fetchall() == rows


def test_rows_that_are_there_are_replaced(db):
    """What follows the values says what becomes of a row that is there; within one call, too."""
    insert_rows(db, "INSERT INTO words (word, times)", [("a", 1), ("b", 1)])
    counted = "ON CONFLICT (word) DO UPDATE SET times = times + excluded.times"
    insert_rows(db, "INSERT INTO words (word, times)", [("a", 5), ("c", 2), ("c", 3)], counted)
    assert dict(db.execute("SELECT word, times FROM words")) == {"a": 6, "b": 1, "c": 5}


def test_rows_of_many_values(db):
    """A statement has no more values than SQLite takes, so that rows of many columns are inserted, too."""
    columns = [f"c{n}" for n in range(MAX_VALUES // 100)]
    db.execute(f"CREATE TABLE wide ({', '.join(columns)})")
    insert_rows(db, f"INSERT INTO wide ({', '.join(columns)})", [range(len(columns))] * MAX_ROWS)
    assert db.execute("SELECT count(*), sum(c7) FROM wide").fetchone() == (MAX_ROWS, 7 * MAX_ROWS)


def test_a_row_that_cannot_be_written_is_an_error(db):
    """A broken rule is raised as it is for a single row."""
    with pytest.raises(sqlite3.IntegrityError):
        insert_rows(db, "INSERT INTO words (word, times)", [("a", 1), ("a", 2)])


def test_a_value_that_all_rows_have(db):
    """The last value may be given once for all rows."""
    insert_rows(db, "INSERT INTO words (word, times)", [("a",), ("b",)], last=7)
    assert dict(db.execute("SELECT word, times FROM words")) == {"a": 7, "b": 7}
