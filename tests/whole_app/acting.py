"""A Slack whose acts can be waited for: until the app is done with them, so that "one answer" can be counted."""

import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any

from slack_bolt import App

from bot.playground import Playground
from bot.playground.model import Json, TranscriptEntry

dumps = partial(json.dumps, ensure_ascii=False)
VISIBLE_KINDS = (
    "message",
    "ephemeral",
    "update",
    "delete",
    "view",
    "view_errors",
    "view_closed",
    "home",
    "unfurl",
    "failure",
)


class TrackingExecutor(ThreadPoolExecutor):
    """The threads that Bolt runs listeners in; it knows what they were given to do."""

    def __init__(self) -> None:
        super().__init__(5)
        self.given: list[Future[Any]] = []

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        self.given.append(super().submit(*args, **kwargs))
        return self.given[-1]


class SlackStandIn(Playground):
    """The stand-in, with an app in it."""

    executor: TrackingExecutor | None = None

    def track(self, app: App) -> None:
        """Know when this app's listeners are done."""
        self.executor = TrackingExecutor()
        app.listener_runner.listener_executor = self.executor

    def wait_idle(self) -> None:
        """Waits until the app has nothing more to do."""
        if self.executor:
            wait(self.executor.given, 20)

    def shown_after(self, action: Callable[[], object], *kinds: str) -> list[TranscriptEntry]:
        """All that became visible through an act, to whomever (what people wrote themselves left out); `kinds` narrow
        it.
        """
        seq = self.transcript[-1].seq if self.transcript else 0
        action()
        self.wait_idle()
        return [entry for entry in self.entries(seq) if entry.kind in (kinds or VISIBLE_KINDS) and entry.via != "user"]

    def only_shown_after(self, action: Callable[[], object], *kinds: str) -> TranscriptEntry:
        """The one thing that became visible through an act."""
        (entry,) = self.shown_after(action, *kinds)
        return entry


def text(shown: TranscriptEntry | Json) -> str:
    """All that can be read of what was shown."""
    blocks = (
        shown.view["blocks"]
        if isinstance(shown, TranscriptEntry) and shown.view
        else shown.blocks
        if isinstance(shown, TranscriptEntry)
        else shown["blocks"]
    )
    return dumps(blocks)


def buttons(shown: TranscriptEntry | Json) -> dict[str, Json]:
    """The buttons of what was shown, by what stands on them (the first of each)."""
    blocks = (
        shown.view["blocks"]
        if isinstance(shown, TranscriptEntry) and shown.view
        else shown.blocks
        if isinstance(shown, TranscriptEntry)
        else shown["blocks"]
    )
    found = [
        element
        for block in blocks
        for element in [*block.get("elements", []), *([block["accessory"]] if block.get("accessory") else [])]
    ]
    return {element["text"]["text"]: element for element in reversed(found) if element.get("type") == "button"}
