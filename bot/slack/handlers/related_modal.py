"""The message shortcut "Related Halo changes". The message's own words are used once and never kept."""

from slack_bolt import Args

from bot.slack.delivery import notify_in_modal, open_modal, post_message
from bot.slack.error_boundary import Services
from bot.slack.handlers.entry_modal import clicked_entry
from bot.slack.markup import to_plain_text
from bot.slack.views import errors, sharing
from bot.slack.views.blocks import text_message
from bot.slack.views.context import ShareTarget, read_share_target
from bot.slack.views.related_modal import related_view
from bot.slack.views.sharing import entry_work_object, shared_card


def on_find_related(args: Args, services: Services) -> None:
    """What the message is about, in a window for the one who asked."""
    args.ack()
    message = args.body["message"]
    with services.search.snapshot() as snapshot:
        found, episodes = snapshot.search(to_plain_text(message.get("text") or "")), snapshot.episodes
    hits = (*found.hits, *found.possible_hits) or found.suggestions
    origin = ShareTarget(
        args.context.channel_id or "", message.get("thread_ts") or message["ts"], args.body.get("response_url", "")
    )
    view = related_view([hit.entry for hit in hits], not found.has_answer, episodes, origin)
    open_modal(args, view, text_message(errors.MODAL_EXPIRED))


def on_post_in_thread(args: Args, services: Services) -> None:
    """One of them goes into the message's thread, with the name of the one who found it."""
    args.ack()
    origin = read_share_target(args.body["view"].get("private_metadata", ""))
    with services.search.snapshot() as snapshot:
        entry, episodes = clicked_entry(args, snapshot), snapshot.episodes
    if entry is None:
        notify_in_modal(args, errors.ENTRY_GONE)
        return
    trouble = post_message(
        args, origin, shared_card(entry, episodes, args.context.user_id or ""), entry_work_object(entry, episodes)
    )
    notify_in_modal(args, trouble or sharing.shared_text(origin.thread))
