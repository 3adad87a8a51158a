"""Whether a filter on some words could ever let anything through."""

from collections.abc import Sequence

from bot.catalog.repository import Catalog
from bot.digests.selection import index_entry


class KnownWords:
    """The words of the catalogue's entries. They are read again when the catalogue has changed."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        # The catalogue's revision, the stems of each entry, and all of them.
        self._entry_stems: tuple[int, list[frozenset[str]], frozenset[str]] | None = None

    def has_entry_with(self, stems: Sequence[str]) -> bool:
        """Whether some entry has all of these stems."""
        revision = self._catalog.revision
        if self._entry_stems is None or self._entry_stems[0] != revision:
            entries = [index_entry(entry).stems for entry in self._catalog.entries()]
            self._entry_stems = (revision, entries, frozenset().union(*entries))
        _, entries, known = self._entry_stems
        if not known.issuperset(stems):
            return False
        return len(stems) == 1 or any(entry_stems.issuperset(stems) for entry_stems in entries)
