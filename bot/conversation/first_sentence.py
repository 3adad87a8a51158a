"""What is said first where a question asks about its answer: the version, yes or no, or the number. As plain text, the
same in Slack and in the terminal.
"""

from bot.catalog.models import Entry, Version
from bot.search.models import Query, SearchResult


def first_sentence(result: SearchResult) -> str:
    """What to say first to a question about an aspect of its answer; empty where there is nothing to say."""
    query = result.query
    hits = (*result.hits, *result.possible_hits)
    if query.aspect == "count":
        return _count_sentence(result)
    if not hits or query.aspect not in ("version", "availability"):
        return ""
    entry = hits[0].entry
    if_it_is = "" if result.confidence != "perhaps" else "If that is it: "
    if query.aspect == "availability" and query.installed:
        return if_it_is + availability_sentence(entry, query.installed)
    return if_it_is + version_sentence(entry)


def version_sentence(entry: Entry) -> str:
    """Which version brought an entry."""
    if entry.version:
        return f"It came in {entry.version}."
    if entry.possible_versions:
        return f"It came in {_or(entry.possible_versions)}: the source does not say which."
    return "I do not know which version brought it."


def availability_sentence(entry: Entry, installed: Version) -> str:
    """Whether a version has an entry."""
    versions = (entry.version,) if entry.version else entry.possible_versions
    if not versions:
        return f"I do not know whether {installed} has it: no version is known for it."
    if entry.version == installed:
        return f"Yes: it came in {installed}."
    if all(version <= installed for version in versions):
        return f"Yes, {installed} has it: it came in {_or(versions)}."
    if all(version > installed for version in versions):
        return f"Not in {installed}: it came in {_or(versions)}."
    return f"Perhaps in {installed}: it came in {_or(versions)}, and the source does not say which."


def _count_sentence(result: SearchResult) -> str:
    query, count = result.query, len(result.hits)
    what = "highlight" if query.filters.highlights else "change"
    number = f"{count:,} {what}{'' if count == 1 else 's'}" if count or result.possible_hits else f"No {what}s"
    perhaps = f", and perhaps {len(result.possible_hits):,} more" if result.possible_hits else ""
    return f"{number}{_where(query)}{perhaps}."


def _where(query: Query) -> str:
    if query.version_range and not query.versions_label.startswith("v"):
        return " " + query.version_range.label
    return f" in {query.versions_label}" if query.filters.versions else ""


def _or(versions: tuple[Version, ...]) -> str:
    return " or ".join(map(str, versions))
