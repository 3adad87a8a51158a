"""The quick way from the SDK's models to JSON gives what their own way gives."""

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import ButtonElement, ContextBlock, HeaderBlock, MarkdownTextObject
from slack_sdk.models.views import View

from bot.slack.views.as_json import as_json
from bot.slack.views.blocks import details_button, entry_card, entry_result
from bot.slack.views.entry_modal import ShareTarget
from bot.slack.views.search_modal import SearchState, _box, _filters
from bot.slack.views.subscription_modal import watch_view
from tests.slack.views.gallery import CHOICES, ENTRIES, EPISODES


def test_same_as_to_dict() -> None:
    """For every kind of block and element of ours, with what is empty left out and what an SDK class does its own way
    kept.
    """
    made = [
        block
        for entry in ENTRIES
        for block in (*entry_card(entry, EPISODES, with_details=True), entry_result(entry, EPISODES))
    ]
    made += [
        _box(SearchState("x")),
        _filters(SearchState(), CHOICES),
        HeaderBlock(text="Hello"),
        ContextBlock(elements=[MarkdownTextObject(text="x")]),
    ]
    assert as_json(made) == [block.to_dict() for block in made]
    view = View(type="modal", callback_id="x", title="x", blocks=made, private_metadata=ShareTarget("C1").to_metadata())
    assert as_json(view) == view.to_dict()
    assert as_json(View(**watch_view())) == View(**watch_view()).to_dict()


def test_still_refuses_what_slack_would() -> None:
    """The models' validators run."""
    for wrong in (ButtonElement(text="x" * 76, action_id="x"), HeaderBlock(text="x" * 151)):
        with pytest.raises(SlackObjectFormationError):
            as_json([wrong])
    assert as_json(details_button(ENTRIES[0]))["type"] == "button"
