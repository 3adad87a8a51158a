"""The search window: opened by `/halo` alone, by the global shortcut and by buttons; what is typed and chosen in it."""

from slack_bolt import Args

from bot.search import lookups
from bot.slack.delivery import action_value, notify_user, open_modal, share_target, update_modal_error
from bot.slack.error_boundary import Services
from bot.slack.views import action_ids, errors
from bot.slack.views.action_ids import decode_page_ref
from bot.slack.views.blocks import View, text_message
from bot.slack.views.help import empty_question_message
from bot.slack.views.search_modal import (
    FilterChoices,
    SearchState,
    chosen_question,
    read_search_state,
    search_view,
    suggestion_options,
)


def on_open(args: Args, services: Services) -> None:
    """The empty window. The ack goes first, for Slack may let us wait for the window."""
    args.ack()
    open_modal(args, _build_view(args, services, SearchState()), empty_question_message("/halo"))


def on_example_clicked(args: Args, services: Services) -> None:
    """The window with a question in it already."""
    args.ack()
    open_modal(args, _build_view(args, services, SearchState(action_value(args))), empty_question_message("/halo"))


def on_suggest(args: Args, services: Services) -> None:
    """What the letters typed so far could become."""
    typed = str(args.body.get("value") or "")
    with services.search.snapshot() as snapshot:
        entries = lookups.suggest_entries(snapshot, typed)
    args.ack(suggestion_options(typed, entries))


def on_suggestion_chosen(args: Args, services: Services) -> None:
    """A suggestion was chosen: an entry, or the question as it was typed."""
    words = chosen_question(_selected_value(args))
    _update(args, services, _current_search(args)._replace(words=words, offset=0))


def on_version_chosen(args: Args, services: Services) -> None:
    """Another version in the menu."""
    _update(args, services, _current_search(args)._replace(version=_selected_value(args), offset=0))


def on_area_chosen(args: Args, services: Services) -> None:
    """Another area in the menu."""
    _update(args, services, _current_search(args)._replace(area=_selected_value(args), offset=0))


def on_page(args: Args, services: Services) -> None:
    """Previous and Next in the window."""
    place = decode_page_ref(action_value(args))
    _update(args, services, _current_search(args)._replace(offset=place.offset))


def _update(args: Args, services: Services, search: SearchState) -> None:
    """What is looked for now, in the window. A person who closed it, or clicked again meanwhile, waits for nothing."""
    args.ack()
    if update_modal_error(args, _build_view(args, services, search)) not in ("", "hash_conflict", "not_found"):
        notify_user(args, text_message(errors.MODAL_NOT_UPDATED))


def _build_view(args: Args, services: Services, search: SearchState) -> View:
    with services.search.snapshot() as snapshot:
        choices, episodes = FilterChoices(snapshot.versions, list(snapshot.areas)), snapshot.episodes
        answer = snapshot.search(search.question) if search.question else None
    if answer and not answer.has_answer and search.offset == 0:
        services.stores.question_log.record_no_result(args.context.team_id or "", search.question, services.now())
    return search_view(search, choices, answer, episodes, share_target(args))


def _current_search(args: Args) -> SearchState:
    return read_search_state(args.body["view"].get("private_metadata", ""))


def _selected_value(args: Args) -> str:
    option = (args.action or {}).get("selected_option") or {}
    return str(option.get("value") or action_ids.ANY_OPTION)
