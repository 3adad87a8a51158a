"""How a person's text is parsed, on the shipped catalogue: keys, versions, filters, phrases, lists, and the rest."""

import re

import pytest

from bot.catalog.models import Filters
from bot.search.query_parser import parse_query
from bot.search.retrieval import MAX_LIST_CANDIDATES
from bot.text import STOP_WORDS, stem, stems
from tests.search.material import comparable, hit_keys, make_change, suggested_keys, v

# -- numbers and keys


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#794180", ["794180"]),
        ("794180", ["794180"]),
        ("id 794180", ["794180"]),
        ("ID: 794180", ["794180"]),
        ("number 794180", ["794180"]),
        ("v2.206 #794180", ["794180"]),
        ("v2.208 #794180", ["794180"]),
        ("#701659?", ["701659"]),
        ("(#794180)", ["794180"]),
        ("v2.216 #1085481 | 49:32", ["1085481"]),
        ("halo release 160218", ["160218"]),
        ("what does 794180 do for our webhooks", ["794180"]),
        ("1016865 and 794180", ["1016865", "794180"]),
        ("794180, #1016865", ["794180", "1016865"]),
        ("794180 794180", ["794180"]),
        ("ep15-07", ["ep15-07"]),
        ("EP15-07?", ["ep15-07"]),
        ("ep15-07 and 794180", ["ep15-07", "794180"]),
        ("faq-sso", ["faq-sso"]),
        ("see FAQ-SSO please", ["faq-sso"]),
    ],
)
def test_numbers_and_keys(service, text, found):
    """A number or key anywhere in a text finds that entry and no other; several find each, in their order."""
    answer = service.search(text)
    assert answer.query.intent == "keys"
    assert hit_keys(answer) == found
    assert (answer.possible_hits, answer.suggestions, answer.unknown_keys) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "missing", "nearest"),
    [
        ("#794181", "794181", "794180"),
        ("id 1016856", "1016856", "1016865"),
        ("79418", "79418", "794180"),
        ("halo release 160219", "160219", "160218"),
        ("ep15-70", "ep15-70", "ep15-07"),
    ],
)
def test_unknown_number(service, text, missing, nearest):
    """An unknown number is reported, and the nearest ones are suggestions."""
    answer = service.search(text)
    assert hit_keys(answer) == []
    assert answer.unknown_keys == (missing,)
    assert nearest in suggested_keys(answer)


def test_number_like_no_other(service):
    """An unknown number that is near no other has no suggestions."""
    answer = service.search("#99999999, I said 99999999")
    assert (answer.has_answer, answer.suggestions, answer.unknown_keys) == (False, (), ("99999999",))


def test_one_known_and_one_unknown_number(service):
    """Of two numbers the known one is a hit and the other one is reported."""
    answer = service.search("1016865 and 55555555")
    assert hit_keys(answer) == ["1016865"]
    assert answer.unknown_keys == ("55555555",)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("invoice 10234 will not sync to quickbooks", None),
        ("we have 10000 tickets to merge", None),
        ("jira default status is our #1 problem", "1016865"),
    ],
)
def test_a_number_in_a_sentence(service, text, first):
    """In a sentence, a number that no change has does not keep the words from being searched."""
    answer = service.search(text)
    assert answer.query.intent == "search"
    assert answer.has_answer or answer.suggestions
    assert first is None or hit_keys(answer)[0] == first
    assert all(number in " ".join(answer.query.notes) for number in ("10234", "10000") if number in text)


@pytest.mark.parametrize(
    "text", ["$12345", "49:32", "12345.67", "1234567890123", "e12345x", "faq-nosuch", "guide to billing", "2024"]
)
def test_no_number(vocabulary, text):
    """Amounts, minutes, years, longer numbers and words with digits are no change's number."""
    assert parse_query(text, vocabulary).keys == ()


# -- versions

