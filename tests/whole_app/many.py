"""An installation that serves many workspaces, against a Slack that has several: how tests begin and reach it."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2

from bot.app import Application
from bot.playground.server import ServerThread
from bot.playground.workspaces import ManyWorkspaces
from bot.settings import Settings, read_settings
from bot.slack.http import EVENTS_PATH, build_http_app
from bot.storage.token_cipher import new_key
from tests import local_http
from tests.whole_app.acting import SlackStandIn

SECRET = "playground-signing-secret"


class SeveralSlacks(ManyWorkspaces):
    """The stand-in of several workspaces, whose acts can be waited for."""

    def __init__(self, *teams: str, rotates: bool = False, limits_history: bool = False) -> None:
        super().__init__(teams, SlackStandIn, rotates, limits_history)

    def __getitem__(self, team: str) -> SlackStandIn:
        found = self.workspaces[team]
        assert isinstance(found, SlackStandIn)
        return found

    def __enter__(self) -> "SeveralSlacks":
        for playground in self.workspaces.values():
            playground.start()  # for its response_urls
        super().__enter__()
        return self


def many_settings(folder: Path, slacks: ManyWorkspaces, started: Path, **more: str) -> Settings:
    """What an operator of many workspaces would have in .env."""
    for file in started.iterdir():
        shutil.copy(file, folder)
    values = {
        "SLACK_CLIENT_ID": slacks.client_id,
        "SLACK_CLIENT_SECRET": slacks.client_secret,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slacks.api_url,
        "HALO_ENCRYPTION_KEY": new_key(),
        "HALO_CATALOG": str(folder / "catalog.db"),
        "HALO_WORKSPACE_URL": f"sqlite:///{folder / 'workspace.db'}",
        **more,
    }
    return read_settings(values, folder / "no.env")


@contextmanager
def serving(slacks: ManyWorkspaces, settings: Settings) -> Iterator[tuple[Application, str]]:
    """The app over HTTP, with the address of its server; every workspace's requests go to it."""
    clock = next(iter(slacks.workspaces.values())).now
    application = Application(settings, clock)
    bolt_app = application.build_bolt_app()
    server = ServerThread(build_http_app(bolt_app, SECRET, install_routes=application.install_routes))
    server.start()
    address = f"http://127.0.0.1:{server.port}"
    for playground in slacks.workspaces.values():
        playground.app_url = address + EVENTS_PATH
        if isinstance(playground, SlackStandIn):
            playground.jobs = application.services.jobs
    try:
        yield application, address
    finally:
        server.stop()
        bolt_app.listener_runner.listener_executor.shutdown()
        application.catalog.close()
        application.engine.dispose()


class Browser:
    """Somebody's browser, which keeps cookies. The address is of this machine, so a secure cookie is sent by hand."""

    def __init__(self, address: str) -> None:
        self.address, self.cookie = address, ""

    def get(self, path: str, with_cookie: bool = True) -> httpx2.Response:
        """A page."""
        headers = {"cookie": self.cookie} if with_cookie and self.cookie else {}
        answer = local_http.get(self.address + path, headers=headers)
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return answer

    def begin(self) -> dict[str, list[str]]:
        """Open the page and read the link to Slack. Returns what it asks Slack for."""
        page = self.get("/slack/install")
        assert page.status_code == 200
        (link,) = re.findall(r'href="([^"]+)"', page.text)
        return parse_qs(urlsplit(unescape(link)).query)

    def install(self, slacks: ManyWorkspaces, team: str) -> httpx2.Response:
        """All of it, with a yes in Slack."""
        state = self.begin()["state"][0]
        return self.get(f"/slack/oauth_redirect?code={slacks.permit(team)}&state={state}")
