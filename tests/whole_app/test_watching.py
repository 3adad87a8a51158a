"""Watches: stored from a question, listed, removed, in commands, mentions and direct messages; one's own only."""

from collections.abc import Callable
from functools import partial

from bot.app import Application
from bot.catalog.models import Entry, Version
from bot.settings import Settings
from bot.storage.database import open_workspace
from bot.storage.watches import MAX_WATCHES_PER_PERSON, Watches
from tests.whole_app.acting import SlackStandIn, buttons, text


def watched(slack: SlackStandIn, user: str = "UALICE") -> str:
    """What `watches` says to somebody."""
    return text(slack.only_shown_after(lambda: slack.command("/halo", "watches", user=user)))


def test_stored_listed_and_removed(halo: SlackStandIn) -> None:
    """`watch <words>` says what is watched and how much there is today; `watches` lists them; Remove shows the list
    anew.
    """
    assert "You watch nothing" in watched(halo)
    stored = halo.only_shown_after(lambda: halo.command("/halo", "watch quickbooks payments"))
    assert "when something new answers “quickbooks payments”." in text(stored)
    halo.only_shown_after(lambda: halo.command("/halo", "watch “zendesk”"))
    halo.only_shown_after(lambda: halo.command("/halo", "watch quickbooks payments"))
    listed = halo.only_shown_after(lambda: halo.command("/halo", "watches"))
    assert "You watch 2 questions" in text(listed)
    removed = halo.only_shown_after(lambda: halo.click(buttons(listed)["Remove"]["action_id"]))
    assert (removed.kind, removed.ts) == ("update", listed.ts)
    assert "You no longer watch “quickbooks payments”" in text(removed)
    assert "You watch 1 question*" in text(removed)
    assert "zendesk" in watched(halo)


def test_stop_under_the_confirmation(halo: SlackStandIn) -> None:
    """The button under "I will send you…" ends it; pressed again it says that it is over."""
    stored = halo.only_shown_after(lambda: halo.command("/halo", "watch jira"))
    stop = buttons(stored)["Stop this watch"]["action_id"]
    ended = halo.only_shown_after(lambda: halo.click(stop))
    assert (ended.kind, ended.ts) == ("update", stored.ts)
    assert "You no longer watch “jira”" in text(ended)
    assert "You watch nothing" in watched(halo)


def test_only_one_s_own(halo: SlackStandIn) -> None:
    """In a mention's thread only the one who asked sees it; nobody sees or removes another's."""
    mine = halo.only_shown_after(lambda: halo.mention("watch jira", user="UBOB"))
    assert (mine.kind, mine.visible_to) == ("ephemeral", "UBOB")
    assert "jira" not in watched(halo, "UALICE")
    assert "jira" in watched(halo, "UBOB")
    assert "“sso”" in text(halo.only_shown_after(lambda: halo.dm("watch sso", user="UBOB")))


def test_watch_alone_lists_and_too_many_are_refused(halo: SlackStandIn) -> None:
    """Without words it is the list; one too many is refused in words."""
    assert "You watch nothing" in text(halo.only_shown_after(lambda: halo.command("/halo", "watch")))
    for number in range(MAX_WATCHES_PER_PERSON):
        halo.only_shown_after(partial(halo.dm, f"watch quickbooks {number}"))
    assert f"You have {MAX_WATCHES_PER_PERSON} watches" in text(
        halo.only_shown_after(lambda: halo.command("/halo", "watch one more"))
    )
    assert "and 30 more" in watched(halo)


def test_long_and_odd_questions(halo: SlackStandIn) -> None:
    """They are stored cut and shown escaped."""
    for odd in ("x" * 3_000, "<!channel> & friends", "🔥", "סטטוס"):
        answer = halo.only_shown_after(partial(halo.command, "/halo", f"watch {odd}"))
        assert "<!channel" not in text(answer)
        assert answer.kind == "ephemeral"


