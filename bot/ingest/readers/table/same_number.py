"""Several rows under one number: a change has one title, so what the others say becomes a part of its summary. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.ingest.models import Record
from bot.ingest.readers.prose import end_with_period
from bot.text import stems


def join_same_numbers(records: Sequence[Record]) -> tuple[list[Record], list[str]]:
    """The records, in which every title but the longest of a number stands in its row's summary, and a remark for each
    such number. Rows that repeat a title, or give it for another mention, are left as they are.
    """
    rows: dict[str, list[int]] = {}
    for at, record in enumerate(records):
        if record.number:
            rows.setdefault(record.number, []).append(at)
    joined, remarks = list(records), []
    for number, positions in rows.items():
        if len(positions) < 2:
            continue
        titles = {records[at].title for at in positions}
        if len(titles) < 2:
            continue
        kept = max(titles, key=lambda title: (len(title), title))  # the one that a merge takes
        said = set(stems(kept))
        others = [at for at in positions if records[at].title != kept and not set(stems(records[at].title)) <= said]
        for at in others:
            record = records[at]
            repeated = record.summary.startswith(record.title)
            summary = record.summary if repeated else f"{end_with_period(record.title)} {record.summary}".strip()
            joined[at] = replace(record, summary=summary)
        if others:
            where = ", ".join(str(line) for line in sorted({records[at].line_number for at in positions})[:10])
            remarks.append(
                f"#{number} stands in rows {where} with several titles: “{kept[:80]}” is its title, the others are in "
                "its text."
            )
    return joined, remarks
