"""The words that people will ask by, of the entries that nobody has described: kept in the catalogue beside the index.

They are made from the table of `translations`, when an entry is indexed and when the table was learned anew.
"""

import json
from collections.abc import Callable, Iterable

from sqlite_utils import Database

from bot.catalog.bulk import OF_THESE, insert_rows
from bot.catalog.expected_words import ExpectedWords
from bot.catalog.models import FEW_PHRASINGS, IndexedText, Translations
from bot.catalog.thesaurus import read_thesaurus
from bot.catalog.training import read_training_examples
from bot.catalog.translations import (
    FileTable,
    expected_words,
    fingerprint,
    origin_of,
    parse_shares,
    rows_of,
)

# Entries, the newest ones. Where more than these have few phrasings, only those without any are expanded: what is
# expected of all the others would drown the words that people wrote.
MAX_EXPANDED = 1_000
_HAS_FEW = f"(d.also = '' OR length(d.also) - length(replace(d.also, char(10), '')) < {FEW_PHRASINGS - 1})"
_TEXTS = "SELECT d.id, coalesce(e.key, ''), d.title, d.names, d.summary, d.also FROM documents d"
_WITH_KEYS = "LEFT JOIN entries e ON e.id = d.id"


def store_translations(db: Database, translations: Translations) -> None:
    """Keep a table, in the caller's transaction, and queue all entries with few phrasings to be expanded by it."""
    db.execute("DELETE FROM translations")
    table = translations.table
    rows: Iterable[tuple[str, str]] = (
        table.texts.items()  # as they are: reading and writing all of them takes longer than indexing the entries
        if isinstance(table, FileTable)
        else [(said, json.dumps(asked, ensure_ascii=False)) for said, asked in table.items()]
    )
    insert_rows(db, "INSERT INTO translations (said, asked)", rows)
    db.table("meta").upsert({"name": "translations", "value": translations.fingerprint}, pk="name")
    few = [row[0] for row in db.execute(f"SELECT id FROM documents d WHERE {_HAS_FEW}")]
    queue_for_expansion(db, json.dumps(few))
    db.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")


def stored_fingerprint(db: Database) -> str:
    """What the table in the catalogue was learned from; "" where there is none."""
    row = db.execute("SELECT value FROM meta WHERE name = 'translations'").fetchone()
    return str(row[0]) if row else ""


def described_texts(db: Database) -> list[IndexedText]:
    """The indexed texts of all entries that have phrasings, from which the table is learned."""
    return [IndexedText(*row) for row in db.execute(f"{_TEXTS} {_WITH_KEYS} WHERE d.also != ''")]


def is_behind(db: Database) -> bool:
    """Whether the phrasings, the thesaurus or the training examples have changed since the table was learned."""
    examples = read_training_examples().fingerprint
    return stored_fingerprint(db) != fingerprint(described_texts(db), read_thesaurus(), examples)


def read_translations(db: Database, texts: Iterable[IndexedText]) -> dict[str, dict[str, float]]:
    """The rows of the table that the expected words of these entries are made of."""
    words = json.dumps(sorted({row for text in texts for row in rows_of(text)}))
    rows = db.execute(f"SELECT said, asked FROM translations WHERE said {OF_THESE}", [words])
    return {said: json.loads(asked) if asked.startswith("{") else parse_shares(asked) for said, asked in rows}


def origin_finder(db: Database, ids: Iterable[int]) -> Callable[[int, str], str | None]:
    """Tells of these entries, by id, for which of its stems another one is expected; None for none in particular."""
    rows = db.execute(f"{_TEXTS} {_WITH_KEYS} WHERE {_HAS_FEW} AND d.id {OF_THESE}", [json.dumps(list(ids))])
    texts = {row[0]: IndexedText(*row) for row in rows}
    translations = read_translations(db, texts.values())
    return lambda entry_id, stem: origin_of(stem, texts[entry_id], translations) if entry_id in texts else None


def queue_for_expansion(db: Database, ids: str) -> None:
    """Queue entries that were indexed, or that are gone, by their ids as JSON."""
    db.execute("INSERT OR IGNORE INTO expansion_queue (id) SELECT value FROM json_each(?)", [ids])


def expand_queued(db: Database) -> None:
    """Empty the queue, inside the caller's transaction: of the entries in it, the words are made anew."""
    db.execute("DELETE FROM expected_words WHERE entry IN (SELECT id FROM expansion_queue)")
    newest = f"SELECT id FROM documents d WHERE {_which_are_expanded(db)} ORDER BY id DESC LIMIT ?"
    rows = db.execute(
        f"{_TEXTS} {_WITH_KEYS} WHERE d.id IN ({newest}) AND d.id IN (SELECT id FROM expansion_queue)", [MAX_EXPANDED]
    )
    texts = [IndexedText(*row) for row in rows]
    if texts:
        translations, thesaurus = read_translations(db, texts), read_thesaurus()
        words = ((text.id, expected_words(text, translations, thesaurus)) for text in texts)
        db.conn.executemany(
            "INSERT INTO expected_words (entry, words) VALUES (?, ?)",
            [(entry_id, json.dumps(expected, ensure_ascii=False)) for entry_id, expected in words],
        )
    db.execute(f"DELETE FROM expected_words WHERE entry NOT IN ({newest})", [MAX_EXPANDED])
    db.execute("DELETE FROM expansion_queue")


def _which_are_expanded(db: Database) -> str:
    """The condition in SQL for a document to be expanded, `d`; see MAX_EXPANDED."""
    if not db.execute("SELECT EXISTS (SELECT 1 FROM translations)").fetchone()[0]:
        return "0"
    few = db.execute(f"SELECT count(*) FROM (SELECT 1 FROM documents d WHERE {_HAS_FEW} LIMIT {MAX_EXPANDED + 1})")
    return _HAS_FEW if few.fetchone()[0] <= MAX_EXPANDED else "d.also = ''"


def read_expected_words(db: Database) -> ExpectedWords:
    """How many of EXPECTED_PHRASINGS would have a stem; of the entries with few phrasings only, and of those without
    any expected word not.
    """
    return ExpectedWords(dict(db.execute("SELECT entry, words FROM expected_words WHERE words != '{}'").fetchall()))
