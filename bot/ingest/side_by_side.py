"""Several pieces of work at once, in threads that never keep the process from ending."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")


def run_side_by_side(
    work: Callable[[Work], Result], pieces: Sequence[Work], at_once: int
) -> Iterator[tuple[Work, Result]]:
    """Each piece with what `work` returns for it, in the order of the pieces, at most `at_once` at a time. An exception
    is raised at its piece's turn.
    """
    waiting: queue.SimpleQueue[tuple[Work, Future[Result]]] = queue.SimpleQueue()
    futures: list[Future[Result]] = []
    for piece in pieces:
        futures.append(Future())
        waiting.put((piece, futures[-1]))

    def run() -> None:
        while True:
            try:
                piece, future = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                future.set_result(work(piece))
            except BaseException as error:  # told where the result is asked for
                future.set_exception(error)

    for number in range(min(at_once, len(pieces))):
        threading.Thread(target=run, daemon=True, name=f"source-{number}").start()
    for piece, future in zip(pieces, futures, strict=True):
        yield piece, future.result()
