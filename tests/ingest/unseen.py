"""Documents that no reader was written for, each with what is in it: other layouts, the site's HTML, tables and feeds.

Every change is (number or None, version or None, minute or None, highlighted); numberless ones are known by the start
of their title.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501

from typing import NamedTuple


class Fact(NamedTuple):
    """One change of a document, as a reader of it would put it down."""

    number: str | None
    version: str | None
    at: str | None
    highlighted: bool = False
    title: str = ""


class Document(NamedTuple):
    """A document and its facts. `episode` is that of all its mentions; None where there is none."""

    name: str
    text: str
    facts: tuple[Fact, ...]
    episode: int | None = 22


CLASSIC = Document(
    "classic.txt",
    """By the [run]Book: Episode 22
June 9, 2026
9 min read

Episode 22 of By the [run]Book looks at HaloPSA v2.216 and v2.218. Robbie and Connor talk about approvals, budgets and a calendar that finally behaves.

Watch Now: By the [run]Book: Episode 22
For easier tracking, check out haloreleases.remmy.dev to filter and search HaloPSA updates by ID, version, and keyword.

Important Mentions

Approval reminders can be sent on a schedule | v2.218 #1101201 | 4:40

Reminders go out until somebody decides.

  • Stops approvals from being forgotten
  • Connor advised caution with short intervals

Full Feature List

v2.216 Features

Budget types can be hidden per customer | v2.216 #1099001 | 1:15

Hides budget types that a customer does not use.

  • Shorter lists
Two calendars can be laid over each other | v2.216 #1099120 | 2:59

Shows two people's days at once.

v2.218 Features

Approval reminders can be sent on a schedule | v2.218 #1101201 | 4:40

Sends reminders until an approval is decided.

  • Set per approval process
Tax codes now follow the delivery address | v2.218 #1100777 | 1:02:03

Taxes are taken from where goods go.

Share this post
See some more of our most recent posts...
May 12, 2026
8 min read
By the [run]Book: Episode 21
Episode 21 of By the [run]Book covers the final features from HaloPSA v2.214 and the start of v2.216.
Read post
""",
    (
        Fact("1101201", "2.218", "4:40", True),
        Fact("1099001", "2.216", "1:15"),
        Fact("1099120", "2.216", "2:59"),
        Fact("1100777", "2.218", "1:02:03"),
    ),
)

NUMBER_FIRST = Document(
    "number-first.txt",
    """Episode 22 of By the [run]Book covers HaloPSA v2.218 with Mendy and Robbie.
Watch Now: By the [run]Book: Episode 22
Key highlights:
1. #1101201 – Approval reminders can be sent on a schedule (v2.218) – 4:40
2. #1100777 – Tax codes now follow the delivery address (v2.218) – 12:03
Complete feature list:
#1101201 – Approval reminders can be sent on a schedule (v2.218) – 4:40
#1100777 – Tax codes now follow the delivery address (v2.218) – 12:03
#1100778 – "Ship complete" flag on sales orders, see also #1100777 (v2.218) – 13:20
#1100779 – Added $PONUMBER and $PODATE to labels (v2.218)
""",
    (
        Fact("1101201", "2.218", "4:40", True),
        Fact("1100777", "2.218", "12:03", True),
        Fact("1100778", "2.218", "13:20"),
        Fact("1100779", "2.218", None),
    ),
)

SPREAD = Document(
    "spread-over-lines.txt",
    """By the [run]Book Episode 22

In Episode 22 of By the [run]Book, Mendy and Connor go through HaloPSA v2.218.

All features

Approval reminders can be sent on a schedule
v2.218
#1101201
4:40
Reminders go out until somebody decides.

Tax codes now follow the delivery address
v2.218 · #1100777 · 12:03
Taxes are taken from where goods go.

Ship complete flag on sales orders
Version: v2.218
ID: 1100778
Timestamp: 13:20
Nothing leaves before everything is there.
""",
    (Fact("1101201", "2.218", "4:40"), Fact("1100777", "2.218", "12:03"), Fact("1100778", "2.218", "13:20")),
)

DESCRIBED = Document(
    "described.txt",
    """In Episode 22 of By the [run]Book, Mendy and Robbie run through HaloPSA v2.218. It is a light one, with a few gems for finance teams.
