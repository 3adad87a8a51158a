"""What buttons and menus are called, and what travels in their values: the question and the offset, never the results.
Pure.
"""

import html
from typing import NamedTuple

from bot.slack.views.limits import MAX_BUTTON_VALUE, truncate

PREVIOUS, NEXT = "page_previous", "page_next"
SHARE, DISMISS = "share", "dismiss"
HELPFUL, NOT_HELPFUL = "helpful", "not_helpful"
DETAILS = "details"  # followed by the entry's key, for one message may have several
SHARE_ENTRY = "share_entry"  # in the window with all of an entry
TELL_ME = "tell_me"
OPEN_SEARCH = "open_search"
STOP_WATCH, REMOVE_WATCH = "watch_stop", "watch_remove"  # under a message of its own; in a list
SEARCH_BOX, SEARCH_VERSION, SEARCH_AREA = "window_ask", "window_version", "window_area"
SEARCH_PREVIOUS, SEARCH_NEXT, SEARCH_TELL_ME = "window_previous", "window_next", "window_tell_me"
POST_IN_THREAD = "post_in_thread"
HOME_PREVIOUS, HOME_NEXT = "home_previous", "home_next"
TRY_EXAMPLE = "try"  # followed by its place
CONFIRM_IMPORT, CANCEL_IMPORT = "import_confirm", "import_cancel"

SEARCH_SHORTCUT, RELATED_SHORTCUT = "search_halo", "find_related"
ENTRY_MODAL, SEARCH_MODAL, RELATED_MODAL = "details_view", "window_view", "related_view"
ANY_OPTION = "any"  # in a menu: not narrowed
AS_TYPED = "?"  # before an option's value: not an entry, but the question itself


class PageRef(NamedTuple):
    """Where somebody is in the answer to a question."""

    question: str
    offset: int = 0


def encode_page_ref(question: str, offset: int = 0) -> str:
    """A place as a button carries it. The question is escaped there too, though nobody sees it: no text of ours pings
    anyone.
    """
    limit = room = MAX_BUTTON_VALUE - 20
    while len(escaped := html.escape(truncate(question, limit), quote=False)) > room:
        limit = min(limit - 1, limit * room // len(escaped))
    return f"{offset}|{escaped}"


def decode_page_ref(value: str) -> PageRef:
    """A place as a button carried it; whatever else it carried is taken as a question."""
    offset, bar, question = value.partition("|")
    return (
        PageRef(html.unescape(question), int(offset)) if bar and offset.isdecimal() else PageRef(html.unescape(value))
    )
