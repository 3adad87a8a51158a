"""Whatever an entry says, and however many there are, Slack takes the message: lengths, numbers of blocks, whole items,
nothing that pings.
"""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.models import Entry, Episode, Filters, Mention, Version
from bot.playground import checks
from bot.search.models import Hit, Query, SearchResult
from bot.slack.views import (
    action_ids,
    answers,
    blocks,
    entry_modal,
    errors,
    home,
    notices,
    related_modal,
    search_modal,
    sharing,
    status,
    subscription_modal,
    unfurls,
)
from bot.slack.views.answers import answer_page, page_message
from bot.slack.views.blocks import text_message, with_prefix
from bot.slack.views.context import ShareTarget, ViewContext
from bot.slack.views.mrkdwn import escape_within
from bot.slack.views.pagination import ListItem, page_starts, paginate_lines, paginate_rows
from bot.slack.views.watches import WatchRow, watch_list_message, watching_message
from tests.slack.views.gallery import answer_message

NASTY = st.one_of(
    st.text(min_size=1, max_size=60),
    st.sampled_from(
        [
            "<!channel>",
            "&<>" * 300,
            "🔥" * 400,
            "\u202eסטטוס ג'ירה\u202c " * 60,
            "*_~`" * 200,
            "<https://evil|x>",
            "word " * 700,
            "x" * 4_000,
        ]
    ),
)
versions = st.builds(Version, st.just(2), st.integers(200, 230))
mentions = st.lists(
    st.builds(Mention, st.sampled_from([13, 20]), st.sampled_from([None, "6:08", "1:02:03"])), max_size=4, unique=True
).map(tuple)
entries = st.builds(
    Entry, key=st.integers(10_000, 9_999_999).map(str) | st.integers(1, 99).map(lambda n: f"ep15-{n}"),
    kind=st.sampled_from(["feature", "faq", "guide"]),
    title=NASTY, summary=NASTY, version=st.none() | versions,
    possible_versions=st.lists(versions, max_size=3, unique=True).map(tuple), area=st.none() | NASTY,
    highlighted=st.booleans(), caution=st.none() | NASTY, answer=st.none() | NASTY, mentions=mentions,
    names=st.lists(NASTY, max_size=5).map(tuple),
)  # fmt: skip
EPISODES = {
    13: Episode(13, "https://example.com/" + "e" * 200, "2025-12-09", ("<Mendy>", "&Robbie"), (Version(2, 206),)),
    20: Episode(20),
}
ORIGIN = ShareTarget("C1", "1.2", "https://hooks.example/" + "x" * 300)
LONGEST = Entry(
    "1016865", "feature", "T&" * 500, "S<" * 4_000, version=Version(2, 206), area="A&" * 200, highlighted=True,
    caution="C>" * 3_000, answer="W&" * 4_000,
    mentions=tuple(Mention(13, f"{n}:00") for n in range(40)), names=tuple(f"N&{n}" * 40 for n in range(50)),
)  # fmt: skip
WANTS = ("best", "list", "version", "numbers")


def taken(message: dict[str, Any]) -> None:
    """Slack takes it, and nothing in it pings or links where it should not."""
    if message.get("type") in ("modal", "home"):
        checks.check_view(message)
    else:
        checks.check_blocks(message["blocks"])
        checks.check_block_text(message["blocks"])
        assert 0 < len(message.get("text", "x")) <= 4_000
    said = [text for text in texts(message) if "type" in text]
    for text in said:
        if text["type"] == "mrkdwn":
            assert not re.search(r"<(?!https://example\.com/|@U|#C)", text["text"])
            assert not re.search(r"&(?!amp;|lt;|gt;)", text["text"])


def texts(value: Any) -> list[dict[str, Any]]:
    """All text objects, however deep."""
    if isinstance(value, list):
        return [found for one in value for found in texts(one)]
    if not isinstance(value, dict):
        return []
    return ([value] if isinstance(value.get("text"), str) else []) + [
        found for one in value.values() for found in texts(one)
    ]


def answer_of(found: list[Entry], wants: Any = "best", text: str = "jira", near: bool = False) -> SearchResult:
    """An answer with these entries; of a version, those without one stand apart."""
    filters = Filters(versions=(Version(2, 206),)) if wants == "version" else Filters()
    hits = tuple(Hit(entry, 1.0) for entry in found)
    if near:
        return SearchResult(Query(text, wants, filters=filters), suggestions=hits[:3])
    sure = tuple(hit for hit in hits if hit.entry.version is not None or wants != "version")
    return SearchResult(Query(text, wants, filters=filters), sure, tuple(hit for hit in hits if hit not in sure))


