"""Candidates in a huge catalogue: sets of entries, and words that are looked up one at a time."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.repository import Catalog
from bot.search import index_reader, retrieval, vocabulary_reader
from bot.search.models import Expansion, Term
from bot.search.retrieval import StemEntries, entry_ids, entry_set, find_candidates
from bot.search.service import SearchService

ids = st.sets(st.integers(0, 40))


@given(st.sets(st.integers(0, 5_000)))
def test_a_set_has_its_entries(numbers: set[int]) -> None:
    """What is put into a set of entries is what comes out, in order."""
    assert entry_ids(entry_set(list(numbers))) == sorted(numbers)


@given(
    st.lists(st.tuples(st.floats(0.1, 6.4), ids, ids), min_size=1, max_size=6),
    st.integers(1, 10),
    st.one_of(st.none(), ids),
)
def test_candidates_have_the_highest_coverage(
    having: list[tuple[float, set[int], set[int]]], limit: int, allowed: set[int] | None
) -> None:
    """No entry that is left out has clearly more of the question than one that is taken; only allowed ones are, and at
    least `limit` where so many have any of it.
    """
    terms, stems, coverage = [], {}, dict.fromkeys(range(41), 0.0)
    for n, (weight, anywhere, in_title) in enumerate(having):
        terms.append(Term(f"w{n}", weight, (Expansion((f"w{n}",), weight, "exact", f"w{n}"),)))
        stems[f"w{n}"] = StemEntries(entry_set(list(anywhere | in_title)), entry_set(list(in_title)))
        for entry_id in anywhere | in_title:
            coverage[entry_id] += weight * (retrieval.TITLE_TF if entry_id in in_title else retrieval.OTHER_TF)
    found = set(entry_ids(find_candidates(terms, stems, limit, -1 if allowed is None else entry_set(list(allowed)))))
    fitting = {n for n, share in coverage.items() if share and (allowed is None or n in allowed)}
    assert found <= fitting
    assert len(found) >= min(limit, len(fitting))
    rounding = len(terms) * sum(term.weight for term in terms) / retrieval.MAX_COVERAGE
    if found and fitting - found and len(found) <= limit:
        assert max(coverage[n] for n in fitting - found) <= min(coverage[n] for n in found) + rounding


@pytest.fixture(scope="module")
def looked_up(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """The shipped catalogue, searched as if it were huge."""
    catalogue = Catalog(Path(shutil.copy(shipped_file, tmp_path_factory.mktemp("huge") / "catalog.db")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_reader, "MAX_ENTRIES_READ_AT_ONCE", 0)
        patch.setattr(vocabulary_reader, "MAX_ENTRIES_READ_AT_ONCE", 0)
        yield SearchService(catalogue, max_cached_results=0)
    catalogue.close()


QUESTIONS = st.lists(
    st.sampled_from(
        """
        jira status default portal invoices quickbooks agreement tickets kb sso avalara ninjaone cannedtext dattto
        quikbooks slakc approv timesheet time sheet dattormm zendesk 1016865 99999999 2.206 how the kubernetes contrct
        """.split()
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


@given(QUESTIONS)
@settings(max_examples=60, deadline=None)
def test_a_word_looked_up_is_the_word_read(service: SearchService, looked_up: SearchService, text: str) -> None:
    """A question is understood the same whether the words were read at once or are looked up: known words, typos,
    compounds, words typed half, numbers, weights.
    """
    with service.snapshot() as read, looked_up.snapshot() as huge:
        assert huge.parse(text) == read.parse(text)


@pytest.mark.parametrize(
    "text", ["jira default status", "incoming webhook", "quikbooks tax exemption", "canned text", "794180", "v2.206"]
)
def test_a_huge_catalogue_has_the_same_best_answer(service: SearchService, looked_up: SearchService, text: str) -> None:
    """Candidates from sets of entries lead to the answer that exact postings lead to."""
    first, other = service.search(text), looked_up.search(text)
    assert first.hits
    assert other.hits[0].entry == first.hits[0].entry
