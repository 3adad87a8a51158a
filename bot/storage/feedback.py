"""Questions that found nothing, and how people rated answers: words and counts, never people. How long they are kept
is a setting (HALO_QUESTION_DAYS).

Only what people typed to the bot is stored. What comes by the message shortcut is other people's text and is not.
"""

import re
from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.retention import DAY_SECONDS
from bot.storage.transactions import upsert, write_transaction

questions = sa.Table(
    "questions",
    metadata,
    sa.Column("team_id", sa.String(32), primary_key=True),
    sa.Column("text", sa.String(300), primary_key=True),
    sa.Column("no_result_count", sa.Integer, nullable=False),
    sa.Column("helpful_count", sa.Integer, nullable=False),
    sa.Column("not_helpful_count", sa.Integer, nullable=False),
    sa.Column("last_asked_at", sa.Float, nullable=False, index=True),
)
DEFAULT_DAYS = 90
MAX_QUESTION_LENGTH = 200
MAX_LENGTH_READ = 4_000  # of a text that a question is made of: addresses in it become shorter
_COUNTERS = ("no_result_count", "helpful_count", "not_helpful_count")
_TELEPHONE = re.compile(r"\+?\d[\d ()-]{8,40}\d")


@dataclass(frozen=True)
class QuestionStats:
    """One question and its counts, over all teams."""

    text: str
    no_result_count: int
    helpful_count: int
    not_helpful_count: int
    last_asked_at: float


class QuestionLog:
    """The store of questions without an answer, and of ratings."""

    def __init__(self, engine: sa.Engine, days: int = DEFAULT_DAYS) -> None:
        """`days`: how long a question is kept after it was asked last; 0: none is."""
        self._engine, self._seconds = engine, days * DAY_SECONDS

    def record_no_result(self, team: str, text: str, now: float) -> None:
        """Count a question that found nothing."""
        self._increment(team, text, "no_result_count", now)

    def record_rating(self, team: str, text: str, helpful: bool, now: float) -> None:
        """Count what somebody thought of the answer to a question."""
        self._increment(team, text, "helpful_count" if helpful else "not_helpful_count", now)

    def list_stats(self, now: float, limit: int = 50) -> list[QuestionStats]:
        """The questions that are kept: first those that most often found nothing."""
        sums = [sa.func.sum(questions.c[name]).label(name) for name in _COUNTERS]
        query = (
            sa.select(questions.c.text, *sums, sa.func.max(questions.c.last_asked_at).label("last_asked_at"))
            .where(questions.c.last_asked_at >= now - self._seconds)
            .group_by(questions.c.text)
            .order_by(
                sa.desc("no_result_count"),
                sa.desc("not_helpful_count"),
                sa.desc("helpful_count"),
                sa.desc("last_asked_at"),
                questions.c.text,
            )
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [QuestionStats(**row) for row in connection.execute(query).mappings()]

    def remove_old(self, now: float) -> int:
        """Remove what has been kept for long enough. Returns how many questions that were."""
        with write_transaction(self._engine) as connection:
            return connection.execute(self._delete_old(now)).rowcount

    def _delete_old(self, now: float) -> sa.Delete:
        return questions.delete().where(questions.c.last_asked_at < now - self._seconds)

    def _increment(self, team: str, text: str, counter: str, now: float) -> None:
        question = normalise_question(text)
        if not question or not self._seconds:
            return
        counts = {name: int(name == counter) for name in _COUNTERS}
        with write_transaction(self._engine) as connection:
            connection.execute(self._delete_old(now))
            upsert(
                connection,
                questions,
                {"team_id": team, "text": question},
                {**counts, "last_asked_at": now},
                on_conflict={counter: questions.c[counter] + 1, "last_asked_at": now},
            )


def normalise_question(text: str) -> str:
    """A question as it is stored: one line, lower case, without e-mail addresses and telephone numbers."""
    read = text[:MAX_LENGTH_READ]
    if len(text) > MAX_LENGTH_READ:  # without a word that is cut: an address would be none any more
        read = read.rpartition(" ")[0] or read
    words = " ".join("…" if _is_address(word) else word for word in read.lower().split())
    return _TELEPHONE.sub("…", words)[:MAX_QUESTION_LENGTH]


def _is_address(word: str) -> bool:
    """Whether a word is an e-mail address: something, an @, and a name with a dot in it."""
    local, _, host = word.partition("@")
    return bool(local) and "." in host[1:-1]
