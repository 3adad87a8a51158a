"""The routes: everything that Slack sends, in one table, and the listener for it.

Most things are jobs: they are stored in the inbox, acknowledged and then done (`bot/slack/jobs.py`). What is answered
in its acknowledgement waits for nothing but memory and the catalogue.

To answer something new (a button, a menu, a modal, an event), write a listener `(args, services) -> None` in
`bot/slack/handlers/` and add a row to `ROUTES`; the id of a button or menu belongs in `views/action_ids.py`. A new verb
is no route: see `bot/slack/verbs.py`.
"""

import logging
import re
import secrets
from collections.abc import Callable
from typing import Any, NamedTuple

from slack_bolt import App, Args, BoltResponse
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import SlackError
from bot.slack.authorization import InstalledApp
from bot.slack.error_boundary import Listener, Services, with_error_boundary
from bot.slack.executor import InlineExecutor
from bot.slack.handlers import (
    answer_buttons,
    digest_cards,
    digests,
    entry_modal,
    export,
    forgetting,
    home,
    imports,
    installations,
    messages,
    onboarding,
    phrasings,
    related_modal,
    search,
    search_modal,
    slash_command,
    unfurls,
    watches,
)
from bot.slack.job_intake import delivery_key, take
from bot.slack.jobs import JobRunner, current_run
from bot.slack.startup import refused_token
from bot.slack.views import action_ids, subscription_modal
from bot.slack.views import digest_cards as cards
from bot.slack.views.action_ids import EPISODE_LINK
from bot.slack.views.digest_proposals import CONFIRM_ADD, CONFIRM_CHANGE, CONFIRM_PAUSE
from bot.slack.views.digests import AREA_ACTION, CHANGE_ACTION, MANAGE_ACTION, STOP_ACTION, WATCH_TOPIC_ACTION

MAX_STOP_SECONDS = 4.0  # for jobs that were begun when the process is told to end


class Route(NamedTuple):
    """One thing that Slack sends, and the listener for it. The error boundary is put around it here, not there."""

    kind: str  # command, event, action, options, view or shortcut
    name: str
    listener: Listener
    is_prefix: bool = False  # action ids begin with the name and go on with `:` and what the button is about
    in_ack: bool = False  # answered in its acknowledgement; the listener may hand it to the inbox
    shows_only: bool = False  # a modal or a page: not stored, as people can ask for it again
    key: Callable[[dict[str, Any]], str] = delivery_key  # what tells a second delivery


