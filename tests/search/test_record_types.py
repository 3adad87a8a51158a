"""A change to another type of record than the question names is no sure answer."""

import pytest

from bot.search.models import Expansion, Term
from bot.search.record_types import share_of_missing_types
from bot.search.scoring import Score
from bot.search.service import SearchService


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("bulk edit invoices", "bulk edit tickets"),
        ("merge duplicate tickets", "merge duplicate assets"),
        ("merge duplicate invoices", "merge duplicate devices"),
        ("clone contracts", "clone tickets"),
    ],
)
def test_another_record_type(service: SearchService, other: str, same: str) -> None:
    """Where the catalogue has a change to one record type only, a question about another gets no sure answer."""
    assert service.search(other).confidence != "sure"
    assert service.search(same).confidence == "sure"


@pytest.mark.parametrize("product", ["slack", "sharepoint", "ninjaone", "pax8"])
def test_integration_of_a_product(service: SearchService, product: str) -> None:
    """A change that is about a product answers who asks for its integration, whether it has that word or not."""
    result = service.search(f"{product} integration")
    assert result.confidence == "sure"
    assert result.hits[0].entry.key == service.search(product).hits[0].entry.key


def term(word: str) -> Term:
    """A word that is searched for."""
    return Term(word, 1.0, (Expansion((word,), 1.0, "exact", word),))


@pytest.mark.parametrize(
    ("words", "lines", "share"),
    [
        (("merge", "tickets"), (3.0, 0.0), 1.0),
        (("merge", "tickets"), (3.0, 0.5), 0.0),  # by another word for it, or as is expected
        (("merge", "tickets"), (0.0, 2.0), 0.0),  # "merge" is no record type
        (("merge", "quickly"), (3.0, 0.0), 0.0),
        (("asset", "report", "columns", "first"), (1.0, 0.0, 0.0, 0.0), 2 / 3),
        (("merge", "tickets"), (), 0.0),  # nothing is searched for
        ((), (), 0.0),
    ],
)
def test_missing_types(words: tuple[str, ...], lines: tuple[float, ...], share: float) -> None:
    """The share of the named record types that the entry has in none of its lines."""
    found = share_of_missing_types([term(word) for word in words], Score(1.0, 0.5, 0.5, 0.5, lines))
    assert found == pytest.approx(share)
