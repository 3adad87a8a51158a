"""Posts in layouts made by chance: precision and recall on numbers, versions, minutes and highlights."""

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document
from tests.ingest.layouts import TITLES, Post, make_post

POSTS = 150
LEAST = 0.99


@pytest.fixture(scope="module")
def posts() -> list[tuple[Post, ParsedDocument]]:
    """Posts of every layout, read."""
    made = [make_post(seed) for seed in range(POSTS)]
    return [(post, read_document(post.text.encode(), post.name)) for post in made]


def facts_read(post: Post, reading: ParsedDocument) -> set[tuple[str, str | None, str | None, bool]]:
    """What the reader makes of a post: a change that is told twice counts once, highlighted when either is."""
    found: dict[str, tuple[str | None, str | None, bool]] = {}
    for record in reading.records:
        key = record.number or record.title
        _, at, lit = found.get(key, (None, None, False))
        minute = record.mention.at if record.mention and record.mention.episode == post.episode else None
        found[key] = (record.version.number if record.version else None, minute or at, lit or record.highlighted)
    return {(key, *rest) for key, rest in found.items()}


def test_precision_and_recall(posts):
    """Of what is read at least 0.99 is right, and of what is there at least 0.99 is read, over posts of every
    layout.
    """
    read = [(post, facts_read(post, reading)) for post, reading in posts]
    right = sum(len(found & post.facts) for post, found in read)
    assert right / sum(len(found) for _, found in read) >= LEAST
    assert right / sum(len(post.facts) for post, _ in read) >= LEAST


def test_titles_are_whole(posts):
    """A title is neither cut where it holds a time or a version, nor has it anything of its row's data left in it."""
    for post, reading in posts:
        titles = {record.title.rstrip(".") for record in reading.records if record.number}
        assert titles <= set(TITLES), post.text
