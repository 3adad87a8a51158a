"""The command line, `halobot`. Each command imports what it needs, so that a question starts in a blink."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TextIO

import click

from bot import __version__, app
from bot.cli import digests, playground, questions, sources
from bot.errors import HalobotError
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.search.models import SearchResult
    from bot.search.service import SearchService


class Commands(click.Group):
    """Turns a problem that a person can be told about into one line on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except HalobotError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            sys.stderr.close()  # the reader of our output went away, which is its right
            ctx.exit(0)


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="halobot")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Halobot knows what changed in HaloPSA. Without a command it runs the bot."""
    ctx.obj = read_settings()
    app.start_logging(ctx.obj)
    if ctx.invoked_subcommand is None:
        ctx.invoke(run)


@cli.command()
@click.option(
    "--http",
    "port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help="Serve signed HTTP requests on this port instead of Socket Mode.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address for --http; 0.0.0.0 to be reached from other machines.",
)
@click.pass_obj
def run(settings: Settings, port: int | None = None, host: str = "127.0.0.1") -> None:
    """Connect to Slack. Without tokens, open a page to try it; from a pipe, answer each line."""
    if port:
        app.run_http(settings, port, host)
    elif settings.connected:
        app.run_socket_mode(settings)
    elif sys.stdin.isatty():
        playground.run_playground(settings)
    else:
        click.echo(
            "No Slack tokens are set, so each line gets its answer here. To connect to Slack, see README, “Connect to Slack”.",
            err=True,
        )
        _chat(settings)


@cli.command()
@click.pass_obj
def chat(settings: Settings) -> None:
    """Ask in the terminal what you would ask with /halo."""
    _chat(settings)


def _chat(settings: Settings) -> None:
    from bot.cli.output import answer_text

    ask = app.open_ask(settings)
    at_terminal = sys.stdin.isatty()
    if at_terminal:
        with ask.snapshot() as snapshot:
            count, versions = snapshot.entry_count, snapshot.versions
        click.echo(
            f"{count} entries, versions {versions[0]} to {versions[-1]}." if versions else "The catalogue is empty."
        )
        click.echo("Ask away; `help` shows examples, an empty line or Ctrl-D ends.")
    for text in _typed() if at_terminal else _lines(sys.stdin):
        with ask.snapshot() as snapshot:
            click.echo(answer_text(snapshot.search(text), snapshot.episodes))
        click.echo()


def _typed() -> Iterator[str]:
    while True:
        try:
            text = input("halo> ")
        except (EOFError, KeyboardInterrupt):
            return
        if not text.strip():
            return
        yield text


def _lines(stream: TextIO) -> Iterator[str]:
    """Lines of standard input, whatever bytes they are made of."""
    stream.reconfigure(errors="replace")  # type: ignore[attr-defined]
    for line in stream:
        yield line.rstrip("\n")


@cli.command()
@click.argument("text", required=False)
@click.option(
    "--jsonl",
    is_flag=True,
    help='Questions {"q": …} on standard input, answers {"ids": […], "near": […]} on standard output, a line each.',
)
@click.option(
    "--explain", is_flag=True, help="Show for each hit which words matched what, and how each signal counted."
)
@click.pass_obj
def ask(settings: Settings, text: str | None, jsonl: bool, explain: bool) -> None:
    """Answer one question."""
    from bot.cli import output

    asking = app.open_ask(settings)
    if jsonl:
        for line in _lines(sys.stdin):
            click.echo(_answer_json(asking, line))
            sys.stdout.flush()
        return
    if text is None:
        raise click.UsageError('What would you like to know? For example: halobot ask "jira default status"')
    if not explain:
        with asking.snapshot() as snapshot:
            click.echo(output.answer_text(snapshot.search(text), snapshot.episodes))
        return
    with asking.snapshot() as snapshot:
        answer = snapshot.explain(text)
    click.echo(output.explain_query(answer.query))
    click.echo(output.explained((*answer.hits, *answer.possible_hits)) or "No answer.")
    if answer.suggestions:
        click.echo("Near, but not an answer:\n" + output.explained(answer.suggestions))


def _answer_json(asking: "SearchService", line: str) -> str:
    """One line of the evaluator's interface (shared/search/evaluate.py): best first; `near` are not answers."""
    try:
        question = json.loads(line)["q"]
    except (ValueError, KeyError, TypeError, RecursionError):
        question = None
    if isinstance(question, int) and not isinstance(question, bool):
        question = str(question)  # a change's number, without quotes
    if not isinstance(question, str):
        return json.dumps(
            {"ids": [], "near": [], "error": 'not a question; a line looks like {"q": "jira default status"}'}
        )
    answer: SearchResult = asking.search(question)
    return json.dumps(
        {
            "ids": [hit.entry.key for hit in (*answer.hits, *answer.possible_hits)],
            "near": [hit.entry.key for hit in answer.suggestions],
        }
    )


@cli.command()
@click.pass_obj
def export(settings: Settings) -> None:
    """Print every entry as a line of JSON."""
    from bot.catalog.entry_codec import entry_to_json

    for entry in app.open_catalogue(settings).entries():
        click.echo(json.dumps(entry_to_json(entry), ensure_ascii=False))


@cli.command()
@click.pass_obj
def load(settings: Settings) -> None:
    """Load the seeds into the catalogue (done by itself at every start when they changed)."""
    from bot.catalog.repository import Catalog

    click.echo(app.load_seeds(Catalog(settings.catalog), settings, again=True))


@cli.command()
@click.pass_obj
def doctor(settings: Settings) -> None:
    """Check settings, databases and Slack, and say what to do about each finding."""
    from bot.cli.doctor import examine

    findings = examine(settings)
    for finding in findings:
        click.echo(f"{'ok  ' if finding.well else 'FAIL' if finding.must else 'note'}  {finding.what}")
        if not finding.well and finding.do:
            click.echo(f"      → {finding.do}")
    if any(finding.must and not finding.well for finding in findings):
        sys.exit(1)


sources.register(cli)
digests.register(cli)
playground.register(cli)
questions.register(cli)