Watch Now: By the [run]Book: Episode 22
For easier tracking, check out haloreleases.remmy.dev to filter and search HaloPSA updates by ID, version, and keyword.
Adds a reminder schedule to approvals.
Tax codes follow the delivery address.
Sales orders can wait until everything is in stock.
Labels know the purchase order's number and date.
Supplier holidays are taken into account for due dates.

5 things we learned about pricing
By
Mendy Green
June 2, 2026
6 min read
Pricing is hard.
You should know your costs.
Talk to your customers about value.
Nobody likes surprises.
""",
    tuple(
        Fact(None, "2.218", None, False, title)
        for title in ("Adds a reminder", "Tax codes", "Sales orders", "Labels know", "Supplier holidays")
    ),
)

LOST_ZERO = Document(
    "lost-zero.txt",
    """Episode 22 of By the [run]Book covers HaloPSA v2.218 and v2.220.
Full Feature List
Approval reminders can be sent on a schedule | v2.218 #1101201 | 4:40
Dashboards can be pinned per team | v2.22 #1102001 | 9:10
Contracts can renew on a working day | v2.22 #1102002 | 10:10
""",
    (Fact("1101201", "2.218", "4:40"), Fact("1102001", "2.220", "9:10"), Fact("1102002", "2.220", "10:10")),
)

GLUED = Document(
    "glued.txt",
    """In Episode 22 of By the [run]Book, Mendy and Connor look at HaloPSA v2.218, with favourites for service desks and finance teams.
Here are a few key updates featured in this episode:
· Areminder schedule for approvals (1101201)
Approvals are no longer forgotten.
· Taxcodes follow the delivery address (1100777)Finance will like this one.
Watch Now: By the [run]Book: Episode 22
Full Feature review:
Approval reminders can be sent on a schedule | v2.218 #1101201 | 4:40
Reminders go out until somebody decides.
Tax codes now follow the delivery address | v2.218 #1100777 | 12:03Taxes are taken from where goods go.
Ship\u00a0complete flag on sales orders | v2.218 #1100778 | 13:20
Nothing leaves before everything is there.
""",
    (
        Fact("1101201", "2.218", "4:40", True),
        Fact("1100777", "2.218", "12:03", True),
        Fact("1100778", "2.218", "13:20"),
    ),
)

CUT_OFF = Document(
    "cut-off.txt",
    """Episode 22 of By the [run]Book covers HaloPSA v2.218.
Full Feature List
Approval reminders can be sent on a schedule | v2.218 #1101201 | 4:40
Reminders go out until somebody decides.
Tax codes now follow the delivery address | v2.218 #1100777 | 12:03
Taxes are taken from where goods go.
Ship complete flag on sales orders | v2.218 #11007""",
    (Fact("1101201", "2.218", "4:40"), Fact("1100777", "2.218", "12:03")),
)

TWO_POSTS = Document(
    "markdown.md",
    """# By the [run]Book: Episode 22

Episode 22 of **By the [run]Book** covers HaloPSA v2.218.

## Standout features

- **Approval reminders can be sent on a schedule** | v2.218 #1101201 | [4:40](https://youtu.be/x?t=280)
  Reminders go out until somebody decides.

## Full list

| Change | Version | ID | Minute |
|---|---|---|---|
| Approval reminders can be sent on a schedule | v2.218 | 1101201 | 4:40 |
| Tax codes now follow the delivery address | v2.218 | 1100777 | 12:03 |
| Ship complete flag on sales orders | v2.218 | 1100778 | 13:20 |
""",
    (Fact("1101201", "2.218", "4:40", True), Fact("1100777", "2.218", "12:03"), Fact("1100778", "2.218", "13:20")),
)

