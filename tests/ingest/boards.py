"""What boards and lists of tasks export, and tables that are drawn with lines, each with what is in it."""

# The documents keep their lines as they are.
# ruff: noqa: E501

from tests.ingest.tables import Change, Table, workbook

A = Change("1220001", title="Rates have a date")
B = Change("1220002", "2.268", title="Stock counts can be frozen")
C = Change("1220003", "2.268", title="Rotas repeat")


def _document(name: str, text: str, *changes: Change, refused: tuple[int, ...] = ()) -> Table:
    return Table(name, text.encode(), changes, refused)


EXPORTED = (
    _document(
        "trello.csv",
        """Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,List Name,Board Name
65f1c2d3e4b5a6978877665a,#1220001 Rates have a date,https://trello.example/c/abc,Old ones stay,Highlight,ann,,HaloPSA v2.270,Halo
65f1c2d3e4b5a6978877665b,Stock counts can be frozen (#1220002),https://trello.example/c/abd,,,,,HaloPSA v2.268,Halo
65f1c2d3e4b5a6978877665c,Room #12 has a calendar,https://trello.example/c/abe,,,,,HaloPSA v2.268,Halo
""",
        A._replace(highlighted=True), B, Change(None, "2.268", title="Room #12 has a calendar"),
    ),
    _document(
        "asana.csv",
        """Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Tags,Notes,Projects,Parent task,Halo no.,Test first
1204567890123456,2026-03-01,2026-03-01,2026-03-02,Rates have a date,v2.270,,,Old ones stay,Halo,,1220001,
1204567890123457,2026-03-01,2026-03-01,2026-03-02,Stock counts can be frozen,v2.268,,,,Halo,,1220002,Freeze one store
""",
        A, B._replace(caution="Freeze one store"),
    ),
    Table(
        "monday.xlsx",
        workbook({"halo": [("HaloPSA changes",), ("v2.270",), ("Name", "Subitems", "Status", "Halo ID", "Important", "Item ID (auto generated)"), (A.title, None, "Done", 1220001, "v", 1534567890),
                           (), ("v2.268",), ("Name", "Subitems", "Status", "Halo ID", "Important", "Item ID (auto generated)"), (B.title, None, "Done", 1220002, None, 1534567891), (C.title, None, None, 1220003, None, 1534567892)]}),
        (A._replace(highlighted=True), B, C),
    ),
    _document(
        "redmine.csv",
        "#,Project,Tracker,Parent task,Status,Priority,Subject,Author,Category,Target version,Halo\n4711,Halo,Feature,,Closed,Normal,Rates have a date,Ann,Billing,v2.270,1220001\n4712,Halo,Bug,,Closed,High,Stock counts can be frozen,Ann,Stock,v2.268,1220002\n",
        A, B,
    ),
    _document(
        "title-and-milestone.tsv",
        "Title\tURL\tAssignees\tStatus\tMilestone\nRates have a date\thttps://github.com/x/y/issues/1220001\tann\tDone\tv2.270\nStock counts can be frozen\thttps://github.com/x/y/issues/1220002\tann\tDone\tv2.268\n",
        A, B,
    ),
    _document(
        "addresses-of-articles.tsv",
        "Title\tURL\tMilestone\nRates have a date\thttps://kb.example/articles/1002003\tv2.270\nStock counts can be frozen\thttps://kb.example/articles/1002004\tv2.268\n",
        A._replace(number=None), B._replace(number=None),
    ),
    _document(
        "milestones-of-projects.csv",
        "ID,Team,Title,Description,Labels,Cycle Number,Created,Parent issue,Project Milestone\nHAL-12,Halo,Rates have a date,As change 1220001,highlight,3,2026-03-01,,v2.270\nHAL-13,Halo,Stock counts can be frozen,,,3,2026-03-01,,v2.268\n",
        A._replace(number=None, highlighted=True), B._replace(number=None),
    ),
    _document(
        "lists.csv",
        'ListSchema={"schemaXmlList":["<Field ID=\\"{fa56}\\" Type=\\"Text\\" Name=\\"Title\\" />"]}\n"Title","HaloID","HaloVersion","Important","Caution","ID","Modified"\n'
        '"Rates have a date","1220001","v2.270","True","","1","3/1/2026"\n"Stock counts can be frozen","1220002","v2.268","False","Freeze one store first","2","3/1/2026"\n',
        A._replace(highlighted=True), B._replace(caution="Freeze one store first"),
    ),
)  # fmt: skip

