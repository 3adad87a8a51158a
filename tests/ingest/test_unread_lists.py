"""Items of a list of changes that have no number are never left out in silence; other lists make no noise."""

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document

CHANGES = "- Boards have owners\n- Softer colours in dark mode\n"
ROWS = "- Quotes can be copied (#1200001)\n- Tickets can be merged (#1200002)\n"


def read(text: str, name: str = "notes.md") -> ParsedDocument:
    """What a document of that name says."""
    return read_document(text.encode(), name, name)


def told(document: ParsedDocument) -> list[tuple[int, str, str]]:
    """The line, the text and the first words of each list that was not read."""
    return [
        (problem.line_number, problem.text, problem.reason.split(" name")[0])
        for problem in document.problems
        if "list item" in problem.reason
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Unreleased", "[Unreleased]", "Coming soon", "Next release", "In the pipeline", "Roadmap", "On the horizon",
        "What's new", "What’s new in HaloPSA", "What's changed", "New features", "New features & improvements",
        "Added", "Fixed", "Bug fixes", "🚀 Features", "Changes in June 2026", "HaloPSA updates", "v2.270",
        "HaloPSA v2.270 release notes", "[2.270.1] - 2026-09-01", "Full feature list",
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", f"# Changelog\n\n## v2.268\n\n{ROWS}\n"])
def test_a_list_below_a_heading_of_changes(heading: str, before: str) -> None:
    """A list without numbers below a heading of changes is one problem, with its first line and what to do."""
    document = read(f"{before}## {heading}\n\n{CHANGES}")
    assert len(document.records) == before.count("#12")
    (problem,) = document.problems
    assert (problem.line_number, problem.text) == (before.count("\n") + 3, "Boards have owners")
    assert problem.reason.startswith("2 list items below “")
    assert "neither a number nor a version" in problem.reason
    assert "import them as a table" in problem.reason


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Coming soon\n• Boards have owners\n• Softer colours in dark mode\n", "a.txt"),
        ("Coming soon:\n* Boards have owners\n* Softer colours in dark mode\n", "a.txt"),
        ("*What's new*\n• Boards have owners\n• Softer colours in dark mode\n", "a.txt"),
        ("h2. Added\n\n* Boards have owners\n* Softer colours in dark mode\n", "a.wiki"),
        ("<html><body><h2>Added</h2><ul><li>Boards have owners</li><li>Softer colours in dark mode</li></ul>"
         "</body></html>", "a.html"),
        ("<html><body><p><b>Coming soon</b></p><ol><li>Boards have owners</li><li>Softer colours in dark mode</li></ol>"
         "</body></html>", "a.html"),
    ],
)  # fmt: skip
def test_other_ways_to_write_it(text: str, name: str) -> None:
    """So it is in plain text, in a wiki and on a page."""
    ((_, first, counted),) = told(read(text, name))
    assert (first, counted[:12]) == ("Boards have owners", "2 list items")


def test_below_areas() -> None:
    """Below a release each area's list is one problem; items among those with a number are counted by themselves."""
    document = read(f"# v2.270\n\n## Boards\n\n{CHANGES}\n## Quotes\n\n{ROWS}- Totals are right\n")
    assert [record.number for record in document.records] == ["1200001", "1200002"]
    assert told(document) == [
        (5, "Boards have owners", "2 list items below “Boards”"),
        (12, "Totals are right", "a list item below “Quotes”"),
    ]


def test_notes_of_other_items() -> None:
    """An item that is not deeper than the changes above it is no note of them, though they have notes."""
    document = read(
        "# v2.270\n\n- Quotes can be copied (#1200001)\n  - With their lines\n- Tickets can be merged (#1200002)\n"
        "  - From the list\n- Boards have owners\n  - One for each board\n"
    )
    assert [record.notes for record in document.records] == [("With their lines",), ("From the list",)]
    assert told(document) == [(7, "Boards have owners", "a list item below “v2.270”")]


@pytest.mark.parametrize("rows", [ROWS, ROWS.replace("- ", "").replace(" (#", " | v2.270 #").replace(")", "")])
@pytest.mark.parametrize("heading", ["In the pipeline", "Boards"])
def test_a_list_below_a_heading_is_no_note_of_the_change_above_it(rows: str, heading: str) -> None:
    """Whatever the heading says, and however the changes above it are written."""
    document = read(f"# v2.270\n\n{rows}\n## {heading}\n\n{CHANGES}")
    assert [(record.summary, record.notes) for record in document.records] == [("", ()), ("", ())]
    assert told(document) == [(8, "Boards have owners", f"2 list items below “{heading}”")]


