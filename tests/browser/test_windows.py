"""The search modal, the Home tab, watches, digests, and the two admin buttons."""

from typing import Any

from playwright.sync_api import expect

from bot.playground import Playground

EPHEMERAL = ".message.ephemeral"


def test_typeahead_in_the_search_window(page: Any) -> None:
    """The shortcut opens the window; typing brings suggestions, arrow keys and Enter pick one, and its change is
    shown.
    """
    page.get_by_role("button", name="Shortcuts").click()
    page.keyboard.press("Enter")
    window = page.get_by_role("dialog", name="Search Halo changes")
    box = window.get_by_role("combobox").first
    expect(box).to_be_focused()
    page.keyboard.type("prepaid")
    expect(window.get_by_role("option").first).to_contain_text("prepaid")
    page.keyboard.press("ArrowDown")
    chosen = window.get_by_role("option", selected=True).locator("span").first.inner_text()
    page.keyboard.press("Enter")
    expect(window.locator(".block-section").first).to_contain_text(chosen.rstrip("…"))
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()


def test_filters_in_the_search_window(page: Any) -> None:
    """Version and area narrow what is found; menus keep what was chosen."""
    page.get_by_role("button", name="Shortcuts").click()
    page.keyboard.press("Enter")
    window = page.get_by_role("dialog", name="Search Halo changes")
    menus = window.locator("select")
    menus.nth(0).select_option("2.214")
    expect(window.get_by_role("heading", name="v2.214: 74 changes")).to_be_visible()
    menus.nth(1).select_option("Portal")
    expect(window).to_contain_text("Portal")
    expect(menus.nth(0)).to_have_value("2.214")


def test_home(page: Any, slack: Playground) -> None:
    """The Home tab is published when it is opened, by mouse or arrow keys; its buttons work."""
    page.get_by_role("button", name="Halobot").click()
    page.get_by_role("tab", name="Messages").focus()
    page.keyboard.press("ArrowLeft")
    home = page.get_by_role("tabpanel", name="Home")
    expect(home).to_contain_text("Newest: v2.216")
    assert slack.home() is not None
    home.get_by_role("button", name="Search Halo changes").click()
    expect(page.get_by_role("dialog", name="Search Halo changes")).to_be_visible()
    page.keyboard.press("Escape")
    home.get_by_role("button", name="jira default status").click()
    expect(page.get_by_role("dialog", name="Search Halo changes")).to_contain_text("#1016865")


def test_watch_and_a_new_version(page: Any, write: Any) -> None:
    """A watched question is answered in a direct message once a version arrives that answers it; the sidebar
    counts it.
    """
    write("/halo watch quickbooks payments")
    expect(page.locator(EPHEMERAL)).to_contain_text("quickbooks payments")
    page.get_by_role("button", name="New version arrives").click()
    expect(page.get_by_role("status")).to_contain_text("v99.1")
    page.get_by_role("button", name="Halobot").filter(has_text="1 unread").click()
    expect(page.locator("#messages")).to_contain_text("Example: QuickBooks payments are matched by reference")
    page.locator("#messages").get_by_role("button", name="Stop this watch").click()
    page.get_by_role("tab", name="Home").click()
    expect(page.get_by_role("tabpanel", name="Home")).not_to_contain_text("“quickbooks payments”")


def test_subscribe_a_week_later_the_digest(page: Any, write: Any) -> None:
    """Subscribe, a version arrives, a week goes by: the digest is in the channel, once, and says what to do with it."""
    write("/halo subscribe everything mondays 9am london")
    expect(page.locator(EPHEMERAL)).to_contain_text("every Monday at 09:00")
    page.get_by_role("button", name="New version arrives").click()
    expect(page.get_by_role("status")).to_contain_text("made-up changes")
    page.get_by_role("button", name="A week later").click()
    expect(page.get_by_role("status")).to_contain_text("1 digest came.")
    digest = page.locator("#messages .message:not(.ephemeral)").filter(
        has_text="Example: Jira statuses can be mapped one by one"
    )
    expect(digest).to_have_count(1)
    expect(page.locator("#messages .day").last).to_contain_text("Monday")
    page.get_by_role("button", name="A week later").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing was due.")
    expect(digest).to_have_count(1)
    digest.get_by_role("button", name="Remove").click()
    sure = page.get_by_role("dialog", name="Remove this digest?")
    expect(sure).to_contain_text("no longer gets everything, every Monday at 09:00")
    sure.get_by_role("button", name="Keep it").click()
    expect(sure).to_be_hidden()
    digest.get_by_role("button", name="Edit", exact=True).click()
    window = page.get_by_role("dialog", name="HaloPSA digest")
    window.get_by_label("Time zone").fill("Atlantis")
    window.get_by_role("button", name="Save").click()
    expect(window.get_by_role("alert")).to_contain_text("Which city")
    window.get_by_label("Time zone").fill("New York")
    window.get_by_role("button", name="Save").click()
    expect(window).to_contain_text("now gets a digest")


def test_examples_run_out(page: Any) -> None:
    """The admin button brings each of its documents once, and says so when there is none left."""
    for said in ("v99.1", "v99.2", "All the examples have arrived"):
        page.get_by_role("button", name="New version arrives").click()
        expect(page.get_by_role("status")).to_contain_text(said)


