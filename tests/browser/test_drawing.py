"""Block Kit in the page, whether our app uses it or not: each element is drawn, can be used, and sends what Slack would
send.
"""

from typing import Any

from playwright.sync_api import expect

from bot.playground import Playground
from tests import local_http


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(text: str) -> dict[str, Any]:
    return {"text": plain(text), "value": text.lower()}


def post(slack: Playground, blocks: list[dict[str, Any]], text: str = "gallery", **more: Any) -> None:
    answer = local_http.post(
        f"{slack.api_url}chat.postMessage",
        json={"channel": "C1", "text": text, "blocks": blocks, **more},
        headers={"Authorization": f"Bearer {slack.bot_token}"},
    ).json()
    assert answer["ok"], answer


def last_action(slack: Playground, page: Any) -> dict[str, Any]:
    """What the app was sent last."""
    page.wait_for_timeout(300)
    action: dict[str, Any] = [one.payload for one in slack.deliveries() if one.payload.get("type") == "block_actions"][
        -1
    ]["actions"][0]
    return action


def test_text(page: Any, slack: Playground) -> None:
    """mrkdwn, dates in the reader's zone, emoji, mentions and links; markup in a message stays text."""
    text = (
        "*bold* _italic_ ~gone~ `code *not bold*` <https://example.com/a_b_c|a link> <@UALICE> <#C2> "
        ":warning: :unknown: <!date^1795000000^{date_short} {time}|then>\n&gt; quoted\n```pre &lt;b&gt;```\n"
        "&lt;script&gt;alert(1)&lt;/script&gt; <javascript:alert(1)|bad>"
    )
    post(slack, [{"type": "section", "text": {"type": "mrkdwn", "text": text}, "fields": [plain("one"), plain("two")]}])
    block = page.locator("#messages .message").last
    for selector, words in (
        ("strong", "bold"),
        ("em", "italic"),
        ("s", "gone"),
        ("blockquote", "quoted"),
        ("pre", "pre <b>"),
    ):
        expect(block.locator(f".block {selector}").first).to_have_text(words)
    expect(block.locator("code").first).to_have_text("code *not bold*")
    expect(block.get_by_role("link")).to_have_count(1)
    expect(block.get_by_role("link")).to_have_attribute("href", "https://example.com/a_b_c")
    for words in (
        "@Alice Archer",
        "#halo-admins",
        "⚠️",
        ":unknown:",
        "18 Nov 2026 11:06",
        "<script>alert(1)</script>",
        "bad",
    ):
        expect(block).to_contain_text(words)
    page.get_by_role("button", name="Bob Baker").click()
    expect(page.locator("#messages .message").last).to_contain_text("18 Nov 2026 06:06")


def test_rich_text_header_and_image(page: Any, slack: Playground) -> None:
    """Rich text with lists and quotes, a header that is a heading, a divider, and an image's description where it
    cannot be had.
    """
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "strong", "style": {"bold": True}},
                    {"type": "emoji", "name": "tada"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
        ],
    }
    post(slack, [{"type": "header", "text": plain("A header")}, {"type": "divider"}, rich])
    message = page.locator("#messages .message").last
    expect(message.get_by_role("heading", name="A header")).to_be_visible()
    expect(message.locator("hr")).to_have_count(1)
    expect(message.locator(".rich ol li")).to_have_text("first")
    expect(message.locator(".rich strong")).to_have_text("strong")
    expect(message.locator(".rich blockquote")).to_have_text("said")


