"""The many ways to ask for all changes of something, for what is new itself, and bare subjects."""

import pytest

from bot.search.models import SearchResult
from bot.search.upgrade import upgrade_range
from tests.search.material import hit_keys, make_change

WAYS_TO_ASK = (
    "anything on {}", "all the {} stuff", "every change with {}", "everything {}", "show me {} changes",
    "{} everything", "{} updates since 2.204", "anything new in {}?", "what's changed in {}", "changes affecting {}",
    "which changes are about {}", "what did halo change in {}", "everything you have on {}", "all you know about {}",
    "overview of {} changes", "summarise the {} changes", "can you list everything related to {}",
    "have there been changes to {}", "what got better in {}", "{} changelog", "release notes for {}", "roundup of {}",
    "each {} change", "every single {} change", "all the changes you have for {}", "list {}", "mentions of {}",
    "i want to see all {} changes", "need a list of {} changes", "looking for anything on {}", "search {} changes",
    "bits about {}", "what else on {}", "every update that touches {}", "what do we get for {}", "what's in it for {}",
    "{} and everything around it", "{}, anything?", "topic {}", "are there any {} updates", "what has been added to {}",
    "which screens got {}", "bring me up to speed on {}", "what's the story with {}", "any movement on {}", "search {}",
    "every {} update we've had", "which updates mention {}", "which of these touch {}", "what should i know about {}",
    "filter to {}", "just the {} ones", "can you pull up all {} changes for me", "compile the {} changes", "look up {}",
    "what do we need to know about {}", "give me a rundown of {}", "what came out for {}", "what have you got on {}",
    "i want to read up on {}", "i need a list of the {} changes for a meeting", "where did {} change",
    "anything that's been done on {}", "what was done to {}", "everything that happened around {}", "{} related stuff",
    "what have they been doing with {}", "{} changes they have shipped", "top 5 {} changes", "the top ten {} updates",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS_TO_ASK)
def test_ways_to_ask_for_a_list(service, way):
    """However all changes of something are asked for, these are the answer."""
    for subject in ("webhooks", "distribution lists", "sales orders"):
        wanted = set(hit_keys(service.search(f"all {subject} changes")))
        assert wanted
        assert set(hit_keys(service.search(way.format(subject)))) == wanted, subject


WAYS_TO_ASK_OF_A_VERSION = (
    "{} in 2.214", "2.214 {}", "{} 2.214", "2.214: {}", "2.214 - {} stuff", "what came for {} in 2.214",
    "what did 2.214 bring for {}", "what does 2.214 do for {}", "what is in 2.214 for {}", "only {} in 2.214",
    "is there anything for {} in 2.214", "did 2.214 change anything for {}", "does 2.214 touch {}", "list {} in 2.214",
    "the {} bits of 2.214", "{} release notes 2.214", "2.214 release notes for {}", "2.214's {} changes",
    "give me 2.214's {} changes", "{} updates in halo 2.214", "does 2.214 have anything on {}",
    "were there {} changes in 2.214", "have {} changed in 2.214", "upgrade to 2.214, what about {}",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS_TO_ASK_OF_A_VERSION)
def test_ways_to_ask_for_a_list_of_a_version(service, way):
    """However the changes of something in a version are asked for, these are the answer, of a whole area too."""
    for subject in ("sales orders", "distribution lists", "integrations"):
        wanted = set(hit_keys(service.search(f"all {subject} changes in 2.214")))
        assert wanted
        assert set(hit_keys(service.search(way.format(subject)))) == wanted, subject


NEW = {"977581", "485469", "160218", "ep15-09"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("new integrations", NEW),
        ("any new integrations?", NEW),
        ("which integrations are new", NEW),
        ("what integrations did they add", NEW),
        ("newly added integrations", NEW),
        ("integrations added since 2.212", NEW - {"ep15-09"}),
        ("integrations introduced in 2.216", {"977581"}),
    ],
)
def test_what_is_new_itself(service, text, found):
    """Who asks for new integrations gets those, not every change of an integration."""
    assert set(hit_keys(service.search(text))) == found


