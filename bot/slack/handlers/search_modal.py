"""The search window: opened by `/halo` alone, by the global shortcut and by buttons; what is typed and chosen in it."""

from slack_bolt import Args

from bot.search import lookup
from bot.slack.delivery import open_window, origin_of, tell, value_of, why_not_changed
from bot.slack.error_boundary import Services
from bot.slack.views import action_ids, notes
from bot.slack.views.action_ids import read_place
from bot.slack.views.entry_modal import ViewJson
from bot.slack.views.help import welcome
from bot.slack.views.search_modal import Choices, Search, read_choice, read_search, search_view, suggestions


def on_open(args: Args, services: Services) -> None:
    """The empty window. The ack goes first, for Slack may let us wait for the window."""
    args.ack()
    open_window(args, _view(args, services, Search()), welcome("/halo"))


def on_try(args: Args, services: Services) -> None:
    """The window with a question in it already."""
    args.ack()
    open_window(args, _view(args, services, Search(value_of(args))), welcome("/halo"))


def on_typing(args: Args, services: Services) -> None:
    """What the letters typed so far could become."""
    typed = str(args.body.get("value") or "")
    args.ack(suggestions(typed, lookup.suggest(services.ask, typed)))


def on_asked(args: Args, services: Services) -> None:
    """A suggestion was chosen: an entry, or the question as it was typed."""
    words = read_choice(_chosen(args))
    _look_again(args, services, _search(args)._replace(words=words, offset=0))


def on_version(args: Args, services: Services) -> None:
    """Another version in the menu."""
    _look_again(args, services, _search(args)._replace(version=_chosen(args), offset=0))


def on_area(args: Args, services: Services) -> None:
    """Another area in the menu."""
    _look_again(args, services, _search(args)._replace(area=_chosen(args), offset=0))


def on_page(args: Args, services: Services) -> None:
    """Previous and Next in the window."""
    place = read_place(value_of(args))
    _look_again(args, services, _search(args)._replace(offset=place.offset))


def _look_again(args: Args, services: Services, search: Search) -> None:
    """What is looked for now, in the window. A person who closed it, or clicked again meanwhile, waits for nothing."""
    args.ack()
    if why_not_changed(args, _view(args, services, search)) not in ("", "hash_conflict", "not_found"):
        tell(args, notes.note(notes.WINDOW_UNCHANGED))


def _view(args: Args, services: Services, search: Search) -> ViewJson:
    choices = Choices(services.ask.lexicon.versions, list(services.ask.lexicon.areas))
    answer = services.ask(search.question) if search.question else None
    if answer and not answer.found and search.offset == 0:
        services.memory.questions.found_nothing(args.context.team_id or "", search.question, services.now())
    return search_view(search, choices, answer, services.ask.episodes, origin_of(args))


def _search(args: Args) -> Search:
    return read_search(args.body["view"].get("private_metadata", ""))


def _chosen(args: Args) -> str:
    option = (args.action or {}).get("selected_option") or {}
    return str(option.get("value") or action_ids.ANY)
