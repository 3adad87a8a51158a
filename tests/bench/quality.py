"""Judging answers by the definitions that shared/search/evaluate.py states; written anew, so that the two check each
other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from tests.bench.material import Question

KINDS = (
    "exact_id",
    "version",
    "keyword",
    "synonym",
    "typo",
    "natural",
    "multi",
    "faq_guide",
)  # in the order of the tables
NO_ANSWER = "no_answer"
CUTOFF = 10  # R@10 and MRR@10 look at so many
MAX_HITS = 50  # of a longer answer, the rest is cut


@dataclass(frozen=True, slots=True)
class KindQuality:
    """Figures of one kind of question, 0 to 1. For no_answer, `hit` is the share rightly answered with nothing."""

    asked: int
    misses: int
    hit: float
    recall: float = 0.0
    rank: float = 0.0


@dataclass(frozen=True, slots=True)
class Quality:
    """What one engine made of one set of questions."""

    kinds: dict[str, KindQuality]
    clean: KindQuality | None  # no_answer; None where no such question was asked

    @property
    def hit(self) -> float:
        """MACRO hit@1: the mean of the kinds' means, no_answer not among them."""
        return fmean(judged.hit for judged in self.kinds.values()) if self.kinds else 0.0

    @property
    def recall(self) -> float:
        """MACRO R@10."""
        return fmean(judged.recall for judged in self.kinds.values()) if self.kinds else 0.0

    @property
    def rank(self) -> float:
        """MACRO MRR@10."""
        return fmean(judged.rank for judged in self.kinds.values()) if self.kinds else 0.0


def relevant(question: Question) -> set[str]:
    """The keys that count as an answer: graded 2 or 3, or 1 where nothing better was named."""
    bar = 2 if max(question.grade.values()) >= 2 else 1
    return {key for key, grade in question.grade.items() if grade >= bar}


def judge(question: Question, ids: Sequence[str]) -> tuple[float, float, float]:
    """hit@1, R@10 and the reciprocal rank of one answer; for no_answer the first is whether nothing (or nothing
    harmful) was said.
    """
    got = list(dict.fromkeys(ids[:MAX_HITS]))
    if question.category == NO_ANSWER:
        return float(set(got) <= set(question.tolerate)), 0.0, 0.0
    good, got = relevant(question), got[:CUTOFF]
    place = next((number for number, key in enumerate(got, 1) if key in good), 0)
    return float(place == 1), len(good.intersection(got)) / min(CUTOFF, len(good)), 1 / place if place else 0.0


def judge_all(questions: Sequence[Question], answers: Sequence[Sequence[str]]) -> Quality:
    """Figures by kind. Kinds that the tables do not know follow the known ones by name."""
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for question, ids in zip(questions, answers, strict=True):
        rows.setdefault(question.category, []).append(judge(question, ids))
    nothing = rows.pop(NO_ANSWER, [])
    order = sorted(rows, key=lambda kind: (KINDS.index(kind) if kind in KINDS else len(KINDS), kind))
    return Quality({kind: _judged(rows[kind]) for kind in order}, _judged(nothing) if nothing else None)


def _judged(rows: list[tuple[float, float, float]]) -> KindQuality:
    hits, recalls, ranks = zip(*rows, strict=True)
    return KindQuality(len(rows), int(len(rows) - sum(hits)), fmean(hits), fmean(recalls), fmean(ranks))
