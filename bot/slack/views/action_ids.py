"""What buttons and menus are called, and what travels in their values: the question and the offset, never the results.
Pure.
"""

import html
from typing import NamedTuple

from bot.slack.views.limits import BUTTON_VALUE, cut

PREVIOUS, NEXT = "page_previous", "page_next"
SHARE, DISMISS = "share", "dismiss"
HELPFUL, NOT_HELPFUL = "helpful", "not_helpful"
DETAILS = "details"  # followed by the entry's key, for one message may have several
SHARE_ENTRY = "share_entry"  # in the window with all of an entry
TELL_ME = "tell_me"
OPEN_WINDOW = "open_search"
STOP_WATCH, REMOVE_WATCH = "watch_stop", "watch_remove"  # under a message of its own; in a list
WINDOW_ASK, WINDOW_VERSION, WINDOW_AREA = "window_ask", "window_version", "window_area"
WINDOW_PREVIOUS, WINDOW_NEXT, WINDOW_TELL_ME = "window_previous", "window_next", "window_tell_me"
POST_IN_THREAD = "post_in_thread"
HOME_PREVIOUS, HOME_NEXT = "home_previous", "home_next"
TRY = "try"  # followed by its place
IMPORT, CANCEL_IMPORT = "import_confirm", "import_cancel"

SEARCH_SHORTCUT, RELATED_SHORTCUT = "search_halo", "find_related"
DETAILS_VIEW, WINDOW_VIEW, RELATED_VIEW = "details_view", "window_view", "related_view"
ANY = "any"  # in a menu: not narrowed
AS_TYPED = "?"  # before an option's value: not an entry, but the question itself


class Place(NamedTuple):
    """Where somebody is in the answer to a question."""

    question: str
    offset: int = 0


def place_value(question: str, offset: int = 0) -> str:
    """A place as a button carries it. The question is escaped there too, though nobody sees it: no text of ours pings
    anyone.
    """
    limit = room = BUTTON_VALUE - 20
    while len(escaped := html.escape(cut(question, limit), quote=False)) > room:
        limit = min(limit - 1, limit * room // len(escaped))
    return f"{offset}|{escaped}"


def read_place(value: str) -> Place:
    """A place as a button carried it; whatever else it carried is taken as a question."""
    offset, bar, question = value.partition("|")
    return Place(html.unescape(question), int(offset)) if bar and offset.isdecimal() else Place(html.unescape(value))