NEWEST_FOUR = v(210, 212, 214, 216)


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("v2.206", v(206)),
        ("2.206", v(206)),
        ("what's new in 2.214", v(214)),
        ("whats new in v2.214?", v(214)),
        ("What’s new in 2.214", v(214)),
        ("latest", v(216)),
        ("what's new", v(216)),
        ("whats new in the latest version", v(216)),
        ("release notes for 2.206 please", v(206)),
        ("2.206..2.214", v(208, 210, 212, 214)),
        ("since 2.210", NEWEST_FOUR),
        ("everything since 2.210", NEWEST_FOUR),
        ("last two versions", v(214, 216)),
        ("in 214", v(214)),
        ("version:2.214", v(214)),
    ],
)
def test_version_overview(service, text, versions):
    """Versions alone list all of their changes, newest first, and possible ones apart."""
    answer = service.search(text)
    entries = service.catalog.entries()
    asked = set(versions)
    assert answer.query.intent == "version"
    assert answer.query.filters == Filters(versions=versions)
    assert set(hit_keys(answer)) == {
        e.key for e in entries if e.version in asked or (e.possible_versions and asked.issuperset(e.possible_versions))
    }
    assert {hit.entry.key for hit in answer.possible_hits} == {
        e.key for e in entries if asked & set(e.possible_versions) and not asked.issuperset(e.possible_versions)
    }
    certain = [hit.entry.version for hit in answer.hits if hit.entry.version]
    assert certain == sorted(certain, reverse=True)


def test_lost_zero(service):
    """2.21 is read as v2.210, with a note."""
    answer = service.search("2.21")
    assert {hit.entry.version for hit in answer.hits} == set(v(210))
    assert answer.query.notes == ("v2.21 read as v2.210.",)


@pytest.mark.parametrize("text", ["jira v2.300", "v2.199", "what's new since 2.300"])
def test_unknown_version(service, text):
    """An unknown version finds nothing, with a note."""
    answer = service.search(text)
    assert not answer.has_answer
    assert re.fullmatch(r"I know (nothing of|of no version since) v2\.(300|199)\.", *answer.query.notes)


@pytest.mark.parametrize(
    "text", ["2.5 days", "approve 2.50 hours", "£2.50 per user", "python 3.11 script", "on call from 9.00 to 17.30"]
)
def test_amounts_are_no_versions(vocabulary, text):
    """Amounts and times do not narrow a question, and there is no note about them."""
    query = parse_query(text, vocabulary)
    assert (query.filters, query.notes, query.intent) == (Filters(), (), "search")


# -- filters


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("area:billing", Filters(area="Billing & invoicing")),
        ("AREA:Billing", Filters(area="Billing & invoicing")),
        ('area:"sales & quotes"', Filters(area="Sales & quotes")),
        ("area:“sales & quotes”", Filters(area="Sales & quotes")),
        ("area:kb", Filters(area="Knowledge base")),
        ("area:sla", Filters(area="SLA")),
        ("version:2.206", Filters(versions=v(206))),
        ("version:v2.206", Filters(versions=v(206))),
        ("version:206", Filters(versions=v(206))),
        ("version:2.21", Filters(versions=v(210))),
        ("version:2.206..2.210", Filters(versions=v(208, 210))),
        ("version:latest jira", Filters(versions=v(216))),
        ('version:"last two versions"', Filters(versions=v(214, 216))),
        ("version:2.206 version:2.208", Filters(versions=v(206, 208))),
        ("episode:13", Filters(episode=13)),
        ("ep:13", Filters(episode=13)),
        ("episode 13", Filters(episode=13)),
        ("ep #13", Filters(episode=13)),
        ("kind:faq", Filters(kind="faq")),
        ("kind:guides", Filters(kind="guide")),
        ("kind:change", Filters(kind="feature")),
        ("highlights", Filters(highlights=True)),
        ("highlights:yes", Filters(highlights=True)),
        ("highlights of 2.214", Filters(versions=v(214), highlights=True)),
        ("highlighted changes in the portal", Filters(highlights=True)),
        (
            "area:portal version:2.214 kind:feature episode:20 highlights",
            Filters(v(214), "Portal", 20, "feature", True),
        ),
        ("impact:fix", Filters(impacts=("fix",))),
        ("impact:Opt-In", Filters(impacts=("opt-in",))),
        ('impact:"changes behaviour"', Filters(impacts=("changes behaviour",))),
        ("impact:fix,new impact:changes", Filters(impacts=("fix", "new", "changes behaviour"))),
        ("impact:fix 2.214", Filters(versions=v(214), impacts=("fix",))),
        ("warnings:yes", Filters(warnings=True)),
        ("warnings:no", Filters()),
        ("warnings:yes area:billing", Filters(area="Billing & invoicing", warnings=True)),
        ("since 2.214 area:billing", Filters(v(214, 216), "Billing & invoicing")),
    ],
)
def test_filters(vocabulary, text, filters):
    """Filters are read from words and from `name:value`, in any order and case, together or alone."""
    query = parse_query(text, vocabulary)
    assert query.filters == filters
    assert query.notes == (("v2.21 read as v2.210.",) if "2.21" in text.split(":") else ())


