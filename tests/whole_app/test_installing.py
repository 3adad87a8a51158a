"""Workspaces install the app by themselves, are answered with their own tokens, and leave again."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import Application
from bot.errors import WorkspaceError
from bot.running import look_at_workspaces
from bot.settings import Settings
from bot.slack.views import install_pages
from bot.slack.workspaces import InstalledWorkspaces
from bot.storage.models import PAUSED_BY_UNINSTALL, Schedule, SubscriptionDraft, SubscriptionFilter
from tests.whole_app.acting import text
from tests.whole_app.many import Browser, SeveralSlacks, many_settings, serving

Served = tuple[SeveralSlacks, Application, Browser]
BAD_STATE = "was begun too long ago"


@pytest.fixture
def slacks() -> Iterator[SeveralSlacks]:
    with SeveralSlacks("T1", "T2") as made:
        yield made


@pytest.fixture
def settings(slacks: SeveralSlacks, tmp_path: Path, started: Path) -> Settings:
    return many_settings(tmp_path, slacks, started, HALO_PUBLIC_URL="https://halobot.example")


@pytest.fixture
def served(slacks: SeveralSlacks, settings: Settings) -> Iterator[Served]:
    with serving(slacks, settings) as (application, address):
        yield slacks, application, Browser(address)


def subscribe(application: Application, team: str, channel: str = "C1") -> None:
    draft = SubscriptionDraft(SubscriptionFilter(), Schedule("daily"))
    assert application.stores.subscriptions.add(team, channel, draft, "UALICE", 0, application.now())


def paused(application: Application, team: str) -> list[str | None]:
    return [row.paused_by for row in application.stores.subscriptions.of_team(team)]


def known(application: Application) -> InstalledWorkspaces:
    assert isinstance(application.workspaces, InstalledWorkspaces)
    return application.workspaces


def test_each_workspace_is_answered_with_its_own_token(served: Served) -> None:
    """Commands at once, mentions by a post; nothing of it in the other workspace, and no call to ask who it is."""
    slacks, _, browser = served
    for team in ("T1", "T2"):
        assert "Halobot is in Team" in browser.install(slacks, team).text
    slacks.calls.clear()
    for team in ("T1", "T2"):
        assert "1016865" in text(slacks[team].command("/halo", "jira default status").shown[-1])
    assert slacks.calls == []
    posted = slacks["T2"].only_shown_after(lambda: slacks["T2"].mention("<@UHALO> jira default status"))
    assert posted.kind == "message"
    assert {team for _, _, team in slacks.calls} == {"T2"}
    assert slacks["T1"].messages("C1") == []


def test_the_page_asks_for_the_manifest_s_scopes(served: Served) -> None:
    """With a new state each time, and the redirect URL of the settings."""
    _, _, browser = served
    first, second = browser.begin(), browser.begin()
    assert "chat:write" in first["scope"][0].split(",")
    assert first["redirect_uri"] == ["https://halobot.example/slack/oauth_redirect"]
    assert first["state"] != second["state"]
    assert len(first["state"][0]) > 30


def test_pages_load_nothing(served: Served) -> None:
    """No script, and headers that forbid loading, framing, keeping and telling others where one came from."""
    slacks, _, browser = served
    for page in (browser.get("/slack/install"), browser.get("/slack/oauth_redirect"), browser.install(slacks, "T1")):
        assert "<script" not in page.text.lower()
        assert not re.search(r'\son\w+=|<img|src=|style="', page.text)
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
    digest = base64.b64encode(hashlib.sha256(install_pages.STYLE.encode()).digest()).decode()
    assert f"sha256-{digest}" == install_pages.STYLE_HASH
    cookie = browser.get("/slack/install").headers["set-cookie"].lower()
    assert all(word in cookie for word in ("secure", "httponly", "samesite=lax"))


def test_a_state_is_of_one_browser_and_one_time(served: Served) -> None:
    """Another browser, none, a second time, an old one, a forged one: refused with a way to start again."""
    slacks, application, browser = served
    state = browser.begin()["state"][0]
    path = f"/slack/oauth_redirect?code={slacks.permit('T1')}&state={state}"
    stranger = Browser(browser.address)
    stranger.begin()
    for answer in (browser.get(path, with_cookie=False), stranger.get(path)):
        assert answer.status_code == 400
        assert BAD_STATE in answer.text
        assert 'href="/slack/install"' in answer.text
    assert "Halobot is in" in browser.get(path).text
    browser.cookie = f"slack-app-oauth-state={state}"
    assert BAD_STATE in browser.get(path).text
    late = browser.begin()["state"][0]
    slacks["T1"].advance(601)
    assert BAD_STATE in browser.get(f"/slack/oauth_redirect?code={slacks.permit('T2')}&state={late}").text
    browser.cookie = "slack-app-oauth-state=forged"
    assert BAD_STATE in browser.get(f"/slack/oauth_redirect?code={slacks.permit('T2')}&state=forged").text
    assert [one.team for one in application.stores.installations.all()] == ["T1"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("error=access_denied&state={state}", "You said no in Slack"),
        ("error=%3Cscript%3E&state={state}", "Slack did not finish"),
        ("code=wrong&state={state}", "permission was used already"),
        ("state={state}", "permission was used already"),
        ("code=" + "x" * 3_000, BAD_STATE),
        ("state=&code=", BAD_STATE),
    ],
)
def test_what_fails_leads_on(served: Served, query: str, says: str) -> None:
    """Denied, a wrong code, nothing, too much: a sentence, and the way to the start; nothing is stored or repeated."""
    _, application, browser = served
    page = browser.get("/slack/oauth_redirect?" + query.format(state=browser.begin()["state"][0]))
    assert says in page.text
    assert 'href="/slack/install"' in page.text
    assert "<script" not in page.text
    assert application.stores.installations.all() == []


def test_a_wrong_secret_and_no_slack(slacks: SeveralSlacks, settings: Settings) -> None:
    """The page says what the operator has to look at, or that Slack cannot be reached."""
    for changed, says in (
        (replace(settings, slack_client_secret="wrong-secret"), "SLACK_CLIENT_SECRET"),
        (replace(settings, slack_api_url="http://127.0.0.1:1/api/"), "Slack cannot be reached"),
    ):
        with serving(slacks, changed) as (application, address):
            assert says in Browser(address).install(slacks, "T1").text
            assert application.stores.installations.all() == []


def test_a_workspace_that_is_not_installed_is_told(served: Served) -> None:
    """A command gets a sentence in its acknowledgement, an event is not brought again, and Slack is not called."""
    slacks, _, _ = served
    answer = slacks["T2"].command("/halo", "jira default status")
    assert "not installed" in answer.text
    assert "1016865" not in answer.text
    assert slacks["T2"].mention("<@UHALO> jira").status == 200
    assert slacks.calls == []


def test_uninstalling_pauses_one_workspace_and_installing_resumes(served: Served) -> None:
    """Both events in either order, and twice: the other workspace is answered as before."""
    slacks, application, browser = served
    for team in ("T1", "T2"):
        browser.install(slacks, team)
        subscribe(application, team)
    revoked = {"type": "tokens_revoked", "tokens": {"bot": ["UHALO"]}}
    slacks.revoke("T1")
    for event in (revoked, {"type": "app_uninstalled"}, revoked):
        assert slacks["T1"].event(event).acked
        slacks["T1"].wait_idle()
        assert paused(application, "T1") == [PAUSED_BY_UNINSTALL]
        assert paused(application, "T2") == [None]
    assert "not installed" in slacks["T1"].command("/halo", "jira default status").text
    assert "1016865" in text(slacks["T2"].command("/halo", "jira default status").shown[-1])
    assert "Halobot is in" in browser.install(slacks, "T1").text
    assert paused(application, "T1") == [None]
    assert "1016865" in text(slacks["T1"].command("/halo", "jira default status").shown[-1])


def test_an_event_that_comes_late_does_no_harm(served: Served) -> None:
    """Installed again before Slack brings the news of the uninstallation; or a person's token was revoked."""
    slacks, application, browser = served
    browser.install(slacks, "T1")
    slacks.revoke("T1")
    browser.install(slacks, "T1")
    subscribe(application, "T1")
    person = {"type": "tokens_revoked", "tokens": {"oauth": ["UALICE"], "bot": []}}
    for event in ({"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UHALO"]}}, person):
        slacks["T1"].event(event)
        slacks["T1"].wait_idle()
    assert paused(application, "T1") == [None]
    assert "1016865" in text(slacks["T1"].command("/halo", "jira default status").shown[-1])


