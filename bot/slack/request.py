"""What somebody said to the bot, and what it replies: the same for a command, a mention, a direct message and a button."""

from typing import NamedTuple

from slack_bolt import Args

from bot.search.models import Answer
from bot.slack.views.blocks import Message
from bot.slack.views.context import Look
from bot.slack.views.pagination import Page
from bot.storage.conversations import Where


class Said(NamedTuple):
    """Words for the bot, and all that a verb may need besides."""

    text: str
    team: str
    user: str
    channel: str
    look: Look = Look()
    thread: str = ""
    args: Args | None = None  # for verbs that have to speak with Slack

    @property
    def where(self) -> Where:
        """The conversation that this belongs to."""
        return Where(self.team, self.channel, self.thread)


class Reply(NamedTuple):
    """What is replied. `private`: only the one who asked may see it, wherever they asked."""

    message: Message
    private: bool = False
    page: Page | None = None  # of results, so that "the second one" can be understood
    answer: Answer | None = None
    question: str = ""  # what was answered, as it is asked again


def said(args: Args, text: str, look: Look, thread: str = "") -> Said:
    """What came with a request."""
    return Said(
        text, args.context.team_id or "", args.context.user_id or "", args.context.channel_id or "", look, thread, args
    )
