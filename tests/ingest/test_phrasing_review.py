"""From a draft to the next answer: what is proposed, what is dropped, and what decisions do to the catalogue."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.catalog.models import Entry, Version
from bot.catalog.phrasings import AcceptedPhrasing, accepted_phrasings
from bot.catalog.repository import Catalog
from bot.errors import SourceError
from bot.ingest.accepted_fields import SEED_STAYS, SOURCE_STAYS
from bot.ingest.models import ParsedDocument, Record
from bot.ingest.phrasing_needs import description_needs
from bot.ingest.phrasing_review import NO_SUCH_ENTRY, ReviewDesk, propose, propose_question
from bot.ingest.phrasing_trial import ASKS_FOR_MORE, NOT_A_QUESTION
from bot.ingest.service import import_documents
from bot.search.service import SearchService
from bot.storage.arrivals import Arrivals, hash_entry_text
from bot.storage.database import open_workspace
from bot.storage.feedback import QuestionStats
from bot.storage.models import ProposalDraft
from bot.storage.proposals import Proposals
from tests.prepared import new_workspace

NOW = 1_800_000_000.0
WHEN = datetime(2026, 11, 28, tzinfo=UTC)
V220 = Version(2, 220)
QUOTES = Record("1200001", "Quotes are frozen once approved", "A manager approves.", version=V220, lines=("Quotes",))
CHAIRS = Record("1200002", "Chairs can be booked", "", version=V220, lines=("Chairs",))
POST = ParsedDocument("post", (QUOTES, CHAIRS))


@pytest.fixture
def store(tmp_path) -> Iterator[Proposals]:
    engine = open_workspace(new_workspace(tmp_path / "workspace.db"))
    yield Proposals(engine)
    engine.dispose()


@pytest.fixture
def catalog(empty: Catalog, folder) -> Catalog:
    """Two seeds with areas, and two imported changes that nobody has described."""
    folder.write(
        "releases/v2.206.toml",
        folder.release(
            "2.206",
            folder.feature("1016865", "Jira default status", also=["issue tracker starting state"]),
            folder.feature("794180", "Report of stock", impact="new"),
        ),
    )
    empty.load_seeds(folder.read())
    import_documents(empty, [POST], WHEN)
    return empty


@pytest.fixture
def desk(catalog: Catalog, store: Proposals) -> ReviewDesk:
    return ReviewDesk(catalog, store)


def draft(text: str, key: str = "1200001", field: str = "phrasing", origin: str = "person") -> ProposalDraft:
    return ProposalDraft(key, field, text, origin, "Ann")  # type: ignore[arg-type]


def found(catalog: Catalog, question: str) -> list[str]:
    return [hit.entry.key for hit in SearchService(catalog).search(question).hits]


def reasons(desk: ReviewDesk, *drafts: ProposalDraft) -> list[str]:
    return [dropped.reason for dropped in propose(desk.catalog, desk.store, drafts, "Ann", NOW).dropped]


def test_nothing_is_found_by_a_proposal_before_it_is_accepted(desk: ReviewDesk) -> None:
    """Proposing changes nothing; accepting is in the very next answer; taking back as well."""
    report = propose(desk.catalog, desk.store, [draft("stop edits after the signature")], "Ann", NOW)
    assert (len(report.ids), found(desk.catalog, "edits after signature")) == (1, [])
    desk.accept(report.ids, "Bob", NOW)
    assert found(desk.catalog, "edits after signature") == ["1200001"]
    assert accepted_phrasings(desk.catalog.db)[0].origin == "person"
    assert "accepted" in desk.undo()
    assert found(desk.catalog, "edits after signature") == []


def test_what_finds_another_entry_is_dropped(desk: ReviewDesk) -> None:
    """A phrasing of which another entry is the best answer, one that asks for a list, and one that is a command."""
    assert reasons(desk, draft("issue tracker starting state", "1200002")) == [
        "it asks for 1016865 rather (“Jira default status”)"
    ]
    assert reasons(desk, draft("everything about the desk area", "1200002")) == [ASKS_FOR_MORE]
    assert reasons(desk, draft("watch booked seats", "1200002")) == [NOT_A_QUESTION]


def test_what_is_known_is_dropped(desk: ReviewDesk) -> None:
    """What waits, what was accepted and what was dismissed, for good; and what no entry is there for."""
    (one,) = propose(desk.catalog, desk.store, [draft("stop edits after the signature")], "Ann", NOW).ids
    assert reasons(desk, draft("stopping edits after signatures")) == [
        "it stands there already, perhaps in another form of the same words"
    ]
    desk.dismiss([one], "Bob", NOW)
    assert reasons(desk, draft("stopping edits after signatures")) == ["it was dismissed before, for good"]
    assert reasons(desk, draft("stop edits", "999")) == [NO_SUCH_ENTRY]


def test_an_edit_meets_the_same_rules(desk: ReviewDesk) -> None:
    """Other words are checked; what a person wrote is a person's; a decided one is not edited."""
    (one,) = propose(desk.catalog, desk.store, [draft("stop edits", origin="llm")], "model", NOW, False).ids
    with pytest.raises(SourceError, match="number that the source does not have"):
        desk.edit(one, "stop 30 edits", "Bob", NOW)
    proposal = desk.edit(one, "no changes after signing", "Bob", NOW)
    assert (proposal.text, proposal.origin, proposal.author) == ("no changes after signing", "person", "Bob")
    desk.accept([one], "Bob", NOW)
    with pytest.raises(SourceError, match="accepted already"):
        desk.edit(one, "other words here", "Bob", NOW)
    with pytest.raises(SourceError, match="no proposal 99"):
        desk.accept([99], "Bob", NOW)


