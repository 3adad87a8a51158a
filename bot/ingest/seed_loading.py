"""Loads the seeds into a catalogue when their files changed."""

import logging
from collections.abc import Callable, Collection
from pathlib import Path

from bot.catalog import seeds
from bot.catalog.repository import Catalog

log = logging.getLogger(__name__)


def load_seeds_folder(
    catalog: Catalog,
    folder: Path,
    with_entries: bool,
    again: bool = False,
    on_removed: Callable[[Collection[str]], object] | None = None,
) -> str:
    """Load a seeds folder when it changed since the last time, or always with `again`; without its entries, the areas
    and the glossary are still needed. Returns what was done, as a sentence.

    `on_removed` gets the keys of entries that are seeds no longer. Raises SeedError or CatalogueError.
    """
    if (
        not again
        and folder.is_dir()
        and catalog.seeds_signature == seeds.folder_signature(folder, entries=with_entries)
    ):
        return "The seeds are loaded already."
    from bot.ingest.impact import guess_missing_impacts  # hardly a start loads the seeds

    read = seeds.read_seeds(folder) if with_entries else seeds.read_areas_and_glossary(folder)
    loaded = catalog.load_seeds(read)
    guess_missing_impacts(catalog)
    if on_removed and loaded.removed_keys:
        on_removed(loaded.removed_keys)
    report = f"Seeds loaded into {catalog.path}: {loaded}."
    log.info("%s", report)
    return report
