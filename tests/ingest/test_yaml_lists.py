"""Lists of changes in YAML: items of labelled lines, below what they have in common."""

import pytest
import yaml

from bot.errors import SourceError
from bot.ingest.models import ParsedDocument
from bot.ingest.readers import yaml_values
from bot.ingest.readers.budget import DEFAULT_LIMITS, Budget
from bot.ingest.readers.registry import detect_format, read_document
from bot.ingest.readers.yaml_values import MAX_DEPTH, load_yaml

NESTED = """# Changes we track.
releases:
  - version: "2.306"
    date: 2026-08-17
    changes:
      - id: 1142801
        title: Forecast of prepaid hours
        highlight: true
        description: >
          Shows when a contract will run out,
          at the pace of three months.
      - id: 1142802
        title: "Maps: sites are clustered"
        type: improvement
  - version: "2.305"
    changes:
      - id: 1142804
        title: 'Printing of "thank you" letters'
        caution: Test before enabling, letters are sent at once.
"""
KEYED = """---
v2.306:
  - title: Forecast
    number: '1142801'
    tags: [billing, highlight]
  - title: >-
      Maps: sites are clustered
      by region
    number: 1142802
    tags:
      - billing
      - highlight
v2.305:
  - number: 1142804
    title: Letters
"""
FLAT = """version: 2.306
episode: 29
changes:
- number: 1142801
  title: Forecast
  minute: 12:45
- number: 1142802
  title: Maps
  minute: "1:03:45"
"""


def _read(text: str) -> ParsedDocument:
    document = read_document(text.encode(), "changes.yaml", "changes.yaml")
    assert not document.problems
    return document


def test_items_below_a_version_are_of_it() -> None:
    """Each item is a change, with folded texts in one, and the version of the item around it."""
    first, second, third = _read(NESTED).records
    assert (first.number, str(first.version), first.highlighted) == ("1142801", "v2.306", True)
    assert first.summary == "Shows when a contract will run out, at the pace of three months."
    assert (second.title, str(second.version), second.highlighted) == ("Maps: sites are clustered", "v2.306", False)
    assert (third.title, str(third.version)) == ('Printing of "thank you" letters', "v2.305")
    assert third.caution == "Test before enabling, letters are sent at once."


def test_versions_may_be_names_and_tags_lists() -> None:
    """A version may be the name of a list; a title may be folded; tags may stand on lines of their own."""
    changes = [(r.number, r.title, str(r.version), r.highlighted) for r in _read(KEYED).records]
    assert changes == [
        ("1142801", "Forecast", "v2.306", True),
        ("1142802", "Maps: sites are clustered by region", "v2.306", True),
        ("1142804", "Letters", "v2.305", False),
    ]


def test_a_version_and_an_episode_above_all_count_for_all() -> None:
    """What stands above the list counts for its items."""
    changes = [(r.number, str(r.version), r.mention) for r in _read(FLAT).records]
    assert [(number, version, at and (at.episode, at.at)) for number, version, at in changes] == [
        ("1142801", "v2.306", (29, "12:45")),
        ("1142802", "v2.306", (29, "1:03:45")),
    ]


def test_a_bullet_a_label_is_no_item() -> None:
    """Where each label has a bullet, the block goes on over them."""
    text = (
        "- Number: 1142801\n- Title: Forecast\n- Version: 2.306\n\n- Number: 1142802\n- Title: Maps\n- Version: 2.305\n"
    )
    changes = [(record.number, record.title, str(record.version)) for record in _read(text).records]
    assert changes == [("1142801", "Forecast", "v2.306"), ("1142802", "Maps", "v2.305")]


def test_tags_and_remarks_are_no_values() -> None:
    """What YAML says of a value's kind, and what is remarked behind a number, is not the value."""
    text = (
        "version: 2.306\nchanges:\n  - id: !custom 1142801 # internal\n    title: !!str Forecasts\n"
        "  - id: 1142802 # one more\n    title: Maps are clustered\n"
    )
    document = read_document(text.encode(), "changes.yaml", "changes.yaml")
    assert [(record.number, record.title) for record in document.records] == [
        ("1142801", "Forecasts"),
        ("1142802", "Maps are clustered"),
    ]


def _changes(text: str, name: str = "changes.yaml") -> list[tuple[int, str | None, str, str]]:
    """Each change's line, number, title and version."""
    document = read_document(text.encode(), name or "a message", name)
    return [(r.line_number, r.number, r.title, str(r.version or "")) for r in document.records]


