"""The command `playground`: Halobot and a Slack for one machine in one process, with a page in the browser.

`halobot run` without tokens at a terminal does the same. Nothing is kept. `bot.playground` knows nothing of Halobot:
it is connected to the app here, and gets its buttons that change the world around the app.
"""

import errno
import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

import click

from bot.app import Application
from bot.errors import SettingError
from bot.settings import PROJECT, Settings, shipped_path
from bot.sqlite_address import address_of

if TYPE_CHECKING:
    from bot.digests.runner import DigestRunner
    from bot.playground import Playground
    from bot.playground.page import AdminButton
    from bot.storage.models import OutboxRow

log = logging.getLogger(__name__)
PORT, PORTS_TRIED = 3123, 20
WEEK_SECONDS = 7 * 24 * 3600
MAX_SLOTS_A_WEEK = 50  # moments at which a digest is due, that are passed one by one
CHANNEL = "C1"
EXAMPLES = PROJECT / "bot" / "playground" / "examples"  # one document for each press of “New version arrives”, in order
TERMINAL_BROWSERS = {"www-browser", "links", "elinks", "lynx", "w3m"}  # they would take over our own terminal
ANSWER_SECONDS = 10.0  # for an answer in the conversation that the page begins with


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"The page's port; by default HALO_PLAYGROUND_PORT, or else {PORT} or the next free one.",
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.pass_obj
def playground(application: Application, port: int | None, no_browser: bool) -> None:
    """Open a page to try Halobot without Slack.

    It looks and behaves like a channel, and keeps nothing.
    """
    run_playground(application, port, not no_browser)


def run_playground(application: Application, port: int | None = None, browser: bool = True) -> None:
    """Run the page and the app behind it until Ctrl-C.

    Raises HalobotError when the catalogue cannot be opened or the port is taken.
    """
    import signal

    port = application.settings.playground_port if port is None else port
    for name in ("httpx2", "uvicorn"):  # they log every request, which the page's inspector shows better
        logging.getLogger(name).setLevel(logging.WARNING)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # like Ctrl-C: the temporary files are removed
    with suppress(KeyboardInterrupt), open_playground(application.settings, port) as slack:
        click.echo(f"Halobot without Slack: {slack.page_url}")
        click.echo(
            "Type /halo jira default status there. Only this machine can reach the page, with the key in its address; "
            "it keeps nothing."
        )
        click.echo(
            "Ctrl-C ends it. To connect to Slack, see “Connect to Slack” in README. In the terminal: halobot chat"
        )
        if browser:
            threading.Thread(target=_open_browser, args=(slack.page_url,), daemon=True).start()
        while True:  # in short waits: a signal that came just before one for ever would not end it
            time.sleep(0.2)
    click.echo("\nStopped.")


@contextmanager
def open_playground(settings: Settings, port: int | None = 0, at: datetime | None = None) -> Iterator["Playground"]:
    """The playground with the app connected to it and a conversation in its channel.

    `port` None is the usual one or the next free one. With `at`, the clock stands still at that moment.
    """
    import tempfile

    from bot.digests.runner import start_scheduler
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
        slack = stack.enter_context(_start_on_port(port, page))
        if at is not None:
            slack.set_clock(at, running=False)
        slack.state.users[slack.state.app.user_id].name = features.get("bot_user", {}).get("display_name", "halo")
        if "oauth_config" in manifest:
            slack.set_scopes(manifest["oauth_config"]["scopes"]["bot"])  # no more than a real workspace would grant
        application = Application(_playground_settings(settings, slack, folder), slack.now)
        bolt_app = application.build_bolt_app()
        stack.callback(bolt_app.listener_runner.listener_executor.shutdown)
        server = ServerThread(build_http_app(bolt_app, slack.signing_secret))
        server.start()
        stack.callback(server.stop)
        slack.app_url = f"http://127.0.0.1:{server.port}{EVENTS_PATH}"
        page.buttons |= admin_buttons(slack, application)
        stack.callback(start_scheduler(application.digest_runner).shutdown)
        begin_conversation(slack, lambda: application.services.jobs.wait_idle(ANSWER_SECONDS))
        yield slack


def _manifest() -> dict[str, Any]:
    """The app's manifest: it has the scopes, and what the page completes and shows in its menus."""
    path = shipped_path("manifest.json")
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return manifest


def _start_on_port(port: int | None, page: Any) -> "Playground":
    from bot.playground import Playground

    # Of this start only: another program, or a page in the browser, must not be able to know them.
    make = partial(
        Playground, routes=page.routes(), key=token_urlsafe(24), signing_secret=token_urlsafe(24),
        bot_token=f"xoxb-{token_urlsafe(24)}", app_token=f"xapp-{token_urlsafe(24)}",
    )  # fmt: skip
    for candidate in [port] if port is not None else range(PORT, PORT + PORTS_TRIED):
        try:
            return make(port=candidate)
        except (OSError, OverflowError) as error:
            if port is not None:
                taken = getattr(error, "errno", None) == errno.EADDRINUSE
                raise SettingError(
                    f"Port {port} cannot be used: {'something else listens there' if taken else error}. "
                    "Choose another with --port or HALO_PLAYGROUND_PORT, or leave both out."
                ) from error
    return make(port=0)


