"""One revision of the catalogue, ready to be searched: parse a question, find entries, score them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from bot.catalog import search_index
from bot.catalog.models import Entry, Episode, Filters, Version
from bot.catalog.repository import Catalog
from bot.search import lists, membership, relevance, retrieval, scoring
from bot.search.cache import LruCache
from bot.search.models import Hit, Query, SearchResult, Term
from bot.search.phrases import has_phrases
from bot.search.query_parser import means_area, parse_query
from bot.search.scoring import Document
from bot.search.synonyms import Synonyms
from bot.search.vocabulary import Vocabulary

MAX_HITS = 50  # of a search with many equal scores; lists and versions are given whole …
MAX_LISTED = 1_000  # … up to this many entries
MAX_CACHED_RESULTS = 500  # paging, sharing and follow-ups ask the same question again
MAX_CACHED_QUESTION_LENGTH = 300  # characters; longer questions are not cached
# What is kept in memory: all of a usual catalogue, the most recently used of a huge one.
MAX_CACHED_ENTRIES = 2_000
MAX_CACHED_DOCUMENTS = 20_000
MAX_CACHED_MATCHES = 500_000  # in all postings together
MAX_CACHED_SET_BYTES = 64_000_000  # of the sets of entries that have a stem
# Larger catalogues are not read word for word before the first answer: each word is looked up when it is asked for.
MAX_ENTRIES_READ_AT_ONCE = 2_000


class SearchSnapshot:
    """One revision of the catalogue, with what is kept in memory of it.

    `SearchService.snapshot()` hands it out inside a read transaction and it is valid until that ends: it opens none
    itself. Threads share the snapshot of a revision; each reads through its own connection.
    """

    def __init__(self, catalog: Catalog, revision: int, max_cached_results: int = MAX_CACHED_RESULTS) -> None:
        self.catalog = catalog
        self.revision = revision
        self.vocabulary = _read_vocabulary(catalog)
        self.episodes: Mapping[int, Episode] = catalog.episodes()
        self._queries = LruCache[str, Query](max_cached_results)
        self._results = LruCache[str, tuple[Query, SearchResult]](max_cached_results)  # by the query's text
        self._entries = LruCache[int, Entry](MAX_CACHED_ENTRIES)
        self._documents = LruCache[int, Document](MAX_CACHED_DOCUMENTS)
        self._stem_entries = LruCache[str, retrieval.StemEntries](MAX_CACHED_SET_BYTES, size_of=_byte_count)
        self._postings = LruCache[scoring.Stems, scoring.Postings](MAX_CACHED_MATCHES, size_of=len)

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions that have entries, oldest first."""
        return self.vocabulary.versions

    @property
    def areas(self) -> Mapping[str, tuple[str, ...]]:
        """Every area and what people call it, in the order of the seeds."""
        return self.vocabulary.areas

    @property
    def entry_count(self) -> int:
        """How many entries there are."""
        return len(self.vocabulary.keys)

    def parse(self, text: str) -> Query:
        """What a person's text asks for. Any text is parsed somehow; nothing is raised for its sake."""
        query = self._queries.get(text)
        if query is None:
            query = parse_query(text, self.vocabulary)
            if len(text) <= MAX_CACHED_QUESTION_LENGTH:
                self._queries.add({text: query})
        return query

    def search(self, question: str | Query) -> SearchResult:
        """The answer to a text, or to a query parsed before."""
        query = self.parse(question) if isinstance(question, str) else question
        cached_query, result = self._results.get(query.text) or (None, None)
        if result is None or cached_query != query:
            if query.intent == "keys":
                result = self._search_keys(query)
            elif query.terms:
                result = self._search_terms(query)
            elif query.filters:
                result = self._search_filters(query)
            else:
                result = SearchResult(query)
            if len(query.text) <= MAX_CACHED_QUESTION_LENGTH:
                self._results.add({query.text: (query, result)})
        return result

    def explain(self, question: str | Query) -> SearchResult:
        """Like `search`, with the signals of each hit's score."""
        result = self.search(question)
        if not result.query.terms or result.query.intent == "keys":  # found by key or filter, not by words
            return result
        hits = (*result.hits, *result.possible_hits, *result.suggestions)
        documents = self._read_documents(self.catalog.ids([hit.entry.key for hit in hits]))
        postings = _postings_among(documents, result.query.terms)
        signals = {d.key: scoring.explain_score(result.query.terms, postings, d) for d in documents}
        explained = {hit.entry.key: replace(hit, signals=signals[hit.entry.key]) if hit.score else hit for hit in hits}

        def with_signals(part: tuple[Hit, ...]) -> tuple[Hit, ...]:
            return tuple(explained[hit.entry.key] for hit in part)

        return replace(
            result,
            hits=with_signals(result.hits),
            possible_hits=with_signals(result.possible_hits),
            suggestions=with_signals(result.suggestions),
        )

    def matching_keys(self, question: str | Query, keys: Iterable[str]) -> list[str]:
        """Which of these entries answer a question, best first.

        Each entry is judged by itself against the threshold. In a search, what comes after a good answer may be
        weaker; a watch announces every key returned here, so each one has to be good.
        """
        query = self.parse(question) if isinstance(question, str) else question
        wanted = set(keys)
        if query.intent == "keys":
            return [key for key in query.keys if key in wanted]
        if query.filters:
            wanted &= set(self.catalog.keys_matching(query.filters))
        if not query.terms:
            return sorted(wanted) if query.filters else []
        documents = self._read_documents(self.catalog.ids(wanted))
        ranked = _rank(query.terms, _postings_among(documents, query.terms), documents)
        return [
            document.key
            for document, score in relevance.without_excluded(query, self._with_phrases(query, ranked))
            if relevance.is_answer(len(query.terms), document, score)
        ]

    def entries(self, keys: Iterable[str]) -> list[Entry]:
        """The entries with these keys, in this order; unknown keys are left out."""
        return self.catalog.entries(keys)

    def entries_matching(self, filters: Filters) -> list[Entry]:
        """The entries that pass the filters: certain versions first, then newest, then highlights."""
        return self._read_entries(self.catalog.ids_matching(filters))

    def _search_keys(self, query: Query) -> SearchResult:
        found, known = self.catalog.entries(query.keys), self.vocabulary.keys
        unknown = tuple(key for key in query.keys if key not in known)
        nearest = self.catalog.entries(relevance.nearest_keys(unknown[0], known)) if unknown and not found else []
        return SearchResult(
            query,
            tuple(Hit(entry, 1.0) for entry in found),
            suggestions=tuple(Hit(entry, 0.0) for entry in nearest),
            unknown_keys=unknown,
        )

    def _search_filters(self, query: Query) -> SearchResult:
        entries, notes = self._list_entries(query.filters)
        return _split_by_version(_with_notes(query, notes), tuple(Hit(entry, 1.0) for entry in entries))

    def _search_terms(self, query: Query) -> SearchResult:
        if query.intent == "list":
            return self._search_list(query)
        limit = retrieval.MAX_LIST_CANDIDATES if query.phrases else retrieval.MAX_CANDIDATES
        ranked = self._rank_candidates(query, limit)
        exact = self._with_phrases(query, ranked)
        if not exact:
            return SearchResult(query, suggestions=self._hits(ranked[: relevance.MAX_SUGGESTIONS]))
        answers, nearest = relevance.apply_threshold(query, exact)
        hits = self._hits(answers[:MAX_HITS])
        if query.aspect in ("version", "availability"):  # something is said of one change
            return SearchResult(query, hits[:1], more_hits=hits[1:], suggestions=self._hits(nearest))
        return replace(_split_by_version(query, hits), suggestions=self._hits(nearest))

    def _with_phrases(self, query: Query, ranked: relevance.RankedDocuments) -> relevance.RankedDocuments:
        """Those whose own words have all phrases in quotes."""
        if not query.phrases:
            return ranked
        entries = self._read_entries([document.id for document, _ in ranked])
        keys = {entry.key for entry in entries if has_phrases(entry, query.phrases)}
        return [pair for pair in ranked if pair[0].key in keys]

    def _search_list(self, query: Query) -> SearchResult:
        """Everything about a subject: all members, all of the area that the words mean; where there are none, what is
        an answer to the words.
        """
        candidates = self._with_phrases(query, self._rank_candidates(query, retrieval.MAX_LIST_CANDIDATES))
        ranked = relevance.without_excluded(query, candidates)
        keys = self._member_keys(query, [document for document, _ in ranked])
        area = relevance.infer_area(query, self.vocabulary)
        answers: relevance.RankedDocuments = [pair for pair in ranked if pair[0].key in keys]
        nearest: relevance.RankedDocuments = ()
        if not answers and not area:
            answers, nearest = relevance.apply_threshold(query, ranked)
        hits, suggestions = self._hits(answers), self._hits(nearest)
        if area and not query.excluded and not query.phrases:
            of_area, notes = self._list_entries(replace(query.filters, area=area))
            query = _with_notes(query, notes)
            hits = (*hits, *(Hit(entry, 0.0) for entry in of_area if entry.key not in keys))
        if lists.asks_for_changes(query.text):
            hits = tuple(hit for hit in hits if hit.entry.kind == "feature") or hits
        hits = tuple(sorted(hits, key=newest_first))
        return replace(_split_by_version(query, hits), suggestions=suggestions)

    def _member_keys(self, query: Query, documents: Sequence[Document]) -> set[str]:
        """The keys of the documents that a list's subject has, or each of its subjects."""
        whole = self._members(query.terms, documents)
        each = [self._members(terms, documents) for terms in query.subjects]
        if each and all(each):
            return set().union(*each)
        return whole

    def _members(self, terms: Sequence[Term], documents: Sequence[Document]) -> set[str]:
        content = relevance.content_terms(terms, self.vocabulary)
        if not content or any(not term.expansions for term in content):
            return set()
        needed = membership.requirements(content, self.vocabulary.synonyms, self._keys_of_area)
        return {document.key for document in membership.members(documents, needed)}

    def _keys_of_area(self, word: str) -> frozenset[str]:
        """The entries of the area that a word means; none for any other word."""
        area = means_area(word, self.vocabulary)
        return frozenset(self.catalog.keys_matching(Filters(area=area))) if area else frozenset()

    def _rank_candidates(self, query: Query, limit: int) -> relevance.RankedDocuments:
        """The entries that have most of the query's terms and pass its filters, with their scores, best first."""
        expansions = {expansion.stems for term in query.terms for expansion in term.expansions}
        chosen = retrieval.choose_expansions(expansions, self.vocabulary)
        if (len(chosen) < len(expansions) or self.entry_count > MAX_ENTRIES_READ_AT_ONCE) and self._has_dense_ids:
            return self._rank_likely_candidates(query, limit)
        postings = self._read_postings(chosen)
        term_postings = scoring.collect_postings(query.terms, postings)
        allowed_ids = frozenset(self.catalog.ids_matching(query.filters)) if query.filters else None
        documents = self._read_documents(retrieval.select_candidates(term_postings, limit, allowed_ids))
        if len(chosen) < len(expansions):
            postings |= {s: scoring.build_postings(documents, s) for s in expansions if s not in postings}
            term_postings = scoring.collect_postings(query.terms, postings)
        return _rank(query.terms, term_postings, documents)

    def _rank_likely_candidates(self, query: Query, limit: int) -> relevance.RankedDocuments:
        """Like `_rank_candidates`, without reading postings: for a catalogue where they are long."""
        stem_entries = self._read_stem_entries(query.terms)
        allowed = retrieval.entry_set(self.catalog.ids_matching(query.filters)) if query.filters else None
        limit = max(limit, retrieval.MAX_LIKELY_CANDIDATES)
        candidates = retrieval.find_candidates(query.terms, stem_entries, limit, allowed)
        documents = self._read_documents(retrieval.entry_ids(candidates))
        expansions = {expansion.stems for term in query.terms for expansion in term.expansions}
        having = retrieval.documents_with_stems(documents, expansions, stem_entries)
        postings = {stems: scoring.build_postings(found, stems) for stems, found in having.items()}
        return _rank(query.terms, scoring.collect_postings(query.terms, postings), documents)

    def _read_stem_entries(self, terms: Iterable[Term]) -> dict[str, retrieval.StemEntries]:
        """Which entries have the stems of the terms, read when they are first asked for."""
        stems = {stem for term in terms for expansion in term.expansions for stem in expansion.stems}
        found = self._stem_entries.get_many(stems)
        for stem in stems - found.keys():
            ids, in_title = (
                search_index.read_ids_with_stem(self.catalog.db, stem, fields)
                for fields in ("title names summary also", "title names")
            )
            found[stem] = retrieval.StemEntries(retrieval.entry_set(ids), retrieval.entry_set(in_title))
            self._stem_entries.add({stem: found[stem]})
        return found

    @cached_property
    def _has_dense_ids(self) -> bool:
        """Whether a set of entries takes little memory: unless somebody gave an entry an id of many digits."""
        return self.catalog.highest_id() <= 4 * self.entry_count + 100_000

    def _list_entries(self, filters: Filters) -> tuple[list[Entry], tuple[str, ...]]:
        """The entries that pass the filters, at most MAX_LISTED, and a note where there are more."""
        ids = self.catalog.ids_matching(filters)
        notes = (f"The newest {MAX_LISTED:,} of {len(ids):,}",) if len(ids) > MAX_LISTED else ()
        return self._read_entries(ids[:MAX_LISTED]), notes

    def _hits(self, ranked: relevance.RankedDocuments) -> tuple[Hit, ...]:
        scores = {document.key: score.total for document, score in ranked}
        entries = self._read_entries([document.id for document, _ in ranked])
        return tuple(Hit(entry, scores[entry.key]) for entry in entries)

    def _read_postings(self, expansions: Collection[scoring.Stems]) -> dict[scoring.Stems, scoring.Postings]:
        """The postings of these expansions, worked out when they are first asked for."""
        postings = self._postings.get_many(expansions)
        if len(postings) < len(expansions):
            missing = [stems for stems in expansions if stems not in postings]
            for stems in missing:
                ids = search_index.find_ids_with_stems(self.catalog.db, stems, retrieval.MAX_POSTINGS)
                postings[stems] = scoring.build_postings(self._read_documents(ids), stems)
            self._postings.add({stems: postings[stems] for stems in missing})
        return postings

    def _read_documents(self, ids: Sequence[int]) -> list[Document]:
        """The documents with these ids, in this order."""
        found = self._documents.get_many(ids)
        missing = [row_id for row_id in ids if row_id not in found]
        if missing:
            fields = search_index.read_documents(self.catalog.db, missing)
            read = {row.id: Document(row, self.vocabulary.idf_by_stem) for row in fields}
            self._documents.add(read)
            found |= read
        return [found[row_id] for row_id in ids if row_id in found]

    def _read_entries(self, ids: Sequence[int]) -> list[Entry]:
        """The entries with these ids, in this order."""
        found = self._entries.get_many(ids)
        missing = [row_id for row_id in ids if row_id not in found]
        if missing:
            read = self.catalog.entries_by_id(missing)
            self._entries.add(read)
            found |= read
        return [found[row_id] for row_id in ids if row_id in found]


