"""What trackers and service desks export, each with what is in it and with the rows that have to be refused.

The people who export it have numbers of their own, beside those of Halo's changes or instead of them.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501

import json
from typing import Any

from tests.ingest.tables import Change, Table


def _document(name: str, text: str, *changes: Change, refused: tuple[int, ...] = (), encoding: str = "utf-8") -> Table:
    return Table(name, text.encode(encoding), changes, refused)


def _answer(name: str, answer: Any, *changes: Change, refused: tuple[int, ...] = ()) -> Table:
    return Table(name, json.dumps(answer).encode(), changes, refused)


def _formatted(*paragraphs: str) -> dict[str, Any]:
    """A text as Jira stores it."""
    nodes = [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in paragraphs]
    return {"type": "doc", "version": 1, "content": nodes}


A = Change("1210001", title="Rates have a date")
B = Change("1210002", title="Stock counts can be frozen")
C = Change("1210003", title="Rotas repeat")
WITHOUT = (A._replace(number=None), B._replace(number=None))

OF_WHOM_A_NUMBER_IS = (
    _document(
        "key-and-id.csv",
        '\ufeffIssue key,Issue id,Issue Type,Summary,Fix Version/s,Component/s,Component/s,Custom field (Release notes),Custom field (Highlight),Custom field (Test first)\r\n'
        'HPSA-1210001,48213,Story,Rates have a date,HaloPSA v2.270,Billing,,"Set ""from"".\nOld rates stay.",Yes,\r\n'
        'HPSA-1210002,48219,Bug,Stock counts can be frozen,HaloPSA v2.270,Stock,,,No,"Try one store\nfirst"\r\n'
        "HPSA-1210003,48225,Story,Rotas repeat,,,,,No,\r\n",
        A._replace(highlighted=True), B._replace(caution="Try one store first"), C._replace(version=None),
    ),
    _document(
        "both-are-long.csv",
        "Issue id,Summary,Key,Fix version\n1048213,Rates have a date,HALO2_X-1210001,v2.270\n1048219,Stock counts can be frozen,HALO2_X-1210002,v2.270\n",
        A, B,
    ),
    _document(
        "keys-of-their-own.csv",
        "Issue key,Issue id,Summary,Fix Version/s\nHPSA-12,48213,Rates have a date,v2.270\nHPSA-13,48219,Stock counts can be frozen,v2.270\n",
        *WITHOUT,
    ),
    _document(
        "a-key-of-their-own.csv",
        "Key,Summary,Release\nREL-48213,Rates have a date,v2.270\nREL-1210002,Stock counts can be frozen,v2.270\nCHG0041822,Rotas repeat,v2.270\n",
        B, refused=(2, 4),
    ),
    _document(
        "halo-id-beside-number.csv",
        "HaloPSA changes – list export;;;;;\nGenerated 2026-03-02 14:10;;;;;\nNumber;Short description;Halo change ID;Fixed in;Important;Heads-up\n"
        "CHG0041822;Rates have a date;1210001;v2.270;true;\nCHG0041823;Stock counts can be frozen;1210002;v2.270;false;Freeze one store first\nCHG0041824;Café rotas;–;v2.270;false;\n",
        A._replace(highlighted=True), B._replace(caution="Freeze one store first"), Change(None, title="Café rotas"),
        encoding="cp1252",
    ),
    _document(
        "long-number-beside-halo-id.csv",
        "Number,Sys ID,Title,Version,HaloPSA #\n1041822,2045121,Rates have a date,v2.270,1210001\n1041823,2045122,Stock counts can be frozen,v2.270,1210002\n",
        A, B,
    ),
    _document(
        "number-of-their-own.csv",
        "Number,Short description,Fixed in\nCHG0041822,Rates have a date,v2.270\nCHG0041823,Stock counts can be frozen,v2.270\n",
        *WITHOUT,
    ),
    _document(
        "ids-of-others.csv",
        "Internal ID,Title,Version,Account,Serial no,Points\n204512,Rates have a date,v2.270,100200,300401,1000001\n204513,Stock counts can be frozen,v2.270,100201,300402,1000002\n",
        *WITHOUT,
    ),
    _document(
        "work-items.csv",
        "Account,Work item,Release,Title\n100200,AB#1210001,v2.270,Rates have a date\n100201,AB#1210002,v2.270,Stock counts can be frozen\n",
        A, B,
    ),
    _document(
        "unnamed-and-halo.csv",
        "Halo,Title,Version\n1210001,Rates have a date,v2.270\n1210002,Stock counts can be frozen,v2.270\n",
        A, B,
    ),
    _document(
        "uuids.csv",
        "ID,Title,Version,Reference\n8f14e45f-ceea-467f-a8b5-0e1a2b3c4d5e,Rates have a date,v2.270,1210001\n9f14e45f-ceea-467f-a8b5-0e1a2b3c4d5e,Stock counts can be frozen,v2.270,\"1,210,002\"\n",
        A, B,
    ),
    _document(
        "short-id-first.json",
        '[{"id": 7, "title": "Rates have a date", "version": "v2.270"}, {"id": 1210002, "title": "Stock counts can be frozen", "version": "v2.270"}]',
        B, refused=(1,),
    ),
    _document(
        "key-and-id.json",
        '[{"id": "30412", "key": "HALO-1210001", "title": "Rates have a date", "version": "v2.270"}, {"id": "30413", "key": "HALO-1210002", "title": "Stock counts can be frozen", "version": "v2.270"}]',
        A, B,
    ),
    _document(
        "no-number-yet.md",
        "### HaloPSA v2.270\n\n| Ref | Change | Important |\n|---|---|---|\n| 1210001 | Rates have a date | ✔ |\n| – | Stock counts can be frozen | |\n| n/a | Rotas repeat | |\n",
        A._replace(highlighted=True), WITHOUT[1], C._replace(number=None),
    ),
)  # fmt: skip

CREDITS = (
    _document(
        "github-releases.md",
        """# v2.270

