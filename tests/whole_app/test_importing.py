"""`/halo import <url>` from the first word to the catalogue: who may, what is shown, what is taken, and what goes
wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from slack_bolt import App

from bot.app import Application
from bot.ingest.fetch import Fetcher
from bot.playground.model import TranscriptEntry
from bot.settings import Settings
from bot.slack.handlers import imports
from bot.slack.views.imports import MAX_ADDRESS_LENGTH
from bot.storage.arrivals import Arrivals
from bot.storage.database import open_workspace
from tests.ingest.servers import Reply, Site, serving
from tests.whole_app.acting import PATIENCE, SlackStandIn, buttons, text

POST = (
    "Episode 30 of By the [run]Book covers HaloPSA v2.220.\nFull Feature List\n"
    "Wombats <!channel> can be pinned | v2.220 #1102001 | 9:10\n"
)
SECOND = "Boards can be shared with wombats | v2.220 #1102002 | 1:10\n"


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server with one post."""
    with serving() as running:
        running.pages["/p"] = Reply(200, POST)
        yield running


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """An installation whose one importer is Alice, by her id."""
    return replace(settings, admins=("UALICE",))


@pytest.fixture
def page(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The same, and an app that may reach it: by itself it never reaches this machine. Has to be asked for before the
    app.
    """
    build_bolt_app = Application.build_bolt_app

    def with_fetcher(application: Application) -> App:
        fetcher = Fetcher(pause=0.0, max_seconds=PATIENCE, read_timeout=PATIENCE, sleep=lambda _: None)
        return build_bolt_app(application, application.services._replace(fetcher=fetcher))

    monkeypatch.setattr(Application, "build_bolt_app", with_fetcher)
    return site


def shown(slack: SlackStandIn, url: str, **where: str) -> TranscriptEntry:
    """What an address would bring: said after "Reading …", to the one who asked alone."""
    first, answer = slack.shown_after(lambda: slack.command("/halo", f"import {url}", **where))
    assert f"Reading {url}" in first.text
    assert [first.visible_to, answer.visible_to] == [where.get("user", "UALICE")] * 2
    return answer


def pressed(slack: SlackStandIn, button: str, message: TranscriptEntry, **where: str) -> TranscriptEntry:
    """What stands in place of a message after a click on it: nothing else appears anywhere."""
    click = partial(slack.click, buttons(message)[button]["action_id"], ts=message.ts, **where)
    seen = slack.shown_after(click)
    assert {(entry.kind, entry.ts) for entry in seen} == {("update", message.ts)}
    return seen[-1]


def known(slack: SlackStandIn) -> str:
    """What is said of the change that the post is about."""
    return text(slack.only_shown_after(lambda: slack.command("/halo", "1102001")))


def test_looked_at_then_imported(page: Site, halo: SlackStandIn) -> None:
    """The dry run is shown and nothing is written; Import writes it, the very next answer has it, and again there is
    nothing new.
    """
    answer = shown(halo, f"{page.url}/p")
    assert "*1 new*: that is what" in text(answer)
    assert "#1102001 · Wombats &lt;!channel&gt; can be pinned" in text(answer)
    assert set(buttons(answer)) == {"Import", "Cancel"}
    assert "Wombats" not in known(halo)
    done = pressed(halo, "Import", answer)
    assert "*Imported: 1 new*, from" in text(done)
    assert buttons(done) == {}
    assert "Wombats" in known(halo)
    again = shown(halo, f"{page.url}/p")
    assert "Nothing new in" in text(again)
    assert buttons(again) == {}


def test_what_came_in_is_news(page: Site, halo: SlackStandIn, settings: Settings) -> None:
    """It is noted at once, so a watch set up a moment later begins after it; this channel's next digest has it."""
    arrivals = Arrivals(open_workspace(settings.workspace_url))
    before = arrivals.latest_seq()
    halo.only_shown_after(lambda: halo.command("/halo", "subscribe mondays 9am"))
    pressed(halo, "Import", shown(halo, f"{page.url}/p"))
    assert arrivals.latest_seq() > before
    assert "Wombats" in text(halo.only_shown_after(lambda: halo.command("/halo", "digest preview")))


def test_imported_though_news_cannot_be_noted(
    page: Site, halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An import that went well is told so, even when what it brought cannot be noted as news; that is in the log."""

    def fail(*_: object) -> None:
        raise RuntimeError("the database is away")

    answer = shown(halo, f"{page.url}/p")
    with monkeypatch.context() as patched:
        patched.setattr(Arrivals, "sync", fail)
        assert "*Imported: 1 new*" in text(pressed(halo, "Import", answer))
    assert "not remembered: what an import brought" in caplog.text


def test_cancelled(page: Site, halo: SlackStandIn) -> None:
    """The buttons go, and nothing was written."""
    assert "Nothing was imported." in text(pressed(halo, "Cancel", shown(halo, f"{page.url}/p")))
    assert "Wombats" not in known(halo)


def test_a_page_that_changed(page: Site, halo: SlackStandIn) -> None:
    """Only what was shown is imported; another look shows the page as it is now."""
    answer = shown(halo, f"{page.url}/p")
    page.pages["/p"] = Reply(200, POST + SECOND)
    assert "says something else than when you looked" in text(pressed(halo, "Import", answer))
    assert "Wombats" not in known(halo)
    assert "*2 new*" in text(shown(halo, f"{page.url}/p"))


def test_pressed_twice(page: Site, halo: SlackStandIn) -> None:
    """The same dry run confirmed in two places is imported once."""
    first, second = shown(halo, f"{page.url}/p"), shown(halo, f"{page.url}/p")
    assert "Imported" in text(pressed(halo, "Import", first))
    assert "Nothing new in" in text(pressed(halo, "Import", second))


@pytest.mark.parametrize("ask", ["mention", "dm"])
def test_in_a_conversation(page: Site, halo: SlackStandIn, ask: str) -> None:
    """Slack makes a link of the address there; only the one who asked sees what it would bring, and Import works."""
    first, answer = halo.shown_after(lambda: getattr(halo, ask)(f"import <{page.url}/p?a=1&amp;b=2|the post>"))
    assert "Reading" in first.text
    assert ask == "dm" or [first.visible_to, answer.visible_to] == ["UALICE"] * 2
    assert page.asked[-1].query == {"a": "1", "b": "2"}
    assert "*Imported: 1 new*" in text(pressed(halo, "Import", answer, channel=answer.channel))


@pytest.mark.parametrize(("admins", "why"), [(("UBOB",), "Only some people may import"), ((), "nobody is named")])
def test_not_allowed_any_more(
    page: Site, slack: SlackStandIn, restart_with: Callable[..., Any], admins: tuple[str, ...], why: str
) -> None:
    """Who may is asked again at the click."""
    with restart_with(admins=("UALICE",)):
        answer = shown(slack, f"{page.url}/p")
    with restart_with(admins=admins):
        assert why in text(pressed(slack, "Import", answer))
        assert "Wombats" not in known(slack)


def test_response_url_is_over(page: Site, halo: SlackStandIn) -> None:
    """What came of a reading that took too long is told another way, still to this person alone."""
    halo.fail_next("response_url", "expired_url", 2)
    assert "*1 new*" in text(shown(halo, f"{page.url}/p"))


def test_one_at_a_time(page: Site, halo: SlackStandIn) -> None:
    """While one address is being read another is not: a slow site does not hold the threads that answer people."""
    with imports._one_at_a_time():
        assert "I am reading another address" in text(
            halo.only_shown_after(lambda: halo.command("/halo", f"import {page.url}/p"))
        )
    assert page.asked == []
    assert "*1 new*" in text(shown(halo, f"{page.url}/p"))


def test_what_cannot_be_read(page: Site, halo: SlackStandIn) -> None:
    """It ends in a sentence, once, and nothing is there to confirm."""
    answer = shown(halo, f"{page.url}/nothing")
    assert "nothing at this address" in text(answer)
    assert buttons(answer) == {}


def test_admins_of_the_workspace(page: Site, slack: SlackStandIn, restart_with: Callable[..., Any]) -> None:
    """HALO_ADMINS=admins lets them, and nobody else."""
    with restart_with(admins=("ADMINS",)):
        assert "*1 new*" in text(shown(slack, f"{page.url}/p"))
        assert "Only some people may import" in text(
            slack.only_shown_after(lambda: slack.command("/halo", f"import {page.url}/p", user="UBOB"))
        )


def test_refused(halo: SlackStandIn) -> None:
    """Somebody else reads so at once, wherever they ask, and no page is asked for."""
    for ask in (partial(halo.command, "/halo"), halo.mention, halo.dm):
        answer = halo.only_shown_after(partial(ask, "import https://example.com/p", user="UBOB"))
        assert "Only some people may import" in text(answer)


def test_nobody_is_named(slack: SlackStandIn, restart_with: Callable[..., Any]) -> None:
    """Without HALO_ADMINS nobody imports from Slack, and it is said what to do."""
    with restart_with(admins=()):
        answer = slack.only_shown_after(lambda: slack.command("/halo", "import https://example.com/p"))
    assert "nobody is named" in text(answer)
    assert "`halobot import`" in text(answer)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254"])
def test_only_public_addresses(site: Site, halo: SlackStandIn, host: str) -> None:
    """Nothing of our own network is asked, whatever it is called."""
    answer = shown(halo, f"http://{host}:{site.url.rsplit(':', 1)[1]}/p")
    assert "not a public address" in text(answer)
    assert site.asked == []


def test_no_addresses(halo: SlackStandIn) -> None:
    """What is meant as one, and is none, or too long a one, is refused in one sentence; other words are a search."""
    wrong = (
        "/etc/passwd",
        "file:///etc/passwd",
        "ftp://example.com/x",
        "example.com/post",
        "<mailto:a@example.com|a@example.com>",
        "https://a.example b",
    )
    for address in wrong:
        assert "is not a web address; one begins with https://" in text(
            halo.only_shown_after(partial(halo.command, "/halo", f"import {address}"))
        ), address
    assert "name or password" in text(
        halo.only_shown_after(lambda: halo.command("/halo", "import https://me:secret@example.com/"))
    )
    for length in (MAX_ADDRESS_LENGTH, 3_000):
        assert "too long for a button" in text(
            halo.only_shown_after(partial(halo.command, "/halo", f"import https://example.com/{'x' * length}"))
        )
    assert "shows what a page or feed would bring" in text(
        halo.only_shown_after(lambda: halo.command("/halo", "import"))
    )
    assert "not a web address" not in text(
        halo.only_shown_after(lambda: halo.command("/halo", "import contacts from azure"))
    )
