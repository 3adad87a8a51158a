"""Keeping the search index up: the stems of every entry, how many entries have each stem, and which words there are.

Triggers put every entry that was changed, by whatever program, into a queue; `refresh_index` empties it. Batches go
into the full-text indexes by one statement each, which costs a third of what a trigger for each row does.

No answer needs `entries_fts`: it is there for people with `sqlite-utils search` or Datasette. When many entries come in
at once, it gets them later, by `fill_entries_fts`; a change of a few is in it at once.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlite_utils import Database

from bot.catalog.bulk import OF_THESE, insert_rows
from bot.catalog.expansion import expand_queued, queue_for_expansion
from bot.catalog.lexicon import IndexDocument, Lexicon
from bot.catalog.word_lists import add_words, delete_words, group_words

BATCH_SIZE = 1_000  # entries indexed at a time, so that memory stays flat however many came in
MAX_NEW_WORDS = 100_000  # kept in memory until they are written
_FIELDS = "title, names, summary, also"
_ENTRY_FIELDS = "title, summary, names, also, answer, [key]"


@contextmanager
def changing_many(db: Database) -> Iterator[None]:
    """Inside, no trigger queues entries or moves the revision for each row, which takes as long as writing the row.
    Whoever writes so calls `queue_entries` before the transaction ends.
    """
    db.execute("INSERT OR IGNORE INTO changing_many (id) VALUES (1)")
    try:
        yield
    finally:
        db.execute("DELETE FROM changing_many")


def queue_entries(db: Database, ids: Iterable[int]) -> None:
    """Queue changed entries for the search index, and move the revision."""
    db.execute("INSERT OR IGNORE INTO reindex_queue (id) SELECT value FROM json_each(?)", [json.dumps(list(ids))])
    db.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")


def refresh_index(db: Database) -> int:
    """Index the entries in the queue, inside the caller's transaction. Returns how many there were."""
    count = int(db.execute("SELECT count(*) FROM reindex_queue").fetchone()[0])
    if count > BATCH_SIZE:
        _index_many(db)
    else:
        _index_few(db)
        fill_entries_fts(db)  # a batch of what nobody filled after many came in
    if count:
        _delete_dead_words(db)
    if count <= BATCH_SIZE:  # after a bulk import, the next question does it
        expand_queued(db)
    return count


def _index_few(db: Database) -> None:
    """Empty the queue, which has one batch at most; the counts of stems are moved by what changed."""
    if not (ids := _read_queue(db)):
        return
    lexicon = Lexicon()
    new = lexicon.documents(_read_texts(db, ids))
    old = _write_documents(db, ids, new)
    _add_to_documents_fts(db, ids)
    _update_stems(db, old, new)
    _add_to_entries_fts(db, ids)
    add_words(db, *map(group_words, lexicon.take_new_words()))
    _take_from_queue(db, ids)


def _index_many(db: Database) -> None:
    """Empty the queue batch by batch; each gets into the full-text index while the texts of the next one are split.

    A second thread does that, as SQLite leaves the interpreter to others during a long statement. While it works, this
    one does not use the connection.
    """
    from concurrent.futures import ThreadPoolExecutor  # hardly a start needs it

    lexicon, last_ids = Lexicon(), "[]"
    with ThreadPoolExecutor(1, "catalogue") as second:
        while ids := _read_queue(db):
            texts = _read_texts(db, ids)
            adding = second.submit(_add_to_documents_fts, db, last_ids)
            documents = lexicon.documents(texts)
            adding.result()
            _write_documents(db, ids, documents)
            last_ids = ids
            db.execute("INSERT OR IGNORE INTO entries_fts_queue (id) SELECT value FROM json_each(?)", [ids])
            _take_from_queue(db, ids)
            if lexicon.count_new_words() >= MAX_NEW_WORDS:
                add_words(db, *map(group_words, lexicon.take_new_words()))
        counting = second.submit(_add_last_and_recount, db, last_ids)
        words, compounds = map(group_words, lexicon.take_new_words())
        counting.result()
    add_words(db, words, compounds)


def _read_queue(db: Database) -> str:
    """The ids of the next batch, as JSON; "" where there are none."""
    rows = db.execute("SELECT id FROM reindex_queue LIMIT ?", [BATCH_SIZE]).fetchall()
    return json.dumps([row[0] for row in rows]) if rows else ""


def _take_from_queue(db: Database, ids: str) -> None:
    """These entries are indexed now; what is expected of them comes next."""
    queue_for_expansion(db, ids)
    db.execute(f"DELETE FROM reindex_queue WHERE id {OF_THESE}", [ids])


