"""Seed files become entries, idempotently; a file that cannot be right is refused and changes nothing."""

import os
from functools import partial
from pathlib import Path

import pytest

from bot.catalog.models import Entry, Episode, Filters, Glossary, Mention, Seeds, Version
from bot.catalog.repository import SeedLoadReport
from bot.catalog.seeds import folder_signature, read_seeds
from bot.errors import CatalogueError, SeedError
from bot.ingest.seed_loading import load_seeds_folder
from bot.settings import shipped_path


def test_files_become_records(folder):
    """Everything that the files say is in the records, in the order of the files, without blanks around it."""
    folder.write(
        "releases/v2.206.toml",
        'version = "v2.206"\n[[feature]]\nkey = "1016865"\ntitle = " Jira "\nsummary = "One."\narea = "Tickets"\n'
        'highlighted = true\ncaution = "Try it."\nimpact = "opt-in"\n'
        'mentions = [{ episode = 13, at = "1:02:03" }, { episode = 14 }]\nnames = ["JSM "]\nalso = ["atlassian"]\n'
        'line_hash = "ab"\n',
    )
    folder.write(
        "releases/unversioned.toml", 'possible_versions = ["2.208", "2.210"]\n' + folder.feature("ep15-01", "Somewhere")
    )
    seeds = folder.read()
    assert seeds.entries == (
        Entry(
            "ep15-01", "feature", "Somewhere", "Somewhere, in a sentence.", area="Tickets",
            possible_versions=(Version(2, 208), Version(2, 210)),
        ),
        Entry(
            "1016865", "feature", "Jira", "One.", Version(2, 206), area="Tickets", highlighted=True, caution="Try it.",
            mentions=(Mention(13, "1:02:03"), Mention(14)), names=("JSM",), also=("atlassian",), line_hash="ab",
            impact="opt-in",
        ),
        Entry("faq-sso", "faq", "Signing in once", answer="Connect the Azure application."),
    )  # fmt: skip
    assert seeds.areas == (("Tickets", ("desk",)), ("Reporting", ()))
    assert seeds.episodes == (Episode(13, "https://example.com/13", None, ("Mendy",), (Version(2, 206),)), Episode(14))
    assert seeds.glossary == Glossary(
        (("ticket", "case"),), (("jira", ("issue tracker",)),), frozenset({"work", "people"})
    )


def test_loaded_is_what_was_read(folder, empty):
    """After a load the catalogue gives back the same entries, areas, episodes and glossary that the files hold."""
    seeds = folder.read()
    assert empty.load_seeds(seeds) == SeedLoadReport(added=3)
    assert sorted(empty.entries(), key=lambda e: e.key) == sorted(seeds.entries, key=lambda e: e.key)
    assert tuple(empty.areas().items()) == seeds.areas
    assert tuple(empty.episodes().values()) == seeds.episodes
    assert empty.glossary() == seeds.glossary
    assert empty.seeds_signature == seeds.signature


def test_second_load_changes_nothing(folder, empty, dump):
    """Loading the same seeds again leaves every row of every table as it was, the revision too."""
    folder.write(
        "releases/v2.208.toml",
        folder.release(
            "2.208",
            folder.feature("23456", "Two minutes") + '\nmentions = [{episode = 14, at = "9:00"}, {episode = 13}]',
        ),
    )
    folder.write(
        "releases/unversioned.toml", 'possible_versions = ["2.210", "2.208"]\n' + folder.feature("ep15-01", "Either")
    )
    empty.load_seeds(folder.read())
    before = dump(empty.path)
    assert empty.load_seeds(folder.read()) == SeedLoadReport(unchanged=5)
    assert dump(empty.path) == before


def test_shipped_seeds_load_twice(catalogue, shipped_seeds, dump):
    """The shipped seeds, too, change nothing when they are loaded again."""
    before = dump(catalogue.path)
    assert catalogue.load_seeds(shipped_seeds) == SeedLoadReport(unchanged=len(shipped_seeds.entries))
    assert dump(catalogue.path) == before


