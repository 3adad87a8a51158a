"""Blocks for Slack's own assistant, which shows them beside what a tool answered.

https://docs.slack.dev/ai/slackbot-mcp-client/returning-rich-responses/: it renders only some kinds of blocks, and of
buttons and menus only those that open a public address or call a tool. Where one block breaks a rule it shows none.
"""

import json
from collections.abc import Iterable
from typing import Any

from bot.slack.views.action_ids import DETAILS
from bot.slack.views.blocks import Block, Element
from bot.slack.views.limits import MAX_OPTION_VALUE

RENDERED = ("actions", "context", "divider", "header", "section")
MAX_BLOCKS = 50
GET_CHANGE = "tool:get_change"  # as an action_id: it calls that tool, with its value as the arguments


def assistant_blocks(blocks: Iterable[Block]) -> list[Block]:
    """These blocks without what the assistant cannot show; “Details” calls the tool `get_change`."""
    shown = (_block(block) for block in blocks if block["type"] in RENDERED)
    return [block for block in shown if block][:MAX_BLOCKS]


def _block(block: Block) -> Block | None:
    if block["type"] == "actions":
        made = [element for element in map(_element, block["elements"]) if element]
        by_id = {element["action_id"]: element for element in reversed(made)}  # each once in a block
        return {"type": "actions", "elements": list(reversed(by_id.values()))} if made else None
    kept = {name: value for name, value in block.items() if name not in ("accessory", "block_id")}
    accessory = _element(block["accessory"]) if "accessory" in block else None
    return {**kept, "accessory": accessory} if accessory else kept


def _element(element: Element) -> Element | None:
    """A button or menu that works there; None for any other."""
    if url := element.get("url"):
        return element if url.startswith("https://") else None
    if not element["action_id"].startswith(f"{DETAILS}:"):
        return None
    if "options" in element:
        options = [{**option, "value": _arguments(option["value"])} for option in element["options"]]
        options = [option for option in options if len(option["value"]) <= MAX_OPTION_VALUE]
        return {**element, "action_id": GET_CHANGE, "options": options} if options else None
    return {**element, "action_id": GET_CHANGE, "value": _arguments(element["value"])}


def _arguments(key: str) -> Any:
    return json.dumps({"number": key})