DRAWN = (
    _document(
        "grid.rst",
        """HaloPSA v2.268
==============

+---------+----------------------------+-----------+
| ID      | Change                     | Important |
+=========+============================+===========+
| 1220002 | Stock counts can be        |           |
|         | frozen                     |           |
+---------+----------------------------+-----------+
| 1220003 | Rotas **repeat**           | yes       |
+---------+----------------------------+-----------+

Ask Ann about it.
""",
        B, C._replace(highlighted=True),
    ),
    _document(
        "shell.txt",
        """mysql> select * from changes;
+---------+----------------------------+---------+
| id      | title                      | version |
+---------+----------------------------+---------+
| 1220001 | Rates have a date          | v2.270  |
| 1220002 | Stock counts can be frozen | v2.268  |
|         | Rotas repeat               | v2.268  |
+---------+----------------------------+---------+
3 rows in set (0.00 sec)
""",
        A, B, C._replace(number=None),
    ),
)  # fmt: skip

IN_OTHER_WORDS = (
    _document(
        "jira-german.csv",
        "Vorgangsschlüssel;Vorgangs-ID;Vorgangstyp;Zusammenfassung;Lösungsversion(en);Benutzerdefiniertes Feld (Wichtig);Benutzerdefiniertes Feld (Zuerst testen)\nHPSA-1220001;48213;Story;Rates have a date;v2.270;Ja;\nHPSA-1220002;48219;Bug;Stock counts can be frozen;v2.268;Nein;Erst an einem Lager testen\n",
        A._replace(highlighted=True), B._replace(caution="Erst an einem Lager testen"),
    ),
    _document(
        "jira-spanish.csv",
        "Clave de incidencia,ID de la incidencia,Resumen,Versiones corregidas,Campo personalizado (Destacado)\nHPSA-1220001,48213,Rates have a date,v2.270,Sí\nHPSA-1220002,48219,Stock counts can be frozen,v2.268,No\n",
        A._replace(highlighted=True), B,
    ),
    _document(
        "clickup.csv",
        "Task ID,Task Custom ID,Task Name,Task Content,Date Created,Tags,List Name,Halo number (short text),Important (checkbox),Heads up (text)\n8694abc12,HALO-12,Rates have a date,Old ones stay,1740990000000,[],v2.270,1220001,true,\n8694abc13,HALO-13,Stock counts can be frozen,,1740990000000,[billing],v2.268,1220002,false,Freeze one store\n",
        A._replace(highlighted=True), B._replace(caution="Freeze one store"),
    ),
    _document(
        "zendesk.csv",
        '"Id","Subject","Requested","Halo change [list]","Release [txt]"\n"20481","Rates have a date","2026-03-01","1220001","v2.270"\n"20482","Stock counts can be frozen","2026-03-01","1220002","v2.268"\n',
        A, B,
    ),
    _document(
        "numbers-in-titles.csv",
        "Title,Release\n[HPSA-1220001] Rates have a date,v2.270\n1220002: Stock counts can be frozen,v2.268\n1220003 Rotas repeat,v2.268\n100000 tickets can be archived,v2.268\n2000000 rows fit in a report,v2.268\n100000 Agents at once,v2.268\nHPSA-1220004 Dark icons,v2.268\n",
        A, B, C, Change(None, "2.268", title="100000 tickets can be archived"), Change(None, "2.268", title="2000000 rows fit in a report"),
        Change(None, "2.268", title="100000 Agents at once"), Change("1220004", "2.268", title="Dark icons"),
    ),
)  # fmt: skip

TICKED = (
    _document(
        "ticked.wiki",
        "h2. v2.268\n\n||ID||Change||Important||\n|1220002|Stock counts can be frozen|(x)|\n|1220003|Rotas repeat|(/)|\n\n* (/) Dark icons (1220004)\n* Bright icons (x) (1220005)\n",
        B, C._replace(highlighted=True), Change("1220004", "2.268", title="Dark icons"), Change("1220005", "2.268", title="Bright icons"),
    ),
)  # fmt: skip

