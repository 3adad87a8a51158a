"""The verbs that say what there is: areas, and how the bot is."""

from bot import __version__, browse
from bot.listeners.guard import Services
from bot.listeners.said import Reply, Said
from bot.messages.glance import Area, Status, areas_message, status_message


def on_areas(said: Said, services: Services) -> Reply:
    """Every area with what people call it."""
    return Reply(areas_message([Area(*area) for area in browse.areas(services.ask)], said.look.command))


def on_status(said: Said, services: Services) -> Reply:
    """The bot answers, and says what it knows; what the person watches is for their eyes."""
    watches = services.memory.watches.of_person(said.team, said.user)
    digests = services.digests.desk.subscriptions.of_team(said.team) if services.digests else []
    status = Status(__version__, services.ask.catalogue.entry_count(), services.ask.lexicon.versions, len(watches), len(digests))
    return Reply(status_message(status), private=True)
