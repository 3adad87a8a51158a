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
    ],
)
def test_names_on_every_line(credit: str):
    """Where the titles of a document end in people's signs, these go; a title without one stays as it is."""
    notes = (
        f"# v2.270\n\n- Rates have a date {credit}\n- Stock counts can be frozen @bob (#1210002)\n"
        "- Boards have owners (#1210003)\n- Chats notify @engineers (#1210004)\n"
    )
    records = read_document(notes.encode(), "notes.md", "notes.md").records
    assert [(record.number, record.title) for record in records] == [
        ("1210001", "Rates have a date"),
        ("1210002", "Stock counts can be frozen"),
        ("1210003", "Boards have owners"),
        ("1210004", "Chats notify @engineers"),
    ]


def test_a_release_about_signs():
    """Several titles that speak of signs keep them, even where all of a document do."""
    titles = ["Private notes allow @tagging", "Slack posts ping @oncall", "Reply by writing @halo", "Notify @support"]
    notes = "".join(f"- {title} (#121000{at})\n" for at, title in enumerate(titles, 1))
    records = read_document(f"# v2.270\n\n{notes}".encode(), "notes.md", "notes.md").records
    assert [record.title for record in records] == titles


def test_names_where_numbers_come_first():
    """So it is where each line begins with its number."""
    notes = "# v2.270\n\n- [#1210001] Rates have a date (@ann)\n- [#1210002] Stock counts can be frozen (@bob)\n"
    records = read_document(notes.encode(), "notes.md", "notes.md").records
    assert [record.title for record in records] == ["Rates have a date", "Stock counts can be frozen"]


@pytest.mark.parametrize(
    "credit", ["by @ann (#1210001)", "thanks to @ann (#1210001)", "(by @ann) (#1210001)", "(#1210001) @ann"]
)
def test_one_name(credit: str):
    """A single name goes where "by" or "thanks" says that it is one, or it stands behind the number."""
    assert read_first(f"Rates have a date {credit}") == ("1210001", "Rates have a date")


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
        "Private notes allow @tagging",
        "Chat now has @-replies",
        "Teams chats notify @engineers and @managers",
        "Slack posts ping @oncall",
        "Reply by writing @halo",
        "Quotes renew @ann",
        "Posts reach those on call (@oncall)",
        "Posts have a new sign – @oncall",
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


@pytest.mark.parametrize(
    "people",
    [
        "## Contributors\n\n- Ann Lee\n- Bob Smith (Acme)\n",
        "## New contributors 🎉\n\n- Ann Lee, first change\n",
        "Thanks to Ann Lee, Bob Smith and Zoë O’Neil.\n",
        "**Testers:** Ann Lee & Bob Smith\n",
    ],
)
@pytest.mark.parametrize("credit", ["(Ann Lee)", "– Ann Lee", "[Ann Lee]", "(Carl Ulm, Ann Lee)", "(by Ann Lee)"])
def test_names_of_people_whom_the_document_lists(people: str, credit: str):
    """Names at a title's end leave it where the document says that one of them is a person's."""
    notes = f"# v2.270\n\n- #1210001 Rates have a date {credit}\n- #1210002 Login (Azure AD)\n\n{people}"
    records = read_document(notes.encode(), "notes.md", "notes.md").records
    assert [record.title for record in records] == ["Rates have a date", "Login (Azure AD)"]


def test_names_of_people_whom_nothing_lists():
    """Without such a list words with capital letters stay, and so do those in a title's midst."""
    assert read_first("#1210001 Rates have a date (Ann Lee)") == ("1210001", "Rates have a date (Ann Lee)")
    notes = "# v2.270\n\n- #1210001 Ann Lee – rates\n- #1210002 Rates\n\n## Contributors\n\n- Ann Lee\n"
    records = read_document(notes.encode(), "notes.md", "notes.md").records
    assert [record.title for record in records] == ["Ann Lee – rates", "Rates"]


@pytest.mark.parametrize(
    "line",
    [
        "{} — 1081001 Ann Lee",
        "{} – #1081001 (Ann Lee)",
        "{} - 1081001, Ann Lee and Bob Smith",
        "{} | 1081001 by Ann Lee",
    ],
)
def test_a_person_behind_the_number_is_left_out(line: str) -> None:
    """“Title — number Name” is a change, and the name is no part of it."""
    other = line.replace("1081001", "1081002").format("Lists")
    text = f"HaloPSA v2.270\n\n- {line.format('Boards have owners')}\n- {other}\n"
    document = read_document(text.encode(), "a.txt", "a.txt")
    assert [(record.number, record.title, record.summary) for record in document.records] == [
        ("1081001", "Boards have owners", ""),
        ("1081002", "Lists", ""),
    ]
    assert not document.problems


def test_what_may_be_no_person_is_told_or_kept() -> None:
    """A part of Halo, words in lower case and one word alone are no person's name; nothing of them is lost."""
    for rest in ("Client Portal", "new colours", "Ann"):
        text = f"HaloPSA v2.270\n\n- Boards have owners — 1081001 {rest}\n- Lists (#1081002)\n"
        document = read_document(text.encode(), "a.txt", "a.txt")
        said = [problem.text for problem in document.problems] + [record.summary for record in document.records]
        assert any(rest in text for text in said)
