"""Messages to the bot: a mention in a channel, answered in its thread, and a direct message.

What was answered last in a thread or direct conversation gives "the second one", "more" and "and for v2.214?" a
meaning, so each answer is remembered, after it was posted.
"""

import time
from typing import Any

from slack_bolt import Args

from bot.slack import verbs
from bot.slack.delivery import NO_UNFURL, post_message
from bot.slack.error_boundary import Services, logged_only
from bot.slack.jobs import current_run
from bot.slack.request import Reply, Request, read_request
from bot.slack.views.blocks import text_message
from bot.slack.views.context import ShareTarget, ViewContext
from bot.slack.views.conversation import CANNOT_SEE_FILES, first_in_thread
from bot.storage.processed_events import MAX_EVENT_AGE_SECONDS, RETENTION_SECONDS

# Subtypes of a direct message that somebody wrote: with a file, also sent to the channel of its thread, or as `/me …`.
WRITTEN_BY_PEOPLE = frozenset({"", "file_share", "thread_broadcast", "me_message"})
MAX_EDITED_AGE_SECONDS = RETENTION_SECONDS - 3600  # an older message may have been answered before its edit


def message_key(body: dict[str, Any]) -> str:
    """What tells a message that was answered: Slack delivers a mention anew, by another id, each time it is edited."""
    event = body["event"]
    return f"{body.get('team_id')}:{event.get('channel')}:{event.get('ts')}"


def on_mention(args: Args, services: Services) -> None:
    """`@halo …` in a channel: answered in its thread, for everyone there."""
    if is_recent(args, services):
        event = args.body["event"]
        context = ViewContext(command="@halo", public=True)
        _answer(
            args, read_request(args, event.get("text") or "", context, event.get("thread_ts") or event["ts"]), services
        )


def on_direct_message(args: Args, services: Services) -> None:
    """A person's message in the conversation with the bot, answered like a command. Edits, joins and other bots are
    passed over.
    """
    event = args.body["event"]
    if event.get("channel_type") != "im" or event.get("bot_id") or event.get("subtype", "") not in WRITTEN_BY_PEOPLE:
        return
    if is_recent(args, services):
        request = read_request(args, event.get("text") or "", ViewContext(command=""), event.get("thread_ts") or "")
        _answer(args, request, services)


def is_recent(args: Args, services: Services) -> bool:
    """False for an event of so long ago that an answer would only startle, and for an edit of a message that may have
    been answered before.
    """
    run, event = current_run(args.context), args.body["event"]
    # By the clock that all processes share, for this machine's may be wrong. A clock that was set, as the playground's,
    # dates the event, too.
    now = run.job.received_at if run and services.now is time.time else services.now()
    if event.get("edited") and now - float(event["ts"]) > MAX_EDITED_AGE_SECONDS:
        return False
    return now - float(args.body.get("event_time") or now) <= MAX_EVENT_AGE_SECONDS


def _answer(args: Args, request: Request, services: Services) -> None:
    """Reply, then remember what was answered: when that fails, the person still has the answer."""
    last = services.stores.conversations.last_answer(request.conversation, services.now())
    if args.body["event"].get("files") and not request.text:
        reply = Reply(text_message(CANNOT_SEE_FILES))
    else:
        reply = verbs.answer(request, services, last).completed()
    answer = reply.to_remember(last)
    if answer and answer.question and last is None and request.view_context.public and reply.message:
        reply = reply._replace(message=first_in_thread(reply.message))
    _post(args, request, reply)
    if answer:
        with logged_only("what was answered last"):
            services.stores.conversations.save_answer(request.conversation, answer, services.now())
    verbs.record_unanswered(reply, request, services)


def _post(args: Args, request: Request, reply: Reply) -> None:
    """In the conversation, or privately there; a shared entry goes to the channel itself."""
    if reply.shared_card:
        trouble = post_message(args, ShareTarget(request.channel), *reply.shared_card)
        if not trouble:
            return
        reply = Reply(text_message(trouble), private=True)
    if reply.private and not request.channel.startswith("D"):
        thread = args.body["event"].get("thread_ts")
        args.client.chat_postEphemeral(channel=request.channel, user=request.user, thread_ts=thread, **reply.message)
    elif reply.message:
        thread = request.thread or None
        args.client.chat_postMessage(channel=request.channel, thread_ts=thread, **NO_UNFURL, **reply.message)
