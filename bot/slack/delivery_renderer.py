"""Renders planned digests and watch messages as Slack messages, ready to be claimed in the outbox."""

from bot.digests.models import EditionItem, PlannedDigest, PlannedWatchMessage
from bot.slack.digest_replies import digest_card
from bot.slack.views.blocks import Message
from bot.slack.views.digests import digest_post, digest_thread
from bot.slack.views.notices import watch_message, watch_thread
from bot.slack.views.watches import WatchRow
from bot.storage.models import DIGEST_STREAM, DeliveryRequest

MAX_CACHED_THREADS = 32


class DeliveryRenderer:
    """Renders what is planned. Channels with the same items share the thread, which is most of the work."""

    def __init__(self) -> None:
        # By the identity of the items; the items are kept with the thread, so that no other object gets their ids.
        self._threads: dict[tuple[tuple[int, str, int], ...], tuple[tuple[EditionItem, ...], list[Message]]] = {}

    def digest_request(self, planned: PlannedDigest) -> DeliveryRequest:
        """A digest as its post and the messages of its thread."""
        cards = [digest_card(row) for row in planned.to_introduce]
        post = digest_post(planned.edition, planned.number, planned.episodes, cards)
        return DeliveryRequest(
            planned.team,
            planned.channel,
            DIGEST_STREAM,
            planned.number,
            planned.announced,
            [post, *self._thread(planned)],
            planned.notify_users,
            planned.cursor_advances,
        )

    def watch_request(self, planned: PlannedWatchMessage) -> DeliveryRequest:
        """What answers a person's watches as one direct message; in its thread what it has no room for."""
        is_corrected = all(kind == "updated" for _, _, kind in planned.announced)
        watches = [WatchRow(watch.id, watch.question) for watch in planned.watches]
        return DeliveryRequest(
            planned.team,
            planned.user,
            planned.stream,
            planned.number,
            planned.announced,
            [
                watch_message(watches, planned.entries, planned.episodes, is_corrected),
                *watch_thread(planned.entries, planned.episodes),
            ],
            notify_users=(planned.user,),
            watch_advances=planned.watch_advances,
        )

    def _thread(self, planned: PlannedDigest) -> list[Message]:
        items = planned.edition.items
        key = tuple((item.seq, item.kind, id(item.entry)) for item in items)
        if key not in self._threads:
            self._threads[key] = (items, digest_thread(planned.edition, planned.episodes))
            while len(self._threads) > MAX_CACHED_THREADS:
                self._threads.pop(next(iter(self._threads)), None)
        return self._threads[key][1]
