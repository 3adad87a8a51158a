"""Whether work grows with its input and no faster, without a word about seconds: the time for twice the input, in times
of the time for once.
"""

import gc
import time
from collections.abc import Callable
from typing import Any

MAX_RATIO = 2.6  # linear work has 2, quadratic work 4
MAX_ROUNDS = 20  # a busy machine spoils single rounds; quadratic work has no good one
MIN_SECONDS = 0.005  # shorter work is repeated: a short time says more about clock and caches than about the work


def cost_of_doubling(work: Callable[[str], Any], make: Callable[[int], str], size: int) -> float:
    """How many times as long `work` takes when its input, `make(size)`, doubles: the mean of two doublings, so that
    noise counts by its root. Measured in this thread's own time, in rounds of both sizes, until a round's answer is
    below `MAX_RATIO`, at most `MAX_ROUNDS` times; the best round counts. The garbage collector rests meanwhile: what
    it costs depends on what the tests before have left.
    """
    small, large = make(size), make(4 * size)
    repeats = 1 + int(MIN_SECONDS / max(_seconds(work, small), 1e-6))
    best = float("inf")
    gc.disable()
    try:
        for _ in range(MAX_ROUNDS):
            before = _seconds(work, small, repeats)
            best = min(best, (_seconds(work, large, repeats) / before) ** 0.5)
            if best < MAX_RATIO:
                break
    finally:
        gc.enable()
    return best


def _seconds(work: Callable[[str], Any], text: str, repeats: int = 1) -> float:
    """The processor time of this thread for working on the text so many times."""
    start = time.thread_time()
    for _ in range(repeats):
        work(text)
    return time.thread_time() - start
