"""A folder of one process, beside those of others: gone when the process ends, however it ends.

Each process holds a lock on its own folder. What the lock of nobody is on was left by a process that was killed.
"""

import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows: there, what a killed process left is removed by hand
    fcntl = None  # type: ignore[assignment]

from bot.private_files import PRIVATE

_LOCK, _MAKING = "in-use", "making"


class ProcessFolder:
    """Makes this process's folder in `parent` when it is first asked for."""

    def __init__(self, parent: Path) -> None:
        self._parent = parent
        self._made: Path | None = None
        self._end: Callable[[], object] = lambda: None
        self._making = threading.Lock()

    @property
    def path(self) -> Path:
        """The folder, which only its owner may look into. Raises OSError where it cannot be made."""
        with self._making:
            if self._made is None:
                self._parent.mkdir(parents=True, exist_ok=True)
                made, lock = self._make()
                self._end, self._made = weakref.finalize(self, _remove, made, lock), made
            return self._made

    def _make(self) -> tuple[Path, int]:
        """The folder and its lock: by one process at a time, else another one takes it for abandoned before that."""
        making = os.open(self._parent / _MAKING, os.O_WRONLY | os.O_CREAT, PRIVATE)
        try:
            if fcntl:
                fcntl.flock(making, fcntl.LOCK_EX)
            self._remove_abandoned()
            made = Path(tempfile.mkdtemp(prefix="process-", dir=self._parent))
            lock = os.open(made / _LOCK, os.O_WRONLY | os.O_CREAT, PRIVATE)
            _try_lock(lock)
        finally:
            os.close(making)
        return made, lock

    def close(self) -> None:
        """Remove the folder."""
        with self._making:
            self._end()
            self._made = None

    def _remove_abandoned(self) -> None:
        for folder in self._parent.glob("process-*") if fcntl else ():
            with suppress(OSError):
                lock = os.open(folder / _LOCK, os.O_WRONLY | os.O_CREAT, PRIVATE)
                is_abandoned = _try_lock(lock)
                os.close(lock)
                if is_abandoned:
                    shutil.rmtree(folder, ignore_errors=True)


def _remove(folder: Path, lock: int) -> None:
    os.close(lock)
    shutil.rmtree(folder, ignore_errors=True)


def _try_lock(file: int) -> bool:
    """Whether the lock is this process's now."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
