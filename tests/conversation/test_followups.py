"""What a text means right after an answer."""

import time

import pytest

from bot.conversation import followup_answers
from bot.conversation.answers import EntryAnswer, Interpretation, ResultAnswer, ShareAnswer, TextAnswer, answer_keys
from bot.conversation.aspects import find_aspect
from bot.conversation.followup_answers import NOTHING_LEFT
from bot.conversation.followups import FollowUp, parse_follow_up
from bot.conversation.interpret import interpret, remember
from bot.conversation.models import LastAnswer
from bot.search.service import SearchService

JIRA, CANNED_TEXT_IN_CHAT = "1016865", "1024945"


def follow_up(service: SearchService, text: str) -> FollowUp | None:
    """How a text goes on from an answer of the shipped catalogue."""
    with service.snapshot() as snapshot:
        return parse_follow_up(snapshot, text)


def converse(service: SearchService, *texts: str) -> Interpretation:
    """The meaning of the last of these texts, said one after the other; each answer is shown whole."""
    last: LastAnswer | None = None
    with service.snapshot() as snapshot:
        for text in texts:
            meaning = interpret(snapshot, text, last)
            keys = answer_keys(meaning.answer)
            last = remember(meaning, last, keys, len(keys)) or last
    return meaning


def keys_of(service: SearchService, *texts: str) -> tuple[str, ...]:
    """The keys that the last of these texts is answered with."""
    return answer_keys(converse(service, *texts).answer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("more", FollowUp("more")), ("show me more, please", FollowUp("more")), ("what else?", FollowUp("more")),
        ("show all", FollowUp("all")), ("list them all", FollowUp("all")), ("share it", FollowUp("share")),
        ("post this in the channel", FollowUp("share")), ("2", FollowUp("pick", 1)),
        ("the second one", FollowUp("pick", 1)), ("thanks, the 3rd result", FollowUp("pick", 2)),
        ("the last one", FollowUp("pick", -1)), ("the other one", FollowUp("other")),
        ("is there anything newer?", FollowUp("newer")), ("and before that?", FollowUp("older")),
        ("how many is that", FollowUp("count")), ("how many?", FollowUp("count")),
        ("the one for reopened tickets", FollowUp("one", subject="reopened tickets")),
        ("the jira one", FollowUp("one", subject="jira")), ("only billing", FollowUp("narrow", subject="billing")),
        ("just the portal ones", FollowUp("narrow", subject="portal")),
        ("do any of them mention quotes", FollowUp("narrow", subject="quotes")),
        ("not jira, azure devops", FollowUp("change", subject="azure devops", is_correction=True)),
        ("what else is in that version", FollowUp("same version")), ("what came next", FollowUp("newer")),
        ("the previous release", FollowUp("older")), ("can I see the rest", FollowUp("more")),
        ("which of those are about invoices", FollowUp("narrow", subject="invoices")),
        ("how many of those are billing", FollowUp("narrow", aspect="count", subject="billing")),
        ("and in chat?", FollowUp("change", subject="in chat")),
        ("since 2.210", FollowUp("change", subject="since 2.210")),
        ("what about the portal", FollowUp("change", subject="the portal")),
        ("no, I meant recurring invoices", FollowUp("change", subject="recurring invoices", is_correction=True)),
        ("and whatsapp, anything there?", FollowUp("change", subject="whatsapp")),
        ("anything for the service desk in there", FollowUp("narrow", subject="service desk")),
        ("not portal", FollowUp("without", subject="portal")), ("no jira please", FollowUp("without", subject="jira")),
        ("without the recurring invoice ones", FollowUp("without", subject="recurring invoice")),
        ("which are most important", FollowUp("important")), ("what matters most?", FollowUp("important")),
        ("what's the difference between them", FollowUp("both")), ("compare these", FollowUp("both")),
        ("how many are left", FollowUp("count")), ("which one is the biggest", FollowUp("important")),
        ("without calendar", FollowUp("without", subject="calendar")),
    ],
)  # fmt: skip
def test_ways_to_go_on(service: SearchService, text: str, expected: FollowUp) -> None:
    """Results are paged, picked, narrowed and changed in the words people use, with politeness around them."""
    assert follow_up(service, text) == expected


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("when was that discussed", "minute"), ("which episode?", "minute"),
        ("in which minute do they talk about it", "minute"),
        ("where can I watch it", "minute"), ("link please", "link"), ("send me the url", "link"),
        ("which version", "version"), ("when did that come", "version"), ("since when do we have that", "version"),
        ("when was it released?", "version"), ("is that out yet", "version"), ("any warnings about it?", "warning"),
        ("should we test it first?", "warning"), ("is it safe", "warning"), ("any gotchas?", "warning"),
        ("who does that help", "detail"), ("who is it for?", "detail"), ("tell me more", "detail"),
        ("tell me more about it please", "detail"), ("what does it do", "detail"), ("how does that work?", "detail"),
        ("how do I turn it on", "detail"), ("where is that setting", "detail"), ("what's it for", "detail"),
        ("show me that", "detail"), ("is there anything to watch out for", "warning"),
        ("where can I read more", "link"),
        ("is that in our version, 2.208?", "availability"),
        ("do we have it on 2.210", "availability"), ("is that in 2.214?", "availability"),
        ("does it work in 2.210?", "availability"), ("do we need to enable it", "enabling"),
        ("is it on by default?", "enabling"), ("turn off?", "enabling"), ("does that act by itself", "enabling"),
        ("is it in 2.212 already", "availability"), ("what changed there", "detail"),
        ("who decided that", "detail"), ("so it's off?", "enabling"), ("is that on now", "enabling"),
        ("how to enable", "detail"), ("where do I switch that on", "detail"), ("tldr", "detail"),
        ("what changed in it exactly", "detail"), ("who asked for this?", "detail"), ("screenshot?", "link"),
        ("any docs on that", "link"), ("is that per agent or for everyone", "other"),
        ("can it be set for one client only", "other"), ("so does this also apply to end users", "other"),
    ],
)  # fmt: skip
def test_aspects(service: SearchService, text: str, aspect: str) -> None:
    """A fact about the answer is asked for in small words, words for the answer, and words of one aspect."""
    found = follow_up(service, text)
    assert found is not None
    assert found.aspect == aspect


