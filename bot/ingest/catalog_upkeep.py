"""Opens the catalogue and keeps it whole: the seeds, what was imported by whichever process, and what was accepted in
review are in it, also after its file was deleted under the running bot.
"""

import logging
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Protocol

from bot.catalog.damage import DAMAGE_ERRORS, is_damage
from bot.catalog.repository import Catalog
from bot.errors import CatalogueError, HalobotError
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
        tell: Callable[[str], object] = log.warning,
    ) -> None:
        self.sync, self._load_seeds = sync, load_seeds
        self._has_workspace, self._apply_accepted, self._tell = has_workspace, apply_accepted, tell
        self.damages: list[str] = []  # what was mended since the start

    def open(self, path: Path) -> Catalog:
        """The catalogue, whole. Raises SeedError or CatalogueError."""
        catalog = Catalog(path)
        catalog.recorder = self.sync
        catalog.on_created = lambda: self._fill(catalog)
        catalog.on_damaged = self._note_damage
        try:
            self.load_seeds(catalog)
        except DAMAGE_ERRORS as error:
            if not (is_damage(error) and catalog.replace_damaged(str(error))):
                raise CatalogueError(f"The catalogue at {path} cannot be read ({error}).") from error
            self.load_seeds(catalog)
        self.catch_up(catalog)
        return catalog

    def _fill(self, catalog: Catalog) -> None:
        self.catch_up(catalog)  # before the seeds, which win
        self.load_seeds(catalog)
        self.restore_accepted(catalog)

    def _note_damage(self, problem: str, kept: Path) -> None:
        self.damages.append(
            f"The catalogue was damaged ({problem}). It was made again from the seeds and from what was imported; the "
            f"damaged file is kept as {kept}."
        )
        self._tell(self.damages[-1])

    def problems(self, catalog: Catalog, is_deep: bool = False) -> list[str]:
        """What is wrong: whether the catalogue can be written, and with `is_deep` whether its file is whole. A damaged
        one is replaced.
        """
        try:
            if is_deep:
                catalog.replace_damaged()
            catalog.write_nothing()
        except CatalogueError as error:
            return [str(error)]
        return []

    def reload_seeds(self, path: Path) -> str:
        """Load the seeds although they did not change. Returns what was done, as a sentence."""
        return self.load_seeds(Catalog(path), again=True)

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
