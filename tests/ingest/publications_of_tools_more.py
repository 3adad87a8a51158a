"""More of what tools make of notes of releases: data, markup, feeds and chats. Each was written, and read by a
person, before it was imported.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501

from tests.ingest.publications_of_tools import tool_change, tool_document

MORE_PUBLICATIONS_OF_TOOLS = (
    tool_document(
        "api.json",
        """\
{"meta": {"generated": "2026-09-15T07:00:00Z", "count": 5, "tenant": 1221000}, "data": {"releases": [{"version": "2.281", "releasedOn": "2026-09-14", "modules": [{"name": "Tickets", "changes": [{"id": 1221001, "summary": "Ticket links show their type", "flags": {"highlight": true, "testFirst": false}, "video": {"episode": 31, "offsetSeconds": 245}},
{"id": 1221002, "summary": "Cc'd people are kept on split", "flags": {"highlight": false, "testFirst": true}, "video": null}]},
{"name": "Assets", "changes": [{"id": 1221003, "summary": "Warranty dates from Dell", "flags": {"highlight": false, "testFirst": false}, "relatedTickets": [1221801, 1221802]}]}]},
{"version": "2.282", "releasedOn": "2026-09-28", "modules": [{"name": "Reporting", "changes": [{"id": 1221004, "summary": "Pivot in the report designer", "status": "released"},
{"id": 1221005, "summary": "PDF/A export", "status": "withdrawn"}]}]}]}}
""",
        tool_change("1221001", "2.281", "Ticket links show their type", "4:05", says="!"),
        tool_change("1221002", "2.281", "Cc'd people are kept on split", says="?"),
        tool_change("1221003", "2.281", "Warranty dates from Dell"),
        tool_change("1221004", "2.282", "Pivot in the report designer"),
    ),
    tool_document(
        "notes.yml",
        """\
# Our notes, kept by hand. Ask Jo (ext. 1222).
product: HaloPSA
releases:
  v2.283:
    date: 2026-10-12
    Tickets:
      - no: 1222001
        what: Auto-replies respect office hours
        at: "5:10"
      - no: 1222002
        what: >
          Checklists can be required
          before a status change
        test_first: yes
    Purchasing:
      - {no: 1222003, what: "Goods in, without an order", star: true}
  v2.290:
    date: 2026-11-23
    Tickets:
      - no: 1222004
        what: "Close codes: a second level"
      - no: 1222005   # not for us
        what: Sub-statuses
        status: withdrawn
""",
        tool_change("1222001", "2.283", "Auto-replies respect office hours"),
        tool_change("1222002", "2.283", "Checklists can be required before a status change", says="?"),
        tool_change("1222003", "2.283", "Goods in, without an order", says="!"),
        tool_change("1222004", "2.290", "Close codes: a second level"),
    ),
    tool_document(
        "notes.toml",
        """\
title = "HaloPSA changes"
owner = "release desk"

[[release]]
version = "2.285"
date = 2026-11-02

[[release.change]]
number = 1223001
title = "Leave balances in the resource planner"
minute = "2:45"

[[release.change]]
number = 1223002
title = "Vendors can be merged"
caution = true

[[release]]
version = "2.286"

[[release.change]]
number = 1223003
title = \"\"\"Portal forms
keep a draft\"\"\"
highlight = true
""",
        tool_change("1223001", "2.285", "Leave balances in the resource planner"),
        tool_change("1223002", "2.285", "Vendors can be merged", says="?"),
        tool_change("1223003", "2.286", "Portal forms keep a draft", says="!"),
    ),
    tool_document(
        "teams.txt",
        """\
[9:02 AM] Amira K.
    HaloPSA\u00a0v2.291 – what you’ll see on Monday 👇

1️⃣ \u200e#1227001\u200e Teams calls open the caller’s ticket
2️⃣ \u200f#1227002\u200f Signatures in Hebrew: שלום
3️⃣ #1227003 Pick\u200b-lists longer than 1\u202f000 values
🔥 #1227004 Colours for priorities
⚠️ #1227005 Old API keys stop on 1.12.2026
✅ #1227006 Ticket\u00a0types have an owner

[9:05 AM] Joe
    👍  what about #1227002 for LTR users? 2.292?
[9:06 AM] Amira K.
    no plan yet, my ext is 1227
""",
        tool_change("1227001", "2.291", "Teams calls open the caller’s ticket"),
        tool_change("1227002", "2.291", "Signatures in Hebrew: שלום"),
        tool_change("1227003", "2.291", "Pick-lists longer than 1 000 values"),
        tool_change("1227004", "2.291", "Colours for priorities", says="!"),
        tool_change("1227005", "2.291", "Old API keys stop on 1.12.2026", says="?"),
        tool_change("1227006", "2.291", "Ticket types have an owner"),
    ),
    tool_document(
        "notes.adoc",
        """\
