"""Five real documents (HALO_TEST_DOCUMENTS): an import into an empty catalogue gives every fact that a person read in
them, in any order, and one on top of the seeds changes nothing.
"""

import itertools
import json
import subprocess
import sys
from collections import Counter

import pytest

from bot.catalog.entry_codec import entry_to_json
from bot.catalog.repository import Catalog
from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document
from bot.ingest.service import import_documents
from bot.text import line_hash
from tests.ingest.conftest import DOCUMENTS


@pytest.fixture(scope="module")
def readings(documents) -> list[ParsedDocument]:
    """The documents, read."""
    return [read_document(path.read_bytes(), path.name) for path in documents]


def check(catalogue: Catalog) -> list[str]:
    """The lines that check_catalogue.py --facts-only prints about the catalogue."""
    exported = "\n".join(json.dumps(entry_to_json(entry)) for entry in catalogue.entries())
    done = subprocess.run(
        [sys.executable, DOCUMENTS / "checks" / "check_catalogue.py", "--facts-only"],
        input=exported,
        text=True,
        capture_output=True,
        check=False,
    )
    return [line for line in done.stdout.splitlines() if line]


def test_from_empty(empty, readings, now):
    """One import gives exactly what the facts say; a second changes nothing."""
    report = import_documents(empty, readings, now)
    assert check(empty)[-1].endswith("282 entries, 0 problems")
    assert any("v2.21 read as v2.210" in remark for remark in report.remarks)
    before = empty.revision
    again = import_documents(empty, readings, now)
    assert (again.new, again.updated, again.import_id, empty.revision) == ((), (), None, before)
    assert again.count("new") + again.count("changed") + again.count("merged") == 0


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_any_order_one_by_one(tmp_path, readings, now, order):
    """The documents imported one after the other, in any order, give the same."""
    catalogue = Catalog(tmp_path / "catalog.db")
    for place in (*order, 3, 4):
        import_documents(catalogue, [readings[place]], now)
    assert check(catalogue)[-1].endswith("282 entries, 0 problems")
    catalogue.close()


def test_all_orders_give_the_same_texts(tmp_path, readings, now):
    """Not only the facts: titles and summaries do not depend on the order either."""
    texts = []
    for name, order in enumerate((readings, readings[::-1])):
        catalogue = Catalog(tmp_path / f"{name}.db")
        for reading in order:
            import_documents(catalogue, [reading], now)
        texts.append(
            {entry.key: (entry.title, entry.summary, entry.caution, entry.area) for entry in catalogue.entries()}
        )
        catalogue.close()
    assert texts[0] == texts[1]


@pytest.mark.parametrize(("place", "entries"), [(0, 149), (1, 32), (2, 103), (3, 0), (4, 0)])
def test_each_alone(empty, readings, now, place, entries):
    """Each document alone gives what it says, and nothing that is in none."""
    import_documents(empty, [readings[place]], now)
    said = [line for line in check(empty)[:-1] if "missing" not in line and "highlighted should be" not in line]
    assert said == []
    assert empty.entry_count() == entries


def test_on_top_of_the_seeds(catalogue, readings, now):
    """Nothing is added and nothing that a person wrote is changed, all at once or document by document."""
    before = catalogue.entries()
    for group in ([readings[1]], [readings[0]], [readings[2]], readings):
        report = import_documents(catalogue, group, now)
        assert (report.new, report.updated) == ((), ())
    assert catalogue.entries() == before


def test_nothing_from_articles(readings):
    """The two articles and the support page hold no change."""
    assert [len(reading.records) for reading in readings[3:]] == [0, 0]
    assert not [record for record in readings[2].records if record.line_number < 48]


def test_cautions(empty, readings, now):
    """Where the hosts advised care, it is noted, and nowhere else."""
    import_documents(empty, readings, now)
    wanted = set(json.loads((DOCUMENTS / "facts" / "cautions.json").read_text()))
    assert {entry.key for entry in empty.entries() if entry.caution} == wanted


def test_episodes(empty, readings, now):
    """Dates, hosts and versions of the episodes, as far as the documents give them."""
    import_documents(empty, readings, now)
    found = empty.episodes()
    for fact in json.loads((DOCUMENTS / "facts" / "episodes.json").read_text()):
        episode = found[fact["number"]]
        assert [v.number for v in episode.versions] == fact["versions"]
        assert list(episode.hosts) == fact["hosts"]
        assert episode.published in (fact["published"], None)


def test_line_hashes(documents, shipped_seeds):
    """Every line hash in the seeds is that of its line in the documents."""
    lines = {line_hash(line) for path in documents for line in path.read_text(encoding="utf-8").splitlines()}
    hashes = {entry.key: entry.line_hash for entry in shipped_seeds.entries if entry.line_hash}
    assert len(hashes) == 75
    assert set(hashes.values()) <= lines
    for fact in json.loads((DOCUMENTS / "facts" / "unnumbered.json").read_text()):
        line = (DOCUMENTS / "seeds" / fact["seed"]).read_text(encoding="utf-8").splitlines()[fact["line"] - 1]
        assert hashes[fact["key"]] == line_hash(line)


def test_repeats_go_where_they_belong(catalogue, readings, now):
    """A line that repeats a change is put to that change, on top of our own words too, and never to another."""
    repeats = {
        (fact["seed"], fact["line"]): fact["same_as"]
        for fact in json.loads((DOCUMENTS / "facts" / "description_only_lines.json").read_text())
    }
    report = import_documents(catalogue, [readings[1]], now)
    judged = [
        (o.kind, o.key == repeats[o.source, o.line_number])
        for o in report.outcomes
        if (o.source, o.line_number) in repeats and o.key
    ]
    counted = Counter(judged)
    assert counted["merged", True] >= 12
    assert {right for _, right in counted} == {True}


def test_areas_are_mostly_right(empty, readings, shipped_seeds, now):
    """A proposed area is the one that a person chose in more than half of the cases: a start, to be mended by hand."""
    empty.load_seeds(type(shipped_seeds)(areas=shipped_seeds.areas))
    import_documents(empty, readings, now)
    chosen = {entry.key: entry.area for entry in shipped_seeds.entries}
    found = [entry.area == chosen[entry.key] for entry in empty.entries()]
    assert sum(found) / len(found) > 0.5


def test_impacts_are_guessed_as_read(empty, readings, now, shipped_seeds):
    """What the rule guesses from the documents is what was labelled by reading them, in nine of ten changes."""
    import_documents(empty, readings, now)
    seeds = {entry.line_hash or entry.key: entry.impact for entry in shipped_seeds.entries if entry.kind == "feature"}
    guesses = {entry.line_hash or entry.key: entry for entry in empty.entries() if entry.kind == "feature"}
    assert guesses.keys() == seeds.keys()
    assert all(entry.impact_guessed == (entry.impact != "unclear") for entry in guesses.values())
    agreed = sum(guesses[key].impact == impact for key, impact in seeds.items())
    assert agreed / len(seeds) >= 0.9
