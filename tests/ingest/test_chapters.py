"""Chapters of videos: as captions' files have them, and as podcasts' JSON has them; commits before a number."""

import json

import pytest

from bot.ingest.readers.post.credits import move_credit
from bot.ingest.readers.registry import read_document
from bot.ingest.readers.text import split_text_lines

VTT = """WEBVTT - By the [run]Book episode 26, HaloPSA v2.314

NOTE made with #1143399
an editor

00:00:00.000 --> 00:02:30.000
Intro

quotes
00:02:30.000 --> 00:06:08.000 align:start
<v Ann>#1143301 Quotes can be
compared side by side

01:02:07.000 --> 01:08:00.500
#1143305 Idle time is not billed
"""
SRT = """By the [run]Book episode 26, HaloPSA v2.314

1
00:02:30,000 --> 00:06:08,000
#1143301 Quotes can be compared side by side

2
01:02:07,000 --> 01:08:00,500
#1143305 Idle time is not billed
"""


def _read(text: str, name: str) -> list[tuple[str | None, str, str | None, str]]:
    document = read_document(text.encode(), name, name)
    assert not document.problems
    return [(r.number, r.title, r.mention and r.mention.at, r.summary) for r in document.records]


@pytest.mark.parametrize(("text", "name"), [(VTT, "26.vtt"), (SRT, "26.srt"), (SRT.replace("\n", "\r\n"), "26.txt")])
def test_cues_are_lines_behind_their_minutes(text: str, name: str) -> None:
    """A cue is a row with the minute it begins at; its number, its end and editors' notes describe nothing."""
    assert _read(text, name) == [
        ("1143301", "Quotes can be compared side by side", "2:30", ""),
        ("1143305", "Idle time is not billed", "1:02:07", ""),
    ]


def test_arrows_in_a_text_are_no_cues() -> None:
    """A text that has arrows of that kind, or the times of a single cue, stays as it is."""
    text = "HaloPSA v2.314, episode 26\n\n2:30 #1143301 Tickets --> projects\n4:30 #1143302 Calls --> tickets\n"
    assert [title for _, title, *_ in _read(text, "26.txt")] == ["Tickets --> projects", "Calls --> tickets"]


def test_times_in_a_sentence_are_no_cues() -> None:
    """What is said behind two times is kept; where a cue is shown is no word."""
    text = "# v2.322\n- Night shifts (#1151103)\n\n12:30 --> 13:30 is the new default\n14:00 --> 15:00 is the old one\n"
    lines = [line.text for line in split_text_lines(text)]
    assert "12:30 --> 13:30 is the new default" in lines
    cues = "00:01.000 --> 00:05.000 align:start position:0%\nBoards\n\n00:05.000 --> 00:09.000 line:-1\nLists\n"
    assert [line.text for line in split_text_lines(cues)] == ["00:01 Boards", "00:05 Lists"]


@pytest.mark.parametrize("name", ["startTime", "start_time", "seconds"])
def test_chapters_of_podcasts_start_at_seconds(name: str) -> None:
    """`startTime` counts seconds; the file's version is none of Halo's, and “Intro” is no change."""
    chapters = [(0, "Intro"), (368, "#1143502 Links in mails"), (901.5, "#1143503 Digests"), (3727, "#1143505 Quotes")]
    value = {
        "version": "1.2.0",
        "title": "By the [run]Book episode 28: HaloPSA v2.316",
        "chapters": [{name: start, "title": title} for start, title in chapters],
    }
    document = read_document(json.dumps(value).encode(), "chapters.json", "chapters.json")
    assert not document.problems
    assert [(r.number, r.title, str(r.version), str(r.mention and r.mention.at)) for r in document.records] == [
        ("1143502", "Links in mails", "v2.316", "6:08"),
        ("1143503", "Digests", "v2.316", "15:01"),
        ("1143505", "Quotes", "v2.316", "1:02:07"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Quotes renew (a1b2c3d), closes #1130447",
        "Quotes renew (a1b2c3d) closes #1130447",
        "Quotes renew (`a1b2c3d`), fixes #1130447",
        "Quotes renew (a1b2c3d) #1130447",
        "Quotes renew, closes #1130447",
    ],
)
def test_a_commit_before_the_number_leaves_the_title(line: str) -> None:
    """Conventional changelogs put the commit, and “closes”, between a title and its number."""
    assert move_credit(line) == "Quotes renew #1130447"


@pytest.mark.parametrize("line", ["A button that closes #1130447", "Quotes (draft), closes the window #1130447"])
def test_a_title_about_closing_stays(line: str) -> None:
    """Without a comma, or with words behind, “closes” is the title's own."""
    assert move_credit(line) == line


def test_signs_of_html_in_captions_are_read() -> None:
    """`&amp;` is a sign in them, as it is on a page."""
    cues = "WEBVTT\n\n00:40.000 --> 02:10.000\n1225001 Sites &amp; teams\n\n02:10.000 --> 03:00.000\n1225002 Bins\n"
    document = read_document(cues.replace("WEBVTT", "WEBVTT - Episode 31, v2.289").encode(), "x.vtt", "x.vtt")
    assert [(record.number, record.title) for record in document.records] == [
        ("1225001", "Sites & teams"),
        ("1225002", "Bins"),
    ]
