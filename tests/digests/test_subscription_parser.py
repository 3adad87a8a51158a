"""Typed schedules: what people write after `/halo subscribe`, and what is said back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.formatting import format_filter, format_schedule
from bot.digests.schedule_parser import ONE_TIME
from bot.digests.subscription_parser import ParsedSubscription, parse_subscription
from bot.storage.models import Schedule, SubscriptionFilter
from bot.text import stems
from tests.digests.material import AREAS

LONDON = Schedule(zone="Europe/London")
TODAY = date(2026, 11, 21)
ENTRIES = [
    set(stems(text))
    for text in ("Jira default status", "Teams chat", "NinjaOne and Datto assets", "An invoice", "A Stripe payment")
]


def understand(text: str) -> ParsedSubscription:
    return parse_subscription(text, LONDON, AREAS, lambda wanted: any(set(wanted) <= entry for entry in ENTRIES), TODAY)


# What people type, and the words that it is repeated in. The person's own zone, Europe/London, is left out of the words
# here.
UNDERSTOOD = [
    (
        "billing, integrations -jira mondays 9am london",
        "every Monday at 09:00: Billing & invoicing or Integrations, without anything about “jira”",
    ),
    ("everything", "every Monday at 09:00: everything"),
    ("weekly", "every Monday at 09:00: everything"),
    ("daily", "every day at 09:00: everything"),
    ("daily at 8", "every day at 08:00: everything"),
    ("every day at 07:30", "every day at 07:30: everything"),
    ("every morning", "every day at 09:00: everything"),
    ("every weekday at 9", "Monday to Friday at 09:00: everything"),
    ("weekdays 8:30am", "Monday to Friday at 08:30: everything"),
    ("mon-fri 9am", "Monday to Friday at 09:00: everything"),
    ("monday to friday at 9.30", "Monday to Friday at 09:30: everything"),
    ("fridays", "every Friday at 09:00: everything"),
    ("friday afternoon", "every Friday at 14:00: everything"),
    ("every friday at 4pm", "every Friday at 16:00: everything"),
    ("fridays 16:00", "every Friday at 16:00: everything"),
    ("every other tuesday 10am", "every two weeks on Tuesday at 10:00: everything"),
    ("every two weeks on wednesday", "every two weeks on Wednesday at 09:00: everything"),
    ("fortnightly", "every two weeks on Monday at 09:00: everything"),
    ("biweekly thursdays noon", "every two weeks on Thursday at 12:00: everything"),
    ("every 2 weeks mondays at 9", "every two weeks on Monday at 09:00: everything"),
    ("monthly", "on the 1st of every month at 09:00: everything"),
    ("monthly on the 31st", "on the 31st of every month (or its last day) at 09:00: everything"),
    ("1st of every month 9am", "on the 1st of every month at 09:00: everything"),
    ("on the 15th of each month at 14:00", "on the 15th of every month at 14:00: everything"),
    ("first monday of the month", "on the first Monday of every month at 09:00: everything"),
    ("last friday of the month 5pm", "on the last Friday of every month at 17:00: everything"),
    ("end of the month", "on the 31st of every month (or its last day) at 09:00: everything"),
    ("last day of the month at noon", "on the 31st of every month (or its last day) at 12:00: everything"),
    ("as soon as a version arrives", "as soon as something arrives: everything"),
    ("asap", "as soon as something arrives: everything"),
    ("when a new version comes out", "as soon as something arrives: everything"),
    ("immediately", "as soon as something arrives: everything"),
    ("on release", "as soon as something arrives: everything"),
    ("billing", "every Monday at 09:00: Billing & invoicing"),
    ("Billing & invoicing", "every Monday at 09:00: Billing & invoicing"),
    ("billing and invoicing", "every Monday at 09:00: Billing & invoicing"),
    ("billing & contracts", "every Monday at 09:00: Billing & invoicing or Contracts"),
    ("portal, kb, chat", "every Monday at 09:00: Portal, Knowledge base or Chat"),
    ("everything except chat and email", "every Monday at 09:00: everything, without Chat or Email & campaigns"),
    ("everything but not jira", "every Monday at 09:00: everything, without anything about “jira”"),
    ("all without integrations", "every Monday at 09:00: everything, without Integrations"),
    (
        "everything -jira -teams",
        "every Monday at 09:00: everything, without anything about “jira” or anything about “teams”",
    ),
    ("integrations without jira", "every Monday at 09:00: Integrations, without anything about “jira”"),
    ("highlights only", "every Monday at 09:00: highlights and cautions"),
    ("only the important stuff", "every Monday at 09:00: highlights and cautions"),
    ("highlights for billing fridays", "every Friday at 09:00: highlights and cautions in Billing & invoicing"),
    ("only v2.216", "every Monday at 09:00: everything, only of v2.216"),
    ("from v2.214", "every Monday at 09:00: everything | from v2.214"),
    ("billing since 2.214 mondays", "every Monday at 09:00: Billing & invoicing | from v2.214"),
    ('"default status" tuesdays', "every Tuesday at 09:00: about “default status”"),
    ("jira", "every Monday at 09:00: about “jira”"),
    ("ninjaone, datto", "every Monday at 09:00: about “ninjaone” or about “datto”"),
    ("-jira", "every Monday at 09:00: everything, without anything about “jira”"),
    ("tuesdays at 9 new york", "every Tuesday at 09:00 (America/New York): everything"),
    ("9am est", "every Monday at 09:00 (America/New York): everything"),
    ("9am pacific time mondays", "every Monday at 09:00 (America/Los Angeles): everything"),
    ("monday 9am GMT", "every Monday at 09:00 (UTC): everything"),
    ("mondays 9am UTC+2", "every Monday at 09:00 (UTC+2): everything"),
    ("wednesdays 8am sydney", "every Wednesday at 08:00 (Australia/Sydney): everything"),
    ("thursdays 09:00 Europe/Berlin", "every Thursday at 09:00 (Europe/Berlin): everything"),
    ("mondays 9 uk time", "every Monday at 09:00: everything"),
    ("sunday midnight", "every Sunday at 00:00: everything"),
    ("mon wed fri 9am", "every Monday, Wednesday and Friday at 09:00: everything"),
    ("mon/wed/fri at 10", "every Monday, Wednesday and Friday at 10:00: everything"),
    ("tuesdays and thursdays 9am", "every Tuesday and Thursday at 09:00: everything"),
    ("tues & thurs 8am", "every Tuesday and Thursday at 08:00: everything"),
    ("weekends", "every Saturday and Sunday at 09:00: everything"),
    ("mondys 9am", "every Monday at 09:00: everything"),
    ("wensday 9", "every Wednesday at 09:00: everything"),
    ("biling mondays", "every Monday at 09:00: Billing & invoicing"),
    ("half past nine mondays", "every Monday at 09:30: everything"),
    ("quarter to 9 on mondays", "every Monday at 08:45: everything"),
    ("nine o'clock mondays", "every Monday at 09:00: everything"),
    ("0900 mondays", "every Monday at 09:00: everything"),
    ("mondays 17h", "every Monday at 17:00: everything"),
    ("1730 fridays", "every Friday at 17:30: everything"),
    ("please post a weekly digest about billing here on mondays", "every Monday at 09:00: Billing & invoicing"),
    ("send me everything about the portal every monday morning at 9", "every Monday at 09:00: Portal"),
    ("mondays 9am even if nothing is new", "every Monday at 09:00: everything | even empty"),
    ("<#C2|halo-admins> billing mondays", "every Monday at 09:00: Billing & invoicing | C2"),
    ("tickets and workflow every day", "every day at 09:00: Tickets or Workflow & automation"),
    ("sla", "every Monday at 09:00: SLA"),
    ("reports weekly monday 9am my time", "every Monday at 09:00: Reporting"),
    ("Mondays at 9 AM, London time", "every Monday at 09:00: everything"),
    (
        "mondays 9am billing, contracts; no stock",
        "every Monday at 09:00: Billing & invoicing or Contracts, without Stock & purchasing",
    ),
    ("every second tuesday of the month", "on the second Tuesday of every month at 09:00: everything"),
    ("2nd tuesday", "on the second Tuesday of every month at 09:00: everything"),
    ("alternate fridays 3pm", "every two weeks on Friday at 15:00: everything"),
    ("mondays at 05:30", "every Monday at 05:30: everything"),
    ("users & security daily 7am new zealand", "every day at 07:00 (Pacific/Auckland): Users & security"),
    ("time & scheduling", "every Monday at 09:00: Time & scheduling"),
    ("every month on the first", "on the 1st of every month at 09:00: everything"),
    ("each monday", "every Monday at 09:00: everything"),
    ("sales quotes mondays", "every Monday at 09:00: Sales & quotes"),
    ("monday", "every Monday at 09:00: everything"),
    ("9", "every Monday at 09:00: everything"),
    ("api, developers monthly 1st 8am", "on the 1st of every month at 08:00: API"),
    ("weekly at noon", "every Monday at 12:00: everything"),
    ("each week on thursday 11am chicago", "every Thursday at 11:00 (America/Chicago): everything"),
    ("fridays 9am perth", "every Friday at 09:00 (Australia/Perth): everything"),
    ("mondays at nine", "every Monday at 09:00: everything"),
    ("every tues & thurs at 8", "every Tuesday and Thursday at 08:00: everything"),
    ("workflow + automation fridays 14:30", "every Friday at 14:30: Workflow & automation"),
    ("everything apart from stock", "every Monday at 09:00: everything, without Stock & purchasing"),
    ("tickets plus assets wednesdays", "every Wednesday at 09:00: Tickets or Assets"),
    ("9pm", "every Monday at 21:00: everything"),
    ("midnight daily", "every day at 00:00: everything"),
    ("3 o'clock in the afternoon", "every Monday at 15:00: everything"),
    ("8 in the morning every weekday", "Monday to Friday at 08:00: everything"),
    (
        "billing -jira v2.214",
        "every Monday at 09:00: Billing & invoicing, only of v2.214, without anything about “jira”",
    ),
    (
        "billing without jira but only v2.214",
        "every Monday at 09:00: Billing & invoicing, only of v2.214, without anything about “jira”",
    ),
    ("v2.216 and v2.214 highlights", "every Monday at 09:00: highlights and cautions, only of v2.214 and v2.216"),
    ("live", "as soon as something arrives: everything"),
    ("each friday at close of business", "every Friday at 17:00: everything"),
    ("MONDAYS 9AM LONDON EVERYTHING", "every Monday at 09:00: everything"),
    ("contracts on the last friday of each month at 16h30", "on the last Friday of every month at 16:30: Contracts"),
    ("“jira” mondays", "every Monday at 09:00: about “jira”"),
    ("every 2nd wednesday 9am", "every two weeks on Wednesday at 09:00: everything"),
    ("Monday, Wednesday & Friday at 8:45", "every Monday, Wednesday and Friday at 08:45: everything"),
    (
        "mondays at 9 for billing and integrations but nothing about jira",
        "every Monday at 09:00: Billing & invoicing or Integrations, without anything about “jira”",
    ),
    ("everything but chat", "every Monday at 09:00: everything, without Chat"),
    ("when something new arrives", "as soon as something arrives: everything"),
    ("as soon as there's a new release", "as soon as something arrives: everything"),
    ("every 14 days", "every two weeks on Monday at 09:00: everything"),
    ("m-f 9", "Monday to Friday at 09:00: everything"),
    ("mondays, 9 o clock", "every Monday at 09:00: everything"),
    ("every other tuesday and thursday", "every two weeks on Tuesday and Thursday at 09:00: everything"),
    ("api & integrations every second week tuesday 11:00", "every two weeks on Tuesday at 11:00: API or Integrations"),
    ("not billing", "every Monday at 09:00: everything, without Billing & invoicing"),
]
ASKED = [
    ("at 5", "“at 5”: in the morning or in the afternoon? Say 5am or 5pm."),
    ("mondays and also fridays but at 10 on fridays", ONE_TIME),
    ("mondays and fridays, but fridays at 10:30", ONE_TIME),
    ("weekdays but only at noon on fridays", ONE_TIME),
    ("mondays 9am 10am", "At one time of day: 09:00 or 10:00?"),
    ("25:00 mondays", "“25:00” is not a time of day. At what time, for example 9am or 14:30?"),
    ("13pm", "“13pm” is not a time of day. At what time, for example 9am or 14:30?"),
    (
        "hourly",
        "I cannot do “hourly”. I can do daily, weekly, every two weeks, monthly, or as soon as a "
        "version arrives. Which one?",
    ),
    (
        "every 3 weeks",
        "I cannot do “every 3 weeks”. I can do daily, weekly, every two weeks, monthly, or as soon "
        "as a version arrives. Which one?",
    ),
    (
        "twice a week",
        "I cannot do “twice a week”. I can do daily, weekly, every two weeks, monthly, or as soon as "
        "a version arrives. Which one?",
    ),
    (
        "quarterly",
        "I cannot do “quarterly”. I can do daily, weekly, every two weeks, monthly, or as soon as a "
        "version arrives. Which one?",
    ),
    ("on the 32nd", "On which one day of the month, 1 to 31?"),
    ("9am IST", "“IST” is the time of India, Ireland or Israel: which one?"),
    (
        "mondays 9am narnia",
        "“narnia” is not an area, and no change has it. Put it in quotes if you mean just that, or leave it out.",
    ),
    (
        "asdf qwer",
        "“asdf qwer” is not an area, and no change has it. Put it in quotes if you mean just that, or leave it out.",
    ),
    (
        "mondays and every other friday",
        "Some days every week and others every two weeks does not work in one digest. Which of the two?",
    ),
    ("every 1st and 3rd monday", "On one day of the month, for example the 15th or the first Monday. Which one?"),
    (
        "first monday and last friday of the month",
        "On one day of the month, for example the 15th or the first Monday. Which one?",
    ),
    ("monday 31st", "A day of the week or the 31st of the month: which one?"),
    (
        "purple elephants",
        "“purple elephants” is not an area, and no change has it. "
        "Put it in quotes if you mean just that, or leave it out.",
    ),
    (
        "#general billing",
        "I cannot tell which channel #general is. Choose it from Slack's list as you type, or use the command in it.",
    ),
    (
        "daily weekly",
        "daily and weekly at once does not work. I can do daily, weekly, every two weeks, monthly, "
        "or as soon as a version arrives. Which one?",
    ),
    ("mondays at 5:30", "“5:30”: in the morning or in the afternoon? Say 5:30am or 5:30pm."),
    ("stock, not purchasing", "Stock & purchasing: with or without it?"),
    (
        "everything about billing but not invoices for stripe",
        "“invoices stripe” is not an area, and no change has it. "
        "Put it in quotes if you mean just that, or leave it out.",
    ),
    (
        "no digests please",
        "What should it hold, and when? For example: `billing, integrations -jira mondays 9am "
        "london`, or `everything weekly`.",
    ),
    *(
        (text, "I can leave out areas and words, not versions. Which?")
        for text in (
            "everything except v2.214",
            "billing without v2.206",
            "exclude v2.214",
            "without version 2.214",
            "everything but v2.214",
            "billing -v2.214",
            "everything not v2.214",
            "sla except billing and v2.214",
            "nothing from version 2.214",
            "everything but nothing of v2.214",
            "skip v2.216",
            "remove version 2.214",
        )
    ),
    ("sla -highlights", "Highlights are what matters most; I can leave out areas and words. Which?"),
    (
        "twice a month",
        "I cannot do “twice a month”. I can do daily, weekly, every two weeks, monthly, or as soon "
        "as a version arrives. Which one?",
    ),
    ("mondays 9am america/gotham", "I know no time zone “america/gotham”. Which city's time do you mean?"),
    (
        "🎉🎉",
        "What should it hold, and when? For example: `billing, integrations -jira mondays 9am "
        "london`, or `everything weekly`.",
    ),
    (
        "'; drop table subscriptions; --",
        "“drop table subscriptions” is not an area, and no change has it. Put it in quotes if you mean "
        "just that, or leave it out.",
    ),
    (
        "integrations: jira, xero, ninja mondays",
        "“xero” is not an area, and no change has it. Put it in quotes if you mean just that, or leave it out.",
    ),
]


def test_there_are_enough_phrasings() -> None:
    """At least 80 that people use."""
    assert len({phrase for phrase, _ in UNDERSTOOD + ASKED}) >= 80


@pytest.mark.parametrize(("phrase", "words"), UNDERSTOOD)
def test_what_people_type_is_understood_and_said_back(phrase: str, words: str) -> None:
    """The reply repeats schedule and filter in words."""
    typed = understand(phrase)
    assert typed.clarifications == ()
    said = f"{format_schedule(typed.schedule)}: {format_filter(typed.filter)}".replace(" (Europe/London)", "")
    said += f" | from {typed.from_version}" if typed.from_version else ""
    said += " | even empty" if typed.post_when_empty else ""
    assert said + (f" | {typed.channel}" if typed.channel else "") == words


@pytest.mark.parametrize(("phrase", "question"), ASKED)
def test_what_is_not_clear_is_asked_about(phrase: str, question: str) -> None:
    """With a question to ask, nothing is stored."""
    assert understand(phrase).clarifications[0] == question


def test_what_was_assumed_is_said() -> None:
    """Typos, words of the day and zones without daylight saving are taken in a way that the reply names."""
    assert understand("mondys 9am").notes == ("“mondys” as Monday",)
    assert understand("biling").notes == ("“biling” as Billing & invoicing",)
    assert understand("friday afternoon").notes == ("“afternoon” as 14:00",)
    assert "all year" in understand("9am gmt").notes[0]


def test_every_two_weeks_starts_this_week() -> None:
    """The week of the day on which it was typed."""
    assert understand("fortnightly").schedule.anchor_date == TODAY


def test_the_zone_is_the_persons_own_unless_named() -> None:
    """And the time is nine o'clock on a Monday unless said."""
    assert understand("everything").schedule == LONDON
    assert understand("everything paris").schedule.zone == "Europe/Paris"


