"""Formatted text as content management systems store it: a tree, or a list of blocks."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.readers.registry import read_document
from bot.ingest.readers.rich_text import collect_rich_texts, is_rich_text, rich_text_as_html, rich_text_as_lines

Facts = list[tuple[str | None, str, str, bool, bool]]
EXPECTED: Facts = [
    ("1260001", "Views have folders", "v2.298", False, False),
    ("1260002", "Taxes by address", "v2.298", False, True),
]


def _read(value: Any) -> Facts:
    """Number, title, version, and whether it is a highlight or advises caution."""
    document = read_document(json.dumps(value).encode(), "answer.json", "answer.json")
    return [
        (record.number, record.title, str(record.version), record.highlighted, record.caution is not None)
        for record in document.records
    ]


def _contentful(kind: str, *content: Any) -> dict[str, Any]:
    return {"nodeType": kind, "data": {}, "content": list(content)}


def _words(text: str) -> dict[str, Any]:
    return {"nodeType": "text", "value": text, "marks": [], "data": {}}


def _sanity(text: str, **more: Any) -> dict[str, Any]:
    return {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": text, "marks": []}]} | more


def _slate(kind: str, *children: Any, **more: Any) -> dict[str, Any]:
    return {"type": kind, "children": [{"text": c} if isinstance(c, str) else c for c in children]} | more


def _item(*parts: str) -> dict[str, Any]:
    return _contentful("list-item", _contentful("paragraph", *map(_words, parts)))


def _prismic(kind: str, text: str) -> dict[str, Any]:
    return {"type": kind, "text": text, "spans": [{"start": 0, "end": 4, "type": "strong"}]}


def _draft(kind: str, text: str) -> dict[str, Any]:
    return {"key": "a1", "type": kind, "text": text, "depth": 0, "inlineStyleRanges": []}


CONTENTFUL = _contentful(
    "document",
    _contentful("heading-2", _words("Added")),
    _contentful("unordered-list", _item("Views ", "have folders", " (1260001)")),
    _contentful("heading-2", _words("Test first")),
    _contentful("unordered-list", _item("Taxes by address (1260002)")),
)
SANITY = [
    _sanity("Added", style="h2"),
    _sanity("Views have folders (1260001)", listItem="bullet", level=1),
    _sanity("Test first", style="h2"),
    _sanity("Taxes by address (1260002)", listItem="bullet", level=1),
]
STRAPI = [
    _slate("heading", "Added", level=2),
    _slate("list", _slate("list-item", "Views have folders", " (1260001)"), format="unordered"),
    _slate("heading", "Test first", level=2),
    _slate("list", _slate("list-item", "Taxes by address (1260002)"), format="unordered"),
]
LEXICAL = {
    "root": _slate(
        "root",
        _slate("heading", "Added", tag="h2"),
        _slate("list", _slate("listitem", "Views have folders (1260001)")),
        _slate("heading", "Test first", tag="h2"),
        _slate("list", _slate("listitem", "Taxes by address (1260002)")),
    )
}
PRISMIC = [
    _prismic("heading3", "Added"),
    _prismic("list-item", "Views have folders (1260001)"),
    _prismic("heading3", "Test first"),
    _prismic("o-list-item", "Taxes by address (1260002)"),
]
DRAFT = [
    _draft("header-two", "Added"),
    _draft("unordered-list-item", "Views have folders (1260001)"),
    _draft("header-two", "Test first"),
    _draft("ordered-list-item", "Taxes by address (1260002)"),
]
EDITOR_JS = [
    {"id": "a", "type": "header", "data": {"text": "Added", "level": 2}},
    {"id": "b", "type": "list", "data": {"style": "unordered", "items": ["Views have folders (1260001)"]}},
    {"id": "c", "type": "header", "data": {"text": "Test first", "level": 2}},
    {"id": "d", "type": "list", "data": {"style": "ordered", "items": ["Taxes by address (1260002)"]}},
]


@pytest.mark.parametrize(
    "value",
    [
        {"items": [{"sys": {"id": "4xT"}, "fields": {"title": "HaloPSA v2.298", "body": CONTENTFUL}}], "total": 1},
        {"result": [{"_id": "p1", "_type": "post", "title": "What's new in Halo v2.298", "body": SANITY}]},
        {"data": [{"id": 7, "attributes": {"title": "HaloPSA v2.298", "content": STRAPI}}], "meta": {}},
        {"docs": [{"title": "HaloPSA v2.298", "content": LEXICAL}]},
        {"results": [{"uid": "a", "data": {"title": [_prismic("heading1", "Halo v2.298")], "text": PRISMIC}}]},
        {
            "title": "HaloPSA v2.298",
            "slices": [
                {"slice_type": "text", "primary": {"rich_text": PRISMIC[:2]}},
                {"slice_type": "text", "primary": {"rich_text": PRISMIC[2:]}},
            ],
        },
        {"title": "HaloPSA v2.298", "content": {"blocks": DRAFT, "entityMap": {}}},
        {"title": "HaloPSA v2.298", "body": {"time": 1, "blocks": EDITOR_JS, "version": "2.30.7"}},
    ],
    ids=["contentful", "sanity", "strapi", "lexical", "prismic", "slices", "draft", "editor.js"],
)
def test_the_blocks_of_an_article_are_read_as_a_page(value: Any) -> None:
    """Its headings and lists count as those of a page do, wherever the article's title stands."""
    assert _read(value) == EXPECTED


