"""What can be typed: verbs, their help, and everything else, which is a search."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.conversation.verbs import HELP_GROUPS, VERBS
from bot.settings import Settings
from bot.slack.views.help import EXAMPLES
from tests.whole_app.acting import SlackStandIn, text

# What each of help's questions has to find first.
FIRST_HITS = {
    "jira default status": "#1016865", "can prepaid be money instead of hours": "#758980", "1016865": "#1016865",
    "portal stuff since 2.210": "#1034684", "area:billing since 2.210": "#831614",
}  # fmt: skip


def test_help_lists_every_verb_with_an_example_that_works(halo: SlackStandIn) -> None:
    """Each verb is in the help of one of the groups, which have a button each under `help`; its example, typed as it
    stands there, is answered once, as that verb and not as a search.
    """
    help = halo.only_shown_after(partial(halo.command, "/halo", "help"))
    assert len(text(help)) < 4_000
    shown = ""
    for group in HELP_GROUPS:
        pressed = halo.only_shown_after(partial(halo.click, f"help_group:{group.name}"))
        typed = halo.only_shown_after(partial(halo.command, "/halo", f"help {group.name}"))
        assert [block["text"]["text"] for block in pressed.blocks] == [block["text"]["text"] for block in typed.blocks]
        shown += text(typed)
        help = halo.only_shown_after(partial(halo.command, "/halo", "help"))
    for verb in VERBS:
        if not verb.hidden:
            assert f"`/halo {verb.example}`" in shown
            answer = halo.only_shown_after(partial(halo.command, "/halo", verb.example))
            assert answer.kind in ("ephemeral", "view")
            assert "Nothing on that yet" not in answer.text
            assert "reference" not in answer.text


def test_help_s_questions_find_what_they_ask_for(halo: SlackStandIn) -> None:
    """Every example of a question in `help` has the right change first."""
    assert [example for example, _ in EXAMPLES] == list(FIRST_HITS)
    for example, number in FIRST_HITS.items():
        shown = text(halo.only_shown_after(partial(halo.command, "/halo", example)))
        assert shown.index(number) == min(shown.index(mark) for mark in ("#", number) if mark in shown)


@pytest.mark.parametrize("ask", ["mention", "dm"])
def test_help_wherever_it_is_asked(halo: SlackStandIn, ask: str) -> None:
    """`@halo help` in its thread, `help` in a direct message: with what one types there."""
    answer = halo.only_shown_after(lambda: getattr(halo, ask)("help"))
    assert (
        "`@halo jira default status`" in text(answer) if ask == "mention" else "`jira default status`" in text(answer)
    )
    assert (answer.thread_ts is None) == (ask == "dm")


# Typed, and what the answer has to say.
ANSWERS = {
    "hlep": "“hlep” understood as “help”", "lattest": "understood as “latest”", "stauts": "understood as “status”",
    "help watch": "*watch*",
    "help digest preview": "*digest preview*", "help digest now": "*digest now*",
    "help preview digest": "*digest preview*",
    "help sla timers": "Details", "digest preveiw": "understood as “digest preview”",
    "help digest": "posts what is new into a channel", "help digests": "make it fridays at 8am",
    "help watches": "A watch is yours alone", "help versions": "what matters first", "help more": "How I am",
    "HELP": "There is more", "@halo help": "There is more",
    "version 2.214": "74 changes", "compare 2.214 2.206": "v2.206 to v2.214",
    "compare v2.206..v2.208": "v2.206 to v2.208",
    **dict.fromkeys(
        ("2.206 -&gt; 2.214", "v2.206 → v2.214", "2.206..2.214", "2.206 vs 2.214", "from 2.206 to 2.214",
         "compare 2.206 2.214",
         "difference between 2.206 and 2.214", "upgrade from v2.206 to v2.214"), "v2.206 to v2.214: 200 changes",
    ),
    "what did we miss since 2.206": "After v2.206: 211 changes", "since 2.216": "Since v2.216: 11 changes",
    "compare": "in between two versions",
    "compare 2.214 2.214": "Both are v2.214", "compare 2.300 2.310": "no version after",
    "areas": "Billing &amp; invoicing", "latest": "v2.216",
    "hello": "Hello! I know",
    "thanks!": "You are welcome",
    "“jira default status”": "1016865", "@halo jira default status": "1016865", "/halo jira default status": "1016865",
    "#1016865": "1016865",
    "https://www.risingtidegroup.net/thoughts/by-the-run-book-episode-13": "Only episode 13",
    "boom": "Showing results for", "watches": "You watch nothing",
    "pause sla when waiting for the customer": "SLA", "version of outlook add-in": "",
    "compare quotes with invoices": "", "zqxv": "Nothing on that yet",
}  # fmt: skip


def test_verbs_and_everything_else(halo: SlackStandIn) -> None:
    """Verbs, misspelt ones, ones that lack something, and words that only begin like a verb: understood or explained,
    once each.
    """
    for typed, said in ANSWERS.items():
        answer = halo.only_shown_after(partial(halo.command, "/halo", typed))
        assert said in text(answer), typed
        assert answer.visible_to == "UALICE"
        if not said:
            assert "For example `/halo" not in text(answer), f"{typed} is a search"


def test_version_alone(halo: SlackStandIn) -> None:
    """`version` alone explains itself, or, after an answer, says which version brought it."""
    say = partial(halo.command, "/halo")
    assert "everything in a version" in text(halo.only_shown_after(partial(say, "version")))
    halo.only_shown_after(partial(say, "jira default status"))
    assert "It came in v2.206." in text(halo.only_shown_after(partial(say, "version")))


def test_boom_only_where_it_was_switched_on(
    slack: SlackStandIn, settings: Settings, restart_with: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    """With HALO_TEST_ERROR_COMMAND=1 `/halo boom` fails: its reference is shown and logged; nothing of the fault is
    shown.
    """
    with restart_with(test_error_command=True):
        answer = slack.only_shown_after(lambda: slack.command("/halo", "boom"))
    assert answer.text.split("reference ")[1].rstrip(".") in caplog.text
    assert "as asked for" in caplog.text
    assert "as asked for" not in answer.text + text(answer)


def test_a_command_goes_on_from_the_one_before(halo: SlackStandIn) -> None:
    """`/halo more` and `/halo the second one` are understood from what the same person was answered there last; another
    person's commands are another conversation.
    """

    def say(words: str, user: str = "UALICE") -> str:
        return text(halo.only_shown_after(partial(halo.command, "/halo", words, user=user)))

    say("v2.214")
    say("jira default status", user="UBOB")
    assert "Details" in say("the second one")
    assert "#1016865" in say("the first one", user="UBOB")
    assert "Press Share" in say("share")


def test_what_only_looks_like_a_watch(halo: SlackStandIn) -> None:
    """ "watch list for tickets" is answered and not watched; how to watch it is said. "unwatch" and "stop watching" end
    a watch of just these words, and set up none.
    """

    def say(words: str) -> str:
        return text(halo.only_shown_after(partial(halo.command, "/halo", words)))

    assert "Nothing is watched" in say("watch list for tickets")
    for typed in ("unwatch quickbooks", "stop watching quickbooks", "don't watch quickbooks", "watches"):
        assert "You watch nothing" in say(typed)
    assert "Did you mean" in say("wacth quickbooks")
    assert "You watch nothing" in say("watches")
    say("watch quickbooks")
    say("watch invoices")
    assert "You watch nothing called" in say("unwatch xero")
    assert "You no longer watch “quickbooks”" in say("stop watching QuickBooks")
    assert "quickbooks" not in say("watches")
    assert "“invoices”" in say("watches")
