"""Phrases in quotes: exact words in this order, small ones included."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from bot.catalog.models import Entry
from bot.search.models import Hit, Query, SearchResult
from bot.text import STOP_WORDS, words

_NO_OTHER_TEXT: dict[str, Any] = {"summary": "", "answer": None, "caution": None, "also": ()}
Phrase = tuple[str, ...]  # its words; a hyphen and a blank are the same


def phrase_words(text: str) -> Phrase:
    """The words of a phrase, in order."""
    return tuple(words(text.replace("-", " ")))


def has_phrases(entry: Entry, phrases: Sequence[Phrase]) -> bool:
    """Whether each phrase stands in a text of the entry, written with blanks, hyphens, or as one word."""
    texts = (entry.title, entry.summary, entry.answer or "", entry.caution or "", *entry.names, *entry.also)
    lines = [f" {' '.join(phrase_words(text))} " for text in texts]
    return all(
        any(f" {' '.join(phrase)} " in line or (len(phrase) > 1 and f" {''.join(phrase)} " in line) for line in lines)
        for phrase in phrases
    )


def are_of_small_words(query: Query) -> bool:
    """Whether a question is nothing but phrases of words that no index has: "as is", "out of"."""
    quoted = set(chain.from_iterable(query.phrases))
    return bool(quoted) and quoted <= STOP_WORDS and all(term.word in quoted for term in query.terms)


def select_small_words(query: Query, entries: Sequence[Entry]) -> SearchResult:
    """The answer to such a question, of the entries that may have its phrases: those that are called so, and sure of
    them, or else one that has them somewhere.
    """
    found = [entry for entry in entries if has_phrases(entry, query.phrases)]
    called_so = [entry for entry in found if has_phrases(replace(entry, **_NO_OTHER_TEXT), query.phrases)]
    others = [entry for entry in found if entry not in called_so]
    shown, hidden = (called_so, others) if called_so else (others[:1], others[1:])
    return SearchResult(
        query,
        tuple(Hit(entry, 1.0) for entry in shown),
        more_hits=tuple(Hit(entry, 0.5) for entry in hidden),
        confidence="sure" if called_so else "perhaps" if found else "none",
    )
