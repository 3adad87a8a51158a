"""The formats that are read, each with a good document and ten hostile ones of any size."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import NamedTuple

SHAPES = (
    "comments", "at signs", "brackets", "blanks", "long lines", "deep nesting", "many sections", "wide and far cells",
    "one huge word", "mixed encodings",
)  # fmt: skip
_POST = "By the [run]Book: Episode 22\nRobbie talks about HaloPSA v2.218.\n"
_ROW = "Title of change {n} here | v2.218 #1{n:06} | 4:40"
_MIXED = (
    "Zürich → 東京 ".encode(), "Zürich ".encode("cp1252"), "Ωmega ".encode("utf-16"), b"\x00\xff\xfe \x80",
    "\ufeffa".encode(), "ł ".encode("iso-8859-2"), b"\xed\xa0\x80 ",
)  # fmt: skip


class Format(NamedTuple):
    """How documents of a format are made: each part may have `{n}`, the count of the pieces before it."""

    name: str
    file_name: str
    start: str
    row: str  # one change, as a person would write it
    end: str = ""
    comment: str = "<!-- a -->"
    nested: str = "["
    section: str = ""  # the beginning of a part; empty: a row
    cell: str = "a|"
    around: tuple[str, str] = ("", "")  # what stands before and after text in it
    packed: bool = False  # into a workbook
    changes_a_row: int = 1  # 0: it has none
    changes_at_start: int = 0

    def good(self, size: int) -> bytes:
        """A document of about this many bytes that a person could have written."""
        return self._made(self.row, size, "")

    def hostile(self, shape: str, size: int) -> bytes:
        """A document of about this many bytes of one of SHAPES."""
        return _HOSTILE[shape](self, size)

    def rows_of(self, size: int) -> int:
        """How many pieces of `row` a good document of this size has."""
        return max(1, size // len(self.row.format(n=1_000)))

    def _made(self, piece: str, size: int, around: str | None = None) -> bytes:
        before, after = self.around if around is None else ("", "")
        count = max(1, size // len(piece.format(n=1_000) if "{n" in piece else piece))
        pieces = "".join(piece.format(n=n) for n in range(count)) if "{n" in piece else piece * count
        return self._packed(f"{self.start}{before}{pieces}{after}{self.end}".encode())

    def _packed(self, data: bytes) -> bytes:
        return workbook(data) if self.packed else data


def workbook(sheet: bytes) -> bytes:
    """A workbook whose only sheet this is."""
    file = io.BytesIO()
    link = '<Relationships><Relationship Id="sheet" Type="x/worksheet" Target="sheet.xml"/></Relationships>'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="A" r:id="sheet"/></sheets></workbook>')
        new.writestr("xl/_rels/workbook.xml.rels", link)
        new.writestr("xl/sheet.xml", sheet)
    return file.getvalue()


def _mixed(made: Format, size: int) -> bytes:
    """Pieces of text in several encodings, one after the other."""
    before, after = made.around
    line = b"".join(_MIXED)
    text = line * (size // len(line))
    return made._packed(f"{made.start}{before}".encode() + text + f"{after}{made.end}".encode())


_HOSTILE: Mapping[str, Callable[[Format, int], bytes]] = {
    "comments": lambda made, size: made._made(made.comment, size, ""),
    "at signs": lambda made, size: made._made("@a@", size),
    "brackets": lambda made, size: made._made("[a](", size),
    "blanks": lambda made, size: made._made(" ", size),
    "long lines": lambda made, size: made._made("word and number 1234567 at 4:40 ", size),
    "deep nesting": lambda made, size: made._made(made.nested, size, ""),
    "many sections": lambda made, size: made._made(made.section or made.row, size, ""),
    "wide and far cells": lambda made, size: made._made(made.cell, size, ""),
    "one huge word": lambda made, size: made._made("a", size),
    "mixed encodings": _mixed,
}

_PAGE_START = f"<html><body><h1>By the [run]Book: Episode 22</h1><p>{_POST}</p><h2>Full Feature List</h2>"
_JSON_ROW = (
    '{{"number": "1{n:06}", "title": "Title of change {n} here", "version": "v2.218", '
    '"summary": "A line of summary, as people write it."}}'
)
_SHEET_CELL = '<c t="inlineStr"><is><t>{text}</t></is></c>'


def _sheet_row(*texts: str) -> str:
    return f"<row>{''.join(_SHEET_CELL.format(text=text) for text in texts)}</row>"


_FEED_ROWS = "".join(
    f"&lt;li&gt;Title of change {{n}} {nth} here | v2.218 #1{{n:05}}{nth} | 4:40&lt;/li&gt;" for nth in range(40)
)

FORMATS = (
    Format("text", "post.txt", f"{_POST}Full Feature List\n", f"{_ROW}\n", nested="> ",
           section="By the [run]Book: Episode 22\nFull Feature List\n"),
    Format("markdown", "post.md", f"# By the [run]Book: Episode 22\n{_POST}## Full Feature List\n", f"- {_ROW}\n",
           nested="  - a\n  ", section="## v2.{n:03}\n- a\n", cell="| a "),
    Format("page", "post.html", _PAGE_START, f"<li>{_ROW}</li>", "</body></html>", nested="<div><ul>",
           section="<h3>Title {n} | v2.218 #1{n:06}</h3><p>Adds a thing.</p>", cell="<td>a", around=("<p>", "</p>")),
    Format("page with a table", "table.html",
           "<html><body><table><tr><th>Number</th><th>Title</th><th>Version</th></tr>",
           "<tr><td>1{n:06}</td><td>Title of change {n} here</td><td>v2.218</td></tr>", "</table></body></html>",
           nested="<table><tr><td>", section="</table><table><tr><th>Number<th>Title</tr>", cell="<td colspan=99>a",
           around=("<tr><td>", "</td></tr>")),
    Format("feed", "feed.xml", "<?xml version='1.0'?><rss version='2.0'><channel><title>By the [run]Book</title>",
           "<item><title>By the [run]Book: Episode {n}</title><link>https://a.example/{n}</link>"
           f"<description>&lt;ul&gt;{_FEED_ROWS}&lt;/ul&gt;</description></item>", "</channel></rss>",
           nested="<description>", section="<item><title>Episode {n}</title></item>", cell="<category>a</category>",
           around=("<item><title>By the [run]Book: Episode 22</title><description>", "</description></item>"),
           changes_a_row=40),
    Format("atom feed", "atom.xml", "<feed xmlns='http://www.w3.org/2005/Atom'><title>By the [run]Book</title>",
           "<entry><title>By the [run]Book: Episode {n}</title><link href='https://a.example/{n}'/>"
           f"<content type='html'>&lt;ul&gt;{_FEED_ROWS}&lt;/ul&gt;</content></entry>", "</feed>",
           nested="<content>", section="<entry><title>Episode {n}</title></entry>", cell="<category term='a'/>",
           around=("<entry><title>By the [run]Book: Episode 22</title><content>", "</content></entry>"),
           changes_a_row=40),
    Format("csv", "changes.csv", "Number,Title,Version,Summary\n",
           '1{n:06},"Title of change {n}, here",v2.218,"A line of summary, as long as people write it."\n',
           comment="# a\n", nested='""', section="\nNumber,Title\n", cell="a,", around=('1200001,"', '",v2.218\n')),
    Format("tab-separated", "changes.tsv", "Number\tTitle\tVersion\tSummary\n",
           "1{n:06}\tTitle of change {n} here\tv2.218\tA line of summary, as long as people write it.\n",
           comment="# a\n", nested='"\t', section="\nNumber\tTitle\n", cell="a\t", around=("1200001\t", "\tv2.218\n")),
    Format("json", "changes.json", '[{"number": "1300000", "title": "The first change of all"}', f",\n{_JSON_ROW}", "]",
           comment="/* a */", section=',{{"changes": [], "name": "v2.218"}}'.replace("{{", "{").replace("}}", "}"),
           cell=', "a"', around=(', {"number": "1200001", "title": "', '"}'), changes_at_start=1),
    Format("json lines", "changes.jsonl", "", f"{_JSON_ROW}\n", comment="// a\n", nested='{"a":', section="{}\n",
           cell='"a",', around=('{"number": "1200001", "title": "', '"}\n')),
    Format("workbook", "changes.xlsx",
           f"<worksheet><sheetData>{_sheet_row('Number', 'Title', 'Version')}",
           _sheet_row("1{n:06}", "Title of change {n} here", "v2.218"), "</sheetData></worksheet>",
           nested="<a>", section="</sheetData><sheetData>", cell='<c r="XFD1048576"><v>1</v></c>',
           around=('<row><c t="inlineStr"><is><t>1200001</t></is></c><c t="inlineStr"><is><t>', "</t></is></c></row>"),
           packed=True),
    Format("sitemap", "sitemap.xml", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
           "<url><loc>https://a.example/by-the-runbook-episode-{n:07}</loc><lastmod>2026-06-09T10:00:00Z</lastmod>"
           "<changefreq>monthly</changefreq></url>\n", "</urlset>",
           nested="<url>", section="<sitemap></sitemap>", cell="<loc>a</loc>", around=("<url><loc>", "</loc></url>")),
    Format("worksheet", "worksheet.toml", 'written_by = "Ann"\n',
           '[[entry]]\nkey = "1{n:06}"\n# The entry\'s own text, as the worksheet shows it. It says what is new in some'
           ' lines, with names of pages, settings and buttons, so that a person can tell how somebody would ask for it.'
           '{rest}\nphrasings = ["how do people ask for change {n}", "and in other words {n}"]\n'
           .replace("{rest}", " A longer line stands here too, as the text of an entry has several hundred characters,"
                    " and there are as many more of them as it takes." * 20),
           comment="# a\n", nested="a.", section="[[entry]]\n", cell='"a", ',
           around=('[[entry]]\nkey = "1200001"\nphrasings = ["', '"]\n'), changes_a_row=2),
    Format("worksheet as a table", "worksheet.csv", "key,version,title,text,area,impact,summary,phrasing\n",
           "1{n:06},v2.218,Title of change {n},\"A text, as the worksheet shows it.{rest}\",,,,how do people ask {n}\n"
           .replace("{rest}", " Another line of it, as it is." * 9),
           comment="# a\n", nested='""', section="key,phrasing\n", cell="a,", around=("1200001,,,,,,,", "\n")),
    Format("Halo's API", "answer.json",
           '{"release_name": "v2.218", "notes": [{"id": 1300000, "note": "The first note", "category": "A"}',
           ',{{"id": 1{n:06}, "note": "Title of change {n} here", "changeinformation": "It is new."}}',
           "]}", comment="/* a */", nested='{"notes":[', section=',{"name": "A"}', cell=', "a"',
           around=(', {"id": 1200001, "category": "A", "note": "', '"}'), changes_at_start=1),
    Format("question", "", "", "how do clients see their prepaid hours {n} ", section="v2.{n:03} ", nested="((",
           cell="a, ", changes_a_row=0),
)  # fmt: skip
