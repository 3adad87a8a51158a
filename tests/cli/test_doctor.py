"""`halobot doctor` runs all checks, even when one fails, and gives advice; against a server that answers like Slack."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.app import Application
from bot.cli.doctor import Finding, database_finding, run_checks
from bot.problems import ProblemList
from bot.settings import PROJECT
from bot.slack.health_pages import HealthPages
from bot.slack.page_server import PageServer
from bot.slack.scopes import OPTIONAL_SCOPES, SCOPES
from bot.storage.installations import InstalledWorkspace, Tokens
from bot.storage.token_cipher import new_key

BOT, APP, SECRET = "xoxb-1234567890-abcdef", "xapp-1-A0-fedcba", "0123456789abcdef0123456789abcdef"
GRANTED = ",".join([*SCOPES, *OPTIONAL_SCOPES])


class SlackLike:
    """A server that answers each Web API method as the test says: with JSON, or with a page of text."""

    def __init__(self) -> None:
        self.answers: dict[str, dict | str] = {
            "auth.test": {"ok": True, "user": "halo", "team": "Rising Tide"},
            "apps.connections.open": {"ok": True, "url": "wss://x"},
        }
        self.scopes = GRANTED
        self.asked: dict[str, str] = {}  # method -> the token that came with it
        slack = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                method = self.path.rsplit("/", 1)[-1]
                slack.asked[method] = (self.headers["Authorization"] or "").removeprefix("Bearer ")
                answer = slack.answers[method]
                self.send_response(200)
                self.send_header("Content-Type", "application/json" if isinstance(answer, dict) else "text/html")
                self.send_header("X-OAuth-Scopes", slack.scopes)
                self.end_headers()
                self.wfile.write((json.dumps(answer) if isinstance(answer, dict) else answer).encode())

            def log_message(self, *_: object) -> None:
                """Log nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/api/"


