"""Whether work grows with its input and no faster, without a word about seconds: the time for twice the input, in times
of the time for once.
"""

import time
from collections.abc import Callable
from typing import Any

BEST_OF = 5
MAX_RATIO = 3.5  # a quadratic one has 4; the rest is for caches that are full and machines that are busy


def cost_of_doubling(work: Callable[[str], Any], make: Callable[[int], str], size: int) -> float:
    """How many times as long `work` takes with `make(2 * size)` as with `make(size)`; the best of five of each, taken
    in turns and in this thread's own time.
    """
    once, twice = make(size), make(2 * size)
    times: dict[str, list[float]] = {once: [], twice: []}
    for _ in range(BEST_OF):
        for text, taken in times.items():
            start = time.thread_time()
            work(text)
            taken.append(time.thread_time() - start)
    return min(times[twice]) / max(min(times[once]), 0.001)