def _playground_settings(settings: Settings, slack: "Playground", folder: Path) -> Settings:
    """These settings for the playground: a copy of the catalogue, as examples are imported into it, and a workspace
    database in the same temporary folder.
    """
    copy = folder / "catalog.db"
    with (
        closing(sqlite3.connect(Application(settings).catalog.path)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    return replace(
        settings, catalog=copy, workspace_url=address_of(folder / "workspace.db"), slack_api_url=slack.api_url,
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token, slack_signing_secret=slack.signing_secret, halo_sources="",
    )  # fmt: skip


def admin_buttons(slack: "Playground", application: Application) -> dict[str, "AdminButton"]:
    """The page's buttons that change what is around the app: its clock, and its catalogue."""
    from bot.playground.page import AdminButton

    examples = iter(sorted(EXAMPLES.glob("*.csv")))

    def week_later() -> str:
        posted = _pass_a_week(slack, application)
        today = datetime.fromtimestamp(slack.now(), UTC)
        return f"It is {today:%A, %-d %B %Y, %H:%M} UTC now. {_said(posted)}"

    def new_version() -> str:
        document = next(examples, None)
        if document is None:
            return "All the examples have arrived by now. Start the playground again for a fresh one."
        return f"{_import_example(document, application)} {_said(_post_due(application.digest_runner))}"

    return {
        "week_later": AdminButton(
            "A week later",
            "moves the clock to the last digest that a week brings, each at its own hour (set one up with /halo "
            "subscribe).",
            week_later,
        ),
        "new_version": AdminButton(
            "New version arrives",
            "brings in a made-up example version, so that watches and digests have something to tell.",
            new_version,
        ),
    }


def _pass_a_week(slack: "Playground", application: Application) -> "list[OutboxRow]":
    """Move the clock by a week, or to the last moment in it at which a digest is due; each comes at its own. Returns
    what was posted.
    """
    posted: list[OutboxRow] = []
    end = slack.now() + WEEK_SECONDS
    for _ in range(MAX_SLOTS_A_WEEK):
        digests = application.services.digests
        rows = digests.subscriptions(slack.state.team.id) if digests else []
        slots = [row.next_slot.at.timestamp() for row in rows if row.next_slot]
        following = min((at for at in slots if at > slack.now()), default=end)
        if following > end:
            break
        slack.advance(following - slack.now() + 1)
        posted += _post_due(application.digest_runner)
        if following == end:
            return posted
    if not posted:
        slack.advance(max(0.0, end - slack.now()))
        posted += _post_due(application.digest_runner)
    return posted


def _import_example(document: Path, application: Application) -> str:
    from bot.ingest.load import load_file
    from bot.ingest.service import import_documents

    report = import_documents(
        application.catalog, [load_file(document)], datetime.fromtimestamp(application.now(), UTC)
    )
    version = document.stem.removeprefix("example-")
    corrected = f", and {len(report.updated)} of before corrected" if report.updated else ""
    return f"An example version arrived, {version}, with {len(report.new)} made-up changes{corrected}."


def _post_due(digests: "DigestRunner") -> "list[OutboxRow]":
    """Post what is due. Returns what Slack took."""
    return [row for row in digests.run_due().posted if row.state == "sent"]


def _said(sent: "list[OutboxRow]") -> str:
    """How much was posted, as a sentence."""
    if not sent:
        return "Nothing was due."
    number = sum(row.channel.startswith(("C", "G")) for row in sent)
    parts = [
        f"{count} {word}{'' if count == 1 else 's'}"
        for count, word in ((number, "digest"), (len(sent) - number, "direct message"))
        if count
    ]
    return f"{' and '.join(parts)} came."


def begin_conversation(slack: "Playground", wait_idle: Callable[[], object]) -> None:
    """Have a short conversation, asked and answered for real: what a newcomer sees first. When an answer doesn't come
    in time, the conversation stays shorter. `wait_idle` waits until the bot has remembered what it answered.
    """
    slack.say(
        "A customer asks: when Jira updates a ticket, can we choose the status that it lands in?",
        user="UBOB",
        channel=CHANNEL,
    )
    question = slack.mention("jira default status", user="UALICE", channel=CHANNEL)
    if not question.ts or not _wait_for_answer(slack, 0, question.ts):
        return
    wait_idle()
    last_seq = slack.transcript[-1].seq
    slack.mention("share it with the channel", user="UALICE", channel=CHANNEL, thread_ts=question.ts)
    if _wait_for_answer(slack, last_seq, None):
        slack.say("That is the one, thanks! I try it on the test instance first.", user="UBOB", channel=CHANNEL)


def _wait_for_answer(slack: "Playground", after: int, thread: str | None) -> bool:
    """Whether the bot answers in that thread. An ephemeral message is an error: no answer follows it."""
    bot = slack.state.app.user_id
    try:
        answer = slack.wait_for(
            lambda entry: (
                entry.author == bot
                and (entry.kind == "ephemeral" or (entry.kind == "message" and entry.thread_ts == thread))
            ),
            ANSWER_SECONDS,
            after=after,
        )
    except TimeoutError:
        log.warning("The conversation that the page begins with was not answered in %s s.", ANSWER_SECONDS)
        return False
    return answer.kind == "message"


def _open_browser(url: str) -> None:
    """Open the page if there is a browser with a window. Never fails: the address was printed."""
    import webbrowser

    with suppress(Exception):
        browser = webbrowser.get()
        if Path(getattr(browser, "name", "")).name not in TERMINAL_BROWSERS:
            browser.open(url)


COMMANDS = (playground,)
