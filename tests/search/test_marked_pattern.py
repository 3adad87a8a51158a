"""Patterns that are only looked for where a text has one of their marks: the marks keep nothing from them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search import about
from bot.search.marked_pattern import MarkedPattern

IN_USE = {
    f"{module.__name__}.{name}": value
    for module in (about,)
    for name, value in vars(module).items()
    if isinstance(value, MarkedPattern)
}


def test_search():
    """A text with a mark is searched, in any case; one without is not."""
    pattern = MarkedPattern(r"\bin (?:a )?row\b", "in_row in_a")
    assert pattern.search("Three IN A row, and two in a row")[0] == "IN A row"
    assert pattern.search("in a hurry") is None
    assert pattern.search("in  row") is None
    assert (pattern.may_match("In a"), pattern.may_match("in  row")) == (True, False)


@pytest.mark.parametrize("name", IN_USE)
@settings(max_examples=300)
@given(data=st.data())
def test_every_match_has_a_mark(name, data):
    """No text that a pattern matches is kept from it by its marks."""
    pattern = IN_USE[name]
    match = pattern.pattern.search(data.draw(st.from_regex(pattern.pattern, alphabet=st.characters(codec="ascii"))))
    assert pattern.may_match(match[0])
