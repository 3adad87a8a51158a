"""Everything that this installation remembers for its listeners, on one database."""

from typing import NamedTuple

import sqlalchemy as sa

from bot.storage.arrivals import Arrivals
from bot.storage.conversations import Threads
from bot.storage.feedback import Questions
from bot.storage.introductions import Meetings
from bot.storage.processed_events import SeenEvents
from bot.storage.watches import Watches


class Memory(NamedTuple):
    """A store a subject."""

    seen: SeenEvents
    threads: Threads
    questions: Questions
    meetings: Meetings
    watches: Watches
    arrivals: Arrivals


def open_memory(engine: sa.Engine) -> Memory:
    """The stores on an open workspace database."""
    return Memory(
        SeenEvents(engine), Threads(engine), Questions(engine), Meetings(engine), Watches(engine), Arrivals(engine)
    )
