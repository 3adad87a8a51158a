"""What really arrives, by every way in: emoji by name, pasted numbers, mail addresses, hyphens, accents, quotes."""

from functools import partial

import pytest

from bot.catalog.models import Entry
from tests.whole_app.ways_in import IN_SLACK, WAYS, Row, Shown, WaysIn, faults, readable

NUMBERS = ("1016865", "#1016865", "1,016,865", "1 016 865", "№ 1016865", "01016865", "1016865.0", "(1016865)",
           "https://halo.example/tickets?id=1016865&x=1", "change 1016865.")  # fmt: skip
ROWS = (
    *(Row(number, first="1016865", count=1) for number in NUMBERS),
    Row("latest :rocket:", "v2.216: 11 changes", count=11),
    Row(":wave: what's new in 2.214 :tada:", "v2.214: 74 changes", count=74),
    Row("hi :wave::skin-tone-3: what's new", "v2.216"),
    Row("thanks :heart:", "You are welcome", count=0),
    Row("jira default status :pray: 🚀", first="1016865"),
    Row("“jira” ‘default’ status", first="1016865"),
    Row("jira default status for ann@acme.example", "Jira", "I know no filter"),
    Row("to-do", first="1073377"),
    Row("caller id +44 20 1234 5678", never=("I know no filter", "<tel")),
)
# As Slack delivers it, where the playground's message box would escape it.
MARKED_UP = (
    Row("jira default status for <mailto:ann@acme.example|ann@acme.example>", "Jira", ("I know no filter", "mailto")),
    Row("<mailto:ann@acme.example>", never=("I know no filter", "mailto", "<")),
    Row("caller id <tel:+442012345678|+44 20 1234 5678>", never=("I know no filter", "tel:")),
    Row("<https://halo.example/t?id=1016865|this one>", first="1016865"),
    Row("<https://halo.example/t?id=1016865>", first="1016865"),
    Row("T&amp;M rates", never=("&amp;", "amp")),
)
ODD_ENTRIES = {
    "2000001": "Payroll export for Lønsystem", "2000002": "Currency rates of the Złoty",
    "2000003": "Addresses keep the Straße", "2000004": "Wi-Fi access points as an asset type",
    "2000005": "Opt-in for marketing mails", "2000006": "Agents can stand in for a colleague",
    "2000007": "Café menus: crème brûlée orders", "2000008": "C# and .NET samples for webhooks",
}  # fmt: skip
FOUND_BY = {
    "2000001": ("lønsystem", "lonsystem", "Lönsystem"), "2000002": ("złoty", "zloty", "ZŁOTY"),
    "2000003": ("straße", "strasse"),
    "2000004": ("wi-fi", "wi fi", "wifi access points", "Wi-Fi :signal_strength:"),
    "2000005": ("opt-in for marketing", "opt in marketing"), "2000006": ('"stand in for"', "“stand in for”"),
    "2000007": ("café menus", "cafe menus", "creme brulee"), "2000008": (".net samples", ".NET webhooks"),
}  # fmt: skip


@pytest.fixture(scope="module")
def with_odd_words(everywhere: WaysIn) -> WaysIn:
    """The app with entries whose words are written in odd ways."""
    entries = [
        Entry(key, "feature", title, f"{title}, in a sentence.", source="post") for key, title in ODD_ENTRIES.items()
    ]
    everywhere.application.search.catalog.upsert(entries)
    return everywhere


@pytest.mark.parametrize("way", WAYS)
def test_what_arrives(everywhere: WaysIn, way: str) -> None:
    """Numbers as they are pasted, emoji, quotes, mail addresses and telephone numbers."""
    assert everywhere.wrong(way, ROWS) == []


@pytest.mark.parametrize("way", ["mention", "thread", "direct message", "direct message's thread"])
def test_slack_s_mark_up(everywhere: WaysIn, way: str) -> None:
    """Addresses, mail addresses and telephone numbers as Slack wraps them."""
    wrong = []
    for row in MARKED_UP:
        (shown,) = everywhere.shown(way, [row.said], is_markup=True)
        wrong += faults(row, Shown(readable(shown)))
    assert wrong == []


@pytest.mark.parametrize("way", WAYS)
def test_odd_words(with_odd_words: WaysIn, way: str) -> None:
    """Accents, letters without one to take off, hyphens, quoted phrases and signs find what is written with them."""
    rows = [Row(said, "", "Showing results for", first=key) for key, asked in FOUND_BY.items() for said in asked]
    assert with_odd_words.wrong(way, rows) == []


def test_watches_with_such_words_fire(everywhere: WaysIn) -> None:
    """A watch set up by any way in, with an emoji, a hyphen, an accent, a quote or a mail address in it, is told of the
    entry that answers it when that arrives.
    """
    watched = {
        "złoty :rocket:": "Złoty rounding on Polish invoices",
        "“stand in for”": "Agents can stand in for one another",
        "wi-fi heatmaps": "WiFi heatmaps on the site page",
        "straße :pray::skin-tone-2:": "Straße is kept in site addresses",
        "check-out kiosk": "Checkout kiosk for loaned assets",
        "3000006": "Quokka import",
    }
    people = {way: everywhere.new_person() for way in IN_SLACK}
    for way, user in people.items():
        say = everywhere.speaker(way, user)
        for words in watched:
            assert "I will send" in readable(everywhere.slack.only_shown_after(partial(say, f"watch {words}")))
    everywhere.application.digest_runner.run_due()
    entries = [
        Entry(str(3_000_001 + number), "feature", title, f"{title}, in a sentence.", source="post")
        for number, title in enumerate(watched.values())
    ]
    everywhere.application.search.catalog.upsert(entries)
    told = everywhere.slack.shown_after(everywhere.application.digest_runner.run_due, "message")
    for way, user in people.items():
        news = [readable(entry) for entry in told if entry.channel == f"D{user}"]
        assert [words for words, title in watched.items() if not any(title in text for text in news)] == [], way
