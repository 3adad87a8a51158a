"""Watches: a person's own questions, stored from the question itself, listed and removed. Telling people is the
digest's part.
"""

from slack_bolt import Args

from bot.slack.delivery import is_ephemeral, is_private, say_in_window, tell, value_of
from bot.slack.error_boundary import Services
from bot.slack.handlers import home
from bot.slack.request import Reply, Said
from bot.slack.views import notes
from bot.slack.views.action_ids import read_place
from bot.slack.views.blocks import Message
from bot.slack.views.watches import Watched, stored_text, too_many, watch_list
from bot.slack.views.watches import watching as watching_message
from bot.storage.watches import MOST


def on_watch(said: Said, services: Services) -> Reply:
    """`watch <words>`: watch them from now on. Without words, the list."""
    question = said.text.partition(" ")[2]
    return (
        Reply(watch(said.team, said.user, question, services), private=True) if question else on_watches(said, services)
    )


def on_watches(said: Said, services: Services) -> Reply:
    """The person's watches, for their eyes."""
    return Reply(watch_list(watched_by(said.team, said.user, services), said.look.command), private=True)


def watch(team: str, user: str, question: str, services: Services) -> Message:
    """Store a question, and say so. What is in the catalogue already is not news to it."""
    found = services.ask(question)
    stored = _stored(team, user, found.query.text or question, services)  # as it reads, without Slack's marks
    return watching_message(stored, len(found.hits) + len(found.possible)) if stored else too_many(MOST)


def watch_for(args: Args, question: str, services: Services) -> str:
    """The same, for whoever pressed something in a window. Returns the sentence to say there, not escaped."""
    return stored_text(_stored(args.context.team_id or "", args.context.user_id or "", question, services), MOST)


def _stored(team: str, user: str, question: str, services: Services) -> Watched | None:
    """The watch; None when they have as many as one can."""
    stored = services.memory.watches.add(team, user, question, services.memory.arrivals.latest(), services.now())
    return Watched(stored.id, stored.question) if stored else None


def watched_by(team: str, user: str, services: Services) -> list[Watched]:
    """A person's watches, as they are shown."""
    return [Watched(one.id, one.question) for one in services.memory.watches.of_person(team, user)]


def on_tell_me(args: Args, services: Services) -> None:
    """ "Tell me when there is something", under an answer that found nothing."""
    args.ack()
    place = read_place(value_of(args))
    if args.body.get("view"):
        say_in_window(args, watch_for(args, place.question, services))
    else:
        tell(args, watch(args.context.team_id or "", args.context.user_id or "", place.question, services))


def on_stop(args: Args, services: Services) -> None:
    """A watch is stopped under a message about it: the confirmation goes, a change that it brought stays to be read."""
    args.ack()
    tell(args, notes.note(_stopped(args, services)), replace=is_ephemeral(args))


def on_remove(args: Args, services: Services) -> None:
    """A watch is removed from a list, or from Home: that is shown anew."""
    args.ack()
    text = _stopped(args, services)
    if args.body.get("view", {}).get("type") == "home":
        home.publish(args, services, note=text)
    else:
        tell(
            args,
            _listed_anew(args.context.team_id or "", args.context.user_id or "", text, services),
            replace=is_private(args),
        )


def _stopped(args: Args, services: Services) -> str:
    """Ends the watch that the button is about, if it is the person's own. Returns what to say."""
    value, who = value_of(args), (args.context.team_id or "", args.context.user_id or "")
    question = services.memory.watches.stop(*who, int(value), services.now()) if value.isdecimal() else None
    return notes.stopped(question) if question else notes.NOT_YOURS


def _listed_anew(team: str, user: str, text: str, services: Services) -> Message:
    message = watch_list(watched_by(team, user, services), "/halo")
    return {"text": text, "blocks": [*notes.note(text)["blocks"], *message["blocks"]]}
