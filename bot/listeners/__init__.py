"""What Slack can trigger, in one table, and how it is put on a Bolt app."""

from typing import NamedTuple

from slack_bolt import App

from bot.listeners import command, direct_message, link, mention
from bot.listeners.guard import Listener, Services, guarded
from bot.messages.parts import WATCH


class Trigger(NamedTuple):
    """One thing that Slack sends, and the listener for it."""

    kind: str  # command, event or action
    name: str
    listener: Listener
    prefix: bool = False  # the name is only the beginning of the action's id


TRIGGERS = (
    Trigger("command", "/halo", command.on_halo),
    Trigger("event", "app_mention", mention.on_mention),
    Trigger("event", "message", direct_message.on_direct_message),
    Trigger("action", WATCH, link.on_watch, prefix=True),
)

__all__ = ["TRIGGERS", "Services", "register"]


def register(app: App, services: Services) -> None:
    """Put every trigger of the table on the app, each behind the guard."""
    import re

    for trigger in TRIGGERS:
        matcher = re.compile(rf"^{re.escape(trigger.name)}(:|$)") if trigger.prefix else trigger.name
        getattr(app, trigger.kind)(matcher)(guarded(trigger.listener, services))
