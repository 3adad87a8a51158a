"""Blocks and views of any size, for tests of what Slack takes."""

from typing import Any

Json = dict[str, Any]


def plain(length: int | str) -> Json:
    return {"type": "plain_text", "text": length if isinstance(length, str) else "x" * length}


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def section(length: int = 1, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(length), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(text: int | str = "One", value: int | str = "1", **more: Any) -> Json:
    return {"text": plain(text), "value": value if isinstance(value, str) else "v" * value, **more}


def menu(*options: Json, **more: Any) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": list(options), **more}


def buttons(count: int) -> list[Json]:
    return [button(action_id=f"go{number}") for number in range(count)]


def options(count: int) -> list[Json]:
    return [option(f"One {number}", f"v{number}") for number in range(count)]


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Watch"), "blocks": list(blocks), **more}


def text_input(block_id: str = "query", **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "text"}
    return {"type": "input", "block_id": block_id, "label": plain("Query"), "element": element, **more}


def text_element(length: int) -> Json:
    return {"type": "plain_text_input", "action_id": "text", "initial_value": "x" * length}


def divider() -> Json:
    return {"type": "divider"}


def picture(alt_text: str = "A", **more: Any) -> Json:
    return {"type": "image", "image_url": "https://x.test/a.png", "alt_text": alt_text, **more}


def boxes(count: int) -> Json:
    return {"type": "checkboxes", "action_id": "boxes", "options": options(count)}


def grouped(count: int) -> Json:
    return {
        "type": "static_select",
        "action_id": "pick",
        "option_groups": [{"label": plain(75), "options": [option()]}] * count,
    }


def card(**parts: Any) -> Json:
    return {"type": "card", **parts}


def table(rows: int, columns: int) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}
