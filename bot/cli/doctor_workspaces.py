"""What `halobot doctor` says where many workspaces are served: the settings, the key, and each workspace's token."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app import Application
    from bot.cli.doctor import Finding
    from bot.storage.installations import InstalledWorkspace

MAX_ASKED = 20  # workspaces of which Slack is asked whether it takes the token


def workspace_findings(application: Application) -> Iterator[Finding]:
    """The findings; nothing is changed. Raises SettingError for a setting that is missing or malformed."""
    from bot.cli.doctor import Finding
    from bot.digests.rights import ADMINS
    from bot.running import MANY_NEED

    settings = application.settings
    settings.need(*MANY_NEED)
    if settings.slack_bot_token:
        text = "SLACK_BOT_TOKEN is not used: many workspaces are served"
        yield Finding(False, text, "Install the app in its workspace from /slack/install, then remove it.", False)
    if unscoped := [name for name in settings.admins if ":" not in name and name != ADMINS]:
        yield Finding(
            False,
            f"HALO_ADMINS names {', '.join(unscoped)} without a workspace: they may do nothing in any",
            "Write each as T…:U…; the workspace's id is in the address of Slack in a browser.",
        )
    found = application.stores.installations.all()
    live = [one for one in found if one.readability == "live"]
    ended = sum(one.readability == "ended" for one in found)
    yield Finding(
        bool(live),
        f"{len(live)} workspaces are served, {ended} are not installed any more",
        "Open /slack/install at the bot's address, and choose a workspace.",
        required=False,
    )
    for one in found:
        if one.readability == "unreadable":
            yield Finding(
                False,
                f"No key of HALO_ENCRYPTION_KEY fits the tokens of {one.team}",
                "Put the former key back after the new one and a comma, or let the workspace install the app again.",
            )
    if len({one.key_id for one in live}) > 1:
        yield Finding(
            False, "Some tokens are encrypted by an older key", "Run `halobot workspaces --reencrypt`.", required=False
        )
    yield from _refused(application, live)


def _refused(application: Application, live: list[InstalledWorkspace]) -> Iterator[Finding]:
    """What Slack says to the tokens of the workspaces that were installed last."""
    from slack_sdk.errors import SlackApiError

    from bot.cli.doctor import Finding

    newest = sorted(live, key=lambda one: -one.installed_at)[:MAX_ASKED]
    try:
        for one in newest:
            try:
                application.slack_client.auth_test(token=one.tokens.bot if one.tokens else "")
            except SlackApiError as error:
                text = f"Slack refuses the token of {one.team}: {error.response.get('error')}"
                yield Finding(False, text, "It is paused at the token's next use, and has to install the app again.")
    except OSError as error:
        address = application.settings.slack_api_url
        yield Finding(False, f"Slack cannot be reached at {address} ({error})", "Check the network and SLACK_API_URL.")
