"""What is said of an entry when a fact about it is asked for."""

import pytest

from bot.catalog.models import Entry, Impact
from bot.conversation.entry_text import aspect_text


@pytest.mark.parametrize(
    ("impact", "said"),
    [
        ("opt-in", "It is off until you enable it."),
        ("changes behaviour", "It acts by itself after the upgrade: nobody has to enable it."),
        ("fix", "It is a fix: nobody has to enable it."),
        ("unclear", "My source does not say whether it has to be enabled."),
    ],
)
def test_whether_it_has_to_be_enabled(impact: Impact, said: str) -> None:
    """The impact says it; a guess is told as one, and what nobody knows is not guessed."""
    entry = Entry(key="1", kind="feature", title="A change", summary="It changes.", impact=impact)
    assert aspect_text(entry, "enabling", {}, ()) == said
    guessed = Entry(key="1", kind="feature", title="A change", summary="x", impact=impact, impact_guessed=True)
    assert aspect_text(guessed, "enabling", {}, ()) == (said if impact == "unclear" else f"{said} That is a guess.")


def test_what_nobody_wrote() -> None:
    """Asked whether something holds that the catalogue does not say, there is no yes and no no."""
    entry = Entry(key="1", kind="feature", title="A change", summary="It changes.")
    assert aspect_text(entry, "other", {}, ()) == "I know no more about it than this."
