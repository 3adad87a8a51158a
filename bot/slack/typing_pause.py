"""Follows what somebody types in a window without a call to Slack for each character: only where the typing rests, and
nothing newer came, the window is brought up to date.
"""

import threading

from bot.search.cache import LruCache

REST_SECONDS = 0.5  # without another character
MAX_WINDOWS = 500  # that are remembered


class TypingPause:
    """Knows of each window what was done in it last."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._newest = LruCache[str, float](MAX_WINDOWS)

    def is_over(self, window: str, moment: float, is_typed: bool) -> bool:
        """Whether the window may be brought up to date for what was done at this moment, by Slack's clock. For what is
        typed this waits a little, and says no once something newer was done.
        """
        with self._changed:
            if (self._newest.get(window) or 0.0) > moment:
                return False
            self._newest.add({window: moment})
            self._changed.notify_all()
            if is_typed:
                self._changed.wait_for(lambda: self._newest.get(window) != moment, REST_SECONDS)
            return self._newest.get(window) == moment
