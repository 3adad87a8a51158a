"""Watches over the connections of Socket Mode: one that has gone deaf or was cut is replaced, and where that does not
help for minutes, the process is to end, so that its supervisor starts it anew.

There are two connections, so that one is open while the other is replaced. Slack tells each after some hours to be
replaced; where both were opened at about the same time, one is replaced early, so that Slack does not ask for both at
once.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from slack_sdk.socket_mode import SocketModeClient

from bot.problems import Problem, ProblemList

log = logging.getLogger(__name__)
LOOK_SECONDS = 1.0  # between two looks
DEAF_SECONDS = 30.0  # without a pong or a delivery: the client pings every ten seconds
NOT_CONNECTED_SECONDS = 15.0  # without any connection, before that is a problem
GIVE_UP_SECONDS = 180.0  # without any connection that is heard: a new process may do better
FIRST_WAIT_SECONDS, MAX_WAIT_SECONDS = 5.0, 30.0  # between attempts; Slack allows few a minute
HANGING_SECONDS = 60.0  # for one attempt; it is not waited for any longer
APART_SECONDS = 300.0  # of the moments at which two connections were opened
SETTLED_SECONDS = 1800.0  # before one is replaced to have them apart
Reason = str  # why a connection is replaced: one of REASONS
REASONS = ("deaf", "closed", "apart", "asked")


class WatchedConnection:
    """One client, and what is known of its connection. Times are those of a clock that never jumps."""

    def __init__(self, client: SocketModeClient, now: float) -> None:
        self.slack = client
        self.heard_at = self.opened_at = now
        self._session: str | None = None
        self._pong: float | None = None
        self._delivered = threading.Event()
        self._attempt: threading.Thread | None = None
        self._attempted_at, self._wait = -1e9, 0.0
        client.on_message_listeners.append(lambda _: self._delivered.set())

    def listen(self, now: float) -> bool:
        """Note what was heard since the last look. Returns whether it is another connection than then."""
        session = self.slack.current_session
        pong = session.last_ping_pong_time if session else None
        is_other = session is not None and session.is_active() and session.session_id != self._session
        if is_other or self._delivered.is_set() or (pong is not None and pong != self._pong):
            self._delivered.clear()
            self.heard_at, self._pong = now, pong
        if is_other and session:
            was_open, self._session = self._session is not None, session.session_id
            self.opened_at = now
            return was_open
        if now - self.opened_at > MAX_WAIT_SECONDS and self.is_open and not self.is_deaf(now):
            self._wait = 0.0  # it holds
        return False

    @property
    def is_open(self) -> bool:
        """Whether it is open, as far as this machine knows."""
        return self.slack.is_connected()

    def is_deaf(self, now: float) -> bool:
        """Whether it is open, and nothing is heard on it."""
        return self.is_open and now - self.heard_at > DEAF_SECONDS

    def replace(self, now: float, is_open: bool) -> bool:
        """Begin to open another one in its place, in a thread: it may take long. `is_open`: although it is open.
        Returns False when that is being done, or was done a moment ago.
        """
        is_trying = self._attempt is not None and self._attempt.is_alive()
        if (is_trying and now - self._attempted_at < HANGING_SECONDS) or now - self._attempted_at < self._wait:
            return False
        self._attempted_at = now
        self._wait = min(max(2 * self._wait, FIRST_WAIT_SECONDS), MAX_WAIT_SECONDS)
        arguments = (self.slack.session_id(), is_open)
        self._attempt = threading.Thread(target=self._connect, args=arguments, name="connecting", daemon=True)
        self._attempt.start()
        return True

    def _connect(self, session: str | None, is_open: bool) -> None:
        """Slack's client may have replaced it by itself meanwhile: then there is nothing to do."""
        try:
            self.slack.connect_to_new_endpoint(force=is_open and self.slack.session_id() == session)
        except Exception as error:  # Slack's refusal, or the network's; the next look tries again
            log.warning("No new connection to Slack: %s", error)


class ConnectionWatchdog:
    """Looks at all connections. `give_up()` is called once when none could be had for GIVE_UP_SECONDS.
    `on_replaced(reason)` is told of each connection that took the place of another one.
    """

    def __init__(
        self,
        clients: Sequence[SocketModeClient],
        problems: ProblemList,
        give_up: Callable[[], object],
        on_replaced: Callable[[Reason], object] = lambda reason: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._problems, self._give_up, self._on_replaced, self._clock = problems, give_up, on_replaced, clock
        self._connections = [WatchedConnection(client, clock()) for client in clients]
        self._reasons: dict[WatchedConnection, Reason] = {}
        self._heard_at = self._looked_at = clock()
        self._has_given_up = False

    def look(self) -> None:
        """One look: replaces what has to be replaced, and reports."""
        now = self._clock()
        if now - self._looked_at > DEAF_SECONDS:  # the machine slept: what it did not do then says nothing
            self._heard_at = max(self._heard_at, now - NOT_CONNECTED_SECONDS)
        self._looked_at = now
        for connection in self._connections:
            if connection.listen(now):
                reason = self._reasons.pop(connection, "asked")
                log.info("Connected to Slack anew (%s)", reason)
                self._on_replaced(reason)
        for connection in self._connections:
            if connection.is_deaf(now):
                self._replace(connection, "deaf", now)
            elif not connection.is_open:
                self._replace(connection, "closed", now)
        self._keep_apart(now)
        self._report(now)

    def _replace(self, connection: WatchedConnection, reason: Reason, now: float) -> None:
        if connection.replace(now, is_open=reason != "closed"):
            self._reasons[connection] = reason

    def _keep_apart(self, now: float) -> None:
        """Only one at a time, and only where all are well."""
        for one, other in zip(self._connections, self._connections[1:], strict=False):
            both = (one, other)
            are_well = all(each.is_open and not each.is_deaf(now) for each in both)
            if are_well and abs(one.opened_at - other.opened_at) < APART_SECONDS:  # noqa: SIM102
                if now - max(one.opened_at, other.opened_at) > SETTLED_SECONDS:
                    self._replace(other, "apart", now)

    def _report(self, now: float) -> None:
        heard = [each.heard_at for each in self._connections if each.is_open and not each.is_deaf(now)]
        self._heard_at = max([self._heard_at, *heard])
        silent = now - self._heard_at
        found = []
        if any(each.is_deaf(now) for each in self._connections):
            text = "A connection to Slack has gone deaf: what is said to me may not arrive. It is being replaced."
            found.append(Problem("connection deaf", text, is_messaged=False))
        if silent > NOT_CONNECTED_SECONDS and not heard:
            found.append(Problem("not connected", "There is no connection to Slack.", is_messaged=False))
        self._problems.report("connection", found)
        if silent > GIVE_UP_SECONDS and not heard and not self._has_given_up:
            self._has_given_up = True
            log.error("No connection to Slack for %.0f seconds: the process ends, to be started anew.", silent)
            self._give_up()
