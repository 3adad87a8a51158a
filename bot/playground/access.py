"""What the app may do: its scopes, and the conversations that its bot can read or post to."""

from bot.playground.errors import ApiError
from bot.playground.model import Channel, Json
from bot.playground.state import WorkspaceState

_KIND_PREFIX = {"public": "channels", "private": "groups", "im": "im"}


def needs(state: WorkspaceState, *scopes: str) -> None:
    """Raise missing_scope, naming the scopes needed and granted, unless the app has one of `scopes`."""
    if scopes and not state.app.scopes.intersection(scopes):
        raise ApiError("missing_scope", needed=scopes[0], provided=",".join(sorted(state.app.scopes)))


def readable(state: WorkspaceState, channel_id: str, verb: str) -> Channel:
    """The channel, if the bot may read it. `verb`: "read" (name, members) or "history" (messages).

    Raises channel_not_found (also for a private channel without the bot), missing_scope, and not_in_channel for
    messages.
    """
    channel = state.channel(channel_id)
    member = state.app.user_id in channel.members
    if channel.kind != "public" and not member:
        raise ApiError("channel_not_found")
    needs(state, f"{_KIND_PREFIX[channel.kind]}:{verb}")
    if verb == "history" and not member:
        raise ApiError("not_in_channel")
    return channel


def postable(state: WorkspaceState, where: str) -> Channel:
    """The channel, if the bot may post there. `where`: a channel id, `#name`, or a person's id for their direct
    messages.

    Raises channel_not_found, is_archived or not_in_channel.
    """
    if where.startswith(("U", "W")) and where in state.users:
        if state.users[where].is_bot or state.users[where].deleted:
            raise ApiError("channel_not_found")
        return state.im(where)
    channel = state.channels.get(where) or state.channel_named(where.removeprefix("#"))
    if channel is None:
        raise ApiError("channel_not_found")
    member = state.app.user_id in channel.members
    if channel.kind != "public" and not member:
        raise ApiError("channel_not_found")
    if channel.is_archived:
        raise ApiError("is_archived")
    if not member and "chat:write.public" not in state.app.scopes:
        raise ApiError("not_in_channel")
    return channel


def visible_kinds(state: WorkspaceState, types: str) -> list[str]:
    """The kinds of channel that conversations.list was asked for, as this module names them.

    Raises invalid_types or missing_scope.
    """
    kinds = []
    for name in (types or "public_channel").split(","):
        kind = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}.get(name.strip())
        if kind is None:
            raise ApiError("invalid_types")
        if kind in _KIND_PREFIX:
            needs(state, f"{_KIND_PREFIX[kind]}:read")
        kinds.append(kind)
    return kinds


def channel_json(state: WorkspaceState, channel: Channel) -> Json:
    """Slack's conversation object, as the bot sees it."""
    return channel.to_json(state.team, state.app.user_id)