TWO = [("1142801", "Boards", "v2.270"), ("1142802", "Lists", "v2.271")]


@pytest.mark.parametrize("name", ["changes.yaml", "changes.yml", "changes.txt", ""])
@pytest.mark.parametrize(
    "text",
    [
        "releases: [{version: 2.270, changes: [{id: 1142801, title: Boards}]},\n"
        '  {version: "2.271", changes: [{id: 1142802, title: "Lists"}]}]\n',
        "{v2.270: [{id: 1142801, title: Boards}], v2.271: [{id: 1142802, title: Lists}]}\n",
        'releases:\n- version: "2.270"\n  notes: {changes: [{id: 1142801, title: Boards}]}\n'
        '- version: "2.271"\n  notes:\n    changes:\n      - id: 1142802\n        title: Lists\n',
        "base: &base {version: 2.270}\nchanges:\n- {<<: *base, id: 1142801, title: Boards}\n"
        "- <<: *base\n  id: 1142802\n  title: Lists\n  version: 2.271\n",
        "# v2.270\n- id: 1142801\n  title: Boards\n# [2.271] - 2026-09-01\n- {id: #1142802, title: Lists}\n",
        "v2.270:\n  1142801: {title: Boards}\nv2.271:\n  1142802:\n    title: Lists\n",
        "- id: 1142801\n  title: Boards\n  version: 2.270\n---\n- id: 1142802\n  title: Lists\n  version: 2.271\n",
        "? releases\n: - version: !!str 2.270\n    changes: [{id: !id 1142801, title: Boards}]\n"
        "  - version: 2.271\n    changes: [{id: 1142802, title: Lists}]\n",
    ],
)
def test_every_style_has_the_meaning_of_json(text: str, name: str) -> None:
    """Flow and block style, aliases, merged objects, tags and several documents: each change has its version."""
    assert [change[1:] for change in _changes(text, name)] == TWO


@pytest.mark.parametrize(
    "text",
    [
        "v2.270:\n  - Boards #1142801\nv2.271:\n  - Lists (#1142802)\n",
        "v2.270: [Boards (1142801)]\nv2.271: {added: [1142802 – Lists]}\n",
        "v2.270:\n  1142801: Boards\nv2.271: {changes: {1142802: Lists}}\n",
        "- {version: 2.270, changes: [1142801: Boards]}\n- version: 2.271\n  changes:\n  - 1142802: Lists\n",
        'v2.270:\n  added:\n  - "#1142801 Boards"\nv2.271:\n  fixed:\n  - "Lists: #1142802"\n',
    ],
)
def test_lists_of_titles_below_versions(text: str) -> None:
    """Texts with numbers are changes, below a version or below the kind of change; # before a number is no remark."""
    assert [change[1:] for change in _changes(text)] == TWO


def test_a_change_is_known_by_its_line() -> None:
    """What is said of a change names the line that it begins on; of several on one line, each has its own number."""
    text = (
        "# ours\nv2.270:\n  - id: 1142801\n    title: Boards\n\n  - title: Lists\n    id: 1142802\n"
        "  - id: 12\n    title: x y\n"
    )
    document = read_document(text.encode(), "a.yaml", "a.yaml")
    assert [record.line_number for record in document.records] == [3, 6]
    assert [(problem.line_number, problem.text) for problem in document.problems] == [(8, "12: x y")]
    flow = "[{id: 1142801, title: ~~Boards~~}, {id: 1142802, title: Lists}]"
    document = read_document(flow.encode(), "a.yaml", "a.yaml")
    assert ([r.title for r in document.records], [p.text for p in document.problems]) == (
        ["Lists"],
        ["1142801 | Boards"],
    )
    titles = "v2.270:\n  added:\n\n  - Boards #1142801\n\n  - Lists #1142802\n"
    assert [change[0] for change in _changes(titles)] == [4, 6]


def test_values_stay_as_they_are_written() -> None:
    """Only plain whole numbers, yes and no are more than texts."""
    text = "[2.210, 2026-08-17, 12:45, 0017, 1_000, 1e3, .5, 0x1F, on, '12', 12, -3, true, ~, !!float 2.30, no]"
    assert load_yaml(text, Budget("a")) == [
        *("2.210", "2026-08-17", "12:45", "0017", "1_000", "1e3", ".5", "0x1F", "on", "12"),
        *(12, -3, True, None, "2.30", "no"),
    ]
    assert load_yaml("!!python/object/apply:os.getcwd []", Budget("a")) == []


