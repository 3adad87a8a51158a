"""Who may do what: a digest goes only where the person is, and ids of others get nobody anywhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from slack_bolt import App, BoltRequest

from bot.app import Application
from bot.digests.rights import Actor, NotInChannel
from bot.settings import Settings
from bot.slack import digest_proposals
from bot.slack.app import ROUTES, Route
from bot.slack.views import subscription_modal
from bot.storage.catalog_records import CatalogRecords
from bot.storage.models import ProposalDraft, Schedule, SubscriptionDraft, SubscriptionFilter
from tests.whole_app.acting import SlackStandIn

OTHERS_IDS = ("1", "2", "3", "T2", "UBOB", "C2", "999999", "-1", "0", "1 OR 1=1", "٣", "", "<!channel>", "9" * 400)


@pytest.fixture
def application(settings: Settings, slack: SlackStandIn) -> Iterator[Application]:
    """An installation where everybody may change digests (HALO_ADMINS is empty)."""
    made = Application(settings, slack.now)
    yield made
    made.catalog.close()


@pytest.fixture
def app(application: Application, slack: SlackStandIn) -> Iterator[App]:
    """Its app."""
    app = application.build_bolt_app()
    slack.jobs = application.services.jobs
    yield app
    app.listener_runner.listener_executor.shutdown()  # else it looks for jobs ten times a second, beside other tests


def stored(application: Application) -> list[str]:
    """Which channels have a digest."""
    return [row.channel for row in application.stores.subscriptions.of_team("T1")]


def test_a_digest_only_where_one_is(app: App, application: Application, slack: SlackStandIn) -> None:
    """Of a private channel only who is in it sets a digest up, from elsewhere; in the channel itself one is in it."""
    service = application.digest_service
    bob, alice = Actor("T1", "C1", "UBOB"), Actor("T1", "C1", "UALICE")
    slack.join_channel("G1", user="UHALO")
    parsed = service.parse(bob, "everything daily")
    for channel in ("G1", "C404", "G404", "DALICE"):
        with pytest.raises(NotInChannel):
            service.save(bob, parsed, channel)
    assert stored(application) == []
    service.save(alice, parsed, "G1")
    service.save(replace(bob, channel="C1"), parsed, "C1")
    service.save(bob, parsed, "C2")
    assert stored(application) == ["G1", "C1", "C2"]


def test_said_in_words(app: App, application: Application, slack: SlackStandIn) -> None:
    """The typed command and the modal both say why, and store nothing; nor does it help that Slack doesn't answer."""
    slack.join_channel("G1", user="UHALO")
    values = {
        subscription_modal.CHANNEL: "G1",
        subscription_modal.WORDS: "everything",
        subscription_modal.CADENCE: "daily",
        subscription_modal.ONLY: "everything",
        subscription_modal.AREAS: [],
        subscription_modal.WEEKDAY: "0",
        subscription_modal.AT: "09:00",
        subscription_modal.ZONE: "Europe/London",
    }
    bob = Actor("T1", "", "UBOB")
    message, errors, _ = digest_proposals.submit_subscription(application.digest_service, bob, values)
    assert (message, errors) == (
        None,
        {subscription_modal.CHANNEL: "You are not in that channel. Somebody who is in it can do that there."},
    )
    slack.fail_next("conversations.members", "500")
    with pytest.raises(NotInChannel, match="cannot see"):
        application.digest_service.save(bob, application.digest_service.parse(bob, "everything"), "C1")
    assert stored(application) == []


# -- ids of others ----------------------------------------------------------------------------------------------------


def belongings(application: Application) -> dict[str, list[Any]]:
    """What others have: another team's rows, Bob's watches, other channels' digests, what waits for a decision."""
    with application.engine.connect() as connection:
        rows = {
            table: [tuple(row) for row in connection.execute(sa.text(query))]
            for table, query in {
                "subscriptions": "SELECT * FROM subscriptions WHERE team_id <> 'T1' OR channel_id <> 'C1'",
                "watches": "SELECT * FROM watches WHERE team_id <> 'T1' OR user_id <> 'UALICE'",
                "outbox": "SELECT * FROM outbox WHERE stream NOT LIKE 'notice asked UALICE %'",
                "proposals": "SELECT * FROM proposals WHERE origin <> 'question'",
            }.items()
        }
    return rows | {"records": list(CatalogRecords(application.engine).changes_after(0))}


