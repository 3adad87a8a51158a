"""A second number in a row or a line is never left out without a word."""

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document

LIST = "# HaloPSA v2.270\n\n- {}\n- Tickets can be merged (#1200003)\n"


def read(text: str, name: str) -> ParsedDocument:
    """What a document of that name says."""
    return read_document(text.encode(), name, name)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Change 1", "Change 2"),
        ("Change", "Change 2"),
        ("Halo ID", "Halo ID (2)"),
        ("First number", "Second number"),
        ("Number", "Number.1"),
        ("Number", "Additional number"),
        ("Change", "Change"),
        ("Number (a)", "Number (b)"),
    ],
)
def test_a_second_column(first: str, second: str) -> None:
    """Each row is read by its first number, and the column of the second is named once, with its rows counted."""
    rows = "Quotes can be copied,1200001,1200002\nTickets can be merged,1200003,\nBoards have owners,1200004,1200005\n"
    document = read(f"Title,{first},{second}\n{rows}", "a.csv")
    assert [record.number for record in document.records] == ["1200001", "1200003", "1200004"]
    (problem,) = document.problems
    assert (problem.line_number, problem.text) == (2, "1200002: Quotes can be copied")
    assert second in problem.reason
    assert "in 2 rows" in problem.reason


@pytest.mark.parametrize(
    ("text", "name", "line_number"),
    [
        ("Quotes can be copied,1200001,v2.270,1200002\nTickets can be merged,1200003,v2.270,\n", "a.csv", 1),
        ('[{"title": "Quotes can be copied", "change1": 1200001, "change2": 1200002},'
         '{"title": "Tickets can be merged", "change1": 1200003, "change2": null}]', "a.json", 1),
        ("| Title | Version | Number 1 | Number 2 |\n|---|---|---|---|\n"
         "| Quotes can be copied | v2.270 | 1200001 | 1200002 |\n| Tickets can be merged | v2.270 | 1200003 | |\n",
         "a.md", 3),
    ],
)  # fmt: skip
def test_other_tables(text: str, name: str, line_number: int) -> None:
    """So it is without a header, in JSON and in the table of a text."""
    document = read(text, name)
    assert [record.number for record in document.records] == ["1200001", "1200003"]
    assert [(problem.line_number, problem.text) for problem in document.problems] == [
        (line_number, "1200002: Quotes can be copied")
    ]


@pytest.mark.parametrize(
    ("row", "number", "told"),
    [
        (",1200002,Rates have a date,v2.270", None, ["1200002"]),
        ("1200001,1200002,Rates have a date,v2.270", "1200001", ["1200002"]),
        ('1200001,"1200002, 1200009",Rates have a date,v2.270', "1200001", ["1200002"]),
        ("1200001,#1200002 / #1200009,Rates have a date,v2.270", "1200001", ["1200002"]),
        ("1200001,1200001 1200009,Rates have a date,v2.270", "1200001", ["1200009"]),
        ("1200001,20 and 1200009,Rates have a date,v2.270", "1200001", []),
        ("1200001,1200003,Rates have a date,v2.270", "1200001", []),
    ],
)
def test_what_the_second_column_holds(row: str, number: str | None, told: list[str]) -> None:
    """A number is told where the first column is empty, and where several stand in one cell; not where it has a row."""
    text = f"Number,Second number,Title,Version\n{row}\n1200003,,Tickets can be merged,v2.270\n"
    document = read(text, "a.csv")
    assert [record.number for record in document.records] == [number, "1200003"]
    assert [problem.text for problem in document.problems] == [f"{one}: Rates have a date" for one in told]


def test_a_row_that_is_refused() -> None:
    """Its second number is not told beside what is wrong with it."""
    text = "Number 1,Number 2,Title,Status\n1200001,1200002,Rates have a date,Rejected\n1200003,,Tickets merge,Done\n"
    (problem,) = read(text, "a.csv").problems
    assert "status" in problem.reason


def test_days_in_a_table_without_a_header() -> None:
    """A column of days is none of numbers."""
    text = "1200001,Quotes can be copied,v2.270,20260105\n1200003,Tickets can be merged,v2.270,20260212\n"
    document = read(text, "a.csv")
    assert ([record.number for record in document.records], document.problems) == (["1200001", "1200003"], ())


@pytest.mark.parametrize(
    "text",
    [
        "Title,Halo ID,Ticket number\nQuotes can be copied,1200001,1300001\nTickets can be merged,1200003,1300002\n",
        "Title,Number,Duplicate of\nQuotes can be copied,1200001,1300001\nTickets can be merged,1200003,\n",
        "Title,Change 1,Change 2\nQuotes can be copied,1200001,1200001\nTickets can be merged,1200003,\n",
        "Title,Number 1,Number 2\nQuotes can be copied,1200001,7\nTickets can be merged,1200003,8\n",
    ],
)
def test_numbers_of_something_else(text: str) -> None:
    """Another column's numbers, the same number again and what is too short for a number are not told."""
    document = read(text, "a.csv")
    assert ([record.number for record in document.records], document.problems) == (["1200001", "1200003"], ())


