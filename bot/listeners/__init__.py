"""What Slack can trigger, in one table, and how it is put on a Bolt app."""

import re
from typing import NamedTuple

from slack_bolt import App

from bot.listeners import command, details, digest, direct_message, home, importing, link, meeting, mention, related, results, unfurling, watching, window
from bot.listeners.guard import Listener, Services, guarded
from bot.messages import actions, subscribing
from bot.messages.digest import AREA, FILTER, STOP, WATCH_TOPIC
from bot.messages.parts import WATCH


class Trigger(NamedTuple):
    """One thing that Slack sends, and the listener for it."""

    kind: str  # command, event, action, options, view or shortcut
    name: str
    listener: Listener
    prefix: bool = False  # the name is only the beginning of the action's id


TRIGGERS = (
    Trigger("command", "/halo", command.on_halo),
    Trigger("event", "app_mention", mention.on_mention),
    Trigger("event", "message", direct_message.on_direct_message),
    Trigger("event", "app_home_opened", home.on_home_opened),
    Trigger("event", "member_joined_channel", meeting.on_joined),
    Trigger("event", "link_shared", unfurling.on_link),
    Trigger("shortcut", actions.SEARCH_SHORTCUT, window.on_open),
    Trigger("shortcut", actions.RELATED_SHORTCUT, related.on_find_related),
    Trigger("action", WATCH, link.on_watch, prefix=True),
    Trigger("action", actions.PREVIOUS, results.on_page),
    Trigger("action", actions.NEXT, results.on_page),
    Trigger("action", actions.SHARE, results.on_share),
    Trigger("action", actions.DISMISS, results.on_dismiss),
    Trigger("action", actions.HELPFUL, results.on_feedback),
    Trigger("action", actions.NOT_HELPFUL, results.on_feedback),
    Trigger("action", actions.DETAILS, details.on_details, prefix=True),
    Trigger("action", actions.SHARE_ENTRY, details.on_share_entry),
    Trigger("action", actions.POST_IN_THREAD, related.on_post_in_thread, prefix=True),
    Trigger("action", actions.TELL_ME, watching.on_tell_me),
    Trigger("action", actions.WINDOW_TELL_ME, watching.on_tell_me),
    Trigger("action", actions.STOP_WATCH, watching.on_stop, prefix=True),
    Trigger("action", actions.REMOVE_WATCH, watching.on_remove, prefix=True),
    Trigger("action", actions.OPEN_WINDOW, window.on_open),
    Trigger("action", actions.TRY, window.on_try, prefix=True),
    Trigger("options", actions.WINDOW_ASK, window.on_typing),
    Trigger("action", actions.WINDOW_ASK, window.on_asked),
    Trigger("action", actions.WINDOW_VERSION, window.on_version),
    Trigger("action", actions.WINDOW_AREA, window.on_area),
    Trigger("action", actions.WINDOW_PREVIOUS, window.on_page),
    Trigger("action", actions.WINDOW_NEXT, window.on_page),
    Trigger("action", actions.HOME_PREVIOUS, home.on_page),
    Trigger("action", actions.HOME_NEXT, home.on_page),
    Trigger("action", actions.IMPORT, importing.on_confirmed),
    Trigger("action", actions.CANCEL_IMPORT, importing.on_cancelled),
    Trigger("action", AREA, digest.on_area, prefix=True),
    Trigger("action", FILTER, digest.on_change),
    Trigger("action", STOP, digest.on_stop),
    Trigger("action", WATCH_TOPIC, digest.on_watch_topic),
    Trigger("action", subscribing.ASK_ADMIN, digest.on_ask_admin),
    Trigger("view", subscribing.SUBSCRIBE_VIEW, digest.on_subscribe_window),
    Trigger("view", subscribing.WATCH_VIEW, digest.on_watch_window),
)

__all__ = ["TRIGGERS", "Services", "register"]


def register(app: App, services: Services) -> None:
    """Put every trigger of the table on the app, each behind the guard."""
    for trigger in TRIGGERS:
        matcher = re.compile(rf"^{re.escape(trigger.name)}(:|$)") if trigger.prefix else trigger.name
        getattr(app, trigger.kind)(matcher)(guarded(trigger.listener, services))
