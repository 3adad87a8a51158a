"""A new episode's whole way in: from a feed on this machine, through questions and a digest, to a worksheet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from bot.app import Application
from bot.cli.main import cli
from bot.ingest.fetch import Fetcher
from bot.settings import Settings
from tests.ingest.servers import Reply, Site, serving
from tests.whole_app.acting import SlackStandIn, text
from tests.whole_app.conftest import running, settings_in

HOUR, DAY = 3_600, 86_400

pytestmark = pytest.mark.long
FIRST = 1_250_001  # the number of the first change
TITLES = (
    "Added the ability to snooze a ticket until a date that the agent picks",
    "Recurring invoices can be paused for a customer while a dispute is open",
    "The portal shows estimated waiting times for the service desk chat",
    "Assets can be bulk retired from the asset list",
    "New integration: Keeper password vault",
    "Approvals can be delegated to a colleague during annual leave",
    "Quotation lines can be grouped under headings with a subtotal for each",
    "Mailbox rules can match on the sender's domain",
    "The timesheet warns when an agent has logged less than their contracted hours",
    "Knowledge base articles can be given an expiry date",
    "Purchase orders can be e-mailed to the supplier automatically",
    "Stock items may be reserved for a project",
    "Dark mode for the agent app on Android and iOS",
    "Webhooks are retried with a growing delay when the endpoint fails",
    "Custom fields can be hidden by department",
    "Contract renewals create an opportunity ninety days before the end",
    "Ticket types may require a budget before they are closed",
    "Scheduled reports can be sent to a Microsoft Teams channel",
    "The calendar can show public holidays of several countries",
    "SLA targets can be paused outside the customer's office hours",
    "Duplicate contacts are suggested for merging",
    "Signatures in outgoing mail can have the agent's photo",
    "Canned responses can be shared between teams",
    "The dispatch board highlights overlapping appointments",
    "Survey answers can open a follow-up ticket when the score is low",
    "Exchange rates are fetched each night from the European Central Bank",
    "Merge several child tickets back into their parent",
    "Two-factor authentication can be forced for portal users",
    "Barcodes can be scanned when stock is booked in",
    "The audit log of a role shows which permission was changed",
    "Credit notes keep the payment terms of their invoice",
    "Time entries can be dictated on a phone",
    "Attachments larger than 20 MB are stored as a link",
    "Alerts of the same device are joined into one ticket",
    "Gantt view for project tasks",
    "Serial numbers of laptops are imported from Intune",
    "Prepaid hours that are nearly used up send a warning to the account manager",
    "Customers can reopen a closed request within seven days",
    "Licence counts follow the number of users in Azure",
    "Phone calls from 3CX open the caller's last ticket",
)
# How somebody asks who does not know what Halo calls it, and which change they mean.
COLLOQUIAL = {
    "can I park a ticket until next Tuesday": 1,
    "stop billing a client while we argue about it": 2,
    "how long will customers wait in chat on the portal": 3,
    "get rid of lots of old assets at once": 4,
    "someone else should sign off my approvals while I am on holiday": 6,
    "subtotals in quotes": 7,
    "tell me when techs have not filled in enough time": 9,
    "kb articles that go out of date": 10,
    "send the PO to the vendor by mail": 11,
    "dark theme on the phone app": 13,
    "post a report into a teams channel every week": 18,
    "bank holidays in the calendar": 19,
    "two appointments at the same time on the dispatch board": 24,
    "make clients use mfa in the portal": 28,
    "scan barcodes for stock": 29,
    "gantt chart": 35,
}


class Installation(NamedTuple):
    """A bot in a Slack, the process that polls and posts beside it, and the site that it watches."""

    slack: SlackStandIn
    settings: Settings
    beside: Application
    site: Site

    def poll(self) -> dict[str, object]:
        """One turn of the poller, and what it read."""
        return dict(self.beside.poller.poll_due(datetime.fromtimestamp(self.slack.now(), UTC)))

    def later(self, seconds: float) -> None:
        """Let time pass, and then read what is due."""
        self.slack.advance(seconds)
        self.poll()

    def told(self) -> list[str]:
        """What the next look for due digests posts, each message as text."""
        return [text(shown) for shown in self.slack.shown_after(self.beside.digest_runner.run_due, "message")]

    def ask(self, question: str) -> str:
        """What `/halo …` answers."""
        return text(self.slack.only_shown_after(lambda: self.slack.command("/halo", question)))

    def halobot(self, *arguments: str) -> str:
        """What a command prints."""
        environment = {
            "HALO_CATALOG": str(self.settings.catalog),
            "HALO_WORKSPACE_URL": self.settings.workspace_url,
            "HALO_ENV_FILE": str(self.settings.catalog.parent / "no.env"),
        }
        done = CliRunner().invoke(cli, list(arguments), env=environment)
        assert done.exit_code == 0, done.output
        return done.output


@pytest.fixture
def way_in(tmp_path: Path, started: Path) -> Iterator[Installation]:
    """The bot with a daily digest in #general, watching a feed that has been read once."""
    with serving() as site, SlackStandIn() as slack:
        settings = settings_in(tmp_path, slack, started)
        settings = replace(settings, halo_sources=f"{site.url}/atom.xml every 1h")
        beside = Application(settings, slack.now)
        beside.poller.fetcher = Fetcher(pause=0.0, max_seconds=5.0, read_timeout=2.0, sleep=lambda _: None)
        with running("http", slack, settings):
            installation = Installation(slack, settings, beside, site)
            site.pages["/atom.xml"] = Reply(200, atom(site.url, 21))
            site.pages["/21"] = Reply(200, page(21, ["Tabs can be renamed | v2.218 #1240001 | 1:10"]))
            installation.poll()
            installation.ask("subscribe everything daily 9am")
            slack.advance(DAY)
            installation.told()
            yield installation
        beside.search.catalog.close()
        beside.engine.dispose()


