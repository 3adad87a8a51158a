"""What Slack can trigger, in one table, and how it is put on a Bolt app."""

import re
from typing import NamedTuple

from slack_bolt import App

from bot.slack.error_boundary import Listener, Services, guarded
from bot.slack.handlers import (
    answer_buttons,
    digests,
    direct_message,
    entry_modal,
    home,
    imports,
    link,
    mention,
    onboarding,
    related_modal,
    search_modal,
    slash_command,
    unfurls,
    watches,
)
from bot.slack.views import action_ids, subscription_modal
from bot.slack.views.blocks import WATCH
from bot.slack.views.digests import AREA, FILTER, STOP, WATCH_TOPIC


class Trigger(NamedTuple):
    """One thing that Slack sends, and the listener for it."""

    kind: str  # command, event, action, options, view or shortcut
    name: str
    listener: Listener
    prefix: bool = False  # the name is only the beginning of the action's id


TRIGGERS = (
    Trigger("command", "/halo", slash_command.on_halo),
    Trigger("event", "app_mention", mention.on_mention),
    Trigger("event", "message", direct_message.on_direct_message),
    Trigger("event", "app_home_opened", home.on_home_opened),
    Trigger("event", "member_joined_channel", onboarding.on_joined),
    Trigger("event", "link_shared", unfurls.on_link),
    Trigger("shortcut", action_ids.SEARCH_SHORTCUT, search_modal.on_open),
    Trigger("shortcut", action_ids.RELATED_SHORTCUT, related_modal.on_find_related),
    Trigger("action", WATCH, link.on_watch, prefix=True),
    Trigger("action", action_ids.PREVIOUS, answer_buttons.on_page),
    Trigger("action", action_ids.NEXT, answer_buttons.on_page),
    Trigger("action", action_ids.SHARE, answer_buttons.on_share),
    Trigger("action", action_ids.DISMISS, answer_buttons.on_dismiss),
    Trigger("action", action_ids.HELPFUL, answer_buttons.on_feedback),
    Trigger("action", action_ids.NOT_HELPFUL, answer_buttons.on_feedback),
    Trigger("action", action_ids.DETAILS, entry_modal.on_details, prefix=True),
    Trigger("action", action_ids.SHARE_ENTRY, entry_modal.on_share_entry),
    Trigger("action", action_ids.POST_IN_THREAD, related_modal.on_post_in_thread, prefix=True),
    Trigger("action", action_ids.TELL_ME, watches.on_tell_me),
    Trigger("action", action_ids.WINDOW_TELL_ME, watches.on_tell_me),
    Trigger("action", action_ids.STOP_WATCH, watches.on_stop, prefix=True),
    Trigger("action", action_ids.REMOVE_WATCH, watches.on_remove, prefix=True),
    Trigger("action", action_ids.OPEN_WINDOW, search_modal.on_open),
    Trigger("action", action_ids.TRY, search_modal.on_try, prefix=True),
    Trigger("options", action_ids.WINDOW_ASK, search_modal.on_typing),
    Trigger("action", action_ids.WINDOW_ASK, search_modal.on_asked),
    Trigger("action", action_ids.WINDOW_VERSION, search_modal.on_version),
    Trigger("action", action_ids.WINDOW_AREA, search_modal.on_area),
    Trigger("action", action_ids.WINDOW_PREVIOUS, search_modal.on_page),
    Trigger("action", action_ids.WINDOW_NEXT, search_modal.on_page),
    Trigger("action", action_ids.HOME_PREVIOUS, home.on_page),
    Trigger("action", action_ids.HOME_NEXT, home.on_page),
    Trigger("action", action_ids.IMPORT, imports.on_confirmed),
    Trigger("action", action_ids.CANCEL_IMPORT, imports.on_cancelled),
    Trigger("action", AREA, digests.on_area, prefix=True),
    Trigger("action", FILTER, digests.on_change),
    Trigger("action", STOP, digests.on_stop),
    Trigger("action", WATCH_TOPIC, digests.on_watch_topic),
    Trigger("action", subscription_modal.ASK_ADMIN, digests.on_ask_admin),
    Trigger("view", subscription_modal.SUBSCRIBE_VIEW, digests.on_subscribe_window),
    Trigger("view", subscription_modal.WATCH_VIEW, digests.on_watch_window),
)

__all__ = ["TRIGGERS", "Services", "register"]


def register(app: App, services: Services) -> None:
    """Put every trigger of the table on the app, each behind the guard."""
    for trigger in TRIGGERS:
        matcher = re.compile(rf"^{re.escape(trigger.name)}(:|$)") if trigger.prefix else trigger.name
        getattr(app, trigger.kind)(matcher)(guarded(trigger.listener, services))
