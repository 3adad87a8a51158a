"""The playground's shapes and limits are those of Slack's own SDK and of Bolt."""

import inspect
from typing import Any

from slack_bolt.request import payload_utils
from slack_bolt.request.internals import extract_channel_id, extract_team_id, extract_user_id
from slack_sdk import WebClient
from slack_sdk.models.blocks import basic_components, block_elements
from slack_sdk.models.blocks import blocks as block_models
from slack_sdk.models.views import View

from bot.playground import Playground, limits
from bot.playground.block_elements import KEYS as ELEMENT_KEYS
from bot.playground.block_kit import KEYS as BLOCK_KEYS
from tests.playground.builders import button, menu, modal, option, plain, section, text_input

# our limit, and the SDK's
NUMBERS = {
    "SECTION_TEXT": block_models.SectionBlock.text_max_length,
    "SECTION_FIELDS": block_models.SectionBlock.fields_max_length,
    "HEADER_TEXT": block_models.HeaderBlock.text_max_length,
    "ACTIONS_ELEMENTS": block_models.ActionsBlock.elements_max_length,
    "CONTEXT_ELEMENTS": block_models.ContextBlock.elements_max_length,
    "CONTEXT_ACTIONS_ELEMENTS": block_models.ContextActionsBlock.elements_max_length,
    "INPUT_LABEL": block_models.InputBlock.label_max_length,
    "IMAGE_TITLE": block_models.ImageBlock.title_max_length,
    "MARKDOWN_TEXT": block_models.MarkdownBlock.text_max_length,
    "CONTAINER_CHILDREN": block_models.ContainerBlock.child_blocks_max_length,
    "CARD_TITLE": block_models.CardBlock.title_max_length,
    "CARD_BODY": block_models.CardBlock.body_max_length,
    "CAROUSEL_CARDS": block_models.CarouselBlock.elements_max_length,
    "IDENTIFIER": block_models.Block.block_id_max_length,
    "BUTTON_TEXT": block_elements.ButtonElement.text_max_length,
    "BUTTON_VALUE": block_elements.ButtonElement.value_max_length,
    "URL": block_elements.ButtonElement.url_max_length,
    "ALT_TEXT": block_elements.ImageElement.alt_text_max_length,
    "OPTIONS": block_elements.StaticSelectElement.options_max_length,
    "OVERFLOW_OPTIONS": block_elements.OverflowMenuElement.options_max_length,
    "PLACEHOLDER": block_elements.StaticSelectElement.placeholder_max_length,
    "OPTION_TEXT": basic_components.Option.label_max_length,
    "OPTION_VALUE": basic_components.Option.value_max_length,
    "VIEW_TITLE": View.title_max_length,
    "VIEW_BUTTON": View.submit_max_length,
    "VIEW_BLOCKS": View.blocks_max_length,
    "PRIVATE_METADATA": View.private_metadata_max_length,
}

# What the SDK's models carry and the playground refuses, each for a reason.
NOT_TAKEN = {
    "checkboxes": {"placeholder"},  # the SDK's class inherits it; Slack's reference does not have it
    "radio_buttons": {"placeholder"},
    "overflow": {"alt_text"},
    "button": {
        "agent_prompt",
        "agent_prompt_display",
        "alt_text",
        "visible_to_user_ids",
    },  # for agents and for image buttons of old attachments
}


def attributes(module: Any, base: type) -> dict[str, set[str]]:
    """Type -> what the SDK's model of it carries."""
    found: dict[str, set[str]] = {}
    for one in vars(module).values():
        if (
            inspect.isclass(one)
            and issubclass(one, base)
            and one is not base
            and isinstance(getattr(one, "type", None), str)
        ):
            carries = inspect.getattr_static(one, "attributes")
            found.setdefault(one.type, set()).update(
                one.attributes if isinstance(carries, set) else carries.fget(one.__new__(one))
            )
    return found


def test_the_numbers_are_the_sdks() -> None:
    """Each limit that the SDK's models have is the playground's too."""
    assert {name: getattr(limits, name) for name in NUMBERS} == NUMBERS
    assert {
        part: getattr(basic_components.ConfirmObject, f"{part}_max_length") for part in limits.CONFIRM
    } == limits.CONFIRM


