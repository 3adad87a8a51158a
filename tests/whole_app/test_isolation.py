"""One workspace reaches nothing of another's: not by what it types, not by any route with forged or copied values."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from slack_bolt import App, BoltRequest

from bot.app import Application
from bot.conversation.verbs import VERBS
from bot.playground.server import ServerThread
from bot.slack.app import ROUTES, Route
from bot.slack.http import EVENTS_PATH, build_http_app
from bot.slack.views import subscription_modal
from bot.storage.installations import InstalledWorkspace, Tokens
from bot.storage.metadata import metadata
from bot.storage.models import Notice, Schedule, SubscriptionDraft, SubscriptionFilter
from tests.whole_app.acting import SlackStandIn
from tests.whole_app.many import SECRET, SeveralSlacks, many_settings

# T1's own, in words that are nowhere else. Both workspaces have an Alice with the same id, and a channel C1.
MARKS = ("quagga", "okapi", "tapir", "zebra")
Clicked = tuple[str, str, str]  # action_id, value, block_id


class TwoTeams(NamedTuple):
    """T1, which has everything, and T2, which attacks."""

    slacks: SeveralSlacks
    application: Application
    app: App

    @property
    def victim(self) -> SlackStandIn:
        return self.slacks["T1"]

    @property
    def attacker(self) -> SlackStandIn:
        return self.slacks["T2"]

    def dispatch(self, body: dict[str, Any]) -> str:
        """What T2's Alice sends; returns what acknowledges it, once all is done that follows."""
        answer = self.app.dispatch(BoltRequest(mode="socket_mode", body=body))
        self.attacker.wait_idle()
        return str(answer.body)


@pytest.fixture
def teams(tmp_path: Path, started: Path) -> Iterator[TwoTeams]:
    with SeveralSlacks("T1", "T2") as slacks:
        application = Application(many_settings(tmp_path, slacks, started), slacks["T1"].now)
        for team in ("T1", "T2"):
            new = InstalledWorkspace(team, f"Team {team}", "AHALO", "BHALO", "UHALO", (), "UALICE", 0.0)
            application.stores.installations.save(new, Tokens(slacks.issue(team)), slacks["T1"].now())
        app = application.build_bolt_app()
        server = ServerThread(build_http_app(app, SECRET))
        server.start()
        slacks["T1"].app_url = slacks["T2"].app_url = f"http://127.0.0.1:{server.port}{EVENTS_PATH}"
        slacks["T1"].jobs = slacks["T2"].jobs = application.services.jobs
        slacks["T1"].add_channel("C9ZEBRA", "zebra-ops", private=True, members=("UALICE", "UHALO"))
        made = TwoTeams(slacks, application, app)
        fill(made)
        yield made
        server.stop()
        app.listener_runner.listener_executor.shutdown()
        application.catalog.close()
        application.engine.dispose()


def fill(teams: TwoTeams) -> None:
    """T1's digests, watches, questions and deliveries; and a last answer for what follows on."""
    stores, now = teams.application.stores, teams.victim.now()
    for channel, words in (("C1", "quagga"), ("C2", "tapir"), ("C9ZEBRA", "okapi")):
        draft = SubscriptionDraft(SubscriptionFilter(words=(words,)), Schedule("daily"))
        made = stores.subscriptions.add("T1", channel, draft, "UALICE", 0, now)
        assert made is not None
        if channel == "C2":
            stores.subscriptions.pause(made, "UALICE", now)
    gone = stores.subscriptions.add(
        "T1", "C1", SubscriptionDraft(SubscriptionFilter(words=("zebra",)), Schedule()), "UALICE", 0, now
    )
    assert gone is not None
    stores.subscriptions.remove(gone, "UALICE", now)
    stores.watches.add("T1", "UALICE", "quagga secret", 0, now)
    stores.question_log.record_no_result("T1", "okapi numbers", now)
    message = {"text": "tapir", "blocks": []}
    stores.outbox.enqueue_notice("T1", Notice("UALICE", "tapir", message))


def belongings(teams: TwoTeams) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of T1, in every table that has workspaces."""
    with teams.application.engine.connect() as connection:
        return {
            table.name: sorted(
                (tuple(row) for row in connection.execute(sa.select(table).where(table.c.team_id == "T1"))), key=repr
            )
            for table in metadata.sorted_tables
            if "team_id" in table.c
        }


def body(kind: str, trigger: str, **more: Any) -> dict[str, Any]:
    """What Slack sends for something that T2's Alice did."""
    person = {"team": {"id": "T2"}, "user": {"id": "UALICE", "team_id": "T2"}, "token": "t", "api_app_id": "AHALO"}
    return {**person, "type": kind, "trigger_id": trigger, "response_url": "", **more}


