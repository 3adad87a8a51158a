"""The first time in a channel, and links that become cards."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.whole_app.acting import SlackStandIn, text

EPISODE = "https://www.risingtidegroup.net/thoughts/by-the-run-book-episode-13"


def test_says_hello_once(halo: SlackStandIn) -> None:
    """What it does and who added it, once, even when it is taken out and added again; that people come and go is none
    of its business.
    """
    hello = halo.only_shown_after(lambda: halo.join_channel("G1", user="UHALO", inviter="UALICE"))
    assert (hello.kind, hello.channel, hello.visible_to) == ("message", "G1", None)
    assert "<@UALICE> added me" in text(hello)
    assert "<!" not in text(hello)
    halo.kick_bot("G1")
    assert halo.shown_after(lambda: halo.join_channel("G1", user="UHALO", inviter="UALICE")) == []
    assert halo.shown_after(lambda: halo.join_channel("C1", user="UBOB", inviter="UALICE")) == []


def test_hello_that_did_not_get_out(halo: SlackStandIn) -> None:
    """When Slack refuses, it is said the next time; whoever added the bot is not told anything odd."""
    halo.fail_next("chat.postMessage", "restricted_action")
    halo.fail_next("chat.postMessage", "restricted_action")
    halo.fail_next("chat.postEphemeral", "restricted_action")
    halo.shown_after(lambda: halo.join_channel("C2", user="UHALO", inviter="UBOB"))
    halo.clear_faults()
    assert "<@UBOB> added me" in text(
        halo.only_shown_after(lambda: halo.join_channel("C2", user="UHALO", inviter="UBOB"))
    )


def unfurled(slack: SlackStandIn, url: str) -> dict[str, Any]:
    """The cards under a message with this address."""
    return {
        link: card
        for shown in slack.shown_after(lambda: slack.share_link(url))
        for link, card in shown.detail["unfurls"].items()
    }


def test_links_become_cards(halo: SlackStandIn) -> None:
    """An episode's page, a change by its number and a version, each with a Work Object where there is one; other pages
    nothing.
    """
    assert "episode 13" in str(unfurled(halo, EPISODE))
    assert "content_item" in str(halo.calls("chat.unfurl")[0].args["metadata"])
    assert "Choose which status" in str(unfurled(halo, "https://risingtidegroup.net/changes/1016865"))
    assert "HaloPSA v2.214" in str(unfurled(halo, "https://www.risingtidegroup.net/releases/v2.214?x=1&y=2"))
    assert unfurled(halo, "https://www.risingtidegroup.net/about-us") == {}
    assert unfurled(halo, "https://evil.example/by-the-run-book-episode-13") == {}


def test_a_link_is_unfurled_once(halo: SlackStandIn) -> None:
    """However often Slack delivers it."""
    asked = halo.share_link(EPISODE)
    halo.wait_idle()
    assert halo.shown_after(lambda: halo.redeliver(str(asked.event_id))) == []


@pytest.mark.parametrize("code", ["missing_scope", "cannot_unfurl_url", "cannot_find_message"])
def test_slack_takes_no_card(halo: SlackStandIn, code: str) -> None:
    """Nobody asked for it, so nobody is told."""
    halo.fail_next("chat.unfurl", code, times=2)
    assert unfurled(halo, EPISODE) == {}


def test_slack_takes_no_work_object(halo: SlackStandIn) -> None:
    """The plain card comes instead."""
    halo.fail_next("chat.unfurl", "invalid_metadata_schema")
    assert "episode 13" in str(unfurled(halo, EPISODE))
    assert not halo.calls("chat.unfurl")[-1].args.get("metadata")


def test_links_can_be_switched_off(slack: SlackStandIn, restart_with: Callable[..., Any]) -> None:
    """HALO_UNFURL_DOMAINS=none: no cards; another domain: its links only."""
    with restart_with(unfurl_domains=()):
        assert unfurled(slack, EPISODE) == {}
    with restart_with(unfurl_domains=("halopsa.com",)):
        assert unfurled(slack, EPISODE) == {}
        assert "Choose which status" in str(unfurled(slack, "https://support.halopsa.com/tracker?id=1016865"))
