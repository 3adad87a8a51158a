"""From what somebody said to what is replied: a verb, or a question; and what is kept of it."""

from bot.slack import commands
from bot.slack.error_boundary import Services
from bot.slack.handlers import search
from bot.slack.request import Reply, Said


def verb_of(said: Said, services: Services) -> commands.Found | None:
    """The verb that a text begins with, or None for a question."""
    return commands.find(commands.plain_text(said.text), services)


def reply(said: Said, services: Services) -> Reply:
    """What is replied to any text. Shown anew by a button, a text gives the same again."""
    return reply_to(said, verb_of(said, services), services)


def reply_to(said: Said, found: commands.Found | None, services: Services) -> Reply:
    """The same for a text whose verb is known."""
    if found:
        return commands.run(found, said, services)
    with services.ask.catalogue.reading():  # what is found and what is said of it are of one moment
        return search.answer(said, services)


def note_unanswered(reply: Reply, said: Said, services: Services) -> None:
    """Count a question that found nothing, so that the operator sees what the catalogue lacks."""
    if reply.answer is not None and not reply.answer.found and said.look.offset == 0:
        services.memory.questions.found_nothing(said.team, reply.question, services.now())
