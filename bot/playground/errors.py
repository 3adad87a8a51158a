"""What can go wrong: an error code that Slack answers with, or an action that a person could not do in Slack."""

from typing import Any


class ApiError(Exception):
    """Slack's answer `{"ok": false, "error": code}`.

    `messages` become `response_metadata.messages` (with Slack's "[ERROR] " before each) and `errors`; `extra` is added
    as it is.
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
    """The person could not do this in Slack: no such user, not in that channel, no such button on the screen."""
