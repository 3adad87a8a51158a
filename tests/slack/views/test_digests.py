"""The post and its thread: short, complete, and within Slack's limits whatever the entries say."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.models import Entry, Episode, Version
from bot.digests.models import Edition, EditionItem
from bot.playground.checks import check_block_text, check_blocks, check_text
from bot.slack.views.digest_cards import DigestCard
from bot.slack.views.digests import (
    MAX_LEADING,
    MAX_REASON,
    SMALL_EDITION,
    area_message,
    cut_to_sentence,
    digest_parts,
    digest_post,
    format_versions,
    headline,
)
from bot.slack.views.notices import delivery_unknown_notice, failed_notice, paused_notice, watch_message, watch_thread
from bot.slack.views.watches import WatchRow
from tests.digests.rig import entry

EPISODES = {20: Episode(20, "https://example.com/20")}


def edition(*entries: Entry, kind: str = "new", **more: Any) -> Edition:
    return Edition(tuple(EditionItem(number, kind, one) for number, one in enumerate(entries)), **more)  # type: ignore[arg-type]


def text_of(message: dict[str, Any]) -> str:
    return "\n".join(re.findall(r"'text': '((?:[^'\\]|\\.)*)'", str(message["blocks"])))


def menus(message: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return [one for row in rows for one in row if one["type"] == "static_select"]


def assert_slack_takes(*messages: dict[str, Any]) -> None:
    for message in messages:
        check_text(message["text"])
        check_blocks(message["blocks"])
        check_block_text(message["blocks"])
        assert len(message["text"]) <= 1_600


def test_a_digest_of_two_is_one_short_post() -> None:
    """Each with its reason and minute; no thread, no buttons for areas."""
    parts = digest_parts(edition(entry(1, highlighted=True), entry(2, caution="Breaks old rules.")), 3, EPISODES)
    assert len(parts) == 1
    assert "Breaks old rules." in text_of(parts[0])
    assert "<https://example.com/20|Watch 1:11>" in text_of(parts[0])
    assert "digest_area" not in str(parts[0])
    assert_slack_takes(*parts)


def test_a_digest_of_four_hundred_is_as_short() -> None:
    """What matters first, the areas in one menu; every entry stands in the thread once, by area, in few messages,
    each with menus that lead to the details of just those.
    """
    entries = [entry(number, highlighted=number % 20 == 0) for number in range(1_000, 1_400)]
    parts = digest_parts(edition(*entries), 3, EPISODES)
    assert len(text_of(parts[0])) < 3_500
    assert str(parts[0]).count("*Highlight*") == MAX_LEADING
    assert "Everything by area is in the thread, with 12 more highlighted." in text_of(parts[0])
    assert [menu["placeholder"]["text"] for menu in menus(parts[0])] == ["One area"]
    assert "Projects (33)" in text_of(parts[0])
    thread = "".join(text_of(part) for part in parts[1:])
    assert sorted(re.findall(r"#(\d+)", thread)) == [str(number) for number in range(1_000, 1_400)]
    for part in parts[1:]:
        led_to = [option["value"] for menu in menus(part) for option in menu["options"]]
        assert led_to == re.findall(r"#(\d+)", text_of(part))
    assert len(parts) < 12
    assert_slack_takes(*parts)


def test_the_headline_says_versions_and_counts() -> None:
    """As a notification it stands alone, with what matters most."""
    one = edition(*(entry(number, version="2.214", highlighted=number == 5) for number in range(74)))
    assert headline(one) == "HaloPSA v2.214: 74 changes"
    assert digest_parts(one, 1, {})[0]["text"].startswith("HaloPSA v2.214: 74 changes. Change 5: something")
    assert headline(edition(entry(1))) == "HaloPSA v2.218: 1 change"
    assert format_versions([entry(1, version="2.9"), entry(2, version="2.210")]) == "v2.9 and v2.210"
    assert format_versions(entry(n, version=f"2.{n}") for n in (210, 9, 204)) == "v2.9 to v2.210"


def test_highlights_come_first_and_cautions_are_not_crowded_out() -> None:
    """A post has eight of them; what it leaves out is counted by kind, and stands marked in the thread."""
    found = [
        entry(n, highlighted=n % 3 == 0, caution="Try it on one ticket first, since it is new." if n % 5 == 1 else None)
        for n in range(40)
    ]
    parts = digest_parts(edition(*found), 1, EPISODES)
    said = text_of(parts[0])
    assert "14 highlights · 8 to test first" in said
    titles = [int(number) for number in re.findall(r"\*Change (\d+):", said)]
    assert [n % 3 == 0 for n in titles] == [True] * 5 + [False] * 3
    assert "in the thread, with 9 more highlighted and 4 more to test first." in said
    thread = "".join(text_of(part) for part in parts[1:])
    assert (thread.count("*Highlight*"), thread.count("test first")) == (14, 8)


def test_a_single_version_is_named_once() -> None:
    """In the headline; with several, each entry says its own, and so does what may belong to one of two."""
    assert text_of(digest_parts(edition(entry(1), entry(2)), 1, {})[0]).count("v2.218") == 1
    assert text_of(digest_parts(edition(entry(1), entry(2, version="2.216")), 1, {})[0]).count("v2.216") == 2
    unsure = replace(entry(1), version=None, possible_versions=(Version(2, 216), Version(2, 218)))
    assert "v2.216 or v2.218" in text_of(digest_parts(edition(unsure), 1, {})[0])


def test_a_reason_is_a_sentence_or_a_clause() -> None:
    """Never more than a line or two; cut where a reader would pause."""
    assert cut_to_sentence("Short. And more.") == "Short."
    long = (
        "Try the pixel values on the screens that your team actually uses, since each width is set by hand and is "
        "less flexible than it sounds"
    )
    assert cut_to_sentence(f"{long}. More.") == "Try the pixel values on the screens that your team actually uses …"
    assert len(cut_to_sentence("word " * 90)) <= MAX_REASON


def test_small_areas_together_are_listed_area_by_area() -> None:
    """The button "2 other areas" shows each under its own name."""
    shown = area_message(
        ["API", "Chat"], [EditionItem(n, "new", entry(n, area=("API", "Chat")[n % 2])) for n in range(5)], EPISODES
    )
    assert shown["text"] == "2 areas: 5 changes"
    assert [block["text"]["text"].split("*")[1] for block in shown["blocks"] if block["type"] == "section"] == [
        "API (3)",
        "Chat (2)",
    ]


def test_changes_and_answers_are_counted_apart() -> None:
    """An FAQ answer is no change of Halo's."""
    answers = [replace(entry(n), kind="faq", version=None) for n in range(2)]
    assert headline(edition(*answers)) == "HaloPSA: 2 new answers"
    assert headline(edition(entry(5), *answers)) == "HaloPSA v2.218: 1 change and 2 new answers"


