"""Installing the app in a workspace, through Slack's OAuth: the page that leads to Slack, and the one that Slack leads
back to.

Bolt's flow does it. Each installation has a state, which is stored in the workspace database, so that any process can
go on with it; it is used once, within ten minutes, and by the browser that has its cookie.
"""

import asyncio
import json
import logging
import secrets
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import quote

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_bolt.error import BoltError
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.state_store import OAuthStateStore
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.client_limit import ClientLimit, client_of
from bot.references import with_reference
from bot.slack.api_errors import SLACK_ERRORS
from bot.slack.authorization import InstalledApp, InstalledOnly, WorkspaceAuthorize
from bot.slack.installations import WorkspaceInstallationStore
from bot.slack.views.install_pages import HEADERS, failed_page, installed_page, start_page
from bot.slack.workspaces import InstalledWorkspaces
from bot.storage.installations import Installations
from bot.storage.patience import patience
from bot.storage.transactions import DATABASE_UNAVAILABLE

log = logging.getLogger(__name__)
INSTALL_PATH, REDIRECT_PATH = "/slack/install", "/slack/oauth_redirect"
STATE_SECONDS = 600
MAX_QUERY_LENGTH = 2_000  # characters; what Slack sends is shorter
MAX_AT_ONCE = 4  # of each page, that are being made: one waits for the database, the other for Slack, too
MAX_TURN_SECONDS = 10.0  # that one waits until it is made
DATABASE_SECONDS = 5.0


class InstallSettings(NamedTuple):
    """What the flow needs of the settings."""

    client_id: str
    client_secret: str
    scopes: Sequence[str]
    redirect_uri: str | None  # None: the first one of the app's settings in Slack
    authorize_url: str


def scopes_of(manifest: str) -> list[str]:
    """The bot's scopes in the text of manifest.json."""
    scopes: list[str] = json.loads(manifest)["oauth_config"]["scopes"]["bot"]
    return scopes


def authorize_url(api_url: str) -> str:
    """Where Slack asks people, beside its Web API."""
    return api_url.removesuffix("api/") + "oauth/v2/authorize"


class FailedInstallation(Exception):
    """Slack, or this bot, did not finish an installation. `reason` is one of those in views/install_pages.py."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoredStates(OAuthStateStore):
    """The states of installations that were begun, in the workspace database."""

    def __init__(self, store: Installations, now: Callable[[], float]) -> None:
        self._store, self._now = store, now

    def issue(self, *args: object, **options: object) -> str:
        """A new state."""
        state = secrets.token_urlsafe(32)
        with patience(DATABASE_SECONDS):
            self._store.add_state(state, self._now() + STATE_SECONDS, self._now())
        return state

    def consume(self, state: str) -> bool:
        """Whether it is one, and is used for the first time."""
        with patience(DATABASE_SECONDS):
            return self._store.use_state(state, self._now())


class InstallFlow(OAuthFlow):
    """Bolt's flow with pages of our own, which say what went wrong."""

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:
        return start_page(url)

    def run_installation(self, code: str) -> Installation | None:
        """Exchange Slack's code for the workspace's tokens. Raises FailedInstallation, where Bolt's own would log the
        code and forget the reason.
        """
        try:
            answer = self.client.oauth_v2_access(
                code=code,
                client_id=self.settings.client_id,
                client_secret=self.settings.client_secret,
                redirect_uri=self.settings.redirect_uri,
            )
            token, team = str(answer.get("access_token") or ""), answer.get("team") or {}
            if answer.get("is_enterprise_install") or not team.get("id"):
                self._give_back(token)
                raise FailedInstallation("whole_organisation")
            bot = self.client.auth_test(token=token)
        except SlackApiError as error:
            log.warning("an installation failed: Slack answers %s", error.response.get("error"))
            raise FailedInstallation(str(error.response.get("error"))) from error
        except SLACK_ERRORS as error:
            log.warning("an installation failed: %s", type(error).__name__)
            raise FailedInstallation("unreachable") from error
        return Installation(
            app_id=answer.get("app_id"),
            enterprise_id=(answer.get("enterprise") or {}).get("id"),
            team_id=team.get("id"),
            team_name=team.get("name"),
            bot_token=token,
            bot_id=bot.get("bot_id"),
            bot_user_id=answer.get("bot_user_id"),
            bot_scopes=answer.get("scope") or "",
            bot_refresh_token=answer.get("refresh_token"),
            bot_token_expires_in=answer.get("expires_in"),
            user_id=(answer.get("authed_user") or {}).get("id") or "",
            token_type=answer.get("token_type"),
        )

    def _give_back(self, token: str) -> None:
        """A token that is not kept is good for nobody."""
        try:
            self.client.auth_revoke(token=token)
        except SLACK_ERRORS as error:
            log.warning("a token that is not kept could not be revoked: %s", type(error).__name__)


