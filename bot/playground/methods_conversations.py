"""The conversations.* methods. Each takes the state and the arguments, returns the answer's fields beside `ok`, and
raises errors.
"""

from bot.playground import access
from bot.playground.arguments import Arguments
from bot.playground.errors import ApiError
from bot.playground.model import Json, Message
from bot.playground.state import WorkspaceState


def open_(state: WorkspaceState, args: Arguments) -> Json:
    """conversations.open, for one person's direct messages (by `users`, or by the `channel` that they have already)."""
    if args.text("channel"):
        channel = state.channel(args.text("channel"))
        if channel.kind != "im":
            raise ApiError("channel_not_found")
        known = True
    else:
        users = [user for user in args.text("users").split(",") if user]
        if not users:
            raise ApiError("users_list_not_supplied")
        if len(users) > 1:
            raise ApiError("not_enabled")  # group direct messages are not part of this workspace
        if state.user(users[0]).is_bot:
            raise ApiError("cannot_dm_bot")
        known = f"D{users[0]}" in state.channels
        channel = state.im(users[0])
    answer: Json = {"channel": access.channel_json(state, channel) if args.flag("return_im") else {"id": channel.id}}
    return answer | {"no_op": True, "already_open": True} if known else answer


def info(state: WorkspaceState, args: Arguments) -> Json:
    """conversations.info"""
    channel = access.readable(state, args.required("channel"), "read")
    body = access.channel_json(state, channel)
    if not args.flag("include_num_members"):
        body.pop("num_members", None)
    return {"channel": body}


def list_(state: WorkspaceState, args: Arguments) -> Json:
    """conversations.list: public channels, and the others that the bot is in."""
    kinds = access.visible_kinds(state, args.text("types"))
    channels = [
        channel
        for channel in state.channels.values()
        if channel.kind in kinds
        and (channel.kind == "public" or state.app.user_id in channel.members)
        and not (args.flag("exclude_archived") and channel.is_archived)
    ]
    page, cursor = args.page(channels, 100)
    return {
        "channels": [access.channel_json(state, channel) for channel in page],
        "response_metadata": {"next_cursor": cursor},
    }


def of_user(state: WorkspaceState, args: Arguments) -> Json:
    """users.conversations: the channels that the bot is in, or those that it shares with a person."""
    kinds = access.visible_kinds(state, args.text("types"))
    user = state.user(args.text("user") or state.app.user_id).id
    shared = [
        channel
        for channel in state.channels.values()
        if channel.kind in kinds
        and {user, state.app.user_id} <= channel.members
        and not (args.flag("exclude_archived") and channel.is_archived)
    ]
    page, cursor = args.page(shared, 100)
    limited = [access.channel_json(state, channel) for channel in page]
    for one in limited:
        one.pop("is_member", None)
        one.pop("num_members", None)
    return {"channels": limited, "response_metadata": {"next_cursor": cursor}}


def members(state: WorkspaceState, args: Arguments) -> Json:
    """conversations.members"""
    channel = access.readable(state, args.required("channel"), "read")
    page, cursor = args.page(sorted(channel.members), 100)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def history(state: WorkspaceState, args: Arguments) -> Json:
    """conversations.history, newest first; of a thread only its parent and the replies that were also sent to the
    channel.
    """
    channel = access.readable(state, args.required("channel"), "history")
    messages = [
        message
        for message in state.lasting(channel.id)
        if (not message.is_reply or message.broadcast) and _between(message, args)
    ]
    return _page(state, args, messages[::-1], 100)


def replies(state: WorkspaceState, args: Arguments) -> Json:
    """conversations.replies: a thread's parent, then its replies, oldest first."""
    channel = access.readable(state, args.required("channel"), "history")
    asked = args.required("ts")
    message = state.find(channel.id, asked)
    thread_ts = message.thread_ts if message is not None and message.thread_ts else asked
    parent = state.find(channel.id, thread_ts)
    answered = state.replies(channel.id, thread_ts)
    if (parent is None or parent.visible_to) and not answered:
        raise ApiError("thread_not_found")
    messages = ([parent] if parent is not None else []) + [reply for reply in answered if _between(reply, args)]
    return _page(state, args, messages, 1_000)


def _between(message: Message, args: Arguments) -> bool:
    """Whether the message is newer than `oldest` and older than `latest`; `inclusive` includes those two."""
    try:
        ts, oldest, latest = float(message.ts), float(args.text("oldest") or 0), float(args.text("latest") or "inf")
    except ValueError:
        raise ApiError("invalid_ts_oldest" if args.has("oldest") else "invalid_ts_latest") from None
    # Compared as text where they are equal: a ts has more digits than a float keeps apart.
    if message.ts in (args.text("oldest"), args.text("latest")):
        return args.flag("inclusive")
    return oldest < ts < latest


def _page(state: WorkspaceState, args: Arguments, messages: list[Message], default: int) -> Json:
    page, cursor = args.page(messages, default)
    with_metadata = args.flag("include_all_metadata")
    answer: Json = {
        "messages": [state.message_json(message, with_metadata=with_metadata) for message in page],
        "has_more": bool(cursor),
    }
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer
