"""A clock that can be set wrong: `time.time` of this process, replaced before anything of the bot's is imported."""

import time

_right = time.time
_offset = 0.0


def _shifted() -> float:
    return _right() + _offset


def set_wrong(seconds: float) -> None:
    """Set the clock so much forward, or back; 0.0 sets it right."""
    global _offset
    _offset = seconds


time.time = _shifted