@pytest.mark.parametrize(
    "text", ["new starters", "new client status", "email when attachments added", "new user form", "new tax year"]
)
def test_what_may_be_no_list(service, text):
    """What a person calls new, and a sentence, is searched for and no surer than that."""
    assert service.search(text).query.intent == "search"


def test_new_for_a_subject_is_everything(service):
    """ "What's new for quotes" asks for all changes of quotes, "new portal features" for those of the portal."""
    for subject in ("quotes", "portal", "assets"):
        wanted = set(hit_keys(service.search(f"all {subject} changes")))
        for text in (f"what's new for {subject}", f"new {subject} features", f"new features for {subject}"):
            assert set(hit_keys(service.search(text))) == wanted, text


SUBJECT = (
    make_change("10001", "Zebra crossings: repaint on save"),
    make_change("10002", "Stripes", names=("Zebra stripes",)),
    make_change("10003", "Roads", summary="Lanes, kerbs and, in passing, a zebra."),
    make_change("10004", "Kerbs", also=["zebra next to the kerb", *(f"kerb {n}" for n in range(12))]),
)


@pytest.mark.parametrize("text", ["zebras", "zebra, please", "more on zebras", "show me all the zebras"])
def test_a_bare_subject(make_service, text):
    """Who types nothing but a subject gets the best first, and everything else that is about it."""
    assert sorted(hit_keys(make_service(*SUBJECT).search(text))) == ["10001", "10002"]


def test_a_bare_subject_is_no_surer(service):
    """That several entries are about a subject says nothing of whether the first one is what was meant."""
    for text in ("column profiles", "load balance", "ticket templates", "sms"):
        with service.snapshot() as snapshot:
            assessed = snapshot.assess(text)
            assert assessed
            assert snapshot.search(text).confidence == assessed[1].confidence


QUOTES_AND_STOCK = (
    make_change("10001", "Quotes: new column"),
    make_change("10002", "Stock: count by hand"),
    make_change("10003", "Tickets: merge"),
)


@pytest.mark.parametrize("text", ["quotes and stock", "quotes / stock", "stock, quotes", "quotes & stock"])
def test_nothing_but_several_subjects(make_service, text):
    """Subjects side by side, with no other word, give what belongs to any of them."""
    assert sorted(hit_keys(make_service(*QUOTES_AND_STOCK).search(text))) == ["10001", "10002"]


def test_several_subjects_with_an_unknown_one(make_service):
    """Of subjects of which the catalogue knows only some, nothing is taken for an answer to all."""
    result: SearchResult = make_service(*QUOTES_AND_STOCK).search("quotes and blockchain")
    assert result.confidence != "sure"


def test_products_of_a_kind(make_service):
    """A word for a kind of products finds the changes that name one in title or names, not one said in passing."""
    service = make_service(
        make_change("10001", "NinjaOne: import of devices"),
        make_change("10002", "Kaseya: alerts"),
        make_change("10003", "Alerts", summary="As NinjaOne does it."),
        make_change("10004", "RMM: several instances"),
        expansions=(("rmm", ("ninjaone", "kaseya")),),
        foreign_products=("ninjaone", "kaseya"),
    )
    assert sorted(hit_keys(service.search("all rmm changes"))) == ["10001", "10002", "10004"]


def test_a_whole_area_and_what_is_called_like_it(service):
    """Beside a whole area stand only changes that have its name as it was typed, not a synonym of it."""
    areas = {hit.entry.key: hit.entry for hit in service.search("what's new for contracts").hits}
    others = [entry for entry in areas.values() if entry.area != "Contracts"]
    assert others
    assert all("contract" in " ".join((entry.title, *entry.names)).lower() for entry in others)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("everything about time off", {"795392", "998146"}),
        ("anything about log in as", {"747369"}),
        ("anything on single sign on", {"795061", "faq-sso"}),
        ("everything about do not disturb", {"1028655"}),
    ],
)
def test_names_with_small_words(service, text, found):
    """ "Time off" is not "time": a name is looked for whole, by what else it is called, and names no area."""
    assert set(hit_keys(service.search(text))) == found


