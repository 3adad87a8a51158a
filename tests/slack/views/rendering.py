"""Messages, modals and cards as text: what a person sees, in order, and what a click sends.

    # Headline
    A paragraph with *bold* words and a [link](https://example.com).
        [Details] details:1016865 = 1016865      a button: its label, action id and value
    (small grey print)
    ----                                         a divider
    <Version: v2.206> window_version             a menu, and its options below it
    Channel (optional):                          an input of a modal

An escaped `<!channel>` is shown as it reads; one that would really ping is shown as `PING channel`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

_MARKUP = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")

MAX_OPTIONS = 12  # of a menu that are written out


def render(made: dict[str, Any]) -> str:
    """A message, a modal, the Home tab, a link's card, a menu's suggestions or a Work Object, as text."""
    if "entities" in made:
        return json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if "options" in made:
        return "\n".join(_option(option) for option in made["options"]) + "\n"
    lines = [*_title(made), *(_block(block) for block in made.get("blocks", ())), *_ends(made)]
    return "\n\n".join(lines) + "\n"


def _title(made: dict[str, Any]) -> Iterator[str]:
    if "text" in made:
        yield f"Notification: {_plain(made['text'])}"
    elif made.get("type") == "modal":
        yield f"Modal {made.get('callback_id', 'without callback_id')}: {made['title']['text']}"
    elif made.get("type") == "home":
        yield "Home tab"


def _ends(made: dict[str, Any]) -> Iterator[str]:
    if made.get("type") == "modal":
        yield " ".join(f"[{made[name]['text']}]" for name in ("submit", "close") if name in made)
    if "private_metadata" in made:
        yield f"private_metadata: {made['private_metadata']}"


def _block(block: dict[str, Any]) -> str:
    match block["type"]:
        case "header":
            return f"# {block['text']['text']}"
        case "section":
            accessory = f"\n    {_element(block['accessory'])}" if "accessory" in block else ""
            return _text(block["text"]) + accessory
        case "context":
            return "\n".join(f"({_text(text)})" for text in block["elements"])
        case "divider":
            return "----"
        case "actions":
            return "\n".join(_element(element) for element in block["elements"])
        case "input":
            optional = " (optional)" if block["optional"] else ""
            return f"{block['label']['text']}{optional}:\n    {_element(block['element'], '    ')}"
    raise AssertionError(f"no rendering for a block of type {block['type']}")


def _element(element: dict[str, Any], indent: str = "") -> str:
    match element["type"]:
        case "button":
            return _button(element)
        case "plain_text_input" | "timepicker" | "datepicker" | "conversations_select":
            names = ("initial_value", "initial_time", "initial_conversation")
            value = next((str(element[name]) for name in names if name in element), "")
            return f"<{value or _placeholder(element)}> {element['action_id']}"
        case "static_select" | "external_select" | "multi_static_select" | "checkboxes":
            initial = element.get("initial_options") or [element[n] for n in ("initial_option",) if n in element]
            chosen = ", ".join(option["text"]["text"] for option in initial)
            title = ": ".join(part for part in (_placeholder(element), chosen) if part)
            offered = element.get("options", ())
            options = "".join(f"\n{indent}    {_option(option)}" for option in offered[:MAX_OPTIONS])
            more = f"\n{indent}    … {len(offered) - MAX_OPTIONS} more" if len(offered) > MAX_OPTIONS else ""
            return f"<{title}> {element['action_id']}{options}{more}"
    raise AssertionError(f"no rendering for an element of type {element['type']}")


def _button(element: dict[str, Any]) -> str:
    parts = [f"[{element['text']['text']}]", element["action_id"]]
    parts += [f"= {element['value']}"] if "value" in element else []
    parts += [f"-> {element['url']}"] if "url" in element else []
    parts += [f"({element['style']})"] if "style" in element else []
    if "confirm" in element:
        dialog = element["confirm"]
        labels = f"[{dialog['confirm']['text']}] [{dialog['deny']['text']}]"
        parts.append(f"asks: {dialog['title']['text']} {dialog['text']['text']} {labels}")
    return " ".join(parts)


def _option(option: dict[str, Any]) -> str:
    described = f" ({option['description']['text']})" if "description" in option else ""
    return f"- {option['text']['text']}{described} = {option['value']}"


def _placeholder(element: dict[str, Any]) -> str:
    return str(element["placeholder"]["text"]) if "placeholder" in element else ""


def _text(text: dict[str, Any]) -> str:
    return _plain(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])


def _plain(text: str) -> str:
    """mrkdwn as it reads: links and mentions in words, entities as the characters they stand for."""
    text = _MARKUP.sub(_markup, text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _markup(match: re.Match[str]) -> str:
    sign, target, label = match[1], match[2], match[3]
    if sign == "!":
        return f"PING {target}"
    return f"[{label}]({target})" if label else f"{sign}{target}"
