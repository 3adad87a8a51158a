"""More documents that no reader was written for, each of which a reader once got wrong. Facts as in `unseen.py`."""

# The documents keep their lines as they are.
# ruff: noqa: E501

from tests.ingest.unseen import Document, Fact

CHAPTERS = Document(
    "chapters.txt",
    """By the [run]Book: Episode 33 | HaloPSA v2.244 & v2.246

In this episode of By the [run]Book, Mendy and Robbie cover HaloPSA v2.244 and v2.246.

0:00 Intro
1:25 v2.244 #1330001 Kanban cards show the next appointment
3:40 v2.244 #1330002 Invoices can be sent in the customer's language
15:02 v2.246 #1330003 The API returns deleted assets
1:00:44 v2.246 #1330004 Expenses can be approved by e-mail
1:05:00 Outro

Subscribe for more!
""",
    (
        Fact("1330001", "2.244", "1:25"),
        Fact("1330002", "2.244", "3:40"),
        Fact("1330003", "2.246", "15:02"),
        Fact("1330004", "2.246", "1:00:44"),
    ),
    33,
)

COMMENTED = Document(
    "commented.html",
    """<!doctype html><html><head><meta charset=utf-8><title>By the [run]Book: Episode 35</title></head><body>
<header><a>Rising Tide</a><nav><ul><li>Home</li><li>Blog</li></ul></nav></header>
<main><article><h1>By the [run]Book: Episode 35</h1><p class=meta>June 30, 2026 · 12 min read</p>
<p>In Episode 35 of By the [run]Book, Mendy and Connor explore HaloPSA v2.250 and v2.252.</p>
<h2>Standout updates</h2>
<div class=feature><h3>Shared calendars for teams</h3><p class=meta><span>v2.250</span> <span>#1350001</span> <span>12:01</span></p><p>Teams share one calendar.</p><ul><li>Colours per person</li><li>⚠️ Test with a small team first</li></ul></div>
<h2>Complete list of changes</h2>
<div class=feature><h3>Shared calendars for teams</h3><p class=meta><span>v2.250</span> <span>#1350001</span> <span>12:01</span></p><p>One calendar for a team.</p></div>
<div class=feature><h3>Retainers can roll over twice</h3><p class=meta><span>v2.250</span> <span>#1350002</span> <span>14:22</span></p><p>Hours are kept for longer.</p></div>
<div class=feature><h3>New variable $TEAMLEADNAME</h3><p class=meta><span>v2.252</span> <span>#1350003</span> <span>18:00</span></p><p>For templates.</p></div>
<div class=feature><h3>Quote PDFs show a watermark while in draft</h3><p class=meta><span>v2.252</span> <span>#1350004</span></p><p>Draft is written across.</p></div>
</article></main>
<aside><h3>Popular posts</h3><ul><li>By the [run]Book: Episode 30</li><li>By the [run]Book: Episode 31</li></ul></aside>
<section id=comments><h3>Comments</h3><div class=comment><p>Joe</p><p>Does #1350002 work with prepay? | v2.250 #1350002 | 14:22 is great.</p></div><div class=comment><p>Ann</p><p>We logged this as ticket #9999999 long ago.</p></div></section>
<footer>© 2026</footer></body></html>""",
    (
        Fact("1350001", "2.250", "12:01", True),
        Fact("1350002", "2.250", "14:22"),
        Fact("1350003", "2.252", "18:00"),
        Fact("1350004", "2.252", None),
    ),
    35,
)

OWN_COLUMNS = Document(
    "own-columns.csv",
    """\ufeffFeature #,Feature Title,What it does,Introduced in,Key feature?,Product area,Podcast ep.,Video timestamp\r\n\
1360001,Approvals by phone,"Approve, from a phone",HaloPSA v2.260,Yes,Tickets,36,1:02:33\r\n\
1360002,"Labels, in bulk",,v2.260,No,Stock,36,00:04:15\r\n\
1360003,Teams chat bots,Bots,2.262,TRUE,Chat,Ep 36,4:05\r\n\
1360004,Nothing special,,v2.26,,Chat,Episode 36,\r\n\
""",
    (
        Fact("1360001", "2.260", "1:02:33", True),
        Fact("1360002", "2.260", "4:15"),
        Fact("1360003", "2.262", "4:05", True),
        Fact("1360004", "2.260", None),
    ),
    36,
)