def test_an_unknown_impact_is_told(vocabulary):
    """What is no impact narrows nothing, and the impacts that there are are named."""
    query = parse_query("quotes impact:bogus", vocabulary)
    assert query.filters == Filters()
    assert query.notes == ("There's no impact called “bogus”; there are changes behaviour, opt-in, new, fix, unclear.",)


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("area:billing", lambda e: e.area == "Billing & invoicing"),
        ("episode:13", lambda e: any(m.episode == 13 for m in e.mentions)),
        ("kind:faq", lambda e: e.kind == "faq"),
        ("kind:guide", lambda e: e.kind == "guide"),
        ("highlights", lambda e: e.highlighted),
        ("area:portal highlights", lambda e: e.area == "Portal" and e.highlighted),
        ("area:billing version:2.214", lambda e: e.area == "Billing & invoicing" and e.version in v(214)),
        ("impact:opt-in version:2.216", lambda e: e.impact == "opt-in" and e.version in v(216)),
        ("impact:unclear", lambda e: e.impact == "unclear" and e.kind == "feature"),
        ("warnings:yes", lambda e: e.caution),
    ],
)
def test_filters_alone_are_lists(service, text, passes):
    """Filters without words list everything that passes them, and nothing else."""
    answer = service.search(text)
    assert {*hit_keys(answer), *(hit.entry.key for hit in answer.possible_hits)} == {
        e.key for e in service.catalog.entries() if passes(e)
    }


@pytest.mark.parametrize(
    "text",
    [
        "jira area:integrations",
        "jira version:2.206",
        "quickbooks kind:feature",
        "portal highlights",
        "invoice episode:13",
    ],
)
def test_filters_narrow_a_search(service, text):
    """With words, a search finds only what passes the filters."""
    answer = service.search(text)
    filters = answer.query.filters
    assert answer.has_answer
    for hit in answer.hits:
        assert filters.area in (None, hit.entry.area)
        assert filters.kind in (None, hit.entry.kind)
        assert filters.versions is None or hit.entry.version in filters.versions
        assert filters.episode is None or any(m.episode == filters.episode for m in hit.entry.mentions)
        assert hit.entry.highlighted or not filters.highlights


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour:red", "colour:"),
        ("status:open jira", "status:"),
        ("title:jira", "title:"),
        ("area:moonbase", "moonbase"),
        ("area:moonbase invoice", "moonbase"),
        ("kind:nonsense", "kind:nonsense"),
        ("episode:abc", "episode:abc"),
        ("episode:፩", "episode:፩"),
        ("version:abc", "version:abc"),
        ("version:", None),
        ("at 10:30", None),
        ("https://example.com/x", None),
    ],
)
def test_unknown_filters_have_a_note(vocabulary, text, said):
    """An unknown filter, or a value that a filter does not take, narrows nothing and has a note."""
    query = parse_query(text, vocabulary)
    assert not query.filters
    assert len(query.notes) == (said is not None)
    assert said is None or said in query.notes[0]


def test_unknown_area_names_the_areas(vocabulary):
    """The note about an unknown area names the known ones."""
    (note,) = parse_query("area:moonbase", vocabulary).notes
    assert all(area in note for area in vocabulary.areas)


def test_words_of_an_unknown_filter_are_searched(service):
    """The value of an unknown filter is searched for like any word."""
    assert hit_keys(service.search("product:jira status")) == hit_keys(service.search("status jira"))


# -- phrases and what is not wanted


def has_own_phrase_among(result, phrase):
    """Whether any entry that a search finds has these words together in title, names or summary."""
    return any(has_own_phrase(hit, phrase) for hit in (*result.hits, *result.more_hits))


def has_own_phrase(hit, phrase):
    """Whether an entry's title, a name or its summary has these words together."""
    return has_phrase(
        phrase,
        hit.entry.title,
        *hit.entry.names,
        " ".join((hit.entry.summary, hit.entry.caution or "", hit.entry.answer or "")),
    )


def has_phrase(phrase, *texts):
    """Whether a text has these words together, after stemming."""
    return any(f" {' '.join(stems(phrase))} " in f" {' '.join(stems(text))} " for text in texts)