@settings(max_examples=50)
@given(
    st.lists(entries, min_size=1, max_size=12),
    st.sampled_from(WANTS),
    NASTY,
    st.booleans(),
    st.integers(0, 15),
    st.booleans(),
)
def test_answers(found: list[Entry], wants: str, asked: str, public: bool, offset: int, near: bool) -> None:
    """Every kind of answer, at any place in it, private or public."""
    taken(answer_message(answer_of(found, wants, asked, near), EPISODES, ViewContext(offset=offset, public=public)))


@settings(max_examples=25)
@given(st.lists(entries, max_size=8), NASTY, NASTY)
def test_windows(found: list[Entry], asked: str, area: str) -> None:
    """The search window, the details window and the one for a message."""
    choices = search_modal.FilterChoices([Version(2, minor) for minor in range(150)], [area, "Portal"])
    search = search_modal.SearchState(asked, "2.149", area)
    taken(search_modal.search_view(search, choices, answer_of(found, "best", asked), EPISODES, ORIGIN))
    assert (
        checks.BlockCheck("modal").options_or_groups(search_modal.suggestion_options(asked, found), "", least=0)
        is not None
    )
    taken(related_modal.related_view(found, False, EPISODES, ORIGIN))
    for entry in found:
        view = entry_modal.entry_view(entry, EPISODES, found[:3], ORIGIN)
        taken(view)
        taken(blocks.with_banner({**view, "blocks": view["blocks"] * 5}, asked))


@settings(max_examples=25)
@given(st.lists(entries, max_size=8), NASTY)
def test_cards_and_home(found: list[Entry], asked: str) -> None:
    """Shared cards, link cards, Home and watches."""
    watched = [WatchRow(number, asked) for number in range(30)]
    taken(
        home.home_view(
            home.HomeTab(Version(2, 206), found, watched, [home.DigestRow("C1", asked)] * 30, True, 2, asked), EPISODES
        )
    )
    taken(watch_list_message(watched, "/halo"))
    taken(watching_message(watched[0], 3))
    taken(unfurls.episode_card(EPISODES[13], found, EPISODES))
    taken(unfurls.version_card(Version(2, 206), found, EPISODES))
    for entry in found:
        taken(unfurls.change_card(entry, EPISODES))
        taken(sharing.shared_card(entry, EPISODES, "UALICE", asked))
        if work := sharing.entry_work_object(entry, EPISODES):
            checks.check_metadata(work)


@settings(max_examples=25)
@given(st.lists(entries, min_size=1, max_size=30), NASTY, st.lists(NASTY, max_size=30))
def test_what_is_said_besides(found: list[Entry], asked: str, words: list[str]) -> None:
    """Status, areas, digests' confirmations and lists, what a watch brought, notes: whatever people and sources are
    called.
    """
    taken(status.status_message(status.BotStatus("0.1.0", 5, (), 1, [*words, "in <#C1>"], words)))
    taken(status.areas_message([status.AreaRow(word, words, 5) for word in words], "/halo"))
    shown = subscription_modal.Shown("C1", asked, asked, asked, "UALICE")
    taken(subscription_modal.subscribed(shown, True, words, asked))
    taken(subscription_modal.subscription_list([shown] * 40, [shown] * 40))
    taken(subscription_modal.questions([asked, *words]))
    taken(subscription_modal.ask_an_admin(asked))
    taken(subscription_modal.asked_for("UBOB", "C1", asked))
    taken(
        subscription_modal.subscribe_view(
            "C1", asked[:60], [word[:150] for word in dict.fromkeys(words) if word.strip()] or ["Portal"]
        )
    )
    taken(notices.watch_message(asked, 7, found, EPISODES))
    taken(with_prefix(asked, text_message(asked)))
    taken(errors.problem_message(asked))


