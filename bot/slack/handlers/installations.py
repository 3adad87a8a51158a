"""Slack says that the app was removed from a workspace, or that its tokens were revoked: in either order, perhaps
twice, perhaps long after it was installed again.
"""

from slack_bolt import Args

from bot.slack.error_boundary import Services
from bot.slack.jobs import RetryLaterError

REMOVED = "the app was removed from the workspace"
REVOKED = "its tokens were revoked"


def on_uninstalled(args: Args, services: Services) -> None:
    """The app was removed."""
    _end(args, services, REMOVED)


def on_tokens_revoked(args: Args, services: Services) -> None:
    """Tokens were revoked; only the bot's count, as the app has none of people."""
    tokens = args.body.get("event", {}).get("tokens") or {}
    if tokens.get("bot"):
        _end(args, services, REVOKED)


def _end(args: Args, services: Services, reason: str) -> None:
    if services.workspaces is None:
        return
    if services.team_catalogs:  # it is made again when the app is installed again and asked
        services.team_catalogs.close(args.context.team_id or "")
    try:
        services.workspaces.uninstalled(args.context.team_id or "", reason)
    except OSError as error:
        raise RetryLaterError(f"Slack does not say whether the app is installed ({error})") from error
