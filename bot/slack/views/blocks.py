"""Block Kit as plain dicts: the blocks, elements, messages and modals that every view is made of.

Texts are mrkdwn that is already escaped, unless they are labels. Slack's limits are in `limits`; the tests check that
every message keeps them. https://docs.slack.dev/reference/block-kit
"""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.slack.views.limits import MAX_NOTIFICATION, MAX_SECTION, MAX_VIEW_BLOCKS, MAX_VIEW_TITLE, truncate
from bot.slack.views.mrkdwn import escape, escape_sentence, escape_within, note_text

Block = dict[str, Any]
Element = dict[str, Any]
Message = dict[str, Any]  # {"text": …, "blocks": […]}
View = dict[str, Any]  # a modal or the Home tab

WITHOUT_BLOCKS = "_Slack refused the usual form of this message, so it has no buttons and no menus._"
BANNER = "note"  # block_id of the line that a click put at the top of a modal


def message(text: str, blocks: Iterable[Block]) -> Message:
    """A message. `text` is what a notification and a screen reader say, not escaped."""
    return {"text": escape(truncate(text, MAX_NOTIFICATION)), "blocks": list(blocks)}


def text_message(text: str) -> Message:
    """A message of one sentence, not escaped; what is in backticks is shown as code."""
    return message(text.replace("`", ""), [section(escape_within(text, MAX_SECTION, escape_sentence))])


def as_plain_message(shown: Message) -> Message:
    """A message without blocks: their texts below each other, in one text. For where Slack refuses the blocks."""
    texts = [
        escape(part["text"]) if part.get("type") == "plain_text" else part["text"]
        for block in shown.get("blocks", ())
        for part in (block.get("text"), *block.get("elements", ()))
        if part and isinstance(part.get("text"), str)
    ]
    return {"text": "\n".join([*texts, WITHOUT_BLOCKS]) if texts else shown["text"]}


def with_prefix(text: str, shown: Message) -> Message:
    """A message with a grey line before it, not escaped: how a word was understood, or what came of a click."""
    return {**shown, "blocks": [context(note_text(text, 1_000)), *shown["blocks"]]}


def plain_text(text: str, emoji: bool = True) -> dict[str, Any]:
    """A label; with `emoji`, Slack shows `:warning:` as a picture."""
    return {"type": "plain_text", "text": text, "emoji": emoji}


def mrkdwn(text: str) -> dict[str, Any]:
    """Text with Slack's formatting; `verbatim` keeps Slack from making links and channels of bare words."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: str, accessory: Element | None = None) -> Block:
    """A paragraph, with at most one button beside it."""
    block: Block = {"type": "section", "text": mrkdwn(truncate(text, MAX_SECTION))}
    return {**block, "accessory": accessory} if accessory else block


def context(text: str, block_id: str = "") -> Block:
    """A line in small grey print."""
    block: Block = {"type": "context", "elements": [mrkdwn(truncate(text, MAX_SECTION))]}
    return {**block, "block_id": block_id} if block_id else block


def header(text: str) -> Block:
    """A headline; plain text, not escaped."""
    return {"type": "header", "text": plain_text(text)}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def actions(elements: Iterable[Element], block_id: str = "") -> Block:
    """A row of buttons or menus."""
    block: Block = {"type": "actions", "elements": list(elements)}
    return {**block, "block_id": block_id} if block_id else block


def button_row(*buttons: Element) -> list[Block]:
    """A row of buttons, or no block where there are none."""
    return [actions(buttons)] if buttons else []


def input_block(block_id: str, label: str, element: Element, optional: bool = False, dispatches: bool = False) -> Block:
    """A labelled input of a modal. `dispatches`: Slack tells of each change of it, not only when all is sent."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label),
        "element": element,
        "optional": optional,
    }
    return {**block, "dispatch_action": True} if dispatches else block


def element(kind: str, action_id: str, **fields: Any) -> Element:
    """An interactive element, as `element("timepicker", "at", initial_time="09:00")`. Empty fields are left out."""
    return {"type": kind, "action_id": action_id, **{name: value for name, value in fields.items() if value}}


def button(label: str, action_id: str, value: str = "", **fields: Any) -> Element:
    """A button. `fields`: `url`, `style` or `confirm`."""
    return element("button", action_id, text=plain_text(label), value=value, **fields)


def option(label: str, value: str, description: str = "", emoji: bool = True) -> dict[str, Any]:
    """An option of a menu."""
    made: dict[str, Any] = {"text": plain_text(label, emoji), "value": value}
    return {**made, "description": plain_text(description, emoji)} if description else made


def confirm_dialog(title: str, text: str, confirm: str, deny: str) -> dict[str, Any]:
    """The question that Slack asks before a button ends something; `confirm` is what ends it, in red."""
    return {
        "title": plain_text(title),
        "text": {"type": "mrkdwn", "text": text},
        "confirm": plain_text(confirm),
        "deny": plain_text(deny),
        "style": "danger",
    }


def modal(
    callback_id: str, title: str, blocks: Sequence[Block], metadata: str = "", submit: str = "", close: str = "Close"
) -> View:
    """A modal; with `submit`, its inputs can be sent."""
    view: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain_text(truncate(title, MAX_VIEW_TITLE)),
        "close": plain_text(close),
        "blocks": list(blocks),
    }
    view.update({"submit": plain_text(submit)} if submit else {})
    view.update({"private_metadata": metadata} if metadata else {})
    return view


def with_banner(shown: View, text: str) -> View:
    """A modal, as Slack sent it to us, with a line at its top that says what a click in it did. `text` is not escaped.

    It replaces an earlier banner.
    """
    sent_back = ("type", "callback_id", "title", "close", "private_metadata")
    kept = {name: shown[name] for name in sent_back if shown.get(name)}
    banner = context(escape_within(text, 1_000, escape_sentence), BANNER)
    others = [block for block in shown["blocks"] if block.get("block_id") != BANNER]
    return {**kept, "blocks": [banner, *others][:MAX_VIEW_BLOCKS]}
