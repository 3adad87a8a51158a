"""Documents with the habits of posts, changelogs, feeds, pages and tables that the other documents do not have.

Written without a look at the readers, each as its publisher would, and the changes that a person reads in it beside it.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501, W291

from tests.ingest.tables import Change, Table


def _document(name: str, text: str, *changes: Change, encoding: str = "utf-8") -> Table:
    return Table(name, text.encode(encoding), tuple(changes))


HABITS = (
    _document(
        "seed-habits.txt",
        """By
Mendy Green
June 23, 2026
•
12 min read
By the [run]Book

Episode 22 of By the [run]Book picks up HaloPSA v2.218. Mendy and Connor walk through what is worth switching on.

Watch Now: By the [run]Book: Episode 22
For easier tracking, check out haloreleases.remmy.dev to filter and search HaloPSA updates by ID, version, and keyword.

Important Mentions

Knowledge articles can be scheduled for review | #1110021 v2.218 | 5:12

Articles come back to their owner after a set time.

  • Keeps documentation alive
  • ⚠️ Turning it on for all articles at once floods the owners

Full Feature List

Knowledge articles can be scheduled for review | #1110021 v2.218 | 5:12

Articles come back to their owner.

Ticket merges keep the longest SLA | #1110044 v2.218 | 1:02:03

No more lost targets when two tickets become one.

  • Good for duplicates

Stock bins now show their shelf | #1110063 v2.218 | 9:40

Shelf is shown beside the bin.
  • Mendy recommended testing this with a small warehouse first
""",
        Change("1110021", "2.218", at="5:12", highlighted=True, caution="Turning it on for all articles at once floods the owners.", title="Knowledge articles can be scheduled for review"),
        Change("1110044", "2.218", at="1:02:03", title="Ticket merges keep the longest SLA"),
        Change("1110063", "2.218", at="9:40", caution="Mendy recommended testing this with a small warehouse first.", title="Stock bins now show their shelf"),
    ),
    _document(
        "version-word.txt",
        """By the [run]Book: Episode 24

Robbie and Mendy go through Version 2.220 of HaloPSA.

Full Feature List:
Purchase orders can be approved by mail | Version 2.220 #1121001 | 2:10
Approvers answer yes or no.
Rates per weekday | Version 2.220.0 #1121002 | 4:55
Saturday can cost more.
Suppliers have a portal of their own | V2.220 #1121003 | 11:09
They see their orders only.
Contracts list their assets | v.2.220 #1121004 | 12:30
One click less.
""",
        Change("1121001", "2.220", at="2:10", title="Purchase orders can be approved by mail"),
        Change("1121002", "2.220", at="4:55", title="Rates per weekday"),
        Change("1121003", "2.220", at="11:09", title="Suppliers have a portal of their own"),
        Change("1121004", "2.220", at="12:30", title="Contracts list their assets"),
    ),
    _document(
        "at-minutes.txt",
        """By the [run]Book: Episode 25
HaloPSA v2.222

