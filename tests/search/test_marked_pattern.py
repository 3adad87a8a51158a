"""Patterns that are only looked for where a text has one of their marks: the marks keep nothing from them."""

import re
from functools import cache
from re import _parser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import followups
from bot.conversation.digest_sentences import changes, lifecycle
from bot.search import filter_phrases, lists, question_types, time_phrases, upgrade
from bot.search.marked_pattern import LazyPattern, LeadingPattern, MarkedPattern
from bot.search.small_talk import topics

MODULES = (
    topics,
    question_types,
    filter_phrases,
    lists,
    time_phrases,
    upgrade,
    followups,
    changes,
    lifecycle,
)
IN_USE = {
    f"{module.__name__}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, MarkedPattern)
} | {f"filter_phrases: {impact}": pattern for impact, pattern in filter_phrases._PATTERNS}


@cache
def texts_of(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    """Texts in which a pattern finds something. Made once: what it is made of takes longer than the texts."""
    return st.from_regex(pattern, alphabet=st.characters(codec="ascii"))


def test_search():
    """A text with a mark is searched, in any case; one without is not."""
    pattern = MarkedPattern(r"\bin (?:a )?row\b", "in_row in_a")
    assert pattern.search("Three IN A row, and two in a row")[0] == "IN A row"
    assert pattern.search("in a hurry") is None
    assert pattern.search("in  row") is None
    assert (pattern.may_match("In a"), pattern.may_match("in  row")) == (True, False)


def test_whole_texts_and_beginnings():
    """A whole text needs a mark as well; of a pattern for beginnings, at its beginning."""
    assert MarkedPattern("row of a|ro", "row").fullmatch("ROW of a")[0] == "ROW of a"
    assert MarkedPattern("row of a|ro", "row").fullmatch("ro") is None
    greeting = LeadingPattern("(?:hello|hi) ?", "hi hello")
    assert greeting.match("Hello you")[0] == "Hello "
    assert (greeting.may_match("say hello"), greeting.may_match("HI")) == (False, True)


@pytest.mark.parametrize("name", IN_USE)
@settings(max_examples=25)
@given(data=st.data())
def test_every_match_has_a_mark(name, data):
    """No text that a pattern matches is kept from it by its marks."""
    pattern = IN_USE[name]
    match = pattern.pattern.search(data.draw(texts_of(pattern.pattern)))
    assert pattern.may_match(match[0])


@pytest.mark.parametrize(("needed", "pattern"), [row[:2] for row in lists._PLAINER])
@settings(max_examples=75)
@given(data=st.data())
def test_what_makes_a_request_plainer_has_a_word_that_it_needs(needed, pattern, data):
    """No request that a pattern makes plainer is kept from it by the words of which it needs one."""
    text = data.draw(texts_of(pattern.pattern))
    assert needed.intersection(re.findall(r"\w+", text))


def test_a_pattern_is_compiled_when_it_is_first_used():
    """Compiling all patterns takes longer than an answer. Once compiled, a pattern does what `re` does."""
    pattern = LazyPattern(r"(\d+) new")
    assert "pattern" not in vars(pattern)
    assert pattern.search("take 12 new ones")[1] == "12"
    assert "pattern" in vars(pattern)
    assert (pattern.match("3 new"), pattern.fullmatch("3 new!"))[1] is None
    assert pattern.fullmatch("<3 new>", 1, 6)[1] == "3"
    assert pattern.match("<3 new>", 1)[1] == "3"
    assert pattern.findall("1 new, 2 new") == ["1", "2"]
    assert [match.start() for match in pattern.finditer("1 new, 2 new")] == [0, 7]
    assert pattern.split("a 1 new b") == ["a ", "1", " b"]
    assert (pattern.sub("-", "1 new, 2 new"), pattern.sub("-", "1 new, 2 new", 1)) == ("-, -", "-, 2 new")


@pytest.mark.parametrize("name", [name for name in IN_USE if "filter_phrases" in name])
def test_no_group_repeats_without_bound(name):
    """Where a pattern may begin anywhere in a text, it repeats its words a few times at most: the work that a text of
    nothing but such words makes grows with its length, not with its square.
    """
    for branch in _branches(_parser.parse(IN_USE[name].pattern.pattern, re.IGNORECASE)):
        starts_the_text = branch and branch[0] == (_parser.AT, _parser.AT_BEGINNING)
        assert starts_the_text or not list(_unbounded_groups(branch)), branch


def _branches(parsed):
    """The alternatives of a parsed pattern."""
    items = list(parsed)
    if len(items) == 1 and items[0][0] is _parser.BRANCH:
        return [list(branch) for branch in items[0][1][1]]
    return [items]


def _unbounded_groups(items):
    """The repetitions without a bound, of more than one character, anywhere in a parsed pattern."""
    for operation, argument in items:
        if operation in (_parser.MAX_REPEAT, _parser.MIN_REPEAT):
            _, most, body = argument
            if most is _parser.MAXREPEAT and body[0][0] not in (_parser.IN, _parser.LITERAL, _parser.NOT_LITERAL):
                yield argument
            yield from _unbounded_groups(body)
        elif operation is _parser.BRANCH:
            for branch in argument[1]:
                yield from _unbounded_groups(branch)
        elif operation is _parser.SUBPATTERN:
            yield from _unbounded_groups(argument[-1])
