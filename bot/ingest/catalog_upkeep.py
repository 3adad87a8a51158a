"""Opens the catalogue and keeps it whole: the seeds, what was imported by whichever process, and what was accepted in
review are in it, also after its file was deleted under the running bot.
"""

import logging
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Protocol

from bot.catalog.repository import Catalog
from bot.errors import HalobotError
from bot.ingest.catalog_sync import CatalogSync

log = logging.getLogger(__name__)


class SeedLoader(Protocol):
    """Loads the seeds into a catalogue. Returns what was done, as a sentence."""

    def __call__(
        self, catalog: Catalog, again: bool = False, on_removed: Callable[[Collection[str]], object] | None = None
    ) -> str: ...


class CatalogUpkeep:
    """What a process does for its catalogue.

    `has_workspace()` says whether there is a workspace database: a question alone does not make one.
    `apply_accepted(catalog)` brings in what was accepted in review.
    """

    def __init__(
        self,
        sync: CatalogSync,
        load_seeds: SeedLoader,
        has_workspace: Callable[[], bool],
        apply_accepted: Callable[[Catalog], object],
    ) -> None:
        self.sync, self._load_seeds = sync, load_seeds
        self._has_workspace, self._apply_accepted = has_workspace, apply_accepted

    def open(self, path: Path) -> Catalog:
        """The catalogue, whole. Raises SeedError or CatalogueError."""
        catalog = Catalog(path)
        catalog.recorder = self.sync
        catalog.on_created = lambda: self._fill(catalog)
        self.load_seeds(catalog)
        self.catch_up(catalog)
        return catalog

    def _fill(self, catalog: Catalog) -> None:
        self.catch_up(catalog)  # before the seeds, which win
        self.load_seeds(catalog)
        self.restore_accepted(catalog)

    def load_seeds(self, catalog: Catalog, again: bool = False) -> str:
        """Load the seeds where they changed, or always. Returns what was done, as a sentence."""
        return self._load_seeds(catalog, again=again, on_removed=self.sync.withdraw if self._has_workspace() else None)

    def catch_up(self, catalog: Catalog) -> None:
        """Bring what was imported, by whichever process, into the catalogue. Where the workspace database cannot be
        had, the next look does it.
        """
        if self._has_workspace():
            try:
                self.sync.catch_up(catalog)
            except HalobotError as error:
                log.warning("What was imported elsewhere is not in the catalogue yet: %s", error)

    def restore_accepted(self, catalog: Catalog) -> None:
        """Bring what was accepted in review into a catalogue that is new, or whose entries are. Where the workspace
        database cannot be had, the next start of the bot does it.
        """
        if self._has_workspace():
            try:
                self._apply_accepted(catalog)
            except HalobotError as error:
                log.warning("What was accepted in review is not in the new catalogue yet: %s", error)

    def restore_entries(self, catalog: Catalog, keys: Collection[str]) -> None:
        """Bring entries back that somebody removed from the catalogue: from the seeds, and from what was imported."""
        self.sync.restore(catalog, keys)
        self.load_seeds(catalog, again=True)
        self.restore_accepted(catalog)
