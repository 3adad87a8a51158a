"""Watches, a person's saved questions: stored, listed and removed. Direct messages about them are sent by
`bot.digests`.
"""

import re
from collections.abc import Sequence

from slack_bolt import Args

from bot.conversation.entry_text import pluralize
from bot.conversation.record_mentions import names_one_record, names_record_type
from bot.conversation.verb_finder import is_typed_verb
from bot.conversation.watch_sentences import EVERYTHING
from bot.digests.watch_subjects import is_same_watch, plain_question, read_subject
from bot.search.lookups import entries_of_version
from bot.slack.delivery import action_value, is_ephemeral, is_private, notify_in_modal, notify_user
from bot.slack.error_boundary import Services
from bot.slack.handlers import home, search
from bot.slack.request import Reply, Request
from bot.slack.views import watches
from bot.slack.views.action_ids import decode_page_ref
from bot.slack.views.blocks import Message, text_message, with_prefix
from bot.slack.views.digest_proposals import with_search_offer
from bot.slack.views.watches import WatchRow, too_many_message, watch_list_message, watching_message, watching_text
from bot.storage.models import Watch
from bot.storage.watches import MAX_WATCHES_PER_PERSON

UNKNOWN_NUMBER = "the change with that number, which I do not know yet"
OF_ALERTS = re.compile(r"\b(?:alerts?|messages?|notifications?|e-?mails?|direct messages)\b", re.IGNORECASE)
NUMBER = re.compile(r"#?(\d{5,9})")  # of one change


def on_watch(request: Request, services: Services) -> Reply:
    """`watch <words>`: watch these words from now on. Without words, the list."""
    if not request.argument:
        return on_watches(request, services)
    return Reply(add_watch(request.team, request.user, request.argument, services), private=True)


def on_watches(request: Request, services: Services) -> Reply:
    """The person's watches, privately."""
    rows = list_watches(request.team, request.user, services)
    return Reply(watch_list_message(rows, request.view_context.command), private=True)


def on_unwatch(request: Request, services: Services) -> Reply:
    """`unwatch <words>` ends the watch of these words. Without words, or where there is none of them, the list; of
    all watches it asks first.
    """
    if request.argument.casefold() in EVERYTHING:
        rows = list_watches(request.team, request.user, services)
        return Reply(watches.stop_all_message(rows, request.view_context.command), private=True)
    meant = _same_watches(request.team, request.user, request.argument, services) if request.argument else []
    if not meant or _is_doubtful(request, meant):
        return _no_such_watch(request, services)
    for watch in meant:
        services.stores.watches.stop(request.team, request.user, watch.id, services.now())
    return Reply(text_message(watches.watch_stopped_text(meant[0].question)), private=True)


def _is_doubtful(request: Request, meant: Sequence[Watch]) -> bool:
    """Whether what is to end is as likely one of HaloPSA's own: "stop watching the ticket", "do not alert me about
    chats". What is watched in these very words, or said to be a watch, is not.
    """
    words = request.argument
    if any(plain_question(watch.question).casefold() == words.casefold() for watch in meant) and names_one_record(
        words
    ):
        return False
    return names_one_record(words) or (names_record_type(words) and "watch" not in request.text.lower())


def _no_such_watch(request: Request, services: Services) -> Reply:
    """What there is. "No more alerts for closed tickets" of somebody who watches nothing is a question."""
    own = services.stores.watches.of_person(request.team, request.user)
    is_one = names_one_record(request.argument)
    is_unclear = bool(request.argument) and (is_one or not is_typed_verb(request.text))
    if is_unclear and not own and (is_one or OF_ALERTS.search(request.text)):
        return search.reply_to_question(request.with_text(request.text), services)
    reply = on_watches(request, services)
    note = watches.no_such_watch_text(request.argument) if request.argument and own else ""
    message = with_prefix(note, reply.message) if note else reply.message
    return reply._replace(message=with_search_offer(message, request.text) if is_unclear else message)


def _same_watches(team: str, user: str, question: str, services: Services) -> list[Watch]:
    """A person's watches of this question; more than one where it was watched by other words before."""
    areas = services.search_of(team).catalog.areas()
    own = services.stores.watches.of_person(team, user)
    return [watch for watch in own if is_same_watch(watch.question, question, areas)]


