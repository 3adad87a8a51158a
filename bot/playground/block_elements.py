"""Checks the parts of blocks: text objects, options, confirmations, buttons, selects, inputs, images."""

from collections.abc import Collection
from typing import Any

from bot.playground import limits
from bot.playground.model import Json

_FLAGS = {"action_id", "confirm", "focus_on_load", "placeholder"}
_OPTIONS = {"options", "option_groups"}
# What each element may carry besides type; those of None are not looked into.
KEYS: dict[str, set[str] | None] = {
    "button": {"text", "action_id", "url", "value", "style", "confirm", "accessibility_label"},
    "image": {"image_url", "slack_file", "alt_text"}, "overflow": {"action_id", "options", "confirm"},
    "checkboxes": _FLAGS - {"placeholder"} | {"options", "initial_options"},
    "radio_buttons": _FLAGS - {"placeholder"} | {"options", "initial_option"},
    "static_select": _FLAGS | _OPTIONS | {"initial_option"},
    "multi_static_select": _FLAGS | _OPTIONS | {"initial_options", "max_selected_items"},
    "external_select": _FLAGS | {"initial_option", "min_query_length"},
    "multi_external_select": _FLAGS | {"initial_options", "min_query_length", "max_selected_items"},
    "users_select": _FLAGS | {"initial_user"}, "multi_users_select": _FLAGS | {"initial_users", "max_selected_items"},
    "channels_select": _FLAGS | {"initial_channel", "response_url_enabled"},
    "multi_channels_select": _FLAGS | {"initial_channels", "max_selected_items"},
    "conversations_select": (
        _FLAGS | {"initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter"}
    ),
    "multi_conversations_select": (
        _FLAGS | {"initial_conversations", "default_to_current_conversation", "max_selected_items", "filter"}
    ),
    "datepicker": _FLAGS | {"initial_date"}, "timepicker": _FLAGS | {"initial_time", "timezone"},
    "datetimepicker": _FLAGS | {"initial_date_time"},
    "plain_text_input": _FLAGS | {"initial_value", "multiline", "min_length", "max_length", "dispatch_action_config"},
    "email_text_input": _FLAGS | {"initial_value", "dispatch_action_config"},
    "url_text_input": _FLAGS | {"initial_value", "dispatch_action_config"},
    "number_input": (
        _FLAGS | {"is_decimal_allowed", "initial_value", "min_value", "max_value", "dispatch_action_config"}
    ),
    "rich_text_input": None, "file_input": None, "workflow_button": None, "feedback_buttons": None, "icon_button": None,
}  # fmt: skip


