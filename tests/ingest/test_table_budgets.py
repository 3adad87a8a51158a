"""What one document may cost: a small one that would take long or much memory is refused, and told why."""

import io
import json
import zipfile

import pytest

from bot.errors import SourceError
from bot.ingest.load import parse_or_report
from bot.ingest.readers.budget import DEFAULT_LIMITS, Budget
from bot.ingest.readers.table.reader import read_table
from tests.ingest.tables import HEAD, ROWS, workbook

ROW = b'<row><c t="str"><v>1200001</v></c><c t="str"><v>Invoices show the site</v></c></row>'
CSV_ROW = b"1200001,Invoices show the site\n"


def packed(rows: bytes, strings: bytes = b"") -> bytes:
    """A workbook whose only sheet has this for its rows, and this for its shared strings."""
    links = "".join(
        f'<Relationship Id="{part}" Type="x/{kind}" Target="{part}.xml"/>'
        for part, kind in (("sheet", "worksheet"), ("strings", "sharedStrings"))
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="A" r:id="sheet"/></sheets></workbook>')
        new.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        new.writestr("xl/sheet.xml", b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")
        new.writestr("xl/strings.xml", b"<sst>" + strings + b"</sst>")
    return file.getvalue()


def tight(**limits: int) -> Budget:
    """A budget with these limits."""
    return Budget("big", {**DEFAULT_LIMITS, **{name.replace("_", " "): limit for name, limit in limits.items()}})


@pytest.mark.parametrize(
    ("table_format", "data", "limits", "named"),
    [
        ("csv", CSV_ROW * 100, {"bytes": 1_000}, "1,000 bytes"),
        ("csv", CSV_ROW * 100, {"lines": 50}, "50 lines"),
        ("tsv", b"a\tb\tc\n" * 100, {"cells": 200}, "200 cells"),
        ("csv", b'1200001,"never closed\n' * 100, {"unreadable_lines": 20}, "20 unreadable lines"),
        ("xlsx", packed(ROW * 100), {"lines": 50}, "50 lines"),
        ("xlsx", packed(b"<row>" + b"<c><v>1</v></c>" * 500 + b"</row>"), {"cells": 200}, "200 cells"),
        ("xlsx", packed(b" " * 300_000), {"unpacked_bytes": 200_000}, "200,000 unpacked bytes"),
        ("xlsx", packed(b"", b"<si><t>a</t></si>" * 500), {"texts": 100}, "100 texts"),
        ("xlsx", workbook({str(nth): [HEAD, *ROWS] for nth in range(12)}), {"sheets": 10}, "10 sheets"),
        ("json", b"[" + b"[]," * 500 + b"[]]", {"values": 200}, "200 values"),
        ("json", json.dumps([{"id": 1200001, "title": "Invoices"}] * 100).encode(), {"lines": 50}, "50 lines"),
        ("jsonl", b'{"id": 1200001, "title": "Invoices"}\n' * 100, {"lines": 50}, "50 lines"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refusal_names_what_ran_out(table_format, data, limits, named):
    """A document with more than its budget is refused as a whole, in a sentence that names the budget and says what to
    do.
    """
    with pytest.raises(SourceError, match=f"^big has more than {named}, the most that is read of one document. Split"):
        read_table(data, "big", table_format, tight(**limits))


@pytest.mark.parametrize("table_format", ["csv", "xlsx", "json", "jsonl"])
def test_time_is_a_budget_too(table_format):
    """Every format is given up when its time is over."""
    ticks = iter(range(1_000_000))
    budget = Budget("slow", max_seconds=0.5, clock=lambda: float(next(ticks)))
    record = json.dumps({"id": 1200001, "title": "Invoices show the site"}).encode()
    data = {
        "csv": b"number,title\n" + CSV_ROW * 600,
        "xlsx": packed(ROW * 600),
        "json": b"[" + b",".join([record] * 600) + b"]",
        "jsonl": (record + b"\n") * 600,
    }
    with pytest.raises(SourceError, match="slow takes more than 0 seconds of work"):
        read_table(data[table_format], "slow", table_format, budget)


def test_a_cell_far_below_costs_nothing():
    """A workbook with one cell in the last row that there can be is read within a budget of ten rows."""
    far = b'<row r="1048576"><c r="A1048576" t="str"><v>end</v></c></row>'
    document = read_table(packed(ROW + far), "far.xlsx", "xlsx", tight(lines=10, cells=100))
    assert len(document.records) + len(document.problems) > 0


@pytest.mark.parametrize(
    "data",
    [
        packed(b"<a>" * 20_000),
        packed(b'<row r="99999999"><c><v>1</v></c></row>'),
        packed(ROW)[:-200],
        b"PK\x03\x04" + b"\0" * 500,
    ],
    ids=["deep", "beyond the last row", "cut", "no archive"],
)
def test_broken_workbooks(data):
    """A broken workbook is refused in a sentence, or its sheet is named as broken."""
    document = parse_or_report("broken.xlsx", lambda: read_table(data, "broken.xlsx", "xlsx"))
    assert [p for p in document.problems if "broken from here" in p.reason or "Save it again as .xlsx" in p.reason]


def test_entities_are_not_expanded():
    """A workbook that declares entities is not read: they could make gigabytes of a few bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        new.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "bb">]><workbook>&b;</workbook>')
    with pytest.raises(SourceError, match="not readable as an Excel workbook"):
        read_table(file.getvalue(), "bomb.xlsx", "xlsx")


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("word/document.xml", "Word"),
        ("xl/workbook.bin", "binary workbook"),
        ("content.xml", "OpenDocument"),
        ("a.txt", "ZIP"),
    ],
)
def test_other_archives_are_named(part, named):
    """An archive that is no workbook is refused by what it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        new.writestr(part, "<a/>")
    with pytest.raises(SourceError, match=named):
        read_table(file.getvalue(), "other.xlsx", "xlsx")
