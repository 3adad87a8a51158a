"""Whether work grows with its input and no faster, without a word about seconds: the time for twice the input, in times
of the time for once.
"""

import time
from collections.abc import Callable
from typing import Any

MAX_RATIO = 2.6  # linear work has 2, quadratic work 4
MAX_ROUNDS = 10  # a busy machine spoils single measurements; the best of each size counts


def cost_of_doubling(work: Callable[[str], Any], make: Callable[[int], str], size: int) -> float:
    """How many times as long `work` takes when its input, `make(size)`, doubles: the mean of two doublings, so that
    noise counts by its root. Measured in this thread's own time, in turns, until the answer is below `MAX_RATIO`, at
    most `MAX_ROUNDS` times.
    """
    small, large = make(size), make(4 * size)
    best_small = best_large = float("inf")
    ratio = float("inf")
    for _ in range(MAX_ROUNDS):
        best_small = min(best_small, _seconds(work, small))
        best_large = min(best_large, _seconds(work, large))
        ratio = (best_large / max(best_small, 0.001)) ** 0.5
        if ratio < MAX_RATIO:
            break
    return ratio


def _seconds(work: Callable[[str], Any], text: str) -> float:
    """The processor time of this thread for working on the text once."""
    start = time.thread_time()
    work(text)
    return time.thread_time() - start
