"""A change of another thing than the one that is asked for is no sure answer."""

import pytest

from bot.search.asked_things import share_of_lacking_things
from bot.search.models import Expansion, Term
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
def test_another_thing(service: SearchService, other: str, same: str) -> None:
    """Of what the catalogue says of one thing only, a question about another one gets no sure answer."""
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
        (("merge", "tickets"), (0.0, 2.0), 0.0),  # "merge" is no thing
        (("merge", "quickly"), (3.0, 0.0), 0.0),
        (("asset", "report", "columns", "first"), (1.0, 0.0, 0.0, 0.0), 2 / 3),
        (("merge", "tickets"), (), 0.0),  # nothing is searched for
        ((), (), 0.0),
    ],
)
def test_what_is_lacking(words: tuple[str, ...], lines: tuple[float, ...], share: float) -> None:
    """The things that the entry has in none of its lines, of all that are named."""
    found = share_of_lacking_things([term(word) for word in words], Score(1.0, 0.5, 0.5, 0.5, lines))
    assert found == pytest.approx(share)
