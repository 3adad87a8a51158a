"""The search index in the catalogue: the stems of every entry, word statistics, and which entries have a stem."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from sqlite_utils import Database

from bot.catalog.models import Filters, IndexedText
from bot.catalog.word_lists import find_stems, read_stems_by_word, read_words

MAX_LOOKED_UP = 50_000  # values kept in memory, of each lookup
MAX_WITH_PHRASE = 50  # entries with a phrase of small words


class WordStatistics(NamedTuple):
    """The words of all entries."""

    doc_freq: Mapping[str, int]  # stem -> number of entries that have it
    stems_by_word: Mapping[str, str]  # word -> its stem; a compound -> the stems of both its words
    own_text_doc_freq: Mapping[str, int]  # like doc_freq, without phrasings; an entry may count once for each field


def read_word_statistics(db: Database) -> WordStatistics:
    """The word statistics of the indexed entries as they are now."""
    rows = db.execute("SELECT stem, entries, own_texts FROM stems").fetchall()
    own_texts = {row[0]: row[2] for row in rows if row[2]}
    return WordStatistics({row[0]: row[1] for row in rows}, read_stems_by_word(db), own_texts)


_Value = TypeVar("_Value")


class _Lookup(Mapping[str, _Value]):
    """A table's values by key, each read when it is first asked for. Reads in the asking thread's transaction."""

    def __init__(
        self,
        find: Callable[[str], _Value | None],
        read_keys: Callable[[], list[str]],
        count_keys: Callable[[], int] | None = None,
    ) -> None:
        """`find`: the value of a key, None where there is none; `read_keys`: all keys; `count_keys`: a faster count."""
        self._find, self._read_keys = find, read_keys
        self._count_keys = count_keys or (lambda: len(read_keys()))
        self._known: dict[str, _Value | None] = {}
        self._length: int | None = None

    def get(self, key: str, default: Any = None) -> Any:
        """The value of this key, or the default."""
        value = self._known.get(key)
        if value is None and key not in self._known:
            if len(self._known) >= MAX_LOOKED_UP:
                self._known.clear()
            value = self._known[key] = self._find(key.encode(errors="replace").decode())
        return default if value is None else value

    def __getitem__(self, key: str) -> _Value:
        value: _Value | None = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._read_keys())

    def __len__(self) -> int:
        if self._length is None:
            self._length = self._count_keys()
        return self._length


def _look_up(open_db: Callable[[], Database], find: str, keys: str) -> Mapping[str, Any]:
    """A lookup by SQL: `find` for the value of the key `?1`, or NULL; `keys` for all keys."""

    def find_value(key: str) -> Any:
        row = open_db().execute(find, [key]).fetchone()
        return row[0] if row else None

    return _Lookup(
        find_value,
        lambda: [row[0] for row in open_db().execute(keys)],
        lambda: int(open_db().execute(f"SELECT count(*) FROM ({keys})").fetchone()[0]),
    )


def look_up_word_statistics(open_db: Callable[[], Database]) -> WordStatistics:
    """Like `read_word_statistics`, each word read when it is first asked for: in a huge catalogue, reading all of them
    takes longer than many answers.
    """
    stems = "SELECT stem FROM stems"
    return WordStatistics(
        _look_up(open_db, "SELECT entries FROM stems WHERE stem = ?1", stems),
        _Lookup(lambda word: find_stems(open_db(), word), lambda: read_words(open_db())),
        _look_up(open_db, "SELECT nullif(own_texts, 0) FROM stems WHERE stem = ?1", f"{stems} WHERE own_texts"),
    )


def look_up_keys(open_db: Callable[[], Database]) -> Mapping[str, str]:
    """The keys of all entries, each read when it is first asked for, as keys of a mapping."""
    return _look_up(open_db, "SELECT key FROM entries WHERE key = ?1", "SELECT key FROM entries")


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


def read_ids_with_stem(db: Database, stem: str, fields: str = "title names summary also") -> list[int]:
    """Ids of all entries that have this stem in one of these fields."""
    sql = "SELECT json_group_array(rowid) FROM documents_fts WHERE documents_fts MATCH ?"  # three times as fast as rows
    ids: list[int] = json.loads(db.execute(sql, [f'{{{fields}}} : "{stem}"']).fetchone()[0])
    return ids


def find_ids_with_phrase(db: Database, phrase: Iterable[str], filters: Filters) -> list[int]:
    """Ids of the entries that pass the filters and in whose own text or phrasings these words stand together, small
    ones included; the best places first, at most MAX_WITH_PHRASE.
    """
    condition, values = filter_condition(filters)
    sql = f"""
        SELECT rowid FROM entries_fts
        WHERE entries_fts MATCH ? AND rowid IN (SELECT id FROM entries WHERE {condition})
        ORDER BY bm25(entries_fts, 9, 3, 9, 1, 1) LIMIT {MAX_WITH_PHRASE}
    """
    expression = f'{{title names summary answer also}} : "{" ".join(phrase)}"'
    return [row[0] for row in db.execute(sql, [expression, *values])]


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
