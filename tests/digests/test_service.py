"""What people say to digests, and the digest's own buttons through the whole app."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.app import Application
from bot.digests.formatting import subscription_mark
from bot.digests.rights import Actor, is_allowed
from bot.digests.service import DigestService
from bot.playground import Playground
from bot.playground.server import ServerThread
from bot.settings import read_settings
from bot.slack import digest_card_replies as card_replies
from bot.slack import digest_proposals as proposals
from bot.slack import digest_replies as replies
from bot.slack.digest_card_replies import CardChange
from bot.slack.http import EVENTS_PATH, build_http_app
from bot.slack.views import subscription_modal as say
from bot.slack.views.digest_cards import CardRef, WindowRef
from bot.slack.views.digest_proposals import decode_proposal
from bot.storage.audit_log import read_events
from bot.storage.models import Subscription, SubscriptionDraft, SubscriptionFilter
from tests.digests.rig import AREAS, HOUR, WEEK, Rig, entry

ALICE = Actor("T1", "C1", "UALICE", "Europe/London", True)
BOB = Actor("T1", "C1", "UBOB", "America/New_York")


def text_of(message: dict[str, object]) -> str:
    return str(message["blocks"])


def stored(rig: Rig) -> list[str]:
    return [
        f"{one.channel} {one.schedule.cadence} {one.schedule.zone} {','.join(one.filter.areas)}"
        for one in rig.subscriptions.of_team("T1")
    ]


def confirm(rig: Rig, message: dict[str, Any], label: str, actor: Actor = ALICE) -> CardChange:
    """What the first button with this label does to what was proposed."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    value = next(str(one["value"]) for row in rows for one in row if one["text"]["text"] == label)
    act = proposals.confirm_change if label == "Change it" else proposals.confirm_add
    return act(rig.service(), actor, decode_proposal(value))


def subscribe_also(rig: Rig, text: str) -> None:
    """Another digest for the channel, confirmed where it has one."""
    message = proposals.subscribe(rig.service(), ALICE, text)
    if "Add another" in text_of(message):
        confirm(rig, message, "Add another")


@pytest.fixture(autouse=True)
def _areas(rig: Rig) -> None:
    """The catalogue has an entry of each area, Jira among them."""
    rig.arrive([entry(500 + number, area=area, title=f"{area} and Jira") for number, area in enumerate(AREAS)])


def test_subscribe_says_what_was_understood(rig: Rig) -> None:
    """In words, with when the first one comes, in the person's own zone."""
    message = proposals.subscribe(rig.service(), BOB, "Billing & invoicing, integrations -jira mondays 9am")
    assert stored(rig) == ["C1 weekly America/New_York Billing & invoicing,Integrations"]
    said = text_of(message)
    assert "every Monday at 09:00 (America/New York)" in said
    assert "Billing &amp; invoicing or Integrations, without anything about “jira”" in said
    assert "Monday 23 November at 09:00" in said


def test_what_is_not_understood_stores_nothing(rig: Rig) -> None:
    """It is asked about."""
    for text in ("purple elephants", "mondays at 5", "every 3 weeks", "<!channel>"):
        assert "Nothing is set up yet" in text_of(proposals.subscribe(rig.service(), ALICE, text))
    assert stored(rig) == []


def test_only_those_who_may_change_digests(rig: Rig) -> None:
    """Named people or the workspace's admins; others can ask one, who is told once."""
    admins = ("ADMINS", "UCAROL")
    assert "Ask an admin" in text_of(proposals.subscribe(rig.service(admins), BOB, "everything weekly"))
    for shown in (card_replies.pause, card_replies.resume):
        assert "Ask an admin" in text_of(shown(rig.service(admins), BOB, []))
    assert "Ask an admin" in text_of(replies.post_now(rig.service(admins), BOB))
    assert stored(rig) == []
    assert is_allowed(Actor("T1", "C1", "UCAROL"), admins)
    proposals.subscribe(rig.service(admins), ALICE, "everything weekly")
    assert len(stored(rig)) == 1
    asked = [
        text_of(replies.request_admin(rig.service(), BOB, "subscribe everything weekly", "UALICE")) for _ in range(2)
    ]
    assert ["already today" in text for text in asked] == [False, True]
    rig.digests.run_due()
    assert len(rig.posts("DUALICE")) == 1
    assert "<@UBOB> asks you for this in <#C1>: `/halo subscribe everything weekly`" in text_of(rig.posts("DUALICE")[0])


