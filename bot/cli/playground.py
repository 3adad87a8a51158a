"""The command `playground`: Halobot and a Slack for one machine, in one process, with a page in the browser. Nothing is
kept.

`halobot run` without tokens at a terminal does the same. Here the stand-in, which knows nothing of ours, is given the
app and its levers.
"""

import errno
import json
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import app
from bot.errors import SettingError
from bot.settings import PROJECT, Settings

if TYPE_CHECKING:
    from bot.digests.runner import Digests
    from bot.playground import Playground
    from bot.playground.page import AdminButton
    from bot.slack.app import Services

log = logging.getLogger(__name__)
PORT, PORTS_TRIED = 3123, 20
WEEK = 7 * 24 * 3600
CHANNEL = "C1"
EXAMPLES = PROJECT / "bot" / "playground" / "examples"  # one document for each pull of the lever, in order
IN_TERMINAL = {"www-browser", "links", "elinks", "lynx", "w3m"}  # they would take over the terminal that we run in
WAIT = 10.0  # seconds for an answer in the conversation that the page begins with


def register(cli: click.Group) -> None:
    """Add this command to the command line."""
    cli.add_command(playground)


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"Port of the page; by default HALO_PLAYGROUND_PORT, or else {PORT} or the next free one.",
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.pass_obj
def playground(settings: Settings, port: int | None, no_browser: bool) -> None:
    """Try it without Slack: a page that looks and behaves like a channel."""
    run_playground(settings, port, not no_browser)


def run_playground(settings: Settings, port: int | None = None, browser: bool = True) -> None:
    """Run the page and the app behind it until Ctrl-C. Raises HalobotError when the catalogue cannot be opened or the
    wanted port is taken.
    """
    import signal

    port = settings.playground_port if port is None else port
    for chatty in (
        "apscheduler",
        "httpx",
        "uvicorn",
    ):  # lines about every request say nothing to who tries things out: the page has an inspector
        logging.getLogger(chatty).setLevel(logging.WARNING)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: what was made on disk is taken away
    with suppress(KeyboardInterrupt), trying(settings, port) as slack:
        click.echo(f"Halobot without Slack: {slack.url}")
        click.echo(
            "Type /halo jira default status there. Only this machine can reach it, and nothing of it is kept; Ctrl-C ends it."
        )
        click.echo("To connect to Slack, see README, “Connect to Slack”. To ask here in the terminal: halobot chat")
        if browser:
            threading.Thread(target=_open_browser, args=(slack.url,), daemon=True).start()
        threading.Event().wait()
    click.echo("\nStopped.")


@contextmanager
def trying(settings: Settings, port: int | None = 0, at: datetime | None = None) -> Iterator["Playground"]:
    """The stand-in with the app connected to it and a conversation in it; `port` None: the usual one or the next free;
    `at`: its clock stands there.
    """
    import tempfile

    from bot.playground.page import WebUI
    from bot.playground.server import ServerThread
    from bot.slack.http import EVENTS_PATH, build_http_app

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="halobot-", ignore_cleanup_errors=True)))
        manifest = _manifest()
        features = manifest.get("features", {})
        page = WebUI(
            features.get("slash_commands", [{"command": "/halo"}]),
            features.get("shortcuts", []),
            features.get("unfurl_domains", []),
        )
        slack = stack.enter_context(_on_a_free_port(port, page))
        if at is not None:
            slack.set_clock(at, running=False)
        slack.state.users[slack.state.app.user_id].name = features.get("bot_user", {}).get("display_name", "halo")
        if "oauth_config" in manifest:
            slack.set_scopes(manifest["oauth_config"]["scopes"]["bot"])  # no more than a real workspace would grant
        mine = _settings(settings, slack, folder)
        services = app.open_services(mine, now=slack.now)
        bolt_app = app.slack_app(mine, services)
        stack.callback(bolt_app.listener_runner.listener_executor.shutdown)
        server = ServerThread(build_http_app(bolt_app))
        server.start()
        stack.callback(server.stop)
        slack.app_url = f"http://127.0.0.1:{server.port}{EVENTS_PATH}"
        page.levers |= levers(slack, services)
        _start_digests(stack, services)
        begin(slack)
        yield slack


def _start_digests(stack: ExitStack, services: "Services") -> None:
    from bot.digests.runner import start_scheduler

    if services.digests is not None:
        scheduler = start_scheduler(services.digests)
        stack.callback(scheduler.shutdown)