def test_headings_among_remarks() -> None:
    """A remark that is a heading counts for what is below it: a version, "Unreleased", "Highlights"; others do not."""
    item = "- id: 11428{:02}\n  title: Boards\n"
    text = "".join(
        f"# {remark}\n{item.format(at)}"
        for at, remark in enumerate(
            ["HaloPSA v2.270", "Highlights", "Full list", "as v2.1 had it, too", "Unreleased", "x"]
        )
    )
    records = read_document(text.encode(), "a.yaml", "a.yaml").records
    assert [(str(record.version or ""), record.highlighted) for record in records] == [
        *(("v2.270", False), ("v2.270", True), ("v2.270", False), ("v2.270", False), ("", False), ("", False)),
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- id: 1142800\n  title: Bins\n- id: 1142801\n  title: Maps: sites\n", 4, "mapping values"),
        ("- id: 1142800\n  title: Bins\n- id: 1142801\n  title: *bold* text\n", 4, "expected"),
        ("- id: 1142800\n  title: Bins\n- id: 1142801\n  title: Lists\n  title: Maps\n", 5, "stands twice"),
        ("- id: 1142800\n  title: Bins\n- {id: 1142801, title: Lists\n", 4, "expected"),
    ],
)
@pytest.mark.parametrize("name", ["changes.yaml", ""])
def test_what_is_broken_is_told(text: str, line: int, said: str, name: str) -> None:
    """Broken YAML is read as a text, and its line and what to do are told."""
    document = read_document(text.encode(), name or "a message", name)
    problem = document.problems[0]
    assert (problem.line_number, said in problem.reason) == (line, True)
    assert "Put quotes around" in problem.reason
    assert document.records[0].number == "1142800"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HaloPSA v2.270\n\n- Boards (#1142801)\n- Lists (#1142802)\n", "changes.yaml"),
        ("---\ntitle: HaloPSA v2.270\n---\n# Added\n- Boards (#1142801)\n- Lists (#1142802)\n", "changes.yaml"),
        ("---\ntitle: HaloPSA v2.270\n---\n# Added\n- Boards (#1142801)\n- Lists (#1142802)\n", "changes.md"),
        ("HaloPSA v2.270:\n- Boards (#1142801)\n- Lists (#1142802)\n", ""),
        ("Number: 1142801\nTitle: Boards\nVersion: 2.270\n\nNumber: 1142802\nTitle: Lists\nVersion: 2.270\n", ""),
        ("- Number: 1142801\n- Title: Boards\n- Version: 2.270\n\n- Number: 1142802\n- Title: Lists\n"
         "- Version: 2.270\n", ""),
        ("Our list of HaloPSA v2.270:\n\nNew\n- id: 1142801\n  title: Boards\n- id: 1142802\n  title: Lists\n", ""),
    ],
)  # fmt: skip
def test_texts_stay_texts(text: str, name: str) -> None:
    """Markdown below a head of fields, posts and labelled blocks are read as pages, and nothing is said of YAML."""
    document = read_document(text.encode(), name or "a message", name)
    assert [(r.number, r.title, str(r.version)) for r in document.records] == [
        ("1142801", "Boards", "v2.270"),
        ("1142802", "Lists", "v2.270"),
    ]
    assert not document.problems


def test_json_in_a_yaml_file() -> None:
    """YAML has JSON in it; so has a file that is called so."""
    text = '[{"id": 1142801, "title": "Boards", "version": "2.270"},\n {id: 1142802, title: Lists, version: 2.271}]'
    assert [change[1:] for change in _changes(text)] == TWO


def test_kinds_of_documents_are_told_apart() -> None:
    """A name or a server may say that a document is YAML, or its beginning does; a page in it is a page."""
    assert detect_format(b"x", "a.yaml") == detect_format(b"x", "a", "text/yaml; charset=utf-8") == "yaml"
    assert detect_format(b"# a\n\nchanges:\n- id: 1") == "yaml"
    assert detect_format(b"# a\n\nchanges:\n- id: 1", "a.md") == "page"
    assert detect_format(b"<html><body>x", "a.yaml") == "page"
    assert detect_format(b"Changes\n- id: 1") == "page"


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)
CHAIN = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, MAX_DEPTH + 1))


