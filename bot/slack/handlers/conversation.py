"""A conversation in a thread or in direct messages: what was answered last gives "the second one" and "and for v2.214?"
a meaning.
"""

from slack_bolt import Args

from bot.search import lookup
from bot.search.lookup import FollowUp
from bot.slack import answering, commands
from bot.slack.delivery import QUIET, post
from bot.slack.error_boundary import Services
from bot.slack.request import Reply, Said
from bot.slack.views import notes
from bot.slack.views.blocks import card, message, where
from bot.slack.views.entry_modal import Origin
from bot.slack.views.sharing import shared_card, work_object
from bot.storage.conversations import LastAnswer


def converse(said: Said, services: Services) -> Reply:
    """What is replied here, after what was answered here before; and it is remembered."""
    last = services.memory.threads.last(said.where, services.now())
    follow = None
    if last and not commands.find(commands.plain_text(said.text), services):
        follow = lookup.follow_up(services.ask, said.text, last.question)
    reply = _follow(follow, last, said, services) if last and follow else answering.reply(said, services)
    _remember(reply, last, said, services)
    return reply


def deliver(args: Args, said: Said, reply: Reply) -> None:
    """Say it in the conversation; what is for one person's eyes only to them."""
    if reply.private and not said.channel.startswith("D"):
        thread = args.body["event"].get("thread_ts")
        args.client.chat_postEphemeral(channel=said.channel, user=said.user, thread_ts=thread, **reply.message)
    elif reply.message:
        args.client.chat_postMessage(channel=said.channel, thread_ts=said.thread or None, **QUIET, **reply.message)


def _follow(follow: FollowUp, last: LastAnswer, said: Said, services: Services) -> Reply:
    if follow.kind == "ask":
        return answering.reply(said._replace(text=follow.question), services)
    if follow.kind == "share":
        return _share(last, said, services)
    if follow.kind == "pick":
        return _pick(follow.place, last, services)
    if not last.shown:
        return Reply(notes.note(notes.NOTHING_MORE))
    more = answering.reply(said._replace(text=last.question, look=said.look._replace(offset=last.offset)), services)
    return more if more.page and last.offset < more.page.total else Reply(notes.note(notes.NOTHING_MORE))


def _pick(place: int, last: LastAnswer, services: Services) -> Reply:
    """One of the entries that were shown last, whole."""
    if not -len(last.shown) <= place < len(last.shown):
        return Reply(notes.note(notes.no_such_place(len(last.shown))))
    entry = lookup.entry(services.ask, last.shown[place])
    if entry is None:
        return Reply(notes.note(notes.GONE))
    return Reply(
        message(f"{entry.title} ({where(entry)})", card(entry, services.ask.episodes, details=True)),
        question=f"picked:{entry.key}",
    )


def _share(last: LastAnswer, said: Said, services: Services) -> Reply:
    """To the channel that the thread is in: the entry looked at last, or the best one."""
    key = last.picked or (last.shown[0] if last.shown else "")
    entry = lookup.entry(services.ask, key)
    if said.channel.startswith("D") or said.args is None:
        return Reply(notes.note(notes.NOWHERE_TO_SHARE))
    if entry is None:
        return Reply(notes.note(notes.GONE))
    episodes = services.ask.episodes
    trouble = post(
        said.args, Origin(said.channel), shared_card(entry, episodes, said.user), work_object(entry, episodes)
    )
    return Reply(notes.note(trouble), private=True) if trouble else Reply({})  # the card in the channel says it all


def _remember(reply: Reply, last: LastAnswer | None, said: Said, services: Services) -> None:
    """The page that was shown, and where the next one begins; or the entry that was picked from the one before."""
    threads, now = services.memory.threads, services.now()
    if reply.page is not None:
        threads.remember(said.where, LastAnswer(reply.question, reply.page.keys, reply.page.end), now)
    elif last and reply.question.startswith("picked:"):
        threads.remember(
            said.where, LastAnswer(last.question, last.shown, last.offset, reply.question.removeprefix("picked:")), now
        )
    answering.note_unanswered(reply, said, services)
