"""Who may use the playground: no other website, whatever it sends; and the page only with the key of this start."""

import json
from collections.abc import Iterator

import httpx2
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bot.playground import Playground
from bot.playground.page import WebUI
from tests import local_http

KEY = "of-this-start-only"
POST = {"channel": "C1", "text": "I am the bot"}


@pytest.fixture
def slack() -> Iterator[Playground]:
    """A playground whose page needs a key."""
    with Playground(routes=WebUI().routes(), key=KEY) as playground:
        yield playground


@pytest.fixture
def browser(slack: Playground) -> Iterator[httpx2.Client]:
    """A browser that has opened the page."""
    with httpx2.Client(base_url=slack.url, trust_env=False, verify=False) as client:
        assert client.get(slack.page_url).headers["location"] == "/"
        yield client


def foreign(slack: Playground) -> list[dict[str, str]]:
    """What browsers send along with the requests of other websites, newer and older ones."""
    other_port = f"http://127.0.0.1:{int(slack.url.rpartition(':')[2]) + 1}"
    return [
        {"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": other_port, "Sec-Fetch-Site": "same-site"},
        {"Origin": slack.url.replace("http:", "https:")},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ]


def test_another_website_posts_nothing(slack: Playground, browser: httpx2.Client):
    """Neither as the bot, with its token in a form, nor as a person, by a button of the page or by a response_url."""
    for headers in foreign(slack):
        for path, body in (
            ("/api/chat.postMessage", {"data": {**POST, "token": slack.bot_token}}),
            ("/control/say", {"json": {"text": "hello"}}),
            ("/page/buttons/week_later", {"json": {}}),
            ("/response/1", {"json": {"text": "hello"}}),
        ):
            assert browser.post(path, headers=headers, **body).status_code == 403, (path, headers)
    assert slack.messages("C1") == []


def test_another_website_reads_nothing(slack: Playground, browser: httpx2.Client):
    """Nor does it load or read anything; a link to the page opens it, as a link of anybody's does."""
    for headers in foreign(slack):
        for path in ("/control/messages?channel=C1", "/page/about", "/static/main.js", "/api/auth.test"):
            assert browser.get(path, headers=headers).status_code == 403, (path, headers)
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert "<title>" in browser.get("/", headers=link).text


def test_another_website_opens_no_socket(slack: Playground):
    """The WebSocket of Socket Mode, to which browsers let every site connect, is refused, too."""
    url = f"{slack.url.replace('http:', 'ws:')}/link/?ticket={slack.sockets.new_ticket()}&app_id={slack.state.app.id}"
    with pytest.raises(InvalidStatus) as refused:
        connect(url, origin="https://evil.test", proxy=None).__enter__()
    assert refused.value.response.status_code == 403
    with connect(url, proxy=None) as allowed:
        assert json.loads(allowed.recv())["type"] == "hello"


def test_the_page_itself(slack: Playground, browser: httpx2.Client):
    """The page may do all of it, under both names of this machine."""
    own = {"Origin": slack.url, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
    assert browser.post("/control/say", json={"text": "hello"}, headers=own).status_code == 200
    assert browser.get("/page/about", headers=own).json()["ok"]
    local = slack.page_url.replace("127.0.0.1", "localhost")
    assert local_http.get(local).status_code == 303


def test_without_the_key(slack: Playground):
    """Whoever has not the key of this start gets neither the page nor what is in it, and is told where the key is."""
    for key in ("", "?key=", "?key=another", "?key=ü"):
        answer = local_http.get(f"{slack.url}/{key}")
        assert (answer.status_code, "printed when it was started" in answer.text) == (403, True)
    cookie = {"Cookie": f"playground-{slack.url.rpartition(':')[2]}=another"}
    for path in ("/control/messages?channel=C1", "/page/about", "/control/workspace"):
        assert local_http.get(f"{slack.url}{path}", headers=cookie).status_code == 403
    assert local_http.post(f"{slack.url}/control/say", json={"text": "hello"}).status_code == 403
    assert slack.messages("C1") == []


def test_the_cookie(slack: Playground):
    """The key's cookie is for this port, out of reach of scripts, and sent with no other site's requests."""
    cookie = local_http.get(slack.page_url).headers["set-cookie"]
    assert cookie.startswith(f"playground-{slack.url.rpartition(':')[2]}={KEY};")
    assert "httponly" in cookie.lower()
    assert "samesite=strict" in cookie.lower()
