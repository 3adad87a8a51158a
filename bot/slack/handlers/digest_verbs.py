"""The verbs `subscribe`, `unsubscribe`, `pause`, `resume`, `subscriptions`, `digest preview` and `digest now`.

Their replies are private: the channel hears of its digest when the first one is posted.
"""

from bot.conversation.models import DIGEST_TOPIC
from bot.conversation.verb_finder import is_typed_verb
from bot.digests.rights import Actor
from bot.errors import HalobotError
from bot.slack import digest_card_replies, digest_proposals, digest_replies
from bot.slack.digest_replies import NO_DIGEST
from bot.slack.error_boundary import Services
from bot.slack.handlers import search
from bot.slack.handlers.digests import digest_service, open_subscription_modal, read_actor
from bot.slack.request import Reply, Request
from bot.slack.views.blocks import Message, text_message, with_prefix
from bot.slack.views.digest_proposals import with_search_offer
from bot.slack.views.subscription_modal import NO_SUCH_DIGEST, setup_button_message

NO_END = ("indefinitely", "until further notice", "for now")


def on_subscribe(request: Request, services: Services) -> Reply:
    """`subscribe billing mondays 9am`. Without words what there is already, to be changed; else the modal, or a
    button to it where Slack gives no trigger.
    """
    if request.argument:
        return _private(digest_proposals.subscribe(digest_service(services), _actor(request), request.argument))
    if existing := digest_service(services).of_channel(_reader(request)):
        return _private(digest_card_replies.already_there(existing))
    if request.args is None or "trigger_id" not in request.args.body:
        return _private(setup_button_message())
    open_subscription_modal(request.args, services)
    return _private({})


def on_unsubscribe(request: Request, services: Services) -> Reply:
    """`unsubscribe`, or `unsubscribe billing` for the digest with that filter: its card, with Remove. When no digest
    here has it, the text is a question: "unsubscribe link".
    """
    service, text = digest_service(services), request.argument
    if text and not service.find_matching(_reader(request), text):
        if "digest" in request.text.lower():  # "cancel the jira digest"
            cards = digest_card_replies.unsubscribe(service, _reader(request))
            return _private(with_search_offer(cards, request.text))
        reply = search.answer_question(request, services)
        return reply._replace(message=with_prefix(NO_SUCH_DIGEST, reply.message))
    return _private(digest_card_replies.unsubscribe(service, _reader(request), text))


def on_change_digest(request: Request, services: Services) -> Reply:
    """`change the digest to fridays`: what it would become, with a button that does it. Without words the cards of this
    channel's digests, each with Edit.
    """
    service = digest_service(services)
    if not request.argument:
        return _private(digest_card_replies.which_to_change(service.of_channel(_reader(request))))
    return _private(digest_proposals.propose_change(service, _actor(request), request.argument, request.text))


def on_perhaps_digest(request: Request, services: Services) -> Reply:
    """`add jira`, `fridays`: what this channel's digest would become. Where there is none, or the words mean nothing
    for one, they are a question.
    """
    service, actor = digest_service(services), _actor(request)
    proposed = digest_proposals.propose_if_meant(service, actor, request.argument, request.text)
    if proposed is None:
        return search.answer_question(request.with_text(request.text), services)
    return _private(proposed)


def on_pause(request: Request, services: Services) -> Reply:
    """The card, with Pause; with an end, what that means, with a button that does it."""
    service, actor = digest_service(services), _actor(request)
    if request.argument in ("", *NO_END):
        return _or_search(digest_card_replies.pause(service, actor), request, services)
    return _or_search(digest_proposals.propose_pause(service, actor, request.argument, request.text), request, services)


def on_resume(request: Request, services: Services) -> Reply:
    """The card, with Resume."""
    return _or_search(digest_card_replies.resume(digest_service(services), _actor(request)), request, services)


def on_subscriptions(request: Request, services: Services) -> Reply:
    """This channel's digests, then the workspace's."""
    return _private(digest_card_replies.list_digests(digest_service(services), _reader(request)))


def on_preview(request: Request, services: Services) -> Reply:
    """What the next digest here would be."""
    return _private(digest_replies.preview(digest_service(services), _reader(request)))


def on_now(request: Request, services: Services) -> Reply:
    """Post the digest now."""
    return _private(digest_replies.post_now(digest_service(services), _actor(request)))


def _actor(request: Request) -> Actor:
    """The person with their zone and rights, which Slack is asked for."""
    if request.args is None:
        raise HalobotError("Digests are changed in Slack only.")
    return read_actor(request.args)


def _reader(request: Request) -> Actor:
    """The person, for what everybody may do."""
    return Actor(request.team, request.channel, request.user)


def _or_search(message: Message | None, request: Request, services: Services) -> Reply:
    """The message; where no digest is here to speak of, the words are a question, unless they are the verb's own."""
    if message is not None:
        return _private(message)
    if "digest" in request.text.lower() or is_typed_verb(request.text):
        return _private(text_message(NO_DIGEST))
    return search.answer_question(request.with_text(request.text), services)


def _private(message: Message) -> Reply:
    return Reply(message, private=True, topic=DIGEST_TOPIC)
