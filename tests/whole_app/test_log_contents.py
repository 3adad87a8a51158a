"""What the whole bot writes at the level DEBUG, as a process of its own that meets everything that can go wrong: no
secret, no word of anybody's, and each line in the form that was asked for.

Whatever goes in has a word of its own with `zebra` in it; the log is searched for that.
"""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bot.playground.delivery_http import sign
from bot.settings import PROJECT, Settings
from bot.slack.http import EVENTS_PATH
from tests import local_http
from tests.ingest.servers import Reply, Request, Site, serving
from tests.whole_app.acting import SlackStandIn
from tests.whole_app.conftest import settings_in
from tests.whole_app.test_ending import is_healthy, wait_for

pytestmark = pytest.mark.long
CANARY = re.compile(r"zebra\S*", re.IGNORECASE)
HUMAN_LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (debug|info|warning|error|critical) [\w.:-]+: \S.*")
# The bot, with a fault of ours that has what somebody typed in its text.
CODE = """if True:
    import sys
    from bot.slack.handlers import search
    reply_with_result = search.reply_with_result
    def reply(*args, **options):
        if "zebrafault" in repr(args):
            try:
                {}[args[0].text]
            except KeyError as error:
                raise ValueError("cannot answer " + args[0].text) from error
        return reply_with_result(*args, **options)
    search.reply_with_result = reply
    from bot.cli.main import cli
    cli(sys.argv[1:])
"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>zebrafeed</title>
<item><title>{title}</title><link>{url}/zebrapost?k=zebrapostkey</link><guid>zebraguid</guid>
<description>&lt;p&gt;Full Feature List of v2.220&lt;/p&gt;
&lt;p&gt;Wombats zebradocument can be pinned | v2.220 #1102001 | 9:10&lt;/p&gt;</description></item></channel></rss>"""
NEW_LINE = "zebratitle\n2026-01-01T00:00:00.000Z error bot.x: zebraforged \x1b[31mv2.220"


@dataclass
class Run:
    """One run of the bot: what it was given, and all that it wrote."""

    slack: SlackStandIn
    site: Site
    settings: Settings
    way: str
    format_name: str
    output: str = ""
    secrets: set[str] = field(default_factory=set)  # which Slack gave out: tickets, triggers, response_urls
    reference: str = ""  # which somebody was shown
    port: int = 0

    def environment(self) -> dict[str, str]:
        """What an operator has in `.env`."""
        slack, url, folder = self.slack, self.site.url, self.settings.catalog.parent
        (folder / "drop.csv").write_text("Version,Title\nzebrarow,\x1b[31mzebracell\n,,,\n")
        port = url.rsplit(":", 1)[1]
        return {
            "PATH": os.environ["PATH"], "HALO_ENV_FILE": "/dev/null", "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token, "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url, "HALO_CATALOG": str(self.settings.catalog),
            "HALO_WORKSPACE_URL": self.settings.workspace_url, "HALO_LOG_LEVEL": "DEBUG",
            "HALO_LOG_FORMAT": self.format_name, "HALO_TEST_ERROR_COMMAND": "1", "HALO_ADMINS": "UALICE UZZ",
            "HALO_LLM_URL": f"{url}/zebrallm", "HALO_LLM_KEY": "zebrallmkey", "HALO_LLM_MODEL": "m",
            "HALO_API_URL": f"http://localhost:{port}/zebratenant", "HALO_API_CLIENT_ID": "zebraclient",
            "HALO_API_CLIENT_SECRET": "zebraclientsecret",
            "HALO_SOURCES": f"{url}/feed.xml?key=zebrakey every 1m announce;"
            f"{url}/zebra-path-4711/broken.json every 1m;"
            f"http://zebrauser:zebrapassword@127.0.0.1:{port}/x every 1m; {url}/gone?key=zebragone every 1m; halo-api;"
            f"{url}/moved?key=zebramoved every 1m; {folder / 'drop.csv'} every 1m; {url}/broken.xml every 1m",
        }  # fmt: skip

    def process(self, *arguments: str) -> subprocess.Popen[bytes]:
        """`halobot …`, whose standard error is the log. What the bot itself writes to standard output is in it, too;
        that of other commands is their answer.
        """
        with self.log.open("ab") as log:
            command = [sys.executable, "-c", CODE, *arguments]
            return subprocess.Popen(
                command,
                cwd=PROJECT,
                env=self.environment(),
                stdout=log if arguments[0] == "run" else subprocess.DEVNULL,
                stderr=log,
            )

    @property
    def log(self) -> Path:
        """All that is written."""
        return self.settings.catalog.with_name("log")

    def lines(self) -> list[dict[str, str]]:
        """The lines of JSON."""
        return [json.loads(line) for line in self.output.splitlines()]


