"""Versions that stand without their v in titles and headings, and several of them side by side."""

import pytest

from bot.ingest.readers.post.headings import find_versions
from bot.ingest.readers.registry import read_document

ROWS = "- 1200001 – Quotes can be copied\n- 1200002 – Tickets merge\n"


@pytest.mark.parametrize(
    "title",
    [
        "Release notes 2.266", "Release notes for 2.266", "Changelog 2.266", "Change log: 2.266", "New in 2.266",
        "What's new in 2.266", "What changed in 2.266", "Changes in 2.266", "Fixes in 2.266", "Upgrading to 2.266",
        "New in 2.266.1", "Our upgrade to 2.266 in May",
    ],
)  # fmt: skip
def test_a_title_that_names_one(title: str) -> None:
    """It counts for the changes below it, which were numbers in passing without it."""
    document = read_document(f"# {title}\n\n{ROWS}".encode(), "notes.md", "notes.md")
    assert [(record.number, str(record.version)) for record in document.records] == [
        ("1200001", "v2.266"),
        ("1200002", "v2.266"),
    ]


@pytest.mark.parametrize("title", ["Changes in 2.266 and 2.268", "2.266, 2.267, and 2.268", "2.266 to 2.268"])
def test_a_title_that_names_several(title: str) -> None:
    """Where several are named the last is not taken for that of all changes."""
    versions = [str(version) for version in find_versions(title)]
    assert (versions[0], versions[-1], len(versions)) == ("v2.266", "v2.268", title.count("2."))
    document = read_document(f"# {title}\n\n{ROWS}".encode(), "notes.md", "notes.md")
    assert "v2.268" not in [str(record.version) for record in document.records]


@pytest.mark.parametrize(
    "text",
    ["It costs 2.500 EUR", "Updated to 2.500 users", "New in 2.500.000 homes", "Changes in 2.5", "Fixed in 1.5.3"],
)
def test_other_numbers(text: str) -> None:
    """Sums and counts are no versions."""
    assert find_versions(text) == []


@pytest.mark.parametrize("mark", ["#", "##"])
def test_a_heading_of_nothing_but_a_version(mark: str) -> None:
    """One hash before a version makes a heading, though before more digits it signs a change's number."""
    document = read_document(f"{mark} 2.266\n\n## Tickets\n\n{ROWS}".encode(), "notes.md", "notes.md")
    assert [str(record.version) for record in document.records] == ["v2.266", "v2.266"]
