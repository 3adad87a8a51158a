"""Documents whose layout is other than a line a change: headers of two rows, numbers below titles, columns that wrap.

With each kind stand documents that look like it and are none.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501

from tests.ingest.tables import Change, Table

GENERAL = "The source advises caution."


def _document(name: str, text: str, *changes: Change) -> Table:
    return Table(name, text.encode(), tuple(changes))


def _change(number: str | None, title: str, version: str = "2.270", says: str = "") -> Change:
    """`says`: `!` for a highlight, or else the caution."""
    return Change(number, version, None, says == "!", says if len(says) > 1 else None, title)


COPIED, MERGED = _change("1200001", "Quotes can be copied"), _change("1200002", "Tickets can be merged")
LIT = COPIED._replace(highlighted=True)
WARNED = MERGED._replace(caution="Notes are lost")
PAGE = "<!doctype html><html><body><h1>HaloPSA release notes</h1>{}</body></html>"
ROW = "<tr><td>1200001</td><td>Quotes can be copied</td><td>★</td><td></td></tr>"
WARNED_ROW = "<tr><td>1200002</td><td>Tickets can be merged</td><td></td><td>Notes are lost</td></tr>"
NAMES = "<tr><th>Ref</th><th>Feature</th><th>Highlight</th><th>Caution</th></tr>"

HEADERS_OF_TWO_ROWS = (
    _document(
        "groups-and-version-rows.html",
        PAGE.format(f'<table><tr><th colspan="2">Change</th><th colspan="2">Flags</th></tr>{NAMES}'
                    f'<tr><td colspan="4"><b>Version 2.270</b></td></tr>{ROW}'
                    f'<tr><td colspan="4"><b>Version 2.272</b></td></tr>{WARNED_ROW}</table>'),
        LIT, WARNED._replace(version="2.272"),
    ),
    _document(
        "a-name-over-both-rows.html",
        PAGE.format("<h2>v2.270</h2><table><thead><tr><th rowspan=2>Ref</th><th rowspan=2>Feature</th><th colspan=2>What to know</th></tr>"
                    f"<tr><th>Highlight</th><th>Caution</th></tr></thead><tbody>{ROW}{WARNED_ROW}</tbody></table>"),
        LIT, WARNED,
    ),
    _document(
        "groups-that-name-no-change.html",
        PAGE.format(f"<h2>v2.270</h2><table><tr><th colspan=2>Where</th><th colspan=2>Highlights</th></tr>{NAMES}{ROW}{WARNED_ROW}</table>"),
        LIT, WARNED,
    ),
    _document(
        "two-tables.html",
        PAGE.format(f"<h2>v2.270</h2><table><tr><th colspan=3>Change</th><th>Note</th></tr>{NAMES}{ROW}</table>"
                    "<table><tr><th>Ref</th><th>Feature</th></tr><tr><td>1200002</td><td>Tickets can be merged</td></tr></table>"),
        LIT, MERGED,
    ),
    _document(
        "groups.md",
        "# HaloPSA v2.270\n\n| Change | | Flags | |\n|---|---|---|---|\n| Ref | Feature | Highlight | Caution |\n"
        "| 1200001 | Quotes can be copied | ★ | |\n| 1200002 | Tickets can be merged | | Notes are lost |\n",
        LIT, WARNED,
    ),
    _document(  # a change that is called as columns are
        "a-change-and-no-header.md",
        "# HaloPSA v2.270\n\n| Change | Ref | Version |\n|---|---|---|\n| Title and subject | 1200001 | 2.270 |\n"
        "| Tickets can be merged | 1200002 | 2.270 |\n",
        COPIED._replace(title="Title and subject"), MERGED,
    ),
)  # fmt: skip

LIST = "# HaloPSA v2.270\n\n- #1200001 Quotes can be copied\n- #1200002 Tickets can be merged{}\n"


def _labelled(name: str, behind: str, caution: str | None = "Notes are lost.") -> Table:
    """A list whose second change has something behind it or below it."""
    return _document(name, LIST.format(behind), COPIED, MERGED._replace(caution=caution))


LABELS_OF_CAUTIONS = (
    _labelled("test-before-enabling.md", "\n  Test before enabling: Notes are lost."),
    _labelled("test-before-you-switch.md", "\n  Test this before you switch it on – Notes are lost."),
    _labelled("test-it-first.md", "\n\n  Test it first: Notes are lost."),
    _labelled("known-issue.md", "\n  Lines are kept.\n  Known issue: Notes are lost."),
    _labelled("known-issues.md", "\n  - Known issues: Notes are lost."),
    _labelled("heads-up.md", "\n  Heads-up: Notes are lost."),
    _labelled("bold-label.md", "\n  **Known limitation:** Notes are lost."),
    _labelled("label-above.md", "\n  Test before enabling:\n  Notes are lost."),
    _labelled("behind-in-brackets.md", " (known issue: Notes are lost)"),
    _labelled("behind-in-square-brackets.md", " [Test before enabling: Notes are lost]"),
    _labelled("below-in-brackets.md", "\n  (Known issue: Notes are lost)"),
    _labelled("behind-a-dash.md", " – Known issue: Notes are lost"),
    _document("behind-a-full-stop.md", LIST.format(". Heads-up: Notes are lost"), COPIED,
              WARNED._replace(title="Tickets can be merged.", caution="Notes are lost.")),
    _labelled("test-alone.md", "\n  Test before enabling.", "Test before enabling."),
    # these are no cautions
    _labelled("no-known-issue.md", "\n  Known issue: none", None),
    _labelled("no-known-issues.md", "\n  Known issues: None at this time.", None),
    _labelled("about-known-issues.md", "\n  Known issues can be linked to it.", None),
    _labelled("about-tests.md", "\n  A test before each release is a task: it can be merged.", None),
    _document("fixed.md", "# HaloPSA v2.270\n\n- #1200001 Known issue with mails in two languages is fixed\n- #1200002 Tickets can be merged\n",
              COPIED._replace(title="Known issue with mails in two languages is fixed"), MERGED),
)  # fmt: skip


def _column(name: str, caution: str | None = "Notes are lost") -> Table:
    """A table with a column of this name."""
    rows = "1200001,Quotes can be copied,2.270,\n1200002,Tickets can be merged,2.270,Notes are lost\n"
    file_name = f"{name.lower().replace(' ', '-').replace('?', '')}.csv"
    return _document(file_name, f"Number,Title,Version,{name}\n{rows}", COPIED, MERGED._replace(caution=caution))


COLUMNS_OF_CAUTIONS = (
    *map(_column, ("Test before enabling", "Known issue", "Known issues", "Test before rollout", "Test this before using it?")),
    _column("Test before enabling (yes or why)"),
    *(_column(name, None) for name in ("Test result", "Tested by", "Test case", "Linked issues")),
)  # fmt: skip

BOLD = "<p><strong>{}</strong> | v2.270{}</p><p>It helps.</p>"
BOLD_ROWS = f"{BOLD.format(COPIED.title, ' #1200001')}{{}}{BOLD.format(MERGED.title, ' #1200002')}"
NAMELESS = _change(None, "Softer colours in dark mode")

TITLES_AND_VERSIONS = (
    _document("no-number.html", PAGE.format(BOLD_ROWS.format(BOLD.format(NAMELESS.title, ""))), COPIED, MERGED, NAMELESS),
    _document("no-number-at-the-end.html", PAGE.format(BOLD_ROWS.format("") + BOLD.format(NAMELESS.title, "")), COPIED, MERGED, NAMELESS),
    _document("no-number.md", f"**{COPIED.title}** | v2.270 #1200001\n\n**{NAMELESS.title}** | v2.270\n\n**{MERGED.title}** | v2.270 #1200002\n",
              COPIED, MERGED, NAMELESS),
    # these are no changes
    _document("a-title-that-is-not-bold.html", PAGE.format(BOLD_ROWS.format("<p>Softer colours in dark mode | v2.270</p>")), COPIED, MERGED),
    _document("a-bold-word.html", PAGE.format(BOLD_ROWS.format("<p><b>Next</b> | v2.272</p>")), COPIED, MERGED),
    _document("bold-advertisement.html", PAGE.format(BOLD_ROWS.format("<p><b>Book your training now</b> and be ready for v2.272</p>")), COPIED, MERGED),
    _document("no-other-row.html", PAGE.format(BOLD.format(NAMELESS.title, ""))),
)  # fmt: skip

RECORDS = '[{{"id": 1200001, "title": "Quotes can be copied", "version": "2.270", {}}}, {{"id": 1200002, "title": "Tickets can be merged", "version": "2.270", {}}}]'
ITEM = (
    "<item><title>#1200001 Quotes can be copied</title><link>https://example.com/1</link><category>v2.270</category>{}<description>It helps.</description></item>"
    "<item><title>#1200002 Tickets can be merged</title><link>https://example.com/2</link><category>v2.270</category>{}<description>It helps.</description></item>"
)
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{}</channel></rss>'
ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>Quotes can be copied (#1200001)</title>'
    '<link href="https://example.com/1"/><category term="highlight"/><content type="html">&lt;p&gt;In v2.270.&lt;/p&gt;</content></entry></feed>'
)
JSON_FEED = (
    '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://example.com/1", "title": "#1200001 Quotes can be copied",'
    ' "content_text": "In v2.270.", "tags": ["Must-know", "v2.270"]}]}'
)
POST_OF_MANY = (
    "<item><title>By the [run]Book: Episode 22</title><link>https://example.com/22</link><category>Highlights</category>"
    "<description>Quotes can be copied | v2.270 #1200001 | Tickets can be merged</description></item>"
)
CAREFUL = MERGED._replace(caution=GENERAL)

TAGS = (
    _document("tags.json", RECORDS.format('"tags": ["highlight", "agent"]', '"tags": ["agent"]'), LIT, MERGED),
    _document("labels.json", RECORDS.format('"labels": [{"name": "Highlights"}, {"name": "x"}]', '"labels": [{"name": "test-first"}]'), LIT, CAREFUL),
    _document("nodes.json", RECORDS.format('"labels": {"nodes": [{"name": "must-know"}]}', '"labels": {"nodes": []}'), LIT, MERGED),
    _document("flags.csv", "Number,Title,Version,Flags\n1200001,Quotes can be copied,2.270,must_know\n1200002,Tickets can be merged,2.270,mail; caution\n",
              LIT, CAREFUL),
    _document("labels.csv", "Number,Title,Version,Labels,Labels\n1200001,Quotes can be copied,2.270,mail,highlight\n1200002,Tickets can be merged,2.270,mail,\n",
              LIT, MERGED),
    _document("category.csv", "Number,Title,Version,Category\n1200001,Quotes can be copied,2.270,Highlights\n1200002,Tickets can be merged,2.270,Tickets\n",
              LIT, MERGED),
    _document("rss.xml", RSS.format(ITEM.format("<category>Highlights</category>", "<category>Test first</category>")), LIT, CAREFUL),
    _document("atom.xml", ATOM, LIT),
    _document("json-feed.json", JSON_FEED, LIT),
    # these say nothing of that
    _document("tags-of-subjects.json", RECORDS.format('"tags": ["highlighting", "unimportant"]', '"tags": ["no highlight", "early warnings"]'), COPIED, MERGED),
    _document("a-post-of-many.xml", RSS.format(POST_OF_MANY), COPIED._replace(title=COPIED.title)),
)  # fmt: skip

RULED = "HaloPSA v2.270\n\nNumber   Title                 Caution\n-------  --------------------  --------------\n{}\n"
LONG = _change("1200003", "Boards have owners whom others may ask for a place")

WRAPPED_COLUMNS = (
    _document("wrapped-in-the-middle.txt",
              RULED.format("1200003  Boards have owners\n         whom others may ask\n         for a place\n1200002  Tickets can be merged Notes are\n"
                           "                               lost"),
              LONG, WARNED),
    _document("wrapped-in-two-columns.txt",
              RULED.format("1200003  Boards have owners    Notes are lost\n         whom others may ask   behind it\n         for a place\n1200002  Tickets can be merged"),
              LONG._replace(caution="Notes are lost behind it"), MERGED),
    _document("wrapped-before-a-name.txt",
              RULED.format("1200003  Mails that come with\n         Outlook get a ticket\n1200002  Tickets can be merged"),
              LONG._replace(title="Mails that come with Outlook get a ticket"), MERGED),
    _document("wrapped-last-column.txt",
              "HaloPSA v2.270\n\n  Number    Description\n  ========  =============================\n  1200003   Boards have owners whom others\n"
              "            may ask for a place\n  1200002   Tickets can be merged\n",
              LONG, MERGED),
    _document("wrapped-without-dashes.txt",
              "HaloPSA v2.270\n\n1200003   Boards have owners whom others\n          may ask for a place\n1200002   Tickets can be merged\n",
              LONG, MERGED),
    # these have a beginning of their own
    _document("a-row-without-a-number.txt", RULED.format("1200002  Tickets can be merged\n         Softer colours\n1200001  Quotes can be copied"),
              COPIED, MERGED, NAMELESS._replace(title="Softer colours")),
    _document("a-summary-below.txt",
              "HaloPSA v2.270\n\n1200001   Quotes can be copied\n          It helps those who sell.\n1200002   Tickets can be merged\n          Notes stay.\n",
              COPIED, MERGED),
)  # fmt: skip

CODE_SPANS = (
    _document("code-first.md", "# HaloPSA v2.270\n\n- `Copy` buttons stand on quotes (#1200001)\n- `PATCH /api/x` takes lists. #1200002\n",
              COPIED._replace(title="Copy buttons stand on quotes"), MERGED._replace(title="PATCH /api/x takes lists.")),
    _document("code-behind-a-number.md", "# HaloPSA v2.270\n\n- #1200001 `Copy` buttons stand on quotes\n- `#1200002` Tickets can be merged\n",
              COPIED._replace(title="Copy buttons stand on quotes"), MERGED),
    _document("code-last.md", "# HaloPSA v2.270\n\n- #1200001 Dates are no longer `null`\n- Tickets can be merged `1200002`\n",
              COPIED._replace(title="Dates are no longer null"), MERGED),
    _document("code-in-code.md", "# HaloPSA v2.270\n\n- #1200001 Names with ``a ` sign`` are kept\n- #1200002 One ` alone stays\n",
              COPIED._replace(title="Names with ``a ` sign`` are kept"), MERGED._replace(title="One ` alone stays")),
    _document("code-in-a-table.md", "# HaloPSA v2.270\n\n| Number | Title |\n|---|---|\n| 1200001 | `Copy` stands on quotes |\n| `1200002` | Tickets can be merged |\n",
              COPIED._replace(title="Copy stands on quotes"), MERGED),
)  # fmt: skip

BELOW = "# HaloPSA changes in May\n\n**Version 2.270**\n\n## Service desk\n\n### Quotes can be copied\n\n{}\n\nIt helps.\n\n### Tickets can be merged\n\n{}\n\nNotes stay.\n"
COLOURS = "\n### Softer colours in dark mode\n\n{}\n\nFor tired eyes.\n"
NAMED_BELOW = BELOW.format("`ROLLING OUT` · Change 1200001", "`NEW` · Change 1200002")


def _with_colours(text: str, below: str) -> str:
    """A text with another title in it, and what stands below that."""
    return text.replace("### Quotes", f"{COLOURS.format(below)}\n### Quotes")


NUMBERS_BELOW = (
    _document("state-and-number.md", NAMED_BELOW, COPIED, MERGED),
    _document("number-and-state.md", BELOW.format("Ref. #1200001 | Rolling out", "Ref. #1200002 | General availability"), COPIED, MERGED),
    _document("label-alone.md", BELOW.format("Change 1200001", "Change 1200002"), COPIED, MERGED),
    _document("label-and-colon.md", BELOW.format("Work item no.: 1200001", "Work item no.: 1200002"), COPIED, MERGED),
    _document("number-in-brackets.md", BELOW.format("[FIXED] 1200001", "[FIXED], 1200002").replace("] 1", "], 1"), COPIED, MERGED),
    _document("a-state-without-a-number.md", _with_colours(NAMED_BELOW, "`ROLLING OUT`"), COPIED, MERGED, NAMELESS),
    _document("page.html", PAGE.format("<h2>Version 2.270</h2><h3>Quotes can be copied</h3><p><code>NEW</code> · Change 1200001</p><p>It helps.</p>"
              "<h3>Tickets can be merged</h3><p><code>NEW</code> · Change 1200002</p><p>Notes stay.</p>"), COPIED, MERGED),
    _document("capitals.txt", "RELEASE NOTES\n=============\nVERSION 2.270\n=============\n\nNEW FEATURES\n\n  Quotes can be copied\n  Change number: 1200001\n"
              "  It helps.\n\nRESOLVED ISSUES\n\n  Tickets can be merged\n  Change number: 1200002\n  Notes stay.\n", COPIED, MERGED),
    _document("versions-in-bold.md", "**Version 2.272**\n\n**Quotes can be copied**\nChange 1200001\n\n**Version 2.270**\n\n**Tickets can be merged**\nChange 1200002\n",
              COPIED._replace(version="2.272"), MERGED),
    # these are no changes
    _document("another-line-in-capitals.md", _with_colours(NAMED_BELOW, "THANK YOU"), COPIED, MERGED),
    _document("a-state-alone.md", _with_colours(BELOW.format("Change 1200001", "Change 1200002"), "`ROLLING OUT`"), COPIED, MERGED),
    _document("only-states.md", BELOW.format("`ROLLING OUT`", "`NEW`")),
    _document("a-sentence.md", _with_colours(NAMED_BELOW, "Rolled out with change 1200001."), COPIED, MERGED),
)  # fmt: skip

NOTES = "HaloPSA v2.270\n\n- Quotes can be copied (#1200001)\n- Tickets can be merged (#1200002)\n{}\n"

NO_NUMBERS = (
    *(
        _document(f"no-number-{at}.txt", NOTES.format(row), COPIED, MERGED, NAMELESS)
        for at, row in enumerate((
            "- Softer colours in dark mode (no number given)",
            "- Softer colours in dark mode (no number yet, v2.270)",
            "- no number – Softer colours in dark mode",
            "- Softer colours in dark mode [ID: none]",
            "- Softer colours in dark mode | v2.270 | no ref",
        ))
    ),
    *(
        _document(f"about-numbers-{at}.txt", NOTES.format(row), COPIED, MERGED)
        for at, row in enumerate((
            "No number of calls is too high for us.", "There is no number given for the others.", "- Next time: no id, no glory!",
        ))
    ),
    _document("no-number-and-no-other.txt", "HaloPSA v2.270\n\n- Softer colours in dark mode (no number given)\n"),
)  # fmt: skip

EPISODE = "Episode 22 of our podcast, about HaloPSA\n\n"


def _timed(number: str | None, title: str, at: str, lit: bool = False) -> Change:
    return Change(number, "2.270", at, lit, None, title)


CHAPTERS = (
    _document(
        "chapters.txt",
        EPISODE + "00:00 – Hello\n★ 06:08 – Quotes can be copied (v2.270, #1200001)\n24:03 – Softer colours in dark mode (v2.270)\n"
        "1:02:03 – Tickets can be merged (v2.270, #1200002)\n1:07:15 – Goodbye\n",
        _timed("1200001", COPIED.title, "6:08", True), _timed("1200002", MERGED.title, "1:02:03"), _timed(None, NAMELESS.title, "24:03"),
    ),
    _document(
        "signs-before-numbers.txt",
        "HaloPSA v2.270, what I picked out:\n:star: 1200001 – Quotes can be copied\n:warning: 1200002 – Tickets can be merged\n• 1200003 – Boards have owners\n",
        LIT, CAREFUL, _change("1200003", "Boards have owners"),
    ),
    _document(
        "listen-at.html",
        PAGE.format("<p>Episode 22, HaloPSA v2.270</p><ul><li><b>Quotes can be copied</b> (#1200001, listen at 6:08)</li>"
                    "<li><b>Tickets can be merged</b> (#1200002) – listen at 7:09</li></ul>"),
        _timed("1200001", COPIED.title, "6:08"), _timed("1200002", MERGED.title, "7:09"),
    ),
    # these are no changes
    _document(
        "a-version-in-a-chapter.txt",
        EPISODE + "06:08 – Quotes can be copied (v2.270, #1200001)\n07:09 – Tickets can be merged (v2.270, #1200002)\n24:03 – Questions (v2.270)\n"
        "25:04 – We talk about v2.272 and more\n",
        _timed("1200001", COPIED.title, "6:08"), _timed("1200002", MERGED.title, "7:09"),
    ),
    _document("chapters-without-numbers.txt", "00:00 – Hello\n24:03 – Softer colours in dark mode (v2.270)\n"),
    _document("stars-of-a-count.txt", NOTES.format("★ 4417702 people like that, says Ann."), COPIED, MERGED),
)  # fmt: skip

TWO = "# Changelog\n\n## {}\n\n- Quotes can be copied (#1200001)\n- Boards have owners (#1200003)\n\n## {}\n\n- Tickets can be merged (#1200002)\n- Dates are short (#1200004)\n"


def _two_releases(name: str, first: str, second: str, *versions: str | None) -> Table:
    """A list of two releases, below these headings."""
    changes = (COPIED, _change("1200003", "Boards have owners"), MERGED, _change("1200004", "Dates are short"))
    pairs = zip(changes, (versions[0], versions[0], versions[1], versions[1]), strict=True)
    return _document(name, TWO.format(first, second), *(change._replace(version=version) for change, version in pairs))


REMARKS_OF_RELEASES = (
    _two_releases("yanked.md", "[2.272] - 2026-09-01", "[2.270] - 2026-08-01 [YANKED]", "2.272", "2.270"),
    _two_releases("live-since.md", "v2.272 (live since 8 July)", "v2.270 (2 changes)", "2.272", "2.270"),
    _two_releases("date-and-remark.md", "Version 2.272 (1 September 2026) [beta]", "Version 2.270 [stable] (1 August 2026)", "2.272", "2.270"),
    _two_releases("unreleased.md", "[Unreleased]", "[2.270] - 2026-08-01", None, "2.270"),
    _two_releases("next-release.md", "v2.272", "Next release", "2.272", None),
    # a row is no heading, whatever stands in its brackets
    _document("rows-in-brackets.txt", "By the [run]Book: Episode 22\n\nQuotes can be copied\nv2.270 (ID 1200001)\n\nTickets can be merged\nv2.270 (#1200002)\n",
              COPIED, MERGED),
)  # fmt: skip

LETTER = "HaloPSA v2.270\n\n* Quotes can be copied (1200001)\n\n  {}\n\n* Tickets can be merged (1200002)\n"


def _letter(name: str, below: str, caution: str | None) -> Table:
    return _document(name, LETTER.format(below), COPIED._replace(caution=caution), MERGED)


BROKEN_LINES = (
    _letter("broken-caution.txt", "Test first: Ask one administrator to try that before you\n  switch this on for everybody.",
            "Ask one administrator to try that before you switch this on for everybody."),
    _letter("broken-twice.txt", "Test first: Ask one administrator to try that before you\n  switch this on for everybody, and then another one for\n  a week.",
            "Ask one administrator to try that before you switch this on for everybody, and then another one for a week."),
    _document("title-of-three-lines.txt",
              "HaloPSA v2.270\n\n* Quotes that were sent by somebody else can be copied with\n  all of their lines and the texts that stand between\n  them (1200001)\n"
              "* Tickets can be merged (1200002)\n",
              COPIED._replace(title="Quotes that were sent by somebody else can be copied with all of their lines and the texts that stand between them"),
              MERGED),
    # these go on with something else
    _letter("with-an-end.txt", "Test first: Ask one administrator to try that for all of you.\n  and so on", "Ask one administrator to try that for all of you."),
    _letter("short.txt", "Test first: Ask somebody\n  and so on", "Ask somebody."),
    _letter("a-name.txt", "Test first: Ask one administrator to try that before you all\n  iOS and others follow", "Ask one administrator to try that before you all."),
    _letter("other-indent.txt", "Test first: Ask one administrator to try that before you all\n      and so on", "Ask one administrator to try that before you all."),
)  # fmt: skip


def _facts(title: str, *facts: str) -> str:
    """A change of a page that can be unfolded, with its facts as a list of terms."""
    terms = "".join("<dt>{}</dt><dd>{}</dd>".format(*fact.split("=")) for fact in facts)
    return f"<details><summary>{title}</summary><dl>{terms}</dl></details>"


FOLDED = "<p>Minutes are of episode 22.</p><h2>v2.270</h2>{}"
BOTH = _facts(f"⭐ {COPIED.title}", "Reference=1200001", "Listen at=6:08") + _facts(
    MERGED.title, "Reference=1200002", "Warning=Notes are lost."
)

FACTS = (
    _document("facts.html", PAGE.format(FOLDED.format(BOTH)), _timed("1200001", COPIED.title, "6:08", True), WARNED._replace(caution="Notes are lost.")),
    _document("facts-without-a-number.html", PAGE.format(FOLDED.format(BOTH + _facts(NAMELESS.title, "Reference=none given", "Listen at=7:09"))),
              _timed("1200001", COPIED.title, "6:08", True), WARNED._replace(caution="Notes are lost."), _timed(None, NAMELESS.title, "7:09")),
    _document("facts-with-versions.html", PAGE.format(_facts(COPIED.title, "Change number=1200001", "Version=2.270")
              + _facts(MERGED.title, "Change number=1200002", "Version=2.272")), COPIED, MERGED._replace(version="2.272")),
    _document("none-below.md", BELOW.format("Change 1200001", "Change 1200002").replace("### Quotes", "### Softer colours in dark mode\n\nNumber: none yet\n\n### Quotes"),
              COPIED, MERGED, NAMELESS),
    # these are none
    _document("terms-explained.html", PAGE.format("<h2>v2.270</h2><dl><dt>#1200001 Quotes can be copied</dt><dd>Version by version.</dd>"
              "<dt>#1200002 Tickets can be merged</dt><dd>Number by number.</dd></dl>"), COPIED, MERGED),
    _document("words-explained.html", PAGE.format("<h2>v2.270</h2><dl><dt>Sandbox for partners</dt><dd>A copy.</dd><dt>Reference</dt><dd>none</dd></dl>"
              "<ul><li>Quotes can be copied #1200001</li><li>Tickets can be merged #1200002</li></ul>"), COPIED, MERGED),
)  # fmt: skip

WIKI = "h1. HaloPSA releases\n\n{{toc:maxLevel=2}}\n\nh2. v2.270 (live since 8 July)\n\n{}\n"
OPENED = _change("1200003", "Calls open the caller's last ticket")

WIKI_MARKUP = (
    _document("lists.wiki",
              WIKI.format("h3. Highlights\n\n* *Quotes can be copied* (1200001)\n** All lines.\n\nh3. Everything else\n\n* *Tickets can be merged* (1200002)\n"
                          "{warning:title=Test first}Notes are lost.{warning}\n* *Calls open the caller's last ticket* (1200003)"),
              LIT, WARNED._replace(caution="Notes are lost."), OPENED),
    _document("table.txt",
              WIKI.format("||Number||Change||Caution||\n|1200001|[Quotes|https://wiki.example/q] can be copied| |\n|[1200002|https://x.example]|Tickets can be {{merged}}|Notes are lost|"),
              COPIED, WARNED),
    _document("box-of-lines.wiki", WIKI.format("# Quotes can be copied (#1200001)\n# Tickets can be merged (#1200002)\n{warning}\nNotes are lost.\n{warning}"),
              COPIED, WARNED._replace(caution="Notes are lost.")),
    _document("status.wiki", WIKI.format("* {status:colour=Green|title=NEW} Quotes can be copied (#1200001)\n* (!) Tickets can be merged (#1200002)\n{info}See [here|https://x.example].{info}"),
              COPIED, CAREFUL),
    _document("bold-before-a-number.md", "# HaloPSA v2.270\n\n- **Quotes can be copied** (#1200001)\n- **Calls open the caller's last ticket** (#1200003)\n", COPIED, OPENED),
    # these are in no wiki's markup
    _document("braces.md", "# HaloPSA v2.270\n\n- #1200001 Quotes can be {copied}\n- #1200002 Tickets can be merged!\n- Use {{a | b}} as !you! like\n",
              COPIED._replace(title="Quotes can be {copied}"), MERGED._replace(title="Tickets can be merged!")),
    _document("a-reference.md", LIST.format("\n\nIt was raised in the **ticket** (#1200003)"), COPIED, MERGED),
)  # fmt: skip

HABITS_OF_LAYOUT = (
    *WIKI_MARKUP,
    *FACTS,
    *BROKEN_LINES,
    *REMARKS_OF_RELEASES,
    *CHAPTERS,
    *NUMBERS_BELOW,
    *NO_NUMBERS,
    *CODE_SPANS,
    *WRAPPED_COLUMNS,
    *TAGS,
    *HEADERS_OF_TWO_ROWS,
    *TITLES_AND_VERSIONS,
    *LABELS_OF_CAUTIONS,
    *COLUMNS_OF_CAUTIONS,
)
