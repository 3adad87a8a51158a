"""The search window: a box that completes as one types, filters for version and area, and the results under it. Pure."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    DividerBlock,
    ExternalDataSelectElement,
    Option,
    PlainTextObject,
    StaticSelectElement,
)

from bot.catalog.models import Entry, Version
from bot.search.models import SearchResult
from bot.slack.views import action_ids
from bot.slack.views.answers import answer_page, footer
from bot.slack.views.blocks import Episodes, context, entry_subtitle
from bot.slack.views.context import ViewContext
from bot.slack.views.entry_modal import ShareTarget, ViewJson, modal, read_metadata
from bot.slack.views.limits import MAX_METADATA, MAX_OPTION, MAX_OPTION_VALUE, MAX_OPTIONS, MAX_VIEW_BLOCKS, truncate

EXAMPLES = ("jira default status", "portal stuff since 2.210", "v2.214")


class SearchState(NamedTuple):
    """What is being looked for in the window; kept in its private_metadata."""

    words: str = ""
    version: str = action_ids.ANY_OPTION
    area: str = action_ids.ANY_OPTION
    offset: int = 0

    @property
    def question(self) -> str:
        """The words and filters as one question; empty when nothing is asked yet."""
        version = "" if self.version == action_ids.ANY_OPTION else f"version:{self.version}"
        area = "" if self.area == action_ids.ANY_OPTION else f'area:"{self.area}"'
        return " ".join(part for part in (self.words, version, area) if part)


class FilterChoices(NamedTuple):
    """What the filters offer."""

    versions: Sequence[Version]  # oldest first
    areas: Sequence[str]


def search_view(
    search: SearchState, choices: FilterChoices, result: SearchResult | None, episodes: Episodes, target: ShareTarget
) -> ViewJson:
    """The window with what was found, or with examples before anything was asked."""
    blocks: list[Block] = [_box(search), _filters(search, choices)]
    if result is None:
        blocks.append(
            context(
                "Type a word, a change's number or a version. For example "
                + ", ".join(f"`{text}`" for text in EXAMPLES)
                + "."
            )
        )
    else:
        look = ViewContext(offset=search.offset, in_modal=True)
        page = answer_page(result, episodes, look)
        blocks += [
            DividerBlock(),
            *page.blocks,
            *footer(page, look, truncate(search.question, 1_000), result.has_answer),
        ]
    return modal(action_ids.SEARCH_MODAL, "Search Halo changes", blocks[:MAX_VIEW_BLOCKS], _metadata(search, target))


def read_search_state(metadata: str) -> SearchState:
    """The search that the window carried; an empty one for anything else."""
    found = read_metadata(metadata).get("search")
    found = found if isinstance(found, list) and len(found) == len(SearchState._fields) else list(SearchState())
    words, version, area, offset = found
    return SearchState(str(words), str(version), str(area), offset if isinstance(offset, int) else 0)


def suggestion_options(typed: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """What the box offers for what was typed so far: the question as it is, then entries."""
    typed = " ".join(typed.split())
    options = [_option(f"Search for “{typed}”", action_ids.AS_TYPED + typed)] if typed else []
    options += [
        _option(entry.title, truncate(entry.key, MAX_OPTION_VALUE), entry_subtitle(entry))
        for entry in entries
        if entry.title and len(entry.key) <= MAX_OPTION_VALUE
    ]
    return {"options": [option.to_dict() for option in options[:MAX_OPTIONS]]}


def chosen_question(value: str) -> str:
    """The question that a chosen suggestion stands for."""
    return (
        value.removeprefix(action_ids.AS_TYPED)
        if value.startswith(action_ids.AS_TYPED)
        else f"#{value}"
        if value.isdigit()
        else value
    )


def _metadata(search: SearchState, origin: ShareTarget) -> str:
    """Where the window came from, and what is looked for: whole where it fits. The response_url goes first, then words;
    without a
    channel to come from nothing else can be done."""
    short = ShareTarget(origin.channel, origin.thread)
    brief = search._replace(area=truncate(search.area, MAX_OPTION_VALUE))  # no menu can have chosen a longer one
    kept = ((origin, 1_000), (short, 1_000), (short, 300), (short, 60))
    texts = (
        json.dumps(
            {**place._asdict(), "search": list(brief._replace(words=truncate(search.words, most)))}, ensure_ascii=False
        )
        for place, most in kept
    )
    return next((text for text in texts if len(text) <= MAX_METADATA), json.dumps({"search": list(SearchState())}))


def _box(search: SearchState) -> Block:
    asked = f"Asked: {search.words}" if search.words else "Type what changed: a word, a number, a version"
    box = ExternalDataSelectElement(
        action_id=action_ids.SEARCH_BOX, placeholder=truncate(asked, 150), min_query_length=1
    )
    return ActionsBlock(block_id="ask", elements=[box])


def _filters(search: SearchState, choices: FilterChoices) -> Block:
    versions = [
        _option("Any version", action_ids.ANY_OPTION),
        *(_option(str(v), v.number) for v in list(choices.versions)[::-1][: MAX_OPTIONS - 1]),
    ]
    areas = [
        _option("Any area", action_ids.ANY_OPTION),
        *(_option(name, truncate(name, MAX_OPTION_VALUE)) for name in list(choices.areas)[: MAX_OPTIONS - 1] if name),
    ]
    return ActionsBlock(
        block_id="filters",
        elements=[
            _select(action_ids.SEARCH_VERSION, "Version", versions, search.version),
            _select(action_ids.SEARCH_AREA, "Area", areas, search.area),
        ],
    )


def _select(action_id: str, label: str, options: list[Option], chosen: str) -> StaticSelectElement:
    initial = next((option for option in options if option.value == chosen), options[0])
    return StaticSelectElement(action_id=action_id, placeholder=label, options=options, initial_option=initial)


def _option(text: str, value: str, description: str = "") -> Option:
    plain = PlainTextObject(text=truncate(text, MAX_OPTION), emoji=False)
    said = PlainTextObject(text=truncate(description, MAX_OPTION), emoji=False) if description else None
    return Option(text=plain, value=truncate(value, MAX_OPTION_VALUE), description=said)
