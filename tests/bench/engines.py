"""The engines that are compared, each behind the same interface and tuned a little on the development questions.

All of them get the same text (`material.engine_text`), the same stop words, and boosts for titles, versions and
numbers.
"""

import importlib.util
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

import Stemmer
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from bot.catalog.database import WRITE_CACHE_KB
from bot.catalog.models import Entry
from bot.catalog.repository import Catalog
from bot.catalog.seeds import read_areas_and_glossary
from bot.search.service import SearchService
from bot.text import STOP_WORDS
from tests.bench.material import SEEDS, Text, engine_text

MAX_HITS = 50
BATCH_SIZE = 1_000
FTS5_CACHE_KB = 1_000_000  # more than any file here: FTS5 never reads from the disk while it searches
FIELDS = ("title", "names", "summary", "also", "version", "key")
BOOSTS = {"title": 6.0, "names": 3.0, "summary": 2.0, "also": 2.0, "version": 3.0, "key": 12.0}
# For engines that add up fields without saturating.
GENTLE_BOOSTS = {"title": 2.0, "names": 1.0, "summary": 1.0, "also": 2.0, "version": 2.0, "key": 8.0}
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")


def content_words(q: str) -> list[str]:
    """The words of a question without stop words; all of them when there are no others."""
    words = _WORD.findall(q.lower())
    return [word for word in words if word not in STOP_WORDS] or words


def batches(entries: Iterable[Entry], size: int = BATCH_SIZE) -> Iterator[list[Entry]]:
    """Entries in lists of `size`, so that an index is built without holding all of them."""
    rest = iter(entries)
    while batch := list(islice(rest, size)):
        yield batch


class Engine:
    """What every engine does: `build` once, `search` many times, `close`."""

    name: ClassVar[str]
    storage: ClassVar[str] = "in memory"  # or "in a file": built in one process, searched in another

    def build(self, entries: Iterable[Entry]) -> None:
        """Index all entries, and keep no more of them than the engine needs."""
        raise NotImplementedError

    def finish(self) -> None:
        """What an engine does after building, before the first question or in the background."""

    def search(self, q: str) -> list[str]:
        """Keys of the entries that answer, best first."""
        raise NotImplementedError

    def timed_search(self, q: str) -> tuple[list[str], float]:
        """The keys, and the seconds that the search took."""
        start = time.perf_counter()
        ids = self.search(q)
        return ids, time.perf_counter() - start

    def memory_process_id(self) -> int | None:
        """The id of the process whose memory is measured, where it is not this one."""
        return None

    def close(self) -> None:
        """Close files and processes."""

    @classmethod
    def unavailable_reason(cls) -> str | None:
        """Why this engine cannot run here, or None when it can."""
        return None


class HalobotEngine(Engine):
    """`SearchService` on a catalogue in a file, with the shipped areas and glossary, as the bot runs it."""

    name = "Halobot"
    storage = "in a file"

    def __init__(self, folder: Path | None = None) -> None:
        self._temporary = None if folder else Path(tempfile.mkdtemp(prefix="halobot-bench-"))
        self.catalogue = Catalog((folder or self._temporary or Path()) / "catalog.db")
        # Without the cache of results: it would answer from the second round on.
        self._service = SearchService(self.catalogue, max_cached_results=0)

    def build(self, entries: Iterable[Entry]) -> None:
        self.catalogue.load_seeds(read_areas_and_glossary(SEEDS))
        self.catalogue.upsert(entries)

    def finish(self) -> None:
        self.catalogue.finish_index()

    def search(self, q: str) -> list[str]:
        result = self._service.search(q)
        hits = [*result.hits, *result.more_hits, *result.possible_hits]
        if result.query.intent == "list":  # shown newest first; the others rank lists, too
            hits.sort(key=lambda hit: -hit.score)
        return [hit.entry.key for hit in hits]

    def close(self) -> None:
        self.catalogue.close()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)


