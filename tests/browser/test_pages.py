"""The catalogue's pages in a real browser, with JavaScript switched off: search, filter, a change, a version, upgrade.

axe needs scripts, so it looks at the same pages in a second context, which runs nothing else: the pages have none.
"""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bot.app import Application
from bot.client_limit import ClientLimit
from bot.public_app import open_site
from bot.running import bring_pages_up_to_date
from bot.settings import read_settings
from bot.web.server import build_pages_app
from tests.browser.conftest import PATIENCE

SERIOUS = ("serious", "critical")
ADDRESSES = (
    "/", "/search?q=jira+default+status", "/search?q=colour+of+the+moon&area=billing",
    "/search?area=integrations&highlight=1", "/changes/1016865", "/versions/2.214", "/upgrade/2.206/2.214", "/areas",
    "/areas/billing-invoicing", "/episodes/13", "/questions/faq-sso", "/feeds", "/nowhere",
)  # fmt: skip


@pytest.fixture(scope="module")
def site_url(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What `halobot web` serves, on a port of its own."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copy(shipped_file, folder / "catalog.db")
    application = Application(read_settings({"HALO_DATA_DIR": str(folder)}, folder / "no.env"))
    bring_pages_up_to_date(application)
    app = build_pages_app(open_site(application).get, ClientLimit(burst=100_000))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def window(chromium: Any, site_url: str) -> Iterator[Callable[..., Any]]:
    """Opens a window; at the end nothing was fetched from elsewhere, and the console has no complaint."""
    problems: list[str] = []

    with ExitStack() as stack:

        def opened(width: int = 1280, scheme: str = "light", scripts: bool = False) -> Any:
            context = chromium.new_context(
                viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=scripts,
                base_url=site_url, bypass_csp=scripts,
            )  # fmt: skip
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("console", lambda message: problems.append(message.text) if "404" not in message.text else None)
            page.on(
                "request",
                lambda request: None if request.url.startswith(site_url) else problems.append(request.url),
            )
            return page

        yield opened
    assert problems == []


def test_search_filter_change_version_upgrade(window: Callable[..., Any]) -> None:
    """A person finds a change by its words, narrows by a filter, opens it, its version, and the upgrade to it; by
    keyboard where one types.
    """
    page = window(380, "dark")
    page.goto("/")
    page.get_by_role("searchbox").fill("jira default status")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=jira+default+status")
    expect(page.get_by_role("article")).to_contain_text("#1016865")
    page.get_by_text("Filters").click()
    page.get_by_label("Area").select_option("integrations")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**/search?q=jira+default+status&area=integrations")
    expect(page.get_by_role("main")).to_contain_text("Only Integrations")
    page.get_by_role("article").get_by_role("link").first.click()
    page.wait_for_url("**/changes/1016865")
    expect(page.get_by_role("heading", level=1)).to_contain_text("default ticket status")
    expect(page.get_by_role("link", name="Watch 6:08")).to_have_attribute("rel", "noopener noreferrer")
    page.get_by_role("article").get_by_role("link", name="v2.206").click()
    page.wait_for_url("**/versions/2.206")
    page.get_by_label("Upgrade to v2.206 from").select_option("2.204")
    page.get_by_role("button", name="Show the checklist").click()
    page.wait_for_url("**/upgrade/2.204/2.206")
    expect(page.get_by_role("heading", name="Acts by itself")).to_be_visible()


def test_keyboard(window: Callable[..., Any]) -> None:
    """The first Tab offers to skip to the content, and what has the focus is seen to have it."""
    page = window()
    page.goto("/versions")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Halobot")).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (380, "dark")])
def test_nothing_serious(window: Callable[..., Any], width: int, scheme: str) -> None:
    """axe finds nothing serious on any kind of page, and nothing sticks out sideways."""
    page, found = window(width, scheme, scripts=True), list[str]()
    for address in ADDRESSES:
        page.goto(address)
        for violation in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]:
            if violation["impact"] in SERIOUS:
                found += [f"{address}: {violation['id']}: {node['html'][:160]}" for node in violation["nodes"][:3]]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{address}: {wide} px too wide"] if wide > 0 else []
    assert found == []


def test_paper(window: Callable[..., Any]) -> None:
    """On paper there is the change and none of what leads elsewhere on a screen."""
    page = window()
    page.goto("/changes/1016865")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for hidden in ("form.search", ".top nav", "footer"):
        expect(page.locator(hidden)).to_be_hidden()