def test_dismissing_what_was_accepted(desk: ReviewDesk) -> None:
    """It is found no more, and never proposed again."""
    (one,) = propose(desk.catalog, desk.store, [draft("stop edits after the signature")], "Ann", NOW).ids
    desk.accept([one], "Bob", NOW)
    desk.dismiss([one], "Bob", NOW)
    assert found(desk.catalog, "edits after signature") == []


# -- area, impact, summary --------------------------------------------------------------------------------------------


def entry(desk: ReviewDesk, key: str) -> Entry:
    return desk.catalog.entries([key])[0]


def accept(desk: ReviewDesk, *drafts: ProposalDraft) -> None:
    desk.accept(propose(desk.catalog, desk.store, drafts, "Ann", NOW).ids, "Bob", NOW)


def test_fields_that_nobody_said_are_filled_in(desk: ReviewDesk) -> None:
    """An area and an impact in place of a guess, a summary where there is none; undone, the guess is back."""
    before = entry(desk, "1200002")
    accept(
        desk,
        draft("reporting", "1200002", "area"),
        draft("Fix", "1200002", "impact"),
        draft("Seats are reserved ahead.", "1200002", "summary", "llm"),
    )
    described = entry(desk, "1200002")
    assert (described.area, described.impact, described.impact_guessed) == ("Reporting", "fix", False)
    assert described.summary == "Seats are reserved ahead."
    sources = dict(desk.catalog.db.execute("SELECT field, source FROM field_sources WHERE key = '1200002'").fetchall())
    assert (sources["summary"], sources["area"]) == ("llm", "review")
    desk.undo()
    assert entry(desk, "1200002") == before


def test_never_over_what_a_person_or_a_source_wrote(desk: ReviewDesk) -> None:
    """A seed keeps its fields, a source its summary; a change by hand stays though something else was accepted."""
    assert reasons(desk, draft("Reporting", "794180", "area")) == [SEED_STAYS]
    assert reasons(desk, draft("Managers approve quotes.", "1200001", "summary", "llm")) == [SOURCE_STAYS]
    desk.catalog.db.execute("UPDATE entries SET area = 'Tickets' WHERE key = '1200002'")
    desk.catalog.db.conn.commit()
    accept(desk, draft("Reporting", "1200002", "area"))
    assert entry(desk, "1200002").area == "Tickets"


def test_a_models_area_does_not_replace_a_persons(desk: ReviewDesk) -> None:
    """Where a person's is accepted, accepting a model's is refused, and says how it can be had."""
    accept(desk, draft("Reporting", "1200002", "area"))
    (other,) = propose(desk.catalog, desk.store, [draft("Tickets", "1200002", "area", "llm")], "model", NOW, False).ids
    with pytest.raises(SourceError, match="a person wrote the one that 1200002 has"):
        desk.accept([other], "Bob", NOW)