= HaloPSA notes for partners
Release desk <desk@msp.example>
v1.3, 2026-12-01
:toc:

== Version 2.293

.Numbers are Halo's
[cols="1,4,1",options="header"]
|===
|Number |Change |Clip

|1228001
|Sites have opening hours
|1:30

|1228002
|Approvals by SMS
|4:00
|===

WARNING: 1228003 Deleting a customer deletes its assets. Test first.

* 1228004 Boards can be shared ★
* [line-through]#1228005 Themes for boards#

== Version 2.294

Gantt bars can be dragged:: 1228006
Items have a shelf life:: 1228007
""",
        tool_change("1228001", "2.293", "Sites have opening hours"),
        tool_change("1228002", "2.293", "Approvals by SMS"),
        tool_change("1228003", "2.293", "Deleting a customer deletes its assets", says="?"),
        tool_change("1228004", "2.293", "Boards can be shared", says="!"),
        tool_change("1228006", "2.294", "Gantt bars can be dragged"),
        tool_change("1228007", "2.294", "Items have a shelf life"),
    ),
    tool_document(
        "notes.rst",
        """\
=====================
HaloPSA release notes
=====================

2.295
=====

.. warning:: Numbers 1229001 and 1229003 need a test.

=======  ==================================  ======
Number   Change                              Minute
=======  ==================================  ======
1229001  Reply templates by language         0:50
1229002  The asset tree can be searched      3:05
1229003  Contacts without mail are kept      7:45
=======  ==================================  ======

2.296
=====

- **Sales** -- forecasts by team (:halo:`1229004`)
- **Sales** -- lost reasons are required (:halo:`1229005`) *(highlight)*

.. note::

   1229006 was planned for this release and comes in 2.297.

.. [1] Our ticket 1229888.
""",
        tool_change("1229001", "2.295", "Reply templates by language"),
        tool_change("1229002", "2.295", "The asset tree can be searched"),
        tool_change("1229003", "2.295", "Contacts without mail are kept"),
        tool_change("1229004", "2.296", "Sales – forecasts by team"),
        tool_change("1229005", "2.296", "Sales – lost reasons are required", says="!"),
    ),
    tool_document(
        "jira.xml",
        """\
<!-- RSS generated by JIRA (9.12.0) --><rss version="0.92"><channel><title>Jira</title><link>https://jira.msp.example/issues/?jql=project+%3D+HALO</link><description>An XML representation of a search request</description><language>en-uk</language><issue start="0" end="3" total="3"/><item><title>[HALO-1232001] Budgets per department</title><link>https://jira.msp.example/browse/HALO-1232001</link><project id="10100" key="HALO">Halo releases</project><description>&lt;p&gt;Text of it.&lt;/p&gt;</description><key id="881232001">HALO-1232001</key><summary>Budgets per department</summary><type id="3">Task</type><status id="5">Done</status><fixVersion>2.301</fixVersion></item><item><title>[HALO-1232002] Invoices in two languages</title><link>https://jira.msp.example/browse/HALO-1232002</link><project id="10100" key="HALO">Halo releases</project><description>&lt;p&gt;Text of it.&lt;/p&gt;</description><key id="881232002">HALO-1232002</key><summary>Invoices in two languages</summary><type id="3">Task</type><status id="5">Done</status><fixVersion>2.301</fixVersion><labels><label>test-first</label></labels></item><item><title>[HALO-1232003] Ratings by SMS</title><link>https://jira.msp.example/browse/HALO-1232003</link><project id="10100" key="HALO">Halo releases</project><description>&lt;p&gt;Text of it.&lt;/p&gt;</description><key id="881232003">HALO-1232003</key><summary>Ratings by SMS</summary><type id="3">Task</type><status id="5">Withdrawn</status><fixVersion>2.302</fixVersion><labels><label>highlight</label></labels></item></channel></rss>
""",
        tool_change("1232001", "2.301", "Budgets per department"),
        tool_change("1232002", "2.301", "Invoices in two languages", says="?"),
    ),
    tool_document(
        "wiki.txt",
        """\