def test_a_broad_bare_subject_is_not_given_whole(service):
    """Of a subject that very many changes are about, a bare word gets the best and at most two more."""
    for text in ("invoice", "tickets"):
        assert 1 <= len(service.search(text).hits) <= 3


@pytest.mark.parametrize(
    "text",
    [
        "quickbooks changes after 2.208", "quickbooks in 2.216", "jira since 2.210", "webhook changes in 2.216",
        "canned text 2.214", "2.214 hubspot", "hubspot changes with a warning", "anything for quickbooks in 2.212?",
        "what did 2.216 bring for jira",
    ],
)  # fmt: skip
def test_nothing_on_the_subject_under_the_filters(service, text):
    """Where a subject has changes, but none in the versions asked for, no change of something else is an answer: what
    there is on it is near.
    """
    result = service.search(text)
    assert not result.has_answer
    subject = {"quickbooks", "jira", "webhook", "canned", "hubspot"}.intersection(
        text.replace("webhooks", "webhook").split()
    )
    assert result.suggestions
    assert all(subject.pop() in hit.entry.title.lower() for hit in result.suggestions[:1])


@pytest.mark.parametrize("text", ["we are on 2.216, what do we get by upgrading", "we're on 2.216, what's new"])
def test_nothing_newer_than_the_newest(service, text):
    """Who has the newest version is told of no change as new."""
    with service.snapshot() as snapshot:
        query = snapshot.parse(text)
        assert query.filters.versions == ()
        assert upgrade_range(query, snapshot.versions) is None
        assert not snapshot.search(query).has_answer


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("everything for the finance team", "everything for finance"),
        ("what should the finance team know about 2.214", "everything for finance in 2.214"),
        ("what do we tell the sales people about 2.214", "everything for sales in 2.214"),
        ("changes for our billing department since 2.210", "all billing changes since 2.210"),
    ],
)
def test_lists_for_a_team(service, text, same):
    """What a team needs to know is the changes of its area."""
    wanted = hit_keys(service.search(same))
    assert wanted
    assert set(hit_keys(service.search(text))) == set(wanted)


@pytest.mark.parametrize("subject", ["variables", "approvals", "quotes"])
def test_a_bare_subject_of_some_changes(service, subject):
    """A bare subject that up to fourteen changes are about shows them all, and no other."""
    assert set(hit_keys(service.search(subject))) == set(hit_keys(service.search(f"everything about {subject}")))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("give me the top 5 changes in 2.214", "2.214"),
        ("does 2.214 fix anything", "impact:fix 2.214"),
        ("what does 2.214 fix", "impact:fix 2.214"),
        ("did they fix anything since 2.210", "impact:fix since 2.210"),
        ("what should i enable in 2.214", "impact:opt-in 2.214"),
        ("which changes are on by default in 2.214", "impact:behaviour 2.214"),
        ("on by default in 2.214", "impact:behaviour 2.214"),
        ("everything enabled by default in 2.214", "impact:behaviour 2.214"),
        ("changes turned on by default since 2.210", "impact:behaviour since 2.210"),
        ("which features are enabled by default in 2.216", "impact:behaviour 2.216"),
    ],
)
def test_what_a_version_does(service, text, same):
    """What a version fixes, what acts by itself and what has to be enabled are asked for in plain words too."""
    wanted = hit_keys(service.search(same))
    assert wanted
    assert set(hit_keys(service.search(text))) == set(wanted)


@pytest.mark.parametrize("text", ["ticket updates on by default", "windows updates enabled by default"])
def test_other_updates_that_are_on(service, text):
    """Updates of something else that are on by default are searched for."""
    assert not service.search(text).query.filters.impacts


@pytest.mark.parametrize("text", [
    "billing and portal", "portal or billing", "billing & portal", "what about billing and portal?",
    "billing and portal v2.214", "billing and teams", "portal and reporting", "email and contracts",
])  # fmt: skip
def test_two_subjects_without_members_are_answered(service, text):
    """Two areas that no list of changes is about as such are asked for as words, and searching ends."""
    result = service.search(text)
    assert result.query.text
    assert len(result.hits) <= 20