def test_what_was_typed_is_watched(halo: SlackStandIn, settings: Settings) -> None:
    """`T&M` is stored as that, though Slack sends `T&amp;M`, and a channel as its name; shown escaped once, in messages
    and windows alike.
    """
    assert "answers “general tickets”" in text(
        halo.only_shown_after(lambda: halo.command("/halo", "watch #general tickets"))
    )
    assert "answers “T&amp;M rates”" in text(halo.only_shown_after(lambda: halo.command("/halo", "watch T&M rates")))
    halo.only_shown_after(lambda: halo.command("/halo", ""))
    halo.only_shown_after(
        lambda: halo.click("window_ask", halo.suggest("window_ask", "zendesk Q&A").options[0]["value"])
    )
    assert "You now watch “zendesk Q&amp;A”" in text(halo.only_shown_after(lambda: halo.click("window_tell_me")))
    engine = open_workspace(settings.workspace_url)
    assert {watch.question for watch in Watches(engine).of_person("T1", "UALICE")} == {
        "general tickets",
        "T&M rates",
        "zendesk Q&A",
    }
    engine.dispose()


def test_what_a_watch_brought_stays(halo: SlackStandIn, settings: Settings, make_entry: Callable[..., Entry]) -> None:
    """Something new arrives and is told directly; stopping the watch under it leaves it to be read, and says so; a
    second press too.
    """
    halo.only_shown_after(lambda: halo.command("/halo", "watch quokka sync"))
    application = Application(settings, halo.now)
    services = application.services
    services.search.catalog.upsert([make_entry(title="Quokka sync for everyone")])
    (brought,) = halo.shown_after(application.digest_runner.run_due)
    assert "New for your watch “quokka sync”" in text(brought)
    stop = buttons(brought)["Stop this watch"]["action_id"]
    for said in ("You no longer watch “quokka sync”", "stopped already"):
        told = halo.only_shown_after(partial(halo.click, stop))
        assert said in text(told)
        assert told.ts != brought.ts
    services.search.catalog.close()


# Said one after the other: what is watched then, and a piece of what is read.
SAME = {
    "watch 1016865": (["#1016865"], "when #1016865 is corrected or changed: Jira"),
    "watch #1016865": (["#1016865"], "when #1016865 is corrected or changed: Jira"),
    "watch change 1016865": (["#1016865"], "when #1016865 is corrected or changed: Jira"),
    "tell me when #1016865 is corrected": (["#1016865"], "when #1016865 is corrected or changed: Jira"),
    "watch 2.230": (["#1016865", "v2.230"], "everything of v2.230; none of it is known today"),
    "tell me when version 2.230 is out": (["#1016865", "v2.230"], "everything of v2.230; none of it is known today"),
    "watch billing": (["#1016865", "billing", "v2.230"], "That means: Billing"),
    "watch the billing area": (["#1016865", "billing", "v2.230"], "“billing”"),
    "watch Billing": (["#1016865", "billing", "v2.230"], "“billing”"),
    "unwatch area:billing": (["#1016865", "v2.230"], "You no longer watch “billing”"),
    "unwatch version 2.230": (["#1016865"], "You no longer watch “v2.230”"), "unwatch 1016865": ([], "no longer watch"),
    "watch 9999999": (["#9999999"], "the change with that number, which I do not know yet"),
    "unwatch #9999999": ([], "You no longer watch"),
    "watch everything": (["everything"], "That means: everything that is new."),
    "watch anything new": (["everything"], "That means: everything that is new."),
    "stop watching everything": (["everything"], "Nothing is removed yet"),
    "watch #1016865 and 1016864": (["everything"], "One at a time: `watch #1016865`, then `watch #1016864`"),
    "watch out for breaking changes": (["everything"], "Nothing is watched"),
    "can you watch a ticket": (["everything"], "a ticket"),
    "how do i watch something": (["everything"], "is yours alone"),
    "please watch jira": (["everything", "jira"], "answers “jira”"),
    "watch jira please": (["everything", "jira"], "answers “jira”"),
    "stop my jira watch": (["everything"], "You no longer watch “jira”"),
    "watch v2.214": (["everything", "v2.214"], "everything of v2.214; 74 changes of it are known today"),
}  # fmt: skip
# What is out already, or came before: nothing is watched.
OUT = {
    "tell me when v2.206 is out": "v2.206 is out, so nothing is watched",
    "let me know when version 2.214 is released": "v2.214 is out, so nothing is watched",
    "notify me once 2.216 comes out please": "v2.216 is out, so nothing is watched",
    "tell me when v2.205 is out": "v2.205 is older than v2.216, and I know no change of it",
}  # fmt: skip


