"""Debounces typing in a modal: instead of a call to Slack for each character, the modal is updated once the person
pauses.
"""

import threading

from bot.search.cache import LruCache

REST_SECONDS = 0.5  # without another character
MAX_WINDOWS = 500  # that are remembered


class TypingDebounce:
    """The moment of the last action in each modal."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._newest = LruCache[str, float](MAX_WINDOWS)

    def is_over(self, window: str, moment: float, is_typed: bool) -> bool:
        """Whether to update the modal for the action at this moment, by Slack's clock. For typing this waits a little,
        and returns False as soon as there is a newer action.
        """
        with self._changed:
            if (self._newest.get(window) or 0.0) > moment:
                return False
            self._newest.add({window: moment})
            self._changed.notify_all()
            if is_typed:
                self._changed.wait_for(lambda: self._newest.get(window) != moment, REST_SECONDS)
            return self._newest.get(window) == moment
