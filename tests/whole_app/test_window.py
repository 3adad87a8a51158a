"""The search window: a box that completes, filters, pages and details in the window, and what happens when Slack is too
slow for it.
"""

from functools import partial

import pytest

from bot.settings import Settings
from bot.slack.error_boundary import Services
from bot.slack.views.errors import MODAL_NOT_UPDATED
from bot.storage.database import open_workspace
from bot.storage.watches import Watches
from tests.whole_app.acting import SlackStandIn, buttons, text


def opened(slack: SlackStandIn) -> None:
    """`/halo` alone."""
    assert slack.only_shown_after(lambda: slack.command("/halo", "")).kind == "view"


def choose(slack: SlackStandIn, typed: str) -> str:
    """Type into the box, and take the first that it offers: the question as it was typed."""
    option = slack.suggest("window_ask", typed).options[0]
    return text(slack.only_shown_after(lambda: slack.click("window_ask", option["value"])))


@pytest.mark.parametrize("how", ["command", "shortcut"])
def test_opens_and_searches(halo: SlackStandIn, how: str) -> None:
    """`/halo` alone and the global shortcut open it; one letter is enough for suggestions; a chosen one shows results
    in the window.
    """
    window = halo.only_shown_after(
        lambda: halo.command("/halo", "  ") if how == "command" else halo.shortcut("search_halo")
    )
    assert (window.kind, window.visible_to) == ("view", "UALICE")
    offered = halo.suggest("window_ask", "j").options
    assert any("Jira" in option["text"]["text"] for option in offered)
    assert offered[0]["text"]["text"] == "Search for “j”"
    number = next(option["value"] for option in offered if "Jira Software and Jira" in option["text"]["text"])
    found = halo.only_shown_after(lambda: halo.click("window_ask", number))
    assert "Choose which status" in text(found)
    assert len(halo.modals()) == 1


def test_filters_pages_and_details(halo: SlackStandIn) -> None:
    """A version and an area narrow it, Next and Previous turn pages, Details opens on top; what was asked is still
    there.
    """
    opened(halo)
    assert "1 of" not in choose(halo, "invoice")
    assert "2 to 9 of" in text(halo.only_shown_after(lambda: halo.click("window_next")))
    assert "2 to 9 of" not in text(halo.only_shown_after(lambda: halo.click("window_previous")))
    narrowed = text(halo.only_shown_after(lambda: halo.click("window_version", "2.214")))
    assert "Only v2.214" in narrowed
    narrowed = text(halo.only_shown_after(lambda: halo.click("window_area", "Billing & invoicing")))
    assert "Only v2.214, Billing &amp; invoicing" in narrowed
    assert "Asked: invoice" in narrowed
    details = next(button["action_id"] for label, button in buttons(halo.modals()[-1]).items() if label == "Details")
    halo.only_shown_after(lambda: halo.click(details))
    assert [modal["callback_id"] for modal in halo.modals()] == ["window_view", "details_view"]
    halo.close_view()
    wider = text(halo.only_shown_after(lambda: halo.click("window_area", "any")))
    assert "Only v2.214" in wider
    assert "Only v2.214, Billing" not in wider


def test_nothing_found_can_be_watched_from_the_window(halo: SlackStandIn, settings: Settings) -> None:
    """The button stores the watch, and the window says so."""
    opened(halo)
    assert "Nothing on that yet" in choose(halo, "zendesk macros import")
    said = halo.only_shown_after(lambda: halo.click("window_tell_me"))
    assert said.kind == "view"
    assert "You now watch" in text(said)
    engine = open_workspace(settings.workspace_url)
    assert [watch.question for watch in Watches(engine).of_person("T1", "UALICE")] == ["zendesk macros import"]
    engine.dispose()


def test_odd_letters_in_the_box(halo: SlackStandIn) -> None:
    """Whatever is typed, the box offers something that Slack takes."""
    opened(halo)
    for typed in ("'; DROP", "<!channel>", "x" * 500, "🔥", "סטטוס", '"', "*", "NEAR("):
        result = halo.suggest("window_ask", typed)
        assert result.error is None
        assert 1 <= len(result.options) <= 100


def test_letters_while_a_team_s_catalogue_is_not_there(halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a suggestion would wait for the workspace database, what was typed is offered at once, and alone."""
    opened(halo)
    with monkeypatch.context() as patched:
        patched.setattr(Services, "is_ready", lambda *_: False)
        patched.setattr(Services, "search_of", lambda *_: pytest.fail("it waits"))
        (option,) = halo.suggest("window_ask", "jira status").options
    assert "Search for “jira status”" in text({"blocks": [option]})
    assert "1016865" in choose(halo, "jira status")


@pytest.mark.parametrize("how", ["command", "shortcut"])
@pytest.mark.parametrize("code", ["expired_trigger_id", "429", "500"])
def test_slack_too_slow_for_a_window(halo: SlackStandIn, how: str, code: str) -> None:
    """No window any more: the person reads how to ask without one, once; after the shortcut, which has no place, in a
    direct message.
    """
    halo.fail_next("views.open", code, retry_after=20)
    told = halo.only_shown_after(
        lambda: halo.command("/halo", "") if how == "command" else halo.shortcut("search_halo")
    )
    assert "What about HaloPSA would you like to know" in told.text
    assert told.visible_to == "UALICE" if how == "command" else told.channel == "DUALICE"


@pytest.mark.parametrize("how", ["drop_reply", "500"])
def test_slack_does_not_answer_a_click(halo: SlackStandIn, how: str) -> None:
    """A lost answer to views.open or views.update: the person is told or has the card as a message; nothing fails."""
    halo.only_shown_after(lambda: halo.command("/halo", "jira default status"))
    halo.fail_next("views.open", how, times=3)
    assert any(
        "Choose which status" in text(one)
        for one in halo.shown_after(lambda: halo.click("details:1016865"), "ephemeral")
    )
    halo.clear_faults()
    while halo.modals():
        halo.close_view()
    opened(halo)
    option = halo.suggest("window_ask", "jira").options[0]["value"]
    halo.fail_next("views.update", how, times=3)
    told = halo.shown_after(partial(halo.click, "window_ask", option), "message")
    assert [(one.channel, one.text) for one in told] == [("DUALICE", MODAL_NOT_UPDATED.replace("`", ""))]


def test_window_that_was_closed_or_changed_meanwhile(halo: SlackStandIn) -> None:
    """A choice in a window that is gone, or that a quicker click changed, is let be: no message out of the blue, no
    failure.
    """
    for code in ("hash_conflict", "not_found"):
        opened(halo)
        option = halo.suggest("window_ask", "jira").options[0]["value"]
        halo.fail_next("views.update", code)
        assert halo.shown_after(partial(halo.click, "window_ask", option)) == []
