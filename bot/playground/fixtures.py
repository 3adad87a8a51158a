"""The workspace that the playground starts with."""

import threading
from collections.abc import Iterable

from bot.playground.clock import Clock
from bot.playground.model import App, Channel, Team, User
from bot.playground.state import SLACKBOT, WorkspaceState

# All scopes that methods and events need; a test removes those whose absence it looks at.
ALL_SCOPES = frozenset({
    "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "groups:history", "groups:read",
    "im:history",
    "im:read", "im:write", "links:read", "links:write", "users:read",
})  # fmt: skip


def create_state(clock: Clock, lock: threading.RLock, team: Team | None = None) -> WorkspaceState:
    """A new workspace, filled by `reset_workspace`."""
    state = WorkspaceState(team or Team(), App("AHALO", "Halobot", "BHALO", "UHALO", ALL_SCOPES), clock, lock)
    reset_workspace(state)
    return state


def reset_workspace(state: WorkspaceState, scopes: Iterable[str] = ALL_SCOPES) -> None:
    """Empty the workspace and fill it with the defaults.

    Team T1 with Alice (an admin, in London) and Bob (in New York), the bot UHALO, channels C1 and C2 (with the bot) and
    G1 (without it).
    """
    app, created = state.app, int(state.clock.now())
    people = [
        User("UALICE", "alice", "Alice Archer", "Europe/London", is_admin=True),
        User("UBOB", "bob", "Bob Baker", "America/New_York"),
        User(app.user_id, "halobot", app.name, "Europe/London", is_bot=True, bot_id=app.bot_id),
        User(SLACKBOT, "slackbot", "Slackbot", "Europe/London"),
    ]
    everyone = {"UALICE", "UBOB", app.user_id}
    channels = [
        Channel("C1", "general", "public", set(everyone), created=created),
        Channel("C2", "halo-admins", "public", set(everyone), created=created),
        Channel("G1", "secret-plans", "private", {"UALICE"}, created=created),
    ]
    with state.lock:
        state.clear()
        app.scopes = frozenset(scopes)
        state.users.update({person.id: person for person in people})
        state.channels.update({channel.id: channel for channel in channels})
