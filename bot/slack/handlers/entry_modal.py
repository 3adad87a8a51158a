"""The window with all of an entry, and sharing it from there."""

from slack_bolt import Args

from bot.catalog.models import Entry
from bot.search import lookup
from bot.slack.delivery import open_window, origin_of, post, say_in_window, tell, value_of
from bot.slack.error_boundary import Services
from bot.slack.views import notes
from bot.slack.views.blocks import card, message, where
from bot.slack.views.entry_modal import details_view
from bot.slack.views.sharing import shared_card, work_object


def on_details(args: Args, services: Services) -> None:
    """All of one entry, in a window; when it is too late for one, as much as a message holds."""
    args.ack()
    entry = entry_of(args, services)
    if entry is None:
        tell(args, notes.note(notes.GONE))
        return
    episodes = services.ask.episodes
    view = details_view(entry, episodes, lookup.related(services.ask, entry), origin_of(args))
    open_window(args, view, message(f"{entry.title} ({where(entry)})", card(entry, episodes)))


def on_share_entry(args: Args, services: Services) -> None:
    """An entry goes from a window to the channel or thread that the window was opened in."""
    args.ack()
    entry, origin = entry_of(args, services), origin_of(args)
    if entry is None or not origin.channel:
        say_in_window(args, notes.GONE if entry is None else notes.NOWHERE_TO_SHARE)
        return
    episodes = services.ask.episodes
    trouble = post(args, origin, shared_card(entry, episodes, args.context.user_id or ""), work_object(entry, episodes))
    say_in_window(args, trouble or notes.shared(origin.thread))


def entry_of(args: Args, services: Services) -> Entry | None:
    """The entry that a button is about; None when it is gone."""
    return lookup.entry(services.ask, value_of(args))
