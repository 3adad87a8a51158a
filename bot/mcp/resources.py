"""The catalogue as resources: lists of versions and areas as JSON, changes and versions as Markdown."""

import json
import re
from urllib.parse import unquote

from mcp_types import Resource, ResourceTemplate

from bot.catalog.models import Version
from bot.conversation.answers import ResultAnswer
from bot.conversation.export import DocumentPart, document_parts, to_markdown
from bot.search import lookups
from bot.search.snapshot import SearchSnapshot
from bot.text import printable

JSON, MARKDOWN = "application/json", "text/markdown"
CHANGES, VERSIONS, AREAS = "halobot://changes", "halobot://versions", "halobot://areas"
MAX_LISTED = 50  # versions, newest first; the list of versions has them all
CHANGE = "A change, an FAQ answer or a guide by its number or key, such as 1016865"
TEMPLATES = [
    ResourceTemplate(uri_template=f"{CHANGES}/{{number}}", name="change", description=CHANGE, mime_type=MARKDOWN),
    ResourceTemplate(
        uri_template=f"{VERSIONS}/{{version}}", name="version", mime_type=MARKDOWN,
        description="All changes of a HaloPSA release, such as v2.206",
    ),
]  # fmt: skip
NONE_SUCH = (
    f"There is no such resource. There are {VERSIONS}, {AREAS}, {CHANGES}/1016865 for a change and {VERSIONS}/v2.206 "
    "for a release."
)


def list_resources(snapshot: SearchSnapshot) -> list[Resource]:
    """The two lists, and the newest versions."""
    versions = [
        Resource(uri=f"{VERSIONS}/{v}", name=str(v), description=f"The changes of HaloPSA {v}", mime_type=MARKDOWN)
        for v in snapshot.versions[: -MAX_LISTED - 1 : -1]
    ]
    lists = (VERSIONS, "versions", "Every known HaloPSA release"), (AREAS, "areas", "Every area of HaloPSA")
    return [*(Resource(uri=u, name=n, description=d, mime_type=JSON) for u, n, d in lists), *versions]


def read_resource(uri: str, snapshot: SearchSnapshot) -> tuple[str, str] | None:
    """The text of a resource and its media type; None where there is none."""
    folder, _, name = uri[:300].rpartition("/")
    if uri == VERSIONS:
        counts = ((version, len(lookups.entries_of_version(snapshot, version))) for version in snapshot.versions[::-1])
        return json.dumps([{"version": str(version), "changes": count} for version, count in counts]), JSON
    if uri == AREAS:
        areas = lookups.areas_with_counts(snapshot)
        return json.dumps([{"area": a.name, "also": list(a.aliases), "entries": a.entry_count} for a in areas]), JSON
    if folder == CHANGES and (entry := lookups.find_entry(snapshot, unquote(name))):
        part = DocumentPart(entry.area or entry.kind, [entry])
        return printable(to_markdown(entry.title, [part], snapshot.episodes)), MARKDOWN
    version = Version.parse(name) if folder == VERSIONS and re.fullmatch(r"v?\d{1,2}\.\d{1,4}", name) else None
    if version in snapshot.versions:
        parts = document_parts(ResultAnswer(lookups.search_version(snapshot, version)))
        return printable(to_markdown(str(version), parts, snapshot.episodes)), MARKDOWN
    return None
