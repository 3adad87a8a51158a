"""Kinds of documents that were once read wrong without a word, each with the changes that are in it."""

# The documents keep their lines as they are.
# ruff: noqa: E501

from html import escape
from typing import NamedTuple

import pytest

from bot.ingest.readers.registry import read_document


class Change(NamedTuple):
    """One change as a reader of the document would put it down."""

    number: str
    title: str
    version: str | None = "v2.270"
    at: str | None = None
    highlighted: bool = False


class Kind(NamedTuple):
    """A document, and what is in it."""

    name: str
    text: str | bytes
    changes: tuple[Change, ...]


POST = "By the [run]Book: Episode 22\nRobbie and Connor talk about HaloPSA v2.270.\nFull Feature List\n"
PAGE = "<!doctype html><html><body><h1>HaloPSA v2.270 release notes</h1>{}</body></html>"
COPIED, MERGED = Change("1200001", "Quotes can be copied"), Change("1200002", "Tickets can be merged")
CLIENT = Change("1200001", "Use <ClientName> in subjects", at="4:40")
TIMED = (CLIENT, Change("1200002", "Tickets can be merged", at="5:40"))
ANGLE = "Use <ClientName> in subjects | v2.270 #1200001 | 4:40\nTickets can be merged | v2.270 #1200002 | 5:40\n"


def feed(description: str) -> str:
    """A feed of one post."""
    return (
        '<?xml version="1.0" encoding="utf-16"?><rss version="2.0"><channel><title>T</title><item>'
        "<title>By the [run]Book: Episode 22</title><link>https://example.com/22</link>"
        f"<description>{description}</description></item></channel></rss>"
    )


