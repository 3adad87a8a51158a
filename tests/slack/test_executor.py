"""Listeners run in the thread that brought their request."""

import threading

import pytest

from bot.slack.executor import InlineExecutor


def test_work_is_done_when_submit_returns() -> None:
    """In the caller's own thread; what it raises is in the future, as with any executor."""
    executor = InlineExecutor(lambda: None)
    assert executor.submit(threading.get_ident).result(0) == threading.get_ident()
    with pytest.raises(ZeroDivisionError):
        executor.submit(lambda: 1 / 0).result(0)


def test_shutdown_ends_what_belongs_to_it() -> None:
    """Shutting the executor down ends the threads of the jobs."""
    ended: list[bool] = []
    InlineExecutor(lambda: ended.append(True)).shutdown()
    assert ended == [True]