@pytest.mark.long
@pytest.mark.parametrize("code", ["invalid_auth", "account_inactive", "token_revoked"])
def test_a_revoked_token_is_noticed_at_its_first_use(served: Served, code: str) -> None:
    """Without any event: that workspace is paused, the other is not."""
    slacks, application, browser = served
    for team in ("T1", "T2"):
        browser.install(slacks, team)
        subscribe(application, team)
    slacks.revoke("T1", code)
    slacks["T1"].advance(2 * 24 * 3600)
    application.digest_runner.run_due()
    assert paused(application, "T1") == [PAUSED_BY_UNINSTALL]
    assert paused(application, "T2") == [None]
    assert application.workspaces.served() == ("T2",)
    slacks.calls.clear()
    application.digest_runner.run_due()
    assert {team for _, _, team in slacks.calls} <= {"T2"}


def test_another_process_knows_within_a_minute(slacks: SeveralSlacks, settings: Settings) -> None:
    """What one process stored is another's at its next look; and an unknown workspace is looked for at once."""
    with serving(slacks, settings) as (application, address):
        other = Application(settings, slacks["T1"].now)
        assert known(other).served() == ()
        Browser(address).install(slacks, "T1")
        known(other).look()
        assert known(other).served() == ("T1",)
        Browser(address).install(slacks, "T2")
        assert known(other).find("T2") is not None
        application.stores.installations.end("T1", "removed", 0.0)
        known(other).look()
        assert known(other).served() == ("T2",)