def test_an_admin_can_be_asked_again(rig: Rig) -> None:
    """The next day, and for anything else at once."""
    for what in ("pause", "resume"):
        assert "I have asked one of them." in text_of(replies.request_admin(rig.service(), BOB, what, "UALICE"))
    rig.slack.advance(24 * HOUR)
    assert "I have asked one of them." in text_of(replies.request_admin(rig.service(), BOB, "pause", "UALICE"))
    rig.digests.run_due()
    assert len(rig.posts("DUALICE")) == 3


def test_an_admin_reads_what_the_window_asked_for(rig: Rig) -> None:
    """In one line that, typed by the admin, means what was filled in; without a channel where it was asked in none."""
    message, *_ = proposals.submit_subscription(rig.service(("UALICE",)), BOB, {**WINDOW, say.ONLY: "highlights"})
    assert message is not None
    what = str(message["blocks"][1]["elements"][0]["value"])
    assert what == "subscribe <#C1> Chat, jira, -sla, only highlights, fortnightly thursday 07:30 paris"
    proposals.subscribe(rig.service(("UALICE",)), ALICE, what.partition(" ")[2])
    typed = rig.subscriptions.of_team("T1")[0]
    proposals.submit_subscription(
        rig.service(("UALICE",)), ALICE, {**WINDOW, say.CHANNEL: "C2", say.ONLY: "highlights"}
    )
    filled = rig.subscriptions.of_team("T1")[1]
    assert (typed.filter, typed.schedule) == (filled.filter, filled.schedule)
    assert "this: `/halo" in text_of(say.admin_request_message("UBOB", "", what))


def test_subscribing_again_says_what_is_so(rig: Rig) -> None:
    """A version to begin with begins anew; without one, what was shown stays shown."""
    proposals.subscribe(rig.service(), ALICE, "everything weekly")
    rig.arrive([entry(600, version="2.220")])
    rig.digests.record_arrivals()
    before = rig.subscriptions.of_team("T1")[0]
    proposed = proposals.subscribe(rig.service(), ALICE, "everything weekly from v2.220")
    assert "beginning with what is known from v2.220 on" in text_of(proposed)
    assert "Add another" not in text_of(proposed)
    assert rig.subscriptions.of_team("T1") == [before]
    confirm(rig, proposed, "Change it")
    one = rig.subscriptions.of_team("T1")[0]
    assert (one.id, one.cursor, str(one.from_version)) == (before.id, 0, "v2.220")
    rig.slack.advance(WEEK)
    rig.digests.run_due()
    assert [row.entry_keys for row in rig.outbox.recent_rows()] == [["600"]]


def test_where_the_bot_is_not_it_is_said(rig: Rig) -> None:
    """In words, with what to do: when it is set up, and when it is to be posted."""
    rig.slack.kick_bot("C1")
    assert "I am not in it. Invite me with `/invite @halo`" in text_of(
        proposals.subscribe(rig.service(), ALICE, "everything weekly")
    )
    rig.arrive([entry(10)])
    said = text_of(replies.post_now(rig.service(), ALICE))
    assert "I am not in it. Invite me with `/invite @halo`" in said
    assert "not_in_channel" not in said + text_of(card_replies.list_digests(rig.service(), ALICE))


def test_now_while_it_is_being_posted(rig: Rig) -> None:
    """That is not "nothing is new"."""
    proposals.subscribe(rig.service(), ALICE, "everything weekly")
    rig.arrive([entry(10)])
    rig.slack.fail_next("chat.postMessage", "drop_reply")
    assert "not out yet: Slack did not answer" in text_of(replies.post_now(rig.service(), ALICE))
    assert "being posted just now" in text_of(replies.post_now(rig.service(), ALICE))


