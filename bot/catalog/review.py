"""Lines that may or may not be a change that is known already, kept apart until a person says: the table `review`."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlite_utils import Database


class Unsure(NamedTuple):
    """One line to be judged. `record` is what a new entry would be made of, as JSON; `candidates` are keys with how
    alike they are.
    """

    hash: str
    text: str
    record: str
    candidates: tuple[tuple[str, int], ...]
    why: str
    source: str
    place: int


class Waiting(NamedTuple):
    """An unsure line with the number that a person names it by."""

    id: int
    unsure: Unsure


class Verdict(NamedTuple):
    """What a person said of a waiting line: `accepted` as the change `key`, or `rejected` and an entry of its own (or
    none).
    """

    number: int
    state: str
    key: str


def write(db: Database, unsure: Iterable[Unsure], intake: int) -> None:
    """Put lines up for review; one that was put up before (or judged) stays as it is."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO review (hash, text, record, candidates, why, source, place, intake, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open')",
        (
            (one.hash, one.text, one.record, json.dumps(one.candidates), one.why, one.source, one.place, intake)
            for one in unsure
        ),
    )


def judged(db: Database, hashes: Iterable[str]) -> dict[str, str]:
    """The state of those of these lines that were put up before: open, accepted, rejected."""
    rows = db.execute(
        "SELECT hash, state FROM review WHERE hash IN (SELECT value FROM json_each(?))", [json.dumps(list(hashes))]
    )
    return dict(rows.fetchall())


def waiting(db: Database) -> list[Waiting]:
    """What waits for a person, oldest first."""
    return [
        Waiting(row["id"], _unsure(row)) for row in db.query("SELECT * FROM review WHERE state = 'open' ORDER BY id")
    ]


def find(db: Database, number: int) -> Waiting | None:
    """The waiting line with this number, or None when there is none (any more)."""
    return next(
        (
            Waiting(row["id"], _unsure(row))
            for row in db.query("SELECT * FROM review WHERE id = ? AND state = 'open'", [number])
        ),
        None,
    )


def settle(db: Database, verdict: Verdict, intake: int) -> None:
    """Note how a person judged a line, and the intake that this was."""
    db.execute(
        "UPDATE review SET state = ?, key = ?, settled_by = ? WHERE id = ?",
        [verdict.state, verdict.key, intake, verdict.number],
    )


def close_known(db: Database) -> None:
    """What a later source made certain needs no judging any more: its words stand in `said` for a numbered change, by
    number.
    """
    db.execute(
        "UPDATE review SET state = 'known', key = (SELECT key FROM said WHERE said.hash = review.hash AND NOT inferred LIMIT 1)"
        " WHERE state = 'open' AND hash IN (SELECT hash FROM said WHERE NOT inferred AND key GLOB '[0-9]*')"
    )


def take_back(db: Database, intake: int) -> None:
    """Remove what an intake put up; what it had made certain, or a person had judged by it, is open again."""
    db.execute("DELETE FROM review WHERE intake = ?", [intake])
    db.execute(
        "UPDATE review SET state = 'open', key = NULL WHERE state = 'known' AND hash NOT IN (SELECT hash FROM said)"
    )
    db.execute("UPDATE review SET state = 'open', key = NULL, settled_by = NULL WHERE settled_by = ?", [intake])


def _unsure(row: dict[str, Any]) -> Unsure:
    candidates = tuple((key, score) for key, score in json.loads(row["candidates"]))
    return Unsure(row["hash"], row["text"], row["record"], candidates, row["why"], row["source"], row["place"])
