"""Tables as people and programs write them, each with what is in it and with the rows that have to be refused.

Every change is (number or None, version or None, minute or None, highlighted, caution or None, title).
"""

# The documents keep their lines as they are.
# ruff: noqa: E501

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from openpyxl import Workbook


class Change(NamedTuple):
    """One row, as a person would read it."""

    number: str | None
    version: str | None = "2.270"
    at: str | None = None
    highlighted: bool = False
    caution: str | None = None
    title: str = ""


class Table(NamedTuple):
    """A document, its changes, and the rows that it has to name as refused (0: a whole sheet or document)."""

    name: str
    data: bytes
    changes: tuple[Change, ...]
    refused: tuple[int, ...] = ()


def _text(name: str, text: str, *changes: Change, refused: tuple[int, ...] = (), encoding: str = "utf-8") -> Table:
    return Table(name, text.encode(encoding), changes, refused)


A = Change("1200001", title="Invoices show the site")
B = Change("1200002", title="Quotes can be copied")
C = Change("1200003", title="Assets have pictures")
ROWS = (("1200001", "v2.270", A.title), ("1200002", "v2.270", B.title), ("1200003", "v2.270", C.title))

DELIMITED = (
    _text(
        "commas-and-breaks.csv",
        'number;version;title;description\n1200001;v2.270;Invoices show the site;"Its address,\nits contact,\nand its mail."\n'
        '1200002;v2.270;"Quotes, orders, and invoices; all at once";"One,\n\ntwo; three"\n1200003;v2.270;Assets have pictures;a, b, c, d, e\n',
        A, B._replace(title="Quotes, orders, and invoices; all at once"), C,
    ),
    _text(
        "bars.csv",
        "Ticket|Fix version/s|Subject|Release note|Test first\n1200001|v2.270|Invoices show the site|One, two, three|Yes\n"
        "1200002|v2.270|Quotes can be copied|Four, five|Try it on a copy, for taxes change.\n1200003|v2.270|Assets have pictures||no\n",
        A._replace(caution="The source advises caution."), B._replace(caution="Try it on a copy, for taxes change."), C,
    ),
    _text(
        "title-above.csv",
        "HaloPSA v2.270: what is new, what is mended, and what to test;;;\n;;;\nExported by Ann, on 1 March 2026, at 10:15;;;\n"
        "ID;Change;Details;Highlight\n1200001;Invoices show the site;a, b;✓\n1200002;Quotes can be copied;c, d;\n",
        A._replace(highlighted=True), B,
    ),
    _text(
        "open-quote.csv",
        'number,version,title,description\n1200001,v2.270,"Invoices show the site,A.\n1200002,v2.270,Quotes can be copied,B.\n'
        '1200003,v2.270,"Assets have pictures","Large, and small ones."\n1200004,v2.270,"Never closed either,C.\n',
        B, C, refused=(2, 5),
    ),
    _text(
        "open-quote-title-first.csv",
        'Title,Halo ID,Release,Notes\n"Invoices show the site,1200001,v2.270,A\nQuotes can be copied,1200002,v2.270,"B, and C"\n'
        "Assets have pictures,1200003,v2.270,D\n",
        B, C, refused=(2,),
    ),
    _text(
        "inch.csv",
        'number,version,title,description\n1200001,v2.270,"Labels for 5" screens, and 7" ones",A\n1200002,v2.270,"Quotes can be ""copied""",B\n'
        '1200003,v2.270,Assets of 19" have pictures,C\n',
        A._replace(title='Labels for 5" screens, and 7" ones'), B._replace(title='Quotes can be "copied"'),
        C._replace(title='Assets of 19" have pictures'),
    ),
    _text(
        "backslashes.csv",
        r"""number,version,title,description
1200001,v2.270,"Tickets show \"on hold\", and why","The state \"on hold\", with its reason, is shown in C:\Halo\Lists."
1200002,v2.270,"Quotes can be \"copied\"","B"
""",
        A._replace(title='Tickets show "on hold", and why'), B._replace(title='Quotes can be "copied"'),
    ),
    _text(
        "ragged.csv",
        "number,version,title,description,highlight\n1200001,v2.270,Invoices show the site\n1200002,v2.270,Quotes, and orders, can be copied,B,no\n"
        "\n,,,,\n1200003,v2.270,Assets have pictures,C,yes,,,\n",
        A, C._replace(highlighted=True), refused=(3,),
    ),
    _text(
        "jira.csv",
        "Issue Type,Issue key,Issue id,Summary,Assignee Name,Reporter,Product name,Affects Version/s,Fix Version/s,Fix Version/s,Priority,Description,Project key\n"
        "Story,REL-1200001,77,Invoices show the site,Bob Jones,Ann,HaloPSA,v2.200,v2.270,,High,\"The site, and its contact.\",REL\n"
        "Bug,REL-1200002,78,Quotes can be copied,Cyd Low,Ann,HaloPSA,v2.200,,v2.270,Low,Copies.,REL\n",
        A, B,
    ),
    _text(
        "many-names.csv",
        "Row,Category ID,Assignee Name,Product name,Halo ticket no.,Change name,Customer name,Introduced in,Caution?,Highlight?\n"
        "1,4512,Bob,HaloPSA,1200001,Invoices show the site,Acme,v2.270,Y,N\n2,4513,Cyd,HaloPSA,1200002,Quotes can be copied,Acme,v2.270,N,Y\n",
        A._replace(caution="The source advises caution."), B._replace(highlighted=True),
    ),
    _text(
        "twice.csv",
        "Number,Title,Title,Version,Version\n1200001,Invoices show the site,,v2.270,\n1200002,,Quotes can be copied,,v2.270\n",
        A, B,
    ),
    _text(
        "several-rows.csv",
        "ID,Title,Release,Description\n1200001,Invoices show the site,v2.270,A.\n1200002,Quotes can be copied,v2.270,B.\n"
        "1200001,Statements sum up per month,v2.270,C.\n1200003,Assets have pictures,v2.270,D.\n",
        A._replace(title="Statements sum up per month"), B, C,
    ),
    _text(
        "two-numbers.csv",
        "ID,Title,Release\n1200001 / 1200004,Invoices and quotes,v2.270\n1200002,Quotes can be copied,v2.270\nsoon,Assets have pictures,v2.270\n12,Too short,v2.270\n",
        B, refused=(2, 4, 5),
    ),
    _text(
        "in-prose.csv",
        "ID,Title,Release,Category\n,Follow-up to #1200009 for category #4512,v2.270,4512\n1200001,Invoices show the site,v2.270,4513\n1200002,Quotes can be copied,v2.270,\n",
        Change(None, title="Follow-up to #1200009 for category #4512"), A, B,
    ),
    _text(
        "sections.csv",
        "ID,Change,Minute\nEpisode 31,,\nv2.268,,\n1200001,Invoices show the site,4:40\nv2.270,,\n1200002,Quotes can be copied,1h 02m 33s\nID,Change,Minute\n1200003,Assets have pictures,https://youtu.be/x?t=280\n",
        A._replace(version="2.268", at="4:40"), B._replace(at="1:02:33"), C._replace(at="4:40"),
    ),
    _text(
        "minutes.csv",
        "No,Title,Version,Episode,Time\n1200001,Invoices show the site,v2.270,31,00:04:40\n1200002,Quotes can be copied,v2.270,31,5 min 3 s\n1200003,Assets have pictures,v2.270,31,near the end\n",
        A._replace(at="4:40"), B._replace(at="5:03"), C, refused=(4,),
    ),
    _text(
        "spreadsheet-habits.csv",
        'sep=;\nID;Title;Version;Highlight\n="1200001";Invoices show the site;2,270;WAHR\n1.200.002;Quotes can be copied;2.270.1;FALSCH\n1200003.0;Assets have pictures;HaloPSA 2.270;perhaps\n1,2E+06;Lost digits;2.270;\n',
        A._replace(highlighted=True), B, C, refused=(5, 6),
    ),
    _text(
        "markup.csv",
        "ID,Title,Version,Description\n1200001,Use <ClientName> in subjects,v2.270,<p>Write <b>it</b> as <ClientName>.</p><p>Test this first.</p>\n1200002,R&amp;D quotes can be copied,v2.270,\"- One\n- Be careful with taxes\n\"\n",
        A._replace(title="Use <ClientName> in subjects", caution="Test this first."),
        B._replace(title="R&D quotes can be copied", caution="Be careful with taxes."),
    ),
    _text(
        "our-own.csv",
        "part,number,version,title,area,impact,impact guessed,highlight,test first,summary,episode,minute,link\r\nBilling,1200001,v2.270,Invoices show the site,Billing & invoicing,opt-in,yes,yes,Try it first.,A.,31,4:40,https://x.example/31\r\nOther,1200002,v2.270,Quotes can be copied,,,,,,'=SUM is explained.,,,\r\n",
        A._replace(at="4:40", highlighted=True, caution="Try it first."), B,
    ),
    _text(
        "tabs.txt",
        "Halo ID\tTitle\tVersion\tDescription\n1200001\tInvoices show the site\tv2.270\tIt, and more\n1200002\tQuotes can be copied\tv2.270\t\"On hold\" is kept\n",
        A, B,
    ),
    _text(
        "semicolons.txt",
        "Our changes, by hand\nHalo ID;Title;Version\n1200001;Invoices show the site;v2.270\n1200002;Quotes can be copied;v2.270\n",
        A, B,
    ),
    _text("utf-16.csv", "ID;Title;Version\n1200001;Invoices show the site;v2.270\n1200002;“Quotes” – can be copied;v2.270\n",
          A, B._replace(title="“Quotes” – can be copied"), encoding="utf-16"),
    _text("windows.csv", "ID;Title;Version\n1200001;Invoices show the site;v2.270\n1200002;Quotes for cafés – “à la carte”;v2.270\n",
          B._replace(title="Quotes for cafés – “à la carte”"), A, encoding="cp1252"),
    _text("tabs-utf-16.txt", "ID\tTitle\tVersion\r\n1200001\tInvoices show the site\tv2.270\r\n", A, encoding="utf-16-le"),
    _text("german.csv", "Nummer;Titel;Version;Beschreibung;Wichtig;Achtung\n1200001;Invoices show the site;v2.270;Mit Anschrift, Kontakt;ja;\n1200002;Quotes can be copied;v2.270;;nein;Erst testen, dann nutzen\n",
          A._replace(highlighted=True), B._replace(caution="Erst testen, dann nutzen")),
    _text(
        "no-header.csv",
        '1200001,v2.270,Invoices show the site,"The site, and its contact."\n1200002,v2.270,Quotes can be copied,Copies.\n1200003,v2.270,Assets have pictures,\n',
        A, B, C,
    ),
)  # fmt: skip


