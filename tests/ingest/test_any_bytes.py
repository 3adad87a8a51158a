"""Whatever bytes a reader is given, it returns whole records and problems, or raises SourceError."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.ingest.models import DocumentBuilder, ParsedDocument
from bot.ingest.readers.feed import read_feed_items
from bot.ingest.readers.halo_api.reader import add_notes
from bot.ingest.readers.page import read_page
from bot.ingest.readers.post.row import parse_data_line, parse_row
from bot.ingest.readers.registry import detect_format, read_document
from bot.ingest.readers.table.json_records import sheets_from_json
from bot.ingest.readers.table.reader import read_table
from bot.ingest.readers.text import decode, split_text_lines
from tests.ingest.conftest import or_a_sentence
from tests.ingest.unseen import CLASSIC, CSV, DOCUMENTS, SITE

PIECES = st.sampled_from([
    "Title", " | ", "v2.218", "#1101201", "4:40", "\n", "• ", "(998146)",
    "Episode 22 of By the [run]Book covers v2.218 and much more besides, friends.",
    "Full Feature List",
    "Important Mentions", "Watch Now", "9 min read", "<p>", "</p>", "<li>", "\t", ";", '"', "\0", "\u202e", "”", "#",
    "2.", "{", "[", "Adds a thing.",
])  # fmt: skip
NOISE = st.binary(max_size=400) | st.lists(PIECES, max_size=30).map(
    lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
)
NAMES = st.sampled_from(["id", "title", "version", "mentions", "notes", "note", "important", "name", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


def assert_whole(reading: ParsedDocument) -> None:
    """Every record is whole."""
    for record in reading.records:
        assert record.title
        assert record.number is None or record.number.isdigit()


@given(NOISE, st.sampled_from(["", "a.csv", "a.tsv", "a.xlsx", "a.json", "a.jsonl", "a.xml", "a.html", "a.txt"]))
def test_documents(data, name):
    """Any bytes under any name are read, or refused in a sentence."""
    detect_format(data, name)
    with or_a_sentence():
        assert_whole(read_document(data, name or "x", name))


@given(NOISE)
@example(b"<" * 5_000)
@example(b"<div>" * 5_000)
@example(b"| v2.218 #1101201" * 1_000)
@example(b"\xff\xfe<\x00p\x00")
def test_posts(data):
    """Any bytes as a post."""
    assert_whole(read_page(data, "x"))


@given(NOISE, st.sampled_from(["csv", "tsv", "xlsx", "json", "jsonl"]))
def test_tables(data, kind):
    """Any bytes as a table."""
    with or_a_sentence():
        assert_whole(read_table(data, "x", kind))


@given(JSON)
def test_json(value):
    """Any JSON as a table, as lines and as an answer of Halo's API."""
    data = json.dumps(value).encode()
    for kind in ("json", "jsonl"):
        assert_whole(read_table(data, "x", kind))
    sheets_from_json(value)
    builder = DocumentBuilder()
    add_notes(value, builder, 1)
    assert_whole(builder.build("x"))


@given(NOISE)
def test_feeds(data):
    """Any bytes as a feed."""
    with or_a_sentence():
        read_feed_items(data, "x")


@given(st.text(max_size=200))
def test_rows(text):
    """Any line is a row or none, and text stays text."""
    row = parse_row(text)
    assert row is None or row.number.isdigit()
    parse_data_line(text)
    assert all(line.text for line in split_text_lines(text))
    assert isinstance(decode(text.encode("utf-16", "surrogatepass")), str)


@pytest.mark.parametrize("document", [CLASSIC, SITE, CSV], ids=lambda document: document.name)
def test_cut_anywhere(document):
    """A document cut off at any character gives only numbers, versions and minutes that stand in it."""
    facts = {(fact.number, fact.version) for fact in document.facts}
    minutes = {fact.at for fact in document.facts}
    for end in range(0, len(document.text), 7):
        for record in read_document(document.text[:end].encode(), document.name).records:
            if record.number and record.version:
                assert (record.number, record.version.number) in facts, document.text[:end][-80:]
                at = record.mention.at if record.mention else None
                assert at is None or any(minute and minute.startswith(at) for minute in minutes)


def test_time_stays_in_proportion():
    """Ten times the text takes about ten times as long: no pattern runs away."""
    import time

    def measured(copies: int) -> float:
        data = "\n".join(document.text for document in DOCUMENTS if document.name.endswith(".txt")).encode() * copies
        started = time.thread_time()
        read_page(data, "x")
        return time.thread_time() - started

    measured(1)
    assert measured(20) < 40 * max(measured(2), 0.01)
    long_line = ("Adds " + "a, " * 6_000 + "| v2.218 #1101201 | 4:40").encode()
    started = time.thread_time()
    read_page(b"Episode 22 of By the [run]Book covers HaloPSA v2.218.\n" + long_line, "x")
    assert time.thread_time() - started < 2
