"""A question that an answer helped is proposed as a phrasing: once, without who asked, and only proposed."""

from dataclasses import replace

import pytest

from bot.catalog.phrasings import accepted_phrasings
from bot.catalog.repository import Catalog
from bot.settings import Settings
from bot.storage.database import open_workspace
from bot.storage.feedback import QuestionLog
from bot.storage.models import Proposal, ProposalDraft
from bot.storage.proposals import Proposals
from tests.whole_app.acting import SlackStandIn, buttons, text

QUESTION = "Pick the first status that Jira tickets land in please"


def proposals(settings: Settings) -> list[Proposal]:
    engine = open_workspace(settings.workspace_url)
    found = Proposals(engine).find()
    engine.dispose()
    return found


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """An installation whose one admin is Alice, by her id."""
    return replace(settings, admins=("UALICE",))


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


def propose(settings: Settings, *texts: str) -> None:
    engine = open_workspace(settings.workspace_url)
    Proposals(engine).add([ProposalDraft("1016865", "phrasing", text, "llm", "model") for text in texts], "", 0.0)
    engine.dispose()


def test_an_admin_decides_in_slack(halo: SlackStandIn, settings: Settings) -> None:
    """What waits is shown to an admin alone; accepted, it is found at once; dismissed, it is gone for good."""
    propose(settings, "purple wombat lane", "<!channel> green wombat lane")
    refused = halo.only_shown_after(lambda: halo.command("/halo", "phrasings", user="UBOB"))
    assert "Only some people decide" in text(refused)
    shown = halo.only_shown_after(lambda: halo.command("/halo", "phrasings"))
    assert "2 proposals wait for review" in text(shown)
    assert "&lt;!channel&gt; green wombat lane" in text(shown)
    assert shown.visible_to == "UALICE"
    again = halo.only_shown_after(lambda: halo.click(buttons(shown)["Accept"]["action_id"], ts=shown.ts))
    assert (again.kind, "“purple wombat lane” is accepted" in text(again)) == ("update", True)
    assert "1016865" in text(halo.only_shown_after(lambda: halo.command("/halo", "purple wombat lane")))
    last = halo.only_shown_after(lambda: halo.click(buttons(again)["Dismiss"]["action_id"], ts=shown.ts))
    assert "No phrasings wait for review" in text(last)
    assert [proposal.state for proposal in proposals(settings)] == ["accepted", "dismissed"]


def test_words_that_changed_are_not_accepted(halo: SlackStandIn, settings: Settings) -> None:
    """A click on what somebody edited meanwhile decides nothing, and shows what waits now."""
    propose(settings, "purple wombat lane")
    shown = halo.only_shown_after(lambda: halo.command("/halo", "phrasings"))
    engine = open_workspace(settings.workspace_url)
    Proposals(engine).edit(1, "orange wombat lane", "Bob", 0.0)
    engine.dispose()
    again = halo.only_shown_after(lambda: halo.click(buttons(shown)["Accept"]["action_id"], ts=shown.ts))
    assert "decided or changed since" in text(again)
    assert "orange wombat lane" in text(again)
    assert [proposal.state for proposal in proposals(settings)] == ["open"]