@pytest.mark.parametrize(
    "phrase", ["canned text", "recurring invoice", "tax exemption", "ticket rules", "sales orders"]
)
def test_quoted_phrase(service, phrase):
    """All hits of a quoted phrase have its words together, in that order, the best first."""
    quoted = service.search(f'"{phrase}"')
    assert quoted.hits
    assert all(has_own_phrase(hit, phrase) or has_phrase(phrase, *hit.entry.also) for hit in quoted.hits)
    assert hit_keys(service.search(f"“{phrase}”")) == hit_keys(quoted)


def test_quoted_phrase_in_another_order(service):
    """A phrase that no entry has in this order has no hits, though its words are there."""
    assert service.search("canned text").hits
    assert not service.search('"text canned"').has_answer


def test_suggestions_for_a_phrase(service):
    """A phrase that no entry has word for word has suggestions, as any question without an answer."""
    answer = service.search('"jira default status"')
    assert not answer.has_answer
    assert "1016865" in suggested_keys(answer)


@pytest.mark.parametrize(
    ("text", "plain", "unwanted"),
    [
        ("quickbooks -tax", "quickbooks", "tax"),
        ("jira -service", "jira", "service"),
        ("-portal login", "login", "portal"),
        ("invoice -recurring -quickbooks", "invoice", "recurring"),
        ('jira -"service management"', "jira", "service management"),
        ("jira -“service management”", "jira", "service management"),
        ("mail –campaigns", "mail", "campaigns"),
    ],
)
def test_excluded_words(service, text, plain, unwanted):
    """`-word` and `-"words"` exclude entries that have them in title, names or summary, and no others."""
    less, more = service.search(text), service.search(plain)
    assert has_own_phrase_among(more, unwanted)
    assert not has_own_phrase_among(less, unwanted)


@pytest.mark.parametrize(
    "text", ["multi-currency", "jira - status", "jira-status", "2.206 - 2.208", "--jira", "- jira", "set to -1"]
)
def test_dashes_that_exclude_nothing(vocabulary, text):
    """A dash within a word, between words or before a number excludes nothing."""
    assert parse_query(text, vocabulary).excluded == ()


# -- lists


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("everything for NinjaOne", "ninjaone"),
        ("what changed with quotes", "quotes"),
        ("all avalara changes", "avalara"),
        ("everything about jira", "jira"),
        ("show me all quickbooks updates", "quickbooks"),
        ("list everything on approvals", "approvals"),
        ("what's new with timesheets?", "timesheets"),
        ("anything new for Slack", "slack"),
        ("any news about webhooks", "webhooks"),
        ("dashboard stuff", "dashboard"),
        ("new in chat", "chat"),
        ("what has changed for credit notes", "credit notes"),
        ("latest asset changes", "asset"),
        ("tell us everything about azure", "azure"),
    ],
)
def test_lists(service, text, topic):
    """A list about a topic has every entry that names it in its title or names, newest version first."""
    answer = service.search(text)
    entries = service.catalog.entries()
    wanted = set(stems(topic))
    assert answer.query.intent == "list"
    assert {e.key for e in entries if wanted <= set(stems(" ".join((e.title, *e.names))))} <= set(hit_keys(answer))
    newest = [max((hit.entry.version or (0, 0), *hit.entry.possible_versions)) for hit in answer.hits]
    assert newest == sorted(newest, reverse=True)


def test_list_since_a_version(service):
    """ "portal stuff since 2.210" lists everything of the area from then on, and possible ones apart."""
    answer = service.search("portal stuff since 2.210")
    portal = [e for e in service.catalog.entries() if e.area == "Portal"]
    assert {e.key for e in portal if e.version in NEWEST_FOUR} <= set(hit_keys(answer))
    assert {e.key for e in portal if set(e.possible_versions) & set(NEWEST_FOUR)} <= {
        hit.entry.key for hit in answer.possible_hits
    }
    assert all(hit.entry.version in NEWEST_FOUR for hit in answer.hits)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("portal stuff", "Portal"),
        ("anything new for billing", "Billing & invoicing"),
        ("contract changes", "Contracts"),
    ],
)
def test_list_of_an_area(service, text, area):
    """A list about an area has all of its changes, whether or not they have the word."""
    of_area = {e.key for e in service.catalog.entries() if e.area == area and e.kind == "feature"}
    assert of_area <= set(hit_keys(service.search(text)))


