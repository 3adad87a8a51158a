"""The tables of the catalogue, as numbered migrations. A migration that was released is never edited, and uses nothing
of the rest of the code: add the next one.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database, Migrations

migrations = Migrations("catalogue")

# By trigger, every change to what an answer is made of moves `revision` and queues the entry for the search index, so
# that a change by another program (sqlite-utils, Datasette, a text editor with SQL) is in the very next answer.
_ANSWER_TABLES = ("entries", "mentions", "possible_versions", "episodes", "areas", "glossary")


@migrations()
def m001_entries(db: Database) -> None:
    """What Halo shipped, where it was mentioned, and a full-text index that people and Datasette can use."""
    db.table("areas").create({"name": str, "also": str, "place": int}, pk="name")
    db.table("versions").create({"version": str, "major": int, "minor": int}, pk="version")
    db.table("episodes").create(
        {"number": int, "url": str, "published": str, "hosts": str, "versions": str}, pk="number"
    )
    db.table("entries").create(
        {
            "id": int, "key": str, "kind": str, "version": str, "title": str, "summary": str, "answer": str,
            "area": str,
            "highlighted": int, "caution": str, "names": str, "also": str, "line_hash": str, "source": str,
        },
        pk="id", not_null={"key", "kind", "title", "summary", "highlighted", "names", "also", "source"},
        foreign_keys=[("version", "versions", "version"), ("area", "areas", "name")],
    )  # fmt: skip
    db.table("entries").create_index(["key"], unique=True)
    db.table("entries").create_index(["version"])
    db.table("entries").create_index(["area"])
    # `seconds` is -1 where a post gives no minute: a NULL in a key would let the same mention in twice.
    db.table("mentions").create(
        {"entry": int, "episode": int, "seconds": int, "at": str}, pk=("entry", "episode", "seconds"),
        foreign_keys=[("entry", "entries", "id"), ("episode", "episodes", "number")],
    )  # fmt: skip
    db.table("possible_versions").create(
        {"entry": int, "version": str},
        pk=("entry", "version"),
        foreign_keys=[("entry", "entries", "id"), ("version", "versions", "version")],
    )
    db.table("glossary").create({"term": str, "relation": str, "means": str}, pk=("term", "relation"))
    db.table("meta").create({"name": str, "value": str}, pk="name")
    db.table("entries").enable_fts(
        ["title", "summary", "names", "also", "answer", "key"],
        create_triggers=True,
        tokenize="porter unicode61 remove_diacritics 2",
    )


@migrations()
def m002_search_index(db: Database) -> None:
    """The search's own index: stems as `bot.text` makes them, a line a phrase, kept up through the queue `stale`."""
    db.table("documents").create({"id": int, "title": str, "names": str, "summary": str, "also": str}, pk="id")
    db.table("documents").enable_fts(["title", "names", "summary", "also"], create_triggers=True, tokenize="unicode61")
    db.table("words").create({"word": str, "stem": str}, pk="word")
    db.table("stale").create({"id": int}, pk="id")
    db.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(documents_fts, row)")
    db.execute("CREATE VIRTUAL TABLE vocabulary_by_column USING fts5vocab(documents_fts, col)")
    db.table("meta").insert({"name": "revision", "value": "1"})


@migrations()
def m003_triggers(db: Database) -> None:
    """Whatever changes an answer moves the revision; whatever changes an entry's text marks it for the index."""
    moved = "UPDATE meta SET value = value + 1 WHERE name = 'revision';"
    for table in _ANSWER_TABLES:
        for event in ("insert", "update", "delete"):
            row = "old" if event == "delete" else "new"
            # Not INSERT OR IGNORE: in a trigger, the conflict clause of the statement that fired it (an upsert's) would
            # win.
            stale = (
                f"INSERT INTO stale (id) SELECT {row}.id WHERE {row}.id NOT IN (SELECT id FROM stale);"
                if table == "entries"
                else ""
            )
            db.execute(f"CREATE TRIGGER {table}_{event}_moves AFTER {event} ON [{table}] BEGIN {stale} {moved} END")


