"""From what somebody said to what is replied: a verb, or a question; and what is kept of it."""

from bot.slack import commands
from bot.slack.error_boundary import Services
from bot.slack.handlers import search
from bot.slack.request import Reply, Request


def match_verb(said: Request, services: Services) -> commands.VerbMatch | None:
    """The verb that a text begins with, or None for a question."""
    return commands.find_verb(commands.strip_addressing(said.text), services)


def answer_request(said: Request, services: Services) -> Reply:
    """What is replied to any text. Shown anew by a button, a text gives the same again."""
    return answer_with(said, match_verb(said, services), services)


def answer_with(said: Request, found: commands.VerbMatch | None, services: Services) -> Reply:
    """The same for a text whose verb is known."""
    if found:
        return commands.run_verb(found, said, services)
    return search.search(said, services)


def record_unanswered(reply: Reply, said: Request, services: Services) -> None:
    """Count a question that found nothing, so that the operator sees what the catalogue lacks."""
    if reply.result is not None and not reply.result.has_answer and said.view_context.offset == 0:
        services.stores.question_log.record_no_result(said.team, reply.question, services.now())
