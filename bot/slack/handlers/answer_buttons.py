"""The buttons under an answer: its pages, Share, Dismiss, and what somebody thought of it."""

from slack_bolt import Args

from bot.slack import answering
from bot.slack.delivery import (
    action_id,
    action_value,
    delete_clicked_message,
    is_direct_message,
    is_private,
    notify_user,
    post_message,
    share_target,
)
from bot.slack.error_boundary import Services
from bot.slack.request import Reply, read_request
from bot.slack.views import action_ids, answers, sharing
from bot.slack.views.action_ids import PageRef, decode_page_ref
from bot.slack.views.blocks import text_message
from bot.slack.views.context import ViewContext
from bot.slack.views.sharing import entry_work_object, shared_card, shared_page


def on_page(args: Args, services: Services) -> None:
    """Previous and Next: in place of a private answer; under a public one, only for the one who looks on."""
    args.ack()
    place = page_ref(args)
    reply = repeat_answer(args, services, place)
    notify_user(args, reply.message, replace=is_private(args))


def on_dismiss(args: Args, services: Services) -> None:
    """The answer goes away."""
    args.ack()
    delete_clicked_message(args)


def on_share(args: Args, services: Services) -> None:
    """What the person sees goes to everyone here, with their name; their own copy goes away."""
    args.ack()
    if is_direct_message(args):
        notify_user(args, text_message(sharing.NOWHERE_TO_SHARE))
    elif trouble := _share(args, services):
        notify_user(args, text_message(trouble))
    else:
        delete_clicked_message(args)


def on_feedback(args: Args, services: Services) -> None:
    """Helpful or not: kept with the question, and said so. It never changes what is found."""
    args.ack()
    place, helpful = page_ref(args), action_id(args) == action_ids.HELPFUL
    services.stores.question_log.record_rating(args.context.team_id or "", place.question, helpful, services.now())
    thanks = answers.MARKED_HELPFUL if helpful else answers.MARKED_NOT_HELPFUL
    if is_private(args):
        notify_user(args, repeat_answer(args, services, place, thanks).message, replace=True)
    else:
        notify_user(args, text_message(thanks))


def page_ref(args: Args) -> PageRef:
    """The question and offset that a button carries."""
    return decode_page_ref(action_value(args))


def repeat_answer(args: Args, services: Services, page: PageRef, note: str = "") -> Reply:
    """The answer to the question that a button carries, as it is now."""
    look = ViewContext(command="" if is_direct_message(args) else "/halo", offset=page.offset, banner=note)
    # Without `args` no verb can change anything, whatever the question has come to mean since: this only shows.
    return answering.answer_request(read_request(args, page.question, look)._replace(args=None), services)


def _share(args: Args, services: Services) -> str:
    """The best entry of a first page; of a list, or a further page, what the page shows. Returns what to say when that
    did not work.
    """
    place, who = page_ref(args), args.context.user_id or ""
    reply = repeat_answer(args, services, place)
    if reply.page is None or reply.result is None:
        return answers.NO_LONGER_FOUND
    hits = (*reply.result.hits, *reply.result.possible_hits)
    if hits and reply.page.start == 0 and reply.result.query.intent not in ("list", "version"):
        with services.search.snapshot() as snapshot:
            episodes = snapshot.episodes
        return post_message(
            args,
            share_target(args),
            shared_card(hits[0].entry, episodes, who, place.question),
            entry_work_object(hits[0].entry, episodes),
        )
    return post_message(args, share_target(args), shared_page(reply.page, who, place.question))
