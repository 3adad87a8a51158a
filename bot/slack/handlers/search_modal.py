"""The search window: opened by `/halo` alone, the global shortcut and buttons; what is typed and chosen in it."""

from slack_bolt import Args

from bot.search import lookups
from bot.search.models import SearchResult
from bot.slack.delivery import action_value, notify_user, open_modal, share_target, update_modal_error
from bot.slack.error_boundary import Services, logged_only
from bot.slack.handlers.search import about_reply_text
from bot.slack.markup import to_plain_text
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
    """The empty window."""
    _open(args, services, SearchState())


def on_example_clicked(args: Args, services: Services) -> None:
    """The window with the question of an example."""
    _open(args, services, SearchState(action_value(args)))


def on_suggest(args: Args, services: Services) -> None:
    """What the letters typed so far could become."""
    value = str(args.body.get("value") or "")
    typed = to_plain_text(value).strip() or value  # Slack marks up what is pasted into the box
    if not services.is_ready(args.context.team_id):  # it would wait for a database, and Slack for this
        args.ack(suggestion_options(typed, []))
        return
    with services.search_of(args.context.team_id).snapshot() as snapshot:
        options = suggestion_options(typed, lookups.suggest_entries(snapshot, typed))
    args.ack(options)


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


def _open(args: Args, services: Services, search: SearchState) -> None:
    """Open the window. The acknowledgement goes first, for Slack may keep us waiting for the window."""
    args.ack()
    result, view = _search(args, services, search)
    open_modal(args, view, empty_question_message("/halo"))
    _record_unanswered(args, services, search, result)


def _update(args: Args, services: Services, search: SearchState) -> None:
    """Show another search in the window. A window that was closed or changed meanwhile is left alone."""
    args.ack()
    result, view = _search(args, services, search)
    if update_modal_error(args, view) not in ("", "hash_conflict", "not_found"):
        notify_user(args, text_message(errors.MODAL_NOT_UPDATED))
    _record_unanswered(args, services, search, result)


def _search(args: Args, services: Services, search: SearchState) -> tuple[SearchResult | None, View]:
    with services.search_of(args.context.team_id).snapshot() as snapshot:
        choices = FilterChoices(snapshot.versions, list(snapshot.areas))
        result = snapshot.search(search.question) if search.question else None
        is_about = result is not None and result.query.intent == "about"
        about = about_reply_text(result.query, snapshot, services, "/halo") if result and is_about else ""
        return result, search_view(search, choices, result, snapshot.episodes, share_target(args), about)


def _record_unanswered(args: Args, services: Services, search: SearchState, result: SearchResult | None) -> None:
    if result and not result.has_answer and result.query.intent != "about" and search.offset == 0:
        with logged_only("a question without an answer"):
            team = args.context.team_id or ""
            services.stores.question_log.record_no_result(team, search.question, services.now())


def _current_search(args: Args) -> SearchState:
    return read_search_state(args.body["view"].get("private_metadata", ""))


def _selected_value(args: Args) -> str:
    option = (args.action or {}).get("selected_option") or {}
    return str(option.get("value") or action_ids.ANY_OPTION)
