"""The use case: a person's text in, an Answer out. The Slack command, a mention, a direct message and the terminal all
call it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import compress
from typing import Generic, TypeVar

from bot.catalog import search_index
from bot.catalog.models import Entry, Episode, Filters, Version
from bot.catalog.repository import Catalog
from bot.search import relevance, retrieval, scoring
from bot.search.document import Document
from bot.search.models import Hit, Query, SearchResult, Term
from bot.search.query_parser import parse_query
from bot.search.synonyms import Synonyms
from bot.search.vocabulary import Vocabulary

T = TypeVar("T")

MAX_HITS = 50  # of a search, where many say as much as the last of the best; lists and versions are given whole …
MAX_LISTED = 1_000  # … as far as anybody looks
MAX_CACHED_RESULTS, MAX_CACHED_QUESTION_LENGTH = (
    500,
    300,
)  # a page, a share, a follow-up ask the same again; questions up to that many characters
MAX_CACHED_ROWS = 2_000  # entries kept in memory: all of a usual catalogue, the busiest of a huge one


@dataclass(frozen=True, eq=False)
class CachedRevision:
    """What is kept in memory of one revision of the catalogue. Replaced in one step, never changed half-way."""

    revision: int
    vocabulary: Vocabulary
    episodes: Mapping[int, Episode]
    documents: "RowCache[Document]"
    entries: "RowCache[Entry]"
    postings: dict[tuple[str, ...], scoring.Postings] = field(
        default_factory=dict
    )  # by stems, as far as they were asked for

    @property
    def fits(self) -> bool:
        """Whether all entries fit in memory."""
        return len(self.vocabulary.keys) <= MAX_CACHED_ROWS


class RowCache(Generic[T]):
    """Rows read before, by number, the least recently used forgotten first. Safe to share between threads."""

    def __init__(self, most: int, read: Callable[[list[int]], dict[int, T]]) -> None:
        self._most, self._read = most, read
        self._rows: OrderedDict[int, T] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, numbers: Iterable[int]) -> list[T]:
        """The rows with these numbers, in order; those that are gone are left out."""
        wanted = list(numbers)
        with self._lock:
            found = {number: self._rows[number] for number in wanted if number in self._rows}
            for number in found:
                self._rows.move_to_end(number)
        missing = [number for number in wanted if number not in found]
        if missing:
            read = self._read(missing)
            found |= read
            with self._lock:
                self._rows |= read
                while len(self._rows) > self._most:
                    self._rows.popitem(last=False)
        return [found[number] for number in wanted if number in found]


class SearchService:
    """Answers questions from a catalogue. Thread-safe; a change to the catalogue is in the very next answer."""

    def __init__(self, catalogue: Catalog) -> None:
        self.catalog = catalogue
        self._snapshot: CachedRevision | None = None
        self._renewing = threading.Lock()
        self._recent = lru_cache(MAX_CACHED_RESULTS)(self._understood)

    def __call__(self, text: str) -> SearchResult:
        """Any text, however odd; never raises for the text's sake. Raises CatalogueError when the catalogue cannot be
        read.
        """
        with self.catalog.read_transaction():
            snapshot = self._current()
            return (
                self._recent(text, snapshot)
                if len(text) <= MAX_CACHED_QUESTION_LENGTH
                else self._understood(text, snapshot)
            )

    def _understood(self, text: str, snapshot: CachedRevision) -> SearchResult:
        return self._answer(parse_query(text, snapshot.vocabulary), snapshot)

    def explain(self, text: str) -> SearchResult:
        """Like a call, with each hit's signals filled in."""
        with self.catalog.read_transaction():
            snapshot = self._current()
            answer = self._answer(parse_query(text, snapshot.vocabulary), snapshot)
            hits, possible, near = (
                self._explained(part, answer.query, snapshot)
                for part in (answer.hits, answer.possible_hits, answer.suggestions)
            )
        return replace(answer, hits=hits, possible_hits=possible, suggestions=near)

    def matching_keys(self, text: str, keys: Iterable[str]) -> list[str]:
        """Which of these entries answer a question, best first, each judged by itself: in a search, what comes after a
        good answer may
        be weaker, for it is read only by who wants more; a watch tells people of an entry that they did not ask for
        today.
        """
        with self.catalog.read_transaction():
            snapshot, wanted = self._current(), set(keys)
            query = parse_query(text, snapshot.vocabulary)
            if query.intent == "numbers":
                return [key for key in query.keys if key in wanted]
            if query.filters:
                wanted &= set(self.catalog.keys_matching(query.filters))
            if not query.terms:
                return sorted(wanted) if query.filters else []
            documents = snapshot.documents.get(self.catalog.ids(wanted))
            scored = _score_documents(
                query.terms,
                scoring.collect_postings(query.terms, partial(scoring.build_postings, documents)),
                documents,
            )
            return [
                document.key
                for document, score in relevance.filter_by_phrases(query, scored)
                if relevance.is_answer(len(query.terms), document, score)
            ]

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the catalogue as it is now."""
        with self.catalog.read_transaction():
            return self._current().vocabulary

    @property
    def episodes(self) -> Mapping[int, Episode]:
        """Every episode by its number, for links to its page."""
        with self.catalog.read_transaction():
            return self._current().episodes

    def _current(self) -> CachedRevision:
        revision = self.catalog.revision
        snapshot = self._snapshot
        if snapshot is None or snapshot.revision != revision:
            with self._renewing:
                snapshot = self._snapshot
                if snapshot is None or snapshot.revision != revision:
                    snapshot = self._snapshot = self._read(revision)
                    self._recent.cache_clear()
        return snapshot

    def _read(self, revision: int) -> CachedRevision:
        catalogue = self.catalog
        counts, words, own = search_index.read_word_statistics(catalogue.db)
        lexicon = Vocabulary(
            counts,
            words,
            own,
            Synonyms(catalogue.glossary()),
            tuple(catalogue.versions()),
            catalogue.areas(),
            catalogue.keys(),
        )

        def read_documents(numbers: list[int]) -> dict[int, Document]:
            return {
                text.id: Document(text, lexicon.idf_by_stem)
                for text in search_index.read_documents(catalogue.db, numbers)
            }

        return CachedRevision(
            revision,
            lexicon,
            catalogue.episodes(),
            RowCache(MAX_CACHED_ROWS, read_documents),
            RowCache(MAX_CACHED_ROWS, catalogue.entries_by_id),
        )

    def _answer(self, query: Query, snapshot: CachedRevision) -> SearchResult:
        if query.intent in ("nothing", "help"):
            return SearchResult(query)
        if query.intent == "numbers":
            return self._numbers(query, snapshot)
        if query.terms:
            return self._search(query, snapshot)
        if query.filters:
            return self._everything(query, snapshot)
        return SearchResult(query)

    def _numbers(self, query: Query, snapshot: CachedRevision) -> SearchResult:
        found = self.catalog.entries(query.keys)
        missing = tuple(key for key in query.keys if key not in snapshot.vocabulary.keys)
        near = (
            self.catalog.entries(relevance.nearest_keys(missing[0], snapshot.vocabulary.keys))
            if missing and not found
            else []
        )
        return SearchResult(
            query, tuple(Hit(e, 1.0) for e in found), suggestions=tuple(Hit(e, 0.0) for e in near), unknown_keys=missing
        )

    def _everything(self, query: Query, snapshot: CachedRevision) -> SearchResult:
        entries, notes = self._passing(query.filters, snapshot)
        return self._by_certainty(
            replace(query, notes=query.notes + notes), tuple(Hit(entry, 1.0) for entry in entries)
        )

    def _passing(self, filters: Filters, snapshot: CachedRevision) -> tuple[list[Entry], tuple[str, ...]]:
        """The entries that pass the filters, the newest of them where there are too many to be looked through; and that
        this is so.
        """
        ids = self.catalog.ids_matching(filters)
        notes = (f"The newest {MAX_LISTED:,} of {len(ids):,}",) if len(ids) > MAX_LISTED else ()
        return snapshot.entries.get(ids[:MAX_LISTED]), notes

    def _search(self, query: Query, snapshot: CachedRevision) -> SearchResult:
        listed = query.intent == "list"
        ranked = self._ranked(
            query.terms, query.filters, snapshot, retrieval.MAX_LIST_CANDIDATES if listed else retrieval.MAX_CANDIDATES
        )
        chosen, close = relevance.apply_threshold(query, ranked)
        hits, near = self._hits(chosen if listed else chosen[:MAX_HITS], snapshot), self._hits(close, snapshot)
        if listed:
            area = relevance.infer_area(query, snapshot.vocabulary)
            if area and not query.excluded and not query.phrases:
                have = {hit.entry.key for hit in hits}
                of_area, notes = self._passing(replace(query.filters, area=area), snapshot)
                query = replace(query, notes=query.notes + notes)
                hits, near = (*hits, *(Hit(entry, 0.0) for entry in of_area if entry.key not in have)), ()
            hits = tuple(sorted(hits, key=newest_first))
        return replace(self._by_certainty(query, hits), suggestions=near)

    def _hits(self, ranked: relevance.RankedDocuments, snapshot: CachedRevision) -> tuple[Hit, ...]:
        scores = {document.key: score.total for document, score in ranked}
        return tuple(
            Hit(entry, scores[entry.key])
            for entry in snapshot.entries.get(document.id for document, _ in ranked)
            if entry.key in scores
        )

    def _ranked(
        self, terms: tuple[Term, ...], filters: Filters, snapshot: CachedRevision, most: int
    ) -> list[tuple[Document, scoring.Score]]:
        if snapshot.fits:
            ways = scoring.collect_postings(terms, partial(self._sayings, snapshot))
            among = frozenset(self.catalog.ids_matching(filters)) if filters else None
            return _score_documents(terms, ways, snapshot.documents.get(retrieval.select_candidates(ways, most, among)))
        expression = retrieval.fts_expression(terms, snapshot.vocabulary)
        ids = (
            search_index.find_candidates(self.catalog.db, expression, retrieval.BM25_COLUMN_WEIGHTS, most, filters)
            if expression
            else []
        )
        documents = snapshot.documents.get(ids)
        return _score_documents(
            terms, scoring.collect_postings(terms, partial(scoring.build_postings, documents)), documents
        )

    def _sayings(self, snapshot: CachedRevision, stems: tuple[str, ...]) -> scoring.Postings:
        """How each entry says these stems; worked out when it is first asked for."""
        sayings = snapshot.postings.get(stems)
        if sayings is None:
            having = snapshot.documents.get(search_index.find_ids_with_stems(self.catalog.db, stems))
            sayings = snapshot.postings[stems] = scoring.build_postings(having, stems)
        return sayings

    def _by_certainty(self, query: Query, hits: tuple[Hit, ...]) -> SearchResult:
        """Those whose version is only possibly the one asked for stand apart."""
        if query.filters.versions is None:
            return SearchResult(query, hits)
        asked = set(query.filters.versions)
        certain = [hit.entry.version is not None or asked.issuperset(hit.entry.possible_versions) for hit in hits]
        return SearchResult(
            query,
            tuple(compress(hits, certain)),
            tuple(hit for hit, sure in zip(hits, certain, strict=True) if not sure),
        )

    def _explained(self, hits: tuple[Hit, ...], query: Query, snapshot: CachedRevision) -> tuple[Hit, ...]:
        if not query.terms or query.intent == "numbers":  # found by number or filter, not by words
            return hits
        found = snapshot.documents.get(self.catalog.ids([hit.entry.key for hit in hits]))
        ways = scoring.collect_postings(query.terms, partial(scoring.build_postings, found))
        signals = {document.key: scoring.explain_score(query.terms, ways, document) for document in found}
        return tuple(replace(hit, signals=signals[hit.entry.key]) if hit.score else hit for hit in hits)


def _score_documents(
    terms: tuple[Term, ...], ways: scoring.TermPostings, documents: Iterable[Document]
) -> list[tuple[Document, scoring.Score]]:
    """The documents with their scores, best first."""
    asked = scoring.total_query_weight(terms)
    return sorted(
        ((document, scoring.score(asked, ways, document)) for document in documents),
        key=lambda pair: (-pair[1].total, pair[0].key),
    )


def newest_first(hit: Hit) -> tuple[int, int, int, float, str]:
    """Order of a list: newest version first; uncertain versions by their newest possible one; FAQ and guides last."""
    entry: Entry = hit.entry
    version = entry.version or (max(entry.possible_versions) if entry.possible_versions else Version(0, 0))
    return (-version.major, -version.minor, 0 if entry.version else 1, -hit.score, entry.key)