def test_shortcut_of_a_message(page: Any) -> None:
    """The menu of a message runs the app's shortcut for it: what it is about is found, in a window."""
    message = page.locator("#messages .message").filter(has_text="A customer asks")
    message.hover()
    message.get_by_role("button", name="More for this message").press("Enter")
    expect(page.get_by_role("menuitem")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("#1016865")


def test_a_digest_changed_removed_and_brought_back(page: Any, write: Any) -> None:
    """What was said is confirmed by a button; Remove asks before it ends anything, and Undo brings the digest back."""
    write("/halo subscribe billing mondays 9am")
    page.locator(".message.ephemeral").last.get_by_text("gets a digest").wait_for()
    write("/halo change the digest to fridays")
    asked = page.locator(".message.ephemeral").last
    asked.get_by_role("button", name="Change it").click()
    page.get_by_text("Changed. This is what it is now:").wait_for()
    page.get_by_role("button", name="Remove").last.click()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("no longer gets that digest").wait_for()
    write("/halo undo")
    undone = page.locator(EPHEMERAL).last
    expect(undone).to_contain_text("This was removed in the last day.")
    undone.get_by_role("button", name="Undo").click()
    page.get_by_text("It is back.").wait_for()


def test_the_window_of_a_channel_that_has_a_digest(page: Any, write: Any) -> None:
    """Filled in, the window says in words what it would be; a channel that has a digest is shown with it, to be changed
    in a window of its own or to get another one, and nothing is stored before that is said.
    """
    write("/halo subscribe billing mondays 9am london")
    page.locator(EPHEMERAL).last.get_by_text("gets a digest").wait_for()
    page.get_by_role("button", name="halo-admins").click()
    write("/halo subscribe")
    window = page.get_by_role("dialog", name="HaloPSA digest")
    expect(window).to_contain_text("In words: everything, every Monday at 09:00")
    window.get_by_label("Keywords").press_sequentially("jira")
    expect(window).to_contain_text("In words: about “jira”, every Monday")
    expect(window.get_by_label("Keywords")).to_be_focused()
    window.get_by_label("Keywords").press_sequentially(", teams")
    expect(window).to_contain_text("In words: about “jira” or about “teams”, every Monday")
    window.get_by_label("Keywords").fill("jira")
    expect(window).to_contain_text("In words: about “jira”, every Monday")
    window.get_by_label("On", exact=True).select_option("4")
    expect(window).to_contain_text("about “jira”, every Friday at 09:00")
    window.get_by_label("Channel").select_option("C1")
    expect(window).to_contain_text("already. Change it, or add another?")
    window.get_by_role("button", name="Change it").click()
    expect(page.get_by_role("dialog").last).to_contain_text("In words: Billing & invoicing, every Monday")
    page.get_by_role("button", name="Cancel").last.click()
    window.get_by_role("button", name="Add another").click()
    expect(window).not_to_contain_text("already.")
    expect(window.get_by_label("Keywords")).to_have_value("jira")
    window.get_by_role("button", name="Set it up").click()
    expect(window).to_contain_text("has 2 digests now")


def test_a_window_whose_digest_changed_meanwhile(page: Any, write: Any, slack: Playground) -> None:
    """Saved, it says what the digest is by now and keeps what was filled in; saved again it is done, and Home shows
    it.
    """
    write("/halo subscribe billing mondays 9am london")
    page.locator(EPHEMERAL).last.get_by_text("gets a digest").wait_for()
    page.get_by_role("button", name="Halobot").click()
    page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("tabpanel", name="Home")
    home.get_by_role("button", name="Edit", exact=True).click()
    window = page.get_by_role("dialog", name="HaloPSA digest")
    window.get_by_label("On", exact=True).select_option("2")
    expect(window).to_contain_text("every Wednesday at 09:00")
    slack.command("/halo", "change the digest to chat on fridays", user="UBOB", channel="C1")
    slack.wait_for(lambda entry: entry.visible_to == "UBOB" and "digest_confirm_change:1" in str(entry.blocks))
    slack.click("digest_confirm_change:1", user="UBOB", channel="C1")
    slack.wait_for(lambda entry: entry.visible_to == "UBOB" and "Changed." in str(entry.blocks))
    window.get_by_role("button", name="Save").click()
    expect(window).to_contain_text("It is now Chat, every Friday at 09:00")
    expect(window).to_contain_text("every Wednesday at 09:00")
    window.get_by_role("button", name="Save").click()
    expect(window).to_contain_text("now gets a digest")
    page.keyboard.press("Escape")
    expect(home).to_contain_text("every Wednesday at 09:00")


def test_a_pause_with_an_end_in_the_page(page: Any, write: Any) -> None:
    """Pause, then for two weeks, then until a day: each is said on the card, and Resume takes it back."""
    write("/halo subscribe billing mondays 9am london")
    page.get_by_role("button", name="Pause", exact=True).click()
    card = page.locator(EPHEMERAL).last
    expect(card).to_contain_text("Paused until somebody presses Resume")
    card.get_by_label("Paused until").select_option(label="For two weeks")
    expect(card).to_contain_text("then it goes on by itself")
    card.get_by_label("or until a day").fill("2001-01-01")
    card.get_by_label("or until a day").press("Tab")
    expect(card).to_contain_text("That day is over")
    card.get_by_role("button", name="Resume").click()
    expect(card).to_contain_text("It goes on.")
