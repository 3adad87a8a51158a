"""What buttons and modals carry fits Slack's limits and comes back as it was."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.views.action_ids import decode_page_ref, encode_page_ref
from bot.slack.views.context import ShareTarget, read_share_target
from bot.slack.views.imports import MAX_ADDRESS_LENGTH, decode_import, encode_import
from bot.slack.views.mrkdwn import escape_entities, escape_within, unescape
from bot.slack.views.search_modal import FilterChoices, SearchState, read_search_state, search_view
from tests.slack.views.strategies import HOSTILE_TEXTS

TARGET = ShareTarget("C1", "1.2", "https://hooks.example/" + "x" * 300)


@given(HOSTILE_TEXTS, st.integers(20, 3_000))
def test_escaped_text_fits(text: str, limit: int) -> None:
    """Escaped text is within its limit, no entity is cut in two, and unescaping gives the text back."""
    escaped = escape_within(text, limit)
    assert len(escaped) <= limit
    assert not re.search(r"&(?!amp;|lt;|gt;)", escaped)
    assert unescape(escape_entities(text)) == text


@given(HOSTILE_TEXTS, st.integers(0, 5_000))
def test_page_ref_comes_back(question: str, offset: int) -> None:
    """A page's value gives back the offset and the question, or the beginning of a very long one."""
    value = encode_page_ref(question, offset)
    assert len(value) <= 2_000
    page = decode_page_ref(value)
    assert page.offset == offset
    assert page.question == question or question.startswith(page.question.removesuffix("…"))


@given(HOSTILE_TEXTS, HOSTILE_TEXTS, st.integers(0, 500))
def test_search_modal_remembers_its_search(words: str, area: str, offset: int) -> None:
    """The search modal's metadata gives the search back; anything else gives an empty search."""
    search = SearchState(words[:300], "2.206", area[:100], offset)
    view = search_view(search, FilterChoices([], []), None, {}, TARGET)
    assert len(view["private_metadata"]) <= 3_000
    assert read_search_state(view["private_metadata"]) == search
    for other in ("", "nonsense", "[1]", json.dumps({"search": 5}), json.dumps({"search": [1, 2]})):
        assert read_search_state(other) == SearchState()


def test_share_target_comes_back() -> None:
    """A modal's metadata gives its target back, without a response_url that is too long; anything else gives none."""
    assert read_share_target(TARGET.to_metadata()) == TARGET
    assert read_share_target(TARGET._replace(url="x" * 3_000).to_metadata()) == TARGET._replace(url="")
    for other in ("", "nonsense", "[1]"):
        assert read_share_target(other) == ShareTarget()


def test_import_value_comes_back() -> None:
    """The value of Import gives address and fingerprint back; it is empty for an address that does not fit."""
    url = "https://example.com/notes?a=1&b=2"
    assert decode_import(encode_import(url, "0123456789abcdef")) == (url, "0123456789abcdef")
    assert encode_import("https://example.com/" + "x" * MAX_ADDRESS_LENGTH, "0123456789abcdef") == ""
