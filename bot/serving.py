"""Whom the bot serves: from the settings, the clients for Slack, the workspaces, and what Bolt needs so that workspaces
can install the app.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.settings import Settings, shipped_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.slack.authorization import InstalledApp
    from bot.slack.web_client import BoundedWebClient
    from bot.slack.workspaces import Workspaces
    from bot.storage.installations import Installations


def build_client(settings: Settings, on_rate_limited: Callable[[], object]) -> BoundedWebClient:
    """Slack's Web API for answers. It waits when Slack says so, which `on_rate_limited` is told; a lost connection is
    never retried, as that could post twice. With many workspaces it has no token.
    """
    from bot.slack.retry import RateLimitRetryHandler
    from bot.slack.web_client import BoundedWebClient

    retry = [RateLimitRetryHandler(max_retry_count=2)]
    client = BoundedWebClient(_token(settings), base_url=settings.slack_api_url, timeout=10, retry_handlers=retry)
    client.on_rate_limited = on_rate_limited
    return client


def build_workspaces(
    settings: Settings,
    client: BoundedWebClient,
    post_timeout: float,
    installations: Callable[[], Installations],
    now: Callable[[], float],
) -> Workspaces:
    """The one of SLACK_BOT_TOKEN, or with SLACK_CLIENT_ID those that installed the app. `post_timeout` is that of the
    client for digests, which retries nothing: the publisher waits by itself, and looks before it posts again.

    Raises SettingError where one of the settings for many workspaces is missing.
    """
    from bot.slack.web_client import BoundedWebClient
    from bot.slack.workspaces import InstalledWorkspaces, OneWorkspace

    for_digests = BoundedWebClient(
        _token(settings), base_url=settings.slack_api_url, timeout=post_timeout, retry_handlers=[]
    )
    for_digests.on_rate_limited = client.on_rate_limited
    if not settings.many_workspaces:
        return OneWorkspace(client, for_digests)
    settings.need("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "HALO_ENCRYPTION_KEY")
    app = settings.slack_client_id or "", settings.slack_client_secret or ""
    return InstalledWorkspaces(installations(), (client, for_digests), app, now)


def build_installed_app(
    settings: Settings,
    client: BoundedWebClient,
    workspaces: Workspaces,
    installations: Callable[[], Installations],
    now: Callable[[], float],
) -> InstalledApp | None:
    """What Bolt needs so that workspaces can install the app; None for the one of SLACK_BOT_TOKEN."""
    from bot.slack import oauth
    from bot.slack.workspaces import InstalledWorkspaces

    if not isinstance(workspaces, InstalledWorkspaces):
        return None
    app = oauth.InstallSettings(
        settings.slack_client_id or "",
        settings.slack_client_secret or "",
        oauth.scopes_of(shipped_path("manifest.json").read_text(encoding="utf-8")),
        settings.public_url and settings.public_url + oauth.REDIRECT_PATH,
        oauth.authorize_url(settings.slack_api_url),
    )
    return oauth.build_installed_app(app, client, workspaces, installations(), now)


def _token(settings: Settings) -> str | None:
    return None if settings.many_workspaces else settings.slack_bot_token
