"""Documents as different publishers and programs write them, each with the changes that a person reads in it.

Written without a look at the readers, each as its publisher would. Numbers, versions, minutes, highlights, cautions and
titles are what stands there; `tests/ingest/accuracy.py` counts how much of it is read.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501

from html import escape

from tests.ingest.tables import Change, Table

SIGN = Change("1300001", "2.280", title="Quotes can be signed on a phone")
ROTA = Change("1300002", "2.280", title="On-call rotas can be copied from one month to the next")
STOCK = Change("1300003", "2.280", title="Stock counts can be frozen during an audit")
MAIL = Change("1300004", "2.280", title="Mailboxes with a shared address answer from the right one")
SLA = Change("1300005", "2.280", title="SLA clocks stop while a supplier is waited for")
MAP = Change("1300006", "2.280", title="The map of visits shows the traffic of the day")
SIX = (SIGN, ROTA, STOCK, MAIL, SLA, MAP)


def _document(name: str, text: str | bytes, *changes: Change, encoding: str = "utf-8") -> Table:
    return Table(name, text if isinstance(text, bytes) else text.encode(encoding), tuple(changes))


def _bare(*changes: Change) -> tuple[Change, ...]:
    """The same changes where the document gives no numbers."""
    return tuple(change._replace(number=None) for change in changes)


NEWSLETTERS = (
    _document(
        "newsletter-bold.html",
        f"""<!DOCTYPE html><html><head><title>HaloPSA news</title></head><body>
<div style="max-width:600px"><h1>What's new in HaloPSA v2.280</h1>
<p>Episode 23 of By the [run]Book walks through HaloPSA v2.280. Grab a coffee!</p>
<p><b>{SIGN.title}</b></p><p>Your customers open the link, draw their name, and you are notified at once.</p>
<p><b>{ROTA.title}</b></p><p>No more typing the same names again. Choose a month, press Copy.</p>
<p><b>{STOCK.title}</b></p><p>While somebody counts, nothing can be booked in or out.</p>
<p>See you next month,<br>The team</p></div></body></html>""",
        *_bare(SIGN, ROTA, STOCK),
    ),
    _document(
        "newsletter-strong-with-ids.html",
        f"""<html><body><h2>HaloPSA 2.280 is here</h2>
<p>We have been busy.</p>
<p><strong>{SIGN.title} (1300001)</strong><br>Your customers open the link and draw their name.</p>
<p><strong>{MAIL.title} (1300004)</strong><br>Replies leave from the address that was written to.</p>
<p><strong>{MAP.title} (1300006)</strong><br>Yellow and red roads, as in your navigation.</p>
<p><a href="https://example.com/unsubscribe">Unsubscribe</a></p></body></html>""",
        SIGN,
        MAIL,
        MAP,
    ),
    _document(
        "newsletter.md",
        f"""# By the [run]Book: Episode 23

Robbie and Connor talk about HaloPSA v2.280.

**{SIGN.title}**

Customers draw their name on the screen.

**{ROTA.title}**

Choose a month and press Copy.

**{SLA.title}**

Nobody is blamed for a late parcel any more.

---
You get this because you subscribed.
""",
        *_bare(SIGN, ROTA, SLA),
    ),
    _document(
        "newsletter-layout-tables.html",
        f"""<html><body><table role="presentation" width="100%"><tr><td align="center">