NESTED = Document(
    "nested.json",
    """{"meta":{"generated":"2026-07-01","count":3},"data":{"episode":{"number":37,"title":"By the [run]Book: Episode 37"},"features":[
{"halo_id":1370001,"feature":"Approve in Teams","release":{"name":"v2.264"},"timestamp":"3:03","highlight":true,"tags":["Teams"]},
{"halo_id":1370002,"feature":"Undo a merge","release":{"name":"v2.264"},"timestamp":"1:02:03","highlight":false},
{"halo_id":1370003,"feature":"Tax per line","release":{"name":"v2.266"},"timestamp":null}]}}""",
    (
        Fact("1370001", "2.264", "3:03", True),
        Fact("1370002", "2.264", "1:02:03"),
        Fact("1370003", "2.266", None),
    ),
    37,
)

BY_VERSION_NAME = Document(
    "by-version-name.json",
    """{"v2.270":[{"id":"#1380001","title":"One"},{"id":"#1380002","title":"Two words"}],"v2.272":[{"id":"1380003","title":"Three words here","important":"Yes"}]}""",
    (
        Fact("1380001", "2.270", None),
        Fact("1380002", "2.270", None),
        Fact("1380003", "2.272", None, True),
    ),
    None,
)

EPISODE_SHORT = Document(
    "episode-short.rss",
    """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:itunes="x"><channel><title>By the [run]Book</title>
<item><title><![CDATA[Ep. 38: HaloPSA v2.274 deep dive | By the [run]Book]]></title><link>https://x.example/38</link><guid>38</guid><description><![CDATA[Short.]]></description>
<content:encoded><![CDATA[<p>Mendy and Connor walk through HaloPSA v2.274.</p><h3>Key takeaways</h3><ul><li><strong>Contract proration by day</strong> | v2.274 #1390001 | 1:02:33</li></ul>
<h3>Full Feature List</h3><ul><li><strong>Contract proration by day</strong> | v2.274 #1390001 | 1:02:33</li><li><strong>SLA pause reasons</strong> | v2.274 #1390002 | 0:45</li><li>Board filters are saved | v2.274 #1390003 | 59:59</li></ul>]]></content:encoded></item></channel></rss>""",
    (
        Fact("1390001", "2.274", "1:02:33", True),
        Fact("1390002", "2.274", "0:45"),
        Fact("1390003", "2.274", "59:59"),
    ),
    38,
)

LABELLED = Document(
    "labelled.txt",
    """By the [run]Book - Episode 41

Mendy and Robbie talk about HaloPSA v2.280.

HIGHLIGHTS

Feature: Mileage is worked out from addresses
Version: v2.280
Ticket: #1410001
Time: 2:02
Summary: Distances come from a map.

ALL CHANGES

Feature: Mileage is worked out from addresses
Version: v2.280
Ticket: #1410001
Time: 2:02
Summary: Distances come from a map.

Feature: Expense types per department
Version: v2.280
Ticket: #1410002
Time: 5:20
Summary: Each department has its own.

Feature: A faster kanban board
Version: v2.280
Ticket: #1410003
Time: 1:12:00
Summary: Loads in half the time.
""",
    (
        Fact("1410001", "2.280", "2:02", True),
        Fact("1410002", "2.280", "5:20"),
        Fact("1410003", "2.280", "1:12:00"),
    ),
    41,
)

AT_SIGN = Document(
    "at-sign.txt",
    """By the [run]Book – Episode 43 (HaloPSA v2.284 / v2.286)

v2.284
- #1430001: Suppliers have lead times per site @ 4:04
- #1430002: Sales orders can be held @ 8:16

v2.286
- #1430003: Chat transcripts name the agent @ 12:12
- #1430004: Users can be merged in bulk @ 1:00:01
""",
    (
        Fact("1430001", "2.284", "4:04"),
        Fact("1430002", "2.284", "8:16"),
        Fact("1430003", "2.286", "12:12"),
        Fact("1430004", "2.286", "1:00:01"),
    ),
    43,
)

