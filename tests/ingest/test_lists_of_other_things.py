"""Lists that stand beside a release in a document about other things make no noise; lists without bullets are told."""

import pytest

from bot.ingest.readers.registry import read_document

ROWS = "- Quotes can be copied (#1200001)\n- Tickets can be merged (#1200002)\n"
NEWSLETTER = "# Our news of May\n\n## HaloPSA v2.270\n\n" + ROWS + "\n{}"
LINES = "Boards can have owners\nSofter colours in dark mode\n"


def told(text: str, name: str = "notes.md") -> list[tuple[int, str]]:
    """The line of each problem, and the first words of what it says."""
    problems = read_document(text.encode(), name, name).problems
    return [(problem.line_number, problem.reason.split(" name")[0]) for problem in problems]


@pytest.mark.parametrize(
    "beside",
    [
        "## Birthdays in May\n\n- Ann – 3 May\n- Bob – 17 May\n",
        "## Our office\n\n- The kettle has been replaced\n- New rules for parking\n",
        "## Recipe of the month\n\n1. Chop the onions\n2. Fry them in butter\n",
        "# Who does what\n\n- Ann: tests the boards\n- Bob: swaps a shift\n",
    ],
)
def test_beside_the_heading_of_a_release(beside: str) -> None:
    """What stands beside a release's heading, not below it, is no list of its changes."""
    assert told(NEWSLETTER.format(beside)) == []


def test_what_is_below_the_heading_of_a_release() -> None:
    """A deeper heading is below it, a heading of changes says so itself, and so do changes with a number around it."""
    assert told(NEWSLETTER.format("### Boards\n\n- Boards have owners\n- Softer colours\n")) == [
        (10, "2 list items below “Boards”")
    ]
    assert told(NEWSLETTER.format("## Coming soon\n\n- Boards have owners\n- Softer colours\n")) == [
        (10, "2 list items below “Coming soon”")
    ]
    assert told(
        NEWSLETTER.format("## Boards\n\n- Boards have owners (#1200003)\n- Softer colours\n- Grids (#1200004)")
    ) == [(11, "a list item below “Boards”")]


def test_below_the_title_of_a_release() -> None:
    """A document whose title is a release's is about it to the end, whatever level its headings have."""
    text = f"## HaloPSA v2.270\n\n{ROWS}\n## Boards\n\n- Boards have owners\n- Softer colours\n"
    assert told(text) == [(8, "2 list items below “Boards”")]


@pytest.mark.parametrize(
    "heading",
    [
        "Actions", "Action points", "AOB", "To do", "Attendees", "Apologies", "Pros", "Cons", "Mitigations",
        "Guides", "Contacts", "Statistics", "Training dates", "Not in this release",
        "System requirements", "Release schedule", "Affected versions", "Links mentioned", "Beta partners",
        "Our early testers",
    ],
)  # fmt: skip
def test_headings_of_other_things(heading: str) -> None:
    """Minutes, advisories and evaluations of a release have lists that are none of its changes."""
    assert told(f"# HaloPSA v2.270\n\n{ROWS}\n## {heading}\n\n- Blue Harbour for the desk\n- Ann for the rest\n") == []


def test_a_version_on_an_agenda() -> None:
    """An item that is a version's name does not turn the items below it into changes."""
    assert told(f"# Weekly\n\n## Agenda\n- Last week\n- Halo v2.270\n- The rota\n\n## Halo v2.270\n{ROWS}") == []


def test_features_of_a_program() -> None:
    """A page that says how something is installed and used lists what it does, not what is new in Halo."""
    text = "# kit\n\n## Features\n- Exports each report\n- Retries by itself\n\n{}\n"
    assert told(text.format("## Install\nIt is easy.\n\n## License\nMIT")) == []
    assert told(text.format("")) == [(4, "2 list items below “Features”")]


def test_items_that_are_struck_out() -> None:
    """An item without a number that is struck out is refused in a list of changes, and no matter in another."""
    items = "- ~~Boards have owners~~\n- Softer colours\n"
    assert told(f"# v2.270\n\n## Added\n\n{items}")[0] == (
        5, "it is struck out, so it counts as withdrawn; take the strokes away to import it",
    )  # fmt: skip
    assert told(f"# v2.270\n\n## Added\n\n{items}")[1:] == [(6, "a list item below “Added”")]
    assert told(NEWSLETTER.format(f"## Our week\n\n{items}")) == []


@pytest.mark.parametrize(
    "heading",
    ["Honourable mentions:",
     "In the next release we plan to ship:", "Planned for the next release:", "Under consideration:", "Still to come:",
     "In this release:"],
)  # fmt: skip
def test_plans(heading: str) -> None:
    """A list of what is planned is told, however the sentence above it goes."""
    text = f"HaloPSA v2.270\n\n{ROWS}\n{heading}\n- Boards have owners\n- Softer colours\n"
    assert told(text, "notes.txt") == [(7, f"2 list items below “{heading[:-1]}”")]


@pytest.mark.parametrize("heading", ["Coming soon", "New in 2.270", "Bugs squashed in 2.270", "What’s new"])
@pytest.mark.parametrize("before", ["", f"HaloPSA v2.268\n\n{ROWS}\n", f"HaloPSA v2.268\n\n{ROWS.replace('- ', '')}\n"])
def test_lines_without_bullets(heading: str, before: str) -> None:
    """Lines as titles are, below a heading of changes, are a list without bullets."""
    text = f"{before}{heading}\n\n{LINES}\nThe team\n"
    assert told(text, "notes.txt") == [(before.count("\n") + 3, f"2 lines below “{heading}”")]


@pytest.mark.parametrize(
    "text",
    [
        "Coming soon\nWe work on boards that have\nOwners and colours in all of the\nlists of all agents.\n",
        "Coming soon\n\nBoards will have owners.\n\nColours will be softer.\n",
        "Updates\nPrices\nAbout us\nContact\n",
        "Name: halo-kit\nVersion: 2.270\nSummary: Exports for all reports\nLicense: MIT or another one\n",
        "<html><body><p>Updates</p><p><a href='/a'>Why we moved house</a></p><p><a href='/b'>How we hire people</a></p>"
        "</body></html>",
    ],
)
def test_lines_that_are_no_list(text: str) -> None:
    """Sentences, menus, labelled lines and links to stories are none."""
    assert told(text, "notes.txt") == []
