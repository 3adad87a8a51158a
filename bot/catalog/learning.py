"""Learns anew which words people ask by, where phrasings were changed or accepted since the table was made."""

import logging
import threading

from bot.catalog import expansion
from bot.catalog.database import CatalogDatabase
from bot.catalog.thesaurus import read_thesaurus
from bot.catalog.training import read_training_examples
from bot.catalog.translations import learn_translations
from bot.errors import CatalogueError
from bot.references import with_reference

LOOK_EVERY_SECONDS = 3600.0
log = logging.getLogger(__name__)


def learn_anew(catalog: CatalogDatabase) -> bool:
    """Learn from the phrasings as they are, if they have changed since. Returns whether they had. Takes some seconds,
    in which others read and write the catalogue as ever. Raises CatalogueError when it cannot be read or written.
    """
    with catalog.read_transaction():
        if not expansion.is_behind(catalog.db):
            return False
        texts = expansion.described_texts(catalog.db)
    translations = learn_translations(texts, thesaurus=read_thesaurus(), examples=read_training_examples())
    with catalog.write_transaction() as db:
        expansion.store_translations(db, translations)
        expansion.expand_queued(db)
    return True


def start_learning(catalog: CatalogDatabase, seconds: float = LOOK_EVERY_SECONDS) -> threading.Event:
    """Look now and every hour from now on whether there is something to learn, in a thread beside answering. Set the
    event that is returned to end it.
    """
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            with with_reference():
                _look_once(catalog)
            ended.wait(seconds)
        catalog.close()

    threading.Thread(target=look, name="learning", daemon=True).start()
    return ended


def _look_once(catalog: CatalogDatabase) -> None:
    try:
        if learn_anew(catalog):
            log.info("learned anew from the phrasings which words people ask by")
    except CatalogueError as error:
        log.warning("learning from the phrasings: %s", error)
    except Exception:  # whatever it is, the next look is in an hour
        log.exception("learning from the phrasings failed")
