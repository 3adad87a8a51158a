"""Messages to the bot: a mention in a channel, answered in its thread, and a direct message.

What was answered last in a thread or direct conversation gives "the second one", "more" and "and for v2.214?" a
meaning, so each answer is remembered, after it was posted.
"""

from slack_bolt import Args

from bot.search import lookups
from bot.search.followups import parse_follow_up
from bot.search.snapshot import SearchSnapshot
from bot.slack import verbs
from bot.slack.delivery import NO_UNFURL, post_message
from bot.slack.error_boundary import Services, logged_only
from bot.slack.request import Reply, Request, read_request
from bot.slack.views import answers, errors, sharing
from bot.slack.views.blocks import message, text_message
from bot.slack.views.context import ShareTarget, ViewContext
from bot.slack.views.entry_blocks import entry_card
from bot.slack.views.entry_text import entry_subtitle
from bot.slack.views.sharing import entry_work_object, shared_card
from bot.storage.conversations import LastAnswer
from bot.storage.processed_events import MAX_EVENT_AGE_SECONDS


def on_mention(args: Args, services: Services) -> None:
    """`@halo …` in a channel: answered once, in its thread, for everyone there."""
    if is_new_event(args, services):
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
    if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id"):
        return
    if is_new_event(args, services):
        request = read_request(args, event.get("text") or "", ViewContext(command=""), event.get("thread_ts") or "")
        _answer(args, request, services)


def is_new_event(args: Args, services: Services) -> bool:
    """False for an event that was delivered before, or so long ago that an answer would only startle. Marks it."""
    now = services.now()
    if now - float(args.body.get("event_time") or now) > MAX_EVENT_AGE_SECONDS:
        return False
    return services.stores.processed_events.mark_processed(str(args.body["event_id"]), now)


def _answer(args: Args, request: Request, services: Services) -> None:
    """Reply, then remember what was answered: when that fails, the person still has the answer."""
    last = services.stores.conversations.last_answer(request.conversation, services.now())
    with services.search.snapshot() as snapshot:
        reply = _answer_follow_up(request, last, snapshot, services) if last else None
        reply = reply or verbs.answer(request, services)
    reply = reply.completed()
    _post(args, request, reply)
    if answer := _to_remember(reply, last):
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


def _to_remember(reply: Reply, last: LastAnswer | None) -> LastAnswer | None:
    """The page that was shown, and where the next one begins; or the entry that was picked from the one before."""
    if reply.page is not None:
        return LastAnswer(reply.question, reply.page.keys, reply.page.end)
    if last and reply.shown_key:
        return LastAnswer(last.question, last.entry_keys, last.next_offset, reply.shown_key)
    return None


def _answer_follow_up(request: Request, last: LastAnswer, snapshot: SearchSnapshot, services: Services) -> Reply | None:
    """The reply to a text that builds on the last answer; None when it is a verb or a question of its own."""
    if verbs.find_verb(request, snapshot.vocabulary.stems_by_word, services.test_error_command):
        return None
    follow_up = parse_follow_up(snapshot, request.text, last.question)
    if follow_up is None:
        return None
    if follow_up.kind == "pick":
        return _show_entry(follow_up.position, last, snapshot)
    if follow_up.kind == "share":
        return _share_entry(request, last, snapshot)
    if follow_up.kind == "more":
        return _show_more(request, last, services)
    return verbs.answer(request.with_text(follow_up.question), services)


def _show_more(request: Request, last: LastAnswer, services: Services) -> Reply:
    """The page after the one that was shown last."""
    if not last.entry_keys:
        return Reply(text_message(answers.END_OF_RESULTS))
    context = request.view_context._replace(offset=last.next_offset)
    # Without `args` no verb can change anything, whatever the question has come to mean since.
    again = request.with_text(last.question)._replace(view_context=context, args=None)
    more = verbs.answer(again, services).completed()
    return more if more.page and last.next_offset < more.page.total else Reply(text_message(answers.END_OF_RESULTS))


def _show_entry(position: int, last: LastAnswer, snapshot: SearchSnapshot) -> Reply:
    """One of the entries that were shown last, with all that a message holds of it."""
    if not -len(last.entry_keys) <= position < len(last.entry_keys):
        return Reply(text_message(answers.no_such_result(len(last.entry_keys))))
    entry = lookups.find_entry(snapshot, last.entry_keys[position])
    if entry is None:
        return Reply(text_message(errors.ENTRY_GONE))
    blocks = entry_card(entry, snapshot.episodes, with_details=True)
    return Reply(message(f"{entry.title} ({entry_subtitle(entry)})", blocks), shown_key=entry.key)


def _share_entry(request: Request, last: LastAnswer, snapshot: SearchSnapshot) -> Reply:
    """The entry that was looked at last, or the best one, for the channel that the thread is in."""
    if request.channel.startswith("D"):
        return Reply(text_message(sharing.NOWHERE_TO_SHARE))
    key = last.selected_key or (last.entry_keys[0] if last.entry_keys else "")
    entry = lookups.find_entry(snapshot, key)
    if entry is None:
        return Reply(text_message(errors.ENTRY_GONE))
    card_for_all = shared_card(entry, snapshot.episodes, request.user)
    return Reply({}, shared_card=(card_for_all, entry_work_object(entry, snapshot.episodes)))