def on_watch_clicked(args: Args, services: Services) -> None:
    """ "Tell me when there is something", under an answer that found nothing."""
    args.ack()
    question, (team, user) = decode_page_ref(action_value(args)).question, _person(args)
    if args.body.get("view"):
        notify_in_modal(args, add_watch_text(args, question, services))
    else:
        notify_user(args, add_watch(team, user, question, services))


def on_stop_watch(args: Args, services: Services) -> None:
    """ "Stop this watch": takes the place of a confirmation; a direct message with a new change stays as it is."""
    args.ack()
    notify_user(args, text_message(_stop_watch(args, services)), replace=is_ephemeral(args))


def on_stop_all(args: Args, services: Services) -> None:
    """ "Stop all", after Slack asked for confirmation: the watches that were shown, and no later one."""
    args.ack()
    shown = [int(part) for part in action_value(args).split(",") if part.isdecimal() and len(part) < 18]
    stopped = [services.stores.watches.stop(*_person(args), number, services.now()) for number in shown]
    rows = list_watches(*_person(args), services)
    message = with_prefix(
        watches.stopped_all_text(len([one for one in stopped if one])), watch_list_message(rows, "/halo")
    )
    notify_user(args, message, replace=is_private(args))


def on_remove_watch(args: Args, services: Services) -> None:
    """ "Remove" in a list or on Home, which is then shown without that watch."""
    args.ack()
    text = _stop_watch(args, services)
    if args.body.get("view", {}).get("type") == "home":
        home.publish_home(args, services, note=text)
    else:
        rows = watch_list_message(list_watches(*_person(args), services), "/halo")
        message = {"text": text, "blocks": [*text_message(text)["blocks"], *rows["blocks"]]}
        notify_user(args, message, replace=is_private(args))


def add_watch(team: str, user: str, question: str, services: Services) -> Message:
    """Store a question as a watch. Returns the confirmation, which counts the answers that there are already."""
    result = services.search_of(team).search(question)
    same = _same_watches(team, user, result.query.text or question, services)
    stored = WatchRow(same[0].id, same[0].question) if same else None
    stored = stored or _save_watch(team, user, result.query.text or question, services)
    if stored is None:
        return too_many_message(MAX_WATCHES_PER_PERSON)
    count = len(result.hits) + len(result.possible_hits)
    number = NUMBER.fullmatch(plain_question(stored.question))
    watched = next((hit.entry for hit in result.hits if number and hit.entry.key == number[1]), None)
    subject = UNKNOWN_NUMBER if number and watched is None else _subject_words(stored.question, team, services)
    return watching_message(stored, count, subject, watched.title if watched else "")


def _subject_words(question: str, team: str, services: Services) -> str:
    """What a question watches all of, in words, with how much of a version is known; empty for any other question."""
    subject = read_subject(question, services.search_of(team).catalog.areas())
    if subject is None or not subject.filter.versions or subject.filter.areas:
        return subject.words if subject else ""
    with services.search_of(team).snapshot() as snapshot:
        known = sum(len(entries_of_version(snapshot, version)) for version in subject.filter.versions)
    count = pluralize(known, "change") if known else "none"
    return f"{subject.words}; {count} of it {'is' if known < 2 else 'are'} known today"


def add_watch_text(args: Args, question: str, services: Services) -> str:
    """Store a question as a watch of the person who clicked in a window. Returns a sentence for it, not escaped."""
    return watching_text(_save_watch(*_person(args), question, services), MAX_WATCHES_PER_PERSON)


def list_watches(team: str, user: str, services: Services) -> list[WatchRow]:
    """A person's watches, oldest first."""
    return [WatchRow(watch.id, watch.question) for watch in services.stores.watches.of_person(team, user)]


def _save_watch(team: str, user: str, question: str, services: Services) -> WatchRow | None:
    """The stored watch; None when the person has as many as one can have. Only what arrives later is news to it."""
    question = plain_question(question)
    stored = services.stores.watches.add(team, user, question, services.stores.arrivals.latest_seq(), services.now())
    return WatchRow(stored.id, stored.question) if stored else None


def _stop_watch(args: Args, services: Services) -> str:
    """End the watch that the button is about, if it is the person's own. Returns what to say."""
    value = action_value(args)
    question = services.stores.watches.stop(*_person(args), int(value), services.now()) if value.isdecimal() else None
    return watches.watch_stopped_text(question) if question else watches.NOT_YOUR_WATCH


def _person(args: Args) -> tuple[str, str]:
    return args.context.team_id or "", args.context.user_id or ""
