"""Documents whose lines end in marks, in advice or in a minute, and whose versions stand in headings without their v.

Written without a look at the readers, with the changes that a person reads in them.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501

from tests.ingest.tables import Change, Table


def _document(name: str, text: str, *changes: Change, encoding: str = "utf-8") -> Table:
    return Table(name, text.encode(encoding), tuple(changes))


def _change(number: str, version: str, title: str, at: str | None = None, says: str = "") -> Change:
    """`says`: `!` for a highlight, or else the caution."""
    return Change(number, version, at, says == "!", says if len(says) > 1 else None, title)


GENERAL = "The source advises caution."
HABITS_OF_MARKS = (
    _document(
        "wiki.md",
        """# HaloPSA changes we care about

## 2026-07-11 – Version 2.224.1

- **#1118203** Portal theme can be set per customer (12:40)
- **#1118204** Timesheets lock after approval ⚠️ test before enabling (14:02)

## [2.226.1] - 2026-09-01

* #1119001 - Assets show who changed them
* #1119002 - :star: Recurring invoices skip holidays
""",
        _change("1118203", "2.224", "Portal theme can be set per customer"),
        _change("1118204", "2.224", "Timesheets lock after approval", says=GENERAL),
        _change("1119001", "2.226", "Assets show who changed them"),
        _change("1119002", "2.226", "Recurring invoices skip holidays", says="!"),
    ),
    _document(
        "bars-and-short-names.csv",
        """id|title|version|ts|hl
1120001|Quotes: send, sign, and archive in one step|v2.228|0:45|x
1120002|Use <ClientName> in subjects of mails|v2.228|2:10|
1120003|Ticket "merge" asks which requester stays|v2.228|5:55|x
""",
        _change("1120001", "2.228", "Quotes: send, sign, and archive in one step", says="!"),
        _change("1120002", "2.228", "Use <ClientName> in subjects of mails"),
        _change("1120003", "2.228", 'Ticket "merge" asks which requester stays', says="!"),
    ),
    _document(
        "heading-above-a-table.html",
        """<html><body><nav><a href="/">Home</a></nav><h1>What's new in 2.232</h1><table><thead><tr><th>Change</th><th>ID</th><th>Minute</th></tr></thead>
<tbody><tr><td>Stock counts by barcode</td><td>1140001</td><td>4:10</td></tr><tr><td>Suppliers have <b>several</b> addresses</td><td>1140002</td><td>9:33</td></tr></tbody></table><footer>© 2026</footer></body></html>""",
        _change("1140001", "2.232", "Stock counts by barcode"),
        _change("1140002", "2.232", "Suppliers have several addresses"),
    ),
    _document(
        "minutes-in-square-brackets.txt",
        """Episode 41

v2.242
======
1190001: Exports keep their column order [1:10]
1190002: Calendars show travel time [2:20] (!)

v2.244
======
1190004: API answers say which fields changed [4:40]
""",
        _change("1190001", "2.242", "Exports keep their column order", "1:10"),
        _change("1190002", "2.242", "Calendars show travel time", "2:20", "!"),
        _change("1190004", "2.244", "API answers say which fields changed", "4:40"),
    ),
    _document(
        "paragraphs-in-items.html",
        """<article><h1>By the [run]Book: Episode 44</h1><h2>v2.248</h2><ul><li><strong>#1210001</strong> Prepaid hours on the portal <em>(at 7:07)</em></li><li><strong>#1210002</strong> Surveys in eight languages <em>(at 8:08)</em><p>⚠ Be careful with right-to-left text.</p></li></ul><h2>v2.250</h2><ul><li><strong>#1210003</strong> Phone calls open the ticket <em>(at 9:09)</em></li></ul></article>""",
        _change("1210001", "2.248", "Prepaid hours on the portal", "7:07"),
        _change("1210002", "2.248", "Surveys in eight languages", "8:08", "Be careful with right-to-left text."),
        _change("1210003", "2.250", "Phone calls open the ticket", "9:09"),
    ),
    _document(
        "advice-behind-the-minute.txt",
        """By the [run]Book: Episode 30

Highlights
 * Billing rules by asset type (v2.254 #1230001 · 6:08)
 * Two-way sync with Jira (v2.254 #1230002 · 7:15)

All features
 * Billing rules by asset type (v2.254 #1230001 · 6:08)
 * Two-way sync with Jira (v2.254 #1230002 · 7:15)
 * Notes can be private by default (v2.254 #1230003 · 9:59)
 * Knowledge base articles expire (v2.256 #1230004 · 1:00:02) — test before enabling
""",
        _change("1230001", "2.254", "Billing rules by asset type", "6:08", "!"),
        _change("1230002", "2.254", "Two-way sync with Jira", "7:15", "!"),
        _change("1230003", "2.254", "Notes can be private by default", "9:59"),
        _change("1230004", "2.256", "Knowledge base articles expire", "1:00:02", "test before enabling."),
    ),
    _document(
        "data-below-titles.txt",
        """RELEASE NOTES FOR HALOPSA 2.260

[New] Holiday calendars per site
ID: 1250001   Video: 10:10

[Fix] Rounding of taxes
ID: 1250002   Video: 11:11

[Change] Default status after reply
ID: 1250003   Video: 12:12   (CAUTION)
""",
        _change("1250001", "2.260", "Holiday calendars per site"),
        _change("1250002", "2.260", "Rounding of taxes"),
        _change("1250003", "2.260", "Default status after reply", says=GENERAL),
    ),
    _document(
        "mail-to-the-team.txt",
        """Hi team,

in v2.268 the following came:
1. Ticket areas have owners - 1280001 - 3:00
2. Contacts can be archived - 1280002 - 4:00 (be careful)
And in v2.270:
1. Quotes have versions - 1280003 - 5:00 (must see!)

Cheers
""",
        _change("1280001", "2.268", "Ticket areas have owners"),
        _change("1280002", "2.268", "Contacts can be archived", says=GENERAL),
        _change("1280003", "2.270", "Quotes have versions", says="!"),
    ),
    _document(
        "stars-behind.txt",
        "HaloPSA 2.274\r\n\r\n- Log in by badge — #1300001 — 1:11\r\n- Contracts show margin — #1300002 — 2:22\r\n"
        "   Needs the finance role.\r\n- Skills of agents — #1300003 — 3:33 ⭐\r\n",
        _change("1300001", "2.274", "Log in by badge"),
        _change("1300002", "2.274", "Contracts show margin"),
        _change("1300003", "2.274", "Skills of agents", says="!"),
        encoding="utf-16",
    ),
    _document(
        "quoted-values.yaml",
        """- number: 1330001
  version: v2.282
  title: Tickets split in two
  at: "3:21"
- number: 1330002
  version: v2.282
  title: "Portal: cards"
  highlight: true
""",
        _change("1330001", "2.282", "Tickets split in two"),
        _change("1330002", "2.282", "Portal: cards", says="!"),
    ),
)
