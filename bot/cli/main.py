"""The command line, `halobot`. Each command imports what it needs, so that a question is answered at once."""

import atexit
import gc
import logging
import sqlite3
import sys
from importlib import import_module
from io import TextIOWrapper
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from bot import __version__, app
from bot.errors import HalobotError
from bot.references import with_reference
from bot.settings import misspelt_settings, read_settings

if TYPE_CHECKING:
    from bot.workers import Worker

MAX_WORKERS = 64
RENAMED_COMMANDS = {"load": "`halobot seed`", "ledger": "`halobot deliveries`, and its --changes `halobot audit`"}


# Where each command is, so that one loads none of the others.
COMMAND_MODULES = {
    "questions": ("ask", "chat", "questions"),
    "catalog": ("export", "seed"),
    "sources": ("import", "undo", "sources"),
    "phrasings": ("phrasings",),
    "digests": ("digest", "deliveries", "audit"),
    "playground": ("playground",),
    "doctor": ("doctor",),
    "ready": ("ready",),
    "init": ("init",),
    "web": ("web",),
    "mcp": ("mcp",),
    "migrate": ("migrate",),
    "backup": ("backup", "restore", "copy-workspace"),
    "workspaces": ("workspaces",),
}


LONG_RUNNING = (None, "run", "playground")  # what they do has references of its own


class CommandGroup(click.Group):
    """Loads a command when it is first asked for. A HalobotError is one line on standard error; exits with 1 then."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *(name for names in COMMAND_MODULES.values() for name in names)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = next((module for module, names in COMMAND_MODULES.items() if cmd_name in names), None)
        if module is None:
            return super().get_command(ctx, cmd_name)
        commands: tuple[click.Command, ...] = import_module(f"bot.cli.{module}").COMMANDS
        return next(command for command in commands if command.name == cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in RENAMED_COMMANDS:
            ctx.fail(f"`halobot {args[0]}` is now {RENAMED_COMMANDS[args[0]]}.")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except HalobotError as error:
            raise click.ClickException(str(error)) from error
        except sqlite3.DatabaseError as error:
            raise click.ClickException(
                f"A database cannot be read or written ({error}). Run `halobot doctor` to see which, and what to do."
            ) from error
        except BrokenPipeError:  # the reader of the output has closed it, as `| head -1` does
            sys.stderr.close()
            ctx.exit(0)


@click.group(cls=CommandGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="halobot")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Halobot knows what changed in HaloPSA. Without a command it runs the bot."""
    # At its end, a process need not look for garbage: that would take as long as an answer.
    atexit.register(gc.freeze)
    if isinstance(sys.stdout, TextIOWrapper):  # of a terminal or file with few characters: nothing is left out
        sys.stdout.reconfigure(errors="backslashreplace")
    settings = read_settings()
    app.start_logging(settings)
    for name, meant in misspelt_settings().items():
        logging.getLogger(__name__).warning("%s is no setting and is ignored. Did you mean %s?", name, meant)
    if ctx.invoked_subcommand not in LONG_RUNNING:
        ctx.with_resource(with_reference())
    ctx.obj = app.Application(settings)
    if ctx.invoked_subcommand is None:
        ctx.invoke(run)


@cli.command()
@click.option(
    "--http",
    "port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help="Serve signed HTTP requests on this port instead of using Socket Mode; overrides HALO_HTTP_PORT.",
)
@click.option(
    "--host",
    help="The address to listen on; 0.0.0.0 lets other machines reach it; overrides HALO_HTTP_HOST.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MAX_WORKERS),
    metavar="N",
    help="With --http, answer in so many processes: one a core. Without it, HALO_HTTP_WORKERS says how many.",
)
@click.option("--worker", "of_parent", hidden=True, help="What a worker has of its parent.")
@click.pass_obj
def run(
    application: app.Application,
    port: int | None = None,
    host: str | None = None,
    workers: int | None = None,
    of_parent: str | None = None,
) -> None:
    """Run the bot.

    Without tokens, open the playground at a terminal, and answer each line from a pipe; with neither, exit with 2.
    """
    settings = application.settings
    host = host or settings.http_host
    if settings.slack_signing_secret and not settings.slack_app_token:
        port = port or settings.http_port
    if port or settings.connected:
        from bot import running

        count = workers or application.settings.http_workers
        if port and count > 1 and of_parent is None:
            from bot.workers import run_workers

            sys.exit(run_workers(count, host, port))
        elif port:
            running.run_http(application, port, host, _worker(of_parent))
        else:
            running.run_socket_mode(application, host)
    elif sys.stdin is not None and sys.stdin.isatty():
        from bot.cli.playground import run_playground

        run_playground(application)
    else:
        _answer_pipe(application)


def _worker(text: str | None) -> "Worker | None":
    from bot.workers import Worker

    return Worker.read(text) if text else None


def _answer_pipe(application: app.Application) -> None:
    """Answer each line from a pipe. Where none comes, as in a service without tokens, exits with 2."""
    from bot.cli.questions import answer_lines, piped_lines

    lines = piped_lines()
    first = next(lines, None)
    if first is None:
        click.echo(
            "Error: No Slack tokens are set and there is no terminal, so there is nothing to run; put the tokens into "
            ".env as “Connect to Slack” in README says, or start Halobot in a terminal to try it.",
            err=True,
        )
        sys.exit(2)
    click.echo(
        "No Slack tokens are set, so each line is answered here. To connect to Slack, see “Connect to Slack” in "
        "README.",
        err=True,
    )
    answer_lines(application, chain([first], lines))