def test_pause_and_resume_ask_which(rig: Rig) -> None:
    """Nothing is paused or resumed by typing; the one whose button is pressed is; the trail knows who."""
    service = rig.service()
    subscribe_also(rig, "chat")
    assert "Nothing is paused yet" in text_of(card_replies.pause(service, BOB, service.candidates(BOB)))
    one = service.candidates(BOB)
    assert "nothing to resume, for this is not paused" in text_of(card_replies.resume(service, BOB, one))
    assert "nothing to resume, for none of these is" in text_of(card_replies.resume(service, BOB, one * 2))
    one = rig.subscriptions.of_team("T1")[0]
    ref = CardRef(one.id, subscription_mark(one))
    card_replies.pause_card(service, BOB, ref)
    assert "nothing to pause" in text_of(card_replies.pause(service, BOB, service.candidates(BOB)))
    subscribe_also(rig, "portal")
    subscribe_also(rig, "assets")
    asked = card_replies.pause(service, BOB, service.candidates(BOB))
    assert "Which of these 2 digests" in text_of(asked)
    assert "Portal" in text_of(asked)
    assert "Chat" not in text_of(asked)
    resumed = card_replies.resume(service, BOB, service.candidates(BOB))
    assert "It is still paused" in text_of(resumed)
    assert [one.is_paused for one in rig.subscriptions.of_team("T1")] == [True, False, False]
    assert "It goes on" in card_replies.resume_card(service, BOB, ref).note
    assert [(change.action, change.actor) for change in read_events(rig.engine, "T1")][:2] == [
        ("resumed", "UBOB"),
        ("subscribed", "UALICE"),
    ]


def test_unsubscribe_removes_nothing_by_itself(rig: Rig) -> None:
    """It shows the card of the digest that is meant: the one with that filter, those with some of it, or all."""
    assert "no digest" in text_of(card_replies.no_digest(rig.service(), ALICE))
    for text in ("chat, portal", "portal", "assets"):
        subscribe_also(rig, text)
    before = stored(rig)
    for text, shown in (("portal", [2]), ("chat", [1]), ("assets, portal", [1, 2, 3]), ("", [1, 2, 3]), ("sla", [])):
        rows = rig.service().candidates(ALICE)
        called = rig.service().find_matching(ALICE, text, rows) if text else rows
        said = text_of(card_replies.which_to_remove(called))
        assert [number for number in (1, 2, 3) if f"digest_remove:{number}" in said] == shown, text
    assert stored(rig) == before


def test_preview_and_now(rig: Rig) -> None:
    """Privately what would come; then for everyone, once."""
    assert "no digest" in text_of(replies.preview(rig.service(), ALICE))
    proposals.subscribe(rig.service(), ALICE, "everything weekly")
    assert "Nothing is new" in text_of(replies.preview(rig.service(), ALICE))
    rig.arrive([entry(10)])
    assert "Only you see this" in text_of(replies.preview(rig.service(), ALICE))
    assert rig.posts() == []
    assert "Posted" in text_of(replies.post_now(rig.service(), ALICE))
    assert "Nothing is new" in text_of(replies.post_now(rig.service(), ALICE))
    assert len(rig.posts()) == 1


def test_a_preview_s_areas_can_be_looked_at(rig: Rig) -> None:
    """Its buttons work before there is an edition; of one that is gone it says so."""
    proposals.subscribe(rig.service(), ALICE, "everything weekly")
    rig.arrive([entry(number, area=("Chat", "API", "Assets")[number % 3]) for number in range(20, 38)])
    buttons = [
        button
        for block in replies.preview(rig.service(), ALICE)["blocks"]
        if block["type"] == "actions"
        for button in block["elements"]
    ]
    shown = replies.show_areas(rig.service(), BOB, buttons[0]["options"][0]["value"])
    assert shown["text"] == "API: 6 changes"
    assert text_of(shown).count("• ") == 6
    assert "no longer have that edition" in text_of(replies.show_areas(rig.service(), BOB, "7|API"))


def test_from_a_version_on(rig: Rig) -> None:
    """What is known of it already comes with the first one."""
    rig.arrive([entry(600, version="2.220")])
    proposals.subscribe(rig.service(), ALICE, "everything weekly from v2.220")
    rig.slack.advance(WEEK)
    rig.digests.run_due()
    assert [row.entry_keys for row in rig.outbox.recent_rows()] == [["600"]]


