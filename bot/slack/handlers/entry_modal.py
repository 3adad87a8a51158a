"""The modal with all of an entry, and sharing the entry from there."""

from slack_bolt import Args

from bot.catalog.models import Entry
from bot.conversation.entry_text import entry_subtitle
from bot.search import lookups
from bot.search.snapshot import SearchSnapshot
from bot.slack.delivery import action_value, notify_in_modal, notify_user, open_modal, post_message, share_target
from bot.slack.error_boundary import Services
from bot.slack.views import errors, sharing
from bot.slack.views.blocks import message, text_message
from bot.slack.views.context import ShareTarget
from bot.slack.views.entry_blocks import entry_card
from bot.slack.views.entry_modal import entry_view
from bot.slack.views.sharing import entry_work_object, shared_card


def on_details(args: Args, services: Services) -> None:
    """All of one entry in a window; where Slack opens none, as much as a message holds."""
    args.ack()
    with services.search_of(args.context.team_id).snapshot() as snapshot:
        entry, episodes = clicked_entry(args, snapshot), snapshot.episodes
        related = lookups.related_entries(snapshot, entry) if entry else []
    if entry is None:
        notify_user(args, text_message(errors.ENTRY_GONE))
        return
    view = entry_view(entry, episodes, related, share_target(args), services.entry_url(entry))
    open_modal(args, view, message(f"{entry.title} ({entry_subtitle(entry)})", entry_card(entry, episodes)))


def on_share_entry(args: Args, services: Services) -> None:
    """Share an entry from a window to the channel or thread that the window was opened in."""
    args.ack()
    target = share_target(args)
    if target.channel:
        share_clicked_entry(args, services, target)
    else:
        notify_in_modal(args, sharing.NOWHERE_TO_SHARE)


def share_clicked_entry(args: Args, services: Services, target: ShareTarget) -> None:
    """Post the entry of the clicked button there, with the person's name, and say in the window what came of it."""
    with services.search_of(args.context.team_id).snapshot() as snapshot:
        entry, episodes = clicked_entry(args, snapshot), snapshot.episodes
    if entry is None:
        notify_in_modal(args, errors.ENTRY_GONE)
        return
    card = shared_card(entry, episodes, args.context.user_id or "")
    failure = post_message(args, target, card, entry_work_object(entry, episodes))
    notify_in_modal(args, failure or sharing.shared_text(target.thread))


def clicked_entry(args: Args, snapshot: SearchSnapshot) -> Entry | None:
    """The entry of the clicked button; None when the catalogue no longer has it."""
    return lookups.find_entry(snapshot, action_value(args))
