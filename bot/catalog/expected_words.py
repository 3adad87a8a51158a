"""The words that are expected of entries, looked up in what the catalogue stores of them. Pure."""

import json
from collections.abc import Iterator, Mapping

MAX_STEMS_KEPT = 2_000  # in memory, with the entries of which each is expected


class ExpectedWords(Mapping[int, Mapping[str, float]]):
    """Expected words by entry: stem -> number of phrasings. They are kept as they are stored, and what is asked for is
    parsed: of a thousand entries, all words take longer than an answer.
    """

    def __init__(self, texts: Mapping[int, str]) -> None:
        """`texts`: JSON by entry, as `json.dumps` writes it."""
        self._texts = texts
        self._parsed: dict[int, Mapping[str, float]] = {}
        self._by_stem: dict[str, Mapping[int, float]] = {}

    def __getitem__(self, entry: int) -> Mapping[str, float]:
        parsed = self._parsed.get(entry)
        if parsed is None:
            parsed = self._parsed[entry] = json.loads(self._texts[entry])
        return parsed

    def __iter__(self) -> Iterator[int]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def expecting(self, stem: str) -> Mapping[int, float]:
        """The entries of which a stem is expected, and in how many phrasings."""
        found = self._by_stem.get(stem)
        if found is None:
            if len(self._by_stem) >= MAX_STEMS_KEPT:
                self._by_stem.clear()
            key = f"{json.dumps(stem, ensure_ascii=False)}: "
            first, later = "{" + key, ", " + key  # an escaped quote in another stem has neither before it
            counts = dict[int, float]()
            for entry, text in self._texts.items():
                rest = text.removeprefix(first) if text.startswith(first) else text.partition(later)[2]
                if rest:
                    counts[entry] = float(rest[: rest.index("," if "," in rest else "}")])
            found = self._by_stem[stem] = counts
        return found
