"""Keeping the search index up: the stems of every entry, how many entries have each stem, and which words there are.

Triggers put every entry that was changed, by whatever program, into a queue; `refresh_index` empties it. Batches go
into the full-text indexes by one statement each, which costs a third of what a trigger for each row does.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from sqlite_utils import Database

from bot.catalog.entry_codec import parse_text_list
from bot.text import STOP_WORDS, index_words, stem

BATCH_SIZE = 1_000  # entries indexed at a time, so that memory stays flat however many came in
MIN_COMPOUND_LENGTH = 4  # "wifi"
MAX_KNOWN_WORDS = 100_000  # kept in memory while a queue is emptied
_FIELDS = "title, names, summary, also"
_ENTRY_FIELDS = "title, summary, names, also, answer, [key]"
_OF_THESE = "IN (SELECT value FROM json_each(?))"
_Document = tuple[int, str, str, str, str]  # id, title, names, summary, phrasings


_Word = tuple[int, str, bool, str]  # a row of `words`: length, word, whether it is a compound, stems


def refresh_index(db: Database) -> int:
    """Index the entries in the queue, inside the caller's transaction. Returns how many there were."""
    lexicon, done = _Lexicon(), 0
    is_bulk = db.execute("SELECT count(*) FROM reindex_queue").fetchone()[0] > BATCH_SIZE
    while rows := db.execute("SELECT id FROM reindex_queue LIMIT ?", [BATCH_SIZE]).fetchall():
        ids = json.dumps([row[0] for row in rows])
        old, new = _index_entries(db, ids, lexicon)
        if not is_bulk:
            _update_stems(db, old, new)
        lexicon.write_new_words(db, MAX_KNOWN_WORDS)
        db.execute(f"DELETE FROM reindex_queue WHERE id {_OF_THESE}", [ids])
        done += len(rows)
    lexicon.write_new_words(db)
    if is_bulk:
        _recount_stems(db)
    if done:
        _delete_dead_words(db)
    return done


def _index_entries(db: Database, ids: str, lexicon: "_Lexicon") -> tuple[list[_Document], list[_Document]]:
    """Index new, changed and deleted entries with these ids (as JSON). Returns their documents, old and new."""
    accepted = "(SELECT json_group_array(text) FROM accepted_phrasings WHERE accepted_phrasings.key = entries.key)"
    sql = f"SELECT id, title, summary, caution, answer, names, also, {accepted} FROM entries WHERE id {_OF_THESE}"
    documents = [lexicon.document(row) for row in db.execute(sql, [ids])]
    old = db.execute(f"SELECT id, {_FIELDS} FROM documents WHERE id {_OF_THESE}", [ids]).fetchall()
    if old:
        db.execute(
            f"INSERT INTO documents_fts (documents_fts, rowid, {_FIELDS})"
            f" SELECT 'delete', id, {_FIELDS} FROM documents WHERE id {_OF_THESE}", [ids],
        )  # fmt: skip
        db.execute(f"DELETE FROM documents WHERE id {_OF_THESE}", [ids])
    db.conn.executemany(f"INSERT INTO documents (id, {_FIELDS}) VALUES (?, ?, ?, ?, ?)", documents)
    db.execute(
        f"INSERT INTO documents_fts (rowid, {_FIELDS}) SELECT id, {_FIELDS} FROM documents WHERE id {_OF_THESE}", [ids]
    )
    # Its triggers have taken changed and deleted entries out: those that it lacks come in here.
    db.execute(
        f"INSERT INTO entries_fts (rowid, {_ENTRY_FIELDS}) SELECT id, {_ENTRY_FIELDS} FROM entries"
        f" WHERE id {_OF_THESE} AND id NOT IN (SELECT id FROM entries_fts_docsize)", [ids],
    )  # fmt: skip
    return old, documents


def _update_stems(db: Database, old: Iterable[_Document], new: Iterable[_Document]) -> None:
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
    dead = json.dumps([row[0] for row in db.execute("SELECT stem FROM stems WHERE entries = 0")])
    if dead != "[]":
        for part in ("substr(stems, 1, instr(stems || ' ', ' ') - 1)", "substr(stems, instr(stems, ' ') + 1)"):
            db.execute(f"DELETE FROM words WHERE {part} {_OF_THESE}", [dead])
        db.execute("DELETE FROM stems WHERE entries = 0")


class _Lexicon:
    """The words that were met while a queue is emptied, with their stems."""

    def __init__(self) -> None:
        self._stems = _Stems()
        self._pairs: set[tuple[str, str]] = set()  # words next to each other in a title or a name
        self._new_words: list[_Word] = []

    def document(self, row: Sequence[Any]) -> _Document:
        """The document of a row of `entries`: its id, title, summary, caution, answer, names, phrasings, and those
        that were accepted.
        """
        entry_id, title, summary, caution, answer, names, also, accepted = row
        name_list, phrasings = parse_text_list(names), parse_text_list(also) + parse_text_list(accepted)
        text = " ".join((summary or "", caution or "", answer or ""))
        plain = index_words((title, *name_list, text, *phrasings))
        for line in plain.split("\n", len(name_list) + 1)[:-1]:
            self._add_compounds(line.split())
        tokens = plain.replace("\n", " \n ").split(" ")
        lines = " ".join(filter(None, map(self._stems.__getitem__, tokens))).split("\n")
        stems, end = [line.strip() for line in lines], len(name_list) + 1
        return (
            entry_id, stems[0], "\n".join(filter(None, stems[1:end])), stems[end],
            "\n".join(filter(None, stems[end + 1 :])),
        )  # fmt: skip

    def write_new_words(self, db: Database, at_least: int = 1) -> None:
        """Write the words that were met since this was last done, if there are so many; sorted, which is faster."""
        if len(self._new_words) + len(self._stems.new) < at_least:
            return
        words = ((len(word), word, False, stem_) for word, stem_ in self._stems.new)
        db.conn.executemany("INSERT OR IGNORE INTO words VALUES (?, ?, ?, ?)", sorted([*self._new_words, *words]))
        self._new_words.clear()
        self._stems.new.clear()
        if len(self._stems) + len(self._pairs) > MAX_KNOWN_WORDS:
            self._stems.clear()
            self._pairs.clear()

    def _add_compounds(self, line: list[str]) -> None:
        """Two words next to each other as people write them in one ("dattormm")."""
        for pair in pairwise(line):
            if pair not in self._pairs:
                self._pairs.add(pair)
                first, second = pair
                if first not in STOP_WORDS and len(first) + len(second) >= MIN_COMPOUND_LENGTH:
                    stems = f"{self._stems[first]} {self._stems[second]}".rstrip()
                    self._new_words.append((len(first) + len(second), first + second, True, stems))


class _Stems(dict[str, str]):
    """The stem of each word that is asked for, "" for a stop word. `new`: the words met for the first time."""

    def __init__(self) -> None:
        super().__init__()
        self.new: list[tuple[str, str]] = []

    def __missing__(self, word: str) -> str:
        found = self[word] = "" if not word or word in STOP_WORDS else word if word == "\n" else stem(word)
        if found.strip():
            self.new.append((word, found))
        return found
