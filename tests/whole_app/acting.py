"""A Slack whose acts can be waited for: until the app is done with them, so that "one answer" can be counted."""

import json
import time
from collections.abc import Callable
from functools import partial

from bot.playground import Playground
from bot.playground.model import Json, TranscriptEntry
from bot.slack.jobs import JobRunner

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
PATIENCE = 20.0  # seconds that a busy machine may take for what Slack would not wait for


class SlackStandIn(Playground):
    """The stand-in, with an app in it."""

    jobs: JobRunner | None = None

    def wait_idle(self) -> None:
        """Waits until the app has nothing more to do."""
        deadline = time.monotonic() + PATIENCE
        while self.jobs and not (self.jobs.wait_idle(PATIENCE) and self.jobs.inbox.count() == 0):
            assert time.monotonic() < deadline, "the app does not finish"
            time.sleep(0.05)

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
