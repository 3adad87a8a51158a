"""Texts that begin with a bracket are read as texts; broken JSON is refused with its place."""

import time

import pytest

from bot.errors import SourceError
from bot.ingest.readers.json_start import begins_as_json
from bot.ingest.readers.registry import detect_format, read_document

CHANGES = "* #1200001 Quotes can be copied\n* #1200002 Tickets can be merged\n"


@pytest.mark.parametrize(
    "start",
    [
        "[Release] HaloPSA v2.270 – what is new\n\n",
        "[[1200003]](https://example.com/1200003) Boards have owners | v2.270\n",
        "[#1200003](https://example.com/1200003) Boards have owners | v2.270\n",
        "[1200003] Boards have owners | v2.270\n",
        "[1200003] [Boards] Boards have owners | v2.270\n",
        '["Owner" of a board] is a field, v2.270\n',
        "[true] is what it says now, v2.270\n",
        "[ ] to be tested, v2.270\n",
        "{% include head %}\n\nHaloPSA v2.270\n\n",
        "{panel:title=HaloPSA v2.270}\n",
        "{{ page.title }}\n\nHaloPSA v2.270\n\n",
        "[2.270] - 2026-09-01\n\n",
        '["a quote that nobody closes, v2.270\n',
    ],
)
@pytest.mark.parametrize("name", ["post.txt", "post.md", "post"])
def test_a_text_that_begins_with_a_bracket(start: str, name: str):
    """It is no JSON, whether its name says what it is or not: its changes are read."""
    numbers = {record.number for record in read_document((start + CHANGES).encode(), name, name).records}
    assert {"1200001", "1200002"} <= numbers


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.json", "[Release] HaloPSA v2.270", "char 1"),
        ("a.json", "[1200001] Boards have owners", "char 10"),
        ("a.txt", '[{"number": "1200001", "title": "Boards"} {"number": 1}]', "char 42"),
        ("a.md", '{"number" "1200001"}', "char 10"),
        ("a", '{"changes": [{"number": 1200001, "title": "Boards have owners"', "char 62"),
        ("a.txt", "{'number': 1200001}", "char 1"),
        ("a", '["number", "title", "version", "summary", "episode" "minute"]', "char 52"),
    ],
)
def test_broken_json_is_refused(name: str, text: str, place: str):
    """A file that is called JSON, and one that has begun as JSON, is refused with the place where it breaks."""
    with pytest.raises(SourceError, match="broken JSON") as refused:
        read_document(text.encode(), name, name)
    assert place in str(refused.value)


@pytest.mark.parametrize(
    "text", ['[{"id": 1}]', '{"a": []}', "[]", "{}", '[["number", "title"], ["1200001", "Boards"]]', "[1, 2]"]
)
def test_json_is_json_whatever_it_is_called(text: str):
    """JSON in a text file is read as JSON."""
    assert detect_format(text.encode(), "a.txt") == "json"


def test_many_brackets_take_no_time():
    """What is deep, long or has no end is looked at only at its beginning."""
    began = time.perf_counter()
    for text in ("[" * 1_000_000, "[1] " * 250_000, '["' * 500_000, "[{" * 500_000):
        begins_as_json(text)
    assert time.perf_counter() - began < 0.5
