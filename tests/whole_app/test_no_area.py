"""Changes without an area: no source says it, and none stands out. Every view, list, filter, document and digest has
them.
"""

import csv
import io
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from bot.cli.catalog import export
from bot.ingest.readers.registry import read_document
from bot.ingest.service import import_documents
from tests.whole_app.acting import text
from tests.whole_app.ways_in import WAYS, Row, WaysIn, readable

TABLE = b"""\
number,version,title,description,area
1990001,v2.990,Wombats can be petted,Pets a wombat.,
1990002,v2.990,Quokkas smile,Smiles at once. Be careful with quokkas that bite.,Zoology
1990003,v2.990,Invoices show a wombat,Shown beside the total.,Billing & invoicing
"""
ROWS = (
    Row("#1990001", ("Wombats can be petted", "v2.990"), never="None", first="1990001"),
    Row("wombats", "Wombats can be petted", never="None"),
    Row("everything in 2.990", ("Wombats can be petted", "Quokkas smile", "Invoices show a wombat"), count=3),
    Row("what's new in billing in 2.990", "Invoices show a wombat", never="Quokkas", count=1),
    Row("upgrade 2.988 2.990", ("Quokkas smile", "Other"), never="None", count=3),
    Row("compare 2.988 and 2.990", never="None"),
)


@pytest.fixture(scope="module")
def zoo(everywhere: WaysIn) -> WaysIn:
    """The app, in which three changes were imported of which two have no area."""
    document = read_document(TABLE, "zoo.csv", "zoo.csv")
    report = import_documents(everywhere.application.catalog, [document], datetime(2026, 12, 1, tzinfo=UTC))
    assert report.count("new") == 3
    assert "2 new changes have no area that stands out: `halobot phrasings export` asks for it." in report.remarks
    areas = [entry.area for entry in everywhere.application.catalog.entries(["1990001", "1990002", "1990003"])]
    assert areas == [None, None, "Billing & invoicing"]
    return everywhere


@pytest.mark.parametrize("way", WAYS)
def test_answers(zoo: WaysIn, way: str) -> None:
    """Changes without an area are found, listed and counted, and stand under "Other" where changes stand by area."""
    assert zoo.wrong(way, ROWS) == []


def test_documents(zoo: WaysIn) -> None:
    """A version as CSV or Markdown has them, under "Other"."""
    exported = CliRunner().invoke(export, ["--version", "2.990", "--format", "csv"], obj=zoo.application).stdout
    rows = {row["number"]: row for row in csv.DictReader(io.StringIO(exported))}
    assert [(rows[key]["part"], rows[key]["area"]) for key in ("1990001", "1990003")] == [
        ("Other", ""),
        ("Billing & invoicing", "Billing & invoicing"),
    ]
    exported = CliRunner().invoke(export, ["--version", "2.990", "--format", "markdown"], obj=zoo.application).stdout
    assert "## Other (2)" in exported


def test_its_caution_is_said_once(zoo: WaysIn) -> None:
    """What is to be tested first stands in one place of its card."""
    (shown,) = zoo.shown("command", ["1990002"])
    assert "Quokkas smile" in readable(shown)
    assert "Test first: Be careful with quokkas that bite." in readable(shown)
    assert text(shown).count("quokkas that bite") == 1