@pytest.mark.parametrize("loader", [yaml_values._LOADER, yaml.BaseLoader], ids=["C", "Python"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LAUGHS, "more than 500,000 values"),
        (f"a: &a {'x' * 10_000}\nb:\n" + "- *a\n" * 3_000, "more than 20,000,000 bytes"),
        (CHAIN, "lists and objects in each other"),
        ("- " * (MAX_DEPTH + 1) + "x", "lists and objects in each other"),
        ("".join("  " * n + "a:\n" for n in range(MAX_DEPTH + 2)), "lists and objects in each other"),
        ("a: " + "[" * (MAX_DEPTH + 1), "lists and objects in each other"),
    ],
    ids=["laughs", "long text", "chain", "lists", "objects", "brackets"],
)
def test_bombs_are_refused(text: str, said: str, loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would take minutes or gigabytes is refused in a sentence, with either of PyYAML's parsers."""
    monkeypatch.setattr(yaml_values, "_LOADER", loader)
    with pytest.raises(SourceError, match=said):
        read_document(text.encode(), "a.yaml", "a.yaml")


def test_values_are_counted() -> None:
    """A document with more values than one may have is refused while it is read."""
    budget = Budget("a.yaml", limits={**DEFAULT_LIMITS, "values": 100})
    load_yaml("- x\n" * 99, budget)
    with pytest.raises(SourceError, match="more than 100 values"):
        load_yaml("- x\n", budget)


def test_seconds_are_bounded() -> None:
    """A document that takes too long is given up."""
    budget = Budget("a.yaml", max_seconds=-1)
    with pytest.raises(SourceError, match="seconds"):
        load_yaml("- x\n" * 3_000, budget)


def test_pythons_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML has no C parser, its own one does."""
    expected = [_changes(text) for text in (NESTED, KEYED, FLAT)]
    monkeypatch.setattr(yaml_values, "_LOADER", yaml.BaseLoader)
    assert [_changes(text) for text in (NESTED, KEYED, FLAT)] == expected


def test_names_of_people_by_number_are_no_changes() -> None:
    """Only what stands at the top, below a version or below "changes" gives titles by their numbers."""
    text = "version: 2.270\ncustomers: {1234567: Acme Ltd, 1234568: Contoso}\nchanges: [{id: 1142801, title: Boards}]\n"
    assert _changes(text) == [(3, "1142801", "Boards", "v2.270")]
    document = read_document(b"version: 2.270\ncustomers: {1234567: Acme Ltd}\n", "a.yaml", "a.yaml")
    assert document.records == ()


@pytest.mark.parametrize(
    "text",
    [
        "# v2.270\nnew: [{id: 1142801, title: Boards}, {id: 1142803, title: Racks}]\n# v2.271\nold:\n- {id: 1142802, "
        "title: Lists}\n",
        "# v2.270\n1142801: Boards\n1142803: Racks\n\n# v2.271\n1142802: Lists\n",
        "# v2.270\n- [number, title]\n- [1142801, Boards]\n- [1142803, Racks]\n# v2.271\n- [1142802, Lists]\n",
        "a: &a {id: 1142801, title: Boards}\nb: &b {id: 1142802, title: Lists}\n# v2.270\nold:\n- *a\n"
        "- {id: 1142803, title: Racks}\n# v2.271\nnew:\n- *b\n",
    ],
    ids=["one line", "titles by number", "table", "aliases"],
)
def test_a_heading_counts_from_its_own_line(text: str) -> None:
    """However many changes stand on one line, and wherever its fields do, the remark above one is its heading."""
    versions = {number: version for _, number, _, version in _changes(text) if version}
    assert versions == {"1142801": "v2.270", "1142803": "v2.270", "1142802": "v2.271"}


@pytest.mark.parametrize("text", ["|\n    {}\n    x", ">\n    {}\n    x", '"x\n    {}"'])
@pytest.mark.parametrize("heading", ["# v2.271", "## Highlights"])
def test_headings_inside_a_text_head_nothing(text: str, heading: str) -> None:
    """A description may be Markdown; its headings say nothing of the changes below it."""
    below = text.format(heading)
    document = read_document(
        f"- id: 1142801\n  title: Boards\n  description: {below}\n- id: 1142802\n  title: Lists\n".encode(),
        "a.yaml",
        "a.yaml",
    )
    assert [(r.number, r.version, r.highlighted) for r in document.records] == [
        ("1142801", None, False),
        ("1142802", None, False),
    ]


@pytest.mark.parametrize("indent", ["", "  "])
def test_a_heading_ends_with_the_list_that_it_heads(indent: str) -> None:
    """A heading counts for what is as deep as the line below it; then the one around it counts again."""
    text = (
        "# v2.270\na:\n{0}# Highlights\n{0}- {{id: 1142801, title: Boards}}\n{0}# Others\n{0}- {{id: 1142802, title: "
        "Lists}}\nb:\n{0}# Highlights\n{0}- {{id: 1142803, title: Racks}}\nc:\n{0}- {{id: 1142804, title: Skins}}\n"
    )
    records = read_document(text.format(indent).encode(), "a.yaml", "a.yaml").records
    assert [(record.number, str(record.version), record.highlighted) for record in records] == [
        *(("1142801", "v2.270", True), ("1142802", "v2.270", False)),
        *(("1142803", "v2.270", True), ("1142804", "v2.270", False)),
    ]


def test_what_is_struck_out_beside_an_article_is_not_read() -> None:
    """Strokes count in the records around an article as they do without one."""
    text = (
        '{"a": {"title": "HaloPSA v2.290", "body": "- Boards #1142801\\n- Racks #1142802\\n"}, '
        '"changes": [{"id": 1142803, "title": "Lists"}, {"id": 1142804, "title": "~~Skins~~"}]}'
    )
    for name in ("a.json", "a.yaml"):
        document = read_document(text.encode(), name, name)
        assert [record.number for record in document.records] == ["1142801", "1142802", "1142803"]
        assert [problem.text for problem in document.problems] == ["1142804 | Skins"]


@pytest.mark.parametrize(
    "text",
    [
        '{{"items": [{{"id": 1142801, "title": "Boards", "version": "2.270", "text": "{0}"}},\n'
        ' {{"id": 1142802, "title": "Lists", "version": "2.271"}}]}}\n',
        "items:\n- {{id: 1142801, title: Boards, version: 2.270}}\n- id: 1142802\n  title: Lists\n  version: 2.271\n"
        "  text: '{0}'\n",
    ],
)
def test_a_field_may_be_html(text: str) -> None:
    """A file that is called YAML is a page where it begins as one, not where a field of it is HTML."""
    assert [change[1:] for change in _changes(text.format("<div><p>Both.</p></div>"))] == TWO


def test_the_head_of_a_page_is_no_list() -> None:
    """Markdown whose head of fields has an id and a title is a page, and nothing is said of YAML."""
    text = "---\nid: v2-270\ntitle: Version 2.270\n---\n\nNews of July.\n\n## Boards (1142801)\n\nA: b: c\n"
    document = read_document(text.encode(), "a.txt", "a.txt")
    assert ([record.number for record in document.records], document.problems) == (["1142801"], ())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("title: Boards are shared # 1142801", "1142801"),
        ("title: Boards are shared #1142801", "1142801"),
        ("title: Boards are shared\n  id: 1142801 #1142999 is another", "1142801"),
        ("title: Boards are shared\n  id: 1142801  #1142999 is another", "1142801"),
        ("title: Boards are shared # since 1142801 was there\n  id: 1142802", "1142802"),
    ],
)
def test_a_number_behind_a_sign(line: str, number: str, end: str) -> None:
    """# and a number behind a title is its number; behind a number it is a remark."""
    text = f"- {line}\n- id: 1142803\n  title: Lists\n".replace("\n", end)
    document = read_document(text.encode(), "a.yaml", "a.yaml")
    assert [(r.number, r.title) for r in document.records] == [(number, "Boards are shared"), ("1142803", "Lists")]
    assert not document.problems


def test_a_letter_is_not_told_to_be_a_list() -> None:
    """Labelled lines of a letter that is called YAML are no fields of a change, and its numbers are told."""
    text = "Dear all:\nNote: see below\nAgenda: none\nBoards can be shared: 1142801\nLists can be shared: 1142802\n"
    document = read_document(text.encode(), "a.yaml", "a.yaml")
    assert (document.records, [problem.line_number for problem in document.problems]) == ((), [4, 5])


def test_where_quotes_are_not_closed_is_told() -> None:
    """What is told of quotes without an end is the line that they begin on, not the document's last."""
    text = '- id: 1142801\n  title: "Boards\n- id: 1142802\n  title: Lists\n'
    assert read_document(text.encode(), "a.yaml", "a.yaml").problems[0].line_number == 2


def test_a_feed_in_yaml_is_read_as_a_text() -> None:
    """Where no object has a change's number, and the texts in them do, these are read."""
    listed = "    - Boards (#1142801)\n    - Lists (#1142802)\n"
    text = f"items:\n- id: a1\n  title: HaloPSA v2.270\n  content_text: |\n{listed}"
    document = read_document(text.encode(), "a.yaml", "a.yaml")
    assert [(r.number, str(r.version)) for r in document.records] == [("1142801", "v2.270"), ("1142802", "v2.270")]
