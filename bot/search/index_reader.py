"""Reads entries, documents and postings of one revision of the catalogue, and keeps in memory what was read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from bot.catalog import expansion, search_index
from bot.catalog.models import Entry
from bot.catalog.repository import Catalog
from bot.search import retrieval, scoring
from bot.search.cache import LruCache
from bot.search.confidence import share_factors
from bot.search.documents import MIN_EXPECTED, Document
from bot.search.expectations import Expectations
from bot.search.models import Query, Term
from bot.search.vocabulary import Vocabulary
from bot.search.vocabulary_reader import MAX_ENTRIES_READ_AT_ONCE

# What is kept in memory: all of a usual catalogue, the most recently used of a huge one.
MAX_CACHED_ENTRIES = 2_000
MAX_CACHED_DOCUMENTS = 20_000
MAX_CACHED_MATCHES = 500_000  # in all postings together
MAX_CACHED_TERM_MATCHES = 400_000  # in all terms together
MAX_CACHED_SET_BYTES = 64_000_000  # of the sets of entries that have a stem

_MatchedTerm = tuple[Term, scoring.TermMatches]


class IndexReader:
    """The search index of one revision. It reads within the transaction of whoever asks, and opens none itself.

    Threads share it; each reads through its own connection.
    """

    def __init__(self, catalog: Catalog, vocabulary: Vocabulary) -> None:
        self.catalog, self.vocabulary = catalog, vocabulary
        self._entries = LruCache[int, Entry](MAX_CACHED_ENTRIES)
        self._documents = LruCache[int, Document](MAX_CACHED_DOCUMENTS)
        self._stem_entries = LruCache[str, retrieval.StemEntries](MAX_CACHED_SET_BYTES, size_of=retrieval.byte_count)
        self._postings = LruCache[scoring.Stems, scoring.Postings](MAX_CACHED_MATCHES, size_of=len)
        expected = expansion.read_expected_words(catalog.db)
        self.expectations = Expectations(expected, expected.expecting)
        # By the term's identity, and with it: `query_terms` keeps terms, and the hash of one takes long.
        self._term_matches = LruCache[int, _MatchedTerm](MAX_CACHED_TERM_MATCHES, size_of=lambda m: m[1].size)

    def find_candidates(self, query: Query, limit: int) -> retrieval.FoundCandidates:
        """The entries that have most of the query's terms and pass its filters, and where they have the terms."""
        expansions = scoring.expansion_stems(query.terms)
        chosen = retrieval.choose_expansions(expansions, self.vocabulary)
        is_large = len(chosen) < len(expansions) or len(self.vocabulary.keys) > MAX_ENTRIES_READ_AT_ONCE
        if is_large and self._has_dense_ids:
            return self._find_likely_candidates(query, limit)
        allowed_ids = frozenset(self.catalog.ids_matching(query.filters)) if query.filters else None
        if len(chosen) == len(expansions):
            term_matches = self.read_term_matches(query.terms)
            expanded: Collection[int] = () if query.intent == "list" else self.expectations.by_entry.keys()
            ids = retrieval.select_candidates(term_matches, limit, allowed_ids, expanded)
            if expanded:  # in a search, they are found by their language models
                factors = share_factors(term_matches, self.vocabulary.idf_scale)
                ids += retrieval.select_expanded(term_matches, factors, allowed_ids)
            documents = self.read_documents(ids)
        else:
            postings = self.read_postings(chosen)
            likely = scoring.collect_matches(query.terms, postings)
            documents = self.read_documents(retrieval.select_candidates(likely, limit, allowed_ids))
            term_matches = self._complete_matches(query.terms, postings, documents)
        return retrieval.FoundCandidates(documents, term_matches)

    def _complete_matches(
        self, terms: Sequence[Term], postings: Mapping[scoring.Stems, scoring.Postings], documents: Sequence[Document]
    ) -> list[scoring.TermMatches]:
        """The terms' matches by the postings that were read; of the other expansions, those among these documents."""
        missing = {
            stems: scoring.build_postings(documents, stems, self.vocabulary.entry_count(stems))
            for stems in scoring.expansion_stems(terms)
            if stems not in postings
        }
        return scoring.collect_matches(terms, {**postings, **missing})

    def _find_likely_candidates(self, query: Query, limit: int) -> retrieval.FoundCandidates:
        """Like `find_candidates`, without reading postings: for a catalogue where they are long."""
        stem_entries = self._read_stem_entries(query.terms)
        allowed = retrieval.entry_set(self.catalog.ids_matching(query.filters)) if query.filters else -1
        limit = max(limit, retrieval.MAX_LIKELY_CANDIDATES)
        expanded = 0 if query.intent == "list" else self._expanded_entries
        candidates = retrieval.find_candidates(query.terms, stem_entries, limit, allowed & ~expanded)
        if expanded:  # what is only expected of them keeps no entry from the others' places
            most = retrieval.MAX_EXPANDED_CANDIDATES
            candidates |= retrieval.find_candidates(query.terms, stem_entries, most, allowed & expanded)
        documents = self.read_documents(retrieval.entry_ids(candidates))
        having = retrieval.documents_with_stems(documents, scoring.expansion_stems(query.terms), stem_entries)
        postings = {
            stems: scoring.build_postings(found, stems, self.vocabulary.entry_count(stems))
            for stems, found in having.items()
        }
        return retrieval.FoundCandidates(documents, scoring.collect_matches(query.terms, postings))

    def _read_stem_entries(self, terms: Iterable[Term]) -> dict[str, retrieval.StemEntries]:
        """Which entries have the stems of the terms, read when they are first asked for."""
        stems = {stem for stems in scoring.expansion_stems(terms) for stem in stems}
        found = self._stem_entries.get_many(stems)
        for stem in stems - found.keys():
            ids = search_index.read_ids_with_stem(self.catalog.db, stem)
            anywhere = retrieval.entry_set(self.expectations.with_expecting(ids, (stem,), MIN_EXPECTED))
            in_title = search_index.read_ids_with_stem(self.catalog.db, stem, "title names")
            found[stem] = retrieval.StemEntries(anywhere, retrieval.entry_set(in_title))
            self._stem_entries.add({stem: found[stem]})
        return found

    def read_term_matches(self, terms: Collection[Term]) -> list[scoring.TermMatches]:
        """Where the entries have each of the terms, worked out when a term is first asked for."""
        found = self._term_matches.get_many(list(map(id, terms)))
        if missing := [term for term in terms if id(term) not in found]:
            postings = self.read_postings(scoring.expansion_stems(missing))
            added = {id(t): (t, m) for t, m in zip(missing, scoring.collect_matches(missing, postings), strict=True)}
            self._term_matches.add({key: pair for key, pair in added.items() if pair[0].expansions})
            found |= added
        return [found[id(term)][1] for term in terms]

    def read_postings(self, expansions: Collection[scoring.Stems]) -> dict[scoring.Stems, scoring.Postings]:
        """The postings of these expansions, worked out when they are first asked for."""
        postings = self._postings.get_many(expansions)
        if len(postings) < len(expansions):
            missing = [stems for stems in expansions if stems not in postings]
            for stems in missing:
                own = search_index.find_ids_with_stems(self.catalog.db, stems, retrieval.MAX_POSTINGS)
                documents = self.read_documents(self.expectations.with_expecting(own, stems))
                count = self.vocabulary.entry_count(stems) if len(own) == retrieval.MAX_POSTINGS else 0
                postings[stems] = scoring.build_postings(documents, stems, count)
            self._postings.add({stems: postings[stems] for stems in missing})
        return postings

    def read_documents(self, ids: Sequence[int]) -> list[Document]:
        """The documents with these ids, in this order."""
        found = self._documents.get_many(ids)
        missing = [row_id for row_id in ids if row_id not in found]
        if missing:
            fields = search_index.read_documents(self.catalog.db, missing)
            read = {row.id: self.expectations.document(row, self.vocabulary.idf_by_stem) for row in fields}
            self._documents.add(read)
            found |= read
        return [found[row_id] for row_id in ids if row_id in found]

    def read_entries(self, ids: Sequence[int]) -> list[Entry]:
        """The entries with these ids, in this order."""
        found = self._entries.get_many(ids)
        missing = [row_id for row_id in ids if row_id not in found]
        if missing:
            read = self.catalog.entries_by_id(missing)
            self._entries.add(read)
            found |= read
        return [found[row_id] for row_id in ids if row_id in found]

    @cached_property
    def _expanded_entries(self) -> retrieval.EntrySet:
        return retrieval.entry_set(list(self.expectations.by_entry))

    @cached_property
    def _has_dense_ids(self) -> bool:
        """Whether a set of entries takes little memory: unless somebody gave an entry an id of many digits."""
        return self.catalog.highest_id() <= 4 * len(self.vocabulary.keys) + 100_000
