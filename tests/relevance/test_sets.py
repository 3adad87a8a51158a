"""How whole and clean sets are, and how well versions are reckoned with: floors for the questions of `sets.jsonl`.

The floors are what search reached when they were set, less 0.03, rounded down, on both halves. Only misses of the half
`calibrate` are printed: nothing may be fitted to the other one.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalog.repository import Catalog
from bot.search.service import SearchService
from tests.relevance.judge_sets import SPLITS, SetVerdict, judge_set, read_sets

# The mean precision and recall of a kind, by half.
FLOORS = {
    ("set", "calibrate"): (0.92, 0.95),
    ("set", "judge"): (0.89, 0.88),
    ("version", "calibrate"): (0.96, 0.97),
    ("version", "judge"): (0.96, 0.95),
}
MAX_SLACK = 0.08  # a floor further below what is reached guards nothing


@pytest.fixture(scope="module")
def verdicts(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[SetVerdict]]:
    """Every set question judged, by what is shown as its answer."""
    path = tmp_path_factory.mktemp("sets") / "catalog.db"
    path.write_bytes(shipped_file.read_bytes())
    catalogue = Catalog(path)
    service = SearchService(catalogue)

    def keys(text: str) -> list[str]:
        result = service.search(text)
        return [hit.entry.key for hit in (*result.hits, *result.possible_hits)]

    yield [judge_set(question, keys(question.q)) for question in read_sets(Path(__file__).with_name("sets.jsonl"))]
    catalogue.close()


def reached(verdicts: list[SetVerdict], kind: str, split: str) -> tuple[float, float]:
    """The mean precision and recall of the questions of a kind and half."""
    of_kind = [v for v in verdicts if (v.question.kind, v.question.split) == (kind, split)]
    return sum(v.precision for v in of_kind) / len(of_kind), sum(v.recall for v in of_kind) / len(of_kind)


@pytest.mark.parametrize(("kind", "split"), FLOORS)
def test_sets(verdicts: list[SetVerdict], kind: str, split: str) -> None:
    """Sets and ranges are at least as clean and as whole as when the floors were set."""
    precision, recall = reached(verdicts, kind, split)
    missed = [str(v) for v in verdicts if v.question.split == SPLITS[0] and v.question.kind == kind and not v.exact]
    assert precision >= FLOORS[kind, split][0], "\n".join(missed)
    assert recall >= FLOORS[kind, split][1], "\n".join(missed)


def test_floors_are_no_formality(verdicts: list[SetVerdict]) -> None:
    """No floor is so low that lists could get much worse unseen."""
    figures = {key: reached(verdicts, *key) for key in FLOORS}
    low = [
        (key, figures[key])
        for key, floors in FLOORS.items()
        if any(figure - floor > MAX_SLACK for figure, floor in zip(figures[key], floors, strict=True))
    ]
    assert low == [], "raise these floors"