@pytest.mark.parametrize("wants", WANTS)
@pytest.mark.parametrize(("number", "public"), [(500, False), (60, True)])
def test_five_hundred_of_the_longest(wants: str, number: int, public: bool) -> None:
    """500 results, each as long as can be: every page is taken, Next leads through all of them, and Previous the same
    way back.

    In a channel a page holds two or three of them, so that 60 show the same in a fraction of the time.
    """
    answer = answer_of([LONGEST] * number, wants)
    offset: int | None = 0
    starts: list[int] = []
    while offset is not None:
        look = ViewContext(offset=offset, public=public)
        page = answer_page(answer, EPISODES, look)
        taken(page_message(page, look, answer.query.text))
        assert page.start == offset
        assert page.previous == (starts[-1] if starts else None)
        starts.append(page.start)
        offset = page.next
    assert page.end == page.total == number


def test_longest_entry_everywhere() -> None:
    """The longest entry as a card, in its window, shared, and as a link's card."""
    comparison = answers.comparison_page(
        Version(2, 1), Version(2, 9), answer_of([LONGEST] * 99, "version"), EPISODES, ViewContext()
    )
    for made in (
        entry_modal.entry_view(LONGEST, EPISODES, [LONGEST] * 3, ORIGIN),
        related_modal.related_view([LONGEST] * 9, False, EPISODES, ORIGIN),
        sharing.shared_card(LONGEST, EPISODES, "UALICE", "q" * 5_000), unfurls.change_card(LONGEST, EPISODES),
        {"text": "x", "blocks": comparison.blocks},
    ):  # fmt: skip
        taken(made)


items = st.lists(
    st.builds(ListItem, st.sampled_from("abcdefgh"), st.text("x", min_size=1, max_size=50)), min_size=1, max_size=60
)


@given(items, st.integers(20, 400), st.integers(0, 70))
def test_pages_hold_whole_items(made: list[ListItem], budget: int, offset: int) -> None:
    """The pages together are all items, in order; a page begins at the offset asked for; none is over the budget unless
    one item alone is.
    """
    starts = page_starts(made, budget)
    assert starts == sorted(set(starts))
    page = paginate_lines(made, offset, budget)
    assert page.start <= min(offset, len(made) - 1) < page.end
    assert page.start == (offset if offset < len(made) else starts[-1])
    assert page.previous is None if page.start == 0 else page.previous is not None and page.previous < page.start
    lines = [item.line for item in made[page.start : page.end]]
    assert sum(map(len, lines)) <= budget or len(lines) == 1


@given(st.integers(1, 60), st.integers(0, 80), st.integers(1, 6), st.integers(1, 9))
def test_rows_by_pages(total: int, offset: int, first: int, most: int) -> None:
    """From any offset the page that begins there; its own start leads to the same page, and back leads to one before
    it.
    """
    start, end, previous = paginate_rows(total, offset, first, most)
    assert 0 <= start < end <= total
    assert previous is None if start == 0 else previous is not None and 0 <= previous < start
    assert paginate_rows(total, start, first, most) == (start, end, previous)
    assert start == offset or offset >= total
    whole = start >= first and (start - first) % most == 0
    assert not whole or paginate_rows(total, previous or 0, first, most)[1] == start


@given(NASTY, st.integers(20, 3_000))
def test_fit_is_escaped_and_fits(text: str, most: int) -> None:
    """Escaped text is within its limit, and no escape is cut in two."""
    fitted = escape_within(text, most)
    assert len(fitted) <= most
    assert not re.search(r"&(?!amp;|lt;|gt;)", fitted)


@given(NASTY, st.integers(0, 5_000))
def test_place_comes_back(question: str, offset: int) -> None:
    """A button's value is within Slack's limit, and gives back the question (its beginning, when it is very long) and
    the offset.
    """
    value = action_ids.encode_page_ref(question, offset)
    assert len(value) <= 2_000
    place = action_ids.decode_page_ref(value)
    assert place.offset == offset
    assert place.question == question or question.startswith(place.question.removesuffix("…"))


@given(NASTY, NASTY, st.integers(0, 500))
def test_window_remembers_its_search(words: str, area: str, offset: int) -> None:
    """What a window carries fits, and gives the search back; anything else gives an empty one."""
    search = search_modal.SearchState(words[:300], "2.206", area[:100], offset)
    view = search_modal.search_view(search, search_modal.FilterChoices([], []), None, {}, ORIGIN)
    assert len(view["private_metadata"]) <= 3_000
    assert search_modal.read_search_state(view["private_metadata"]) == search
    for other in ("", "nonsense", "[1]", json.dumps({"search": 5}), json.dumps({"search": [1, 2]})):
        assert search_modal.read_search_state(other) == search_modal.SearchState()
