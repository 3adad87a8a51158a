"""The search index in the catalogue: the stems of every entry, word statistics, and which entries have a stem."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from sqlite_utils import Database

from bot.catalog.entry_codec import parse_text_list
from bot.catalog.models import Filters, IndexedText
from bot.text import STOP_WORDS, stem, stems, words

BATCH_SIZE = 1_000  # entries indexed at a time, so that memory stays flat however many came in


def refresh_index(db: Database) -> int:
    """Index the entries in the queue, inside the caller's transaction. Returns how many there were."""
    done = 0
    while rows := db.execute("SELECT id FROM reindex_queue LIMIT ?", [BATCH_SIZE]).fetchall():
        ids = [row[0] for row in rows]
        _index_entries(db, ids)
        done += len(ids)
    return done


def _index_entries(db: Database, ids: list[int]) -> None:
    marks = ",".join("?" * len(ids))
    sql = f"SELECT id, title, summary, caution, answer, names, also FROM entries WHERE id IN ({marks})"
    documents: list[dict[str, Any]] = []
    stems_by_word: dict[str, str] = {}
    for row in db.query(sql, ids):
        names, phrasings = parse_text_list(row["names"]), parse_text_list(row["also"])
        summary = " ".join(row[field] or "" for field in ("summary", "caution", "answer"))
        documents.append({
            "id": row["id"], "title": _stem_line(row["title"]), "names": _stem_lines(names),
            "summary": _stem_line(summary), "also": _stem_lines(phrasings),
        })  # fmt: skip
        for word in dict.fromkeys(words(" ".join((row["title"], summary, *names, *phrasings)))):
            if word not in STOP_WORDS:
                stems_by_word[word] = stem(word)
        for compound, parts in _compounds((row["title"], *names)):
            stems_by_word.setdefault(compound, parts)
    # Deleting through the table (not with REPLACE) lets the triggers take the old stems out of the full-text index.
    db.execute(f"DELETE FROM documents WHERE id IN ({marks})", ids)
    db.conn.executemany(
        "INSERT INTO documents (id, title, names, summary, also) VALUES (:id, :title, :names, :summary, :also)",
        documents,
    )
    db.conn.executemany("INSERT OR IGNORE INTO words (word, stem) VALUES (?, ?)", stems_by_word.items())
    db.execute(f"DELETE FROM reindex_queue WHERE id IN ({marks})", ids)


def _compounds(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Two words next to each other as people write them in one ("dattormm"), with the stems that they stand for."""
    for text in texts:
        for pair in pairwise(words(text)):
            if compound := _compound(*pair):
                yield compound


@lru_cache(maxsize=50_000)
def _compound(first: str, second: str) -> tuple[str, str] | None:
    if first in STOP_WORDS or len(first) + len(second) <= 5:
        return None
    return first + second, " ".join(stem(word) for word in (first, second) if word not in STOP_WORDS)


def _stem_line(text: str) -> str:
    return " ".join(stems(text))


def _stem_lines(phrases: Iterable[str]) -> str:
    return "\n".join(line for line in map(_stem_line, phrases) if line)


class WordStatistics(NamedTuple):
    """The words of all entries."""

    doc_freq: dict[str, int]  # stem -> number of entries that have it
    stems_by_word: dict[str, str]  # word -> its stem; a compound -> the stems of both its words
    own_text_doc_freq: dict[str, int]  # like doc_freq, without phrasings; an entry may count once for each field


def read_word_statistics(db: Database) -> WordStatistics:
    """The word statistics of the indexed entries as they are now."""
    doc_freq = dict(db.execute("SELECT term, doc FROM vocabulary").fetchall())
    stems_by_word = {
        word: stems_of_word
        for word, stems_of_word in db.execute("SELECT word, stem FROM words")
        if stems_of_word in doc_freq or all(part in doc_freq for part in stems_of_word.split(" "))
    }
    own = "SELECT term, sum(doc) FROM vocabulary_by_column WHERE col != 'also' GROUP BY term"
    return WordStatistics(doc_freq, stems_by_word, dict(db.execute(own).fetchall()))


def filter_condition(filters: Filters) -> tuple[str, list[Any]]:
    """The filters as an SQL condition on entries (which may be called e), with its values."""
    parts, values = ["1"], list[Any]()
    if filters.versions is not None:
        marks, numbers = ",".join("?" * len(filters.versions)), [v.number for v in filters.versions]
        parts.append(
            f"(version IN ({marks}) OR id IN (SELECT entry FROM possible_versions WHERE version IN ({marks})))"
        )
        values += [*numbers, *numbers]
    if filters.area is not None:
        parts.append("area = ?")
        values.append(filters.area)
    if filters.episode is not None:
        parts.append("id IN (SELECT entry FROM mentions WHERE episode = ?)")
        values.append(filters.episode)
    if filters.kind is not None:
        parts.append("kind = ?")
        values.append(filters.kind)
    if filters.highlights:
        parts.append("highlighted")
    if filters.impacts:
        parts.append(f"kind = 'feature' AND impact IN ({','.join('?' * len(filters.impacts))})")
        values += filters.impacts
    if filters.warnings:
        parts.append("coalesce(caution, '') != ''")
    return " AND ".join(parts), values


def find_ids_with_stems(db: Database, stems: Iterable[str], limit: int) -> list[int]:
    """Ids of the entries that have all of these stems, the newest first, at most `limit`."""
    expression = " AND ".join(f'"{stem}"' for stem in stems)
    sql = "SELECT rowid FROM documents_fts WHERE documents_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
    return [row[0] for row in db.execute(sql, [expression, limit])]


def read_documents(db: Database, ids: list[int]) -> list[IndexedText]:
    """The indexed texts of these entries, in no particular order."""
    sql = """
        SELECT d.id, e.key, d.title, d.names, d.summary, d.also FROM documents d JOIN entries e ON e.id = d.id
        WHERE d.id IN (SELECT value FROM json_each(?))
    """
    return [IndexedText(*row) for row in db.execute(sql, [json.dumps(ids)])]


def find_keys_by_prefix(db: Database, prefix: str, limit: int) -> list[str]:
    """Keys of entries that a text being typed may become.

    Their title, a word of their title, a name or their key begins so; titles that begin so come first.
    """
    plain = prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values = {"title": f"{plain}%", "word": f"% {plain}%", "name": f'%"{plain}%', "limit": limit}
    sql = """
        SELECT key FROM entries
        WHERE title LIKE :title ESCAPE '\\' OR title LIKE :word ESCAPE '\\' OR key LIKE :title ESCAPE '\\'
            OR names LIKE :name ESCAPE '\\'
        ORDER BY title NOT LIKE :title ESCAPE '\\', highlighted DESC, id DESC LIMIT :limit
    """
    return [row[0] for row in db.execute(sql, values)]