SLACK = Document(
    "slack.txt",
    """:studio_microphone: *By the [run]Book – Episode 27* is live! :tada:
Mendy & Robbie cover HaloPSA v2.230 and v2.232 :point_down:

*Must-know changes*
• :fire: *“Approve on behalf” for managers* – v2.230 – #1201001 – 3:15
• :warning: Automatic merge of duplicate users – v2.230 – #1201002 – 1:02:33 (test this first!)

*Everything else*
• Bulk\u00a0close on the approvals list – v2.230 – #1201003 – 7:41
• Rate cards can be copied between agreements – v2.230 – #1201004 – 9:03
• It’s now possible to hide the “Reply all” button – v2.232 – #1201005 – 11:59
• Dark mode for the portal’s login page – v2.232 – #1201006

_Edited_
:eyes: 4  :raised_hands: 7
""",
    (
        Fact("1201001", "2.230", "3:15", True),
        Fact("1201002", "2.230", "1:02:33", True),
        Fact("1201003", "2.230", "7:41"),
        Fact("1201004", "2.230", "9:03"),
        Fact("1201005", "2.232", "11:59"),
        Fact("1201006", "2.232", None),
    ),
    27,
)

RANGES = Document(
    "ranges.txt",
    """By the [run]Book Episode 40
Episode 40 of By the [run]Book: Connor and Robbie on HaloPSA v2.250.
Top picks
Portal banners can be scheduled | v2.250 #1400001 | 1:10–2:45
Banners appear by themselves.
Full Feature List
Portal banners can be scheduled | v2.250 #1400001 | 1:10–2:45
Asset labels can be printed in bulk | v2.250 #1400002 | 2:45 - 4:00
Prints many.
Purchase orders can be split by supplier | v2.250 #1400003 | 4:00 to 6:30
Splits them.
Quotes remember their terms | v2.250 #1400004 | 1:02:33-1:04:00
Remembers.
""",
    (
        Fact("1400001", "2.250", "1:10", True),
        Fact("1400002", "2.250", "2:45"),
        Fact("1400003", "2.250", "4:00"),
        Fact("1400004", "2.250", "1:02:33"),
    ),
    40,
)

TWO_INTRODUCTIONS = Document(
    "two-introductions.txt",
    """By the [run]Book: Episode 51
By
El Copeland
July 21, 2026
•
18 min read

In Episode 51 of By the [run]Book, Mendy and Robbie review HaloPSA v2.300.

It was a busy week. There is something for everyone in here.

Grab a coffee and read on.

Watch Now: By the [run]Book: Episode 51
For easier tracking, check out haloreleases.remmy.dev to filter and search HaloPSA updates by ID, version, and keyword.

Important Mentions
Locked budgets | v2.300 #1510001 | 1:11
Budgets can be locked.
Full Feature List
Locked budgets | v2.300 #1510001 | 1:11
Budgets can be locked.
Blue buttons | v2.300 #1510002 | 2:22
Buttons are blue.
""",
    (
        Fact("1510001", "2.300", "1:11", True),
        Fact("1510002", "2.300", "2:22"),
    ),
    51,
)

VERSION_FIRST = Document(
    "version-first.txt",
    """By the [run]Book Episode 52: HaloPSA v2.302

Standouts:
v2.302 – #1520001 – Locked budgets – 1:11
Everything:
v2.302 – #1520001 – Locked budgets – 1:11
v2.302 – #1520002 – Blue buttons – 2:22
v2.302 – #1520003 – TLS 1.2 is no longer accepted – 3:33
v2.302 – #1520004 – Shifts may start at 9:00 – 4:44
v2.302 – #1520005 – Fixes what #1400001 broke – 1:05:55
""",
    (
        Fact("1520001", "2.302", "1:11", True),
        Fact("1520002", "2.302", "2:22"),
        Fact("1520003", "2.302", "3:33"),
        Fact("1520004", "2.302", "4:44"),
        Fact("1520005", "2.302", "1:05:55"),
    ),
    52,
)

TIMESTAMPS_FIRST = Document(
    "timestamps-first.txt",
    """Episode 54 of By the [run]Book with Mendy and Connor: HaloPSA v2.308
Timestamp 1:11 | ID 1540001 | v2.308 | Locked budgets
Timestamp 2:22 | ID 1540002 | v2.308 | Blue buttons
Timestamp 1:00:22 | ID 1540003 | v2.308 | Red lines on charts
""",
    (
        Fact("1540001", "2.308", "1:11"),
        Fact("1540002", "2.308", "2:22"),
        Fact("1540003", "2.308", "1:00:22"),
    ),
    54,
)

