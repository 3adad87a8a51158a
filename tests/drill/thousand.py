"""A thousand channels due in the same minute with 300 new entries: how long composing and claiming them takes, and how
much memory.
"""

import resource
import tempfile
import time
from datetime import time as clock_time
from pathlib import Path

from bot.catalog.repository import Catalog
from bot.digests.builder import DigestBuilder
from bot.slack.delivery_renderer import DeliveryRenderer
from bot.storage.arrivals import Arrivals
from bot.storage.database import open_workspace
from bot.storage.models import Schedule, SubscriptionDraft, SubscriptionFilter
from bot.storage.outbox import Outbox
from bot.storage.subscriptions import Subscriptions
from bot.storage.watches import Watches
from tests.digests.rig import AREAS, entry

CHANNELS, ENTRIES, PER_MINUTE = 1_000, 300, 300
FILTERS = (
    SubscriptionFilter(),
    SubscriptionFilter(highlights=True),
    *(SubscriptionFilter(without_areas=(area,)) for area in AREAS),
    SubscriptionFilter(without_words=("jira",)),
)


def measure() -> dict[str, float]:
    """Seconds for composing and claiming, seconds that posting takes at the usual pace, and MB that memory grew from
    the 100th channel on.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = open_workspace(f"sqlite:///{folder / 'workspace.db'}")
        catalogue, arrivals, subscriptions, outbox = (
            Catalog(folder / "catalog.db"),
            Arrivals(engine),
            Subscriptions(engine),
            Outbox(engine),
        )
        now = 1_795_000_000.0
        for number in range(CHANNELS):
            draft = SubscriptionDraft(
                FILTERS[number % len(FILTERS)], Schedule("daily", (0,), clock_time(9), "Europe/London")
            )
            subscriptions.add("T1", f"C{number:04}", draft, "U1", 0, now - 3 * 24 * 3600)
        catalogue.upsert(
            [
                entry(number, highlighted=number % 12 == 0, title=f"Change {number}: " + "what is different now " * 3)
                for number in range(ENTRIES)
            ]
        )
        arrivals.sync(catalogue, now)
        builder = DigestBuilder(catalogue, arrivals, subscriptions, outbox, Watches(engine), lambda _, __: [])
        renderer = DeliveryRenderer()
        began, parts, early = time.monotonic(), 0, 0
        news = builder.new_arrivals(0)
        for number in range(CHANNELS):
            planned = builder.build_digest("T1", f"C{number:04}", news, now)
            assert planned is not None
            request = renderer.digest_request(planned)
            row = outbox.claim(request, "nonce", "owner", now, 30.0)
            assert row is not None
            outbox.finish(row, "sent", now)
            parts += len(request.parts)
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if number == 100 else early
        composing = time.monotonic() - began
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - early) / 1_024
    return {"composing": composing, "posts": parts, "posting": parts * 60 / PER_MINUTE, "grown": grown}


if __name__ == "__main__":
    print(measure())
