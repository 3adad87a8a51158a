"""What is shown in the course of a conversation: an entry with what was asked about it, and how a thread goes on."""

from bot.catalog.models import Entry, Version
from bot.conversation.entry_text import Episodes, aspect_text, entry_subtitle
from bot.search.models import Aspect
from bot.slack.views.blocks import Message, context, message, section
from bot.slack.views.entry_blocks import entry_card
from bot.slack.views.limits import MAX_SECTION, truncate
from bot.slack.views.mrkdwn import with_links

CANNOT_SEE_FILES = (
    "I cannot look into pictures and other files. Say in words what you want to know, for example: jira default status."
)
HEARS_MENTIONS_ONLY = "Here I read only what mentions me. To go on: `@halo more`, `@halo the second one`."


def entry_message(
    entry: Entry, episodes: Episodes, aspect: Aspect | None = None, versions: tuple[Version, ...] = ()
) -> Message:
    """One entry with all that a message holds of it; before it what was asked about it, as `aspect_text` says it."""
    said = aspect_text(entry, aspect, episodes, versions) if aspect else ""
    first = [section(with_links(truncate(said, MAX_SECTION // 2)))] if said else []
    text = f"{said} {entry.title} ({entry_subtitle(entry)})".strip()
    return message(text, [*first, *entry_card(entry, episodes, with_details=True)])


def first_in_thread(shown: Message) -> Message:
    """The first answer in a channel's thread, which says that the bot hears only what mentions it."""
    return {**shown, "blocks": [*shown["blocks"], context(HEARS_MENTIONS_ONLY)]}