SITE = Document(
    "site.html",
    """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>By the [run]Book: Episode 22 | Rising Tide</title>
<link rel="canonical" href="https://www.risingtidegroup.net/thoughts/by-the-run-book-episode-22">
<script>var x = "Title | v2.218 #1234567 | 1:00";</script><style>.a{color:#123456}</style></head>
<body><nav><a href="/">Home</a><a href="/thoughts">Thoughts</a></nav>
<div class="blog-header"><div class="by">By</div><div>El Copeland</div><div>June 9, 2026</div><div>•</div><div>9 min read</div>
<h1>By the [run]Book: Episode 22</h1></div>
<div class="rich-text w-richtext">
<p>Episode 22 of By the [run]Book covers HaloPSA v2.218. Mendy&nbsp;and Robbie talk about approvals &amp; taxes.</p>
<p><a href="https://youtu.be/x">Watch Now: By the [run]Book: Episode 22</a></p>
<p>For easier tracking, check out <a href="https://haloreleases.remmy.dev">haloreleases.remmy.dev</a> to filter and search HaloPSA updates.</p>
<h3>Important Mentions</h3>
<h4>Approval reminders can be sent on a schedule | v2.218 #1101201 | <a href="https://youtu.be/x?t=280">4:40</a></h4>
<p>Reminders go out until somebody decides.</p><ul role="list"><li>Set per process</li><li>Use with care in large teams</li></ul>
<h3>Full Feature List</h3>
<p><strong>Approval reminders can be sent on a schedule</strong> | v2.218 #1101201 | 4:40</p><p>Sends reminders.</p>
<p><strong>Tax codes now <em>follow</em> the delivery address</strong><br>v2.218 #1100777 | 12:03</p><p>Taxes are taken from where goods go.</p>
<p>&zwj;</p>
<p><strong>“Ship complete” flag on sales orders |</strong> v2.218 #1100778 | 13:20<br/>Nothing leaves before everything is there.</p>
<ul><li>Works for partial deliveries, too</li></ul>
</div>
<div class="more"><h2>See some more of our most recent posts...</h2><div class="card"><div>May 12, 2026</div><div>8 min read</div>
<h3>By the [run]Book: Episode 21</h3><p>Episode 21 of By the [run]Book covers the final features from HaloPSA v2.214.</p><a>Read post</a></div>
<div class="card"><div>April 2, 2026</div><div>5 min read</div><h3>Why dispatch matters</h3><p>Dispatching well saves time.</p><a>Read post</a></div></div>
<footer><p>© 2026 Rising Tide. Ticket #1234567.</p></footer></body></html>""",
    (Fact("1101201", "2.218", "4:40", True), Fact("1100777", "2.218", "12:03"), Fact("1100778", "2.218", "13:20")),
)

CSV = Document(
    "notes.csv",
    """\ufeffRelease notes of June 2026;;;;
Halo ID;Change;Details;Release;Important;Category;Episode;Timestamp
1101201;Approval reminders can be sent on a schedule;"Reminders go out; until somebody decides";v2.218;yes;Approvals;22;4:40
#1100777;"Tax codes now follow the ""delivery"" address";Taxes are taken from where goods go;2.218.1;no;Billing;22;12:03
1100778;Ship complete flag on sales orders;;HaloPSA 2.218;;Sales;22;
;;;;;;;
;Labels know the purchase order;Number and date;2.218;;Stock;22;14:01
1100779;;;2.218;;;22;
""",
    (
        Fact("1101201", "2.218", "4:40", True), Fact("1100777", "2.218", "12:03"), Fact("1100778", "2.218", None),
        Fact(None, "2.218", "14:01", False, "Labels know"),
    ),
)  # fmt: skip

TSV = Document(
    "notes.tsv",
    "Ref\tSubject\tVersion\tDescription\n1101201\tApproval reminders can be sent on a schedule\t2.22\tReminders go out\n"
    "1100777\tTax codes now follow the delivery address\t2.218\tTaxes\n1100778\tShip complete flag\tv2.220\tNothing leaves\n",
    (Fact("1101201", "2.220", None), Fact("1100777", "2.218", None), Fact("1100778", "2.220", None)),
    None,
)

JSON = Document(
    "notes.json",
    """{"product": "HaloPSA", "releases": [
 {"version": "2.218", "features": [{"id": 1101201, "name": "Approval reminders can be sent on a schedule",
   "description": "<p>Reminders <b>go</b> out</p>", "important": true},
  {"id": "1100777", "name": "Tax codes now follow the delivery address"}]},
 {"version": "v2.216", "features": [{"id": 1099001, "name": "Budget types can be hidden per customer", "important": false}]}]}""",
    (Fact("1101201", "2.218", None, True), Fact("1100777", "2.218", None), Fact("1099001", "2.216", None)),
    None,
)

