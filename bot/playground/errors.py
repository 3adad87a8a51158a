"""What can go wrong: an answer of Slack's with an error code, or something that a person at the keyboard could
not do.
"""

from typing import Any


class ApiError(Exception):
    """Slack's answer `{"ok": false, "error": code}`.

    `messages` become `response_metadata.messages` (each with Slack's "[ERROR] " in front) and `errors`; `extra` is
    added as it is.
    """

    def __init__(self, code: str, messages: list[str] | None = None, **extra: Any) -> None:
        super().__init__(code if not messages else f"{code}: {'; '.join(messages)}")
        self.code = code
        self.messages = messages or []
        self.extra = extra

    def to_json(self) -> dict[str, Any]:
        """The body that Slack answers with."""
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["errors"] = list(self.messages)
            body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return body


class InvalidAction(ValueError):
    """The person asked to act could not do this in Slack: no such user, not in that channel, no such button on the
    screen.
    """
