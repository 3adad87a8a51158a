"""What makers of documentation, Slack and page layouts put around changes: boxes, places of headings, links, feet."""

import pytest

from bot.ingest.models import Record
from bot.ingest.readers.admonitions import Box, read_box
from bot.ingest.readers.page import read_page


def _read(text: str) -> list[Record]:
    return list(read_page(text.encode(), "notes.md").records)


@pytest.mark.parametrize(
    ("line", "box"),
    [
        ("[!WARNING]", Box("Warning", True)),
        (":::caution", Box("Caution", True)),
        ("::: danger Prices change", Box("Warning: Prices change")),
        (":::warning[Test first]", Box("Test first", True)),
        ('!!! warning "Prices change"', Box("Warning: Prices change")),
        ("??? note", Box("")),
        (".. warning::", Box("Warning", True)),
        (".. note:: Only for admins.", Box("Only for admins.")),
        (":::", Box("")),
        (":::details", None),
        ("!!! 3 changes", None),
        ("... and more", None),
    ],
)
def test_boxes_are_told_from_text(line: str, box: Box | None) -> None:
    """A box says what heads it; a note without a title, and its end, say nothing; other lines are none."""
    assert read_box(line) == box


@pytest.mark.parametrize(
    "box",
    [
        ":::caution\n\nPrices are worked out anew.\n\n:::",
        '!!! danger "Beware"\n    Prices are worked out anew.',
        ".. warning::\n\n   Prices are worked out anew.",
        ":::{attention}\nPrices are worked out anew.\n:::",
    ],
)
def test_a_box_of_warning_is_a_caution(box: str) -> None:
    """What stands in a box of warning is the caution of the change above it, and of no other."""
    text = f"# HaloPSA v2.318\n\n- Votes on tickets (#1143702)\n\n{box}\n\n- Lists of cables (#1143705)\n"
    assert [(record.title, record.caution) for record in _read(text)] == [
        ("Votes on tickets", "Prices are worked out anew."),
        ("Lists of cables", None),
    ]


def test_the_place_of_a_heading_may_be_its_number() -> None:
    """A heading's id in braces leaves its title, and is the change's number where it looks like one."""
    text = (
        "# Version 2.318\n\n## Tickets {#tickets}\n\n### Guests can follow a ticket {#1143701}\n\nWith a link.\n\n"
        "### Lists of cables {: #1143705 .new}\n\n### Power use per rack (#1143706) {#power}\n"
    )
    assert [(record.number, record.title) for record in _read(text)] == [
        ("1143701", "Guests can follow a ticket"),
        ("1143705", "Lists of cables"),
        ("1143706", "Power use per rack"),
    ]


def test_links_of_slack_are_read_as_links() -> None:
    """A link in Slack's own markup is its words, and a bold title may have a remark behind its number."""
    text = (
        "*HaloPSA v2.291*\n:star: *Skills can expire* (<https://example.com/i/1141901|#1141901>) – an agent loses it\n"
        "*Picklists in fields* (<https://example.com/i/1141903|#1141903>)\n:+1: 4  :eyes: 2\n"
    )
    skills, lists = _read(text)
    assert (skills.number, skills.title, skills.highlighted) == ("1141901", "Skills can expire", True)
    assert (lists.number, lists.title, lists.summary) == ("1141903", "Picklists in fields", "")


@pytest.mark.parametrize("noun", ["ticket", "call", "invoice", "case"])
def test_a_title_may_end_in_the_noun_of_a_reference(noun: str) -> None:
    """“… can follow a ticket (#…)” is a change; “raised in our ticket (#…)” refers to one."""
    text = (
        f"# HaloPSA v2.318\n\n- Guests can follow a {noun} (#1143701)\n- Lists of cables (#1143705)\n"
        f"- Racks, as raised in our {noun} (#1143709)\n"
    )
    assert [record.number for record in _read(text)] == ["1143701", "1143705"]


def test_the_foot_of_a_page_describes_no_change() -> None:
    """“Page 1 of 2” below a change is no summary; a title that only ends in digits stays."""
    text = "Release Notes Version 2.313\n\n#1143203 Payment links\nHalo Page 1 of 2\n#1143204 Pages can be 1 of 2\n"
    assert [(record.title, record.summary) for record in _read(text)] == [
        ("Payment links", ""),
        ("Pages can be 1 of 2", ""),
    ]


def test_a_change_about_pages_is_no_foot() -> None:
    """A line that ends as the foot of a page does, and has the number of a change, is kept."""
    text = "HaloPSA v2.318\n1143702 - Cable lists on page 2 of 3\n1143703 - Guests see a map\n"
    assert [record.number for record in _read(text)] == ["1143702", "1143703"]


@pytest.mark.parametrize("kind", ["Type", "Category", "Status"])
def test_a_type_that_says_highlight_heads_no_list(kind: str) -> None:
    """“Type: New feature (highlight)” below a change makes the changes after it no highlights."""
    text = f"HaloPSA v2.317\n\n#1143602 Skins\n{kind}: New (highlight)\n\n#1143603 Racks\n{kind}: Change\n"
    assert [record.highlighted for record in _read(text)][1:] == [False]


@pytest.mark.parametrize("kind", ["WARNING", "CAUTION"])
@pytest.mark.parametrize(
    "item", ["1219004 Logins ask twice", "- #1219004 Logins ask twice", "**1219004** Logins ask twice"]
)
def test_a_quoted_warning_is_of_the_changes_in_it(kind: str, item: str) -> None:
    """What stands below the quotation is not to be tested first."""
    text = f"# HaloPSA v2.277\n\n> [!{kind}]\n> {item}\n\nSmaller things\n\n- 1219005: Orders\n- 1219006: Bins\n"
    assert [(record.number, record.title, bool(record.caution)) for record in _read(text)] == [
        ("1219004", "Logins ask twice", True),
        ("1219005", "Orders", False),
        ("1219006", "Bins", False),
    ]