def fill(application: Application) -> None:
    """Another team's digest and watch, Bob's watch, a digest of C2, a proposal."""
    stores, draft = application.stores, SubscriptionDraft(SubscriptionFilter(), Schedule())
    for team, channel in (("T2", "C1"), ("T2", "C9"), ("T1", "C2")):
        stores.subscriptions.add(team, channel, draft, "UEVE", 0, 0.0)
    for team, user in (("T2", "UALICE"), ("T2", "UEVE"), ("T1", "UBOB")):
        stores.watches.add(team, user, "secret plans", 0, 0.0)
    stores.proposals.add([ProposalDraft("1016865", "phrasing", "wombat tuning", "llm")], "model", 0.0)


def bodies(route: Route, value: str, index: int) -> Iterator[dict[str, Any]]:
    """What Slack would send for a route when a person of T1 forged its values."""
    person = {"team": {"id": "T1"}, "user": {"id": "UALICE", "team_id": "T1"}, "token": "t", "api_app_id": "A1"}
    trigger = {"trigger_id": f"{route.name}.{index}"}
    if route.kind == "action":
        for action_id in {route.name, f"{route.name}:{value}"} if route.is_prefix else {route.name}:
            action = {"type": "button", "action_id": action_id, "block_id": value, "value": value, "action_ts": "1.0"}
            action |= {"selected_option": {"value": value, "text": {"type": "plain_text", "text": "x"}}}
            container = {"type": "message", "message_ts": "1.0", "channel_id": "C1"}
            yield person | trigger | {
                "type": "block_actions", "actions": [action], "container": container, "channel": {"id": "C1"},
                "response_url": "",
            }  # fmt: skip
    elif route.kind == "view":
        fields = {
            subscription_modal.CHANNEL: {"type": "conversations_select", "selected_conversation": value or None},
            subscription_modal.WORDS: {"type": "plain_text_input", "value": "everything"},
            subscription_modal.TOPIC: {"type": "plain_text_input", "value": value},
        }
        state = {"values": {name: {name: field} for name, field in fields.items()}}
        view = {"id": "V1", "type": "modal", "callback_id": route.name, "private_metadata": value, "state": state}
        yield person | trigger | {"type": "view_submission", "view": view}
    elif route.kind == "command":
        for words in ("subscribe everything in <#{0}>", "unwatch {0}", "unsubscribe {0}", "import {0}"):
            yield {
                "command": route.name, "text": words.format(value), "team_id": "T1", "user_id": "UALICE",
                "channel_id": "C1", "response_url": "", **trigger,
            }  # fmt: skip


KINDS = ("action", "view", "command")


@pytest.mark.parametrize("route", [route for route in ROUTES if route.kind in KINDS], ids=lambda route: route.name)
def test_ids_of_others_do_nothing(route: Route, app: App, application: Application, slack: SlackStandIn) -> None:
    """Whatever ids a person puts into an action, a modal or a command: another team's, another person's, made up. What
    others have stays as it was, and nothing is posted where the person is not.
    """
    slack.set_clock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    application.digest_runner.record_arrivals()
    fill(application)
    before = belongings(application)
    for index, value in enumerate(OTHERS_IDS):
        if route.kind == "view" and value == "C2":
            continue  # she is in that channel, and may
        for body in bodies(route, value, index):
            app.dispatch(BoltRequest(mode="socket_mode", body=body))
            slack.wait_idle()
    if route.kind == "command":  # "in C2": she is in that channel, and may
        mine = [row for row in before["subscriptions"] if row[2] == "C2"]
        after = belongings(application)
        after["subscriptions"] = [row for row in after["subscriptions"] if row[1] == "T2"] + mine
        assert after == before
    else:
        assert belongings(application) == before
    assert [m for channel in ("C2", "G1") for m in slack.messages(channel)] == []
