"""People use what the app shows: they click, pick from menus, type into external selects, and run shortcuts."""

from dataclasses import dataclass
from typing import Any

from bot.playground import elements, payloads
from bot.playground.actions import ActionResult, Actions
from bot.playground.block_elements import ElementCheck
from bot.playground.delivery import DeliveryResult
from bot.playground.errors import InvalidAction
from bot.playground.model import Json, Message
from bot.playground.triggers import ResponseUrl
from bot.playground.views import OpenView

DEFAULT_MIN_QUERY = 3


@dataclass
class ElementLocation:
    """Where an element is: in a message or in a view."""

    block: Json
    element: Json
    message: Message | None = None
    view: OpenView | None = None

    @property
    def channel(self) -> str | None:
        """The message's channel."""
        return self.message.channel if self.message else None


def _dispatches(location: ElementLocation, entered: bool) -> bool:
    """Whether the app is told at once of what is filled in."""
    element = location.element
    config = element.get("dispatch_action_config") or {}
    on_character = "on_character_entered" in config.get("trigger_actions_on", ())
    return bool(location.block.get("dispatch_action")) and (
        entered or on_character or element["type"] != "plain_text_input"
    )


class ElementActions(Actions):
    """Actions on elements and shortcuts."""

    def click(
        self,
        action_id: str,
        value: Any = None,
        *,
        user: str = "UALICE",
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        block_id: str | None = None,
        entered: bool = True,
    ) -> ActionResult:
        """Click a button, pick `value` in a menu or picker (an option's value; a list for a multi-select), or type it.

        Without `ts` or `view_id`, the newest element that the person sees is used: in the topmost modal, else in a
        message (of `channel`, when given), else on the Home tab. An input that does not dispatch only keeps the value
        until its modal is submitted; so does a text that was not `entered` with the Enter key, unless its input
        dispatches each character.
        """
        state, person = self.state, self.person(user)
        location = self._find(action_id, user, channel, ts, view_id, block_id)
        offered = state.offered.get((user, action_id), [])
        state_value = elements.chosen(location.element, value, offered)
        self._keep(location, user, state_value)
        if location.block.get("type") == "input" and not _dispatches(location, entered):
            return ActionResult(delivered=False, view_id=location.view.id if location.view else None)
        trigger_id = state.triggers.new_trigger(user, location.view.id if location.view else None)
        fields: Json = {"trigger_id": trigger_id, "actions": [self._action(location, state_value, value)]}
        url: str | None = None
        if location.message is not None:
            url = self.response_url(self._origin(location.message, user, "block_actions"))
            values = elements.initial_values(location.message.blocks, location.message.picked.get(user))
            fields |= {"response_url": url, "state": {"values": values}}
        payload = payloads.interaction(state, "block_actions", person, **self._where(location), **fields)
        answer = self.send("interactive", payload)
        return self._outcome(answer, "block_actions", user, location.channel, trigger_id, url)

    def suggest(
        self,
        action_id: str,
        query: str,
        *,
        user: str = "UALICE",
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        block_id: str | None = None,
    ) -> ActionResult:
        """Type into an external select. Below min_query_length the app is not asked.

        The result's `options` can be picked with `click` or `submit`.
        """
        state, person = self.state, self.person(user)
        location = self._find(action_id, user, channel, ts, view_id, block_id)
        if len(query) < int(location.element.get("min_query_length", DEFAULT_MIN_QUERY)):
            return ActionResult(delivered=False, error="query_too_short")
        fields = {"action_id": action_id, "block_id": location.block["block_id"], "value": query}
        answer = self.send(
            "interactive", payloads.interaction(state, "block_suggestion", person, **self._where(location), **fields)
        )
        if answer.error is not None:
            return self._outcome(answer, "block_suggestion", user, location.channel)
        check = ElementCheck()
        options = check.options_or_groups(answer.body if isinstance(answer.body, dict) else {}, "", least=0)
        if check.problems:
            shown = [
                state.write_failure(
                    "block_suggestion", user, location.channel, "No results", "invalid_options", check.problems
                )
            ]
            return self.result(
                answer, "block_suggestion", error="invalid_options", channel=location.channel, shown=shown
            )
        state.offered[(user, action_id)] = options
        return self.result(answer, "block_suggestion", channel=location.channel, options=options)

    def shortcut(self, callback_id: str, *, user: str = "UALICE") -> ActionResult:
        """Run a global shortcut."""
        trigger_id = self.state.triggers.new_trigger(user)
        fields = {"callback_id": callback_id, "trigger_id": trigger_id, "action_ts": f"{self.state.clock.now():.6f}"}
        answer = self.send("interactive", payloads.interaction(self.state, "shortcut", self.person(user), **fields))
        return self._outcome(answer, "shortcut", user, None, trigger_id)

    def message_shortcut(self, callback_id: str, ts: str, *, user: str = "UALICE", channel: str = "C1") -> ActionResult:
        """Run a shortcut from a message's menu."""
        state, person = self.state, self.person(user)
        message = state.find(channel, ts)
        if message is None or message.visible_to is not None or user not in state.channel(channel).members:
            raise InvalidAction(f"{user} sees no message {ts} in {channel} that has a menu of shortcuts")
        trigger_id, url = (
            state.triggers.new_trigger(user),
            self.response_url(self._origin(message, user, "message_action")),
        )
        where = payloads.in_message(state, message)
        where.pop("container")
        fields = {
            "callback_id": callback_id, "trigger_id": trigger_id, "response_url": url, "message_ts": ts,
            "action_ts": f"{state.clock.now():.6f}",
        }  # fmt: skip
        answer = self.send("interactive", payloads.interaction(state, "message_action", person, **where, **fields))
        return self._outcome(answer, "message_action", user, channel, trigger_id, url)

    def _find(
        self, action_id: str, user: str, channel: str | None, ts: str | None, view_id: str | None, block_id: str | None
    ) -> ElementLocation:
        state = self.state
        with state.lock:
            home = state.views.home(user)
            views = [*state.views.stack(user)[-1:], *([home] if home else [])]
            seen = [
                message
                for conversation in state.channels.values()
                if user in conversation.members and channel in (None, conversation.id)
                for message in state.seen_by(conversation.id, user, ts)
            ]
            newest = sorted(seen, key=lambda message: message.ts, reverse=True)
            containers: list[Message | OpenView] = []
            if view_id or (ts is None and channel is None):
                containers += [view for view in views if view_id in (None, view.id) and view.body["type"] == "modal"]
            if not view_id:
                containers += newest
            if ts is None and channel is None:
                containers += [view for view in views if view_id in (None, view.id) and view.body["type"] == "home"]
            for container in containers:
                match = elements.find(container.blocks, action_id, block_id)
                if match is not None:
                    block, element = match
                    return (
                        ElementLocation(block, element, container, None)
                        if isinstance(container, Message)
                        else ElementLocation(block, element, None, container)
                    )
        raise InvalidAction(f"{user} sees nothing with the action_id {action_id!r} there")

    def _where(self, location: ElementLocation) -> Json:
        if location.message is not None:
            return payloads.in_message(self.state, location.message)
        return payloads.in_view(self.state, location.view) if location.view is not None else {}

    def _keep(self, location: ElementLocation, user: str, state_value: Json) -> None:
        """Menus and inputs go on showing what was chosen."""
        if len(state_value) < 2 or location.element.get("type") == "overflow":
            return
        block_id, action_id = location.block["block_id"], location.element["action_id"]
        values = location.view.values if location.view is not None else {}
        if location.message is not None:
            values = location.message.picked.setdefault(user, elements.initial_values(location.message.blocks))
        values.setdefault(block_id, {})[action_id] = state_value

    def _action(self, location: ElementLocation, state_value: Json, value: Any) -> Json:
        element = location.element
        action = {
            **state_value, "action_id": element["action_id"], "block_id": location.block["block_id"],
            "action_ts": f"{self.state.clock.now():.6f}",
        }  # fmt: skip
        if element["type"] == "button":
            action["text"] = element["text"]
            if element.get("value") is not None:
                action["value"] = element["value"]
        elif element["type"] in ("feedback_buttons", "icon_button", "workflow_button") and value is not None:
            action["value"] = value
        elif element.get("placeholder"):
            action["placeholder"] = element["placeholder"]
        return action

    def _origin(self, message: Message, user: str, method: str) -> ResponseUrl:
        return self.state.triggers.new_response_url(
            user, message.channel, method, original_ts=message.ts, original_is_ephemeral=message.visible_to is not None,
            thread_ts=message.thread_ts if message.is_reply else None,
        )  # fmt: skip

    def _outcome(
        self,
        answer: DeliveryResult,
        method: str,
        user: str,
        channel: str | None,
        trigger_id: str | None = None,
        url: str | None = None,
    ) -> ActionResult:
        """These actions show nothing but Slack's own failure message."""
        shown = []
        if answer.error is not None:
            text = f'This did not work: the app answered with the error "{answer.error}"'
            shown = [self.state.write_failure(method, user, channel, text, answer.error, [])]
        return self.result(answer, method, trigger_id=trigger_id, response_url=url, channel=channel, shown=shown)
