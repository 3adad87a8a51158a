"""Interactive elements in blocks: finding them, and the state they have at first and after a person's choice."""

import secrets
from collections.abc import Iterator
from typing import Any

from bot.playground.errors import InvalidAction
from bot.playground.model import Json

# Under which name an element's choice is sent, and what sets it at first. Elements with options are apart: theirs is an
# object.
_PLAIN = {
    "users_select": ("selected_user", "initial_user"), "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"), "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "plain_text_input": ("value", "initial_value"), "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"), "number_input": ("value", "initial_value"),
    "file_input": ("files", "initial_files"),
}  # fmt: skip
_ONE_OPTION = {"static_select", "external_select", "radio_buttons", "overflow"}
_MANY_OPTIONS = {"multi_static_select", "multi_external_select", "checkboxes"}
_HOLDS_NOTHING = {"button", "workflow_button", "overflow", "feedback_buttons", "icon_button", "image"}


def complete(blocks: list[Json]) -> list[Json]:
    """The same blocks with the block_ids and action_ids that the app left out, as Slack stores them."""
    completed = []
    for block in blocks:
        block = {**block, "block_id": block.get("block_id") or secrets.token_hex(3)}
        if isinstance(block.get("child_blocks"), list):
            block["child_blocks"] = complete(block["child_blocks"])
        for key in ("accessory", "element"):
            if isinstance(block.get(key), dict):
                block[key] = _with_action_id(block[key])
        if block.get("type") in ("actions", "context_actions"):
            block["elements"] = [_with_action_id(element) for element in block["elements"]]
        completed.append(block)
    return completed


def interactive(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each (block, element) that a person can use, in display order."""
    for block in blocks:
        if block.get("type") in ("actions", "context_actions"):
            yield from ((block, element) for element in block["elements"])
        for key in ("accessory", "element"):
            element = block.get(key)
            if isinstance(element, dict) and element.get("type") != "image":
                yield block, element
        yield from interactive(block.get("child_blocks") or [])


def find(blocks: list[Json], action_id: str, block_id: str | None = None) -> tuple[Json, Json] | None:
    """The (block, element) with that action_id (in that block, when `block_id` is given), or None."""
    for block, element in interactive(blocks):
        if element.get("action_id") == action_id and block_id in (None, block.get("block_id")):
            return block, element
    return None


def initial_values(blocks: list[Json], kept: Json | None = None) -> Json:
    """`state.values` of a view just opened. Values in `kept`, from before an update, stay where block and action are
    the same.
    """
    values: Json = {}
    for block, element in interactive(blocks):
        if element.get("type") in _HOLDS_NOTHING:
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        before = (kept or {}).get(block_id, {}).get(action_id)
        same = before is not None and before.get("type") == element.get("type")
        values.setdefault(block_id, {})[action_id] = before if same else _initial(element)
    return values


def chosen(element: Json, value: Any, offered: list[Json]) -> Json:
    """The element's state after a person picked or typed `value`.

    For a menu, `value` is an option or an option's value (a list of them for a multi-select). `offered`: the options
    that the app answered an external select with. Raises InvalidAction for an option that is not in the list.
    """
    kind = str(element.get("type"))
    if kind in _PLAIN:
        return {"type": kind, _PLAIN[kind][0]: value}
    options = options_of(element) + offered
    if kind in _ONE_OPTION:
        return {"type": kind, "selected_option": None if value is None else _option(options, value, element)}
    if kind in _MANY_OPTIONS:
        values = [] if value is None else value if isinstance(value, list) else [value]
        return {"type": kind, "selected_options": [_option(options, item, element) for item in values]}
    return {"type": kind}


def is_empty(state_value: Json) -> bool:
    """Whether nothing is chosen or typed, which a required input does not accept."""
    return all(value in (None, "", []) for key, value in state_value.items() if key != "type")


def options_of(element: Json) -> list[Json]:
    """All options of a menu, those in groups included."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]


def _with_action_id(element: Json) -> Json:
    if element.get("type") == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": secrets.token_hex(3)}


def _initial(element: Json) -> Json:
    kind = str(element.get("type"))
    if kind in _PLAIN:
        value_key, initial_key = _PLAIN[kind]
        return {"type": kind, value_key: element.get(initial_key, [] if kind.startswith("multi_") else None)}
    if kind in _MANY_OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    return {"type": kind, "selected_option": element.get("initial_option")}


def _option(options: list[Json], value: Any, element: Json) -> Json:
    wanted = value.get("value") if isinstance(value, dict) else value
    for option in options:
        if option.get("value") == wanted:
            return option
    if isinstance(value, dict) and "text" in value and str(element.get("type")).endswith("external_select"):
        return value
    raise InvalidAction(
        f"{element.get('action_id')} offers no option {wanted!r}; it has {[option.get('value') for option in options]}"
    )