Highlights
• Recurring tickets can skip bank holidays (#1130001, v2.222, at 6m08s)
• Agents see their own utilisation (#1130002, v2.222, at 12m40s)

All changes
• Recurring tickets can skip bank holidays (#1130001, v2.222, at 6m08s)
• Agents see their own utilisation (#1130002, v2.222, at 12m40s)
• Chat transcripts are kept for a year (#1130003, v2.222, at 1h02m03s)
• The mobile app scans serial numbers (#1130004, v2.222)
""",
        Change("1130001", "2.222", at="6:08", highlighted=True, title="Recurring tickets can skip bank holidays"),
        Change("1130002", "2.222", at="12:40", highlighted=True, title="Agents see their own utilisation"),
        Change("1130003", "2.222", at="1:02:03", title="Chat transcripts are kept for a year"),
        Change("1130004", "2.222", title="The mobile app scans serial numbers"),
    ),
    _document(
        "youtube-links.md",
        """# By the [run]Book: Episode 26

HaloPSA v2.224 with Robbie and Connor

## Full Feature List

- **Workflows can be compared side by side** – v2.224 – [#1140001](https://halo.example/t/1140001) – [6:08](https://youtu.be/abcDEF12345?t=368)
- **Emails can be unsent within a minute** – v2.224 – [#1140002](https://halo.example/t/1140002) – [watch](https://youtu.be/abcDEF12345?t=1203)
- **The login page has a message of the day** – v2.224 – [#1140003](https://halo.example/t/1140003) – https://www.youtube.com/watch?v=abcDEF12345&t=3723s
""",
        Change("1140001", "2.224", at="6:08", title="Workflows can be compared side by side"),
        Change("1140002", "2.224", at="20:03", title="Emails can be unsent within a minute"),
        Change("1140003", "2.224", at="1:02:03", title="The login page has a message of the day"),
    ),
    _document(
        "emoji.txt",
        """By the [run]Book: Episode 27 – HaloPSA v2.226

⭐ = highlight   ⚠️ = test first

⭐ Dashboards refresh by themselves | v2.226 #1150001 | 3:00
Every minute, or as set.
⚠️ Import of bank statements | v2.226 #1150002 | 7:15
Reads CAMT and MT940.
⭐ ⚠️ Tickets can be closed by rule | v2.226 #1150003 | 9:59
Nobody has to click.
Signature blocks per brand | v2.226 #1150004 | 14:20
""",
        Change("1150001", "2.226", at="3:00", highlighted=True, title="Dashboards refresh by themselves"),
        Change("1150002", "2.226", at="7:15", caution="The source advises caution.", title="Import of bank statements"),
        Change("1150003", "2.226", at="9:59", highlighted=True, caution="The source advises caution.", title="Tickets can be closed by rule"),
        Change("1150004", "2.226", at="14:20", title="Signature blocks per brand"),
    ),
    _document(
        "several-under-one.txt",
        """By the [run]Book: Episode 28
Mendy, Robbie: HaloPSA v2.228

Full Feature List
Variables for quotes: $QUOTEOWNER and $QUOTEDATE | v2.228 #1160001 | 1:48
Two new variables.
Variables for quotes: $QUOTEEXPIRY can be a number of days | v2.228 #1160001 | 1:48
Third variable.
Assets can be lent to users | v2.228 #1160002 | 5:00
With a date of return.
""",
        Change("1160001", "2.228", at="1:48", title="Variables for quotes: $QUOTEEXPIRY can be a number of days"),
        Change("1160002", "2.228", at="5:00", title="Assets can be lent to users"),
    ),
    _document(
        "glued.txt",
        """Episode 29 of By the [run]Book covers HaloPSA v2.230 and is hosted by Mendy and Robbie.
Watch Now: By the [run]Book: Episode 29
Full Feature List:
AUser can now be anonymised on request (1170001) | v2.230 | 4:40The user keeps his tickets.
Mileage claims use the shortest route(1170002)| v2.230 | 5:51Saves miles.
Time zones per site | v2.230 #1170003 |7:02
Sites abroad show their own time.
Price lists can expire|v2.230 #1170004|8:13
""",
        Change("1170001", "2.230", at="4:40", title="AUser can now be anonymised on request"),
        Change("1170002", "2.230", at="5:51", title="Mileage claims use the shortest route"),
        Change("1170003", "2.230", at="7:02", title="Time zones per site"),
        Change("1170004", "2.230", at="8:13", title="Price lists can expire"),
    ),
    _document(
        "dash-rows.txt",
        """By the [run]Book, Episode 30
HaloPSA 2.232

KEY TAKEAWAYS
4:10 – Canned texts by language – #1180001 (2.232)
ALL FEATURES
1:05 – Rota swaps need one approval – #1180002 (2.232)
4:10 – Canned texts by language – #1180001 (2.232)
10:44 – Sites can be archived with their assets – #1180003 (2.232)
1:00:15 – Old call recordings are deleted – #1180004 (2.232)
""",
        Change("1180001", "2.232", at="4:10", highlighted=True, title="Canned texts by language"),
        Change("1180002", "2.232", at="1:05", title="Rota swaps need one approval"),
        Change("1180003", "2.232", at="10:44", title="Sites can be archived with their assets"),
        Change("1180004", "2.232", at="1:00:15", title="Old call recordings are deleted"),
    ),
    _document(
        "number-title-lines.txt",
        """By the [run]Book: Episode 31
HaloPSA v2.234

Full Feature List

#1190001
Quick notes stay when the page is left
v2.234 | 2:22
Nothing is lost any more.

#1190002
Tasks can depend on each other
v2.234 | 6:40
A task waits for another.

#1190003
Birthdays of contacts in the calendar
v2.234 | 9:41
""",
        Change("1190001", "2.234", at="2:22", title="Quick notes stay when the page is left"),
        Change("1190002", "2.234", at="6:40", title="Tasks can depend on each other"),
        Change("1190003", "2.234", at="9:41", title="Birthdays of contacts in the calendar"),
    ),
    _document(
        "tags.txt",
        """By the [run]Book: Episode 32 (HaloPSA v2.236)

[HIGHLIGHT] Bulk edit of assets | v2.236 #1200101 | 3:03
[CAUTION] Automatic stock counts | v2.236 #1200102 | 4:04
[NEW] Colour codes for teams | v2.236 #1200103 | 5:05
[FIX] Duplicate mails are dropped | v2.236 #1200104 | 6:06
""",
        Change("1200101", "2.236", at="3:03", highlighted=True, title="Bulk edit of assets"),
        Change("1200102", "2.236", at="4:04", caution="The source advises caution.", title="Automatic stock counts"),
        Change("1200103", "2.236", at="5:05", title="Colour codes for teams"),
        Change("1200104", "2.236", at="6:06", title="Duplicate mails are dropped"),
    ),
    _document(
        "word-paste.txt",
        """By the [run]Book: Episode 33\r
HaloPSA v2.238\r
\r
Key highlights:\r
·\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0 Forms can be filled offline (1210001) 2:40\r
o\u00a0\u00a0 Great for cellars\r
§\u00a0 Needs the app from May\r
·\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0 “Smart” reminders for quotes (1210002) 7:31\r
\r
Full feature review:\r
·\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0 Forms can be filled offline | v2.238 #1210001 | 2:40\r
·\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0 “Smart” reminders for quotes | v2.238 #1210002 | 7:31\r
·\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0 Visits can be split across two days | v2.238 #1210003 | 12:07\r
""",
        Change("1210001", "2.238", at="2:40", highlighted=True, title="Forms can be filled offline"),
        Change("1210002", "2.238", at="7:31", highlighted=True, title="“Smart” reminders for quotes"),
        Change("1210003", "2.238", at="12:07", title="Visits can be split across two days"),
    ),
    _document(
        "two-versions-prose.txt",
        """By the [run]Book: Episode 34

In this episode Connor and Robbie finish v2.238 and start v2.240.

HaloPSA v2.238

Service catalogue items have pictures – #1220001 – 1:20
Bookings respect travel time – #1220002 – 3:44

HaloPSA v2.240

Tickets show who reads them – #1220003 – 15:10
Caution: the presence of agents is visible to all.
Kanban lanes can be folded – #1220004 – 17:00
""",
        Change("1220001", "2.238", at="1:20", title="Service catalogue items have pictures"),
        Change("1220002", "2.238", at="3:44", title="Bookings respect travel time"),
        Change("1220003", "2.240", at="15:10", caution="the presence of agents is visible to all.", title="Tickets show who reads them"),
        Change("1220004", "2.240", at="17:00", title="Kanban lanes can be folded"),
    ),
    _document(
        "colon-rows.txt",
        """HaloPSA Release v2.242 - Release notes

1230001: Email rules can be tested before saving
1230002: Ratios of tickets to agents in reports: weekly and monthly
1230003: Consent of contacts is kept with its date
Known issue: none
""",
        Change("1230001", "2.242", title="Email rules can be tested before saving"),
        Change("1230002", "2.242", title="Ratios of tickets to agents in reports: weekly and monthly"),
        Change("1230003", "2.242", title="Consent of contacts is kept with its date"),
    ),
    _document(
        "number-before-version.txt",
        """By the [run]Book: Episode 35
HaloPSA v2.244 with Mendy

Full Feature List
1240001 | v2.244 | Mails can be forwarded as tasks | 0:48
1240002 | v2.244 | Holidays import from ICS | 2:03
1240003 | v2.244 | Items show their margin | 12:48
""",
        Change("1240001", "2.244", at="0:48", title="Mails can be forwarded as tasks"),
        Change("1240002", "2.244", at="2:03", title="Holidays import from ICS"),
        Change("1240003", "2.244", at="12:48", title="Items show their margin"),
    ),
    _document(
        "brackets-minutes.txt",
        """By the [run]Book: Episode 36
HaloPSA v2.246

[00:01:15] Price books per region (ID 1250001)
[00:04:40] Approvals by chat (ID 1250002)
[01:02:03] Two-step closing of projects (ID 1250003)
""",
        Change("1250001", "2.246", at="1:15", title="Price books per region"),
        Change("1250002", "2.246", at="4:40", title="Approvals by chat"),
        Change("1250003", "2.246", at="1:02:03", title="Two-step closing of projects"),
    ),
    _document(
        "important-flag.txt",
        """By the [run]Book: Episode 37
HaloPSA v2.248

Full Feature List
Offline maps for field agents | v2.248 #1260001 | 1:11 | Important
Default team per mailbox | v2.248 #1260002 | 2:22
Reports can be mailed as spreadsheet | v2.248 #1260003 | 3:33 | ⭐
Contracts may renew silently | v2.248 #1260004 | 4:44 | Test first
""",
        Change("1260001", "2.248", at="1:11", highlighted=True, title="Offline maps for field agents"),
        Change("1260002", "2.248", at="2:22", title="Default team per mailbox"),
        Change("1260003", "2.248", at="3:33", highlighted=True, title="Reports can be mailed as spreadsheet"),
        Change("1260004", "2.248", at="4:44", caution="The source advises caution.", title="Contracts may renew silently"),
    ),
    _document(
        "summary-lines-caution.txt",
        """By the [run]Book: Episode 38

HaloPSA v2.250 – Robbie and Connor

Full Feature List

Deleted users can be brought back | v2.250 #1270001 | 1:09

Brings a user back with his tickets.

  • Within thirty days
  • Robbie advised caution: licences are counted again

Mailboxes are polled in parallel | v2.250 #1270002 | 4:18

Faster with many mailboxes.

  • Be careful with small servers

Icons for statuses | v2.250 #1270003 | 6:50

Nice to have.

  • Robbie warned everybody of too many colours, laughing

Careful wording in mails is checked | v2.250 #1270004 | 8:01

Warns before an angry mail is sent.
""",
        Change("1270001", "2.250", at="1:09", caution="Robbie advised caution: licences are counted again.", title="Deleted users can be brought back"),
        Change("1270002", "2.250", at="4:18", caution="Be careful with small servers.", title="Mailboxes are polled in parallel"),
        Change("1270003", "2.250", at="6:50", caution="Robbie warned everybody of too many colours, laughing.", title="Icons for statuses"),
        Change("1270004", "2.250", at="8:01", title="Careful wording in mails is checked"),
    ),
    _document(
        "tabs-post.txt",
        """By the [run]Book: Episode 39
HaloPSA v2.252
Full Feature List
Boards remember their zoom\tv2.252\t#1280001\t1:30
Ticket links survive a merge\tv2.252\t#1280002\t2:45
Vendors can be blocked\tv2.252\t#1280003\t1:10:09
""",
        Change("1280001", "2.252", at="1:30", title="Boards remember their zoom"),
        Change("1280002", "2.252", at="2:45", title="Ticket links survive a merge"),
        Change("1280003", "2.252", at="1:10:09", title="Vendors can be blocked"),
    ),
    _document(
        "transcript-chapters.txt",
        """Halo PSA 2.254 | By the [run]Book Episode 40

Timestamps:
00:00 Welcome
02:15 #1290001 Passwords can be shared for an hour
06:08 #1290002 Field lists per customer
01:02:03 #1290003 Live chat in four languages
01:10:00 Goodbye

Links: https://example.com
""",
        Change("1290001", "2.254", at="2:15", title="Passwords can be shared for an hour"),
        Change("1290002", "2.254", at="6:08", title="Field lists per customer"),
        Change("1290003", "2.254", at="1:02:03", title="Live chat in four languages"),
    ),
    _document(
        "ep-numberless.txt",
        """By the [run]Book: Episode 41
Mendy and Connor on HaloPSA v2.256

Full Feature List
Charts can be copied as a picture | v2.256 | 2:00
For slides.
Mail templates have a test button | v2.256 | 3:10
Sends it to yourself.
Loan assets are shown in red | v2.256 #1295001 | 4:30
""",
        Change(None, "2.256", at="2:00", title="Charts can be copied as a picture"),
        Change(None, "2.256", at="3:10", title="Mail templates have a test button"),
        Change("1295001", "2.256", at="4:30", title="Loan assets are shown in red"),
    ),
    _document(
        "keep.md",
        """# Changelog
All notable changes to this tenant are documented in this file.

The format is based on [Keep a Changelog](https://keepachangelog.com/en/1.0.0/).

## [Unreleased]

## [2.262.1] - 2026-08-14
### Added
- Ticket rules can be paused ([#1300101])
- Quotes accept discounts per line ([#1300102])

### Fixed
- Totals of credit notes are right ([#1300103])

## [2.260.0] - 2026-07-31
### Changed
- Agents log in by passkey ([#1300104])

[#1300101]: https://halo.example/t/1300101
[#1300102]: https://halo.example/t/1300102
[#1300103]: https://halo.example/t/1300103
[#1300104]: https://halo.example/t/1300104
[2.262.1]: https://halo.example/v/2.262.1
[2.260.0]: https://halo.example/v/2.260.0
""",
        Change("1300101", "2.262", title="Ticket rules can be paused"),
        Change("1300102", "2.262", title="Quotes accept discounts per line"),
        Change("1300103", "2.262", title="Totals of credit notes are right"),
        Change("1300104", "2.260", title="Agents log in by passkey"),
    ),
    _document(
        "reflinks.md",
        """# v2.264 (July 3rd, 2026)

* [1310001][a] – Projects show their burn-down
* [1310002][b] – Cheaper licences are suggested
* Time entries can be rounded up: [1310003][c]

[a]: https://halo.example/t/1310001 "Projects"
[b]: https://halo.example/t/1310002
[c]: <https://halo.example/t/1310003>
""",
        Change("1310001", "2.264", title="Projects show their burn-down"),
        Change("1310002", "2.264", title="Cheaper licences are suggested"),
        Change("1310003", "2.264", title="Time entries can be rounded up"),
    ),
    _document(
        "checklist.md",
        """# HaloPSA 2.266 – what we have to look at

- [x] **#1320001** Sales tax per county
- [ ] **#1320002** Surveys on paper ⚠️ test first
- [ ] **#1320003** Spare parts lists ⭐
""",
        Change("1320001", "2.266", title="Sales tax per county"),
        Change("1320002", "2.266", caution="The source advises caution.", title="Surveys on paper"),
        Change("1320003", "2.266", highlighted=True, title="Spare parts lists"),
    ),
    _document(
        "headings-as-changes.md",
        """# HaloPSA v2.268

## Highlights

### Shared inboxes per country (#1330001)
Mails are put where they belong.

> **Warning**
> Old rules are switched off.

### Asset labels with QR codes (#1330002)
Print them from the list.

## Other changes

### Faster lists (#1330003)
Up to three times.

### Mileage per vehicle (#1330004)
Each has its rate.
""",
        Change("1330001", "2.268", highlighted=True, caution="Old rules are switched off.", title="Shared inboxes per country"),
        Change("1330002", "2.268", highlighted=True, title="Asset labels with QR codes"),
        Change("1330003", "2.268", title="Faster lists"),
        Change("1330004", "2.268", title="Mileage per vehicle"),
    ),
    _document(
        "date-headings.md",
        """# What's new

## 14 August 2026 — HaloPSA 2.270

**Ticket areas can be locked** `#1340001`
Only leads can change them.

**Reply suggestions** `#1340002`
From the knowledge base.

## 31 July 2026 — HaloPSA 2.268

**Print queue for labels** `#1340003`
""",
        Change("1340001", "2.270", title="Ticket areas can be locked"),
        Change("1340002", "2.270", title="Reply suggestions"),
        Change("1340003", "2.268", title="Print queue for labels"),
    ),
    _document(
        "table-nohead-pipes.md",
        """# Release v2.272

Number | Title | Highlight | Caution
--- | --- | --- | ---
1350001 | Webhooks can be replayed | ✅ | 
1350002 | Fields of type \\| and others | | Test with imports
1350003 | Archive old mails | ❌ | n/a
""",
        Change("1350001", "2.272", highlighted=True, title="Webhooks can be replayed"),
        Change("1350002", "2.272", caution="Test with imports", title="Fields of type | and others"),
        Change("1350003", "2.272", title="Archive old mails"),
    ),
    _document(
        "bold-lead.md",
        """### HaloPSA v2.274 ###

1. **Screen pops for calls** (1360001): The caller's tickets open.
2. **Undo in forms** (1360002): Ctrl+Z works.
3. **Cost centres** (1360003): On purchase orders, too.
""",
        Change("1360001", "2.274", title="Screen pops for calls"),
        Change("1360002", "2.274", title="Undo in forms"),
        Change("1360003", "2.274", title="Cost centres"),
    ),
    _document(
        "wrapped.md",
        """HaloPSA v2.276
==============

* Customers can order from a catalogue of their own
  which is set up per agreement ([1370001](https://halo.example/1370001))
* Prices in the catalogue follow the price list
  of the day ([1370002](https://halo.example/1370002))

HaloPSA v2.274
--------------

* A code is asked for when a device is new ([1370003](https://halo.example/1370003))
""",
        Change("1370001", "2.276", title="Customers can order from a catalogue of their own which is set up per agreement"),
        Change("1370002", "2.276", title="Prices in the catalogue follow the price list of the day"),
        Change("1370003", "2.274", title="A code is asked for when a device is new"),
    ),
    _document(
        "frontmatter.md",
        """---
title: HaloPSA v2.278 release
date: 2026-10-02
tags: [halo, psa]
version: 2.278
---

- 1380001 | Tokens expire after a year
- 1380002 | Rows can be dragged between lists
""",
        Change("1380001", "2.278", title="Tokens expire after a year"),
        Change("1380002", "2.278", title="Rows can be dragged between lists"),
    ),
    _document(
        "details.md",
        """# v2.280

<details>
<summary>#1390001 Notes can be pinned</summary>

They stay above all.

</details>

<details>
<summary>#1390002 Slow reports are told of</summary>

By mail.

</details>
""",
        Change("1390001", "2.280", title="Notes can be pinned"),
        Change("1390002", "2.280", title="Slow reports are told of"),
    ),
    _document(
        "semicolon.csv",
        """\ufeffHalo ID;Titel;Version;Hinweis;Wichtig\r
1400001;Karten zeigen Staus, Baustellen, Sperrungen;2.282;Gilt auch für Touren;Ja\r
1400002;"Rechnungen; Gutschriften; Mahnungen";2.282;;Nein\r
1400003;Belege werden gescannt;2.284;"Zeile 1\r
Zeile 2";\r
""",
        Change("1400001", "2.282", highlighted=True, title="Karten zeigen Staus, Baustellen, Sperrungen"),
        Change("1400002", "2.282", title="Rechnungen; Gutschriften; Mahnungen"),
        Change("1400003", "2.284", title="Belege werden gescannt"),
    ),
    _document(
        "utf16-tab.csv",
        """Number\tVersion\tName\tVideo time\r
1410001\tv2.286\tSecond factor by phone call\t4:40\r
1410002\tv2.286\tBranches share stock\t1:04:40\r
""",
        Change("1410001", "2.286", title="Second factor by phone call"),
        Change("1410002", "2.286", title="Branches share stock"),
        encoding="utf-16",
    ),
    _document(
        "bars.txt",
        """Release|Number|Feature|Minute|Star|Warning
2.288|1420001|Search by voice, in cars|0:59|*|
2.288|1420002|Reorder points, by season|2:04||Wait for 2.290
2.288|1420003|Round robin|3:00||
""",
        Change("1420001", "2.288", highlighted=True, title="Search by voice, in cars"),
        Change("1420002", "2.288", caution="Wait for 2.290", title="Reorder points, by season"),
        Change("1420003", "2.288", title="Round robin"),
    ),
    _document(
        "title-lines.csv",
        """HaloPSA Release Tracker,,,
Version: 2.292,,,
As of: 2026-09-30,,,
,,,
Ref,What is new,Why it matters,Test first?
1440001,Saved replies by team,"Fast, even","yes"
1440002,Calls are logged,"Nice",no
1440003,Group chats,"","Only after training"
""",
        Change("1440001", "2.292", caution="The source advises caution.", title="Saved replies by team"),
        Change("1440002", "2.292", title="Calls are logged"),
        Change("1440003", "2.292", caution="Only after training", title="Group chats"),
    ),
    _document(
        "devops.csv",
        """ID,Work Item Type,Title,Assigned To,State,Tags,Iteration Path
1450001,Feature,"Routes are planned by day, not by hour",Ann <ann@x.example>,Closed,highlight,HaloPSA\\v2.294
1450002,Bug,Stuck mails are sent,Bob <bob@x.example>,Closed,,HaloPSA\\v2.294
""",
        Change("1450001", "2.294", highlighted=True, title="Routes are planned by day, not by hour"),
        Change("1450002", "2.294", title="Stuck mails are sent"),
    ),
    _document(
        "hash-col.csv",
        """#,Release,Headline,Body,YouTube
#1460001,HaloPSA v2.296,Bins have colours,Shown in lists,https://youtu.be/x1?t=368
#1460002,HaloPSA v2.296,Rates have notes,,https://youtu.be/x1?t=1h2m3s
""",
        Change("1460001", "2.296", title="Bins have colours"),
        Change("1460002", "2.296", title="Rates have notes"),
    ),
    _document(
        "github-issues.csv",
        """number,title,body,labels,milestone,state,assignee
1470001,Snooze tickets until a reply,"Long body
- with list
- and #1470099","enhancement, highlight",v2.298,closed,ann
1470002,Blank lines in mails,"It breaks","bug",v2.298,closed,bob
""",
        Change("1470001", "2.298", highlighted=True, title="Snooze tickets until a reply"),
        Change("1470002", "2.298", title="Blank lines in mails"),
    ),
    _document(
        "nohead.tsv",
        """v2.300\t1480001\tTwo signatures on orders\t4:01
v2.300\t1480002\tMails with large files\t5:02
""",
        Change("1480001", "2.300", title="Two signatures on orders"),
        Change("1480002", "2.300", title="Mails with large files"),
    ),
    _document(
        "macroman-cr.csv",
        """Number,Title,Version\r1490001,Café bookings,2.302\r1490002,Naïve Bayes filter,2.302\r""",
        Change("1490001", "2.302", title="Café bookings"),
        Change("1490002", "2.302", title="Naïve Bayes filter"),
        encoding="cp1252",
    ),
    _document(
        "sections.csv",
        """Number,Title,Minute
Highlights,,
1500001,Ring groups,1:00
Other,,
1500002,Quiet hours,2:00
1500003,Dial plans,3:00
""",
        Change("1500001", None, highlighted=True, title="Ring groups"),
        Change("1500002", None, title="Quiet hours"),
        Change("1500003", None, title="Dial plans"),
    ),
    _document(
        "version-date.csv",
        """Release No,Ticket No,Change,Release Date,Duration
2.304,1510001,Shift swaps,45992,4:40
2.304,1510002,Roll calls,45992,6:00
""",
        Change("1510001", "2.304", title="Shift swaps"),
        Change("1510002", "2.304", title="Roll calls"),
    ),
    _document(
        "wp.html",
        """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>By the [run]Book: Episode 42 - Rising</title></head><body class="post-template-default single">
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/blog">Blog</a></li></ul></nav></header>
<main><article><h1 class="entry-title">By the [run]Book: Episode 42</h1><div class="entry-meta">Posted on <time datetime="2026-06-23T08:00:00+00:00">June 23, 2026</time> by Robbie</div>
<div class="entry-content"><p>Episode 42 covers HaloPSA v2.310.</p>
<h2 class="wp-block-heading">Important Mentions</h2>
<ul class="wp-block-list"><li><strong>Rosters can be published</strong> | v2.310 #1600001 | <a href="https://youtu.be/q?t=280">4:40</a><ul><li>Everybody sees it</li><li>Robbie: test this before rolling out</li></ul></li></ul>
<h2 class="wp-block-heading">Full Feature List</h2>
<ul class="wp-block-list"><li><strong>Rosters can be published</strong> | v2.310 #1600001 | <a href="https://youtu.be/q?t=280">4:40</a></li>
<li><strong>Shadow agents</strong> | v2.310 #1600002 | <a href="https://youtu.be/q?t=365">6:05</a><ul><li>They learn</li></ul></li>
<li><strong>Fees for late cancellation</strong> | v2.310 #1600003 | <a href="https://youtu.be/q?t=3723">1:02:03</a></li></ul>
</div></article><aside><h3>Recent posts</h3><ul><li><a href="/41">By the [run]Book: Episode 41</a></li></ul></aside></main><footer>© 2026</footer></body></html>""",
        Change("1600001", "2.310", at="4:40", highlighted=True, caution="Robbie: test this before rolling out.", title="Rosters can be published"),
        Change("1600002", "2.310", at="6:05", title="Shadow agents"),
        Change("1600003", "2.310", at="1:02:03", title="Fees for late cancellation"),
    ),
    _document(
        "dl.html",
        """<html><body><h1>Release notes HaloPSA v2.312</h1><dl>
<dt>#1610001 Contacts have a nickname</dt><dd>Shown in mails.</dd>
<dt>#1610002 Offline approval</dt><dd>By code.</dd><dd class="warning">Caution: codes are valid for a week.</dd>
<dt>#1610003 Rules for attachments</dt><dd>Size and type.</dd></dl></body></html>""",
        Change("1610001", "2.312", title="Contacts have a nickname"),
        Change("1610002", "2.312", caution="codes are valid for a week.", title="Offline approval"),
        Change("1610003", "2.312", title="Rules for attachments"),
    ),
    _document(
        "table-noep.html",
        """<html><head><title>HaloPSA releases</title></head><body><h2>v2.314</h2><table class="table"><thead><tr><th>Change</th><th>Halo #</th><th>Notes</th></tr></thead>
<tbody><tr><td>Assets by floor plan</td><td>1620001</td><td>Beta</td></tr><tr><td>Voting on ideas</td><td>1620002</td><td>Test before use</td></tr></tbody></table>
<h2>v2.312</h2><table class="table"><thead><tr><th>Change</th><th>Halo #</th><th>Notes</th></tr></thead><tbody><tr><td>Currency per site</td><td>1620003</td><td></td></tr></tbody></table></body></html>""",
        Change("1620001", "2.314", title="Assets by floor plan"),
        Change("1620002", "2.314", caution="Test before use.", title="Voting on ideas"),
        Change("1620003", "2.312", title="Currency per site"),
    ),
    _document(
        "table-ep.html",
        """<html><body><h1>All changes</h1><table><tr><th>Episode</th><th>Time</th><th>Version</th><th>ID</th><th>Feature</th><th>★</th></tr>
<tr><td>43</td><td><a href="https://youtu.be/q?t=75">1:15</a></td><td>2.316</td><td>1630001</td><td>Delegates for approvals</td><td>★</td></tr>
<tr><td>43</td><td><a href="https://youtu.be/q?t=200">3:20</a></td><td>2.316</td><td>1630002</td><td>Lists can be printed</td><td></td></tr>
<tr><td>44</td><td></td><td>2.318</td><td>1630003</td><td>Hand over at shift end</td><td>☆</td></tr></table></body></html>""",
        Change("1630001", "2.316", at="1:15", highlighted=True, title="Delegates for approvals"),
        Change("1630002", "2.316", at="3:20", title="Lists can be printed"),
        Change("1630003", "2.318", title="Hand over at shift end"),
    ),
    _document(
        "ghost.html",
        """<!DOCTYPE html><html><head><title>HaloPSA 2.320: the good parts</title><meta name="generator" content="Ghost 5.80"><script type="application/ld+json">{"@type":"Article","datePublished":"2026-07-01"}</script></head><body>
<article class="gh-article"><h1>HaloPSA 2.320: the good parts</h1><section class="gh-content">
<p>We sat down with it for a week.</p>
<h3 id="a">1640001 – Calendars from three tenants</h3><p>They are one now.</p>
<h3 id="b">1640002 – Lost mails are found</h3><p>Look into the log.</p>
<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">⚠️</div><div class="kg-callout-text">Test it in your sandbox first.</div></div>
<h3 id="c">1640003 – Print labels in bulk</h3><p>A4 and rolls.</p>
<div class="kg-card kg-signup-card"><h2>Sign up for more like this</h2></div></section></article></body></html>""",
        Change("1640001", "2.320", title="Calendars from three tenants"),
        Change("1640002", "2.320", caution="Test it in your sandbox first.", title="Lost mails are found"),
        Change("1640003", "2.320", title="Print labels in bulk"),
    ),
    _document(
        "substack.html",
        """<!DOCTYPE html><html><head><title>By the [run]Book: Episode 45</title></head><body><div class="post"><h1 class="post-title">By the [run]Book: Episode 45</h1><h3 class="subtitle">HaloPSA v2.322</h3>
<div class="available-content"><div class="body markup"><p>Hi all,</p><h2>Highlights</h2>
<p><strong>Kits of items</strong> (v2.322, #1650001, 2:22)<br>Sell several as one.</p>
<p><strong>Names of rooms</strong> (v2.322, #1650002, 4:44)<br>For on-site work.</p>
<h2>The rest</h2><p><strong>Free text rows</strong> (v2.322, #1650003, 7:07)<br>On quotes.</p>
<p><strong>Zip codes of Brazil</strong> (v2.322, #1650004, 8:08)</p></div></div><div class="subscription-widget"><p>Thanks for reading! Subscribe for free.</p></div></div></body></html>""",
        Change("1650001", "2.322", at="2:22", highlighted=True, title="Kits of items"),
        Change("1650002", "2.322", at="4:44", highlighted=True, title="Names of rooms"),
        Change("1650003", "2.322", at="7:07", title="Free text rows"),
        Change("1650004", "2.322", at="8:08", title="Zip codes of Brazil"),
    ),
    _document(
        "nested-tables.html",
        """<html><body bgcolor="#fff"><table width="100%"><tr><td><table width="640" align="center"><tr><td colspan="2"><font size="5">HaloPSA Version 2.324</font></td></tr>
<tr><td width="40">&nbsp;</td><td><table cellpadding="4"><tr><td><b>ID</b></td><td><b>Change</b></td></tr>
<tr><td>1660001</td><td>Forms in two columns</td></tr><tr><td>1660002</td><td>Fax is gone</td></tr><tr><td>1660003</td><td>Tips at login</td></tr></table></td></tr></table></td></tr></table></body></html>""",
        Change("1660001", "2.324", title="Forms in two columns"),
        Change("1660002", "2.324", title="Fax is gone"),
        Change("1660003", "2.324", title="Tips at login"),
    ),
    _document(
        "divs.html",
        """<html><body><h1>HaloPSA v2.326</h1><div class="list">
<div class="item"><span class="id">#1670001</span><span class="title">Chat moves to a ticket</span><span class="badge">Highlight</span></div>
<div class="item"><span class="id">#1670002</span><span class="title">Calm colours</span></div>
<div class="item"><span class="id">#1670003</span><span class="title">Bounced mails are counted</span><span class="badge">Caution</span></div></div></body></html>""",
        Change("1670001", "2.326", highlighted=True, title="Chat moves to a ticket"),
        Change("1670002", "2.326", title="Calm colours"),
        Change("1670003", "2.326", caution="The source advises caution.", title="Bounced mails are counted"),
    ),
    _document(
        "confluence.html",
        """<html><body><div class="wiki-content"><h1>HaloPSA 2.328 Release Notes</h1><div class="table-wrap"><table class="confluenceTable"><colgroup><col/><col/><col/></colgroup><tbody>
<tr><th class="confluenceTh"><p>Key</p></th><th class="confluenceTh"><p>Summary</p></th><th class="confluenceTh"><p>Caution</p></th></tr>
<tr><td class="confluenceTd"><p><a href="/browse/1680001">1680001</a></p></td><td class="confluenceTd"><p>Drafts are kept</p></td><td class="confluenceTd"><p><br/></p></td></tr>
<tr><td class="confluenceTd"><p><a href="/browse/1680002">1680002</a></p></td><td class="confluenceTd"><p>Titles may be <code>&lt;empty&gt;</code></p></td><td class="confluenceTd"><p>Check your rules</p></td></tr>
</tbody></table></div></div></body></html>""",
        Change("1680001", "2.328", title="Drafts are kept"),
        Change("1680002", "2.328", caution="Check your rules", title="Titles may be <empty>"),
    ),
    _document(
        "newsletter-bold.html",
        """<html><body><p>Dear customer,</p><p>Here is what came with <b>HaloPSA v2.330</b> (By the [run]Book, Episode 46):</p>
<p><b>Colour of tags</b><br>Each tag can have one.</p><p><b>Offers in two languages</b><br>Choose when sending.</p><p><b>Sums by team</b><br>In all reports.</p>
<p>Regards,<br><b>The Halo team</b></p></body></html>""",
        Change(None, "2.330", title="Colour of tags"),
        Change(None, "2.330", title="Offers in two languages"),
        Change(None, "2.330", title="Sums by team"),
    ),
    _document(
        "accordion.html",
        """<html><body><h1>By the [run]Book: Episode 47</h1><p>HaloPSA v2.332</p><h2>Full Feature List</h2>
<details><summary>Time off in half days | v2.332 #1690001 | 3:15</summary><p>For all agents.</p></details>
<details><summary>Gaps in rotas are shown | v2.332 #1690002 | 6:25</summary><p>Red.</p></details></body></html>""",
        Change("1690001", "2.332", at="3:15", title="Time off in half days"),
        Change("1690002", "2.332", at="6:25", title="Gaps in rotas are shown"),
    ),
    _document(
        "word-html.html",
        """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><style>p.MsoNormal{margin:0}</style></head><body lang=EN-GB><div class=WordSection1>
<p class=MsoTitle>HaloPSA v2.334 – what is new<o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt'><![if !supportLists]><span style='font:7.0pt "Times New Roman"'>·&nbsp;&nbsp;&nbsp; </span><![endif]>#1700001 Pay slips
for agents<o:p></o:p></p>
<p class=MsoListParagraph><![if !supportLists]><span>·&nbsp;&nbsp;&nbsp; </span><![endif]>#1700002 Stairs and lifts of a site<o:p></o:p></p>
</div></body></html>""",
        Change("1700001", "2.334", title="Pay slips for agents"),
        Change("1700002", "2.334", title="Stairs and lifts of a site"),
    ),
    _document(
        "release-cards.html",
        """<html><body><section><h2>2.336</h2><p class="date">Sep 1, 2026</p>
<h4>New</h4><ul><li>Merge suppliers <small>(1710001)</small></li><li>Copy roles <small>(1710002)</small></li></ul>
<h4>Fixed</h4><ul><li>Sorting by date <small>(1710003)</small></li></ul></section>
<section><h2>2.334</h2><p class="date">Aug 15, 2026</p><h4>New</h4><ul><li>Long names are cut <small>(1710004)</small></li></ul></section></body></html>""",
        Change("1710001", "2.336", title="Merge suppliers"),
        Change("1710002", "2.336", title="Copy roles"),
        Change("1710003", "2.336", title="Sorting by date"),
        Change("1710004", "2.334", title="Long names are cut"),
    ),
    _document(
        "transposed-dup.html",
        """<html><body><h1>By the [run]Book: Episode 48 – v2.338</h1>
<p>1. Two calendars per agent<br>ID: 1720001 · Version: 2.338 · Timestamp: 4:40</p>
<p>2. Emails as PDF<br>ID: 1720002 · Version: 2.338 · Timestamp: 7:40</p>
<p>3. Tax on travel<br>ID: 1720003 · Version: 2.338 · Timestamp: 1:07:40</p></body></html>""",
        Change("1720001", "2.338", at="4:40", title="Two calendars per agent"),
        Change("1720002", "2.338", at="7:40", title="Emails as PDF"),
        Change("1720003", "2.338", at="1:07:40", title="Tax on travel"),
    ),
    _document(
        "rss-cdata.xml",
        """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Blog</title><link>https://x.example</link><item><title>By the [run]Book: Episode 49</title><link>https://x.example/49</link><description>Short.</description><content:encoded><![CDATA[<p>HaloPSA v2.340</p><h3>Full Feature List</h3><p>Extra fields on visits | v2.340 #1730001 | 4:40</p><p>For tours.</p><p>Visits by bike | v2.340 #1730002 | 8:40</p>]]></content:encoded></item><item><title>Our summer party</title><link>https://x.example/party</link><description>It was nice. 1730009 guests.</description></item></channel></rss>""",
        Change("1730001", "2.340", at="4:40", title="Extra fields on visits"),
        Change("1730002", "2.340", at="8:40", title="Visits by bike"),
    ),
    _document(
        "atom-xhtml.xml",
        """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Halo</title><id>urn:x</id><updated>2026-06-01T00:00:00Z</updated>
<entry><title>HaloPSA v2.342</title><id>urn:1</id><link href="https://x.example/v2.342"/><updated>2026-06-01T00:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><ul><li>#1740001 Keys for guests</li><li>#1740002 Rates by skill</li></ul></div></content></entry>
<entry><title>HaloPSA v2.340</title><id>urn:2</id><link href="https://x.example/v2.340"/><updated>2026-05-01T00:00:00Z</updated><content type="html">&lt;ul&gt;&lt;li&gt;#1740003 Undo for merges&lt;/li&gt;&lt;/ul&gt;</content></entry></feed>""",
        Change("1740001", "2.342", title="Keys for guests"),
        Change("1740002", "2.342", title="Rates by skill"),
        Change("1740003", "2.340", title="Undo for merges"),
    ),
    _document(
        "jsonfeed.json",
        """{"version":"https://jsonfeed.org/version/1.1","title":"Halo","items":[{"id":"1","url":"https://x.example/50","title":"By the [run]Book: Episode 50","date_published":"2026-06-23T08:00:00Z","content_html":"<p>HaloPSA v2.344</p><h2>Highlights</h2><ul><li>Points for loyalty | v2.344 #1750001 | 1:01</li></ul><h2>All</h2><ul><li>Points for loyalty | v2.344 #1750001 | 1:01</li><li>Rooms can be booked | v2.344 #1750002 | 2:02</li></ul>"}]}""",
        Change("1750001", "2.344", at="1:01", highlighted=True, title="Points for loyalty"),
        Change("1750002", "2.344", at="2:02", title="Rooms can be booked"),
    ),
    _document(
        "rss-item-per-change.xml",
        """<?xml version="1.0"?><rss version="2.0"><channel><title>HaloPSA changes</title><item><title>Tickets by fax (#1760001)</title><link>https://x.example/1760001</link><category>v2.346</category><description>Released in HaloPSA v2.346. It helps.</description></item><item><title>Notes by voice (#1760002)</title><link>https://x.example/1760002</link><category>v2.346</category><description>Released in HaloPSA v2.346. It helps.</description></item><item><title>Stock by photo (#1760003)</title><link>https://x.example/1760003</link><category>v2.346</category><description>Released in HaloPSA v2.346. It helps.</description></item></channel></rss>""",
        Change("1760001", "2.346", title="Tickets by fax"),
        Change("1760002", "2.346", title="Notes by voice"),
        Change("1760003", "2.346", title="Stock by photo"),
    ),
    _document(
        "rdf.xml",
        """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://x.example"><title>x</title></channel>
<item rdf:about="https://x.example/51"><title>By the [run]Book: Episode 51</title><link>https://x.example/51</link><dc:date>2026-06-23</dc:date><description>&lt;p&gt;HaloPSA v2.348&lt;/p&gt;&lt;p&gt;Lists by colour | v2.348 #1770001 | 3:30&lt;/p&gt;&lt;p&gt;Tags by team | v2.348 #1770002 | 4:31&lt;/p&gt;</description></item></rdf:RDF>""",
        Change("1770001", "2.348", at="3:30", title="Lists by colour"),
        Change("1770002", "2.348", at="4:31", title="Tags by team"),
    ),
    _document(
        "atom-text.xml",
        """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title type="text">By the [run]Book: Episode 52</title><link rel="alternate" href="https://x.example/52"/><published>2026-06-23T08:00:00Z</published>
<summary>Cut…</summary><content type="text">HaloPSA v2.350
Full Feature List
Use &lt;SiteName&gt; in mails | v2.350 #1780001 | 4:40
A line about it.
Sign &amp; send in one step | v2.350 #1780002 | 5:40
</content></entry></feed>""",
        Change("1780001", "2.350", at="4:40", title="Use <SiteName> in mails"),
        Change("1780002", "2.350", at="5:40", title="Sign & send in one step"),
    ),
    _document(
        "cut.xml",
        """<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>By the [run]Book: Episode 53</title><link>https://x.example/53</link><pubDate>Tue, 23 Jun 2026 08:00:00 GMT</pubDate><description>&lt;p&gt;HaloPSA v2.352&lt;/p&gt;&lt;h3&gt;Full Feature List&lt;/h3&gt;&lt;p&gt;Orders by phone | v2.352 #1790001 | 4:40&lt;/p&gt;&lt;p&gt;Labels in three sizes | v2.352 #1790002 | 5:40&lt;/p&gt;&lt;p&gt;Contacts may be hid [&amp;#8230;]&lt;/p&gt;</description></item></channel></rss>""",
        Change("1790001", "2.352", at="4:40", title="Orders by phone"),
        Change("1790002", "2.352", at="5:40", title="Labels in three sizes"),
    ),
    _document(
        "api.json",
        """{"releases":[{"version":"2.378","date":"2026-05-01","changes":[{"id":1900001,"title":"Lamps","highlight":true},{"id":1900002,"title":"Lights","caution":"Hot"}]},{"version":"2.376","changes":[{"id":1900003,"title":"Torches"}]}]}""",
        Change("1900001", "2.378", highlighted=True, title="Lamps"),
        Change("1900002", "2.378", caution="Hot", title="Lights"),
        Change("1900003", "2.376", title="Torches"),
    ),
    _document(
        "lines.jsonl",
        """{"number":"1910001","version":"v2.380","title":"Candles","episode":57,"at":"4:40"}
{"number":"1910002","version":"v2.380","title":"Matches","episode":57,"at":280}
""",
        Change("1910001", "2.380", at="4:40", title="Candles"),
        Change("1910002", "2.380", title="Matches"),
    ),
    _document(
        "dict.json",
        """{"1920001":{"title":"Stoves","version":"2.382"},"1920002":{"title":"Ovens","version":"2.382"}}""",
        Change("1920001", "2.382", title="Stoves"),
        Change("1920002", "2.382", title="Ovens"),
    ),
)  # fmt: skip
