"""The chat.* methods. Each takes the state and the arguments, returns the answer's fields beside `ok`, and raises
errors.
"""

from bot.playground import access, checks, limits
from bot.playground.arguments import Arguments
from bot.playground.errors import ApiError
from bot.playground.model import Json, Message
from bot.playground.state import WorkspaceState


def post_message(state: WorkspaceState, args: Arguments) -> Json:
    """chat.postMessage"""
    channel = access.postable(state, args.required("channel"))
    content = _content(args)
    message = state.post(
        channel, state.app.user_id, content.pop("text", ""), "chat.postMessage", "web_api", **content,
        thread_ts=args.text("thread_ts") or None, broadcast=args.flag("reply_broadcast"),
    )  # fmt: skip
    return {"channel": channel.id, "ts": message.ts, "message": state.message_json(message, with_metadata=True)}


def post_ephemeral(state: WorkspaceState, args: Arguments) -> Json:
    """chat.postEphemeral"""
    channel = access.postable(state, args.required("channel"))
    user_id = args.required("user")
    if user_id not in channel.members:
        raise ApiError("user_not_in_channel")
    content = _content(args)
    message = state.post(
        channel, state.app.user_id, content.pop("text", ""), "chat.postEphemeral", "web_api", **content,
        visible_to=user_id, thread_ts=args.text("thread_ts") or None,
    )  # fmt: skip
    return {"message_ts": message.ts}


def update(state: WorkspaceState, args: Arguments) -> Json:
    """chat.update: fields not sent stay as they are, but text alone removes the blocks, as an empty list does."""
    if state.channel(_channel_id(args)).is_archived:
        raise ApiError("is_inactive")
    channel = access.postable(state, _channel_id(args))
    message = _own(state, channel.id, args.required("ts"), "cant_update_message")
    content = _content(args)
    checks.check_text(content.get("text", ""), limits.UPDATE_TEXT)
    for name in ("blocks", "attachments"):
        if args.has(name):
            content.setdefault(name, [])
    if "text" in content:
        content.setdefault("blocks", [])
    state.edit(message, "chat.update", "web_api", **content)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": state.message_json(message, with_metadata=True),
    }


def delete(state: WorkspaceState, args: Arguments) -> Json:
    """chat.delete"""
    channel = access.postable(state, _channel_id(args))
    message = _own(state, channel.id, args.required("ts"), "cant_delete_message")
    state.delete(message, "chat.delete", "web_api")
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(state: WorkspaceState, args: Arguments) -> Json:
    """chat.getPermalink"""
    channel = state.channel(args.required("channel"))
    message = state.find(channel.id, args.required("message_ts"))
    if (
        (channel.kind == "private" and state.app.user_id not in channel.members)
        or message is None
        or message.visible_to
    ):
        raise ApiError("message_not_found")
    link = f"https://{state.team.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def unfurl(state: WorkspaceState, args: Arguments) -> Json:
    """chat.unfurl: `unfurls` by address, for the message given by channel and ts or by unfurl_id and source."""
    if args.has("unfurl_id"):
        channel_id, _, rest = args.text("unfurl_id").partition(".")
        ts = ".".join(rest.split(".")[:2])
    else:
        channel_id, ts = args.required("channel"), args.required("ts")
    message = state.find(channel_id, ts)
    if message is None:
        raise ApiError("cannot_find_message")
    if not args.has("unfurls") and not args.has("user_auth_message"):
        raise ApiError("missing_unfurls")
    unfurls = checks.as_object(args.raw("unfurls") or {}, "cannot_parse_attachment")
    for url, attachment in unfurls.items():
        # An address that the message does not have cannot be unfurled; Slack sends it with & as &amp;.
        if url.replace("&", "&amp;") not in message.text and url not in message.text:
            raise ApiError("cannot_unfurl_message")
        checks.check_attachments([attachment])
    message.unfurls |= unfurls
    state.transcript.add(
        "unfurl", "chat.unfurl", "web_api", channel=channel_id, author=state.app.user_id, ts=ts,
        thread_ts=message.thread_ts,
        detail={"unfurls": unfurls},
    )  # fmt: skip
    return {}


def _content(args: Arguments) -> Json:
    """text, blocks, attachments and metadata, each checked.

    Raises no_text, markdown_text_conflict and what the checks raise.
    """
    content = checks.message_content({name: args.raw(name) for name in ("text", "blocks", "attachments", "metadata")})
    checks.check_block_text(content.get("blocks", []))
    if args.has("markdown_text"):
        if args.has("text") or args.has("blocks"):
            raise ApiError("markdown_text_conflict")
        content["text"] = args.text("markdown_text")
        checks.check_text(content["text"], limits.MARKDOWN_TEXT)
    if checks.is_empty(content):
        raise ApiError("no_text")
    return content


def _channel_id(args: Arguments) -> str:
    """The channel, given by its id: for a message that exists Slack takes neither a person nor a name."""
    channel_id = args.required("channel")
    if not channel_id.startswith(("C", "G", "D")):
        raise ApiError("channel_not_found")
    return channel_id


def _own(state: WorkspaceState, channel_id: str, ts: str, otherwise: str) -> Message:
    message = state.find(channel_id, ts)
    if message is None or message.visible_to or message.is_tombstone:
        raise ApiError("message_not_found")
    if message.user != state.app.user_id:
        raise ApiError(otherwise)
    return message