def _manifest() -> dict[str, Any]:
    """Our app in Slack's own form: what the page completes and puts into its menus, and which scopes it has."""
    path = PROJECT / "manifest.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def _on_a_free_port(port: int | None, page: Any) -> "Playground":
    from bot.playground import Playground

    for wanted in [port] if port is not None else range(PORT, PORT + PORTS_TRIED):
        try:
            return Playground(port=wanted, routes=page.routes())
        except (OSError, OverflowError) as error:
            if port is not None:
                why = (
                    "something else listens there" if getattr(error, "errno", None) == errno.EADDRINUSE else str(error)
                )
                raise SettingError(
                    f"Port {port} cannot be used: {why}. Choose another with --port or HALO_PLAYGROUND_PORT, or leave both out."
                ) from error
    return Playground(port=0, routes=page.routes())


def _settings(settings: Settings, slack: "Playground", folder: Path) -> Settings:
    """These settings for the stand-in: a copy of the catalogue, for examples are going to be put into it, and a
    workspace to throw away.
    """
    copy = folder / "catalog.db"
    with (
        closing(sqlite3.connect(app.open_catalogue(settings).path)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    return replace(
        settings, catalog=copy, workspace_url=f"sqlite:///{folder / 'workspace.db'}", slack_api_url=slack.api_url,
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token, slack_signing_secret=slack.signing_secret, halo_sources="",
    )  # fmt: skip


def levers(slack: "Playground", services: "Services") -> dict[str, "AdminButton"]:
    """What the page can make happen around the app."""
    from bot.playground.page import AdminButton

    examples = iter(sorted(EXAMPLES.glob("*.csv")))

    def week_later() -> str:
        slack.advance(WEEK)
        return f"It is {datetime.fromtimestamp(slack.now(), UTC):%A, %-d %B %Y} now. {_posted(services.digests)}"

    def new_version() -> str:
        document = next(examples, None)
        if document is None:
            return "All the examples have arrived by now. Start the playground again for a fresh one."
        return f"{_take_in(document, services, slack.now())} {_posted(services.digests)}"

    return {
        "week_later": AdminButton(
            "A week later",
            "moves the clock, so that the digests come that a week brings (set one up with /halo subscribe).",
            week_later,
        ),
        "new_version": AdminButton(
            "New version arrives",
            "brings in a made-up example version, so that watches and digests have something to tell.",
            new_version,
        ),
    }


def _take_in(document: Path, services: "Services", now: float) -> str:
    from bot.ingest.load import read_file
    from bot.ingest.service import take_in

    report = take_in(services.search.catalog, [read_file(document)], datetime.fromtimestamp(now, UTC))
    return (
        f"An example version arrived, {document.stem.removeprefix('example-')}, with {len(report.new)} made-up changes."
    )


def _posted(digests: "Digests | None") -> str:
    """Post what is due; how much that was, in words."""
    if digests is None:
        return ""
    report = digests.run_due()
    sent = [row for row in report.posted if row.state == "sent"]
    if not sent:
        return "Nothing was due."
    number = sum(row.channel.startswith(("C", "G")) for row in sent)
    parts = [
        f"{count} {word}{'' if count == 1 else 's'}"
        for count, word in ((number, "digest"), (len(sent) - number, "direct message"))
        if count
    ]
    return f"{' and '.join(parts)} came."


def begin(slack: "Playground") -> None:
    """A short conversation, really asked and answered: what a newcomer sees first. Without an answer in time it just
    stays shorter.
    """
    slack.say(
        "A customer asks: when Jira updates a ticket, can we choose the status that it lands in?",
        user="UBOB",
        channel=CHANNEL,
    )
    asked = slack.mention("jira default status", user="UALICE", channel=CHANNEL)
    if not asked.ts or not _answered(slack, 0, asked.ts):
        return
    answered = slack.transcript[-1].seq
    slack.mention("share it with the channel", user="UALICE", channel=CHANNEL, thread_ts=asked.ts)
    if _answered(slack, answered, None):
        slack.say("That is the one, thanks! I try it on the test instance first.", user="UBOB", channel=CHANNEL)


def _answered(slack: "Playground", after: int, thread: str | None) -> bool:
    bot = slack.state.app.user_id
    try:  # an ephemeral one is an apology: nothing better follows
        said = slack.wait_for(
            lambda entry: (
                entry.author == bot
                and (entry.kind == "ephemeral" or (entry.kind == "message" and entry.thread_ts == thread))
            ),
            WAIT,
            after=after,
        )
    except TimeoutError:
        log.warning("The conversation that the page begins with was not answered in %s s.", WAIT)
        return False
    return said.kind == "message"


def _open_browser(url: str) -> None:
    """Where there is a browser with a window. Never fails: the address was printed."""
    import webbrowser

    with suppress(Exception):
        browser = webbrowser.get()
        if Path(getattr(browser, "name", "")).name not in IN_TERMINAL:
            browser.open(url)
