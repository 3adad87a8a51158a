"""Entries made to measure, and answers made readable."""

from bot.catalog.models import Entry, Glossary, Version
from bot.search.models import Answer
from bot.search.synonyms import Meanings
from bot.search.vocabulary import Lexicon
from bot.text import stem, words


def entry(key, title, **fields):
    """A change of v2.206 with just a title; keywords say what is special about it."""
    return Entry(key=key, kind=fields.pop("kind", "feature"), title=title, **{"version": Version(2, 206), **fields})


def keys(answer: Answer) -> list[str]:
    """What is answered, best first."""
    return [hit.entry.key for hit in answer.hits]


def near(answer: Answer) -> list[str]:
    """What is offered apart."""
    return [hit.entry.key for hit in answer.near]


def shown(answer: Answer) -> object:
    """Everything about an answer that a person would notice."""
    return (
        answer.query.wants, answer.query.notes, answer.query.corrected, answer.missing,
        [[(hit.entry.key, round(hit.score, 9)) for hit in part] for part in (answer.hits, answer.possible, answer.near)],
    )  # fmt: skip


def v(*minors: int) -> tuple[Version, ...]:
    """`v(206, 208)`: the versions v2.206 and v2.208."""
    return tuple(Version(2, minor) for minor in minors)


def lexicon_of(text: str, *, glossary: Glossary = Glossary(), **counts: int) -> Lexicon:  # noqa: B008 (a Glossary never changes)
    """The lexicon of a catalogue with these words: in one entry each, or in as many as a keyword says."""
    found = words(" ".join((text, *counts)))
    entries = {stem(word): counts.get(word, 1) for word in found}
    return Lexicon(entries, {word: stem(word) for word in found}, entries, Meanings(glossary), (), {}, frozenset())
