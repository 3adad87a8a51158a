"""For everyone: axe-core finds nothing serious in any state of the page, light or dark, wide or narrow; nothing sticks
out at 380 px.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

SERIOUS = ("serious", "critical")
SIDEWAYS = (
    "document.documentElement.scrollWidth - innerWidth"
    " + [...document.querySelectorAll('#messages, #home, .scroll, .modal-body')]"
    ".reduce((most, one) => Math.max(most, one.scrollWidth - one.clientWidth), 0)"
)


def examine(page: Any, where: str, found: list[str]) -> None:
    """Adds what axe calls serious, and how far anything sticks out, to `found`."""
    for violation in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]:
        if violation["impact"] in SERIOUS:
            found += [
                f"{where}: {violation['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
                for node in violation["nodes"][:3]
            ]
    if (wide := page.evaluate(SIDEWAYS)) > 0:
        found.append(f"{where}: {wide} px too wide")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 380])
def test_nothing_serious(open_page: Any, width: int, scheme: str) -> None:
    """Channel, completions, answer, details, thread, search window with suggestions, Home, inspector, sidebar."""
    page = open_page(width, 780, scheme)
    narrow, found = width < 760, list[str]()
    examine(page, "channel", found)
    box = page.locator("#composer-text")
    box.press_sequentially("/")
    expect(page.get_by_role("option").first).to_be_visible()
    examine(page, "completions", found)
    box.fill("/halo jira default status")
    box.press("Enter")
    page.locator(".ephemeral").wait_for()
    examine(page, "answer", found)
    page.locator(".ephemeral").get_by_role("button", name="Details").first.click()
    page.get_by_role("dialog").wait_for()
    examine(page, "details", found)
    page.keyboard.press("Escape")
    page.locator(".replies").first.click()
    page.locator("#thread .message").first.wait_for()
    examine(page, "thread", found)
    page.get_by_role("button", name="Close the thread").click()
    page.get_by_role("button", name="Shortcuts").click()
    examine(page, "shortcuts", found)
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("combobox").first.press_sequentially("prepaid")
    page.get_by_role("dialog").get_by_role("option").first.wait_for()
    examine(page, "suggestions", found)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    if narrow:
        page.get_by_role("button", name="Channels and people").click()
        examine(page, "sidebar", found)
    page.get_by_role("button", name="Halobot").click()
    page.get_by_role("tab", name="Home").click()
    page.locator("#home .block").first.wait_for()
    examine(page, "home", found)
    page.get_by_role("button", name="Inspector").click()
    page.locator("#inspector li").first.wait_for()
    page.locator("#inspector summary").first.click()
    examine(page, "inspector", found)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 380])
def test_nothing_serious_about_digests(open_page: Any, width: int, scheme: str) -> None:
    """A card, paused and not, its window with an existing digest, a removal with Undo, what was removed, a proposal, a
    sample and the help.
    """
    page, found = open_page(width, 780, scheme), list[str]()

    def say(text: str, until: str) -> None:
        page.locator("#composer-text").fill(text)
        page.keyboard.press("Enter")
        expect(page.locator(".ephemeral").last).to_contain_text(until)

    say("/halo subscribe integrations mondays 9am london", "gets a digest")
    examine(page, "card", found)
    say("/halo digest preview", "A sample")
    examine(page, "sample", found)
    say("/halo change the digest to fridays", "Change it to")
    examine(page, "proposal", found)
    say("/halo help", "There is more")
    examine(page, "help", found)
    say("/halo subscriptions", "In this channel")
    card = page.locator(".ephemeral").last
    card.get_by_role("button", name="Pause", exact=True).click()
    expect(card).to_contain_text("Paused until")
    examine(page, "paused", found)
    card.get_by_role("button", name="Edit", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("In words:")
    examine(page, "window", found)
    page.keyboard.press("Escape")
    card.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Remove it").click()
    expect(card).to_contain_text("no longer gets that digest")
    examine(page, "removed", found)
    say("/halo undo", "This was removed in the last day.")
    examine(page, "what was removed", found)
    card.get_by_role("button", name="Undo").click()
    expect(card).to_contain_text("It is back.")
    assert found == []


def test_new_messages_are_announced(page: Any) -> None:
    """The list of messages is a live log, and notes are a status line: a screen reader hears both."""
    log = page.get_by_role("log", name="Messages")
    expect(log).to_have_attribute("aria-live", "polite")
    page.get_by_role("button", name="Bob Baker").click()
    expect(page.get_by_role("status")).to_contain_text("You act as Bob Baker now.")
