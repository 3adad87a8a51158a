"""The verbs of digests, as they are typed: `subscribe`, `unsubscribe`, `change digest`, `pause`, `resume`, `undo`,
`subscriptions`, `digest preview` and `digest now`.

Their replies are private: the channel hears of its digest when the first one is posted. But for the first digest of a
channel, nothing is done by typing: what would be is shown, with a button that does it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.conversation.digest_sentences.ambiguous_phrases import names_updates
from bot.conversation.digest_sentences.questions import LAST_ONE, UNCLEAR, names_an_action
from bot.conversation.models import DIGEST_TOPIC
from bot.conversation.record_mentions import names_one_record
from bot.conversation.verb_finder import is_typed_verb, speaks_of_digest
from bot.digests.formatting import format_moment, format_zone
from bot.digests.models import ScheduledSubscription
from bot.digests.names import name_in
from bot.digests.pause_parser import until_resumed
from bot.digests.rights import ADMINS, Actor, NotInChannel
from bot.digests.service import DigestService
from bot.digests.subscription_parser import NOT_KNOWN, ParsedSubscription
from bot.errors import HalobotError
from bot.slack import digest_card_replies, digest_proposals, digest_replies
from bot.slack.actors import read_actor
from bot.slack.error_boundary import Services
from bot.slack.handlers import search
from bot.slack.handlers.digests import digest_service, open_subscription_modal
from bot.slack.request import Reply, Request
from bot.slack.views.blocks import Message, with_prefix
from bot.slack.views.digest_proposals import with_search_offer
from bot.slack.views.subscription_modal import NO_SUCH_DIGEST, setup_button_message
from bot.storage.models import DIGEST_STREAM, Subscription, utc_datetime
from bot.text import normalise

NO_END = ("indefinitely", "until further notice", "for now")
NOT_SURE = (
    "I am not sure what you ask of the digest. Press a button on its card, or say for example `change the digest to "
    "fridays 9am`, `pause for 2 weeks` or `stop the digest`."
)
UNKNOWN_CHANNEL = (
    "I cannot tell which channel {} is. Choose it from Slack's list as you type, or say this in the channel itself."
)


class _Meant(NamedTuple):
    """The digests that somebody means, and who that is, as if they were in the channel that they name."""

    service: DigestService
    actor: Actor
    rows: Sequence[ScheduledSubscription]  # all of that channel; in a direct message those that the person set up
    called: Sequence[ScheduledSubscription]  # of these, those that are called so
    name: str  # what they are called; empty where all are meant
    is_named_channel: bool

    @property
    def is_unknown(self) -> bool:
        """Whether there are digests, but none that is called so."""
        return bool(self.rows) and not self.called


def on_subscribe(request: Request, services: Services) -> Reply:
    """`subscribe billing mondays 9am`. Without words what there is already, to be changed; else the modal, or a
    button to it where Slack gives no trigger. A sentence proposes, and so does what may be a question.
    """
    service = digest_service(services)
    if request.which.startswith(("<#", "#")):
        return _set_up_there(request, services)
    if request.argument and is_typed_verb(request.text):
        return _private(_subscribe_to(request, service, _actor(request)))
    if request.argument:
        return _private(digest_proposals.propose_new(service, _actor(request), request.argument, request.text))
    if existing := service.of_channel(_reader(request)):
        return _private(digest_card_replies.already_there(existing))
    if request.args is None or "trigger_id" not in request.args.body:
        return _private(setup_button_message())
    open_subscription_modal(request.args, services)
    return _private({})


def _subscribe_to(request: Request, service: DigestService, actor: Actor) -> Message:
    parsed = service.parse(actor, request.argument)
    if not _may_be_question(request, parsed):
        return digest_proposals.subscribe(service, actor, request.argument)
    if parsed.channel:
        service.require_place(actor, parsed.channel)
        actor = replace(actor, channel=parsed.channel)
    return digest_proposals.propose_new(service, actor, request.argument, request.text)


def _may_be_question(request: Request, parsed: ParsedSubscription) -> bool:
    """Whether what was typed with `subscribe` is as likely a question: "subscribe a user to a ticket", "subscribe to
    calendar", "subscribe to a ticket". What names areas, or says when, is none; nor is what stands in quotes.
    """
    if any(NOT_KNOWN in question for question in parsed.clarifications):
        return True
    typed = normalise(request.argument.lower())
    quoted = re.findall(r'"([^"]*)"', typed)
    words = [word for word in parsed.filter.words if word.lower() not in quoted]
    argument = re.sub(r'"[^"]*"', "", typed)
    if (words or " to " in argument) and names_an_action(argument):
        return True
    if names_one_record(argument) and not parsed.has_schedule:
        return True
    is_long = request.text.lower().startswith("subscribe to ") or any(" " in word for word in words)
    return bool(words) and is_long and not parsed.has_schedule


def _set_up_there(request: Request, services: Services) -> Reply:
    """ "set up a digest in #general about portal": proposed for that channel, where the person may."""
    channel = request.which.split()[0]
    _require_known_channel(channel)
    service, actor = digest_service(services), _actor(request)
    service.require_place(actor, channel.strip("<#>"))
    there = replace(actor, channel=channel.strip("<#>"))
    return _private(digest_proposals.propose_new(service, there, request.argument or "everything", request.text))


def on_unsubscribe(request: Request, services: Services) -> Reply:
    """`unsubscribe`, or `unsubscribe billing` for the digest with that filter: its card, with Remove. When no digest
    here has it, the text is a question: "unsubscribe link".
    """
    meant = _find_meant(request, services, request.argument, with_rights=bool(services.admins))
    is_action = names_an_action(request.argument) and not speaks_of_digest(request.text)
    if not meant.rows and is_action and not meant.actor.is_direct:
        return search.reply_to_question(request.with_text(request.text), services)
    if meant.is_unknown and is_typed_verb(request.text) and not speaks_of_digest(request.text):
        return _as_question(request, services, is_misnamed=True)
    show, asked = digest_card_replies.unsubscribe, f"unsubscribe {request.argument}".strip()
    if meant.name and not request.argument:
        asked = f"unsubscribe the {meant.name} digest"
    reply = _of_these(meant, request, services, lambda: show(meant.service, meant.actor, meant.called, asked))
    return reply._replace(message=with_search_offer(reply.message, request.text)) if is_action else reply


def on_change_digest(request: Request, services: Services) -> Reply:
    """`change the digest to fridays`: what it would become, with a button that does it. Without words the cards of
    the digests that are meant, each with Edit.
    """
    meant, text = _find_meant(request, services, with_rights=True), request.argument
    if not text or meant.is_unknown:
        return _of_these(meant, request, services, lambda: digest_card_replies.which_to_change(meant.called))
    _require_known_channel(text)
    proposed = digest_proposals.propose_change(meant.service, meant.actor, meant.called, text, request.text)
    return _private(proposed) if proposed else _none_here(meant, request, services)


def on_pause(request: Request, services: Services) -> Reply:
    """The card, with Pause; with an end, what that means, with a button that does it."""
    meant, until = _find_meant(request, services, with_rights=True), request.argument
    if until.lower().replace("till ", "until ") in ("", *NO_END):
        show = digest_card_replies.pause
        return _of_these(meant, request, services, lambda: show(meant.service, meant.actor, meant.called))
    propose = digest_proposals.propose_pause
    return _of_these(
        meant, request, services, lambda: propose(meant.service, meant.actor, meant.called, until, request.text)
    )


def on_resume(request: Request, services: Services) -> Reply:
    """The card, with Resume; where nothing is paused, also what was removed in the last day. "resume on monday" is a
    pause until then.
    """
    meant = _find_meant(request, services, with_rights=True)
    is_none_paused = not any(row.subscription.is_paused for row in meant.rows)
    if not meant.rows and meant.service.ended_here(meant.actor):
        return _private(digest_card_replies.undo(meant.service, meant.actor))
    paused = [row for row in meant.called if row.subscription.is_paused]
    if request.argument and paused:
        until = until_resumed(request.argument)
        return _private(digest_proposals.propose_pause(meant.service, meant.actor, paused, until, request.text))
    show = digest_card_replies.resume
    reply = _of_these(meant, request, services, lambda: show(meant.service, meant.actor, meant.called))
    if not is_none_paused or not meant.service.is_admin(meant.actor):
        return reply
    return reply._replace(message=digest_card_replies.with_removed(reply.message, meant.service, meant.actor))


def on_undo(request: Request, services: Services) -> Reply:
    """What was removed in the last day, each with Undo."""
    meant = _find_meant(request, services)
    return _private(digest_card_replies.undo(meant.service, meant.actor))


def on_subscriptions(request: Request, services: Services) -> Reply:
    """This channel's digests, then the workspace's; of a channel that is named, its cards. Above them, where it is
    asked, when the last one was posted.
    """
    meant = _find_meant(request, services, with_rights=ADMINS in services.admins)
    if meant.is_named_channel:
        message = digest_card_replies.manage(meant.service, meant.actor, is_named=True)
    else:
        message = digest_card_replies.list_digests(meant.service, meant.actor)
    channels = {row.subscription.channel for row in meant.rows}
    note = NOT_SURE if request.argument == UNCLEAR and meant.rows else ""
    if request.argument == LAST_ONE and len(channels) == 1:
        note = _last_posted_text(meant.rows[0].subscription, services)
    return _private(with_prefix(note, message) if note else message)


def _last_posted_text(digest: Subscription, services: Services) -> str:
    """When the last digest of the same channel was posted."""
    where = f"<#{digest.channel}>"
    rows = services.stores.outbox.recent_rows(digest.team, digest.channel, DIGEST_STREAM)
    sent_at = next((row.finished_at for row in rows if row.state == "sent"), None)
    if sent_at is None:
        return f"No digest was posted in {where} yet."
    zone = digest.schedule.zone
    return (
        f"The last digest in {where} was posted on {format_moment(utc_datetime(sent_at), zone)} ({format_zone(zone)})."
    )


def on_preview(request: Request, services: Services) -> Reply:
    """What the next digest here would be; of several that a person set up, or a named one, their cards."""
    meant = _find_meant(request, services)
    if meant.called and (meant.name or meant.actor.is_direct):
        return _of_these(meant, request, services, lambda: digest_card_replies.which_to_preview(meant.called))
    show = digest_replies.preview
    return _of_these(meant, request, services, lambda: show(meant.service, meant.actor, meant.is_named_channel))


def on_now(request: Request, services: Services) -> Reply:
    """Post the digest now."""
    meant = _find_meant(request, services, with_rights=True)
    if meant.name:
        return _of_these(meant, request, services, lambda: digest_card_replies.which_to_preview(meant.called))
    return _of_these(meant, request, services, lambda: digest_replies.post_now(meant.service, meant.actor))


def on_perhaps(request: Request, services: Services, handler: Callable[[Request, Services], Reply]) -> Reply:
    """`add jira`, "stop the weekly update": what a verb says of a digest, where there is one that can be meant, with
    the search beside it. Anywhere else the words are a question.
    """
    meant = _find_meant(request, services, with_rights=True)
    if handler is on_change_digest and meant.called:
        texts = request.argument, request.text
        message = digest_proposals.propose_if_meant(meant.service, meant.actor, meant.called, *texts)
    elif handler is on_subscribe or meant.called or _may_bring_back(handler, meant) or _asks_of_here(handler, request):
        message = handler(request, services).message
    else:
        message = _nothing_to_change(meant, request)
    if message is None:
        return _as_question(request, services, is_misnamed=meant.is_unknown and speaks_of_digest(request.text))
    if not message:  # a window was opened
        return _private(message)
    offered = str(message["blocks"]).find("Or did you mean to search") >= 0
    return _private(message if offered else with_search_offer(message, request.text))


def _asks_of_here(handler: Callable[[Request, Services], Reply], request: Request) -> bool:
    """Whether it is asked what this channel gets: that there is nothing is an answer, too."""
    return handler is on_subscriptions and "this channel" in request.text.lower()


def _nothing_to_change(meant: _Meant, request: Request) -> Message | None:
    """How a digest is set up, for words on the updates of a channel that has none. None for any other words."""
    if meant.rows or not meant.is_named_channel or not names_updates(request.text):
        return None
    return digest_card_replies.no_digest(meant.service, meant.actor, is_named=True)


def _as_question(request: Request, services: Services, is_misnamed: bool) -> Reply:
    """The search for what was typed; where that names a digest that is not there, it says so."""
    reply = search.reply_to_question(request.with_text(request.text), services)
    return reply._replace(message=with_prefix(NO_SUCH_DIGEST, reply.message)) if is_misnamed else reply


def _may_bring_back(handler: Callable[[Request, Services], Reply], meant: _Meant) -> bool:
    """Whether what was removed in the last day can be meant."""
    return handler in (on_resume, on_undo) and not meant.name and bool(meant.service.ended_here(meant.actor))


def _find_meant(request: Request, services: Services, name: str = "", with_rights: bool = False) -> _Meant:
    """The digests that a request is about. `with_rights`: what follows depends on who may, and where they live.

    Raises HalobotError where a channel is named that the person is not in, or that nobody can tell.
    """
    service, actor = digest_service(services), _actor(request) if with_rights else _reader(request)
    channel, _, called = request.which.partition(" ") if request.which.startswith(("<#", "#")) else ("", "", "")
    name = name_in(name or called or ("" if channel else request.which))
    if channel:
        _require_known_channel(channel)
        service.require_place(actor, channel.strip("<#>"))
        actor = replace(actor, channel=channel.strip("<#>"))
    rows = service.candidates(actor)
    return _Meant(service, actor, rows, service.find_matching(actor, name, rows) if name else rows, name, bool(channel))


def _require_known_channel(text: str) -> None:
    """Raises HalobotError where a text names a channel that Slack has not told the id of."""
    unknown = next((word for word in text.split() if word.startswith("#") and not word[1:2].isdigit()), "")
    if unknown:
        raise NotInChannel(UNKNOWN_CHANNEL.format(unknown[:80]))


def _of_these(meant: _Meant, request: Request, services: Services, show: Callable[[], Message]) -> Reply:
    """What a verb says of the digests that are meant; else what there is, or that there is none."""
    if not meant.rows:
        return _none_here(meant, request, services)
    if meant.is_unknown:
        return _private(with_search_offer(digest_card_replies.not_called_so(meant.name, meant.rows), request.text))
    return _private(show())


def _none_here(meant: _Meant, request: Request, services: Services) -> Reply:
    """No digest is here to speak of. Unless they are the verb's own, or name a digest, the words are a question."""
    is_about_one = speaks_of_digest(request.text) or meant.is_named_channel or meant.actor.is_direct
    if is_about_one or is_typed_verb(request.text):
        message = digest_card_replies.no_digest(meant.service, meant.actor, meant.is_named_channel)
        return _private(message if _is_plain(meant, request) else with_search_offer(message, request.text))
    return search.reply_to_question(request.with_text(request.text), services)


def _is_plain(meant: _Meant, request: Request) -> bool:
    """Whether a text is a verb and nothing else, or names a channel: it cannot be a question."""
    has_more = bool(meant.name or request.argument) and speaks_of_digest(request.text)
    return meant.is_named_channel or (is_typed_verb(request.text) and not has_more)


def _actor(request: Request) -> Actor:
    """The person with their zone and rights, which Slack is asked for."""
    if request.args is None:
        raise HalobotError("Digests are changed in Slack only.")
    return read_actor(request.args)


def _reader(request: Request) -> Actor:
    """The person, for what everybody may do."""
    return Actor(request.team, request.channel, request.user)


def _private(message: Message) -> Reply:
    return Reply(message, private=True, topic=DIGEST_TOPIC)
