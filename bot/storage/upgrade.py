"""Brings the tables of a workspace database up to date, by the Alembic migrations in `migrations/`."""

import logging
import re
from pathlib import Path

import sqlalchemy as sa

from bot.errors import WorkspaceError
from bot.storage.transactions import lock_until_commit, write_transaction

log = logging.getLogger(__name__)
REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0006",
    "0008",
    "0009",
    "0010",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
)  # in order; the code works with the tables as the last one leaves them
MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK_ID = 72097
# What revision 0001 makes, or leaves as it is in a database from before the revisions.
_BASE_TABLES = frozenset(
    (
        "seen_events",
        "arrivals",
        "subscriptions",
        "ledger",
        "watches",
        "audit",
        "source_states",
        "threads",
        "questions",
        "meetings",
    )
)
_BEFORE_REVISIONS = frozenset(("migrations", "seen_events"))  # each database from that time has both
_AT_EACH_REVISION = "watches"
_REVISION = re.compile(r"\d{4}")


def upgrade(engine: sa.Engine) -> None:
    """Run the migrations that are missing, all in one transaction, one process at a time.

    Raises WorkspaceError when a newer version has used the database. Importing Alembic takes longer than the rest of a
    start, so that happens only when there is something to do.
    """
    with engine.connect() as connection:
        if _find_revision(connection) == REVISIONS[-1]:
            return
    with write_transaction(engine) as connection:
        lock_until_commit(connection, _UPGRADE_LOCK_ID)
        before = _find_revision(connection)
        if before != REVISIONS[-1]:  # another process may have done it while this one waited
            _run_migrations(connection)
            if before is not None:
                log.info("The workspace database is at revision %s now", REVISIONS[-1])


def require_known(engine: sa.Engine) -> None:
    """Raise WorkspaceError where the tables are a newer version's, or of something else. Changes nothing."""
    with engine.connect() as connection:
        _find_revision(connection)


def pending_steps(engine: sa.Engine) -> list[str] | None:
    """What the migrations that are missing do, a line each; None for a database without our tables. Changes nothing.

    Raises WorkspaceError when a newer version has used the database.
    """
    _quiet_alembic()
    from alembic.script import ScriptDirectory

    with engine.connect() as connection:
        current = _find_revision(connection)
    if current is None:
        return None
    scripts = ScriptDirectory(str(MIGRATIONS))
    missing = REVISIONS[REVISIONS.index(current) + 1 :] if current else REVISIONS
    docs = ((revision, scripts.get_revision(revision).doc) for revision in missing)
    return [f"{revision}: {' '.join(doc.split())}" for revision, doc in docs]


def _find_revision(connection: sa.Connection) -> str | None:
    """The revision of our tables: empty for those from before the revisions, None where they can be made.

    Raises WorkspaceError for a revision that this version doesn't know, and for a database that cannot be ours.
    """
    tables = set(sa.inspect(connection).get_table_names())  # first: another process may be making them now
    if not sa.inspect(connection).has_table("alembic_version"):
        return _look_before_revisions(connection, tables)
    revision = connection.scalar(sa.text("SELECT version_num FROM alembic_version")) or ""
    if not _REVISION.fullmatch(revision) or not sa.inspect(connection).has_table(_AT_EACH_REVISION):
        raise _foreign("alembic_version")
    if revision not in REVISIONS:
        raise WorkspaceError(
            f"A newer Halobot has used the workspace database: its tables are at revision {revision}, and this version"
            f" knows them up to {REVISIONS[-1]}.",
            "Install the newer Halobot, or set HALO_WORKSPACE_URL to another one.",
        )
    return str(revision)


def _look_before_revisions(connection: sa.Connection, tables: set[str]) -> str | None:
    """The same for a database without a revision: the migrations would take tables of something else for ours. On
    PostgreSQL several programs may share a database, as long as their tables have other names.
    """
    if tables >= _BEFORE_REVISIONS:
        return ""
    in_the_way = tables if connection.dialect.name == "sqlite" else tables & _BASE_TABLES
    if in_the_way:
        raise _foreign(min(in_the_way))
    _require_unicode(connection)
    return None


def _require_unicode(connection: sa.Connection) -> None:
    """Raise WorkspaceError for a database on PostgreSQL that has not every character that people write. SQL_ASCII keeps
    what it is given.
    """
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.scalar(sa.text("SHOW server_encoding"))
    if encoding not in ("UTF8", "SQL_ASCII"):
        raise WorkspaceError(
            f"The database of HALO_WORKSPACE_URL has the encoding {encoding}, which cannot keep every character that "
            "people write.",
            "Make one with UTF8: createdb --encoding=UTF8 --template=template0 NAME.",
        )


def _foreign(table: str) -> WorkspaceError:
    return WorkspaceError(
        f"The database is no workspace database of Halobot: its table “{table}” is of something else.",
        "Nothing was changed. Name another database in HALO_WORKSPACE_URL; it may be an empty one.",
    )


def _run_migrations(connection: sa.Connection) -> None:
    _quiet_alembic()
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})  # env.py uses it, and so this transaction
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")


def _quiet_alembic() -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells about its plugins at INFO, when it is loaded
