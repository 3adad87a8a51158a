"""`make calibrate`: sets the weights and thresholds of confidence, and writes them to bot/search/calibration.py.

The first answers to judged questions are judged right or wrong, in catalogues whose entries have all their phrasings,
and in copies with only the first few of them or none, so that the result holds however well entries are described.
Logistic regression gives the signals' weights. The weight of `lines` is then set so that questions about what the
catalogue does not have get a sure answer equally often in all of these catalogues, and the thresholds so that they
get one as often as MAX_ABSENT_SURE and MAX_ABSENT_ANSWERED say. Only questions of the split "calibrate", and
questions.jsonl, set anything; the figures of the split "judge" are written beside them.

How much `how_to_gap` counts is set by how_to.jsonl, and how much the `brief_…` signals count by short.jsonl and the
short ones of the others, with the other weights as they are: the answers to all other questions stay as sure as they
are without these signals.

Entries that nobody has described have a calibration of their own: versions are taken out in turn and imported beside
the rest, as `make fresh` does. Those on which `make fresh` is judged are not among them.
"""

import math
import random
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bot.catalog.models import Seeds
from bot.catalog.repository import Catalog
from bot.catalog.seeds import read_seeds
from bot.search import calibration as written
from bot.search.confidence import NewSignals, Signals
from bot.search.service import SearchService
from bot.settings import PROJECT
from tests.bench.fresh import JUDGED_TOGETHER, build_catalog, versions_to_take_out
from tests.relevance.judge import read_questions, read_trust_questions

PHRASING_LIMITS = (0, 5, 10, 20, 40, None)  # phrasings that entries keep; None: all
MAX_ABSENT_SURE = 0.15  # of the questions that have no answer, how many may get a sure one …
MAX_ABSENT_ANSWERED = 0.28  # … and how many any, in the catalogue as it is
# The same of a sure answer, and of any, that is an entry which nobody has described, where a version is new.
MAX_ABSENT_SURE_NEW, MAX_ABSENT_ANSWERED_NEW = 0.02, 0.17
# Signals of some questions only, by the file that sets how much they count.
SPECIAL_SIGNALS = {"how_to": ("how_to_gap",), "short": ("brief_title_gap", "brief_line_gap")}
WRONG_COUNTS = {"how_to": 1, "short": 2}  # how often a wrong answer counts for a right one in setting that
OUTPUT = PROJECT / "bot" / "search" / "calibration.py"
_HERE = Path(__file__).parent


class Example(NamedTuple):
    """A question's first answer."""

    phrasing_limit: int | None
    split: str  # calibrate or judge
    is_absent: bool  # there is no answer
    is_right: bool
    signals: Signals | NewSignals


class Calibration(NamedTuple):
    """What is written to bot/search/calibration.py."""

    weights: Signals | NewSignals
    bias: float
    sure: float
    perhaps: float

    def certainty(self, example: Example) -> float:
        """The certainty of an example's answer."""
        return self.bias + sum(w * s for w, s in zip(self.weights, example.signals, strict=True))


def with_fewer_phrasings(seeds: Seeds, limit: int | None) -> Seeds:
    """The seeds with at most so many phrasings an entry, drawn by lot, the same ones every time."""
    if limit is None:
        return seeds
    entries = []
    for entry in seeds.entries:
        phrasings = list(entry.also)
        random.Random(entry.key).shuffle(phrasings)
        entries.append(replace(entry, also=tuple(phrasings[:limit])))
    return replace(seeds, entries=tuple(entries))


def read_judged() -> Iterable[tuple[str, str, frozenset[str]]]:
    """Every judged question: its text, its split, and the keys that are right (none: there is no answer)."""
    for question in read_questions(_HERE / "questions.jsonl"):
        yield question.q, "calibrate", question.good if question.grade else frozenset()
    for trust in read_trust_questions(_HERE / "trust.jsonl"):
        if trust.kind != "meta":
            yield trust.q, trust.split, frozenset(key for key, grade in trust.grade.items() if grade >= 2)