def test_the_first_one_says_who_set_it_up() -> None:
    """And when it comes; later ones do not."""
    first = digest_parts(
        edition(entry(1), is_first=True, set_up_by="UALICE", schedule="every Monday at 09:00 (Europe/London)"), 1, {}
    )
    assert "set up by <@UALICE>: every Monday at 09:00" in text_of(first[0])
    assert "set up by" not in text_of(digest_parts(edition(entry(1), set_up_by="UALICE"), 2, {})[0])


def test_a_first_post_of_several_digests() -> None:
    """Which of them comes when is said on their cards; where there are more than fit, a button shows them all."""
    first = edition(entry(1), is_first=True, set_up_by="UALICE", schedule="every Monday; every Friday")
    card = DigestCard(1, "m", "C1", "Billing", "every Monday", "", "UALICE")
    several = str(digest_post(first, 1, {}, [card, card]))
    assert "This is the first post of this channel's 2 digests" in several
    assert "every Friday" not in several
    assert "Edit, pause or remove" not in several
    assert "Its card is at the end." in str(digest_post(first, 1, {}, [card]))
    assert "at the end" not in str(digest_post(first, 1, {}))
    assert "Edit, pause or remove" in str(digest_post(first, 1, {}, [card] * 4))


def test_corrections_come_last_and_are_called_so() -> None:
    """Apart from what is new; alone they have their own headline."""
    lines = (*(EditionItem(n, "new", entry(n)) for n in range(20)), EditionItem(99, "updated", entry(99)))
    parts = digest_parts(Edition(lines), 1, {})
    assert "1 correction to earlier changes" in text_of(parts[0])
    assert "Corrected since they first came (1)" in text_of(parts[-1]).split("• ")[-2]
    assert headline(edition(entry(1), kind="updated")) == "HaloPSA: 1 correction to earlier changes"