def test_a_key_that_does_not_fit_is_told(slacks: SeveralSlacks, settings: Settings) -> None:
    """The bot goes on: it tells the operator which workspaces, and who installs again is served."""
    with serving(slacks, settings) as (_, address):
        Browser(address).install(slacks, "T1")
    from bot.storage.token_cipher import new_key

    changed = replace(settings, encryption_keys=(new_key(),))
    with serving(slacks, changed) as (application, address):
        look = look_at_workspaces(application, known(application))
        for _ in range(2):
            look()
        (told,) = application.problems.current()
        assert "HALO_ENCRYPTION_KEY" in told.text
        assert "T1" in told.text
        with pytest.raises(OSError, match="no key"):  # no proof that the app was removed: another process may read them
            known(application).uninstalled("T1", "removed")
        assert application.stores.installations.get("T1").ended_at is None  # type: ignore[union-attr]
        assert "not installed" in slacks["T1"].command("/halo", "jira").text
        Browser(address).install(slacks, "T1")
        assert "1016865" in text(slacks["T1"].command("/halo", "jira default status").shown[-1])
        look()
        assert application.problems.current() == []


def test_tokens_that_expire_are_refreshed_before_use(tmp_path: Path, started: Path) -> None:
    """By one process, which stores what the other then uses; nobody is told that a token has expired."""
    with SeveralSlacks("T1", rotates=True) as slacks:
        settings = many_settings(tmp_path, slacks, started)
        with serving(slacks, settings) as (application, address):
            Browser(address).install(slacks, "T1")
            other = Application(settings, slacks["T1"].now)
            known(other).look()
            first = known(application).find("T1")
            slacks["T1"].advance(11 * 3600)
            known(application).look()
            known(other).look()
            mine, theirs = known(application).find("T1"), known(other).find("T1")
            assert mine == theirs != first
            assert mine is not None
            assert mine.token_number == 2
            slacks["T1"].advance(13 * 3600)
            posted = slacks["T1"].only_shown_after(lambda: slacks["T1"].mention("<@UHALO> jira default status"))
            assert posted.kind == "message"
            last = known(application).find("T1")
            assert last is not None
            assert last.token_number == 3


def test_the_next_token_is_kept_while_it_cannot_be_stored(
    tmp_path: Path, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack takes a refresh token once: the next one is used and stored later, whatever is read meanwhile."""
    with SeveralSlacks("T1", rotates=True) as slacks:
        settings = many_settings(tmp_path, slacks, started)
        with serving(slacks, settings) as (application, address):
            Browser(address).install(slacks, "T1")
            slacks["T1"].advance(11 * 3600)
            store = application.stores.installations
            with monkeypatch.context() as patch:
                patch.setattr(store, "finish_refresh", refuse)
                known(application).look()
                next_one = known(application).find("T1")
                known(application).look()
                assert known(application).find("T1") == next_one
            known(application).look()
            stored = store.get("T1")
            assert stored is not None
            assert next_one is not None
            assert stored.tokens == next_one.tokens


def refuse(*_: object) -> None:
    """A database on a full disk."""
    raise WorkspaceError("nothing was saved")
