"""Documents as publishers write them: every change is read as it stands there, or refused by its place."""

import pytest

from bot.ingest.readers.registry import read_document
from tests.ingest.accuracy import LEAST, read_changes, score, totals
from tests.ingest.habits import HABITS
from tests.ingest.habits_more import MORE_HABITS
from tests.ingest.habits_of_layout import HABITS_OF_LAYOUT
from tests.ingest.habits_of_marks import HABITS_OF_MARKS
from tests.ingest.publications import PUBLICATIONS
from tests.ingest.publications_as_data import PUBLICATIONS_AS_DATA
from tests.ingest.publications_more import MORE_PUBLICATIONS
from tests.ingest.publications_of_tools import PUBLICATIONS_OF_TOOLS
from tests.ingest.publications_of_tools_more import MORE_PUBLICATIONS_OF_TOOLS
from tests.ingest.publishers import PUBLISHED
from tests.ingest.tables import Change, Table


@pytest.mark.parametrize(
    "document",
    [
        *PUBLISHED,
        *HABITS,
        *MORE_HABITS,
        *HABITS_OF_MARKS,
        *HABITS_OF_LAYOUT,
        *PUBLICATIONS,
        *MORE_PUBLICATIONS,
        *PUBLICATIONS_AS_DATA,
        *PUBLICATIONS_OF_TOOLS,
        *MORE_PUBLICATIONS_OF_TOOLS,
    ],
    ids=lambda document: document.name,
)
def test_every_change_is_read_as_it_stands_there(document: Table) -> None:
    """Number, version, minute, highlight, caution and title of every change, and no other change."""
    assert sorted(read_changes(document), key=str) == sorted(document.changes, key=str)


def test_the_scores_can_fail() -> None:
    """What is missing costs recall, what is too much or wrong costs precision, field by field."""
    one, other = Change("1300001", title="Quotes can be signed"), Change("1300002", at="4:40", title="Rotas")
    sums = totals([("x", score([one, other], [one._replace(version="2.271"), Change("1300003", title="Stock")]))])
    assert (sums["numbers"].precision, sums["numbers"].recall) == (0.5, 0.5)
    assert (sums["versions"].precision, sums["minutes"].recall) == (0.0, 0.0)
    assert (sums["titles"].recall, sums["cautions"].precision) == (0.5, 1.0)
    assert set(sums) == set(LEAST)


@pytest.mark.parametrize("mark", ["<p><b>{}</b></p>", "<p><strong>{}</strong></p>", "<h3>{}</h3>"])
def test_a_newsletter_that_names_no_episode(mark: str) -> None:
    """Its changes have neither a number nor a place in an episode: each title is refused by its line."""
    titles = ("Quotes can be signed on a phone", "Stock counts can be frozen during an audit")
    told = "".join(f"{mark.format(title)}<p>It helps.</p>" for title in titles)
    document = read_document(f"<html><body><h1>HaloPSA v2.280</h1>{told}</body></html>".encode(), "news.html")
    assert document.records == ()
    assert [(problem.line_number, problem.text) for problem in document.problems] == [(2, titles[0]), (4, titles[1])]
    assert "no episode is named" in document.problems[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "HaloPSA v2.280\n\nWe talked about what Ann raised in ticket (1300001), see (1300002).\n",
        "HaloPSA v2.280\n\nIt works the same as #1300001 does.\nThat was asked for by #1300002 and others.\n",
        "HaloPSA v2.280\n\n1300001 people came, and 1300002 more watched.\n",
        "# Our year\n\n## What we think of partners\n\nThey can be nice.\n\n## How the office moved\n\nIt was cold.\n",
    ],
)  # fmt: skip
def test_what_is_no_change(text: str) -> None:
    """A sentence with a number in it, a count and the headings of a story are not taken for changes."""
    assert read_document(text.encode(), "story.txt", "story.txt").records == ()
