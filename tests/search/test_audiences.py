"""Talk around a version: who is to be told of it, who asked, and how it is handed over."""

import time

import pytest

from bot.catalog.models import Filters, Version
from bot.search.audiences import without_audience
from bot.search.service import SearchService
from bot.search.vocabulary import Vocabulary
from tests.search.conftest import service, vocabulary

__all__ = ["service", "vocabulary"]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("what should i tell finance about 2.214", "finance"),
        ("please brief the sales team on 2.214", "sales"),
        ("whats in 2.214 that finance will care about", "finance"),
        ("how would 2.214 affect our billing people", "billing"),
        ("summary of 2.214 for the finance director", "finance"),
        ("what do the portal users need to know about 2.214", "portal"),
        ("boss wants to know what's in 2.214 for billing", "billing"),
        ("can you send me everything for billing in 2.214", "billing"),
        ("training notes for 2.214 for the helpdesk", "helpdesk"),
        ("please update the sales team about 2.214", "sales"),
        ("did 2.214 break anything for portal users", "portal"),
        ("will 2.214 break anything in billing", "billing"),
        ("does 2.214 affect sales", "sales"),
        ("what broke for portal users in 2.214", "portal"),
        ("did anything break in the portal in 2.214", "portal"),
    ],
)
def test_people_of_an_area(service: SearchService, text: str, area: str) -> None:
    """What is for the people of an area is what a version has for it."""
    wanted = {hit.entry.key for hit in service.search(f"everything for {area} in 2.214").hits}
    assert wanted
    assert {hit.entry.key for hit in service.search(text).hits} == wanted


@pytest.mark.parametrize(
    "text",
    [
        "what do i tell customers about 2.214",
        "summarise 2.214 for the board",
        "can you email me 2.214",
        "anything our clients should know about 2.214",
        "tell the team about 2.214",
        "what will the techs notice in 2.214",
        "inform the board of 2.214",
        "can you send us everything in 2.214",
        "my manager wants to know what's in 2.214",
    ],
)
def test_everybody(service: SearchService, text: str) -> None:
    """What is for everybody, or is only to be handed over, is all of a version."""
    with service.snapshot() as snapshot:
        query = snapshot.parse(text)
    assert (query.intent, query.filters) == ("version", Filters(versions=(Version(2, 214),)))


@pytest.mark.parametrize(
    "text",
    [
        "how does it affect recurring invoices",
        "what should i tell a client about quotes",
        "does it let users see credit notes",
        "what should jira know about",
        "can you show hidden lines",
        "update the portal layout",
        "notes on consignment lines",
        "what does the wizard need to know",
        "customers can approve quotes",
        "warn before deleting",
        "can users break tickets",
        "what affects the layout",
        "did it break jira",
        "update users",
        "update the client in",
        "inform agents",
        "prepare invoices",
        "notes for agents",
        "announcement for users",
        "meeting notes for tickets",
        "can you send everything to a teams channel",
        "can i send changes to jira",
    ],
)
def test_other_talk(vocabulary: Vocabulary, text: str) -> None:
    """What names nobody, or something else besides, stays as it is."""
    assert without_audience(text, vocabulary) == text


@pytest.mark.parametrize("part", ["please ", "what is in it that ", "need to ", "for finance ", "a", "for the "])
def test_long_texts(vocabulary: Vocabulary, part: str) -> None:
    """A long text takes no longer than its length."""
    started = time.monotonic()
    without_audience(part * (20_000 // len(part)), vocabulary)
    without_audience("what should i tell " + part * 5, vocabulary)
    assert time.monotonic() - started < 1.0
