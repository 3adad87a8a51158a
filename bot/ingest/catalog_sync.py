"""Keeps a process's catalogue in step with what the workspace database keeps: what was imported, by whichever process
into whichever catalogue, is in all of them.

The workspace database is written before the catalogue's transaction ends. So what was told to be imported is kept,
whatever becomes of the catalogue a moment later.
"""

import logging
import threading
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from bot.catalog.models import CatalogPosition, CatalogRecord
from bot.catalog.records import CatalogBehindError, all_records, apply_records, read_position, write_position
from bot.catalog.repository import Catalog
from bot.errors import HalobotError

if TYPE_CHECKING:  # it loads SQLAlchemy, and most questions need no workspace database
    from bot.storage.catalog_records import CatalogRecords

log = logging.getLogger(__name__)


class CatalogSync:
    """The recorder of a process's catalogue.

    `records()` opens the workspace database when it is first needed. `peek()` tells its position more cheaply, or
    returns None.
    """

    def __init__(
        self, records: "Callable[[], CatalogRecords]", peek: Callable[[], CatalogPosition | None] = lambda: None
    ) -> None:
        self._records, self._peek = records, peek
        self._lock = threading.Lock()
        self._removed_seeds: set[str] = set()  # that are still to be withdrawn

    def catch_up(self, catalog: Catalog) -> int:
        """Bring what others recorded into the catalogue. Returns how many records that were.

        A catalogue that was never in step with this workspace first gives what only it has: what was imported before
        this was kept, or before a copy of it was put here.
        """
        position = read_position(catalog.db)
        if position is not None and position == self._peek():
            return 0
        records = self._records()
        newest = records.position()
        if position == newest:
            return 0
        with catalog.write_transaction() as db:
            position = read_position(db)
            start = position.change if position and position.workspace == newest.workspace else 0
            added = 0
            if position is None or position.workspace != newest.workspace or start > newest.change:
                start = 0
                added = records.add_missing(all_records(catalog, db))
            newest = records.position()
            count = apply_records(catalog, db, records.changes_after(start) if start < newest.change else ())
            write_position(db, newest)
        if added:
            log.info("The workspace database keeps %s records of the catalogue, in case that it is lost", added)
        if count > added:
            log.info("The catalogue is brought up to what the workspace database keeps: %s records", count - added)
        return count

    def record(self, catalog: Catalog, records: list[CatalogRecord]) -> None:
        """Keep these records. Raises CatalogBehindError when another process recorded something meanwhile."""
        position = read_position(catalog.db)
        new = self._records().record(records, position) if position else None
        if new is None:
            raise CatalogBehindError("Other processes import all the time; nothing was imported. Try again.")
        catalog.note_kept()
        write_position(catalog.db, new)

    def withdraw(self, keys: Collection[str]) -> None:
        """Entries left the seeds, so that nobody waits for them. What cannot be noted now is the next time."""
        with self._lock:
            self._removed_seeds.update(keys)
            if not self._removed_seeds:
                return
            try:
                self._records().withdraw(self._removed_seeds)
                self._removed_seeds.clear()
            except HalobotError as error:
                log.warning("It is not noted yet which entries left the seeds: %s", error)

    def expected(self, keys: Collection[str]) -> set[str]:
        """Those of these entries that should be in every catalogue: nobody took them back."""
        return set(keys) - self._records().withdrawn(keys)

    def restore(self, catalog: Catalog, keys: Collection[str]) -> int:
        """Bring imported entries back that somebody removed from the catalogue. Returns how many are kept."""
        kept = self._records().entries(keys)
        if kept:
            with catalog.write_transaction() as db:
                apply_records(catalog, db, kept)
        return len(kept)
