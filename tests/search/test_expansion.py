"""Entries that nobody has described are found by the words that people are expected to ask by."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalog import expansion, learning
from bot.catalog.learning import learn_anew
from bot.catalog.models import FEW_PHRASINGS, Entry, IndexedText, Seeds, Version
from bot.catalog.repository import Catalog
from bot.catalog.training import TrainingExamples
from bot.search.confidence import rank_by_certainty, with_posteriors
from bot.search.documents import Document
from bot.search.models import Expansion, SearchResult, Term
from bot.search.retrieval import MAX_CANDIDATES
from bot.search.scoring import matches_among, score
from bot.search.service import SearchService

ABOUT_ENGINEERS = (
    "engineer rota wrong", "keep an engineer busy", "engineer has gone home", "which engineer is it",
    "engineer colours",
)  # fmt: skip
DESCRIBED = (
    Entry("1000001", "feature", "Technicians are shown in colour", version=Version(2, 300), also=ABOUT_ENGINEERS),
    Entry("1000002", "feature", "Invoices have a footer", version=Version(2, 300),
          also=("bill footer", "text under a bill", "bill small print", "bill bottom", "bill remarks")),
)  # fmt: skip
NEW = Entry("1000003", "feature", "Technicians can be cloned", "A technician is copied.", version=Version(2, 302))


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalog]:
    """Two described entries, from which was learned, without training examples: they take seconds."""
    for module in (expansion, learning):
        monkeypatch.setattr(module, "read_training_examples", TrainingExamples)
    catalog = Catalog(tmp_path / "catalog.db")
    catalog.load_seeds(Seeds(DESCRIBED))
    learn_anew(catalog)
    yield catalog
    catalog.close()


def test_found_by_an_unsaid_word(catalog: Catalog) -> None:
    """A new entry about technicians is among what is shown for an engineer, in no word of its own."""
    catalog.upsert([NEW])
    result = SearchService(catalog).search("clone an engineer")
    assert result.hits[0].entry.key == NEW.key
    result = SearchService(catalog).search("an engineer")
    assert NEW.key in [hit.entry.key for hit in (*result.hits, *result.more_hits, *result.suggestions)]


def test_explained(catalog: Catalog) -> None:
    """The explanation says for which word of the entry a word is expected."""
    catalog.upsert([NEW])
    with SearchService(catalog).snapshot() as snapshot:
        (hit,) = snapshot.explain("clone an engineer").hits[:1]
    assert any("technician → engin" in signal.explanation for signal in hit.signals)


def test_nothing_changes_where_all_are_described(catalog: Catalog) -> None:
    """With every entry described, answers and scores are those of a catalogue that has learned nothing."""
    questions = ("engineer colours", "bill footer", "invoice footer", "technician", "kiosk mode")
    learned = [SearchService(catalog).search(question) for question in questions]
    with catalog.write_transaction() as db:
        db.execute("DELETE FROM translations")
        db.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
    assert [SearchService(catalog).search(question) for question in questions] == learned


def test_a_described_entry_is_not_shadowed(catalog: Catalog) -> None:
    """What a described entry is asked for in a phrasing of its own stays its answer beside new ones."""
    catalog.upsert([NEW, replace(NEW, key="1000004", title="Technicians can be merged")])
    assert SearchService(catalog).search("keep an engineer busy").hits[0].entry.key == "1000001"


def test_few_phrasings(catalog: Catalog) -> None:
    """An entry with a few phrasings is found by them, and by what others are asked for, as one without any is."""
    catalog.upsert([replace(NEW, also=("twin of a colleague",))])
    search = SearchService(catalog)
    for question in ("twin of a colleague", "clone an engineer"):
        assert search.search(question).hits[0].entry.key == NEW.key


def test_what_is_expected_fills_up_what_is_missing() -> None:
    """With 35 of 70 phrasings, half of what is expected counts; with all of them, nothing does."""
    expected = {"engin": 40.0}
    texts = [IndexedText(1, "1", "technician", "", "", "\n".join(["crew"] * count)) for count in (0, 35, 70)]
    documents = [Document(text, {"engin": 1.0}, expected) for text in texts]
    assert [document.expects(["engin"]) for document in documents] == [40.0, 20.0, 0.0]
    assert [document.line_share(["engin"]) for document in documents] == [
        pytest.approx(0.85 * 40 / 70), pytest.approx(0.85 * 20 / 70), 0.0,
    ]  # fmt: skip
    assert documents[1].line_share(["crew"]) == pytest.approx(0.85 * 35 / 70)


def test_watches_are_told_of_what_is_evident(catalog: Catalog) -> None:
    """A new entry is announced for its own words; for one expected word among others that it lacks it is not."""
    catalog.upsert([NEW])
    with SearchService(catalog).snapshot() as snapshot:
        assert snapshot.matching_keys("clone technicians", [NEW.key]) == [NEW.key]
        assert snapshot.matching_keys("engineer holiday calendar colours", [NEW.key]) == []


def test_the_likeliest_new_one_is_found_among_many(catalog: Catalog) -> None:
    """However many new entries have some of a question's words, the one that it asks for most likely is a candidate."""
    others = [
        replace(NEW, key=f"2{n:06d}", title=f"Technicians have lists {n}", summary="Engineers work.") for n in range(40)
    ]
    catalog.upsert([*others, NEW])
    assert SearchService(catalog).search("engineer cloned").hits[0].entry.key == NEW.key


