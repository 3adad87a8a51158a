"""Articles in JSON, as help centres, blogs, wikis and GitHub answer with them."""

import json
from typing import Any

import pytest

from bot.ingest.readers.registry import read_document

HTML = (
    "<h2>Added</h2><ul><li><p><b>Boards for projects</b> (1142701)<br>With colours.</p></li>"
    "<li>Lists (1142702)</li></ul>"
)
TEXT = "## What's Changed\r\n* Boards for projects by @ann in #1142701\r\n* Lists (#1142702)\r\n"
DOC = {
    "type": "doc",
    "content": [
        {"type": "paragraph", "content": [{"type": "text", "text": "#1142701 Boards for projects"}]},
        {"type": "paragraph", "content": [{"type": "text", "text": "#1142702 Lists"}]},
    ],
}


def _read(value: Any) -> list[tuple[str | None, str, str]]:
    document = read_document(json.dumps(value).encode(), "answer.json", "answer.json")
    assert not document.problems
    return [(record.number, record.title, str(record.version)) for record in document.records]


@pytest.mark.parametrize(
    "value",
    [
        {"articles": [{"id": 360012345678, "title": "Release notes: HaloPSA 2.304", "body": HTML}], "count": 1},
        [
            {
                "id": 20011223,
                "tag_name": "v2.304",
                "name": "Summer",
                "body": TEXT,
                "assets": [],
                "author": {"id": 9912345},
            }
        ],
        {"url": "https://example.com/1", "tag_name": "v2.304", "body": TEXT},
        {"id": 5, "title": {"rendered": "HaloPSA v2.304"}, "content": {"rendered": HTML, "protected": False}},
        {"results": [{"id": "123456", "title": "HaloPSA 2.304", "body": {"storage": {"value": HTML}}}], "size": 1},
        {"value": [{"subject": "HaloPSA v2.304", "body": {"contentType": "html", "content": HTML}}]},
        {"title": "HaloPSA v2.304", "post_stream": {"posts": [{"id": 1, "username": "ann", "cooked": HTML}]}},
        {"title": "HaloPSA v2.304", "description": DOC},
        {"data": {"version": "2.304", "markdown": TEXT}},
    ],
)
def test_the_text_of_an_article_is_read(value: Any) -> None:
    """An article's text is read as a page, with its title or its version above it."""
    assert _read(value) == [("1142701", "Boards for projects", "v2.304"), ("1142702", "Lists", "v2.304")]


def test_each_article_has_its_own_version() -> None:
    """Several releases in one answer keep their versions apart."""
    value = [
        {"tag_name": "v2.301", "body": "* Views\r\n* Boards (#1142501)\n"},
        {"tag_name": "v2.300", "body": "* Lists (#1142502)\n"},
    ]
    assert _read([value[0] | {"body": "* Boards (#1142501)\n* Views (#1142503)\n"}, value[1]]) == [
        ("1142501", "Boards", "v2.301"),
        ("1142503", "Views", "v2.301"),
        ("1142502", "Lists", "v2.300"),
    ]


def test_a_change_with_a_long_text_stays_a_change() -> None:
    """A record with its own number is that change, whatever numbers its text refers to."""
    value = [
        {
            "id": 1142701,
            "title": "Boards",
            "version": "2.304",
            "body": "As in:\n- Lists (#1142702)\n- Racks (#1142703)\n",
        }
    ]
    assert _read(value) == [("1142701", "Boards", "v2.304")]


def test_what_is_no_article_is_read_and_told_beside_them() -> None:
    """An article without changes in it is told; it is not dropped for the others."""
    value = [
        {"title": "HaloPSA v2.304", "body": TEXT},
        {"title": "HaloPSA v2.303", "body": "Nothing but a word on #1142700.\n"},
    ]
    document = read_document(json.dumps(value).encode(), "answer.json", "answer.json")
    assert [record.number for record in document.records] == ["1142701", "1142702"]
    assert [problem.text for problem in document.problems] == ["HaloPSA v2.303"]


def test_entra_id_stays_in_a_title() -> None:
    """“… from Entra ID #1142504” has its number behind its title, which ends in “ID”."""
    text = "HaloPSA v2.304\n\n* Groups from Entra ID by @cid in #1142504\n* Groups from Apple ID #1142505\n"
    document = read_document(text.encode(), "notes.md", "notes.md")
    assert [record.title for record in document.records] == ["Groups from Entra ID", "Groups from Apple ID"]
