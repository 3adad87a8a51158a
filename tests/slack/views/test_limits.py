"""Texts are truncated at words, packed as whole lines, and never longer than their limit."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.views import limits
from bot.slack.views.limits import pack_lines, truncate

LINES = st.lists(st.text("ab ", max_size=30), max_size=8)


def test_limits_are_within_slacks() -> None:
    """No limit of ours is above what Slack takes."""
    assert limits.MAX_VIEW_BLOCKS <= 100
    assert limits.MAX_SECTION <= 3_000
    assert limits.MAX_HEADER <= 150
    assert limits.MAX_BUTTON <= 75
    assert limits.MAX_MESSAGE < 13_200
    assert limits.MAX_NOTIFICATION <= 4_000


@given(st.text(max_size=200), st.integers(1, 100))
def test_truncate_keeps_to_the_limit(text: str, limit: int) -> None:
    """A text that fits stays as it is; a longer one keeps its beginning and ends in an ellipsis."""
    kept = truncate(text, limit)
    assert len(kept) <= limit
    if len(text) <= limit:
        assert kept == text
    else:
        assert kept.endswith("…")
        assert text.startswith(kept[:-1])


def test_truncate_at_a_word() -> None:
    """A text is cut between words, or inside a word where that keeps more than two thirds of it."""
    assert truncate("one two three four", 16) == "one two three…"
    assert truncate("one two three four", 14) == "one two three…"
    assert truncate("Donaudampfschifffahrt", 10) == "Donaudamp…"
    assert truncate("a Donaudampfschifffahrt", 10) == "a Donauda…"


@given(LINES, st.integers(5, 40), st.sampled_from(["\n", ", ", ""]))
def test_pack_keeps_lines_whole(lines: list[str], limit: int, separator: str) -> None:
    """Every packed text is within the limit; joined again they are the lines in order, only too long ones truncated."""
    packed = pack_lines(lines, limit, separator)
    assert all(len(text) <= limit for text in packed)
    assert separator.join(packed) == separator.join(truncate(line, limit) for line in lines)


@given(LINES, st.integers(5, 40))
def test_pack_wastes_no_room(lines: list[str], limit: int) -> None:
    """No packed text had room for the first line of the next one."""
    truncated = iter([truncate(line, limit) for line in lines])
    packed = []
    for text in pack_lines(lines, limit, "|"):
        first, *_ = [next(truncated) for _ in text.split("|")]
        packed.append((text, first))
    assert all(len(text) + 1 + len(first) > limit for (text, _), (_, first) in pairwise(packed))


def test_pack_nothing() -> None:
    """No lines make no text."""
    assert pack_lines([]) == []
