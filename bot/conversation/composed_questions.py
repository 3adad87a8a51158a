"""Questions made of fields, such as a release and an area: each is what `halobot ask` would be asked for the same.

A field that cannot be used raises FieldError. Pure.
"""

from bot.catalog.models import Impact, Version
from bot.conversation.filter_parameters import AskedFilters
from bot.search.area_names import find_area
from bot.search.snapshot import SearchSnapshot

NEWEST = ("latest", "newest")


class FieldError(ValueError):
    """A field cannot be used: a sentence that says what it has to be."""


def search_question(
    snapshot: SearchSnapshot,
    query: str = "",
    version: str = "",
    since: str = "",
    area: str = "",
    impact: Impact | None = None,
    only_highlights: bool = False,
    only_warnings: bool = False,
) -> str:
    """What asks for words, within filters. Raises FieldError where there is neither."""
    wanted = Version.parse(_version(snapshot, "version", version)) if version else None
    filters = AskedFilters(wanted, _area(snapshot, area), impact, only_warnings, only_highlights)
    question = filters.question(f"{query} since {_version(snapshot, 'since', since)}" if since else query)
    if not question:
        raise FieldError("Send a query, or one of version, since, area, impact, only_highlights, only_warnings.")
    return question


def entry_question(snapshot: SearchSnapshot, number: str) -> str:
    """What asks for one entry by its number or key."""
    number = number.strip().removeprefix("#").lower()
    return f"#{number}" if number.isdecimal() else number


def version_question(snapshot: SearchSnapshot, version: str, area: str = "") -> str:
    """What asks for everything in a version."""
    return f"{_version(snapshot, 'version', version)} {_in_area(snapshot, area)}".rstrip()


def comparison_question(snapshot: SearchSnapshot, older: str, newer: str) -> str:
    """What asks for everything between two versions."""
    return f"compare {_version(snapshot, 'older', older)} {_version(snapshot, 'newer', newer)}"


def upgrade_question(snapshot: SearchSnapshot, installed: str, wanted: str = "", area: str = "") -> str:
    """What asks for the checklist of an upgrade; without `wanted`, to the newest version."""
    versions = f"{_version(snapshot, 'installed', installed)} {_version(snapshot, 'wanted', wanted or 'latest')}"
    return f"upgrade {versions} {_in_area(snapshot, area)}".rstrip()


def news_question(snapshot: SearchSnapshot, since: str = "", area: str = "") -> str:
    """What asks for the newest version; with `since`, for everything from that version on."""
    if not since and not area.strip():
        return "latest"
    version = _version(snapshot, "since", since or "latest")
    return f"{'since ' if since else ''}{version} {_in_area(snapshot, area)}".rstrip()


def _version(snapshot: SearchSnapshot, name: str, text: str) -> str:
    """A version as a question has it."""
    newest = str(snapshot.versions[-1]) if snapshot.versions else ""
    if text.strip().lower() in NEWEST:
        if not newest:
            raise FieldError("The catalogue is empty so far: there is no newest version.")
        return newest
    try:
        return str(Version.parse(text))
    except ValueError:
        known = f"; newest known is {newest}" if newest else ""
        raise FieldError(f"{name} has to look like v2.206{known}.") from None


def _in_area(snapshot: SearchSnapshot, text: str) -> str:
    return AskedFilters(area=_area(snapshot, text)).question("")


def _area(snapshot: SearchSnapshot, text: str) -> str:
    """An area, however people call it; empty for none."""
    area = find_area(text, snapshot.vocabulary)
    if text.strip() and area is None:
        raise FieldError(f"area has to be one of: {', '.join(snapshot.areas)}.")
    return area or ""
