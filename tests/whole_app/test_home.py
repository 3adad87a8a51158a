"""The Home tab: what a new person sees, the newest version, my watches, this workspace's digests; made anew after each
change.
"""

from functools import partial

import pytest

from tests.whole_app.acting import SlackStandIn, buttons, text

DAY = 24 * 3600


def home(slack: SlackStandIn, user: str = "UALICE") -> str:
    """What somebody sees who opens Home."""
    shown = slack.only_shown_after(lambda: slack.open_home(user=user))
    assert (shown.kind, shown.visible_to) == ("home", user)
    return text(shown)


def test_a_new_person_s_home(halo: SlackStandIn) -> None:
    """Search, three things to try for the first week, the newest version with its highlights, how to get help."""
    seen = home(halo, "UBOB")
    for part in (
        "Search Halo changes",
        "Three things to try",
        "Newest: v2.216",
        "My watches",
        "`/halo help`",
        "All of v2.216",
    ):
        assert part in seen
    assert "Highlight" in seen or "test first" in seen
    window = halo.only_shown_after(lambda: halo.click("try:0", user="UBOB"))
    assert "Choose which status" in text(window)
    halo.close_view(user="UBOB")
    assert "11 changes" in text(halo.only_shown_after(lambda: halo.click("try:newest", user="UBOB")))
    halo.close_view(user="UBOB")
    assert halo.only_shown_after(lambda: halo.click("open_search", user="UBOB")).kind == "view"
    halo.close_view(user="UBOB")
    halo.advance(8 * DAY)
    assert "Three things to try" not in home(halo, "UBOB")
    assert "Three things to try" in home(halo, "UALICE")


def test_watches_on_home(halo: SlackStandIn) -> None:
    """Each with a button to remove it; more than ten come in pages; Home is made anew and says what happened."""
    for number in range(12):
        halo.only_shown_after(partial(halo.command, "/halo", f"watch quickbooks {number}"))
    assert "1 to 10 of 12" in home(halo)
    page = halo.only_shown_after(lambda: halo.click("home_next"))
    assert "11 to 12 of 12" in text(page)
    remove = next(button["action_id"] for label, button in buttons(page).items() if label == "Remove")
    after = halo.only_shown_after(lambda: halo.click(remove))
    assert after.kind == "home"
    assert "You no longer watch “quickbooks 10”" in text(after)
    assert "of 11" in text(after)
    assert "None yet." in home(halo, "UBOB")


def test_digests_on_home(halo: SlackStandIn) -> None:
    """This workspace's digests, in words."""
    assert "Digests in this workspace" not in home(halo)
    halo.only_shown_after(lambda: halo.command("/halo", "subscribe billing mondays 9am", channel="C2"))
    seen = home(halo, "UBOB")
    assert "<#C2>: *Billing &amp; invoicing*" in seen
    assert "every Monday at 09:00 (Europe/London)" in seen
    assert "Everybody in this workspace may change digests" in seen


@pytest.mark.parametrize("how", ["500", "drop_reply", "internal_error"])
def test_slack_does_not_take_it(halo: SlackStandIn, how: str) -> None:
    """Nobody is told something that they did not ask for; the next look makes it anew."""
    halo.fail_next("views.publish", how)
    assert [shown.kind for shown in halo.shown_after(halo.open_home)] in ([], ["home"])
    assert "What changed in HaloPSA?" in home(halo)


def test_the_messages_tab_is_none_of_it(halo: SlackStandIn) -> None:
    """Opening it publishes nothing."""
    assert halo.shown_after(lambda: halo.open_home(tab="messages")) == []
