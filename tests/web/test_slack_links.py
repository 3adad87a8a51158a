"""Details in Slack lead to the page of the change, where there are pages."""

import json
from collections.abc import Callable

import pytest

from bot.app import Application
from bot.catalog.models import Entry
from bot.settings import Settings
from bot.slack.views.context import ShareTarget
from bot.slack.views.entry_modal import entry_view


@pytest.mark.parametrize(
    ("public_url", "link"),
    [("https://halo.example.com/", "<https://halo.example.com/changes/1234567|Open as a page"), (None, None)],
)
def test_details_link_to_the_page(
    settings_for: Callable[..., Settings], entry: Callable[..., Entry], public_url: str | None, link: str | None
) -> None:
    """With HALO_PUBLIC_URL there is a link to the change's own page; without it there is none."""
    given = {"HALO_PUBLIC_URL": public_url} if public_url else {}
    application = Application(settings_for(HALO_SEEDS="none", SLACK_BOT_TOKEN="xoxb-12345", **given))
    change = entry()
    assert not application.entry_url(change)  # what everybody does not have has no page
    application.catalog.upsert([change])
    view = entry_view(change, {}, [], ShareTarget(), application.services.entry_url(change))
    shown = json.dumps(view)
    assert link in shown if link else "Open as a page" not in shown