def test_quoted_words_are_taken_as_they_are() -> None:
    """Even those that no entry has yet."""
    assert understand('"zendesk" mondays').filter == SubscriptionFilter(words=("zendesk",))
    assert understand('everything -"zendesk"').filter == SubscriptionFilter(without_words=("zendesk",))


@given(st.text(max_size=200))
def test_any_text_is_understood_or_asked_about(text: str) -> None:
    """Nothing raises, and what is stored is something that was said."""
    typed = understand(text)
    assert typed.clarifications or typed.schedule is not None


WORDS = st.sampled_from(
    "mondays monday-friday daily weekly fortnightly monthly on the 31st 1st 99th first last of every month at 9am 25pm "
    "9:30 noon midnight half past "
    "billing jira - -jira without except and , ; & all everything highlights v2.214 from since london utc+3 utc+99 "
    "ist est europe/x next to never".split()
)


@given(st.lists(WORDS, max_size=14))
def test_any_mixture_of_its_own_words_is_understood_or_asked_about(words: list[str]) -> None:
    """The grammar's own words in any order never raise."""
    understand(" ".join(words))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("billing friday night at 8pm", "every Friday at 20:00"),
        ("friday night at 8", "every Friday at 20:00"),
        ("friday night at 20:00", "every Friday at 20:00"),
        ("friday night", "every Friday at 20:00"),
        ("monday morning at 6", "every Monday at 06:00"),
        ("tuesday afternoon at 3", "every Tuesday at 15:00"),
        ("friday evening 5:30", "every Friday at 17:30"),
        ("early on mondays at 7am", "every Monday at 07:00"),
        ("mondays around 9ish", "every Monday at 09:00"),
        ("friday at the end of the week at noon", "every Friday at 12:00"),
    ],
)
def test_the_part_of_the_day_beside_the_time(said: str, meant: str) -> None:
    """Morning, afternoon, evening and night say which half of the day is meant, wherever they stand."""
    parsed = understand(said)
    assert parsed.clarifications == ()
    assert format_schedule(parsed.schedule).startswith(meant)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("early on mondays", "“early”: at what time"),
        ("billing late on fridays", "“late”: at what time"),
        ("monday mornings before work", "“before work”: at what time"),
        ("mondays before 9", "“before 9”: at what time"),
        ("mondays after lunch", "“after lunch”: at what time"),
        ("every monday at the crack of dawn", "dawn”: at what time"),
        ("sometime on fridays", "“sometime”: at what time"),
        ("end of the week", "“end of the week”: on which day"),
        ("midweek", "“midweek”: on which day"),
        ("friday night at 12", "at noon or at midnight"),
        ("monday morning and friday evening", "At one time of day: evening or morning"),
    ],
)
def test_words_that_say_when_but_not_exactly(said: str, asked: str) -> None:
    """They are asked about in the words that were typed, and taken for no area."""
    parsed = understand(said)
    assert any(asked in question for question in parsed.clarifications)
    assert not any("not an area" in question for question in parsed.clarifications)


@pytest.mark.parametrize("phrase", ["fixes", "bug fixes", "breaking changes", "opt-in", "only opt-in changes weekly"])
def test_what_changes_do(phrase):
    """It is no word to look for: that a digest cannot be narrowed by it is said, and nothing is set up."""
    typed = understand(phrase)
    assert typed.filter.words == ()
    assert len(typed.clarifications) == 1
    assert "a digest cannot be narrowed by that" in typed.clarifications[0]


@pytest.mark.parametrize("phrase", ["settings", "invoice fixes", '"fixes"'])
def test_words_beside_what_changes_do(phrase):
    """Other words, and those in quotes, are looked for."""
    assert all("narrowed by that" not in question for question in understand(phrase).clarifications)