def test_status_in_words(rig: Rig) -> None:
    """The last and the next one, what is paused, and what failed."""
    assert replies.status_lines(rig.service(), ALICE) == ["No channel has a digest."]
    proposals.subscribe(rig.service(), ALICE, "everything weekly")
    rig.arrive([entry(10)])
    rig.slack.advance(2 * HOUR)
    rig.digests.run_due()
    assert replies.status_lines(rig.service(), ALICE) == [
        "Last digest: Monday 23 November at 10:00 (Europe/London), in <#C1>.",
        "Next digest: Monday 30 November at 09:00 (Europe/London), in <#C1>.",
    ]
    rig.arrive([entry(11)])
    rig.slack.kick_bot("C1")
    rig.slack.advance(WEEK)
    rig.digests.run_due()
    assert (
        "The digest in <#C1> is paused: I am not in it. Invite me with `/invite @halo` in the channel."
        in replies.status_lines(rig.service(), ALICE)
    )


def test_status_knows_of_a_digest_that_is_gone(rig: Rig) -> None:
    """What was posted stays known after its digest was removed, to who reads that channel; zones are written as on
    cards.
    """
    proposals.subscribe(rig.service(), ALICE, "everything weekly new york")
    rig.arrive([entry(10)])
    rig.slack.advance(WEEK)
    rig.digests.run_due()
    said = replies.status_lines(rig.service(), ALICE)
    assert said[0].startswith("Last digest: Monday 30 November at 03:00")
    assert all("(America/New York), in <#C1>." in line for line in said)
    (there,) = rig.service().of_channel(ALICE)
    rig.service().remove(ALICE, there.subscription, {})
    for channel in ("C1", "C2"):
        gone = replies.status_lines(rig.service(), replace(ALICE, channel=channel))
        assert gone[0] == "No channel has a digest."
        assert gone[1].startswith("Last digest: ")
        assert gone[1].endswith("(UTC), in <#C1>.")
    refusal = rig.digests.publisher.posting_refusal  # type: ignore[attr-defined]
    nobody = DigestService(rig.digests, refusal, may_read=lambda _team, _user, channels: dict.fromkeys(channels, None))
    assert replies.status_lines(nobody, replace(ALICE, channel="C2")) == ["No channel has a digest."]


def test_what_was_shown_stays_shown(rig: Rig) -> None:
    """A new digest that begins with a version does not show again what the channel had before, and says so."""
    shown_stays = "What it has shown already stays shown."
    rig.arrive([entry(600, version="2.220")])
    first = text_of(proposals.subscribe(rig.service(), ALICE, "everything weekly from v2.220"))
    assert "It begins with what is known from v2.220 on." in first
    assert shown_stays not in first
    rig.slack.advance(WEEK)
    rig.digests.run_due()
    (there,) = rig.service().of_channel(ALICE)
    rig.service().remove(ALICE, there.subscription, {})
    again = text_of(proposals.subscribe(rig.service(), ALICE, "everything weekly from v2.220"))
    assert f"It begins with what is known from v2.220 on. {shown_stays}" in again


def test_an_old_version_brings_corrections_only(rig: Rig) -> None:
    """Of a version that is out that is said; of the newest one, or one that is still to come, it is not."""
    rig.arrive([entry(600, version="2.219"), entry(601, version="2.220")])
    out = "v2.219 is out already: what comes is only what is corrected of it, or found out later."
    assert out in text_of(proposals.subscribe(rig.service(), ALICE, "v2.219 weekly"))
    assert "out already" not in text_of(proposals.subscribe(rig.service(), replace(ALICE, channel="C2"), "v2.220"))
    assert "out already" not in text_of(proposals.subscribe(rig.service(), replace(ALICE, channel="C3"), "v2.299"))


WINDOW = {
    say.CHANNEL: "C1", say.AREAS: ["Chat"], say.WORDS: "jira, -sla", say.ONLY: "all", say.CADENCE: "fortnightly",
    say.WEEKDAY: "3", say.AT: "07:30",
    say.ZONE: "paris",
}  # fmt: skip