def test_list_is_whole(make_service):
    """A list is not cut at the number of hits of a search."""
    many = [make_change(str(10_000 + n), f"Zebra crossing number {n}") for n in range(120)]
    assert (
        len(ask_all := hit_keys(make_service(*many).search("everything about zebra")))
        == len(many)
        < MAX_LIST_CANDIDATES
    ), ask_all


@pytest.mark.parametrize(
    "text",
    [
        "everything falls over when we push hundreds of bills to quickbooks",
        "everything is slow since the update",
        "all agents see every ticket",
        "all our invoices are wrong since monday",
        "every ticket we close reopens itself",
        "any way to hide the portal login",
        "any chance of a dark mode",
        "anything that stops duplicate assets",
        "new tickets are not assigned",
        "new hires get the wrong permissions",
        "new user form",
        "list view columns",
        "show profit on invoice",
        "what changed the status of my ticket",
        "how do I see what changed on a contract",
        "highlight overdue tickets in red",
        "is there a way to change all contacts at once",
    ],
)
def test_complaints_are_no_lists(vocabulary, text):
    """A complaint or a how-to question with a list's words in it is a search."""
    query = parse_query(text, vocabulary)
    assert query.intent == "search"
    assert not query.filters
    assert query.terms


# -- addresses


def test_addresses_are_not_searched_for(service):
    """An address in a question changes nothing about the result."""
    answer, expected = (
        service.search("jira default status https://example.com/a?b=c"),
        service.search("jira default status"),
    )
    assert hit_keys(answer) == hit_keys(expected)
    assert [t.word for t in answer.query.terms] == [t.word for t in expected.query.terms]


@pytest.mark.parametrize(
    "text",
    [
        "what was discussed in the latest episode",
        "changes in the last episode",
        "what's in the newest podcast",
        "summary of the latest [run]book episode",
        "last episode",
        "what did they cover in the most recent episode",
        "what did they talk about in the last episode?",
        "how many changes were in the last episode",
    ],
)
def test_the_last_episode(service, text):
    """The last episode is the newest that the catalogue knows, and all that it talks about is listed."""
    with service.snapshot() as snapshot:
        newest = max(snapshot.episodes)
        told = {entry.key for entry in snapshot.entries_matching(Filters(episode=newest))}
    result = service.search(text)
    assert (result.query.intent, result.query.filters) == ("list", Filters(episode=newest))
    assert {hit.entry.key for hit in result.hits} == told


@pytest.mark.parametrize(
    ("text", "subject"),
    [("did they talk about quickbooks in the last episode", "quickbooks"), ("sla mentioned in ep 15", "sla")],
)
def test_a_subject_in_an_episode(service, text, subject):
    """Words for talking are no subject beside an episode."""
    assert [term.word for term in service.search(text).query.terms] == [subject]


def test_links_to_episodes(service):
    """The address of an episode's page lists what the episode talks about."""
    with service.snapshot() as snapshot:
        episodes = snapshot.episodes
    for number, episode in episodes.items():
        for text in (episode.url, f"anything in {episode.url} ?"):
            assert service.search(text).query.filters == Filters(episode=number), text


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("", "nothing"),
        ("   \n\t ", "nothing"),
        ("\x00\x07\x1b", "nothing"),
        ("\u200b\u202e\ufeff", "nothing"),
        ("\ud83d", "nothing"),
        ("help", "help"),
        ("Help!", "help"),
        (" HELP ", "help"),
        ("what can you do?", "about"),
        ("how do I use this", "about"),
        ("hello", "about"),
        ("help me with invoices", "search"),
        ("helpdesk", "search"),
    ],
)
def test_help_and_nothing(vocabulary, text, wants):
    """An empty text has the intent `nothing`; `help` alone has the intent `help`, small talk `about`."""
    assert parse_query(text, vocabulary).intent == wants


# -- anything else