@migrations()
def m004_intakes(db: Database) -> None:
    """What was brought in and when, where each field came from, which lines stand for which entry, what waits for a
    person, how to undo.
    """
    db.table("intakes").create(
        {"id": int, "at": str, "sources": str, "report": str, "undone": int}, pk="id", not_null={"at", "undone"}
    )
    # `fields` and `entry` are JSON: what the entry was before; null where there was none.
    db.table("before_intake").create(
        {"intake": int, "key": str, "entry": str, "fields": str, "said": str}, pk=("intake", "key")
    )
    # A line of a source that stands for an entry. `inferred`: found by likeness, not by its number or its exact words.
    db.table("said").create(
        {
            "hash": str,
            "key": str,
            "text": str,
            "episode": int,
            "at": str,
            "inferred": int,
            "source": str,
            "place": int,
            "intake": int,
        },
        pk=("hash", "key"),
    )
    db.table("said").create_index(["key"])
    db.table("field_sources").create(
        {"key": str, "field": str, "source": str, "place": int, "worth": int, "written": str, "intake": int},
        pk=("key", "field"),
    )
    db.table("review").create(
        {
            "id": int, "hash": str, "text": str, "record": str, "candidates": str, "why": str, "source": str,
            "place": int, "intake": int,
            "state": str, "key": str,
        },
        pk="id", not_null={"hash", "text", "state"},
    )  # fmt: skip
    db.table("review").create_index(["hash"], unique=True)


@migrations()
def m005_settled_by(db: Database) -> None:
    """Which import a person's decision on a line belongs to, so that undoing that import opens the line again."""
    db.table("review").add_column("settled_by", int)


@migrations()
def m006_plain_names(db: Database) -> None:
    """Tables and columns under the names that the code uses for them."""
    for old, new in (
        ("intakes", "imports"),
        ("before_intake", "import_snapshots"),
        ("said", "source_lines"),
        ("review", "review_queue"),
        ("stale", "reindex_queue"),
    ):
        db.execute(f"ALTER TABLE {old} RENAME TO {new}")
    for table, columns in {
        "imports": {"at": "imported_at"},
        "import_snapshots": {"intake": "import_id", "fields": "field_sources", "said": "source_lines"},
        "source_lines": {"place": "line_number", "intake": "import_id"},
        "field_sources": _FIELD_SOURCE_COLUMNS,
        "review_queue": {
            "place": "line_number", "why": "reason", "intake": "import_id", "settled_by": "decided_by_import",
        },
        "areas": {"place": "position"},
        "glossary": {"means": "terms"},
    }.items():  # fmt: skip
        for old, new in columns.items():
            db.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    for old, new in {
        "same": "equivalent", "means": "expansion", "everyday": "common word", "elsewhere": "foreign product",
    }.items():  # fmt: skip
        db.execute("UPDATE glossary SET relation = ? WHERE relation = ?", [new, old])
    for old, new in {"made": "catalog_id", "seeds": "seeds_signature"}.items():
        db.execute("UPDATE meta SET name = ? WHERE name = ?", [new, old])
    for row in list(db.query("SELECT * FROM import_snapshots")):
        db.table("import_snapshots").update(
            (row["import_id"], row["key"]),
            {
                "entry": _renamed_entry(row["entry"]),
                "field_sources": _renamed_keys(row["field_sources"], _FIELD_SOURCE_COLUMNS),
                "source_lines": _renamed_keys(row["source_lines"], {"place": "line_number", "intake": "import_id"}),
            },
        )
    for row in list(db.query("SELECT id, record FROM review_queue")):
        renamed = {"place": "line_number", "worth": "priority", "nth": "index_in_episode"}
        db.table("review_queue").update(row["id"], {"record": _renamed_keys(row["record"], renamed)})


