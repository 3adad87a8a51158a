"""Reads the words of a catalogue, which questions are understood by."""

from collections.abc import Collection
from functools import lru_cache

from bot.catalog import search_index, word_lists
from bot.catalog.models import Glossary
from bot.catalog.repository import Catalog
from bot.search.synonyms import Synonyms
from bot.search.vocabulary import Vocabulary

# Larger catalogues are not read word for word before the first answer: each word is looked up when it is asked for.
MAX_ENTRIES_READ_AT_ONCE = 2_000


def read_vocabulary(catalog: Catalog) -> Vocabulary:
    """The vocabulary of the catalogue as it is."""
    is_small = catalog.entry_count() <= MAX_ENTRIES_READ_AT_ONCE
    if is_small:
        statistics = search_index.read_word_statistics(catalog.db)
        keys: Collection[str] = catalog.keys()
    else:  # each thread reads through its own connection
        statistics = search_index.look_up_word_statistics(lambda: catalog.db)
        keys = search_index.look_up_keys(lambda: catalog.db)
    return Vocabulary(
        *statistics,
        _synonyms_of(catalog.glossary()),
        tuple(catalog.versions()),
        catalog.areas(),
        keys,
        None if is_small else lambda lengths, prefix: word_lists.read_words(catalog.db, lengths, prefix),
        max(catalog.episodes(), default=None),
    )


@lru_cache(maxsize=8)
def _synonyms_of(glossary: Glossary) -> Synonyms:
    """Kept, for it takes a third of reading a vocabulary, and few changes of a catalogue change its glossary."""
    return Synonyms(glossary)
