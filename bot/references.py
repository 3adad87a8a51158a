"""The reference of what is being worked on: a few letters that are in every line that is logged meanwhile, and that a
person is shown when something went wrong.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_reference: ContextVar[str] = ContextVar("reference", default="")


def new_reference() -> str:
    """One like `3F2A9C`."""
    return os.urandom(3).hex().upper()


def current_reference() -> str:
    """The reference of what this thread or task works on; empty where it has none."""
    return _reference.get()


@contextmanager
def with_reference(reference: str = "") -> Iterator[str]:
    """What is done inside has this reference, or a new one. Yields it."""
    reference = reference or new_reference()
    token = _reference.set(reference)
    try:
        yield reference
    finally:
        _reference.reset(token)


def keep_reference(work: Callable[P, T]) -> Callable[P, T]:
    """The same function, with the reference of here: a thread that is started for it has none of its own."""
    reference = current_reference()

    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with with_reference(reference):
            return work(*args, **kwargs)

    return run