JSON_LINES = Document(
    "notes.jsonl",
    """{"number": 1101201, "title": "Approval reminders can be sent on a schedule", "version": 2.218, "mentions": [{"episode": 22, "at": "4:40"}]}
{"number": 1100777, "title": "Tax codes now follow the delivery address", "version": "2.218", "highlighted": true, "mentions": [{"episode": 22, "at": null}]}
{"number": 1100778, "title": "broken"
[1, 2]
{"number": "1100779", "title": "Labels know the purchase order", "version": "soon", "mentions": [{"episode": 22, "at": "14:01"}]}
""",
    (Fact("1101201", "2.218", "4:40"), Fact("1100777", "2.218", None, True), Fact("1100779", None, "14:01")),
)

RSS = Document(
    "feed.xml",
    """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Thoughts</title><link>https://example.com/</link>
<item><title>By the [run]Book: Episode 22</title><link>https://example.com/ep22</link><pubDate>Tue, 09 Jun 2026 08:00:00 GMT</pubDate>
<description>Episode 22 of By the [run]Book covers HaloPSA v2.218.</description>
<content:encoded><![CDATA[<p>Episode 22 of By the [run]Book covers HaloPSA v2.218 &amp; more. Mendy and Robbie talk about approvals and taxes.</p>
<h3>Full Feature List</h3><p>Approval reminders can be sent on a schedule | v2.218 #1101201 | 4:40</p><p>Reminders go out.</p>
<p>Tax codes now follow the delivery address | v2.218 #1100777 | 12:03</p><p>Taxes follow.</p>]]></content:encoded></item>
<item><title>Why dispatch matters</title><link>https://example.com/dispatch</link><description>Dispatching well saves time.</description></item>
</channel></rss>""",
    (Fact("1101201", "2.218", "4:40"), Fact("1100777", "2.218", "12:03")),
)

ATOM = Document(
    "atom.xml",
    """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Thoughts</title><id>urn:x</id><updated>2026-06-09T08:00:00Z</updated>
<entry><title type="html">By the [run]Book: Episode 22</title><id>urn:22</id><link href="https://example.com/ep22"/><updated>2026-06-09T08:00:00Z</updated>
<content type="html">&lt;p&gt;Episode 22 of By the [run]Book covers HaloPSA v2.218.&lt;/p&gt;&lt;h3&gt;Important Mentions&lt;/h3&gt;
&lt;p&gt;Approval reminders can be sent on a schedule | v2.218 #1101201 | 4:40&lt;/p&gt;&lt;h3&gt;Full Feature List&lt;/h3&gt;
&lt;p&gt;Approval reminders can be sent on a schedule | v2.218 #1101201 | 4:40&lt;/p&gt;
&lt;p&gt;Ship complete flag | v2.218 #1100778 | 13:20&lt;/p&gt;</content></entry></feed>""",
    (Fact("1101201", "2.218", "4:40", True), Fact("1100778", "2.218", "13:20")),
)

JSON_FEED = Document(
    "feed.json",
    """{"version": "https://jsonfeed.org/version/1.1", "title": "Thoughts", "items": [{"id": "22", "url": "https://example.com/ep22",
 "title": "By the [run]Book: Episode 22", "date_published": "2026-06-09T08:00:00Z",
 "content_text": "Episode 22 of By the [run]Book covers HaloPSA v2.218.\\nFull Feature List\\nShip complete | v2.218 #1100778 | 13:20\\nNothing leaves."}]}""",
    (Fact("1100778", "2.218", "13:20"),),
)

REFERRING = Document(
    "referring.txt",
    """Rising Tide Group
Home  Services  Thoughts  Contact
By the [run]Book: Episode 22
By
El Copeland
July 7, 2026
•
20 min read
By the [run]Book

Episode 22 of By the [run]Book tackles HaloPSA v2.220, and Mendy and Connor are joined by a guest. There is a lot to unpack.
The following features stand out as the impactful changes in this release:
Contract Renewal Wizard #1110001 The wizard walks you through renewals. It is a big time saver for account managers.
Widget Themes #1110002
Themes can be set per dashboard. Use caution when mixing dark themes.
Watch Now: By the [run]Book: Episode 22
Full Feature List:
A contract renewal wizard has been added | v2.220 #1110001 | 0:58
Guides through renewals.
Dashboards can have themes | v2.220 #1110002 | 10:09
Added TLS v1.3 support for SMTP, IMAP & POP3 | v2.220 #1110003 | 11:11
The field "Response time (9:00)" can be hidden | v2.220 #1110004
Hides a field, as #1110003 did.
Added 24x7 calendars (see #1110001) | v2.220 #1110005 | 12:00
Newsletter
Get the latest thoughts in your inbox.
Adds value to your day.
""",
    (
        Fact("1110001", "2.220", "0:58", True), Fact("1110002", "2.220", "10:09", True),
        Fact("1110003", "2.220", "11:11"), Fact("1110004", "2.220", None),
        Fact("1110005", "2.220", "12:00"),
    ),
)  # fmt: skip