<table role="presentation" width="600"><tr><td><img src="logo.png" alt="Logo"></td></tr>
<tr><td><h1>Version 2.280</h1></td></tr>
<tr><td><h3>{SIGN.title}</h3><p>Customers draw their name. <i>ID: 1300001</i></p></td></tr>
<tr><td><h3>{STOCK.title}</h3><p>Nothing can be booked meanwhile. <i>ID: 1300003</i></p></td></tr>
<tr><td><h3>{SLA.title}</h3><p>The clock goes on when the parcel is there. <i>ID: 1300005</i></p></td></tr>
<tr><td style="font-size:10px">Sent by Example Ltd, 1 High Street</td></tr></table></td></tr></table></body></html>""",
        SIGN,
        STOCK,
        SLA,
    ),
)

NOTES = (
    _document(
        "episode-below.txt",
        f"v2.280 — #1300001 — {SIGN.title} — 12:48\nv2.280 — #1300002 — {ROTA.title} — 13:48\n"
        "(all from By the [run]Book: Episode 107)\n",
        SIGN._replace(at="12:48"), ROTA._replace(at="13:48"),
    ),
    _document(
        "dated-versions.md",
        f"""# Release notes

## 2024-07-11 – Version 2.280

### Sales
- {SIGN.title} `1300001`
- {STOCK.title} `1300003`

### Service desk
- {SLA.title} `1300005`

## 2024-06-27 – Version 2.278

### Service desk
- {MAIL.title} `1300004`
""",
        SIGN, STOCK, SLA, MAIL._replace(version="2.278"),
    ),
    _document(
        "github-release.md",
        f"""## What's Changed in v2.280
* {SIGN.title} by @ann in https://example.com/halo/pull/12 (#1300001)
* {ROTA.title} by @bob in https://example.com/halo/pull/14 (#1300002)
* {MAP.title} by @ann in https://example.com/halo/pull/15 (#1300006)

**Full Changelog**: https://example.com/halo/compare/v2.278...v2.280
""",
        SIGN, ROTA, MAP,
    ),
    _document(
        "gitbook.md",
        f"""---
description: What is new in v2.280
---

# HaloPSA v2.280

{{% hint style="info" %}}
This release is rolled out over two weeks.
{{% endhint %}}

* **#1300001** – {SIGN.title}
* **#1300003** – {STOCK.title}

{{% hint style="warning" %}}
Back up first.
{{% endhint %}}

* **#1300006** – {MAP.title}
""",
        SIGN, STOCK, MAP,
    ),
    _document(
        "numbered-list.txt",
        f"""HaloPSA v2.280 release notes

1. {SIGN.title} (1300001)
2. {ROTA.title} (1300002)
3. {STOCK.title} (1300003)
4. {MAIL.title} (1300004)
5. {SLA.title} (1300005)
6. {MAP.title} (1300006)
""",
        *SIX,
    ),
    _document(
        "numbered-brackets.txt",
        f"""Release 2.280

1) [1300001] {SIGN.title}
2) [1300002] {ROTA.title}
3) [1300003] {STOCK.title}
""",
        SIGN, ROTA, STOCK,
    ),
    _document(
        "wrapped.txt",
        """CHANGES IN HALOPSA V2.280

  * #1300002: On-call rotas can be copied
    from one month to the next
  * #1300004: Mailboxes with a shared address
    answer from the right one
  * #1300005: SLA clocks stop while a supplier
    is waited for
  * #1300006: The map of visits shows the traffic
    of the day
""",
        ROTA, MAIL, SLA, MAP,
    ),
    _document(
        "wrapped-number-last.txt",
        """HaloPSA v2.280

