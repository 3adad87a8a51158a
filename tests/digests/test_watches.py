"""Which arrivals a watch tells of: those that answer it well by themselves, by the search's own threshold."""

from bot.catalog.models import Entry, Version
from bot.catalog.repository import Catalog
from bot.search.service import SearchService

NEW = (
    Entry(
        "9000001",
        "feature",
        "Jira: choose a default status for each project",
        "The Jira integration takes a default status.",
        Version(2, 230),
    ),
    Entry(
        "9000002",
        "feature",
        "Assets: the status can be set by a runbook",
        "An asset's status follows the runbook.",
        Version(2, 230),
        area="Assets",
    ),
    Entry(
        "9000003",
        "feature",
        "Recurring invoices: a pause for one month",
        "A recurring invoice can be paused.",
        Version(2, 230),
        area="Billing & invoicing",
    ),
    Entry(
        "9000004",
        "feature",
        "Kiosk mode",
        "A tablet at the counter shows only the portal.",
        None,
        possible_versions=(Version(2, 228), Version(2, 230)),
    ),
)
KEYS = [entry.key for entry in NEW]


def answering(catalogue: Catalog, question: str) -> list[str]:
    catalogue.upsert(NEW)
    return SearchService(catalogue).matching_keys(question, KEYS)


def test_a_new_entry_has_to_answer_by_itself(catalogue: Catalog) -> None:
    """In a search a weak hit may follow a good one; nobody gets a direct message for it."""
    assert answering(catalogue, "asset status") == ["9000002"]
    ask = SearchService(catalogue)
    found = ask.search("asset status")
    searched = [hit.entry.key for hit in (*found.hits, *found.more_hits)]
    dependency_diagrams = "ep16-16"
    assert dependency_diagrams in searched
    assert dependency_diagrams not in ask.matching_keys("asset status", searched)


def test_it_counts_however_many_answered_before(catalogue: Catalog) -> None:
    """A new entry is judged although fifty others answer as well."""
    catalogue.upsert(
        Entry(str(8_000_000 + n), "feature", f"Recurring invoices: {n}", "Recurring invoices.", Version(2, 230))
        for n in range(60)
    )
    assert answering(catalogue, "recurring invoices") == ["9000003"]


def test_filters_and_numbers_of_the_question_hold(catalogue: Catalog) -> None:
    """Versions, possible ones too, and a number that is waited for."""
    assert answering(catalogue, "kiosk mode in v2.228") == ["9000004"]
    assert answering(catalogue, "kiosk mode in v2.204") == []
    assert answering(catalogue, "#9000002") == ["9000002"]
    assert answering(catalogue, "v2.230") == KEYS


def test_nothing_is_told_for_nothing(catalogue: Catalog) -> None:
    """An empty or meaningless question has no answers."""
    assert answering(catalogue, "") == []
    assert answering(catalogue, "🎉") == []
    assert answering(catalogue, "purple elephants") == []
