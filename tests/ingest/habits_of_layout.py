"""Documents whose layout is other than a line a change: headers of two rows, numbers below titles, columns that wrap.

With each kind stand documents that look like it and are none.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501

from tests.ingest.tables import Change, Table

GENERAL = "The source advises caution."


def _document(name: str, text: str, *changes: Change) -> Table:
    return Table(name, text.encode(), tuple(changes))


def _change(number: str | None, title: str, version: str = "2.270", says: str = "") -> Change:
    """`says`: `!` for a highlight, or else the caution."""
    return Change(number, version, None, says == "!", says if len(says) > 1 else None, title)


COPIED, MERGED = _change("1200001", "Quotes can be copied"), _change("1200002", "Tickets can be merged")
LIT = COPIED._replace(highlighted=True)
WARNED = MERGED._replace(caution="Notes are lost")
PAGE = "<!doctype html><html><body><h1>HaloPSA release notes</h1>{}</body></html>"
ROW = "<tr><td>1200001</td><td>Quotes can be copied</td><td>★</td><td></td></tr>"
WARNED_ROW = "<tr><td>1200002</td><td>Tickets can be merged</td><td></td><td>Notes are lost</td></tr>"
NAMES = "<tr><th>Ref</th><th>Feature</th><th>Highlight</th><th>Caution</th></tr>"

HEADERS_OF_TWO_ROWS = (
    _document(
        "groups-and-version-rows.html",
        PAGE.format(f'<table><tr><th colspan="2">Change</th><th colspan="2">Flags</th></tr>{NAMES}'
                    f'<tr><td colspan="4"><b>Version 2.270</b></td></tr>{ROW}'
                    f'<tr><td colspan="4"><b>Version 2.272</b></td></tr>{WARNED_ROW}</table>'),
        LIT, WARNED._replace(version="2.272"),
    ),
    _document(
        "a-name-over-both-rows.html",
        PAGE.format("<h2>v2.270</h2><table><thead><tr><th rowspan=2>Ref</th><th rowspan=2>Feature</th><th colspan=2>What to know</th></tr>"
                    f"<tr><th>Highlight</th><th>Caution</th></tr></thead><tbody>{ROW}{WARNED_ROW}</tbody></table>"),
        LIT, WARNED,
    ),
    _document(
        "groups-that-name-no-change.html",
        PAGE.format(f"<h2>v2.270</h2><table><tr><th colspan=2>Where</th><th colspan=2>Highlights</th></tr>{NAMES}{ROW}{WARNED_ROW}</table>"),
        LIT, WARNED,
    ),
    _document(
        "two-tables.html",
        PAGE.format(f"<h2>v2.270</h2><table><tr><th colspan=3>Change</th><th>Note</th></tr>{NAMES}{ROW}</table>"
                    "<table><tr><th>Ref</th><th>Feature</th></tr><tr><td>1200002</td><td>Tickets can be merged</td></tr></table>"),
        LIT, MERGED,
    ),
    _document(
        "groups.md",
        "# HaloPSA v2.270\n\n| Change | | Flags | |\n|---|---|---|---|\n| Ref | Feature | Highlight | Caution |\n"
        "| 1200001 | Quotes can be copied | ★ | |\n| 1200002 | Tickets can be merged | | Notes are lost |\n",
        LIT, WARNED,
    ),
    _document(  # a change that is called as columns are
        "a-change-and-no-header.md",
        "# HaloPSA v2.270\n\n| Change | Ref | Version |\n|---|---|---|\n| Title and subject | 1200001 | 2.270 |\n"
        "| Tickets can be merged | 1200002 | 2.270 |\n",
        COPIED._replace(title="Title and subject"), MERGED,
    ),
)  # fmt: skip

HABITS_OF_LAYOUT = (*HEADERS_OF_TWO_ROWS,)