= HaloPSA =
== v2.303 ==
{| class="wikitable"
! Number !! Change !! Video
|-
| 1233001 || Agents see their own SLA || 1:11
|-
| 1233002 || ''Parent'' contracts || 2:22
|}
* '''1233003''' [[Tickets]]: merge by drag
* <s>'''1233004''' [[Tickets]]: split by drag</s>
== v2.304 ==
# '''1233005''' Custom fields on sites {{warning|test first}}
# '''1233006''' Custom tabs on sites {{highlight}}
""",
        tool_change("1233001", "2.303", "Agents see their own SLA"),
        tool_change("1233002", "2.303", "Parent contracts"),
        tool_change("1233003", "2.303", "Tickets: merge by drag"),
        tool_change("1233005", "2.304", "Custom fields on sites", says="?"),
        tool_change("1233006", "2.304", "Custom tabs on sites", says="!"),
    ),
    tool_document(
        "youtube.txt",
        """\
By the [run]Book – HaloPSA v2.305 (Ep. 34)

Book a call: https://cal.example/1234000 | +1 (415) 123-4000

CHAPTERS
0:00 Intro
1:20 - #1234001 Ticket views per team
4:05 - #1234002 Asset imports from CSV ⚠️ test first
9:59 - ⭐ #1234003 Contracts by the hour
1:04:10 - #1234004 Reports by mail
1:10:00 Outro

#halopsa #msp #2026 #1234567
""",
        tool_change("1234001", "2.305", "Ticket views per team", "1:20"),
        tool_change("1234002", "2.305", "Asset imports from CSV", "4:05", says="?"),
        tool_change("1234003", "2.305", "Contracts by the hour", "9:59", says="!"),
        tool_change("1234004", "2.305", "Reports by mail", "1:04:10"),
    ),
    tool_document(
        "notion.html",
        """\
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>HaloPSA 2.241 – what changed for us</title><style>
.highlight-yellow{background:rgba(251,243,219,1)}</style></head><body><article id="8f1c2a77-1f0e-4a58-9d3c-1201001b77aa" class="page sans"><header><div class="page-header-icon undefined"><span class="icon">🚀</span></div><h1 class="page-title">HaloPSA 2.241 – what changed for us</h1><p class="page-description"></p><table class="properties"><tbody><tr class="property-row property-row-created_time"><th>Created</th><td><time>@March 3, 2026 9:14 AM</time></td></tr><tr class="property-row property-row-person"><th>Owner</th><td>Priya N.</td></tr><tr class="property-row property-row-number"><th>Reading time</th><td>6</td></tr></tbody></table></header><div class="page-body">
<figure class="block-color-gray_background callout" style="white-space:pre-wrap;display:flex"><div style="font-size:1.5em"><span class="icon">💡</span></div><div style="width:100%">Our upgrade window is 14 March, 22:00. Cost of the window: £1,250.</div></figure>
<h2 id="a1">Billing</h2>
<ul id="a2" class="toggle"><li><details open=""><summary><strong>#1201001</strong> Recurring invoices can skip public holidays</summary><p>The holiday calendar of the billing entity is used. Seen at 4:12.</p></details></li></ul>
<ul id="a3" class="toggle"><li><details open=""><summary><strong>#1201002</strong> Credit notes copy the PO number of the invoice ⭐</summary><p>No setting.</p></details></li></ul>
<ul id="a4" class="toggle"><li><details open=""><summary><strong>#1201003</strong> Prepay balances are checked before a timesheet is approved</summary>
<figure class="block-color-red_background callout" style="white-space:pre-wrap;display:flex"><div style="font-size:1.5em"><span class="icon">⚠️</span></div><div style="width:100%">Test first: approvals that passed yesterday may be stopped.</div></figure></details></li></ul>
<h2 id="b1">Service desk</h2>
<ul id="b2" class="to-do-list"><li><div class="checkbox checkbox-on"></div> <span class="to-do-children-checked">#1201004 Merge keeps the older ticket's SLA clock</span></li></ul>
<ul id="b3" class="to-do-list"><li><div class="checkbox checkbox-off"></div> <span class="to-do-children-unchecked">#1201005 Email templates can be tested from the template itself</span></li></ul>
<ul id="b4" class="bulleted-list"><li style="list-style-type:disc"><del>#1201006 Kanban cards show the child count</del> pulled by Halo</li></ul>
<p id="c1" class="">Questions? Ask in ticket 48213 of our own desk.</p>
</div></article></body></html>
""",
        tool_change("1201001", "2.241", "Recurring invoices can skip public holidays"),
        tool_change("1201002", "2.241", "Credit notes copy the PO number of the invoice", says="!"),
        tool_change(
            "1201003",
            "2.241",
            "Prepay balances are checked before a timesheet is approved",
            caution="approvals that passed yesterday may be stopped.",
        ),
        tool_change("1201004", "2.241", "Merge keeps the older ticket's SLA clock"),
        tool_change("1201005", "2.241", "Email templates can be tested from the template itself"),
    ),
)
