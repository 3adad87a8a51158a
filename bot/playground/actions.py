"""The base of everything that people do: who acts and where, delivery to the app, and the result in the transcript."""

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
    """The outcome of an action.

    `delivered`: something was sent to the app. `acked`: it answered 2xx in time. `error`: why it did not, what was
    wrong with the answer (operation_timeout, dispatch_failed, http_client_error, http_service_error, invalid_blocks,
    …), or why nothing was sent. `payload`: the body of the acknowledgement (JSON, text or None). `shown`: the
    transcript entries that the acknowledgement made visible, Slack's failure message included. `errors`: the errors
    under a modal's inputs. `options`: what an external select offers.
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
        """The text of the last entry shown, "" when there is none."""
        return self.shown[-1].text if self.shown else ""

    @property
    def blocks(self) -> list[Json]:
        """The blocks of the last entry shown."""
        return self.shown[-1].blocks if self.shown else []

    def to_json(self) -> Json:
        """As a JSON object, for /control/."""
        return asdict(self)


class Actions:
    """Sends what people do to the app. `base_url()` is the playground's own address, for response_urls."""

    def __init__(self, state: WorkspaceState, delivery: Delivery, base_url: Callable[[], str]) -> None:
        self.state = state
        self.delivery = delivery
        self._base_url = base_url

    def person(self, user_id: str) -> User:
        """The person. Raises InvalidAction when there is none with that id."""
        if user_id not in self.state.users:
            raise InvalidAction(f"there is no user {user_id}; there are {', '.join(self.state.users)}")
        return self.state.users[user_id]

    def channel_for(self, user: User, channel_id: str) -> Channel:
        """The channel, if the person can write in it. Raises InvalidAction."""
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
        """Deliver to the app and wait for its acknowledgement."""
        outgoing = OutgoingRequest(kind, payload, retry_num, retry_reason)
        answer = self.delivery.send(outgoing)
        self.state.transcript.add_delivery(outgoing, answer)
        return answer

    def result(self, answer: DeliveryResult, method: str, *, error: str | None = None, **fields: Any) -> ActionResult:
        """The outcome of a delivery; an acknowledgement is added to the transcript. `error`: what is wrong with the
        answer.
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
