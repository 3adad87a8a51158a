"""How sure answers are, on judged questions: rarely where there is no answer, nearly always where the answer is right.

The calibration's floors hold on the split "judge", which set nothing; how evenly it holds is tested on both.
"""

from pathlib import Path

import pytest

from bot.catalog.models import Seeds, Version
from bot.search.confidence import Signals, judge_signals
from bot.search.question_types import asks_how
from bot.search.service import SearchService
from tests.bench.fresh import build_catalog
from tests.relevance.calibrate import (
    Example,
    absent_share,
    collect_examples,
    current_calibration,
    read_judged,
    right_share,
)
from tests.search.conftest import service

__all__ = ["service"]

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


@pytest.mark.long
def test_number_of_phrasings(shipped_seeds: Seeds) -> None:
    """Whether entries have 5, 10, 20, 40 or all of their phrasings, as many absent topics get a sure answer."""
    limits = (5, 10, 20, 40, None)
    examples = collect_examples(shipped_seeds, limits, absent_only=True)
    shares = [absent_share(CALIBRATION, examples, limit, CALIBRATION.sure) for limit in limits]
    assert max(shares) - min(shares) < MAX_SPREAD, shares
    assert min(shares) > 0.05  # a rule that is never sure would be even as well


@pytest.mark.long
def test_where_a_version_is_new(shipped_seeds: Seeds, tmp_path: Path) -> None:
    """With entries that nobody has described, of questions about what there is not at most one in thirty gets a sure
    answer that is one of them, and at most one in five any such answer. Some right ones are sure.
    """
    catalog = build_catalog(tmp_path / "catalog.db", shipped_seeds, (Version(2, 212),), ())
    new = {entry.key for entry in shipped_seeds.entries if entry.version == Version(2, 212)}
    by_new: list[str] = []
    right: list[str] = []
    absent = 0
    with SearchService(catalog).snapshot() as snapshot:
        for text, split, good in read_judged():
            if split != "judge" and not good & new:
                continue
            key, assessment = snapshot.assess(text) or ("", None)
            absent += not good
            if assessment and key in new and not good:
                by_new.append(assessment.confidence)
            if assessment and key in good & new:
                right.append(assessment.confidence)
    catalog.close()
    assert absent > 100
    assert by_new.count("sure") <= absent / 30
    assert len(by_new) - by_new.count("none") <= absent / 5
    assert right.count("sure") >= len(right) / 4
    assert right.count("none") <= len(right) / 10


@pytest.mark.parametrize(
    "text",
    [
        "how do I upload a logo", "how do I delete a client", "how do I reset my password",
        "how to reset a user's password", "what's the way to delete a client",
        "can you tell me how to upload our logo",
    ],
)  # fmt: skip
def test_general_how_to(service: SearchService, text: str) -> None:
    """How something general is done in Halo, which no change is about, gets no sure answer."""
    with service.snapshot() as snapshot:
        assert snapshot.search(text).confidence != "sure"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("how do I merge duplicate assets", "671302"), ("how can I preview an email template", "767443"),
        ("how do I make a field mandatory on an action", "faq-required-action-field"),
        ("how do I stop engineers doing bulk priority changes", "971319"),
        ("can you tell me how to set an out of office", "947700"),
        ("where do i change the width of the tree menu", "999276"),
    ],
)  # fmt: skip
def test_how_to_that_a_change_answers(service: SearchService, text: str, key: str) -> None:
    """How something is done that a change is about still gets that change, and surely."""
    with service.snapshot() as snapshot:
        result = snapshot.search(text)
    assert (result.hits[0].entry.key, result.confidence) == (key, "sure")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how do I add a site", True), ("hi, can you tell me how to add a site", True), ("where do we set it", True),
        ("whats the best way to add a site", True), ("steps to add a site", True),
        ("is there a way to add a site", True),
        ("how many changes in 2.214", False), ("how come invoices are late", False), ("where did the button go", False),
        ("show how busy agents are", False), ("the way tickets are sorted", False), ("guide to billing", True),
    ],
)  # fmt: skip
def test_asks_how(text: str, expected: bool) -> None:
    """A question how something is done is told from one how many, how come and where it went."""
    assert asks_how(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "fax machines", "snowflake", "ldap", "carrier pigeon", "yubikey", "mfa", "multi currency", "ticket tags",
        "duplicate invoices", "reverse charge", "split tickets", "unsubscribe links", "goods returns",
    ],
)  # fmt: skip
def test_one_or_two_words(service: SearchService, text: str) -> None:
    """One or two words that only stand in the middle of what was asked about something else get no sure answer."""
    with service.snapshot() as snapshot:
        assert snapshot.search(text).confidence != "sure"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("opinyin", "ep15-09"), ("sailpoint", "977581"), ("google maps", "160218"), ("merge assets", "671302"),
        ("quote expiry", "808514"), ("do not disturb", "1028655"), ("cart total", "ep15-13"), ("pwd expiry", "956854"),
        ("sticky banner", "996323"), ("ssn redaction", "977591"), ("punch clock", "ep15-04"), ("dnd", "1028655"),
    ],
)  # fmt: skip
def test_one_or_two_words_that_a_change_is_about(service: SearchService, text: str, key: str) -> None:
    """One or two words that a change is about, by its title or by what people call it, still get it surely."""
    with service.snapshot() as snapshot:
        result = snapshot.search(text)
    assert (result.hits[0].entry.key, result.confidence) == (key, "sure")


def test_brief_gaps_withhold_nothing() -> None:
    """How little one or two words say makes a sure answer one that is perhaps right, and never none."""
    plain = Signals(*[0.0] * len(Signals._fields))._replace(evidence=1.5, terms=2 / 14)
    brief = plain._replace(brief_title_gap=1.0, brief_line_gap=1.0)
    for margin in (0.0, 0.02, 0.1, 0.2, 0.3):
        without, with_gaps = judge_signals(plain._replace(margin=margin)), judge_signals(brief._replace(margin=margin))
        assert (without.confidence == "none") == (with_gaps.confidence == "none")
        assert with_gaps.certainty < without.certainty
