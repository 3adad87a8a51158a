"""The threads that listeners run in."""

import threading
import time

import pytest

from bot.slack.executor import MAX_WAIT_SECONDS, WaitingExecutor


@pytest.fixture
def waiting():
    """An executor of two threads."""
    with WaitingExecutor(2) as executor:
        yield executor


def test_what_is_quick_has_ended(waiting):
    """What ends at once has ended when `submit` returns, so that Bolt finds its ack at its first look."""
    done = []
    future = waiting.submit(lambda word: done.append(word), "done")
    assert done == ["done"]
    assert future.done()


def test_what_is_slow_goes_on(waiting):
    """What takes long is waited for no longer than a moment, and goes on."""
    gate, started = threading.Event(), time.monotonic()
    future = waiting.submit(gate.wait, 30)
    assert not future.done()
    assert time.monotonic() - started < 10 * MAX_WAIT_SECONDS  # far from Slack's three seconds, on a busy machine too
    gate.set()
    assert future.result(10) is True


def test_failure_stays_in_the_future(waiting):
    """A listener that fails does not fail who handed it over."""
    future = waiting.submit(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        future.result(10)
