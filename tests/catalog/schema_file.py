"""`make schema`: writes the tables that all migrations together make to `bot/catalog/current_schema.sql`."""

from sqlite_utils import Database

from bot.catalog.current_schema import FILE, SEPARATOR
from bot.catalog.schema import migrations


def migrated() -> Database:
    """An empty catalogue in memory, made one migration after the other."""
    db = Database(memory=True)
    migrations.apply(db)
    return db


def schema_text(db: Database) -> str:
    """The statements that make the tables, indexes, triggers and the rows of `meta`, in an order that can be run."""
    objects = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    indexes = [name for name, sql in objects if sql.startswith("CREATE VIRTUAL")]
    # Tables that a full-text index makes for itself.
    own = {f"{name}_{part}" for name in indexes for part in ("data", "idx", "docsize", "config", "content")}
    statements = [sql.rstrip() for name, sql in objects if name not in own]
    rows = db.execute("SELECT quote(name), quote(value) FROM meta ORDER BY name")
    statements += [f"INSERT INTO meta (name, value) VALUES ({name}, {value})" for name, value in rows]
    return SEPARATOR.join(statements) + ";\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(migrated()), encoding="utf-8")
    print(f"Written: {FILE}")