def _read_vocabulary(catalog: Catalog) -> Vocabulary:
    is_small = catalog.entry_count() <= MAX_ENTRIES_READ_AT_ONCE
    if is_small:
        statistics = search_index.read_word_statistics(catalog.db)
        keys: Collection[str] = catalog.keys()
    else:  # each thread reads through its own connection
        statistics = search_index.look_up_word_statistics(lambda: catalog.db)
        keys = search_index.look_up_keys(lambda: catalog.db)
    return Vocabulary(
        *statistics,
        Synonyms(catalog.glossary()),
        tuple(catalog.versions()),
        catalog.areas(),
        keys,
        None if is_small else lambda lengths, prefix: search_index.read_words(catalog.db, lengths, prefix),
    )


def _byte_count(entries: retrieval.StemEntries) -> int:
    return (entries.anywhere.bit_length() + entries.in_title.bit_length()) // 8


def _postings_among(documents: Iterable[Document], terms: Sequence[Term]) -> scoring.TermPostings:
    """The postings of the terms' expansions, of these documents only."""
    expansions = {expansion.stems for term in terms for expansion in term.expansions}
    return scoring.collect_postings(terms, {s: scoring.build_postings(documents, s) for s in expansions})


def _rank(
    terms: Sequence[Term], postings: scoring.TermPostings, documents: Iterable[Document]
) -> list[tuple[Document, scoring.Score]]:
    """The documents with their scores, best first."""
    query_weight = scoring.total_query_weight(terms)
    return sorted(
        ((document, scoring.score(query_weight, postings, document)) for document in documents),
        key=lambda pair: (-pair[1].total, pair[0].key),
    )


def _with_notes(query: Query, notes: tuple[str, ...]) -> Query:
    return replace(query, notes=query.notes + notes) if notes else query


def _split_by_version(query: Query, hits: tuple[Hit, ...]) -> SearchResult:
    """Hits that certainly are of the versions asked for, apart from those that only may be."""
    if query.filters.versions is None:
        return SearchResult(query, hits)
    wanted = set(query.filters.versions)
    certain: list[Hit] = []
    possible: list[Hit] = []
    for hit in hits:
        is_certain = hit.entry.version is not None or wanted.issuperset(hit.entry.possible_versions)
        (certain if is_certain else possible).append(hit)
    return SearchResult(query, tuple(certain), tuple(possible))


def newest_first(hit: Hit) -> tuple[int, int, int, float, str]:
    """Sort key of a list: newest version first, uncertain ones by their newest possible one; FAQ and guides last."""
    entry = hit.entry
    version = entry.version or (max(entry.possible_versions) if entry.possible_versions else Version(0, 0))
    return (-version.major, -version.minor, 0 if entry.version else 1, -hit.score, entry.key)
