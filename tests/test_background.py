"""What runs again and again: at once, after a failure too, until it is ended."""

import threading

from bot.background import RepeatedJob


def test_runs_again_until_it_is_ended() -> None:
    """A turn that raises does not end it; shutting down waits for the running turn, and no other comes."""
    turns: list[int] = []
    third = threading.Event()

    def job() -> None:
        turns.append(len(turns))
        if len(turns) == 3:
            third.set()
        raise ValueError("of the second turn")

    running = RepeatedJob(0.01, job, "testing").start()
    assert third.wait(20)
    running.shutdown()
    count = len(turns)
    assert count >= 3
    assert not third.wait(0.05) or len(turns) == count
