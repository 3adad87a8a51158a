"""People fill in a modal and submit or close it; the app's acknowledgement of a submission changes what they see."""

from collections.abc import Mapping
from typing import Any

from bot.playground import checks, elements, payloads
from bot.playground.actions import CONNECTION_TROUBLE_TEXT, ActionResult, Actions
from bot.playground.delivery import DeliveryResult
from bot.playground.errors import ApiError, InvalidAction
from bot.playground.model import Json, TranscriptEntry, User
from bot.playground.views import OpenView

REQUIRED = "Please complete this required field."


class ModalActions(Actions):
    """Actions on modals."""

    def submit(
        self, values: Mapping[str, Any] | None = None, *, user: str = "UALICE", view_id: str | None = None
    ) -> ActionResult:
        """Fill in the topmost modal and submit it. `values`: what is typed or picked, by an input's block_id or
        action_id.

        An empty required input keeps the modal open and nothing is sent, as in Slack; the result's `errors` say where.
        """
        state, person = self.state, self.person(user)
        view = self._top(user, view_id)
        view.errors = {}
        if not view.body.get("submit"):
            raise InvalidAction("this modal has no button to submit it")
        for name, value in (values or {}).items():
            self._fill(view, user, name, value)
        missing = _incomplete(view)
        if missing:
            view.errors = missing
            return ActionResult(delivered=False, error="incomplete", errors=missing, view_id=view.id)
        trigger_id = state.triggers.new_trigger(user, view.id)
        fields = {
            "trigger_id": trigger_id,
            "view": view.to_json(state.team, state.app),
            "response_urls": self._response_urls(view),
        }
        answer = self.send("interactive", payloads.interaction(state, "view_submission", person, **fields))
        error, messages, shown = answer.error, list[str](), []
        if error is None:
            try:
                shown = [self._answered(view, answer)]
            except ApiError as fault:
                error, messages = fault.code, fault.messages
        if error is not None:
            shown = [state.write_failure("view_submission", user, None, CONNECTION_TROUBLE_TEXT, error, messages)]
        return self.result(
            answer,
            "view_submission",
            error=error,
            trigger_id=trigger_id,
            view_id=view.id,
            shown=shown,
            errors=dict(view.errors),
        )

    def close_view(self, *, user: str = "UALICE", view_id: str | None = None, everything: bool = False) -> ActionResult:
        """Close the topmost modal, or all of them (`everything`). The app is told of those with notify_on_close."""
        view = self._top(user, view_id)
        everything = everything or bool(view.body.get("clear_on_close"))
        closed = self.state.views.close(view, everything=everything)
        result = ActionResult(delivered=False, view_id=view.id)
        for closed_view in reversed(closed):
            self.state.write_view("view_closed", "view_closed", "user", closed_view)
            if closed_view.body.get("notify_on_close"):
                result = self._notify(self.person(user), closed_view, everything)
        return result

    def _top(self, user: str, view_id: str | None) -> OpenView:
        stack = self.state.views.stack(self.person(user).id)
        if not stack:
            raise InvalidAction(f"{user} has no modal open")
        if view_id not in (None, stack[-1].id):
            raise InvalidAction(f"{view_id} is not the modal on top; that is {stack[-1].id}")
        return stack[-1]

    def _fill(self, view: OpenView, user: str, name: str, value: Any) -> None:
        for block, element in elements.interactive(view.blocks):
            if block.get("type") == "input" and name in (block["block_id"], element["action_id"]):
                offered = self.state.offered.get((user, element["action_id"]), [])
                state_value = elements.chosen(element, value, offered)
                view.values.setdefault(block["block_id"], {})[element["action_id"]] = state_value
                return
        raise InvalidAction(f"this modal has no input {name!r}")

    def _response_urls(self, view: OpenView) -> list[Json]:
        """For a channel picked in a select with response_url_enabled, the app gets a response_url to that channel."""
        urls = []
        for block, element in elements.interactive(view.blocks):
            state_value = view.values.get(block["block_id"], {}).get(element.get("action_id"), {})
            channel = state_value.get("selected_conversation") or state_value.get("selected_channel")
            if element.get("response_url_enabled") and channel in self.state.channels:
                origin = self.state.triggers.new_response_url(view.user, channel, "view_submission")
                urls.append({
                    "response_url": self.response_url(origin), "channel_id": channel, "block_id": block["block_id"],
                    "action_id": element["action_id"],
                })  # fmt: skip
        return urls

    def _answered(self, view: OpenView, answer: DeliveryResult) -> TranscriptEntry:
        """Apply the acknowledgement. Raises ApiError when Slack cannot use it: the modal then stays as it is."""
        state, body = self.state, answer.body
        if not body:
            state.views.close(view)
            return state.write_view("view_closed", "view_submission", "ack", view)
        action = body.get("response_action") if isinstance(body, dict) else None
        if action == "clear":
            state.views.close(view, everything=True)
            return state.write_view("view_closed", "view_submission", "ack", view)
        if action == "errors":
            view.errors = _checked_errors(view, body.get("errors"))
            return state.write_view("view_errors", "view_submission", "ack", view, detail={"errors": view.errors})
        if action in ("update", "push"):
            new = checks.as_object(body.get("view"), "invalid_arguments")
            checks.check_view(new, surface="modal")
            shown = (
                state.views.push(view.user, new)
                if action == "push"
                else state.views.update(state.views.find(view.id), new)
            )
            return state.write_view("view", "view_submission", "ack", shown)
        raise ApiError("invalid_response_action", [f"not an answer to a submission: {body!r:.200}"])

    def _notify(self, person: User, view: OpenView, everything: bool) -> ActionResult:
        fields = {"view": view.to_json(self.state.team, self.state.app), "is_cleared": everything}
        answer = self.send("interactive", payloads.interaction(self.state, "view_closed", person, **fields))
        return self.result(answer, "view_closed", view_id=view.id)


def _incomplete(view: OpenView) -> dict[str, str]:
    return {
        block["block_id"]: REQUIRED
        for block, element in elements.interactive(view.blocks)
        if block.get("type") == "input"
        and not block.get("optional")
        and elements.is_empty(view.values.get(block["block_id"], {}).get(element["action_id"], {}))
    }


def _checked_errors(view: OpenView, errors: Any) -> dict[str, str]:
    """The errors by input. For a key that is no input's block_id, Slack shows its own failure message instead."""
    if not isinstance(errors, dict) or not errors:
        raise ApiError("invalid_errors", ["`errors` must say which block_id has which error"])
    inputs = {block["block_id"] for block in view.blocks if block.get("type") == "input"}
    unknown = [key for key in errors if key not in inputs]
    if unknown:
        raise ApiError("invalid_errors", [f"no input block has the block_id {key!r}" for key in unknown])
    return {key: str(value) for key, value in errors.items()}
