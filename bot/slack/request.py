"""What somebody said to the bot, and what it replies: the same for a command, a mention, a direct message and a button."""

from typing import NamedTuple

from slack_bolt import Args

from bot.search.models import SearchResult
from bot.slack.views.blocks import Message
from bot.slack.views.context import ViewContext
from bot.slack.views.pagination import ResultsPage
from bot.storage.conversations import ConversationKey


class Request(NamedTuple):
    """Words for the bot, and all that a verb may need besides."""

    text: str
    team: str
    user: str
    channel: str
    view_context: ViewContext = ViewContext()
    thread: str = ""
    args: Args | None = None  # for verbs that have to speak with Slack

    @property
    def conversation(self) -> ConversationKey:
        """The conversation that this belongs to."""
        return ConversationKey(self.team, self.channel, self.thread)


class Reply(NamedTuple):
    """What is replied. `private`: only the one who asked may see it, wherever they asked."""

    message: Message
    private: bool = False
    page: ResultsPage | None = None  # of results, so that "the second one" can be understood
    result: SearchResult | None = None
    question: str = ""  # what was answered, as it is asked again


def read_request(args: Args, text: str, view_context: ViewContext, thread: str = "") -> Request:
    """What came with a request."""
    return Request(
        text,
        args.context.team_id or "",
        args.context.user_id or "",
        args.context.channel_id or "",
        view_context,
        thread,
        args,
    )