@migrations()
def m007_impact(db: Database) -> None:
    """What a change does to those who upgrade, and whether that is only guessed."""
    impacts = "'changes behaviour', 'opt-in', 'new', 'fix', 'unclear'"
    db.execute(f"ALTER TABLE entries ADD COLUMN impact TEXT NOT NULL DEFAULT 'unclear' CHECK (impact IN ({impacts}))")
    db.execute("ALTER TABLE entries ADD COLUMN impact_guessed INTEGER NOT NULL DEFAULT 0")
    db.table("entries").create_index(["impact"])


@migrations()
def m008_words_anew(db: Database) -> None:
    """Words are split in another way ("sign-off", "Straße"): all entries are queued for the search index."""
    db.execute("DELETE FROM words")
    db.execute("INSERT INTO reindex_queue (id) SELECT id FROM entries WHERE id NOT IN (SELECT id FROM reindex_queue)")
    db.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")


@migrations()
def m009_search_index_in_batches(db: Database) -> None:
    """The search index is written a batch at a time, and knows how many entries have a stem, so that nothing has to be
    counted when the program starts. All entries are queued to be indexed anew.
    """
    for name in ("documents_ai", "documents_ad", "documents_au", "entries_ai", "entries_ad", "entries_au"):
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
    for name in ("vocabulary", "vocabulary_by_column", "documents_fts", "documents", "words"):
        db.execute(f"DROP TABLE {name}")
    columns = "title, names, summary, also"
    db.execute(f"CREATE TABLE documents (id INTEGER PRIMARY KEY, {columns.replace(',', ' TEXT,')} TEXT)")
    db.execute(
        f"CREATE VIRTUAL TABLE documents_fts USING fts5({columns}, content = 'documents', content_rowid = 'id',"
        " tokenize = 'ascii', detail = 'column')"
    )
    db.execute("CREATE VIRTUAL TABLE stems_in_documents USING fts5vocab(documents_fts, row)")
    db.execute("CREATE VIRTUAL TABLE stems_in_fields USING fts5vocab(documents_fts, col)")
    # `entries`: how many have the stem; `own_texts`: the same of titles, names and summaries, added up.
    db.execute("CREATE TABLE stems (stem TEXT PRIMARY KEY, entries INTEGER, own_texts INTEGER) WITHOUT ROWID")
    # A compound ("dattormm") has the stems of both its words, and may be a word besides: then it has a row for each.
    db.execute(
        "CREATE TABLE words (length INTEGER, word TEXT, is_compound INTEGER, stems TEXT,"
        " PRIMARY KEY (length, word, is_compound, stems)) WITHOUT ROWID"
    )
    columns = "title, summary, names, also, answer, [key]"
    old = ", ".join(f"old.{name}" for name in columns.split(", "))
    for event in ("update", "delete"):
        db.execute(
            f"CREATE TRIGGER entries_fts_{event} AFTER {event} ON entries"
            " WHEN old.id IN (SELECT id FROM entries_fts_docsize) BEGIN"
            f" INSERT INTO entries_fts (entries_fts, rowid, {columns}) VALUES ('delete', old.id, {old}); END"
        )
    db.execute("INSERT INTO reindex_queue (id) SELECT id FROM entries WHERE id NOT IN (SELECT id FROM reindex_queue)")


@migrations()
def m010_expected_words(db: Database) -> None:
    """What was learned from phrasings about the words that people ask by, and the words expected of entries without
    phrasings. `asked` and `words` are JSON: stem -> share, and stem -> number of phrasings.
    """
    db.execute("CREATE TABLE translations (said TEXT PRIMARY KEY, asked TEXT NOT NULL) WITHOUT ROWID")
    db.execute("CREATE TABLE expected_words (entry INTEGER PRIMARY KEY, words TEXT NOT NULL)")
    db.execute("CREATE TABLE expansion_queue (id INTEGER PRIMARY KEY)")


