"""How sure answers are, on judged questions: rarely where there is no answer, nearly always where the answer is right.

The calibration's floors hold on the split "judge", which set nothing; how evenly it holds is tested on both.
"""

import pytest

from bot.catalog.models import Seeds
from tests.relevance.calibrate import Example, absent_share, collect_examples, current_calibration, right_share

CALIBRATION = current_calibration()
MAX_SPREAD = 0.05  # of sure answers to questions without one, whatever number of phrasings the entries have


@pytest.fixture(scope="module")
def as_it_is(shipped_seeds: Seeds) -> list[Example]:
    """The first answers in the catalogue as it is, to the questions that set nothing."""
    return [example for example in collect_examples(shipped_seeds, [None]) if example.split == "judge"]


def test_questions_without_an_answer(as_it_is: list[Example]) -> None:
    """At most one in five gets a sure answer, and at most 35 in a hundred any."""
    assert absent_share(CALIBRATION, as_it_is, None, CALIBRATION.sure) <= 0.20
    assert absent_share(CALIBRATION, as_it_is, None, CALIBRATION.perhaps) <= 0.35


def test_right_answers(as_it_is: list[Example]) -> None:
    """Of right answers, at most 8 in a hundred are not sure, and hardly one is withheld."""
    assert right_share(CALIBRATION, as_it_is, None, CALIBRATION.sure) >= 0.92
    assert right_share(CALIBRATION, as_it_is, None, CALIBRATION.perhaps) >= 0.98


def test_number_of_phrasings(shipped_seeds: Seeds) -> None:
    """Whether entries have 5, 10, 20, 40 or all of their phrasings, as many absent topics get a sure answer."""
    limits = (5, 10, 20, 40, None)
    examples = collect_examples(shipped_seeds, limits, absent_only=True)
    shares = [absent_share(CALIBRATION, examples, limit, CALIBRATION.sure) for limit in limits]
    assert max(shares) - min(shares) < MAX_SPREAD, shares
    assert min(shares) > 0.05  # a rule that is never sure would be even as well