def test_below_titles() -> None:
    """Where changes are told by headings, a list below a heading of another kind is not left out either."""
    text = "# HaloPSA v2.280\n\n## Quotes can be copied\nAll of them.\n\n## Tickets can be merged\nAll of them.\n\n"
    assert told(read(f"{text}## Unreleased\n\n{CHANGES}")) == [
        (11, "Boards have owners", "2 list items below “Unreleased”")
    ]


def test_what_is_about_mails_and_subscriptions() -> None:
    """An item is not taken for the end of a page for its first word."""
    document = read("# v2.270\n\n- Newsletter templates can be copied\n- Cookie banners are shown once\n")
    assert told(document) == [(3, "Newsletter templates can be copied", "2 list items below “v2.270”")]


def test_an_item_with_a_version_and_no_number() -> None:
    """It is told what is missing."""
    (problem,) = read("# What's new\n\n- Boards have owners (v2.270)\n- Softer colours\n").problems
    assert problem.reason.startswith("2 list items below “What's new” name no number, ")


def test_numbers_of_another_project() -> None:
    """Where no item has a number of Halo's, those with other numbers are told, too."""
    document = read(
        "# What's changed\n\n- Boards have owners by @ann in https://x.example/pull/12\n- Soft colours (#13)\n"
    )
    assert [counted for _, _, counted in told(document)] == ["2 list items below “What's changed”"]


def test_areas_below_a_title() -> None:
    """Below a document's own title each area's list is told, with the items below a number that was not read."""
    document = read(
        f"# What's new in HaloPSA – October\n\n## Quotes\n\n- As asked in #1200001\n{CHANGES}\n## Boards\n\n{CHANGES}"
    )
    assert told(document) == [
        (6, "Boards have owners", "2 list items below “Quotes”"),
        (11, "Boards have owners", "2 list items below “Boards”"),
    ]


def test_another_list_below_the_last_change() -> None:
    """What stands below the last change does not make the items of other lists notes."""
    rows = (
        "- Quotes can be copied (#1200001)\n- Tickets merge (#1200002)\n- Totals are right\n- Lists sort (#1200003)\n"
    )
    document = read(f"# v2.270\n\n{rows}\nWhere to find us:\n- Podcasts of Ann\n- The shop\n")
    assert [record.notes for record in document.records] == [(), (), ()]
    assert told(document) == [(5, "Totals are right", "a list item below “v2.270”")]


def test_what_an_episode_says_is_coming() -> None:
    """Sentences of an episode's list are read as changes of it, in no version yet below "Coming soon"; what is none is
    told.
    """
    post = (
        "By the [run]Book: Episode 22\nRobbie and Connor talk about HaloPSA v2.270.\nFull Feature List\n"
        "Quotes can be copied | v2.270 #1200001 | 4:40\nTickets can be merged | v2.270 #1200002 | 5:40\n"
        "Coming soon\n• Boards can now be sorted\n• Softer colours\n"
    )
    document = read(post, "post.txt")
    assert [(record.title, str(record.version), record.notes) for record in document.records] == [
        ("Quotes can be copied", "v2.270", ()),
        ("Tickets can be merged", "v2.270", ()),
        ("Boards can now be sorted", "None", ()),
    ]
    assert told(document) == [(8, "Softer colours", "a list item below “Coming soon”")]


@pytest.mark.parametrize("heading", ["Added", "New", "🐛 Fixed", "New features", "Added & changed", "Coming soon"])
@pytest.mark.parametrize("release", ["", "# HaloPSA v2.270\n\n"])
@pytest.mark.parametrize(
    "items",
    [
        ("Open tickets by scanning", "Save searches as views", "Select all with one key"),
        ("Darkmode", "Kiosk"),
        ("Boards have owners, " * 30 + "and so on", "Quotes renew"),
    ],
)
def test_what_a_plain_heading_says_of_each_item(heading: str, release: str, items: tuple[str, ...]) -> None:
    """Below “Added” items that begin as steps do, those of one word and long ones are told; of a text its beginning."""
    document = read(f"{release}## {heading}\n\n" + "".join(f"- {item}\n" for item in items))
    ((_, first, counted),) = told(document)
    assert (first, counted.split(" below")[0]) == (items[0][:320], f"{len(items)} list items")


