"""Which features could be the same change at all: those of the same version, or talked about in the same episode.
Pure.
"""

from collections.abc import Iterable, Iterator

from bot.catalog.models import Entry, Version


class BlockingIndex:
    """Features by version and episode, numbered and unnumbered apart, for there are few of the latter and many of the
    former.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._places: dict[tuple[bool, Version | int], set[str]] = {}
        self.has_unnumbered = False
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Note an entry; once more is no harm."""
        if entry.kind == "feature":
            self.has_unnumbered = self.has_unnumbered or not entry.numbered
            for place in _places(entry):
                self._places.setdefault((entry.numbered, place), set()).add(entry.key)

    def unnumbered_candidates(self, entry: Entry) -> set[str]:
        """Keys of the unnumbered features near an entry, itself left out."""
        return self._near(entry, False)

    def candidates(self, entry: Entry) -> set[str]:
        """Keys of all features near an entry, itself left out."""
        return self._near(entry, False) | self._near(entry, True)

    def _near(self, entry: Entry, numbered: bool) -> set[str]:
        found: set[str] = set()
        for place in _places(entry):
            found |= self._places.get((numbered, place), set())
        return found - {entry.key}


def _places(entry: Entry) -> Iterator[Version | int]:
    for version in (entry.version, *entry.possible_versions):
        if version:
            yield version
    for mention in entry.mentions:
        yield mention.episode
