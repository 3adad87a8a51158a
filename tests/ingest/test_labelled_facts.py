"""Labelled lines below titles that have their numbers beside them."""

import pytest

from bot.ingest.models import Record
from bot.ingest.readers.page import read_page

TEXT = """HaloPSA, episode 31

{bullet}#1143601 Deposits on rental items
{indent}Type: Change
{indent}Versions: 2.317.0
{indent}Time: 6:08
A deposit is billed first.

{bullet}#1143602 Skins for the portal
{indent}Type: New feature (highlight)
{indent}Versions: 2.318
{indent}Time: 1:02:07
{indent}Warning: Old colours are lost.
{indent}Description: Colours and fonts.

{bullet}#1143603 Racks
{indent}Highlight: Yes
{indent}Versions: 2.318
{indent}Test first: Yes
"""


def _read(text: str) -> list[Record]:
    document = read_page(text.encode(), "notes.txt")
    assert not document.problems
    return list(document.records)


@pytest.mark.parametrize(("bullet", "indent"), [("", ""), ("* ", "  "), ("* ", "  - ")])
def test_what_the_lines_say_counts_for_the_change_above(bullet: str, indent: str) -> None:
    """A version, a minute, a mark, a warning and a description below a change are its own, and no other's."""
    deposits, skins, racks = _read(TEXT.format(bullet=bullet, indent=indent))
    assert [str(record.version) for record in (deposits, skins, racks)] == ["v2.317", "v2.318", "v2.318"]
    assert [record.mention and record.mention.at for record in (deposits, skins, racks)] == ["6:08", "1:02:07", None]
    assert [record.highlighted for record in (deposits, skins, racks)] == [False, True, True]
    assert (deposits.caution, skins.caution) == (None, "Old colours are lost.")
    assert racks.caution == "The source advises caution."
    assert (deposits.title, deposits.summary) == ("Deposits on rental items", "A deposit is billed first.")


def test_a_single_labelled_line_is_a_note() -> None:
    """Where one change only has such a line, it stays what it was: a note of the change."""
    text = "HaloPSA v2.317\n\n#1143601 Deposits\nArea: Billing\n\n#1143602 Skins for the portal\n"
    deposits, skins = _read(text)
    assert "Area: Billing" in (deposits.summary, *deposits.notes)
    assert (skins.title, str(skins.version)) == ("Skins for the portal", "v2.317")
