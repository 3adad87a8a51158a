"""Phrases in quotes: exact words in this order, small ones included."""

from collections.abc import Sequence

from bot.catalog.models import Entry
from bot.text import words

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