ESCAPED = Document(
    "escaped.md",
    """# By the \\[run\\]Book: Episode 58

Mendy and Robbie talk about **HaloPSA v2.320**.

> ### Top picks
>
> * **Locked budgets** – v2.320 – [#1580001](https://halo.example/1580001) – [1:11](https://youtu.be/x?t=71)

### Full list

1. **Locked budgets** – v2.320 – [#1580001](https://halo.example/1580001) – [1:11](https://youtu.be/x?t=71)
2. **Blue buttons** – v2.320 – [#1580002](https://halo.example/1580002) – [2:22](https://youtu.be/x?t=142)
   * They are *really* blue
3. **Red lines** – v2.320 – [#1580003](https://halo.example/1580003)
""",
    (
        Fact("1580001", "2.320", "1:11", True),
        Fact("1580002", "2.320", "2:22"),
        Fact("1580003", "2.320", None),
    ),
    58,
)

HALO_NOTES = Document(
    "halo-notes.txt",
    """HaloPSA Release Notes v2.326

Features
#1600001 - Locked budgets
#1600002 - Blue buttons
Improvements
#1600003 - Faster lists
Bug fixes
#1600004 - Fixed an issue where lists were slow
""",
    (
        Fact("1600001", "2.326", None),
        Fact("1600002", "2.326", None),
        Fact("1600003", "2.326", None),
        Fact("1600004", "2.326", None),
    ),
    None,
)

NO_EPISODE_PAGE = Document(
    "no-episode-page.html",
    """<html><body><main><h1>HaloPSA v2.344 is here</h1><p>Ann summarises what matters.</p>
<h2>Highlights</h2><ul><li>Locked budgets (#1670001)</li></ul><h2>All changes</h2><ul><li>Locked budgets (#1670001)</li><li>Blue buttons (#1670002)</li></ul></main></body></html>""",
    (
        Fact("1670001", "2.344", None, True),
        Fact("1670002", "2.344", None),
    ),
    None,
)

CAMEL = Document(
    "camel.jsonl",
    """{"haloId": "HALO-1690001", "changeTitle": "Locked budgets", "releaseVersion": "HaloPSA v2.348", "episode": "By the [run]Book #69", "timeStamp": "01:11", "isImportant": true}
{"haloId": "1690002", "changeTitle": "Blue buttons", "releaseVersion": 2.35, "episode": 69, "timeStamp": "1:02:22", "isImportant": false}
""",
    (
        Fact("1690001", "2.348", "1:11", True),
        Fact("1690002", "2.350", "1:02:22"),
    ),
    69,
)

QUOTED = Document(
    "quoted.txt",
    """On Tue, Mendy wrote:
> By the [run]Book: Episode 61
> Episode 61 of By the [run]Book covers HaloPSA v2.328. Mendy and Connor go deep.
> Important Mentions
> Locked budgets | v2.328 #1610001 | 1:11
> Lock them.
> Full Feature List
> Locked budgets | v2.328 #1610001 | 1:11
> Lock them.
> Blue buttons | v2.328 #1610002 | 2:22
> Blue.
""",
    (
        Fact("1610001", "2.328", "1:11", True),
        Fact("1610002", "2.328", "2:22"),
    ),
    61,
)

BARRED = Document(
    "barred.csv",
    """No.|Change|Halo version|Where (episode)|When (mm:ss)
1|Locked budgets #1720001|v2.356|72|1:11
2|Blue buttons #1720002|v2.356|72|2:22
""",
    (
        Fact("1720001", "2.356", "1:11"),
        Fact("1720002", "2.356", "2:22"),
    ),
    72,
)

VERSIONS_ABOVE = Document(
    "versions-above.json",
    """{"versions": {"v2.366": {"features": [{"id": 1770001, "title": "Locked budgets"}]}, "v2.368": {"features": [{"id": 1770002, "title": "Blue buttons"}]}}}""",
    (
        Fact("1770001", "2.366", None),
        Fact("1770002", "2.368", None),
    ),
    None,
)

PAGE_TABLE = Document(
    "page-table.html",
    """<html><body><table><tr><th>Halo ID</th><th>What changed</th><th>Version</th><th>Episode</th><th>Timestamp</th><th>Important?</th></tr>
<tr><td>1800001</td><td>Locked budgets</td><td>2.374</td><td>80</td><td>1:11</td><td>Yes</td></tr><tr><td>1800002</td><td>Blue buttons</td><td>2.374</td><td>80</td><td>2:22</td><td></td></tr></table></body></html>""",
    (
        Fact("1800001", "2.374", "1:11", True),
        Fact("1800002", "2.374", "2:22"),
    ),
    80,
)

