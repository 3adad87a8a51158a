"""Everything that this installation remembers for its listeners, on one database."""

from typing import NamedTuple

import sqlalchemy as sa

from bot.workspace.arrivals import Arrivals
from bot.workspace.events import SeenEvents
from bot.workspace.meetings import Meetings
from bot.workspace.questions import Questions
from bot.workspace.threads import Threads
from bot.workspace.watches import Watches


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
    return Memory(SeenEvents(engine), Threads(engine), Questions(engine), Meetings(engine), Watches(engine), Arrivals(engine))