- On-call rotas can be copied from one month
  to the next (#1300002)
- Mailboxes with a shared address answer from
  the right one (#1300004)
- SLA clocks stop while a supplier is waited
  for (#1300005)
""",
        ROTA, MAIL, SLA,
    ),
    _document(
        "fields-below.txt",
        f"""By the [run]Book: Episode 23

{SIGN.title}
ID: 1300001
Version: 2.280
Time: 4:40

{ROTA.title}
ID: 1300002
Version: 2.280
Time: 6:05

{STOCK.title}
ID: 1300003
Version: 2.282
Time: 9:15
""",
        SIGN._replace(at="4:40"), ROTA._replace(at="6:05"), STOCK._replace(version="2.282", at="9:15"),
    ),
    _document(
        "version-headings.txt",
        f"""Version 2.282

#1300004 {MAIL.title}
#1300005 {SLA.title}

Version 2.280

#1300001 {SIGN.title}
#1300002 {ROTA.title}
#1300003 {STOCK.title}
""",
        MAIL._replace(version="2.282"), SLA._replace(version="2.282"), SIGN, ROTA, STOCK,
    ),
    _document(
        "version-per-row.txt",
        f"""Recent changes in Halo

[2.280] {SIGN.title} - 1300001
[2.280] {ROTA.title} - 1300002
[2.282] {MAIL.title} - 1300004
[2.284] {MAP.title} - 1300006
""",
        SIGN, ROTA, MAIL._replace(version="2.282"), MAP._replace(version="2.284"),
    ),
    _document(
        "rst.rst.txt",
        f"""Release notes
=============

Version 2.280
-------------

* {SIGN.title} (:ticket:`1300001`)
* {ROTA.title} (:ticket:`1300002`)

Version 2.278
-------------

* {MAIL.title} (:ticket:`1300004`)
""",
        SIGN, ROTA, MAIL._replace(version="2.278"),
    ),
    _document(
        "linked-ids.md",
        f"""# v2.280

- [[1300001]](https://example.com/t/1300001) {SIGN.title}
- [1300002](https://example.com/t/1300002): {ROTA.title}
- {STOCK.title} ([#1300003](https://example.com/t/1300003))
- {MAIL.title} [1300004]
""",
        SIGN, ROTA, STOCK, MAIL,
    ),
    _document(
        "nested-list.md",
        f"""# HaloPSA v2.280

- Sales
  - {SIGN.title} (#1300001)
    - Works on Android and iOS
    - The signature is kept as a picture
  - {STOCK.title} (#1300003)
- Service desk
  - {SLA.title} (#1300005)
    - Also for third parties
  - {MAIL.title} (#1300004)
""",
        SIGN, STOCK, SLA, MAIL,
    ),
    _document(
        "highlights.md",
        f"""# By the [run]Book: Episode 23

Robbie and Connor on HaloPSA v2.280.

## Highlights

- {SIGN.title} | #1300001 | 4:40
- {SLA.title} | #1300005 | 8:02

## Everything else

- {ROTA.title} | #1300002 | 11:11
- {STOCK.title} | #1300003 | 12:50
- {MAP.title} | #1300006 | 1:02:03
""",
        SIGN._replace(at="4:40", highlighted=True), SLA._replace(at="8:02", highlighted=True),
        ROTA._replace(at="11:11"), STOCK._replace(at="12:50"), MAP._replace(at="1:02:03"),
    ),
    _document(
        "cautions.md",
        f"""# HaloPSA v2.280

## {SIGN.title} (#1300001)

Customers draw their name.

**Caution:** old quotes keep their link for a day only.

## {ROTA.title} (#1300002)

Choose a month and press Copy.

## {SLA.title} (#1300005)

Stops the clock.

**Caution:** running tickets are recalculated.
""",
        SIGN._replace(caution="old quotes keep their link for a day only."), ROTA,
        SLA._replace(caution="running tickets are recalculated."),
    ),
    _document(
        "video-description.txt",
        f"""By the [run]Book: Episode 23
HaloPSA v2.280

0:00 Intro
4:40 {SIGN.title} (#1300001)
6:05 {ROTA.title} (#1300002)
9:15 {STOCK.title} (#1300003)
1:01:12 {MAP.title} (#1300006)
1:05:00 Outro

Like and subscribe!
""",
        SIGN._replace(at="4:40"), ROTA._replace(at="6:05"), STOCK._replace(at="9:15"), MAP._replace(at="1:01:12"),
    ),
    _document(
        "chat.txt",
        f"""Ann  10:02
Hi all, the 2.280 release has these:
• 1300001 - {SIGN.title}
• 1300002 - {ROTA.title}
• 1300005 - {SLA.title}
Bob  10:04
:tada:
""",
        SIGN, ROTA, SLA,
    ),
    _document(
        "markdown-table.md",
        f"""# By the [run]Book: Episode 23

## HaloPSA v2.280

| ID | Change | Area | Video |
|---:|:-------|:-----|:-----:|
| 1300001 | {SIGN.title} | Sales | 4:40 |
| 1300002 | {ROTA.title} | Time | 6:05 |
| 1300003 | {STOCK.title} | Stock | |
""",
        SIGN._replace(at="4:40"), ROTA._replace(at="6:05"), STOCK,
    ),
    _document(
        "task-list.md",
        f"""## Version 2.280

- [ ] 1300001 {SIGN.title}
- [x] 1300002 {ROTA.title}
""",
        SIGN, ROTA,
    ),
    _document(
        "prefixed-keys.txt",
        f"""HALO-1300001 | 2.280 | {SIGN.title}
HALO-1300002 | 2.280 | {ROTA.title}
""",
        SIGN, ROTA,
    ),
    _document(
        "version-above-parts.md",
        f"""By the [run]Book Episode 24

HaloPSA v2.280

## Top picks
1. **{SIGN.title}** (#1300001) – 3:15

## The rest
1. {ROTA.title} (#1300002) – 9:00
2. {STOCK.title} (#1300003) – 11:20
""",
        SIGN._replace(at="3:15", highlighted=True), ROTA._replace(at="9:00"), STOCK._replace(at="11:20"),
    ),
    _document(
        "smart-quotes.txt",
        "HaloPSA\u00a0v2.280\n\n\u2022\u00a0#1300001\u00a0\u2013\u00a0Quotes can be \u201csigned\u201d on a customer\u2019s phone\n"
        "\u2022\u00a0#1300002\u00a0\u2013\u00a0On\u2011call rotas can be copied \u2026 and pasted\n"
        "\u2022\u00a0#1300003\u00a0\u2013\u00a0Stock counts can be frozen\n",
        SIGN._replace(title="Quotes can be “signed” on a customer’s phone"),
        ROTA._replace(title="On\u2011call rotas can be copied … and pasted"),
        STOCK._replace(title="Stock counts can be frozen"),
    ),
)  # fmt: skip

_ROWS = tuple((change.number, change.title) for change in SIX)
_LIST = "HaloPSA v2.280\n\n" + "".join(f"#{number} {title}\n" for number, title in _ROWS)

ENCODED = (
    _document("utf-16.txt", _LIST.replace("\n", "\r\n"), *SIX, encoding="utf-16"),
    _document("utf-16-be-bom.txt", b"\xfe\xff" + _LIST.encode("utf-16-be"), *SIX),
    _document("crlf-bom.txt", "\ufeff" + _LIST.replace("\n", "\r\n"), *SIX),
    _document("cr.txt", _LIST.replace("\n", "\r"), *SIX),
    _document("mixed-ends.md", _LIST.replace("\n", "\r\n", 4), *SIX),
    _document("form-feed.txt", _LIST.replace("\n#1300004", "\n\f#1300004"), *SIX),
)

TABLES_OF_PUBLISHERS = (
    _document(
        "jira-german.csv",
        "\ufeffVorgangsschlüssel;Vorgangs-ID;Zusammenfassung;Status;Lösungsversion;Erstellt\r\n"
        + "".join(
            f"HALO-{n};{number};{title};Erledigt;v2.280;11.07.2026 09:1{n}\r\n" for n, (number, title) in enumerate(_ROWS)
        ),
        *SIX,
    ),
    _document(
        "excel-german.csv",
        "Nummer;Titel;Version;Beschreibung\r\n"
        + "".join(f"{number};{title};v2.280;Für alle Kunden, auch für ältere\r\n" for number, title in _ROWS),
        *SIX, encoding="cp1252",
    ),
    _document(
        "excel-french.csv",
        "sep=;\r\nNuméro;Titre;Version;Description\r\n"
        + "".join(f'{number};"{title}";v2.280;"Dès à présent; pour tous"\r\n' for number, title in _ROWS),
        *SIX,
    ),
    _document(
        "excel-dutch.csv",
        "Nummer;Titel;Versie;Omschrijving\n" + "".join(f"{number};{title};v2.280;Voor iedereen\n" for number, title in _ROWS),
        *SIX,
    ),
    _document(
        "excel-spanish.csv",
        "Número;Título;Versión;Descripción\n" + "".join(f"{number};{title};2.280;Para todos\n" for number, title in _ROWS),
        *SIX,
    ),
    _document(
        "jira-english.csv",
        "Summary,Issue key,Issue id,Issue Type,Status,Fix Version/s,Labels,Labels,Description\n"
        + "".join(
            f'"{title}",HALO-{n},{number},Improvement,Done,v2.280,a,,"First line\n\n* second line, with a comma"\n'
            for n, (number, title) in enumerate(_ROWS)
        ),
        *SIX,
    ),
    _document(
        "tabs.txt",
        "Number\tTitle\tVersion\tEpisode\tMinute\n" + "".join(f"{number}\t{title}\tv2.280\t23\t4:4{n}\n" for n, (number, title) in enumerate(_ROWS)),
        *(change._replace(at=f"4:4{n}") for n, change in enumerate(SIX)),
    ),
    _document(
        "tabs-utf-16.txt",
        "Number\tTitle\tVersion\r\n" + "".join(f"{number}\t{title}\tv2.280\r\n" for number, title in _ROWS),
        *SIX, encoding="utf-16",
    ),
    _document(
        "pasted-sheet.txt",
        "HaloPSA release tracker\t\t\nID\tRelease\tWhat changed\n" + "".join(f"{number}\t2.280\t{title}\n" for number, title in _ROWS),
        *SIX,
    ),
)  # fmt: skip

PAGES = (
    _document(
        "rowspan.html",
        f"""<html><body><h1>HaloPSA releases</h1><table border="1">
<tr><th>Version</th><th>ID</th><th>Change</th></tr>
<tr><td rowspan="3">v2.282</td><td>1300004</td><td>{MAIL.title}</td></tr>
<tr><td>1300005</td><td>{SLA.title}</td></tr>
<tr><td>1300006</td><td>{MAP.title}</td></tr>
<tr><td rowspan="2">v2.280</td><td>1300001</td><td>{SIGN.title}</td></tr>
<tr><td>1300002</td><td>{ROTA.title}</td></tr></table></body></html>""",
        *(change._replace(version="2.282") for change in (MAIL, SLA, MAP)), SIGN, ROTA,
    ),
    _document(
        "colspan.html",
        f"""<html><body><h1>By the [run]Book: Episode 23</h1><table>
<thead><tr><th>ID</th><th>Change</th><th>Video</th></tr></thead><tbody>
<tr><td colspan="3"><b>v2.282</b></td></tr>
<tr><td>1300004</td><td>{MAIL.title}</td><td>4:40</td></tr>
<tr><td>1300005</td><td>{SLA.title}</td><td>5:50</td></tr>
<tr><td colspan="3"><b>v2.280</b></td></tr>
<tr><td>1300001</td><td>{SIGN.title}</td><td>7:10</td></tr></tbody></table></body></html>""",
        MAIL._replace(version="2.282", at="4:40"), SLA._replace(version="2.282", at="5:50"), SIGN._replace(at="7:10"),
    ),
    _document(
        "word.html",
        """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang=EN-GB><div class=WordSection1>
<p class=MsoTitle>HaloPSA v2.280<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>"""
        + "".join(
            "<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>"
            "<span style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; "
            f"</span></span><![endif]>{title}\n<span style='mso-spacerun:yes'>  </span>(#{number})<o:p></o:p></p>\n"
            for number, title in _ROWS
        )
        + "</div></body></html>",
        *SIX,
    ),
    _document(
        "confluence.html",
        '<div id="main-content" class="wiki-content group"><h1 id="id-Release2.280">HaloPSA v2.280</h1>'
        '<div class="table-wrap"><table class="wrapped confluenceTable"><colgroup><col/><col/><col/></colgroup><tbody>'
        '<tr><th class="confluenceTh"><p>Ticket</p></th><th class="confluenceTh"><p>Summary</p></th><th class="confluenceTh"><p>Notes</p></th></tr>'
        + "".join(
            f'<tr><td class="confluenceTd"><p><a href="https://example.com/browse/{number}" class="external-link">{number}</a></p></td>'
            f'<td class="confluenceTd"><p>{title}</p></td><td class="confluenceTd"><ul><li>first note</li><li>second note</li></ul></td></tr>'
            for number, title in _ROWS
        )
        + '</tbody></table></div><p class="auto-cursor-target"><br/></p></div>',
        *SIX,
    ),
    _document(
        "notion.html",
        '<html><head><title>HaloPSA 2.280</title></head><body><article id="a1" class="page sans"><header>'
        '<h1 class="page-title">HaloPSA v2.280</h1></header><div class="page-body">'
        + "".join(
            f'<ul id="b{number}" class="bulleted-list"><li style="list-style-type:disc"><strong>{number}</strong> {title}'
            '<ul class="bulleted-list"><li style="list-style-type:circle">a note on it</li></ul></li></ul>'
            for number, title in _ROWS
        )
        + "</div></article></body></html>",
        *SIX,
    ),
    _document(
        "notion-toggles.html",
        '<html><body><article class="page sans"><h1 class="page-title">HaloPSA v2.280</h1><div class="page-body">'
        + "".join(
            f'<ul class="toggle"><li><details open=""><summary>{title} (#{number})</summary><p>Some words on it.</p></details></li></ul>'
            for number, title in _ROWS
        )
        + "</div></article></body></html>",
        *SIX,
    ),
    _document(
        "zendesk.html",
        f"""<html><body><header class="article-header"><h1 class="article-title">HaloPSA release notes: v2.280</h1></header>
<section class="article-info"><div class="article-content"><div class="article-body">
<p>Article is closed for comments.</p><h2 id="h_01">New features</h2>
<ul><li><p><strong>{SIGN.title}</strong>. Customers draw their name. (1300001)</p></li>
<li><p><strong>{ROTA.title}</strong>. Choose a month. (1300002)</p></li></ul>
<h2 id="h_02">Fixes</h2><ul><li><p><strong>{MAIL.title}</strong>. (1300004)</p></li></ul>
</div></div></section><footer>Was this article helpful? 3 out of 4 found this helpful</footer></body></html>""",
        SIGN, ROTA, MAIL,
    ),
    _document(
        "gitbook.html",
        '<html><body><main><h1>v2.280</h1><ul class="gb">'
        + "".join(f'<li><div><p><code>#{number}</code> {title}</p></div></li>' for number, title in _ROWS)
        + "</ul></main><nav><a href='/v2.278'>Previous: v2.278</a></nav></body></html>",
        *SIX,
    ),
    _document(
        "google-docs.html",
        '<html><head><style>.c1{color:#000}.lst-kix_1>li:before{content:"\\0025cf"}</style></head><body class="c2">'
        '<p class="c0 title"><span class="c1">HaloPSA v2.280</span></p><ul class="c3 lst-kix_1-0 start">'
        + "".join(
            f'<li class="c4 li-bullet-0"><span class="c1">{title[:12]}</span><span class="c5">{title[12:]}</span><span class="c1"> (#{number})</span></li>'
            for number, title in _ROWS
        )
        + "</ul></body></html>",
        *SIX,
    ),
    _document(
        "definition-list.html",
        "<html><body><h1>HaloPSA v2.280</h1><dl>"
        + "".join(f"<dt>#{number} {title}</dt><dd>What it does, in a sentence.</dd>" for number, title in _ROWS)
        + "</dl></body></html>",
        *SIX,
    ),
    _document(
        "definition-list-numbers.html",
        "<html><body><h1>HaloPSA v2.280</h1><dl>" + "".join(f"<dt>{number}</dt><dd>{title}</dd>" for number, title in _ROWS) + "</dl></body></html>",
        *SIX,
    ),
    _document(
        "nested-lists.html",
        f"""<html><body><h1>HaloPSA v2.280</h1><ul>
<li>Sales<ul><li>{SIGN.title} (#1300001)<ul><li>On Android and iOS</li></ul></li><li>{STOCK.title} (#1300003)</li></ul></li>
<li>Service desk<ul><li>{SLA.title} (#1300005)</li><li>{MAIL.title} (#1300004)</li></ul></li></ul></body></html>""",
        SIGN, STOCK, SLA, MAIL,
    ),
    _document(
        "ordered-list.html",
        "<html><body><h2>Version 2.280</h2><ol>" + "".join(f"<li>{title} <small>ID: {number}</small></li>" for number, title in _ROWS) + "</ol></body></html>",
        *SIX,
    ),
    _document(
        "headings-with-fields.html",
        "<html><body><h1>By the [run]Book: Episode 23</h1>"
        + "".join(
            f"<h3>{title}</h3><p><b>ID:</b> {number} &nbsp;|&nbsp; <b>Version:</b> 2.280 &nbsp;|&nbsp; <b>Watch:</b> 4:4{n}</p><p>What it does.</p>"
            for n, (number, title) in enumerate(_ROWS)
        )
        + "</body></html>",
        *(change._replace(at=f"4:4{n}") for n, change in enumerate(SIX)),
    ),
)  # fmt: skip

_HTML_LIST = "<p>HaloPSA v2.280</p><ul>" + "".join(f"<li>{title} (#{number})</li>" for number, title in _ROWS) + "</ul>"

FEEDS = (
    _document(
        "rss-cdata.xml",
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        "<channel><title>Halo news</title><item><title>HaloPSA v2.280</title><link>https://example.com/2280</link>"
        "<description><![CDATA[Six changes this time …]]></description>"
        f"<content:encoded><![CDATA[{_HTML_LIST}]]></content:encoded></item></channel></rss>",
        *SIX,
    ),
    _document(
        "atom-xhtml.xml",
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Halo news</title><entry><title>HaloPSA v2.280</title>'
        '<link href="https://example.com/2280"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"{_HTML_LIST}</div></content></entry></feed>",
        *SIX,
    ),
    _document(
        "rss-two-items.xml",
        '<rss version="2.0"><channel><title>Halo news</title>'
        f"<item><title>HaloPSA v2.282</title><description>{escape(f'<ul><li>{MAIL.title} (#1300004)</li></ul>')}</description></item>"
        f"<item><title>HaloPSA v2.280</title><description>{escape(f'<ul><li>{SIGN.title} (#1300001)</li><li>{ROTA.title} (#1300002)</li></ul>')}</description></item>"
        "</channel></rss>",
        MAIL._replace(version="2.282"), SIGN, ROTA,
    ),
    _document(
        "json-feed-html.json",
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Halo news", "items": [{"id": "1", "url": "https://example.com/2280", '
        f'"title": "HaloPSA v2.280", "content_html": "{_HTML_LIST}"}}]}}',
        *SIX,
    ),
)  # fmt: skip

PUBLISHED = (*NEWSLETTERS, *NOTES, *ENCODED, *TABLES_OF_PUBLISHERS, *PAGES, *FEEDS)
