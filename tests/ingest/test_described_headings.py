"""Headings whose number stands at the end of the paragraph below, beside lists that are written otherwise."""

from bot.ingest.readers.page import read_page


def _read(text: str) -> list[tuple[str | None, str, bool]]:
    document = read_page(text.encode(), "notes.md")
    return [(record.number, record.title, record.highlighted) for record in document.records]


def test_headings_of_one_part_are_titles() -> None:
    """Where each heading of a part has one such paragraph, the headings are titles, broken paragraphs included."""
    text = (
        "# HaloPSA v2.281\n\n## Highlights\n\n### 🧾 Credit notes can be split\n\n"
        "Until now a credit note had to be used on one invoice. From this version you can\n"
        "spread it as you like. ([#1141001](https://example.com/1141001))\n\n"
        "### Calendars for each site\n\nSites can have a holiday calendar of their own, which wins over that of the\n"
        "customer. (#1141002)\n\n## Everything else\n\n- Invoice runs show their time (#1141003)\n"
    )
    assert _read(text) == [
        ("1141001", "Credit notes can be split", True),
        ("1141002", "Calendars for each site", True),
        ("1141003", "Invoice runs show their time", False),
    ]


def test_headings_of_areas_are_no_titles() -> None:
    """Where a heading of the part has several rows below it, headings are areas, and the sentences are titles."""
    text = (
        "# HaloPSA v2.281\n\n## Changes\n\n### Billing and stock items\n\nCredit notes can be split. (#1141001)\n\n"
        "### Calendars and time sheets\n\nSites can have calendars. (#1141002)\n\nTimes can be locked (#1141003)\n\n"
        "## Else\n\n- Invoice runs show their time (#1141004)\n"
    )
    assert ("1141001", "Billing and stock items", False) not in _read(text)


def test_a_heading_alone_is_no_title() -> None:
    """A single heading with such a sentence says nothing about headings."""
    text = (
        "# HaloPSA v2.281\n\n## Changes\n\n### Billing and stock items\n\nCredit notes can be split. (#1141001)\n\n"
        "## Else\n\n- Invoice runs show their time (#1141004)\n- Times can be locked (#1141005)\n"
    )
    assert all(title != "Billing and stock items" for _, title, _ in _read(text))
