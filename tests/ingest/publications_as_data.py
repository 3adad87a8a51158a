"""Lists of changes as programs, and people with spreadsheets, hand them on: JSON, CSV, YAML, feeds, wikis.

Each was read by a person first; `says` is `!` for a highlight, and else, or behind it, the caution.
"""

# The documents keep their lines as they are.
# ruff: noqa: E501

from tests.ingest.tables import Change, Table


def _document(name: str, text: str, *changes: Change, encoding: str = "utf-8") -> Table:
    return Table(name, text.encode(encoding), tuple(changes))


def _change(number: str, title: str, version: str, at: str | None = None, says: str = "") -> Change:
    return Change(number, version, at, says[:1] == "!", says.lstrip("!") or None, title)


PUBLICATIONS_AS_DATA = (
    _document(
        "c-confluence.xml",
        """\
<ac:layout><ac:layout-section ac:type="single"><ac:layout-cell>
<h1>HaloPSA 2.288 &ndash; notes for our team</h1>
<ac:structured-macro ac:name="toc" ac:schema-version="1"><ac:parameter ac:name="maxLevel">2</ac:parameter></ac:structured-macro>
<ac:structured-macro ac:name="info" ac:schema-version="1"><ac:rich-text-body><p>Goes live on 7 July. Owner: <ac:link><ri:user ri:account-id="5b10a2844c20165700ede21g" /></ac:link></p></ac:rich-text-body></ac:structured-macro>
<table data-layout="default" ac:local-id="2f1c"><colgroup><col style="width: 90px;" /><col style="width: 340px;" /><col /><col /></colgroup><tbody>
<tr><th><p>Halo ID</p></th><th><p>Change</p></th><th><p>Type</p></th><th><p>What it means for us</p></th></tr>
<tr><td><p>1141601</p></td><td><p>Drafts of actions are kept on the server</p></td><td><p><ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">NEW</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro></p></td><td><p>We can stop telling people to copy their text.</p><ac:structured-macro ac:name="warning" ac:schema-version="1"><ac:rich-text-body><p>Known issue: drafts of the old kind are lost.</p></ac:rich-text-body></ac:structured-macro></td></tr>
<tr><td><p>1141602</p></td><td><p>The portal shows who works on a ticket</p></td><td><p><ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">NEW</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro></p></td><td><p>Ask the account managers first.</p></td></tr>
<tr><td><p>1141603</p></td><td><p>Teams messages can be sent on behalf of a bot</p></td><td><p><ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">CHANGED</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro></p></td><td><p>New consent needed in Entra.</p></td></tr>
<tr><td><p>1141604</p></td><td><p>Minimum charge per visit</p></td><td><p><ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">NEW</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro></p></td><td><p>Set it to 30 minutes for gold customers.</p></td></tr>
<tr><td><p>1141605</p></td><td><p>Ticket areas can be hidden from agents</p></td><td><p><ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">NEW</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro></p></td><td><p></p></td></tr>
<tr><td><p>1141606</p></td><td><p>The mobile app keeps photos at full size</p></td><td><p><ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">FIXED</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro></p></td><td><p></p></td></tr>
</tbody></table></ac:layout-cell></ac:layout-section></ac:layout>
""",
        _change(
            "1141601", "Drafts of actions are kept on the server", "2.288", None, "drafts of the old kind are lost."
        ),
        _change("1141602", "The portal shows who works on a ticket", "2.288"),
        _change("1141603", "Teams messages can be sent on behalf of a bot", "2.288"),
        _change("1141604", "Minimum charge per visit", "2.288"),
        _change("1141605", "Ticket areas can be hidden from agents", "2.288"),
        _change("1141606", "The mobile app keeps photos at full size", "2.288"),
    ),
    _document(
        "c-other-words.csv",
        """\
Ref.;Shipped in;What's different;Why you care;Headline?;Watch out
1142001;2.292;Café tables can be booked like rooms;Rooms and desks use one calendar.;;
1142002;2.292;Prices in € have three decimals;Needed for metered services – per kWh.;yes;
1142003;2.292;Agents’ notes are searched, too;;;Test before enabling, the index grows by half.
1142004;2.293;Tickets can be parked until a date;;yes;
1142005;2.293;Mails are threaded by their headers;;;
1142006;2.293;Rule names show in the history;;no;none
1142007;2.293;Sites can be closed;;no;n/a
""",
        _change("1142001", "Café tables can be booked like rooms", "2.292"),
        _change("1142002", "Prices in € have three decimals", "2.292", None, "!"),
        _change(
            "1142003",
            "Agents’ notes are searched, too",
            "2.292",
            None,
            "Test before enabling, the index grows by half.",
        ),
        _change("1142004", "Tickets can be parked until a date", "2.293", None, "!"),
        _change("1142005", "Mails are threaded by their headers", "2.293"),
        _change("1142006", "Rule names show in the history", "2.293"),
        _change("1142007", "Sites can be closed", "2.293"),
        encoding="cp1252",
    ),
    _document(
        "c-unicode-text.txt",
        """\
Release\tItem no.\tSummary\tMinute\tStarred
v2.294\t1142101\tPurchase prices keep their currency\t0:04:10\t
\t1142102\tKiosk mode for the portal\t0:09:33\tx
\t1142103\tBulk change of contract dates\t0:15:02\t
v2.295\t1142104\tSign-off sheets with a signature pad\t0:21:47\tx
\t1142105\tThe approval history shows comments\t0:33:00\t
\t1142106\tStock reservations end by themselves\t0:41:19\t
\t1142107\tLanguages can be set per mailbox\t1:00:05\t
""",
        _change("1142101", "Purchase prices keep their currency", "2.294"),
        _change("1142102", "Kiosk mode for the portal", "2.294", None, "!"),
        _change("1142103", "Bulk change of contract dates", "2.294"),
        _change("1142104", "Sign-off sheets with a signature pad", "2.295", None, "!"),
        _change("1142105", "The approval history shows comments", "2.295"),
        _change("1142106", "Stock reservations end by themselves", "2.295"),
        _change("1142107", "Languages can be set per mailbox", "2.295"),
        encoding="utf-16",
    ),
    _document(
        "c-jira.json",
        """\
{
  "expand": "schema,names",
  "startAt": 0,
  "maxResults": 50,
  "total": 7,
  "issues": [
    {
      "expand": "operations",
      "id": "50401",
      "self": "https://jira.example.com/rest/api/2/issue/1142401",
      "key": "HALO-1142401",
      "fields": {
        "summary": "Dispatch board remembers its filters",
        "issuetype": {
          "name": "Story",
          "id": "10001"
        },
        "fixVersions": [
          {
            "self": "https://jira.example.com/rest/api/2/version/1",
            "id": "10999",
            "name": "2.299.1",
            "released": true,
            "releaseDate": "2026-07-20"
          }
        ],
        "labels": [],
        "priority": {
          "name": "Medium"
        },
        "description": null,
        "created": "2026-03-01T10:00:00.000+0000",
        "assignee": {
          "displayName": "Ann Smith"
        }
      }
    },
    {
      "expand": "operations",
      "id": "50402",
      "self": "https://jira.example.com/rest/api/2/issue/1142402",
      "key": "HALO-1142402",
      "fields": {
        "summary": "Field level history for customers",
        "issuetype": {
          "name": "Story",
          "id": "10001"
        },
        "fixVersions": [
          {
            "self": "https://jira.example.com/rest/api/2/version/1",
            "id": "10999",
            "name": "2.299.1",
            "released": true,
            "releaseDate": "2026-07-20"
          }
        ],
        "labels": [
          "highlight"
        ],
        "priority": {
          "name": "Medium"
        },
        "description": "Who changed what, and when.",
        "created": "2026-03-01T10:00:00.000+0000",
        "assignee": {
          "displayName": "Ann Smith"
        }
      }
    },
    {
      "expand": "operations",
      "id": "50403",
      "self": "https://jira.example.com/rest/api/2/issue/1142403",
      "key": "HALO-1142403",
      "fields": {
        "summary": "Rates can depend on the day of the week",
        "issuetype": {
          "name": "Story",
          "id": "10001"
        },
        "fixVersions": [
          {
            "self": "https://jira.example.com/rest/api/2/version/1",
            "id": "10999",
            "name": "2.299.1",
            "released": true,
            "releaseDate": "2026-07-20"
          }
        ],
        "labels": [
          "billing"
        ],
        "priority": {
          "name": "Medium"
        },
        "description": "{warning}Test before enabling: existing timesheets are priced again.{warning}",
        "created": "2026-03-01T10:00:00.000+0000",
        "assignee": {
          "displayName": "Ann Smith"
        }
      }
    },
    {
      "expand": "operations",
      "id": "50404",
      "self": "https://jira.example.com/rest/api/2/issue/1142404",
      "key": "HALO-1142404",
      "fields": {
        "summary": "Escalation by number of replies",
        "issuetype": {
          "name": "Story",
          "id": "10001"
        },
        "fixVersions": [
          {
            "self": "https://jira.example.com/rest/api/2/version/1",
            "id": "10999",
            "name": "2.299.2",
            "released": true,
            "releaseDate": "2026-07-20"
          }
        ],
        "labels": [],
        "priority": {
          "name": "Medium"
        },
        "description": null,
        "created": "2026-03-01T10:00:00.000+0000",
        "assignee": {
          "displayName": "Ann Smith"
        }
      }
    },
    {
      "expand": "operations",
      "id": "50405",
      "self": "https://jira.example.com/rest/api/2/issue/1142405",
      "key": "HALO-1142405",
      "fields": {
        "summary": "Attachments are scanned for viruses",
        "issuetype": {
          "name": "Story",
          "id": "10001"
        },
        "fixVersions": [
          {
            "self": "https://jira.example.com/rest/api/2/version/1",
            "id": "10999",
            "name": "2.299.2",
            "released": true,
            "releaseDate": "2026-07-20"
          }
        ],
        "labels": [
          "highlight",
          "security"
        ],
        "priority": {
          "name": "Medium"
        },
        "description": null,
        "created": "2026-03-01T10:00:00.000+0000",
        "assignee": {
          "displayName": "Ann Smith"
        }
      }
    },
    {
      "expand": "operations",
      "id": "50406",
      "self": "https://jira.example.com/rest/api/2/issue/1142406",
      "key": "HALO-1142406",
      "fields": {
        "summary": "Bookmarks for reports",
        "issuetype": {
          "name": "Story",
          "id": "10001"
        },
        "fixVersions": [
          {
            "self": "https://jira.example.com/rest/api/2/version/1",
            "id": "10999",
            "name": "2.299.2",
            "released": true,
            "releaseDate": "2026-07-20"
          }
        ],
        "labels": [],
        "priority": {
          "name": "Medium"
        },
        "description": null,
        "created": "2026-03-01T10:00:00.000+0000",
        "assignee": {
          "displayName": "Ann Smith"
        }
      }
    },
    {
      "expand": "operations",
      "id": "50407",
      "self": "https://jira.example.com/rest/api/2/issue/1142407",
      "key": "HALO-1142407",
      "fields": {
        "summary": "Round robin skips agents in meetings",
        "issuetype": {
          "name": "Story",
          "id": "10001"
        },
        "fixVersions": [
          {
            "self": "https://jira.example.com/rest/api/2/version/1",
            "id": "10999",
            "name": "2.299.2",
            "released": true,
            "releaseDate": "2026-07-20"
          }
        ],
        "labels": [],
        "priority": {
          "name": "Medium"
        },
        "description": null,
        "created": "2026-03-01T10:00:00.000+0000",
        "assignee": {
          "displayName": "Ann Smith"
        }
      }
    }
  ]
}""",
        _change("1142401", "Dispatch board remembers its filters", "2.299"),
        _change("1142402", "Field level history for customers", "2.299", None, "!"),
        _change(
            "1142403", "Rates can depend on the day of the week", "2.299", None, "existing timesheets are priced again."
        ),
        _change("1142404", "Escalation by number of replies", "2.299"),
        _change("1142405", "Attachments are scanned for viruses", "2.299", None, "!"),
        _change("1142406", "Bookmarks for reports", "2.299"),
        _change("1142407", "Round robin skips agents in meetings", "2.299"),
    ),
    _document(
        "c-github-releases.json",
        '[{"url": "https://api.github.com/repos/x/y/releases/20011223", "id": 20011223, "tag_name": "v2.301", "name": "HaloPSA v2.301", "draft": false, "prerelease": false, "created_at": "2026-07-27T08:00:00Z", "published_at": "2026-07-27T08:10:00Z", "author": {"login": "relbot", "id": 9912345}, "assets": [], "body": "## What\'s Changed\\r\\n* Views can be shared by link by @ann in #1142501\\r\\n* Reminders for unsent quotes by @bob in https://github.com/x/y/pull/1142502\\r\\n* Colour-blind theme by @ann in https://github.com/x/y/pull/1142503\\r\\n\\r\\n## New Contributors\\r\\n* @bob made their first contribution in https://github.com/x/y/pull/1142502\\r\\n\\r\\n**Full Changelog**: https://github.com/x/y/compare/v2.300...v2.301"}, {"url": "https://api.github.com/repos/x/y/releases/20011222", "id": 20011222, "tag_name": "v2.300", "name": "HaloPSA v2.300", "draft": false, "prerelease": false, "created_at": "2026-07-27T08:00:00Z", "published_at": "2026-07-27T08:10:00Z", "author": {"login": "relbot", "id": 9912345}, "assets": [], "body": "## What\'s Changed\\r\\n* Nested groups from Entra ID by @cid in https://github.com/x/y/pull/1142504\\r\\n* Print queue for labels by @cid in #1142505\\r\\n* Voting in the ideas portal by @ann in https://github.com/x/y/pull/1142506\\r\\n\\r\\n**Full Changelog**: https://github.com/x/y/compare/v2.299...v2.300"}]',
        _change("1142501", "Views can be shared by link", "2.301"),
        _change("1142502", "Reminders for unsent quotes", "2.301"),
        _change("1142503", "Colour-blind theme", "2.301"),
        _change("1142504", "Nested groups from Entra ID", "2.300"),
        _change("1142505", "Print queue for labels", "2.300"),
        _change("1142506", "Voting in the ideas portal", "2.300"),
    ),
    _document(
        "c-azure.json",
        '{"count": 6, "value": [{"id": 1142601, "rev": 7, "fields": {"System.Id": 1142601, "System.WorkItemType": "User Story", "System.Title": "Ticket lists can be frozen", "System.State": "Closed", "System.Tags": "UI", "Custom.ReleasedIn": "2.302"}, "url": "https://dev.azure.com/x/_apis/wit/workItems/1142601"}, {"id": 1142602, "rev": 7, "fields": {"System.Id": 1142602, "System.WorkItemType": "User Story", "System.Title": "Two-step approval of expenses", "System.State": "Closed", "System.Tags": "Highlight; Billing", "Custom.ReleasedIn": "2.302", "Custom.ReleaseNote": "<div>Both steps can have a limit.</div>"}, "url": "https://dev.azure.com/x/_apis/wit/workItems/1142602"}, {"id": 1142603, "rev": 7, "fields": {"System.Id": 1142603, "System.WorkItemType": "User Story", "System.Title": "Delegated mailboxes", "System.State": "Closed", "System.Tags": "", "Custom.ReleasedIn": "2.302"}, "url": "https://dev.azure.com/x/_apis/wit/workItems/1142603"}, {"id": 1142604, "rev": 7, "fields": {"System.Id": 1142604, "System.WorkItemType": "User Story", "System.Title": "Contacts are merged by phone number", "System.State": "Closed", "System.Tags": "Test first", "Custom.ReleasedIn": "2.302", "Custom.ReleaseNote": "<div>Numbers without a country are not compared.</div>"}, "url": "https://dev.azure.com/x/_apis/wit/workItems/1142604"}, {"id": 1142605, "rev": 7, "fields": {"System.Id": 1142605, "System.WorkItemType": "User Story", "System.Title": "Reports in landscape", "System.State": "Closed", "System.Tags": "", "Custom.ReleasedIn": "2.303"}, "url": "https://dev.azure.com/x/_apis/wit/workItems/1142605"}, {"id": 1142606, "rev": 7, "fields": {"System.Id": 1142606, "System.WorkItemType": "User Story", "System.Title": "Sprint boards show blocked items", "System.State": "Closed", "System.Tags": "Highlight", "Custom.ReleasedIn": "2.303"}, "url": "https://dev.azure.com/x/_apis/wit/workItems/1142606"}]}',
        _change("1142601", "Ticket lists can be frozen", "2.302"),
        _change("1142602", "Two-step approval of expenses", "2.302", None, "!"),
        _change("1142603", "Delegated mailboxes", "2.302"),
        _change("1142604", "Contacts are merged by phone number", "2.302", None, "The source advises caution."),
        _change("1142605", "Reports in landscape", "2.303"),
        _change("1142606", "Sprint boards show blocked items", "2.303", None, "!"),
    ),
    _document(
        "c-zendesk.json",
        '{"count": 1, "articles": [{"id": 360012345678, "url": "https://x.zendesk.com/api/v2/help_center/en-us/articles/360012345678.json", "html_url": "https://x.zendesk.com/hc/en-us/articles/360012345678-2-304", "author_id": 390012345, "title": "Release notes: HaloPSA 2.304", "name": "Release notes: HaloPSA 2.304", "locale": "en-us", "created_at": "2026-08-03T10:00:00Z", "section_id": 1150001, "label_names": ["release notes"], "body": "<h2>Added</h2><ul><li><p><strong>Kanban for projects</strong> (1142701)<br>Cards can be coloured by customer.</p></li><li><p><strong>Mail merge for sites</strong> (1142702)</p></li><li><p><strong>Escalation matrix</strong> (1142703)<br><em>Note: test before enabling, escalations of open tickets start at once.</em></p></li></ul><h2>Changed</h2><ul><li><p><strong>Names are sorted by surname</strong> (1142704)</p></li><li><p><strong>The bell shows unread mentions only</strong> (1142705)</p></li></ul><h2>Removed</h2><ul><li><p><strong>The old calendar view</strong> (1142706)</p></li></ul>"}]}',
        _change("1142701", "Kanban for projects", "2.304"),
        _change("1142702", "Mail merge for sites", "2.304"),
        _change(
            "1142703",
            "Escalation matrix",
            "2.304",
            None,
            "Note: test before enabling, escalations of open tickets start at once.",
        ),
        _change("1142704", "Names are sorted by surname", "2.304"),
        _change("1142705", "The bell shows unread mentions only", "2.304"),
        _change("1142706", "The old calendar view", "2.304"),
    ),
    _document(
        "c-changes.yaml",
        """\
# Changes we track. Newest first.
releases:
  - version: "2.306"
    date: 2026-08-17
    changes:
      - id: 1142801
        title: Forecast of prepaid hours
        type: feature
        highlight: true
        description: >
          Shows when a contract will run out,
          at the pace of the last three months.
      - id: 1142802
        title: "Maps: sites are clustered"
        type: improvement
      - id: 1142803
        title: Passwords are masked in actions
        type: feature
        caution: Test before enabling, old actions are masked as well.
  - version: "2.305"
    date: 2026-08-03
    changes:
      - id: 1142804
        title: Charts can be annotated
        type: feature
        episode_time: "12:45"
      - id: 1142805
        title: Default queue per customer
        type: improvement
      - id: 1142806
        title: 'Printing of "thank you" letters'
        type: fix
""",
        _change("1142801", "Forecast of prepaid hours", "2.306", None, "!"),
        _change("1142802", "Maps: sites are clustered", "2.306"),
        _change(
            "1142803",
            "Passwords are masked in actions",
            "2.306",
            None,
            "Test before enabling, old actions are masked as well.",
        ),
        _change("1142804", "Charts can be annotated", "2.305"),
        _change("1142805", "Default queue per customer", "2.305"),
        _change("1142806", 'Printing of "thank you" letters', "2.305"),
    ),
    _document(
        "c-chapters.json",
        '{"version": "1.2.0", "title": "By the [run]Book episode 28: HaloPSA v2.316", "chapters": [{"startTime": 0, "title": "Intro"}, {"startTime": 75, "title": "#1143501 Address book per site"}, {"startTime": 368, "title": "#1143502 Trackable links in mails"}, {"startTime": 901.5, "title": "#1143503 Weekly digest for approvers"}, {"startTime": 1600, "title": "#1143504 Loan devices with a return date"}, {"startTime": 3727, "title": "#1143505 Locked quotes"}, {"startTime": 4000, "title": "#1143506 Tables in knowledge base articles"}]}',
        _change("1143501", "Address book per site", "2.316", "1:15"),
        _change("1143502", "Trackable links in mails", "2.316", "6:08"),
        _change("1143503", "Weekly digest for approvers", "2.316", "15:01"),
        _change("1143504", "Loan devices with a return date", "2.316", "26:40"),
        _change("1143505", "Locked quotes", "2.316", "1:02:07"),
        _change("1143506", "Tables in knowledge base articles", "2.316", "1:06:40"),
    ),
    _document(
        "d-strings.json",
        '{"product": "HaloPSA", "version": "2.321", "released": "2026-11-02", "added": ["#1151001 Boards can be printed", "#1151002 Lists remember their width"], "fixed": ["#1151003 Mails with long subjects arrive", "#1151004 Charts have a legend again"]}',
        _change("1151001", "Boards can be printed", "2.321"),
        _change("1151002", "Lists remember their width", "2.321"),
        _change("1151003", "Mails with long subjects arrive", "2.321"),
        _change("1151004", "Charts have a legend again", "2.321"),
    ),
    _document(
        "d-notes-by-version.csv",
        """\
\ufeff"Version","Reference","Type","Description of change","Important?"
"v2.326.0","CHG-1151501","Enhancement","Maps show travel times","Y"
"v2.326.0","CHG-1151502","Bug","Maps open on old phones","N"
"v2.326.1","CHG-1151503","Enhancement","Addresses are checked
when a site is saved","N"
"v2.327.0","CHG-1151504","Enhancement","Routes can be planned, shared, and printed","Y"
"v2.327.0","CHG-1151505","Bug","Distances in miles","N"
"v2.327.0","CHG-1151506","Enhancement","Travel is billed per ""zone\"\"\","N"
""",
        _change("1151501", "Maps show travel times", "2.326", None, "!"),
        _change("1151502", "Maps open on old phones", "2.326"),
        _change("1151503", "Addresses are checked when a site is saved", "2.326"),
        _change("1151504", "Routes can be planned, shared, and printed", "2.327", None, "!"),
        _change("1151505", "Distances in miles", "2.327"),
        _change("1151506", 'Travel is billed per "zone"', "2.327"),
    ),
    _document(
        "d-atom.xml",
        """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>HaloPSA changes</title><id>tag:example.com,2026:changes</id><updated>2026-11-30T08:00:00Z</updated>
<entry><title>HaloPSA v2.328</title><id>tag:example.com,2026:2.328</id><link href='https://example.com/2.328'/><updated>2026-11-30T08:00:00Z</updated><content type='html'>&lt;ul&gt;&lt;li&gt;#1151601 Coupons on quotes&lt;/li&gt;&lt;li&gt;#1151602 Bundles in the shop&lt;/li&gt;&lt;li&gt;#1151603 Wish lists&lt;/li&gt;&lt;/ul&gt;</content></entry>
<entry><title>HaloPSA v2.329</title><id>tag:example.com,2026:2.329</id><link href='https://example.com/2.329'/><updated>2026-11-30T08:00:00Z</updated><content type='html'>&lt;ul&gt;&lt;li&gt;#1151604 Returns in the shop&lt;/li&gt;&lt;li&gt;#1151605 Vouchers&lt;/li&gt;&lt;li&gt;#1151606 Stock alarms by text message&lt;/li&gt;&lt;/ul&gt;</content></entry>
</feed>""",
        _change("1151601", "Coupons on quotes", "2.328"),
        _change("1151602", "Bundles in the shop", "2.328"),
        _change("1151603", "Wish lists", "2.328"),
        _change("1151604", "Returns in the shop", "2.329"),
        _change("1151605", "Vouchers", "2.329"),
        _change("1151606", "Stock alarms by text message", "2.329"),
    ),
    _document(
        "e-powershell.csv",
        """\
#TYPE Selected.System.Management.Automation.PSCustomObject
"ChangeId","ReleasedIn","Name","Notes","IsHighlight"
"1161301","2.345.2","Agents can pick a theme","","False"
"1161302","2.345.2","Rooms have a capacity","Test before enabling: bookings that are too large are dropped.","True"
"1161303","2.345.2","Chairs can be booked","","False"
"1161304","2.346.0","Lifts can be booked","","False"
"1161305","2.346.0","Keys can be lent","","True"
""",
        _change("1161301", "Agents can pick a theme", "2.345"),
        _change("1161302", "Rooms have a capacity", "2.345", None, "!bookings that are too large are dropped."),
        _change("1161303", "Chairs can be booked", "2.345"),
        _change("1161304", "Lifts can be booked", "2.346"),
        _change("1161305", "Keys can be lent", "2.346", None, "!"),
    ),
    _document(
        "e-grouped.tsv",
        """\
Halo no.\tSummary\tBuild\tRemark
1,161,401\tSites on a map\tv2.347 (GA)\t
1,161,402\tRoutes for engineers\tv2.347 (GA)\tPilot this with one team first.
1,161,403\tFuel costs\tv2.347 (GA)\t
1,161,404\tToll costs\tv2.348 (beta)\t
1,161,405\tParking costs\tv2.348 (beta)\t
""",
        _change("1161401", "Sites on a map", "2.347"),
        _change("1161402", "Routes for engineers", "2.347", None, "Pilot this with one team first."),
        _change("1161403", "Fuel costs", "2.347"),
        _change("1161404", "Toll costs", "2.348"),
        _change("1161405", "Parking costs", "2.348"),
    ),
    _document(
        "e-jsonapi.json",
        '{"jsonapi": {"version": "1.1"}, "meta": {"episode": 38, "total": 4}, "data": [{"type": "change", "id": "1161601", "attributes": {"title": "Goals for teams", "fix-version": "2.351", "is-highlight": true, "minute": "6:08"}, "relationships": {"author": {"data": {"type": "person", "id": "9"}}}}, {"type": "change", "id": "1161602", "attributes": {"title": "Goals for sites", "fix-version": "2.351", "is-highlight": false, "minute": "10:00"}, "relationships": {"author": {"data": {"type": "person", "id": "9"}}}}, {"type": "change", "id": "1161603", "attributes": {"title": "Bonus by goal", "fix-version": "2.352", "is-highlight": false, "minute": "21:10"}, "relationships": {"author": {"data": {"type": "person", "id": "9"}}}}, {"type": "change", "id": "1161604", "attributes": {"title": "Goals in reports", "fix-version": "2.352", "is-highlight": true, "minute": "1:02:07"}, "relationships": {"author": {"data": {"type": "person", "id": "9"}}}}]}',
        _change("1161601", "Goals for teams", "2.351", "6:08", "!"),
        _change("1161602", "Goals for sites", "2.351", "10:00"),
        _change("1161603", "Bonus by goal", "2.352", "21:10"),
        _change("1161604", "Goals in reports", "2.352", "1:02:07", "!"),
    ),
    _document(
        "e-youtube-api.json",
        '{"kind": "youtube#videoListResponse", "etag": "abc", "items": [{"kind": "youtube#video", "id": "abc123DEF45", "snippet": {"publishedAt": "2026-12-01T10:00:00Z", "channelId": "UC1", "title": "HaloPSA v2.355 | By the [run]Book Episode 39", "description": "Mendy and Robbie on v2.355.\\n\\n0:00 Intro\\n1:44 Menus by role #1161801\\n6:08 Menus by site #1161802\\n20:20 Menus by time #1161803\\n1:02:07 No menus at all #1161804\\n1:09:00 Outro\\n", "tags": ["halo"]}}]}',
        _change("1161801", "Menus by role", "2.355", "1:44"),
        _change("1161802", "Menus by site", "2.355", "6:08"),
        _change("1161803", "Menus by time", "2.355", "20:20"),
        _change("1161804", "No menus at all", "2.355", "1:02:07"),
    ),
    _document(
        "e-slack-export.json",
        '[{"type": "message", "user": "U01", "ts": "1780000000.000100", "text": "*HaloPSA v2.356* is out:\\n\\u2022 Rules can be tested (#1161901)\\n\\u2022 :star: Rules can be copied (#1161902)\\n\\u2022 Rules have notes (#1161903)"}, {"type": "message", "user": "U02", "ts": "1780000060.000200", "text": "great"}, {"type": "message", "user": "U01", "ts": "1780000120.000300", "text": "*HaloPSA v2.357* is out:\\n\\u2022 Rules can be drawn (#1161904)\\n\\u2022 :warning: Rules run twice (#1161905)"}]',
        _change("1161901", "Rules can be tested", "2.356"),
        _change("1161902", "Rules can be copied", "2.356", None, "!"),
        _change("1161903", "Rules have notes", "2.356"),
        _change("1161904", "Rules can be drawn", "2.357"),
        _change("1161905", "Rules run twice", "2.357", None, "The source advises caution."),
    ),
)
