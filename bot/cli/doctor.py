"""`halobot doctor`: checks settings, databases, tokens and scopes, and says what to do about each finding."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import click

from bot.app import Application
from bot.errors import HalobotError
from bot.settings import dotenv_path, misspelt_settings
from bot.sqlite_address import file_of


class Finding(NamedTuple):
    """The result of one check."""

    ok: bool
    text: str
    advice: str = ""
    required: bool = True  # False: the bot works without it


Check = Callable[[Application], Iterator[Finding]]


@click.command()
@click.pass_obj
def doctor(application: Application) -> None:
    """Check settings, databases and Slack, and say what to do."""
    findings = run_checks(application)
    for finding in findings:
        click.echo(f"{'ok  ' if finding.ok else 'FAIL' if finding.required else 'note'}  {finding.text}")
        if not finding.ok and finding.advice:
            click.echo(f"      → {finding.advice}")
    if any(finding.required and not finding.ok for finding in findings):
        sys.exit(1)


def run_checks(application: Application) -> list[Finding]:
    """The findings of all checks. Never raises: a check that fails is itself a finding."""
    checks: tuple[Check, ...] = (
        _sqlite,
        _catalog,
        _workspace,
        _digests,
        _sources,
        _describing,
        *((_many_workspaces,) if application.settings.many_workspaces else (_tokens, _slack)),
        _running,
        _settings,
        _file_modes,
    )
    return [finding for check in checks for finding in _findings_of(check, application)]


def _findings_of(check: Check, application: Application) -> list[Finding]:
    findings = []
    try:
        for finding in check(application):
            findings.append(finding)  # one by one, so that those before a failure are kept
    except HalobotError as error:
        findings.append(Finding(False, str(error), "Mend this, then run `halobot doctor` again."))
    except Exception as error:
        text = f"{check.__name__.strip('_')} could not be checked ({type(error).__name__})"
        findings.append(Finding(False, text, "Run it again; if it happens again, report it."))
    return findings


def _sqlite(_: Application) -> Iterator[Finding]:
    with sqlite3.connect(":memory:") as db:
        options = {row[0] for row in db.execute("PRAGMA compile_options")}
    has_fts5 = "ENABLE_FTS5" in options
    text = f"SQLite {sqlite3.sqlite_version} {'with' if has_fts5 else 'without'} full-text search"
    yield Finding(has_fts5, text, "Use a Python whose SQLite has FTS5; Debian's does.")


def _catalog(application: Application) -> Iterator[Finding]:
    from bot.search.small_talk.replies import newest_sentence

    for problem in application.upkeep.problems(application.catalog, is_deep=True):
        yield database_finding(problem, "Check that the file may be written.")
    for damage in application.upkeep.damages:
        yield Finding(False, damage, "Look at the disk: it may be failing. The damaged file can be deleted.")
    count, versions = application.catalog.entry_count(), application.catalog.versions()
    span = f", {versions[0]} to {versions[-1]}" if versions else ""
    yield Finding(
        count > 0,
        f"Catalogue {application.settings.catalog}: {count} entries{span}",
        "It is empty: set HALO_SEEDS to the seeds folder, or import something.",
        required=False,
    )
    if versions:
        with application.search.snapshot() as snapshot:
            yield Finding(True, newest_sentence(application.self_facts.read(snapshot)))


def database_finding(problem: str, otherwise: str) -> Finding:
    """What is wrong with a database, and what to do, which the problem may say itself."""
    from bot.database_advice import advice_on

    advice = advice_on(problem, otherwise)
    text, said, more = problem.partition(advice)
    return Finding(False, text.rstrip(), said + more or advice)


def _file_modes(application: Application) -> Iterator[Finding]:
    """Whether others on this machine may read tokens, or what this installation knows of its teams."""
    from bot.private_files import others_rights

    settings = application.settings
    files = (dotenv_path(), settings.catalog, file_of(settings.workspace_url))
    open_to_others = [path for path in files if path and others_rights(path)]
    for path in open_to_others:
        yield Finding(False, f"{path} may be read by others on this machine", f"chmod 600 {path}", required=False)
    if not open_to_others:
        yield Finding(True, "Only the owner may read .env and the databases")


def _settings(application: Application) -> Iterator[Finding]:
    """Misspelt names, which are ignored, and who may change digests."""
    for name, meant in misspelt_settings().items():
        yield Finding(False, f"{name} is no setting and is ignored", f"Did you mean {meant}?", required=False)
    if not application.settings.admins:
        yield Finding(
            True, "HALO_ADMINS is empty: everybody in Slack may change digests. HALO_ADMINS=admins in .env narrows that"
        )


def _workspace(application: Application) -> Iterator[Finding]:
    from bot.storage.health import workspace_problems

    for problem in workspace_problems(application.engine, is_deep=True):
        yield database_finding(problem.text, "Mend this, then run `halobot doctor` again.")
        return
    yield Finding(True, f"Workspace database {application.engine.url.render_as_string(hide_password=True)}")


def _digests(application: Application) -> Iterator[Finding]:
    """Whether everything that is still to be told is in the catalogue."""
    try:
        missing = sorted(application.digest_runner.builder.missing_keys())
    except HalobotError:  # that is a finding already
        return
    if missing:
        named = ", ".join(missing[:10]) + (" …" if len(missing) > 10 else "")
        yield Finding(
            False,
            f"Digests wait for {len(missing)} changes that arrived and are not in the catalogue: {named}",
            "Start the process that has them, or import them again. Gone for good: halobot sources forget KEY",
            required=False,
        )


def _sources(application: Application) -> Iterator[Finding]:
    from bot.ingest.schedule import why_no_source

    settings = application.settings
    api = {
        "HALO_API_URL": settings.halo_api_url,
        "HALO_API_CLIENT_ID": settings.halo_api_client_id,
        "HALO_API_CLIENT_SECRET": settings.halo_api_client_secret,
    }
    missing = [name for name, value in api.items() if not value]
    if 0 < len(missing) < len(api):
        yield Finding(
            False,
            f"Halo's API is only partly set up: {' and '.join(missing)} not set",
            "Set all three in .env, then run `halobot sources probe`.",
        )
    if not settings.halo_sources:
        yield Finding(True, "No sources are watched (HALO_SOURCES is empty)")
        return
    for status in application.source_statuses():
        if status.name == "halo-api" and missing:
            yield Finding(
                False, "halo-api is watched, but its settings are missing", f"Set {' and '.join(missing)} in .env."
            )
        if reason := why_no_source(status.name):
            yield Finding(False, f"HALO_SOURCES: {reason}", "Mend or remove that part of HALO_SOURCES in .env.")
        last_read = f"read {status.last_success:%Y-%m-%d %H:%M} UTC" if status.last_success else "not read yet"
        brought = f"brought something {status.last_news:%Y-%m-%d}" if status.last_news else "has brought nothing yet"
        yield Finding(
            not status.error,
            f"Source {status.name}: every {status.interval}, {last_read}, {brought}"
            + (f", failing: {status.error}" if status.error else ""),
            "It is tried again by itself; `halobot sources read` tries it now.",
            required=False,
        )


def _running(application: Application) -> Iterator[Finding]:
    """What the running bot says of itself, where it has a port for that."""
    from bot.cli.ready import ask_running_bot

    if not application.settings.http_port:
        return
    try:
        shown = ask_running_bot(application.settings)
    except HalobotError as error:
        yield Finding(False, str(error), "Start it; nothing is wrong where it is not meant to run.", required=False)
        return
    failing = [check for check in shown["checks"] if not check["ok"]]
    for check in failing:
        text = f"The running bot says that {check['name']} is not ok since {check['since']}"
        yield Finding(False, text, "Its log and `/halo status` say what is wrong.")
    if not failing:
        yield Finding(True, "The running bot says that all is well")


def _describing(application: Application) -> Iterator[Finding]:
    """Whether the language model can be asked. Its failure stops nothing else."""
    settings = application.settings
    if not (settings.llm_url or settings.llm_key or settings.llm_model):
        yield Finding(True, "No language model is asked to describe new changes (HALO_LLM_URL is empty)")
        return
    wanted = {"HALO_LLM_URL": settings.llm_url, "HALO_LLM_MODEL": settings.llm_model}
    if missing := [name for name, value in wanted.items() if not value]:
        text = f"The language model is only partly set up: {' and '.join(missing)} not set"
        yield Finding(False, text, "Set both in .env, or none of HALO_LLM_URL, HALO_LLM_KEY and HALO_LLM_MODEL.")
        return
    try:
        describer = application.describer
        names = describer.client.model_names() if describer else None
    except HalobotError as error:
        yield Finding(False, str(error), "Until then, new changes are described by hand: halobot phrasings.", False)
        return
    yield Finding(
        names is None or not names or settings.llm_model in names,
        f"New changes are described by {settings.llm_model} at {settings.llm_url}"
        + ("" if names is None or settings.llm_model in names else ", which does not list that model"),
        "Check HALO_LLM_MODEL.",
        required=False,
    )


def _many_workspaces(application: Application) -> Iterator[Finding]:
    from bot.cli.doctor_workspaces import workspace_findings

    yield from workspace_findings(application)


def _tokens(application: Application) -> Iterator[Finding]:
    settings = application.settings
    advice = "Put it into .env, which `halobot init` makes (README, “Connect to Slack”)."
    has_token = bool(settings.slack_bot_token)
    yield Finding(
        has_token,
        f"SLACK_BOT_TOKEN is {'set' if has_token else 'not set: only the terminal and the playground work'}",
        advice,
        required=False,
    )
    ways = (
        ("Socket Mode (SLACK_APP_TOKEN)", settings.slack_app_token),
        ("HTTP (SLACK_SIGNING_SECRET)", settings.slack_signing_secret),
    )
    reached_by = " and ".join(way for way, secret in ways if secret)
    text = (
        f"Slack reaches the bot by {reached_by}"
        if reached_by
        else "Slack cannot reach the bot: neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set"
    )
    yield Finding(bool(reached_by), text, advice, required=has_token)


def _slack(application: Application) -> Iterator[Finding]:
    from slack_sdk.errors import SlackApiError

    from bot.slack.scopes import granted_scopes

    settings = application.settings
    if not settings.slack_bot_token:
        return
    try:
        reply = application.slack_client.auth_test()
    except SlackApiError as error:
        yield Finding(
            False,
            f"Slack refused SLACK_BOT_TOKEN: {error.response.get('error')}",
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
    if granted := granted_scopes(reply):
        yield from _scopes(granted)
    if settings.slack_app_token:
        yield from _socket_mode(application)


def _scopes(granted: set[str]) -> Iterator[Finding]:
    from bot.slack.scopes import OPTIONAL_SCOPES, SCOPES

    for scope, purpose in SCOPES.items():
        yield Finding(
            scope in granted,
            f"Scope {scope} {'granted' if scope in granted else 'missing'}: {purpose}",
            "Add it under OAuth & Permissions (or paste manifest.json again), then reinstall the app.",
        )
    for scope, purpose in OPTIONAL_SCOPES.items():
        yield Finding(
            scope in granted,
            f"Scope {scope} {'granted' if scope in granted else 'not granted'} (optional): {purpose}",
            "Add it if you want that; for cards, HALO_UNFURL_DOMAINS=none switches them off."
            if scope.startswith("links:")
            else "Add it if you want that.",
            required=False,
        )


def _socket_mode(application: Application) -> Iterator[Finding]:
    from slack_sdk.errors import SlackApiError

    try:
        application.slack_client.apps_connections_open(app_token=application.settings.slack_app_token or "")
        yield Finding(True, "Socket Mode accepts SLACK_APP_TOKEN")
    except SlackApiError as error:
        yield Finding(
            False,
            f"Socket Mode refused SLACK_APP_TOKEN: {error.response.get('error')}",
            "Make an app-level token with connections:write, and switch Socket Mode on.",
        )


COMMANDS = (doctor,)
