"""Lists of changes in YAML: items of labelled lines, below what they have in common."""

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document

NESTED = """# Changes we track.
releases:
  - version: "2.306"
    date: 2026-08-17
    changes:
      - id: 1142801
        title: Forecast of prepaid hours
        highlight: true
        description: >
          Shows when a contract will run out,
          at the pace of three months.
      - id: 1142802
        title: "Maps: sites are clustered"
        type: improvement
  - version: "2.305"
    changes:
      - id: 1142804
        title: 'Printing of "thank you" letters'
        caution: Test before enabling, letters are sent at once.
"""
KEYED = """---
v2.306:
  - title: Forecast
    number: '1142801'
    tags: [billing, highlight]
  - title: >-
      Maps: sites are clustered
      by region
    number: 1142802
    tags:
      - billing
      - highlight
v2.305:
  - number: 1142804
    title: Letters
"""
FLAT = """version: 2.306
episode: 29
changes:
- number: 1142801
  title: Forecast
  minute: 12:45
- number: 1142802
  title: Maps
  minute: "1:03:45"
"""


def _read(text: str) -> ParsedDocument:
    document = read_document(text.encode(), "changes.yaml", "changes.yaml")
    assert not document.problems
    return document


def test_items_below_a_version_are_of_it() -> None:
    """Each item is a change, with folded texts in one, and the version of the item around it."""
    first, second, third = _read(NESTED).records
    assert (first.number, str(first.version), first.highlighted) == ("1142801", "v2.306", True)
    assert first.summary == "Shows when a contract will run out, at the pace of three months."
    assert (second.title, str(second.version), second.highlighted) == ("Maps: sites are clustered", "v2.306", False)
    assert (third.title, str(third.version)) == ('Printing of "thank you" letters', "v2.305")
    assert third.caution == "Test before enabling, letters are sent at once."


def test_versions_may_be_names_and_tags_lists() -> None:
    """A version may be the name of a list; a title may be folded; tags may stand on lines of their own."""
    changes = [(r.number, r.title, str(r.version), r.highlighted) for r in _read(KEYED).records]
    assert changes == [
        ("1142801", "Forecast", "v2.306", True),
        ("1142802", "Maps: sites are clustered by region", "v2.306", True),
        ("1142804", "Letters", "v2.305", False),
    ]


def test_a_version_and_an_episode_above_all_count_for_all() -> None:
    """What stands above the list counts for its items."""
    changes = [(r.number, str(r.version), r.mention) for r in _read(FLAT).records]
    assert [(number, version, at and (at.episode, at.at)) for number, version, at in changes] == [
        ("1142801", "v2.306", (29, "12:45")),
        ("1142802", "v2.306", (29, "1:03:45")),
    ]


def test_a_bullet_a_label_is_no_item() -> None:
    """Where each label has a bullet, the block goes on over them."""
    text = (
        "- Number: 1142801\n- Title: Forecast\n- Version: 2.306\n\n- Number: 1142802\n- Title: Maps\n- Version: 2.305\n"
    )
    changes = [(record.number, record.title, str(record.version)) for record in _read(text).records]
    assert changes == [("1142801", "Forecast", "v2.306"), ("1142802", "Maps", "v2.305")]


def test_tags_and_remarks_are_no_values() -> None:
    """What YAML says of a value's kind, and what is remarked behind a number, is not the value."""
    text = (
        "version: 2.306\nchanges:\n  - id: !custom 1142801 # internal\n    title: !!str Forecasts\n"
        "  - id: 1142802 # one more\n    title: Maps are clustered\n"
    )
    document = read_document(text.encode(), "changes.yaml", "changes.yaml")
    assert [(record.number, record.title) for record in document.records] == [
        ("1142801", "Forecasts"),
        ("1142802", "Maps are clustered"),
    ]
