"""Guessed areas: how often people agree with them, and when there is none."""

from functools import cache

import pytest

from bot.catalog.models import Entry
from bot.catalog.seeds import read_seeds
from bot.ingest.areas import MIN_DESCRIBED, AreaClassifier
from bot.settings import PROJECT


@cache
def described() -> tuple[dict[str, tuple[str, ...]], tuple[Entry, ...]]:
    """The areas, and the changes whose area a person gave."""
    seeds = read_seeds(PROJECT / "seeds")
    return dict(seeds.areas), tuple(entry for entry in seeds.entries if entry.kind == "feature")


def test_people_agree_where_an_area_is_guessed():
    """Each version in turn, guessed from the others as a new one is: where there is a guess, three in four agree with
    what a person gave, and most changes have one.
    """
    areas, entries = described()
    guessed = agreed = 0
    for version in {(entry.version, entry.possible_versions) for entry in entries}:
        others = [entry for entry in entries if (entry.version, entry.possible_versions) != version]
        classifier = AreaClassifier(areas, others)
        for entry in entries:
            if (entry.version, entry.possible_versions) == version:
                guess = classifier.classify(entry.title, entry.summary)
                guessed += guess is not None
                agreed += guess == entry.area
    assert agreed / guessed >= 0.75
    assert guessed / len(entries) >= 0.7


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("Invoices can be rounded by currency, and credit notes follow the invoice", "Billing & invoicing"),
        ("Jira sync keeps comments of both sides", "Integrations"),
        ("Chat widget can be themed, and chat transcripts are mailed", "Chat"),
        ("Various improvements", None),
        ("Things are better than they were", None),
        ("", None),
    ],
)
def test_only_what_stands_out_is_guessed(title, area):
    """A text about one area has it; one that says nothing of any has none, and is no longer called configuration."""
    assert AreaClassifier(*described()).classify(title) == area


def test_few_described_changes():
    """Before changes are described, only words that name an area count, and a tie is no guess."""
    areas, entries = described()
    classifier = AreaClassifier(areas, entries[: MIN_DESCRIBED - 1])
    assert classifier.classify("Invoices show the site") == "Billing & invoicing"
    assert classifier.classify("A dialog is wider") is None
    assert classifier.find_by_name("invoicing") == AreaClassifier(areas).find_by_name("invoicing")
