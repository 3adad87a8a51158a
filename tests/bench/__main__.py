"""`python -m tests.bench`: Halobot's search beside other engines, on the same entries and questions, in one run."""

import argparse
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.catalog.models import Entry
from tests.bench import minisearch, report
from tests.bench.engines import Engine, choose_engines
from tests.bench.grow import grow
from tests.bench.material import RELEVANCE, Question, read_entries, read_questions, shipped_entries
from tests.bench.quality import judge_all
from tests.bench.speed import measure, measure_cold

QUESTIONS = RELEVANCE / "questions.jsonl"  # the only file there with grades by entry
OUT = Path(__file__).with_name("RESULTS.md")
SIZES = (10_000, 100_000)
ROUNDS = 3  # how often each question is asked; its fastest answer counts
MAX_QUESTIONS_OWN_SIZE, MAX_QUESTIONS = 400, 150  # timed at the catalogue's own size, and at others
MAX_QUESTIONS_QUICK = 40


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench. Returns 0, or 2 when there is nothing to measure."""
    options = _parse_arguments(arguments)
    try:
        entries = list(read_entries(options.corpus)) if options.corpus else shipped_entries()
        files = options.queries or [QUESTIONS]
        questions = {path.stem: read_questions(path) for path in files}
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    if not entries or not any(questions.values()):
        missing = "questions" if entries else "entries"
        print(f"There are no {missing}. Questions: --queries FILE, by default {QUESTIONS}.", file=sys.stderr)
        return 2
    busy_before = os.getloadavg()[0]
    engines, left_out = choose_engines()
    results = report.Results(
        command=options.command or _command(arguments), date=options.date, entries=len(entries),
        source=str(options.corpus) if options.corpus else "seeds/",
        from_documents=bool(options.corpus) and not any(entry.also for entry in entries), left_out=left_out,
        versions=_versions(left_out),
    )  # fmt: skip
    _quality(results, engines, entries, questions)
    everything = [question for found in questions.values() for question in found]
    _speed(
        results,
        engines,
        entries,
        everything,
        SIZES[0] if options.quick else options.largest,
        separate=not options.quick,
    )
    if not options.quick:
        _progress("cold start")
        results.cold = measure_cold()
    results.busy = (busy_before, os.getloadavg()[0])
    text = report.markdown(results)
    print(text)
    out = options.out or (
        None if options.quick else OUT.with_stem(f"{OUT.stem}-{options.corpus.stem}") if options.corpus else OUT
    )
    if out:
        out.write_text(text, encoding="utf-8")
        _progress(f"written to {out}")
    return 0


def _quality(
    results: report.Results,
    engines: Sequence[type[Engine]],
    entries: Sequence[Entry],
    questions: dict[str, list[Question]],
) -> None:
    for kind in engines:
        _progress(f"quality: {kind.name}")
        engine = kind()
        engine.build(entries)
        for name, found in questions.items():
            results.quality.setdefault(name, {})[kind.name] = judge_all(
                found, [engine.search(question.q) for question in found]
            )
        engine.close()


def _speed(
    results: report.Results,
    engines: Sequence[type[Engine]],
    entries: Sequence[Entry],
    questions: Sequence[Question],
    largest: int,
    *,
    separate: bool,
) -> None:
    for size in (len(entries), *(size for size in SIZES if len(entries) < size <= largest)):
        _progress(f"speed: {size:,} entries")
        own = size == len(entries)
        limit = MAX_QUESTIONS_QUICK
        if separate:
            limit = MAX_QUESTIONS_OWN_SIZE if own else MAX_QUESTIONS
        results.speed[size] = measure(
            engines, grow(entries, size), questions, limit=limit, rounds=ROUNDS, separate=separate
        )


def _versions(left_out: dict[str, str]) -> dict[str, str]:
    found = {}
    for package in ("rapidfuzz", "bm25s", "tantivy"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    if minisearch.MiniSearch.name not in left_out:
        node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
        found |= {"minisearch": minisearch.VERSION, "node": node}
    return found


def _parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--corpus",
        type=Path,
        help="entries: lines of `halobot export`, or of id, kind, version, title, description, bullets",
    )
    parser.add_argument(
        "--queries",
        type=Path,
        nargs="+",
        help="questions: lines of q, category, grade, tolerate; by default tests/relevance/questions.jsonl",
    )
    parser.add_argument(
        "--quick", action="store_true", help="a minute: not 100,000 entries, all in one process, nothing written"
    )
    parser.add_argument(
        "--largest",
        type=int,
        default=SIZES[-1],
        help="the largest size to measure",
    )
    parser.add_argument(
        "--out",
        type=Path,
        help=f"where the tables are written; by default {OUT.name}, with the name of the --corpus file in it",
    )
    parser.add_argument("--date", default=datetime.now(UTC).date().isoformat(), help="the date to print")
    parser.add_argument("--command", help="the command to print, where it was not this one")
    return parser.parse_args(arguments)


def _command(arguments: Sequence[str] | None) -> str:
    return shlex.join(["python", "-m", "tests.bench", *(sys.argv[1:] if arguments is None else arguments)])


def _progress(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
