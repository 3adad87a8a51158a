"""What a person asked of the bot, and its reply: the same for a command, a mention, a direct message and a button."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from slack_bolt import Args

from bot.conversation.answers import Interpretation
from bot.conversation.interpret import remember
from bot.conversation.models import LastAnswer
from bot.search.models import SearchResult
from bot.slack.markup import to_plain_text, to_reference_text
from bot.slack.views.blocks import Message
from bot.slack.views.context import ViewContext
from bot.slack.views.pagination import ResultsPage
from bot.storage.conversations import ConversationKey
from bot.text import normalise

_BOT_NAME = re.compile(r"^(?:[@/]halo(?:bot)?(?:[\s,:]+|$))+", re.IGNORECASE)


class Request(NamedTuple):
    """A text for the bot, who wrote it and where."""

    text: str  # plain, on one line, without mentions and the bot's own name before it
    team: str
    user: str
    channel: str
    view_context: ViewContext = ViewContext()
    thread: str = ""
    argument: str = ""  # what follows the verb, when the text begins with one
    which: str = ""  # the digest that a verb is about, as it was called: its channel as `<#C1>`, or what it holds
    reference_text: str = ""  # the text with channels as `<#C1>` and links as addresses, for verbs that need these
    args: Args | None = None  # for verbs that talk to Slack; None when an answer is only shown again

    def with_text(self, text: str) -> "Request":
        """The same request with another plain text."""
        return self._replace(text=text, reference_text=text)

    @property
    def conversation(self) -> ConversationKey:
        """The thread or direct conversation that this belongs to."""
        return ConversationKey(self.team, self.channel, self.thread)

    @property
    def own_conversation(self) -> ConversationKey:
        """The commands of one person in one place."""
        return ConversationKey(self.team, self.channel, self.user)


class Reply(NamedTuple):
    """What is replied. `private`: only the person who asked may see it, wherever they asked."""

    message: Message
    private: bool = False
    page: ResultsPage | None = None  # of results, so that "the second one" can be understood
    result: SearchResult | None = None
    question: str = ""  # what was answered, as a button asks it again
    interpretation: Interpretation | None = None  # what the text means, where it was a question
    shared_card: tuple[Message, dict[str, Any] | None] | None = (
        None  # for everyone in the channel, with its Work Object
    )
    topic: LastAnswer | None = None  # what was spoken of, where no entry was answered
    deferred: Callable[[], "Reply"] | None = None  # makes the reply once the request is acknowledged

    def completed(self) -> "Reply":
        """The reply itself, where it was deferred."""
        return self.deferred() if self.deferred else self

    def to_remember(self, last: LastAnswer | None) -> LastAnswer | None:
        """What to keep of it for what follows; None where nothing was answered."""
        if self.interpretation is None:
            return self.topic
        page = self.page or ResultsPage([])
        return remember(self.interpretation, last, page.keys, page.end)


def read_request(args: Args, markup: str, view_context: ViewContext, thread: str = "") -> Request:
    """The request that a person made, from its text as Slack sends it."""
    text, reference_text = (_clean(read(markup)) for read in (to_plain_text, to_reference_text))
    return _request(args, text, view_context)._replace(thread=thread, reference_text=reference_text, args=args)


def repeat_request(args: Args, question: str, view_context: ViewContext) -> Request:
    """The request behind a button: its question is plain text already, and answering it again changes nothing."""
    return _request(args, question, view_context)._replace(reference_text=question)


def _request(args: Args, text: str, view_context: ViewContext) -> Request:
    context = args.context
    return Request(text, context.team_id or "", context.user_id or "", context.channel_id or "", view_context)


def _clean(text: str) -> str:
    return _BOT_NAME.sub("", normalise(text)).strip()