def collect_examples(
    seeds: Seeds, limits: Iterable[int | None] = PHRASING_LIMITS, absent_only: bool = False
) -> list[Example]:
    """The first answer to every judged question, or to those without an answer, in a catalogue of each limit."""
    questions = [question for question in read_judged() if not (absent_only and question[2])]
    examples: list[Example] = []
    for limit in limits:
        with tempfile.TemporaryDirectory() as folder:
            catalog = Catalog(Path(folder) / "catalog.db")
            catalog.load_seeds(replace(with_fewer_phrasings(seeds, limit), translations=None))
            examples += _ask(catalog, questions, limit)
            catalog.close()
    return examples


def collect_special_examples(seeds: Seeds, name: str) -> list[Example]:
    """The first answers to the questions of one of SPECIAL_SIGNALS, in the catalogue as it is."""
    rows = read_trust_questions(_HERE / f"{name}.jsonl")
    questions = [(row.q, row.split, frozenset(row.grade)) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        catalog = Catalog(Path(folder) / "catalog.db")
        catalog.load_seeds(replace(seeds, translations=None))
        examples = _ask(catalog, questions, None)
        catalog.close()
    return [example for example in examples if isinstance(example.signals, Signals)]


def collect_new_examples(seeds: Seeds) -> tuple[list[Example], int]:
    """The first answers that are entries which nobody has described, where one version after the other is new; and how
    often a question without an answer was asked.
    """
    questions = [question for question in read_judged() if question[1] == "calibrate"]
    examples: list[Example] = []
    absent = 0
    for versions in versions_to_take_out(seeds):
        if set(versions) & set(JUDGED_TOGETHER):
            continue
        with tempfile.TemporaryDirectory() as folder:
            catalog = build_catalog(Path(folder) / "catalog.db", seeds, versions, ())
            found = _ask(catalog, questions, 0)
            catalog.close()
        absent += sum(not right for _, _, right in questions)
        examples += [example for example in found if isinstance(example.signals, NewSignals)]
    return examples, absent


def _ask(catalog: Catalog, questions: Iterable[tuple[str, str, frozenset[str]]], limit: int | None) -> list[Example]:
    examples = []
    with SearchService(catalog).snapshot() as snapshot:
        for text, split, right in questions:
            if assessed := snapshot.assess(text):
                key, assessment = assessed
                examples.append(Example(limit, split, not right, key in right, assessment.signals))
    return examples


def fit_logistic_regression(examples: Sequence[Example]) -> tuple[list[float], float]:
    """Weights and bias of all signals."""
    rows = [(*example.signals, 1.0) for example in examples]
    weights = _newton(rows, [example.is_right for example in examples])
    return weights[:-1], weights[-1]


def _newton(
    rows: Sequence[Sequence[float]], wanted: Sequence[bool], offsets: Sequence[float] = (), rounds: int = 25
) -> list[float]:
    """The weights of logistic regression by Newton's method, with a little ridge so that it always converges.
    `offsets`: what is added to each row's sum.
    """
    offsets = offsets or [0.0] * len(rows)
    size = len(rows[0])
    weights = [0.0] * size
    for _ in range(rounds):
        gradient = [-0.01 * weight for weight in weights]
        hessian = [[0.01 if i == j else 0.0 for j in range(size)] for i in range(size)]
        for row, is_right, offset in zip(rows, wanted, offsets, strict=True):
            total = offset + sum(w * x for w, x in zip(weights, row, strict=True))
            probability = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
            for i in range(size):
                gradient[i] += (is_right - probability) * row[i]
                for j in range(size):
                    hessian[i][j] += probability * (1.0 - probability) * row[i] * row[j]
        weights = [w + step for w, step in zip(weights, _solve(hessian, gradient), strict=True)]
    return weights


def _solve(matrix: list[list[float]], values: list[float]) -> list[float]:
    """Gaussian elimination with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, values, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[n][size] / rows[n][n] for n in range(size)]


def calibrate(examples: Sequence[Example]) -> Calibration:
    """The calibration that the examples of the split "calibrate" give."""
    own = [_without_special(example) for example in examples if example.split == "calibrate"]
    fitted, bias = fit_logistic_regression(own)
    best: tuple[float, Calibration] | None = None
    for step in range(81):
        weights = Signals(*fitted)._replace(lines=-step / 20)
        found = _with_thresholds(Calibration(weights, bias, 0.0, 0.0), own)
        shares = [absent_share(found, own, limit, found.sure) for limit in PHRASING_LIMITS]
        if best is None or max(shares) - min(shares) < best[0]:
            best = max(shares) - min(shares), found
    assert best is not None
    return best[1]


def _without_special(example: Example) -> Example:
    assert isinstance(example.signals, Signals)
    names = [name for listed in SPECIAL_SIGNALS.values() for name in listed]
    return example._replace(signals=example.signals._replace(**dict.fromkeys(names, 0.0)))


def with_special_weights(calibration: Calibration, examples: Sequence[Example], name: str) -> Calibration:
    """A calibration with the weights of some of SPECIAL_SIGNALS that the examples of the split "calibrate" give, the
    other ones as they are.
    """
    signals = SPECIAL_SIGNALS[name]
    own = [one for one in examples if one.split == "calibrate" and any(getattr(one.signals, s) for s in signals)]
    own += [one for one in own if not one.is_right] * (WRONG_COUNTS[name] - 1)
    rows = [[getattr(one.signals, signal) for signal in signals] for one in own]
    weights = _newton(rows, [one.is_right for one in own], list(map(calibration.certainty, own)))
    found = dict(zip(signals, weights, strict=True))
    return calibration._replace(weights=Signals(*calibration.weights)._replace(**found))


def describe_special(calibration: Calibration, examples: Sequence[Example], name: str) -> str:
    """How many of some questions get a sure answer, as the lines of a table."""
    lines = [f"split      {name}, absent: sure  {name}, right first: sure"]
    for split in ("calibrate", "judge"):
        found = [[one for one in examples if one.split == split and kind(one)] for kind in (_is_absent, _is_right)]
        counts = [f"{sum(calibration.certainty(e) >= calibration.sure for e in es)} of {len(es)}" for es in found]
        lines.append(f"{split:10} {counts[0]:>20}  {counts[1]:>25}")
    return "\n".join(lines)


def _is_absent(example: Example) -> bool:
    return example.is_absent


def _is_right(example: Example) -> bool:
    return example.is_right


def calibrate_new(examples: Sequence[Example], absent: int) -> Calibration:
    """The calibration of entries that nobody has described. `absent`: how many questions without an answer there were,
    of which these are the ones that such an entry came first for.
    """
    weights, bias = fit_logistic_regression(examples)
    calibration = Calibration(NewSignals(*weights), bias, 0.0, 0.0)
    certainties = sorted((calibration.certainty(example) for example in examples if example.is_absent), reverse=True)
    certainties.append(-9.0)  # where all may be answered
    sure, perhaps = (
        round(certainties[min(int(share * absent), len(certainties) - 1)] + 0.005, 2)
        for share in (MAX_ABSENT_SURE_NEW, MAX_ABSENT_ANSWERED_NEW)
    )
    return calibration._replace(sure=sure, perhaps=perhaps)


def _with_thresholds(calibration: Calibration, examples: Sequence[Example]) -> Calibration:
    as_it_is = [example for example in examples if example.phrasing_limit is None and example.is_absent]
    certainties = sorted((calibration.certainty(example) for example in as_it_is), reverse=True)
    sure, perhaps = (
        round(certainties[int(share * len(certainties))] + 0.005, 2) for share in (MAX_ABSENT_SURE, MAX_ABSENT_ANSWERED)
    )
    return calibration._replace(sure=sure, perhaps=perhaps)


def current_calibration() -> Calibration:
    """What bot/search/calibration.py says now."""
    weights = Signals(*written.SIGNAL_WEIGHTS)
    return Calibration(weights, written.BIAS, written.SURE_THRESHOLD, written.PERHAPS_THRESHOLD)


def absent_share(calibration: Calibration, examples: Iterable[Example], limit: int | None, threshold: float) -> float:
    """Of the questions that have no answer, the share whose first answer reaches a threshold."""
    reached = [
        calibration.certainty(example) >= threshold
        for example in examples
        if example.is_absent and example.phrasing_limit == limit
    ]
    return sum(reached) / len(reached)


def right_share(calibration: Calibration, examples: Iterable[Example], limit: int | None, threshold: float) -> float:
    reached = [
        calibration.certainty(example) >= threshold
        for example in examples
        if example.is_right and example.phrasing_limit == limit
    ]
    return sum(reached) / len(reached)


def describe(calibration: Calibration, examples: Sequence[Example]) -> str:
    """The figures, as the lines of a table."""
    lines = ["split      phrasings  absent: sure  answered  right first: sure  answered"]
    for split in ("calibrate", "judge"):
        of_split = [example for example in examples if example.split == split]
        for limit in PHRASING_LIMITS:
            figures = [
                share(calibration, of_split, limit, threshold)
                for share in (absent_share, right_share)
                for threshold in (calibration.sure, calibration.perhaps)
            ]
            name = "all" if limit is None else str(limit)
            lines.append(
                f"{split:10} {name:>9}  {figures[0]:12.3f}  {figures[1]:8.3f}  {figures[2]:17.3f}  {figures[3]:8.3f}"
            )
    return "\n".join(lines)


def describe_new(calibration: Calibration, examples: Sequence[Example], absent: int) -> str:
    """The figures of entries that nobody has described, as text."""
    right = [calibration.certainty(example) for example in examples if example.is_right]
    wrong = [calibration.certainty(example) for example in examples if example.is_absent]
    lines = ["threshold  absent: answered by a new one  right first, by a new one: answered"]
    for name, threshold in (("sure", calibration.sure), ("perhaps", calibration.perhaps)):
        shares = sum(c >= threshold for c in wrong) / absent, sum(c >= threshold for c in right) / len(right)
        lines.append(f"{name:9}  {shares[0]:29.3f}  {shares[1]:38.3f}")
    return "\n".join(lines)


def as_module(calibration: Calibration, new: Calibration, figures: str, new_figures: str) -> str:
    """The text of bot/search/calibration.py."""
    weights, new_weights = (", ".join(f"{weight:.3f}" for weight in found.weights) for found in (calibration, new))
    return (
        '"""Weights and thresholds of confidence. Made by `make calibrate`; do not edit.\n\n'
        "Shares of judged questions (tests/relevance) by how many phrasings the entries keep:\n\n"
        f"{figures}\n\nWhere one version is new and nobody has described it:\n\n"
        f'{new_figures}\n"""\n\n'
        "# In the order of `confidence.Signals`:\n"
        f"# {', '.join(Signals._fields[:-2])},\n# {', '.join(Signals._fields[-2:])}.\n"
        f"SIGNAL_WEIGHTS = ({weights})\n"
        f"BIAS = {calibration.bias:.3f}\n"
        f"SURE_THRESHOLD = {calibration.sure:.2f}\n"
        f"PERHAPS_THRESHOLD = {calibration.perhaps:.2f}\n\n"
        "# Of entries that nobody has described, in the order of `confidence.NewSignals`: "
        f"{', '.join(NewSignals._fields)}.\n"
        f"NEW_SIGNAL_WEIGHTS = ({new_weights})\n"
        f"NEW_BIAS = {new.bias:.3f}\n"
        f"NEW_SURE_THRESHOLD = {new.sure:.2f}\n"
        f"NEW_PERHAPS_THRESHOLD = {new.perhaps:.2f}\n"
    )


def main() -> None:
    """Calibrate, and write the file."""
    seeds = read_seeds(PROJECT / "seeds")
    examples = collect_examples(seeds)
    new_examples, absent = collect_new_examples(seeds)
    calibration, new = calibrate(examples), calibrate_new(new_examples, absent)
    as_it_is = [example for example in examples if example.phrasing_limit is None]
    special = {name: collect_special_examples(seeds, name) for name in SPECIAL_SIGNALS}
    for name, found in special.items():
        calibration = with_special_weights(calibration, found + (as_it_is if name == "short" else []), name)
    tables = [describe_special(calibration, found, name) for name, found in special.items()]
    figures = "\n\n".join([describe(calibration, examples), *tables])
    new_figures = describe_new(new, new_examples, absent)
    OUTPUT.write_text(as_module(calibration, new, figures, new_figures), encoding="utf-8")
    print(f"{figures}\n\n{new_figures}\n\nWritten to {OUTPUT.relative_to(PROJECT)}.")


if __name__ == "__main__":
    main()
