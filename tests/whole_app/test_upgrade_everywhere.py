"""The checklist of an upgrade, by every way in: counts first, all of it in pages, as text, and shared as a whole."""

from functools import partial

import pytest

from tests.whole_app.acting import buttons, text
from tests.whole_app.ways_in import IN_SLACK, WAYS, Row, WaysIn, readable

TITLE = "Upgrade v2.206 to v2.214: 200 changes"
COUNTS = ("29 Acts by itself", "5 Test first", "75 Off until you enable it")
ROWS = (
    Row("upgrade 2.206 2.214", (TITLE, *COUNTS), count=200),
    Row("upgrading from v2.206 to v2.214", (TITLE, *COUNTS), count=200),
    Row("we go from 2.206 to 2.214 next week, what do I need to check?", (TITLE, *COUNTS), count=200),
    Row("upgrade 2.206", "Upgrade v2.206 to v2.216: 211 changes", count=211),
    Row("what acts by itself when we upgrade from 2.212 to 2.214", "v2.212 to v2.214"),
    Row("upgrade 2.214 2.206", TITLE, count=200),
    Row("upgrade 2.300 2.310", "I know no changes after v2.300, up to v2.310", count=0),
    Row("upgrade", "a checklist", count=0),
)


@pytest.mark.parametrize("way", WAYS)
def test_upgrade(everywhere: WaysIn, way: str) -> None:
    """The same checklist however it is asked for, and an explanation where there is none."""
    assert everywhere.wrong(way, ROWS) == []


@pytest.mark.parametrize("way", [way for way in WAYS if way != "ask"])
def test_it_goes_on(everywhere: WaysIn, way: str) -> None:
    """After a checklist "only billing" narrows it, and "how many" counts it."""
    whole, narrowed, counted = everywhere.answers(way, ["upgrade 2.206 2.214", "only billing", "how many is that"])
    if way == "jsonl":
        assert narrowed.ids
        assert set(narrowed.ids) < set(whole.ids or ())
        assert counted.ids == narrowed.ids
    else:
        assert "Upgrade v2.206 to v2.214, Billing & invoicing: 19 changes" in narrowed.text
        assert "19 changes" in counted.text


@pytest.mark.parametrize("way", IN_SLACK)
def test_more_pages(everywhere: WaysIn, way: str) -> None:
    """ "more" goes through the checklist as the button Next does; no change is left out or there twice."""
    said = ["upgrade 2.212 2.214", *["more"] * 8]
    shown = [answer.text for answer in everywhere.answers(way, said)]
    pages = shown[: shown.index("That was all.")]
    assert len(pages) > 1
    assert sum(page.count("• ") for page in pages) == 74


@pytest.mark.parametrize("said", ["upgrade 2.206 2.214", "2.214", "everything for jira", "2.206 vs 2.208"])
@pytest.mark.parametrize("way", IN_SLACK)
def test_send_as_text(everywhere: WaysIn, way: str, said: str) -> None:
    """The button "Send as text" sends all of it to the one who pressed it, as direct messages, and says so where it was
    pressed.
    """
    slack = everywhere.slack
    (answer,) = everywhere.shown(way, [said])
    channel, action = str(answer.channel), buttons(answer)["Send as text"]["action_id"]
    user = answer.visible_to or (channel[1:] if channel.startswith("D") else "UALICE")
    after = slack.shown_after(partial(slack.click, action, user=user, channel=channel, ts=answer.ts))
    documents = [entry for entry in after if "```" in text(entry)]
    notes = [entry for entry in after if entry not in documents]
    assert documents
    assert {entry.channel for entry in documents} == {f"D{user}"}
    is_here = way.startswith("direct message")
    assert {entry.thread_ts for entry in documents} == {answer.thread_ts if is_here else None}
    assert len(notes) == (0 if is_here else 1)
    for note in notes:
        assert "I sent it to you" in readable(note)
        assert (note.channel, note.thread_ts) == (channel, answer.thread_ts)
    if said.startswith("upgrade"):
        assert sum(text(entry).count("- **") for entry in documents) == 200