def test_elements_send_what_was_chosen(page: Any, slack: Playground) -> None:
    """Static select, overflow, checkboxes, radio buttons, date and time: by their native keys, with the values that
    Slack sends.
    """
    elements = [
        {
            "type": "static_select",
            "action_id": "menu",
            "placeholder": plain("Pick one"),
            "options": [option("Red"), option("Blue")],
        },
        {"type": "overflow", "action_id": "more", "options": [option("Copy"), option("Remove")]},
        {"type": "checkboxes", "action_id": "boxes", "options": [option("Apples"), option("Pears")]},
        {"type": "radio_buttons", "action_id": "radio", "options": [option("Left"), option("Right")]},
        {"type": "datepicker", "action_id": "day"},
        {"type": "timepicker", "action_id": "at"},
        {"type": "users_select", "action_id": "who", "placeholder": plain("Whom")},
    ]
    post(slack, [{"type": "actions", "block_id": "b", "elements": elements}])
    message = page.locator(
        "#messages .message:not(.ephemeral)"
    ).last  # ours does not know these actions, and Slack says so below
    message.get_by_label("Pick one").select_option("blue")
    assert last_action(slack, page)["selected_option"]["value"] == "blue"
    message.get_by_role("button", name="More actions").press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert last_action(slack, page)["selected_option"]["value"] == "remove"
    message.get_by_label("Pears").check()
    assert [one["value"] for one in last_action(slack, page)["selected_options"]] == ["pears"]
    message.get_by_label("Right").check()
    assert last_action(slack, page)["selected_option"]["value"] == "right"
    message.locator("input[type=date]").fill("2026-12-24")
    message.locator("input[type=date]").blur()
    assert last_action(slack, page)["selected_date"] == "2026-12-24"
    message.locator("input[type=time]").fill("09:30")
    message.locator("input[type=time]").blur()
    assert last_action(slack, page)["selected_time"] == "09:30"
    message.get_by_label("Whom").select_option("UBOB")
    assert last_action(slack, page)["selected_user"] == "UBOB"


def test_a_button_that_asks_first(page: Any, slack: Playground) -> None:
    """With `confirm`, nothing is sent before the person went on; Escape means no."""
    confirm = {
        "title": plain("Really?"),
        "text": plain("It is gone then."),
        "confirm": plain("Go on"),
        "deny": plain("No"),
        "style": "danger",
    }
    button = {
        "type": "button",
        "action_id": "ask_first",
        "text": plain("Delete it"),
        "style": "danger",
        "value": "7",
        "confirm": confirm,
    }
    post(slack, [{"type": "actions", "elements": [button]}])
    press = page.get_by_role("button", name="Delete it")
    press.click()
    sure = page.get_by_role("dialog", name="Really?")
    page.keyboard.press("Escape")
    expect(sure).to_have_count(0)
    assert not any(one.payload.get("type") == "block_actions" for one in slack.deliveries())
    press.click()
    sure.get_by_role("button", name="Go on").click()
    action = last_action(slack, page)
    assert (action["action_id"], action["value"]) == ("ask_first", "7")


def test_a_button_beside_a_text_makes_way_on_a_phone(open_page: Any, slack: Playground) -> None:
    """Beside its text in a wide window; in a narrow one under it, so that the text has the whole width."""
    beside = {"type": "button", "text": plain("Details"), "action_id": "beside", "value": "1"}
    words = "A long sentence about what changed, which takes more than one line of any phone."
    post(slack, [{"type": "section", "text": plain(words), "accessory": beside}])
    for width, is_below in ((1280, False), (380, True)):
        page = open_page(width=width)
        row = page.locator(".with-accessory").last
        said, button = row.locator(".section-text").bounding_box(), row.get_by_role("button").bounding_box()
        assert (button["y"] >= said["y"] + said["height"]) is is_below
        assert (said["width"] == row.bounding_box()["width"]) is is_below


def test_what_is_not_drawn_says_so(page: Any, slack: Playground) -> None:
    """A block that the page does not know is named, not left out."""
    post(
        slack,
        [
            {
                "type": "video",
                "title": plain("A film"),
                "alt_text": "a film",
                "video_url": "https://example.com",
                "thumbnail_url": "https://example.com",
            }
        ],
    )
    expect(page.locator("#messages .message").last).to_contain_text("“video”")
