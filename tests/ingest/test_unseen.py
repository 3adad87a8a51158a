"""Documents that no reader was written for: precision and recall on numbers, versions, minutes and highlights."""

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook

from bot.catalog.models import Entry
from bot.ingest.readers.registry import read_document
from bot.ingest.service import import_documents
from tests.ingest.unseen import CSV, CUT_OFF, DOCUMENTS, JSON_LINES, Document, Fact
from tests.ingest.unseen_more import MORE


def facts_of(entry: Entry, episode: int | None) -> Fact:
    """What was read, as the facts put it."""
    assert {mention.episode for mention in entry.mentions} <= {episode}
    at = next((mention.at for mention in entry.mentions), None)
    return Fact(
        entry.key if entry.numbered else None,
        entry.version.number if entry.version else None,
        at,
        entry.highlighted,
        "" if entry.numbered else entry.title,
    )


def read_into(catalogue, document: Document, data: bytes, now):
    """The entries that a document makes in an empty catalogue."""
    import_documents(catalogue, [read_document(data, document.name)], now)
    return {facts_of(entry, document.episode) for entry in catalogue.entries()}


def expected(document: Document, found: set[Fact]) -> set[Fact]:
    """The document's facts, with the titles that begin as they say filled in."""
    filled = set()
    for fact in document.facts:
        titles = [
            other.title
            for other in found
            if other.number is None and fact.number is None and other.title.startswith(fact.title)
        ]
        filled.add(replace_title(fact, titles[0]) if titles else fact)
    return filled


def replace_title(fact: Fact, title: str) -> Fact:
    return fact._replace(title=title)


@pytest.mark.parametrize("document", [*DOCUMENTS, *MORE], ids=lambda document: document.name)
def test_facts(empty, document, now):
    """Every change is found with its version, minute and highlight, and nothing else is."""
    found = read_into(empty, document, document.text.encode(), now)
    assert found == expected(document, found)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize(
    "document", [d for d in DOCUMENTS if d.name.endswith((".txt", ".csv"))], ids=lambda document: document.name
)
def test_encodings(empty, document, encoding, now):
    """A document saved in another encoding, and with Windows' line ends, says the same."""
    text = document.text.removeprefix("\ufeff").replace("\n", "\r\n")
    found = read_into(empty, document, text.encode(encoding), now)
    assert found == expected(document, found)


def test_workbook(empty, now):
    """An Excel workbook says what the same table says, though Excel makes minutes a time of day and drops last
    zeros.
    """
    from datetime import time

    book = Workbook()
    sheet = book.active
    sheet.title = "June"
    sheet.append(["Our list of changes"])
    sheet.append(["ID", "Title", "Version", "Episode", "Time", "Important"])
    sheet.append([1101201, "Approval reminders can be sent on a schedule", 2.22, 22, time(4, 40), True])
    sheet.append([1100777.0, "Tax codes now follow the delivery address", "2.218", 22, "49:41", None])
    sheet.append([None, None, None, None, None, None])
    sheet.append([1100778, "Ship complete flag on sales orders", 2.22, 22, None, "no"])
    other = book.create_sheet("v2.220")
    other.append(["No.", "What changed"])
    other.append(["#1102001", "Dashboards can be pinned per team"])
    data = io.BytesIO()
    book.save(data)
    found = read_into(empty, Document("book.xlsx", "", (), 22), data.getvalue(), now)
    assert found == {
        Fact("1101201", "2.220", "4:40", True), Fact("1100777", "2.218", "49:41"), Fact("1100778", "2.220", None),
        Fact("1102001", "2.220", None),
    }  # fmt: skip


def test_what_could_not_be_read_is_named():
    """A cut number, a row without a title and a broken line are each named with their place."""
    cut = read_document(CUT_OFF.text.encode(), CUT_OFF.name)
    assert [(problem.line_number, "cut off" in problem.reason) for problem in cut.problems] == [(7, True)]
    table = read_document(CSV.text.encode(), CSV.name)
    assert [(problem.line_number, problem.reason) for problem in table.problems] == [(8, "a number without a title")]
    assert any("Halo ID → number" in remark and "Timestamp → at" in remark for remark in table.remarks)
    lines = read_document(JSON_LINES.text.encode(), JSON_LINES.name)
    assert [problem.line_number for problem in lines.problems] == [3, 4, 5]


def test_the_episode_is_known_afterwards(empty, now):
    """A post's page, date, hosts and versions become its episode's."""
    from tests.ingest.unseen import SITE

    import_documents(empty, [read_document(SITE.text.encode(), SITE.name)], now)
    episode = empty.episodes()[22]
    assert (episode.url, episode.published, episode.hosts) == (
        "https://www.risingtidegroup.net/thoughts/by-the-run-book-episode-22",
        "2026-06-09",
        ("Mendy", "Robbie"),
    )
    assert [str(version) for version in episode.versions] == ["v2.218"]
    assert replace(episode, url=None).number == 22
