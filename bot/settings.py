"""The only reader of the environment and of `.env`. One table says every setting's name, default and what it is for."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from dotenv import dotenv_values

from bot.errors import SettingError

ADMINS = "ADMINS"  # in HALO_ADMINS: the admins of the Slack workspace
PROJECT = Path(__file__).resolve().parent.parent


class Setting(NamedTuple):
    """One line of the table. `looks_like` is a pattern that the value has to match, `example` what the person is
    shown.
    """

    name: str
    default: str
    help: str
    looks_like: str = ".+"
    example: str = ""
    secret: bool = False


TABLE = (
    Setting("SLACK_BOT_TOKEN", "", "Bot token: OAuth & Permissions, after installing the app", r"xox[be]\S{5,}", "xoxb-…", True),
    Setting("SLACK_APP_TOKEN", "", "App-level token with connections:write, for Socket Mode: Basic Information", r"xapp-\S{3,}", "xapp-…", True),
    Setting("SLACK_SIGNING_SECRET", "", "Signing secret, for HTTP only: Basic Information", r"\S{8,}", "32 letters and digits", True),
    Setting("SLACK_API_URL", "https://slack.com/api/", "Slack's Web API; another address for a Slack-like server", r"https?://\S+", "https://slack.com/api/"),
    Setting("HALO_CATALOG", "data/catalog.db", "The catalogue database: a file, made when it is missing"),
    Setting("HALO_SEEDS", "seeds", "The folder with the shipped entries; 'none' starts with an empty catalogue"),
    Setting(
        "HALO_WORKSPACE_URL", "sqlite:///data/workspace.db", "The team's own database, as an SQLAlchemy address",
        r"(sqlite|postgresql(\+psycopg)?)://\S*",
        "sqlite:///data/workspace.db or postgresql+psycopg://user:password@host/halobot",
        True,
    ),
    Setting(
        "HALO_SOURCES", "",
        "What is watched for new versions: addresses, files or folders, each with how often, separated by semicolons",
        r"(?s).*\S.*", "https://example.com/feed.xml every 6h; drop-folder every 15m",
    ),
    Setting(
        "HALO_API_URL", "", "Your Halo tenant, whose release notes are read (unproven: see `halobot sources probe`)",
        r"https?://\S+", "https://acme.halopsa.com",
    ),
    Setting("HALO_API_CLIENT_ID", "", "Client ID of an API application: Configuration > Integrations > Halo API", r"\S{4,}", "a client ID from Halo", True),
    Setting("HALO_API_CLIENT_SECRET", "", "Client secret of the same API application", r"\S{4,}", "a client secret from Halo", True),
    Setting(
        "HALO_ADMINS", "",
        "Who may set up and change digests (empty: everyone) and import from Slack (empty: nobody): people's ids, "
        "or 'admins' for the workspace's admins",
        r"(?i:admins|[UW][A-Z0-9]{2,})(\s*[,;\s]\s*(?i:admins|[UW][A-Z0-9]{2,}))*", "admins, U012ABCDEF",
    ),
    Setting("HALO_POST_PER_MINUTE", "300", "How many digest messages are posted into a workspace in a minute at most", r"[1-9]\d{0,4}", "300"),
    Setting(
        "HALO_UNSETTLED", "leave",
        "A post that may have arrived, where the channel's history cannot be read: 'leave' it and tell its owner, "
        "or post it 'again' at the risk of twice", r"leave|again", "leave",
    ),
    Setting(
        "HALO_UNFURL_DOMAINS", "",
        "Whose links become cards: domains; empty: those of the episodes' pages; 'none': no links at all",
        r"(?i:none|[a-z0-9-]+(\.[a-z0-9-]+)+(\s*[,;\s]\s*[a-z0-9-]+(\.[a-z0-9-]+)+)*)",
        "risingtidegroup.net, halopsa.com",
    ),
    Setting("HALO_BOOM", "", "1 lets `/halo boom` fail on purpose, to prove that failures are told and logged", r"[01]", "1"),
    Setting("HALO_PLAYGROUND_PORT", "", "The port of the page to try it without Slack; empty: 3123, or the next free one", r"[1-9]\d{0,4}", "3123"),
    Setting("HALO_LOG_LEVEL", "INFO", "How much is logged to standard error", r"DEBUG|INFO|WARNING|ERROR", "INFO"),
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """Checked settings. Secrets are not in its repr, so that no log can show them."""

    slack_api_url: str
    catalog: Path
    seeds: Path | None
    workspace_url: str = field(repr=False)  # may hold a password
    log_level: str = "INFO"
    halo_sources: str = ""
    halo_api_url: str | None = None
    halo_api_client_id: str | None = field(default=None, repr=False)
    halo_api_client_secret: str | None = field(default=None, repr=False)
    slack_bot_token: str | None = field(default=None, repr=False)
    slack_app_token: str | None = field(default=None, repr=False)
    slack_signing_secret: str | None = field(default=None, repr=False)
    admins: tuple[str, ...] = ()  # people's ids, and ADMINS for the workspace's own; empty: everyone
    post_per_minute: int = 300
    unsettled: Literal["leave", "again"] = "leave"
    unfurl_domains: tuple[str, ...] | None = None  # None: those of the episodes' pages; empty: none
    boom: bool = False
    playground_port: int | None = None  # None: the usual one, or the next that is free

    @property
    def connected(self) -> bool:
        """Whether any of Slack's tokens is set: the operator means to connect."""
        return bool(self.slack_bot_token or self.slack_app_token)

    def need(self, *names: str) -> None:
        """Raise SettingError unless these are set, naming the first one missing, what it looks like and where it is
        found.
        """
        for setting in TABLE:
            place = "in your Slack app under" if setting.name.startswith("SLACK_") else "as"
            if setting.name in names and not getattr(self, setting.name.lower(), None):
                raise SettingError(
                    f"{setting.name} is not set. It looks like {setting.example}; find it {place} “{setting.help}”. Put it in .env."
                )


