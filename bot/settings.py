"""The only reader of the environment and of `.env`.

Each setting is one field of `Settings`, declared with everything that is known about it: `.env.example` and
docs/settings.md are made from it (`make docs`).
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, NamedTuple

from bot.errors import SettingError
from bot.sqlite_address import SQLITE_PREFIX, address_of, file_of

PROJECT = Path(__file__).resolve().parent.parent  # of a clone its folder; of an installed wheel where packages are
DATA_DIR = "HALO_DATA_DIR"  # in a default it stands for that setting's value
DEFAULT_DATA_DIR = "data"
MIN_SETTING_SIMILARITY = 0.88  # of a misspelt setting's name, as difflib counts
SEPARATOR = re.compile(r"[,;\s]+")

# Old name -> new name, and how a value is written now. A setting with an old name is refused, never ignored.
RENAMED = {
    "HALO_UNSETTLED": ("HALO_ON_UNKNOWN_DELIVERY", "“leave” is “skip” now, and “again” is “resend”"),
    "HALO_POST_PER_MINUTE": ("HALO_DIGEST_POSTS_PER_MINUTE", "its value stays"),
    "HALO_BOOM": ("HALO_TEST_ERROR_COMMAND", "its value stays"),
}


class Setting(NamedTuple):
    """What is known about a setting."""

    name: str
    default: str
    help: str
    pattern: str = ".+"  # the whole value has to match it
    example: str = ""  # shown to whoever got it wrong or has not set it
    parse: Callable[[str], Any] = str
    secret: bool = False  # its value is never shown
    more: str = ""  # what else the documentation says
    default_help: str = ""  # what an empty default means
    is_address: bool = False  # which may hold a key


def _field(row: Setting) -> Any:
    """A field of `Settings` that this setting fills."""
    return field(metadata={"setting": row}, repr=not (row.secret or row.is_address))


def is_clone() -> bool:
    """Whether this code runs from a clone of the project; else it was installed from a wheel."""
    return (PROJECT / "pyproject.toml").is_file() and (PROJECT / "seeds").is_dir()


def shipped_path(name: str) -> Path:
    """Where a file or folder is that stands beside `bot/` in a clone, such as `seeds`; a wheel has it inside `bot`."""
    if is_clone():
        return PROJECT / name
    from importlib.resources import files  # a start from a clone does without it

    return Path(str(files("bot"))) / "shipped" / name


def home_folder() -> Path:
    """The folder that relative paths and `.env` are in: a clone's own, or else the one that the command is started
    from. Raises SettingError when that one was deleted.
    """
    if is_clone():
        return PROJECT
    try:
        return Path.cwd()
    except OSError as error:
        raise SettingError("The folder that Halobot is started from is not there any more. Change to one.") from error


def path_of(text: str) -> Path:
    """A path of the settings: a relative one is relative to `home_folder()`. Raises SettingError for one that cannot
    be.
    """
    if "\0" in text:
        raise SettingError("A path in the settings has a null character in it.")
    try:
        return home_folder() / Path(text).expanduser()
    except RuntimeError as error:
        raise SettingError(
            f"The path “{text[:60]}” in the settings names a home folder that is not there. Write the path in full."
        ) from error


def _or_none(text: str) -> str | None:
    return text or None


def _address(text: str) -> str | None:
    return text.rstrip("/") or None


def _api_url(text: str) -> str:
    return text.rstrip("/") + "/"  # Slack's client appends the names of methods


def _seeds(text: str) -> Path | None:
    return None if text.lower() == "none" else path_of(text) if text else shipped_path("seeds")


def _workspace_url(url: str) -> str:
    file, (_, mark, options) = file_of(url), url.partition("?")
    return url if file is None else address_of(path_of(str(file))) + mark + options


def _admins(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.upper() for name in SEPARATOR.split(text) if name))


def _domains(text: str) -> tuple[str, ...] | None:
    domains = tuple(dict.fromkeys(name.lower().removeprefix("www.") for name in SEPARATOR.split(text) if name))
    return None if not domains else tuple(name for name in domains if name != "none")


def _keys(text: str) -> tuple[str, ...]:
    return tuple(key for key in SEPARATOR.split(text) if key)


def _flag(text: str) -> bool:
    return text == "1"


def _port(text: str) -> int | None:
    return int(text) if text else None


@dataclass(frozen=True)
class Settings:
    """Checked settings. Secrets are not in its repr, so that no log can show them."""

    slack_bot_token: str | None = _field(Setting(
        "SLACK_BOT_TOKEN", "", "Bot token: OAuth & Permissions, after installing the app",
        r"xox[be]\S{5,}", "xoxb-…", parse=_or_none, secret=True,
    ))  # fmt: skip
    slack_app_token: str | None = _field(Setting(
        "SLACK_APP_TOKEN", "", "App-level token with connections:write, for Socket Mode: Basic Information",
        r"xapp-\S{3,}", "xapp-…", parse=_or_none, secret=True,
    ))  # fmt: skip
    slack_signing_secret: str | None = _field(Setting(
        "SLACK_SIGNING_SECRET", "", "Signing secret, for HTTP only: Basic Information",
        r"\S{8,}", "32 letters and digits", parse=_or_none, secret=True,
    ))  # fmt: skip
    slack_client_id: str | None = _field(Setting(
        "SLACK_CLIENT_ID", "", "To serve many workspaces over HTTP: the app's client ID, of Basic Information",
        r"\d{3,}\.\d{3,}", "1234567890.1234567890", parse=_or_none,
        more="With it, each workspace installs the app from `/slack/install`, and `SLACK_BOT_TOKEN` is not used "
        "(docs/operating.md, Serve many workspaces).", default_help="one workspace, that of `SLACK_BOT_TOKEN`",
    ))  # fmt: skip
    slack_client_secret: str | None = _field(Setting(
        "SLACK_CLIENT_SECRET", "", "To serve many workspaces: the app's client secret, of Basic Information",
        r"\S{8,}", "32 letters and digits", parse=_or_none, secret=True,
    ))  # fmt: skip
    slack_api_url: str = _field(Setting(
        "SLACK_API_URL", "https://slack.com/api/", "Slack's Web API, or a Slack-like server for trying and testing",
        r"https?://\S+", "https://slack.com/api/", parse=_api_url,
    ))  # fmt: skip
    encryption_keys: tuple[str, ...] = _field(Setting(
        "HALO_ENCRYPTION_KEY", "",
        "To serve many workspaces: the key that their tokens are encrypted by in the workspace database",
        r"[A-Za-z0-9_-]{43}=(\s*[,;\s]\s*[A-Za-z0-9_-]{43}=)*", "what `halobot workspaces --new-key` prints",
        parse=_keys, secret=True,
        more="Several keys are separated by commas: the first encrypts, the others can still be read.",
    ))  # fmt: skip
    public_url: str | None = _field(Setting(
        "HALO_PUBLIC_URL", "",
        "The address that people and Slack reach the bot at, without a path: for pages, feeds and many workspaces",
        r"https?://[^/\s?#]+/?", "https://halobot.example.com", parse=_address,
        more="With it, `run --http` serves the catalogue's pages and feeds beside Slack's requests (docs/web.md).",
        default_help="no pages; Slack sends people to the first redirect URL of the app's settings",
    ))  # fmt: skip
    data_dir: Path = _field(Setting(
        DATA_DIR, DEFAULT_DATA_DIR, "The folder with the databases, made when it is missing", parse=path_of,
        more="Set in the environment, it is also where `.env` is read from when there is none in the project's folder.",
    ))  # fmt: skip
    catalog: Path = _field(Setting(
        "HALO_CATALOG", f"{DATA_DIR}/catalog.db", "The catalogue database: a file, made when it is missing",
        parse=path_of,
    ))  # fmt: skip
    seeds: Path | None = _field(Setting(
        "HALO_SEEDS", "", "The folder with the entries to begin with; “none” starts with an empty catalogue",
        parse=_seeds, default_help="the shipped ones, in `seeds`",
    ))  # fmt: skip
    workspace_url: str = _field(Setting(  # may hold a password
        "HALO_WORKSPACE_URL", f"sqlite:///{DATA_DIR}/workspace.db", "The team's own database, as an SQLAlchemy address",
        r"(sqlite|postgresql(\+psycopg)?)://\S*",
        "sqlite:///data/workspace.db or postgresql+psycopg://user:password@host/halobot",
        parse=_workspace_url, secret=True,
        more="For PostgreSQL, install the driver, which is the extra `postgresql` (docs/operating.md, Databases).",
    ))  # fmt: skip
    halo_sources: str = _field(Setting(
        "HALO_SOURCES", "",
        "What is watched for new versions: addresses, files or folders, each with how often, separated by semicolons",
        r"(?s).*\S.*", "https://example.com/feed.xml every 6h; drop-folder every 15m",
        default_help="nothing", is_address=True,
    ))  # fmt: skip
    halo_api_url: str | None = _field(Setting(
        "HALO_API_URL", "", "Your Halo tenant, whose release notes are read by the source `halo-api`",
        r"https?://\S+", "https://acme.halopsa.com", parse=_address, is_address=True,
        more="Not tried with a real tenant yet: `halobot sources probe` shows what yours answers.",
    ))  # fmt: skip
    halo_api_client_id: str | None = _field(Setting(
        "HALO_API_CLIENT_ID", "",
        "Client ID of an API application with `read:software`: Configuration > Integrations > Halo API",
        r"\S{4,}", "a client ID from Halo", parse=_or_none, secret=True,
    ))  # fmt: skip
    halo_api_client_secret: str | None = _field(Setting(
        "HALO_API_CLIENT_SECRET", "", "Client secret of the same API application",
        r"\S{4,}", "a client secret from Halo", parse=_or_none, secret=True,
    ))  # fmt: skip
    llm_url: str | None = _field(Setting(
        "HALO_LLM_URL", "",
        "A chat endpoint that speaks OpenAI's protocol: it is asked to describe new changes, for a person to review",
        r"https?://\S+", "https://api.openai.com/v1", parse=_address, is_address=True,
        more="Only what a source says about a change is sent. See docs/describing.md.",
        default_help="no language model is asked",
    ))  # fmt: skip
    llm_key: str | None = _field(Setting(
        "HALO_LLM_KEY", "", "The key of that endpoint; one on your own machine may need none",
        r"\S{4,}", "sk-…", parse=_or_none, secret=True,
    ))  # fmt: skip
    llm_model: str | None = _field(Setting(
        "HALO_LLM_MODEL", "", "The model that is asked there", r"\S{1,100}", "gpt-4o-mini", parse=_or_none,
    ))  # fmt: skip
    admins: tuple[str, ...] = _field(Setting(
        "HALO_ADMINS", "",
        "Who may set up and change digests (empty: everyone) and import from Slack (empty: nobody): people's ids, "
        "or “admins” for the workspace's admins",
        r"(?i:admins|(T[A-Z0-9]+:)?[UW][A-Z0-9]{2,})(\s*[,;\s]\s*(?i:admins|(T[A-Z0-9]+:)?[UW][A-Z0-9]{2,}))*",
        "admins, U012ABCDEF", parse=_admins,
        more="A person's id: their profile in Slack, More, Copy member ID. People named here are told when a source "
        "fails. With many workspaces each person is named with theirs, `T012ABCDEF:U012ABCDEF`, and “admins” are each "
        "workspace's own.",
        default_help="everyone for digests, nobody for imports",
    ))  # fmt: skip
    digest_posts_per_minute: int = _field(Setting(
        "HALO_DIGEST_POSTS_PER_MINUTE", "300", "How many digest messages a workspace gets per minute at most",
        r"[1-9]\d{0,4}", "300", parse=int,
    ))  # fmt: skip
    on_unknown_delivery: Literal["skip", "resend"] = _field(Setting(
        "HALO_ON_UNKNOWN_DELIVERY", "skip",
        "What to do with a digest message that may have arrived when the channel's history cannot be read: “skip” it "
        "and tell the digest's owner, or “resend” it at the risk of a duplicate",
        r"skip|resend", "skip",
    ))  # fmt: skip
    unfurl_domains: tuple[str, ...] | None = _field(Setting(  # None: those of the episodes' pages; empty: none
        "HALO_UNFURL_DOMAINS", "", "Links to these domains get a card; “none” switches cards off",
        r"(?i:none|[a-z0-9-]+(\.[a-z0-9-]+)+(\s*[,;\s]\s*[a-z0-9-]+(\.[a-z0-9-]+)+)*)",
        "risingtidegroup.net, halopsa.com", parse=_domains,
        more="Name each domain in the app's settings, too: Event Subscriptions, App unfurl domains.",
        default_help="the domains of the episodes' pages",
    ))  # fmt: skip
    question_days: int = _field(Setting(
        "HALO_QUESTION_DAYS", "90", "For how many days a question that found nothing or was rated is kept, without its "
        "person; 0: none is kept", r"\d{1,4}", "30", parse=int,
        more="`halobot questions` and `halobot phrasings` show what is kept.",
    ))  # fmt: skip
    test_error_command: bool = _field(Setting(
        "HALO_TEST_ERROR_COMMAND", "",
        "1 switches on `/halo boom`, which fails on purpose: the person gets a reference, and the log has the error",
        r"[01]", "1", parse=_flag, default_help="off",
    ))  # fmt: skip
    trusted_proxies: str = _field(Setting(
        "HALO_TRUSTED_PROXIES", "127.0.0.1",
        "The addresses of the proxies in front of the bot: only they are believed which client a request comes from",
        r"[0-9a-fA-F.:/]+(\s*,\s*[0-9a-fA-F.:/]+)*", "127.0.0.1, 10.0.0.0/8",
    ))  # fmt: skip
    mcp_token: str | None = _field(Setting(
        "HALO_MCP_TOKEN", "", "What assistants have to send as a bearer token to ask at /mcp",
        r"[!-~]{16,200}", "32 letters and digits", parse=_or_none, secret=True, default_help="everyone may ask",
        more="With the extra `mcp`, assistants ask at /mcp beside the pages (docs/assistants.md).",
    ))  # fmt: skip
    http_workers: int = _field(Setting(
        "HALO_HTTP_WORKERS", "1", "How many processes answer with `halobot run --http`: one a core",
        r"[1-9]|[1-5]\d|6[0-4]", "2", parse=int,
        more="They share the port and the databases; one of them posts digests and reads sources.",
    ))  # fmt: skip
    playground_port: int | None = _field(Setting(
        "HALO_PLAYGROUND_PORT", "", "The port of the playground, the page to try Halobot without Slack",
        r"[1-9]\d{0,4}", "3123", parse=_port, default_help="3123, or the next free one",
    ))  # fmt: skip
    http_host: str = _field(Setting(
        "HALO_HTTP_HOST", "127.0.0.1",
        "The address that the bot listens on: for Slack's requests over HTTP, and for its health pages",
        r"[A-Za-z0-9.:_-]+", "0.0.0.0",
        more="0.0.0.0 lets other machines reach it; the container image sets that. `--host` overrides it.",
    ))  # fmt: skip
    http_port: int | None = _field(Setting(
        "HALO_HTTP_PORT", "",
        "The port of `/healthz` and `/readyz`; over HTTP, also that of Slack's requests",
        r"[1-9]\d{0,4}", "3000", parse=_port, default_help="no health pages in Socket Mode",
        more="With it and SLACK_SIGNING_SECRET, but no SLACK_APP_TOKEN, the bot runs over HTTP. `--http` overrides it.",
    ))  # fmt: skip
    log_level: str = _field(Setting(
        "HALO_LOG_LEVEL", "INFO", "How much is logged to standard error: DEBUG, INFO, WARNING or ERROR",
        r"DEBUG|INFO|WARNING|ERROR", "INFO",
        more="Libraries log from INFO on at most: at DEBUG they show what people write.",
    ))  # fmt: skip
    log_format: Literal["human", "json"] = _field(Setting(
        "HALO_LOG_FORMAT", "human", "How a line of the log is written: “human”, or “json” for one object a line",
        r"human|json", "json",
    ))  # fmt: skip

    @property
    def connected(self) -> bool:
        """Whether any of Slack's tokens is set: the operator means to connect."""
        return bool(self.slack_bot_token or self.slack_app_token or self.many_workspaces)

    @property
    def many_workspaces(self) -> bool:
        """Whether workspaces install the app by themselves, instead of the one that SLACK_BOT_TOKEN is for."""
        return bool(self.slack_client_id or self.slack_client_secret)

    def secrets(self) -> set[str]:
        """What a log must not show: the values of secret settings, and what is secret in addresses."""
        from bot.redaction import secrets_in  # hardly a command logs anything

        values = {row.metadata["setting"]: getattr(self, row.name) for row in fields(self)}
        texts = [
            (setting, text)
            for setting, value in values.items()
            for text in (value if isinstance(value, tuple) else (value,))
            if isinstance(text, str)
        ]
        whole = {text for setting, text in texts if setting.secret and "://" not in text}
        return whole | secrets_in(text for _, text in texts if "://" in text)

    def need(self, *names: str) -> None:
        """Raise SettingError for the first of these that is not set, saying what it looks like and where to find it."""
        for row in fields(self):
            missing: Setting = row.metadata["setting"]
            if missing.name in names and not getattr(self, row.name):
                raise SettingError(
                    f"{missing.name} is not set. Put it in .env. It looks like {missing.example} ({missing.help})."
                )


