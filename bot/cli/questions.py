"""The commands that ask: `ask` and `chat`; and `questions`, which shows what people asked in vain."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

import click

from bot.app import Application

if TYPE_CHECKING:
    from bot.search.service import SearchService


@click.command()
@click.pass_obj
def chat(application: Application) -> None:
    """Ask questions in the terminal. Commands such as `compare` and follow-ups need Slack or the page."""
    answer_lines(application)


def answer_lines(application: Application) -> None:
    """Answer each line of standard input; at a terminal, with a prompt, until an empty line."""
    from bot.cli.output import answer_text

    search, at_terminal = application.search, sys.stdin.isatty()
    if at_terminal:
        with search.snapshot() as snapshot:
            count, versions = snapshot.entry_count, snapshot.versions
        click.echo(
            f"{count} entries, versions {versions[0]} to {versions[-1]}." if versions else "The catalogue is empty."
        )
        click.echo("Type a question. `help` shows examples; an empty line or Ctrl-D ends.")
    for text in _prompted_lines() if at_terminal else _lines(sys.stdin):
        with search.snapshot() as snapshot:
            click.echo(answer_text(snapshot.search(text), snapshot.episodes))
        click.echo()


def _prompted_lines() -> Iterator[str]:
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


@click.command()
@click.argument("text", metavar="[QUESTION]", required=False)
@click.option(
    "--jsonl",
    is_flag=True,
    help='Answer questions from standard input, a line of JSON each: {"q": …} in, {"ids": […], "near": […]} out.',
)
@click.option("--explain", is_flag=True, help="Show how the question was understood, and the signals of each score.")
@click.pass_obj
def ask(application: Application, text: str | None, jsonl: bool, explain: bool) -> None:
    """Answer one question."""
    from bot.cli import output

    search = application.search
    if jsonl:
        for line in _lines(sys.stdin):
            click.echo(_answer_json(search, line))
            sys.stdout.flush()
        return
    if text is None:
        raise click.UsageError('Which question? For example: halobot ask "jira default status"')
    with search.snapshot() as snapshot:
        if explain:
            click.echo(output.explanation_text(snapshot.explain(text)))
        else:
            click.echo(output.answer_text(snapshot.search(text), snapshot.episodes))


def _answer_json(search: "SearchService", line: str) -> str:
    """One answer of `--jsonl`. `ids` has the keys of the hits, best first; `near` has keys that are no answer."""
    try:
        question = json.loads(line)["q"]
    except (ValueError, KeyError, TypeError, RecursionError):
        question = None
    if isinstance(question, int) and not isinstance(question, bool):
        question = str(question)  # a change's number, without quotes
    if not isinstance(question, str):
        error = 'not a question; a line looks like {"q": "jira default status"}'
        return json.dumps({"ids": [], "near": [], "error": error})
    result = search.search(question)
    return json.dumps(
        {
            "ids": [hit.entry.key for hit in (*result.hits, *result.possible_hits)],
            "near": [hit.entry.key for hit in result.suggestions],
        }
    )


@click.command()
@click.option("--limit", default=50, show_default=True, help="How many lines; most often unanswered first.")
@click.pass_obj
def questions(application: Application, limit: int) -> None:
    """Show which questions found nothing, and which answers helped.

    These are the questions of the last 90 days, without who asked them.
    """
    rows = application.stores.question_log.list_stats(application.now(), limit)
    for row in rows:
        counts = (
            f"nothing {row.no_result_count}×" if row.no_result_count else "",
            f"helpful {row.helpful_count}×" if row.helpful_count else "",
            f"not helpful {row.not_helpful_count}×" if row.not_helpful_count else "",
        )
        click.echo(f"{', '.join(count for count in counts if count):40}  {row.text}")
    if not rows:
        click.echo("Nothing yet: every question found something, and nobody rated an answer.")


COMMANDS = (ask, chat, questions)