def test_the_window_stores_what_was_filled_in(rig: Rig) -> None:
    """And says it back in words; changed in the window, it stays one subscription."""
    message, errors, _ = proposals.submit_subscription(rig.service(), ALICE, WINDOW)
    assert errors == {}
    assert message is not None
    assert "every two weeks on Thursday at 07:30 (Europe/Paris)" in text_of(message)
    assert "Chat or about “jira”, without SLA" in text_of(message)
    one = rig.subscriptions.of_team("T1")[0]
    proposals.submit_subscription(
        rig.service(), ALICE, {**WINDOW, say.AREAS: [], say.CADENCE: "monthly"}, opened_for(one)
    )
    assert stored(rig) == ["C1 monthly Europe/Paris "]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (say.ZONE, "narnia"), (say.ZONE, "IST"), (say.WORDS, "purple elephants"), (say.WORDS, "jira every tuesday"),
        (say.WORDS, "jira in london"),
        (say.WORDS, "jira in <#C2>"),
    ],
)  # fmt: skip
def test_what_is_not_clear_in_the_window_is_asked_under_its_input(rig: Rig, name: str, value: str) -> None:
    """Nothing is stored, and the window stays."""
    message, errors, _ = proposals.submit_subscription(rig.service(), ALICE, {**WINDOW, name: value})
    assert message is None
    assert list(errors) == [name]
    assert stored(rig) == []


def edit_modal(rig: Rig) -> dict[str, Any]:
    """The window that changes the first digest."""
    return replies.edit_modal(rig.service(), rig.subscriptions.of_team("T1")[0])


def opened_for(one: Subscription) -> WindowRef:
    """What the window says that it was opened for."""
    return WindowRef(CardRef(one.id, subscription_mark(one)))


AS_TYPED = (
    "chat monday to friday 7:30", "chat on the 15th", "chat every third tuesday 9am london",
    "chat every 2 weeks on thursday", "chat tuesdays and fridays",
    "chat daily 8am", "chat monthly", "everything as soon as it arrives", '"monday" -"sla" -billing -"new york" weekly',
    "only v2.214 and v2.216 weekly",
    "chat mondays 9am utc+2", "chat mondays 9am utc", "chat mondays 9am new york", "chat the last friday of the month",
    'highlights "jira sync" api even if nothing is new mondays',
)  # fmt: skip


