"""The buttons under an answer: its pages, Share, Dismiss, and whether it was helpful."""

from slack_bolt import Args

from bot.conversation.answers import ComparisonAnswer, UpgradeAnswer
from bot.conversation.entry_text import Episodes
from bot.ingest.phrasing_review import propose_question
from bot.slack import verbs
from bot.slack.delivery import (
    action_id,
    action_value,
    delete_clicked_message,
    is_direct_message,
    is_private,
    notify_user,
    post_message,
    post_thread,
    share_target,
)
from bot.slack.error_boundary import Services, logged_only
from bot.slack.request import Reply, repeat_request
from bot.slack.views import action_ids, answers, sharing
from bot.slack.views.action_ids import PageRef, decode_page_ref
from bot.slack.views.blocks import Message, text_message
from bot.slack.views.context import ViewContext
from bot.slack.views.sharing import entry_work_object, shared_card, shared_list, shared_page
from bot.slack.views.upgrade import shared_checklist


def on_page(args: Args, services: Services) -> None:
    """Previous and Next: in place of a private answer; under a public one, only for the person who clicked."""
    args.ack()
    reply = repeat_answer(args, services, clicked_page(args))
    notify_user(args, reply.message, replace=is_private(args))


def on_dismiss(args: Args, services: Services) -> None:
    """Remove the answer."""
    args.ack()
    delete_clicked_message(args)


def on_share(args: Args, services: Services) -> None:
    """Post what the person sees for everyone here, with their name, and remove their own copy."""
    args.ack()
    if is_direct_message(args):
        notify_user(args, text_message(sharing.NOWHERE_TO_SHARE))
    elif failure := _share(args, services):
        notify_user(args, text_message(failure))
    else:
        delete_clicked_message(args)


def on_feedback(args: Args, services: Services) -> None:
    """Count the answer as helpful or not helpful, and say so. It never changes what is found: a question that was
    helped is only proposed as a phrasing.
    """
    args.ack()
    page, is_helpful = clicked_page(args), action_id(args) == action_ids.HELPFUL
    services.stores.question_log.record_rating(args.context.team_id or "", page.question, is_helpful, services.now())
    thanks = answers.MARKED_HELPFUL if is_helpful else answers.MARKED_NOT_HELPFUL
    reply = repeat_answer(args, services, page, thanks)
    if is_private(args):
        notify_user(args, reply.message, replace=True)
    else:
        notify_user(args, text_message(thanks))
    if is_helpful and page.offset == 0:
        with logged_only("a question that was helped"):
            _propose_as_phrasing(reply, page.question, args.context.team_id, services)


def _propose_as_phrasing(reply: Reply, question: str, team: str | None, services: Services) -> None:
    """Propose a question about one change as a phrasing of it, for an admin to decide."""
    result, desk = reply.result, services.desk_of(team)
    if (
        desk
        and result
        and result.hits
        and result.query.intent == "search"
        and not (result.query.filters or result.query.aspect)
    ):
        propose_question(desk.catalog, desk.store, question, result.hits[0].entry.key, services.now())


def clicked_page(args: Args) -> PageRef:
    """The question and offset that the clicked button carries."""
    return decode_page_ref(action_value(args))


def repeat_answer(args: Args, services: Services, page: PageRef, note: str = "") -> Reply:
    """The answer to the question of a button, as the catalogue has it now. `note` stands in place of its feedback
    buttons.
    """
    context = ViewContext(command="" if is_direct_message(args) else "/halo", offset=page.offset, banner=note)
    return verbs.answer(repeat_request(args, page.question, context), services).completed()


def _share(args: Args, services: Services) -> str:
    """Post the best entry of a first page, or all of a list or a further page. Returns why that failed; empty when it
    did not.
    """
    clicked, user = clicked_page(args), args.context.user_id or ""
    with services.search_of(args.context.team_id).snapshot() as snapshot:
        reply, episodes = repeat_answer(args, services, clicked), snapshot.episodes
    if posts := _whole_list(reply, episodes, user, clicked.question):
        return post_thread(args, share_target(args), posts)
    if reply.page is None or reply.result is None:
        return answers.NO_LONGER_FOUND
    hits = (*reply.result.hits, *reply.result.possible_hits)
    if hits and reply.page.start == 0:
        card = shared_card(hits[0].entry, episodes, user, clicked.question)
        return post_message(args, share_target(args), card, entry_work_object(hits[0].entry, episodes))
    return post_message(args, share_target(args), shared_page(reply.page, user, clicked.question))


def _whole_list(reply: Reply, episodes: Episodes, user: str, question: str) -> list[Message]:
    """A checklist or another list as a post and its thread; nothing for any other answer."""
    answer = reply.interpretation.answer if reply.interpretation else None
    if isinstance(answer, UpgradeAnswer):
        return shared_checklist(answer.checklist, episodes, user)
    if reply.page is None or reply.result is None or not reply.page.is_list:
        return []
    compared = answer.comparison[:2] if isinstance(answer, ComparisonAnswer) else None
    return shared_list(answers.list_pages(reply.result, episodes, compared), user, question)
