"""Learns anew which words people ask by, where phrasings were changed or accepted since the table was made."""

from bot.catalog import expansion
from bot.catalog.database import CatalogDatabase
from bot.catalog.translations import learn_translations


def learn_anew(catalog: CatalogDatabase) -> bool:
    """Learn from the phrasings as they are, if they have changed since. Returns whether they had. Takes some seconds,
    in which others read and write the catalogue as ever. Raises CatalogueError when it cannot be read or written.
    """
    with catalog.read_transaction():
        if not expansion.is_behind(catalog.db):
            return False
        texts = expansion.described_texts(catalog.db)
    translations = learn_translations(texts)
    with catalog.write_transaction() as db:
        expansion.store_translations(db, translations)
        expansion.expand_queued(db)
    return True
