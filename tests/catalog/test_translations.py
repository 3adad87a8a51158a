"""What is learned from phrasings about the words that people ask by, and what is expected of an entry without any."""

import math
import time
from dataclasses import replace

import pytest

from bot.catalog import expansion, learning
from bot.catalog.learning import learn_anew, start_learning
from bot.catalog.models import FEW_PHRASINGS, Entry, IndexedText, Seeds, Translations, Version
from bot.catalog.phrasings import AcceptedPhrasing, replace_phrasings
from bot.catalog.repository import Catalog
from bot.catalog.seeds import read_seeds
from bot.catalog.thesaurus import parse_thesaurus, read_thesaurus
from bot.catalog.training import TrainingExamples, read_training_examples
from bot.catalog.translations import (
    ASKED,
    MEANT,
    NO_WORD,
    expected_words,
    fingerprint,
    learn_translations,
    origin_of,
    parse_translations,
    write_translations,
)
from bot.settings import PROJECT
from tests.relevance.learn import seed_texts


def text(key: str, title: str, phrasings: str = "", summary: str = "") -> IndexedText:
    """An entry's stems."""
    return IndexedText(int(key), key, title, "", summary, phrasings)


TOY = [
    text("1", "technician", "engineer\nengineer\nengineer\nengineer"),
    text("2", "technician invoice", "engineer bill\nengineer bill\nengineer bill\nengineer bill"),
]


def test_one_step_counts_evenly() -> None:
    """After one step, a word of a phrasing is dealt out to the entry's words by their weights (title 3, none 2.5)."""
    table = learn_translations(TOY, iterations=1).table
    # "engineer": 4 of entry 1 to technician by 3 in 5.5; 4 of entry 2 by 3 in 8.5. "bill": 4 of entry 2 by 3 in 8.5.
    engineer, bill = 4 * 3 / 5.5 + 4 * 3 / 8.5, 4 * 3 / 8.5
    assert table["technician"] == {
        "engineer": pytest.approx(engineer / (engineer + bill), abs=0.001),
        "bill": pytest.approx(bill / (engineer + bill), abs=0.001),
    }
    assert table["invoice"] == {"bill": 0.5, "engineer": 0.5}


def test_more_steps_tell_words_apart() -> None:
    """What an entry without the word shows goes into the others: "invoice" turns out to be "bill"."""
    table = learn_translations(TOY, iterations=10).table
    assert table["invoice"]["bill"] > 0.9 > 0.1 > table["invoice"].get("engineer", 0.0)
    assert table["technician"]["engineer"] > 0.6


def test_rare_words_are_not_learned() -> None:
    """A word that only one phrasing has says nothing, and entries without phrasings teach nothing."""
    table = learn_translations([*TOY, text("3", "technician", "chap"), text("4", "kiosk")]).table
    assert "chap" not in table["technician"]
    assert "kiosk" not in table


def test_thesaurus() -> None:
    """Everyday words are learned for words that no phrasing teaches, and less for those that many teach."""
    told = {"kiosk": {"tablet": 1.0, "door": 1.0}, "invoice": {"money": 1.0}}
    table = learn_translations(TOY, iterations=10, thesaurus=told).table
    assert table["kiosk"] == {"door": 0.5, "tablet": 0.5}
    assert 0.0 < table["invoice"]["bill"] < 1.0
    assert 0.0 < table["invoice"]["money"] < 1.0
    assert learn_translations([], thesaurus=told).table == {}
    assert fingerprint(TOY, told) != fingerprint(TOY, {})


def test_thesaurus_file() -> None:
    """A row gives every word before its colon all those behind it and, for half, its neighbours, as stems, and never
    itself; notes say nothing.
    """
    assert parse_thesaurus(["# note: x", "", "invoices billing: bill charges", "invoice: bill"]) == {
        "invoic": {"bill": 1.0, "charg": 1.0},
        "bill": {"invoic": 0.5, "charg": 1.0},
    }
    assert parse_thesaurus(["stock shelf: goods"])["stock"] == {"shelf": 0.5, "good": 1.0}
    shipped = read_thesaurus()
    assert len(shipped) > 1_500
    assert "money" in shipped["invoic"]
    assert all(said and term not in said for term, said in shipped.items())


