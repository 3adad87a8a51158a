"""`halobot doctor`: looks at everything that has to be right, and says what to do about what is not."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from bot import app
from bot.errors import HalobotError
from bot.settings import Settings

# The bot's scopes and why (docs/operating.md, "Scopes", says the same): the least that does what it says it does.
SCOPES = {
    "commands": "the /halo command",
    "chat:write": "answering mentions and direct messages, sharing, digests",
    "app_mentions:read": "hearing @halo",
    "im:history": "hearing direct messages",
    "channels:read": "hearing that it was added to a public channel, to say hello once",
    "groups:read": "the same in a private channel",
    "users:read": "the time zone of who sets a digest up, and who is an admin",
}
# Without these the bot works, less one thing each.
OPTIONAL_SCOPES = {
    "links:read": "hearing of links to episodes, for their cards",
    "links:write": "showing those cards",
    "channels:history": "looking whether a digest arrived whose reply was lost",
    "groups:history": "the same in a private channel",
}


class Finding(NamedTuple):
    """One thing looked at."""

    well: bool
    what: str
    do: str = ""
    must: bool = True  # False: worth a note, but the bot works


def examine(settings: Settings) -> list[Finding]:
    """All findings. Never raises: what cannot be looked at is itself a finding."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _sqlite,
        _catalogue,
        _workspace,
        _sources,
        _tokens,
        _slack,
    )
    return [finding for check in checks for finding in _guarded(check, settings)]


def _guarded(check: Callable[[Settings], Iterator[Finding]], settings: Settings) -> list[Finding]:
    findings = []
    try:
        for finding in check(settings):
            findings.append(finding)  # one by one, so that what was found before a failure is kept
    except HalobotError as error:
        findings.append(Finding(False, str(error), "Mend this, then run `halobot doctor` again."))
    except Exception as error:
        what = f"{check.__name__.strip('_')} could not be checked ({type(error).__name__})"
        findings.append(Finding(False, what, "Run it again; if it stays, report it."))
    return findings


def _sqlite(_: Settings) -> Iterator[Finding]:
    with sqlite3.connect(":memory:") as db:
        options = {row[0] for row in db.execute("PRAGMA compile_options")}
    searches = "ENABLE_FTS5" in options
    what = f"SQLite {sqlite3.sqlite_version} {'with' if searches else 'without'} full-text search"
    yield Finding(searches, what, "Use a Python whose SQLite has FTS5; Debian's does.")


def _catalogue(settings: Settings) -> Iterator[Finding]:
    catalogue = app.open_catalogue(settings)
    number, versions = catalogue.entry_count(), catalogue.versions()
    span = f", {versions[0]} to {versions[-1]}" if versions else ""
    yield Finding(
        number > 0,
        f"Catalogue {settings.catalog}: {number} entries{span}",
        "It is empty: set HALO_SEEDS to the seeds folder, or import something.",
        must=False,
    )


def _workspace(settings: Settings) -> Iterator[Finding]:
    from bot.storage.database import open_workspace

    url = open_workspace(settings.workspace_url).url.render_as_string(hide_password=True)
    yield Finding(True, f"Workspace database {url}")


def _sources(settings: Settings) -> Iterator[Finding]:
    api = {
        "HALO_API_URL": settings.halo_api_url,
        "HALO_API_CLIENT_ID": settings.halo_api_client_id,
        "HALO_API_CLIENT_SECRET": settings.halo_api_client_secret,
    }
    missing = [name for name, value in api.items() if not value]
    if 0 < len(missing) < len(api):
        yield Finding(
            False,
            f"Halo's API is set up by halves: {' and '.join(missing)} not set",
            "Set all three in .env, then run `halobot sources probe`.",
        )
    if not settings.halo_sources:
        yield Finding(True, "No sources are watched (HALO_SOURCES is empty)")
        return
    from bot.ingest.poller import statuses

    for one in statuses(app.watched_sources(settings), app.open_source_states(settings), datetime.now(UTC)):
        if one.name == "halo-api" and missing:
            yield Finding(
                False, "halo-api is watched, but its settings are missing", f"Set {' and '.join(missing)} in .env."
            )
        read = f"read {one.last_success:%Y-%m-%d %H:%M} UTC" if one.last_success else "not read yet"
        what = f"Source {one.name}: every {one.every}, {read}"
        yield Finding(
            not one.error,
            f"{what}{f', failing: {one.error}' if one.error else ''}",
            "It is tried again by itself; `halobot sources read` tries it now.",
            must=False,
        )


def _tokens(settings: Settings) -> Iterator[Finding]:
    how = "Copy .env.example to .env and fill it in (README, “Connect to Slack”)."
    token = bool(settings.slack_bot_token)
    yield Finding(
        token, f"SLACK_BOT_TOKEN is {'set' if token else 'not set: only the terminal works'}", how, must=False
    )
    ways = (
        ("Socket Mode (SLACK_APP_TOKEN)", settings.slack_app_token),
        ("HTTP (SLACK_SIGNING_SECRET)", settings.slack_signing_secret),
    )
    what = " and ".join(way for way, secret in ways if secret)
    missing = "Slack cannot reach the bot: neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set"
    yield Finding(bool(what), f"Slack reaches the bot by {what}" if what else missing, how, must=token)


def _slack(settings: Settings) -> Iterator[Finding]:
    from slack_sdk.errors import SlackApiError

    if not settings.slack_bot_token:
        return
    client = app.slack_client(settings)
    try:
        reply = client.auth_test()
    except SlackApiError as error:
        code = error.response.get("error")
        yield Finding(
            False,
            f"Slack refused SLACK_BOT_TOKEN: {code}",
            "Reinstall the app (OAuth & Permissions) and copy the bot token again.",
        )
        return
    except OSError as error:
        yield Finding(
            False,
            f"Slack cannot be reached at {settings.slack_api_url} ({error})",
            "Check the network and SLACK_API_URL.",
        )
        return
    yield Finding(True, f"Slack knows the bot as @{reply.get('user')} in {reply.get('team')}")
    headers = {name.lower(): value for name, value in (reply.headers or {}).items()}
    granted = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",") if scope.strip()}
    for scope, why in SCOPES.items() if granted else ():
        what = f"Scope {scope} {'granted' if scope in granted else 'missing'}: {why}"
        yield Finding(
            scope in granted,
            what,
            "Add it under OAuth & Permissions (or paste manifest.json again), then reinstall the app.",
        )
    for scope, why in OPTIONAL_SCOPES.items() if granted else ():
        what = f"Scope {scope} {'granted' if scope in granted else 'not granted'} (optional): {why}"
        yield Finding(
            scope in granted,
            what,
            "Add it if you want that, or set HALO_UNFURL_DOMAINS=none and forget it.",
            must=False,
        )
    if settings.slack_app_token:
        yield from _socket_mode(settings)


def _socket_mode(settings: Settings) -> Iterator[Finding]:
    from slack_sdk.errors import SlackApiError

    try:
        app.slack_client(settings).apps_connections_open(app_token=settings.slack_app_token or "")
        yield Finding(True, "Socket Mode accepts SLACK_APP_TOKEN")
    except SlackApiError as error:
        code = error.response.get("error")
        yield Finding(
            False,
            f"Socket Mode refused SLACK_APP_TOKEN: {code}",
            "Make an app-level token with connections:write, and switch Socket Mode on.",
        )
