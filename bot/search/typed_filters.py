"""Filters that are typed as `name:value`: `area:billing`, `version:2.214`, `impact:opt-in`."""

import re
from collections.abc import Callable

from bot.catalog.models import IMPACTS
from bot.search import versions
from bot.search.area_names import find_area
from bot.search.filter_phrases import IMPACT_NAMES, KINDS
from bot.search.marked_pattern import LazyPattern
from bot.search.parse_state import ParseState

_ADDRESS_SCHEMES = frozenset({"mailto", "tel", "sip", "callto", "file", "ftp"})  # `tel:…` is no filter
_FILTER = LazyPattern(r"(?<![\w/])([a-z]{2,12}):(?!//)(\"[^\"]*\"|[^\s\"]+)", re.IGNORECASE)


def parse_typed_filters(state: ParseState) -> None:
    """Cut the filters out of the text. One that means nothing is noted, and its value is searched for."""
    for match in state.extract(_FILTER):
        name, value = match[1].lower(), match[2].strip('"')
        parse = _FILTER_PARSERS.get(name)
        if parse is None and name not in _ADDRESS_SCHEMES:
            names = ", ".join(f"{filter_name}:" for filter_name in FILTER_NAMES)
            state.notes.append(f"I know no filter “{name}:”; there are {names}")
        elif parse and parse(state, value):
            continue
        elif parse:
            state.notes.append(f"“{match[0]}” is not something I can filter by.")
        state.rest += f" {value}"


def _parse_version_filter(state: ParseState, value: str) -> bool:
    text = f"v{value}" if value[:1].isdecimal() and "." in value else value
    version_filter, _ = versions.extract_versions(text, state.vocabulary.versions)
    if version_filter.is_set:
        state.version_filters.append(version_filter)
    return version_filter.is_set


def _parse_area_filter(state: ParseState, value: str) -> bool:
    state.area = find_area(value, state.vocabulary)
    if state.area is None:
        state.notes.append(f"There's no area called “{value}”; there are {', '.join(state.vocabulary.areas)}.")
    return True


def _parse_episode_filter(state: ParseState, value: str) -> bool:
    if value.isdecimal():
        state.episode = int(value[:6])
    return value.isdecimal()


def _parse_kind_filter(state: ParseState, value: str) -> bool:
    if kind := KINDS.get(value.lower()):
        state.kind = kind
    return kind is not None


def _parse_highlights_filter(state: ParseState, value: str) -> bool:
    state.highlights = value.lower() not in ("no", "false", "0")
    return True


def _parse_impact_filter(state: ParseState, value: str) -> bool:
    parts = [part.strip() for part in value.lower().split(",")]
    impacts = tuple(IMPACT_NAMES[part] for part in parts if part in IMPACT_NAMES)
    state.impacts = tuple(dict.fromkeys((*state.impacts, *impacts)))
    if not impacts:
        state.notes.append(f"There's no impact called “{value}”; there are {', '.join(IMPACTS)}.")
    return True


def _parse_warnings_filter(state: ParseState, value: str) -> bool:
    state.warnings = value.lower() not in ("no", "false", "0")
    return True


# As they are told to people.
FILTER_NAMES = ("area", "version", "episode", "kind", "highlights", "impact", "warnings", "sort")
# `name:value` in a question. A parser stores the value and returns True, or False where it means nothing.
_FILTER_PARSERS: dict[str, Callable[[ParseState, str], bool]] = {
    "area": _parse_area_filter,
    "version": _parse_version_filter,
    "v": _parse_version_filter,
    "episode": _parse_episode_filter,
    "ep": _parse_episode_filter,
    "kind": _parse_kind_filter,
    "highlights": _parse_highlights_filter,
    "highlight": _parse_highlights_filter,
    "impact": _parse_impact_filter,
    "warnings": _parse_warnings_filter,
    "warning": _parse_warnings_filter,
}
