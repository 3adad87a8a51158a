"""The buttons under an answer: its pages, Share, Dismiss, and what somebody thought of it."""

from slack_bolt import Args

from bot.slack import answering
from bot.slack.delivery import is_direct, is_private, origin_of, post, pressed, remove, tell, value_of
from bot.slack.error_boundary import Services
from bot.slack.request import Reply, said
from bot.slack.views import action_ids, notes
from bot.slack.views.action_ids import Place, read_place
from bot.slack.views.context import Look
from bot.slack.views.sharing import shared_card, shared_page, work_object


def on_page(args: Args, services: Services) -> None:
    """Previous and Next: in place of a private answer; under a public one, only for the one who looks on."""
    args.ack()
    place = place_of(args)
    reply = shown_again(args, services, place)
    tell(args, reply.message, replace=is_private(args))


def on_dismiss(args: Args, services: Services) -> None:
    """The answer goes away."""
    args.ack()
    remove(args)


def on_share(args: Args, services: Services) -> None:
    """What the person sees goes to everyone here, with their name; their own copy goes away."""
    args.ack()
    if is_direct(args):
        tell(args, notes.note(notes.NOWHERE_TO_SHARE))
    elif trouble := _shared(args, services):
        tell(args, notes.note(trouble))
    else:
        remove(args)


def on_feedback(args: Args, services: Services) -> None:
    """Helpful or not: kept with the question, and said so. It never changes what is found."""
    args.ack()
    place, helpful = place_of(args), pressed(args) == action_ids.HELPFUL
    services.memory.questions.judged(args.context.team_id or "", place.question, helpful, services.now())
    thanks = notes.HELPFUL if helpful else notes.NOT_HELPFUL
    if is_private(args):
        tell(args, shown_again(args, services, place, thanks).message, replace=True)
    else:
        tell(args, notes.note(thanks))


def place_of(args: Args) -> Place:
    """The question and offset that a button carries."""
    return read_place(value_of(args))


def shown_again(args: Args, services: Services, place: Place, note: str = "") -> Reply:
    """The answer to the question that a button carries, as it is now."""
    look = Look(command="" if is_direct(args) else "/halo", offset=place.offset, note=note)
    # Without `args` no verb can change anything, whatever the question has come to mean since: this only shows.
    return answering.reply(said(args, place.question, look)._replace(args=None), services)


def _shared(args: Args, services: Services) -> str:
    """The best entry of a first page; of a list, or a further page, what the page shows. Returns what to say when that
    did not work.
    """
    place, who = place_of(args), args.context.user_id or ""
    reply = shown_again(args, services, place)
    if reply.page is None or reply.answer is None:
        return notes.NOT_FOUND_ANY_MORE
    hits = (*reply.answer.hits, *reply.answer.possible)
    if hits and reply.page.start == 0 and reply.answer.query.wants not in ("list", "version"):
        episodes = services.ask.episodes
        return post(
            args,
            origin_of(args),
            shared_card(hits[0].entry, episodes, who, place.question),
            work_object(hits[0].entry, episodes),
        )
    return post(args, origin_of(args), shared_page(reply.page, who, place.question))
