"""What holds for any question: generated ones, on the shipped catalogue and on small generated catalogues."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.catalog.models import Entry, Glossary, Mention, Seeds
from bot.catalog.repository import Catalog
from bot.search.models import SearchResult
from bot.search.relevance import MAX_SUGGESTIONS
from bot.search.service import SearchService
from tests.search.material import comparable, explain, v

# -- questions

anything = st.text(st.characters(exclude_categories=()), max_size=80)  # lone surrogates and controls too
WORDS = """
    jira status default portal login invoice invoices quickbooks contract agreement ticket tickets agent technician kb
    sso csat avalara ninjaone azure ad canned text cannedtext dattto quikbooks slakc approval quote sla timesheet time
    sheet asset merge duplicate webhook email mial campaign zendesk xero hello kubernetes how do I stop the is there a
    way to without when everything all changes new what changed with for stuff
""".split()
SYNTAX = """
    " ' ( ) * - NOT AND OR NEAR( : # <@U1> <!here> “ ” 🔥 ? .. -portal "ticket type" "default title: ;--
""".split()
NARROWING = [
    "since 2.210",
    "last two versions",
    *"v2.206 2.214 2.21 v2.300 2.206..2.210 area:portal area:x episode:13 kind:faq highlights".split(),
]
NUMBERS = ["#794180", "1016865", "794181", "ep15-07", "faq-sso", "10000", "#1"]

searches = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
questions = st.lists(st.sampled_from(WORDS + SYNTAX + NARROWING + NUMBERS), max_size=10).map(" ".join)


def check(answer: SearchResult, exists: frozenset[str]) -> None:
    """What holds for every result."""
    keys = [hit.entry.key for part in (answer.hits, answer.possible_hits, answer.suggestions) for hit in part]
    assert exists.issuperset(keys)
    assert len(set(keys)) == len(keys)
    assert not exists.intersection(answer.unknown_keys)
    assert len(answer.suggestions) <= MAX_SUGGESTIONS
    assert not (answer.has_answer and answer.suggestions)
    assert all(hit.entry.possible_versions and not hit.entry.version for hit in answer.possible_hits)
    if answer.query.intent == "search":
        for part in (answer.hits, answer.possible_hits, answer.suggestions):
            scores = [hit.score for hit in part]
            assert scores == sorted(scores, reverse=True)


@given(st.one_of(anything, questions, st.tuples(questions, anything).map("".join)))
@example("episode:፩")
@example("area:\u0661 version:\u0662.\u0662\u0660\u0666 #\u0667\u0669\u0664\u0661\u0668\u0660")
@example('""" OR 1=1 -"" -"x')
@example("v2.206" * 300)
@example("#" + "9" * 400)
@example(" ".join(WORDS * 4))
@example("\udfff\ud800<@" + "\x00" * 50)
@settings(max_examples=80)
def test_any_text_gets_a_result(service, vocabulary, text):
    """Any text gets a valid result, never an exception, and the same one when it is asked again."""
    answer = service.search(text)
    check(answer, vocabulary.keys)
    assert comparable(service.search(text)) == comparable(answer)
    assert comparable(without_signals(explain(service, text))) == comparable(answer)


def without_signals(answer: SearchResult) -> SearchResult:
    """An explained result without its signals."""
    return replace(
        answer,
        **{
            part: tuple(replace(hit, signals=()) for hit in getattr(answer, part))
            for part in ("hits", "possible_hits", "suggestions")
        },
    )


# -- the shipped catalogue, made in other ways


@contextmanager
def make_service(seeds: Seeds, entries: Iterable[Entry], path: Path) -> Iterator[SearchService]:
    """Search over a catalogue into which these entries were put one after the other."""
    catalogue = Catalog(path)
    catalogue.load_seeds(replace(seeds, entries=()))
    catalogue.upsert(entries)
    yield SearchService(catalogue)
    catalogue.close()


@pytest.fixture(scope="module")
def backwards(shipped_seeds, tmp_path_factory):
    """The shipped catalogue, its entries put in in reverse order."""
    with make_service(
        shipped_seeds, reversed(shipped_seeds.entries), tmp_path_factory.mktemp("backwards") / "catalog.db"
    ) as service:
        yield service


STRANGE = "xqvjzk wvqxjq zzkqvx jqxwvz kvxzqj".split()


def unrelated(number: int) -> Entry:
    """An entry that matches no question: none of its words is known, or similar to a known one."""
    said = [f"{a}{b}" for a in STRANGE for b in STRANGE]
    return Entry(
        key=str(888_888_000 + number), kind="feature", title=" ".join(said[number : number + 4]),
        summary=" ".join(said[:6]),
        names=(said[number + 1],), also=(" ".join(said[2:5]), said[number]) if number % 2 else (), source="post",
    )  # fmt: skip


@pytest.fixture(scope="module")
def with_unrelated(shipped_seeds, tmp_path_factory):
    """The shipped catalogue and twenty entries that match no question."""
    strangers = [unrelated(number) for number in range(20)]
    with make_service(
        shipped_seeds,
        [*strangers[:10], *shipped_seeds.entries, *strangers[10:]],
        tmp_path_factory.mktemp("strangers") / "catalog.db",
    ) as service:
        yield service