@pytest.fixture
def slack_like() -> Iterator[SlackLike]:
    """A Slack that knows the bot and has granted all scopes."""
    slack = SlackLike()
    thread = threading.Thread(target=slack.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield slack
    slack.server.shutdown()
    slack.server.server_close()
    thread.join()


@pytest.fixture
def look(settings_for, folder, slack_like):
    """Runs all checks with these settings. Checks that no finding has a secret in it and that each fault has advice."""

    def findings(**settings: object) -> list[Finding]:
        found = run_checks(
            Application(settings_for(SLACK_API_URL=settings.pop("SLACK_API_URL", slack_like.url), **settings))
        )
        assert not [finding for finding in found if any(secret in str(finding) for secret in (BOT, APP, SECRET))]
        assert not [finding for finding in found if not finding.ok and not finding.advice]
        return found

    return findings


def test_what_the_running_bot_says(look) -> None:
    """With a port for its pages: that all is well, what is not, or that nobody answers, which is no fault."""
    problems = ProblemList()
    problems.expect("disks", 1e9)
    server = PageServer(HealthPages(problems), "127.0.0.1", 0).start()
    assert [text for text in faults(look(HALO_HTTP_PORT=server.port)) if "disks is not ok" in text] != []
    problems.report("disks")
    assert "The running bot says that all is well" in [finding.text for finding in look(HALO_HTTP_PORT=server.port)]
    server.stop()
    (finding,) = [finding for finding in look(HALO_HTTP_PORT=server.port) if "No bot answers" in finding.text]
    assert not finding.required


def faults(findings: list[Finding]) -> list[str]:
    """The texts of the findings that keep the bot from working."""
    return [finding.text for finding in findings if finding.required and not finding.ok]


def notes(findings: list[Finding]) -> list[str]:
    """The texts of the findings that the bot works with."""
    return [finding.text for finding in findings if not finding.required and not finding.ok]


def test_all_is_well(look, slack_like):
    """With valid tokens and all scopes there are neither faults nor notes; each token is sent where it belongs."""
    found = look(SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP)
    assert (faults(found), notes(found)) == ([], [])
    said = "\n".join(finding.text for finding in found)
    for part in (
        "full-text search",
        "3 entries, v2.206 to v2.206",
        "Workspace database",
        "@halo in Rising Tide",
        "Socket Mode accepts",
    ):
        assert part in said
    assert slack_like.asked == {"auth.test": BOT, "apps.connections.open": APP}


def test_no_tokens(look, slack_like):
    """Missing tokens are two notes and no fault, and Slack is not called."""
    found = look()
    assert faults(found) == []
    assert len(notes(found)) == 2
    assert slack_like.asked == {}


def test_token_without_a_way_to_the_bot(look):
    """A bot token alone is a fault, as Slack can't reach the bot; with a signing secret or an app token it can."""
    assert "SLACK_APP_TOKEN" in faults(look(SLACK_BOT_TOKEN=BOT))[0]
    assert faults(look(SLACK_BOT_TOKEN=BOT, SLACK_SIGNING_SECRET=SECRET)) == []


def test_bad_bot_token(look, slack_like):
    """A token that Slack refuses is a fault that names the setting and Slack's reason."""
    slack_like.answers["auth.test"] = {"ok": False, "error": "invalid_auth"}
    found = look(SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP)
    assert faults(found) == ["Slack refused SLACK_BOT_TOKEN: invalid_auth"]
    assert "apps.connections.open" not in slack_like.asked


def test_bad_app_token(look, slack_like):
    """An app-level token that Slack refuses is a fault; the bot token is still reported as right."""
    slack_like.answers["apps.connections.open"] = {"ok": False, "error": "not_allowed_token_type"}
    found = look(SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP)
    assert faults(found) == ["Socket Mode refused SLACK_APP_TOKEN: not_allowed_token_type"]
    assert [finding for finding in found if finding.ok and "@halo" in finding.text]


@pytest.mark.parametrize("missing", SCOPES)
def test_missing_scope(missing, look, slack_like):
    """Each scope that the app was not granted is a fault that says what it is for."""
    slack_like.scopes = ",".join(scope for scope in [*SCOPES, *OPTIONAL_SCOPES] if scope != missing) + ",users:write"
    (fault,) = faults(look(SLACK_BOT_TOKEN=BOT, SLACK_SIGNING_SECRET=SECRET))
    assert missing in fault
    assert SCOPES[missing] in fault


@pytest.mark.parametrize("missing", OPTIONAL_SCOPES)
def test_missing_optional_scope(missing, look, slack_like):
    """A scope that the bot can do without is a note, not a fault."""
    slack_like.scopes = ",".join(scope for scope in [*SCOPES, *OPTIONAL_SCOPES] if scope != missing)
    found = look(SLACK_BOT_TOKEN=BOT, SLACK_SIGNING_SECRET=SECRET)
    assert faults(found) == []
    assert [note for note in notes(found) if missing in note and OPTIONAL_SCOPES[missing] in note]


def test_answers_that_are_not_slacks(look, slack_like):
    """A web page in Slack's place, an address where nothing listens, and a malformed one are faults, no tracebacks."""
    slack_like.answers["auth.test"] = "<html>Please sign in to the guest Wi-Fi</html>"
    assert len(faults(look(SLACK_BOT_TOKEN=BOT, SLACK_SIGNING_SECRET=SECRET))) == 1
    for nowhere in ("http://127.0.0.1:1/api/", "http://[/"):
        (fault,) = faults(look(SLACK_BOT_TOKEN=BOT, SLACK_SIGNING_SECRET=SECRET, SLACK_API_URL=nowhere))
        assert "slack" in fault.lower()


def test_failure_half_way_keeps_what_was_found(look, slack_like):
    """When a check fails half-way, its findings so far stay in the report."""
    slack_like.answers["apps.connections.open"] = "<html>nonsense</html>"
    found = look(SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP)
    assert len(faults(found)) == 1
    assert [finding for finding in found if finding.ok and "@halo" in finding.text]


def test_unusable_files(look, folder, tmp_path):
    """A broken seed file, catalogue or workspace database is named, and the other checks still run."""
    (tmp_path / "garbage.db").write_bytes(b"This is a letter to grandmother.\n" * 500)
    folder.write("glossary.toml", "same = 5")
    found = look(HALO_WORKSPACE_URL=f"sqlite:///{tmp_path}/garbage.db")
    assert ["glossary.toml" in faults(found)[0], "garbage.db" in faults(found)[1]] == [True, True]
    assert "garbage.db" in faults(look(HALO_CATALOG=tmp_path / "garbage.db"))[0]
    assert [finding for finding in found if "SQLite" in finding.text]
    assert len(notes(found)) == 2  # the tokens


def test_password_is_not_shown(look):
    """The workspace database is named without its password."""
    found = look(HALO_WORKSPACE_URL="postgresql+psycopg://halobot:hunter2hunter2@127.0.0.1:1/halobot")
    assert "hunter2hunter2" not in str(found)
    assert len(faults(found)) == 1


def test_empty_catalogue_is_noted(look):
    """An empty catalogue works, so it is a note, with what to do about it."""
    assert "0 entries" in notes(look(HALO_SEEDS="none"))[0]


def test_scopes_are_those_of_the_manifest():
    """The doctor checks the scopes of manifest.json, and docs/operating.md explains each."""
    manifest = json.loads((PROJECT / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(manifest["oauth_config"]["scopes"]["bot"]) == sorted([*SCOPES, *OPTIONAL_SCOPES])
    assert sorted(manifest["oauth_config"]["scopes"]["bot_optional"]) == sorted(OPTIONAL_SCOPES)
    readme = (PROJECT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert [scope for scope in [*SCOPES, *OPTIONAL_SCOPES] if not re.search(rf"`{re.escape(scope)}`", readme)] == []


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("ftp://example.com/feed", "an address begins with https://"),
        ("https://", "names no server"),
        ("http:example.com", "an address begins with https://"),
        ("https://exa mple.com/feed", "has a blank in it"),
        ("https://[::1/feed", "names no server"),
        ("example.com/feed.xml", "no file or folder"),
        ("/srv/there/is/nothing.csv every 1d", "no file or folder"),
        ("the release notes", "no file or folder"),
        ("halo_api", "is written halo-api"),
    ],
)
def test_what_cannot_be_a_source(look, part, why):
    """Such a part of HALO_SOURCES is a fault that names it; those beside it are checked as well."""
    found = look(HALO_SOURCES=f"https://example.com/feed.xml; {part}")
    (fault,) = faults(found)
    assert why in fault
    assert [finding for finding in found if finding.ok and "https://example.com/feed.xml" in finding.text]


def test_what_can_be_a_source(look, tmp_path):
    """Addresses, a file and a folder that are there, and Halo's API by its name are not refused."""
    (tmp_path / "notes.csv").write_text("number,title\n")
    names = ("https://example.com/feed.xml", "HTTP://example.com:8080/?a=b", str(tmp_path / "notes.csv"), str(tmp_path))
    assert faults(look(HALO_SOURCES="; ".join(names))) == []


def test_many_workspaces(settings_for, slack_like):
    """With many workspaces: missing settings, tokens that no key fits or Slack refuses, and admins who are nobody."""
    one, other = new_key(), new_key()
    many = {"SLACK_CLIENT_ID": "1234567890.1234567890", "SLACK_API_URL": slack_like.url, "SLACK_SIGNING_SECRET": SECRET}
    assert any("SLACK_CLIENT_SECRET is not set" in text for text in failures(settings_for(**many)))
    many |= {"SLACK_CLIENT_SECRET": SECRET, "HALO_ENCRYPTION_KEY": one, "HALO_ADMINS": "U012ABC, T1:U1ABC, admins"}
    settings = settings_for(**many)
    application = Application(settings)
    for team in ("T1", "T2"):
        new = InstalledWorkspace(team, team, "A1", "B1", "UHALO", (), "UALICE", 0.0)
        application.stores.installations.save(new, Tokens(f"xoxb-{team}"), 1.0)
    texts = [finding.text for finding in run_checks(application)]
    assert any("2 workspaces are served" in text for text in texts)
    assert any("HALO_ADMINS names U012ABC without a workspace" in text for text in texts)
    assert not any("SLACK_BOT_TOKEN" in text for text in texts)
    slack_like.answers["auth.test"] = {"ok": False, "error": "token_revoked"}
    assert any("Slack refuses the token of T1: token_revoked" in text for text in failures(settings))
    assert any("fits the tokens of T2" in text for text in failures(replace(settings, encryption_keys=(other,))))
    assert any("older key" in finding.text for finding in run_checks(half_rotated(settings, other, one)))


def half_rotated(settings, *keys) -> Application:
    """An installation with a new key, in which one workspace installed again."""
    application = Application(replace(settings, encryption_keys=keys))
    new = InstalledWorkspace("T1", "T1", "A1", "B1", "UHALO", (), "UALICE", 0.0)
    application.stores.installations.save(new, Tokens("xoxb-T1"), 2.0)
    return application


def failures(settings) -> list[str]:
    """What has to be mended."""
    return [finding.text for finding in run_checks(Application(settings)) if not finding.ok]


@pytest.mark.parametrize(
    ("problem", "finding"),
    [
        (
            "The catalogue could not be written (database or disk is full). Make room on its disk.",
            ("The catalogue could not be written (database or disk is full).", "Make room on its disk."),
        ),
        (
            "It cannot be used (disk is full). Make room on its disk. HALO_X says where it is.",
            ("It cannot be used (disk is full).", "Make room on its disk. HALO_X says where it is."),
        ),
        ("It has a problem (is locked).", ("It has a problem (is locked).", "Another program holds it: end that one.")),
        ("Something new.", ("Something new.", "Look at it.")),
    ],
)  # fmt: skip
def test_what_to_do_about_a_database_is_said_once(problem: str, finding: tuple[str, str]) -> None:
    """What a problem says itself stands where advice stands; where it says nothing, advice fits its reason."""
    assert database_finding(problem, "Look at it.")[1:3] == finding
