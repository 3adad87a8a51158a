"""A window that follows what is typed: of many characters the last, and never an older one."""

import threading

import pytest

from bot.slack import debounce
from bot.slack.debounce import TypingDebounce


def test_of_what_is_typed_at_once_only_the_last_is_followed() -> None:
    """Each that something newer follows gives way at once; the last one waits until the typing rests."""
    pause, followed = TypingDebounce(), list[float]()

    def type_one(moment: float) -> None:
        if pause.is_over("V1", moment, is_typed=True):
            followed.append(moment)

    threads = [threading.Thread(target=type_one, args=(moment,)) for moment in (1.0, 3.0, 2.0, 4.0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert followed == [4.0]


def test_a_choice_is_followed_at_once_and_ends_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its summary has what was typed before; what was typed earlier and comes late is passed over."""
    monkeypatch.setattr(debounce, "REST_SECONDS", 60.0)
    pause, followed = TypingDebounce(), list[bool]()
    thread = threading.Thread(target=lambda: followed.append(pause.is_over("V1", 1.0, is_typed=True)))
    thread.start()
    assert pause.is_over("V2", 0.5, is_typed=False)
    assert pause.is_over("V1", 2.0, is_typed=False)
    thread.join(20)
    assert followed == [False]
    assert not pause.is_over("V1", 1.5, is_typed=False)
