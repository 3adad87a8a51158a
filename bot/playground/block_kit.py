"""Checks blocks as Slack does: every fault has Slack's message and a JSON pointer to the place.

The parts of blocks (buttons, selects, options) are checked in block_elements.py.
"""

from typing import Literal

from bot.playground import limits
from bot.playground.block_elements import ElementCheck
from bot.playground.model import Json

Surface = Literal["message", "modal", "home"]

# What each block may carry besides type and block_id; those of None are not looked into: their shape is not settled.
KEYS: dict[str, set[str] | None] = {
    "section": {"text", "fields", "accessory", "expand"}, "divider": set(), "header": {"text", "level"},
    "context": {"elements"},
    "actions": {"elements"}, "image": {"image_url", "slack_file", "alt_text", "title"},
    "input": {"label", "element", "dispatch_action", "hint", "optional"}, "rich_text": {"elements"}, "video": None,
    "markdown": {"text"},
    "table": {"rows", "column_settings"}, "data_table": None, "file": None, "context_actions": {"elements"},
    "container": {
        "title", "rich_text_title", "subtitle", "child_blocks", "width", "icon", "is_collapsible", "default_collapsed",
        "has_header_divider",
    },
    "card": None, "carousel": {"elements"}, "alert": None, "plan": None, "task_card": None,
}  # fmt: skip
_ONLY_IN_MODALS = {"alert"}
_ONLY_IN_MESSAGES = {"markdown", "table", "data_table", "file", "context_actions", "container", "plan", "task_card"}

_SELECTS = {f"{source}_select" for source in ("static", "external", "users", "conversations", "channels")}
_MULTI_SELECTS = {f"multi_{select}" for select in _SELECTS}
_CHOICES = {"overflow", "datepicker", "timepicker", "checkboxes", "radio_buttons"} | _SELECTS
IN_ACTIONS = {"button", "datetimepicker", "workflow_button"} | _CHOICES
IN_SECTION = {"button", "image", "workflow_button"} | _CHOICES | _MULTI_SELECTS
IN_INPUT = (
    {
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
        "file_input",
        "datetimepicker",
    }
    | (_CHOICES - {"overflow"})
    | _MULTI_SELECTS
)