@pytest.mark.parametrize(
    "text",
    [
        "jira default status", "v2.214", "#1016865", "and", "and #1016865", "", "area:billing since 2.210",
        "which version is needed for QuickBooks payments", "when was the portal login changed",
        "links that only work once", "default settings", "turn off notifications", "anything for billing?",
        "link tickets to assets", "who can approve a quote",
        "warning before an SLA breach",
        "is it possible to set a limit per agent", "is it normal for tickets to vanish", "documentation",
        "turn on two factor login", "will it be possible to merge tickets", "not notified", "no sound on chat",
        "how many agents can share a licence", "more than one mailbox", "one ticket for each alert",
        "tell me about jira", "only agents see private notes", "how does dispatching work", "no access to the portal",
        "the invoice and the quote have different totals and nobody knows " + "why " * 50,
    ],
)  # fmt: skip
def test_questions_of_their_own(service: SearchService, text: str) -> None:
    """A text with words of its own, and no sign that it goes on, is a question of its own."""
    assert follow_up(service, text) is None


@pytest.mark.parametrize(
    ("last_question", "text", "question"),
    [
        ("invoice", "and for v2.214?", "invoice for v2.214"), ("invoice v2.206", "and in v2.214", "invoice in v2.214"),
        ("invoice version:2.206", "since 2.210", "invoice since 2.210"),
        ("invoice", "area:billing", "invoice area:billing"),
        ("invoice area:portal", "and area:billing", "invoice area:billing"),
        ("everything for jira", "only billing", 'everything for jira area:"Billing & invoicing"'),
        ("v2.214", "only the portal", 'v2.214 area:"Portal"'), ("v2.214", "and v2.212?", "v2.212"),
        ('v2.214 area:"Portal"', "and in 2.212?", 'area:"Portal" in 2.212'),
        ('v2.214 area:"Portal"', "what about billing", 'version:2.214 area:"Billing & invoicing"'),
        ("v2.214", "only quickbooks", "everything for quickbooks version:2.214"),
        ("everything for xero", "and quickbooks?", "everything for quickbooks"),
        ("invoice v2.206", "what about quotes", "everything for quotes version:2.206"),
        ("v2.214", "and before that?", "version:2.212"), ("latest", "and before that?", "version:2.214"),
        ("v2.214", "anything newer?", "version:2.216"),
        ("compare 2.206 2.208", "only chat", 'v2.206 -> v2.208 area:"Chat"'),
        ("everything for jira version:2.214", "and before that?", "everything for jira before v2.214"),
        ("everything for jira in 2.214", "and before that?", "everything for jira before v2.214"),
        ("what's new", "only integrations", 'version:2.216 area:"Integrations"'),
        ("v2.214", "compare with 2.210", "compare 2.214 2.210"),
        ("chat changes since 2.210", "what about the portal", "everything for portal since v2.210"),
        ("compare 2.206 2.214", "only quickbooks", "everything for quickbooks v2.206 -> v2.214"),
        ("google maps for our sites", "no, I meant google workspace", "google workspace"),
        ("breaking changes in 2.214?", "what about 2.216", "breaking changes 2.216"),
        ("portal stuff 2.214 but only things we switch on", "and 2.208?",
         "portal stuff but only things we switch on 2.208"),
        ("v2.214", "not the portal", "v2.214 but not portal"),
        ("upgrade 2.206 2.214", "without billing", "v2.206 -> v2.214 but not billing"),
        ("everything for quickbooks", "not the tax ones", "everything for quickbooks but not tax"),
        ("v2.214", "what matters most", "v2.214 highlights:yes"),
        ("upgrade 2.214 2.216", "from 2.210", "upgrade 2.210 2.216"),
        ("upgrade 2.214 2.216", "and from 2.206?", "upgrade 2.206 2.216"),
        ("upgrade 2.206 2.216", "and to 2.212?", "upgrade 2.206 2.212"),
    ],
)  # fmt: skip
def test_changed_questions(service: SearchService, last_question: str, text: str, question: str) -> None:
    """New filters replace those of the last question and keep its words; new words keep its versions; the new question
    means the same whenever it is asked.
    """
    meaning = converse(service, last_question, text)
    assert meaning.question == question
    assert keys_of(service, question) == answer_keys(meaning.answer)


