"""An answer as a document: Markdown or CSV of a version, a range, a list or the checklist of an upgrade."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.catalog.models import Entry, Episode
from bot.conversation.answers import Answer, ComparisonAnswer, ResultAnswer, UpgradeAnswer
from bot.conversation.result_text import order_heading

CSV_COLUMNS = (
    "part", "number", "version", "title", "area", "impact", "impact guessed", "highlight", "test first", "summary",
    "episode", "minute", "link",
)  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
PERHAPS = "Perhaps too"


class _Lines(list[str]):
    """What a csv.writer writes to."""

    def write(self, line: str) -> None:
        self.append(line)


class DocumentPart(NamedTuple):
    """Some entries of a document under one heading."""

    heading: str
    entries: Sequence[Entry]


def document_parts(answer: Answer) -> list[DocumentPart]:
    """What an answer has, part by part: a checklist by its sections, anything else by area or in the order that was
    asked for. Empty for other answers.
    """
    if isinstance(answer, UpgradeAnswer):
        return [DocumentPart(section.title, section.entries) for section in answer.checklist.sections]
    if isinstance(answer, ComparisonAnswer):
        result = answer.comparison.result
    elif isinstance(answer, ResultAnswer):
        result = answer.result
    else:
        return []
    entries, order = [hit.entry for hit in result.hits], result.query.order or "area"
    if result.query.order is None:
        entries.sort(key=lambda entry: (entry.area is None, entry.area or ""))
    parts = [
        DocumentPart(heading, list(found)) for heading, found in groupby(entries, lambda e: order_heading(e, order))
    ]
    perhaps = [hit.entry for hit in result.possible_hits]
    return [*parts, DocumentPart(PERHAPS, perhaps)] if perhaps else parts


def to_markdown(
    title: str, parts: Iterable[DocumentPart], episodes: Mapping[int, Episode], with_summaries: bool = True
) -> str:
    """The parts as Markdown: a heading each, and a line for each entry with its number, version and minute."""
    lines = [f"# {_plain(title[:1].upper() + title[1:])}"]
    for part in parts:
        lines += ["", f"## {_plain(part.heading)} ({len(part.entries)})", ""]
        for entry in part.entries:
            facts = ", ".join(fact for fact in (_number(entry), _versions(entry), entry.area or "") if fact)
            lines.append(f"- **{_plain(entry.title)}** ({facts}){_minute(entry, episodes)}")
            if with_summaries and (text := entry.answer or entry.summary):
                lines.append(f"  {_plain(text)}")
            if entry.caution:
                lines.append(f"  Test first: {_plain(entry.caution)}")
    return "\n".join(lines) + "\n"


def to_csv(parts: Iterable[DocumentPart], episodes: Mapping[int, Episode]) -> str:
    """The parts as CSV with a row for each entry. No cell is a formula for a spreadsheet."""
    written = _Lines()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for part in parts:
        for entry in part.entries:
            writer.writerow([as_text_cell(cell) for cell in _cells(part, entry, episodes)])
    return "".join(written)


def as_text_cell(cell: str) -> str:
    """A cell that a spreadsheet takes as text: one that would begin a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell


def _cells(part: DocumentPart, entry: Entry, episodes: Mapping[int, Episode]) -> list[str]:
    mention = entry.mentions[0] if entry.mentions else None
    episode = episodes.get(mention.episode) if mention else None
    return [
        part.heading,
        entry.key,
        _versions(entry),
        entry.title,
        entry.area or "",
        entry.impact if entry.kind == "feature" else "",
        "yes" if entry.impact_guessed else "",
        "yes" if entry.highlighted else "",
        entry.caution or "",
        entry.answer or entry.summary,
        str(mention.episode) if mention else "",
        (mention.at or "") if mention else "",
        (episode.url or "") if episode else "",
    ]


def _minute(entry: Entry, episodes: Mapping[int, Episode]) -> str:
    if not entry.mentions:
        return ""
    mention = entry.mentions[0]
    label, episode = mention.at or f"episode {mention.episode}", episodes.get(mention.episode)
    return f", [{label}]({episode.url})" if episode and episode.url else f", {label}"


def _number(entry: Entry) -> str:
    return f"#{entry.key}" if entry.numbered else entry.key


def _versions(entry: Entry) -> str:
    return str(entry.version or " or ".join(map(str, entry.possible_versions)))


def _plain(text: str) -> str:
    """A text on one line, in which nothing is Markdown."""
    line = " ".join(text.split())
    return "".join(f"\\{character}" if character in "\\`*_[]<>#|" else character for character in line)
