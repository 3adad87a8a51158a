"""Judges whole answers: sets and versions by precision and recall, conversations turn by turn.

A set question names every key that has to be there, and keys that do no harm. A turn of a conversation says with its
mode what is right: see `judge_turn`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SPLITS = ("calibrate", "judge")
MODES = ("any", "set", "none", "same", "ver")  # and pick:1, pick:-1, …
VERSION_SLACK = 20  # how many more a turn of mode ver may show

# What answers a question in a conversation: the keys that are shown as an answer, best first, and the confidence.
# The second argument is the thread: the name of the conversation.
Answer = Callable[[str, str], tuple[Sequence[str], str]]


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A question whose answer is a whole set of entries; of `relevant` none, if there is nothing to be found."""

    q: str
    kind: str  # set or version
    split: str
    relevant: frozenset[str]
    tolerate: frozenset[str]


@dataclass(frozen=True, slots=True)
class SetVerdict:
    """How well a set was answered. Where nothing is relevant, both figures are 1 if the answer does no harm, else 0."""

    question: SetQuestion
    keys: tuple[str, ...]
    precision: float
    recall: float

    @property
    def exact(self) -> bool:
        """Whether all of it is there, and nothing that does harm."""
        return self.precision == self.recall == 1

    def __str__(self) -> str:
        wanted, got = self.question.relevant, frozenset(self.keys)
        return (
            f"{self.question.kind}: “{self.question.q}” P {self.precision:.2f} R {self.recall:.2f} "
            f"missing {sorted(wanted - got)[:3]} too many {sorted(got - wanted - self.question.tolerate)[:3]}"
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One message in a conversation."""

    q: str
    mode: str
    ids: frozenset[str]
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages of one thread, in order."""

    name: str
    split: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class TurnVerdict:
    """Whether one turn was answered right."""

    conversation: Conversation
    turn: Turn
    keys: tuple[str, ...]
    confidence: str
    right: bool

    def __str__(self) -> str:
        turn = self.turn
        return f"{self.conversation.name}: “{turn.q}” {turn.mode} {sorted(turn.ids)[:3]} got {list(self.keys[:3])}"


def read_sets(path: Path) -> Iterator[SetQuestion]:
    """The set and version questions of a file, one a line."""
    for row in _rows(path):
        yield SetQuestion(row["q"], row["kind"], row["split"], frozenset(row["relevant"]), frozenset(row["tolerate"]))


def read_conversations(path: Path) -> Iterator[Conversation]:
    """The conversations of a file, one a line."""
    for row in _rows(path):
        turns = tuple(
            Turn(turn["q"], turn["mode"], frozenset(turn["ids"]), frozenset(turn["near"])) for turn in row["turns"]
        )
        yield Conversation(row["name"], row["split"], turns)


def judge_set(question: SetQuestion, got: Iterable[str]) -> SetVerdict:
    """The verdict on an answer, given as the keys that are shown as one."""
    keys = tuple(dict.fromkeys(got))
    have, harmless = frozenset(keys), question.relevant | question.tolerate
    if not question.relevant:
        clean = float(have <= harmless)
        return SetVerdict(question, keys, clean, clean)
    precision = len(have & harmless) / len(have) if have else 0.0
    return SetVerdict(question, keys, precision, len(have & question.relevant) / len(question.relevant))


def judge_turn(turn: Turn, got: Sequence[str], previous: str | None, listed: Sequence[str]) -> bool:
    """Whether an answer to a turn is right, given the first key of the answer before it and what was listed last.

    any: the first key is one of `ids`. set: all of `ids`, and at most a third as many besides that are neither these
    nor `near`. none: no key. same: the first key of the answer before it, or one of `ids` where there are any.
    ver: all of `ids`, and at most 20 besides. pick:2, pick:-1: that row of what was listed last.
    """
    shown = frozenset(got)
    match turn.mode.partition(":")[0]:
        case "any":
            return bool(got) and got[0] in turn.ids
        case "set":
            return turn.ids <= shown and len(shown - turn.ids - turn.near) <= max(1, len(turn.ids) // 3)
        case "none":
            return not got
        case "same":
            return bool(got) and got[0] in (turn.ids or {previous})
        case "ver":
            return turn.ids <= shown and len(shown) <= len(turn.ids) + VERSION_SLACK
        case "pick":
            row = int(turn.mode.partition(":")[2])
            at = row - 1 if row > 0 else row
            return bool(got) and -len(listed) <= at < len(listed) and got[0] == listed[at]
    raise ValueError(f"{turn.mode!r} is not a mode of a turn")


def run_conversation(conversation: Conversation, answer: Answer) -> list[TurnVerdict]:
    """Asks turn after turn in one thread; the verdict on each."""
    verdicts: list[TurnVerdict] = []
    previous: str | None = None
    listed: tuple[str, ...] = ()
    for turn in conversation.turns:
        keys, confidence = answer(turn.q, conversation.name)
        right = judge_turn(turn, keys, previous, listed)
        verdicts.append(TurnVerdict(conversation, turn, tuple(keys), confidence, right))
        if keys:
            previous = keys[0]
        if len(keys) > 1:
            listed = tuple(keys)
    return verdicts


def share_of_turns(verdicts: Iterable[TurnVerdict]) -> float:
    """The share of turns that are right; there has to be one."""
    rights = [verdict.right for verdict in verdicts]
    return sum(rights) / len(rights)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
