"""A question that an answer helped is proposed as a phrasing: once, without who asked, and only proposed."""

import pytest

from bot.catalog.phrasings import accepted_phrasings
from bot.catalog.repository import Catalog
from bot.settings import Settings
from bot.storage.database import open_workspace
from bot.storage.feedback import QuestionLog
from bot.storage.models import Proposal
from bot.storage.proposals import Proposals
from tests.whole_app.acting import SlackStandIn, text

QUESTION = "Pick the first status that Jira tickets land in please"


def proposals(settings: Settings) -> list[Proposal]:
    engine = open_workspace(settings.workspace_url)
    found = Proposals(engine).find()
    engine.dispose()
    return found


def ask_and_press(halo: SlackStandIn, question: str, button: str, user: str = "UALICE") -> str:
    halo.only_shown_after(lambda: halo.command("/halo", question, user=user))
    return text(halo.only_shown_after(lambda: halo.click(button, user=user)))


def test_a_helpful_answer_offers_its_question(halo: SlackStandIn, settings: Settings) -> None:
    """Whoever presses and how often: one proposal for the change on top, with nobody's name, and nothing accepted."""
    assert "1016865" in ask_and_press(halo, QUESTION, "helpful")
    ask_and_press(halo, QUESTION.upper(), "helpful", user="UBOB")
    (proposal,) = proposals(settings)
    assert (proposal.key, proposal.field, proposal.state) == ("1016865", "phrasing", "open")
    assert (proposal.text, proposal.origin, proposal.author) == (QUESTION.lower(), "question", "")
    catalog = Catalog(settings.catalog)
    assert accepted_phrasings(catalog.db) == []
    catalog.close()


def test_what_is_not_offered(halo: SlackStandIn, settings: Settings) -> None:
    """An answer that did not help, a list, a version, a number, what has an address or a number of its own in it."""
    ask_and_press(halo, QUESTION, "not_helpful")
    for question in (
        "everything for jira", "v2.206", "1016865", "jira default status since 2.204",
        "default status of jira tickets for bob@example.com", "default status of 4711 jira tickets",
        "which version brought the jira default status",
    ):  # fmt: skip
        ask_and_press(halo, question, "helpful")
    assert proposals(settings) == []


def test_thanked_though_it_cannot_be_kept(
    halo: SlackStandIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the proposal cannot be stored, the person is thanked all the same and sees nothing else."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(Proposals, "add", fail)
    assert "noted as helpful" in ask_and_press(halo, QUESTION, "helpful")
    engine = open_workspace(settings.workspace_url)
    assert QuestionLog(engine).list_stats(halo.now())[0].helpful_count == 1
    engine.dispose()