def build_installed_app(
    settings: InstallSettings,
    client: WebClient,
    workspaces: InstalledWorkspaces,
    store: Installations,
    now: Callable[[], float],
) -> InstalledApp:
    """What Bolt is given, with everything that it would otherwise take from files and the environment."""
    flow = InstallFlow(
        client=client,
        logger=logging.getLogger("slack_bolt.oauth"),  # its lines are those of a library
        settings=OAuthSettings(
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            scopes=list(settings.scopes),
            user_scopes=[],
            redirect_uri=settings.redirect_uri,
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
            authorization_url=settings.authorize_url,
            callback_options=CallbackOptions(success=_succeeded, failure=_failed),
            installation_store=WorkspaceInstallationStore(store, workspaces, now),
            installation_store_bot_only=True,
            state_store=StoredStates(store, now),
            state_expiration_seconds=STATE_SECONDS,
        ),
    )
    return InstalledApp(flow, WorkspaceAuthorize(workspaces), InstalledOnly(workspaces))


def _succeeded(args: SuccessArgs) -> BoltResponse:
    found = args.installation
    address = f"https://slack.com/app_redirect?app={quote(found.app_id or '')}&team={quote(found.team_id or '')}"
    cookie = args.settings.state_utils.build_set_cookie_for_deletion()
    page = installed_page(found.team_name or found.team_id or "", address)
    return BoltResponse(status=200, body=page, headers={"Set-Cookie": [cookie]})


def _failed(args: FailureArgs) -> BoltResponse:
    return _failure(args.reason, args.suggested_status_code)


def _failure(reason: str, status: int = 400) -> BoltResponse:
    return BoltResponse(status=status, body=failed_page(reason, INSTALL_PATH))


class InstallPages:
    """The two pages over HTTP. What fails leads to a page that says why, and to the start again."""

    def __init__(self, flow: OAuthFlow) -> None:
        self._flow, self._limit = flow, ClientLimit()
        self._begins, self._finishes = asyncio.Semaphore(MAX_AT_ONCE), asyncio.Semaphore(MAX_AT_ONCE)

    def routes(self) -> list[Route]:
        """For the app that serves Slack's requests."""
        return [
            Route(INSTALL_PATH, self._begin, methods=["GET"]),
            Route(REDIRECT_PATH, self._finish, methods=["GET"]),
        ]

    async def _begin(self, request: Request) -> Response:
        return await self._answer(request, self._begins, self._flow.handle_installation)

    async def _finish(self, request: Request) -> Response:
        return await self._answer(request, self._finishes, self._flow.handle_callback)

    async def _answer(
        self, request: Request, turns: asyncio.Semaphore, handle: Callable[[BoltRequest], BoltResponse]
    ) -> Response:
        with with_reference():
            if wait := self._limit.seconds_to_wait(client_of(request.scope)):
                answer = _failure("busy", 429)
                answer.headers["retry-after"] = [str(wait)]
            else:
                answer = await _in_turn(request, turns, handle)
        response = to_starlette_response(answer)
        response.headers.update(HEADERS)
        return response


async def _in_turn(
    request: Request, turns: asyncio.Semaphore, handle: Callable[[BoltRequest], BoltResponse]
) -> BoltResponse:
    try:
        async with asyncio.timeout(MAX_TURN_SECONDS):
            await turns.acquire()
    except TimeoutError:
        return _failure("busy", 503)
    try:
        return await run_in_threadpool(_handled, request, handle)
    finally:
        turns.release()


def _handled(request: Request, handle: Callable[[BoltRequest], BoltResponse]) -> BoltResponse:
    if len(request.url.query) > MAX_QUERY_LENGTH:
        return _failure("invalid_state")
    try:
        return handle(to_bolt_request(request, b""))
    except FailedInstallation as failure:
        return _failure(failure.reason)
    except BoltError:
        return _failure("whole_organisation")
    except DATABASE_UNAVAILABLE as error:
        log.warning("an installation could not be stored: %s", type(error).__name__)
        return _failure("database", 503)