@pytest.mark.parametrize(
    "line", ["technician", "technician\t", "technician\tengineer", "a\tb:1 c", "a b\tc:1", "a\tb:x"]
)
def test_a_line_that_is_none_is_refused(line: str) -> None:
    """A file with a line that is no word with its translations is refused as a whole, with the line."""
    with pytest.raises(ValueError, match="is no word with its translations"):
        parse_translations(f"# learned from x\nagent\tengineer:500\n{line}\n")


def test_a_file_is_stored_as_it_is(tmp_path) -> None:
    """What is read back of a file's table is the same as of a table in memory, whose numbers are stored as JSON."""
    table = {"technician": {"engineer": 0.5, "person": 0.0001}, NO_WORD: {"need": 0.1}, "kiosk": {"stand": 1.0}}
    in_memory = Translations("x", table)
    in_file = parse_translations(write_translations(in_memory))
    assert in_file == in_memory
    assert len(in_file.table) == 3
    for n, translations in enumerate((in_memory, in_file)):
        catalog = Catalog(tmp_path / f"{n}.db")
        with catalog.write_transaction() as db:
            expansion.store_translations(db, translations)
        read = expansion.read_translations(catalog.db, [text("9", "technician")])
        assert read == {"technician": {"engineer": 0.5, "person": 0.0001}, NO_WORD: {"need": 0.1}}
        catalog.close()


def test_expected_words() -> None:
    """420 words in 70 phrasings, dealt out by the weights of the entry's known words and of none; unknown ones count
    nothing.
    """
    table = {"technician": {"engineer": 0.5}, NO_WORD: {"need": 0.1}}
    assert expected_words(text("9", "technician kiosk"), table) == {"engineer": 60.0, "need": 19.09}
    assert expected_words(text("9", "kiosk", summary="technician"), table) == {"engineer": 60.0, "need": 30.0}
    assert expected_words(text("9", "kiosk"), table) == {}


def test_what_is_meant_raises_what_is_expected() -> None:
    """A word that is said for one word of the entries, or stands in the thesaurus, is expected oftener: its share and a
    quarter of the usual one are as many times higher as the weights say.
    """
    table = {"technician": {"engineer": 0.004}, NO_WORD: {}, ASKED: {"engineer": 0.004}}
    entry = text("9", "technician")
    plain = 420 * 0.004 * 3 / 5.5
    unit = 70 * 0.004 / 4
    assert expected_words(entry, table)["engineer"] == pytest.approx(plain, abs=0.01)
    by_meaning = expected_words(entry, table | {MEANT + "technician": {"engineer": 0.5}})["engineer"]
    assert by_meaning == pytest.approx((plain + unit) * math.exp(3.5) - unit, abs=0.01)
    by_thesaurus = expected_words(entry, table, {"technician": {"engineer": 1.0}})["engineer"]
    assert by_thesaurus == pytest.approx((plain + unit) * 75**0.14 - unit, abs=0.01)


def test_meaning_is_learned() -> None:
    """The rows beside those of the words say how likely a word is meant, and in which share of phrasings one stands."""
    table = learn_translations(TOY, iterations=10).table
    assert table[MEANT + "invoice"]["bill"] > 0.6 > 0.1 > table[MEANT + "technician"].get("bill", 0.0)
    assert table[ASKED] == {"engineer": 4.5, "bill": 1.5}  # of six words in a phrasing


def test_origin() -> None:
    """The entry's word that a stem is expected for; nothing in particular is no word."""
    table = {"technician": {"engineer": 0.5}, "agent": {"engineer": 0.2}, NO_WORD: {"need": 0.1}}
    assert origin_of("engineer", text("9", "agent technician"), table) == "technician"
    assert origin_of("need", text("9", "agent technician"), table) is None


def test_file_comes_back() -> None:
    """What was written is read as it was, and another text is refused."""
    learned = learn_translations(TOY)
    assert parse_translations(write_translations(learned)) == learned
    with pytest.raises(ValueError, match="learned from"):
        parse_translations("technician\tengineer:5000\n")


def test_seeds_file_is_what_the_seeds_give() -> None:
    """seeds/translations.tsv was learned from the phrasings as they are. If this fails: make learn."""
    seeds = read_seeds(PROJECT / "seeds")
    assert seeds.translations is not None
    assert seeds.translations.fingerprint == fingerprint(
        seed_texts(seeds), read_thesaurus(), read_training_examples().fingerprint
    )


# -- in the catalogue -------------------------------------------------------------------------------------------------

