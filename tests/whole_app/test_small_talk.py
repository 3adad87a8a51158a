"""What is said to the bot itself, through the whole app: a command, a mention, its thread, a direct message."""

from functools import partial

import pytest
from click.testing import CliRunner

from bot.cli.main import cli
from bot.settings import Settings
from tests.whole_app.acting import SlackStandIn, buttons, text

SAID = {
    "who are you": "I am Halobot",
    "what can you do": "from v2.204 to v2.216, 5 answers to frequent questions and 6 guides",
    "how much does a licence cost": "I do not know what HaloPSA or its licences cost",
    "is halo down?": "cannot see whether Halo is up",
    "when is the next release": "The newest version I know is v2.216",
    "is 2.230 out": "I know nothing of v2.230",
    "hoe kan ik facturen samenvoegen": "I only understand English",
    "that's wrong": "Say it in other words",
    '{"id": 3, "name": "x"}': "looks pasted",
    "test": "I am here",
}


@pytest.mark.parametrize("ask", ["command", "mention", "dm"])
def test_told_honestly(halo: SlackStandIn, ask: str) -> None:
    """Each way in gives the same short reply, with nothing to watch, rate, page or share."""
    for said, reply in SAID.items():
        act = partial(halo.command, "/halo", said) if ask == "command" else partial(getattr(halo, ask), said)
        answer = halo.only_shown_after(act)
        assert reply in text(answer), said
        assert buttons(answer) == {}


def test_is_not_counted_as_unanswered(halo: SlackStandIn, settings: Settings) -> None:
    """The operator's list of questions without an answer has real questions only."""
    for said in (*SAID, "zqxv wvut"):
        halo.only_shown_after(partial(halo.command, "/halo", said))
    environment = {"HALO_CATALOG": str(settings.catalog), "HALO_WORKSPACE_URL": settings.workspace_url}
    shown = CliRunner().invoke(cli, ["questions"], env=environment).output
    assert "zqxv wvut" in shown
    assert [said for said in SAID if said in shown] == []


@pytest.mark.parametrize("said", ["hi, jira default status", "thanks! and jira default status?"])
@pytest.mark.parametrize("ask", ["command", "mention", "dm"])
def test_a_polite_question_is_answered(halo: SlackStandIn, ask: str, said: str) -> None:
    """Politeness around a question does not keep it from being answered."""
    act = partial(halo.command, "/halo", said) if ask == "command" else partial(getattr(halo, ask), said)
    assert "1016865" in text(halo.only_shown_after(act))


def test_in_a_thread(halo: SlackStandIn) -> None:
    """In the thread of an answer, thanks are answered privately, and the conversation goes on about the changes."""
    asked = halo.mention("quickbooks", channel="C2")
    halo.wait_idle()
    thanks = halo.only_shown_after(lambda: halo.mention("thanks!", channel="C2", thread_ts=asked.ts))
    assert ("You are welcome" in text(thanks), thanks.visible_to) == (True, "UALICE")
    who = halo.only_shown_after(lambda: halo.mention("are you an AI?", channel="C2", thread_ts=asked.ts))
    assert ("I am Halobot" in text(who), who.thread_ts) == (True, asked.ts)
    second = halo.only_shown_after(lambda: halo.mention("the second one", channel="C2", thread_ts=asked.ts))
    assert "My last answer" not in text(second)
    assert buttons(second)


def test_in_the_terminal(settings: Settings) -> None:
    """The terminal says the same."""
    environment = {"HALO_CATALOG": str(settings.catalog), "HALO_WORKSPACE_URL": settings.workspace_url}
    for said, reply in SAID.items():
        shown = CliRunner().invoke(cli, ["ask", said], env=environment).output
        assert reply in " ".join(shown.split())
