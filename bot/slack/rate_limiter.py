"""How fast unasked messages are posted: so many a minute into a workspace, one a second into a channel."""

import threading


class RateLimiter:
    """Hands out the moments at which to post. Shared by all threads of a process; the clock is an argument."""

    def __init__(self, per_minute: int, channel_seconds: float = 1.0) -> None:
        self._team_seconds = 60 / per_minute
        self._channel_seconds = channel_seconds
        self._lock = threading.Lock()
        self._teams: dict[str, float] = {}  # when the next message may be posted
        self._channels: dict[tuple[str, str], float] = {}

    def acquire(self, team: str, channel: str, now: float) -> float:
        """Seconds to wait before posting into this channel. The moment is taken: the next caller gets a later one."""
        with self._lock:
            at = max(now, self._teams.get(team, 0.0), self._channels.get((team, channel), 0.0))
            self._teams[team] = at + self._team_seconds
            self._channels[team, channel] = at + self._channel_seconds
            if len(self._channels) > 1_000:
                self._channels = {key: free for key, free in self._channels.items() if free > now}
            return at - now

    def block_until(self, team: str, until: float) -> None:
        """Post nothing into this workspace before `until`: Slack answered 429."""
        with self._lock:
            self._teams[team] = max(self._teams.get(team, 0.0), until)
