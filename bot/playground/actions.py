"""What all acts of people have in common: who and where they are, the delivery, and how the outcome is told and written
down.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.playground.delivery import Delivery, DeliveryResult, OutgoingRequest, OutgoingType
from bot.playground.errors import InvalidAction
from bot.playground.model import Channel, Json, TranscriptEntry, User
from bot.playground.state import WorkspaceState
from bot.playground.triggers import ResponseUrl

CONNECTION_TROUBLE_TEXT = "We had some trouble connecting. Try again?"


@dataclass(frozen=True)
class ActionResult:
    """The outcome of an act.

    `delivered`: something was sent to the app. `acked`: it answered 2xx in time. `error`: why not, or what was wrong
    with the answer (operation_timeout, dispatch_failed, http_client_error, http_service_error, invalid_blocks, …), or
    why nothing was sent. `payload`: the body of the acknowledgement (JSON, text or None). `shown`: what the
    acknowledgement itself made visible, Slack's failure message included. `errors`: under which inputs a modal shows
    what. `options`: what an external select offers.
    """

    delivered: bool
    acked: bool = False
    in_time: bool = False
    status: int | None = None
    payload: Any = None
    error: str | None = None
    seconds: float = 0.0
    via: str | None = None
    event_id: str | None = None
    trigger_id: str | None = None
    response_url: str | None = None
    channel: str | None = None
    ts: str | None = None
    view_id: str | None = None
    shown: list[TranscriptEntry] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    options: list[Json] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of what was shown last, "" when nothing was."""
        return self.shown[-1].text if self.shown else ""

    @property
    def blocks(self) -> list[Json]:
        """The blocks of what was shown last."""
        return self.shown[-1].blocks if self.shown else []

    def to_json(self) -> Json:
        """As a JSON object, for /control/."""
        return asdict(self)


class Actions:
    """The base of those who act for people. `base_url()` is the stand-in's own address, for response_urls."""

    def __init__(self, state: WorkspaceState, delivery: Delivery, base_url: Callable[[], str]) -> None:
        self.state = state
        self.delivery = delivery
        self._base_url = base_url

    def person(self, user_id: str) -> User:
        """Raises InvalidAction for somebody who does not exist."""
        if user_id not in self.state.users:
            raise InvalidAction(f"there is no user {user_id}; there are {', '.join(self.state.users)}")
        return self.state.users[user_id]

    def channel_for(self, user: User, channel_id: str) -> Channel:
        """A channel that this person can write in. Raises InvalidAction."""
        channel = self.state.im(user.id) if channel_id == f"D{user.id}" else self.state.channels.get(channel_id)
        if channel is None:
            raise InvalidAction(f"there is no channel {channel_id}; there are {', '.join(self.state.channels)}")
        if user.id not in channel.members:
            raise InvalidAction(f"{user.id} is not in {channel_id}")
        if channel.is_archived:
            raise InvalidAction(f"{channel_id} is archived")
        return channel

    def send(
        self, kind: OutgoingType, payload: Json, retry_num: int | None = None, retry_reason: str | None = None
    ) -> DeliveryResult:
        """Delivers and waits for the acknowledgement."""
        outgoing = OutgoingRequest(kind, payload, retry_num, retry_reason)
        answer = self.delivery.send(outgoing)
        self.state.transcript.add_delivery(outgoing, answer)
        return answer

    def result(self, answer: DeliveryResult, method: str, *, error: str | None = None, **fields: Any) -> ActionResult:
        """The outcome of a delivery; an acknowledgement goes into the transcript. `error` is for an answer that came
        but was wrong.
        """
        if answer.error is None:
            detail = {
                "payload": answer.body,
                **{key: fields[key] for key in ("event_id", "view_id") if fields.get(key)},
            }
            self.state.transcript.add("ack", method, "ack", channel=fields.get("channel"), detail=detail)
        return ActionResult(
            delivered=True, acked=answer.error is None, in_time=answer.in_time, status=answer.status,
            payload=answer.body,
            error=answer.error or error, seconds=answer.seconds, via=answer.via, **fields,
        )  # fmt: skip

    def response_url(self, origin: ResponseUrl) -> str:
        """The address of a response_url."""
        return f"{self._base_url()}/response/{origin.id}"
