"""/healthz and /readyz on a server of their own: what they say, and that nobody can make them work."""

import socket
from collections.abc import Iterator

import httpx2
import pytest

from bot.errors import SettingError
from bot.problems import Problem, ProblemList
from bot.slack.health_pages import HealthPages
from bot.slack.page_server import PageServer
from tests import local_http


@pytest.fixture
def problems() -> ProblemList:
    """All is well since 1970."""
    made = ProblemList(now=lambda: 0.0)
    made.expect("disks", 1e9)
    made.report("disks")
    return made


@pytest.fixture
def pages(problems: ProblemList) -> HealthPages:
    return HealthPages(problems, lambda: 60.0)


@pytest.fixture
def address(pages: HealthPages) -> Iterator[str]:
    """Where they are served."""
    server = PageServer(pages, "127.0.0.1", 0).start()
    with httpx2.Client(transport=httpx2.HTTPTransport(verify=False, retries=5)) as client:
        client.get(f"http://127.0.0.1:{server.port}/healthz")
    yield f"http://127.0.0.1:{server.port}"
    server.stop()


def get(address: str, path: str) -> httpx2.Response:
    return local_http.get(address + path)


def test_ready_and_not(address: str, problems: ProblemList, pages: HealthPages) -> None:
    """200 or 503, the checks and since when; no word of what is wrong."""
    shown = get(address, "/readyz")
    check = {"name": "disks", "ok": True, "since": "1970-01-01T00:00:00Z"}
    assert (shown.status_code, shown.json()) == (200, {"ready": True, "checks": [check], "last_delivery": None})
    pages.note_delivery()
    problems.report("disks", [Problem("digest T1 C1", "The digest of C1 is late.")])
    shown = get(address, "/readyz")
    assert (shown.status_code, shown.json()["ready"], shown.json()["checks"][0]["ok"]) == (503, False, False)
    assert shown.json()["last_delivery"] == "1970-01-01T00:01:00Z"
    assert "C1" not in shown.text
    problems.report("disks")
    assert get(address, "/readyz").status_code == 200


def test_the_process(address: str, problems: ProblemList) -> None:
    """/healthz says that the process answers, and nothing more, whatever is wrong."""
    problems.report("disks", [Problem("disk /", "Full.")])
    assert (get(address, "/healthz").status_code, get(address, "/healthz").text) == (200, "ok")


def test_nothing_else(address: str) -> None:
    """No other page, no body that is read, no other method."""
    assert get(address, "/").status_code == 404
    assert get(address, "/health").status_code == 404
    assert local_http.post(f"{address}/readyz", content=b"x" * 1_000_000).status_code == 405


def test_an_address_that_is_taken(problems: ProblemList) -> None:
    """It is said before anything starts, with the settings' names."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SettingError, match="HALO_HTTP_PORT"):
            PageServer(HealthPages(problems), "127.0.0.1", other.getsockname()[1])
    with pytest.raises(SettingError, match="HALO_HTTP_HOST"):
        PageServer(HealthPages(problems), "no such host", 0)
