"""Asking in the page: commands, paging, details, sharing, mentions, threads, direct messages."""

import re
import time
from typing import Any

from playwright.sync_api import expect

from bot.playground import Playground

JIRA = "Jira Software and Jira Service Management: default ticket status"
EPHEMERAL = ".message.ephemeral"


def test_the_page_begins_with_a_conversation(page: Any) -> None:
    """A newcomer sees a question that was really asked and answered, and its card shared with the channel."""
    messages = page.locator("#messages .message")
    expect(messages.filter(has_text=JIRA)).to_contain_text("#1016865")
    expect(messages.filter(has_text="@halo jira default status")).to_contain_text("2 replies")


def test_ask_with_the_keyboard_alone(page: Any, slack: Playground) -> None:
    """`/` offers the command, Enter sends, the card for #1016865 is there in under a second and marked as one's own;
    Bob does not see it.
    """
    page.locator("#composer-text").focus()
    page.keyboard.type("/ha")
    expect(page.get_by_role("option", name="/halo")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#composer-text")).to_have_value("/halo ")
    expect(page.locator("#composer-hint")).to_contain_text("jira default status")
    page.keyboard.type("jira default status")
    started = time.monotonic()
    page.keyboard.press("Enter")
    answer = page.locator(EPHEMERAL)
    answer.wait_for()
    assert time.monotonic() - started < 1
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text(JIRA)
    expect(answer).to_contain_text("v2.206 · #1016865")
    watch = answer.get_by_role("link", name="Watch 6:08 (episode 13)")
    assert (watch.get_attribute("target"), watch.get_attribute("rel")) == ("_blank", "noopener noreferrer")
    page.get_by_role("button", name="Bob Baker").click()
    expect(answer).to_have_count(0)
    assert not any(message["visible_to"] for message in slack.messages("C1", user="UBOB"))


def test_paging(page: Any, write: Any) -> None:
    """More and Previous turn the page in place, and the focus stays where it was."""
    write("/halo jira default status")
    answer = page.locator(EPHEMERAL)
    answer.get_by_role("button", name="More").click()
    expect(answer).not_to_contain_text(JIRA)
    answer.get_by_role("button", name="Previous").click()
    expect(answer).to_contain_text(JIRA)
    expect(answer).to_have_count(1)


def test_details_and_sharing_from_the_window(page: Any, write: Any, slack: Playground) -> None:
    """Details opens a window that keeps the focus; related ones stack; sharing posts in the channel; Escape gives the
    focus back.
    """
    write("/halo 1016865")
    details = page.locator(EPHEMERAL).get_by_role("button", name="Details").first
    details.focus()
    page.keyboard.press("Enter")
    window = page.get_by_role("dialog", name="Change #1016865")
    expect(window).to_contain_text("Choose which status a Halo ticket moves to")
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    window.get_by_role("button", name="Details").first.click()
    page.get_by_role("button", name="Back").click()
    window.get_by_role("button", name="Share to the channel").click()
    expect(page.locator("#messages .message").filter(has_text="Shared by @Alice Archer")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert slack.modals() == []
    expect(details).to_be_focused()


def test_share_and_dismiss(page: Any, write: Any) -> None:
    """Share turns one's own answer into one for everybody; Dismiss takes it away."""
    write("/halo jira default status")
    page.locator(EPHEMERAL).get_by_role("button", name="Share").click()
    expect(page.locator(EPHEMERAL)).to_have_count(0)
    page.get_by_role("button", name="Bob Baker").click()
    expect(page.locator("#messages .message").filter(has_text="Shared by @Alice Archer")).to_have_count(2)
    write("/halo v2.216")
    page.locator(EPHEMERAL).get_by_role("button", name="Dismiss").click()
    expect(page.locator(EPHEMERAL)).to_have_count(0)


def test_mention_and_its_thread(page: Any, write: Any) -> None:
    """@ is completed; the answer hangs in the thread, where one goes on; a slash command is refused there, as in
    Slack.
    """
    page.locator("#composer-text").focus()
    page.keyboard.type("@hal")
    expect(page.get_by_role("option", name="@halo")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("quickbooks")
    page.keyboard.press("Enter")
    mine = page.locator("#messages .message").filter(has_text="@halo quickbooks")
    mine.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread.locator(".message")).to_have_count(2)
    write("@halo the second one", thread=True)
    expect(thread.locator(".message")).to_have_count(4)
    write("/halo jira", thread=True)
    expect(page.locator(".message").filter(has_text="/halo is not supported in threads. Sorry!")).to_be_visible()
    page.get_by_role("button", name="Close the thread").click()
    expect(thread).to_be_hidden()


def test_direct_messages(page: Any, write: Any) -> None:
    """In the direct messages one just asks; each person has their own."""
    page.get_by_role("button", name="Halobot").click()
    expect(page.locator("#messages .message")).to_have_count(0)
    write("jira default status")
    expect(page.locator("#messages .message")).to_have_count(2)
    expect(page.locator("#messages")).to_contain_text("#1016865")
    page.get_by_role("button", name="Bob Baker").click()
    expect(page.locator("#messages .message")).to_have_count(0)


def test_a_link_becomes_a_card(page: Any, write: Any) -> None:
    """A link to an episode's page is unfurled under the message, which stays as it was written; another link stays a
    link.
    """
    write("https://www.risingtidegroup.net/thoughts/by-the-run-book-episode-13 is worth a look")
    shared = page.locator("#messages .message").filter(has_text="is worth a look")
    expect(shared.locator(".attachment")).to_contain_text("episode 13")
    expect(shared.locator(".block").first).to_have_text(
        "https://www.risingtidegroup.net/thoughts/by-the-run-book-episode-13 is worth a look"
    )
    write("https://example.com is not")
    expect(page.locator("#messages .message").filter(has_text="is not").locator(".attachment")).to_have_count(0)


def test_a_channel_without_the_bot(page: Any, write: Any) -> None:
    """Where the bot is not, Slack says how to bring it in; /invite does, and it says hello and answers."""
    page.get_by_role("button", name="secret-plans").click()
    write("@halo jira default status")
    expect(page.locator(EPHEMERAL)).to_contain_text("/invite @halo")
    write("/invite @halo")
    expect(page.locator("#messages .message:not(.ephemeral)").filter(has_text="Halobot")).not_to_have_count(0)
    write("@halo jira default status")
    expect(page.get_by_role("button", name="1 reply")).to_be_visible()
    write("/nonsense")
    expect(page.locator(EPHEMERAL).last).to_contain_text("/nonsense is not a valid command")


def test_the_inspector(page: Any, write: Any) -> None:
    """It shows what was sent to the app and what the app asked for, each in full."""
    write("/halo jira default status")
    page.get_by_role("button", name="Inspector").click()
    drawer = page.get_by_role("complementary", name=re.compile("Inspector"))
    line = drawer.locator("li").filter(has_text="/halo jira default status").first
    line.locator("summary").click()
    expect(line).to_contain_text('"command": "/halo"')
    expect(line).to_contain_text('"response_type": "ephemeral"')
    call = drawer.locator("li").filter(has_text="chat.postMessage").first
    call.locator("summary").click()
    expect(call).to_contain_text('"channel": "C1"')
    expect(call).to_contain_text('"ok": true')
    expect(call).to_contain_text('"bot_id": "BHALO"')


def test_two_windows_agree(page: Any, open_page: Any, write: Any) -> None:
    """What is written in one window appears in another without being asked for."""
    other = open_page()
    write("Hello to both")
    expect(other.locator("#messages")).to_contain_text("Hello to both")