# -- what goes in -----------------------------------------------------------------------------------------------------


def serve_sources(site: Site) -> None:
    """A feed with a line break in a title, broken documents, a language model and a tenant that answer nonsense."""

    def llm(_: Request) -> Reply:
        return Reply(200, {"choices": [{"message": {"content": "zebraanswer\nof a model"}}]})

    site.pages.update(
        {
            "/feed.xml": Reply(200, FEED.format(title=NEW_LINE.replace("\x1b", "&#x9b;"), url=site.url),
                               {"content-type": "application/rss+xml"}),
            "/zebrapost": Reply(200, "<p>zebrapage</p>", {"content-type": "text/html"}),
            "/zebra-path-4711/broken.json": Reply(200, '{"zebrajson": [1, "zebra'),
            "/broken.xml": Reply(200, "<rss><zebratag>&zebraentity;", {"content-type": "application/rss+xml"}),
            "/moved": Reply(302, "", {"location": "https://elsewhere.invalid/zebralocation?t=zebratoken"}),
            "/zebrallm/chat/completions": llm,
            "/zebratenant/auth/token": Reply(400, {"error": "invalid_client", "error_description": "“zebrarefused”"}),
        }
    )  # fmt: skip


def speak(slack: SlackStandIn) -> None:
    """Everything that people do, said with words to be found again."""
    slack.add_channel("CZZ", "zebrachannel", private=True, members=("UALICE", "UHALO"))
    slack.add_user("UZZ", "zebraname", "Zebra Realname")
    for words in ("zebracommand default status", "zebra@example.com", "watch zebradocument", "watch zebrawatch",
                  "subscribe zebradigest mondays 9am", "import https://zebraimport.invalid/x?key=zebraimportkey",
                  "import http://127.0.0.1/zebralocal", "import zebranothing", "ask zebra“quote” 'zebrasingle'",
                  "compare zebraone and zebratwo", "zebra\x1b[31m\u202e\u2028control", "pause zebrapause until friday",
                  "zebra " * 3_000, "status", "jira default status zebrafault"):  # fmt: skip
        slack.command("/halo", words)
    slack.command("/halo", "zebraprivate", channel="CZZ")
    slack.mention("zebramention jira default status")
    slack.dm("zebradm jira")
    slack.dm("jira default status zebrafault")
    slack.say("<@UHALO> zebrasaid", channel="CZZ")
    slack.share_link("https://risingtidegroup.net/zebralink?x=zebralinkkey")
    slack.open_home()
    slack.command("/halo", "")
    wait_for(slack.modals)
    slack.suggest("window_ask", "zebratyped")
    slack.click("window_ask", "?zebratyped")
    slack.close_view(everything=True)
    slack.command("/halo", "subscribe")
    wait_for(slack.modals)
    slack.submit({"words": "zebrawords purple", "zone": "zebrazone"})
    slack.event({"type": "zebraevent", "text": "zebratext", "user": "UALICE", "channel": "C1"})
    slack.event({"type": "message", "subtype": "zebrasubtype", "text": "zebraedited", "channel": "C1"})
    wait_for(lambda: len(slack.calls("chat.postMessage")) > 2)