# -- workbooks --------------------------------------------------------------------------------------------------------


def workbook(sheets: dict[str, Sequence[Sequence[Any]]], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook with these sheets; `change` does the rest to it."""
    book, file = Workbook(), io.BytesIO()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    book.save(file)
    return file.getvalue()


def rewritten(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same workbook with its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return file.getvalue()


HEAD = ("Number", "Version", "Title")
PLAIN = {"Changes": [HEAD, *ROWS]}


def _strict(name: str, part: bytes) -> bytes:
    ordinary, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    part = part.replace(ordinary + b"spreadsheetml/2006/main", strict + b"spreadsheetml/main")
    return part.replace(ordinary + b"officeDocument/2006/relationships", strict + b"officeDocument/relationships")


def _merge(*areas: str) -> Callable[[Workbook], None]:
    return lambda book: [book.active.merge_cells(area) for area in areas] and None


def _prefixed(name: str, part: bytes) -> bytes:
    """As some programs write them: each element with a prefix, no cell with its place."""
    if not name.startswith("xl/worksheets/"):
        return part
    part = re.sub(rb'(<(?:c|row)) r="[^"]*"', rb"\1", part).replace(b"xmlns=", b"xmlns:x=")
    return re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", part)


def _hide(book: Workbook) -> None:
    book["Old"].sheet_state = "hidden"
    book["Draft"].sheet_state = "veryHidden"
    book["Lists"].sheet_state = "hidden"


def _formats(book: Workbook) -> None:
    for cell in book.active["B"][1:]:
        cell.number_format = "0.000"
    book.active["D2"].number_format = "mm:ss"


def _no_values(name: str, part: bytes) -> bytes:
    return re.sub(rb"(<f>[^<]*</f>)<v ?/>", rb"\1", part)


def _far(book: Workbook) -> None:
    book.active.cell(1_048_576, 40).value = "the end"


WORKBOOKS = (
    Table("wrong-dimension.xlsx", rewritten(workbook(PLAIN), lambda _, part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', part)), (A, B, C)),
    Table("strict.xlsx", rewritten(workbook(PLAIN), _strict), (A, B, C)),
    Table("prefixed.xlsx", rewritten(workbook(PLAIN), _prefixed), (A, B, C)),
    Table(
        "merged.xlsx",
        workbook({"Changes": [("HaloPSA changes", None, None, None), HEAD, ("1200001", "v2.270", A.title), ("1200002", None, B.title), ("1200003", None, C.title)]}, _merge("A1:D1", "B3:B5")),
        (A, B, C),
    ),
    Table(
        "merged-sections.xlsx",
        workbook({"Changes": [("Number", "Title", "Area"), ("v2.268", None, None), ("1200001", A.title, "Billing"), ("v2.270", None, None), ("1200002", B.title, "Sales")]}, _merge("A2:C2", "A4:C4")),
        (A._replace(version="2.268"), B),
    ),
    Table(
        "formulas.xlsx",
        rewritten(workbook({"Changes": [(*HEAD, "Description"), ("=1200000+1", "v2.270", A.title, "A."), ("1200002", "v2.270", B.title, '=CONCAT("B","C")'), ("1200003", "v2.270", '=HYPERLINK("https://e.example","C")', "C.")]}), _no_values),
        (B,), (2, 3, 4),
    ),
    Table(
        "errors.xlsx",
        workbook({"Changes": [(*HEAD, "Description"), ("1200001", "v2.270", A.title, "#REF!"), ("#N/A", "v2.270", "No number", "B."), ("1200003", "v2.270", C.title, "C.")]}),
        (A, C), (2, 3),
    ),
    Table(
        "hidden.xlsx",
        workbook({"Changes": [HEAD, ROWS[0]], "Old": [HEAD, ROWS[1]], "Draft": [HEAD, ROWS[2]], "Lists": [("yes",), ("no",)]}, _hide),
        (A,), (0, 0),
    ),
    Table(
        "several.xlsx",
        workbook({"About": [("Our list of changes",), ("Ask Ann about it",)], "v2.268": [("ID", "What changed"), ("1200001", A.title)], "Highlights": [HEAD, ROWS[1]],
                  "Episode 31": [(*HEAD, "Time"), (*ROWS[2], "4:40"), (None, None, None, None), ("1200004", "v2.270", None, None)]}),
        (A._replace(version="2.268"), B._replace(highlighted=True), C._replace(at="4:40")), (4,),
    ),
    Table(
        "numbers.xlsx",
        workbook({"Changes": [(*HEAD, "Time", "Episode", "Released", "Important"), (1200001, 2.27, A.title, time(0, 4, 40), 31, date(2026, 3, 1), True), (1200002.0, 2.272, B.title, time(4, 40), 31.0, datetime(2026, 3, 1), 0), (" 1200003 ", 2.27, C.title, None, 31, 46082, "x")]}, _formats),
        (A._replace(at="4:40", highlighted=True), B._replace(version="2.272", at="4:40"), C._replace(highlighted=True)),
    ),
    Table(
        "far-cell.xlsx",
        workbook({"Changes": [HEAD, *ROWS]}, _far),
        (A, B, C), (1_048_576,),
    ),
    Table(
        "empty-rows-and-columns.xlsx",
        workbook({"Changes": [(), (), (None, None, *HEAD, None, "Caution"), (), (None, None, *ROWS[0], None, "Wait for v2.272"), (), (), (None, None, *ROWS[1], None, None)]}),
        (A._replace(caution="Wait for v2.272"), B),
    ),
    Table(
        "merged-number.xlsx",
        workbook({"Changes": [(*HEAD, "Details"), ("1200001", "v2.270", A.title, "A."), (None, None, "Statements sum up per month", "B."), ("1200002", "v2.270", B.title, "C.")]}, _merge("A2:A3", "B2:B3")),
        (A._replace(title="Statements sum up per month"), B),
    ),
)  # fmt: skip

# Workbooks in which a heading, a value or a sign says what no column's English name does.
WORKBOOKS += (
    Table(
        "two-lists.xlsx",
        workbook({"Overview": [("Highlights of v2.270", None, None), ("ID", "Title", "Notes"), ("1200001", A.title, "a"), (None, None, None),
                               ("All changes of v2.270", None, None), ("ID", "Title", "Notes"), ("1200001", A.title, "a"), ("1200002", B.title, "b")]}),
        (A._replace(highlighted=True), B),
    ),
    Table(
        "german.xlsx",
        workbook({"Blatt1": [("Nr.", "Beschreibung der Änderung", "Ab Version", "Test zuerst"), ("1200001", A.title, "2.270", "ja"), ("1.200.002", B.title, "2.270", "nein")]}),
        (A._replace(caution="The source advises caution."), B),
    ),
    Table(
        "by-values.xlsx",
        workbook({"C": [("Changes in HaloPSA v2.270",), ("prepared by Ann, 2026-05-01",), (), ("Case", "Subject", "★", "Test first"),
                        (1200001, A.title, "★", None), (1200002, B.title, None, "On a copy")]}),
        (A._replace(highlighted=True), B._replace(caution="On a copy")),
    ),
    Table(
        "two-zeros.xlsx",
        workbook({"C": [HEAD, (1200001, 2.3, A.title), (1200002, 2.302, B.title)]}),
        (A._replace(version="2.300"), B._replace(version="2.302")),
    ),
)  # fmt: skip

JSON_TABLES = (
    _text(
        "jira.json",
        '{"issues": [{"key": "REL-1200001", "fields": {"summary": "Invoices show the site", "assignee": {"name": "Bob"}, "fixVersions": [{"name": "v2.270"}], "description": "A."}},'
        '{"key": "REL-1200002", "fields": {"summary": "Quotes can be copied", "fixVersions": [{"name": "v2.270"}], "comments": [{"text": "Nice"}]}}]}',
        A, B,
    ),
    _text(
        "values.json",
        '{"range": "A1:C4", "values": [["Number", "Version", "Title"], ["1200001", "2.270", "Invoices show the site"], [1200002, 2.270, "Quotes can be copied"]]}',
        A, B,
    ),
    _text(
        "split.json",
        '{"columns": ["id", "release", "title"], "data": [[1200001, 2.270, "Invoices show the site"], [1200002, "2.270", "Quotes can be copied"]]}',
        A, B,
    ),
    _text(
        "edges.json",
        '{"data": {"changes": {"edges": [{"node": {"id": 1200001, "title": "Invoices show the site", "version": 2.270, "highlight": true}}, {"node": {"id": 1200002, "title": "Quotes can be copied", "version": "v2.270", "test first": "On a copy."}}, "more"]}}}',
        A._replace(highlighted=True), B._replace(caution="On a copy."), refused=(3,),
    ),
    _text(
        "people.json",
        '[{"id": 1200001, "title": "Invoices show the site", "version": "v2.270", "assignees": [{"name": "Bob"}]}, {"id": 1200002, "title": "Quotes can be copied", "version": ["v2.270"], "labels": ["a", "b"]}]',
        A, B,
    ),
    _text("words.json", '{"changes": ["Invoices show the site", "Quotes can be copied"]}', refused=(1,)),
)  # fmt: skip

TABLES = (*DELIMITED, *WORKBOOKS, *JSON_TABLES)