def test_a_release_of_blocks_beside_another_keeps_its_version() -> None:
    """An article's blocks are its own: those of the next one are read with that one's title."""
    value = [
        {"title": "HaloPSA v2.298", "body": SANITY},
        {"title": "HaloPSA v2.299", "body": [_sanity("Stock by scan (1260003)", listItem="bullet")]},
    ]
    assert [fact[:3] for fact in _read(value)][-1] == ("1260003", "Stock by scan", "v2.299")


def test_the_blocks_of_a_change_are_its_summary() -> None:
    """A record with a number of its own is that change, and a version above it may be called as people please."""
    value = {
        "attributes": {
            "Title": "Halo release",
            "Version": "v2.301",
            "changes": [
                {"Name": "Roles can be copied", "HaloNumber": "1260004", "Body": [_slate("paragraph", "To ", "many.")]},
                {"Name": "Sessions", "HaloNumber": "1260005", "Body": [_slate("paragraph", "Known issue: slow.")]},
            ],
        }
    }
    document = read_document(json.dumps(value).encode(), "answer.json", "answer.json")
    assert [(record.summary, record.caution, str(record.version)) for record in document.records] == [
        ("To many.", None, "v2.301"),
        ("Known issue: slow.", "slow.", "v2.301"),
    ]


@pytest.mark.parametrize(
    "value",
    [
        [],
        [{"type": "Feature", "title": "Views", "number": 1260001}],
        [{"type": "list", "name": "Added"}],
        [{"type": "paragraph", "text": "A"}, {"type": "Fix", "text": "B"}],
        {"type": "doc", "content": "plain"},
        {"title": "a", "content": [{"title": "b"}]},
    ],
)
def test_records_are_no_formatted_text(value: Any) -> None:
    """Lists of changes, and objects without nodes, stay what they are."""
    assert not is_rich_text(value)
    assert rich_text_as_html(value) == ""


def test_marks_and_breaks() -> None:
    """What is struck out stays so, signs are escaped, and a break ends a line."""
    value = [_slate("paragraph", {"text": "1 < 2", "strikethrough": True}, {"type": "break"}, "next")]
    assert rich_text_as_html(value) == "<p><s>1 &lt; 2</s><br>next</p>"
    assert rich_text_as_lines(value) == "1 < 2\nnext"


NAMES = [
    "nodeType", "_type", "type", "content", "children", "text", "value", "marks", "style", "listItem", "level", "tag",
    "root", "data", "attrs", "uri", "href", "items", "spans", "rich_text", "title", "blocks",
]  # fmt: skip
LEAVES = st.sampled_from(["block", "paragraph", "list-item", "doc", "root", "text", "h2", "bold", "", 5, True, None])
VALUES = st.recursive(
    LEAVES,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inside, max_size=5),
    max_leaves=20,
)


@pytest.mark.parametrize("marks", [5, True, "bold", {"type": "bold"}, [5, None, {"type": 5}]])
def test_marks_of_another_kind(marks: Any) -> None:
    """Marks that are no list of names say nothing, and the text stays."""
    assert rich_text_as_lines([_slate("paragraph", {"text": "Views", "marks": marks})]) == "Views"


@given(VALUES)
def test_any_value(value: Any) -> None:
    """Whatever stands under the names of nodes, nothing is raised, and what is no formatted text has no HTML."""
    assert is_rich_text(value) or rich_text_as_html(value) == ""
    assert isinstance(rich_text_as_lines(value), str)
    assert isinstance(collect_rich_texts(value), str)
