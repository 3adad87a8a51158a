"""One revision of the catalogue, ready to be searched: parse a question, find entries, score them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.catalog import expansion, search_index
from bot.catalog.models import Entry, Episode, Filters, Version
from bot.catalog.repository import Catalog
from bot.search import lists, phrases, relevance, retrieval, scoring
from bot.search.area_names import means_area
from bot.search.cache import LruCache
from bot.search.confidence import Assessment, RankedDocument, with_posteriors
from bot.search.documents import Document
from bot.search.explanation import explain_scores
from bot.search.index_reader import IndexReader
from bot.search.kept_answers import KeptAnswers
from bot.search.models import Hit, Query, SearchResult
from bot.search.query_parser import parse_query
from bot.search.results import as_asked, explained_result, newest_first, split_by_version, with_notes
from bot.search.subject_filter import SubjectFilter, changes_that_add
from bot.search.synonyms import term_stems
from bot.search.vocabulary_reader import read_vocabulary

MAX_HITS, MAX_LISTED = 50, 1_000  # of a search with many equal scores; of a list or a version, which is given whole
MAX_CACHED_RESULTS = 500  # paging, sharing and follow-ups ask the same question again
MAX_CACHED_QUESTION_LENGTH = 300  # characters; longer questions are not cached
_Matches = Sequence[scoring.TermMatches]  # of each term of a query


class SearchSnapshot:
    """One revision of the catalogue, with what is kept in memory of it.

    `SearchService.snapshot()` hands it out inside a read transaction and it is valid until that ends: it opens none
    itself. Threads share the snapshot of a revision; each reads through its own connection.
    """

    def __init__(self, catalog: Catalog, revision: int, max_cached_results: int = MAX_CACHED_RESULTS) -> None:
        self.catalog, self.revision = catalog, revision
        self.vocabulary = read_vocabulary(catalog)
        self.episodes: Mapping[int, Episode] = catalog.episodes()
        self._queries = LruCache[str, Query](max_cached_results)
        self._results = LruCache[str, tuple[Query, SearchResult]](max_cached_results)  # by the query's text
        self.kept_answers = KeptAnswers(max_cached_results)
        self.index = IndexReader(catalog, self.vocabulary)

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
            elif phrases.are_of_small_words(query):
                ids = search_index.find_ids_with_phrase(self.catalog.db, query.phrases[0], query.filters)
                result = phrases.select_small_words(query, self.index.read_entries(ids))
            elif query.terms:
                result = self._search_terms(query)
            elif query.filters:
                result = self._search_filters(query)
            else:
                result = SearchResult(query)
            result = as_asked(result)
            if len(query.text) <= MAX_CACHED_QUESTION_LENGTH:
                self._results.add({query.text: (query, result)})
        return result

    def explain(self, question: str | Query) -> SearchResult:
        """Like `search`, with the signals of each hit's score."""
        result = self.search(question)
        if not result.query.terms or result.query.intent == "keys":  # found by key or filter, not by words
            return result
        hits = (*result.hits, *result.possible_hits, *result.suggestions, *result.more_hits)
        documents = self.index.read_documents(self.catalog.ids([hit.entry.key for hit in hits]))
        term_matches = scoring.matches_among(documents, result.query.terms)
        origin_of = expansion.origin_finder(self.catalog.db, (document.id for document in documents))
        new = {document.key for document in documents if document.is_expanded}
        signals = explain_scores(result.query.terms, term_matches, documents, origin_of)
        return explained_result(result, signals, new)

    def assess(self, question: str) -> tuple[str, Assessment] | None:
        """The key of the entry that a search ranks first, and how sure it is; None where it finds none."""
        query = self.parse(question)
        if query.intent != "search" or not query.terms:
            return None
        ranked = relevance.fitting(query, self._rank_candidates(query, retrieval.MAX_CANDIDATES), self.vocabulary)
        if not ranked:
            return None
        return ranked[0].document.key, relevance.assess_best(query, ranked, self.vocabulary)

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
        documents = self.index.read_documents(self.catalog.ids(wanted))
        term_matches = scoring.matches_among(documents, query.terms)
        ranked = self._with_phrases(query, self._rank(query, term_matches, documents))
        ranked = relevance.without_excluded(query, ranked)
        return [hit.document.key for hit in ranked if relevance.is_evident(len(query.terms), hit)]

    def entries(self, keys: Iterable[str]) -> list[Entry]:
        """The entries with these keys, in this order; unknown keys are left out."""
        return self.catalog.entries(keys)

    def entries_matching(self, filters: Filters) -> list[Entry]:
        """The entries that pass the filters: certain versions first, then newest, then highlights."""
        return self.index.read_entries(self.catalog.ids_matching(filters))

    def _search_keys(self, query: Query) -> SearchResult:
        found, known = self.catalog.entries(query.keys), self.vocabulary.keys
        unknown = tuple(key for key in query.keys if key not in known)
        nearest = self.catalog.entries(relevance.nearest_keys(unknown[0], known)) if unknown and not found else []
        return SearchResult(
            query,
            tuple(Hit(entry, 1.0) for entry in found),
            suggestions=tuple(Hit(entry, 0.0) for entry in nearest),
            unknown_keys=unknown,
            confidence="sure" if found else "none",
        )

    def _search_filters(self, query: Query) -> SearchResult:
        entries, notes = self._list_entries(query.filters)
        return split_by_version(with_notes(query, notes), tuple(Hit(entry, 1.0) for entry in entries))

    def _search_terms(self, query: Query) -> SearchResult:
        if query.intent == "list":
            return self._search_list(query)
        if query.subjects and not query.aspect and (found := self._search_subjects(query)):
            return found
        limit = retrieval.MAX_LIST_CANDIDATES if query.phrases else retrieval.MAX_CANDIDATES
        ranked = self._rank_candidates(query, limit)
        exact = self._with_phrases(query, ranked)
        if not exact:
            near = relevance.near_misses(query, ranked, self.vocabulary)
            return SearchResult(query, suggestions=self._hits(near.suggestions))
        fitting = relevance.fitting(query, exact, self.vocabulary)
        selected = relevance.select_answer(query, exact, fitting, self.vocabulary)
        if query.bare and selected.hits and not query.aspect:
            of_subject = self._subject_filter(query, [hit.document for hit in fitting])
            members = of_subject.about_with(query.terms, selected.hits[0].document)
            selected = relevance.with_whole_subject(selected, fitting, members)
        hits, more_hits = self._hits(selected.hits), self._hits(selected.more_hits[:MAX_HITS])
        suggestions = self._hits(selected.suggestions)
        if query.aspect in ("version", "availability"):  # something is said of one change
            result, more_hits = SearchResult(query, hits[:1]), (*hits[1:], *more_hits)
        else:
            result = split_by_version(query, hits)
        return replace(result, more_hits=more_hits, suggestions=suggestions, confidence=selected.confidence)

    def _with_phrases(self, query: Query, ranked: relevance.RankedDocuments) -> relevance.RankedDocuments:
        """Those whose own words have all phrases in quotes."""
        found = self.index.read_entries([hit.document.id for hit in ranked]) if query.phrases else []
        keys = {entry.key for entry in found if phrases.has_phrases(entry, query.phrases)}
        return [hit for hit in ranked if hit.document.key in keys] if query.phrases else ranked

    def _search_subjects(self, query: Query) -> SearchResult | None:
        """All about any of several subjects, best first; None where an entry has them all, or one has no entry."""
        as_list = replace(query, intent="list")
        candidates = self.index.find_candidates(as_list, retrieval.MAX_LIST_CANDIDATES)
        if not self._subject_filter(query, *candidates).are_apart(query):
            return None
        found = self._search_list(as_list)
        return replace(found, query=query, hits=tuple(sorted(found.hits, key=lambda hit: -hit.score)))

    def _search_list(self, query: Query) -> SearchResult:
        """All about a subject, and all of the area that its words name; where there is none, what answers the words."""
        documents, term_matches = self.index.find_candidates(query, retrieval.MAX_LIST_CANDIDATES)
        if query.phrases or query.excluded:
            ranked = self._with_phrases(query, self._rank(query, term_matches, documents))
            documents = [hit.document for hit in relevance.without_excluded(query, ranked)]
        keys = self._subject_filter(query, documents, term_matches).about_any(query)
        area = relevance.infer_area(query, self.vocabulary)
        about = self._rank(query, term_matches, [document for document in documents if document.key in keys])
        selected = relevance.SelectedHits(relevance.named_as_typed(query, about) if area else about)
        if not selected.hits and not area:
            if query.filters and (elsewhere := self._about_subject_elsewhere(query)):
                return SearchResult(query, suggestions=self._hits(elsewhere))
            if query.additions or query.bare:  # "new starters" may be no list
                return self._search_terms(replace(query, intent="search", additions=False, subjects=()))
            ranked = self._rank(query, term_matches, documents)
            selected = relevance.select_list(query, ranked, self.vocabulary)
        hits = self._hits(selected.hits)
        if area and not query.phrases:
            of_area, notes = self._list_entries(replace(query.filters, area=area))
            query = with_notes(query, notes)
            if query.additions:
                of_area = changes_that_add(of_area, (area, *self.areas[area]))
                hits = tuple(hit for hit in hits if hit.entry in of_area)
            found = {hit.entry.key for hit in hits}
            hits = (*hits, *(Hit(entry, 0.0) for entry in of_area if entry.key not in found))
        if lists.asks_for_changes(query.text):
            hits = tuple(hit for hit in hits if hit.entry.kind == "feature") or hits
        result = split_by_version(query, tuple(sorted(hits, key=newest_first)))
        return replace(result, suggestions=self._hits(selected.suggestions))

    def _about_subject_elsewhere(self, query: Query) -> relevance.RankedDocuments:
        """What is on the subject of a list, whether it passes the filters or not, the best first."""
        ranked = self._rank_candidates(replace(query, filters=Filters()), retrieval.MAX_CANDIDATES)
        keys = self._subject_filter(query, [hit.document for hit in ranked]).about_any(query)
        return [hit for hit in ranked if hit.document.key in keys][: relevance.MAX_SUGGESTIONS]

    def _subject_filter(self, query: Query, documents: Sequence[Document], found: _Matches = ()) -> SubjectFilter:
        """`found`: where the documents have the terms of the query, if that is known."""
        having = scoring.postings_of(found) if self.entry_count <= retrieval.MAX_POSTINGS else {}  # whole ones only
        return SubjectFilter(documents, self.vocabulary, self._keys_of_area, term_stems(query.text), having)

    def _keys_of_area(self, word: str) -> frozenset[str]:
        """The entries of the area that a word means; none for any other word."""
        area = means_area(word, self.vocabulary)
        return frozenset(self.catalog.keys_matching(Filters(area=area))) if area else frozenset()

    def _rank_candidates(self, query: Query, limit: int) -> relevance.RankedDocuments:
        """The entries that have most of the query's terms and pass its filters, with their scores, best first."""
        documents, term_matches = self.index.find_candidates(query, limit)
        return self._rank(query, term_matches, documents)

    def _rank(self, query: Query, term_matches: _Matches, documents: Sequence[Document]) -> relevance.RankedDocuments:
        """The documents with their scores, best first."""
        query_weight = scoring.total_query_weight(query.terms)
        scored = [(document, scoring.score(query_weight, term_matches, document)) for document in documents]
        if query.intent == "list":  # its members are judged one by one
            ranked = [RankedDocument(document, score) for document, score in scored]
        else:
            new_count = len(self.index.expectations.by_entry)
            ranked = with_posteriors(scored, term_matches, self.vocabulary.idf_scale, new_count)
        return sorted(ranked, key=lambda hit: (-hit.order_score, hit.document.key))

    def _list_entries(self, filters: Filters) -> tuple[list[Entry], tuple[str, ...]]:
        """The entries that pass the filters, at most MAX_LISTED, and a note where there are more."""
        ids = self.catalog.ids_matching(filters)
        notes = (f"The newest {MAX_LISTED:,} of {len(ids):,}",) if len(ids) > MAX_LISTED else ()
        return self.index.read_entries(ids[:MAX_LISTED]), notes

    def _hits(self, ranked: relevance.RankedDocuments) -> tuple[Hit, ...]:
        scores = {hit.document.key: hit.order_score for hit in ranked}
        entries = self.index.read_entries([hit.document.id for hit in ranked])
        return tuple(Hit(entry, scores[entry.key]) for entry in entries)
