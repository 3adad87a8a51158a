"""Questions that found nothing: how long they are kept."""

import pytest
import sqlalchemy as sa

from bot.storage.feedback import DAY_SECONDS, QuestionLog, questions

NOW = 2_000_000_000.0


def stored(engine: sa.Engine) -> int:
    """How many questions there are, whether they are shown or not."""
    with engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(questions)) or 0


@pytest.mark.parametrize("days", [1, 90, 9_999])
def test_kept_for_so_many_days(engine: sa.Engine, days: int) -> None:
    """Counted from when it was asked last; it is removed when that is over, whether or not another one is asked."""
    log = QuestionLog(engine, days)
    log.record_no_result("T1", "zebra rules", NOW - 5)
    log.record_rating("T1", "zebra rules", helpful=False, now=NOW)
    end = NOW + days * DAY_SECONDS
    assert [stats.text for stats in log.list_stats(end)] == ["zebra rules"]
    assert (log.remove_old(end), stored(engine)) == (0, 1)
    assert log.list_stats(end + 1) == []
    assert (log.remove_old(end + 1), stored(engine)) == (1, 0)


def test_none_is_kept(engine: sa.Engine) -> None:
    """With 0 days nothing is written, and what was written before goes."""
    QuestionLog(engine).record_no_result("T1", "zebra rules", NOW - 5)
    log = QuestionLog(engine, 0)
    log.record_no_result("T1", "okapi rules", NOW)
    log.record_rating("T1", "okapi rules", helpful=True, now=NOW)
    assert log.list_stats(NOW) == []
    assert (log.remove_old(NOW), stored(engine)) == (1, 0)
