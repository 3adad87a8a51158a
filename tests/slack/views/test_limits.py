"""Cutting texts to Slack's numbers: on whole words and whole items, and never over the limit."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.views import limits
from bot.slack.views.limits import pack_lines, truncate

items = st.lists(st.text("ab ", max_size=30), max_size=8)


def test_numbers_are_within_slacks():
    """No limit of ours is above what Slack takes (shared/slack/FACTS.md)."""
    assert limits.MAX_VIEW_BLOCKS <= 100
    assert limits.MAX_SECTION <= 3_000
    assert limits.MAX_HEADER <= 150
    assert limits.MAX_BUTTON <= 75
    assert limits.MAX_MESSAGE < 13_200
    assert limits.MAX_NOTIFICATION <= 4_000


@given(st.text(max_size=200), st.integers(1, 100))
def test_cut_keeps_to_the_limit(text, most):
    """A text that fits stays as it is; one that does not ends in an ellipsis, is no longer than allowed, and begins as
    it did.
    """
    kept = truncate(text, most)
    assert len(kept) <= most
    if len(text) <= most:
        assert kept == text
    else:
        assert kept.endswith("…")
        assert text.startswith(kept[:-1])


def test_cut_at_a_word():
    """A text is cut between words, unless that would lose a third of it: then a word is cut inside."""
    assert truncate("one two three four", 16) == "one two three…"
    assert truncate("one two three four", 14) == "one two three…"
    assert truncate("Donaudampfschifffahrt", 10) == "Donaudamp…"
    assert truncate("a Donaudampfschifffahrt", 10) == "a Donauda…"


@given(items, st.integers(5, 40), st.sampled_from(["\n", ", ", ""]))
def test_pack_keeps_items_whole(texts, most, between):
    """Every text is within the limit; put together again they are the items, in order, each whole or, when too long,
    cut.
    """
    packed = pack_lines(texts, most, between)
    assert all(len(text) <= most for text in packed)
    assert between.join(packed) == between.join(truncate(text, most) for text in texts)


@given(items, st.integers(5, 40))
def test_pack_wastes_nothing(texts, most):
    """No text could have taken the first item of the next one too."""
    cuts = iter([truncate(text, most) for text in texts])
    firsts = []
    for text in pack_lines(texts, most, "|"):
        taken = [next(cuts) for _ in text.split("|")]
        firsts.append((text, taken[0]))
    assert all(len(text) + 1 + len(first) > most for (text, _), (_, first) in pairwise(firsts))


def test_pack_nothing():
    """Of no items no text is made."""
    assert pack_lines([]) == []
