"""No document can stop the bot: twice the input costs about twice the time, whatever is in it.

`make hostile` runs this with larger documents (HALO_HOSTILE_KB), and so does CI.
"""

import os
from collections.abc import Callable

import pytest

from bot.ingest import merge
from bot.ingest.readers.feed import looks_like_feed
from bot.ingest.readers.html import MAX_ATTRIBUTES, MAX_OPEN_ELEMENTS, looks_like_html
from bot.ingest.readers.registry import read_document
from bot.ingest.readers.sitemap import looks_like_sitemap
from bot.ingest.service import import_documents
from bot.storage.feedback import normalise_question
from tests.doubling import MAX_RATIO, cost_of_doubling
from tests.ingest.conftest import or_a_sentence

SIZE = int(os.environ.get("HALO_HOSTILE_KB", "6")) * 1_000
POST = "By the [run]Book: Episode 22\nRobbie talks about HaloPSA v2.218.\n"
PAGE = f"<html><body><h1>By the [run]Book: Episode 22</h1><p>{POST}</p>"
FEED = "<rss version='2.0'><channel><item><title>By the [run]Book: Episode 22</title>"


def repeat(piece: str, before: str = POST, after: str = "") -> Callable[[int], str]:
    """A document of so many characters that says one thing again and again."""
    return lambda size: before + piece * (size // len(piece)) + after


def number(line: str, before: str = POST, after: str = "") -> Callable[[int], str]:
    """The same with another number in each piece."""
    return lambda size: before + "".join(line.format(n) for n in range(size // len(line.format(100)))) + after


SHAPES: dict[str, Callable[[int], str]] = {
    "at signs": repeat("@"),
    "comments in front": repeat("<!-- a -->", "", "<p>x"),
    "comments before a feed": repeat("<!-- a -->\n", "<?xml version='1.0'?>", "<rss>"),
    "a document type": repeat("x", "<!DOCTYPE rss [", FEED),
    "many document types": repeat("<!DOCTYPE rss [", FEED),
    "brackets": repeat("["),
    "blocks of text": repeat(
        '{"_type": "block", "children": [{"text": "a #1234567"}]},', '{"title": "v2.218", "body": [', "{}]}"
    ),
    "blocks in blocks": repeat('{"type": "list", "children": [', '{"title": "v2.218", "body": ['),
    "blocks without titles": repeat('{"children": [{"type": "list", "children": ["a\\n #1234567"]}]},', "[", "{}]"),
    "states and numbers": number("## A title\nROLLING OUT · Change 1{:06}\n## Another title\nROLLING OUT\n"),
    "cards": number("A title here\nChange 1{:06} · Tickets & Mail · 4:10\n"),
    "a card without end": repeat("a & ", "A title here\nChange 1234567 · "),
    "words for changes": repeat("the number change "),
    "names of signs": repeat(" (#1234567) :warning: known issue: a"),
    "numbers behind commas": number("Quotes can be signed, 1{:06}\n"),
    "footnotes": number("- a[^{0}] (#1234567)\n[^{0}]: b\n"),
    "marks of footnotes": repeat("[^a", "- ", "\n[^a]: b\n"),
    "one footnote again": repeat("[^a]", "- ", "\n[^a]: b\n"),
    "words behind numbers": repeat("1234 – a b", "- "),
    "classes that strike out": number(".c{0},", "<html><style>", "{line-through}</style><p class=c1>a #1234567"),
    "rules that strike out": repeat(".c{line-through", "<html><style>", "</style><p class=c>a #1234567"),
    "struck elements": repeat("<i class=c>a</i>", "<html><style>.c{line-through}</style><p>"),
    "states": repeat("A-B/C & D ", "A title\n"),
    "no numbers": repeat("no number – A title (no number)\n", "#1234567 A title\n#1234568 A title\n"),
    "remarks of releases": repeat("## v2.218 (a) [b] (c\n"),
    "brackets of a release": repeat("(a", "v2.218 ", ")"),
    "a sentence without end": repeat("and this goes on and on until it has some sixty characters and\n"),
    "mediawiki quotes": repeat("'''a", "== a ==\n[[a]]\n"),
    "mediawiki templates": repeat("{{a|", "== a ==\n[[a]]\n"),
    "mediawiki pages": repeat("[[a|", "== a ==\n[[a]]\n"),
    "mediawiki cells": repeat("| style=a", "== a ==\n[[a]]\n{|\n"),
    "mediawiki rows": repeat("| a\n", "== a ==\n[[a]]\n{|\n"),
    "toml lists": number("[[a]]\nb = {}\n", ""),
    "toml texts": repeat("[[", "[[a]]\nb = 1\nc = '", "'"),
    "toml blanks": repeat(" ", "[[a]]\nb = 1\nc", "x"),
    "asciidoc cells": repeat("|a\n", "== a\n\n|===\n", "|===\n"),
    "asciidoc bars": repeat("2+|", "== a\n\n|===\n", "\n|===\n"),
    "asciidoc tables": repeat("|===\n", "== a\n\n"),
    "asciidoc terms": repeat("a:: ", "\n|===\n|===\n"),
    "asciidoc strokes": repeat("[line-through]#a", "\n|===\n|===\n"),
    "wiki boxes": repeat("{warning:title=a}", "h1. a\n"),
    "wiki braces": repeat("{{", "h1. a\n"),
    "wiki links": repeat("[a|", "h1. a\n"),
    "wiki stars": repeat("*a", "h1. a\n"),
    "wiki pictures": repeat("!a", "h1. a\n"),
    "wiki tables": repeat("||a||b\n"),
    "backticks": repeat("`a"),
    "two backticks": repeat("``a b c d e f g h i j "),
    "links": repeat("[a]("),
    "nested links": repeat("[[a]"),
    "blanks": repeat(" ", after="x"),
    "tabs": repeat("x" + "\t" * 60),
    "line ends": repeat("\n"),
    "one huge word": repeat("a"),
    "digits": repeat("1"),
    "a version without end": repeat(".1", POST + "v1.1", "a9"),
    "marks before a number": repeat("new: ", POST, "1234567 A title"),
    "keycaps": repeat("1\ufe0f\u20e3"),
    "numbers in notes": repeat("see 1234568 a ", POST + "#1234567 A title\nIt is "),
    "numbers on a line": repeat("#1234567 "),
    "digits like numbers on a line": repeat("no 1234568 tel ", POST + "#1234567 A title\nx "),
    "rows on a line": repeat("Title v2.218 #1234567 4:40 "),
    "stars": repeat("*", POST + "a", "a | v2.218 #1234567"),
    "bars": repeat("a|"),
    "short lines, then long ones": lambda size: (
        "By the [run]Book: Episode 22\n" + "a b\n" * (size // 8) + "c d e f g h i j k l m\n" * (size // 44)
    ),
    "rows": number("Title of a change {0} | v2.218 #1{0:06} | 4:40\n"),
    "rows with lines below": number("Title {0} | v2.218 #1{0:06}\nAdds a thing.\nAdds another {0}.\n"),
    "descriptions": number("Adds the thing number {} to a page.\n"),
    "versions": number("A title {0} | v2.{0:04} #1{0:06}\n"),
    "titles of episodes": number("By the [run]Book: Episode 22\nTitle {0} | v2.218 #1{0:06}\n"),
    "headings": repeat("Important Mentions\nFull Feature List\n"),
    "data without titles": repeat("#1234567\nv2.218\n4:40\n"),
    "broken titles": repeat("A title in words\ngoes on here | v2.218 #1234567\n"),
    "headers of tables": repeat("Title | Number | Episode\n"),
    "quotes": repeat("A “'"),
    "sections of a page": number("<h3>Title {0} | v2.218 #1{0:06}</h3><p>Adds a thing.</p><ul><li>one</li></ul>", PAGE),
    "tags without an end": repeat("<div", PAGE),
    "elements": repeat("<b><p>x</b>", PAGE),
    "tables in tables": repeat("<table><tr><td>", PAGE),
    "placeholders": repeat("<Client", PAGE),
    "entities": repeat("&amp", PAGE),
    "items of a feed": number("<item><title>Episode {0}</title><description>T {0}</description></item>", FEED),
    "tags in a feed": repeat("<description>", FEED),
    "ampersands in a feed": repeat("&", FEED),
    "signs": repeat("⭐", POST + "a", "a | v2.218 #1234567"),
    "rows with signs": number("⭐ Title {0} ⚠️ | v2.218 #1{0:06} | Test first\n"),
    "rows without numbers": number("Title of {0} | v2.218 | 4:40\n"),
    "labels": repeat("[NEW] ", POST, "a | v2.218 #1234567"),
    "words of caution": repeat("test ", POST + "A | v2.218 #1234567\n"),
    "warnings": repeat("Warning\n", POST + "A | v2.218 #1234567\n"),
    "links to seconds": repeat("https://a.example/?t=1 "),
    "links that go on": repeat("https://"),
    "named links": lambda size: (
        "".join(f"[a{n}]: https://a.example/{n}\n" for n in range(size // 60)) + "[a][a1] " * (size // 16)
    ),
    "badges": repeat("<span class='badge'>a", PAGE),
    "several numbers": repeat("#1234567, "),
    "items without a number": repeat("- Boards have owners\n", "# Added\n"),
    "headings of lists": repeat("## The new features and changes\n- Boards\n- Boards have owners\n"),
    "links of a list": repeat("- [Boards have owners](/a)\n", "# v2.218\n"),
    "links of a page": repeat("<a href='https://a.example/?t=1'>a", PAGE),
    "items about one change": number(
        "<item><title>Title #1{0:06}</title><description>v2.218</description></item>", FEED
    ),
    "labelled lines": repeat("Title: A thing\n"),
    "labelled blocks": number("Title: A thing {0}\nNumber: 1{0:06}\nVersion: v2.218\n"),
    "blocks that go on": repeat("Title: A\nNumber: 1234567\nSummary: B\n" + "and so on\n" * 30),
    "columns of dashes": repeat("--- --- ---\n"),
    "rows in columns that go on": lambda size: (
        "ID       Title\n-------  -----\n" + "1234567  A title\n         x\n" * (size // 28)
    ),
    "one row that goes on": repeat("         and so on\n", "1234567  A title\n"),
    "rows in columns": lambda size: "ID       Title\n-------  -----\n" + "1234567  A title\n" * (size // 17),
    "cells of labels": repeat("Number: 1234567 | Title: A | Version: 2.218\n"),
    "emphasis": repeat("_a *b ~~c "),
    "strokes": repeat("~~a ~b "),
    "elements that strike out": repeat("a <s>b </del> "),
    "strokes of a page": repeat("<s>a</s> <p style='text-decoration: line-through'>b", PAGE),
    "strokes of a wiki": repeat("-a-b ", "h2. v2.218\n"),
    "sentences": repeat("A. Test – ", POST + "A", " | v2.218 #1234567"),
    "boxes": repeat("> [!warning] Test first\n"),
    "cells of marks": repeat("⚠️|", POST + "a | v2.218 #1234567 | "),
    "drawn lines": repeat("+---+---+\n| 1 | a |\n"),
    "one drawn row": lambda size: "+---+---+\n| a | b |\n+===+===+\n" + "|   | b |\n" * (size // 10),
    "credits": repeat(" by @a, @b in "),
    "credits behind": repeat("(#1234567) @a (abc1234) "),
    "words in backticks": repeat("`a` `` "),
    "elements of one line": repeat("<b>", "1234567 ", "<b"),
    "nested elements in JSON": repeat("<b>", '[{"body": "a\\n 1234567 ', '<b"}]'),
    "items of YAML": number("- id: 1{0:06}\n  title: A thing {0}\n  version: v2.218\n", ""),
    "telephone numbers": repeat("tel 1234567\n"),
    "blanks in a telephone number": repeat(" ", POST + "tel 1", "x"),
    "talk in tickets": repeat("reported by a in the ticket ", POST + "## ", "(#1234567)"),
    "sign-offs": repeat("Regards,\nAnn Lee\n"),
    "answers": repeat("Re: ", after="A (#1234567)"),
    "names behind a number": repeat("Ann Lee, ", POST + "Boards — 1234567 "),
    "dashes before numbers": repeat("a — 1234567 Ann Lee "),
    "headings that refer": repeat("as discussed in the ticket ", POST + "## ", "(#1234567)"),
    "rows of coming soon": repeat("Coming soon,\n", "id,title\n1234567,A title\n"),
    "messages": lambda size: (
        "[" + ", ".join(f'{{"ts": "{n}.0", "text": "v2.218:\\n- A (#1234567)"}}' for n in range(size // 48)) + "]"
    ),
    "messages that go on": lambda size: (
        '[{"ts": "0.0", "text": "v2.218:"}'
        + "".join(f', {{"ts": "{n}.0", "text": "- A (#1234567)"}}' for n in range(1, size // 40))
        + "]"
    ),
    "YAML in brackets": lambda size: (
        "changes: [" + "".join(f"{{id: 1{n:06}, title: A}}, " for n in range(size // 26)) + "]\n"
    ),
    "texts of YAML": number("- A thing (1{:06})\n", "v2.218:\n"),
    "remarks of YAML": repeat("# v2.218\n", "", "- id: 1234567\n  title: A\n"),
    "signs and blanks of YAML": repeat("a # 1234567 ", "- id: 1234567\n  title: A\n  note: a"),
    "headings of YAML": repeat("# v2.218\n- {id: 1234567, title: A}\n", ""),
    "texts of YAML with headings": repeat("- id: 1234567\n  title: |\n    A\n    # v2.218\n", ""),
    "signs of YAML": repeat(" #1234567", "- id: 1234567\n  title: A\n  note: a"),
    "blanks before remarks of YAML": repeat(" ", "- id: 1234567\n  title: A\n", "x\n"),
    "a text of YAML that goes on": repeat("  so and so\n", "- id: 1234567\n  title: A\n  note:\n"),
    "a text of YAML in quotes": repeat("a \\\n", '- id: 1234567\n  title: "'),
    "names of YAML": number("  a{0}: &a{0} b\n", "- id: 1234567\n  title: A\n"),
    "aliases of YAML": repeat("- *a\n", "- &a {id: 1234567, title: A}\n"),
    "merged objects of YAML": number("- {{<<: *a, id: 1{:06}}}\n", "- &a {id: 1234567, title: A}\n"),
    "documents of YAML": number("---\n- id: 1{:06}\n  title: A\n", ""),
    "brackets of YAML": repeat("[", "a: "),
    "colons of YAML": repeat("a: ", "- id: 1234567\n  title: "),
    "YAML that breaks at its end": number("- id: 1{:06}\n  title: A\n", "", "  a: b: c\n"),
    "facts below a title": number("1{0:06} - A thing {0}\nType: New (highlight)\nVersion: v2.218\n"),
    "captions": number("00:02:30.000 --> 00:06:08.000\n#1{0:06} A thing\n\n", "WEBVTT\n\n"),
    "parts of a mail": repeat(
        "--x\nContent-Type: text/plain\n\nA #1234567\n",
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n",
    ),
    "blanks before the name of a place": repeat(" ", "# x", "{a"),
    "blanks before a break in a cell": repeat(" ", "| a | b |\n|---|---|\n| 1234567 | x", "<br |\n"),
    "emoji before bold words of Slack": repeat(":aa: ", "<https://a.example> "),
    "dashes of a named highlight": repeat("-", "# Highlights\n\n- Boards ", "\n\n# v2.218\n\n- Boards (#1234567)\n"),
    "cdata in a feed": repeat("<![CDATA[", FEED),
}


def read(text: str) -> None:
    """Read a document of unknown format; a refusal is an answer too."""
    with or_a_sentence():
        read_document(text.encode(), "x", "x")


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_input_costs_twice_the_time(shape):
    """Nothing in a document makes reading it quadratic."""
    assert cost_of_doubling(read, SHAPES[shape], SIZE) < MAX_RATIO


@pytest.mark.parametrize(
    "piece", ["A. B ", "Test. A ", "A – Test ", "A! Be careful ", "(caution: a) ", "a | ", "**a** "]
)
def test_one_line_is_read_in_linear_time(piece):
    """A row whose title is thousands of sentences, dashes or cells costs no more than its length."""
    row = repeat(piece, POST + "A title in words ", " | v2.218 #1234567 | 4:40")
    assert cost_of_doubling(read, row, SIZE // 8) < MAX_RATIO


@pytest.mark.parametrize("piece", ["@", "a@", "@.", "a@b.", "1 ", "1(", "+"])
def test_a_question_is_stored_in_linear_time(piece):
    """What a member types is cleaned of addresses and telephone numbers without hanging."""
    assert cost_of_doubling(normalise_question, repeat(piece, ""), 20 * SIZE) < MAX_RATIO


def test_addresses_and_numbers_are_not_stored():
    """Addresses and telephone numbers go, whatever stands around them; other signs stay."""
    assert normalise_question("Mail (Ann.Lee+x@sub.example.co.uk), or +44 20 7946 0958 please") == "mail … or … please"
    assert normalise_question("who is @ann? a@b v2.218 #1101201") == "who is @ann? a@b v2.218 #1101201"
    long = normalise_question("ann.lee@sub.example.co.uk " * 1_000_000)
    assert set(long) == {"…", " "}
    assert normalise_question("x" * 1_000_000) == "x" * 200


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("<html>" + "<div>" * (MAX_OPEN_ELEMENTS + 1), MAX_OPEN_ELEMENTS),
        ("<html>" + "<ul><li>" * (MAX_OPEN_ELEMENTS + 1), MAX_OPEN_ELEMENTS),
        ("<html><p " + "".join(f"a{n} " for n in range(MAX_ATTRIBUTES + 1)) + ">x", MAX_ATTRIBUTES),
    ],
)
def test_what_no_person_wrote_is_refused(text, limit):
    """A page that the parser would need minutes for is refused, with the limit and what to do."""
    (problem,) = read_document(text.encode(), "x.html").problems
    assert f"{limit:,}" in problem.reason
    assert "save it as text" in problem.reason


@pytest.mark.parametrize("changes", [100, 2_000])
def test_a_long_post_is_read(changes):
    """A long post and a long page that a person could have written are read whole."""
    lines = [f"Title of change {n} here | v2.218 #1{n:06} | 4:40" for n in range(changes)]
    text = POST + "Full Feature List\n" + "\n".join(lines) + "\n"
    page = PAGE + "<h2>Full Feature List</h2><ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    for document in (text, page):
        parsed = read_document(document.encode(), "x")
        assert (len(parsed.records), parsed.problems) == (changes, ())


def test_lines_without_a_number_are_compared_within_bounds(empty, now, monkeypatch):
    """Each line without a number is compared with all changes of its episode: past the limit they are refused by place
    and reason, and what has a number is read all the same.
    """
    monkeypatch.setattr(merge, "MAX_COMPARISONS", 1_000)
    listed = "".join(f"Adds the {word * 3} thing to its page.\n" for word in map(str, range(100, 200)))
    text = f"{POST}Full Feature List\nTitle of a change | v2.218 #1101201 | 4:40\n{listed}"
    report = import_documents(empty, [read_document(text.encode(), "x.txt")], now)
    refused = [outcome for outcome in report.outcomes if outcome.kind == "refused"]
    assert 40 < len(refused) < 80
    assert {outcome.reason for outcome in refused} == {
        "too many lines without a number in one import; split the document and import its parts"
    }
    assert min(outcome.line_number for outcome in refused) > 40
    assert "1101201" in report.new


@pytest.mark.parametrize("comments", [1, 5_000, 20_000])
def test_what_a_document_is_does_not_depend_on_how_much_stands_before_it(comments):
    """A feed, a sitemap or a page is told by its root element, behind any number of comments."""
    prolog = b"<?xml version='1.0'?>\n" + b"<!-- a -->\n" * comments
    assert looks_like_feed(prolog + FEED.encode())
    assert looks_like_sitemap(prolog + b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>')
    assert looks_like_html(prolog + PAGE.encode())
    assert not looks_like_feed(prolog + PAGE.encode())