MARKDOWN_TABLE = Document(
    "markdown-table.md",
    """## HaloPSA 2.376 – notes from By the [run]Book ep. 81

| ID | Feature | Time | Key? |
|----|---------|------|------|
| 1810001 | Locked budgets | 1:11 | ✅ |
| 1810002 | Blue buttons | 2:22 | |
""",
    (
        Fact("1810001", "2.376", "1:11", True),
        Fact("1810002", "2.376", "2:22"),
    ),
    81,
)

OTHER_NAME = Document(
    "other-name.txt",
    """BTRB Ep 83 - HaloPSA 2.380

1:11 - Locked budgets (1830001)
2:22 - Blue buttons (1830002)
1:03:33 - Red lines (1830003)
""",
    (
        Fact("1830001", "2.380", "1:11"),
        Fact("1830002", "2.380", "2:22"),
        Fact("1830003", "2.380", "1:03:33"),
    ),
    83,
)

BY_AREA = Document(
    "by-area.txt",
    """By the [run]Book: Episode 84
Episode 84 of By the [run]Book covers HaloPSA v2.382 with Mendy and Connor.
Important Mentions
Locked budgets | v2.382 | #1840001 | Timestamp: 1:11
Full Feature List
Billing
Locked budgets | v2.382 | #1840001 | Timestamp: 1:11
Blue buttons | v2.382 | #1840002 | Timestamp: 2:22
Portal
Red lines | v2.382 | #1840003 | Timestamp: 3:33
Integrations
Green dots | v2.382 | #1840004 | Timestamp: n/a
""",
    (
        Fact("1840001", "2.382", "1:11", True),
        Fact("1840002", "2.382", "2:22"),
        Fact("1840003", "2.382", "3:33"),
        Fact("1840004", "2.382", None),
    ),
    84,
)

GRID = Document(
    "grid.html",
    """<html><body><h1>By the [run]Book: Episode 79</h1><p>Episode 79 of By the [run]Book covers HaloPSA v2.372 with Mendy and Connor.</p>
<div class="grid"><article><span class="tag">v2.372</span><h3>Locked budgets</h3><p>Lock.</p><small>#1790001</small> <small>1:11</small></article>
<article><span class="tag">v2.372</span><h3>Blue buttons</h3><p>Blue.</p><small>#1790002</small> <small>1:02:22</small></article>
<article><span class="tag">v2.372</span><h3>Red lines</h3><p>Red.</p><small>#1790003</small></article></div></body></html>""",
    (
        Fact("1790001", "2.372", "1:11"),
        Fact("1790002", "2.372", "1:02:22"),
        Fact("1790003", "2.372", None),
    ),
    79,
)

FLAGS = Document(
    "flags.json",
    """[{"ReleaseNoteID": 1740001, "Note": "Locked budgets", "Version": {"Name": "v2.360", "Date": "2026-07-01"}, "Mention": {"Episode": 74, "Timestamp": "1:11"}, "Flags": {"Important": true}}, {"ReleaseNoteID": 1740002, "Note": "Blue buttons", "Version": {"Name": "v2.360"}, "Mention": {"Episode": 74, "Timestamp": "01:02:22"}, "Flags": {"Important": false}}]""",
    (
        Fact("1740001", "2.360", "1:11", True),
        Fact("1740002", "2.360", "1:02:22"),
    ),
    74,
)

ALIGNED = Document(
    "aligned.txt",
    """By the [run]Book: Episode 87
Episode 87 of By the [run]Book covers HaloPSA v2.390 with Mendy and Connor.
Full Feature List
1870001   Locked budgets           v2.390   1:11
1870002   Blue buttons             v2.390   1:02:22
1870003   Red lines on the board   v2.390
""",
    (
        Fact("1870001", "2.390", "1:11"),
        Fact("1870002", "2.390", "1:02:22"),
        Fact("1870003", "2.390", None),
    ),
    87,
)

SECONDS = Document(
    "seconds.csv",
    """id,title,version,episode,timestamp_seconds
1870001,Locked budgets,v2.390,87,71
1870002,Blue buttons,v2.390,87,3753
""",
    (
        Fact("1870001", "2.390", "1:11"),
        Fact("1870002", "2.390", "1:02:33"),
    ),
    87,
)

