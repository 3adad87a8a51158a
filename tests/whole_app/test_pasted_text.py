"""What people type and paste, as Slack delivers it: emoji by name, numbers with separators, quotes."""

import pytest

from tests.whole_app.acting import SlackStandIn, text

CHANGE = "Jira"


def asked(halo: SlackStandIn, way_in: str, typed: str) -> str:
    """What is shown for a text, by one of the ways in."""
    acts = {
        "command": lambda: halo.command("/halo", typed),
        "mention": lambda: halo.mention(typed),
        "direct message": lambda: halo.dm(typed),
    }
    return text(halo.only_shown_after(acts[way_in]))


@pytest.mark.parametrize("way_in", ["command", "mention", "direct message"])
@pytest.mark.parametrize(
    "typed", [":rocket: 1,016,865", "№ 1016865 :pray:", "<https://halo.example/t?id=1016865|this>"]
)
def test_a_pasted_number_is_understood_everywhere(halo: SlackStandIn, way_in: str, typed: str) -> None:
    """A number with separators, an emoji beside it or an address around it shows the change, by every way in."""
    assert CHANGE in asked(halo, way_in, typed)


def test_a_watch_with_an_emoji_is_saved_without_it(halo: SlackStandIn) -> None:
    """The emoji of a watch is no word that an answer has to have."""
    said = asked(halo, "command", "watch quickbooks :rocket:")
    assert "quickbooks" in said
    assert "rocket" not in said
