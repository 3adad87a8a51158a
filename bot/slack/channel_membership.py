"""Who is in which channel, according to Slack."""

import threading
import time
from collections.abc import Callable, Collection, Mapping
from copy import copy
from typing import Any, NamedTuple

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.api_errors import SLACK_ERRORS, NotInstalledError, classify_error

SECONDS = 1  # for each call: a person waits
SECONDS_IN_ALL = 2.0  # for what one person may read; what is not known by then is not shown
PAGE_SIZE, MAX_PAGES = 1_000, 10
LIST_PAGE_SIZE, MAX_LIST_PAGES = 999, 5  # of the channels that somebody is in
KEPT_SECONDS = 60.0  # for which somebody who was in a channel is taken to be in it still, where it is about reading
FRESH_SECONDS = 5.0  # for which somebody who was in none is not asked about again
PUBLIC_SECONDS = 300.0  # for which a channel that was public, or private, is taken to be so still
MAX_SINGLE_LOOKUPS = 5  # of channels that the bot is not in, each a call
MAX_KEPT = 1_000  # people and channels
TYPES = "public_channel,private_channel"


class _ChannelList(NamedTuple):
    """The channels that somebody is in, and whether each is private."""

    read_at: float
    is_private: Mapping[str, bool]
    is_whole: bool  # else Slack did not tell all of it


class ChannelMembership:
    """Asks Slack who is in which channel, and so what people may read: public channels, and those that they are in."""

    def __init__(self, client_for: Callable[[str], WebClient], now: Callable[[], float]) -> None:
        self._client_for, self._now = client_for, now
        self._lock = threading.Lock()
        self._lists: dict[tuple[str, str], _ChannelList] = {}  # by team and person; the bot's own under ""
        self._public: dict[tuple[str, str], tuple[float, bool]] = {}  # of channels that the bot is not in

    def is_member(self, team: str, channel: str, user: str) -> bool | None:
        """Whether a person is in a channel just now. None when Slack does not say, because the bot may not see the
        channel or Slack takes too long.
        """
        cursor = None
        try:
            quick = self._quick(team)
            for _ in range(MAX_PAGES):
                page = quick.conversations_members(channel=channel, limit=PAGE_SIZE, cursor=cursor)
                if user in (page.get("members") or ()):
                    return True
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
                if cursor is None:
                    return False
        except (NotInstalledError, *SLACK_ERRORS):
            return None
        return None

    def may_read(self, team: str, user: str, channels: Collection[str]) -> dict[str, bool | None]:
        """Whether a person may read each of these channels. None where Slack does not say, because the bot is not in a
        private channel or Slack takes too long.

        It costs two calls, however many channels there are: the person's channels, and the bot's own where that does
        not answer it. Both are kept for a short time: who has just left a private channel may read it that long.
        Nothing that is written is decided by this.
        """
        wanted = set(channels)
        if not wanted:
            return {}
        deadline = time.monotonic() + SECONDS_IN_ALL
        theirs = self._list_of(team, user, wanted, KEPT_SECONDS, deadline)
        answer: dict[str, bool | None] = dict.fromkeys(wanted & theirs.is_private.keys(), True)
        left = wanted - answer.keys()
        if not left:
            return answer
        own = self._list_of(team, "", left, PUBLIC_SECONDS, deadline)
        unless_public = False if theirs.is_whole else None
        for channel in left & own.is_private.keys():
            answer[channel] = unless_public if own.is_private[channel] else True
        for number, channel in enumerate(sorted(left - own.is_private.keys())):
            is_public = self._is_public(team, channel, deadline, number < MAX_SINGLE_LOOKUPS)
            answer[channel] = True if is_public else None  # Slack lists no private channel that the bot is not in
        return answer

    def _list_of(
        self, team: str, user: str, wanted: Collection[str], kept_seconds: float, deadline: float
    ) -> _ChannelList:
        """The channels of a person, or with "" those of the bot; as they were a moment ago where that answers it."""
        with self._lock:
            known = self._lists.get((team, user))
        age = self._now() - known.read_at if known else float("inf")
        if known and (abs(age) < FRESH_SECONDS or (abs(age) < kept_seconds and known.is_private.keys() >= {*wanted})):
            return known
        read = self._read_list(team, user, deadline)
        if not read.is_whole:
            return known if known and abs(age) < kept_seconds else read
        with self._lock:
            if len(self._lists) >= MAX_KEPT:
                self._lists.clear()
            self._lists[team, user] = read
        return read

    def _read_list(self, team: str, user: str, deadline: float) -> _ChannelList:
        read_at, found, cursor = self._now(), dict[str, bool](), None
        who: dict[str, Any] = {"user": user} if user else {}
        try:
            for _ in range(MAX_LIST_PAGES):
                if time.monotonic() > deadline:
                    break
                page = self._quick(team).users_conversations(types=TYPES, limit=LIST_PAGE_SIZE, cursor=cursor, **who)
                found |= {str(one["id"]): bool(one.get("is_private")) for one in page.get("channels") or ()}
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
                if cursor is None:
                    return _ChannelList(read_at, found, True)
        except (NotInstalledError, *SLACK_ERRORS):
            pass
        return _ChannelList(read_at, found, False)

    def _is_public(self, team: str, channel: str, deadline: float, may_ask: bool) -> bool | None:
        """Whether a channel that the bot is not in is public. One that Slack does not show to the bot is not."""
        with self._lock:
            asked_at, is_public = self._public.get((team, channel), (float("-inf"), False))
        if abs(self._now() - asked_at) < PUBLIC_SECONDS:
            return is_public
        if not may_ask or time.monotonic() > deadline:
            return None
        try:
            found = self._quick(team).conversations_info(channel=channel).get("channel") or {}
            is_public = not (found.get("is_private") or found.get("is_im") or found.get("is_mpim"))
        except SlackApiError as error:
            if classify_error(error).code != "channel_not_found":
                return None
            is_public = False
        except (NotInstalledError, *SLACK_ERRORS):
            return None
        with self._lock:
            if len(self._public) >= MAX_KEPT:
                self._public.clear()
            self._public[team, channel] = (self._now(), is_public)
        return is_public

    def _quick(self, team: str) -> WebClient:
        """A team's client, which gives up soon and tries once. Raises NotInstalledError."""
        quick = copy(self._client_for(team))
        quick.timeout, quick.retry_handlers = SECONDS, []
        return quick
