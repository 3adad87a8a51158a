"""The seeds that are shipped: complete, and each entry fit to be found and shown."""

import re
import tomllib
from collections import Counter

import pytest

from bot.catalog.models import IMPACTS
from bot.settings import PROJECT

AREAS = (
    "Tickets", "Workflow & automation", "SLA", "Billing & invoicing", "Contracts", "Sales & quotes",
    "Stock & purchasing", "Assets", "Integrations",
    "Portal", "Knowledge base", "Chat", "Email & campaigns", "Reporting", "Projects", "Time & scheduling",
    "Users & security", "API",
    "Admin & configuration",
)  # fmt: skip
RELEASES = sorted((PROJECT / "seeds/releases").glob("*.toml"))


@pytest.fixture
def features(shipped_seeds):
    """All changes."""
    return [entry for entry in shipped_seeds.entries if entry.kind == "feature"]


def keys(entries):
    """What a failed test shows: which entries are at fault."""
    return [entry.key for entry in entries]


def test_counts(shipped_seeds):
    """Nothing of the sources is missing, and nothing was added to them."""
    assert Counter((entry.kind, entry.numbered) for entry in shipped_seeds.entries) == {
        ("feature", True): 207, ("feature", False): 75, ("faq", False): 5, ("guide", False): 6,
    }  # fmt: skip
    assert [episode.number for episode in shipped_seeds.episodes] == [12, 13, 14, 15, 16, 19, 20, 21]


def test_every_feature_says_where_it_belongs(features):
    """Each change has an area, an episode that talks about it, and a version, or the versions that it may belong to."""
    assert keys(e for e in features if e.area not in AREAS) == []
    assert keys(e for e in features if not e.mentions) == []
    assert keys(e for e in features if (e.version is None) != (len(e.possible_versions) > 1)) == []
    assert keys(e for e in features if e.numbered and e.version is None) == []


def test_areas(shipped_seeds):
    """The areas are those of the design, in its order, and no two are called by the same name."""
    assert tuple(name for name, _ in shipped_seeds.areas) == AREAS
    called = Counter(term.lower() for name, also in shipped_seeds.areas for term in {name, *also})
    assert [term for term, times in called.items() if times > 1] == []


def test_every_feature_has_an_impact():
    """Each change says in its file what it does to those who upgrade, and few sources leave it open."""
    blocks = [block for path in RELEASES for block in tomllib.loads(path.read_text(encoding="utf-8"))["feature"]]
    assert [block["key"] for block in blocks if block.get("impact") not in IMPACTS] == []
    shares = {impact: sum(block["impact"] == impact for block in blocks) / len(blocks) for impact in IMPACTS}
    assert shares["unclear"] <= 0.06
    assert min(shares["opt-in"], shares["new"], shares["changes behaviour"]) >= 0.1


def test_titles(shipped_seeds):
    """Titles are unique, of at least three words, one line, and do not end like a sentence."""
    twice = Counter(re.sub(r"\W+", " ", entry.title.lower()).strip() for entry in shipped_seeds.entries)
    assert [title for title, times in twice.items() if times > 1] == []
    assert (
        keys(e for e in shipped_seeds.entries if len(e.title.split()) < 3 or e.title.endswith(".") or "\n" in e.title)
        == []
    )


def test_summaries(shipped_seeds):
    """Each entry says in at least eight words, other than its title, what it is about."""
    assert keys(e for e in shipped_seeds.entries if len(e.summary.split()) < 8 or e.summary == e.title) == []
    summaries = Counter(entry.summary for entry in shipped_seeds.entries)
    assert [summary for summary, times in summaries.items() if times > 1] == []


def test_answers(shipped_seeds):
    """FAQ entries and guides have an answer to speak of; changes have none."""
    assert keys(e for e in shipped_seeds.entries if e.kind != "feature" and len((e.answer or "").split()) < 15) == []
    assert keys(e for e in shipped_seeds.entries if e.kind == "feature" and e.answer) == []
    assert keys(e for e in shipped_seeds.entries if e.kind != e.key.split("-")[0] and e.kind != "feature") == []


def test_other_words(shipped_seeds):
    """Each entry has at least twelve ways in which other people ask for it, none twice, and none that is only its
    title.
    """
    assert keys(e for e in shipped_seeds.entries if len(e.also) < 12) == []
    assert [
        (e.key, phrase)
        for e in shipped_seeds.entries
        for phrase, times in Counter(p.casefold() for p in e.also).items()
        if times > 1
    ] == []
    assert (
        keys(e for e in shipped_seeds.entries if e.title.casefold() in {phrase.casefold() for phrase in e.also}) == []
    )


def test_names(shipped_seeds):
    """No entry names the same thing twice."""
    assert [(e.key, name) for e in shipped_seeds.entries for name, times in Counter(e.names).items() if times > 1] == []


def test_texts_are_plain(shipped_seeds):
    """No text has control characters, line ends, doubled blanks or invisible characters in it."""
    odd = re.compile(r"[\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202f\ufeff]|  ")
    for entry in shipped_seeds.entries:
        texts = (entry.title, entry.summary, entry.caution or "", entry.answer or "", *entry.names, *entry.also)
        assert [(entry.key, text) for text in texts if odd.search(text)] == []


def test_line_hashes(features):
    """Each unnumbered change has the hash of the source line that it stands for, each its own; others need none."""
    unnumbered = [entry for entry in features if not entry.numbered]
    assert keys(e for e in unnumbered if not re.fullmatch(r"[0-9a-f]{16}", e.line_hash or "")) == []
    assert len({e.line_hash for e in unnumbered}) == len(unnumbered)
    assert keys(e for e in features if e.numbered and e.line_hash) == []


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.name)
def test_file_holds_its_version(path):
    """A file of changes holds those of the version in its name; only unversioned.toml holds uncertain ones."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert data.get("version") == (None if path.stem == "unversioned" else path.stem.removeprefix("v"))
    assert bool(data.get("possible_versions")) == (path.stem == "unversioned")
    assert data["feature"]


def test_releases_are_all_there():
    """There is a file for every version that the sources speak of."""
    assert [path.stem for path in RELEASES] == [
        "unversioned",
        *(f"v2.{minor}" for minor in (204, 206, 208, 210, 212, 214, 216)),
    ]


def test_glossary(shipped_seeds):
    """A term stands in one row of `same` only, no row repeats itself, and each row maps something to something else."""
    glossary = shipped_seeds.glossary
    terms = Counter(term for row in glossary.equivalents for term in row)
    assert [term for term, times in terms.items() if times > 1] == []
    assert [row for row in glossary.equivalents if len(row) < 2] == []
    assert [
        (term, means)
        for term, means in glossary.expansions
        if not means or term in means or len(set(means)) < len(means)
    ] == []
    assert glossary.common_words
