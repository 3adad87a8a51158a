"""The review queue: lines that may or may not be a change that is known already, until a person decides. Table
`review_queue`.

The state of a line is open, accepted (it is that change), rejected (it is a change of its own) or known (a later source
made it certain).
"""

import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlite_utils import Database

_OF_AN_ENTRY = "key IN (SELECT key FROM entries)"  # of `source_lines`: others wait for a seed


class ReviewCandidate(NamedTuple):
    """One line to be decided on, before it is in the queue."""

    hash: str
    text: str
    record_json: str  # what a new entry would be made of
    candidates: tuple[tuple[str, int], ...]  # keys, each with how alike it is, of 100
    reason: str
    source: str
    line_number: int


class ReviewItem(NamedTuple):
    """A line in the queue, with the number that a person names it by."""

    id: int
    candidate: ReviewCandidate


class ReviewDecision(NamedTuple):
    """What a person decided: `accepted` as the change `key`, or `rejected` and the entry `key` of its own (or "")."""

    review_id: int
    state: str
    key: str


def add_candidates(db: Database, candidates: Iterable[ReviewCandidate], import_id: int) -> None:
    """Queue lines; one that was queued before stays as it is, decided or not."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO review_queue"
        " (hash, text, record, candidates, reason, source, line_number, import_id, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open')",
        (
            (*line._replace(candidates=json.dumps(line.candidates)), import_id)  # type: ignore[arg-type]
            for line in candidates
        ),
    )


def review_states(db: Database, hashes: Collection[str]) -> dict[str, str]:
    """The states of those of these lines that were ever queued, by hash. Far fewer lines are queued than imported."""
    rows = db.execute("SELECT hash, state FROM review_queue")
    return {hashed: state for hashed, state in rows if hashed in hashes}


def open_items(db: Database, after: int = 0) -> list[ReviewItem]:
    """The lines that wait for a person and have a number above `after`, oldest first."""
    query = "SELECT * FROM review_queue WHERE state = 'open' AND id > ? ORDER BY id"
    return [_item_from_row(row) for row in db.query(query, [after])]


def find_open_item(db: Database, review_id: int) -> ReviewItem | None:
    """The waiting line with this number, or None when there is none (any more)."""
    rows = db.query("SELECT * FROM review_queue WHERE id = ? AND state = 'open'", [review_id])
    return next(map(_item_from_row, rows), None)


def record_decision(db: Database, decision: ReviewDecision, import_id: int) -> None:
    """Store what a person decided, and the import that this was."""
    db.execute(
        "UPDATE review_queue SET state = ?, key = ?, decided_by_import = ? WHERE id = ?",
        [decision.state, decision.key, import_id, decision.review_id],
    )


def close_resolved(db: Database) -> None:
    """Close lines that a later source made certain: their words stand for a numbered change, not by likeness."""
    certain = f"FROM source_lines WHERE source_lines.hash = review_queue.hash AND NOT inferred AND {_OF_AN_ENTRY}"
    db.execute(
        f"UPDATE review_queue SET state = 'known', key = (SELECT key {certain} LIMIT 1)"
        f" WHERE state = 'open' AND EXISTS (SELECT 1 {certain} AND key GLOB '[0-9]*')"
    )


def revert_import(db: Database, import_id: int) -> None:
    """Remove the lines that an import queued, and open those again that it had closed or decided."""
    db.execute("DELETE FROM review_queue WHERE import_id = ?", [import_id])
    db.execute(
        "UPDATE review_queue SET state = 'open', key = NULL"
        f" WHERE state = 'known' AND hash NOT IN (SELECT hash FROM source_lines WHERE {_OF_AN_ENTRY})"
    )
    db.execute(
        "UPDATE review_queue SET state = 'open', key = NULL, decided_by_import = NULL WHERE decided_by_import = ?",
        [import_id],
    )


def _item_from_row(row: dict[str, Any]) -> ReviewItem:
    candidates = tuple((key, score) for key, score in json.loads(row["candidates"]))
    line = ReviewCandidate(
        row["hash"], row["text"], row["record"], candidates, row["reason"], row["source"], row["line_number"]
    )
    return ReviewItem(row["id"], line)
