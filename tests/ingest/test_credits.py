"""Who made a change is no part of its title, wherever release notes put the names."""

import pytest

from bot.ingest.readers.registry import read_document

NOTES = "# v2.270\n\n- {}\n- Stock counts can be frozen (#1210002)\n"


def read_first(line: str) -> tuple[str | None, str]:
    """The number and title of a list's first change."""
    record = read_document(NOTES.format(line).encode(), "notes.md", "notes.md").records[0]
    return record.number, record.title


@pytest.mark.parametrize(
    "credit",
    [
        "@ann (#1210001)",
        "@ann #1210001",
        "@ann ([#1210001](https://x.example/pull/1210001))",
        "[@ann](https://x.example/ann) (#1210001)",
        "@ann-lee, @dependabot[bot] and @bob (#1210001)",
        "@ann @bob (#1210001)",
        "(@ann) (#1210001)",
        "– @ann (#1210001)",
        "by @ann (#1210001)",
        "thanks to @ann (#1210001)",
        "(#1210001) @ann",
    ],
)
def test_names_around_the_number(credit: str):
    """A person's sign before the number or behind it goes, alone or with others."""
    assert read_first(f"Rates have a date {credit}") == ("1210001", "Rates have a date")


def test_names_behind_the_title_of_a_number_that_comes_first():
    """A name in brackets at a title's end goes, too."""
    assert read_first("[#1210001] Rates have a date (@ann)") == ("1210001", "Rates have a date")


@pytest.mark.parametrize(
    "title",
    [
        "Notify agents by @mention",
        "Notify a whole team with @support",
        "Notify @mentions",
        "Everybody hears of @everyone",
        "Rates @ann sets have a date",
        "Comments show names (@mentions)",
        "Comments begin with an @handle",
    ],
)
def test_a_sign_that_belongs_to_the_title(title: str):
    """A title that speaks of signs keeps them."""
    assert read_first(f"{title} (#1210001)") == ("1210001", title)


@pytest.mark.parametrize(
    "credit",
    [
        "(reported by @ann) (#1210001)",
        ", thanks to @ann #1210001",
        "[@ann] (#1210001)",
        "– thanks to Ann Lee (#1210001)",
        ", thanks to Ann Lee and Bob Dyk (#1210001)",
        "(thanks to Ann Lee, Zoë O’Neil) (#1210001)",
        ", reported by Coastal IT #1210001",
        "– requested by Acme Ltd (#1210001)",
        "(suggested by Ann Lee) #1210001",
    ],
)
def test_names_behind_what_says_so(credit: str):
    """Behind “thanks to” or “reported by” names go, with a sign or without; of a company, too."""
    joined = "" if credit[0] == "," else " "
    assert read_first(f"Rates have a date{joined}{credit}") == ("1210001", "Rates have a date")
    words = credit.replace("(#1210001)", "").replace("#1210001", "").rstrip()
    assert read_first(f"#1210001 Rates have a date{joined}{words}") == ("1210001", "Rates have a date")


@pytest.mark.parametrize(
    "title",
    [
        "Search is fast thanks to Elastic Search",
        "Time off – requested by Team Leads",
        "Tickets, reported by End Users",
        "Tickets (raised by Client Contacts)",
        "Reports (by Client Site)",
        "Costs, requested by Acme Ltd or others",
        "Azure AD group sync - Nested Groups",
        "Mails (reported by agents)",
    ],
)
def test_names_that_belong_to_the_title(title: str):
    """Who plays a part in what changed, and what is called with capital letters, stays."""
    assert read_first(f"{title} (#1210001)") == ("1210001", title)
    assert read_first(f"#1210001 {title}") == ("1210001", title)
