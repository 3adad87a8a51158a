"""Pages of long lists hold whole items, and lead forwards and back."""

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.views.pagination import ListItem, page_starts, paginate_lines, paginate_rows

ITEMS = st.lists(
    st.builds(ListItem, st.sampled_from("abcdefgh"), st.text("x", min_size=1, max_size=50)), min_size=1, max_size=60
)


@given(ITEMS, st.integers(20, 400), st.integers(0, 70))
def test_pages_of_lines(items: list[ListItem], budget: int, offset: int) -> None:
    """A page begins at the offset asked for, and is within the budget unless it is a single item.

    An offset behind the end gives the last page.
    """
    starts = page_starts(items, budget)
    assert starts == sorted(set(starts))
    page = paginate_lines(items, offset, budget)
    assert page.start <= min(offset, len(items) - 1) < page.end
    assert page.start == (offset if offset < len(items) else starts[-1])
    assert page.previous is None if page.start == 0 else page.previous is not None and page.previous < page.start
    lines = [item.line for item in items[page.start : page.end]]
    assert sum(map(len, lines)) <= budget or len(lines) == 1


@given(st.integers(1, 60), st.integers(0, 80), st.integers(1, 6), st.integers(1, 9))
def test_pages_of_rows(total: int, offset: int, first_page_size: int, page_size: int) -> None:
    """A page begins at the offset asked for, and the page before it ends where it begins if both are full pages."""
    start, end, previous = paginate_rows(total, offset, first_page_size, page_size)
    assert 0 <= start < end <= total
    assert previous is None if start == 0 else previous is not None and 0 <= previous < start
    assert paginate_rows(total, start, first_page_size, page_size) == (start, end, previous)
    assert start == offset or offset >= total
    is_full_page = start >= first_page_size and (start - first_page_size) % page_size == 0
    assert not is_full_page or paginate_rows(total, previous or 0, first_page_size, page_size)[1] == start