ROUTES = (
    Route("command", "/halo", slash_command.on_slash_command, in_ack=True),
    Route("event", "app_mention", messages.on_mention, key=messages.message_key),
    Route("event", "message", messages.on_direct_message, key=messages.message_key),
    Route("event", "app_home_opened", home.on_home_opened, shows_only=True),
    Route("event", "member_joined_channel", onboarding.on_channel_joined),
    Route("event", "link_shared", unfurls.on_link_shared),
    Route("event", "app_uninstalled", installations.on_uninstalled),
    Route("event", "tokens_revoked", installations.on_tokens_revoked),
    Route("shortcut", action_ids.SEARCH_SHORTCUT, search_modal.on_open, shows_only=True),
    Route("shortcut", action_ids.RELATED_SHORTCUT, related_modal.on_find_related, shows_only=True),
    Route("action", EPISODE_LINK, unfurls.on_link_clicked, is_prefix=True, in_ack=True),
    Route("action", action_ids.PREVIOUS, answer_buttons.on_page, shows_only=True),
    Route("action", action_ids.NEXT, answer_buttons.on_page, shows_only=True),
    Route("action", action_ids.SHARE, answer_buttons.on_share),
    Route("action", action_ids.EXPORT, export.on_export),
    Route("action", action_ids.DISMISS, answer_buttons.on_dismiss, shows_only=True),
    Route("action", action_ids.HELPFUL, answer_buttons.on_feedback),
    Route("action", action_ids.NOT_HELPFUL, answer_buttons.on_feedback),
    Route("action", action_ids.DETAILS, entry_modal.on_details, is_prefix=True, shows_only=True),
    Route("action", action_ids.SHARE_ENTRY, entry_modal.on_share_entry),
    Route("action", action_ids.POST_IN_THREAD, related_modal.on_post_in_thread, is_prefix=True),
    Route("action", action_ids.TELL_ME, watches.on_watch_clicked),
    Route("action", action_ids.SEARCH_TELL_ME, watches.on_watch_clicked),
    Route("action", action_ids.STOP_WATCH, watches.on_stop_watch, is_prefix=True),
    Route("action", action_ids.REMOVE_WATCH, watches.on_remove_watch, is_prefix=True),
    Route("action", action_ids.STOP_ALL_WATCHES, watches.on_stop_all),
    Route("action", action_ids.FORGET_ME, forgetting.on_confirmed),
    Route("action", action_ids.HELP_GROUP, search.on_help_group, is_prefix=True, shows_only=True),
    Route("action", action_ids.OPEN_SEARCH, search_modal.on_open, shows_only=True),
    Route("action", action_ids.TRY_EXAMPLE, search_modal.on_example_clicked, is_prefix=True, shows_only=True),
    Route("options", action_ids.SEARCH_BOX, search_modal.on_suggest, in_ack=True),
    Route("action", action_ids.SEARCH_BOX, search_modal.on_suggestion_chosen, shows_only=True),
    Route("action", action_ids.SEARCH_VERSION, search_modal.on_version_chosen, shows_only=True),
    Route("action", action_ids.SEARCH_AREA, search_modal.on_area_chosen, shows_only=True),
    Route("action", action_ids.SEARCH_PREVIOUS, search_modal.on_page, shows_only=True),
    Route("action", action_ids.SEARCH_NEXT, search_modal.on_page, shows_only=True),
    Route("action", action_ids.HOME_PREVIOUS, home.on_page, shows_only=True),
    Route("action", action_ids.HOME_NEXT, home.on_page, shows_only=True),
    Route("action", action_ids.CONFIRM_IMPORT, imports.on_confirmed),
    Route("action", action_ids.CANCEL_IMPORT, imports.on_cancelled, shows_only=True),
    Route("action", action_ids.ACCEPT_PHRASING, phrasings.on_accept, is_prefix=True),
    Route("action", action_ids.DISMISS_PHRASING, phrasings.on_dismiss, is_prefix=True),
    Route("action", AREA_ACTION, digests.on_area, is_prefix=True, shows_only=True),
    Route("action", CHANGE_ACTION, digests.on_change, shows_only=True),
    Route("action", STOP_ACTION, digests.on_stop),
    Route("action", MANAGE_ACTION, digests.on_manage, shows_only=True),
    Route("action", cards.EDIT, digest_cards.on_edit, is_prefix=True, shows_only=True),
    Route("action", cards.PAUSE, digest_cards.on_pause, is_prefix=True),
    Route("action", cards.PAUSE_FOR, digest_cards.on_pause_for, is_prefix=True),
    Route("action", cards.PAUSE_UNTIL, digest_cards.on_pause_until, is_prefix=True),
    Route("action", cards.RESUME, digest_cards.on_resume, is_prefix=True),
    Route("action", cards.PREVIEW, digest_cards.on_preview, is_prefix=True, shows_only=True),
    Route("action", cards.REMOVE, digest_cards.on_remove, is_prefix=True),
    Route("action", cards.UNDO, digest_cards.on_undo, is_prefix=True),
    Route("action", cards.PAGE_ACTION, digest_cards.on_page, is_prefix=True, shows_only=True),
    Route("action", cards.ADD_ACTION, digest_cards.on_add, shows_only=True),
    Route("action", CONFIRM_CHANGE, digest_cards.on_confirm_change, is_prefix=True),
    Route("action", CONFIRM_ADD, digest_cards.on_confirm_add),
    Route("action", CONFIRM_PAUSE, digest_cards.on_confirm_pause, is_prefix=True),
    Route("action", WATCH_TOPIC_ACTION, digests.on_watch_topic, shows_only=True),
    Route("action", subscription_modal.ASK_ADMIN_ACTION, digests.on_ask_admin),
    *(Route("action", name, digests.on_form_changed, shows_only=True) for name in subscription_modal.FORM_INPUTS),
    Route("view", subscription_modal.SUBSCRIBE_VIEW, digests.on_subscription_submitted, in_ack=True),
    Route("view", subscription_modal.WATCH_VIEW, digests.on_watch_submitted, in_ack=True),
)


def build_app(
    client: WebClient, signing_secret: str | None, services: Services, installed: InstalledApp | None = None
) -> App:
    """The Bolt app with every route on it; shutting its executor down ends what runs beside it. Without `installed` it
    serves the one workspace of the client's token.

    Raises SlackError when Slack refuses that token or cannot be reached.
    """
    # Bolt also finds SLACK_BOT_TOKEN in the environment, and warns that it doesn't need it.
    logging.getLogger("slack_bolt.App").addFilter(lambda r: "`token` will be unused" not in r.getMessage())
    try:
        app = App(
            client=client,
            name="halobot",  # otherwise Bolt reads the source of the whole stack to find one
            # Socket Mode needs no secret, but Bolt wants one: a random one lets no HTTP request in.
            signing_secret=signing_secret or secrets.token_hex(16),
            raise_error_for_unhandled_request=False,
            listener_executor=InlineExecutor(lambda: _stop(services)),
            **(installed._asdict() if installed else {}),
        )
    except (BoltError, SlackApiError) as error:
        code = error.response.get("error", "no answer") if isinstance(error, SlackApiError) else None
        raise refused_token("SLACK_BOT_TOKEN", code or str(error).splitlines()[0]) from error
    except OSError as error:
        raise SlackError(f"Slack cannot be reached ({error}). Check the network and SLACK_API_URL.") from error
    register_routes(app, services)
    services.jobs.start(app.dispatch)
    return app


def _stop(services: Services) -> None:
    services.jobs.stop(MAX_STOP_SECONDS)
    services.command_answers.close()


def register_routes(app: App, services: Services) -> None:
    """Put every route on the app, each inside the error boundary."""
    for route in ROUTES:
        matcher = re.compile(rf"^{re.escape(route.name)}(:|$)") if route.is_prefix else route.name
        middleware = [] if route.in_ack else [_into_inbox(route, services.jobs)]
        getattr(app, route.kind)(matcher, middleware=middleware)(with_error_boundary(route.listener, services))


def _into_inbox(route: Route, jobs: JobRunner) -> Callable[[Args], BoltResponse | None]:
    """A middleware that stores what Slack delivers, and lets the listener work once it is a job's turn."""

    def store(args: Args) -> BoltResponse | None:
        if current_run(args.context):
            args.next()
            return None
        return take(args, jobs, route.key(args.body), is_stored=not route.shows_only)

    return store
