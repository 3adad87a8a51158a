"""The routes: everything that Slack sends, in one table, and the listener for it.

To answer something new (a button, a menu, a modal, an event), write a listener `(args, services) -> None` in
`bot/slack/handlers/` and add a row to `ROUTES`; the id of a button or menu belongs in `views/action_ids.py`. A new verb
is no route: see `bot/slack/verbs.py`.
"""

import re
from typing import NamedTuple

from slack_bolt import App

from bot.slack.error_boundary import Listener, Services, on_first_delivery, with_error_boundary
from bot.slack.handlers import (
    answer_buttons,
    digests,
    entry_modal,
    export,
    home,
    imports,
    messages,
    onboarding,
    phrasings,
    related_modal,
    search_modal,
    slash_command,
    unfurls,
    watches,
)
from bot.slack.views import action_ids, subscription_modal
from bot.slack.views.action_ids import EPISODE_LINK
from bot.slack.views.digests import AREA_ACTION, CHANGE_ACTION, STOP_ACTION, WATCH_TOPIC_ACTION


class Route(NamedTuple):
    """One thing that Slack sends, and the listener for it. The error boundary is put around it here, not there."""

    kind: str  # command, event, action, options, view or shortcut
    name: str
    listener: Listener
    is_prefix: bool = False  # action ids begin with the name and go on with `:` and what the button is about
    once: bool = False  # what it posts or counts must not happen again when Slack delivers the same press twice


ROUTES = (
    Route("command", "/halo", slash_command.on_slash_command),
    Route("event", "app_mention", messages.on_mention),
    Route("event", "message", messages.on_direct_message),
    Route("event", "app_home_opened", home.on_home_opened),
    Route("event", "member_joined_channel", onboarding.on_channel_joined),
    Route("event", "link_shared", unfurls.on_link_shared),
    Route("shortcut", action_ids.SEARCH_SHORTCUT, search_modal.on_open),
    Route("shortcut", action_ids.RELATED_SHORTCUT, related_modal.on_find_related),
    Route("action", EPISODE_LINK, unfurls.on_link_clicked, is_prefix=True),
    Route("action", action_ids.PREVIOUS, answer_buttons.on_page),
    Route("action", action_ids.NEXT, answer_buttons.on_page),
    Route("action", action_ids.SHARE, answer_buttons.on_share, once=True),
    Route("action", action_ids.EXPORT, export.on_export, once=True),
    Route("action", action_ids.DISMISS, answer_buttons.on_dismiss),
    Route("action", action_ids.HELPFUL, answer_buttons.on_feedback, once=True),
    Route("action", action_ids.NOT_HELPFUL, answer_buttons.on_feedback, once=True),
    Route("action", action_ids.DETAILS, entry_modal.on_details, is_prefix=True),
    Route("action", action_ids.SHARE_ENTRY, entry_modal.on_share_entry, once=True),
    Route("action", action_ids.POST_IN_THREAD, related_modal.on_post_in_thread, is_prefix=True, once=True),
    Route("action", action_ids.TELL_ME, watches.on_watch_clicked, once=True),
    Route("action", action_ids.SEARCH_TELL_ME, watches.on_watch_clicked, once=True),
    Route("action", action_ids.STOP_WATCH, watches.on_stop_watch, is_prefix=True),
    Route("action", action_ids.REMOVE_WATCH, watches.on_remove_watch, is_prefix=True),
    Route("action", action_ids.OPEN_SEARCH, search_modal.on_open),
    Route("action", action_ids.TRY_EXAMPLE, search_modal.on_example_clicked, is_prefix=True),
    Route("options", action_ids.SEARCH_BOX, search_modal.on_suggest),
    Route("action", action_ids.SEARCH_BOX, search_modal.on_suggestion_chosen),
    Route("action", action_ids.SEARCH_VERSION, search_modal.on_version_chosen),
    Route("action", action_ids.SEARCH_AREA, search_modal.on_area_chosen),
    Route("action", action_ids.SEARCH_PREVIOUS, search_modal.on_page),
    Route("action", action_ids.SEARCH_NEXT, search_modal.on_page),
    Route("action", action_ids.HOME_PREVIOUS, home.on_page),
    Route("action", action_ids.HOME_NEXT, home.on_page),
    Route("action", action_ids.CONFIRM_IMPORT, imports.on_confirmed, once=True),
    Route("action", action_ids.CANCEL_IMPORT, imports.on_cancelled),
    Route("action", action_ids.ACCEPT_PHRASING, phrasings.on_accept, is_prefix=True),
    Route("action", action_ids.DISMISS_PHRASING, phrasings.on_dismiss, is_prefix=True),
    Route("action", AREA_ACTION, digests.on_area, is_prefix=True),
    Route("action", CHANGE_ACTION, digests.on_change),
    Route("action", STOP_ACTION, digests.on_stop),
    Route("action", WATCH_TOPIC_ACTION, digests.on_watch_topic),
    Route("action", subscription_modal.ASK_ADMIN_ACTION, digests.on_ask_admin, once=True),
    Route("view", subscription_modal.SUBSCRIBE_VIEW, digests.on_subscription_submitted, once=True),
    Route("view", subscription_modal.WATCH_VIEW, digests.on_watch_submitted, once=True),
)


def register_routes(app: App, services: Services) -> None:
    """Put every route on the app, each inside the error boundary."""
    for route in ROUTES:
        matcher = re.compile(rf"^{re.escape(route.name)}(:|$)") if route.is_prefix else route.name
        listener = on_first_delivery(route.listener) if route.once else route.listener
        getattr(app, route.kind)(matcher)(with_error_boundary(listener, services))