def shown_values(view: dict[str, Any]) -> dict[str, Any]:
    """What the window sends when nothing in it is changed."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        chosen = element.get("initial_option") or {}
        values[block["block_id"]] = (
            [option["value"] for option in element.get("initial_options") or []]
            if element["type"] in ("multi_static_select", "checkboxes")
            else chosen.get("value")
            or element.get("initial_conversation")
            or element.get("initial_time")
            or element.get("initial_value")
        )
    return values


@pytest.mark.parametrize("text", AS_TYPED)
def test_the_window_left_as_it_is_changes_nothing(rig: Rig, text: str) -> None:
    """Whatever was typed, also what has no input of its own; a fortnight keeps its rhythm."""
    proposals.subscribe(rig.service(), ALICE, text)
    before = rig.subscriptions.of_team("T1")[0]
    rig.slack.advance(WEEK)
    message, errors, _ = proposals.submit_subscription(
        rig.service(), ALICE, shown_values(edit_modal(rig)), opened_for(before)
    )
    assert errors == {}
    assert "What it has shown already stays shown." in text_of(message or {"blocks": ""})
    after = rig.subscriptions.of_team("T1")[0]
    assert (after.id, after.filter, after.schedule, after.post_when_empty) == (
        before.id,
        before.filter,
        before.schedule,
        before.post_when_empty,
    )


@pytest.mark.parametrize("text", [text for text in AS_TYPED if "2 weeks" not in text])
def test_what_an_admin_is_asked_for_is_the_same(rig: Rig, text: str) -> None:
    """Typed by the admin, the line that stands for the window means what the window meant."""
    proposals.subscribe(rig.service(), ALICE, text)
    before = rig.subscriptions.of_team("T1")[0]
    message, *_ = proposals.submit_subscription(
        rig.service(("UALICE",)), BOB, shown_values(edit_modal(rig)), opened_for(before)
    )
    line = str((message or {})["blocks"][1]["elements"][0]["value"]).removeprefix("subscribe ")
    rig.subscriptions.remove(before, "UALICE", rig.slack.now())
    said = text_of(proposals.subscribe(rig.service(), ALICE, line))
    assert [(one.filter, one.schedule) for one in rig.subscriptions.of_team("T1")] == [
        (before.filter, before.schedule)
    ], f"{line}: {said}"


def test_days_can_be_chosen_in_place_of_those_kept(rig: Rig) -> None:
    """Monday in place of Monday to Friday is Monday."""
    proposals.subscribe(rig.service(), ALICE, "chat monday to friday 9am")
    one, view = rig.subscriptions.of_team("T1")[0], edit_modal(rig)
    assert "As now: Monday to Friday" in text_of(view)
    proposals.submit_subscription(rig.service(), ALICE, {**shown_values(view), say.WEEKDAY: "0"}, opened_for(one))
    assert rig.subscriptions.of_team("T1")[0].schedule.weekdays == (0,)


def test_what_the_words_of_the_window_say_holds(rig: Rig) -> None:
    """A line when there is nothing new, and a version to begin with."""
    proposals.subscribe(rig.service(), ALICE, "chat weekly")
    one = rig.subscriptions.of_team("T1")[0]
    message, *_ = proposals.submit_subscription(
        rig.service(), ALICE, {**WINDOW, say.WORDS: "jira even if nothing is new from v2.204"}, opened_for(one)
    )
    assert "It begins with what is known from v2.204 on." in text_of(message or {})
    changed = rig.subscriptions.of_team("T1")[0]
    assert (changed.id, changed.post_when_empty, str(changed.from_version), changed.cursor) == (
        one.id,
        True,
        "v2.204",
        0,
    )


def test_a_very_long_subscription_opens_the_window(rig: Rig) -> None:
    """As many whole words as the box takes; those that have no room there stay, and the window says all of it."""
    proposals.subscribe(rig.service(), ALICE, '"word 0"')
    one = rig.subscriptions.of_team("T1")[0]
    words = tuple(f"word {number} of a long list" for number in range(200))
    draft = SubscriptionDraft(SubscriptionFilter(words=words, without_words=("zendesk",)), one.schedule)
    rig.subscriptions.update(one, draft, "UALICE", 0, rig.slack.now(), "")
    view = edit_modal(rig)
    box = shown_values(view)[say.WORDS]
    assert len(box) <= say.MAX_WORDS
    assert box.startswith('"word 0 of a long list", "word 1 of')
    assert box.count('"') % 2 == 0
    assert "“word 99 of a long list”" not in box
    _, errors, _ = proposals.submit_subscription(rig.service(), ALICE, shown_values(view), opened_for(one))
    assert errors == {}
    kept = rig.subscriptions.of_team("T1")[0].filter
    assert set(kept.words) == set(words)
    assert kept.without_words == ("zendesk",)


@pytest.fixture
def connected(rig: Rig, tmp_path: Path) -> Iterator[Playground]:
    """The whole app over signed HTTP, on the rig's databases."""
    slack = rig.slack
    values = {
        "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url, "HALO_SEEDS": "none",
        "HALO_CATALOG": str(tmp_path / "catalog.db"), "HALO_WORKSPACE_URL": f"sqlite:///{tmp_path / 'workspace.db'}",
    }  # fmt: skip
    settings = read_settings(values, tmp_path / "no.env")
    application = Application(settings, slack.now)
    bolt = application.build_bolt_app(application.services._replace(digests=rig.service()))
    server = ServerThread(build_http_app(bolt, slack.signing_secret))
    server.start()
    slack.app_url = f"http://127.0.0.1:{server.port}{EVENTS_PATH}"
    yield slack
    slack.app_url = None
    server.stop()
    bolt.listener_runner.listener_executor.shutdown()


@pytest.fixture
def posted(connected: Playground, rig: Rig) -> Playground:
    """With a digest of forty entries in C1."""
    rig.subscribe(by="UALICE")
    rig.arrive([entry(number) for number in range(1_000, 1_040)])
    rig.slack.advance(2 * HOUR)
    rig.digests.run_due()
    assert len(rig.posts()) == 2
    return connected