def test_what_blocks_carry_is_what_the_sdk_knows() -> None:
    """A block or element that the SDK builds is never refused for a field that Slack has."""
    for table, models in (
        (BLOCK_KEYS, attributes(block_models, block_models.Block)),
        (ELEMENT_KEYS, attributes(block_elements, block_elements.BlockElement)),
    ):
        looked_into = {kind: keys for kind, keys in table.items() if keys is not None and kind in models}
        assert len(looked_into) >= 10
        refused = {
            kind: models[kind] - keys - {"type", "block_id"} - NOT_TAKEN.get(kind, set())
            for kind, keys in looked_into.items()
        }
        assert {kind: names for kind, names in refused.items() if names} == {}


def test_views_are_the_sdks(slack: Playground, client: WebClient, app: Any) -> None:
    """What views.open, views.update and views.publish answer is what the SDK's View knows, field by field."""
    home = client.views_publish(user_id="UALICE", view={"type": "home", "blocks": [section()]})["view"]
    opened = client.views_open(
        trigger_id=str(slack.command("/halo").trigger_id), view=modal(text_input(), submit=plain("Save"))
    )["view"]
    updated = client.views_update(view_id=opened["id"], view=modal(section()))["view"]
    for view in (home, opened, updated):
        parsed = View(**view)
        assert (parsed.id, parsed.hash, parsed.team_id, parsed.root_view_id) == (
            view["id"],
            view["hash"],
            "T1",
            view["id"],
        )
        assert set(view) <= {
            *View.attributes,
            "app_installed_team_id",
        }  # Slack's reference shows that one, too; the SDK ignores it


def test_bolt_recognises_every_payload(slack: Playground, client: WebClient, app: Any) -> None:
    """Bolt's own tests of what a request is say yes for exactly the right one; team, person and place are found where
    Bolt looks.
    """
    client.chat_postMessage(
        channel="C1", text="x", blocks=[{"type": "actions", "elements": [button(), menu(option())]}]
    )
    ts = slack.messages("C1")[-1]["ts"]
    search = {"type": "external_select", "action_id": "area", "min_query_length": 1}
    acts = {
        "is_slash_command": lambda: slack.command("/halo"),
        "is_app_home_opened_event": lambda: slack.open_home(),
        "is_im_message_event": lambda: slack.dm("hello"),
        "is_event": lambda: slack.mention("hello"),
        "is_block_actions": lambda: slack.click("go", ts=ts, channel="C1"),
        "is_global_shortcut": lambda: slack.shortcut("search"),
        "is_message_shortcut": lambda: slack.message_shortcut("related", ts),
        "is_block_suggestion": lambda: slack.suggest("area", "bi"),
        "is_view_submission": lambda: slack.submit(values={"query": "words"}),
        "is_view_closed": lambda: slack.close_view(),
    }
    kinds = [name for name in acts if name != "is_event"]
    for name, act in acts.items():
        if name in ("is_block_suggestion", "is_view_submission", "is_view_closed"):
            where = {"type": "input", "block_id": "where", "label": plain("Where"), "optional": True, "element": search}
            view = modal(text_input(), where, submit=plain("Save"), notify_on_close=True)
            client.views_open(trigger_id=str(slack.shortcut("search").trigger_id), view=view)
        app.answer = {"options": []} if name == "is_block_suggestion" else None
        act()
        payload = slack.deliveries()[-1].payload
        assert [kind for kind in kinds if getattr(payload_utils, kind)(payload)] == [name] * (name != "is_event"), name
        assert getattr(payload_utils, name)(payload)
        assert (extract_team_id(payload), extract_user_id(payload)) == ("T1", "UALICE")
        has_place = name in (
            "is_slash_command",
            "is_app_home_opened_event",
            "is_im_message_event",
            "is_event",
            "is_block_actions",
            "is_message_shortcut",
        )
        assert bool(extract_channel_id(payload)) == has_place, name