@pytest.mark.parametrize(
    "line",
    [
        "Quotes can be copied (#1200001, #1200002)",
        "Quotes can be copied (1200001, 1200002)",
        "Quotes can be copied (1200001,1200002)",
        "Quotes can be copied #1200001 #1200002",
        "Quotes can be copied #1200001 and #1200002",
        "Quotes can be copied #1200001/#1200002",
        "Quotes can be copied (#1200001) (#1200002)",
        "Quotes can be copied | v2.270 #1200001, #1200002 | 4:40",
        "Quotes can be copied | 1200001 | 1200002",
        "#1200001, #1200002: Quotes can be copied",
        "[#1200001] [#1200002] Quotes can be copied",
        "Quotes can be copied (1200001) (1200002)",
        "#1200001 | #345678 | Quotes can be copied",
        "1200001 / 1200002: Quotes can be copied",
    ],
)
def test_a_line(line: str) -> None:
    """A line with several numbers side by side is refused with what to do, for it has one title."""
    document = read(LIST.format(line), "a.md")
    assert [record.number for record in document.records] == ["1200003"]
    (problem,) = document.problems
    assert (problem.line_number, problem.text) == (3, line)
    assert "several numbers" in problem.reason


@pytest.mark.parametrize(
    "line",
    [
        "Merges #1190001 and #1190002 into one | v2.270 #1200001",
        "#1200001 Quotes can be copied, as #1190001 can",
        "Up to 100000 and 200000 rows are read (#1200001)",
        "Quotes can be copied (#1200001) | #1200001",
    ],
)
def test_a_line_about_one_change(line: str) -> None:
    """Numbers in a title or a sentence, and the same number again, do not keep a line from being read."""
    document = read(LIST.format(line), "a.md")
    assert ([record.number for record in document.records], document.problems) == (["1200001", "1200003"], ())


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("- #1200001 100000 rows can be exported at once", "100000 rows can be exported at once"),
        ("- (#1200001) 250000 assets can be imported", "250000 assets can be imported"),
        ("- [#1200001] 1500000 assets can be imported", "1500000 assets can be imported"),
        ("- #1200001 20260105 Quotes can be copied", "20260105 Quotes can be copied"),
        ("- #1200001 | 20260105 | Quotes can be copied", "20260105 | Quotes can be copied"),
        ("- #1200001, 250000 rows can be exported", "250000 rows can be exported"),
        ("- Quotes can be copied | 1200001 | 345678", "Quotes can be copied"),
        ("- (#1200001), 150000: the new limit", "150000: the new limit"),
        ("- Quotes can be copied | 1200001 | 1500000", "Quotes can be copied"),
        ("1200001 | 1000000 rows can be copied | v2.270", "1000000 rows can be copied"),
        ("| 1200001 | 1000000 rows can be copied |", "1000000 rows can be copied"),
    ],
)
def test_an_amount_beside_the_number(line: str, title: str) -> None:
    """A title that begins with a large amount or a day, and a figure that stands beside a number, are no second one."""
    document = read(f"# HaloPSA v2.270\n\n{line}\n- Tickets can be merged (#1200003)\n", "a.md")
    assert [(record.number, record.title) for record in document.records] == [
        ("1200001", title),
        ("1200003", "Tickets can be merged"),
    ]
    assert document.problems == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<html><body><h1>HaloPSA v2.270</h1><table><tr><td>1200001</td><td>1000000 rows can be copied</td></tr>"
         "<tr><td>1200003</td><td>Tickets can be merged</td></tr></table></body></html>", "a.html"),
        ("Title,Version\n#1200001 1000000 rows can be copied,v2.270\nTickets can be merged (#1200003),v2.270\n",
         "a.csv"),
    ],
)  # fmt: skip
def test_an_amount_in_a_table(text: str, name: str) -> None:
    """So it is in a table, with and without names of columns."""
    document = read(text, name)
    assert [(record.number, record.title) for record in document.records] == [
        ("1200001", "1000000 rows can be copied"),
        ("1200003", "Tickets can be merged"),
    ]
    assert document.problems == ()


def test_a_title_in_a_table_without_a_column_for_numbers() -> None:
    """Several numbers in a title are refused as several numbers in one cell are."""
    document = read(
        "Title,Version\nQuotes can be copied (#1200001, #1200002),v2.270\nTickets (#1200003),v2.270\n", "a.csv"
    )
    assert [record.number for record in document.records if record.number] == ["1200003"]
    assert [problem.line_number for problem in document.problems] == [2]


@pytest.mark.parametrize("header", ["Change,Change 2,What", "Feature,Feature (2),Title", "Item,Item 2,Summary"])
def test_numbers_below_a_name_for_titles(header: str) -> None:
    """A column that is called a change, and holds nothing but numbers, has the changes' numbers, not their titles."""
    document = read(f"{header}\n1200001,1200002,Quotes can be copied\n1200003,,Tickets can be merged\n", "a.csv")
    assert [(record.number, record.title) for record in document.records] == [
        ("1200001", "Quotes can be copied"),
        ("1200003", "Tickets can be merged"),
    ]
    assert [problem.text for problem in document.problems] == ["1200002: Quotes can be copied"]