def test_below_how_something_changed() -> None:
    """So is a list below how something changed, in a release."""
    assert told(read("# HaloPSA v2.270\n\n## How quotes changed\n\n- They have owners\n- They can be copied\n")) == [
        (5, "They have owners", "2 list items below “How quotes changed”")
    ]


OTHERS = (
    "## Steps\n\n1. Open the configuration\n2. Click on tickets\n3. Save all of it\n",
    "## Upgrade\n\n1. The database is copied\n2. The service is stopped\n",
    "## How to install\n\n- Back up the database\n- Run the installer\n",
    "## Contributors\n\n- Ann Lee\n- Bob Smith\n",
    "## Thanks to\n\n- Ann Lee\n- Bob Smith\n",
    "## Links\n\n- Our page of docs\n- [The forum](https://x.example/)\n",
    "## Read more\n\n- [Our story](https://x.example/)\n- https://x.example/stories\n",
    "## Notes\n\n- Please restart the agent\n- The key has to be renewed\n",
    "## Upcoming webinars\n\n- All about billing\n- Ask us anything\n",
    "## Known issues\n\n- Mails are sent twice\n- Lists are slow\n",
    "## Known bugs\n\n- Mails are sent twice\n- Lists are slow\n",
    "## Our services\n\n- Help with a move\n- Courses for all\n",
    "## Dependencies\n\n- Bump requests to 3.0\n- Python is 3.14 now\n",
    "## Changed\n\n- Bump requests from 2.9 to 3.0\n",
    "## Removed\n\n- Nothing yet\n- None\n- n/a\n",
    "## Features\n\n- [Billing](/billing)\n- [Ticketing](/tickets)\n",
    "## New\n\n- [Read our story](/story)\n- [Watch the video](/video)\n",
    "## Added\n\n- Tickets\n  - https://x.example\n",
    "## What's new\n\n- Tickets\n- Boards\n",
    "## What's new\n\n1. Open the configuration\n2. Click on tickets\n3. Save all of it\n",
    "## Prerequisites\n\n- A copy of the database\n- An hour of time\n",
    "## Agenda for Monday\n\n- Coffee with Ann\n- Budget of the year\n",
    "## Added\n\n- ann@x.example\n- @ann and others\n- https://x.example\n- Questions?\n- Next:\n",
    "## v2.270\n\n- See you next month\n- Thanks for reading\n",
    "## v2.270\n\n- Tickets\n- Boards\n",
)


@pytest.mark.parametrize("others", OTHERS)
@pytest.mark.parametrize("before", ["", f"# HaloPSA v2.268\n\n{ROWS}\n"])
def test_lists_of_something_else(others: str, before: str) -> None:
    """Steps, people, links, thanks and names of areas are no changes, by themselves or below changes."""
    document = read(before + others)
    assert (len(document.records), document.problems) == (before.count("#12"), ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"# Five mistakes with HaloPSA\n\nMany make them.\n\n{CHANGES}", "a.md"),
        (f"# How we moved to HaloPSA v2.214 in a weekend\n\nWe had help from:\n\n{CHANGES}", "a.md"),
        ("# Our year\n\n- It was cold\n- Ann has moved to Oslo\n- We can now swim\n", "a.md"),
        ("# Services\n\n## Features of a good partner\n\n- It listens\n- It is nice\n", "a.md"),
        ("<html><body><div><ul><li><a href='/'>Home page</a></li><li><a href='/p'>Our prices</a></li></ul></div>"
         "<h1>HaloPSA v2.270</h1><ul><li>Quotes can be copied (#1200001)</li><li>Tickets merge (#1200002)</li></ul>"
         "<div><ul><li><a href='/t'>Terms of service</a></li><li><a href='/c'>Customer stories</a></li></ul></div>"
         "</body></html>", "a.html"),
        (f"# v2.270\n\n{ROWS}\n* * *\n\n- [Terms of service](https://x.example/)\n- [Our team](/team)\n", "a.md"),
        (f"# v2.270\n\n{ROWS}- Mend the build by @ann in https://x.example/pull/12\n- Mend the tests (#13)\n", "a.md"),
        ("# v2.270\n\n- Sales\n  - Quotes can be copied (#1200001)\n- Service desk\n  - Tickets merge (#1200002)\n",
         "a.md"),
    ],
)  # fmt: skip
def test_pages_about_something_else(text: str, name: str) -> None:
    """An article, the menus around a list of changes and the areas that its items stand below make no noise."""
    assert read(text, name).problems == ()
