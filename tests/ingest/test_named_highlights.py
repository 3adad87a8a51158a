"""Highlights that a document only names by their titles, apart from the list that has their numbers."""

import pytest

from bot.ingest.readers.page import read_page

LIST = "## All changes\n\n- Guests can follow a request (#1143701)\n- Racks have photos (#1143702)\n"
TABLE = (
    "## All changes\n\n| ID | Change |\n|---|---|\n"
    "| 1143701 | Guests can follow a request |\n| 1143702 | Racks have photos |\n"
)


@pytest.mark.parametrize("changes", [LIST, TABLE])
@pytest.mark.parametrize(
    "named",
    [
        "- Guests can follow a request\n",
        "- **Guests can follow a request** – without an account\n",
        "1. Guests can follow a request: without an account, and by mail.\n",
        "* ⭐ Guests can follow a request (6:08)\n",
        "Guests can follow a request\n",
    ],
)
def test_named_changes_are_highlights(named: str, changes: str) -> None:
    """What stands below “Highlights” without a number is the change of that title, in a list or in a table."""
    document = read_page(f"# HaloPSA v2.318\n\n## Highlights\n\n{named}\n{changes}".encode(), "notes.md")
    assert [(record.number, record.highlighted) for record in document.records] == [
        ("1143701", True),
        ("1143702", False),
    ]
    assert not document.problems


def test_names_below_the_list_count_as_well() -> None:
    """The highlights may be named at the end."""
    text = f"# HaloPSA v2.318\n\n{LIST}\n## Top picks\n\n- Racks have photos\n"
    document = read_page(text.encode(), "notes.md")
    assert [record.highlighted for record in document.records] == [False, True]


def test_titles_with_their_data_below_are_not_only_named() -> None:
    """A title whose version and number stand on the next lines is a change of its own."""
    text = "HaloPSA v2.318\nThe big ones:\nRacks have photos\nv2.318\n#1143702\nAll changes\nDesks (#1143703)\n"
    document = read_page(text.encode(), "notes.txt")
    assert [(record.number, record.title) for record in document.records] == [
        ("1143702", "Racks have photos"),
        ("1143703", "Desks"),
    ]


def test_a_name_that_is_no_title_is_told() -> None:
    """What is no title of the list is reported as before, and the others are highlights all the same."""
    text = f"# HaloPSA v2.318\n\n## Highlights\n\n- Racks have photos\n- Something for everybody\n\n{LIST}"
    document = read_page(text.encode(), "notes.md")
    assert {record.number: record.highlighted for record in document.records} == {"1143701": False, "1143702": True}
    assert [problem.text for problem in document.problems] == ["Something for everybody"]