@migrations()
def m011_accepted_phrasings(db: Database) -> None:
    """Phrasings that were accepted in review, apart from those of the entries: neither seeds nor imports touch them.
    They are kept by the entry's key, also while there is no such entry.
    """
    db.execute(
        "CREATE TABLE accepted_phrasings (key TEXT NOT NULL, text TEXT NOT NULL, origin TEXT NOT NULL,"
        " PRIMARY KEY (key, text), CHECK (origin IN ('person', 'llm', 'question')))"
    )
    for event in ("insert", "update", "delete"):
        row = "old" if event == "delete" else "new"
        stale = (
            f"INSERT INTO reindex_queue (id) SELECT id FROM entries WHERE key = {row}.key"
            " AND id NOT IN (SELECT id FROM reindex_queue);"
        )
        db.execute(
            f"CREATE TRIGGER accepted_phrasings_{event}_moves AFTER {event} ON accepted_phrasings BEGIN {stale}"
            " UPDATE meta SET value = value + 1 WHERE name = 'revision'; END"
        )


@migrations()
def m013_changing_many(db: Database) -> None:
    """Triggers rest while there is a row in `changing_many`, which is never there outside the transaction of a program
    that queues the entries and moves the revision itself. `entries_fts_queue`: entries that `entries_fts` gets later.
    """
    db.execute("CREATE TABLE changing_many (id INTEGER PRIMARY KEY)")
    db.execute("CREATE TABLE entries_fts_queue (id INTEGER PRIMARY KEY)")
    moved = "UPDATE meta SET value = value + 1 WHERE name = 'revision';"
    for table, events in {
        "entries": ("insert", "update"),
        "mentions": ("insert", "update", "delete"),
        "possible_versions": ("insert", "update", "delete"),
    }.items():
        stale = "INSERT INTO reindex_queue (id) SELECT new.id WHERE new.id NOT IN (SELECT id FROM reindex_queue);"
        for event in events:
            db.execute(f"DROP TRIGGER {table}_{event}_moves")
            db.execute(
                f"CREATE TRIGGER {table}_{event}_moves AFTER {event} ON [{table}]"
                " WHEN NOT EXISTS (SELECT 1 FROM changing_many)"
                f" BEGIN {stale if table == 'entries' else ''} {moved} END"
            )


@migrations()
def m014_word_lists(db: Database) -> None:
    """A row for all words of a length that begin with the same character, instead of one for each word: a line a word,
    with its stems behind it, sorted. Writing them takes a fifth of the time.
    """
    db.execute("ALTER TABLE words RENAME TO old_words")
    db.execute(
        "CREATE TABLE words (length INTEGER NOT NULL, initial TEXT NOT NULL, words TEXT NOT NULL,"
        " compounds TEXT NOT NULL, PRIMARY KEY (length, initial))"
    )
    lines = "coalesce(group_concat(word || ' ' || stems, char(10)) FILTER (WHERE is_compound = {}), '')"
    db.execute(
        f"INSERT INTO words SELECT length, substr(word, 1, 1), {lines.format(0)}, {lines.format(1)}"
        " FROM (SELECT * FROM old_words ORDER BY word, stems) GROUP BY 1, 2"
    )
    db.execute("DROP TABLE old_words")


_FIELD_SOURCE_COLUMNS = {
    "place": "line_number", "worth": "priority", "written": "value_hash", "intake": "import_id",
}  # fmt: skip


def _renamed_keys(text: str, new_names: Mapping[str, str]) -> str:
    """A JSON object, or a list of them, with other keys."""
    data: Any = json.loads(text)
    objects = data if isinstance(data, list) else [data]
    renamed = [{new_names.get(name, name): value for name, value in record.items()} for record in objects]
    return json.dumps(renamed if isinstance(data, list) else renamed[0])


def _renamed_entry(text: str | None) -> str | None:
    """An entry as JSON: versions were lists of two numbers, mentions lists of episode and time."""
    if text is None:
        return None
    entry = json.loads(text)
    if entry["version"]:
        entry["version"] = ".".join(map(str, entry["version"]))
    entry["possible_versions"] = [".".join(map(str, version)) for version in entry["possible_versions"]]
    entry["mentions"] = [{"episode": episode, "at": at} for episode, at in entry["mentions"]]
    return json.dumps(entry)
