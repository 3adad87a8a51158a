"""Questions that found nothing, and what people thought of answers: words and counts, never people. Kept for 90 days.

Only what people typed to the bot. What came by the message shortcut is other people's text and is never stored.
"""

import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.transactions import insert_or_ignore, write_transaction

questions = sa.Table(
    "questions",
    metadata,
    sa.Column("team_id", sa.String(32), primary_key=True),
    sa.Column("words", sa.String(300), primary_key=True),
    sa.Column("in_vain", sa.Integer, nullable=False),  # how often it found nothing
    sa.Column("helpful", sa.Integer, nullable=False),
    sa.Column("not_helpful", sa.Integer, nullable=False),
    sa.Column("first_at", sa.Float, nullable=False),
    sa.Column("last_at", sa.Float, nullable=False, index=True),
)
RETENTION_SECONDS = 90 * 24 * 3600
MAX_QUESTION_LENGTH = 200
_PERSONAL_DATA = re.compile(
    r"\S+@\S+\.\S+|\+?\d[\d ()-]{8,}\d"
)  # addresses and telephone numbers tell about people, not about Halo


def m009_questions(connection: sa.Connection) -> None:
    """The table of this module."""
    questions.create(connection)


@dataclass(frozen=True)
class QuestionStats:
    """One question as the operator sees it."""

    text: str
    no_result_count: int
    helpful_count: int
    not_helpful_count: int
    last_asked_at: float


class QuestionLog:
    """What was asked in vain, and what was said of answers."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def record_no_result(self, team: str, text: str, now: float) -> None:
        """Count a question that had no answer."""
        self._increment(team, text, "in_vain", now)

    def record_rating(self, team: str, text: str, helpful: bool, now: float) -> None:
        """Count what somebody thought of the answer."""
        self._increment(team, text, "helpful" if helpful else "not_helpful", now)

    def list_stats(self, now: float, limit: int = 50) -> list[QuestionStats]:
        """The questions of the last 90 days in all teams together: those asked in vain most often first."""
        of = questions.c
        sums = [sa.func.sum(column).label(column.name) for column in (of.in_vain, of.helpful, of.not_helpful)]
        wanted = (
            sa.select(of.words, *sums, sa.func.max(of.last_at).label("last_at"))
            .where(of.last_at >= now - RETENTION_SECONDS)
            .group_by(of.words)
        )
        order: tuple[Any, ...] = (
            sa.desc("in_vain"),
            sa.desc("not_helpful"),
            sa.desc("helpful"),
            sa.desc("last_at"),
            of.words,
        )
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(*order).limit(limit))
            return [QuestionStats(row.words, row.in_vain, row.helpful, row.not_helpful, row.last_at) for row in rows]

    def _increment(self, team: str, text: str, column: str, now: float) -> None:
        words = normalise_question(text)
        if not words:
            return
        here = sa.and_(questions.c.team_id == team, questions.c.words == words)
        row = {
            "team_id": team,
            "words": words,
            "in_vain": 0,
            "helpful": 0,
            "not_helpful": 0,
            "first_at": now,
            "last_at": now,
        }
        with write_transaction(self._engine) as connection:
            connection.execute(questions.delete().where(questions.c.last_at < now - RETENTION_SECONDS))
            insert_or_ignore(connection, questions, [row])
            connection.execute(questions.update().where(here).values({column: questions.c[column] + 1, "last_at": now}))


def normalise_question(text: str) -> str:
    """A question as it is kept: one line, lower case, without addresses and telephone numbers."""
    return " ".join(_PERSONAL_DATA.sub("…", text).lower().split())[:MAX_QUESTION_LENGTH]
