"""From the texts of entries to what the search index stores: documents of stems, and the words that were met."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from bot.catalog.entry_codec import parse_text_list
from bot.text import STOP_WORDS, index_words, stem

MIN_COMPOUND_LENGTH = 4  # "wifi"
MAX_KNOWN_WORDS = 200_000  # words and pairs kept in memory, and as many waiting to be written
_BREAK = "|"  # between two lines, instead of a word

IndexDocument = tuple[int, str, str, str, str]  # id, title, names, summary, phrasings
IndexWord = tuple[int, str, bool, str]  # a row of `words`: length, word, whether it is a compound, stems


class Lexicon:
    """The words that were met while a queue is emptied, with their stems."""

    def __init__(self) -> None:
        self._stems = _Stems()
        self._pairs: set[tuple[str, str]] = set()  # words next to each other in a title or a name
        self._new_pairs: set[tuple[str, str]] = set()  # those that were met since `take_new_words`

    def documents(self, rows: Sequence[Sequence[Any]]) -> list[IndexDocument]:
        """The documents of rows of `entries`: id, title, summary, caution, answer, names, phrasings and those that were
        accepted.
        """
        documents, heads = list[IndexDocument](), list[str]()
        for entry_id, title, summary, caution, answer, names, also, accepted in rows:
            name_list, phrasings = parse_text_list(names), parse_text_list(also) + parse_text_list(accepted)
            text = " ".join((summary or "", caution or "", answer or ""))
            plain = index_words((title, *name_list, text, *phrasings))
            tokens = plain.replace("\n", " \n ").split(" ")
            found = " ".join(filter(None, map(self._stems.__getitem__, tokens)))
            lines, end = found.replace(" \n", "\n").replace("\n ", "\n").split("\n"), len(name_list) + 1
            documents.append((
                entry_id, lines[0], "\n".join(filter(None, lines[1:end])), lines[end],
                "\n".join(filter(None, lines[end + 1 :])),
            ))  # fmt: skip
            heads += plain.split("\n", end)[:end]
        self._new_pairs.update(pairwise(f" {_BREAK} ".join(heads).split()))
        return documents

    def count_new_words(self) -> int:
        """How many rows `take_new_words` returns at most."""
        return len(self._new_pairs) + len(self._stems.new)

    def take_new_words(self) -> list[IndexWord]:
        """The words that were met since this was last called; sorted, which makes writing them faster."""
        words: list[IndexWord] = [(len(word), word, False, stem_) for word, stem_ in self._stems.new]
        words += self._compounds(self._new_pairs - self._pairs)
        self._pairs |= self._new_pairs
        self._new_pairs.clear()
        self._stems.new.clear()
        if len(self._stems) + len(self._pairs) > MAX_KNOWN_WORDS:
            self._stems.clear()
            self._pairs.clear()
        return sorted(words)

    def _compounds(self, pairs: set[tuple[str, str]]) -> list[IndexWord]:
        """Two words next to each other as people write them in one ("dattormm")."""
        compounds, stems = list[IndexWord](), self._stems
        for first, second in pairs:
            compound = first + second
            if len(compound) >= MIN_COMPOUND_LENGTH and second != _BREAK and (of_first := stems[first]):
                of_second = stems[second]
                compounds.append((len(compound), compound, True, f"{of_first} {of_second}" if of_second else of_first))
        return compounds


class _Stems(dict[str, str]):
    """The stem of each word that is asked for, "" for a stop word. `new`: the words met for the first time."""

    def __init__(self) -> None:
        super().__init__()
        self.new: list[tuple[str, str]] = []

    def __missing__(self, word: str) -> str:
        is_word = word not in STOP_WORDS and word not in ("", _BREAK, "\n")
        found = self[word] = stem(word) if is_word else word if word == "\n" else ""
        if is_word and found:
            self.new.append((word, found))
        return found
