"""Administration and inspection: faults, the clock, channels and scopes, and reading the transcript."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from bot.playground import fixtures
from bot.playground.actions import ActionResult, Actions
from bot.playground.delivery import DeliveryResult
from bot.playground.errors import InvalidAction
from bot.playground.faults import Fault, Faults
from bot.playground.model import Call, Channel, DeliveryRecord, Json, TranscriptEntry, User
from bot.playground.socket_mode import SocketMode

CHALLENGE = "playground-challenge"


class AdminActions(Actions):
    """Actions on the workspace itself, which the app is not told of."""

    faults: Faults
    sockets: SocketMode

    def fail_next(
        self, method_pattern: str, how: str, times: int = 1, *, retry_after: int = 1, seconds: float = 1.0
    ) -> None:
        """Let the next `times` calls to methods that match the pattern fail; see `Fault` for the values of `how`.

        The pattern `response_url` matches posts to response_urls.
        """
        self.faults.add(Fault(method_pattern, how, times, seconds, retry_after))

    def clear_faults(self) -> None:
        """Cancel all faults that are still to come."""
        self.faults.clear()

    def now(self) -> float:
        """The playground's clock, as Unix time."""
        return self.state.clock.now()

    def set_clock(self, when: float | datetime, *, running: bool = True) -> float:
        """Set the playground's clock; `running=False` stops it there. Returns the new time."""
        return self.state.clock.set(when, running=running)

    def advance(self, seconds: float) -> float:
        """Move the playground's clock forward. Returns the new time."""
        return self.state.clock.advance(seconds)

    def set_scopes(self, scopes: Iterable[str]) -> None:
        """Grant the app these scopes and no others."""
        self.state.app.scopes = frozenset(scopes)

    def add_user(
        self, id: str, name: str, real_name: str | None = None, *, tz: str = "Europe/London", is_admin: bool = False
    ) -> None:
        """Add a person who is in no channel yet."""
        with self.state.lock:
            self.state.users[id] = User(id, name, real_name or name.title(), tz, is_admin)

    def add_channel(self, id: str, name: str, *, private: bool = False, members: Iterable[str] = ("UALICE",)) -> None:
        """Add a channel with these members; include the bot's user to have it in."""
        channel = Channel(id, name, "private" if private else "public", set(members), created=int(self.now()))
        with self.state.lock:
            self.state.channels[id] = channel

    def archive(self, channel: str) -> None:
        """Archive a channel."""
        self._channel(channel).is_archived = True

    def unarchive(self, channel: str) -> None:
        """Unarchive a channel."""
        self._channel(channel).is_archived = False

    def kick_bot(self, channel: str) -> None:
        """Remove the bot from a channel; the app is not told."""
        self._channel(channel).members.discard(self.state.app.user_id)

    def leave_channel(self, channel: str, *, user: str = "UBOB") -> None:
        """Remove a person from a channel; the app is not told."""
        self._channel(channel).members.discard(user)

    def make_private(self, channel: str) -> None:
        """Make a public channel private; it keeps its id, as in Slack."""
        self._channel(channel).kind = "private"

    def rename(self, channel: str, name: str) -> None:
        """Rename a channel."""
        self._channel(channel).name = name

    def entries(self, after: int = 0, **fields: Any) -> list[TranscriptEntry]:
        """The transcript after the entry numbered `after`, oldest first. `fields` filter it, as
        `method="chat.postMessage"`.
        """
        entries = self.state.transcript.entries(after)
        return [entry for entry in entries if all(getattr(entry, name) == value for name, value in fields.items())]

    @property
    def transcript(self) -> list[TranscriptEntry]:
        """The whole transcript, oldest first."""
        return self.state.transcript.entries()

    def calls(self, method: str | None = None) -> list[Call]:
        """The app's calls to the Web API and to response_urls, oldest first; `method` filters them."""
        return self.state.transcript.calls(method)

    def deliveries(self) -> list[DeliveryRecord]:
        """What was sent to the app and how it answered, oldest first; only the last thousand."""
        return self.state.transcript.deliveries()

    def clear_transcript(self) -> None:
        """Forget the transcript and the calls; messages stay."""
        self.state.transcript.clear()

    def wait_for(
        self, predicate: Callable[[TranscriptEntry], object], timeout: float = 5.0, *, after: int = 0
    ) -> TranscriptEntry:
        """The first entry after the one numbered `after` that satisfies `predicate`.

        Raises TimeoutError, with the transcript, when there is none within `timeout` real seconds.
        """
        entry = self.state.transcript.wait_for(predicate, timeout, after)
        if entry is None:
            lines = [
                f"  {entry.seq} {entry.kind} {entry.method} {entry.channel} {entry.error or ''} {entry.text[:80]}"
                for entry in self.transcript
            ]
            raise TimeoutError("\n".join([f"no such entry in {timeout} s; the transcript:", *lines]))
        return entry

    def messages(self, channel: str, *, user: str | None = None) -> list[Json]:
        """A channel's messages as the person sees it, oldest first; their ephemeral ones have `visible_to`."""
        seen = self.state.seen_by(self._channel(channel).id, user)
        return [
            {**self.state.message_json(message), "visible_to": message.visible_to, "unfurls": message.unfurls}
            for message in seen
        ]

    def modals(self, user: str = "UALICE") -> list[Json]:
        """The modals that a person has open, the topmost last, each with the `errors` shown in it."""
        stack = self.state.views.stack(user)
        return [{**view.to_json(self.state.team, self.state.app), "errors": view.errors} for view in stack]

    def home(self, user: str = "UALICE") -> Json | None:
        """A person's Home tab, or None when the app has published none."""
        view = self.state.views.home(user)
        return view.to_json(self.state.team, self.state.app) if view else None

    def workspace(self) -> Json:
        """Team, app, people and channels, and how the app is reached."""
        state = self.state
        with state.lock:
            return {
                "team": {"id": state.team.id, "name": state.team.name, "domain": state.team.domain}, "now": self.now(),
                "app": {
                    "id": state.app.id, "user_id": state.app.user_id, "bot_id": state.app.bot_id,
                    "name": state.app.name,
                },
                "scopes": sorted(state.app.scopes), "app_url": self.delivery.app_url,
                "connections": self.sockets.connections,
                "users": [user.to_json(state.team, self.now()) for user in state.users.values()],
                "channels": [
                    {
                        **channel.to_json(state.team, state.app.user_id),
                        "kind": channel.kind,
                        "members": sorted(channel.members),
                    }
                    for channel in state.channels.values()
                ],
            }  # fmt: skip

    def verify_url(self) -> ActionResult:
        """Send Slack's url_verification to the request URL; acked only when the challenge comes back."""
        answer: DeliveryResult = self.send(
            "events_api", {"token": "", "type": "url_verification", "challenge": CHALLENGE}
        )
        body = answer.body.get("challenge") if isinstance(answer.body, dict) else answer.body
        return self.result(answer, "url_verification", error=None if body == CHALLENGE else "challenge_failed")

    def disconnect_sockets(self, reason: str | None = "refresh_requested", only_first: bool = False) -> int:
        """Tell all Socket Mode connections, or only the oldest one, to reconnect (warning, refresh_requested,
        link_disabled); None cuts them off.

        Returns how many there were.
        """
        return self.sockets.disconnect(reason, only_first)

    def wait_connected(self, count: int = 1, timeout: float = 5.0) -> None:
        """Wait until the app has that many Socket Mode connections. Raises TimeoutError."""
        if not self.sockets.wait(count, timeout):
            raise TimeoutError(f"{self.sockets.connections} Socket Mode connections after {timeout} s, not {count}")

    def reset(self) -> None:
        """Restore the default workspace: no messages, modals or faults, all scopes, the machine's time. Connections
        stay.
        """
        self.faults.clear()
        self.state.clock.reset()
        fixtures.reset_workspace(self.state)

    def _channel(self, channel_id: str) -> Channel:
        if channel_id not in self.state.channels:
            raise InvalidAction(f"there is no channel {channel_id}; there are {', '.join(self.state.channels)}")
        return self.state.channels[channel_id]