def test_changed_seed_updates_its_entry(folder, empty):
    """A changed seed changes its entry under the same row number, is found by its new words only, and nothing else
    moves.
    """
    empty.load_seeds(folder.read())
    (number,), revision = empty.ids(["1016865"]), empty.revision
    others = empty.entries(["794180", "faq-sso"])
    folder.write(
        "releases/v2.206.toml",
        folder.release(
            "2.206",
            folder.feature("1016865", "Umbrella", area="Reporting", summary="Rain."),
            folder.feature("794180", "Report of stock"),
        ),
    )
    assert empty.load_seeds(folder.read()) == SeedLoadReport(updated=1, unchanged=2)
    (changed,) = empty.entries(["1016865"])
    assert (changed.title, changed.area, empty.ids(["1016865"])) == ("Umbrella", "Reporting", [number])
    assert empty.entries(["794180", "faq-sso"]) == others
    assert empty.revision != revision
    assert [row["key"] for row in empty.db["entries"].search("umbrella")] == ["1016865"]
    assert list(empty.db["entries"].search("jira")) == []


def test_removed_seed_goes(folder, empty):
    """A seed that is no longer in the files leaves the catalogue, its mentions and the search with it."""
    folder.write(
        "releases/v2.208.toml",
        folder.release("2.208", folder.feature("23456", "Umbrella") + "\nmentions = [{episode = 13}]"),
    )
    empty.load_seeds(folder.read())
    os.remove(folder.path / "releases/v2.208.toml")
    assert empty.load_seeds(folder.read()) == SeedLoadReport(removed=1, unchanged=3)
    assert empty.keys() == {"1016865", "794180", "faq-sso"}
    assert empty.versions() == [Version(2, 206)]
    assert empty.keys_matching(Filters(episode=13)) == []
    assert list(empty.db["entries"].search("umbrella")) == []


def test_seed_that_moves_to_another_version(folder, empty):
    """A change that turns out to belong to another version is updated, not doubled."""
    folder.write(
        "releases/unversioned.toml", 'possible_versions = ["2.208", "2.210"]\n' + folder.feature("ep15-01", "Either")
    )
    empty.load_seeds(folder.read())
    os.remove(folder.path / "releases/unversioned.toml")
    folder.write("releases/v2.210.toml", folder.release("2.210", folder.feature("ep15-01", "Either")))
    assert empty.load_seeds(folder.read()) == SeedLoadReport(updated=1, unchanged=3)
    (entry,) = empty.entries(["ep15-01"])
    assert (entry.version, entry.possible_versions) == (Version(2, 210), ())


def test_entries_from_elsewhere_stay(folder, empty, make_entry):
    """What came from a post survives every load: of the same seeds, of changed ones, of none at all."""
    post = make_entry(area="Chat", version=Version(2, 300), mentions=(Mention(99, "1:00"),))
    empty.load_seeds(folder.read())
    empty.upsert([post])
    os.remove(folder.path / "releases/v2.206.toml")
    for seeds in (folder.read(), Seeds(), folder.read()):
        empty.load_seeds(seeds)
        assert empty.entries([post.key]) == [post]
    assert "Chat" in empty.areas()


def test_no_seeds_take_nothing_away(folder, empty):
    """Loading an empty set of seeds (HALO_SEEDS=none) keeps the entries that are there."""
    empty.load_seeds(folder.read())
    assert empty.load_seeds(Seeds()) == SeedLoadReport()
    assert empty.entry_count() == 3


def test_a_seed_wins_over_an_entry_from_elsewhere(folder, empty, make_entry):
    """When a post brought a change first, the seed with the same key takes its place, once."""
    empty.upsert([make_entry("1016865", "Hearsay", mentions=(Mention(99),))])
    assert empty.load_seeds(folder.read()) == SeedLoadReport(added=2, updated=1)
    (entry,) = empty.entries(["1016865"])
    assert (entry.title, entry.source, entry.mentions) == ("Jira default status", "seeds", ())
    assert empty.load_seeds(folder.read()) == SeedLoadReport(unchanged=3)


