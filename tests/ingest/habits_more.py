"""Documents of other publishers: newsletters, boxes, labelled blocks, columns of one width, exports of programs.

Written without a look at the readers, each as its publisher would, and the changes that a person reads in it beside it.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501

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
        Change("2010302", "2.325", at="9:09", caution="The source advises caution.", title="Forms with `code` blocks"),
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
        Change("2020201", "2.333", title="Guided set-up of mailboxes"),
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
)  # fmt: skip
