"""What is worked out once for a revision of the catalogue, as many people ask the same: what texts mean, and how
answers look.
"""

from collections.abc import Callable, Hashable, Sized
from typing import Any, NamedTuple, TypeVar

from bot.search.cache import LruCache

MAX_KEPT_BLOCKS = 4_000  # in all pages together, of at most 3,000 characters each
P = TypeVar("P")


class _Page(NamedTuple):
    source: object  # the answer, so that another one in its place is noticed
    page: Any
    size: int


class KeptAnswers:
    """The answers of one revision, the most recently used ones. Who gets one changes nothing in it."""

    def __init__(self, most: int) -> None:
        """`most`: how many texts are kept; 0 keeps nothing."""
        self.interpretations = LruCache[Hashable, object](most)  # by the text and all else that they depend on
        self._pages = LruCache[Hashable, _Page](MAX_KEPT_BLOCKS if most else 0, lambda page: page.size)

    def page(self, source: object, how: Hashable, make: Callable[[], P], blocks: Callable[[P], Sized]) -> P:
        """What `make` makes of an answer. `how`: all that it depends on besides; `blocks`: what it is made of."""
        key = id(source), how
        kept = self._pages.get(key)
        if kept is None or kept.source is not source:
            made = make()
            kept = _Page(source, made, 1 + len(blocks(made)))
            self._pages.put(key, kept)
        page: P = kept.page
        return page
