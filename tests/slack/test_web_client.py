"""Calls to Slack leave before their deadline, or not at all."""

import socket
import ssl
import threading
from collections.abc import Iterator
from typing import ClassVar
from urllib.error import URLError

import pytest

from bot.playground import Playground
from bot.slack import web_client
from bot.slack.api_errors import ErrorMeaning, classify_error
from bot.slack.web_client import BoundedWebClient, NotSentError, connect_before, send_before, tls_context, uptime


class SilentSocket:
    """A socket to an address that drops packets: connecting takes as long as it may."""

    now = 0.0
    waited: ClassVar[list[float]] = []

    def __init__(self, *_: object) -> None:
        self.limit = 0.0

    def settimeout(self, seconds: float) -> None:
        self.limit = seconds

    def connect(self, _: object) -> None:
        SilentSocket.waited.append(self.limit)
        SilentSocket.now += self.limit
        raise TimeoutError

    def close(self) -> None:
        pass


@pytest.mark.parametrize("addresses", [1, 4, 40])
def test_addresses_that_drop_packets_share_one_deadline(monkeypatch: pytest.MonkeyPatch, addresses: int) -> None:
    """However many there are, trying them all takes what was left, not that for each."""
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_: [(2, 1, 6, "", (f"192.0.2.{n}", 443)) for n in range(addresses)]
    )
    monkeypatch.setattr(web_client.socket, "socket", SilentSocket)
    SilentSocket.now, SilentSocket.waited = 100.0, []
    with pytest.raises(NotSentError):
        connect_before(108.0, ("slack.com", 443), 10.0, clock=lambda: SilentSocket.now)
    assert len(SilentSocket.waited) == addresses
    assert sum(SilentSocket.waited) == pytest.approx(8.0)


def test_after_the_deadline_no_address_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that slept does not begin a call that another one may have taken over."""
    monkeypatch.setattr(web_client.socket, "socket", SilentSocket)
    SilentSocket.waited = []
    with pytest.raises(NotSentError):
        connect_before(99.0, ("127.0.0.1", 443), 10.0, clock=lambda: 100.0)
    assert SilentSocket.waited == []


@pytest.fixture
def silent_server() -> Iterator[int]:
    """A port that takes connections and says nothing, so that a TLS handshake does not end. Gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken: list[socket.socket] = []
        threading.Thread(target=lambda: taken.append(server.accept()[0]), daemon=True).start()
        yield server.getsockname()[1]
        for connection in taken:
            connection.close()


def test_a_handshake_that_does_not_end_means_that_nothing_was_sent(silent_server: int) -> None:
    """Slack never received such a call: it counts as unreachable, not as perhaps posted."""
    client = BoundedWebClient(
        "xoxb-1", base_url=f"https://127.0.0.1:{silent_server}/api/", timeout=1, retry_handlers=[]
    )
    with pytest.raises(URLError) as caught:
        client.api_test()
    assert classify_error(caught.value).meaning is ErrorMeaning.UNREACHABLE


def test_a_call_goes_through_before_its_deadline_and_not_after() -> None:
    """What is sent in time is answered as by Slack's own client; later, nothing arrives."""
    with Playground() as slack:
        client = BoundedWebClient(slack.bot_token, base_url=slack.api_url, timeout=5, retry_handlers=[])
        with send_before(uptime() + 5):
            assert client.chat_postMessage(channel="C1", text="in time")["ok"]
        with send_before(uptime() - 0.001), pytest.raises(URLError) as caught:
            client.chat_postMessage(channel="C1", text="too late")
        assert classify_error(caught.value).meaning is ErrorMeaning.UNREACHABLE
        assert [message["text"] for message in slack.messages("C1")] == ["in time"]


def test_certificates_are_read_once() -> None:
    """Clients, and copies of them, share what they verify certificates with; a client that was given one keeps it."""
    client, own = BoundedWebClient("xoxb-1"), ssl.create_default_context()
    assert client.ssl is BoundedWebClient("xoxb-2").ssl is tls_context()
    assert client.ssl.verify_mode is ssl.CERT_REQUIRED
    assert BoundedWebClient("xoxb-1", ssl=own).ssl is own


BROKEN = {
    "half an answer": b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok": true',
    "no HTTP": b"220 mail.example.org\r\n\r\n",
    "another encoding": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n\xff\xfe",
    "an encoding that nobody knows": (
        b"HTTP/1.1 200 OK\r\nContent-Type: a/b; charset=nobodys\r\nContent-Length: 2\r\n\r\n{}"
    ),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=list(BROKEN))
def test_an_answer_that_cannot_be_read_is_a_lost_connection(answer: bytes) -> None:
    """Whether the message was taken is then not known, and whoever posted it looks: it is no fault of ours."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        client = BoundedWebClient("xoxb-1", base_url=url, retry_handlers=[])
        with pytest.raises(ConnectionError) as raised:
            client.chat_postMessage(channel="C1", text="Hello")
        thread.join()
    assert classify_error(raised.value).meaning is ErrorMeaning.DELIVERY_UNKNOWN
