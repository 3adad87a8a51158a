"""The search window: opened by `/halo` alone, by the global shortcut and by buttons; what is typed and chosen in it."""

from slack_bolt import Args

from bot.search import lookups
from bot.slack.delivery import action_value, notify_user, open_modal, share_target, update_modal_error
from bot.slack.error_boundary import Services
from bot.slack.views import action_ids, notes
from bot.slack.views.action_ids import read_place
from bot.slack.views.entry_modal import ViewJson
from bot.slack.views.help import welcome
from bot.slack.views.search_modal import Choices, Search, read_choice, read_search, search_view, suggestions


def on_open(args: Args, services: Services) -> None:
    """The empty window. The ack goes first, for Slack may let us wait for the window."""
    args.ack()
    open_modal(args, _build_view(args, services, Search()), welcome("/halo"))


def on_example_clicked(args: Args, services: Services) -> None:
    """The window with a question in it already."""
    args.ack()
    open_modal(args, _build_view(args, services, Search(action_value(args))), welcome("/halo"))


def on_suggest(args: Args, services: Services) -> None:
    """What the letters typed so far could become."""
    typed = str(args.body.get("value") or "")
    with services.search.snapshot() as snapshot:
        entries = lookups.suggest_entries(snapshot, typed)
    args.ack(suggestions(typed, entries))


def on_suggestion_chosen(args: Args, services: Services) -> None:
    """A suggestion was chosen: an entry, or the question as it was typed."""
    words = read_choice(_selected_value(args))
    _update(args, services, _current_search(args)._replace(words=words, offset=0))


def on_version_chosen(args: Args, services: Services) -> None:
    """Another version in the menu."""
    _update(args, services, _current_search(args)._replace(version=_selected_value(args), offset=0))


def on_area_chosen(args: Args, services: Services) -> None:
    """Another area in the menu."""
    _update(args, services, _current_search(args)._replace(area=_selected_value(args), offset=0))


def on_page(args: Args, services: Services) -> None:
    """Previous and Next in the window."""
    place = read_place(action_value(args))
    _update(args, services, _current_search(args)._replace(offset=place.offset))


def _update(args: Args, services: Services, search: Search) -> None:
    """What is looked for now, in the window. A person who closed it, or clicked again meanwhile, waits for nothing."""
    args.ack()
    if update_modal_error(args, _build_view(args, services, search)) not in ("", "hash_conflict", "not_found"):
        notify_user(args, notes.note(notes.WINDOW_UNCHANGED))


def _build_view(args: Args, services: Services, search: Search) -> ViewJson:
    with services.search.snapshot() as snapshot:
        choices, episodes = Choices(snapshot.versions, list(snapshot.areas)), snapshot.episodes
        answer = snapshot.search(search.question) if search.question else None
    if answer and not answer.has_answer and search.offset == 0:
        services.stores.question_log.record_no_result(args.context.team_id or "", search.question, services.now())
    return search_view(search, choices, answer, episodes, share_target(args))


def _current_search(args: Args) -> Search:
    return read_search(args.body["view"].get("private_metadata", ""))


def _selected_value(args: Args) -> str:
    option = (args.action or {}).get("selected_option") or {}
    return str(option.get("value") or action_ids.ANY)
