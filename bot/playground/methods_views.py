"""The views.* methods. Each takes the state and the arguments, returns the answer's fields beside `ok`, and raises
errors.
"""

from bot.playground import checks
from bot.playground.arguments import Arguments
from bot.playground.errors import ApiError
from bot.playground.model import Json
from bot.playground.state import WorkspaceState
from bot.playground.views import OpenView


def open_(state: WorkspaceState, args: Arguments) -> Json:
    """views.open: a modal for the person whose trigger_id it is. A refused view leaves the trigger unused."""
    body = _view(args, "modal")
    trigger = state.triggers.exchange(args.required("trigger_id"))
    return _shown(state, state.views.open(trigger.user, body), "views.open")


def push(state: WorkspaceState, args: Arguments) -> Json:
    """views.push: a modal on top of the open one."""
    body = _view(args, "modal")
    trigger = state.triggers.exchange(args.required("trigger_id"))
    return _shown(state, state.views.push(trigger.user, body), "views.push")


def update(state: WorkspaceState, args: Arguments) -> Json:
    """views.update: by view_id or external_id; with `hash`, only if the view has not changed since."""
    body = _view(args, None)
    if not args.has("view_id") and not args.has("external_id"):
        raise ApiError("invalid_arguments", ["missing required field: view_id"])
    view = state.views.find(args.text("view_id"), args.text("external_id"))
    if body["type"] != view.body["type"]:
        raise ApiError(
            "invalid_arguments", ["must match the `type` of the view that is updated [json-pointer:/view/type]"]
        )
    return _shown(state, state.views.update(view, body, args.text("hash") or None), "views.update")


def publish(state: WorkspaceState, args: Arguments) -> Json:
    """views.publish: one person's Home tab."""
    body = _view(args, "home")
    user_id = args.required("user_id")
    if user_id not in state.users:
        raise ApiError("invalid_arguments", ["`user_id` is not a valid user [json-pointer:/user_id]"])
    return _shown(state, state.views.publish(user_id, body, args.text("hash") or None), "views.publish")


def _view(args: Arguments, surface: str | None) -> Json:
    args.required("view")
    body = checks.as_object(args.raw("view"), "invalid_arguments")
    checks.check_view(body, surface=surface)
    return body


def _shown(state: WorkspaceState, view: OpenView, method: str) -> Json:
    state.write_view("home" if view.body["type"] == "home" else "view", method, "web_api", view)
    return {"view": view.to_json(state.team, state.app)}
