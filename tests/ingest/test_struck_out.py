"""What is struck out was withdrawn: it is refused by its place, and what stands beside the strokes is read."""

import io

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document

LIST = "# HaloPSA v2.270\n\n- {}\n- Tickets can be merged (#1200002)\n"
PAGE = "<html><body><h1>HaloPSA v2.270</h1><ul>{}<li>Tickets can be merged (#1200002)</li></ul></body></html>"
TABLE = "| ID | Title | Version |\n|---|---|---|\n{}\n| 1200002 | Tickets can be merged | v2.270 |\n"
MERGED = ("1200002", "Tickets can be merged", "v2.270")


def read(text: str, name: str) -> ParsedDocument:
    """What a document of that name says."""
    return read_document(text.encode(), name, name)


def changes(document: ParsedDocument) -> list[tuple[str | None, str, str]]:
    """Each change's number, title and version."""
    return [(record.number, record.title, str(record.version)) for record in document.records]


def check_refused(document: ParsedDocument, line_number: int, *words: str) -> None:
    """Only the change that is not struck out was read, and the other is named with its line."""
    assert changes(document) == [MERGED]
    (problem,) = document.problems
    assert problem.line_number == line_number
    assert all(word in problem.text for word in words)
    assert "struck out" in problem.reason


@pytest.mark.parametrize(
    "line",
    [
        "~~Quotes can be copied~~ #1200001",
        "~~Quotes can be copied (#1200001)~~",
        "**~~Quotes can be copied~~** (#1200001)",
        "~~**Quotes can be copied**~~ (#1200001)",
        "~~[Quotes can be copied](https://x.example/~ann/1)~~ (#1200001)",
        "#1200001 – ~~Quotes can be copied~~",
        "⭐ ~~Quotes can be copied~~ #1200001",
        "[FIX] ~~Quotes can be copied~~ #1200001",
        "~~Quotes can be copied~~ #1200001: customers wanted that",
        "~~Quotes can be copied (#1200001)~~ moved to v2.272",
        "~~Quotes can be copied~~ moved to v2.272 (#1200001)",
        "[ ] ~~Quotes can be copied (#1200001)~~",
        "~Quotes can be copied~ #1200001",
        "#1200001 ~Quotes can be copied~",
        "**~Quotes can be copied (#1200001)~**",
        "<s>Quotes can be copied</s> #1200001",
        "<del>Quotes can be copied (#1200001)</del>",
        "<strike>Quotes can be copied</strike> #1200001",
    ],
)
def test_a_title_in_a_text(line: str) -> None:
    """A title between strokes, with its number or without, is that of a change that was withdrawn."""
    check_refused(read(LIST.format(line), "notes.md"), 3, "Quotes can be copied", "1200001")


@pytest.mark.parametrize(
    "items",
    [
        "<li><s>Quotes can be copied</s> #1200001</li>",
        "<li><del>Quotes can be copied (#1200001)</del></li>",
        "<li><b><strike>Quotes can be copied</strike></b> #1200001</li>",
        "<del><li>Quotes can be copied (#1200001)</li></del>",
        "<li><span style='color: red; text-decoration: line-through'>Quotes can be copied</span> #1200001</li>",
        "<li style='text-decoration:line-through'>Quotes can be copied #1200001</li>",
    ],
)
def test_a_title_on_a_page(items: str) -> None:
    """HTML's elements strike out, and so does a style, inside an item or around it."""
    check_refused(read(PAGE.format(items), "notes.html"), 2, "Quotes can be copied", "1200001")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("| ~~1200001~~ | ~~Quotes can be copied~~ | ~~v2.270~~ |", "Quotes can be copied"),
        ("| 1200001 | ~~Quotes can be copied~~ | v2.270 |", "1200001"),
        ("| ~~1200001~~ | Quotes can be copied | v2.270 |", "Quotes can be copied"),
        ("| 1200001 | <s>Quotes can be copied</s> | v2.270 |", "1200001"),
        ("| 1200001 | ~~Quotes can be copied~~ postponed | v2.270 |", "1200001"),
    ],
)
def test_a_row_of_a_table(row: str, words: str) -> None:
    """A row whose title or number is struck out is no change."""
    check_refused(read(TABLE.format(row), "notes.md"), 3, words)


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td><s>1200001</s></td><td><s>Quotes can be copied</s></td><td>v2.270</td></tr>",
        "<tr style='text-decoration: line-through'><td>1200001</td><td>Quotes can be copied</td><td>v2.270</td></tr>",
    ],
)
def test_a_row_of_a_table_on_a_page(row: str) -> None:
    """The same in HTML."""
    rows = f"<tr><th>ID</th><th>Title</th><th>Version</th></tr>{row}"
    rows += f"<tr>{''.join(f'<td>{cell}</td>' for cell in MERGED)}</tr>"
    document = read(f"<html><body><table>{rows}</table></body></html>", "notes.html")
    check_refused(document, 2, "Quotes can be copied")


