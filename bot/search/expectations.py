"""The words that people are expected to ask by, of the entries that nobody has described, ready to be looked up."""

from collections.abc import Callable, Mapping, Sequence

from bot.catalog.models import IndexedText
from bot.search.documents import Document


class Expectations:
    """How many phrasings are expected to have a stem, by entry. Never changes once it is made."""

    def __init__(
        self, by_entry: Mapping[int, Mapping[str, float]], expecting: Callable[[str], Mapping[int, float]]
    ) -> None:
        """`by_entry`: of the entries that lack phrasings, by their ids. One of which nothing is expected is not there:
        it is found by its own words alone. `expecting`: the same by stem.
        """
        self.by_entry, self._expecting = by_entry, expecting

    def with_expecting(self, ids: list[int], stems: Sequence[str], least: float = 0.0) -> list[int]:
        """These entries, and those that are expected to be asked for by one of these stems, in so many phrasings at
        least.
        """
        if not self.by_entry:
            return ids
        known = set(ids)
        more = {
            entry_id for stem in stems for entry_id, count in self._expecting(stem).items() if count >= least
        } - known
        return [*sorted(more, reverse=True), *ids] if more else ids

    def document(self, text: IndexedText, idf: Mapping[str, float]) -> Document:
        """The document of an entry; `idf` is by stem."""
        return Document(text, idf, self.by_entry.get(text.id))