TABLE: tuple[Setting, ...] = tuple(row.metadata["setting"] for row in fields(Settings))


def read_settings(environment: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Settings:
    """Settings from the environment, then from `.env`; the environment wins.

    Raises SettingError for a malformed setting, for one whose name is an old one, and for a `.env` that is no text.
    """
    environment = os.environ if environment is None else environment
    values = {**_read_dotenv(dotenv or dotenv_path(environment)), **environment}
    for old, (new, change) in RENAMED.items():
        if values.get(old, "").strip():
            raise SettingError(f"{old} is called {new} now ({change}). Rename it where you set it.")
    return Settings(**{row.name: _value(row.metadata["setting"], values) for row in fields(Settings)})


def dotenv_path(environment: Mapping[str, str] | None = None) -> Path:
    """The file that settings are read from: HALO_ENV_FILE, or else `.env`, or else `.env` in HALO_DATA_DIR."""
    environment = os.environ if environment is None else environment
    path, data = path_of(environment.get("HALO_ENV_FILE") or ".env"), environment.get(DATA_DIR, "").strip()
    return path_of(data) / ".env" if data and not environment.get("HALO_ENV_FILE") and not path.is_file() else path


def misspelt_settings(environment: Mapping[str, str] | None = None, dotenv: Path | None = None) -> dict[str, str]:
    """Names that are set, are no setting and nearly one: by each, the setting that is likely meant."""
    environment = os.environ if environment is None else environment
    known = {*(row.name for row in TABLE), *RENAMED, "HALO_ENV_FILE"}
    values = {**_read_dotenv(dotenv or dotenv_path(environment)), **environment}
    unknown = (name for name, value in values.items() if value.strip() and name not in known and "_" in name)
    likely = {name: get_close_matches(name.upper(), known, 1, MIN_SETTING_SIMILARITY) for name in unknown}
    return {name: found[0] for name, found in likely.items() if found}


def _read_dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values  # a start without a file does without it

    try:
        values = dotenv_values(path, interpolate=False, encoding="utf-8-sig")
        return {name: value or "" for name, value in values.items()}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"{path} cannot be read ({error}). It has to be a text file with NAME=value lines."
        ) from error


def _value(row: Setting, values: Mapping[str, str]) -> Any:
    value = values.get(row.name, "").strip()
    if value and not re.fullmatch(row.pattern, value):
        shown = "The value" if row.secret else f"“{value[:60]}”"
        raise SettingError(f"{row.name} is malformed. {shown} should look like {row.example} ({row.help}).")
    folder = values.get(DATA_DIR, "").strip() or DEFAULT_DATA_DIR
    default = row.default.replace(SQLITE_PREFIX + DATA_DIR, address_of(folder)).replace(DATA_DIR, folder)
    return row.parse(value or default)