@pytest.mark.parametrize(
    ("cells", "change", "summary"),
    [
        (("1200001", "Quotes renew", "<s>v2.270</s> v2.271", "Fast."), ("Quotes renew", "v2.271"), "Fast."),
        (("1200001", "<s>Quotes</s> Offers renew", "v2.271", "Fast."), ("Offers renew", "v2.271"), "Fast."),
        (("<s>1200009</s> 1200001", "Offers renew", "v2.271", "Fast."), ("Offers renew", "v2.271"), "Fast."),
        (("1200001", "Offers renew", "v2.271", "<s>Slow now.</s> Fast now."), ("Offers renew", "v2.271"), "Fast now."),
        (("1200001", "Offers renew", "<s>v2.271</s>", "<s>Slow.</s><p>Fast.</p>"), ("Offers renew", "None"), "Fast."),
    ],
)  # fmt: skip
def test_corrected_cells_on_a_page(cells: tuple[str, ...], change: tuple[str, str], summary: str) -> None:
    """Of a cell in which something was put in the place of what is struck out, this is read."""
    names = "".join(f"<th>{name}</th>" for name in ("ID", "Title", "Version", "Summary"))
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (cells, (*MERGED, "")))
    document = read(f"<html><body><table><tr>{names}</tr>{rows}</table></body></html>", "notes.html")
    assert (changes(document), document.problems) == ([("1200001", *change), MERGED], ())
    assert document.records[0].summary == summary


@pytest.mark.parametrize("where", ["table", "tbody", "tr", "td"])
def test_a_style_around_the_cells(where: str) -> None:
    """A table, a part of it, a row or a cell may be struck out by its style, however that is written."""
    table = "<table><tr><th>ID</th><th>Title</th></tr><tbody><tr><td>1200001</td><td>Quotes</td></tr></tbody></table>"
    table = table.replace(f"<{where}>", f"<{where} style='TEXT-DECORATION: Line-Through'>")
    document = read(PAGE.format(f"</ul>{table}<ul>"), "notes.html")
    check_refused(document, 3, "1200001")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ID,Title,Version\n1200001,~~Quotes can be copied~~,v2.270\n1200002,Tickets can be merged,v2.270\n", "a.csv"),
        ('[{"id": 1200002, "title": "Tickets can be merged", "version": "v2.270"},\n'
         '{"id": 1200001, "title": "<s>Quotes can be copied</s>", "version": "v2.270"}]', "a.json"),
    ],
)  # fmt: skip
def test_a_cell_of_a_file(text: str, name: str) -> None:
    """A title in the cell of a file may be written in Markdown or HTML."""
    check_refused(read(text, name), 2, "Quotes can be copied")


