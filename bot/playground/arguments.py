"""The arguments of a Web API call: parsed from a request as Slack's SDKs send it, and read one by one."""

import base64
import json
from typing import Any
from urllib.parse import parse_qsl

from bot.playground.errors import ApiError
from bot.playground.model import Json


def parse(body: bytes, content_type: str, query: str) -> Json:
    """The arguments of a request: JSON or a form in the body, besides the query. Raises invalid_json or
    json_not_object.
    """
    args: Json = dict(parse_qsl(query, keep_blank_values=True))
    if content_type.startswith("application/json"):
        try:
            parsed = json.loads(body or b"{}")
        except ValueError:
            raise ApiError("invalid_json") from None
        if not isinstance(parsed, dict):
            raise ApiError("json_not_object")
        return args | parsed
    return args | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


class Arguments:
    """Reads arguments however they were sent: a form has only text, JSON has types."""

    def __init__(self, values: Json) -> None:
        self._values = values

    def has(self, name: str) -> bool:
        """Whether the argument was sent, even empty."""
        return self._values.get(name) is not None

    def raw(self, name: str) -> Any:
        """The argument as it was sent, or None."""
        return self._values.get(name)

    def text(self, name: str, default: str = "") -> str:
        """The argument as text."""
        value = self._values.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """The argument as text. Raises invalid_arguments when it is missing or empty."""
        value = self.text(name)
        if not value:
            raise ApiError("invalid_arguments", [f"missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        """The argument as a boolean: true, "true" and "1" are true."""
        return self.text(name).lower() in ("true", "1")

    def limit(self, default: int, most: int = 1_000) -> int:
        """`limit`, from 1 to `most`. Raises invalid_limit when it is not a number."""
        try:
            return max(1, min(most, int(self.text("limit") or default)))
        except ValueError:
            raise ApiError("invalid_limit") from None

    def page(self, items: list[Any], default: int) -> tuple[list[Any], str]:
        """The page of `items` that `cursor` and `limit` ask for, and the cursor of the next page ("" at the end)."""
        start, limit = 0, self.limit(default)
        if self.text("cursor"):
            try:
                start = int(base64.b64decode(self.text("cursor"), validate=True).decode().removeprefix("next:"))
            except ValueError:
                raise ApiError("invalid_cursor") from None
        end = start + limit
        following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
        return items[start:end], following