_a-bot released this on 14 May · 37 commits to main since this release_

## Highlights

- 🌟 **Rates have a date** (#1210001)

## What's Changed

* Rates have a date by @kmistry in #1210001
* Stock counts can be frozen by @joel-w, @ann and @dependabot[bot] in https://github.com/example/notes/pull/1210002
* Rotas repeat by @ann in [#1210003](https://github.com/example/notes/pull/1210003)
* Let @mentions in `_notes_` notify all by @ann in #1210004
* Links to Power BI by Microsoft by @ann in #1210005
* Mend the build by @ann in https://github.com/example/notes/pull/12

## New Contributors

* @joel-w made their first contribution in #1210002
* @ann made their first contribution in https://github.com/example/notes/pull/1210003

**Full Changelog**: https://github.com/example/notes/compare/v2.268...v2.270

---

# v2.268

* Quotes by @home are dear (#1210006)
""",
        A._replace(highlighted=True), B, C, Change("1210004", title="Let @mentions in _notes_ notify all"),
        Change("1210005", title="Links to Power BI by Microsoft"), Change("1210006", "2.268", title="Quotes by @home are dear"),
    ),
    _document(
        "credit-behind.md",
        """# v2.270

- Rates have a date (#1210001) @ann
- Stock counts can be frozen ([#1210002](https://x.example/1210002)) ([abc1234](https://x.example/c/abc1234))
- Rotas repeat (#1210003) by @ann and @joel-w
- Stand by me: a template (#1210004)
- Notify @mentions (#1210005)
""",
        A, B, C, Change("1210004", title="Stand by me: a template"), Change("1210005", title="Notify @mentions"),
    ),
    _document(
        "github-releases.html",
        '<html><body><h1>v2.270</h1><h2>What\'s Changed</h2><ul><li>Rates have a date by <a href="/ann">@ann</a> in <a href="https://github.com/e/n/pull/1210001">#1210001</a></li>'
        '<li>Reports by Reporter &amp; Co <b>in colour</b> by <a href="/ann">@ann</a> in <a href="https://github.com/e/n/pull/1210002">#1210002</a></li></ul>'
        '<h2>New Contributors</h2><ul><li><a href="/ann">@ann</a> made their first contribution in <a href="https://github.com/e/n/pull/1210001">#1210001</a></li></ul></body></html>',
        A, B._replace(title="Reports by Reporter & Co in colour"),
    ),
    _document(
        "backticks.md",
        "## v2.270\n\n| ID | Change |\n|---|---|\n| `1210001` | Names may contain `{site} \\| {month}` |\n| 1210002 | Filters accept ``open`` |\n\n"
        "- Fix `null` in `__due__` dates (#1210003)\n- `PATCH /api/asset` takes a list (#1210004)\n- One ` alone stays (#1210005)\n",
        A._replace(title="Names may contain {site} | {month}"), B._replace(title="Filters accept open"),
        C._replace(title="Fix null in __due__ dates"), Change("1210004", title="PATCH /api/asset takes a list"),
        Change("1210005", title="One ` alone stays"),
    ),
)  # fmt: skip

WITH_A_COLON = (
    _document(
        "fix-and-a-colon.csv",
        'ID,Title,Version\n1210001,"Fix: the ""Reopen"" button vanished",v2.270\n1210002,Fix: Stock counts can be frozen,v2.270\n1210003,FIX: rotas repeat,v2.270\n1210004,fix: quotes lose a line,v2.270\n'
        "1210005,New: iPads are assets,v2.270\n",
        A._replace(title='Fix: the "Reopen" button vanished'), B, C._replace(title="rotas repeat"), Change("1210004", title="quotes lose a line"),
        Change("1210005", title="iPads are assets"),
    ),
)  # fmt: skip

ANSWERS = (
    _answer(
        "jira.json",
        {
            "expand": "names,schema", "total": 3,
            "names": {"summary": "Summary", "fixVersions": "Fix versions", "customfield_10310": "Highlight", "customfield_10311": "Known issue"},
            "issues": [
                {"id": "30412", "key": "HALO-1210001", "fields": {
                    "summary": "Rates have a date", "issuetype": {"id": "10004", "name": "Story"}, "fixVersions": [{"id": "2", "name": "v2.270"}],
                    "parent": {"id": "1", "key": "HALO-1210000", "fields": {"summary": "HaloPSA rollout, summer 2026", "status": {"name": "Open"}}},
                    "customfield_10310": {"value": "Yes", "id": "10471"}, "customfield_10311": None, "description": _formatted("Old ones stay.", "Sums do too.")}},
                {"id": "1030413", "key": "HALO-1210002", "fields": {
                    "summary": "Stock counts can be frozen", "fixVersions": [{"id": "2", "name": "v2.270"}], "parent": None, "components": [{"name": "Stock"}],
                    "customfield_10310": [{"value": "No", "id": "10472"}], "customfield_10311": _formatted("Freeze one store first."), "description": None}},
                {"id": "30414", "key": "HALO-1210003", "fields": {
                    "summary": "Rotas repeat", "fixVersions": [], "customfield_10310": None, "customfield_10311": "", "description": _formatted("For 120,000 people.")}},
            ],
        },
        A._replace(highlighted=True), B._replace(caution="Freeze one store first."), C._replace(version=None),
    ),
    _answer(
        "azure-devops.json",
        {"count": 2, "value": [
            {"id": 1210001, "rev": 4, "fields": {"System.IterationPath": "Vendors\\HaloPSA\\v2.270", "System.WorkItemType": "Feature", "System.Title": "Rates have a date",
                                                 "System.Description": "<p>Old ones stay.</p>", "Custom.Highlight": True, "Custom.KnownIssue": ""}, "url": "https://d.example/1210001"},
            {"id": 1210002, "rev": 9, "fields": {"System.IterationPath": "Vendors\\HaloPSA\\v2.270", "System.Title": "Stock counts can be frozen", "Custom.KnownIssue": "Freeze one store first"}},
        ]},
        A._replace(highlighted=True), B._replace(caution="Freeze one store first"),
    ),
    _answer(
        "servicenow.json",
        {"result": [
            {"sys_id": {"display_value": "9f1b0c2e", "value": "9f1b0c2e"}, "number": {"display_value": "CHG0041822", "value": "CHG0041822"},
             "short_description": {"display_value": "Rates have a date", "value": "x"}, "u_halo_change_id": {"display_value": "1210001", "value": "1210001"},
             "u_fixed_in": {"display_value": "v2.270", "link": "https://s.example/7", "value": "7"}, "u_important": {"display_value": "true", "value": "1"}},
            {"sys_id": "9f1b0c2d", "number": "CHG0041823", "short_description": "Stock counts can be frozen", "u_halo_change_id": "1210002", "u_fixed_in": "v2.270", "u_heads_up": "Freeze one store first"},
        ]},
        A._replace(highlighted=True), B._replace(caution="Freeze one store first"),
    ),
    _answer(
        "github-issues.json",
        [{"id": 1784562345, "node_id": "I_k", "number": 1210001, "title": "Rates have a date", "user": {"login": "ann", "id": 1234567}, "milestone": {"id": 1002604, "number": 1, "title": "v2.270"}, "body": "Old ones stay."},
         {"id": 1784562346, "node_id": "I_l", "number": 1210002, "title": "Stock counts can be frozen", "user": {"login": "ann", "id": 1234567}, "milestone": None, "body": None}],
        A, B._replace(version=None),
    ),
    _answer(
        "gitlab-issues.json",
        [{"id": 84956, "iid": 1210001, "project_id": 3, "title": "Rates have a date", "milestone": {"id": 5, "iid": 1, "title": "v2.270"}, "author": {"id": 1000018, "name": "Ann"}}],
        A,
    ),
    _answer(
        "graphql.json",
        {"data": {"issues": {"nodes": [
            {"id": "8f14e45f-ceea-467f-a8b5-0e1a2b3c4d5e", "identifier": "HALO-1210001", "title": "Rates have a date", "version": "v2.270", "labels": {"nodes": [{"name": "Billing"}]}},
            {"id": "9f14e45f-ceea-467f-a8b5-0e1a2b3c4d5e", "identifier": "HALO-1210002", "title": "Stock counts can be frozen", "version": "v2.270", "labels": {"nodes": []}},
        ]}}},
        A, B,
    ),
    _answer(
        "documents-of-changes.json",
        {"type": "document", "content": [{"id": 1210001, "title": "Rates have a date", "version": "v2.270"}, {"id": 1210002, "title": "Stock counts can be frozen", "version": "v2.270"}]},
        A, B,
    ),
    _answer(
        "release-with-notes.json",
        {"releases": [{"id": 1000270, "title": "HaloPSA v2.270", "version": "v2.270", "notes": {"items": [{"id": 1210001, "title": "Rates have a date"}, {"id": 1210002, "title": "Stock counts can be frozen"}]}}]},
        A, B,
    ),
)  # fmt: skip

OLDER = "2.268"
HOLDERS = (
    _document(
        "title-1-and-2.tsv",
        "ID\tWork Item Type\tTitle 1\tTitle 2\tState\tHighlight\tKnown issue\n1210000\tEpic\tHaloPSA release v2.270\t\tClosed\t\t\n1210001\tFeature\t\tRates have a date\tClosed\tYes\t\n"
        '1210002\tBug\t\t"Stock counts\ncan be frozen"\tClosed\t\tFreeze one store first\n1210010\tEpic\tHaloPSA release v2.268\t\tActive\t\t\n1210003\tFeature\t\tRotas repeat\tClosed\t\t\n'
        "1210020\tEpic\tOdds and ends\t\tActive\t\t\n1210004\tFeature\t\tQuotes can be signed\tClosed\t\t\n",
        A._replace(highlighted=True), B._replace(caution="Freeze one store first"), C._replace(version=OLDER),
        Change("1210004", None, title="Quotes can be signed"), refused=(8,), encoding="utf-16",
    ),
    _document(
        "three-levels.csv",
        "ID,Work Item Type,Title 1,Title 2,Title 3\n1210010,Epic,HaloPSA v2.268,,\n1210003,Feature,,Rotas repeat,\n1210004,User Story,,,Rotas repeat by week\n1210000,Epic,HaloPSA v2.270,,\n1210001,Feature,,Rates have a date,\n",
        A, C._replace(version=OLDER), Change("1210004", OLDER, title="Rotas repeat by week"),
    ),
    _document(
        "no-levels.csv",
        "ID,Title 1,Title 2,Version\n1210001,Rates have a date,Billing,v2.270\n1210002,Stock counts can be frozen,Stock,v2.270\n",
        A, B,
    ),
    _document(
        "parents.csv",
        "ID,Work Item Type,Title,Parent\n1210000,Epic,HaloPSA release v2.270,\n1210001,Feature,Rates have a date,1210000\n1210003,Feature,Rotas repeat,1210010\n1210020,Epic,Odds and ends,\n"
        "1210002,Feature,Stock counts can be frozen,1210000\n1210010,Epic,HaloPSA release v2.268,\n1210004,Feature,Quotes can be signed,1210020\n1210005,Feature,Invoices show the site,\n1210006,Epic,Assets have pictures,\n",
        A, B, C._replace(version=OLDER), Change("1210004", None, title="Quotes can be signed"), Change("1210005", None, title="Invoices show the site"),
        Change("1210006", None, title="Assets have pictures"), refused=(5,),
    ),
    _document(
        "release-among-changes.csv",
        "ID,Work Item Type,Title,Release\n1210000,Epic,HaloPSA release v2.270,v2.270\n1210001,Feature,Rates have a date,v2.270\n1210002,Feature,Stock counts of v2.268 can be frozen,v2.270\n",
        A, B._replace(title="Stock counts of v2.268 can be frozen"), refused=(2,),
    ),
    _document(
        "epic-links.csv",
        "Issue key,Issue Type,Summary,Fix Version/s,Epic Link\nH-1210000,Epic,Rollout in summer,,\nH-1210001,Story,Rates have a date,v2.270,H-1210000\nH-1210002,Story,Stock counts can be frozen,v2.270,\n",
        A, B, refused=(2,),
    ),
)  # fmt: skip

TRACKERS = (*HOLDERS, *OF_WHOM_A_NUMBER_IS, *CREDITS, *WITH_A_COLON, *ANSWERS)
