"""The pages of an installation over HTTP: how many of them are made at once, and for one client."""

import asyncio
import threading

import httpx2
import pytest
from slack_bolt import BoltRequest, BoltResponse
from starlette.applications import Starlette

from bot.slack import oauth
from bot.slack.oauth import INSTALL_PATH, REDIRECT_PATH, InstallPages


class Flow:
    """Bolt's flow, in which beginning hangs until it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def handle_installation(self, request: BoltRequest) -> BoltResponse:
        """The page that leads to Slack."""
        assert self.go.wait(30)
        return BoltResponse(status=200, body="begun")

    def handle_callback(self, request: BoltRequest) -> BoltResponse:
        """The page that Slack leads back to."""
        return BoltResponse(status=200, body="finished")


def test_beginning_does_not_keep_others_from_finishing(monkeypatch: pytest.MonkeyPatch) -> None:
    """While all that may be begun at once hang, the next one is told to come again, and what Slack sends back is taken
    all the same.
    """
    monkeypatch.setattr(oauth, "MAX_AT_ONCE", 2)
    monkeypatch.setattr(oauth, "MAX_TURN_SECONDS", 0.2)
    flow = Flow()

    async def visit() -> list[httpx2.Response]:
        app = Starlette(routes=InstallPages(flow).routes())  # type: ignore[arg-type]
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app), base_url="https://halobot.example"
        ) as client:
            hanging = [asyncio.create_task(client.get(INSTALL_PATH)) for _ in range(2)]
            await asyncio.sleep(0.1)
            answers = [await client.get(INSTALL_PATH), await client.get(REDIRECT_PATH)]
            flow.go.set()
            return [*answers, *[await task for task in hanging], await client.get(INSTALL_PATH)]

    busy, finished, *begun = asyncio.run(visit())
    assert (busy.status_code, "Too many installations" in busy.text, INSTALL_PATH in busy.text) == (503, True, True)
    assert (finished.status_code, finished.text) == (200, "finished")
    assert [(one.status_code, one.text) for one in begun] == [(200, "begun")] * 3


def test_one_client_is_told_to_wait() -> None:
    """Who opens very many of the pages is told so, and when to come again; another client is not."""
    flow = Flow()
    flow.go.set()

    async def visit() -> list[httpx2.Response]:
        app, answers = Starlette(routes=InstallPages(flow).routes()), []  # type: ignore[arg-type]
        for address, count in (("192.0.2.1", 130), ("192.0.2.2", 1)):
            transport = httpx2.ASGITransport(app=app, client=(address, 1))
            async with httpx2.AsyncClient(transport=transport, base_url="https://halobot.example") as client:
                answers += [await client.get(INSTALL_PATH) for _ in range(count)]
        return answers

    *first, other = asyncio.run(visit())
    refused = [answer for answer in first if answer.status_code == 429]
    assert 10 < len(refused) < 40
    assert all(int(answer.headers["retry-after"]) >= 1 and "in a minute" in answer.text for answer in refused)
    assert other.status_code == 200