KINDS = (
    Kind("placeholder.txt", POST + ANGLE, TIMED),
    Kind("placeholder.md", POST + ANGLE.replace("Use", "- Use").replace("Tickets", "- Tickets"), TIMED),
    Kind(
        "literal-br.txt",
        POST + "Breaks such as <br> stay | v2.270 #1200001 | 4:40\nTickets can be merged | v2.270 #1200002 | 5:40\n",
        (Change("1200001", "Breaks such as <br> stay", at="4:40"), TIMED[1]),
    ),
    Kind("placeholder.html", PAGE.format("<ul><li>Use <ClientName> in subjects #1200001</li><li>Tickets can be merged #1200002</li></ul>"),
         (CLIENT._replace(at=None), MERGED)),
    Kind("text-in-a-feed.xml", feed(escape(escape(ANGLE))).replace(' encoding="utf-16"', ""), TIMED),
    Kind("plain-feed.xml", feed(escape(ANGLE)).replace(' encoding="utf-16"', ""), TIMED),
    Kind("utf-16-feed.xml", feed(escape(ANGLE)).encode("utf-16"), TIMED),
    Kind("utf-16-be-feed.xml", b"\xfe\xff" + feed(escape(ANGLE)).encode("utf-16-be"), TIMED),
    Kind("json-feed.json", '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://example.com/22", '
         '"title": "By the [run]Book: Episode 22", "content_text": "Use <ClientName> in subjects | v2.270 #1200001 | 4:40'
         '\\nTickets can be merged | v2.270 #1200002 | 5:40"}]}', TIMED),
    Kind("date-first.md", "# Changelog\n\n## 2026-07-11 – Version 2.270.1\n\n- #1200001 Quotes can be copied\n- #1200002 Tickets can be merged\n",
         (COPIED, MERGED)),
    Kind("one-hash-date.md", "# 2026-07-11 – v2.270\n\n- #1200001 Quotes can be copied\n- #1200002 Tickets can be merged\n", (COPIED, MERGED)),
    Kind("keep-a-changelog.md", "# Changelog\n\n## [2.270.1] - 2026-09-01\n\n### Added\n\n- Quotes can be copied (#1200001)\n- Tickets can be merged (#1200002)\n",
         (COPIED, MERGED)),
    Kind("two-versions.md", "## [2.272] - 2026-10-01\n- Quotes can be copied (#1200001)\n- Rates have a date (#1200003)\n\n## [2.270] - 2026-09-01\n"
         "- Tickets can be merged (#1200002)\n- Boards have owners (#1200004)\n",
         (COPIED._replace(version="v2.272"), Change("1200003", "Rates have a date", "v2.272"), MERGED, Change("1200004", "Boards have owners"))),
    Kind("day-month-year.md", "## Version 2.270 (1 September 2026)\n- #1200001 Quotes can be copied\n- #1200002 Tickets can be merged\n", (COPIED, MERGED)),
    Kind("released-on.md", "## v2.270 – released September 1, 2026\n- #1200001 Quotes can be copied\n- #1200002 Tickets can be merged\n", (COPIED, MERGED)),
    Kind("bracketed-links.md", "## v2.270\n\n- [[1200001]](https://example.com/1200001) Quotes can be copied\n- [[1200002]](/t/1200002) Tickets can be merged\n",
         (COPIED, MERGED)),
    Kind("hash-links.md", "## v2.270\n\n- [#1200001](https://example.com/1) Quotes can be copied\n- [#1200002](https://example.com/2 \"Open\") Tickets can be merged\n",
         (COPIED, MERGED)),
    Kind("headed-changes.md", "# HaloPSA v2.270 release notes\n\n## 1200001 – Quotes can be copied\n\nCopies all lines.\n\n## 1200002 – Tickets can be merged\n",
         (COPIED, MERGED)),
    Kind("category-id.txt", POST + "Quotes can be copied | v2.270 #1200001 | 4:40\nUse category id 204512 | Billing when you set it up\n",
         (COPIED._replace(at="4:40"),)),
    Kind("customer-id.txt", POST + "The customer ID: 104512 | stays as it is\nTickets can be merged | v2.270 #1200002 | 5:40\n", (TIMED[1],)),
    Kind("table.html", PAGE.format("<table><tr><th>ID</th><th>Title</th><th>Summary</th></tr><tr><td>1200001</td><td>Quotes can be copied</td>"
         "<td>All lines.</td></tr><tr><td>1200002</td><td><p>Tickets can</p><p>be merged</p></td><td></td></tr></table>"), (COPIED, MERGED)),
    Kind("spans.html", PAGE.format("<table><tr><th>Version</th><th>Title</th><th>ID</th></tr><tr><td rowspan=2>2.272</td><td>Quotes can be copied</td>"
         "<td>1200001</td></tr><tr><td>Tickets can be merged</td><td>1200002</td></tr></table>"),
         (COPIED._replace(version="v2.272"), MERGED._replace(version="v2.272"))),
    Kind("version-rows.html", PAGE.format("<table><tr><th>Title</th><th>ID</th></tr><tr><td colspan=2>v2.272</td></tr><tr><td>Quotes can be copied</td>"
         "<td>1200001</td></tr><tr><td colspan=2>v2.274</td></tr><tr><td>Tickets can be merged</td><td>1200002</td></tr></table>"),
         (COPIED._replace(version="v2.272"), MERGED._replace(version="v2.274"))),
    Kind("highlights.html", PAGE.format("<h2>Important Mentions</h2><table><tr><th>Title</th><th>ID</th></tr><tr><td>Quotes can be copied</td>"
         "<td>1200001</td></tr></table><h2>Full Feature List</h2><table><tr><th>Title</th><th>ID</th></tr><tr><td>Tickets can be merged</td>"
         "<td>1200002</td></tr></table>"), (COPIED._replace(highlighted=True), MERGED)),
    Kind("empty-cells.md", "# HaloPSA v2.270\n\n| Area | Title | Number | Version |\n|---|---|---|---|\n| | Quotes can be copied | 1200001 | |\n"
         "| Tickets | Tickets can be merged | 1200002 | 2.272 |\n", (COPIED, MERGED._replace(version="v2.272"))),
    Kind("newsletter.html", PAGE.format("<p><strong>Quotes can be copied</strong><br>#1200001<br>Copies all lines.</p>"
         "<p><strong>Tickets can be merged</strong><br>#1200002<br>With their notes.</p>"), (COPIED, MERGED)),
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_changes(kind):
    """Every change is read with its title, version, minute and highlight, and nothing else is."""
    data = kind.text.encode() if isinstance(kind.text, str) else kind.text
    parsed = read_document(data, kind.name, kind.name)
    found = {
        Change(
            record.number or "",
            record.title,
            str(record.version) if record.version else None,
            record.mention.at if record.mention else None,
            record.highlighted,
        )
        for record in parsed.records
    }
    assert found == set(kind.changes)