class ElementCheck:
    """Collects faults in `problems`, each as `message [json-pointer:/path]`."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def problem(self, wording: str, pointer: str) -> None:
        """Record a fault."""
        self.problems.append(f"{wording} [json-pointer:{pointer}]")

    def keys(self, value: Json, at: str, known: Collection[str]) -> None:
        """The object has no key that Slack does not know."""
        for key in value:
            if key not in known:
                self.problem(f"invalid additional property: {key}", at)

    def string(self, holder: Json, key: str, at: str, most: int, *, least: int = 1, required: bool = False) -> None:
        """`holder[key]`, where it is there, is text of `least` to `most` characters."""
        value = holder.get(key)
        if value is None:
            if required:
                self.problem(f"missing required field: {key}", at)
        elif not isinstance(value, str):
            self.problem("must be a string", f"{at}/{key}")
        else:
            self._length(value, f"{at}/{key}", most, least)

    def items(self, value: object, at: str, most: int, least: int = 0) -> list[Any]:
        """The value is a list of `least` to `most` items. Returns it, or an empty list."""
        if not isinstance(value, list):
            if value is None:
                parent, _, name = at.rpartition("/")
                self.problem(f"missing required field: {name}", parent)
            else:
                self.problem("must be an array", at)
            return []
        if len(value) > most:
            self.problem(f"no more than {most} items allowed", at)
        if len(value) < least:
            self.problem(f"must provide at least {least} items", at)
        return value

    def text(self, value: object, at: str, most: int, *, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> None:
        """The value is a text object of one of `kinds`, with 1 to `most` characters."""
        if not isinstance(value, dict):
            if value is None:
                parent, _, name = at.rpartition("/")
                self.problem(f"missing required field: {name}", parent)
            else:
                self.problem("must provide an object", at)
            return
        kind = value.get("type")
        if kind not in kinds:
            self.problem(f"unsupported type: {kind}", f"{at}/type")
            return
        self.keys(value, at, {"type", "text", "emoji"} if kind == "plain_text" else {"type", "text", "verbatim"})
        self.string(value, "text", at, most, required=True)

    def elements(self, block: Json, at: str, most: int, allowed: Collection[str]) -> None:
        """A block's `elements`: their number, each of them, and no action_id twice."""
        seen: set[str] = set()
        for index, element in enumerate(self.items(block.get("elements"), f"{at}/elements", most, least=1)):
            here = f"{at}/elements/{index}"
            self.element(element, here, allowed)
            action_id = element.get("action_id") if isinstance(element, dict) else None
            if isinstance(action_id, str):
                if action_id in seen:
                    self.problem(f'`action_id` "{action_id}" already exists', f"{here}/action_id")
                seen.add(action_id)

    def element(self, element: object, at: str, allowed: Collection[str]) -> None:
        """One interactive element or image, of a type that is allowed here."""
        if not isinstance(element, dict):
            self.problem("must provide an object", at)
            return
        kind = element.get("type")
        if not isinstance(kind, str) or kind not in allowed:
            self.problem(f"unsupported type: {kind}", f"{at}/type")
            return
        known = KEYS.get(kind)
        if known is not None:
            self.keys(element, at, known | {"type"})
        if kind == "image":
            self.image(element, at)
            return
        self.string(element, "action_id", at, limits.IDENTIFIER)
        if "placeholder" in element:
            self.text(element["placeholder"], f"{at}/placeholder", limits.PLACEHOLDER, kinds=("plain_text",))
        if "confirm" in element:
            self._confirm(element["confirm"], f"{at}/confirm")
        if kind == "button":
            self._button(element, at)
        elif kind in ("overflow", "checkboxes", "radio_buttons"):
            most = limits.OVERFLOW_OPTIONS if kind == "overflow" else limits.BOXES
            kinds = ("plain_text",) if kind == "overflow" else ("plain_text", "mrkdwn")
            self._initial(element, self.options(element.get("options"), f"{at}/options", most, kinds=kinds), at)
        elif kind in ("static_select", "multi_static_select"):
            self._initial(element, self.options_or_groups(element, at), at)
        elif kind.endswith("_input"):
            self.string(element, "initial_value", at, limits.INPUT_TEXT, least=0)

    def image(self, image: Json, at: str) -> None:
        """An image, as a block or as an element: its address and its alternative text."""
        if "slack_file" not in image:
            self.string(image, "image_url", at, limits.URL, required=True)
        self.string(image, "alt_text", at, limits.ALT_TEXT, required=True)

    def options_or_groups(self, holder: Json, at: str, least: int = 1) -> list[Json]:
        """`options` or `option_groups`, exactly one of them; also in the answer to a block_suggestion. Returns the
        options.
        """
        if ("options" in holder) == ("option_groups" in holder):
            self.problem("must provide either options or option_groups", at)
            return []
        if "options" in holder:
            return self.options(holder["options"], f"{at}/options", limits.OPTIONS, least=least)
        collected: list[Json] = []
        for index, group in enumerate(
            self.items(holder["option_groups"], f"{at}/option_groups", limits.OPTIONS, least=least)
        ):
            here = f"{at}/option_groups/{index}"
            if not isinstance(group, dict):
                self.problem("must provide an object", here)
                continue
            self.text(group.get("label"), f"{here}/label", limits.OPTION_TEXT, kinds=("plain_text",))
            collected += self.options(group.get("options"), f"{here}/options", limits.OPTIONS)
        return collected

    def options(
        self, options: object, at: str, most: int, *, kinds: tuple[str, ...] = ("plain_text",), least: int = 1
    ) -> list[Json]:
        """A list of options. Returns those that are objects."""
        collected: list[Json] = []
        for index, option in enumerate(self.items(options, at, most, least=least)):
            here = f"{at}/{index}"
            if not isinstance(option, dict):
                self.problem("must provide an object", here)
                continue
            self.text(option.get("text"), f"{here}/text", limits.OPTION_TEXT, kinds=kinds)
            self.string(option, "value", here, limits.OPTION_VALUE, required=True)
            self.string(option, "url", here, limits.URL)
            if "description" in option:
                self.text(option["description"], f"{here}/description", limits.OPTION_TEXT, kinds=kinds)
            collected.append(option)
        return collected

    def _button(self, button: Json, at: str) -> None:
        self.text(button.get("text"), f"{at}/text", limits.BUTTON_TEXT, kinds=("plain_text",))
        self.string(button, "value", at, limits.BUTTON_VALUE, least=0)
        self.string(button, "url", at, limits.URL)
        self.string(button, "accessibility_label", at, limits.ACCESSIBILITY_LABEL)
        if button.get("style") not in (None, "primary", "danger"):
            self.problem("must be a valid enum value", f"{at}/style")

    def _confirm(self, confirm: object, at: str) -> None:
        if not isinstance(confirm, dict):
            self.problem("must provide an object", at)
            return
        for key, most in limits.CONFIRM.items():
            if key in confirm:
                self.text(confirm[key], f"{at}/{key}", most)

    def _initial(self, element: Json, options: list[Json], at: str) -> None:
        """The initial choice is one of the options, exactly: Slack refuses the whole message otherwise."""
        chosen = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
        for option in self.items(chosen, f"{at}/initial_options", limits.OPTIONS):
            if not any(_same_option(option, other) for other in options):
                self.problem("initial_option must exactly match one of the options", at)

    def _length(self, value: str, at: str, most: int, least: int) -> None:
        if len(value) > most:
            self.problem(f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            self.problem(f"must be more than {least - 1} characters", at)


def _same_option(option: object, other: Json) -> bool:
    if (
        not isinstance(option, dict)
        or not isinstance(option.get("text"), dict)
        or not isinstance(other.get("text"), dict)
    ):
        return False
    return bool(option.get("value") == other.get("value") and option["text"].get("text") == other["text"].get("text"))