def rows(*changed: tuple[int, str]) -> list[str]:
    """The lines of episode 22; `changed` are lines with other words, by their place."""
    words = {**dict(enumerate(TITLES, 1)), **dict(changed)}
    return [f"{words[place]} | v2.220 #{FIRST + place - 1} | {place}:20" for place in words]


def page(number: int, lines: list[str]) -> str:
    """An episode's page."""
    listed = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f"<!doctype html><html><body><h1>By the [run]Book: Episode {number}</h1><p>Robbie and Connor walk through the "
        f"release.</p><h3>Full Feature List</h3>{listed}<p>See you next time.</p></body></html>"
    )


def atom(url: str, *numbers: int, content: str = "") -> str:
    """The feed; its newest post has `content`, cut after 2,600 characters as some publishers do."""
    entries = "".join(
        f"<entry><title>By the [run]Book: Episode {number}</title><link href='{url}/{number}'/><id>{url}/{number}</id>"
        f"<content type='html'>{escape(content[:2_600] if number == numbers[0] else '')}</content></entry>"
        for number in numbers
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Thoughts</title>{entries}</feed>"


def test_the_whole_way_in(way_in: Installation, tmp_path: Path) -> None:
    """Forty changes of a new episode are read from the page, though the feed's copy ends in the middle. By number each
    is found, by a layman's words three in four at least are shown; all are told in one digest. A correction that only
    the page has is told once, as one. Phrasings that come by worksheet are found.
    """
    site, first = way_in.site, page(22, rows())
    site.pages["/atom.xml"] = Reply(200, atom(site.url, 22, 21, content=first))
    site.pages["/22"] = Reply(200, first)
    way_in.later(2 * HOUR)
    for place in (1, 20, 40):
        assert f"#{FIRST + place - 1}" in way_in.ask(str(FIRST + place - 1))
    missed = [asked for asked, place in COLLOQUIAL.items() if f"#{FIRST + place - 1}" not in way_in.ask(asked)]
    assert len(missed) <= len(COLLOQUIAL) / 4, missed

    way_in.slack.advance(DAY)
    told = way_in.told()
    thread = " ".join(told[1:])  # has everything; the post before it has the first few, too
    assert [place for place in range(1, 41) if thread.count(f"#{FIRST + place - 1}") != 1] == []
    assert "orrected" not in " ".join(told)
    way_in.later(DAY)
    assert way_in.told() == []

    corrected = page(22, rows((13, "Dark mode for the agent app on Android; iOS follows in v2.222")))
    site.pages["/22"] = Reply(200, corrected)
    way_in.later(2 * HOUR)
    assert "iOS follows" in way_in.ask(str(FIRST + 12))
    way_in.slack.advance(DAY)
    told = way_in.told()
    assert len(told) == 1
    assert "1 correction to earlier changes" in told[0]
    assert [place for place in range(1, 41) if f"#{FIRST + place - 1}" in told[0]] == [13]
    way_in.later(DAY)
    assert way_in.told() == []

    sheet = tmp_path / "sheet.toml"
    way_in.halobot("phrasings", "export", str(sheet), "--version", "2.220")
    written = sheet.read_text(encoding="utf-8")
    assert written.count("[[entry]]") == 40
    before, after = written.split(f'key = "{FIRST + 33}"')
    asked = "the server room screams twenty times and we drown"
    assert f"#{FIRST + 33}" not in way_in.ask(asked)
    filled = after.replace("phrasings = [\n]", f'phrasings = ["{asked}", "one noisy box floods the queue"]', 1)
    sheet.write_text(f'{before}key = "{FIRST + 33}"{filled}', encoding="utf-8")
    assert "2 accepted" in way_in.halobot("phrasings", "import", str(sheet), "--by", "Ann", "--accept")
    assert f"#{FIRST + 33}" in way_in.ask(asked)
