"""A channel in which something is said: what is read then, and what is stored."""

from functools import partial

from bot.app import Application
from tests.whole_app.acting import SlackStandIn, buttons, text


class Place:
    """A channel, what is read there, and what is stored."""

    def __init__(self, slack: SlackStandIn, application: Application) -> None:
        self.slack, self.application = slack, application

    def said(self, words: str) -> tuple[str, set[str]]:
        """What a person reads after saying this, and the buttons."""
        shown = self.slack.shown_after(partial(self.slack.command, "/halo", words))
        return " ".join(map(text, shown)), {label for one in shown for label in buttons(one)}

    def said_of_a_digest(self, words: str) -> tuple[str, set[str]]:
        """The same, where the digests were spoken of."""
        self.said("subscriptions")
        return self.said(words)

    def stored(self) -> object:
        """The digests and the watches."""
        stores = self.application.stores
        return stores.subscriptions.of_team("T1"), stores.watches.of_person("T1", "UALICE")