def break_slack(slack: SlackStandIn) -> None:
    """Calls that Slack refuses, puts off, breaks off, or answers with a page."""
    for how in (
        "429",
        "500",
        "drop_reply",
        "not_in_channel",
        "msg_too_long",
        "invalid_arguments",
    ):
        slack.fail_next("chat.*", how)
        slack.mention(f"zebra{how} jira")
        time.sleep(0.3)
    for how in ("500", "drop_reply", "expired_url"):
        slack.fail_next("response_url", how)
        slack.command("/halo", f"watch zebraurl{how}")
        time.sleep(0.3)
    slack.fail_next("views.*", "expired_trigger_id", times=2)
    slack.command("/halo", "subscribe")
    slack.fail_next("users.info", "ratelimited", times=2)
    slack.command("/halo", "subscribe zebralater fridays")


def refuse_until(run: Run, said: str, how: str, times: int) -> None:
    """Slack refuses so many posts in this way, until the log says this: other posts may be refused first, such as a
    message to an admin, of which the log says something else.
    """

    def is_said() -> bool:
        run.slack.fail_next("chat.*", how, times=times)
        run.slack.mention(f"zebra{how} jira")
        time.sleep(0.5)
        return said in run.log.read_text(encoding="utf-8", errors="replace")

    wait_for(is_said)


def break_database(settings: Settings) -> None:
    """Its tables are gone for a moment."""
    path = settings.workspace_url.removeprefix("sqlite:///")
    with sqlite3.connect(path, timeout=20) as database:
        database.execute("ALTER TABLE inbox RENAME TO inbox_gone")


def mend_database(settings: Settings) -> None:
    """They are back."""
    path = settings.workspace_url.removeprefix("sqlite:///")
    with sqlite3.connect(path, timeout=20) as database:
        database.execute("ALTER TABLE inbox_gone RENAME TO inbox")


def attack(run: Run) -> None:
    """Requests over HTTP that are not Slack's, and some that are and cannot be read."""
    url, now = f"http://127.0.0.1:{run.port}{EVENTS_PATH}", int(time.time())

    def post(body: bytes, signature: str | None = None, **headers: str) -> None:
        signed = {
            "X-Slack-Request-Timestamp": str(now),
            "X-Slack-Signature": signature or sign(run.slack.signing_secret, body, now),
        }
        with suppress(httpx2.HTTPError):
            local_http.post(f"{url}?token=zebraquery", content=body, headers={**signed, **headers}, timeout=10)

    post(b"token=zebraunsigned&text=zebraunsigned", "v0=" + "0" * 64)
    post(b"zebrabody", "zebrasignature", Authorization="Bearer zebrabearer", Cookie="zebracookie=1")
    post(b'{"zebrabroken": [', **{"content-type": "application/json"})
    post(b"payload=%7B%22zebrapayload%22", **{"content-type": "application/x-www-form-urlencoded"})
    post(b'{"type": "event_callback", "event": "zebrastring"}', **{"content-type": "application/json"})
    post(b"\xff\xfezebrabytes")
    post(
        b'{"type": "zebratype", "text": "zebraunhandled", "token": "zebratoken"}',
        **{"content-type": "application/json"},
    )
    post(b"payload=" + json.dumps({"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "actions": [
        {"action_id": "zebraaction", "value": "zebravalue"}], "response_url": "https://hooks.slack.com/zebrahook",
        "trigger_id": "zebratrigger"}).encode(), **{"content-type": "application/x-www-form-urlencoded"})  # fmt: skip
    post(b"x=" + b"zebrahuge" * 400_000)
    for raw in (b"zebraraw nonsense\r\n\r\n", b"GET /zebrapath HTTP/1.1\r\nHost: x\r\nzebraheader\r\n\r\n",
                b"GET /health?zebra=1 HTTP/1.1\r\nCookie: zebra\r\nContent-Length: zebra\r\n\r\n"):  # fmt: skip
        with socket.create_connection(("127.0.0.1", run.port)) as connection:
            connection.sendall(raw)
            connection.settimeout(2)
            with suppress(OSError):
                connection.recv(1_000)