def read_workbook(*rows: tuple[object, ...], struck: str = "") -> ParsedDocument:
    """What a workbook with these rows says; `struck`: the cells whose font strikes out."""
    book = Workbook()
    book.active.append(("ID", "Title", "Version"))
    for row in rows:
        book.active.append(row)
    for place in struck.split():
        book.active[place].font = Font(strike=True, bold=True)
    book.active["A1"].font = Font(strike=False, bold=True)
    data = io.BytesIO()
    book.save(data)
    return read_document(data.getvalue(), "notes.xlsx", "notes.xlsx")


@pytest.mark.parametrize("struck", ["A2 B2 C2", "B2", "A2"])
def test_a_row_of_a_workbook(struck: str) -> None:
    """A row of a workbook whose title or number has a font that strikes out is no change."""
    document = read_workbook((1200001, "Quotes can be copied", "v2.270"), (1200002, *MERGED[1:]), struck=struck)
    check_refused(document, 2, "1200001", "Quotes can be copied")


def test_words_in_a_cell_of_a_workbook() -> None:
    """Of a cell only the struck words go; one of nothing else is struck out, and a struck version is none."""
    gone = InlineFont(strike=True)
    document = read_workbook(
        (1200001, CellRichText(TextBlock(gone, "Offers"), " Quotes can be copied"), "v2.270"),
        (1200002, MERGED[1], "v2.268"),
        (1200003, CellRichText(TextBlock(gone, "Totals are right")), "v2.270"),
        struck="C3",
    )
    assert changes(document) == [("1200001", "Quotes can be copied", "v2.270"), (*MERGED[:2], "None")]
    (problem,) = document.problems
    assert (problem.line_number, problem.text) == (4, "1200003 | Totals are right | v2.270")


def test_labelled_lines() -> None:
    """A block of labelled lines whose title is struck out is no change."""
    block = "Title: {}\nNumber: {}\nVersion: v2.270\n\n"
    text = block.format("~~Quotes can be copied~~", 1200001) + block.format("Tickets can be merged", 1200002)
    check_refused(read(text, "notes.txt"), 1, "Quotes can be copied")


def test_a_wiki() -> None:
    """Jira and Confluence strike out between two dashes; dashes in words and between words do not."""
    text = "h2. v2.270\n\n* -Quotes can be copied- (1200001)\n* Tickets can be merged (1200002)\n{}"
    check_refused(read(text.format(""), "notes.wiki"), 3, "Quotes can be copied")
    kept = read(text.format("* On-call rotas - or others - end-of-day (1200003)\n"), "notes.wiki")
    assert kept.records[-1].title == "On-call rotas - or others - end-of-day"


def test_a_title_above_its_data() -> None:
    """A title on a line of its own keeps its strokes when its data stands below it."""
    text = "Episode 22 of By the [run]Book covers HaloPSA v2.270.\nFull Feature List\n{}\nv2.270 #1200001\n4:40\n{}\n"
    document = read(text.format("~~Quotes can be copied~~", "Tickets can be merged\nv2.270 #1200002\n5:40"), "notes.md")
    check_refused(document, 3, "Quotes can be copied", "1200001")


