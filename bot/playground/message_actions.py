"""People write messages, mentions, direct messages and slash commands, join channels, and open the app's Home tab."""

from bot.playground import payloads, replies
from bot.playground.actions import ActionResult, Actions
from bot.playground.errors import ApiError, InvalidAction
from bot.playground.model import Channel, Json, Message, User

# An event reaches the app only with one of these scopes; app_home_opened needs none.
SCOPES_BY_EVENT: dict[str, tuple[str, ...]] = {
    "app_mention": ("app_mentions:read",),
    "message": ("im:history",),
    "link_shared": ("links:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
}
_MAX_STORED_EVENTS = 1_000


class MessageActions(Actions):
    """Actions that reach the app as a command or an event."""

    _events: dict[str, Json]

    def command(
        self, command: str, text: str = "", *, user: str = "UALICE", channel: str = "C1", thread_ts: str | None = None
    ) -> ActionResult:
        """Type a slash command. The acknowledgement is shown, or Slack's failure message; in a thread Slack does not
        run it.
        """
        state, person = self.state, self.person(user)
        conversation = self.channel_for(person, channel)
        if thread_ts:
            text = f"{command} is not supported in threads. Sorry!"
            refusal = state.write_failure(command, user, conversation.id, text, "not_supported_in_threads", [])
            return ActionResult(
                delivered=False, error="not_supported_in_threads", channel=conversation.id, shown=[refusal]
            )
        origin = state.triggers.new_response_url(user, conversation.id, command)
        trigger_id, url = state.triggers.new_trigger(user), self.response_url(origin)
        body = payloads.command(state, command, payloads.in_command(state, text), person, conversation, trigger_id, url)
        answer = self.send("slash_commands", body)
        error, messages, shown = answer.error, list[str](), []
        if error is None:
            try:
                message = replies.in_ack(state, origin, answer.body)
                shown = [state.transcript.last_about(message.ts)] if message is not None else []
            except ApiError as fault:
                error, messages = fault.code, fault.messages
        if error is not None:
            failure = f'{command} failed with the error "{error}"'
            shown = [state.write_failure(command, user, conversation.id, failure, error, messages)]
        return self.result(
            answer, command, error=error, trigger_id=trigger_id, response_url=url, channel=conversation.id, shown=shown
        )

    def say(
        self, text: str, *, user: str = "UALICE", channel: str = "C1", thread_ts: str | None = None
    ) -> ActionResult:
        """Write a message. The app is told when its bot is mentioned, or when it is in the bot's direct messages."""
        person = self.person(user)
        conversation = self.channel_for(person, channel)
        message = self._write(person, conversation, payloads.typed(text), thread_ts)
        if conversation.kind == "im":
            return self._deliver_message(message, "message")
        if f"<@{self.state.app.user_id}>" in message.text:
            return self._deliver_message(message, "app_mention")
        return ActionResult(delivered=False, channel=conversation.id, ts=message.ts)

    def mention(
        self, text: str, *, user: str = "UALICE", channel: str = "C1", thread_ts: str | None = None
    ) -> ActionResult:
        """Write `@the bot text`. In a channel without the bot, Slack offers to invite it and delivers nothing."""
        return self.say(f"<@{self.state.app.user_id}> {text}", user=user, channel=channel, thread_ts=thread_ts)

    def dm(self, text: str, *, user: str = "UALICE", thread_ts: str | None = None) -> ActionResult:
        """Write a direct message to the bot."""
        return self.say(text, user=user, channel=self.state.im(self.person(user).id).id, thread_ts=thread_ts)

    def share_link(
        self, url: str, *, text: str = "", user: str = "UALICE", channel: str = "C1", thread_ts: str | None = None
    ) -> ActionResult:
        """Write a message with a link of a domain that the app unfurls; it is added to the text unless it is in it
        already.
        """
        person = self.person(user)
        message = self._write(
            person,
            self.channel_for(person, channel),
            payloads.typed(text if url in text else f"{text} {url}".strip()),
            thread_ts,
        )
        return self.event(payloads.link_shared_event(self.state, message, url), channel=message.channel, ts=message.ts)

    def open_home(self, *, user: str = "UALICE", tab: str = "home") -> ActionResult:
        """Open the app's Home tab (or `tab="messages"`)."""
        person = self.person(user)
        conversation = self.state.im(person.id)
        return self.event(payloads.home_event(self.state, person, conversation, tab), channel=conversation.id)

    def join_channel(self, channel: str, *, user: str = "UBOB", inviter: str | None = None) -> ActionResult:
        """Join a channel, as a person or as the bot. The app is told of channels that its bot is in."""
        person = self.person(user)
        if channel not in self.state.channels:
            raise InvalidAction(f"there is no channel {channel}")
        conversation = self.state.channels[channel]
        conversation.members.add(person.id)
        if self.state.app.user_id not in conversation.members:
            return ActionResult(delivered=False, error="not_in_channel", channel=channel)
        return self.event(payloads.joined_event(self.state, person, conversation, inviter), channel=channel)

    def event(self, event: Json, *, channel: str | None = None, ts: str | None = None) -> ActionResult:
        """Deliver any event object of the Events API. It can be delivered again with the result's event_id."""
        scopes = SCOPES_BY_EVENT.get(str(event.get("type")), ())
        if scopes and not self.state.app.scopes.intersection(scopes):
            return ActionResult(delivered=False, error="missing_scope", channel=channel, ts=ts)
        envelope = payloads.event_callback(self.state, event)
        self._events[envelope["event_id"]] = envelope
        while len(self._events) > _MAX_STORED_EVENTS:
            self._events.pop(next(iter(self._events)))
        return self._deliver_event(envelope, None, None, channel, ts)

    def redeliver(self, event_id: str, retry_num: int | None = 1, retry_reason: str = "http_timeout") -> ActionResult:
        """Deliver an event again, with Slack's retry headers; `retry_num=None` leaves them out, as when two copies
        cross.
        """
        if event_id not in self._events:
            raise InvalidAction(f"no event {event_id} was delivered")
        envelope = self._events[event_id]
        return self._deliver_event(envelope, retry_num, retry_reason if retry_num is not None else None, None, None)

    def _deliver_message(self, message: Message, kind: str) -> ActionResult:
        conversation = self.state.channels[message.channel]
        if self.state.app.user_id not in conversation.members:
            return ActionResult(delivered=False, error="not_in_channel", channel=conversation.id, ts=message.ts)
        return self.event(payloads.message_event(self.state, message, kind), channel=conversation.id, ts=message.ts)

    def _deliver_event(
        self, envelope: Json, retry_num: int | None, retry_reason: str | None, channel: str | None, ts: str | None
    ) -> ActionResult:
        kind, event_id = str(envelope["event"].get("type")), envelope["event_id"]
        answer = self.send("events_api", envelope, retry_num, retry_reason)
        if answer.error is not None:
            detail = {"event_id": event_id, "status": answer.status, "retry_num": retry_num}
            self.state.transcript.add("event_failed", kind, "slack", channel=channel, error=answer.error, detail=detail)
        return self.result(answer, kind, event_id=event_id, channel=channel, ts=ts)

    def _write(self, person: User, conversation: Channel, text: str, thread_ts: str | None) -> Message:
        if thread_ts and self.state.find(conversation.id, thread_ts) is None:
            raise InvalidAction(f"there is no message {thread_ts} in {conversation.id} to answer")
        return self.state.post(conversation, person.id, text, "message", "user", thread_ts=thread_ts)