class FTS5(Engine):
    """SQLite FTS5 and nothing else: porter stems, boosted columns, entries with all of the words first, then those with
    any. It writes a file, as the catalogue is one, commits it in the same way, and searches with all of it in memory.
    """

    name = "SQLite FTS5"

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="halobot-bench-"))
        self.db = sqlite3.connect(self._folder / "texts.db")
        boosts = ", ".join(str(BOOSTS[field]) for field in FIELDS)
        self._sql = (
            f"SELECT rowid, [key] FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, {boosts}) LIMIT {MAX_HITS}"
        )

    def build(self, entries: Iterable[Entry]) -> None:
        self.db.execute("PRAGMA journal_mode = wal")
        self.db.execute(f"PRAGMA cache_size = -{WRITE_CACHE_KB}")
        tokenizer = "porter unicode61 remove_diacritics 2"
        self.db.execute(f"CREATE VIRTUAL TABLE texts USING fts5({', '.join(FIELDS)}, tokenize='{tokenizer}')")
        rows = (tuple(getattr(text, field) for field in FIELDS) for text in map(engine_text, entries))
        with self.db:
            self.db.executemany(
                f"INSERT INTO texts ({', '.join(f'[{field}]' for field in FIELDS)}) VALUES (?, ?, ?, ?, ?, ?)", rows
            )
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.db.execute(f"PRAGMA cache_size = -{FTS5_CACHE_KB}")

    def search(self, q: str) -> list[str]:
        quoted = [f'"{word}"' for word in content_words(q)]
        if not quoted:
            return []
        found = dict(self.db.execute(self._sql, (" AND ".join(quoted),)))
        if len(found) < MAX_HITS and len(quoted) > 1:
            for number, key in self.db.execute(self._sql, (" OR ".join(quoted),)):
                found.setdefault(number, key)
        return list(found.values())[:MAX_HITS]

    def close(self) -> None:
        self.db.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class TokenSetRatio(Engine):
    """rapidfuzz `token_set_ratio` over title, names and summary of every entry: its fastest fair set-up."""

    name = "rapidfuzz token_set_ratio"
    min_score: ClassVar[float] = 55.0

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._texts: list[str] = []

    def _line(self, text: Text) -> str:
        return " ".join((text.key, text.version, text.title, text.names, text.summary))

    def build(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._keys.append(entry.key)
            self._texts.append(default_process(self._line(engine_text(entry))))

    def search(self, q: str) -> list[str]:
        question = default_process(" ".join(content_words(q)))
        return [
            self._keys[n]
            for _, _, n in process.extract(
                question, self._texts, scorer=fuzz.token_set_ratio, score_cutoff=self.min_score, limit=MAX_HITS
            )
        ]


class TokenSetRatioOfAll(TokenSetRatio):
    """The same over phrasings too: it finds more and takes longer."""

    name = "rapidfuzz token_set_ratio, phrasings too"

    def _line(self, text: Text) -> str:
        return " ".join(text)


class BM25S(Engine):
    """bm25s: BM25 over Snowball stems, a word of the title counted as three."""

    name = "bm25s"

    def __init__(self) -> None:
        import bm25s

        self._index: Any = bm25s.BM25()
        self._stem = Stemmer.Stemmer("english")
        self._keys: list[str] = []

    def _stems(self, text: str) -> list[str]:
        return list(self._stem.stemWords([word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS]))

    def build(self, entries: Iterable[Entry]) -> None:
        numbers: dict[str, int] = {}
        documents: list[list[int]] = []  # numbers, not words: a tenth of the memory
        for text in map(engine_text, entries):
            self._keys.append(text.key)
            stems = self._stems(" ".join((*text, *[text.title] * 2, *[text.key, text.version] * 2)))
            documents.append([numbers.setdefault(stem, len(numbers)) for stem in stems])
        self._index.index((documents, numbers), show_progress=False)

    def search(self, q: str) -> list[str]:
        stems = [stem for stem in self._stem.stemWords(content_words(q)) if stem in self._index.vocab_dict]
        if not stems:
            return []
        found, scores = self._index.retrieve([stems], k=min(MAX_HITS, len(self._keys)), show_progress=False)
        return [self._keys[n] for n, score in zip(found[0].tolist(), scores[0].tolist(), strict=True) if score > 0]

    @classmethod
    def unavailable_reason(cls) -> str | None:
        return _not_installed("bm25s")


class Tantivy(Engine):
    """tantivy: BM25 over English stems, boosted fields, any of the words."""

    name = "tantivy"

    def __init__(self) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        for field in FIELDS:
            builder.add_text_field(field, stored=field == "key", tokenizer_name="en_stem")
        self._tantivy: Any = tantivy
        self._index = tantivy.Index(builder.build())

    def build(self, entries: Iterable[Entry]) -> None:
        writer = self._index.writer(heap_size=64_000_000, num_threads=1)
        for text in map(engine_text, entries):
            writer.add_document(self._tantivy.Document(**text._asdict()))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _query(self, words: list[str]) -> Any:
        return self._index.parse_query(
            " ".join(f'"{word}"' if "." in word else word for word in words), list(FIELDS), field_boosts=GENTLE_BOOSTS
        )

    def search(self, q: str) -> list[str]:
        words = content_words(q)
        if not words:
            return []
        hits = self._searcher.search(self._query(words), limit=MAX_HITS, count=False).hits
        return [self._searcher.doc(address)["key"][0] for _, address in hits]

    @classmethod
    def unavailable_reason(cls) -> str | None:
        return _not_installed("tantivy")


class TantivyFuzzy(Tantivy):
    """tantivy, where a word may also have one wrong letter, which counts less."""

    name = "tantivy, fuzzy"
    fuzzy_boost: ClassVar[float] = 0.3  # of a word with a wrong letter

    def _query(self, words: list[str]) -> Any:
        make, should = self._tantivy.Query, self._tantivy.Occur.Should
        fuzzy = {field: (False, 1, True) for field in FIELDS if field not in ("key", "version")}
        typed = [word for word in words if word.isalpha() and len(word) > 3]
        parts = [(should, super()._query(words))]
        if typed:
            nearly = self._index.parse_query(
                " ".join(typed), list(fuzzy), field_boosts=GENTLE_BOOSTS, fuzzy_fields=fuzzy
            )
            parts.append((should, make.boost_query(nearly, self.fuzzy_boost)))
        return make.boolean_query(parts)


def _not_installed(module: str) -> str | None:
    return (
        None
        if importlib.util.find_spec(module)
        else f"{module} is not installed; `make bench` installs the extra [bench]"
    )


def all_engines() -> list[type[Engine]]:
    """Every engine that the bench knows, Halobot first."""
    from tests.bench.minisearch import MiniSearch

    return [HalobotEngine, FTS5, TokenSetRatio, TokenSetRatioOfAll, BM25S, Tantivy, TantivyFuzzy, MiniSearch]


def choose_engines() -> tuple[list[type[Engine]], dict[str, str]]:
    """The engines that can run here, and by name why the others cannot."""
    reasons = {engine: engine.unavailable_reason() for engine in all_engines()}
    return [engine for engine, reason in reasons.items() if not reason], {
        engine.name: reason for engine, reason in reasons.items() if reason
    }
