"""Where a view is shown, and where its entries can be shared."""

import json
from typing import Any, NamedTuple

from bot.slack.views.limits import MAX_METADATA


class ViewContext(NamedTuple):
    """Where and how an answer is shown."""

    command: str = "/halo"  # how the person asks: "/halo", "@halo", or nothing in a direct message
    offset: int = 0  # the first result to show
    public: bool = False  # everyone in the channel sees it: it is shorter, and has no Share and no Dismiss
    banner: str = ""  # what a click on it did, in place of the feedback buttons
    in_modal: bool = False  # in the search modal, whose buttons have ids of their own
    question: str = ""  # what its buttons ask again; empty: the question that was answered


class ShareTarget(NamedTuple):
    """Where a modal was opened, so that an entry can be shared there."""

    channel: str = ""
    thread: str = ""  # the thread to answer in; empty: the channel itself
    url: str = ""  # a response_url: for half an hour it can post where the bot is not a member

    def to_metadata(self) -> str:
        """As a modal's private_metadata; without the response_url where that is too long."""
        for url in (self.url, ""):
            text = json.dumps(self._replace(url=url)._asdict())
            if len(text) <= MAX_METADATA:
                return text
        return ""


def read_share_target(metadata: str) -> ShareTarget:
    """The target in a modal's private_metadata; an empty one for anything else."""
    fields = read_metadata(metadata)
    return ShareTarget(*(str(fields.get(name) or "") for name in ShareTarget._fields))


def read_metadata(metadata: str) -> dict[str, Any]:
    """The fields of a modal's private_metadata; none where we did not write it."""
    try:
        fields = json.loads(metadata or "{}")
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}