def secrets_given_out(slack: SlackStandIn) -> set[str]:
    """What Slack gave the bot in its deliveries and must not be in the log."""
    found: set[str] = set()

    def look(value: Any, name: str = "") -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                look(inner, key)
        elif isinstance(value, list):
            for inner in value:
                look(inner, name)
        elif (
            isinstance(value, str)
            and name in ("response_url", "trigger_id", "token", "private_metadata")
            and len(value) > 8
        ):
            found.add(value)
            found.add(value.rsplit("/", 1)[-1])

    for delivery in slack.deliveries():
        look(delivery.payload)
    return found


def act(run: Run) -> None:
    """The whole of it, from the start to the end of the process."""
    slack, new_ticket = run.slack, run.slack.sockets.new_ticket

    def ticket() -> str:
        run.secrets.add(given := new_ticket())
        return given

    slack.sockets.new_ticket = ticket  # type: ignore[method-assign]
    slack.fail_next("auth.test", "500")
    if run.way == "http":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            run.port = free.getsockname()[1]
        process = run.process("run", "--http", str(run.port))
        wait_for(lambda: is_healthy(run.port))
        slack.app_url = f"http://127.0.0.1:{run.port}{EVENTS_PATH}"
    else:
        slack.fail_next("apps.connections.open", "429", retry_after=1)
        process = run.process("run")
        slack.wait_connected(timeout=60)

    def find(said: str) -> str:
        run.reference = said.split("reference ")[1].rstrip(".")
        return run.reference

    try:
        wait_for(lambda: "reference " in (said := slack.command("/halo", "boom").text) and find(said))
        speak(slack)
        break_slack(slack)
        refuse_until(run, "Slack refuses my token", "token_revoked", 1)
        refuse_until(run, "could not be told", "strange_code", 2)  # neither the answer nor the sentence that it failed
        break_database(run.settings)
        slack.dm("zebradatabase")
        slack.command("/halo", "watch zebralocked")
        time.sleep(1.5)
        mend_database(run.settings)
        attack(run) if run.way == "http" else slack.disconnect_sockets()
        wait_for(lambda: {"/feed.xml", "/moved", "/gone"} <= set(run.site.paths()))
        slack.fail_next("chat.postMessage", "drop_reply", times=2)
        for arguments in (("sources", "read"), ("digest", "--due"), ("phrasings", "describe")):
            run.process(*arguments).wait(100)
        assert "/zebrallm/chat/completions" in run.site.paths()
        process.terminate()
        process.wait(30)
    finally:
        process.kill()
        process.wait()
    run.secrets |= secrets_given_out(slack) | {slack.bot_token, slack.app_token, slack.signing_secret}
    run.output = run.log.read_text(encoding="utf-8", errors="replace")


# -- what comes out ---------------------------------------------------------------------------------------------------


def everything_happened(run: Run) -> None:
    """The run is worth its result: listeners were done, calls refused, jobs put off, faults met, sources read and not
    read, and the database was not there.
    """
    for said in ("done in", "the job waits", "Slack refuses my token", "reference ", "ValueError",
                 "the inbox cannot be written to", "no such table: inbox", "Read 127.0.0.1: ", "fails (1 times",
                 "Unhandled request", "KeyError", "could not be told", "SourceError", "on_slash_command"):  # fmt: skip
        assert said in run.output, said
    assert len(run.output.splitlines()) > 100
    if run.way == "http":
        assert "refused with 401" in run.output
        assert "refused with 400" in run.output
        assert "refused with 413" in run.output
    else:
        assert "Connected to Slack by Socket Mode" in run.output