def test_another_subject_of_the_same_question(service: SearchService) -> None:
    """ "and in chat?" is the last question about chat, not anything about chat."""
    assert keys_of(service, "canned text shortcuts", "and in chat?")[0] == CANNED_TEXT_IN_CHAT


def test_one_of_those_shown(service: SearchService) -> None:
    """One is picked by its place or by what it is about; the list stays, and "it" is the one that was picked."""
    shown = keys_of(service, "v2.216")
    assert keys_of(service, "v2.216", "the second one") == shown[1:2]
    assert keys_of(service, "v2.216", "the second one", "the first one") == shown[:1]
    assert keys_of(service, "v2.216", "the second one", "which version") == shown[1:2]
    assert keys_of(service, "v2.216", "the second one", "the other one") == shown[2:3]
    picked = keys_of(service, "v2.216", "the one for the unknown networks in auvik")
    assert picked[0] in shown
    assert picked == keys_of(service, "v2.216", "the auvik one")


def test_a_single_answer_keeps_the_list(service: SearchService) -> None:
    """After a list and an answer of one entry, "the second one" is of the list, and "it" the entry."""
    asked = ("v2.216", f"#{JIRA}")
    assert keys_of(service, *asked, "the second one") == keys_of(service, "v2.216")[1:2]
    assert keys_of(service, *asked, "which version") == (JIRA,)


def test_aspects_are_of_the_entry_that_was_shown(service: SearchService) -> None:
    """What is asked about an answer is answered with its best entry, or the one that was picked."""
    answer = converse(service, "jira default status", "do we have it on 2.210").answer
    assert isinstance(answer, EntryAnswer)
    assert (answer.entry.key, answer.aspect, [str(version) for version in answer.versions]) == (
        JIRA, "availability", ["v2.210"],
    )  # fmt: skip


