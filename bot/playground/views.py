"""Open modals (a stack for each person) and published Home tabs."""

import secrets
import threading
from dataclasses import dataclass, field

from bot.playground import elements, limits
from bot.playground.clock import Clock
from bot.playground.errors import ApiError
from bot.playground.model import App, Json, Team


@dataclass
class OpenView:
    """One modal or Home tab: what the app sent (`body`), and what the person has filled in (`values`)."""

    id: str
    user: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """Its blocks, each with a block_id."""
        blocks: list[Json] = self.body["blocks"]
        return blocks

    def to_json(self, team: Team, app: App) -> Json:
        """Slack's view object."""
        body = self.body
        return {
            "id": self.id, "team_id": team.id, "type": body["type"], "blocks": self.blocks, "hash": self.hash,
            "private_metadata": body.get("private_metadata") or "", "callback_id": body.get("callback_id") or "",
            "external_id": body.get("external_id") or "", "state": {"values": self.values}, "title": body.get("title"),
            "close": body.get("close"), "submit": body.get("submit"),
            "clear_on_close": bool(body.get("clear_on_close")),
            "notify_on_close": bool(body.get("notify_on_close")), "previous_view_id": self.previous_id,
            "root_view_id": self.root_id,
            "app_id": app.id, "app_installed_team_id": team.id, "bot_id": app.bot_id,
        }  # fmt: skip


class OpenViews:
    """All views of the app in the workspace. Bodies are checked (checks.py) before they come here."""

    def __init__(self, clock: Clock, lock: threading.RLock) -> None:
        self._clock = clock
        self._lock = lock
        self._stacks: dict[str, list[OpenView]] = {}
        self._homes: dict[str, OpenView] = {}

    def clear(self) -> None:
        """Close all modals and remove all Home tabs."""
        with self._lock:
            self._stacks.clear()
            self._homes.clear()

    def open(self, user: str, body: Json) -> OpenView:
        """Open a modal for `user`, in place of those that were open. Raises duplicate_external_id."""
        with self._lock:
            view = self._new(user, body)
            self._stacks[user] = [view]
            return view

    def push(self, user: str, body: Json) -> OpenView:
        """Open a modal on top of the one that `user` has open.

        Raises not_found (none is open), push_limit_reached or duplicate_external_id.
        """
        with self._lock:
            stack = self._stacks.get(user) or []
            if not stack:
                raise ApiError("not_found")
            if len(stack) >= limits.VIEW_STACK:
                raise ApiError("push_limit_reached")
            view = self._new(user, body)
            view.previous_id, view.root_id = stack[-1].id, stack[0].id
            stack.append(view)
            return view

    def update(self, view: OpenView, body: Json, expected_hash: str | None = None) -> OpenView:
        """Replace an open view's contents; values stay where the same input is still there. Raises hash_conflict."""
        with self._lock:
            if expected_hash and expected_hash != view.hash:
                raise ApiError("hash_conflict")
            self._check_external_id(body, view)
            view.body = {**body, "blocks": elements.complete(body["blocks"])}
            view.values = elements.initial_values(view.blocks, view.values)
            view.hash, view.errors = self._hash(), {}
            return view

    def publish(self, user: str, body: Json, expected_hash: str | None = None) -> OpenView:
        """Publish the Home tab of `user`. Raises hash_conflict or duplicate_external_id."""
        with self._lock:
            home = self._homes.get(user)
            if home is not None:
                return self.update(home, body, expected_hash)
            self._homes[user] = self._new(user, body)
            return self._homes[user]

    def find(self, view_id: str | None = None, external_id: str | None = None) -> OpenView:
        """An open view or a Home tab, by either id. Raises not_found."""
        with self._lock:
            for view in self._all():
                if (view_id and view.id == view_id) or (external_id and view.body.get("external_id") == external_id):
                    return view
            raise ApiError("not_found")

    def stack(self, user: str) -> list[OpenView]:
        """The modals that `user` has open, the topmost last."""
        with self._lock:
            return list(self._stacks.get(user, []))

    def home(self, user: str) -> OpenView | None:
        """The Home tab that was published for `user`."""
        with self._lock:
            return self._homes.get(user)

    def close(self, view: OpenView, *, everything: bool = False) -> list[OpenView]:
        """Close `view`, or the whole stack with `everything`. Returns what was closed."""
        with self._lock:
            stack = self._stacks.get(view.user, [])
            closed = list(stack) if everything else [open_view for open_view in stack if open_view is view]
            self._stacks[view.user] = [open_view for open_view in stack if open_view not in closed]
            return closed

    def _all(self) -> list[OpenView]:
        return [view for stack in self._stacks.values() for view in stack] + list(self._homes.values())

    def _new(self, user: str, body: Json) -> OpenView:
        self._check_external_id(body, None)
        view_id = f"V{secrets.token_hex(5).upper()}"
        completed = {**body, "blocks": elements.complete(body["blocks"])}
        return OpenView(
            view_id, user, completed, self._hash(), view_id, values=elements.initial_values(completed["blocks"])
        )

    def _check_external_id(self, body: Json, itself: OpenView | None) -> None:
        wanted = body.get("external_id")
        if wanted and any(view is not itself and view.body.get("external_id") == wanted for view in self._all()):
            raise ApiError("duplicate_external_id")

    def _hash(self) -> str:
        return f"{int(self._clock.now())}.{secrets.token_hex(4)}"
