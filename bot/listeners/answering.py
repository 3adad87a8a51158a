"""From what somebody said to what is replied: a verb, or a question; and what is kept of it."""

from bot.listeners import asking, verbs
from bot.listeners.guard import Services
from bot.listeners.said import Reply, Said


def reply(said: Said, services: Services) -> Reply:
    """What is replied to any text. Shown anew by a button, a text gives the same again."""
    text = verbs.plain_text(said.text)
    if found := verbs.find(text, services):
        return verbs.run(found, said, services)
    return asking.answer(said, services)


def is_slow(said: Said, services: Services) -> bool:
    """Whether the reply may take longer than Slack waits for an ack."""
    found = verbs.find(verbs.plain_text(said.text), services)
    return found is not None and found.verb.slow


def note_unanswered(reply: Reply, said: Said, services: Services) -> None:
    """Count a question that found nothing, so that the operator sees what the catalogue lacks."""
    if reply.answer is not None and not reply.answer.found and said.look.offset == 0:
        services.memory.questions.found_nothing(said.team, reply.question, services.now())
