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
from bot.catalog.repository import Catalogue
from bot.search import relevance, retrieval, scoring
from bot.search.document import Document
from bot.search.models import Answer, Hit, Query, Term
from bot.search.query_parser import understand
from bot.search.synonyms import Meanings
from bot.search.vocabulary import Lexicon

T = TypeVar("T")

MOST_HITS = 50  # of a search, where many say as much as the last of the best; lists and versions are given whole …
MOST_LISTED = 1_000  # … as far as anybody looks
KEPT_ANSWERS, SHORT = 500, 300  # a page, a share, a follow-up ask the same again; questions up to that many characters
KEPT_ROWS = 2_000  # entries kept in memory: all of a usual catalogue, the busiest of a huge one


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What is kept in memory of one revision of the catalogue. Replaced in one step, never changed half-way."""

    revision: int
    lexicon: Lexicon
    episodes: Mapping[int, Episode]
    documents: "Kept[Document]"
    entries: "Kept[Entry]"
    sayings: dict[tuple[str, ...], scoring.Sayings] = field(
        default_factory=dict
    )  # by stems, as far as they were asked for

    @property
    def fits(self) -> bool:
        """Whether all entries fit in memory."""
        return len(self.lexicon.keys) <= KEPT_ROWS


class Kept(Generic[T]):
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


class Ask:
    """Answers questions from a catalogue. Thread-safe; a change to the catalogue is in the very next answer."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._snapshot: Snapshot | None = None
        self._renewing = threading.Lock()
        self._recent = lru_cache(KEPT_ANSWERS)(self._understood)

    def __call__(self, text: str) -> Answer:
        """Any text, however odd; never raises for the text's sake. Raises CatalogueError when the catalogue cannot be
        read.
        """
        with self.catalogue.reading():
            snapshot = self._current()
            return self._recent(text, snapshot) if len(text) <= SHORT else self._understood(text, snapshot)

    def _understood(self, text: str, snapshot: Snapshot) -> Answer:
        return self._answer(understand(text, snapshot.lexicon), snapshot)

    def explain(self, text: str) -> Answer:
        """Like a call, with each hit's signals filled in."""
        with self.catalogue.reading():
            snapshot = self._current()
            answer = self._answer(understand(text, snapshot.lexicon), snapshot)
            hits, possible, near = (
                self._explained(part, answer.query, snapshot) for part in (answer.hits, answer.possible, answer.near)
            )
        return replace(answer, hits=hits, possible=possible, near=near)

    def answering(self, text: str, keys: Iterable[str]) -> list[str]:
        """Which of these entries answer a question, best first, each judged by itself: in a search, what comes after a
        good answer may
        be weaker, for it is read only by who wants more; a watch tells people of an entry that they did not ask for
        today.
        """
        with self.catalogue.reading():
            snapshot, wanted = self._current(), set(keys)
            query = understand(text, snapshot.lexicon)
            if query.wants == "numbers":
                return [key for key in query.keys if key in wanted]
            if query.filters:
                wanted &= set(self.catalogue.matching(query.filters))
            if not query.terms:
                return sorted(wanted) if query.filters else []
            documents = snapshot.documents.get(self.catalogue.ids(wanted))
            scored = _scored(
                query.terms, scoring.ways_of(query.terms, partial(scoring.sayings_among, documents)), documents
            )
            return [
                document.key
                for document, score in relevance.allowed(query, scored)
                if relevance.is_answer(len(query.terms), document, score)
            ]

    @property
    def lexicon(self) -> Lexicon:
        """The words of the catalogue as it is now."""
        with self.catalogue.reading():
            return self._current().lexicon

    @property
    def episodes(self) -> Mapping[int, Episode]:
        """Every episode by its number, for links to its page."""
        with self.catalogue.reading():
            return self._current().episodes

    def _current(self) -> Snapshot:
        revision = self.catalogue.revision
        snapshot = self._snapshot
        if snapshot is None or snapshot.revision != revision:
            with self._renewing:
                snapshot = self._snapshot
                if snapshot is None or snapshot.revision != revision:
                    snapshot = self._snapshot = self._read(revision)
                    self._recent.cache_clear()
        return snapshot

    def _read(self, revision: int) -> Snapshot:
        catalogue = self.catalogue
        counts, words, own = search_index.read_vocabulary(catalogue.db)
        lexicon = Lexicon(
            counts,
            words,
            own,
            Meanings(catalogue.glossary()),
            tuple(catalogue.versions()),
            catalogue.areas(),
            catalogue.keys(),
        )

        def read_documents(numbers: list[int]) -> dict[int, Document]:
            return {
                text.id: Document(text, lexicon.weights) for text in search_index.read_documents(catalogue.db, numbers)
            }

        return Snapshot(
            revision,
            lexicon,
            catalogue.episodes(),
            Kept(KEPT_ROWS, read_documents),
            Kept(KEPT_ROWS, catalogue.entries_by_id),
        )

    def _answer(self, query: Query, snapshot: Snapshot) -> Answer:
        if query.wants in ("nothing", "help"):
            return Answer(query)
        if query.wants == "numbers":
            return self._numbers(query, snapshot)
        if query.terms:
            return self._search(query, snapshot)
        if query.filters:
            return self._everything(query, snapshot)
        return Answer(query)

    def _numbers(self, query: Query, snapshot: Snapshot) -> Answer:
        found = self.catalogue.entries(query.keys)
        missing = tuple(key for key in query.keys if key not in snapshot.lexicon.keys)
        near = (
            self.catalogue.entries(relevance.nearest_keys(missing[0], snapshot.lexicon.keys))
            if missing and not found
            else []
        )
        return Answer(query, tuple(Hit(e, 1.0) for e in found), near=tuple(Hit(e, 0.0) for e in near), missing=missing)

    def _everything(self, query: Query, snapshot: Snapshot) -> Answer:
        entries, notes = self._passing(query.filters, snapshot)
        return self._by_certainty(
            replace(query, notes=query.notes + notes), tuple(Hit(entry, 1.0) for entry in entries)
        )

    def _passing(self, filters: Filters, snapshot: Snapshot) -> tuple[list[Entry], tuple[str, ...]]:
        """The entries that pass the filters, the newest of them where there are too many to be looked through; and that
        this is so.
        """
        ids = self.catalogue.ids_matching(filters)
        notes = (f"The newest {MOST_LISTED:,} of {len(ids):,}",) if len(ids) > MOST_LISTED else ()
        return snapshot.entries.get(ids[:MOST_LISTED]), notes

    def _search(self, query: Query, snapshot: Snapshot) -> Answer:
        listed = query.wants == "list"
        ranked = self._ranked(query.terms, query.filters, snapshot, retrieval.LISTED if listed else retrieval.RANKED)
        chosen, close = relevance.choose(query, ranked)
        hits, near = self._hits(chosen if listed else chosen[:MOST_HITS], snapshot), self._hits(close, snapshot)
        if listed:
            area = relevance.topic_area(query, snapshot.lexicon)
            if area and not query.without and not query.phrases:
                have = {hit.entry.key for hit in hits}
                of_area, notes = self._passing(replace(query.filters, area=area), snapshot)
                query = replace(query, notes=query.notes + notes)
                hits, near = (*hits, *(Hit(entry, 0.0) for entry in of_area if entry.key not in have)), ()
            hits = tuple(sorted(hits, key=newest_first))
        return replace(self._by_certainty(query, hits), near=near)

    def _hits(self, ranked: relevance.Ranked, snapshot: Snapshot) -> tuple[Hit, ...]:
        scores = {document.key: score.total for document, score in ranked}
        return tuple(
            Hit(entry, scores[entry.key])
            for entry in snapshot.entries.get(document.id for document, _ in ranked)
            if entry.key in scores
        )

    def _ranked(
        self, terms: tuple[Term, ...], filters: Filters, snapshot: Snapshot, most: int
    ) -> list[tuple[Document, scoring.Score]]:
        if snapshot.fits:
            ways = scoring.ways_of(terms, partial(self._sayings, snapshot))
            among = frozenset(self.catalogue.ids_matching(filters)) if filters else None
            return _scored(terms, ways, snapshot.documents.get(retrieval.best(ways, most, among)))
        expression = retrieval.expression(terms, snapshot.lexicon)
        ids = (
            search_index.read_candidates(self.catalogue.db, expression, retrieval.COLUMN_WEIGHTS, most, filters)
            if expression
            else []
        )
        documents = snapshot.documents.get(ids)
        return _scored(terms, scoring.ways_of(terms, partial(scoring.sayings_among, documents)), documents)

    def _sayings(self, snapshot: Snapshot, stems: tuple[str, ...]) -> scoring.Sayings:
        """How each entry says these stems; worked out when it is first asked for."""
        sayings = snapshot.sayings.get(stems)
        if sayings is None:
            having = snapshot.documents.get(search_index.read_having(self.catalogue.db, stems))
            sayings = snapshot.sayings[stems] = scoring.sayings_among(having, stems)
        return sayings

    def _by_certainty(self, query: Query, hits: tuple[Hit, ...]) -> Answer:
        """Those whose version is only possibly the one asked for stand apart."""
        if query.filters.versions is None:
            return Answer(query, hits)
        asked = set(query.filters.versions)
        certain = [hit.entry.version is not None or asked.issuperset(hit.entry.possible_versions) for hit in hits]
        return Answer(
            query,
            tuple(compress(hits, certain)),
            tuple(hit for hit, sure in zip(hits, certain, strict=True) if not sure),
        )

    def _explained(self, hits: tuple[Hit, ...], query: Query, snapshot: Snapshot) -> tuple[Hit, ...]:
        if not query.terms or query.wants == "numbers":  # found by number or filter, not by words
            return hits
        found = snapshot.documents.get(self.catalogue.ids([hit.entry.key for hit in hits]))
        ways = scoring.ways_of(query.terms, partial(scoring.sayings_among, found))
        signals = {document.key: scoring.explain(query.terms, ways, document) for document in found}
        return tuple(replace(hit, signals=signals[hit.entry.key]) if hit.score else hit for hit in hits)


def _scored(
    terms: tuple[Term, ...], ways: scoring.Ways, documents: Iterable[Document]
) -> list[tuple[Document, scoring.Score]]:
    """The documents with their scores, best first."""
    asked = scoring.asked_for(terms)
    return sorted(
        ((document, scoring.score(asked, ways, document)) for document in documents),
        key=lambda pair: (-pair[1].total, pair[0].key),
    )


def newest_first(hit: Hit) -> tuple[int, int, int, float, str]:
    """Order of a list: newest version first; uncertain versions by their newest possible one; FAQ and guides last."""
    entry: Entry = hit.entry
    version = entry.version or (max(entry.possible_versions) if entry.possible_versions else Version(0, 0))
    return (-version.major, -version.minor, 0 if entry.version else 1, -hit.score, entry.key)