PHRASINGS = ("engineer rota", "keep engineer busy", "engineer gone", "which engineer", "engineer")
ENOUGH = (*PHRASINGS, *(f"engineer number {n}" for n in range(FEW_PHRASINGS - len(PHRASINGS))))
DESCRIBED = Entry("1000001", "feature", "Technicians are shown", version=Version(2, 300), also=ENOUGH)
NEW = Entry("1000002", "feature", "Technicians can be hidden", version=Version(2, 302))


@pytest.fixture
def catalog(tmp_path, monkeypatch):
    """A described entry and a new one, with nothing learned yet, and no training examples: they take seconds."""
    for module in (expansion, learning):
        monkeypatch.setattr(module, "read_training_examples", TrainingExamples)
    catalog = Catalog(tmp_path / "catalog.db")
    catalog.load_seeds(Seeds((DESCRIBED,)))
    catalog.upsert([NEW])
    yield catalog
    catalog.close()


def words_of(catalog: Catalog, key: str) -> dict[str, float]:
    """What is expected of an entry; nothing where no words are kept for it."""
    (entry_id,) = catalog.ids([key])
    return dict(expansion.read_expected_words(catalog.db).get(entry_id, {}))


def test_learned_once(catalog: Catalog) -> None:
    """The words of new entries come with what is learned; without changed phrasings nothing is learned again."""
    assert words_of(catalog, NEW.key) == {}
    assert learn_anew(catalog)
    assert words_of(catalog, NEW.key)["engin"] > 10
    assert words_of(catalog, DESCRIBED.key) == {}
    assert not learn_anew(catalog)


def test_imported_later(catalog: Catalog) -> None:
    """An entry that comes in afterwards has its words at once, and loses them when it has phrasings enough."""
    learn_anew(catalog)
    later = replace(NEW, key="1000003", title="Technicians can be grouped")
    catalog.upsert([later])
    assert words_of(catalog, later.key)["engin"] > 10
    catalog.upsert([replace(later, also=ENOUGH[1:])])
    assert words_of(catalog, later.key)["engin"] > 10
    catalog.upsert([replace(later, also=ENOUGH)])
    assert words_of(catalog, later.key) == {}


def test_made_anew_when_phrasings_change(catalog: Catalog) -> None:
    """Accepted phrasings count as well: what they teach is in the words of the others after the next learning."""
    learn_anew(catalog)
    assert "kumquat" not in words_of(catalog, NEW.key)
    accepted = [AcceptedPhrasing(DESCRIBED.key, f"kumquat {word}", "person") for word in ("a1", "b2", "c3", "d4")]
    replace_phrasings(catalog, accepted)
    assert learn_anew(catalog)
    assert words_of(catalog, NEW.key)["kumquat"] > 5


def test_learned_in_the_background(catalog: Catalog) -> None:
    """A thread beside answering learns what is new, and ends when it is told to."""
    ended = start_learning(catalog, seconds=0.01)
    for _ in range(500):
        if words_of(catalog, NEW.key):
            break
        time.sleep(0.01)
    ended.set()
    assert words_of(catalog, NEW.key)["engin"] > 10


def test_bulk_import_leaves_it_to_the_next_reader(catalog: Catalog) -> None:
    """More than a batch is expanded when the next question is asked, not while the import holds the catalogue."""
    learn_anew(catalog)
    catalog.upsert([replace(NEW, key=str(2_000_000 + n)) for n in range(1_200)])
    assert words_of(catalog, "2001100") == {}
    with catalog.read_transaction():
        assert words_of(catalog, "2001100")["engin"] > 10
        assert len(expansion.read_expected_words(catalog.db)) == expansion.MAX_EXPANDED


def test_where_most_have_few_phrasings_those_without_any_are_expanded(catalog: Catalog, monkeypatch) -> None:
    """Up to the limit, entries with few phrasings are expanded as well as those without any; past it, only the latter,
    and what was expected of the others is forgotten.
    """
    monkeypatch.setattr(expansion, "MAX_EXPANDED", 5)
    learn_anew(catalog)
    few = [replace(NEW, key=str(2_000_000 + n), also=("who is on call",)) for n in range(6)]
    catalog.upsert([NEW, *few[:2]])
    assert words_of(catalog, few[0].key)["engin"] > 0
    catalog.upsert(few)
    assert [bool(words_of(catalog, entry.key)) for entry in (NEW, *few)] == [True] + [False] * 6