@pytest.mark.parametrize(
    "text",
    [
        "???",
        "...",
        "*",
        "-",
        "--",
        '"',
        '""',
        '" "',
        "'",
        "()",
        "سلام",
        "שלום עולם",
        "你好",
        "\\",
        "/",
        "#",
        "<>",
        "<",
        "&",
        "“”",
    ],
    ids=ascii,
)
def test_nothing_to_search_for(service, text):
    """Signs, and scripts that no entry is written in, find nothing and have no suggestions."""
    answer = service.search(text)
    assert not answer.has_answer
    assert answer.suggestions == ()
    assert answer.query.intent == "about"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("jira*", "jira"),
        ("^jira", "jira"),
        ('"jira', "jira"),
        ('jira"', "jira"),
        ('jira""', "jira"),
        ("jira AND NOT status", "jira status"),
        ("jira NOT status", "jira status"),
        ("NOT ( jira", "jira"),
        ("jira OR", "jira"),
        ("{status} : jira default", "status jira default"),
        ("(jira) + (status)", "jira status"),
        ("jira;DROP--status", "jira drop status"),
        ("jira default status'; --", "jira default status"),
        ("jira % _ status", "jira status"),
        ("‘jira’ ‚status‛", "jira status"),
        ("jira\x00default\x1bstatus\x7f", "jira default status"),
        ("\u202ejira default status\u202c", "jira default status"),
        ("ji\u200bra default status", "jira default status"),
        ("ｊｉｒａ ｄｅｆａｕｌｔ status", "jira default status"),
        ("JIRA Default STATUS", "jira default status"),
        ("jira, default; status!", "jira default status"),
        ("jira\n\ndefault\tstatus", "jira default status"),
        ("🔥 jira default status 🔥", "jira default status"),
    ],
    ids=ascii,
)
def test_syntax_is_not_interpreted(service, text, plain):
    """Full-text and SQL syntax, invisible characters, wide letters and case mean nothing."""
    answer, expected = service.search(text), service.search(plain)
    assert expected.has_answer
    assert hit_keys(answer) == hit_keys(expected)


@pytest.mark.parametrize(
    "text",
    [
        '" OR 1=1',
        "'; DROP TABLE entries; --",
        "NOT (",
        "NEAR(a b, 5)",
        "jira NEAR/2 status",
        "title:x OR {a b}:c",
        "a AND",
        "* *",
        '"a" "b',
        "col:",
        "x" * 40_000,
    ],
    ids=lambda text: text[:20],
)
def test_syntax_is_harmless(service, text):
    """Whatever looks like a query language gets a result, and the catalogue stays as it is."""
    before = service.catalog.entry_count()
    answer = service.search(text)
    assert answer.query.intent in ("search", "about")
    assert service.catalog.entry_count() == before


def test_long_text(service, vocabulary):
    """Of 40,000 characters only the beginning counts, and repeating a word changes nothing."""
    long = service.search("jira default status " * 2_000)
    assert hit_keys(long) == hit_keys(service.search("jira default status"))
    assert len(long.query.text) <= 2_000
    assert len(service.search(" ".join(sorted(vocabulary.stems_by_word)[:5_000])).query.terms) <= 60
    assert not service.search("zzzzqqq " * 5_000).has_answer


def test_ignored_words(vocabulary):
    """Stop words are not searched for, unless a question has no other words."""
    assert [t.word for t in parse_query("how do I stop the jira status from changing", vocabulary).terms] == [
        "stop",
        "jira",
        "status",
        "changing",
    ]
    assert [t.word for t in parse_query("use for me", vocabulary).terms] == ["use", "for", "me"]
    assert not {
        t.word for t in parse_query("is there a way to let agents see the invoice in halo", vocabulary).terms
    } & (STOP_WORDS | {"halo"})


def test_query_text(vocabulary):
    """The query keeps the question as one plain line."""
    assert parse_query("  ji\u200bra\n  “status” ", vocabulary).text == 'jira "status"'


def test_polite_words_change_little(service):
    """Greetings and thanks around a question do not change the best hit."""
    assert (
        hit_keys(service.search("hi there, could you please tell me about jira default status? thanks!"))[0]
        == "1016865"
    )


def test_case_and_stems(vocabulary):
    """A term is the word as typed; its expansions are stems, the same for all inflections."""
    (one,), (other,) = parse_query("Invoices", vocabulary).terms, parse_query("invoice", vocabulary).terms
    assert one.word == "invoices"
    assert one.expansions[0].stems == other.expansions[0].stems == (stem("invoice"),)


def test_results_do_not_depend_on_earlier_questions(service):
    """A question has the same result whatever was asked before."""
    first = comparable(service.search("jira default status"))
    for other in ("area:billing", "v2.206", "zendesk", "help", "", "dattto"):
        service.search(other)
    assert comparable(service.search("jira default status")) == first
