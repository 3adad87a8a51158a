"""Python's search for cycles of objects, which an import pauses."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_garbage_collection() -> Iterator[None]:
    """Inside, no cycles are looked for, in no thread. An import makes hundreds of thousands of objects, hardly one of
    them in a cycle; to look through all of them again and again would take a tenth of its time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