def press(clicked: Clicked, trigger: str) -> dict[str, Any]:
    """A button with any values."""
    action_id, value, block_id = clicked
    action = {"type": "button", "action_id": action_id, "block_id": block_id, "value": value, "action_ts": "1.0"}
    action |= {"selected_option": {"value": value, "text": {"type": "plain_text", "text": "x"}}}
    container = {"type": "message", "message_ts": "1.0", "channel_id": "C1"}
    return body("block_actions", trigger, actions=[action], container=container, channel={"id": "C1"})


def submit(callback_id: str, private: str, channel: str, trigger: str) -> dict[str, Any]:
    """A window that is submitted with any values."""
    fields = {
        subscription_modal.CHANNEL: {"type": "conversations_select", "selected_conversation": channel},
        subscription_modal.WORDS: {"type": "plain_text_input", "value": "everything"},
        subscription_modal.TOPIC: {"type": "plain_text_input", "value": "something"},
    }
    state = {"values": {name: {name: field} for name, field in fields.items()}}
    view = {"id": "V1", "type": "modal", "callback_id": callback_id, "private_metadata": private, "state": state}
    return body("view_submission", trigger, view=view)


def command(text: str, channel: str, trigger: str) -> dict[str, Any]:
    """`/halo` in any channel."""
    return {
        "command": "/halo", "text": text, "team_id": "T2", "user_id": "UALICE", "channel_id": channel,
        "response_url": "", "trigger_id": trigger,
    }  # fmt: skip


def event(trigger: str, **fields: Any) -> dict[str, Any]:
    """An event of T2."""
    return {
        "type": "event_callback", "team_id": "T2", "event_id": trigger, "api_app_id": "AHALO", "event_time": 1,
        "authorizations": [{"team_id": "T2", "user_id": "UHALO", "is_bot": True}],
        "event": {"user": "UALICE", "ts": "1.0", "event_ts": "1.0", **fields},
    }  # fmt: skip


def elements(value: Any) -> Iterator[Clicked]:
    """Everything in what was shown that can be pressed, with its values."""
    if isinstance(value, list):
        for one in value:
            yield from elements(one)
    elif isinstance(value, dict):
        if value.get("action_id"):
            yield value["action_id"], str(value.get("value") or ""), str(value.get("block_id") or "")
            for option in value.get("options") or ():
                yield value["action_id"], str(option.get("value")), str(value.get("block_id") or "")
        for one in value.values():
            yield from elements(one)


def unchanged(teams: TwoTeams, before: dict[str, Any], said: list[str]) -> None:
    """T1 has what it had and saw nothing new; T2 was shown nothing of T1; T1's token was not used."""
    assert belongings(teams) == before
    assert {team for _, _, team in teams.slacks.calls} <= {"T2"}
    shown = json.dumps([asdict(entry) for entry in teams.attacker.transcript], default=str) + " ".join(said)
    found = {mark: shown[max(0, shown.index(mark) - 300) : shown.index(mark) + 50] for mark in MARKS if mark in shown}
    assert found == {}


def attack(teams: TwoTeams, bodies: Iterator[dict[str, Any]]) -> None:
    """Send all of them, and look."""
    teams.attacker.clear_transcript()
    teams.slacks.calls.clear()
    before, seen = belongings(teams), len(teams.victim.transcript)
    unchanged(teams, before, [teams.dispatch(one) for one in bodies])
    assert len(teams.victim.transcript) == seen


def test_whatever_is_typed(teams: TwoTeams) -> None:
    """Every verb, alone and with another workspace's channels and ids; what follows on from an answer of the other
    Alice; in the same channel id, in one of T1's, in mentions, threads and direct messages.
    """
    for text in ("jira default status", "watch quagga secret", "subscriptions"):
        teams.victim.command("/halo", text)
        teams.victim.mention(f"<@UHALO> {text}")
        teams.victim.dm(text)
        teams.victim.wait_idle()
    follow = ("the second one", "more", "which version", "show it", "only billing", "share it", "undo that")
    texts = [*follow, *(verb.name for verb in VERBS), *(alias for verb in VERBS for alias in verb.aliases[:1])]
    texts += [f"{name} {what}" for name in ("unsubscribe", "pause", "digest preview", "unwatch", "resume", "undo")
              for what in ("<#C9ZEBRA>", "1", "T1")]  # fmt: skip
    threads = {entry.thread_ts or entry.ts for entry in teams.victim.transcript if entry.channel == "C1" and entry.ts}

    def bodies() -> Iterator[dict[str, Any]]:
        for number, text in enumerate(texts):
            for channel in ("C1", "C9ZEBRA"):
                yield command(text, channel, f"typed {number} {channel}")
        for number, text in enumerate((*follow, "watches", "subscriptions", "status")):
            mention = {"type": "app_mention", "text": f"<@UHALO> {text}", "channel": "C1"}
            for thread in sorted(str(one) for one in threads)[:3]:
                yield event(f"Ev{number}.{thread}", **mention, thread_ts=thread)
            direct = {"type": "message", "channel_type": "im", "text": text, "channel": "DUALICE"}
            yield event(f"EvD{number}", **direct)

    attack(teams, bodies())


