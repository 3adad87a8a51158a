"""The workspace: team, people, channels, messages, views, transcript and clock, behind one lock. No network here."""

import threading
from typing import Any

from bot.playground import elements
from bot.playground.clock import Clock
from bot.playground.errors import ApiError
from bot.playground.model import App, Channel, Json, Message, Team, TranscriptEntry, User
from bot.playground.transcript import Transcript
from bot.playground.triggers import Triggers
from bot.playground.views import OpenView, OpenViews

SLACKBOT = "USLACKBOT"


class WorkspaceState:
    """Everything the playground knows. Reading and writing go through `lock`, which the parts share."""

    def __init__(self, team: Team, app: App, clock: Clock, lock: threading.RLock) -> None:
        self.lock = lock
        self.team = team
        self.app = app
        self.clock = clock
        self.transcript = Transcript(clock, lock)
        self.triggers = Triggers(clock, lock)
        self.views = OpenViews(clock, lock)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, dict[str, Message]] = {}
        self._threads: dict[tuple[str, str], list[Message]] = {}
        self.offered: dict[tuple[str, str], list[Json]] = {}  # (person, action_id): options the app last suggested

    def clear(self) -> None:
        """An empty workspace: no people, channels or messages."""
        with self.lock:
            for kept in (self.users, self.channels, self.messages, self._threads, self.offered):
                kept.clear()
            for part in (self.transcript, self.triggers, self.views):
                part.clear()

    def user(self, user_id: str) -> User:
        """The user. Raises user_not_found."""
        if user_id not in self.users:
            raise ApiError("user_not_found")
        return self.users[user_id]

    def channel(self, channel_id: str) -> Channel:
        """The channel. Raises channel_not_found."""
        if channel_id not in self.channels:
            raise ApiError("channel_not_found")
        return self.channels[channel_id]

    def channel_named(self, name: str) -> Channel | None:
        """The channel of that name, of several the newest; None where there is none."""
        with self.lock:
            named = [channel for channel in self.channels.values() if channel.name == name and channel.kind != "im"]
        return named[-1] if named else None

    def im(self, user_id: str) -> Channel:
        """The direct messages between the bot and a person, opened if needed. Raises user_not_found."""
        with self.lock:
            person = self.user(user_id)
            channel_id = f"D{person.id}"
            if channel_id not in self.channels:
                members = {person.id, self.app.user_id}
                self.channels[channel_id] = Channel(channel_id, "directmessage", "im", members, im_with=person.id)
            return self.channels[channel_id]

    def post(self, channel: Channel, author: str, text: str, method: str, via: str, **fields: Any) -> Message:
        """Add a message to a channel and to the transcript; a bot's message gets its bot_id.

        `fields` are `Message`'s: blocks, attachments, thread_ts, broadcast, metadata, visible_to.
        """
        with self.lock:
            bot = self.users[author].bot_id if author in self.users else None
            fields["blocks"] = elements.complete(fields.get("blocks") or [])
            message = Message(
                self.clock.next_ts(),
                channel.id,
                author,
                text,
                bot_id=bot,
                app_id=self.app.id if bot else None,
                **fields,
            )
            self.messages.setdefault(channel.id, {})[message.ts] = message
            if message.is_reply and not message.visible_to:
                self._threads.setdefault((channel.id, str(message.thread_ts)), []).append(message)
            self.write("ephemeral" if message.visible_to else "message", method, via, message)
            return message

    def edit(self, message: Message, method: str, via: str, **fields: Any) -> Message:
        """Replace the given `fields` (text, blocks, attachments, metadata), and add it to the transcript."""
        with self.lock:
            if "blocks" in fields:
                fields["blocks"] = elements.complete(fields["blocks"] or [])
            for name, value in fields.items():
                setattr(message, name, value)
            message.edited_ts = self.clock.next_ts()
            self.write("update", method, via, message)
            return message

    def delete(self, message: Message, method: str, via: str) -> None:
        """Delete a message; a thread's parent leaves a tombstone."""
        with self.lock:
            if self.replies(message.channel, message.ts):
                message.is_tombstone, message.text, message.blocks, message.metadata = True, "", [], None
            else:
                del self.messages[message.channel][message.ts]
                if message.is_reply and not message.visible_to:
                    self._threads[message.channel, str(message.thread_ts)].remove(message)
            self.write("delete", method, via, message)

    def write(self, kind: str, method: str, via: str, message: Message) -> TranscriptEntry:
        """Add a transcript entry about a message."""
        return self.transcript.add(
            kind, method, via, channel=message.channel, visible_to=message.visible_to, author=message.user,
            text=message.text,
            blocks=message.blocks, ts=message.ts, thread_ts=message.thread_ts, metadata=message.metadata,
            detail={"attachments": message.attachments} if message.attachments else {},
        )  # fmt: skip

    def write_view(self, kind: str, method: str, via: str, view: OpenView, **fields: Any) -> TranscriptEntry:
        """Add a transcript entry about a modal or a Home tab."""
        return self.transcript.add(
            kind,
            method,
            via,
            visible_to=view.user,
            view=view.to_json(self.team, self.app),
            blocks=view.blocks,
            **fields,
        )

    def write_failure(
        self, method: str, user: str, channel: str | None, text: str, error: str, messages: list[str]
    ) -> TranscriptEntry:
        """Add Slack's own message to a person, when the app did not answer as it should."""
        return self.transcript.add(
            "failure", method, "slack", channel=channel, visible_to=user, author=SLACKBOT, text=text, error=error,
            detail={"messages": messages} if messages else {},
        )  # fmt: skip

    def find(self, channel_id: str, ts: str) -> Message | None:
        """The message, ephemeral ones included."""
        with self.lock:
            return self.messages.get(channel_id, {}).get(ts)

    def lasting(self, channel_id: str) -> list[Message]:
        """A channel's messages without the ephemeral ones, oldest first: what the Web API can read."""
        with self.lock:
            return [message for message in self.messages.get(channel_id, {}).values() if not message.visible_to]

    def replies(self, channel_id: str, thread_ts: str) -> list[Message]:
        """A thread's replies, oldest first, without its parent."""
        with self.lock:
            return list(self._threads.get((channel_id, thread_ts), ()))

    def seen_by(self, channel_id: str, user_id: str | None = None, ts: str | None = None) -> list[Message]:
        """A channel as a person sees it, oldest first: with their own ephemeral messages and nobody else's. `ts`: only
        that message.
        """
        with self.lock:
            messages = self.messages.get(channel_id, {})
            if ts is not None:
                messages = {ts: messages[ts]} if ts in messages else {}
            return [message for message in messages.values() if message.visible_to in (None, user_id)]

    def message_json(self, message: Message, *, with_metadata: bool = False) -> Json:
        """Slack's message object, with the fields of its thread."""
        with self.lock:
            parent = self.find(message.channel, message.thread_ts) if message.is_reply and message.thread_ts else None
            replies = None if message.is_reply or message.visible_to else self.replies(message.channel, message.ts)
            return message.to_json(
                self.team, replies=replies, parent_user=parent.user if parent else None, with_metadata=with_metadata
            )
