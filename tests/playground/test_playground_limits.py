"""One over each of Slack's limits is refused with Slack's code and a pointer to the place; at the limit it passes."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground import limits
from bot.playground.checks import (
    check_attachments,
    check_block_text,
    check_blocks,
    check_metadata,
    check_text,
    check_view,
    total_text,
)
from bot.playground.errors import ApiError
from tests.playground.builders import (
    actions,
    boxes,
    button,
    buttons,
    card,
    divider,
    grouped,
    menu,
    modal,
    mrkdwn,
    option,
    options,
    picture,
    plain,
    section,
    table,
    text_element,
    text_input,
)

# blocks that just pass, blocks one over, where Slack points to, what it says
CASES = {
    "blocks": ([divider()] * 50, [divider()] * 51, "/blocks", "no more than 50 items"),
    "section text": ([section(3_000)], [section(3_001)], "/blocks/0/text/text", "less than 3001 characters"),
    "fields": (
        [{"type": "section", "fields": [mrkdwn(1)] * 10}],
        [{"type": "section", "fields": [mrkdwn(1)] * 11}],
        "/blocks/0/fields",
        "no more than 10 items",
    ),
    "field text": (
        [{"type": "section", "fields": [mrkdwn(2_000)]}],
        [{"type": "section", "fields": [mrkdwn(2_001)]}],
        "/blocks/0/fields/0/text",
        "less than 2001 characters",
    ),
    "header": (
        [{"type": "header", "text": plain(150)}],
        [{"type": "header", "text": plain(151)}],
        "/blocks/0/text/text",
        "less than 151 characters",
    ),
    "context": (
        [{"type": "context", "elements": [mrkdwn(1)] * 10}],
        [{"type": "context", "elements": [mrkdwn(1)] * 11}],
        "/blocks/0/elements",
        "no more than 10 items",
    ),
    "actions": ([actions(*buttons(25))], [actions(*buttons(26))], "/blocks/0/elements", "no more than 25 items"),
    "button text": (
        [actions(button(text=plain(75)))],
        [actions(button(text=plain(76)))],
        "/blocks/0/elements/0/text/text",
        "less than 76 characters",
    ),
    "button value": (
        [actions(button(value="v" * 2_000))],
        [actions(button(value="v" * 2_001))],
        "/blocks/0/elements/0/value",
        "less than 2001",
    ),
    "button url": (
        [actions(button(url="u" * 3_000))],
        [actions(button(url="u" * 3_001))],
        "/blocks/0/elements/0/url",
        "less than 3001",
    ),
    "options": (
        [actions(menu(*options(100)))],
        [actions(menu(*options(101)))],
        "/blocks/0/elements/0/options",
        "no more than 100 items",
    ),
    "option text": (
        [actions(menu(option(75)))],
        [actions(menu(option(76)))],
        "/blocks/0/elements/0/options/0/text/text",
        "less than 76 characters",
    ),
    "option value": (
        [actions(menu(option(value=150)))],
        [actions(menu(option(value=151)))],
        "/blocks/0/elements/0/options/0/value",
        "less than 151",
    ),
    "overflow": (
        [section(accessory={"type": "overflow", "options": options(5)})],
        [section(accessory={"type": "overflow", "options": options(6)})],
        "/blocks/0/accessory/options",
        "no more than 5 items",
    ),
    "action_id": (
        [actions(button(action_id="a" * 255))],
        [actions(button(action_id="a" * 256))],
        "/blocks/0/elements/0/action_id",
        "less than 256",
    ),
    "action_id twice": (
        [actions(*buttons(2))],
        [actions(button(), button())],
        "/blocks/0/elements/1/action_id",
        "already exists",
    ),
    "block_id": ([section(block_id="b" * 255)], [section(block_id="b" * 256)], "/blocks/0/block_id", "less than 256"),
    "block_id twice": (
        [section(block_id="a"), section(block_id="b")],
        [section(block_id="a"), section(block_id="a")],
        "/blocks/1/block_id",
        "already exists",
    ),
    "container": (
        [{"type": "container", "title": plain("More"), "child_blocks": [section()] * 10}],
        [{"type": "container", "title": plain("More"), "child_blocks": [section()] * 11}],
        "/blocks/0/child_blocks",
        "no more than 10 items",
    ),
    "placeholder": (
        [actions(menu(option(), placeholder=plain(150)))],
        [actions(menu(option(), placeholder=plain(151)))],
        "/blocks/0/elements/0/placeholder/text",
        "less than 151",
    ),
    "empty text": ([section(1)], [section(0)], "/blocks/0/text/text", "more than 0 characters"),
    "no text": ([section()], [{"type": "section"}], "/blocks/0", "missing required field: text"),
    "mrkdwn header": (
        [{"type": "header", "text": plain(1)}],
        [{"type": "header", "text": mrkdwn(1)}],
        "/blocks/0/text/type",
        "unsupported type: mrkdwn",
    ),
    "unknown block": ([divider()], [{"type": "marquee"}], "/blocks/0/type", "unsupported type: marquee"),
    "unknown property": ([section()], [section(colour="red")], "/blocks/0", "invalid additional property: colour"),
    "element out of place": (
        [section(accessory=button())],
        [actions({"type": "plain_text_input", "action_id": "a"})],
        "/blocks/0/elements/0/type",
        "unsupported type: plain_text_input",
    ),
    "no options": ([actions(menu(option()))], [actions(menu())], "/blocks/0/elements/0/options", "at least 1 items"),
    "initial option": (
        [actions(menu(option(), initial_option=option()))],
        [actions(menu(option(), initial_option=option("Two", "2")))],
        "/blocks/0/elements/0",
        "must exactly match",
    ),
    "image without words": (
        [{"type": "image", "image_url": "https://x.test/a.png", "alt_text": "A"}],
        [{"type": "image", "image_url": "https://x.test/a.png"}],
        "/blocks/0",
        "missing required field: alt_text",
    ),
    "confirm": (
        [actions(button(confirm={"title": plain(100), "text": mrkdwn(300), "confirm": plain(30), "deny": plain(30)}))],
        [actions(button(confirm={"title": plain(101), "text": mrkdwn(300), "confirm": plain(30), "deny": plain(30)}))],
        "/blocks/0/elements/0/confirm/title/text",
        "less than 101",
    ),
    "style": (
        [actions(button(style="danger"))],
        [actions(button(style="pink"))],
        "/blocks/0/elements/0/style",
        "valid enum",
    ),
    "not an object": ([section()], ["section"], "/blocks/0", "must provide an object"),
    "context text": (
        [{"type": "context", "elements": [mrkdwn(3_000)]}],
        [{"type": "context", "elements": [mrkdwn(3_001)]}],
        "/blocks/0/elements/0/text",
        "less than 3001",
    ),
    "accessibility label": (
        [actions(button(accessibility_label="a" * 75))],
        [actions(button(accessibility_label="a" * 76))],
        "/blocks/0/elements/0/accessibility_label",
        "less than 76",
    ),
    "description of an image": ([picture("a" * 2_000)], [picture("a" * 2_001)], "/blocks/0/alt_text", "less than 2001"),
    "title of an image": (
        [picture(title=plain(2_000))],
        [picture(title=plain(2_001))],
        "/blocks/0/title/text",
        "less than 2001",
    ),
    "address of an image": (
        [picture(image_url="u" * 3_000)],
        [picture(image_url="u" * 3_001)],
        "/blocks/0/image_url",
        "less than 3001",
    ),
    "boxes": ([actions(boxes(10))], [actions(boxes(11))], "/blocks/0/elements/0/options", "no more than 10 items"),
    "option description": (
        [actions(menu(option(description=plain(75))))],
        [actions(menu(option(description=plain(76))))],
        "/blocks/0/elements/0/options/0/description/text",
        "less than 76",
    ),
    "option groups": (
        [actions(grouped(100))],
        [actions(grouped(101))],
        "/blocks/0/elements/0/option_groups",
        "no more than 100 items",
    ),
    "feedback": (
        [{"type": "context_actions", "elements": [{"type": "icon_button"}] * 5}],
        [{"type": "context_actions", "elements": [{"type": "icon_button"}] * 6}],
        "/blocks/0/elements",
        "no more than 5 items",
    ),
    "card title": ([card(title=mrkdwn(150))], [card(title=mrkdwn(151))], "/blocks/0/title/text", "less than 151"),
    "card body": ([card(body=mrkdwn(200))], [card(body=mrkdwn(201))], "/blocks/0/body/text", "less than 201"),
    "empty card": ([card(body=mrkdwn(1))], [card(subtitle=mrkdwn(1))], "/blocks/0", "missing required field: title"),
    "carousel": (
        [{"type": "carousel", "elements": [card(body=mrkdwn(1))] * 10}],
        [{"type": "carousel", "elements": [card(body=mrkdwn(1))] * 11}],
        "/blocks/0/elements",
        "no more than 10 items",
    ),
    "table rows": ([table(100, 1)], [table(101, 1)], "/blocks/0/rows", "no more than 100 items"),
    "table columns": ([table(1, 20)], [table(1, 21)], "/blocks/0/rows/0", "no more than 20 items"),
    "a block that only modals have": (
        [divider()],
        [{"type": "alert", "text": mrkdwn(1)}],
        "/blocks/0/type",
        "unsupported type: alert",
    ),
    "markdown": (
        [{"type": "markdown", "text": "x" * 12_000}],
        [{"type": "markdown", "text": "x" * 12_001}],
        "/blocks/0/text",
        "less than 12001",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_message_passes_at_the_limit_and_fails_one_over_it(name: str, client: WebClient) -> None:
    """Blocks at a limit are posted; one over it is invalid_blocks, with Slack's wording and a JSON pointer, and nothing
    else is said.
    """
    passes, fails, pointer, words = CASES[name]
    assert client.chat_postMessage(channel="C1", text="x", blocks=passes)["ok"]
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C1", text="x", blocks=fails)
    answer = refused.value.response
    assert answer["error"] == "invalid_blocks"
    assert len(answer["errors"]) == 1
    assert f"[json-pointer:{pointer}]" in answer["errors"][0]
    assert words in answer["errors"][0]


VIEW_CASES = {
    "blocks": (modal(*[divider()] * 100), modal(*[divider()] * 101), "/view/blocks", "no more than 100 items"),
    "title": (modal(title=plain(24)), modal(title=plain(25)), "/view/title/text", "less than 25 characters"),
    "submit": (modal(submit=plain(24)), modal(submit=plain(25)), "/view/submit/text", "less than 25 characters"),
    "close": (modal(close=plain(24)), modal(close=plain(25)), "/view/close/text", "less than 25 characters"),
    "private_metadata": (
        modal(private_metadata="p" * 3_000),
        modal(private_metadata="p" * 3_001),
        "/view/private_metadata",
        "less than 3001",
    ),
    "callback_id": (modal(callback_id="c" * 255), modal(callback_id="c" * 256), "/view/callback_id", "less than 256"),
    "alert": (
        modal({"type": "alert", "text": mrkdwn(200)}),
        modal({"type": "alert", "text": mrkdwn(201)}),
        "/view/blocks/0/text/text",
        "less than 201",
    ),
    "initial value": (
        modal(text_input(element=text_element(3_000)), submit=plain("Save")),
        modal(text_input(element=text_element(3_001)), submit=plain("Save")),
        "/view/blocks/0/element/initial_value",
        "less than 3001",
    ),
    "no title": (modal(), {"type": "modal", "blocks": []}, "/view", "missing required field: title"),
    "an input and nothing to submit it": (
        modal(text_input(), submit=plain("Save")),
        modal(text_input()),
        "/view/blocks/0/input",
        "must define `submit`",
    ),
    "input label": (
        modal(text_input(label=plain(2_000)), submit=plain("Save")),
        modal(text_input(label=plain(2_001)), submit=plain("Save")),
        "/view/blocks/0/label/text",
        "less than 2001",
    ),
    "a block that only messages have": (
        modal(section()),
        modal({"type": "container", "title": plain("More"), "child_blocks": [section()]}),
        "/view/blocks/0/type",
        "unsupported type: container",
    ),
    "Home has no title": (
        {"type": "home", "blocks": []},
        {"type": "home", "blocks": [], "title": plain("Hi")},
        "/view",
        "title",
    ),
}


@pytest.mark.parametrize("name", VIEW_CASES)
def test_a_view_passes_at_the_limit_and_fails_one_over_it(name: str) -> None:
    """A view at a limit is taken; one over it is invalid_arguments, with a JSON pointer that starts at /view."""
    passes, fails, pointer, words = VIEW_CASES[name]
    check_view(passes)
    with pytest.raises(ApiError) as refused:
        check_view(fails)
    assert refused.value.code == "invalid_arguments"
    assert f"[json-pointer:{pointer}]" in refused.value.messages[0]
    assert words in refused.value.messages[0]


def test_limits_of_the_whole() -> None:
    """Text, the sum of all block text, a view's bytes, attachments and metadata have codes of their own."""
    check_text("x" * limits.MESSAGE_TEXT)
    blocks = [section(3_000)] * 4 + [section(1_200)]
    check_block_text(blocks)
    assert total_text(blocks) == limits.MESSAGE_BLOCK_TEXT
    big = modal(*[section(3_000)] * 90, private_metadata="")
    wrong = {
        "msg_too_long": lambda: check_text("x" * (limits.MESSAGE_TEXT + 1)),
        "msg_blocks_too_long": lambda: check_block_text([*blocks, section(1)]),
        "view_too_large": lambda: check_view(big),
        "too_many_attachments": lambda: check_attachments([{"text": "a"}] * 101),
        "invalid_attachments": lambda: check_attachments([{"blocks": [section(3_001)]}]),
        "invalid_metadata_format": lambda: check_metadata({"event_type": "edition"}),
        "metadata_too_large": lambda: check_metadata({"event_type": "edition", "event_payload": {"key": "x" * 9_000}}),
    }
    for code, check in wrong.items():
        with pytest.raises(ApiError, match=code):
            check()


def test_every_fault_is_named() -> None:
    """A message with several faults gets a line for each, in `errors` and, with Slack's "[ERROR] ", in
    response_metadata.
    """
    with pytest.raises(ApiError) as refused:
        check_blocks([section(0), {"type": "marquee"}, actions(button(text=plain(76)))])
    body = refused.value.to_json()
    assert len(body["errors"]) == 3
    assert body["response_metadata"]["messages"] == [f"[ERROR] {line}" for line in body["errors"]]


@pytest.mark.parametrize(
    "odd", [[None], [[]], [{}], [{"type": 3}], [{"type": ["section"]}], [section(accessory={"type": {}})], "text", {}]
)
def test_any_json_is_refused_without_a_crash(odd: Any) -> None:
    """Whatever JSON is sent as blocks, the answer is invalid_blocks and never a crash."""
    with pytest.raises(ApiError, match="invalid_blocks"):
        check_blocks(odd)