def nothing_of_anybody_is_in_it(run: Run) -> None:
    """No word that somebody typed, that a source or a model said, or that a setting keeps secret."""
    assert sorted(set(CANARY.findall(run.output))) == []


def no_secret_of_slack_is_in_it(run: Run) -> None:
    """No token, ticket, trigger or response_url."""
    assert len(run.secrets) > 20
    assert [secret for secret in run.secrets if secret in run.output] == []
    assert "ticket=" not in run.output


def each_event_is_one_line(run: Run) -> None:
    """Each line is a whole JSON object; or, for people, an event, or an indented line of a traceback. None was made by
    a title with a line break, and no character controls a terminal.
    """
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e]", run.output)
    if run.format_name == "json":
        for one in run.lines():
            assert {"time", "level", "logger", "event"} <= set(one)
            assert all(isinstance(value, str) for value in one.values())
            assert "\n" not in one["event"]
    else:
        odd = [line for line in run.output.splitlines() if not (HUMAN_LINE.fullmatch(line) or line.startswith("    "))]
        assert odd == []


def the_reference_finds_the_request(run: Run) -> None:
    """The reference that a person was shown is that of the error's line and of the others of their request."""
    found = [line for line in run.output.splitlines() if run.reference in line]
    assert any("RuntimeError" in line or f"reference {run.reference} in" in line for line in found)
    if run.format_name == "json":
        mine = [one for one in run.lines() if one.get("reference") == run.reference]
        assert any("RuntimeError" in one.get("exception", "") for one in mine)


def a_job_keeps_its_reference(run: Run) -> None:
    """What had to wait has the same reference in the attempt that was done."""
    waiting = set(re.findall(r"the job waits .*?reference\W+([0-9A-F]{6})\b", run.output))
    done = set(re.findall(r"done in .*?reference\W+([0-9A-F]{6})\b", run.output))
    assert waiting
    assert waiting & done


@pytest.mark.parametrize(("way", "format_name"), [("http", "json"), ("socket", "human")])
def test_a_whole_run(way: str, format_name: str, started: Path, tmp_path: Path) -> None:
    """What is said above holds for one run over HTTP with JSON lines, and for one by Socket Mode with lines for people.
    They are not tests of their own: each would have a run of its own where tests run side by side.
    """
    with serving() as site, SlackStandIn() as slack:
        serve_sources(site)
        run = Run(slack, site, settings_in(tmp_path, slack, started), way, format_name)
        act(run)
    everything_happened(run)
    nothing_of_anybody_is_in_it(run)
    no_secret_of_slack_is_in_it(run)
    each_event_is_one_line(run)
    the_reference_finds_the_request(run)
    a_job_keeps_its_reference(run)


def test_the_address_of_a_database(tmp_path: Path) -> None:
    """A password in HALO_WORKSPACE_URL is not shown when the database cannot be reached, or the address not be read."""
    for url in (
        "postgresql+psycopg://halobot:zebrapassword@127.0.0.1:1/zebra",
        "postgresql://u:zebra@pw@host:zebraport/db",
    ):
        environment = {
            "PATH": os.environ["PATH"], "HALO_ENV_FILE": "/dev/null", "SLACK_BOT_TOKEN": "xoxb-zebra",
            "SLACK_APP_TOKEN": "xapp-zebra", "HALO_WORKSPACE_URL": url, "HALO_LOG_LEVEL": "DEBUG",
            "HALO_CATALOG": str(tmp_path / "catalog.db"), "HALO_SEEDS": "none",
            "SLACK_API_URL": "http://127.0.0.1:1/api/",
        }  # fmt: skip
        done = subprocess.run([sys.executable, "-m", "bot", "run"], cwd=PROJECT, env=environment, capture_output=True,
                              text=True, timeout=60)  # fmt: skip
        assert done.returncode == 1
        assert re.search("cannot be used|not an address", done.stderr)
        assert "zebrapassword" not in done.stderr
        assert not re.search("zebra@|xoxb|xapp", done.stderr)