def test_show_an_area_answers_privately(posted: Playground, rig: Rig) -> None:
    """Only the one who clicked sees it, and all of the area is there."""
    (menu,) = [e for b in rig.posts()[0]["blocks"] for e in b.get("elements", ()) if e.get("type") == "static_select"]
    area = menu["options"][0]["value"]
    assert posted.click("digest_area:menu", area, user="UBOB", channel="C1").acked
    shown = posted.wait_for(lambda line: line.kind == "ephemeral")
    assert shown.visible_to == "UBOB"
    assert str(shown.blocks).count("• ") == 4


def test_edit_pause_or_remove_shows_the_card(posted: Playground, rig: Rig) -> None:
    """Under a later post, for the one who pressed it: the card, with nothing done."""
    rig.arrive([entry(2_000)])
    rig.slack.advance(WEEK)
    rig.digests.run_due()
    assert posted.click("digest_manage", user="UBOB", channel="C1").acked
    shown = posted.wait_for(lambda line: line.kind == "ephemeral")
    assert (shown.visible_to, shown.text) == ("UBOB", "The digest of the channel:")
    assert "digest_edit:1" in str(shown.blocks)
    assert len(stored(rig)) == 1


@pytest.fixture
def posted_before(posted: Playground) -> Playground:
    """With a post whose buttons are those of earlier versions, which stay under what was posted then."""
    row = [{"type": "button", "action_id": name, "text": {"type": "plain_text", "text": name}, "value": "1"}
           for name in ("digest_filter", "digest_stop")]  # fmt: skip
    area = {**row[0], "action_id": "digest_area:0", "value": "1|Chat|API"}
    client = WebClient(posted.bot_token, base_url=posted.api_url)
    client.chat_postMessage(channel="C1", text="HaloPSA", blocks=[{"type": "actions", "elements": [*row, area]}])
    return posted


def test_an_area_under_an_old_post(posted_before: Playground) -> None:
    """It named several areas once; they are shown, each under its own name."""
    assert posted_before.click("digest_area:0", user="UBOB", channel="C1").acked
    shown = posted_before.wait_for(lambda line: line.kind == "ephemeral")
    assert "*API (" in str(shown.blocks)
    assert "*Chat (" in str(shown.blocks)


def test_stop_shows_what_it_would_end(posted_before: Playground, rig: Rig) -> None:
    """The card of the digest; its Remove ends it, and says so."""
    posted = posted_before
    assert posted.click("digest_stop", user="UALICE", channel="C1").acked
    asked = posted.wait_for(lambda line: line.kind == "ephemeral")
    assert "Nothing is removed yet" in asked.text
    (one,) = rig.subscriptions.of_team("T1")
    assert posted.click(f"digest_remove:{one.id}", user="UALICE", ts=asked.ts).acked
    assert "no longer gets" in posted.wait_for(lambda line: line.kind == "update").text
    assert stored(rig) == []


def test_change_opens_the_window_with_what_is_set_up(posted_before: Playground, rig: Rig) -> None:
    """Submitted, it says back what was understood."""
    posted = posted_before
    assert posted.click("digest_filter", user="UALICE", channel="C1").acked
    posted.wait_for(lambda line: line.kind == "view")
    result = posted.submit({say.AREAS: ["Chat"], say.ZONE: "new york"}, user="UALICE")
    assert result.acked
    assert stored(rig) == ["C1 weekly America/New_York Chat"]
    assert "every Monday at 09:00 (America/New York)" in str(posted.modals("UALICE")[-1]["blocks"])


def test_watch_a_topic(posted: Playground, rig: Rig) -> None:
    """A window asks which; then it is one of the person's watches."""
    assert posted.click("digest_watch", user="UBOB", channel="C1").acked
    posted.wait_for(lambda line: line.kind == "view")
    assert posted.submit({say.TOPIC: "jira default status"}, user="UBOB").acked
    assert [watch.question for watch in rig.watches.of_person("T1", "UBOB")] == ["jira default status"]
