"""Lines that may or may not be a change that is known already, kept apart until a person says: the table `review`."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlite_utils import Database


class ReviewCandidate(NamedTuple):
    """One line to be judged. `record` is what a new entry would be made of, as JSON; `candidates` are keys with how
    alike they are.
    """

    hash: str
    text: str
    record_json: str
    candidates: tuple[tuple[str, int], ...]
    reason: str
    source: str
    line_number: int


class ReviewItem(NamedTuple):
    """An unsure line with the number that a person names it by."""

    id: int
    candidate: ReviewCandidate


class ReviewDecision(NamedTuple):
    """What a person said of a waiting line: `accepted` as the change `key`, or `rejected` and an entry of its own (or
    none).
    """

    review_id: int
    state: str
    key: str


def add_candidates(db: Database, candidates: Iterable[ReviewCandidate], import_id: int) -> None:
    """Put lines up for review; one that was put up before (or judged) stays as it is."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO review (hash, text, record, candidates, why, source, place, intake, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open')",
        (
            (
                one.hash,
                one.text,
                one.record_json,
                json.dumps(one.candidates),
                one.reason,
                one.source,
                one.line_number,
                import_id,
            )
            for one in candidates
        ),
    )


def review_states(db: Database, hashes: Iterable[str]) -> dict[str, str]:
    """The state of those of these lines that were put up before: open, accepted, rejected."""
    rows = db.execute(
        "SELECT hash, state FROM review WHERE hash IN (SELECT value FROM json_each(?))", [json.dumps(list(hashes))]
    )
    return dict(rows.fetchall())


def open_items(db: Database) -> list[ReviewItem]:
    """What waits for a person, oldest first."""
    return [
        ReviewItem(row["id"], _candidate_from_row(row))
        for row in db.query("SELECT * FROM review WHERE state = 'open' ORDER BY id")
    ]


def find_open_item(db: Database, review_id: int) -> ReviewItem | None:
    """The waiting line with this number, or None when there is none (any more)."""
    return next(
        (
            ReviewItem(row["id"], _candidate_from_row(row))
            for row in db.query("SELECT * FROM review WHERE id = ? AND state = 'open'", [review_id])
        ),
        None,
    )


def record_decision(db: Database, decision: ReviewDecision, import_id: int) -> None:
    """Note how a person judged a line, and the intake that this was."""
    db.execute(
        "UPDATE review SET state = ?, key = ?, settled_by = ? WHERE id = ?",
        [decision.state, decision.key, import_id, decision.review_id],
    )


def close_resolved(db: Database) -> None:
    """What a later source made certain needs no judging any more: its words stand in `said` for a numbered change, by
    number.
    """
    db.execute(
        "UPDATE review SET state = 'known', key = (SELECT key FROM said WHERE said.hash = review.hash AND NOT inferred LIMIT 1)"
        " WHERE state = 'open' AND hash IN (SELECT hash FROM said WHERE NOT inferred AND key GLOB '[0-9]*')"
    )


def revert_import(db: Database, import_id: int) -> None:
    """Remove what an intake put up; what it had made certain, or a person had judged by it, is open again."""
    db.execute("DELETE FROM review WHERE intake = ?", [import_id])
    db.execute(
        "UPDATE review SET state = 'open', key = NULL WHERE state = 'known' AND hash NOT IN (SELECT hash FROM said)"
    )
    db.execute("UPDATE review SET state = 'open', key = NULL, settled_by = NULL WHERE settled_by = ?", [import_id])


def _candidate_from_row(row: dict[str, Any]) -> ReviewCandidate:
    candidates = tuple((key, score) for key, score in json.loads(row["candidates"]))
    return ReviewCandidate(row["hash"], row["text"], row["record"], candidates, row["why"], row["source"], row["place"])
