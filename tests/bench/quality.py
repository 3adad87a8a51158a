"""How good answers are: hit@1, R@10 and MRR@10 by kind of question, and their means over the kinds (MACRO).

A relevant answer has grade 2 or 3, or 1 where nothing better is known. R@10 is how many relevant ones are among the
first ten, of those that could be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from tests.bench.material import Question

KINDS = ("exact_id", "version", "keyword", "synonym", "typo", "natural", "multi", "faq_guide")  # as tables show them
NO_ANSWER = "no_answer"
CUTOFF = 10  # of R@10 and MRR@10
MAX_HITS = 50  # the rest of a longer answer is ignored


@dataclass(frozen=True, slots=True)
class KindQuality:
    """Figures of one kind of question, 0 to 1. For no_answer, `hit` is the share rightly answered with nothing."""

    asked: int
    misses: int
    hit: float  # hit@1
    recall: float = 0.0  # R@10
    rank: float = 0.0  # MRR@10


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of one engine on one set of questions."""

    kinds: dict[str, KindQuality]
    clean: KindQuality | None  # no_answer; None where no such question was asked

    @property
    def hit(self) -> float:
        """MACRO hit@1: the mean of the kinds' means, without no_answer."""
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
    """The keys that count as an answer: of grade 2 or 3, or 1 where no better one is known."""
    min_grade = 2 if max(question.grade.values()) >= 2 else 1
    return {key for key, grade in question.grade.items() if grade >= min_grade}


def judge(question: Question, ids: Sequence[str]) -> tuple[float, float, float]:
    """hit@1, R@10 and the reciprocal rank of one answer. For no_answer, hit@1 is 1 where nothing harmful was found."""
    got = list(dict.fromkeys(ids[:MAX_HITS]))
    if question.category == NO_ANSWER:
        return float(set(got) <= set(question.tolerate)), 0.0, 0.0
    good, got = relevant(question), got[:CUTOFF]
    rank = next((number for number, key in enumerate(got, 1) if key in good), 0)
    return float(rank == 1), len(good.intersection(got)) / min(CUTOFF, len(good)), 1 / rank if rank else 0.0


def judge_all(questions: Sequence[Question], answers: Sequence[Sequence[str]]) -> Quality:
    """Figures by kind: those of KINDS in that order, then others by name."""
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for question, ids in zip(questions, answers, strict=True):
        rows.setdefault(question.category, []).append(judge(question, ids))
    no_answer = rows.pop(NO_ANSWER, [])
    order = sorted(rows, key=lambda kind: (KINDS.index(kind) if kind in KINDS else len(KINDS), kind))
    return Quality({kind: _kind_quality(rows[kind]) for kind in order}, _kind_quality(no_answer) if no_answer else None)


def _kind_quality(rows: list[tuple[float, float, float]]) -> KindQuality:
    hits, recalls, ranks = zip(*rows, strict=True)
    return KindQuality(len(rows), int(len(rows) - sum(hits)), fmean(hits), fmean(recalls), fmean(ranks))
