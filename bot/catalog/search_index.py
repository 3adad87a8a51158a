"""The search's index inside the catalogue: stems of every entry, the words behind them, and candidates for a question."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from sqlite_utils import Database

from bot.catalog.entry_codec import parse_text_list
from bot.catalog.models import Filters
from bot.text import STOP_WORDS, stem, stems, words

BATCH_SIZE = 1_000  # entries indexed at a time, so that memory stays flat however many came in


class IndexedText(NamedTuple):
    """One entry as the ranking sees it: stems separated by blanks; in `names` and `also` a line a phrase."""

    id: int
    key: str
    title: str
    names: str
    summary: str
    phrasings: str


def refresh_index(db: Database) -> int:
    """Index the entries in the queue, inside the caller's transaction. Returns how many there were."""
    done = 0
    while rows := db.execute("SELECT id FROM reindex_queue LIMIT ?", [BATCH_SIZE]).fetchall():
        ids = [row[0] for row in rows]
        marks = ",".join("?" * len(ids))
        documents, vocabulary = [], {}
        for row in db.query(
            f"SELECT id, title, summary, caution, answer, names, also FROM entries WHERE id IN ({marks})", ids
        ):
            names, also = parse_text_list(row["names"]), parse_text_list(row["also"])
            summary = " ".join(row[field] or "" for field in ("summary", "caution", "answer"))
            documents.append({
                "id": row["id"], "title": _stem_line(row["title"]), "names": _stem_lines(names), "summary": _stem_line(summary),
                "also": _stem_lines(also),
            })  # fmt: skip
            for word in dict.fromkeys(words(" ".join((row["title"], summary, *names, *also)))):
                if word not in STOP_WORDS:
                    vocabulary[word] = stem(word)
            vocabulary |= {whole: said for whole, said in _compounds((row["title"], *names)) if whole not in vocabulary}
        # Deleting through the table (not with REPLACE) lets the triggers take the old stems out of the full-text index.
        db.execute(f"DELETE FROM documents WHERE id IN ({marks})", ids)
        db.conn.executemany(
            "INSERT INTO documents (id, title, names, summary, also) VALUES (:id, :title, :names, :summary, :also)",
            documents,
        )
        db.conn.executemany("INSERT OR IGNORE INTO words (word, stem) VALUES (?, ?)", vocabulary.items())
        db.execute(f"DELETE FROM reindex_queue WHERE id IN ({marks})", ids)
        done += len(ids)
    return done


def _compounds(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names of two words as people write them in one ("dattormm", "readonly"), with the stems that they stand for."""
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
    stems_by_word: dict[str, str]  # word -> its stem; a name written in one word -> the stems of both
    own_text_doc_freq: dict[
        str, int
    ]  # the same for titles, names and summaries (an entry may count for each): what entries say of themselves


def read_word_statistics(db: Database) -> WordStatistics:
    """The vocabulary of the indexed entries as they are now."""
    counts = dict(db.execute("SELECT term, doc FROM vocabulary").fetchall())
    known = {
        word: said
        for word, said in db.execute("SELECT word, stem FROM words")
        if said in counts or all(part in counts for part in said.split(" "))
    }
    own = dict(
        db.execute("SELECT term, sum(doc) FROM vocabulary_by_column WHERE col != 'also' GROUP BY term").fetchall()
    )
    return WordStatistics(counts, known, own)


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
    return " AND ".join(parts), values


def find_candidates(db: Database, expression: str, weights: Iterable[float], limit: int, filters: Filters) -> list[int]:
    """Ids of the entries that match an FTS5 expression and the filters, best bm25 first.

    The expression has only stems in quotes and operators; `weights` are those of title, names, summary and also.
    """
    columns = ", ".join(str(float(weight)) for weight in weights)
    where, values = filter_condition(filters)
    within = f"AND rowid IN (SELECT id FROM entries WHERE {where})" if filters else ""
    sql = f"SELECT rowid FROM documents_fts WHERE documents_fts MATCH ? {within} ORDER BY bm25(documents_fts, {columns}) LIMIT ?"
    return [row[0] for row in db.execute(sql, [expression, *values, limit])]


def find_ids_with_stems(db: Database, stems: Iterable[str]) -> list[int]:
    """Ids of the entries that have all of these stems."""
    expression = " AND ".join(f'"{stem}"' for stem in stems)
    return [row[0] for row in db.execute("SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?", [expression])]


def read_documents(db: Database, ids: list[int]) -> list[IndexedText]:
    """The indexed texts of these entries, in no particular order."""
    sql = f"SELECT d.id, e.key, d.title, d.names, d.summary, d.also FROM documents d JOIN entries e ON e.id = d.id WHERE d.id IN ({','.join('?' * len(ids))})"
    return [IndexedText(*row) for row in db.execute(sql, ids)]


def find_keys_by_prefix(db: Database, prefix: str, limit: int) -> list[str]:
    """Keys of entries with a word in their title or names that begins with these letters, or whose number does; titles
    that begin so first.
    """
    plain = prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    title, word, name = f"{plain}%", f"% {plain}%", f'%"{plain}%'
    sql = """
        SELECT key FROM entries WHERE title LIKE :title ESCAPE '\\' OR title LIKE :word ESCAPE '\\' OR key LIKE :title ESCAPE '\\'
        OR names LIKE :name ESCAPE '\\' ORDER BY title NOT LIKE :title ESCAPE '\\', highlighted DESC, id DESC LIMIT :limit
    """
    return [row[0] for row in db.execute(sql, {"title": title, "word": word, "name": name, "limit": limit})]
