"""`forget me` by a command, a mention and a direct message: said before, confirmed once, said after."""

from bot.app import Application
from bot.settings import Settings
from tests.whole_app.acting import SlackStandIn, buttons, text


def test_forget_me(halo: SlackStandIn, settings: Settings) -> None:
    """What would be erased and kept is told to that person only; the button erases it, and nothing is remembered."""
    stores = Application(settings, halo.now).stores
    halo.command("/halo", "watch quickbooks")
    halo.dm("jira default status")
    halo.wait_idle()
    for ask in (
        lambda: halo.command("/halo", "forget me"),
        lambda: halo.mention("<@UHALO> forget me"),
        lambda: halo.dm("delete my data"),
    ):
        shown = halo.only_shown_after(ask)
        assert "I can erase" in text(shown)
        assert shown.visible_to == "UALICE" or shown.channel == "DUALICE"
        assert len(stores.watches.of_person("T1", "UALICE")) == 1
    erase = buttons(shown)["Erase"]
    assert erase["confirm"]["text"]["text"] == "This cannot be undone."
    done = halo.only_shown_after(lambda: halo.click(erase["action_id"], user="UALICE"))
    assert "1 watch" in text(done)
    assert stores.watches.of_person("T1", "UALICE") == []
    followed = halo.shown_after(lambda: halo.dm("the second one"))
    assert "jira" not in text(followed[-1]).lower()


def test_a_question_about_forgetting_is_a_question(halo: SlackStandIn) -> None:
    """Only the words alone are the verb."""
    shown = halo.command("/halo", "forget me not password reset").shown
    assert "I can erase" not in text(shown[-1])