def test_warnings_of_a_list(service: SearchService) -> None:
    """ "which ones have warnings" shows those of the list; "any warnings about it" the one that is looked at."""
    listed = keys_of(service, "v2.214")
    with service.snapshot() as snapshot:
        expected = {entry.key for entry in snapshot.entries(listed) if entry.caution}
    assert 0 < len(expected) < len(listed)
    for text in ("which ones have warnings?", "any of those risky?"):
        assert expected <= set(keys_of(service, "v2.214", text)) <= set(listed)
    assert keys_of(service, "v2.214", "any warnings about it?") == listed[:1]


def test_nothing_newer(service: SearchService) -> None:
    """Where nothing came after, that is said, and not anything else shown."""
    answer = converse(service, "v2.216", "anything newer?").answer
    assert isinstance(answer, TextAnswer)
    assert "v2.216" in answer.text


def test_how_many(service: SearchService) -> None:
    """The number is said, and what is counted is shown."""
    counted = converse(service, "v2.216", "how many is that")
    assert counted.note == "11 changes."
    assert answer_keys(counted.answer) == keys_of(service, "v2.216")


def test_all_of_a_search(service: SearchService) -> None:
    """ "show all" shows what was behind "more" too."""
    shown = converse(service, "invoice", "show all")
    assert shown.is_whole
    assert isinstance(shown.answer, ResultAnswer)
    assert set(answer_keys(shown.answer)) == set(keys_of(service, "invoice"))
    assert not shown.answer.result.more_hits


@pytest.mark.parametrize("text", ["more", "the second one", "the other one", "share"])
def test_nothing_to_go_on_from(service: SearchService, text: str) -> None:
    """Where nothing was answered, that is said; nothing is searched for."""
    assert isinstance(converse(service, text).answer, TextAnswer)


def test_after_an_answer_without_entries(service: SearchService) -> None:
    """ "which version" of nothing is nothing; the list before it can still be picked from."""
    assert isinstance(converse(service, "xqzv wvvq", "which version").answer, TextAnswer)
    assert isinstance(converse(service, "xqzv wvvq", "share").answer, TextAnswer)
    assert isinstance(converse(service, "jira default status", "share").answer, ShareAnswer)


def test_long_texts_cost_little(service: SearchService) -> None:
    """Whatever is pasted after an answer is understood in time that grows with its length."""
    for part in ("and ", "the one for ", "no, ", "!", "only ", ", ", "how many of those are "):
        begun = time.thread_time()
        follow_up(service, part * 2_000)
        follow_up(service, (part * 200)[:199])
        assert time.thread_time() - begun < 1


def test_narrowing_to_an_area_that_has_none(service: SearchService) -> None:
    """Where no entry of the list is of the area, those that are about it by their words are the answer."""
    warnings = "which changes come with a warning"
    narrowed = keys_of(service, warnings, "only billing")
    assert narrowed
    assert set(narrowed) < set(keys_of(service, warnings))
    assert keys_of(service, warnings, "only billing", "the last one") == narrowed[-1:]


@pytest.mark.parametrize(
    "text",
    [
        "which changes come with a warning", "what is off by default in 2.212", "which changes are opt-in",
        "list all changes with a caution", "show me everything with a warning", "what should we test first in 2.216",
        "what acts by itself in 2.214",
    ],
)  # fmt: skip
def test_a_whole_question_after_a_list(service: SearchService, text: str) -> None:
    """A question that names what it asks for is no narrowing of the list before it."""
    with service.snapshot() as snapshot:
        assert parse_follow_up(snapshot, text) is None


@pytest.mark.parametrize("text", ["any with a warning?", "and with a warning?", "only the opt-in ones", "highlights"])
def test_a_filter_after_a_list(service: SearchService, text: str) -> None:
    """A filter alone narrows the list before it, whatever words that list was asked for with."""
    with service.snapshot() as snapshot:
        follow_up = parse_follow_up(snapshot, text)
        assert follow_up
        assert follow_up.kind in ("change", "narrow", "aspect")


