"""Which verb a text begins with: typed as it is called, misspelt, or undoing another one."""

import pytest

from bot.conversation.verb_finder import find_verb
from bot.conversation.verbs import VERBS, verbs_by_name
from bot.search.service import SearchService


def found(service: SearchService, text: str) -> tuple[str, str, bool] | None:
    """The verb, its argument, and whether it is run without asking; None for a question."""
    with service.snapshot() as snapshot:
        match = find_verb(text, text, snapshot.vocabulary.stems_by_word)
    return (match.verb.name, match.argument, match.is_certain and match.is_complete) if match else None


@pytest.mark.parametrize(
    ("text", "verb", "argument"),
    [
        ("latest", "latest", ""), ("Latest!", "latest", ""), ("version v2.214", "version", "v2.214"),
        ("compare 2.206 2.214", "compare", "2.206 2.214"),
        ("watch quickbooks payments", "watch", "quickbooks payments"),
        ("unwatch quickbooks", "unwatch", "quickbooks"), ("stop watching quickbooks", "unwatch", "quickbooks"),
        ("don't watch quickbooks", "unwatch", "quickbooks"), ("please stop watching invoices", "unwatch", "invoices"),
        ("un-watch quickbooks", "unwatch", "quickbooks"), ("pause", "pause", ""), ("unpause", "resume", ""),
        ("lattest", "latest", ""), ("help digest now", "help", "digest now"), ("subscribr", "subscribe", ""),
        ("cancel the digest", "unsubscribe", ""), ("stop the digest", "unsubscribe", ""),
        ("remove digest", "unsubscribe", ""), ("turn off the digest", "unsubscribe", ""),
        ("change the digest to fridays", "change digest", "to fridays"), ("make it daily", "change digest", "daily"),
        ("make the digest weekly", "change digest", "weekly"), ("edit our digest", "change digest", ""),
        ("tell me when #1016865 is corrected", "watch", "#1016865"),
        ("let me know when there is something new about sso", "watch", "sso"),
        ("notify me when v2.220 comes out", "watch", "v2.220"),
        ("pause for 2 weeks", "pause", "for 2 weeks"), ("stop the digest until friday", "pause", "until friday"),
        ("add jira to the digest", "change digest", "add jira"), ("no more digests", "unsubscribe", ""),
        ("take portal out of our digest", "change digest", "without portal"),
        ("i want the digest daily", "change digest", "daily"),
        ("we don't need the digest any more", "unsubscribe", ""), ("turn the digest back on", "resume", ""),
        ("pause the digest", "pause", ""), ("resume the digest", "resume", ""), ("remove watch", "unwatch", ""),
        ("remove my watch quickbooks", "unwatch", "quickbooks"), ("list all areas", "areas", ""),
        ("what areas are there", "areas", ""), ("wipe all my data", "forget me", ""),
        ("forget everything about me", "forget me", ""),
    ],
)  # fmt: skip
def test_verbs_that_are_run(service: SearchService, text: str, verb: str, argument: str) -> None:
    """As it is called, or misspelt where it changes nothing; "stop watching" is the opposite of "watch"."""
    assert found(service, text) == (verb, argument, True)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("unsubcribe", "unsubscribe"), ("nsubscribe", "unsubscribe"), ("unsubscrib billing", "unsubscribe"),
        ("resum", "resume"), ("resmue", "resume"), ("unpaus", "resume"), ("un-paus", "resume"), ("unpasue", "resume"),
        ("puase", "pause"), ("don't pause", "resume"), ("stop pausing", "resume"), ("dont resume", "pause"),
        ("wacth quickbooks", "watch"), ("unwtach quickbooks", "unwatch"), ("uwatch quickbooks", "unwatch"),
        ("cancel subscription", "unsubscribe"),
        ("subscirbe billing", "subscribe"), ("digest nwo", "digest now"),
    ],
)  # fmt: skip
def test_verbs_that_are_asked_about(service: SearchService, text: str, verb: str) -> None:
    """Misspelt, a verb that changes something is asked about, and it is never the one that does the opposite."""
    match = found(service, text)
    assert match is not None
    assert match[0] == verb
    assert not match[2]


@pytest.mark.parametrize(
    "text",
    [
        "pause between reminders", "import contacts from azure", "version control", "help desk emails",
        "latest invoice missing", "compare quotes with invoices", "status of a ticket", "areas of a site",
        "resume work", "tell me when jira was added", "tell me about sso", "tell me if contacts can sign in",
        "how do i pause it", "How can we mute it?", "how do i turn it on",
        "how do i make it monthly", "pause an sla until the customer answers", "send emails on fridays",
        "make it optional", "email digest daily for agents", "add jira", "without portal", "fridays",
        "move tickets to another team", "stop emails to customers", "cancel an invoice", "remove a user from a ticket",
        "release a quote to a customer", "", "?", "watchguard",
    ],
)  # fmt: skip
def test_questions(service: SearchService, text: str) -> None:
    """What only begins like a verb is a question."""
    assert found(service, text) is None


def test_misspelt_names_never_mean_the_opposite(service: SearchService) -> None:
    """Whichever letter of a name is left out or doubled, or which two are swapped: if it is taken for a verb, it is
    not one whose opposite it is.
    """
    for name, verb in verbs_by_name().items():
        if not verb.opposite or " " in name:
            continue
        slips = {name[:at] + name[at + 1 :] for at in range(1, len(name))}
        slips |= {name[:at] + name[at] + name[at:] for at in range(len(name))}
        slips |= {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(1, len(name) - 1)}
        for slip in slips - set(verbs_by_name()):
            match = found(service, slip)
            assert match is None or match[0] != verb.opposite, slip


def test_every_verb_has_an_answer_or_says_where_it_works() -> None:
    """A verb that needs Slack tells the terminal what to do; opposites name each other."""
    for verb in VERBS:
        assert verb.answer or verb.elsewhere or verb.hidden, verb.name
        assert not verb.opposite or verbs_by_name()[verb.opposite].opposite == verb.name


@pytest.mark.parametrize(
    ("text", "verb", "argument"),
    [
        ("cahnge the digest to friday", "change digest", "to friday"),
        ("please chnage the digest to friday", "change digest", "to friday"),
        ("cancle the digest", "unsubscribe", ""),
        ("puase the digest", "pause", ""),
        ("stop the digset", "unsubscribe", ""),
        ("remvoe portal from the digets", "change digest", "without portal"),
        ("pasue the digset for two weeks", "pause", "for two weeks"),
    ],
)
def test_slips_in_sentences_about_the_digest(service: SearchService, text: str, verb: str, argument: str) -> None:
    """A slip in the verb of a digest, or in its name, is understood, and said so."""
    with service.snapshot() as snapshot:
        match = find_verb(text, text, snapshot.vocabulary.stems_by_word)
    assert match is not None
    assert (match.verb.name, match.argument) == (verb, argument)
    assert "understood as" in match.note


@pytest.mark.parametrize("text", ["end it", "charge the digest to fridays", "send teh digset nwo", "and it", "end ti"])
def test_what_is_no_slip(service: SearchService, text: str) -> None:
    """Another word is none, and nothing that would be posted, or brought back, is guessed."""
    with service.snapshot() as snapshot:
        match = find_verb(text, text, snapshot.vocabulary.stems_by_word)
    assert match is None or (match.verb.name not in ("undo", "digest now") and "charge" not in match.note)
