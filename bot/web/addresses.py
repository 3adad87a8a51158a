"""The addresses of pages. Links are relative, so that pages work below any address and as files.

entry_path(entry)                                   -> "/changes/1016865"
relative_link("/changes/1016865", "/areas/sla")     -> "../areas/sla"
file_name("/feed.atom?version=2.206")               -> "feeds/version-2.206.atom"
"""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from bot.catalog.models import Entry

ENTRY_FOLDERS = {"feature": "changes", "faq": "questions", "guide": "guides"}
DOCUMENT_ENDINGS = (".md", ".csv", ".css", ".svg", ".txt", ".xml", ".atom", ".json")
MAX_DEPTH = 20  # folders; no page is as deep


def entry_path(entry: Entry) -> str:
    """Where the page of an entry is."""
    return f"/{ENTRY_FOLDERS[entry.kind]}/{quote(entry.key, safe='')}"


def entry_url(public_url: str, entry: Entry) -> str:
    """The whole address of an entry's page; empty where there is no page."""
    return public_url + entry_path(entry) if public_url else ""


def with_query(path: str, values: Iterable[tuple[str, str]]) -> str:
    """A path and what follows its question mark, without empty values."""
    query = urlencode([(name, value) for name, value in values if value], errors="replace")
    return f"{path}?{query}" if query else path


def relative_link(here: str, target: str) -> str:
    """A link from one path to another; both begin with a slash."""
    return ("../" * min(here.count("/") - 1, MAX_DEPTH) + target.removeprefix("/")) or "."


def file_name(target: str) -> str:
    """The file of a page when the pages are written into a folder."""
    parts = urlsplit(target)
    path = parts.path.removeprefix("/") or "index"
    values = "-".join(re.sub(r"[^\w.]+", "-", f"{name}-{value}") for name, value in parse_qsl(parts.query))
    if values and path.startswith("feed."):
        return f"feeds/{values}.{path.removeprefix('feed.')}"
    return path if path.endswith(DOCUMENT_ENDINGS) else f"{path}{'-' if values else ''}{values}.html"
