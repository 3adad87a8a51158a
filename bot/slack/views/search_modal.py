"""The search modal: a box that completes as one types, filters for version and area, and the results under it."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from bot.catalog.models import Entry, Version
from bot.conversation.entry_text import Episodes, entry_subtitle
from bot.search.models import SearchResult
from bot.slack.views import action_ids
from bot.slack.views.action_ids import ANY_OPTION, AS_TYPED
from bot.slack.views.answers import answer_page, footer
from bot.slack.views.blocks import (
    Block,
    Element,
    View,
    actions,
    context,
    divider,
    element,
    modal,
    option,
    plain_text,
    section,
)
from bot.slack.views.context import ShareTarget, ViewContext, read_metadata
from bot.slack.views.limits import (
    MAX_METADATA,
    MAX_OPTION,
    MAX_OPTION_VALUE,
    MAX_OPTIONS,
    MAX_PLACEHOLDER,
    MAX_SECTION,
    MAX_VIEW_BLOCKS,
    truncate,
)
from bot.slack.views.mrkdwn import escape_sentence, escape_within

EXAMPLES = ("jira default status", "portal stuff since 2.210", "v2.214")


class SearchState(NamedTuple):
    """What is searched for in the modal; kept in its private_metadata."""

    words: str = ""
    version: str = ANY_OPTION
    area: str = ANY_OPTION
    offset: int = 0

    @property
    def question(self) -> str:
        """Words and filters as one question; empty where nothing is asked yet."""
        version = "" if self.version == ANY_OPTION else f"version:{self.version}"
        area = "" if self.area == ANY_OPTION else f'area:"{self.area}"'
        return " ".join(part for part in (self.words, version, area) if part)


class FilterChoices(NamedTuple):
    """What the filters offer."""

    versions: Sequence[Version]  # oldest first
    areas: Sequence[str]


def search_view(
    search: SearchState,
    choices: FilterChoices,
    result: SearchResult | None,
    episodes: Episodes,
    target: ShareTarget,
    about: str = "",
) -> View:
    """The modal with a result, or with examples where nothing was asked yet. `about`: what the bot says of itself,
    where that was asked, not escaped.
    """
    blocks = [_search_box(search), _filters(search, choices)]
    if result is None:
        examples = ", ".join(f"`{text}`" for text in EXAMPLES)
        blocks.append(context(f"Type a word, a change's number or a version. For example {examples}."))
    elif about:
        blocks += [divider(), section(escape_within(about, MAX_SECTION, escape_sentence))]
    else:
        shown = ViewContext(offset=search.offset, in_modal=True)
        page = answer_page(result, episodes, shown)
        question = truncate(search.question, 1_000)
        blocks += [divider(), *page.blocks, *footer(page, shown, question, result.has_answer)]
    metadata = _to_metadata(search, target)
    return modal(action_ids.SEARCH_MODAL, "Search Halo changes", blocks[:MAX_VIEW_BLOCKS], metadata)


def read_search_state(metadata: str) -> SearchState:
    """The search in the modal's private_metadata; an empty one for anything else."""
    fields = read_metadata(metadata).get("search")
    if not isinstance(fields, list) or len(fields) != len(SearchState._fields):
        return SearchState()
    words, version, area, offset = fields
    return SearchState(str(words), str(version), str(area), offset if isinstance(offset, int) else 0)


def suggestion_options(typed: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """What the box suggests for the words typed so far: the words themselves, then entries."""
    typed = " ".join(typed.split())
    options = [_option(f"Search for “{typed}”", AS_TYPED + typed)] if typed else []
    options += [
        _option(entry.title, entry.key, entry_subtitle(entry))
        for entry in entries
        if entry.title and len(entry.key) <= MAX_OPTION_VALUE
    ]
    return {"options": options[:MAX_OPTIONS]}


def chosen_question(value: str) -> str:
    """The question that a chosen suggestion stands for."""
    if value.startswith(AS_TYPED):
        return value.removeprefix(AS_TYPED)
    return f"#{value}" if value.isdigit() else value


def _to_metadata(search: SearchState, target: ShareTarget) -> str:
    """The target and the search as private_metadata. Where it is too long, the response_url goes first, then words."""
    search = search._replace(area=truncate(search.area, MAX_OPTION_VALUE))  # no menu can have chosen a longer one
    without_url = target._replace(url="")
    for kept, words in ((target, 1_000), (without_url, 1_000), (without_url, 300), (without_url, 60)):
        state = search._replace(words=truncate(search.words, words))
        text = json.dumps({**kept._asdict(), "search": state}, ensure_ascii=False)
        if len(text) <= MAX_METADATA:
            return text
    return json.dumps({"search": SearchState()})


def _search_box(search: SearchState) -> Block:
    hint = f"Asked: {search.words}" if search.words else "Type what changed: a word, a number, a version"
    placeholder = plain_text(truncate(hint, MAX_PLACEHOLDER))
    box = element("external_select", action_ids.SEARCH_BOX, placeholder=placeholder, min_query_length=1)
    return actions([box], "ask")


def _filters(search: SearchState, choices: FilterChoices) -> Block:
    versions = [_option(str(version), version.number) for version in reversed(choices.versions)]
    areas = [_option(name, name) for name in choices.areas if name]
    return actions(
        [
            _filter(action_ids.SEARCH_VERSION, "Version", _option("Any version", ANY_OPTION), versions, search.version),
            _filter(action_ids.SEARCH_AREA, "Area", _option("Any area", ANY_OPTION), areas, search.area),
        ],
        "filters",
    )


def _filter(
    action_id: str, label: str, any_option: dict[str, Any], others: list[dict[str, Any]], chosen: str
) -> Element:
    options = [any_option, *others][:MAX_OPTIONS]
    initial = next((option for option in options if option["value"] == chosen), any_option)
    return element("static_select", action_id, placeholder=plain_text(label), options=options, initial_option=initial)


def _option(label: str, value: str, description: str = "") -> dict[str, Any]:
    return option(
        truncate(label, MAX_OPTION), truncate(value, MAX_OPTION_VALUE), truncate(description, MAX_OPTION), emoji=False
    )
