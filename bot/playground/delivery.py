"""Delivers commands, interactions and events to the app: over HTTP where it has a request URL, else by Socket Mode."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.playground.model import Json

OutgoingType = Literal["slash_commands", "interactive", "events_api"]

# Slack's words for why an app did not acknowledge.
TIMEOUT = "operation_timeout"
UNREACHABLE = "dispatch_failed"
CLIENT_ERROR = "http_client_error"
SERVICE_ERROR = "http_service_error"


@dataclass(frozen=True)
class OutgoingRequest:
    """One thing to deliver. The retry fields are set when an event is delivered again."""

    type: OutgoingType
    payload: Json
    retry_num: int | None = None
    retry_reason: str | None = None


@dataclass(frozen=True)
class DeliveryResult:
    """How the app answered: `body` is the parsed JSON, or text, or None; `error` says why it does not count as
    acknowledged.
    """

    status: int | None
    body: Any
    seconds: float
    error: str | None
    via: Literal["http", "socket_mode"]

    @property
    def in_time(self) -> bool:
        """Whether an answer came within the time limit."""
        return self.status is not None


class Transport(Protocol):
    """A way to reach the app."""

    def deliver(self, outgoing: OutgoingRequest, timeout: float) -> DeliveryResult:
        """Deliver and wait up to `timeout` real seconds for the acknowledgement. Never raises for what the app does."""


class Delivery:
    """Chooses the transport as Slack does: an app has either a request URL or Socket Mode."""

    def __init__(self, http: Transport, socket_mode: Transport, ack_timeout: float) -> None:
        self._http = http
        self._socket_mode = socket_mode
        self.ack_timeout = ack_timeout
        self.app_url: str | None = None

    def send(self, outgoing: OutgoingRequest) -> DeliveryResult:
        """Deliver one thing; blocks until it is acknowledged or the time is up."""
        way = self._http if self.app_url else self._socket_mode
        return way.deliver(outgoing, self.ack_timeout)