class BlockCheck(ElementCheck):
    """Collects the faults of one message or view in `problems`."""

    def __init__(self, surface: Surface) -> None:
        super().__init__()
        self.surface = surface
        self._block_ids: set[str] = set()

    def blocks(self, blocks: object, pointer: str, most: int, least: int = 0) -> None:
        """A list of blocks, from `least` to `most` of them."""
        for index, block in enumerate(self.items(blocks, pointer, most, least=least)):
            self._block(block, f"{pointer}/{index}")

    def _block(self, block: object, at: str) -> None:
        if not isinstance(block, dict):
            self.problem("must provide an object", at)
            return
        kind = block.get("type")
        if kind is None:
            self.problem("missing required field: type", at)
            return
        if not isinstance(kind, str) or kind not in KEYS or not self._belongs_here(kind):
            self.problem(f"unsupported type: {kind}", f"{at}/type")
            return
        known = KEYS[kind]
        if known is not None:
            self.keys(block, at, known | {"type", "block_id"})
        self.string(block, "block_id", at, limits.IDENTIFIER)
        block_id = block.get("block_id")
        if isinstance(block_id, str):
            if block_id in self._block_ids:
                self.problem(f'`block_id` "{block_id}" already exists', f"{at}/block_id")
            self._block_ids.add(block_id)
        check = getattr(self, f"_{kind}", None)
        if check is not None:
            check(block, at)

    def _belongs_here(self, kind: str) -> bool:
        return not (kind in _ONLY_IN_MESSAGES and self.surface != "message") and not (
            kind in _ONLY_IN_MODALS and self.surface != "modal"
        )

    def _section(self, block: Json, at: str) -> None:
        if "text" not in block and "fields" not in block:
            self.problem("missing required field: text", at)
        if "text" in block:
            self.text(block["text"], f"{at}/text", limits.SECTION_TEXT)
        if "fields" in block:
            for index, item in enumerate(self.items(block["fields"], f"{at}/fields", limits.SECTION_FIELDS, least=1)):
                self.text(item, f"{at}/fields/{index}", limits.SECTION_FIELD_TEXT)
        if "accessory" in block:
            self.element(block["accessory"], f"{at}/accessory", IN_SECTION)

    def _header(self, block: Json, at: str) -> None:
        self.text(block.get("text"), f"{at}/text", limits.HEADER_TEXT, kinds=("plain_text",))

    def _context(self, block: Json, at: str) -> None:
        for index, item in enumerate(
            self.items(block.get("elements"), f"{at}/elements", limits.CONTEXT_ELEMENTS, least=1)
        ):
            if isinstance(item, dict) and item.get("type") == "image":
                self.element(item, f"{at}/elements/{index}", {"image"})
            else:
                self.text(item, f"{at}/elements/{index}", limits.CONTEXT_TEXT)

    def _actions(self, block: Json, at: str) -> None:
        self.elements(block, at, limits.ACTIONS_ELEMENTS, IN_ACTIONS)

    def _context_actions(self, block: Json, at: str) -> None:
        self.elements(block, at, limits.CONTEXT_ACTIONS_ELEMENTS, {"feedback_buttons", "icon_button"})

    def _image(self, block: Json, at: str) -> None:
        self.image(block, at)
        if "title" in block:
            self.text(block["title"], f"{at}/title", limits.IMAGE_TITLE, kinds=("plain_text",))

    def _input(self, block: Json, at: str) -> None:
        self.text(block.get("label"), f"{at}/label", limits.INPUT_LABEL, kinds=("plain_text",))
        if "hint" in block:
            self.text(block["hint"], f"{at}/hint", limits.INPUT_LABEL, kinds=("plain_text",))
        if "element" not in block:
            self.problem("missing required field: element", at)
        else:
            self.element(block["element"], f"{at}/element", IN_INPUT)

    def _rich_text(self, block: Json, at: str) -> None:
        self.items(block.get("elements"), f"{at}/elements", 1_000)

    def _markdown(self, block: Json, at: str) -> None:
        self.string(block, "text", at, limits.MARKDOWN_TEXT, required=True)

    def _table(self, block: Json, at: str) -> None:
        for index, row in enumerate(self.items(block.get("rows"), f"{at}/rows", limits.TABLE_ROWS, least=1)):
            self.items(row, f"{at}/rows/{index}", limits.TABLE_COLUMNS, least=1)

    def _container(self, block: Json, at: str) -> None:
        if "title" not in block and "rich_text_title" not in block:
            self.problem("missing required field: title", at)
        for key in ("title", "subtitle"):
            if key in block:
                self.text(block[key], f"{at}/{key}", limits.CARD_TITLE)
        children = block.get("child_blocks")
        self.blocks(children, f"{at}/child_blocks", limits.CONTAINER_CHILDREN, least=1)
        for index, child in enumerate(children if isinstance(children, list) else []):
            if isinstance(child, dict) and child.get("type") == "container":
                self.problem("unsupported type: container", f"{at}/child_blocks/{index}/type")

    def _alert(self, block: Json, at: str) -> None:
        self.text(block.get("text"), f"{at}/text", limits.ALERT_TEXT)

    def _card(self, block: Json, at: str) -> None:
        if not block.keys() & {"hero_image", "title", "actions", "body"}:
            self.problem("missing required field: title", at)
        for key, most in (("title", limits.CARD_TITLE), ("subtitle", limits.CARD_TITLE), ("body", limits.CARD_BODY)):
            if key in block:
                self.text(block[key], f"{at}/{key}", most)

    def _carousel(self, block: Json, at: str) -> None:
        for index, card in enumerate(
            self.items(block.get("elements"), f"{at}/elements", limits.CAROUSEL_CARDS, least=1)
        ):
            if isinstance(card, dict) and card.get("type") == "card":
                self._block(card, f"{at}/elements/{index}")
            else:
                self.problem("must be a card", f"{at}/elements/{index}")
