"""Looking for a message of which nobody knows whether it was posted."""

from typing import Any

import pytest

from bot.slack.api_errors import ErrorMeaning, classify_error
from bot.slack.reconcile import find_message


class Reader:
    """Answers every call with this."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = answer

    def conversations_history(self, **_: Any) -> dict[str, Any]:
        return self.answer

    def conversations_replies(self, **_: Any) -> dict[str, Any]:
        return self.answer


@pytest.mark.parametrize("thread", [None, "1.0"])
@pytest.mark.parametrize("answer", [{"ok": True}, {"ok": True, "messages": None}, {"ok": True, "messages": {}}])
def test_an_answer_without_messages_says_nothing(answer: dict[str, Any], thread: str | None) -> None:
    """It is looked for again later, and not posted again: only a list without it means that it is not there."""
    with pytest.raises(ConnectionError) as raised:
        find_message(Reader(answer), "C1", thread, 0.0, "type", {})
    assert classify_error(raised.value).meaning is ErrorMeaning.DELIVERY_UNKNOWN
    assert find_message(Reader({"ok": True, "messages": []}), "C1", thread, 0.0, "type", {}) is None
