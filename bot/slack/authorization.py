"""Which workspace's token a request is answered with, where many installed the app: looked up in memory, and never
asked of Slack. A request of a workspace that is not served is told so.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from slack_bolt import BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_bolt.middleware import Middleware
from slack_bolt.oauth import OAuthFlow
from slack_sdk.webhook import WebhookClient

from bot.references import keep_reference
from bot.slack.api_errors import SLACK_ERRORS
from bot.slack.jobs import current_run
from bot.slack.overload import busy_response
from bot.slack.views.blocks import text_message
from bot.slack.views.errors import NOT_INSTALLED, NOT_STORED
from bot.slack.web_client import tls_context
from bot.slack.workspaces import InstalledWorkspaces
from bot.storage.transactions import DATABASE_UNAVAILABLE

log = logging.getLogger(__name__)
WITHOUT_TOKEN = ("app_uninstalled", "tokens_revoked")  # events of a workspace that has none any more
_telling = threading.BoundedSemaphore(4)  # people who are told at the same time


class WorkspaceAuthorize(Authorize):
    """Finds a request's workspace. A job, for which nobody waits, first has a token that expires soon replaced."""

    def __init__(self, workspaces: InstalledWorkspaces) -> None:
        self._workspaces = workspaces

    def __call__(
        self, *, context: BoltContext, enterprise_id: str | None, team_id: str | None, user_id: str | None, **_: Any
    ) -> AuthorizeResult | None:
        find = self._workspaces.fresh if current_run(context) else self._workspaces.find
        found = find(team_id or "")
        if found is None or found.tokens is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            team=found.team_name,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user_id,
            bot_token=found.tokens.bot,
            bot_scopes=list(found.scopes),
            user_id=user_id,
        )


class InstalledOnly(Middleware):
    """Lets only requests of workspaces that are served through. Bolt's own answer to the others would call Slack
    while Slack waits.
    """

    def __init__(self, workspaces: InstalledWorkspaces) -> None:
        self._workspaces = workspaces

    def process(self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]) -> BoltResponse | None:
        """Bolt's answer, or a sentence."""
        body, team = req.body, req.context.team_id
        if body.get("type") in ("url_verification", "ssl_check") or body.get("ssl_check"):
            return next()
        if (body.get("event") or {}).get("type") in WITHOUT_TOKEN:
            return next()
        try:
            is_served = self._workspaces.find(team or "") is not None
        except DATABASE_UNAVAILABLE as error:
            log.warning("%s cannot be looked up: %s", team, type(error).__name__)
            return busy_response(body, NOT_STORED)
        if is_served:
            return next()
        if body.get("type") == "event_callback":
            return BoltResponse(status=200, body="")  # brought again, it would be refused again
        if body.get("response_url") and "command" not in body and _telling.acquire(blocking=False):
            threading.Thread(target=keep_reference(_tell), args=(body["response_url"],), daemon=True).start()
        answer = busy_response(body, NOT_INSTALLED)
        return answer if answer.status == 200 else BoltResponse(status=200, body="")


class InstalledApp(NamedTuple):
    """What Bolt is given where workspaces install the app."""

    oauth_flow: OAuthFlow
    authorize: WorkspaceAuthorize
    before_authorize: InstalledOnly


def _tell(response_url: str) -> None:
    message = {**text_message(NOT_INSTALLED), "response_type": "ephemeral", "replace_original": False}
    try:
        WebhookClient(response_url, timeout=10, ssl=tls_context(), retry_handlers=[]).send_dict(message)
    except SLACK_ERRORS as error:
        log.info("somebody could not be told that the app is not installed: %s", type(error).__name__)
    finally:
        _telling.release()