def test_a_change_without_a_number() -> None:
    """A sentence of an episode's list that is struck out is refused; the others keep their places."""
    text = "Episode 22 of By the [run]Book covers HaloPSA v2.270.\n\n~~Adds copies of quotes.~~\nAdds merged tickets.\n"
    document = read(text, "notes.md")
    assert [(record.title, record.index_in_episode) for record in document.records] == [("Adds merged tickets.", 2)]
    assert [problem.line_number for problem in document.problems] == [3]


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("~~Offers~~ Quotes can be copied (#1200001)", ("1200001", "Quotes can be copied", "v2.270")),
        ("Quotes can be copied ~~and sent~~ (#1200001)", ("1200001", "Quotes can be copied", "v2.270")),
        ("Quotes can be copied | ~~v2.268~~ v2.270 | #1200001", ("1200001", "Quotes can be copied", "v2.270")),
        ("~~#1199999~~ #1200001 Quotes can be copied", ("1200001", "Quotes can be copied", "v2.270")),
        ("About ~10 mails, not ~20 calls (#1200001)", ("1200001", "About ~10 mails, not ~20 calls", "v2.270")),
        ("Code such as `~~x~~` stays (#1200001)", ("1200001", "Code such as ~~x~~ stays", "v2.270")),
        ("Use (~half or maybe third~) (#1200001)", ("1200001", "Use (~half or maybe third~)", "v2.270")),
        ("Copy ~user to ~root folders~ now (#1200001)", ("1200001", "Copy ~user to ~root folders~ now", "v2.270")),
        ("Code such as `<s>x</s>` stays (#1200001)", ("1200001", "Code such as <s>x</s> stays", "v2.270")),
        ("Paths such as ~/a and ~/b/~c too (#1200001)", ("1200001", "Paths such as ~/a and ~/b/~c too", "v2.270")),
    ],
)
def test_what_is_left_is_read(line: str, change: tuple[str, str, str]) -> None:
    """Of a line that still names a change only the struck words go; a sign that strikes nothing out stays."""
    document = read(LIST.format(line), "notes.md")
    assert (changes(document), document.problems) == ([change, MERGED], ())


def test_a_struck_summary() -> None:
    """A sentence below a change that is struck out is not its summary."""
    (record, _) = read(LIST.format("Quotes can be copied (#1200001)\n  ~~Only by admins.~~"), "notes.md").records
    assert (record.summary, record.notes) == ("", ())


@pytest.mark.parametrize("signs", ["\u2402\u2403", "\ufdd0\ufdd1"])
def test_signs_in_a_text(signs: str) -> None:
    """No sign of a document strikes anything out; what is no character goes."""
    title = f"The {signs[0]}start and end{signs[1]} show"
    shown = title if signs[0] == "\u2402" else "The start and end show"
    line = f"{title} (#1200001)"
    page, row = PAGE.format(f"<li>{line}</li>"), TABLE.format(f"| 1200001 | {title} | v2.270 |")
    csv = f"ID,Title,Version\n1200001,{title},v2.270\n1200002,Tickets can be merged,v2.270\n"
    for text, name in ((LIST.format(line), "a.md"), (page, "a.html"), (row, "b.md"), (csv, "a.csv")):
        assert changes(read(text, name)) == [("1200001", shown, "v2.270"), MERGED]


def test_an_item_beside_a_change() -> None:
    """An item without a number that is struck out is told where it stands beside those with numbers, not below one."""
    text = LIST.format("Quotes can be copied (#1200001)\n- ~~Boards have owners~~\n- Lists keep colours (#1200003)")
    document = read(text, "notes.md")
    assert len(document.records) == 3
    assert [(problem.line_number, problem.text) for problem in document.problems] == [(4, "Boards have owners")]
    assert read(text.replace("- ~~", "  - ~~"), "notes.md").problems == ()


def test_a_cell_of_a_row_that_stays() -> None:
    """A version that is struck out in a table is none."""
    document = read(TABLE.format("| 1200001 | Quotes can be copied | ~~v2.268~~ |"), "notes.md")
    assert changes(document) == [("1200001", "Quotes can be copied", "None"), MERGED]


def test_a_row_without_a_number() -> None:
    """A row that had no number before is a change although words of another cell are struck out."""
    table = "| ID | Title | Version | Notes |\n|---|---|---|---|\n{}\n| 1200002 | Tickets can be merged | v2.270 | |\n"
    document = read(table.format("| | Quotes can be copied | v2.271 | ~~Slow~~ Fast thing |"), "notes.md")
    assert changes(document) == [(None, "Quotes can be copied", "v2.271"), MERGED]
    check_refused(read(table.format("| ~~1200001~~ | Quotes | v2.271 | Fast |"), "notes.md"), 3, "1200001", "Quotes")