def test_the_same_by_other_words_is_one_watch(halo: SlackStandIn, settings: Settings) -> None:
    """A number, a version or an area is watched once, however it is written, and ended by any of its names."""
    engine = open_workspace(settings.workspace_url)
    for words, (watched_then, shown) in SAME.items():
        said = halo.only_shown_after(partial(halo.command, "/halo", words))
        assert shown in text(said), words
        assert sorted(one.question for one in Watches(engine).of_person("T1", "UALICE")) == watched_then, words
    engine.dispose()


def test_two_of_before_end_together(halo: SlackStandIn, settings: Settings) -> None:
    """What was stored twice, as a number with and without its mark, is ended by either."""
    engine = open_workspace(settings.workspace_url)
    stored = Watches(engine)
    for question in ("1016865", "#1016865", "1016864"):
        stored.add("T1", "UALICE", question, 0, 0.0)
    halo.only_shown_after(partial(halo.command, "/halo", "unwatch #1016865"))
    assert [one.question for one in stored.of_person("T1", "UALICE")] == ["1016864"]
    engine.dispose()


def test_a_version_that_is_out_is_shown(halo: SlackStandIn) -> None:
    """Who waits for it reads what is in it, and how to be told of what is added."""
    for words, shown in OUT.items():
        said = text(halo.only_shown_after(partial(halo.command, "/halo", words)))
        assert shown in said, words
        assert "`watch v2." in said
    assert "41 changes" in text(halo.only_shown_after(partial(halo.command, "/halo", "tell me when v2.206 is out")))
    assert "You watch nothing" in watched(halo)


def test_alerts_that_no_watch_sends(halo: SlackStandIn) -> None:
    """They are searched for; who watches something reads what, with the search beside it."""
    alerts = ("no more alerts for closed tickets", "stop sending me emails about closed tickets")
    for words in alerts:
        assert "You watch nothing" not in text(halo.only_shown_after(partial(halo.command, "/halo", words))), words
    assert "You watch nothing" in text(halo.only_shown_after(lambda: halo.command("/halo", "unwatch xero")))
    halo.only_shown_after(lambda: halo.command("/halo", "watch jira"))
    for words in (alerts[0], "stop telling me about xero"):
        listed = halo.only_shown_after(partial(halo.command, "/halo", words))
        assert "You watch nothing called" in text(listed), words
        assert {"Remove", "Search"} <= set(buttons(listed)), words
    assert "jira" in watched(halo)


# Of somebody who watches tickets and chat: not ended by saying it.
NOT_ENDED = (
    "unwatch a ticket", "unwatch the ticket", "stop watching the ticket", "can you stop watching a ticket",
    "do not alert me about chats", "stop notifying me about new tickets", "stop watching these tickets",
)  # fmt: skip
NOT_WATCHED = (
    "watch a ticket", "watch the queue", "watch my tickets", "tell me when the ticket is updated",
    "tell me when tickets are updated", "tell me when the invoice is changed", "alert me about a ticket",
)  # fmt: skip


def test_one_of_its_kind_is_no_area(halo: SlackStandIn, settings: Settings) -> None:
    """ "The ticket" is HaloPSA's: nothing is ended or watched by it; those who watch something read what, with Remove,
    and with the search.
    """
    for words in (*NOT_WATCHED, *NOT_ENDED):
        said = halo.only_shown_after(partial(halo.command, "/halo", words))
        assert "Stop this watch" not in buttons(said), words
    assert "You watch nothing" in watched(halo)
    for words in ("watch tickets", "watch chat"):
        halo.only_shown_after(partial(halo.command, "/halo", words))
    for words in NOT_ENDED:
        listed = halo.only_shown_after(partial(halo.command, "/halo", words))
        assert {"Remove", "Search"} <= set(buttons(listed)), words
    assert "You watch 2 questions" in watched(halo)
    halo.only_shown_after(partial(halo.command, "/halo", 'watch "a ticket"'))
    for words in ("unwatch tickets", "stop watching chat"):
        assert "You no longer watch" in text(halo.only_shown_after(partial(halo.command, "/halo", words))), words
    assert "You watch nothing" in watched(halo)


