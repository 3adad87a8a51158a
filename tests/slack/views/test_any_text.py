"""Slack takes every message whatever the entries and people's words are: its limits are kept, and nothing pings."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.models import Entry, Episode, Filters, Mention, Version
from bot.playground import checks
from bot.search.models import Hit, Query, SearchResult
from bot.search.upgrade import build_checklist
from bot.slack.views import (
    answers,
    blocks,
    digest_cards,
    digest_proposals,
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
    watches,
)
from bot.slack.views.context import ShareTarget, ViewContext
from bot.slack.views.upgrade import shared_checklist, upgrade_page
from bot.slack.views.watches import WatchRow
from tests.slack.views.strategies import ENTRIES, HOSTILE_TEXTS

EPISODES = {
    13: Episode(13, "https://example.com/" + "e" * 200, "2025-12-09", ("<Mendy>", "&Robbie"), (Version(2, 206),)),
    20: Episode(20),
}
TARGET = ShareTarget("C1", "1.2", "https://hooks.example/" + "x" * 300)
LONGEST = Entry(
    "1016865", "feature", "T&" * 500, "S<" * 4_000, version=Version(2, 206), area="A&" * 200, highlighted=True,
    caution="C>" * 3_000, answer="W&" * 4_000,
    mentions=tuple(Mention(13, f"{n}:00") for n in range(40)), names=tuple(f"N&{n}" * 40 for n in range(50)),
)  # fmt: skip
INTENTS = ("search", "list", "version", "keys")


def assert_taken(made: dict[str, Any]) -> None:
    """Slack takes the message or modal, and nothing in it mentions or links but what we mean to."""
    if made.get("type") in ("modal", "home"):
        checks.check_view(made)
    else:
        checks.check_blocks(made["blocks"])
        checks.check_block_text(made["blocks"])
        assert 0 < len(made.get("text", "a link's card has none")) <= 4_000
    for text in mrkdwn_texts(made):
        assert not re.search(r"<(?!https://example\.com/|@U|#C)", text)
        assert not re.search(r"&(?!amp;|lt;|gt;)", text)


def mrkdwn_texts(value: Any) -> list[str]:
    """The text of every mrkdwn object, however deep."""
    if isinstance(value, list):
        return [text for item in value for text in mrkdwn_texts(item)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if value.get("type") == "mrkdwn" else []
    return own + [text for item in value.values() for text in mrkdwn_texts(item)]


def result_of(
    entries: list[Entry], intent: Any = "search", text: str = "jira", suggestions_only: bool = False
) -> SearchResult:
    """A result with these entries; for a version, those without one are its possible hits."""
    query = Query(text, intent, filters=Filters(versions=(Version(2, 206),)) if intent == "version" else Filters())
    hits = tuple(Hit(entry, 1.0) for entry in entries)
    if suggestions_only:
        return SearchResult(query, suggestions=hits[:3])
    sure = tuple(hit for hit in hits if hit.entry.version is not None or intent != "version")
    return SearchResult(query, sure, tuple(hit for hit in hits if hit not in sure))


@settings(max_examples=50)
@given(
    entries=st.lists(ENTRIES, min_size=1, max_size=12),
    intent=st.sampled_from(INTENTS),
    question=HOSTILE_TEXTS,
    public=st.booleans(),
    offset=st.integers(0, 15),
    suggestions_only=st.booleans(),
)
def test_answers(
    entries: list[Entry], intent: str, question: str, public: bool, offset: int, suggestions_only: bool
) -> None:
    """Every kind of answer, at any offset, private or public."""
    result = result_of(entries, intent, question, suggestions_only)
    view_context = ViewContext(offset=offset, public=public)
    page = answers.answer_page(result, EPISODES, view_context, [question] * 5)
    assert_taken(answers.page_message(page, view_context, question, result.has_answer))


@settings(max_examples=25)
@given(st.lists(ENTRIES, max_size=8), HOSTILE_TEXTS, HOSTILE_TEXTS)
def test_modals(entries: list[Entry], question: str, area: str) -> None:
    """The search modal and its suggestions, the modal of a message's words, and an entry's with a banner."""
    choices = search_modal.FilterChoices([Version(2, minor) for minor in range(150)], [area, "Portal"])
    search = search_modal.SearchState(question, "2.149", area)
    result = result_of(entries, "search", question)
    assert_taken(search_modal.search_view(search, choices, result, EPISODES, TARGET))
    options = search_modal.suggestion_options(question, entries)
    assert checks.BlockCheck("modal").options_or_groups(options, "", least=0) is not None
    assert_taken(related_modal.related_view(entries, False, EPISODES, TARGET))
    for entry in entries:
        view = entry_modal.entry_view(entry, EPISODES, entries[:3], TARGET)
        assert_taken(view)
        assert_taken(blocks.with_banner({**view, "blocks": view["blocks"] * 5}, question))


@settings(max_examples=25)
@given(st.lists(ENTRIES, max_size=8), HOSTILE_TEXTS)
def test_cards_and_home(entries: list[Entry], question: str) -> None:
    """Shared cards, link cards, the Home tab and watches."""
    rows = [WatchRow(number, question) for number in range(30)]
    digests = [digest_cards.DigestCard(7, "m", "C1", question, question, question, "UALICE")] * 30
    tab = home.HomeTab(Version(2, 206), entries, rows, digests, is_new=True, page=2, banner=question)
    assert_taken(home.home_view(tab, EPISODES))
    assert_taken(watches.watch_list_message(rows, "/halo"))
    assert_taken(watches.watching_message(rows[0], 3))
    assert_taken(unfurls.episode_card(EPISODES[13], entries, EPISODES))
    assert_taken(unfurls.version_card(Version(2, 206), entries, EPISODES))
    for entry in entries:
        assert_taken(unfurls.change_card(entry, EPISODES))
        assert_taken(sharing.shared_card(entry, EPISODES, "UALICE", question))
        if work_object := sharing.entry_work_object(entry, EPISODES):
            checks.check_metadata(work_object)


@settings(max_examples=25)
@given(st.lists(ENTRIES, min_size=1, max_size=30), HOSTILE_TEXTS, st.lists(HOSTILE_TEXTS, max_size=30))
def test_other_messages(entries: list[Entry], text: str, many: list[str]) -> None:
    """Status, areas, what is said about digests, a watch's news, one sentence, and a problem."""
    assert_taken(
        status.status_message(
            status.BotStatus("0.1.0", "I know 5 changes in HaloPSA.", 1, [*many, "in <#C1>"], many, many)
        )
    )
    assert_taken(status.areas_message([status.AreaRow(name, many, 5) for name in many], "/halo"))
    shown = digest_cards.DigestCard(7, "m", "C1", text, text, text, "UALICE")
    assert_taken(subscription_modal.subscribed_message(shown, True, many, text))
    assert_taken(
        digest_cards.card_list_message(digest_cards.DigestList([shown] * 40, [shown] * 40, [shown] * 9, 8), text)
    )
    proposed = [digest_proposals.ProposedChange(shown, text, text, [text][: len(text) % 2])] * 30
    another = digest_proposals.ProposedDigest("C1", text, text)
    for options in (proposed[:1], proposed):
        assert_taken(digest_proposals.change_message(options, many))
        assert_taken(digest_proposals.another_message(options, another, "C1", many))
        assert_taken(digest_proposals.change_message(options, many, text))
        assert_taken(digest_proposals.pause_message(options))
    assert_taken(digest_proposals.set_up_message(another, many))
    assert_taken(subscription_modal.clarification_message([text, *many]))
    assert_taken(subscription_modal.admin_required_message(text))
    assert_taken(subscription_modal.admin_request_message("UBOB", "C1", text))
    areas = [name[:150] for name in dict.fromkeys(many) if name.strip()] or ["Portal"]
    assert_taken(subscription_modal.subscribe_modal(subscription_modal.DigestForm("C1", text[:60], areas)))
    for most in (1, 2, 30):
        rows = [watches.WatchRow(number, text) for number in range(most)]
        assert_taken(notices.watch_message(rows, entries, EPISODES))
    assert_taken(blocks.with_prefix(text, blocks.text_message(text)))
    assert_taken(errors.problem_message(text))


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize(("number", "public"), [(120, False), (20, True)])
def test_pages_of_the_longest_entry(intent: str, number: int, public: bool) -> None:
    """Slack takes every page of 120 results as long as can be; Next leads through all, Previous the same way back.

    A public page holds two or three, so that 20 show the same in a fraction of the time.
    """
    result = result_of([LONGEST] * number, intent)
    offset: int | None = 0
    starts: list[int] = []
    while offset is not None:
        view_context = ViewContext(offset=offset, public=public)
        page = answers.answer_page(result, EPISODES, view_context)
        assert_taken(answers.page_message(page, view_context, result.query.text))
        assert page.start == offset
        assert page.previous == (starts[-1] if starts else None)
        starts.append(page.start)
        offset = page.next
    assert page.end == page.total == number


def test_longest_entry_everywhere() -> None:
    """Slack takes the longest entry in its modal, among related ones, shared, as a link's card, and in a comparison."""
    result = result_of([LONGEST] * 99, "version")
    comparison = answers.comparison_page(Version(2, 1), Version(2, 9), result, EPISODES, ViewContext())
    assert_taken(entry_modal.entry_view(LONGEST, EPISODES, [LONGEST] * 3, TARGET))
    assert_taken(related_modal.related_view([LONGEST] * 9, False, EPISODES, TARGET))
    assert_taken(sharing.shared_card(LONGEST, EPISODES, "UALICE", "q" * 5_000))
    assert_taken(unfurls.change_card(LONGEST, EPISODES))
    assert_taken({"text": comparison.text, "blocks": comparison.blocks})
    checklist = build_checklist(Version(2, 1), Version(2, 9), (), result)
    for shown in shared_checklist(checklist, EPISODES, "UALICE"):
        assert_taken(shown)
    page = upgrade_page(checklist, EPISODES, ViewContext())
    assert_taken(answers.page_message(page, ViewContext(), checklist.question))
