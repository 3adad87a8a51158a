"""From the texts of entries to what the search index stores: documents of stems, and the words that were met."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from bot.catalog.entry_codec import parse_text_list
from bot.text import STOP_WORDS, index_words, stem

MIN_COMPOUND_LENGTH = 4  # "wifi"
MAX_KNOWN_WORDS = 200_000  # words kept in memory
_BREAK = "|"  # between two lines, instead of a word

IndexDocument = tuple[int, str, str, str, str]  # id, title, names, summary, phrasings


class Lexicon:
    """The words that were met while a queue is emptied, with their stems. A word is kept as a text with its stems
    behind it ("dattormm datto rmm").
    """

    def __init__(self) -> None:
        self._stems = _Stems()
        self._pairs = set[tuple[str, str]]()  # next to each other in a title or a name: people write them in one

    def documents(self, rows: Iterable[Sequence[Any]]) -> list[IndexDocument]:
        """The documents of rows of `entries`: id, title, summary, caution, answer, names, phrasings and those that were
        accepted.
        """
        documents, heads, stem_of = list[IndexDocument](), list[str](), self._stems.__getitem__
        for entry_id, title, summary, caution, answer, names, also, accepted in rows:
            name_list, phrasings = parse_text_list(names), parse_text_list(also) + parse_text_list(accepted)
            text = " ".join((summary or "", caution or "", answer or ""))
            plain = index_words((title, *name_list, text, *phrasings))
            found = "".join(map(stem_of, plain.split(" "))).replace(" \n", "\n")
            lines, end = found.rstrip(" ").split("\n"), len(name_list) + 1
            documents.append((
                entry_id, lines[0], "\n".join(filter(None, lines[1:end])), lines[end],
                "\n".join(filter(None, lines[end + 1 :])),
            ))  # fmt: skip
            heads += plain.split("\n", end)[:end]
        self._pairs.update(pairwise(f" {_BREAK} ".join(heads).split()))
        return documents

    def count_new_words(self) -> int:
        """How many words `take_new_words` returns at most."""
        return len(self._pairs) + len(self._stems.new)

    def take_new_words(self) -> tuple[list[str], list[str]]:
        """The words and the compounds that were met since this was last called, each with its stems behind it."""
        words, stem_of = self._stems.new, self._stems.__getitem__
        compounds = {
            f"{first}{second} {stem_of(first)}{stem_of(second)}".rstrip()
            for first, second in self._pairs
            if stem_of(first) and second != _BREAK and len(first) + len(second) >= MIN_COMPOUND_LENGTH
        }
        self._pairs, self._stems.new = set(), []
        if len(self._stems) > MAX_KNOWN_WORDS:
            self._stems.clear()
        return words, list(compounds)


class _Stems(dict[str, str]):
    """The stem of each word that is asked for, with a blank behind it; "" for a stop word. `new`: the words met for the
    first time, each with its stem behind it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.new: list[str] = []

    def __missing__(self, word: str) -> str:
        found = stem(word) if word not in STOP_WORDS and word not in ("", _BREAK, "\n") else ""
        self[word] = ending = f"{found} " if found else word if word == "\n" else ""
        if found:
            self.new.append(f"{word} {found}")
        return ending
