"""A conversation in a thread or in direct messages: what was answered last gives "the second one" and "and for v2.214?"
a meaning.
"""

from slack_bolt import Args

from bot.search import lookups
from bot.search.followups import FollowUp
from bot.slack import answering, commands
from bot.slack.delivery import NO_UNFURL, post_message
from bot.slack.error_boundary import Services
from bot.slack.request import Reply, Request
from bot.slack.views import answers, errors, sharing
from bot.slack.views.blocks import message, text_message
from bot.slack.views.context import ShareTarget
from bot.slack.views.entry_blocks import entry_card
from bot.slack.views.entry_text import entry_subtitle
from bot.slack.views.sharing import entry_work_object, shared_card
from bot.storage.conversations import LastAnswer


def reply_in_conversation(said: Request, services: Services) -> Reply:
    """What is replied here, after what was answered here before; and it is remembered."""
    last = services.stores.conversations.last_answer(said.conversation, services.now())
    follow = None
    if last and not commands.find_verb(commands.strip_addressing(said.text), services):
        with services.search.snapshot() as snapshot:
            follow = lookups.parse_follow_up(snapshot, said.text, last.question)
    reply = (
        _answer_follow_up(follow, last, said, services) if last and follow else answering.answer_request(said, services)
    )
    _save_answer(reply, last, said, services)
    return reply


def deliver_reply(args: Args, said: Request, reply: Reply) -> None:
    """Say it in the conversation; what is for one person's eyes only to them."""
    if reply.private and not said.channel.startswith("D"):
        thread = args.body["event"].get("thread_ts")
        args.client.chat_postEphemeral(channel=said.channel, user=said.user, thread_ts=thread, **reply.message)
    elif reply.message:
        args.client.chat_postMessage(channel=said.channel, thread_ts=said.thread or None, **NO_UNFURL, **reply.message)


def _answer_follow_up(follow_up: FollowUp, last: LastAnswer, said: Request, services: Services) -> Reply:
    if follow_up.kind == "ask":
        return answering.answer_request(said._replace(text=follow_up.question), services)
    if follow_up.kind == "share":
        return _share_entry(last, said, services)
    if follow_up.kind == "pick":
        return _show_entry(follow_up.position, last, services)
    if not last.entry_keys:
        return Reply(text_message(answers.END_OF_RESULTS))
    more = answering.answer_request(
        said._replace(text=last.question, view_context=said.view_context._replace(offset=last.next_offset)), services
    )
    return more if more.page and last.next_offset < more.page.total else Reply(text_message(answers.END_OF_RESULTS))


def _show_entry(position: int, last: LastAnswer, services: Services) -> Reply:
    """One of the entries that were shown last, whole."""
    if not -len(last.entry_keys) <= position < len(last.entry_keys):
        return Reply(text_message(answers.no_such_result(len(last.entry_keys))))
    with services.search.snapshot() as snapshot:
        entry, episodes = lookups.find_entry(snapshot, last.entry_keys[position]), snapshot.episodes
    if entry is None:
        return Reply(text_message(errors.ENTRY_GONE))
    return Reply(
        message(f"{entry.title} ({entry_subtitle(entry)})", entry_card(entry, episodes, with_details=True)),
        question=f"picked:{entry.key}",
    )


def _share_entry(last: LastAnswer, said: Request, services: Services) -> Reply:
    """To the channel that the thread is in: the entry looked at last, or the best one."""
    key = last.selected_key or (last.entry_keys[0] if last.entry_keys else "")
    with services.search.snapshot() as snapshot:
        entry, episodes = lookups.find_entry(snapshot, key), snapshot.episodes
    if said.channel.startswith("D") or said.args is None:
        return Reply(text_message(sharing.NOWHERE_TO_SHARE))
    if entry is None:
        return Reply(text_message(errors.ENTRY_GONE))
    trouble = post_message(
        said.args,
        ShareTarget(said.channel),
        shared_card(entry, episodes, said.user),
        entry_work_object(entry, episodes),
    )
    return Reply(text_message(trouble), private=True) if trouble else Reply({})  # the card in the channel says it all


def _save_answer(reply: Reply, last: LastAnswer | None, said: Request, services: Services) -> None:
    """The page that was shown, and where the next one begins; or the entry that was picked from the one before."""
    threads, now = services.stores.conversations, services.now()
    if reply.page is not None:
        threads.save_answer(said.conversation, LastAnswer(reply.question, reply.page.keys, reply.page.end), now)
    elif last and reply.question.startswith("picked:"):
        threads.save_answer(
            said.conversation,
            LastAnswer(last.question, last.entry_keys, last.next_offset, reply.question.removeprefix("picked:")),
            now,
        )
    answering.record_unanswered(reply, said, services)