AS_XML = (
    _document(
        "jira.xml",
        """<?xml version="1.0" encoding="UTF-8"?>
<!-- RSS generated by JIRA -->
<rss version="0.92"><channel><title>Jira</title><link>https://j.example</link><issue start="0" end="3" total="3"/>
<item><title>[HPSA-1220001] Rates have a date</title><link>https://j.example/browse/HPSA-1220001</link><project id="1" key="HPSA">Halo</project>
<description>&lt;p&gt;Old ones stay&lt;/p&gt;</description><key id="1048213">HPSA-1220001</key><summary>Rates have a date</summary><type id="1">Story</type>
<status id="6">Closed</status><fixVersion>v2.270</fixVersion><component>Billing</component><created>Tue, 4 Mar 2025 09:08:00 +0000</created>
<customfields><customfield id="customfield_1" key="x"><customfieldname>Highlight</customfieldname><customfieldvalues><customfieldvalue key="1"><![CDATA[Yes]]></customfieldvalue></customfieldvalues></customfield>
<customfield id="customfield_2" key="x"><customfieldname>Known issue</customfieldname><customfieldvalues></customfieldvalues></customfield></customfields></item>
<item><title>[HPSA-1220002] Stock counts &amp; more</title><description></description><key id="48214">HPSA-1220002</key><summary>Stock counts &amp; more</summary><fixVersion>v2.268</fixVersion>
<customfields><customfield id="customfield_2" key="x"><customfieldname>Known issue</customfieldname><customfieldvalues><customfieldvalue>Freeze one store</customfieldvalue></customfieldvalues></customfield></customfields></item>
<item><title>[HPSA-12] Our own</title><key id="48215">HPSA-12</key><summary>Rotas repeat</summary><fixVersion>v2.268</fixVersion></item>
</channel></rss>
""",
        A._replace(highlighted=True), B._replace(title="Stock counts & more", caution="Freeze one store"), C._replace(number=None),
    ),
)  # fmt: skip

NOT_ALL_ROWS = (
    Table(
        "sum-below.xlsx",
        workbook({"Sheet1": [("Release tracker", None, None), ("Version:", "v2.270", None), (None,), ("Halo change", "What", "Highlight?", "Known issues"), (1220001, A.title, "Y", None),
                             ("1220002 ", B.title, False, "Freeze one store"), ("–", C.title, "n", None), (None, "Total: 3", None, None)]}),
        (A._replace(highlighted=True), B._replace(version="2.270", caution="Freeze one store"), C._replace(number=None, version="2.270")), (8,),
    ),
    Table(
        "note-below.xlsx",
        workbook({"v2.270": [("Change no.", "Change", "Highlight", "Test first"), (1220001, A.title, "yes", None), (None, "Totals round up", None, None), (1220004, "Record totals", None, None), (None,), (None, "Thanks to all who sent corrections!", None, None)]}),
        (A._replace(highlighted=True), Change(None, title="Totals round up"), Change("1220004", title="Record totals")), (6,),
    ),
    _document(
        "marks-and-versions.md",
        "| Change | Halo # | Important | Release |\n|:--|--:|---|:-:|\n| Rates have a date | [1220001](https://x.example/1220001) | :star: | v2.270 |\n| Stock counts<br>can be frozen | 1,220,002 | :x: | HaloPSA 2.268 / 2.270 |\n",
        A._replace(highlighted=True), B,
    ),
    _document(
        "highlights-and-other.json",
        '{"releases": {"v2.270": {"highlights": [{"id": 1220001, "text": "Rates have a date"}]}, "v2.268": {"changes": [{"id": 1220002, "text": "Stock counts can be frozen"}], "quiet ones": [{"id": 1220003, "text": "Rotas repeat"}], "people": [{"id": 1000001, "nick": "ann"}]}}}',
        A._replace(highlighted=True), B, C,
    ),
    _document(
        "not-shipped.csv",
        "ID,Title,Version,Status,Resolution\n1220001,Rates have a date,v2.270,Done,\n1220004,Dark icons,v2.268,Cancelled,\n1220002,Stock counts can be frozen,v2.268,Closed,Fixed\n1220005,Bright icons,v2.268,Closed,Won't Do\n1220003,Rotas repeat,v2.268,Removed from beta,Done\n",
        A, B, C, refused=(3, 5),
    ),
    _document(
        "not-shipped.json",
        '{"issues": [{"key": "H-1220001", "fields": {"summary": "Rates have a date", "status": {"name": "Done"}, "fixVersions": [{"name": "v2.270"}]}}, {"key": "H-1220004", "fields": {"summary": "Dark icons", "status": {"name": "Rejected"}, "fixVersions": [{"name": "v2.270"}]}}]}',
        A, refused=(2,),
    ),
    _document(
        "who-called-it-important.csv",
        "Change ID;Change title;Change date;Released in version;Highlighted by\n1220001;Rates have a date;01.03.2026;2.270;Ann\n1220002;Stock counts can be frozen;01.03.2026;2.268;\n",
        A, B,
    ),
)  # fmt: skip

BOARDS = (*EXPORTED, *DRAWN, *IN_OTHER_WORDS, *TICKED, *AS_XML, *NOT_ALL_ROWS)
