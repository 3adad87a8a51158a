"""The workspaces that the bot serves, with a client for each: the one that SLACK_BOT_TOKEN is for, or those that
installed the app.

What answers a command looks only into memory. A look each minute brings what other processes stored, asks Slack for the
next tokens of those that expire, and finds tokens that no key fits. A token that Slack refuses is noticed at that
call: Slack is asked once more, and if it says the same, the workspace's digests are paused and its tokens forgotten.
"""

import logging
import threading
from collections.abc import Callable, Collection
from copy import copy
from dataclasses import replace
from functools import cache, partial
from typing import Protocol

from slack_sdk import WebClient

from bot.slack.api_errors import SLACK_ERRORS, NotInstalledError, classify_error
from bot.slack.history_limit import HistoryLimit
from bot.slack.web_client import BoundedWebClient, served_teams
from bot.storage.installations import Installations, InstalledWorkspace, Tokens
from bot.storage.patience import patience
from bot.storage.transactions import DATABASE_UNAVAILABLE

log = logging.getLogger(__name__)
LOOK_SECONDS = 60.0  # between two looks at what is stored
UNKNOWN_SECONDS = 10.0  # for which a workspace that is not there is not looked for again
FIND_SECONDS = 1.0  # that a command waits for the database, where its workspace is not in memory
REFRESH_BEFORE_SECONDS = 2 * 3600.0  # before a token expires, the next one is asked for
REFRESH_LEASE_SECONDS = 60.0  # within which Slack has answered
MAX_UNKNOWN = 1_000
REVOKED_CODES = ("invalid_auth", "account_inactive", "token_revoked")  # no later call with this token can succeed
NO_REFRESH_CODES = ("invalid_refresh_token", *REVOKED_CODES)
UNREADABLE_TOKENS = "unreadable tokens"  # the key of the problem
UNREADABLE = (
    "No key of HALO_ENCRYPTION_KEY fits the tokens of {count} workspaces ({teams}), so they are not served. Put the "
    "former key back, after the new one and a comma; or let them install the app again."
)


class Workspaces(Protocol):
    """Who is served, and by which client."""

    def client(self, team: str) -> WebClient:
        """A client for answers. Raises NotInstalledError."""

    def digest_client(self, team: str) -> WebClient:
        """A client that neither retries nor waits by itself. Raises NotInstalledError."""

    def served(self) -> Collection[str] | None:
        """The workspaces that there is a token for; None: all. Raises OSError where nobody knows."""

    def refused(self, team: str, token: str, code: str) -> None:
        """Slack refused a token with this code."""

    def uninstalled(self, team: str, reason: str) -> None:
        """Slack says that the app was removed, or that its tokens were revoked. Raises OSError where it has to be
        asked, and does not answer.
        """

    def history_limit(self, team: str) -> HistoryLimit | None:
        """How often messages may be read there; None: as often as one likes."""

    def problems(self) -> list[str]:
        """What an operator has to mend."""


class OneWorkspace:
    """The workspace of SLACK_BOT_TOKEN, whatever team is asked for."""

    def __init__(self, client: WebClient, digest_client: WebClient) -> None:
        self._client, self._digest_client = client, digest_client
        self._served = cache(partial(served_teams, client))

    def client(self, team: str) -> WebClient:
        return self._client

    def digest_client(self, team: str) -> WebClient:
        return self._digest_client

    def served(self) -> Collection[str] | None:
        return self._served()

    def refused(self, team: str, token: str, code: str) -> None:
        """Nothing: an operator has to put another token into the settings."""

    def uninstalled(self, team: str, reason: str) -> None:
        """Nothing, for the same reason."""

    def history_limit(self, team: str) -> HistoryLimit | None:
        return None  # an app of one's own workspace has no such limit

    def problems(self) -> list[str]:
        return []