@pytest.mark.parametrize(
    "text",
    [
        "# Halo\n## ~~v2.270~~ v2.271\n- Quotes can be copied (#1200001)\n- Tickets can be merged (#1200002, v2.270)\n",
        "# Halo\n## Quotes can be copied\n#1200001 · ~~v2.270~~ v2.271\n## Tickets can be merged\n#1200002 · v2.270",
        "# Halo\n\nQuotes can be copied\n~~v2.270~~ v2.271 · #1200001\n\nTickets can be merged\nv2.270 · #1200002\n",
        "# Halo\n\n- Quotes can be copied (#1200001, ~~v2.270~~ v2.271)\n- Tickets can be merged (#1200002, v2.270)\n",
        "Number: 1200001\nTitle: Quotes can be copied\nVersion: ~~v2.270~~ v2.271\n\n"
        "Number: 1200002\nTitle: Tickets can be merged\nVersion: v2.270\n",
        "Number: ~~1200009~~ 1200001\nTitle: ~~Offers~~ Quotes can be copied\nVersion: v2.271\n\n"
        "Number: 1200002\nTitle: Tickets can be merged\nVersion: v2.270\n",
    ],
)  # fmt: skip
def test_a_corrected_version(text: str) -> None:
    """What stands in the place of a version or a number that is struck out counts, wherever the two stand."""
    document = read(text, "notes.md")
    assert (changes(document), document.problems) == ([("1200001", "Quotes can be copied", "v2.271"), MERGED], ())


@pytest.mark.parametrize(("data", "minute"), [("#1200001 / ~~4:40~~ 5:40", "5:40"), ("#1200001\n~~4:40~~", None)])
def test_a_minute_below_a_title(data: str, minute: str | None) -> None:
    """A corrected minute counts, and one that is struck out is none; the change stays."""
    text = (
        f"Episode 40 covers HaloPSA v2.220.\n\nQuotes can be copied\n{data}\n\nTickets can be merged\n#1200002\n6:00\n"
    )
    document = read(text, "notes.md")
    assert [record.mention and record.mention.at for record in document.records] == [minute, "6:00"]
    assert document.problems == ()


def test_fields_of_a_block() -> None:
    """A struck field of a block says nothing, unless it is the title or the number."""
    block = "Number: {}\nTitle: Quotes can be copied\nVersion: {}\nSummary: {}\n\n"
    text = block.format("1200001", "~~v2.270~~", "~~Only for admins.~~") + block.format(
        "~~1200003~~", "v2.270", "Fast."
    )
    document = read(text, "notes.md")
    assert [(record.number, record.version, record.summary) for record in document.records] == [("1200001", None, "")]
    assert [problem.line_number for problem in document.problems] == [6]


def test_a_heading_that_is_struck_out_heads_nothing() -> None:
    """What stands below it is no highlight, asks for no test, and is not in the version that was struck, nor in the
    one above; the version is told.
    """
    text = (
        "# v2.270\n\n## ~~Highlights~~\n- Boards have owners (#1142801)\n\n## ~~Test first~~\n- Racks (#1142802)\n\n"
        "# ~~v2.271~~\n\n- Lists can be sorted (#1142803)\n\n# v2.272\n\n## Highlights\n- Bins (#1142804)\n"
    )
    document = read_document(text.encode(), "a.md", "a.md")
    assert [(r.number, str(r.version or ""), r.highlighted, r.caution) for r in document.records] == [
        ("1142801", "v2.270", False, None),
        ("1142802", "v2.270", False, None),
        ("1142803", "", False, None),
        ("1142804", "v2.272", True, None),
    ]
    assert [(problem.line_number, problem.text) for problem in document.problems] == [(9, "v2.271")]
    table = "# ~~v2.271~~\n\n| ID | Title |\n|---|---|\n| 1142803 | Lists |\n"
    assert [record.version for record in read_document(table.encode(), "a.md", "a.md").records] == [None]
