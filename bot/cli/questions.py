"""The commands that ask: `ask` and `chat`; and `questions`, which shows what people asked in vain."""

import gc
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from bot.app import Application

if TYPE_CHECKING:
    from bot.conversation.models import LastAnswer
    from bot.search.cache import LruCache
    from bot.search.service import SearchService

MAX_THREADS = 1_000  # conversations that `ask --jsonl` goes on with
MAX_THREAD_NAME = 200  # characters


@click.command()
@click.pass_obj
def chat(application: Application) -> None:
    """Ask questions in the terminal, one after the other: "more" or "the second one" is understood from the last."""
    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    answer_lines(application, _prompted_lines() if at_terminal else piped_lines(), at_terminal)


def answer_lines(application: Application, lines: Iterable[str], at_terminal: bool = False) -> None:
    """Answer each of these lines; at a terminal, say first what can be asked."""
    from bot.conversation import plain_text
    from bot.conversation.interpret import interpret, remember

    last: LastAnswer | None = None
    search = application.search
    if at_terminal:
        with search.snapshot() as snapshot:
            count, versions = snapshot.entry_count, snapshot.versions
        click.echo(
            f"{count} entries, versions {versions[0]} to {versions[-1]}." if versions else "The catalogue is empty."
        )
        click.echo("Type a question. `help` shows examples; an empty line or Ctrl-D ends.")
    for text in lines:
        with search.snapshot() as snapshot:
            meaning = interpret(snapshot, text, last)
            click.echo(plain_text.interpretation_text(meaning, snapshot, lambda of: application.self_facts.read(of)))
        click.echo()
        last = remember(meaning, last, *plain_text.shown_page(meaning)) or last


def _prompted_lines() -> Iterator[str]:
    while True:
        try:
            text = input("halo> ")
        except (EOFError, KeyboardInterrupt):
            return
        if not text.strip():
            return
        yield text


def piped_lines() -> Iterator[str]:
    """Lines of standard input, whatever bytes they are made of; none where it cannot be read, as under `nohup`."""
    if sys.stdin is None:  # it was closed
        return
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        for line in sys.stdin:
            yield line.rstrip("\n")
    except OSError:
        return


@click.command()
@click.argument("text", metavar="[QUESTION]", required=False)
@click.option(
    "--jsonl",
    is_flag=True,
    help='Answer questions from standard input, a line of JSON each: {"q": …} in, {"ids": […], "near": […], '
    '"confidence": "sure", "perhaps" or "none"} out. Lines with the same "thread" are one conversation.',
)
@click.option("--explain", is_flag=True, help="Show how the question was understood, how sure the answer is and why.")
@click.pass_obj
def ask(application: Application, text: str | None, jsonl: bool, explain: bool) -> None:
    """Answer one question."""
    if jsonl:
        answer_json_lines(application.search)
        return
    if text is None:
        raise click.UsageError('Which question? For example: halobot ask "jira default status"')
    with _without_garbage_collection():
        click.echo(_answer(application, text, explain))


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Inside, Python looks for no garbage: while a program loads there is hardly any, and it takes a tenth of the time
    that one answer takes.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _answer(application: Application, text: str, explain: bool) -> str:
    """The answer to one question, as text; with `explain`, how it was found."""
    from bot.conversation import plain_text
    from bot.conversation.interpret import interpret

    with application.search.snapshot() as snapshot:
        if explain:
            assessed = snapshot.assess(text)
            return plain_text.explanation_text(snapshot.explain(text), assessed[1] if assessed else None)
        meaning = interpret(snapshot, text)
        return plain_text.interpretation_text(meaning, snapshot, lambda of: application.self_facts.read(of))


def answer_json_lines(search: "SearchService") -> None:
    """Answer each line of standard input as `--jsonl` says; what was answered last is kept for some threads only."""
    from bot.search.cache import LruCache

    threads = LruCache[str, "LastAnswer"](MAX_THREADS)
    for line in piped_lines():
        click.echo(json.dumps(answer_json(search, line, threads)))
        sys.stdout.flush()


def answer_json(search: "SearchService", line: str, threads: "LruCache[str, LastAnswer]") -> dict[str, Any]:
    """One answer. `ids` has the keys of what is shown as an answer, best first; `near` has keys that are no answer."""
    from bot.conversation.answers import ResultAnswer, answer_keys, judge
    from bot.conversation.interpret import interpret, remember
    from bot.conversation.plain_text import shown_page

    question, thread = _read_json(line)
    if question is None:
        error = 'not a question; a line looks like {"q": "jira default status"}'
        return {"ids": [], "near": [], "confidence": "none", "error": error}
    last = threads.get(thread) if thread else None
    with search.snapshot() as snapshot:
        meaning = interpret(snapshot, question, last)
    keys, end = shown_page(meaning)
    if thread and (to_keep := remember(meaning, last, keys, end)):
        threads.add({thread: to_keep})
    result = meaning.answer.result if isinstance(meaning.answer, ResultAnswer) else None
    if not meaning.offset and keys:  # all pages of a list
        keys = answer_keys(meaning.answer)[: -len(result.more_hits) if result and result.more_hits else None]
    judged = judge(meaning.answer, keys)
    return {"ids": list(judged.found), "near": list(judged.near), "confidence": judged.confidence}


def _read_json(line: str) -> tuple[str | None, str]:
    """The question of a line, None where it has none, and the name of its thread."""
    try:
        fields = json.loads(line)
        question, thread = fields["q"], fields.get("thread")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, ""
    if isinstance(question, int) and not isinstance(question, bool):
        question = str(question)  # a change's number, without quotes
    thread = str(thread)[:MAX_THREAD_NAME] if isinstance(thread, str | int) else ""
    return (question, thread) if isinstance(question, str) else (None, thread)


@click.command()
@click.option("--limit", default=50, show_default=True, help="How many lines; most often unanswered first.")
@click.pass_obj
def questions(application: Application, limit: int) -> None:
    """Show which questions found nothing, and which answers helped.

    These are the questions of the last 90 days, or of HALO_QUESTION_DAYS, without who asked them.
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
