"""Watches: a person's own questions, stored from the question itself, listed and removed. Telling people is the
digest's part.
"""

from slack_bolt import Args

from bot.slack.delivery import action_value, is_ephemeral, is_private, notify_in_modal, notify_user
from bot.slack.error_boundary import Services
from bot.slack.handlers import home
from bot.slack.request import Reply, Request
from bot.slack.views import watches
from bot.slack.views.action_ids import decode_page_ref
from bot.slack.views.blocks import Message, text_message
from bot.slack.views.watches import WatchRow, too_many_message, watch_list_message, watching_message, watching_text
from bot.storage.watches import MAX_WATCHES_PER_PERSON


def on_watch(said: Request, services: Services) -> Reply:
    """`watch <words>`: watch them from now on. Without words, the list."""
    question = said.argument
    return (
        Reply(add_watch(said.team, said.user, question, services), private=True)
        if question
        else on_watches(said, services)
    )


def on_watches(said: Request, services: Services) -> Reply:
    """The person's watches, for their eyes."""
    return Reply(
        watch_list_message(list_watches(said.team, said.user, services), said.view_context.command), private=True
    )


def add_watch(team: str, user: str, question: str, services: Services) -> Message:
    """Store a question, and say so. What is in the catalogue already is not news to it."""
    found = services.search.search(question)
    stored = _save_watch(team, user, found.query.text or question, services)  # as it reads, without Slack's marks
    return (
        watching_message(stored, len(found.hits) + len(found.possible_hits))
        if stored
        else too_many_message(MAX_WATCHES_PER_PERSON)
    )


def add_watch_text(args: Args, question: str, services: Services) -> str:
    """The same, for whoever pressed something in a window. Returns the sentence to say there, not escaped."""
    return watching_text(
        _save_watch(args.context.team_id or "", args.context.user_id or "", question, services), MAX_WATCHES_PER_PERSON
    )


def _save_watch(team: str, user: str, question: str, services: Services) -> WatchRow | None:
    """The watch; None when they have as many as one can."""
    stored = services.stores.watches.add(team, user, question, services.stores.arrivals.latest_seq(), services.now())
    return WatchRow(stored.id, stored.question) if stored else None


def list_watches(team: str, user: str, services: Services) -> list[WatchRow]:
    """A person's watches, as they are shown."""
    return [WatchRow(one.id, one.question) for one in services.stores.watches.of_person(team, user)]


def on_watch_clicked(args: Args, services: Services) -> None:
    """ "Tell me when there is something", under an answer that found nothing."""
    args.ack()
    place = decode_page_ref(action_value(args))
    if args.body.get("view"):
        notify_in_modal(args, add_watch_text(args, place.question, services))
    else:
        notify_user(args, add_watch(args.context.team_id or "", args.context.user_id or "", place.question, services))


def on_stop_watch(args: Args, services: Services) -> None:
    """A watch is stopped under a message about it: the confirmation goes, a change that it brought stays to be read."""
    args.ack()
    notify_user(args, text_message(_stop_watch(args, services)), replace=is_ephemeral(args))


def on_remove_watch(args: Args, services: Services) -> None:
    """A watch is removed from a list, or from Home: that is shown anew."""
    args.ack()
    text = _stop_watch(args, services)
    if args.body.get("view", {}).get("type") == "home":
        home.publish_home(args, services, note=text)
    else:
        notify_user(
            args,
            _list_with_banner(args.context.team_id or "", args.context.user_id or "", text, services),
            replace=is_private(args),
        )


def _stop_watch(args: Args, services: Services) -> str:
    """Ends the watch that the button is about, if it is the person's own. Returns what to say."""
    value, who = action_value(args), (args.context.team_id or "", args.context.user_id or "")
    question = services.stores.watches.stop(*who, int(value), services.now()) if value.isdecimal() else None
    return watches.watch_stopped_text(question) if question else watches.NOT_YOUR_WATCH


def _list_with_banner(team: str, user: str, text: str, services: Services) -> Message:
    message = watch_list_message(list_watches(team, user, services), "/halo")
    return {"text": text, "blocks": [*text_message(text)["blocks"], *message["blocks"]]}