@pytest.mark.parametrize("typed", ["area:portal", 'area:"Users & security"', "episode:13", "kind:faq"])
def test_typed_filters_that_leave_nothing(service: SearchService, typed: str) -> None:
    """Where nothing of the last answer passes a typed filter, it is answered by itself, which is said."""
    meaning = converse(service, "fixes since 2.210", typed)
    assert meaning.note == NOTHING_LEFT
    assert answer_keys(meaning.answer) == keys_of(service, typed)
    assert converse(service, "everything since 2.210", "area:portal").note == ""


@pytest.mark.parametrize("text", ["aa:" * 60 + '"', "aa:a" * 25 + " " * 200 + '"', 'area:"' * 150])
def test_what_looks_like_many_filters_costs_little(service: SearchService, text: str) -> None:
    """Colons in a row, in which filters could begin anywhere, take no time to be told from filters."""
    begun = time.thread_time()
    assert converse(service, "fixes since 2.210", text).note != NOTHING_LEFT
    assert followup_answers._TYPED_FILTERS.fullmatch(text) is None
    assert time.thread_time() - begun < 1


def test_a_version_that_leaves_nothing(service: SearchService) -> None:
    """In words, that there is nothing is the answer: "what about 2.212" is still about the subject."""
    answer = converse(service, "jira", "what about 2.212").answer
    assert isinstance(answer, ResultAnswer)
    assert not answer.result.has_answer


def test_only_those_of_an_impact(service: SearchService) -> None:
    """ "Only the opt-in ones" after a bare subject finds what is both."""
    answer = converse(service, "approvals", "only the opt-in ones").answer
    assert isinstance(answer, ResultAnswer)
    assert answer.result.hits
    assert {hit.entry.impact for hit in answer.result.hits} == {"opt-in"}


@pytest.mark.parametrize("text", ["*latest*", "> latest", "1. latest", "- _latest_", "`latest`"])
def test_pasted_formatting(service: SearchService, text: str) -> None:
    """A command that was pasted with its formatting is the command."""
    with service.snapshot() as snapshot:
        assert interpret(snapshot, text).question == interpret(snapshot, "latest").question


@pytest.mark.parametrize(
    "texts", [("canned text changes",), ("canned text changes", "the second one"), ("canned text",)]
)
def test_a_subject_in_an_area(service: SearchService, texts: tuple[str, ...]) -> None:
    """ "And in chat?" after changes on a subject, or one of them, asks for the subject there."""
    assert keys_of(service, *texts, "and in chat?")[0] == CANNED_TEXT_IN_CHAT


def test_another_area_after_an_area(service: SearchService) -> None:
    """After the list of a whole area, and where the subject has nothing there, "and in chat?" asks for that area."""
    for first in ("portal changes", "quickbooks changes"):
        assert set(keys_of(service, first, "and in chat?")) == set(keys_of(service, "everything for chat"))


@pytest.mark.parametrize("text", ["are there others", "are there any more?", "is there more", "do you have any others"])
def test_whether_there_are_more(service: SearchService, text: str) -> None:
    """Whether there are others is asked of the answer before."""
    assert follow_up(service, text) == FollowUp("more")


def test_the_difference(service: SearchService) -> None:
    """Asked how two changes differ, both are shown, and it is said that nothing compares them; of a long list the two
    have to be named.
    """
    for first in ("1016865 1024297", "avalara"):
        shown = keys_of(service, first)[:2]
        meaning = converse(service, first, "what's the difference?")
        assert answer_keys(meaning.answer) == shown
        assert "compare nothing" in meaning.note
    asked = converse(service, "v2.214", "compare them").answer
    assert isinstance(asked, TextAnswer)
    assert "Which two?" in asked.text


@pytest.mark.parametrize("text", ["which are the most important?", "what matters most", "the important ones"])
def test_what_is_important(service: SearchService, text: str) -> None:
    """Of a list the highlights are; one change is shown again."""
    highlights = set(keys_of(service, "v2.214 highlights:yes"))
    assert highlights
    assert set(keys_of(service, "v2.214", text)) == highlights
    assert keys_of(service, JIRA, text) == (JIRA,)


def test_switching_the_bot_off_is_not_about_the_answer() -> None:
    """ "How do I turn you off" is said to the bot, whatever was answered before."""
    assert find_aspect("how do i turn you off in here") is None
    assert find_aspect("how do i turn it off") == "detail"
