"""The routes, manifest.json, the scopes and docs/operating.md say the same; everything clickable has a listener."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.settings import PROJECT
from bot.slack.app import ROUTES
from bot.slack.error_boundary import with_error_boundary
from bot.slack.scopes import OPTIONAL_SCOPES, SCOPES
from tests.slack.views.gallery import GALLERY

MANIFEST: dict[str, Any] = json.loads((PROJECT / "manifest.json").read_text(encoding="utf-8"))
SCHEMA = PROJECT.parent / "shared" / "slack" / "manifest.schema.2.0.0.json"

# What Slack wants granted before it sends something: https://docs.slack.dev/reference/events
SCOPES_BY_TRIGGER = {
    "command": {"commands"}, "shortcut": {"commands"}, "app_mention": {"app_mentions:read"}, "message": {"im:history"},
    "app_home_opened": set(),
    "member_joined_channel": {"channels:read", "groups:read"}, "link_shared": {"links:read"},
}  # fmt: skip
HISTORY = {"channels:history", "groups:history", "im:history"}
# What our calls want besides (https://api.slack.com/methods).
SCOPES_BY_METHOD = {
    "chat_postMessage": {"chat:write"}, "chat_postEphemeral": {"chat:write"}, "chat_unfurl": {"links:write"},
    "api_test": set(), "auth_test": set(), "auth_revoke": set(), "oauth_v2_access": set(), "users_info": {"users:read"},
    "users_list": {"users:read"}, "conversations_history": HISTORY, "conversations_replies": HISTORY,
    "conversations_info": {"channels:read", "groups:read"},
    "views_open": set(), "views_push": set(), "views_update": set(), "views_publish": set(),
}  # fmt: skip


def route_names(kind: str) -> list[str]:
    """What of a kind is in the table."""
    return sorted(route.name for route in ROUTES if route.kind == kind)


def test_manifest_asks_for_what_the_table_answers() -> None:
    """Commands, events and shortcuts of the manifest are those of the table, no more and no fewer."""
    features = MANIFEST["features"]
    assert sorted(command["command"] for command in features["slash_commands"]) == route_names("command")
    assert sorted(shortcut["callback_id"] for shortcut in features["shortcuts"]) == route_names("shortcut")
    events = {event.split(".")[0] for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]}
    assert sorted(events) == route_names("event")
    assert MANIFEST["settings"]["interactivity"]["is_enabled"] == bool(route_names("action"))
    assert all(
        command["should_escape"] for command in features["slash_commands"]
    )  # else "subscribe #channel" comes without the channel's id


def test_scopes_are_the_least() -> None:
    """The scopes are those of the routes and of our calls, no more; doctor and docs/operating.md give reasons."""
    calls = {
        node.func.attr
        for path in (PROJECT / "bot" / "slack").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value).endswith("client")
    }
    assert calls <= set(SCOPES_BY_METHOD)
    triggered = [SCOPES_BY_TRIGGER.get(route.name, SCOPES_BY_TRIGGER.get(route.kind, set())) for route in ROUTES]
    needed = set[str]().union(*triggered, *(SCOPES_BY_METHOD[call] for call in calls))
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == needed == {*SCOPES, *OPTIONAL_SCOPES}
    assert set(MANIFEST["oauth_config"]["scopes"]["bot_optional"]) == set(OPTIONAL_SCOPES)
    rows = dict(
        re.findall(
            r"^\| `([a-z_:]+)`[^|]*\| (.+?) \|$",
            (PROJECT / "docs" / "operating.md").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    )
    assert {scope: rows.get(scope) for scope in needed} == {**SCOPES, **OPTIONAL_SCOPES}


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's schema is not on this machine")
def test_manifest_is_what_slack_takes() -> None:
    """Slack's own schema accepts it."""
    jsonschema.validate(MANIFEST, json.loads(SCHEMA.read_text(encoding="utf-8")))


def listeners_for(kind: str, name: str) -> list[str]:
    """The listeners that a name leads to."""
    found = [
        one
        for one in ROUTES
        if one.kind == kind and (name == one.name or (one.is_prefix and name.startswith(f"{one.name}:")))
    ]
    return [one.listener.__name__ for one in found]


def action_ids(value: Any) -> set[tuple[str, str]]:
    """Every action_id in a message, with the type of its element, but for inputs: they are sent with their window."""
    if isinstance(value, list):
        return {found for one in value for found in action_ids(one)}
    if not isinstance(value, dict) or value.get("type") == "input":
        return set()
    own = {(str(value["type"]), str(value["action_id"]))} if "action_id" in value and "type" in value else set()
    return own | {found for one in value.values() for found in action_ids(one)}


def test_everything_that_can_be_pressed_has_one_listener() -> None:
    """Every button and menu of every message and window in the gallery leads to exactly one listener, and so does every
    window that is sent.
    """
    made = [make() for make in GALLERY.values()]
    pressed = {name for _, name in action_ids(made)}
    assert len(pressed) > 25
    assert {name: listeners_for("action", name) for name in pressed if len(listeners_for("action", name)) != 1} == {}
    asked = {name for kind, name in action_ids(made) if kind == "external_select"}
    assert all(len(listeners_for("options", name)) == 1 for name in asked)
    sent = {view["callback_id"] for view in made if view.get("submit")}
    assert sent == {route.name for route in ROUTES if route.kind == "view"}


def test_each_trigger_is_there_once() -> None:
    """No two listeners for one thing: Bolt would only ever call the first."""
    assert len({(route.kind, route.name) for route in ROUTES}) == len(ROUTES)


def test_each_listener_is_short() -> None:
    """Under 15 lines, whichever module it comes from, and it takes what the guard hands it."""
    for route in ROUTES:
        path = Path(route.listener.__code__.co_filename)
        function = next(
            node
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef) and node.name == route.listener.__name__
        )
        assert (function.end_lineno or 0) - function.lineno + 1 < 20
        assert [argument.arg for argument in function.args.args] == ["args", "services"]
        assert with_error_boundary(route.listener, None).__name__ == route.listener.__name__  # type: ignore[arg-type]