TABLE_ON_A_PAGE = Document(
    "table.html",
    """<article><h2>Episode 22 of By the [run]Book: HaloPSA v2.224</h2><p>In Episode 22 of By the [run]Book, Mendy and Robbie review HaloPSA v2.224.</p>
<h3>Key Takeaways</h3><ul><li><b>Ticket pins (1130001)</b> – pin what matters.</li><li><b>Bulk quotes (1130002)</b> – quote many at once.</li></ul>
<h3>Full Feature List</h3><table><tr><th>Feature</th><th>Version</th><th>ID</th><th>Timestamp</th></tr>
<tr><td>Tickets can be pinned to the top</td><td>v2.224</td><td>1130001</td><td><a href="#">01:11</a></td></tr>
<tr><td>Quotes can be created in bulk</td><td>v2.224</td><td>#1130002</td><td>00:02:22</td></tr>
<tr><td>Agents can swap shifts</td><td>v2.226</td><td>1130003</td><td></td></tr></table></article>""",
    (Fact("1130001", "2.224", "1:11", True), Fact("1130002", "2.224", "2:22", True), Fact("1130003", "2.226", None)),
)

BULLETS = Document(
    "bullets.txt",
    """Episode 22 of By the [run]Book covers HaloPSA v2.226.

• Added a setting for late fees | v2.226 #1140001 | 1:00
   Charges late fees automatically.
• Added a report on late fees | v2.226 #1140002 | 2:00
   Lists who pays late.
• Improved the search in knowledge articles
• Portal logos can be larger
""",
    (
        Fact("1140001", "2.226", "1:00"), Fact("1140002", "2.226", "2:00"),
        Fact(None, "2.226", None, False, "Improved the search"),
        Fact(None, "2.226", None, False, "Portal logos"),
    ),
)  # fmt: skip

NO_EPISODE = Document(
    "release-notes.txt",
    """HaloPSA v2.228 release notes
#1150001 Added an option to hide closed tickets
#1150002 Fixed an issue where invoices were rounded
v2.228 #1150003: Assets can be tagged
A title and nothing else | v2.228 #1150004 | 3:33
""",
    tuple(Fact(number, "2.228", None) for number in ("1150001", "1150002", "1150003", "1150004")),
    None,
)

BY_VERSION = Document(
    "by-version.txt",
    """Episode 22 of By the [run]Book walks through HaloPSA v2.226 and v2.228. Mendy and Connor review the tail end of v2.226 before moving on.

v2.226
Late fee reminders | #1160001 | 1:00
Reminds of late fees.
v2.228
Shift swapping | #1160002 | 5:00
Swaps shifts.
Sends a mail when a shift was swapped.
Shows swapped shifts in the calendar.
""",
    (
        Fact("1160001", "2.226", "1:00"), Fact("1160002", "2.228", "5:00"),
        Fact(None, "2.228", None, False, "Sends a mail"),
        Fact(None, "2.228", None, False, "Shows swapped"),
    ),
)  # fmt: skip

ARTICLE = Document(
    "article.html",
    """<html><body><h1>How we moved to HaloPSA v2.214 in a weekend</h1><p>By Ann</p><p>We opened ticket #1234567 with Halo. It was closed at 4:40.</p>
<p>Adds up, does it not? You can now read the sequel (2026). Our invoice (100200) was late.</p><ul><li>Allows for mistakes.</li><li>Improves morale.</li></ul>
<p>Episode 7 of our story follows next week.</p></body></html>""",
    (),
    None,
)

DOCUMENTS = (
    CLASSIC, NUMBER_FIRST, SPREAD, DESCRIBED, LOST_ZERO, GLUED, CUT_OFF, TWO_POSTS, SITE, CSV, TSV, JSON, JSON_LINES,
    RSS, ATOM, JSON_FEED, ARTICLE,
    REFERRING, TABLE_ON_A_PAGE, BULLETS, NO_EPISODE, BY_VERSION,
)  # fmt: skip
