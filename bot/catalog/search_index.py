"""The search index in the catalogue: the stems of every entry, word statistics, and which entries have a stem."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlite_utils import Database

from bot.catalog.models import Filters, IndexedText


class WordStatistics(NamedTuple):
    """The words of all entries."""

    doc_freq: dict[str, int]  # stem -> number of entries that have it
    stems_by_word: dict[str, str]  # word -> its stem; a compound -> the stems of both its words
    own_text_doc_freq: dict[str, int]  # like doc_freq, without phrasings; an entry may count once for each field


def read_word_statistics(db: Database) -> WordStatistics:
    """The word statistics of the indexed entries as they are now."""
    rows = db.execute("SELECT stem, entries, own_texts FROM stems").fetchall()
    stems_by_word: dict[str, str] = {}
    # A word is itself where it may be a compound too; what may be several compounds is the first.
    for word, stems_of_word in db.execute("SELECT word, stems FROM words ORDER BY is_compound, stems"):
        stems_by_word.setdefault(word, stems_of_word)
    return WordStatistics({row[0]: row[1] for row in rows}, stems_by_word, {row[0]: row[2] for row in rows if row[2]})


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