@given(searches)
@settings(max_examples=70)
def test_order_of_entries_does_not_matter_to_a_search(service, backwards, text):
    """A search has the same hits with the same scores, in whatever order the entries were put in."""
    assume(service.search(text).query.terms)
    assert comparable(backwards.search(text)) == comparable(service.search(text))


@pytest.mark.parametrize(
    "text", [*NARROWING, "latest", "portal stuff", "everything for jira", "#79418", "#794180 1016865"]
)
def test_order_of_entries_does_not_matter_to_a_list(service, backwards, text):
    """So has a version, a filter and a list."""
    assert comparable(backwards.search(text)) == comparable(service.search(text))


@given(questions)
@example("v2.206")
@example("area:portal")
@example("everything for portal")
@example("since 2.210 invoice")
@settings(max_examples=70)
def test_unrelated_entries_change_nothing(service, with_unrelated, text):
    """Entries that have no word of a question, and no expansion of one, change no hit, order or score."""
    assert comparable(with_unrelated.search(text)) == comparable(service.search(text))


# -- small catalogues

VOCABULARY = (
    "contract agreement portal ticket invoice jira status default login approve approval red blue green".split()
)
phrases = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4).map(" ".join)
AREAS = (("Portal", ("client portal",)), ("Tickets", ()))
GLOSSARY = Glossary(
    equivalents=(("contract", "agreement"), ("approve", "sign off")),
    expansions=(("case", ("ticket",)),),
    common_words=frozenset({"default", "red"}),
    foreign_products=("zendesk",),
)
fields = st.fixed_dictionaries({
    "title": phrases, "summary": st.one_of(st.just(""), phrases), "names": st.lists(phrases, max_size=2).map(tuple),
    "also": st.lists(phrases, max_size=3).map(tuple), "area": st.sampled_from([None, "Portal", "Tickets"]),
    "highlighted": st.booleans(),
    "version": st.sampled_from([None, *v(206, 208)]), "mentions": st.sampled_from([(), (Mention(13, "1:02"),)]),
})  # fmt: skip
catalogues = st.lists(fields, min_size=1, max_size=9).map(
    lambda rows: [
        Entry(key=str(10_007 + 13 * n), kind="feature", possible_versions=() if row["version"] else v(206, 208), **row)
        for n, row in enumerate(rows)
    ]
)
OTHER_PARTS = [
    "contarct", "statusx", "jirastatus", "case", "sign off", "zendesk", "everything for", "v2.206", "area:portal",
    "highlights",
]  # fmt: skip
small_questions = st.lists(st.sampled_from([*VOCABULARY, *OTHER_PARTS]), min_size=1, max_size=4).map(" ".join)


@pytest.fixture(scope="module")
def folder():
    """A folder for the catalogues of one test, with an empty one to copy."""
    with tempfile.TemporaryDirectory() as name:
        catalogue = Catalog(Path(name) / "empty.db")
        catalogue.load_seeds(Seeds(areas=AREAS, glossary=GLOSSARY))
        catalogue.close()
        yield Path(name)


@contextmanager
def small(folder: Path, entries: Iterable[Entry]) -> Iterator[SearchService]:
    """Search over a catalogue of just these entries, put in in this order."""
    path = folder / "catalog.db"
    for old in folder.glob("catalog.db*"):
        old.unlink()
    catalogue = Catalog(Path(shutil.copy(folder / "empty.db", path)))
    catalogue.upsert(entries)
    yield SearchService(catalogue)
    catalogue.close()


@given(catalogues, st.lists(small_questions, min_size=4, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_small_catalogue_in_any_order(folder, entries, texts, random):
    """On any few entries, every result is valid, and the same in whatever order the entries were put in."""
    with small(folder, entries) as service:
        answers = [service.search(text) for text in texts]
        for answer in answers:
            check(answer, frozenset(entry.key for entry in entries))
        found = [comparable(answer) for answer in answers]
    shuffled = random.sample(entries, len(entries))
    with small(folder, shuffled) as service:
        assert [comparable(service.search(text)) for text in texts] == found


@given(catalogues, st.lists(small_questions, min_size=4, max_size=4))
@settings(max_examples=25)
def test_small_catalogue_with_an_unrelated_entry(folder, entries, texts):
    """On any few entries, one more that matches nothing of the question changes no result."""
    with small(folder, entries) as service:
        found = [comparable(service.search(text)) for text in texts]
        service.catalog.upsert([unrelated(1), unrelated(2)])
        assert [comparable(service.search(text)) for text in texts] == found


@given(catalogues)
@settings(max_examples=25)
def test_an_entry_finds_itself(folder, entries):
    """On any few entries, the title of an entry, as a question, finds it."""
    with small(folder, entries) as service:
        for entry in entries[:3]:
            answer = service.search(entry.title)
            assert entry.key in [hit.entry.key for hit in answer.hits]
