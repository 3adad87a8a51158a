"""The message shortcut "Related Halo changes". The message's own words are searched for once and never stored."""

from slack_bolt import Args

from bot.slack.delivery import open_modal
from bot.slack.error_boundary import Services
from bot.slack.handlers.entry_modal import share_clicked_entry
from bot.slack.markup import message_words
from bot.slack.views import errors
from bot.slack.views.blocks import text_message
from bot.slack.views.context import ShareTarget, read_share_target
from bot.slack.views.related_modal import related_view


def on_find_related(args: Args, services: Services) -> None:
    """The changes that a message is about, in a window for the person who asked."""
    args.ack()
    message = args.body["message"]
    target = ShareTarget(
        args.context.channel_id or "", message.get("thread_ts") or message["ts"], args.body.get("response_url", "")
    )
    with services.search_of(args.context.team_id).snapshot() as snapshot:
        result = snapshot.search(message_words(message))
        hits = (*result.hits, *result.possible_hits) or result.suggestions
        view = related_view([hit.entry for hit in hits], not result.has_answer, snapshot.episodes, target)
    open_modal(args, view, text_message(errors.MODAL_EXPIRED))


def on_post_in_thread(args: Args, services: Services) -> None:
    """Post one of them into the message's thread, with the name of the person who found it."""
    args.ack()
    share_clicked_entry(args, services, read_share_target(args.body["view"].get("private_metadata", "")))
