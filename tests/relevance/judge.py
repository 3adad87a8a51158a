"""Judges answers to questions with known answers.

A question names entries by key with a grade: 3 is exactly it, 2 clearly relevant, 1 related. A good answer has grade 2
or more, or 1 where no entry has more. A question that has no answer has no grades, and may name entries that do no
harm.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

DEPTH = 10
NO_ANSWER = "no_answer"

TrustKind = Literal["absent", "meta", "answerable"]
Split = Literal["calibrate", "judge"]


@dataclass(frozen=True, slots=True)
class Question:
    """One judged question."""

    q: str
    category: str
    grade: dict[str, int] = field(default_factory=dict)
    tolerate: tuple[str, ...] = ()

    @property
    def good(self) -> frozenset[str]:
        """The keys that answer it."""
        min_grade = min(2, max(self.grade.values()))
        return frozenset(key for key, grade in self.grade.items() if grade >= min_grade)


@dataclass(frozen=True, slots=True)
class TrustQuestion:
    """One question that tells how far an answer can be trusted; see README.md for the kinds and the two halves."""

    q: str
    kind: TrustKind
    split: Split
    grade: dict[str, int] = field(default_factory=dict)  # of an answerable one: 3 is the one right entry
    tolerate: tuple[str, ...] = ()  # of an absent one: what does no harm when shown


@dataclass(frozen=True, slots=True)
class QuestionVerdict:
    """How well one question was answered. Of a question without an answer only `right` is judged."""

    question: Question
    keys: tuple[str, ...]
    right: float  # 1 where the first answer is good, or where rightly nothing was answered
    recall: float = 0.0  # share of the good ones among the first ten, of those that could be

    def __str__(self) -> str:
        wanted = sorted(self.question.good) if self.question.grade else f"nothing, or {list(self.question.tolerate)}"
        return f"{self.question.category}: “{self.question.q}” wanted {wanted} got {list(self.keys[:3])}"


def read_questions(path: Path) -> Iterator[Question]:
    """The questions of a file, one a line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Question(row["q"], row["category"], row.get("grade", {}), tuple(row.get("tolerate", ())))


def read_trust_questions(path: Path, split: Split | None = None) -> Iterator[TrustQuestion]:
    """The questions of a file, one a line; only those of one half where `split` names it."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if split in (None, row["split"]):
            yield TrustQuestion(
                row["q"], row["kind"], row["split"], row.get("grade", {}), tuple(row.get("tolerate", ()))
            )


def judge(question: Question, got: Sequence[str]) -> QuestionVerdict:
    """The verdict on an answer, given as keys, best first."""
    if question.category == NO_ANSWER:
        return QuestionVerdict(question, tuple(got), float(set(got) <= set(question.tolerate)))
    good = question.good
    return QuestionVerdict(
        question,
        tuple(got),
        float(bool(got) and got[0] in good),
        len(good & set(got[:DEPTH])) / min(DEPTH, len(good)),
    )


def judge_all(
    questions: Sequence[Question], answer: Callable[[str], Sequence[str]]
) -> dict[str, list[QuestionVerdict]]:
    """The verdicts by category; `answer` gives the keys that answer a text, best first."""
    verdicts: dict[str, list[QuestionVerdict]] = {}
    for question in questions:
        verdicts.setdefault(question.category, []).append(judge(question, answer(question.q)))
    return verdicts


def mean(figures: Sequence[float]) -> float:
    """Their mean; there has to be one."""
    return sum(figures) / len(figures)
