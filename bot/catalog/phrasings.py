"""Phrasings that were accepted in review (table `accepted_phrasings`), and how many phrasings each entry has.

They stand apart from the entries' own, so that loading seeds and importing leave them alone. The workspace database
keeps the record of them: this table is made from it, and made anew after the catalogue was deleted.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from bot.catalog.entry_codec import parse_text_list
from bot.catalog.indexing import refresh_index
from bot.catalog.repository import Catalog


class AcceptedPhrasing(NamedTuple):
    """How people ask for an entry, and whose words these are: "person", "llm" or "question"."""

    key: str
    text: str
    origin: str


def accepted_phrasings(db: Database) -> list[AcceptedPhrasing]:
    """Every accepted phrasing, also those of entries that are not there."""
    query = "SELECT key, text, origin FROM accepted_phrasings ORDER BY key, rowid"
    return [AcceptedPhrasing(*row) for row in db.execute(query)]


def replace_phrasings(catalog: Catalog, wanted: Iterable[AcceptedPhrasing]) -> int:
    """Make these the accepted phrasings, all or nothing. Returns how many rows changed.

    The next answer knows them. Raises CatalogueError when the catalogue cannot be written.
    """
    wanted = dict.fromkeys(wanted)
    known = dict.fromkeys(accepted_phrasings(catalog.db))
    added = [row for row in wanted if row not in known]
    removed = [row for row in known if row not in wanted]
    if added or removed:
        with catalog.write_transaction() as db:
            db.conn.executemany(
                "DELETE FROM accepted_phrasings WHERE key = ? AND text = ?", [row[:2] for row in removed]
            )
            # Not REPLACE, whose deletions fire no trigger.
            db.conn.executemany(
                "INSERT INTO accepted_phrasings (key, text, origin) VALUES (?, ?, ?)"
                " ON CONFLICT (key, text) DO UPDATE SET origin = excluded.origin",
                added,
            )
            refresh_index(db)
    return len(added) + len(removed)


def phrasings_by_key(db: Database) -> dict[str, tuple[str, ...]]:
    """How people ask for each entry: its own phrasings, then the accepted ones."""
    phrasings = {key: parse_text_list(also) for key, also in db.execute("SELECT key, also FROM entries")}
    for accepted in accepted_phrasings(db):
        if accepted.key in phrasings:
            phrasings[accepted.key] += (accepted.text,)
    return phrasings


def copy_catalog(catalog: Catalog, path: Path) -> Catalog:
    """A copy of the catalogue to try something in; the original is only read. Close it when you are done."""
    copy = Catalog(path)
    catalog.db.conn.backup(copy.db.conn)
    return copy
