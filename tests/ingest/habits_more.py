"""Documents of other publishers: newsletters, boxes, labelled blocks, columns of one width, exports of programs.

Written without a look at the readers, each as its publisher would, and the changes that a person reads in it beside it.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501, W291

from tests.ingest.tables import Change, Table


def _document(name: str, text: str, *changes: Change, encoding: str = "utf-8") -> Table:
    return Table(name, text.encode(encoding), tuple(changes))


MORE_HABITS = (
    _document(
        "blogspot.txt",
        """Release Radar – Halo v2.301
by Priya N. | 3 July 2026 | 6 minute read

Priya here. Another month, another drop. Below is what landed in v2.301 and where we talk about it in episode 61 of the podcast.

THE BIG THREE

* Appointment reminders over WhatsApp (#2000101) – 3:20
  Customers get a nudge the day before.
* Multi-currency expense claims (#2000102) – 9:05
  Rates are fetched nightly. Please test this before month end!
* Ticket heat maps (#2000103) – 15:48
  Where do the calls come from?

EVERYTHING ELSE

* Agents may pick a ring tone (#2000104) – 21:00
* Cancelled visits free the van (#2000105) – 22:19
* Public holidays for Malta (#2000106) – 24:37

Got feedback? Drop us a line.
""",
        Change("2000101", "2.301", at="3:20", highlighted=True, title="Appointment reminders over WhatsApp"),
        Change("2000102", "2.301", at="9:05", highlighted=True, caution="Please test this before month end!", title="Multi-currency expense claims"),
        Change("2000103", "2.301", at="15:48", highlighted=True, title="Ticket heat maps"),
        Change("2000104", "2.301", at="21:00", title="Agents may pick a ring tone"),
        Change("2000105", "2.301", at="22:19", title="Cancelled visits free the van"),
        Change("2000106", "2.301", at="24:37", title="Public holidays for Malta"),
    ),
    _document(
        "youtube.txt",
        """HaloPSA v2.303 - what changed? | By the [run]Book Ep. 62

Mendy and Robbie walk you through v2.303.

⏱️ CHAPTERS
0:00 - Intro
1:12 - Automatic archiving of sites [2000201]
4:59 - ⭐ Voice notes on tickets [2000202]
13:07 - ⚠️ Stricter password rules [2000203]
1:00:40 - Export of rotas to ICS [2000204]
1:04:00 - Wrap up

🔔 Subscribe: https://example.com/subscribe
📸 Instagram: https://example.com/insta
#halopsa #msp
""",
        Change("2000201", "2.303", at="1:12", title="Automatic archiving of sites"),
        Change("2000202", "2.303", at="4:59", highlighted=True, title="Voice notes on tickets"),
        Change("2000203", "2.303", at="13:07", caution="The source advises caution.", title="Stricter password rules"),
        Change("2000204", "2.303", at="1:00:40", title="Export of rotas to ICS"),
    ),
    _document(
        "email.txt",
        """From: Halo Updates <updates@example.com>
To: all@example.com
Subject: HaloPSA 2.305 - release notes
Date: Thu, 9 Jul 2026 10:00:00 +0100

Hello,

the following changes are part of release 2.305:

  2000301  Batches for serial numbers
  2000302  Cost prices can be hidden from engineers
  2000303  Drafts of quotes expire after 90 days

Regards
Halo Updates
""",
        Change("2000301", "2.305", title="Batches for serial numbers"),
        Change("2000302", "2.305", title="Cost prices can be hidden from engineers"),
        Change("2000303", "2.305", title="Drafts of quotes expire after 90 days"),
    ),
    _document(
        "forum.txt",
        """Posted by mendy_g » Fri Jul 10, 2026 8:15 am

By the [run]Book: Episode 63 covers HaloPSA v2.307!

Here is the list we went through, with timestamps:

2000401 @ 2:02 - Reply templates per brand
2000402 @ 6:41 - Stock transfers need two signatures
2000403 @ 10:10 - Contacts can be merged from the phone app (caution: cannot be undone)
2000404 @ 1:01:01 - Ratings can be given in stars
""",
        Change("2000401", "2.307", at="2:02", title="Reply templates per brand"),
        Change("2000402", "2.307", at="6:41", title="Stock transfers need two signatures"),
        Change("2000403", "2.307", at="10:10", caution="cannot be undone.", title="Contacts can be merged from the phone app"),
        Change("2000404", "2.307", at="1:01:01", title="Ratings can be given in stars"),
    ),
    _document(
        "labelled-blocks.txt",
        """By the [run]Book: Episode 64
HaloPSA v2.309

Title: Tickets can be parked
Number: 2000501
Version: v2.309
Timestamp: 03:03
Summary: Parked tickets do not count as open.
Highlight: yes
Caution: Parked tickets escape the SLA reports.

Title: Owners of assets get a yearly mail
Number: 2000502
Version: v2.309
Timestamp: 07:17
Summary: They confirm what they have.
Highlight: no

Title: Budgets roll over
Number: 2000503
Version: v2.309
Timestamp: 01:10:17
Summary: What is left goes into the next year.
""",
        Change("2000501", "2.309", at="3:03", highlighted=True, caution="Parked tickets escape the SLA reports.", title="Tickets can be parked"),
        Change("2000502", "2.309", at="7:17", title="Owners of assets get a yearly mail"),
        Change("2000503", "2.309", at="1:10:17", title="Budgets roll over"),
    ),
    _document(
        "mixed-order.txt",
        """By the [run]Book: Episode 65

v2.311 and v2.312 are covered by Robbie and Connor.

Important Mentions

#2000601 | v2.311 | 4:04 | Skills decide who gets a ticket
Set skills for each agent.
• Connor: be careful with part-time agents

Full Feature List

#2000601 | v2.311 | 4:04 | Skills decide who gets a ticket
Set skills for each agent.
#2000602 | v2.312 | 8:50 | "Do not disturb" for teams
Nobody is rung.
#2000603 | v2.312 | 12:31 | Columns: width is kept
Per user.
#2000604 | v2.311 | – | Old theme removed
""",
        Change("2000601", "2.311", at="4:04", highlighted=True, caution="Connor: be careful with part-time agents.", title="Skills decide who gets a ticket"),
        Change("2000602", "2.312", at="8:50", title='"Do not disturb" for teams'),
        Change("2000603", "2.312", at="12:31", title="Columns: width is kept"),
        Change("2000604", "2.311", title="Old theme removed"),
    ),
    _document(
        "confluent-minute.txt",
        """By the [run]Book: Episode 66
Connor and Mendy look at HaloPSA v2.313 together.
Full Feature List:
Kiosk mode for reception | v2.313 #2000701 | 0:58Visitors sign in.
Parking spaces can be booked | v2.313 #2000702 | 2:48One per person.
Badge printing | v2.313 #2000703 |3:33 Prints on Zebra.
Visitors are announced by chat|v2.313 #2000704|5:19
""",
        Change("2000701", "2.313", at="0:58", title="Kiosk mode for reception"),
        Change("2000702", "2.313", at="2:48", title="Parking spaces can be booked"),
        Change("2000703", "2.313", at="3:33", title="Badge printing"),
        Change("2000704", "2.313", at="5:19", title="Visitors are announced by chat"),
    ),
    _document(
        "roman.txt",
        """HaloPSA – Version 2.315.0 – Public release notes

Service Desk
============
[+] 2000801 - Ticket timers can be paused
[+] 2000802 - Categories have icons
[*] 2000803 - Search is faster
[-] 2000804 - The Flash uploader is gone

Finance
=======
[+] 2000805 - Invoices can be split by project
""",
        Change("2000801", "2.315", title="Ticket timers can be paused"),
        Change("2000802", "2.315", title="Categories have icons"),
        Change("2000803", "2.315", title="Search is faster"),
        Change("2000804", "2.315", title="The Flash uploader is gone"),
        Change("2000805", "2.315", title="Invoices can be split by project"),
    ),
    _document(
        "teams-message.txt",
        """Robbie Vance, 14:02
Episode 67 is out 🎉 HaloPSA v2.317:
1️⃣ Ticket summaries in one click (2000901) ⏱ 3:12
2️⃣ SMS to whole teams (2000902) ⏱ 8:44
3️⃣ Colour-blind palette (2000903) ⏱ 12:00
""",
        Change("2000901", "2.317", at="3:12", title="Ticket summaries in one click"),
        Change("2000902", "2.317", at="8:44", title="SMS to whole teams"),
        Change("2000903", "2.317", at="12:00", title="Colour-blind palette"),
    ),
    _document(
        "reworded-heads.txt",
        """By the [run]Book: Episode 68
June 30, 2026
HaloPSA v2.319 with Mendy and Connor.

Our favourites

Sandbox copies keep their users | v2.319 #2001001 | 6:16
Nobody has to be invited again.

The complete rundown

Sandbox copies keep their users | v2.319 #2001001 | 6:16
Nobody has to be invited again.
Email footers by language | v2.319 #2001002 | 8:17
Seven languages so far.
Archive button on the board | v2.319 #2001003 | 9:18
With undo.

Worth a warning

Delete tickets in bulk | v2.319 #2001004 | 15:15
Test this with five tickets before you do it with five thousand.
""",
        Change("2001001", "2.319", at="6:16", highlighted=True, title="Sandbox copies keep their users"),
        Change("2001002", "2.319", at="8:17", title="Email footers by language"),
        Change("2001003", "2.319", at="9:18", title="Archive button on the board"),
        Change("2001004", "2.319", at="15:15", caution="Test this with five tickets before you do it with five thousand.", title="Delete tickets in bulk"),
    ),
    _document(
        "changelog-plain.md",
        """# Change Log

## v2.323.2 (2026-07-20)

* **Added**: Sorting by distance for field jobs [#2010201](https://x.example/2010201)
* **Fixed**: Totals of imported quotes [#2010202](https://x.example/2010202)
* **Changed**: Default view is the board [#2010203](https://x.example/2010203)

## v2.321.0 (2026-07-01)

* **Added**: Barcodes on delivery notes [#2010204](https://x.example/2010204)
""",
        Change("2010201", "2.323", title="Sorting by distance for field jobs"),
        Change("2010202", "2.323", title="Totals of imported quotes"),
        Change("2010203", "2.323", title="Default view is the board"),
        Change("2010204", "2.321", title="Barcodes on delivery notes"),
    ),
    _document(
        "table-links.md",
        """# By the [run]Book – Episode 70

| # | Feature | Release | Where | Notes |
|---|---|---|---|---|
| [2010301](https://x.example/2010301) | **Dark mode** for the portal | v2.325 | [0:45](https://youtu.be/k?t=45) | |
| [2010302](https://x.example/2010302) | Forms with `code` blocks | v2.325 | [9:09](https://youtu.be/k?t=549) | ⚠️ Test first |
| [2010303](https://x.example/2010303) | Links between [articles](https://x.example/a) | v2.326 | | |
""",
        Change("2010301", "2.325", at="0:45", title="Dark mode for the portal"),
        Change("2010302", "2.325", at="9:09", caution="The source advises caution.", title="Forms with code blocks"),
        Change("2010303", "2.326", title="Links between articles"),
    ),
    _document(
        "nested-heads.md",
        """# 2026

## July

### 2.327

#### Tickets

2010401: Two-way sync of notes with Jira
2010402: Watchers see who else watches

#### Assets

2010403: Depreciation by straight line

### 2.325

#### Tickets

2010404: Emoji in subjects are kept
""",
        Change("2010401", "2.327", title="Two-way sync of notes with Jira"),
        Change("2010402", "2.327", title="Watchers see who else watches"),
        Change("2010403", "2.327", title="Depreciation by straight line"),
        Change("2010404", "2.325", title="Emoji in subjects are kept"),
    ),
    _document(
        "starred-lines.md",
        """## HaloPSA Release v2.329

Legend: ★ = must see, ! = careful

- ★ #2010501: Client portal in Welsh
- #2010502: Rates may be negative
- ★ #2010503: Map of assets
""",
        Change("2010501", "2.329", highlighted=True, title="Client portal in Welsh"),
        Change("2010502", "2.329", title="Rates may be negative"),
        Change("2010503", "2.329", highlighted=True, title="Map of assets"),
    ),
    _document(
        "airtable.csv",
        """\ufeffName,Halo #,Version,Highlight?,Caution?,Episode,Timestamp,Last modified
"Parcels are tracked, with events",2020101,v2.331,checked,,Ep 71,0:04:40,2026-07-01 10:00
"Teams share a calendar",2020102,v2.331,,checked,Ep 71,1:04:40,2026-07-01 10:00
"Line
breaks in names",2020103,v2.331,,,Ep 71,,2026-07-01 10:00
""",
        Change("2020101", "2.331", at="4:40", highlighted=True, title="Parcels are tracked, with events"),
        Change("2020102", "2.331", at="1:04:40", caution="The source advises caution.", title="Teams share a calendar"),
        Change("2020103", "2.331", title="Line breaks in names"),
    ),
    _document(
        "notion.csv",
        """Feature,ID,Release,Tags,Video
Guided set-up of mailboxes,2020201,2.333,"Highlight, Mail",12:48
One-time links,2020202,2.333,Security,13:10
""",
        Change("2020201", "2.333", highlighted=True, title="Guided set-up of mailboxes"),
        Change("2020202", "2.333", title="One-time links"),
    ),
    _document(
        "servicenow.csv",
        """"Number","Short description","Fix version","Risk","State"
"CHG2020301","Retry of failed syncs","2.335","Low","Closed"
"CHG2020302","Purge of old logs","2.335","High","Closed"
""",
        Change("2020301", "2.335", title="Retry of failed syncs"),
        Change("2020302", "2.335", caution="The source advises caution.", title="Purge of old logs"),
    ),
    _document(
        "semicolon-quotes.csv",
        """ID;Version;Change;Details\r
2020401;2.337;"Labels 4""x6""; portrait";"Prints ""as is\"\"\"\r
2020402;2.337;Labels 2"x3";as before\r
2020403;2.337;Zone "A"; yes\r
""",
        Change("2020401", "2.337", title='Labels 4"x6"; portrait'),
        Change("2020402", "2.337", title='Labels 2"x3"'),
        Change("2020403", "2.337", title='Zone "A"'),
    ),
    _document(
        "bom-utf16be.txt",
        """\u0000I\u0000D\u0000\t\u0000T\u0000i\u0000t\u0000l\u0000e\u0000\t\u0000V\u0000e\u0000r\u0000s\u0000i\u0000o\u0000n\u0000\t\u0000H\u0000i\u0000g\u0000h\u0000l\u0000i\u0000g\u0000h\u0000t\u0000\r\u0000
\u00002\u00000\u00002\u00000\u00005\u00000\u00001\u0000\t\u0000P\u0000r\u0000o\u0000x\u0000y\u0000 \u0000f\u0000o\u0000r\u0000 \u0000m\u0000a\u0000i\u0000l\u0000\t\u00002\u0000.\u00003\u00003\u00009\u0000\t\u0000Y\u0000e\u0000s\u0000\r\u0000
\u00002\u00000\u00002\u00000\u00005\u00000\u00002\u0000\t\u0000P\u0000r\u0000o\u0000x\u0000y\u0000 \u0000f\u0000o\u0000r\u0000 \u0000c\u0000a\u0000l\u0000l\u0000s\u0000\t\u00002\u0000.\u00003\u00003\u00009\u0000\t\u0000N\u0000o\u0000\r\u0000
""",
        Change("2020501", "2.339", highlighted=True, title="Proxy for mail"),
        Change("2020502", "2.339", title="Proxy for calls"),
    ),
    _document(
        "fixed-width.txt",
        """HaloPSA v2.341 changes

ID        Title                                   Highlight   Test first
--------  --------------------------------------  ----------  ----------
2020601   Chargeable travel by zone               yes
2020602   Signatures are checked                              yes
2020603   Old browsers are told to leave
""",
        Change("2020601", "2.341", highlighted=True, title="Chargeable travel by zone"),
        Change("2020602", "2.341", caution="The source advises caution.", title="Signatures are checked"),
        Change("2020603", "2.341", title="Old browsers are told to leave"),
    ),
    _document(
        "markdownish-csv.csv",
        """# HaloPSA v2.343 export
# generated 2026-07-02
id,title,description
2020701,Ping of devices,Sees them
2020702,Wake on LAN,Starts them
""",
        Change("2020701", "2.343", title="Ping of devices"),
        Change("2020702", "2.343", title="Wake on LAN"),
    ),
    _document(
        "two-heads.csv",
        """Release,,Change,,Media,
Version,Date,ID,Title,Episode,Minute
v2.345,2026-07-03,2020801,Retainers by week,72,6:08
v2.345,2026-07-03,2020802,Retainers by month,72,8:06
""",
        Change("2020801", "2.345", at="6:08", title="Retainers by week"),
        Change("2020802", "2.345", at="8:06", title="Retainers by month"),
    ),
    _document(
        "zendesk.csv",
        """Ticket ID,Subject,Requester,Assignee,Fix Version,Created at,Satisfaction
2020901,"Wrong VAT on ""reverse charge\"\"\",Ann Bee,Cy Dee,v2.347,2026-07-01,Good
2020902,Slow lists,Ann Bee,Cy Dee,v2.347,2026-07-01,
""",
        Change("2020901", "2.347", title='Wrong VAT on "reverse charge"'),
        Change("2020902", "2.347", title="Slow lists"),
    ),
    _document(
        "squarespace.html",
        """<!doctype html><html><head><meta charset="utf-8"><title>By the [run]Book: Episode 73 &mdash; Rising</title></head><body><div id="siteWrapper"><header class="header"><a href="/">Rising</a></header>
<article class="blog-item-wrapper"><h1 data-content-field="title">By the [run]Book: Episode 73</h1><div class="blog-meta-item">Jul 14</div>
<div class="sqs-block html-block"><div class="sqs-block-content"><p class="" style="white-space:pre-wrap;">Episode 73 covers HaloPSA v2.351 with Mendy and Robbie.</p><p><strong>Important Mentions</strong></p>
<p><strong>Calls are transcribed | v2.351 #2030101 | 4:44</strong></p><p>In nine languages.</p><ul data-rte-list="default"><li><p>Great for training</p></li><li><p>Mendy urged caution: tell the callers</p></li></ul>
<p><strong>Full Feature List</strong></p>
<p><strong>Calls are transcribed | v2.351 #2030101 | 4:44</strong></p><p>In nine languages.</p>
<p><strong>Voicemail becomes a ticket | v2.351 #2030102 | 8:48</strong></p><p>With the sound.</p>
<p><strong>Numbers are shown in full | v2.351 #2030103 | 9:30</strong></p><p>With the country code.</p></div></div></article>
<footer><p>© Rising 2026</p></footer></div></body></html>""",
        Change("2030101", "2.351", at="4:44", highlighted=True, caution="Mendy urged caution: tell the callers.", title="Calls are transcribed"),
        Change("2030102", "2.351", at="8:48", title="Voicemail becomes a ticket"),
        Change("2030103", "2.351", at="9:30", title="Numbers are shown in full"),
    ),
    _document(
        "mailchimp.html",
        """<html><body style="margin:0"><center><table border="0" cellpadding="0" width="100%" id="bodyTable"><tbody><tr><td align="center"><table class="templateContainer" width="600"><tbody>
<tr><td class="mcnTextContent"><h1>HaloPSA v2.353 has arrived</h1><p>Hi *|FNAME|*, here is what is in it.</p></td></tr>
<tr><td class="mcnTextContent"><h3>Forms remember their answers</h3>ID&nbsp;2030201<br>So nobody types twice.</td></tr>
<tr><td class="mcnTextContent"><h3>Costs by cost centre</h3>ID&nbsp;2030202<br>On every report.</td></tr>
<tr><td class="mcnTextContent"><h3>Trees of locations</h3>ID&nbsp;2030203<br>Up to nine levels.</td></tr>
<tr><td class="mcnTextContent"><em>Copyright © 2026 Example, All rights reserved.</em></td></tr></tbody></table></td></tr></tbody></table></center></body></html>""",
        Change("2030201", "2.353", title="Forms remember their answers"),
        Change("2030202", "2.353", title="Costs by cost centre"),
        Change("2030203", "2.353", title="Trees of locations"),
    ),
    _document(
        "th-row.html",
        """<html><body><h1>By the [run]Book: Episode 74</h1><table><caption>HaloPSA v2.355</caption>
<tr><th scope="row">2030301</th><td>Shifts can overlap</td><td><a href="https://youtu.be/z?t=368">▶</a></td></tr>
<tr><th scope="row">2030302</th><td>Breaks are paid</td><td><a href="https://youtu.be/z?t=999">▶</a></td></tr></table></body></html>""",
        Change("2030301", "2.355", at="6:08", title="Shifts can overlap"),
        Change("2030302", "2.355", at="16:39", title="Breaks are paid"),
    ),
    _document(
        "dl-rows.html",
        """<html><body><h2>Release 2.357</h2><dl><dt>2030401</dt><dd>Labels for cables</dd><dt>2030402</dt><dd>Racks in 3D</dd><dt>2030403</dt><dd>Ports show their speed</dd></dl></body></html>""",
        Change("2030401", "2.357", title="Labels for cables"),
        Change("2030402", "2.357", title="Racks in 3D"),
        Change("2030403", "2.357", title="Ports show their speed"),
    ),
    _document(
        "wp-table-block.html",
        """<html><body><article><h1>Halo 2.359 release notes</h1><figure class="wp-block-table"><table><thead><tr><th>Change ID</th><th>What's new</th><th>Heads-up</th></tr></thead><tbody>
<tr><td>2030501</td><td><strong>Passes for parking</strong></td><td></td></tr><tr><td>2030502</td><td>Gates by plate</td><td>Only with cameras</td></tr></tbody></table><figcaption>All of it</figcaption></figure></article></body></html>""",
        Change("2030501", "2.359", title="Passes for parking"),
        Change("2030502", "2.359", caution="Only with cameras", title="Gates by plate"),
    ),
    _document(
        "tabs-of-site.html",
        """<html><body><h1>What's new</h1><div class="release"><h2>Version 2.361 <span class="date">1 July 2026</span></h2><ul class="changes"><li class="new"><span class="label label-success">New</span> Tours by boat <code>2030601</code></li>
<li class="fix"><span class="label label-danger">Fix</span> Times of tides <code>2030602</code></li></ul></div>
<div class="release"><h2>Version 2.359 <span class="date">15 June 2026</span></h2><ul class="changes"><li class="new"><span class="label label-success">New</span> Locks on canals <code>2030603</code></li></ul></div></body></html>""",
        Change("2030601", "2.361", title="Tours by boat"),
        Change("2030602", "2.361", title="Times of tides"),
        Change("2030603", "2.359", title="Locks on canals"),
    ),
    _document(
        "google-docs.html",
        """<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style>.c1{font-weight:700}</style></head><body class="c5 doc-content"><p class="c0 title"><span>By the [run]Book: Episode 75</span></p><p class="c0"><span>HaloPSA v2.363 with Connor.</span></p>
<h2 class="c3"><span>Highlights</span></h2><ul class="c2 lst-kix"><li class="c4"><span class="c1">Stock alerts by text</span><span>&nbsp;| v2.363 #2030701 | 2:34</span></li></ul>
<h2 class="c3"><span>All features</span></h2><ul class="c2 lst-kix"><li class="c4"><span>Stock alerts by text&nbsp;| v2.363 #2030701 | 2:34</span></li><li class="c4"><span>Use &lt;br&gt; in canned texts | v2.363 #2030702 | 5:43</span></li><li class="c4"><span>Old items can be hidden | v2.363 #2030703 | </span><span><a href="https://www.google.com/url?q=https://youtu.be/x?t%3D400&amp;sa=D">6:40</a></span></li></ul></body></html>""",
        Change("2030701", "2.363", at="2:34", highlighted=True, title="Stock alerts by text"),
        Change("2030702", "2.363", at="5:43", title="Use <br> in canned texts"),
        Change("2030703", "2.363", at="6:40", title="Old items can be hidden"),
    ),
    _document(
        "rss-summary-only.xml",
        """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>HaloPSA releases</title><item><title>HaloPSA v2.365 released</title><link>https://x.example/2.365</link><guid>1</guid><pubDate>Wed, 01 Jul 2026 00:00:00 GMT</pubDate><description><![CDATA[<ul><li>2040101 - Trains are shown on maps</li><li>2040102 - Seats can be kept free</li></ul>]]></description></item>
<item><title>HaloPSA v2.363 released</title><link>https://x.example/2.363</link><guid>2</guid><pubDate>Mon, 15 Jun 2026 00:00:00 GMT</pubDate><description><![CDATA[<ul><li>2040103 - Wagons have types</li></ul>]]></description></item></channel></rss>""",
        Change("2040101", "2.365", title="Trains are shown on maps"),
        Change("2040102", "2.365", title="Seats can be kept free"),
        Change("2040103", "2.363", title="Wagons have types"),
    ),
    _document(
        "atom-entry-per-change.xml",
        """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Halo</title>
<entry><title>#2040201: Beds can be moved</title><id>a</id><link href="https://x.example/2040201"/><category term="2.367"/><summary>Version 2.367. Moves beds.</summary></entry>
<entry><title>#2040202: Rooms can be joined</title><id>b</id><link href="https://x.example/2040202"/><category term="2.367"/><summary>Version 2.367. Joins rooms. Be careful with walls.</summary></entry></feed>""",
        Change("2040201", "2.367", title="Beds can be moved"),
        Change("2040202", "2.367", caution="Be careful with walls.", title="Rooms can be joined"),
    ),
    _document(
        "json-feed-text.json",
        """{"version":"https://jsonfeed.org/version/1","title":"x","items":[{"id":"76","url":"https://x.example/76","title":"Episode 76: HaloPSA v2.369","content_text":"By the [run]Book: Episode 76\\n\\nFull Feature List\\n\\nCopy & paste of rows | v2.369 #2040301 | 4:05\\nUse <UserName> twice | v2.369 #2040302 | 5:06\\n"}]}""",
        Change("2040301", "2.369", at="4:05", title="Copy & paste of rows"),
        Change("2040302", "2.369", at="5:06", title="Use <UserName> twice"),
    ),
    _document(
        "nested.json",
        """{"data":[{"attributes":{"halo_id":2060101,"title":"Taps by foot","release":"2.389","is_highlight":true}},{"attributes":{"halo_id":2060102,"title":"Taps by hand","release":"2.389","is_highlight":false,"caution":"Cold"}}]}""",
        Change("2060101", "2.389", highlighted=True, title="Taps by foot"),
        Change("2060102", "2.389", caution="Cold", title="Taps by hand"),
    ),
    _document(
        "list.jsonl",
        """{"ref":"#2060201","headline":"Pumps by sun","ver":"v2.391.1","video":{"episode":80,"at":"00:06:08"}}
{"ref":"#2060202","headline":"Pumps by wind","ver":"v2.391.1","video":{"episode":80,"at":"01:06:08"}}
""",
        Change("2060201", "2.391", at="6:08", title="Pumps by sun"),
        Change("2060202", "2.391", at="1:06:08", title="Pumps by wind"),
    ),
    _document(
        "third-1.txt",
        """By the [run]Book: Episode 81

July 21, 2026

Robbie and Mendy unpack HaloPSA v2.401 in Episode 81 of By the [run]Book.

Important Mentions

Timesheets lock on Fridays | v2.401 #2100101 | 2:12

Nothing can be booked into last week any more.

  • Ask agents to book daily
  • Mendy and Robbie recommend testing with one team first

Full Feature List

Timesheets lock on Fridays | v2.401 #2100101 | 2:12

Nothing can be booked into last week any more.

Remote sessions start from the asset | v2.401 #2100102 | 7:40

One click on the asset's page.

  • Works with five tools
  • Shows a warning when the asset is offline

Overdue invoices are marked | v2.401 #2100103 | 14:01

Red after thirty days.

Comments in runbooks | v2.401 #2100104 | 1:05:09

For the next reader.
""",
        Change("2100101", "2.401", at="2:12", highlighted=True, caution="Mendy and Robbie recommend testing with one team first.", title="Timesheets lock on Fridays"),
        Change("2100102", "2.401", at="7:40", title="Remote sessions start from the asset"),
        Change("2100103", "2.401", at="14:01", title="Overdue invoices are marked"),
        Change("2100104", "2.401", at="1:05:09", title="Comments in runbooks"),
    ),
    _document(
        "third-2.txt",
        """EPISODE 82 SHOW NOTES

HaloPSA 2.403

(02:12) Mail merge for contracts — ID 2100201
(05:59) Approver groups — ID 2100202 — HIGHLIGHT
(11:00) Time zones in the scheduler — ID 2100203 — CAUTION
(1:00:00) Fewer clicks on close — ID 2100204
""",
        Change("2100201", "2.403", at="2:12", title="Mail merge for contracts"),
        Change("2100202", "2.403", at="5:59", highlighted=True, title="Approver groups"),
        Change("2100203", "2.403", at="11:00", caution="The source advises caution.", title="Time zones in the scheduler"),
        Change("2100204", "2.403", at="1:00:00", title="Fewer clicks on close"),
    ),
    _document(
        "third-3.txt",
        """Halo v2.405 is out! Our top 3:

1) 2100301 Letters can be printed in batches
2) 2100302 Sounds for new chats
3) 2100303 Cheaper map tiles

Also in this release:

- 2100304 Typing indicator
- 2100305 "Seen" marks
""",
        Change("2100301", "2.405", highlighted=True, title="Letters can be printed in batches"),
        Change("2100302", "2.405", highlighted=True, title="Sounds for new chats"),
        Change("2100303", "2.405", highlighted=True, title="Cheaper map tiles"),
        Change("2100304", "2.405", title="Typing indicator"),
        Change("2100305", "2.405", title='"Seen" marks'),
    ),
    _document(
        "third-4.txt",
        """By the [run]Book: Episode 83
Version 2.407

Feature #2100401: Print queues per site (v2.407, 3:33)
Feature #2100402: Folders for reports (v2.407, 6:36)
Feature #2100403: Notes on holidays (v2.407, 9:39)
""",
        Change("2100401", "2.407", at="3:33", title="Print queues per site"),
        Change("2100402", "2.407", at="6:36", title="Folders for reports"),
        Change("2100403", "2.407", at="9:39", title="Notes on holidays"),
    ),
    _document(
        "third-5.md",
        """# By the [run]Book: Episode 84

**Hosts:** Mendy, Connor
**Version:** v2.409
**Length:** 48:12

## ⭐ Highlights

1. [Quotes by voice](https://youtu.be/w?t=75) `#2100501`
2. [Chats by mail](https://youtu.be/w?t=275) `#2100502`

## Everything

| Time | Number | What | Test first? |
| --- | --- | --- | :-: |
| 1:15 | 2100501 | Quotes by voice | |
| 4:35 | 2100502 | Chats by mail | ⚠️ |
| 20:20 | 2100503 | Reminders by fax | |
""",
        Change("2100501", "2.409", at="1:15", highlighted=True, title="Quotes by voice"),
        Change("2100502", "2.409", at="4:35", highlighted=True, caution="The source advises caution.", title="Chats by mail"),
        Change("2100503", "2.409", at="20:20", title="Reminders by fax"),
    ),
    _document(
        "third-6.md",
        """Release notes
---

**v2.411** _(Aug 3, 2026)_

+ Tasks may repeat, [#2100601]
+ Users may vote, [#2100602]

**v2.409** _(Jul 20, 2026)_

+ Quotes may expire, [#2100603]
""",
        Change("2100601", "2.411", title="Tasks may repeat"),
        Change("2100602", "2.411", title="Users may vote"),
        Change("2100603", "2.409", title="Quotes may expire"),
    ),
    _document(
        "third-7.md",
        """# HaloPSA 2.413 upgrade notes

### Must know

- **2100701**: Tokens of old apps stop working. *Test before you upgrade.*

### Nice to know

- **2100702**: Lists have zebra stripes.
- **2100703**: Search finds part numbers.
""",
        Change("2100701", "2.413", highlighted=True, caution="Test before you upgrade.", title="Tokens of old apps stop working."),
        Change("2100702", "2.413", title="Lists have zebra stripes."),
        Change("2100703", "2.413", title="Search finds part numbers."),
    ),
    _document(
        "third-8.html",
        """<html><body><h1>Halo v2.415</h1><ol><li><b>2100801</b> Bundles can be nested</li><li><b>2100802</b> Prices in yen</li><li><b>2100803</b> Stock in transit <i>(test first)</i></li></ol></body></html>""",
        Change("2100801", "2.415", title="Bundles can be nested"),
        Change("2100802", "2.415", title="Prices in yen"),
        Change("2100803", "2.415", caution="The source advises caution.", title="Stock in transit"),
    ),
    _document(
        "third-9.html",
        """<html><body><h1>By the [run]Book: Episode 85</h1><p>v2.417 with Robbie and Connor</p><h2>Full Feature List</h2><div class="row"><div class="col">Alarms by SMS</div><div class="col">v2.417 #2100901</div><div class="col">4:44</div></div><div class="row"><div class="col">Sirens by phone</div><div class="col">v2.417 #2100902</div><div class="col">5:55</div></div></body></html>""",
        Change("2100901", "2.417", at="4:44", title="Alarms by SMS"),
        Change("2100902", "2.417", at="5:55", title="Sirens by phone"),
    ),
    _document(
        "third-10.html",
        """<html><body><table><tr><td>Version</td><td>Number</td><td>Change</td><td>Important</td><td>Comment</td></tr><tr><td rowspan="2">2.419</td><td>2101001</td><td>Locks by card</td><td>yes</td><td>Test with one door first</td></tr><tr><td>2101002</td><td>Locks by face</td><td>no</td><td>A warning is shown to guests</td></tr><tr><td>2.421</td><td>2101003</td><td>Locks by voice</td><td>no</td><td></td></tr></table></body></html>""",
        Change("2101001", "2.419", highlighted=True, caution="Test with one door first.", title="Locks by card"),
        Change("2101002", "2.419", title="Locks by face"),
        Change("2101003", "2.421", title="Locks by voice"),
    ),
    _document(
        "third-12.tsv",
        """What changed\tHalo ID\tHalo version\tSpoken about at\tEpisode no.
Parts by weight\t2101201\t2.425\t4 min 40 s\t87
Parts by length\t2101202\t2.425\t1h 2m 3s\t87
""",
        Change("2101201", "2.425", at="4:40", title="Parts by weight"),
        Change("2101202", "2.425", at="1:02:03", title="Parts by length"),
    ),
    _document(
        "third-13.csv",
        """"HaloPSA v2.427 – Änderungen"

"Nr.","Neuerung","Wichtig?","Vorsicht"
"2101301","Züge nach Plan","ja",""
"2101302","Busse nach Plan","nein","Erst testen"
""",
        Change("2101301", "2.427", highlighted=True, title="Züge nach Plan"),
        Change("2101302", "2.427", caution="Erst testen", title="Busse nach Plan"),
        encoding="utf-16",
    ),
    _document(
        "third-14.csv",
        """2101401|v2.429|Ramps for vans|3:03|88
2101402|v2.429|Docks for ships|4:04|88
""",
        Change("2101401", "2.429", title="Ramps for vans"),
        Change("2101402", "2.429", title="Docks for ships"),
    ),
    _document(
        "third-15.xml",
        """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>By the [run]Book</title><item><title>Ep. 89 – HaloPSA v2.431</title><link>https://x.example/89</link><itunes:episode>89</itunes:episode><description>Mendy and Robbie talk HaloPSA v2.431.

03:03 Halls can be booked #2101501
09:09 Catering by rule #2101502
1:01:01 Chairs are counted #2101503</description></item></channel></rss>""",
        Change("2101501", "2.431", at="3:03", title="Halls can be booked"),
        Change("2101502", "2.431", at="9:09", title="Catering by rule"),
        Change("2101503", "2.431", at="1:01:01", title="Chairs are counted"),
    ),
    _document(
        "third-16.xml",
        """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>By the [run]Book: Episode 90</title><link href="https://x.example/90"/><published>2026-07-28T00:00:00Z</published><content type="html">&lt;p&gt;HaloPSA v2.433&lt;/p&gt;&lt;h2&gt;Important Mentions&lt;/h2&gt;&lt;p&gt;&lt;strong&gt;Flags by country | v2.433 #2101601 | 2:02&lt;/strong&gt;&lt;br/&gt;For phones.&lt;/p&gt;&lt;h2&gt;Full Feature List&lt;/h2&gt;&lt;p&gt;&lt;strong&gt;Flags by country | v2.433 #2101601 | 2:02&lt;/strong&gt;&lt;br/&gt;For phones.&lt;/p&gt;&lt;p&gt;&lt;strong&gt;Hymns by country | v2.433 #2101602 | 3:03&lt;/strong&gt;&lt;br/&gt;For calls. Beware of copyright.&lt;/p&gt;</content></entry></feed>""",
        Change("2101601", "2.433", at="2:02", highlighted=True, title="Flags by country"),
        Change("2101602", "2.433", at="3:03", caution="Beware of copyright.", title="Hymns by country"),
    ),
    _document(
        "third-19.json",
        """[{"Key":"HALO-2101901","Summary":"Rings by size","Fix versions":["2.444"],"Priority":"Highest","Description":"Be careful with gold."},{"Key":"HALO-2101902","Summary":"Chains by size","Fix versions":["2.444"],"Priority":"Low","Description":""}]""",
        Change("2101901", "2.444", caution="Be careful with gold.", title="Rings by size"),
        Change("2101902", "2.444", title="Chains by size"),
    ),
    _document(
        "third-20.txt",
        """> On 3 Aug 2026, Ann wrote:
> 
> By the [run]Book: Episode 92
> HaloPSA v2.446
>
> Full Feature List
> Nets by mesh | v2.446 #2102001 | 4:04
> Ropes by knot | v2.446 #2102002 | 5:05

Thanks Ann!
""",
        Change("2102001", "2.446", at="4:04", title="Nets by mesh"),
        Change("2102002", "2.446", at="5:05", title="Ropes by knot"),
    ),
    _document(
        "third-21.txt",
        """By the [run]Book: Episode 93

HaloPSA v2.448

Full Feature List

Sails by wind
v2.448 | #2102101 | 1:11
Boats go faster.

Masts by height
v2.448 | #2102102 | 2:22
Boats get taller. Connor would be careful with bridges.

Keels by depth
v2.448 | #2102103 | 3:33
""",
        Change("2102101", "2.448", at="1:11", title="Sails by wind"),
        Change("2102102", "2.448", at="2:22", caution="Connor would be careful with bridges.", title="Masts by height"),
        Change("2102103", "2.448", at="3:33", title="Keels by depth"),
    ),
    _document(
        "third-22.html",
        """<!DOCTYPE html><html><body><div class="notion-page"><h1>HaloPSA 2.450</h1><details open><summary><strong>Sales</strong></summary><ul><li>#2102201 Gift cards</li><li>#2102202 Vouchers 🌟</li></ul></details><details open><summary><strong>Support</strong></summary><ul><li>#2102203 Call me back</li></ul></details></div></body></html>""",
        Change("2102201", "2.450", title="Gift cards"),
        Change("2102202", "2.450", highlighted=True, title="Vouchers"),
        Change("2102203", "2.450", title="Call me back"),
    ),
    _document(
        "third-23.html",
        """<html><body><article><h1>Episode 94 of By the [run]Book</h1><p>Connor and Robbie cover HaloPSA v2.452 and v2.454.</p><h3>v2.452</h3><p>#2102301 – Wheels by spoke – <a href="https://www.youtube.com/watch?v=1&t=61s">1:01</a></p><p>#2102302 – Tyres by tread – <a href="https://www.youtube.com/watch?v=1&t=122s">2:02</a></p><h3>v2.454</h3><p>#2102303 – Brakes by pad – <a href="https://www.youtube.com/watch?v=1&t=3663s">1:01:03</a></p></article></body></html>""",
        Change("2102301", "2.452", at="1:01", title="Wheels by spoke"),
        Change("2102302", "2.452", at="2:02", title="Tyres by tread"),
        Change("2102303", "2.454", at="1:01:03", title="Brakes by pad"),
    ),
    _document(
        "third-24.txt",
        """Number: 2102401 | Version: 2.456 | Title: Saddles by width | Minute: 4:40 | Episode: 95
Number: 2102402 | Version: 2.456 | Title: Pedals by grip | Minute: 5:41 | Episode: 95
""",
        Change("2102401", "2.456", at="4:40", title="Saddles by width"),
        Change("2102402", "2.456", at="5:41", title="Pedals by grip"),
    ),
    _document(
        "third-25.md",
        """# Release v2.458

* [ ] [2102501](https://x.example/t?id=2102501) - Lights by dusk
* [x] [2102502](https://x.example/t?id=2102502) - Lights by dawn **(caution: cheap lamps flicker)**
* [ ] ~~[2102503](https://x.example/t?id=2102503) - Lights by noon~~
""",
        Change("2102501", "2.458", title="Lights by dusk"),
        Change("2102502", "2.458", caution="cheap lamps flicker.", title="Lights by dawn"),
    ),
    _document(
        "third-26.txt",
        """HaloPSA v2.460
What you need to know

★★★ Camps by lake [2102601]
★★ Camps by sea [2102602]
Camps by hill [2102603]
""",
        Change("2102601", "2.460", highlighted=True, title="Camps by lake"),
        Change("2102602", "2.460", highlighted=True, title="Camps by sea"),
        Change("2102603", "2.460", title="Camps by hill"),
    ),
    _document(
        "third-27.html",
        """<table><thead><tr><th>ID</th><th>Title</th><th>Version</th><th>Links</th></tr></thead><tbody><tr><td>2102701</td><td>Tents for two</td><td>2.462</td><td><ul><li><a href="https://x.example/e96">Episode 96</a></li><li><a href="https://youtu.be/a?t=100">1:40</a></li></ul></td></tr><tr><td>2102702</td><td>Tents for six</td><td>2.462</td><td></td></tr></tbody></table>""",
        Change("2102701", "2.462", title="Tents for two"),
        Change("2102702", "2.462", title="Tents for six"),
    ),
    _document(
        "third-28.csv",
        """id,name,notes,published
2102801,"Stoves, gas","In v2.464. Test it outside first!",2026-08-01
2102802,"Stoves, wood","In v2.464.",2026-08-01
""",
        Change("2102801", None, caution="Test it outside first!", title="Stoves, gas"),
        Change("2102802", None, title="Stoves, wood"),
    ),
    _document(
        "third-29.txt",
        """By the [run]Book: Episode 97 (v2.466)

Mendy 00:14
Welcome back everybody.

Show notes:
▪ 1:30 #2102901 Maps offline
▪ 2:45 #2102902 Maps by foot — Robbie: watch out, they eat battery
▪ 4:20 #2102903 Maps by bike
""",
        Change("2102901", "2.466", at="1:30", title="Maps offline"),
        Change("2102902", "2.466", at="2:45", caution="Robbie: watch out, they eat battery.", title="Maps by foot"),
        Change("2102903", "2.466", at="4:20", title="Maps by bike"),
    ),
    _document(
        "third-31.txt",
        """What's new in Halo 2.470?

Added
-----
Gloves by hand (#2103101)
Socks by foot (#2103102)

Fixed
-----
Hats by head (#2103103)
""",
        Change("2103101", "2.470", title="Gloves by hand"),
        Change("2103102", "2.470", title="Socks by foot"),
        Change("2103103", "2.470", title="Hats by head"),
    ),
    _document(
        "third-32.jsonl",
        """{"id": 2103201, "title": "Belts", "version": "v2.472", "mentions": [{"episode": 99, "at": "4:40"}], "highlighted": true}
{"id": 2103202, "title": "Braces", "version": "v2.472", "mentions": [{"episode": 99, "at": "1:04:40"}], "caution": "Tight"}
""",
        Change("2103201", "2.472", at="4:40", highlighted=True, title="Belts"),
        Change("2103202", "2.472", at="1:04:40", caution="Tight", title="Braces"),
    ),
)  # fmt: skip
