"""Several workspaces on one installation, and what each of them is told, in every way of asking."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from slack_bolt import App

from bot.app import Application
from bot.ingest.fetch import Fetcher
from bot.playground.model import Team, TranscriptEntry
from bot.slack.workspaces import OneWorkspace
from tests.ingest.servers import Reply, Site
from tests.whole_app.acting import PATIENCE, SlackStandIn, buttons, text

POST = (
    "Episode 31 of By the [run]Book covers HaloPSA v2.901.\nFull Feature List\n"
    "Wombats can be pinned to the burrow board | v2.901 #1902001 | 9:10\n"
    "Echidnas are listed beside the burrow board | v2.901 #1902002 | 10:10\n"
)
NUMBER = "1902001"
SECRET = "Wombats can be pinned"


def serve_many_workspaces(patched: pytest.MonkeyPatch) -> None:
    """The app serves every workspace with the one token, and may reach this machine."""
    build_bolt_app = Application.build_bolt_app

    def with_fetcher(application: Application, *arguments: Any) -> App:
        fetcher = Fetcher(pause=0.0, max_seconds=PATIENCE, read_timeout=PATIENCE, sleep=lambda _: None)
        return build_bolt_app(application, application.services._replace(fetcher=fetcher))

    patched.setattr(Application, "has_many_workspaces", True)
    patched.setattr(OneWorkspace, "served", lambda _: None)
    patched.setattr(Application, "build_bolt_app", with_fetcher)


@contextmanager
def in_team(slack: SlackStandIn, team: str) -> Iterator[None]:
    """What people do inside, they do in this workspace: the requests are signed, and name it."""
    before, slack.state.team = slack.state.team, Team(team)
    try:
        yield
    finally:
        slack.wait_idle()
        slack.state.team = before


def imported(slack: SlackStandIn, page: Site, team: str, path: str = "/p", document: str = POST) -> TranscriptEntry:
    """What Alice of a team reads once she has imported a document of an address."""
    page.pages[path] = Reply(200, document)
    with in_team(slack, team):
        shown = slack.shown_after(lambda: slack.command("/halo", f"import {page.url}{path}"))
        answer = next(one for one in shown if "Import" in buttons(one))
        return slack.shown_after(partial(slack.click, buttons(answer)["Import"]["action_id"], ts=answer.ts))[-1]


def answers(slack: SlackStandIn, team: str) -> dict[str, str]:
    """What the people of a team are shown of the change, by the way that they asked."""

    def shown(act: Callable[[], object]) -> str:
        return " ".join(json.dumps([one.text, one.detail]) + text(one) for one in slack.shown_after(act))

    with in_team(slack, team):
        return {
            "command": shown(lambda: slack.command("/halo", "wombats pinned burrow board")),
            "number": shown(lambda: slack.command("/halo", NUMBER)),
            "mention": shown(lambda: slack.mention("wombats pinned burrow board")),
            "direct message": shown(lambda: slack.dm("wombats pinned burrow board")),
            "version": shown(lambda: slack.command("/halo", "v2.901")),
            "latest": shown(lambda: slack.command("/halo", "latest")),
            "list": shown(lambda: slack.command("/halo", "everything about wombats")),
            "compare": shown(lambda: slack.command("/halo", "compare 2.216 with 2.901")),
            "upgrade": shown(lambda: slack.command("/halo", "upgrade from 2.216 to 2.901")),
            "Home": shown(lambda: slack.open_home()),
            "unfurl": shown(lambda: slack.share_link(f"https://risingtidegroup.net/changes/{NUMBER}")),
            "suggestion": json.dumps(suggestions(slack, "wombats pin")),
            "window": window(slack, "wombats pinned burrow board"),
            "export": shown(lambda: exported(slack)),
        }


def suggestions(slack: SlackStandIn, typed: str) -> list[Any]:
    """What the search window offers for some letters."""
    slack.shown_after(lambda: slack.command("/halo", ""))
    offered = slack.suggest("window_ask", typed).options
    slack.close_view()
    return offered


def window(slack: SlackStandIn, words: str) -> str:
    """What the search window shows for these words."""
    slack.shown_after(lambda: slack.command("/halo", ""))
    shown = slack.shown_after(lambda: slack.click("window_ask", slack.suggest("window_ask", words).options[0]["value"]))
    slack.close_view()
    return " ".join(map(text, shown))


def exported(slack: SlackStandIn) -> None:
    """Presses "Send as text" under a list of the version."""
    slack.command("/halo", "v2.901")
    slack.wait_idle()
    shown = slack.entries(0)[-1]
    if "Send as text" in buttons(shown):
        slack.click(buttons(shown)["Send as text"]["action_id"], ts=shown.ts)
