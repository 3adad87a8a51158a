"""The page's endpoints: its files, what it knows of the app, and its admin buttons; no other web page may use them."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from bot.playground import Playground
from bot.playground.page import FILES, AdminButton, WebUI


def _fail() -> str:
    raise ValueError("the file is gone")


@pytest.fixture
def page() -> Iterator[httpx2.Client]:
    """A client of a playground with a page, and with an admin button that works and one that fails."""
    shown = WebUI([{"command": "/halo"}], [{"name": "Search", "type": "global"}], ["example.com"])
    shown.buttons = {
        "ring": AdminButton("Ring", "rings the bell.", lambda: "It rang."),
        "break": AdminButton("Break", "fails.", _fail),
    }
    with (
        Playground(routes=shown.routes()) as slack,
        httpx2.Client(base_url=slack.url, trust_env=False, verify=False) as client,
    ):
        yield client


def test_its_files(page: httpx2.Client) -> None:
    """The page and all it refers to come from here, and a browser is told to take nothing from anywhere else but
    pictures.
    """
    assert "<title>" in page.get("/").text
    for file in FILES.iterdir():
        answer = page.get(f"/static/{file.name}")
        assert (answer.status_code, answer.content) == (200, file.read_bytes())
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "http://" not in answer.text.replace("http://www.w3.org/2000/svg", "")
    assert page.get("/static/../page.py").status_code == 404


def test_what_it_knows_of_the_app(page: httpx2.Client) -> None:
    """Commands, shortcuts and domains of the manifest, and each admin button with its label and hint."""
    told = page.get("/page/about").json()
    assert (told["commands"], told["shortcuts"], told["unfurl_domains"]) == (
        [{"command": "/halo"}],
        [{"name": "Search", "type": "global"}],
        ["example.com"],
    )
    assert told["buttons"][0] == {"name": "ring", "label": "Ring", "hint": "rings the bell."}


def test_admin_buttons(page: httpx2.Client, caplog: pytest.LogCaptureFixture) -> None:
    """An admin button says what happened, also when it failed; an unknown one is 404."""
    assert page.post("/page/buttons/ring", json={}).json() == {"ok": True, "said": "It rang."}
    broken = page.post("/page/buttons/break", json={})
    assert (broken.status_code, broken.json()["error"]) == (500, "That did not work: the file is gone")
    assert "the button break failed" in caplog.text
    assert page.post("/page/buttons/fly", json={}).status_code == 404


@pytest.mark.parametrize(
    "sent", [{"headers": {"content-type": "text/plain"}}, {"json": {}, "headers": {"host": "evil.example"}}]
)
def test_other_pages_cannot_press_them(page: httpx2.Client, sent: dict[str, Any]) -> None:
    """What another web page could make a browser send (text without asking first, or by a host name of its own) is
    refused.
    """
    assert page.post("/page/buttons/ring", **sent).status_code == 400
