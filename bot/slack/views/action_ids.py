"""The ids of buttons, menus and modals, and what travels in their values.

A value holds a question and an offset, never results. The ids are part of messages that are already out: do not change
them. Those of digests are in `digests` and `subscription_modal`.
"""

from typing import NamedTuple

from bot.slack.views.limits import MAX_BUTTON_VALUE
from bot.slack.views.mrkdwn import escape_entities, escape_within, unescape

PREVIOUS, NEXT = "page_previous", "page_next"
SHARE, DISMISS = "share", "dismiss"
HELPFUL, NOT_HELPFUL = "helpful", "not_helpful"
EXPORT = "send_as_text"
DETAILS = "details"  # and the entry's key, for a message may show several
EPISODE_LINK = "watch_episode"  # and the mention. A link: Slack reports the click and wants it acknowledged
SHARE_ENTRY = "share_entry"  # in the entry modal
POST_IN_THREAD = "post_in_thread"  # in the related modal
TELL_ME = "tell_me"  # watch the question that found nothing
STOP_ALL_WATCHES = "watch_stop_all"
FORGET_ME = "forget_me"
STOP_WATCH, REMOVE_WATCH = "watch_stop", "watch_remove"  # under a message about one watch; in a list
OPEN_SEARCH = "open_search"
HELP_GROUP = "help_group"  # and the group's name
SEARCH_BOX, SEARCH_VERSION, SEARCH_AREA = "window_ask", "window_version", "window_area"
SEARCH_PREVIOUS, SEARCH_NEXT, SEARCH_TELL_ME = "window_previous", "window_next", "window_tell_me"
HOME_PREVIOUS, HOME_NEXT = "home_previous", "home_next"
TRY_EXAMPLE = "try"  # and its position
CONFIRM_IMPORT, CANCEL_IMPORT = "import_confirm", "import_cancel"
ACCEPT_PHRASING, DISMISS_PHRASING = "phrasing_accept", "phrasing_dismiss"  # and the proposal's number

SEARCH_SHORTCUT, RELATED_SHORTCUT = "search_halo", "find_related"
ENTRY_MODAL, SEARCH_MODAL, RELATED_MODAL = "details_view", "window_view", "related_view"

ANY_OPTION = "any"  # of a filter's menu: not narrowed
AS_TYPED = "?"  # before a suggestion's value: the words as typed, not an entry


class PageRef(NamedTuple):
    """A page of the answer to a question."""

    question: str
    offset: int = 0


def encode_page_ref(question: str, offset: int = 0) -> str:
    """A page as a button's value, the question escaped as in every text; a very long one is truncated."""
    return f"{offset}|{escape_within(question, MAX_BUTTON_VALUE - 20, escape_entities)}"


def decode_page_ref(value: str) -> PageRef:
    """The page of a button's value. A value that `encode_page_ref` did not make is taken as a question."""
    offset, bar, question = value.partition("|")
    if bar and offset.isdecimal():
        return PageRef(unescape(question), int(offset))
    return PageRef(unescape(value))