# Nothing is watched by these: a piece of what is read.
ASKED_FIRST = {
    "watch jira weekly": "`watch jira`. On set days a channel can have a digest: `subscribe jira weekly`",
    "watch jira every monday": "`subscribe jira every monday`", "watch jira on fridays": "`subscribe jira on fridays`",
    "watch jira for kevin": "A watch is yours alone", "watch jira in this channel": "A watch is yours alone",
    "watch jira for the team": "A watch is yours alone", 'watch ""': "What should it be?",
    "watch my watches": "You watch nothing", "watch the digest": "a digest is posted to its channel",
    "watch watch": "a direct message when something new answers these words", "watch this space": "Nothing is watched",
}  # fmt: skip
# Watched in these words, or in those that the courtesy leaves.
AS_SAID = {
    "watch payments for invoices": "payments for invoices", "watch weekly reports": "weekly reports",
    "let me know about anything new for quickbooks": "quickbooks", "watch jira for me": "jira",
}  # fmt: skip


def test_what_is_no_part_of_a_watch(halo: SlackStandIn, settings: Settings) -> None:
    """A day, a person or a channel is asked about; what only sounds so is watched."""
    for words, shown in ASKED_FIRST.items():
        said = halo.only_shown_after(partial(halo.command, "/halo", words))
        assert shown in text(said), words
    engine = open_workspace(settings.workspace_url)
    stored = Watches(engine)
    assert stored.of_person("T1", "UALICE") == []
    for words, watched_then in AS_SAID.items():
        halo.only_shown_after(partial(halo.command, "/halo", words))
        assert watched_then in {one.question for one in stored.of_person("T1", "UALICE")}, words
    engine.dispose()


def test_what_may_be_a_watch_is_searched_for(halo: SlackStandIn) -> None:
    """Nothing is watched or ended; how it would be is said above what was found."""
    halo.only_shown_after(partial(halo.command, "/halo", "watch jira"))
    for words, note in (
        ("follow zendesk", "say `watch zendesk`"),
        ("forget jira", "say `unwatch jira`"),
        ("tell bob when zendesk changes", "A watch is yours alone"),
        ("edit my watch", "A watch cannot be edited"),
    ):
        assert note in text(halo.only_shown_after(partial(halo.command, "/halo", words))), words
    assert "You watch 1 question*" in watched(halo)


def test_when_this_is_corrected(halo: SlackStandIn) -> None:
    """The change that was shown is watched, not the words that it was asked by; of several, one has to be named."""
    halo.only_shown_after(partial(halo.command, "/halo", "#1016865"))
    assert "when #1016865 is corrected or changed" in text(
        halo.only_shown_after(partial(halo.command, "/halo", "tell me when this is corrected"))
    )
    halo.only_shown_after(partial(halo.command, "/halo", "jira"))
    asked = text(halo.only_shown_after(partial(halo.command, "/halo", "tell me when it is fixed")))
    assert "Which one? Say `watch #" in asked
    halo.only_shown_after(partial(halo.command, "/halo", "quokka wombat"))
    said = text(halo.only_shown_after(partial(halo.command, "/halo", "let me know when it is fixed")))
    assert "I showed no change here" in said
    assert "jira" not in watched(halo)


def test_an_area_a_version_and_the_next_one(
    halo: SlackStandIn, settings: Settings, make_entry: Callable[..., Entry]
) -> None:
    """What is watched is said in words; all that arrives of it is told, whatever it says, once and in one message with
    a button for each watch and the details of each change.
    """
    for asked, meant in (
        ("watch the portal area", "That means: Portal."),
        ("watch everything in v2.301", "That means: everything of v2.301; none of it is known today."),
        ("tell me when a new version is out", "That means: the first changes of each new version."),
    ):
        assert meant in text(halo.only_shown_after(partial(halo.command, "/halo", asked)))
    assert "That means" not in text(halo.only_shown_after(partial(halo.command, "/halo", "watch portal login")))
    application = Application(settings, halo.now)
    catalog = application.services.search.catalog
    catalog.upsert(
        [
            make_entry("1900001", title="Quokka", area="Portal", version=Version(2, 206)),
            make_entry("1900002", title="Wombat", area="Chat", version=Version(2, 301)),
            make_entry("1900003", title="Emu", area="Chat", version=Version(2, 206)),
        ]
    )
    (brought,) = halo.shown_after(application.digest_runner.run_due)
    assert "Quokka" in text(brought)
    assert "Wombat" in text(brought)
    assert "Emu" not in text(brought)
    stops = {label for label in buttons(brought) if label.startswith("Stop")}
    assert stops == {"Stop “the portal area”", "Stop “everything in v2.301”", "Stop “a new version”"}
    assert "Details" in buttons(brought)
    assert halo.shown_after(application.digest_runner.run_due) == []
    catalog.close()