def _read_texts(db: Database, ids: str) -> list[tuple[Any, ...]]:
    """What `Lexicon.documents` needs of these entries, without those that were deleted."""
    accepted = "(SELECT json_group_array(text) FROM accepted_phrasings WHERE accepted_phrasings.key = entries.key)"
    sql = f"SELECT id, title, summary, caution, answer, names, also, {accepted} FROM entries WHERE id {OF_THESE}"
    return db.execute(sql, [ids]).fetchall()


def _write_documents(db: Database, ids: str, documents: Iterable[IndexDocument]) -> list[IndexDocument]:
    """Replace the documents of these entries, which leave the full-text index. Returns those that were replaced."""
    old: list[IndexDocument] = db.execute(f"SELECT id, {_FIELDS} FROM documents WHERE id {OF_THESE}", [ids]).fetchall()
    if old:
        db.execute(
            f"INSERT INTO documents_fts (documents_fts, rowid, {_FIELDS})"
            f" SELECT 'delete', id, {_FIELDS} FROM documents WHERE id {OF_THESE}", [ids],
        )  # fmt: skip
        db.execute(f"DELETE FROM documents WHERE id {OF_THESE}", [ids])
    insert_rows(db, f"INSERT INTO documents (id, {_FIELDS})", documents)
    return old


def _add_to_documents_fts(db: Database, ids: str) -> None:
    db.execute(
        f"INSERT INTO documents_fts (rowid, {_FIELDS}) SELECT id, {_FIELDS} FROM documents WHERE id {OF_THESE}", [ids]
    )


def _add_last_and_recount(db: Database, ids: str) -> None:
    _add_to_documents_fts(db, ids)
    _recount_stems(db)


def fill_entries_fts(db: Database) -> bool:
    """Add a batch of the entries that `entries_fts` is to get later. Returns whether there may be more."""
    rows = db.execute("SELECT id FROM entries_fts_queue LIMIT ?", [BATCH_SIZE]).fetchall()
    ids = json.dumps([row[0] for row in rows])
    _add_to_entries_fts(db, ids)
    db.execute(f"DELETE FROM entries_fts_queue WHERE id {OF_THESE}", [ids])
    return len(rows) == BATCH_SIZE


def _add_to_entries_fts(db: Database, ids: str) -> None:
    # Its triggers have taken changed and deleted entries out: those that it lacks come in here.
    db.execute(
        f"INSERT INTO entries_fts (rowid, {_ENTRY_FIELDS}) SELECT id, {_ENTRY_FIELDS} FROM entries"
        f" WHERE id {OF_THESE} AND id NOT IN (SELECT id FROM entries_fts_docsize)", [ids],
    )  # fmt: skip


def _update_stems(db: Database, old: Iterable[IndexDocument], new: Iterable[IndexDocument]) -> None:
    """Count the new documents in instead of the old ones."""
    counts, own_counts = Counter[str](), Counter[str]()
    for documents, count, count_own in (
        (new, counts.update, own_counts.update),
        (old, counts.subtract, own_counts.subtract),
    ):
        for _, title, names, summary, phrasings in documents:
            for field in (title, names, summary):
                count_own(set(field.split()))
            count(set(f"{title} {names} {summary} {phrasings}".split()))
    db.conn.executemany(
        "INSERT INTO stems (stem, entries, own_texts) VALUES (?, ?, ?) ON CONFLICT (stem) DO UPDATE"
        " SET entries = entries + excluded.entries, own_texts = own_texts + excluded.own_texts",
        [(stem_, n, own_counts[stem_]) for stem_, n in sorted(counts.items()) if n or own_counts[stem_]],
    )


def _recount_stems(db: Database) -> None:
    """Count all documents, from the full-text index: faster where many have changed."""
    db.execute("UPDATE stems SET entries = 0, own_texts = 0")
    db.execute(
        "INSERT INTO stems (stem, entries, own_texts) SELECT term, doc, 0 FROM stems_in_documents WHERE 1"
        " ON CONFLICT (stem) DO UPDATE SET entries = excluded.entries"
    )
    db.execute(
        "UPDATE stems SET own_texts = counted.n FROM (SELECT term, sum(doc) AS n FROM stems_in_fields"
        " WHERE col != 'also' GROUP BY term) AS counted WHERE stem = term"
    )


def _delete_dead_words(db: Database) -> None:
    """Forget the stems that no entry has any more, with all words that stand for them."""
    if dead := [row[0] for row in db.execute("SELECT stem FROM stems WHERE entries = 0")]:
        delete_words(db, dead)
        db.execute("DELETE FROM stems WHERE entries = 0")