def test_nothing_new_is_one_line() -> None:
    """Where the channel wants to hear even that."""
    (part,) = digest_parts(Edition((), since=datetime(2026, 11, 16, 9, tzinfo=UTC)), 1, {})
    assert part["text"] == "Nothing new in HaloPSA since Monday 16 November."


def test_text_from_sources_pings_nobody() -> None:
    """A title with a mention in it is only text."""
    nasty = [
        entry(number, title="<!channel> & <@U1>", summary="<!here> *bold*", caution="<!everyone>")
        for number in range(9)
    ]
    for part in digest_parts(edition(*nasty), 1, EPISODES):
        formatted = re.findall(r"\{'type': 'mrkdwn', 'text': '[^']*'", str(part))  # labels of a menu are plain text
        assert formatted
        assert not [one for one in formatted if "<!" in one or "<@U1>" in one]
        assert "<!" not in part["text"]


texts = st.text(st.sampled_from("ab <>&*_~`🎉שלום\n.|"), max_size=900)
entries = st.builds(
    Entry,
    key=st.integers(1, 10**7).map(str) | st.text("abc-15", min_size=1, max_size=30),
    kind=st.sampled_from(["feature", "faq", "guide"]),
    title=texts,
    summary=texts,
    area=st.none() | st.sampled_from(["API", "Billing & invoicing"]) | texts.map(lambda text: text[:60]),
    version=st.none() | st.builds(Version, st.integers(1, 9), st.integers(1, 999)),
    highlighted=st.booleans(),
    caution=st.none() | texts,
    answer=st.none() | texts,
)


@given(st.lists(entries, min_size=1, max_size=120), st.booleans())
@settings(max_examples=40, deadline=None)
def test_slack_takes_any_digest(found: list[Entry], first: bool) -> None:
    """Whatever the entries are full of, and however many."""
    parts = digest_parts(edition(*found, is_first=first, set_up_by="U1", schedule="every day"), 7, EPISODES)
    assert_slack_takes(*parts)
    assert (len(parts) == 1) == (len(found) <= SMALL_EDITION)


@given(st.lists(entries, min_size=1, max_size=60), texts)
@settings(max_examples=25, deadline=None)
def test_slack_takes_any_notice_and_answer(found: list[Entry], text: str) -> None:
    """Direct messages and the private lists by area, too."""
    lines = [EditionItem(number, "new", one) for number, one in enumerate(found)]
    for message in (
        area_message([text[:80] or "API"], lines, EPISODES),
        watch_message([WatchRow(7, text or "sso")], found, EPISODES),
    ):
        check_blocks(message["blocks"])
        check_block_text(message["blocks"])


@pytest.mark.parametrize("sign", ["a", "&", '"', "<"])
@pytest.mark.parametrize("watch_count", [1, 2, 30])
def test_long_news_of_a_watch_goes_on_in_its_thread(sign: str, watch_count: int) -> None:
    """However long titles and the watches' words are, Slack takes the message, and each change is told once."""
    found = [entry(1_200_000 + n, title=f"{n} {sign * 700}", area=sign * 600) for n in range(30)]
    watches = [WatchRow(number, sign * 900) for number in range(watch_count)]
    told = [watch_message(watches, found, EPISODES), *watch_thread(found, EPISODES)]
    assert_slack_takes(*told)
    shown = "\n".join(map(str, told))
    assert [number for number in range(30) if f"#12000{number:02}" not in shown] == []
    (more,) = [int(count) for count in re.findall(r"and (\d+) others, in this message's thread", shown)]
    assert more == sum(f"#12000{number:02}" in str(told[1:]) for number in range(30))


def test_notices_say_what_to_do() -> None:
    """Why it stopped, and how it goes on."""
    assert "I am not in it. It is paused, nothing is lost. Invite me with `/invite @halo`" in str(
        paused_notice("C1", "not_in_channel")
    )
    assert "Unarchive it" in str(paused_notice("C1", "is_archived"))
    assert "restricted_action" in str(paused_notice("C1", "restricted_action"))
    assert "UBOB" not in str(delivery_unknown_notice("UBOB", 1, [0], 1)) + str(
        failed_notice("UBOB", 1, "invalid_blocks")
    ), "a person is no channel"
    whole, part = str(delivery_unknown_notice("C1", 4, [0, 1, 2], 3)), str(delivery_unknown_notice("C1", 4, [1], 3))
    assert "edition 4 of the digest in <#C1>" in whole
    assert "part 2 of 3 of edition 4" in part
