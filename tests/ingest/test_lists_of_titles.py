"""Lists of mere titles in JSON, trackers' keys in texts, and markup of AsciiDoc, reStructuredText and Discord."""

import json

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document


def _read(text: str, name: str) -> ParsedDocument:
    return read_document(text.encode(), name, name)


def _json(value: object) -> ParsedDocument:
    return _read(json.dumps(value), "list.json")


def test_titles_with_numbers_are_changes() -> None:
    """A list of texts is one of changes where they have numbers; its name may say that they matter, or warn."""
    value = {
        "version": "2.321",
        "highlights": ["#1151001 Boards can be printed"],
        "added": ["Lists (#1151002)", "1151003: Racks"],
        "Breaking changes": ["Charts are drawn anew (#1151004)"],
    }
    document = _json(value)
    assert not document.problems
    assert {r.number: (r.title, r.highlighted, r.caution is not None) for r in document.records} == {
        "1151001": ("Boards can be printed", True, False),
        "1151002": ("Lists", False, False),
        "1151003": ("Racks", False, False),
        "1151004": ("Charts are drawn anew", False, True),
    }
    assert {str(record.version) for record in document.records} == {"v2.321"}


def test_texts_without_numbers_beside_changes_are_told() -> None:
    """What stands beside lists of changes and names no number is reported with its first words, and its place."""
    document = _json({"version": "2.321", "changes": [{"id": 1151002, "title": "Lists"}], "fixed": ["Charts", "Mails"]})
    assert [record.number for record in document.records] == ["1151002"]
    assert [problem.text for problem in document.problems] == ["Charts, Mails"]
    assert not document.failures


def test_lists_inside_a_change_stay_its_own() -> None:
    """A change's own list of texts makes no changes of them."""
    document = _json([{"id": 1151002, "title": "Lists", "version": "2.321", "items": ["See #1151003", "See #1151004"]}])
    assert [record.number for record in document.records] == ["1151002"]


@pytest.mark.parametrize(
    "line",
    [
        "- [HALO-1152003](https://example.com/HALO-1152003) Lists open in a window",
        "- HALO-1152003: Lists open in a window",
        "- Lists open in a window (HALO-1152003)",
        "- Lists open in a window [HALO-1152003]",
        "- Lists open in a window – HPSA-1152003",
    ],
)
def test_the_key_of_a_tracker_is_a_number(line: str) -> None:
    """Behind a project's letters stands the number, at either end of a title."""
    document = _read(f"# HaloPSA 2.333\n\n{line}\n- Racks (HALO-1152004)\n", "notes.md")
    assert [(record.number, record.title) for record in document.records] == [
        ("1152003", "Lists open in a window"),
        ("1152004", "Racks"),
    ]


def test_headings_with_keys_below_are_titles_beside_lists() -> None:
    """Headings of stories are titles, and those of lists (“Fixes”) are none."""
    text = (
        "# HaloPSA 2.333\n\n## Saved replies by language\n\nReplies can be written twice. HALO-1152001\n\n"
        "## Mood of each ticket\n\nA sign shows it. HALO-1152002\n\n## Fixes\n\n- HALO-1152005 Signatures\n"
    )
    assert [record.title for record in _read(text, "notes.md").records] == [
        "Saved replies by language",
        "Mood of each ticket",
        "Signatures",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("= HaloPSA 2.323\n\n== New\n\n=== Time zones (1151201)\n\n* Icons (1151204)\n", "notes.adoc"),
        ("= HaloPSA 2.323 =\n== New ==\n* Time zones (1151201)\n* Icons (1151204)\n", "notes.txt"),
        ("HaloPSA 2.323\n#####\n\n#. **Time zones** (``1151201``)\n#. Icons (``1151204``) -- in colour\n", "notes.rst"),
        ("# HaloPSA v2.323\n\n**__New__**\n> `1151201` Time zones\n> `1151204` Icons\n", "discord.txt"),
        ("HaloPSA v2.323\n  1151201  Time zones    (Portal)\n  1151204  Icons         (Portal)\n", "columns.txt"),
    ],
)
def test_markup_leaves_titles(text: str, name: str) -> None:
    """Signs of headings, of code and of columns are no part of a title."""
    document = _read(text, name)
    assert [(record.number, record.title) for record in document.records] == [
        ("1151201", "Time zones"),
        ("1151204", "Icons"),
    ]


def test_careful_heads_changes_to_be_tested() -> None:
    """A heading “Careful” says of the changes below it what “Test first” does."""
    text = "# HaloPSA v2.325\n\n**__New__**\n> `1151401` Polls\n\n**__Careful__**\n> `1151406` Chats are off\n"
    polls, chats = _read(text, "discord.txt").records
    assert (polls.caution, chats.caution) == (None, "The source advises caution.")
