"""`make learn`: learns from the phrasings of the seeds which words people ask by, and writes seeds/translations.tsv.

The bot does this by itself, in the background, where phrasings were changed or accepted; the file spares it the first
time. To be run when phrasings, titles, names or summaries in seeds/, the thesaurus or the training examples have
changed; a test says so.
"""

import tempfile
from dataclasses import replace
from pathlib import Path

from bot.catalog.expansion import described_texts
from bot.catalog.models import IndexedText, Seeds
from bot.catalog.repository import Catalog
from bot.catalog.seeds import TRANSLATIONS, read_seeds
from bot.catalog.thesaurus import read_thesaurus
from bot.catalog.training import read_training_examples
from bot.catalog.translations import learn_translations, write_translations
from bot.settings import PROJECT

OUTPUT = PROJECT / "seeds" / TRANSLATIONS


def seed_texts(seeds: Seeds) -> list[IndexedText]:
    """The indexed texts of the seeds that have phrasings."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = Catalog(Path(folder) / "catalog.db")
        catalog.load_seeds(replace(seeds, translations=None))
        texts = described_texts(catalog.db)
        catalog.close()
    return texts


def main() -> None:
    """Learn, and write the file."""
    OUTPUT.unlink(missing_ok=True)  # it may be one that cannot be read
    texts = seed_texts(read_seeds(PROJECT / "seeds"))
    translations = learn_translations(texts, thesaurus=read_thesaurus(), examples=read_training_examples())
    OUTPUT.write_text(write_translations(translations), encoding="utf-8")
    count = sum(map(len, translations.table.values()))
    print(f"{len(translations.table)} words with {count} translations. Written to {OUTPUT.relative_to(PROJECT)}.")


if __name__ == "__main__":
    main()