STARRED = Document(
    "starred.txt",
    """By the [run]Book: Episode 87
Episode 87 of By the [run]Book covers HaloPSA v2.390 with Mendy and Connor.
⭐ Locked budgets | v2.390 #1870001 | 1:11
⭐ Blue buttons | v2.390 #1870002 | 2:22
Red lines | v2.390 #1870003 | 3:33
Green dots | v2.390 #1870004 | 4:44
Thin frames | v2.390 #1870005 | 5:55
""",
    (
        Fact("1870001", "2.390", "1:11", True),
        Fact("1870002", "2.390", "2:22", True),
        Fact("1870003", "2.390", "3:33"),
        Fact("1870004", "2.390", "4:44"),
        Fact("1870005", "2.390", "5:55"),
    ),
    87,
)

BRIEF = Document(
    "brief.txt",
    """By the [run]Book #87 (HaloPSA v2.390)
Key points
- Locked budgets #1870001 1:11
Other
- Blue buttons #1870002 2:22
- Red lines #1870003 3:33
""",
    (
        Fact("1870001", "2.390", "1:11", True),
        Fact("1870002", "2.390", "2:22"),
        Fact("1870003", "2.390", "3:33"),
    ),
    87,
)

WRAPPED = Document(
    "wrapped.txt",
    """By the [run]Book: Episode 87
Episode 87 of By the [run]Book covers HaloPSA v2.390 with Mendy and Connor.
Full Feature List
Locked budgets can now be
set for every customer | v2.390 #1870001 | 1:11
Lock them.
Blue buttons | v2.390 #1870002 | 2:22
Blue.
""",
    (
        Fact("1870001", "2.390", "1:11"),
        Fact("1870002", "2.390", "2:22"),
    ),
    87,
)

HIGHLIGHTS_LAST = Document(
    "highlights-last.txt",
    """By the [run]Book: Episode 87
Episode 87 of By the [run]Book covers HaloPSA v2.390.
Full Feature List
Locked budgets | v2.390 #1870001 | 1:11
Blue buttons | v2.390 #1870002 | 2:22
Red lines | v2.390 #1870003 | 3:33
Important Mentions
Red lines | v2.390 #1870003 | 3:33
""",
    (
        Fact("1870001", "2.390", "1:11"),
        Fact("1870002", "2.390", "2:22"),
        Fact("1870003", "2.390", "3:33", True),
    ),
    87,
)

TWO_LISTS = Document(
    "two-lists.json",
    """{"title": "By the [run]Book: Episode 87", "version": "v2.390", "highlights": [{"id": 1870001, "title": "Locked budgets", "at": "1:11"}], "features": [{"id": 1870001, "title": "Locked budgets", "at": "1:11"}, {"id": 1870002, "title": "Blue buttons", "at": "1:02:22"}]}""",
    (
        Fact("1870001", "2.390", "1:11", True),
        Fact("1870002", "2.390", "1:02:22"),
    ),
    87,
)

WHOLE_LINES = Document(
    "whole-lines.csv",
    """Change,Where
"Locked budgets | v2.390 #1870001","Ep 87, 1:11"
"Blue buttons | v2.390 #1870002","Ep 87, 1:02:22"
""",
    (
        Fact("1870001", "2.390", "1:11"),
        Fact("1870002", "2.390", "1:02:22"),
    ),
    87,
)

MORE = (
    CHAPTERS,
    COMMENTED,
    OWN_COLUMNS,
    NESTED,
    BY_VERSION_NAME,
    EPISODE_SHORT,
    LABELLED,
    AT_SIGN,
    SLACK,
    RANGES,
    TWO_INTRODUCTIONS,
    VERSION_FIRST,
    TIMESTAMPS_FIRST,
    ESCAPED,
    HALO_NOTES,
    NO_EPISODE_PAGE,
    CAMEL,
    QUOTED,
    BARRED,
    VERSIONS_ABOVE,
    PAGE_TABLE,
    MARKDOWN_TABLE,
    OTHER_NAME,
    BY_AREA,
    GRID,
    FLAGS,
    ALIGNED,
    SECONDS,
    STARRED,
    BRIEF,
    WRAPPED,
    HIGHLIGHTS_LAST,
    TWO_LISTS,
    WHOLE_LINES,
)