def read_settings(environment: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Settings:
    """Settings from the environment, then `.env` (the environment wins). Raises SettingError for a malformed one."""
    environment = os.environ if environment is None else environment
    path = dotenv or path_of(environment.get("HALO_ENV_FILE") or ".env")
    try:
        from_file = (
            {name: value or "" for name, value in dotenv_values(path, interpolate=False, encoding="utf-8-sig").items()}
            if path.is_file()
            else {}
        )
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"{path} cannot be read ({error}). It has to be a text file with NAME=value lines."
        ) from error
    values = {setting.name: _value(setting, {**from_file, **environment}) for setting in TABLE}
    return Settings(
        slack_api_url=values["SLACK_API_URL"].rstrip("/") + "/",
        catalog=path_of(values["HALO_CATALOG"]),
        seeds=None if values["HALO_SEEDS"].lower() == "none" else path_of(values["HALO_SEEDS"]),
        workspace_url=_workspace_url(values["HALO_WORKSPACE_URL"]),
        log_level=values["HALO_LOG_LEVEL"],
        halo_sources=values["HALO_SOURCES"],
        halo_api_url=values["HALO_API_URL"].rstrip("/") or None,
        halo_api_client_id=values["HALO_API_CLIENT_ID"] or None,
        halo_api_client_secret=values["HALO_API_CLIENT_SECRET"] or None,
        slack_bot_token=values["SLACK_BOT_TOKEN"] or None,
        slack_app_token=values["SLACK_APP_TOKEN"] or None,
        slack_signing_secret=values["SLACK_SIGNING_SECRET"] or None,
        admins=tuple(dict.fromkeys(name.upper() for name in re.split(r"[,;\s]+", values["HALO_ADMINS"]) if name)),
        post_per_minute=int(values["HALO_POST_PER_MINUTE"]),
        unsettled="again" if values["HALO_UNSETTLED"] == "again" else "leave",
        unfurl_domains=_domains(values["HALO_UNFURL_DOMAINS"]),
        boom=values["HALO_BOOM"] == "1",
        playground_port=int(values["HALO_PLAYGROUND_PORT"]) if values["HALO_PLAYGROUND_PORT"] else None,
    )


def _value(setting: Setting, values: Mapping[str, str]) -> str:
    value = values.get(setting.name, "").strip()
    if not value:
        return setting.default
    if not re.fullmatch(setting.looks_like, value):
        shown = "The value" if setting.secret else f"“{value[:60]}”"
        raise SettingError(f"{setting.name} is malformed. {shown} should look like {setting.example} ({setting.help}).")
    return value


def path_of(text: str) -> Path:
    """Relative paths are meant from the project's folder, wherever the command is run."""
    if "\0" in text:
        raise SettingError("A path in the settings has a null character in it.")
    try:
        return PROJECT / Path(text).expanduser()
    except RuntimeError as error:
        raise SettingError(
            f"The path “{text[:60]}” in the settings names a home folder that is not there. Write the path in full."
        ) from error


def _domains(text: str) -> tuple[str, ...] | None:
    found = tuple(dict.fromkeys(name.lower().removeprefix("www.") for name in re.split(r"[,;\s]+", text) if name))
    return None if not found else tuple(name for name in found if name != "none")


def _workspace_url(url: str) -> str:
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith("sqlite:////") and url != prefix and ":memory:" not in url:
        return prefix + str(path_of(url[len(prefix) :]))
    return url
