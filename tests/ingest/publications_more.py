"""More posts, mails, notes and pages as publishers write them.

Each was read by a person first; `says` is `!` for a highlight, and else, or behind it, the caution.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501

from tests.ingest.tables import Change, Table


def _document(name: str, text: str, *changes: Change, encoding: str = "utf-8") -> Table:
    return Table(name, text.encode(encoding), tuple(changes))


def _change(number: str, title: str, version: str, at: str | None = None, says: str = "") -> Change:
    return Change(number, version, at, says[:1] == "!", says.lstrip("!") or None, title)


MORE_PUBLICATIONS = (
    _document(
        "d-quoted-printable.eml",
        """\
Return-Path: <news@example.com>
From: "Halo News" <news@example.com>
To: ann@example.org
Subject: =?utf-8?Q?HaloPSA_v2.322_=E2=80=93_what=E2=80=99s_new?=
Date: Mon, 9 Nov 2026 08:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

HaloPSA v2.322 =E2=80=93 what=E2=80=99s new

* Vendors=E2=80=99 price lists can be compared (#1151101)
* Contracts can be paused for a month at a time, and the customer is told=
 about it (#1151102)
* Highlight: Night shifts count for the day they begin on (#1151103)
* Photos can be added to site notes (#1151104)

--b1
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><body><h1>HaloPSA v2.322 =E2=80=93 what=E2=80=99s new</h1><ul><li>Ven=
dors=E2=80=99 price lists can be compared (#1151101)</li><li>Contracts can be=
 paused for a month at a time, and the customer is told about it (#1151102)</=
li><li>Highlight: Night shifts count for the day they begin on (#1151103)</li><=
li>Photos can be added to site notes (#1151104)</li></ul></body></html>

--b1--
""",
        _change("1151101", "Vendors’ price lists can be compared", "2.322"),
        _change("1151102", "Contracts can be paused for a month at a time, and the customer is told about it", "2.322"),
        _change("1151103", "Night shifts count for the day they begin on", "2.322", None, "!"),
        _change("1151104", "Photos can be added to site notes", "2.322"),
    ),
    _document(
        "d-asciidoc.adoc",
        """\
= HaloPSA 2.323 Release Notes
Release Team <release@example.com>
:toc: left
:revdate: 2026-11-16

== New features

[[f1151201]]
=== Time zones per team (1151201)

Teams can have a time zone of their own.

=== Second approver (1151202)

WARNING: Approvals that are open are asked again.

== Improvements

* Faster search in the asset tree (1151203)
* Icons for services (1151204)
+
Icons can be uploaded.
* Undo for bulk changes (1151205)

== Fixes

* Right totals on credit notes (1151206)
""",
        _change("1151201", "Time zones per team", "2.323"),
        _change("1151202", "Second approver", "2.323", None, "Approvals that are open are asked again."),
        _change("1151203", "Faster search in the asset tree", "2.323"),
        _change("1151204", "Icons for services", "2.323"),
        _change("1151205", "Undo for bulk changes", "2.323"),
        _change("1151206", "Right totals on credit notes", "2.323"),
    ),
    _document(
        "d-rest.rst",
        """\
HaloPSA 2.324
#############

:Date: 2026-11-23

Added
-----

- **Room plans** (``1151301``) -- rooms can be drawn on a plan.
- **Visitor badges** (``1151302``) -- badges are printed at the desk.

  .. warning::

     Badge printers need new drivers.

Changed
-------

- **Desk bookings end at noon** (``1151303``)
- **Names of floors** (``1151304``)

Fixed
-----

#. **Doubled bookings** (``1151305``)
#. **Lost plans** (``1151306``)
""",
        _change("1151301", "Room plans", "2.324"),
        _change("1151302", "Visitor badges", "2.324", None, "Badge printers need new drivers."),
        _change("1151303", "Desk bookings end at noon", "2.324"),
        _change("1151304", "Names of floors", "2.324"),
        _change("1151305", "Doubled bookings", "2.324"),
        _change("1151306", "Lost plans", "2.324"),
    ),
    _document(
        "d-discord.txt",
        """\
@everyone
# :rocket: HaloPSA v2.325 is live!
-# posted by Release Bot

**__New__**
> `1151401` Polls in the portal
> `1151402` Reactions on notes
> `1151403` Threads in chats :star:

**__Better__**
> `1151404` Shorter notifications
> `1151405` Emoji in titles

**__Careful__**
> `1151406` Old chat widget is switched off
> `1151407` Chat API version one answers no more
""",
        _change("1151401", "Polls in the portal", "2.325"),
        _change("1151402", "Reactions on notes", "2.325"),
        _change("1151403", "Threads in chats", "2.325", None, "!"),
        _change("1151404", "Shorter notifications", "2.325"),
        _change("1151405", "Emoji in titles", "2.325"),
        _change("1151406", "Old chat widget is switched off", "2.325", None, "The source advises caution."),
        _change("1151407", "Chat API version one answers no more", "2.325", None, "The source advises caution."),
    ),
    _document(
        "d-columns.txt",
        """\
HaloPSA 2.330, changes by area                      Printed 7 Dec 2026

No.       Area        Change                                    Time
--------  ----------  ----------------------------------------  -------
1151701   Billing     Rates can be copied between customers     04:10
1151702   Billing     Reminders have three levels, each with    09:15
                      a text of its own
1151703   Portal      Dark theme                                17:00
1151704   Portal      Search in own tickets                     22:48
1151705   Assets      Serial numbers with letters               1:00:02

Episode 33. Times are those of the recording.
""",
        _change("1151701", "Rates can be copied between customers", "2.330", "4:10"),
        _change("1151702", "Reminders have three levels, each with a text of its own", "2.330", "9:15"),
        _change("1151703", "Dark theme", "2.330", "17:00"),
        _change("1151704", "Search in own tickets", "2.330", "22:48"),
        _change("1151705", "Serial numbers with letters", "2.330", "1:00:02"),
    ),
    _document(
        "d-accordion.html",
        """\
<!doctype html><html><body><h1>HaloPSA 2.331</h1>
<details open><summary>Dashboards <span class="count">3</span></summary><div class="item"><h4>Dashboards can be sent by mail</h4><p class="ref">Ref: 1151801</p><p>Each Monday, or each day.</p></div>
<div class="item featured"><span class="ribbon">Featured</span><h4>Widgets can be shared</h4><p class="ref">Ref: 1151802</p><p>With a team or with all.</p></div>
<div class="item"><h4>Gauges have colours</h4><p class="ref">Ref: 1151803</p></div></details>
<details><summary>Tickets <span class="count">3</span></summary><div class="item"><h4>Tickets can have two owners</h4><p class="ref">Ref: 1151804</p><p><strong>Heads-up:</strong> reports count such tickets twice.</p></div>
<div class="item"><h4>Notes can be translated</h4><p class="ref">Ref: 1151805</p></div><div class="item"><h4>Timers stop at night</h4><p class="ref">Ref: 1151806</p></div></details></body></html>""",
        _change("1151801", "Dashboards can be sent by mail", "2.331"),
        _change("1151802", "Widgets can be shared", "2.331", None, "!"),
        _change("1151803", "Gauges have colours", "2.331"),
        _change("1151804", "Tickets can have two owners", "2.331", None, "reports count such tickets twice."),
        _change("1151805", "Notes can be translated", "2.331"),
        _change("1151806", "Timers stop at night", "2.331"),
    ),
    _document(
        "d-linkedin.txt",
        """\
🚀 HaloPSA v2.332 is here!

What we love:

1️⃣ Assets can be tracked by beacon (1151901)
2️⃣ Tickets are grouped by cause (1151902)
3️⃣ Mail drafts are saved while you type (1151903)

What else is in it:

✅ Longer passwords (1151904)
✅ Shorter links (1151905)
✅ More colours (1151906)

What do you think? Tell us in the comments 👇

#HaloPSA #MSP #ITSM
""",
        _change("1151901", "Assets can be tracked by beacon", "2.332", None, "!"),
        _change("1151902", "Tickets are grouped by cause", "2.332", None, "!"),
        _change("1151903", "Mail drafts are saved while you type", "2.332", None, "!"),
        _change("1151904", "Longer passwords", "2.332"),
        _change("1151905", "Shorter links", "2.332"),
        _change("1151906", "More colours", "2.332"),
    ),
    _document(
        "d-linear.md",
        """\
# HaloPSA 2.333

*December 14, 2026*

![](https://example.com/hero.png)

## Saved replies by language

Saved replies can be written in several languages. The language of the user picks
the right one. [HALO-1152001](https://example.com/HALO-1152001)

## Mood of a ticket

A sign in the list shows how the user feels. [HALO-1152002](https://example.com/HALO-1152002)

## Improvements

- [HALO-1152003](https://example.com/HALO-1152003) Attachments open in a window
- [HALO-1152004](https://example.com/HALO-1152004) Keyboard shortcuts for approvals

## Fixes

- [HALO-1152005](https://example.com/HALO-1152005) Signatures keep their pictures
- [HALO-1152006](https://example.com/HALO-1152006) Search finds numbers with dots
""",
        _change("1152001", "Saved replies by language", "2.333"),
        _change("1152002", "Mood of a ticket", "2.333"),
        _change("1152003", "Attachments open in a window", "2.333"),
        _change("1152004", "Keyboard shortcuts for approvals", "2.333"),
        _change("1152005", "Signatures keep their pictures", "2.333"),
        _change("1152006", "Search finds numbers with dots", "2.333"),
    ),
    _document(
        "d-transposed.txt",
        """\
Halo changes, week 51

v2.334
  1152101  Surveys in five languages      (Portal)
  1152102  Surveys by text message        (Portal)      ** important **
  1152103  Answers in reports             (Reporting)
v2.335
  1152104  Forms with pages               (Portal)
  1152105  Forms can be filled in offline    (Portal)   ** test first **
  1152106  Signatures in forms            (Portal)
""",
        _change("1152101", "Surveys in five languages", "2.334"),
        _change("1152102", "Surveys by text message", "2.334", None, "!"),
        _change("1152103", "Answers in reports", "2.334"),
        _change("1152104", "Forms with pages", "2.335"),
        _change("1152105", "Forms can be filled in offline", "2.335", None, "The source advises caution."),
        _change("1152106", "Signatures in forms", "2.335"),
    ),
    _document(
        "e-table.md",
        """\
# Release 2.341

|   | ID | What's new | Area | Ep. 35 |
|:-:|---:|:-----------|:-----|-------:|
| ⭐ | [1161001](https://h.example/1161001) | **Budgets** can be shared | Projects | [6:08](https://youtu.be/a?t=368) |
|   | [1161002](https://h.example/1161002) | Phases can be locked | Projects | [9:00](https://youtu.be/a?t=540) |
| ⚠️ | [1161003](https://h.example/1161003) | Milestones move their tasks | Projects | [12:34](https://youtu.be/a?t=754) |
|   | [1161004](https://h.example/1161004) | `$PROJECTCODE` in mails | Mails | [1:02:07](https://youtu.be/a?t=3727) |
|   | [1161005](https://h.example/1161005) | Roles in templates | Projects |   |
|   | [1161006](https://h.example/1161006) | Gantt charts print on A3 | Projects | – |
""",
        _change("1161001", "Budgets can be shared", "2.341", "6:08", "!"),
        _change("1161002", "Phases can be locked", "2.341", "9:00"),
        _change("1161003", "Milestones move their tasks", "2.341", "12:34", "The source advises caution."),
        _change("1161004", "$PROJECTCODE in mails", "2.341", "1:02:07"),
        _change("1161005", "Roles in templates", "2.341"),
        _change("1161006", "Gantt charts print on A3", "2.341"),
    ),
    _document(
        "e-terms.html",
        """\
<html><body><h2>HaloPSA 2.342</h2><dl>
<dt>#1161101 Leads from forms</dt><dd>Forms on web pages make leads.</dd>
<dt>#1161102 Duplicate leads <em>(highlight)</em></dt><dd>Leads with the same mail are joined.</dd>
<dt>#1161103 Campaign costs</dt><dd>Costs can be entered by month.</dd><dd><b>Caution:</b> reports of last year change.</dd>
<dt>#1161104 Lead scores</dt><dd>Scores fall with time.</dd>
<dt>#1161105 Mail merge</dt><dd>With attachments.</dd></dl></body></html>""",
        _change("1161101", "Leads from forms", "2.342"),
        _change("1161102", "Duplicate leads", "2.342", None, "!"),
        _change("1161103", "Campaign costs", "2.342", None, "reports of last year change."),
        _change("1161104", "Lead scores", "2.342"),
        _change("1161105", "Mail merge", "2.342"),
    ),
    _document(
        "e-bracketed-times.txt",
        """\
By the [run]Book | Episode 37 | HaloPSA v2.343 + v2.344

[00:00:00] Hello
[00:04:12] Tickets know their weather - v2.343 - ID 1161201
[00:11:40] Contracts can have two signers - v2.343 - ID 1161202 (!)
[00:19:05] Invoices by fax - v2.343 - ID 1161203
[00:31:00] Stock in transit - v2.344 - ID 1161204
[00:44:44] Kits of items - v2.344 - ID 1161205
[01:00:09] Serial numbers by range - v2.344 - ID 1161206
[01:05:00] Bye
""",
        _change("1161201", "Tickets know their weather", "2.343", "4:12"),
        _change("1161202", "Contracts can have two signers", "2.343", "11:40", "!"),
        _change("1161203", "Invoices by fax", "2.343", "19:05"),
        _change("1161204", "Stock in transit", "2.344", "31:00"),
        _change("1161205", "Kits of items", "2.344", "44:44"),
        _change("1161206", "Serial numbers by range", "2.344", "1:00:09"),
    ),
    _document(
        "e-outlook.html",
        """\
<html><head><meta charset="utf-8"></head><body><div><p>Hi all,</p><p>&nbsp;</p><p>please see below.</p>
<table border="1"><tr><td><b>Ref</b></td><td><b>Change</b></td><td><b>Note</b></td></tr>
<tr><td colspan="3"><b>2.353</b></td></tr>
<tr><td>1161701&nbsp;</td><td>&nbsp;Menus can be sorted</td><td>&nbsp;</td></tr>
<tr><td>1161702&nbsp;</td><td>&nbsp;Menus can be hidden</td><td>Test first</td></tr>
<tr><td>1161703&nbsp;</td><td>&nbsp;Tabs keep their order</td><td>&nbsp;</td></tr>
<tr><td colspan="3"><b>2.354</b></td></tr>
<tr><td>1161704&nbsp;</td><td>&nbsp;Tabs can be pinned</td><td>Important</td></tr>
<tr><td>1161705&nbsp;</td><td>&nbsp;Fonts can be chosen</td><td>&nbsp;</td></tr></table>
<p>Regards<br>Ann</p><p>Ann Smith | Example Ltd | T 01473 1161799</p></div></body></html>""",
        _change("1161701", "Menus can be sorted", "2.353"),
        _change("1161702", "Menus can be hidden", "2.353", None, "The source advises caution."),
        _change("1161703", "Tabs keep their order", "2.353"),
        _change("1161704", "Tabs can be pinned", "2.354", None, "!"),
        _change("1161705", "Fonts can be chosen", "2.354"),
    ),
    _document(
        "e-layout-mail.html",
        """\
<html><body><table width="600" cellpadding="0"><tr><td><table><tr><td><img src="x.png"></td><td>HaloPSA v2.358</td></tr></table></td></tr>
<tr><td><h2>Top of the month</h2><p><a href="https://e.example/t?u=1162001"><b>Pools of agents</b></a> [1162001]<br>Pools share their tickets.</p><p><b>Pools of assets</b> [1162002]<br>For lending.</p></td></tr>
<tr><td><h2>All the rest</h2><ul><li>Pools in reports [1162003]</li><li>Pools in the app [1162004]</li><li>Pools by skill [1162005]</li></ul></td></tr>
<tr><td><small>Unsubscribe | View online | Ref 1162099-77</small></td></tr></table></body></html>""",
        _change("1162001", "Pools of agents", "2.358", None, "!"),
        _change("1162002", "Pools of assets", "2.358", None, "!"),
        _change("1162003", "Pools in reports", "2.358"),
        _change("1162004", "Pools in the app", "2.358"),
        _change("1162005", "Pools by skill", "2.358"),
    ),
    _document(
        "e-google-doc.txt",
        """\
Halo v2.359 – “what’s in it for us?”

1. Portal
   a. 1162101 – Users can rate articles
      ○ Stars, and a word.
   b. 1162102 – Users can suggest articles
   c. 1162103 – Articles by site
      ○ Note: test before you switch it on; articles without a site vanish.
2. Billing
   a. 1162104 – Rounding per line
   b. 1162105 – Rounding per invoice (key change)
   c. 1162106 – “Pro forma” in the title
""",
        _change("1162101", "Users can rate articles", "2.359"),
        _change("1162102", "Users can suggest articles", "2.359"),
        _change(
            "1162103",
            "Articles by site",
            "2.359",
            None,
            "Note: test before you switch it on; articles without a site vanish.",
        ),
        _change("1162104", "Rounding per line", "2.359"),
        _change("1162105", "Rounding per invoice", "2.359", None, "!"),
        _change("1162106", "“Pro forma” in the title", "2.359"),
    ),
)