def test_surroundings_follow_the_files(folder, empty):
    """A renamed area and a changed glossary are as the files say, with nothing left of what they said before."""
    empty.load_seeds(folder.read())
    folder.write("areas.toml", '[[area]]\nname = "Insight"\n[[area]]\nname = "Tickets"\nalso = ["desk", "queue"]\n')
    folder.write("glossary.toml", 'same = [["case", "ticket", "call"]]\nelsewhere = ["zendesk"]\n')
    empty.load_seeds(folder.read())
    assert list(empty.areas().items()) == [("Insight", ()), ("Tickets", ("desk", "queue"))]
    assert empty.glossary() == Glossary((("case", "ticket", "call"),), foreign_products=("zendesk",))


# What is wrong, in which file, and what the refusal has to say besides the file's name.
BROKEN = {
    "bad TOML": ("releases/v2.206.toml", 'version = "2.206"\n\n[[feature]\nkey = 1', ["line 3"]),
    "key that is a number": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = 1016865\ntitle = "T"',
        ["1016865", "key", "text in quotes"],
    ),
    "title that is a list": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\ntitle = ["T"]',
        ["1016865", "title", "text"],
    ),
    "also that is a text": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\ntitle = "T"\nalso = "a"',
        ["1016865", "also", "list"],
    ),
    "blank in names": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\ntitle = "T"\nnames = [" "]',
        ["1016865", "names"],
    ),
    "highlighted yes": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\nhighlighted = "yes"',
        ["1016865", "true or false"],
    ),
    "unknown field": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\nsumary = "S"',
        ["1016865", "sumary", "summary"],
    ),
    "unknown block": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[features]]\nkey = "1016865"',
        ["features", "feature"],
    ),
    "block of the wrong form": (
        "releases/v2.206.toml",
        'version = "2.206"\n[feature]\nkey = "1016865"',
        ["[[feature]]"],
    ),
    "no key": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\ntitle = "T"\narea = "Tickets"',
        ["key", "ep15-07"],
    ),
    "odd key": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "jira"\ntitle = "T"\narea = "Tickets"',
        ["jira", "key"],
    ),
    "missing area": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\ntitle = "T"',
        ["1016865", "area"],
    ),
    "unknown area": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\ntitle = "T"\narea = "Ticket"',
        ["1016865", "'Ticket'", "areas.toml"],
    ),
    "unknown impact": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\ntitle = "T"\narea = "Tickets"\nimpact = "Fix"',
        ["1016865", "'Fix'", "changes behaviour, opt-in, new, fix, unclear"],
    ),
    "impact of an answer": (
        "answers.toml",
        '[[faq]]\nkey = "faq-sso"\ntitle = "T"\nanswer = "A"\nimpact = "new"',
        ["faq-sso", "impact"],
    ),
    "no version": (
        "releases/v2.206.toml",
        '[[feature]]\nkey = "1016865"\ntitle = "T"\narea = "Tickets"',
        ["1016865", "version"],
    ),
    "bad version": ("releases/v2.206.toml", 'version = "next"', ["next", "v2.206"]),
    "version without quotes": ("releases/v2.210.toml", "version = 2.210", ["quotes"]),
    "possible versions that are none": ("releases/unversioned.toml", "possible_versions = 2", ["list"]),
    "bad possible version": ("releases/unversioned.toml", 'possible_versions = ["2.208", "soon"]', ["soon"]),
    "no title": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\narea = "Tickets"',
        ["1016865", "title"],
    ),
    "long title": (
        "releases/v2.206.toml",
        f'version = "2.206"\n[[feature]]\nkey = "1016865"\narea = "Tickets"\ntitle = "{"x" * 91}"',
        ["1016865", "91", "90"],
    ),
    "unknown episode": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\narea = "Tickets"\ntitle = "T"\nmentions = [{ episode = 77 }]',
        ["1016865", "episode 77", "episodes.toml"],
    ),
    "bad minute": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\nmentions = [{ episode = 13, at = "6:75" }]',
        ["1016865", "6:75", "6:08"],
    ),
    "minute that is a number": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\nmentions = [{ episode = 13, at = 608 }]',
        ["1016865", "608"],
    ),
    "mention of another form": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\nmentions = ["13"]',
        ["1016865", "mention"],
    ),
    "mention that says more": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\nmentions = [{ episode = 13, minute = "6:08" }]',
        ["1016865"],
    ),
    "mention twice": (
        "releases/v2.206.toml",
        'version = "2.206"\n[[feature]]\nkey = "1016865"\n'
        'mentions = [{ episode = 13, at = "6:08" }, { episode = 13, at = "06:08" }]',
        ["1016865", "twice"],
    ),
    "not UTF-8": ("releases/v2.206.toml", b'version = "2.206"\n# caf\xe9', ["UTF-8", "byte 23"]),
    "answer without an answer": ("answers.toml", '[[faq]]\nkey = "faq-sso"\ntitle = "T"', ["faq-sso", "answer"]),
    "duplicate key over two files": (
        "answers.toml",
        '[[faq]]\nkey = "1016865"\ntitle = "T"\nanswer = "A"',
        ["1016865", "v2.206.toml"],
    ),
    "four words": (
        "glossary.toml",
        'same = [["ticket", "a case for the desk"]]',
        ["a case for the desk", "three words"],
    ),
    "four words in means": (
        "glossary.toml",
        '[[means]]\nterm = "jira"\nmeans = ["where the bugs live"]',
        ["where the bugs live"],
    ),
    "means without a term": ("glossary.toml", '[[means]]\nmeans = ["a"]', ["term"]),
    "same that is no list": ("glossary.toml", 'same = "ticket"', ["same", "list"]),
    "row that is no list": ("glossary.toml", 'same = ["ticket"]', ["ticket", "list"]),
    "everyday that is no list": ("glossary.toml", "everyday = 5", ["everyday", "list"]),
    "term in two rows": ("glossary.toml", 'same = [["ticket", "case"], ["ticket", "call"]]', ["ticket", "two rows"]),
    "misspelt glossary": ("glossary.toml", 'smae = [["ticket", "case"]]', ["smae"]),
    "area without a name": ("areas.toml", '[[area]]\nalso = ["a"]', ["name"]),
    "area twice": ("areas.toml", '[[area]]\nname = "Tickets"\n[[area]]\nname = "Tickets"', ["Tickets", "twice"]),
    "episode without a number": ("episodes.toml", '[[episode]]\nnumber = "13"', ["number"]),
    "episode that is true": ("episodes.toml", "[[episode]]\nnumber = true", ["number"]),
    "episode twice": ("episodes.toml", "[[episode]]\nnumber = 13\n[[episode]]\nnumber = 13", ["episode 13", "twice"]),
    "page that is no address": (
        "episodes.toml",
        '[[episode]]\nnumber = 13\nurl = "javascript:alert(1)"',
        ["episode 13", "https://"],
    ),
    "hosts that are a text": ("episodes.toml", '[[episode]]\nnumber = 13\nhosts = "Mendy"', ["episode 13", "hosts"]),
    "versions that are a number": (
        "episodes.toml",
        "[[episode]]\nnumber = 13\nversions = 2.206",
        ["episode 13", "list"],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_file_is_refused(case, folder, empty, dump):
    """A file that cannot be right is refused with its name, the line or key and what is wrong; the catalogue stays as
    it was.
    """
    load_seeds_folder(empty, folder.path, with_entries=True)
    before = dump(empty.path)
    name, text, said = BROKEN[case]
    folder.write(name, text)
    with pytest.raises(SeedError) as refused:
        load_seeds_folder(empty, folder.path, with_entries=True)
    sentence = str(refused.value)
    assert sentence.startswith(f"{Path(name).name}: ")
    assert [part for part in said if part not in sentence] == []
    assert "\n" not in sentence
    assert dump(empty.path) == before


@pytest.mark.parametrize("missing", ["areas.toml", "episodes.toml", "answers.toml", "glossary.toml"])
def test_missing_file_is_named(missing, folder):
    """A seeds folder without one of its files is refused by the file's name."""
    os.remove(folder.path / missing)
    with pytest.raises(SeedError, match=missing):
        folder.read()


def test_missing_folder_is_named(tmp_path, folder):
    """A folder that is not there, or is not one of seeds, is named together with the setting that says where it is."""
    for path in (tmp_path / "nowhere", folder.path / "areas.toml"):
        with pytest.raises(SeedError, match="HALO_SEEDS") as refused:
            read_seeds(path)
        assert str(path) in str(refused.value)
    os.remove(folder.path / "releases/v2.206.toml")
    os.rmdir(folder.path / "releases")
    with pytest.raises(SeedError, match="HALO_SEEDS"):
        folder.read()  # all features gone is a wrong folder, not a wish to remove them


def test_failure_in_the_middle_of_a_load_changes_nothing(folder, empty, make_entry, dump):
    """When the last of the entries cannot be written, neither are those before it."""
    empty.load_seeds(folder.read())
    before = dump(empty.path)
    seeds = Seeds(
        (make_entry("11111", "Fine"), make_entry("22222", "Half a character: \ud83d")),
        areas=(("Tickets", ()), ("New", ())),
    )
    with pytest.raises(CatalogueError, match="nothing was changed"):
        empty.load_seeds(seeds)
    assert dump(empty.path) == before


def test_byte_order_mark_and_windows_lines(folder):
    """Files that Windows' editors saved, with a byte order mark and CR LF, are read like any other."""
    text = (folder.path / "releases/v2.206.toml").read_text()
    plain = folder.read().entries
    folder.write("releases/v2.206.toml", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert folder.read().entries == plain


def test_files_of_editors_are_not_seeds(folder):
    """What an editor leaves beside a file while it is open (a dangling link, a hidden copy) is neither read nor in the
    way.
    """
    before = folder.read()
    os.symlink("someone@somewhere.1234", folder.path / "releases/.#v2.206.toml")
    folder.write("releases/.v2.206.toml", "half a")
    folder.write("releases/v2.206.toml~", "half a")
    assert folder.read() == before
    assert folder_signature(folder.path) == before.signature


def test_signature_tells_changes(folder):
    """The signature is the same while the files are, and another one when a file changes, comes or goes."""
    seen = [folder.read().signature, folder_signature(folder.path)]
    assert seen[0] == seen[1]
    folder.write("releases/v2.208.toml", folder.release("2.208"))
    seen.append(folder_signature(folder.path))
    folder.write("releases/v2.208.toml", folder.release("2.208", folder.feature("23456", "Other")))
    seen.append(folder_signature(folder.path))
    os.remove(folder.path / "answers.toml")
    seen.append(folder_signature(folder.path))
    assert len(set(seen)) == 4


def test_seeds_are_loaded_only_when_they_changed(folder, empty):
    """A start with the same files does not load them again; a changed file is loaded at the next start."""
    load = partial(load_seeds_folder, empty, folder.path, with_entries=True)
    assert "3 new" in load()
    assert load() == "The seeds are loaded already."
    assert "3 as they were" in load(again=True)
    folder.write("releases/v2.208.toml", folder.release("2.208", folder.feature("23456", "Other")))
    assert "1 new, 0 changed, 0 removed, 3 as they were" in load()


def test_seeds_after_none(empty, shipped_seeds):
    """A catalogue that was started with HALO_SEEDS=none has no entries but knows the areas; with the seeds again it
    gets them all.
    """
    load_seeds_folder(empty, shipped_path("seeds"), with_entries=False)
    assert (empty.entry_count(), len(empty.areas())) == (0, len(shipped_seeds.areas))
    assert empty.glossary() == shipped_seeds.glossary
    load_seeds_folder(empty, shipped_path("seeds"), with_entries=True)
    assert empty.entry_count() == len(shipped_seeds.entries)


def test_a_load_guesses_what_imports_lack(folder, empty, make_entry):
    """Loading the seeds, as the first start of a new release does, gives imported changes without an impact a guess."""
    empty.upsert([make_entry("1200001", "Added a setting to lock quotes"), make_entry("1200002", impact="fix")])
    load_seeds_folder(empty, folder.path, with_entries=True)
    given = {entry.key: (entry.impact, entry.impact_guessed) for entry in empty.entries(["1200001", "1200002"])}
    assert given == {"1200001": ("opt-in", True), "1200002": ("fix", False)}