def test_whatever_the_other_was_shown_is_sent(teams: TwoTeams) -> None:
    """Every button, menu and window that T1's Alice sees, with its own values, pressed in T2."""
    for text in ("subscriptions", "watches", "pause", "unsubscribe", "resume", "undo", "digest preview", "subscribe",
                 "change digest to fridays 9am", "jira default status", "watch tapir", "unwatch all"):  # fmt: skip
        teams.victim.command("/halo", text)
        teams.victim.wait_idle()
    teams.victim.open_home()
    teams.victim.wait_idle()
    shown = [asdict(entry) for entry in teams.victim.transcript]
    clicked = sorted(set(elements(json.loads(json.dumps(shown, default=str)))))
    views = [entry["view"] for entry in shown if entry["view"]]
    assert len(clicked) > 30
    assert views
    ids = {str(row.id) for row in teams.application.stores.subscriptions.of_team("T1")}
    assert any(value.split("|")[0].split(":")[0] in ids or any(i in value for i in ids) for _, value, _ in clicked)

    def bodies() -> Iterator[dict[str, Any]]:
        for number, one in enumerate(clicked):
            yield press(one, f"copied {number}")
        for number, view in enumerate(views):
            yield submit(str(view.get("callback_id")), str(view.get("private_metadata")), "C9ZEBRA", f"view {number}")

    attack(teams, bodies())


def forged(teams: TwoTeams, route: Route) -> Iterator[dict[str, Any]]:
    """What Slack would send for a route, with ids of T1 in every place."""
    stores = teams.application.stores
    numbers = [row.id for row in stores.subscriptions.of_team("T1")] + [row.id for row in stores.watches.all()]
    for index, value in enumerate((*map(str, numbers[:2]), "C9ZEBRA", "T1", '{"id": 1, "team": "T1"}')):
        trigger = f"{route.kind} {route.name} {index}"
        match route.kind:
            case "action":
                yield press((route.name, value, value), trigger)
                yield press((f"{route.name}:{value}", value, value), f"{trigger} prefix")
            case "view":
                yield submit(route.name, value, "C9ZEBRA", trigger)
            case "shortcut":
                message = {"type": "message", "text": value, "ts": "1.0", "user": "UALICE"}
                more = {"callback_id": route.name, "message": message, "channel": {"id": "C9ZEBRA"}}
                yield body("shortcut", trigger, **more)
                yield body("message_action", f"{trigger} message", **more)
            case "options":
                yield body("block_suggestion", trigger, action_id=route.name, block_id=value, value=value)
            case "event":
                yield event(
                    trigger.replace(" ", ""), type=route.name, text=f"<@UHALO> {value}", channel="C9ZEBRA",
                    channel_type="im", tab="home", tokens={"bot": ["UHALO"]}, links=[], message_ts="1.0",
                )  # fmt: skip
            case "command":
                for verb in ("subscribe everything in <#{0}>", "unwatch {0}", "unsubscribe {0}", "{0}"):
                    yield command(verb.format(value), "C9ZEBRA", f"{trigger} {verb}")


@pytest.mark.long
@pytest.mark.parametrize("kind", sorted({route.kind for route in ROUTES}))
def test_whatever_is_forged(kind: str, teams: TwoTeams) -> None:
    """Every route of this kind, with T1's ids in its values."""
    attack(teams, (one for route in ROUTES if route.kind == kind for one in forged(teams, route)))


def test_the_marks_are_seen_where_they_belong(teams: TwoTeams) -> None:
    """T1's own Alice is shown them, so that the tests above would see them too."""
    shown = " ".join(
        json.dumps(
            [
                asdict(entry)
                for entry in teams.victim.shown_after(lambda text=text: teams.victim.command("/halo", text))
            ],
            default=str,
        )  # type: ignore[misc]
        for text in ("subscriptions", "watches", "undo")
    )
    assert [mark for mark in ("quagga", "tapir", "zebra") if mark not in shown] == []