class InstalledWorkspaces:
    """The workspaces that installed the app. Thread-safe.

    `clients` are one for answers and one for digests, without a token. `app` are the app's client id and secret.
    """

    def __init__(
        self,
        store: Installations,
        clients: tuple[BoundedWebClient, BoundedWebClient],
        app: tuple[str, str],
        now: Callable[[], float],
    ) -> None:
        self._store, self._now = store, now
        self._client, self._digest_client = clients
        self._client_id, self._client_secret = app
        self._lock, self._changing = threading.Lock(), threading.Lock()
        self._known: dict[str, InstalledWorkspace] = {}  # those that are served
        self._unknown: dict[str, float] = {}  # when they were looked for
        self._unsaved: dict[str, tuple[InstalledWorkspace, Tokens]] = {}  # new tokens that the database did not take
        self._unreadable: tuple[str, ...] = ()  # those whose tokens no key fits
        self._is_loaded = False
        self._paces: dict[str, HistoryLimit] = {}

    # -- who is served ------------------------------------------------------------------------------------------------

    def client(self, team: str) -> WebClient:
        return self._for(team, self._client)

    def digest_client(self, team: str) -> WebClient:
        return self._for(team, self._digest_client)

    def served(self) -> Collection[str] | None:
        if not self._is_loaded:
            self._load()
        with self._lock:
            return tuple(self._known)

    def find(self, team: str) -> InstalledWorkspace | None:
        """A workspace that is served, from memory; one that is not there is looked for in the database, within a
        second and at most every ten. Raises one of DATABASE_UNAVAILABLE.
        """
        with self._lock:
            found, asked_at = self._known.get(team), self._unknown.get(team, float("-inf"))
        if found or not team or abs(self._now() - asked_at) < UNKNOWN_SECONDS:
            return found
        with patience(FIND_SECONDS):
            return self._keep(team, self._store.get(team))

    def fresh(self, team: str) -> InstalledWorkspace | None:
        """The same, with a token that does not expire soon. Not for what Slack waits for."""
        found = self.find(team)
        if found and self._expires_soon(found):
            try:
                self._refresh(found)
            except DATABASE_UNAVAILABLE as error:  # the token that is there may do
                log.warning("%s: the token is not refreshed: %s", team, type(error).__name__)
            found = self.find(team)
        return found

    def remember(self, installed: InstalledWorkspace) -> None:
        """What this process has just stored."""
        self._keep(installed.team, installed)

    def forget(self, team: str) -> None:
        """It has ended."""
        self._keep(team, None)

    def history_limit(self, team: str) -> HistoryLimit | None:
        with self._lock:
            return self._paces.setdefault(team, HistoryLimit(self._now))

    def problems(self) -> list[str]:
        if not self._unreadable:
            return []
        named = ", ".join(self._unreadable[:5]) + (" …" if len(self._unreadable) > 5 else "")
        return [UNREADABLE.format(count=len(self._unreadable), teams=named)]

    def _for(self, team: str, client: BoundedWebClient) -> WebClient:
        found = self.fresh(team)
        if found is None or found.tokens is None:
            raise NotInstalledError(team)
        own = copy(client)
        own.token = found.tokens.bot
        own.on_refused, own.history_limit = partial(self.refused, team), self.history_limit(team)
        return own

    def _keep(self, team: str, found: InstalledWorkspace | None) -> InstalledWorkspace | None:
        with self._lock:
            if found and found.tokens:
                self._unknown.pop(team, None)
                self._known[team] = found = self._newest(found)
                return found
            self._known.pop(team, None)
            if len(self._unknown) >= MAX_UNKNOWN:
                self._unknown.clear()
            self._unknown[team] = self._now()
            return None

    def _newest(self, stored: InstalledWorkspace) -> InstalledWorkspace:
        """With the next tokens that Slack gave and that could not be stored yet."""
        seen, tokens = self._unsaved.get(stored.team, (None, None))
        is_older = seen is not None and seen.token_number == stored.token_number
        return replace(stored, tokens=tokens) if is_older else stored

    # -- looking ------------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Bring what is stored into memory, and ask for the next tokens where they expire soon."""
        self._store.reencrypt()
        self._save_again()
        self._load()
        for found in list(self._known.values()):
            if self._expires_soon(found):
                self._refresh(found)

    def _load(self) -> None:
        stored = self._store.all()
        with self._lock:
            self._known = {one.team: self._newest(one) for one in stored if one.tokens}
            self._unreadable = tuple(one.team for one in stored if one.readability == "unreadable")
            self._is_loaded = True

    # -- tokens that expire -------------------------------------------------------------------------------------------

    def _expires_soon(self, found: InstalledWorkspace) -> bool:
        tokens = found.tokens
        if tokens is None or tokens.expires_at is None or tokens.refresh is None:
            return False
        return tokens.expires_at - self._now() < REFRESH_BEFORE_SECONDS

    def _refresh(self, seen: InstalledWorkspace) -> None:
        """Ask Slack for the next token, unless another process or thread does."""
        if seen.tokens is None or not seen.tokens.refresh:
            return
        if not self._store.begin_refresh(seen, self._now(), REFRESH_LEASE_SECONDS):
            self._keep(seen.team, self._store.get(seen.team))
            return
        try:
            answer = self._digest_client.oauth_v2_access(  # waits for nothing: the lease ends before another one asks
                client_id=self._client_id,
                client_secret=self._client_secret,
                grant_type="refresh_token",
                refresh_token=seen.tokens.refresh,
            )
            token, refresh, seconds = answer["access_token"], answer.get("refresh_token"), answer.get("expires_in")
        except SLACK_ERRORS as error:
            code = classify_error(error).code
            log.warning("the token of %s cannot be refreshed: %s", seen.team, code)
            if code in NO_REFRESH_CODES and (seen.tokens.expires_at or 0.0) <= self._now():
                self._end(seen, code)
            return  # tried again when the lease has ended
        if not token:
            log.warning("the token of %s cannot be refreshed: Slack's answer has none", seen.team)
            return
        expires_at = self._now() + float(seconds) if seconds else None
        self._save(seen, Tokens(str(token), refresh or seen.tokens.refresh, expires_at))

    def _save(self, seen: InstalledWorkspace, tokens: Tokens) -> None:
        """Store the next tokens; where the database does not answer, use them, and store them at the next look."""
        try:
            newer = self._store.finish_refresh(seen, tokens)
        except DATABASE_UNAVAILABLE as error:
            log.warning("the next token of %s is not stored yet: %s", seen.team, type(error).__name__)
            self._unsaved[seen.team] = (seen, tokens)
            self._keep(seen.team, replace(seen, tokens=tokens))
            return
        self._unsaved.pop(seen.team, None)
        self._keep(seen.team, newer or self._store.get(seen.team))

    def _save_again(self) -> None:
        for seen, tokens in list(self._unsaved.values()):
            self._save(seen, tokens)

    # -- tokens that are refused --------------------------------------------------------------------------------------

    def refused(self, team: str, token: str, code: str) -> None:
        """Find out whether another process has a newer token, or whether the app is not installed any more. Raises
        nothing: whoever calls has a failure to handle already.
        """
        if code not in (*REVOKED_CODES, "token_expired"):
            return
        try:
            with self._changing:
                self._look_after_refusal(team, token, code)
        except DATABASE_UNAVAILABLE as error:
            log.warning("%s: the refused token is not looked after: %s", team, type(error).__name__)

    def uninstalled(self, team: str, reason: str) -> None:
        """End a workspace, unless Slack takes the token that is there now: an event that comes late is about an older
        one. Raises one of DATABASE_UNAVAILABLE, and OSError where Slack does not say.
        """
        with self._changing:
            current = self._store.get(team)
            if current is None or current.ended_at is not None:
                self._keep(team, None)
                return
            if current.tokens is None:  # the process that has the right key finds out
                raise OSError("no key fits its tokens")
            refusal = self._refusal_of(current)
            if refusal == "token_expired":
                self._refresh(current)
            elif refusal is not None:
                self._end(current, reason)

    def _look_after_refusal(self, team: str, token: str, code: str) -> None:
        current = self._store.get(team)
        if current is None or current.tokens is None or current.tokens.bot != token:
            self._keep(team, current)
        elif code == "token_expired":
            self._refresh(current)
        else:
            try:
                refusal = self._refusal_of(current)
            except OSError:
                return
            if refusal in REVOKED_CODES:
                self._end(current, refusal)

    def _refusal_of(self, current: InstalledWorkspace) -> str | None:
        """The code by which Slack refuses a workspace's token; None when it takes it. Raises OSError where Slack does
        not say.
        """
        client = copy(self._digest_client)
        client.token = current.tokens.bot if current.tokens else None
        try:
            client.auth_test()
        except SLACK_ERRORS as error:
            code = classify_error(error).code
            if code in (*REVOKED_CODES, "token_expired"):
                return code
            raise OSError(code) from error
        return None

    def _end(self, current: InstalledWorkspace, reason: str) -> None:
        if self._store.end(current.team, reason, self._now(), current.token_number):
            log.warning("%s is not served any more (%s); its digests are paused", current.team, reason)
        self._keep(current.team, self._store.get(current.team))
