"""The judge of sets and conversations counts as its docstrings say."""

from collections.abc import Sequence

import pytest

from tests.relevance.judge_sets import (
    Conversation,
    SetQuestion,
    Turn,
    judge_set,
    judge_turn,
    run_conversation,
    share_of_turns,
)

TWO = SetQuestion("two", "set", "judge", frozenset("ab"), frozenset("c"))
NOTHING = SetQuestion("nothing", "set", "judge", frozenset(), frozenset("c"))


@pytest.mark.parametrize(
    ("got", "precision", "recall"),
    [("ab", 1, 1), ("abc", 1, 1), ("a", 1, 0.5), ("abx", 2 / 3, 1), ("aab", 1, 1), ("xy", 0, 0), ("", 0, 0)],
)
def test_set(got: str, precision: float, recall: float) -> None:
    """Tolerated keys do not harm precision nor add to recall; a key shown twice counts once."""
    verdict = judge_set(TWO, got)
    assert (verdict.precision, verdict.recall) == pytest.approx((precision, recall))
    assert verdict.exact == (precision == recall == 1)


@pytest.mark.parametrize(("got", "clean"), [("", True), ("c", True), ("cx", False)])
def test_set_of_nothing(got: str, clean: bool) -> None:
    """Where nothing is to be found, silence and what is tolerated are right."""
    assert judge_set(NOTHING, got).exact == clean


@pytest.mark.parametrize(
    ("mode", "ids", "near", "got", "right"),
    [
        ("any", "ab", "", "bx", True),
        ("any", "ab", "", "xb", False),
        ("any", "ab", "", "", False),
        ("set", "ab", "c", "bac", True),
        ("set", "ab", "c", "abx", True),
        ("set", "ab", "c", "abxy", False),
        ("set", "ab", "c", "a", False),
        ("none", "", "", "", True),
        ("none", "", "", "a", False),
        ("same", "", "", "p", True),
        ("same", "", "", "q", False),
        ("same", "q", "", "q", True),
        ("ver", "ab", "", "abx", True),
        ("ver", "ab", "", "ax", False),
        ("ver", "ab", "", "abcdefghijklmnopqrstuvwxyz", False),
        ("pick:2", "", "", "q", True),
        ("pick:2", "", "", "p", False),
        ("pick:-1", "", "", "r", True),
        ("pick:4", "", "", "r", False),
    ],
)
def test_turn(mode: str, ids: str, near: str, got: str, right: bool) -> None:
    """Each mode takes the right answer and refuses the wrong one, after an answer that listed p, q and r."""
    assert judge_turn(Turn("", mode, frozenset(ids), frozenset(near)), got, "p", "pqr") == right


def test_unknown_mode() -> None:
    """A mode that nobody knows is refused and not counted as wrong."""
    with pytest.raises(ValueError, match="not a mode"):
        judge_turn(Turn("", "most", frozenset(), frozenset()), "a", None, "")


def test_conversation() -> None:
    """Turns are asked in one thread; "the second one" is of the last list, though a single answer came between."""
    answers = {"list": "abc", "b?": "b", "thanks": "", "the third one": "c", "which version": "b"}
    threads: list[str] = []

    def answer(q: str, thread: str) -> tuple[Sequence[str], str]:
        threads.append(thread)
        return answers[q], "sure" if answers[q] else "none"

    turns = [
        Turn("list", "set", frozenset("abc"), frozenset()),
        Turn("b?", "any", frozenset("b"), frozenset()),
        Turn("thanks", "none", frozenset(), frozenset()),
        Turn("the third one", "pick:3", frozenset(), frozenset()),
        Turn("which version", "same", frozenset(), frozenset()),
    ]
    verdicts = run_conversation(Conversation("talk", "judge", tuple(turns)), answer)
    assert [verdict.right for verdict in verdicts] == [True, True, True, True, False]
    assert share_of_turns(verdicts) == pytest.approx(0.8)
    assert (verdicts[2].confidence, verdicts[3].confidence) == ("none", "sure")
    assert threads == ["talk"] * 5