def test_an_unsure_answer_shows_two_new_ones(catalog: Catalog) -> None:
    """Where nothing is sure, two of the three entries that are shown are new ones."""
    many = tuple(f"engineer number {n}" for n in range(FEW_PHRASINGS))
    catalog.upsert([replace(entry, also=(*entry.also, *many)) for entry in DESCRIBED])
    catalog.upsert([replace(NEW, key=f"100001{n}", title=f"Technicians can be moved to room {n}") for n in range(4)])
    result = SearchService(catalog).search("the telephone on the second floor is broken for an engineer since lunch")
    shown = [hit.entry.key for hit in (*result.hits, *result.suggestions)]
    assert result.confidence != "sure"
    assert len(shown) == 3
    assert sum(key.startswith("100001") for key in shown) >= 2


def test_new_ones_do_not_reorder_the_others(catalog: Catalog) -> None:
    """The best described entry stays the first of the described ones, whatever new ones come."""
    question = "engineer bill colours"
    before = SearchService(catalog).search(question)
    catalog.upsert([NEW])
    after = SearchService(catalog).search(question)

    def described(result: SearchResult) -> list[str]:
        hits = (*result.hits, *result.suggestions, *result.more_hits)
        return [hit.entry.key for hit in hits if hit.entry.key != NEW.key]

    assert described(after)[:1] == described(before)[:1] == ["1000001"]


def test_new_ones_come_later_beside_a_more_certain_one() -> None:
    """The bonus of a new entry falls with the certainty of the first described one; the order of the others stays."""
    described, weak, new = (
        Document(IndexedText(n, str(n), title, "", "", phrasings), {"engin": 2.0, "rota": 3.0}, expected)
        for n, title, phrasings, expected in (
            (1, "engin rota", "engin rota\n" * 60, None),
            (2, "rota", "", None),
            (3, "crew", "", {"engin": 40.0}),
        )
    )
    terms = [Term(word, 2.0, (Expansion((word,), 2.0, "exact", word),)) for word in ("engin", "rota")]
    matches = matches_among([described, weak, new], terms)
    scored = [(document, score(4.0, matches, document)) for document in (described, weak, new)]
    ranked = with_posteriors(scored, matches, 3, 1)
    alone = [hit for hit in ranked if hit.document is not described]
    bonuses = [
        next(hit.bonus for hit in rank_by_certainty(terms, frozenset(), hits) if hit.document is new)
        for hits in (ranked, alone)
    ]
    assert bonuses[0] < bonuses[1]
    assert [hit.document for hit in rank_by_certainty(terms, frozenset(), ranked)][:1] == [described]
    assert rank_by_certainty(terms, frozenset(), ranked[:2]) == ranked[:2]


def test_expected_words_take_no_place_from_others(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a catalogue that is too large for exact coverage, an entry that people described is looked at beside however
    many of which its words are only expected.
    """
    monkeypatch.setattr("bot.search.index_reader.MAX_ENTRIES_READ_AT_ONCE", 0)
    known = replace(DESCRIBED[0], also=tuple(f"engineer number {n}" for n in range(FEW_PHRASINGS)))
    catalog.upsert([known, *(replace(NEW, key=str(2_000_000 + n)) for n in range(60))])
    with SearchService(catalog).snapshot() as snapshot:
        ranked = snapshot._rank_candidates(snapshot.parse("engineer"), MAX_CANDIDATES)
    assert known.key in [hit.document.key for hit in ranked]
    assert len(ranked) > 1
