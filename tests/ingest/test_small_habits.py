"""Small habits of lists: lettered items, columns of signs without a name, and where an episode is said."""

import json

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document


def _read(text: str, name: str) -> ParsedDocument:
    return read_document(text.encode(), name, name)


@pytest.mark.parametrize("letters", [("a.", "b."), ("A)", "B)"), ("ii.", "iii.")])
def test_items_may_have_letters(letters: tuple[str, str]) -> None:
    """Letters and Roman numbers before a change's number are bullets."""
    first, second = letters
    text = f"Halo v2.359\n\n1. Portal\n   {first} 1162101 – Users can rate\n   {second} 1162102 – Users can suggest\n"
    document = _read(text, "list.txt")
    assert [record.title for record in document.records] == ["Users can rate", "Users can suggest"]
    assert not document.problems


@pytest.mark.parametrize("header", ["|   |", "| ★ |"])
def test_a_column_of_signs_marks_changes(header: str) -> None:
    """A column that has nothing but signs says which changes matter, whether it has a name or not."""
    rows = "| ⭐ | 1161001 | Budgets |\n|   | 1161002 | Phases |\n"
    document = _read(f"# Release 2.341\n\n{header} ID | Change |\n|---|---|---|\n{rows}", "table.md")
    assert [record.highlighted for record in document.records] == [True, False]


def test_a_sign_of_warning_in_a_column_without_a_name() -> None:
    """Such a column may have warnings, too."""
    rows = "| ⭐ | 1161001 | Budgets |\n| ⚠️ | 1161002 | Phases |\n"
    document = _read(f"# Release 2.341\n\n| | ID | Change |\n|---|---|---|\n{rows}", "table.md")
    assert [record.caution for record in document.records] == [None, "The source advises caution."]


def test_the_name_of_a_column_says_the_episode() -> None:
    """Minutes below “Ep. 35” are of that episode."""
    (record,) = _read("ID,Change,Ep. 35\n1161001,Budgets,6:08\n", "table.csv").records
    assert record.mention is not None
    assert (record.mention.episode, record.mention.at) == (35, "6:08")


def test_the_episode_may_stand_beside_the_records() -> None:
    """In JSON, what `meta` says counts for the list beside it."""
    value = {"meta": {"episode": 38}, "data": [{"id": "1161601", "attributes": {"title": "Goals", "minute": "6:08"}}]}
    (record,) = _read(json.dumps(value), "answer.json").records
    assert record.mention is not None
    assert (record.mention.episode, record.mention.at) == (38, "6:08")


@pytest.mark.parametrize("mark", ["Featured", "⭐", "Must-know", "Highlight"])
def test_a_mark_above_the_heading_of_a_card_is_its_own(mark: str) -> None:
    """A mark on a line of its own, right above a title that is a heading, marks that change and no other."""
    card = "<div>{}<h4>{} can be shared</h4><p>Ref: {}</p></div>"
    cards = card.format("", "Mails", 1151801) + card.format(f"<span>{mark}</span>", "Gauges", 1151802)
    text = f"<html><body><h1>HaloPSA 2.331</h1>{cards}{card.format('', 'Charts', 1151803)}</body></html>"
    changes = [(record.title, record.highlighted) for record in _read(text, "cards.html").records]
    assert changes == [("Mails can be shared", False), ("Gauges can be shared", True), ("Charts can be shared", False)]


@pytest.mark.parametrize(
    ("remark", "caution"),
    [
        ("Pilot this with one team first.", "Pilot this with one team first."),
        ("Careful, old polls are closed.", "Careful, old polls are closed."),
        ("Careful planning is shown.", None),
    ],
)
def test_a_column_of_remarks_describes_and_warns(remark: str, caution: str | None) -> None:
    """What a remark advises is the change's caution."""
    (record,) = _read(f"ID\tChange\tRemark\n1161402\tRoutes\t{remark}\n", "table.tsv").records
    assert record.caution == caution
    assert remark.startswith(record.summary[:10])
