"""How `make fresh` takes a version out, brings it in again and judges the answers."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalog import expansion, learning
from bot.catalog.models import Entry, Seeds, Version
from bot.catalog.training import TrainingExamples
from tests.bench.fresh import FreshFigures, FreshQuestion, FreshVerdict, build_catalog, read_fresh_questions, take_out

NEW = Version(2, 300)
SEEDS = Seeds(
    (
        Entry("1000001", "feature", "Quotes can be signed on a phone", "A quote shows a field for the signature.",
              Version(2, 298), also=("sign with a finger",)),
        Entry("1000002", "feature", "Kiosk mode for tablets", "A tablet at the door shows one form. It locks.", NEW,
              names=("Kiosk",), also=("front door check-in",)),
    )
)  # fmt: skip


@pytest.fixture(autouse=True)
def without_training_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Learning from them takes seconds, and nothing here is about what they teach."""
    for module in (expansion, learning):
        monkeypatch.setattr(module, "read_training_examples", TrainingExamples)


def test_nothing_described_is_left(tmp_path: Path) -> None:
    """The new entry has the source's title and first sentence; no phrasing, no name and no second sentence."""
    catalog = build_catalog(tmp_path / "catalog.db", SEEDS, (NEW,), ())
    old, new = catalog.entries(["1000001", "1000002"])
    assert old == SEEDS.entries[0]
    assert (new.title, new.version, new.also) == ("Kiosk mode for tablets", NEW, ())
    assert new.summary == "A tablet at the door shows one form."
    catalog.close()


def test_questions(tmp_path: Path) -> None:
    """Both kinds of question files are read; what has no answer, and kinds that are not measured, are left out."""
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '{"q": "a", "category": "natural", "grade": {"1": 3, "2": 2, "3": 1}}\n'
        '{"q": "b", "kind": "answerable", "grade": {"1": 1}}\n'
        '{"q": "c", "kind": "colloquial", "relevant": ["7"]}\n'
        '{"q": "d", "category": "no_answer"}\n{"q": "e", "category": "typo", "grade": {"1": 3}}\n'
    )
    assert list(read_fresh_questions([path])) == [
        FreshQuestion("a", "natural", frozenset({"1"}), frozenset({"1", "2"})),
        FreshQuestion("b", "colloquial", frozenset({"1"}), frozenset({"1"})),
        FreshQuestion("c", "colloquial", frozenset({"7"}), frozenset({"7"})),
    ]


def test_new_and_described() -> None:
    """A question is judged with the version that its answer is in; those about the rest are the described ones."""
    kiosk = FreshQuestion("kiosk mode", "natural", frozenset({"1000002"}), frozenset({"1000002"}))
    sign = FreshQuestion("sign quote on a phone", "natural", frozenset({"1000001"}), frozenset({"1000001"}))
    before = [FreshVerdict(question, True, True, True) for question in (kiosk, sign)]
    result = take_out(SEEDS, (NEW,), (), [kiosk, sign], before)
    assert [(verdict.question, verdict.right_first, verdict.in_sight) for verdict in result.new] == [
        (kiosk, True, True)
    ]
    assert [verdict.question for verdict in result.described] == [sign]
    assert result.described_before == (before[1],)


def test_figures() -> None:
    """An answer that is wrong counts as sure and wrong only where it was given as a sure one."""
    question = FreshQuestion("q", "natural", frozenset("1"), frozenset("1"))
    right = FreshVerdict(question, True, True, True)
    verdicts = [right, replace(right, right_first=False), replace(right, right_first=False, is_sure=False), right]
    assert FreshFigures.of(verdicts) == FreshFigures(4, 0.5, 1.0, pytest.approx(0.25))
    assert FreshFigures.of([]).asked == 0
