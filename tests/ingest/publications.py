"""Posts, mails, notes and pages as publishers write them, in many formats.

Each was read by a person first; `says` is `!` for a highlight, and else, or behind it, the caution.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501

from tests.ingest.tables import Change, Table


def _document(name: str, text: str, *changes: Change, encoding: str = "utf-8") -> Table:
    return Table(name, text.encode(encoding), tuple(changes))


def _change(number: str, title: str, version: str, at: str | None = None, says: str = "") -> Change:
    return Change(number, version, at, says[:1] == "!", says.lstrip("!") or None, title)


PUBLICATIONS = (
    _document(
        "c-blog-post.md",
        """\
---
title: "HaloPSA v2.281 released"
date: 2026-05-18T09:00:00+01:00
draft: false
author: Release Team
tags: [release, halopsa]
categories:
  - Release notes
---

HaloPSA v2.281 is rolling out to hosted customers this week. As always, thank
you to everybody who voted on our ideas portal.

<!--more-->

## Highlights

### 🧾 Credit notes can be split over several invoices

Until now a credit note had to be used on one invoice. From this version you can
spread it over as many as you like. ([#1141001](https://ideas.example.com/1141001))

### 🗓️ Holiday calendars per site

Sites can have a holiday calendar of their own, which wins over that of the
customer. ([#1141002](https://ideas.example.com/1141002))

> **Warning**
> Test before enabling: response targets of open tickets are calculated anew.

## Everything else

**Billing**

- Invoice runs show how long they took ([#1141003](https://ideas.example.com/1141003))
- Purchase order numbers are checked for doubles when a sales order is saved ([#1141004](https://ideas.example.com/1141004))
- Recurring invoices have a tab for their price history ([#1141005](https://ideas.example.com/1141005))

**Integrations**

- Xero: tracking categories can be set per charge type ([#1141006](https://ideas.example.com/1141006))
- NinjaOne: device roles are imported as asset types ([#1141007](https://ideas.example.com/1141007))
- HubSpot: deals without an owner go to the default agent ([#1141008](https://ideas.example.com/1141008))

## Upgrading

Hosted customers need to do nothing. On-premise customers find the installer in
the [download area](https://downloads.example.com).
""",
        _change("1141001", "Credit notes can be split over several invoices", "2.281", None, "!"),
        _change(
            "1141002",
            "Holiday calendars per site",
            "2.281",
            None,
            "!response targets of open tickets are calculated anew.",
        ),
        _change("1141003", "Invoice runs show how long they took", "2.281"),
        _change("1141004", "Purchase order numbers are checked for doubles when a sales order is saved", "2.281"),
        _change("1141005", "Recurring invoices have a tab for their price history", "2.281"),
        _change("1141006", "Xero: tracking categories can be set per charge type", "2.281"),
        _change("1141007", "NinjaOne: device roles are imported as asset types", "2.281"),
        _change("1141008", "HubSpot: deals without an owner go to the default agent", "2.281"),
    ),
    _document(
        "c-release-page.html",
        """\
<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>What's new in 2.282 | Halo Release Notes</title>
<link rel="canonical" href="https://notes.example.com/2-282/"><style>.badge{color:#fff}</style>
<script>window.dataLayer=[{id:1234567,v:"2.100"}]</script></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/2-281/">2.281</a></li><li><a href="/2-280/">2.280</a></li></ul></nav></header>
<main><article>
<h1>What's new in 2.282</h1>
<p class="meta">Published on <time datetime="2026-06-01">1 June 2026</time> &middot; 4 min read</p>
<h2 id="new">New <a class="anchor" href="#new">#</a></h2>
<ul class="changes">
<li><span class="badge badge-new">NEW</span> <strong>Approval by text message</strong> <small>#1141101</small><p>Approvers without a mail address get a code by text message.</p></li>
<li><span class="badge badge-new">NEW</span> <span class="badge badge-star">Highlight</span> <strong>Tickets can be merged across customers</strong> <small>#1141102</small><p>The customer of the older ticket is kept.</p></li>
<li><span class="badge badge-new">NEW</span> <strong>Agents can be given a substitute</strong> <small>#1141103</small><p>Approvals go to the substitute while the agent is away.</p>
<div class="admonition warning"><p class="admonition-title">Warning</p><p>Try this on a test system first, for rules that name agents are not changed.</p></div></li>
</ul>
<h2 id="improved">Improved <a class="anchor" href="#improved">#</a></h2>
<ul class="changes">
<li><span class="badge">IMPROVED</span> <strong>The timeline loads in pieces</strong> <small>#1141104</small></li>
<li><span class="badge">IMPROVED</span> <strong>Search in the item list looks at supplier codes, too</strong> <small>#1141105</small></li>
<li><span class="badge">IMPROVED</span> <strong>Knowledge base articles keep the size of pictures</strong> <small>#1141106</small></li>
</ul>
<h2 id="fixed">Fixed <a class="anchor" href="#fixed">#</a></h2>
<ul class="changes">
<li><span class="badge badge-fix">FIX</span> Survey links no longer end in a blank page <small>#1141107</small></li>
<li><span class="badge badge-fix">FIX</span> The totals of a quote with optional lines are right again <small>#1141108</small></li>
</ul>
</article>
<aside><h3>Older versions</h3><ul><li><a href="/2-281/">2.281: credit notes</a></li><li><a href="/2-280/">2.280: dashboards</a></li></ul></aside></main>
<footer><p>&copy; 2026 Example Ltd. Company number 7654321. <a href="/privacy">Privacy</a></p></footer></body></html>
""",
        _change("1141101", "Approval by text message", "2.282"),
        _change("1141102", "Tickets can be merged across customers", "2.282", None, "!"),
        _change(
            "1141103",
            "Agents can be given a substitute",
            "2.282",
            None,
            "Try this on a test system first, for rules that name agents are not changed.",
        ),
        _change("1141104", "The timeline loads in pieces", "2.282"),
        _change("1141105", "Search in the item list looks at supplier codes, too", "2.282"),
        _change("1141106", "Knowledge base articles keep the size of pictures", "2.282"),
        _change("1141107", "Survey links no longer end in a blank page", "2.282"),
        _change("1141108", "The totals of a quote with optional lines are right again", "2.282"),
    ),
    _document(
        "c-newsletter.txt",
        """\
From: Halo Product Updates <updates@example.com>
To: ann@example.org
Date: Mon, 15 Jun 2026 07:30:12 +0000
Subject: Your HaloPSA v2.283 update
Content-Type: text/plain; charset=utf-8; format=flowed

Hi Ann,

Version 2.283 lands on your system on Thursday night. These are the
changes that we think you should know about.

BILLING
=======

* Prepaid hours can be moved from one contract to another, with a note
  that tells the customer why (#1141201)

* Late fees are worked out from the due date rather than from the date of
  the reminder (#1141202)

  Please note: test before enabling. Fees that were billed already are
  not changed.

* Invoices can be sent from the mailbox of the account manager (#1141203)

SERVICE DESK
============

* [HIGHLIGHT] Child tickets show the priority of their parent in the list,
  and can be filtered by it (#1141204)

* Canned texts can be kept per team (#1141205)

* Satisfaction surveys wait until the last child ticket is closed, which
  stops surveys that ask about half of the work (#1141206)

PORTAL
======

* Users see their own assets first (#1141207)

* Service status messages can be planned ahead, with an end that takes
  them off again (#1141208)

Questions? Just reply to this e-mail.

Best wishes,
The Halo product team

--
You get this e-mail because you are an administrator of a HaloPSA system.
Unsubscribe: https://example.com/u/8812345
Example Ltd, 12 High Street, IP1 1AA. Reg. no. 9123456
""",
        _change(
            "1141201",
            "Prepaid hours can be moved from one contract to another, with a note that tells the customer why",
            "2.283",
        ),
        _change(
            "1141202",
            "Late fees are worked out from the due date rather than from the date of the reminder",
            "2.283",
            None,
            "Please note: test before enabling.",
        ),
        _change("1141203", "Invoices can be sent from the mailbox of the account manager", "2.283"),
        _change(
            "1141204",
            "Child tickets show the priority of their parent in the list, and can be filtered by it",
            "2.283",
            None,
            "!",
        ),
        _change("1141205", "Canned texts can be kept per team", "2.283"),
        _change(
            "1141206",
            "Satisfaction surveys wait until the last child ticket is closed, which stops surveys that ask about half of the work",
            "2.283",
        ),
        _change("1141207", "Users see their own assets first", "2.283"),
        _change(
            "1141208", "Service status messages can be planned ahead, with an end that takes them off again", "2.283"
        ),
    ),
    _document(
        "c-forwarded-mail.txt",
        """\
Bob, see below, the third one is what the customer asked for.

Ann

On 22/06/2026 08:14, Halo Releases wrote:
> Hello,
>
> HaloPSA v2.284 is out. What is in it:
>
> 1. 1141301 - Stock can be counted by bin with the mobile app
> 2. 1141302 - Asset labels can be printed as QR codes on sheets of
>    stickers
> 3. 1141303 - Purchase orders can be approved from the mail itself
> 4. 1141304 - Serial numbers are checked against the supplier's list
>    before goods are booked in
> 5. 1141305 - Suppliers have a field for their own customer number
> 6. 1141306 - Delivery notes are sorted by bin
>
> Have a look at https://example.com/releases/2284 for pictures.
>
> Kind regards
> Halo Releases
""",
        _change("1141301", "Stock can be counted by bin with the mobile app", "2.284"),
        _change("1141302", "Asset labels can be printed as QR codes on sheets of stickers", "2.284"),
        _change("1141303", "Purchase orders can be approved from the mail itself", "2.284"),
        _change(
            "1141304", "Serial numbers are checked against the supplier's list before goods are booked in", "2.284"
        ),
        _change("1141305", "Suppliers have a field for their own customer number", "2.284"),
        _change("1141306", "Delivery notes are sorted by bin", "2.284"),
    ),
    _document(
        "c-show-notes.txt",
        """\
By the [run]Book – Episode 24: Buckets, budgets and a bot
Hosts: Mendy Green, Robbie Tate
Length: 1:14:33

In this episode we walk through the first half of HaloPSA v2.285.

⏱ Time stamps

0:00  Welcome
2:15  News from the community
6:08  #1141401 – Budgets can be rolled over into the next year
9:47  #1141402 – Service buckets show what is left on the ticket ⭐
14:20 #1141403 – Mailbox rules can look at the size of attachments
21:36 #1141404 – The planner can be grouped by skill
28:02 #1141405 – Change requests can be cloned with their tasks ⭐
35:50 #1141406 – Contract terms can be shown on the portal
       ⚠️ Test first: customers see all terms, also the internal ones.
44:11 #1141407 – Time entries can be locked per week
52:39 #1141408 – Text blocks can have conditions
1:02:07 #1141409 – The audit log can be exported to a SIEM
1:09:55 #1141410 – Barcodes can be read with the camera of a laptop
1:12:40 Goodbye

Links
* HaloPSA academy: https://academy.example.com
* Join us on Discord: https://discord.example.com/abc1234567
""",
        _change("1141401", "Budgets can be rolled over into the next year", "2.285", "6:08"),
        _change("1141402", "Service buckets show what is left on the ticket", "2.285", "9:47", "!"),
        _change("1141403", "Mailbox rules can look at the size of attachments", "2.285", "14:20"),
        _change("1141404", "The planner can be grouped by skill", "2.285", "21:36"),
        _change("1141405", "Change requests can be cloned with their tasks", "2.285", "28:02", "!"),
        _change(
            "1141406",
            "Contract terms can be shown on the portal",
            "2.285",
            "35:50",
            "customers see all terms, also the internal ones.",
        ),
        _change("1141407", "Time entries can be locked per week", "2.285", "44:11"),
        _change("1141408", "Text blocks can have conditions", "2.285", "52:39"),
        _change("1141409", "The audit log can be exported to a SIEM", "2.285", "1:02:07"),
        _change("1141410", "Barcodes can be read with the camera of a laptop", "2.285", "1:09:55"),
    ),
    _document(
        "c-youtube.txt",
        """\
HaloPSA v2.286 & v2.287 – all you need to know | By the [run]Book Episode 25

Mendy and Connor go through the end of v2.286 and the start of v2.287.

👉 Subscribe for more HaloPSA: https://www.youtube.com/@runbook?sub_confirmation=1
👉 Filter all changes: https://haloreleases.example.dev

CHAPTERS
00:00 Intro
01:44 Incoming mails can be split by keyword (v2.286, 1141501)
05:31 Templates for child tickets (v2.286, 1141502)
12:08 A colour for each team in the calendar (v2.286, 1141503)
17:59 HIGHLIGHT: Workflows can wait for an approval of a quote (v2.287, 1141504)
26:13 The asset tree can be searched (v2.287, 1141505)
33:27 HIGHLIGHT: Licences are counted per day (v2.287, 1141506)
41:02 Agents can mute single tickets (v2.287, 1141507)
58:30 Report lines can be links (v2.287, 1141508)
01:04:16 Backups of the configuration before imports (v2.287, 1141509)
01:10:00 Outro

#halopsa #msp #psa
""",
        _change("1141501", "Incoming mails can be split by keyword", "2.286", "1:44"),
        _change("1141502", "Templates for child tickets", "2.286", "5:31"),
        _change("1141503", "A colour for each team in the calendar", "2.286", "12:08"),
        _change("1141504", "Workflows can wait for an approval of a quote", "2.287", "17:59", "!"),
        _change("1141505", "The asset tree can be searched", "2.287", "26:13"),
        _change("1141506", "Licences are counted per day", "2.287", "33:27", "!"),
        _change("1141507", "Agents can mute single tickets", "2.287", "41:02"),
        _change("1141508", "Report lines can be links", "2.287", "58:30"),
        _change("1141509", "Backups of the configuration before imports", "2.287", "1:04:16"),
    ),
    _document(
        "c-notion-export.md",
        """\
# HaloPSA 2.289

Owner: Ann Smith
Status: Reviewed
Release date: July 13, 2026
Version: v2.289

<aside>
💡 Numbers are Halo's own. Ask in #halo-admins if something is unclear.

</aside>

## New features

- [x]  **Contacts can belong to several sites** `1141701`
   \x20
    One of them is the main site, which tickets use.
   \x20
- [x]  **Quick time entry from the tray** `1141702` ⭐
   \x20
    Needs the new desktop app.
   \x20
- [ ]  **Sales targets per quarter** `1141703`
   \x20
    <aside>
    ⚠️ Test before enabling: targets of the running year are set to zero.
   \x20
    </aside>
   \x20
- [ ]  **Custom icons for services** `1141704`

## Bug fixes

- [x]  **Line breaks in SMS are kept** `1141705`
- [x]  **The time zone of a site is used in reports** `1141706`
- [ ]  **Opening hours over midnight** `1141707`
""",
        _change("1141701", "Contacts can belong to several sites", "2.289"),
        _change("1141702", "Quick time entry from the tray", "2.289", None, "!"),
        _change("1141703", "Sales targets per quarter", "2.289", None, "targets of the running year are set to zero."),
        _change("1141704", "Custom icons for services", "2.289"),
        _change("1141705", "Line breaks in SMS are kept", "2.289"),
        _change("1141706", "The time zone of a site is used in reports", "2.289"),
        _change("1141707", "Opening hours over midnight", "2.289"),
    ),
    _document(
        "c-teams-paste.txt",
        """\
[Yesterday 16:02] Smith, Ann
Halo 2.290 is on the test system. My list:

[Yesterday 16:03] Smith, Ann
1141801 Mails to closed tickets open a new one after 30 days
1141802 Agents see a banner when two people type in one ticket
1141803 The invoice PDF can have a second logo
\x20
[Yesterday 16:05] Jones, Bob
like 2
1141804 Expenses can be put on a project budget
(test before enabling - it changes the margin of running projects)
1141805 CSV imports can be planned
\x20
[Yesterday 16:11] Smith, Ann
1141806 Portal users can change their own language
1141807 Webhooks have a signature
\x20
[Yesterday 16:12] Jones, Bob
Thanks! Will test tomorrow.
""",
        _change("1141801", "Mails to closed tickets open a new one after 30 days", "2.290"),
        _change("1141802", "Agents see a banner when two people type in one ticket", "2.290"),
        _change("1141803", "The invoice PDF can have a second logo", "2.290"),
        _change(
            "1141804",
            "Expenses can be put on a project budget",
            "2.290",
            None,
            "it changes the margin of running projects.",
        ),
        _change("1141805", "CSV imports can be planned", "2.290"),
        _change("1141806", "Portal users can change their own language", "2.290"),
        _change("1141807", "Webhooks have a signature", "2.290"),
    ),
    _document(
        "c-slack-paste.txt",
        """\
Ann Smith
  9:02 AM
:mega: *HaloPSA v2.291* – what changed
:star: *Skills can expire* (<https://ideas.example.com/i/1141901|#1141901>) – an agent loses the skill on that day
*Out-of-office texts for mailboxes* (<https://ideas.example.com/i/1141902|#1141902>)
*Picklists in asset fields* (<https://ideas.example.com/i/1141903|#1141903>) – old texts stay as they are
:warning: *Tickets without a category cannot be closed* (<https://ideas.example.com/i/1141904|#1141904>)
*Quote lines can be sorted by drag and drop* (<https://ideas.example.com/i/1141905|#1141905>)
:star: *Vendors have a portal of their own* (<https://ideas.example.com/i/1141906|#1141906>)
*Times in the API are always UTC* (<https://ideas.example.com/i/1141907|#1141907>)
:+1: 4  :eyes: 2
3 replies
Last reply today at 10:15 AM
""",
        _change("1141901", "Skills can expire", "2.291", None, "!"),
        _change("1141902", "Out-of-office texts for mailboxes", "2.291"),
        _change("1141903", "Picklists in asset fields", "2.291"),
        _change("1141904", "Tickets without a category cannot be closed", "2.291", None, "The source advises caution."),
        _change("1141905", "Quote lines can be sorted by drag and drop", "2.291"),
        _change("1141906", "Vendors have a portal of their own", "2.291", None, "!"),
        _change("1141907", "Times in the API are always UTC", "2.291"),
    ),
    _document(
        "c-word.htm",
        """\
<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=windows-1252"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm;} @page WordSection1 {size:595.3pt 841.9pt;} --></style></head>
<body lang=EN-GB><div class=WordSection1>
<h1><span lang=EN-GB>HaloPSA 2.298 – summary for the board<o:p></o:p></span></h1>
<p class=MsoNormal><span lang=EN-GB>Prepared by the operations team, 20 July 2026<o:p></o:p></span></p>
<h2><span lang=EN-GB>Improvements<o:p></o:p></span></h2>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-GB style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=EN-GB><b>1142301</b> – Contracts can be renewed
in one step<o:p></o:p></span></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-GB style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=EN-GB><b>1142302</b> – The customer’s logo shows on the portal’s login page<o:p></o:p></span></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-GB style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=EN-GB><b>1142303</b> – Work orders can be signed offline <span style='color:red'>(Highlight)</span><o:p></o:p></span></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-GB style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=EN-GB><b>1142304</b> – Discounts need a reason<o:p></o:p></span></p>
<h2><span lang=EN-GB>Corrections<o:p></o:p></span></h2>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-GB style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=EN-GB><b>1142305</b> – Holidays are not counted twice<o:p></o:p></span></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-GB style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=EN-GB><b>1142306</b> – Scanned invoices keep their colour<o:p></o:p></span></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-GB style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=EN-GB><b>1142307</b> – Exports have the right decimal sign<o:p></o:p></span></p>
<p class=MsoNormal><span lang=EN-GB><o:p>&nbsp;</o:p></span></p></div></body></html>
""",
        _change("1142301", "Contracts can be renewed in one step", "2.298"),
        _change("1142302", "The customer’s logo shows on the portal’s login page", "2.298"),
        _change("1142303", "Work orders can be signed offline", "2.298", None, "!"),
        _change("1142304", "Discounts need a reason", "2.298"),
        _change("1142305", "Holidays are not counted twice", "2.298"),
        _change("1142306", "Scanned invoices keep their colour", "2.298"),
        _change("1142307", "Exports have the right decimal sign", "2.298"),
        encoding="cp1252",
    ),
    _document(
        "c-CHANGELOG.md",
        """\
# Changelog

All notable changes to this project will be documented in this file.

The format is based on [Keep a Changelog](https://keepachangelog.com/en/1.1.0/),
and this project adheres to [Semantic Versioning](https://semver.org/spec/v2.0.0.html).

## [2.308.0] - 2026-08-31

### Added

- Room bookings in the mobile app ([1142901])
- Checklists in approvals ([1142902])

### Changed

- **Breaking:** The item endpoint returns prices as text ([1142903])
- Sync with Google Calendar runs every minute ([1142904])

### Security

- Tokens end after ninety days without use ([1142905])

## [2.307.0] - 2026-08-17

### Fixed

- Umlauts in file names ([1142906])
- Doubled mails after a restart ([1142907])
- The last page of long lists ([1142908])

[2.308.0]: https://example.com/compare/v2.307.0...v2.308.0
[2.307.0]: https://example.com/compare/v2.306.0...v2.307.0
[1142901]: https://example.com/issues/1142901
[1142902]: https://example.com/issues/1142902
[1142903]: https://example.com/issues/1142903
[1142904]: https://example.com/issues/1142904
[1142905]: https://example.com/issues/1142905
[1142906]: https://example.com/issues/1142906
[1142907]: https://example.com/issues/1142907
[1142908]: https://example.com/issues/1142908
""",
        _change("1142901", "Room bookings in the mobile app", "2.308"),
        _change("1142902", "Checklists in approvals", "2.308"),
        _change("1142903", "The item endpoint returns prices as text", "2.308", None, "The source advises caution."),
        _change("1142904", "Sync with Google Calendar runs every minute", "2.308"),
        _change("1142905", "Tokens end after ninety days without use", "2.308"),
        _change("1142906", "Umlauts in file names", "2.307"),
        _change("1142907", "Doubled mails after a restart", "2.307"),
        _change("1142908", "The last page of long lists", "2.307"),
    ),
    _document(
        "c-conventional.md",
        """\
# [2.310.0](https://example.com/compare/v2.309.0...v2.310.0) (2026-09-14)


### Bug Fixes

* **mail:** headers longer than a line are folded ([a1b2c3d](https://example.com/commit/a1b2c3d)), closes [#1143001](https://example.com/issues/1143001)
* **portal:** buttons keep their order on phones ([d4e5f6a](https://example.com/commit/d4e5f6a)), closes [#1143002](https://example.com/issues/1143002)


### Features

* **assets:** depreciation per asset type ([0f1e2d3](https://example.com/commit/0f1e2d3)), closes [#1143003](https://example.com/issues/1143003)
* **billing:** rounding per currency ([9a8b7c6](https://example.com/commit/9a8b7c6)), closes [#1143004](https://example.com/issues/1143004)


# [2.309.0](https://example.com/compare/v2.308.0...v2.309.0) (2026-08-31)


### Features

* **api:** filters by custom field ([1a2b3c4](https://example.com/commit/1a2b3c4)), closes [#1143005](https://example.com/issues/1143005)
* **chat:** transfer between teams ([5d6e7f8](https://example.com/commit/5d6e7f8)), closes [#1143006](https://example.com/issues/1143006)
""",
        _change("1143001", "mail: headers longer than a line are folded", "2.310"),
        _change("1143002", "portal: buttons keep their order on phones", "2.310"),
        _change("1143003", "assets: depreciation per asset type", "2.310"),
        _change("1143004", "billing: rounding per currency", "2.310"),
        _change("1143005", "api: filters by custom field", "2.309"),
        _change("1143006", "chat: transfer between teams", "2.309"),
    ),
    _document(
        "c-grid-table.txt",
        """\
HaloPSA changes reviewed in episode 22
======================================

+---------+---------+------------------------------------+-------+
| ID      | Version | Change                             | Time  |
+=========+=========+====================================+=======+
| 1143101 | 2.311   | Calls can be logged from the       | 3:30  |
|         |         | contact card                       |       |
+---------+---------+------------------------------------+-------+
| 1143102 | 2.311   | Ticket numbers can have a prefix   | 7:12  |
+---------+---------+------------------------------------+-------+
| 1143103 | 2.311   | Notes can be pinned to a customer  | 11:45 |
|         |         | and to a site                      |       |
+---------+---------+------------------------------------+-------+
| 1143104 | 2.312   | Delivery dates per quote line      | 20:09 |
+---------+---------+------------------------------------+-------+
| 1143105 | 2.312   | Agents can be hidden from          | 31:51 |
|         |         | the planner                        |       |
+---------+---------+------------------------------------+-------+
| 1143106 | 2.312   | Webhooks can be paused             | 40:00 |
+---------+---------+------------------------------------+-------+
""",
        _change("1143101", "Calls can be logged from the contact card", "2.311", "3:30"),
        _change("1143102", "Ticket numbers can have a prefix", "2.311", "7:12"),
        _change("1143103", "Notes can be pinned to a customer and to a site", "2.311", "11:45"),
        _change("1143104", "Delivery dates per quote line", "2.312", "20:09"),
        _change("1143105", "Agents can be hidden from the planner", "2.312", "31:51"),
        _change("1143106", "Webhooks can be paused", "2.312", "40:00"),
    ),
    _document(
        "c-pdf.txt",
        """\
Halo Release Notes Version 2.313

Contents
1 Billing . . . . . . . . . . . . . . . . . . . . . . . . . . . 1
2 Service desk . . . . . . . . . . . . . . . . . . . . . . . . 2

1 Billing
#1143201 Agreements can be billed per
quarter in advance
#1143202 Credit limits stop new orders [Highlight]
#1143203 Payment links on statements
Caution: test with the sandbox of your payment provider first.

Halo Service Solutions Page 1 of 2
\fHalo Release Notes Version 2.313

2 Service desk
#1143204 Ticket types can be retired
#1143205 Customers can be put on hold,
which stops new tickets from the portal
#1143206 Macros can ask for a value
#1143207 Attachments can be renamed

Halo Service Solutions Page 2 of 2
""",
        _change("1143201", "Agreements can be billed per quarter in advance", "2.313"),
        _change("1143202", "Credit limits stop new orders", "2.313", None, "!"),
        _change(
            "1143203",
            "Payment links on statements",
            "2.313",
            None,
            "test with the sandbox of your payment provider first.",
        ),
        _change("1143204", "Ticket types can be retired", "2.313"),
        _change("1143205", "Customers can be put on hold, which stops new tickets from the portal", "2.313"),
        _change("1143206", "Macros can ask for a value", "2.313"),
        _change("1143207", "Attachments can be renamed", "2.313"),
    ),
    _document(
        "c-chapters.vtt",
        """\
WEBVTT - By the [run]Book episode 26, HaloPSA v2.314

NOTE exported by the chapter editor

1
00:00:00.000 --> 00:02:30.000
Intro

2
00:02:30.000 --> 00:06:08.000
#1143301 Quotes can be compared side by side

3
00:06:08.000 --> 00:13:00.500
#1143302 Approvers can be picked by cost

4
00:13:00.500 --> 00:22:41.000
#1143303 Blocked senders per mailbox

5
00:22:41.000 --> 01:02:07.000
#1143304 Service reviews as a ticket type

6
01:02:07.000 --> 01:08:00.000
#1143305 Idle time is not billed

7
01:08:00.000 --> 01:15:12.000
#1143306 Signatures with pictures
""",
        _change("1143301", "Quotes can be compared side by side", "2.314", "2:30"),
        _change("1143302", "Approvers can be picked by cost", "2.314", "6:08"),
        _change("1143303", "Blocked senders per mailbox", "2.314", "13:00"),
        _change("1143304", "Service reviews as a ticket type", "2.314", "22:41"),
        _change("1143305", "Idle time is not billed", "2.314", "1:02:07"),
        _change("1143306", "Signatures with pictures", "2.314", "1:08:00"),
    ),
    _document(
        "c-episode-page.html",
        """\
<!doctype html><html><head><title>Episode 27: Rockets &amp; rosters – By the [run]Book</title></head><body>
<nav><a href="/episodes">All episodes</a> <a href="/contact">Contact</a></nav>
<h1>Episode 27: Rockets &amp; rosters</h1><p>HaloPSA v2.315 with Connor and Mendy.</p>
<iframe src="https://www.youtube.com/embed/abc123DEF45"></iframe>
<h2>Important mentions</h2><ol>
<li><p><b>Rosters can be copied to the next month</b> <a href="https://youtu.be/abc123DEF45?t=368">06:08</a></p></li>
<li><p><b>Overtime has rates of its own</b> <a href="https://youtu.be/abc123DEF45?t=1290">21:30</a></p></li></ol>
<h2>Full list</h2>
<table><thead><tr><th>When</th><th>Change</th><th>#</th></tr></thead><tbody>
<tr><td><a href="https://youtu.be/abc123DEF45?t=95">01:35</a></td><td>Shift notes for agents<br><small>Seen in the planner.</small></td><td>1143401</td></tr>
<tr><td><a href="https://youtu.be/abc123DEF45?t=368">06:08</a></td><td>Rosters can be copied to the next month</td><td>1143402</td></tr>
<tr><td><a href="https://youtu.be/abc123DEF45?t=820">13:40</a></td><td>Public holidays by region<br><small>⚠ Test before enabling: old regions are dropped.</small></td><td>1143403</td></tr>
<tr><td><a href="https://youtu.be/abc123DEF45?t=1290">21:30</a></td><td>Overtime has rates of its own</td><td>1143404</td></tr>
<tr><td><a href="https://youtu.be/abc123DEF45?t=2415">40:15</a></td><td>Absences need no approval below an hour</td><td>1143405</td></tr>
<tr><td><a href="https://youtu.be/abc123DEF45?t=3727">1:02:07</a></td><td>Shift swaps in the mobile app</td><td>1143406</td></tr>
</tbody></table><footer>© 2026</footer></body></html>
""",
        _change("1143401", "Shift notes for agents", "2.315", "1:35"),
        _change("1143402", "Rosters can be copied to the next month", "2.315", "6:08", "!"),
        _change("1143403", "Public holidays by region", "2.315", "13:40", "old regions are dropped."),
        _change("1143404", "Overtime has rates of its own", "2.315", "21:30", "!"),
        _change("1143405", "Absences need no approval below an hour", "2.315", "40:15"),
        _change("1143406", "Shift swaps in the mobile app", "2.315", "1:02:07"),
    ),
    _document(
        "c-headed-blocks.txt",
        """\
HALOPSA 2.317 RELEASE NOTES

1143601 - Deposits on rental items
Type: New feature
Versions: 2.317.0
A deposit is billed with the first invoice, and credited with the last.

1143602 - Skins for the portal
Type: New feature (highlight)
Versions: 2.317.0
Colours, fonts and pictures can be set per customer.

1143603 - Inherited contracts
Type: Change
Versions: 2.317.0
Sites use the contract of the customer.
Note: Test before enabling, as prices of open tickets change.

1143604 - Mail rules by language
Type: New feature
Versions: 2.317.1

1143605 - Rejected quotes ask for a reason
Type: New feature
Versions: 2.317.1

1143606 - Wrong week in the planner
Type: Fix
Versions: 2.317.1
""",
        _change("1143601", "Deposits on rental items", "2.317"),
        _change("1143602", "Skins for the portal", "2.317", None, "!"),
        _change(
            "1143603",
            "Inherited contracts",
            "2.317",
            None,
            "Note: Test before enabling, as prices of open tickets change.",
        ),
        _change("1143604", "Mail rules by language", "2.317"),
        _change("1143605", "Rejected quotes ask for a reason", "2.317"),
        _change("1143606", "Wrong week in the planner", "2.317"),
    ),
    _document(
        "c-docusaurus.mdx",
        """\
---
id: v2-318
title: Version 2.318
sidebar_position: 1
---

import Tabs from '@theme/Tabs';
import TabItem from '@theme/TabItem';

Released on 26 October 2026.

## Tickets

### Guests can follow a ticket {#1143701}

Anybody with the link can follow, without an account.

### Voting on tickets {#1143702}

:::caution

Test before enabling: votes are public.

:::

### Ticket summary by mail {#1143703}

Sent each morning.

## Assets

### Photos of racks {#1143704}

### Cable lists {#1143705}

:::note

Lists can be imported.

:::

### Power use per rack {#1143706}
""",
        _change("1143701", "Guests can follow a ticket", "2.318"),
        _change("1143702", "Voting on tickets", "2.318", None, "votes are public."),
        _change("1143703", "Ticket summary by mail", "2.318"),
        _change("1143704", "Photos of racks", "2.318"),
        _change("1143705", "Cable lists", "2.318"),
        _change("1143706", "Power use per rack", "2.318"),
    ),
)
