"""What is in an edition: what arrived since the last one, sifted by the union of the filters."""

from dataclasses import replace

from bot.catalog.models import Version
from bot.digests.selection import has_words, index_entry, matches_filter, select_entries
from bot.storage.models import Arrival, SubscriptionCursor, SubscriptionFilter
from tests.digests.rig import entry

JIRA = entry(1, area="Integrations", title="Jira: default status", names=("Jira Software",))
INVOICE = entry(2, area="Billing & invoicing", title="Invoices can be split", highlighted=True)
CHAT = entry(
    3,
    area="Chat",
    title="Chat flows set fields",
    caution="Test it first.",
    version="2.216",
    also=("jira create project template",),
)
TEXTS = {one.key: index_entry(one) for one in (JIRA, INVOICE, CHAT)}
NEWS = [Arrival(11, "1", "new"), Arrival(12, "2", "new"), Arrival(13, "3", "new")]


def keys(
    *filters: SubscriptionFilter, cursor: int = 10, arrivals: list[Arrival] = NEWS, announced: set[int] | None = None
) -> list[str]:
    return [
        line.entry.key
        for line in select_entries(
            arrivals, TEXTS, [SubscriptionCursor(one, cursor, 10) for one in filters], announced or set()
        ).items
    ]


def test_no_filter_is_everything_what_matters_first_by_version() -> None:
    """Newest version first; within it highlights and cautions, then by area."""
    assert keys(SubscriptionFilter()) == ["2", "1", "3"]


def test_areas_and_words_include_any_of_them() -> None:
    """In one of the areas, or saying one of the words, in any of their forms."""
    assert keys(SubscriptionFilter(areas=("Integrations",))) == ["1"]
    assert keys(SubscriptionFilter(words=("invoice",))) == ["2"]
    assert keys(SubscriptionFilter(areas=("Chat",), words=("split invoices",))) == ["2", "3"]


def test_exclusions_win() -> None:
    """Whatever else lets it in."""
    assert keys(SubscriptionFilter(areas=("Integrations", "Chat"), without_words=("jira",))) == ["3"]
    assert keys(SubscriptionFilter(without_areas=("Chat", "Billing & invoicing"))) == ["1"]


def test_only_what_an_entry_says_itself_counts() -> None:
    """Other people's words for it name other products, too."""
    assert not has_words(TEXTS["3"], "jira")
    assert has_words(TEXTS["1"], "jira software")


def test_highlights_and_versions_narrow() -> None:
    """Highlights are what is important or to be tested first; an entry of two possible versions passes for either."""
    assert keys(SubscriptionFilter(highlights=True)) == ["2", "3"]
    assert keys(SubscriptionFilter(versions=(Version(2, 216),))) == ["3"]
    unsure = index_entry(replace(JIRA, version=None, possible_versions=(Version(2, 216), Version(2, 218))))
    assert matches_filter(SubscriptionFilter(versions=(Version(2, 218),)), unsure)
    assert not matches_filter(SubscriptionFilter(versions=(Version(2, 204),)), unsure)


def test_several_filters_are_one_union() -> None:
    """Each entry once, however many filters want it."""
    assert keys(
        SubscriptionFilter(areas=("Chat",)), SubscriptionFilter(highlights=True), SubscriptionFilter(words=("flows",))
    ) == ["2", "3"]


def test_only_what_arrived_since_and_was_not_told() -> None:
    """By whatever filter the channel heard of it."""
    assert keys(SubscriptionFilter(), cursor=12) == ["3"]
    assert keys(SubscriptionFilter(), announced={11, 13}) == ["2"]


def test_new_and_corrected_at_once_is_one_new_line_and_two_arrivals() -> None:
    """Later corrections are one line, too; both arrivals are told with it."""
    arrivals = [*NEWS, Arrival(14, "1", "updated"), Arrival(15, "9", "new"), Arrival(16, "1", "updated")]
    sifted = select_entries(arrivals, TEXTS, [SubscriptionCursor(SubscriptionFilter(areas=("Integrations",)), 10, 10)])
    assert [(line.entry.key, line.kind) for line in sifted.items] == [("1", "new")]
    assert [arrival.seq for arrival, _ in sifted.arrivals] == [11, 14, 16]
    later = select_entries(arrivals, TEXTS, [SubscriptionCursor(SubscriptionFilter(areas=("Integrations",)), 13, 10)])
    assert [(line.entry.key, line.kind) for line in later.items] == [("1", "updated")]


def test_from_a_version_on_takes_what_was_there_already() -> None:
    """Of what was known when it was set up only that version and later ones; of what comes later everything."""
    wanted = [SubscriptionCursor(SubscriptionFilter(), 0, 12, Version(2, 218))]
    assert [line.entry.key for line in select_entries(NEWS, TEXTS, wanted).items] == ["2", "1", "3"]
    wanted = [SubscriptionCursor(SubscriptionFilter(), 0, 13, Version(2, 218))]
    assert [line.entry.key for line in select_entries(NEWS, TEXTS, wanted).items] == ["2", "1"]


def test_a_silent_arrival_is_no_news_but_known() -> None:
    """What a source's first reading brought is told only to who asks for what is known from a version on; a correction
    of it is news.
    """
    quiet = [Arrival(11, "1", "silent"), Arrival(12, "3", "silent"), Arrival(13, "1", "updated")]
    assert select_entries(quiet[:2], TEXTS, [SubscriptionCursor(SubscriptionFilter(), 10, 10)]).items == ()
    assert [
        (line.entry.key, line.kind)
        for line in select_entries(quiet, TEXTS, [SubscriptionCursor(SubscriptionFilter(), 10, 10)]).items
    ] == [("1", "updated")]
    asked = select_entries(quiet[:2], TEXTS, [SubscriptionCursor(SubscriptionFilter(), 0, 12, Version(2, 218))])
    assert [(line.entry.key, line.kind) for line in asked.items] == [("1", "new")]


def test_what_left_the_catalogue_is_left_out() -> None:
    """An arrival without an entry says nothing."""
    assert (
        select_entries([Arrival(20, "gone", "new")], TEXTS, [SubscriptionCursor(SubscriptionFilter(), 0)]).items == ()
    )