def test_unknown_values_are_dropped(desk: ReviewDesk) -> None:
    """An area that is not there, an impact that is none, a summary with a number that the source does not have."""
    given = (draft("Moon", field="area"), draft("huge", field="impact"))
    assert reasons(desk, *given, draft("In 5 steps they freeze.", "1200002", "summary")) == [
        "there is no such area",
        "an impact is one of changes behaviour, opt-in, new, fix, unclear",
        "it has a number that the source does not have (5)",
    ]


def test_a_source_that_says_it_later_wins(desk: ReviewDesk) -> None:
    """An accepted area gives way to the one that a source names, and an accepted summary to the source's."""
    accept(desk, draft("Reporting", "1200002", "area"), draft("Seats can be had.", "1200002", "summary", "llm"))
    named = Record("1200002", CHAIRS.title, "Book a chair.", version=V220, area="desk", lines=("Chairs",))
    import_documents(desk.catalog, [ParsedDocument("other", (named,))], WHEN)
    desk.apply()
    assert (entry(desk, "1200002").area, entry(desk, "1200002").summary) == ("Tickets", "Book a chair.")


def test_an_accepted_summary_is_no_news(catalog: Catalog, store: Proposals, tmp_path) -> None:
    """Nobody is told of a correction: the text is recorded silently before it is written."""
    arrivals = Arrivals(store._engine)
    arrivals.sync(catalog, NOW)
    desk = ReviewDesk(catalog, store, lambda entries: arrivals.record_silently(entries, NOW))
    before = hash_entry_text(entry(desk, "1200002"))
    accept(desk, draft("Seats are reserved ahead.", "1200002", "summary"))
    assert hash_entry_text(entry(desk, "1200002")) != before
    assert arrivals.sync(catalog, NOW) == 0


# -- the catalogue is deleted ------------------------------------------------------------------------------------------


def test_a_new_catalogue_gets_what_was_accepted(desk: ReviewDesk, tmp_path) -> None:
    """Phrasings at once, though their entry is not there yet; fields when it is imported again."""
    accept(desk, draft("stop edits after the signature"), draft("Reporting", "1200001", "area"))
    new = Catalog(tmp_path / "new.db")
    again = ReviewDesk(new, desk.store)
    again.apply()
    assert accepted_phrasings(new.db) == [AcceptedPhrasing("1200001", "stop edits after the signature", "person")]
    import_documents(new, [POST], WHEN)
    assert found(new, "edits after signature") == ["1200001"]
    assert again.apply() == 1
    assert entry(again, "1200001").area == "Reporting"
    assert again.apply() == 0
    new.close()


# -- what people asked ------------------------------------------------------------------------------------------------


def test_a_question_that_an_answer_helped(catalog: Catalog, store: Proposals) -> None:
    """It waits, once, by the same rules, without who asked; undoing decisions leaves it alone."""
    ask = "Frozen quotes after approval, how do I get it"
    assert propose_question(catalog, store, ask, "1200001", NOW) == 1
    assert propose_question(catalog, store, ask.upper(), "1200001", NOW) == 0
    (proposal,) = store.find()
    assert (proposal.origin, proposal.author, proposal.state) == ("question", "", "open")
    assert proposal.text == "frozen quotes after approval, how do i get it"
    for private in ("ask Sarah about frozen quotes", "frozen quotes of ann@example.com", "frozen quotes in 2024"):
        assert propose_question(catalog, store, private, "1200001", NOW) == 0
    assert store.undo_last() is None


def stats(text: str, no_result: int = 0, not_helpful: int = 0) -> QuestionStats:
    return QuestionStats(text, no_result, 0, not_helpful, NOW)


def test_entries_in_need(desk: ReviewDesk) -> None:
    """First those that questions in vain were nearest to, then those without phrasings of the newest version."""
    questions = [stats("chairs for guests", no_result=3), stats("report about stock rooms", 0, 1), stats("help", 5)]
    needs = description_needs(desk.catalog, SearchService(desk.catalog), questions)
    assert [(need.entry.key, need.phrasing_count, need.asked) for need in needs] == [
        ("1200002", 0, 3.0),
        ("794180", 0, 1.0),
        ("1200001", 0, 0.0),
        ("faq-sso", 0, 0.0),
        ("1016865", 1, 0.0),
    ]
