"""Which area a change belongs to: as its source says, or guessed by its words from the changes that people described.
Pure.

The guess compares a change's words with those of each area's described changes (the cosine of TF-IDF vectors, with an
area's changes added up to one), and counts words that name an area. It is only given when one area stands out:
tests/ingest/test_areas.py holds how often people agree with it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.catalog.models import Entry
from bot.text import stems

# Words in the descriptions of changes that point to an area, beside its names in seeds/areas.toml.
_EXTRA_WORDS = {
    "SLA": "sla response target priority hold",
    "Workflow & automation": "workflow runbook automation rule approval trigger step webhook",
    "Billing & invoicing": "invoice billing credit charge tax avalara payment prorating",
    "Contracts": "contract agreement prepay pre-pay",
    "Sales & quotes": "quote quotation sales order opportunity prospect crm",
    "Stock & purchasing": "stock purchase supplier item consignment serialised product",
    "Assets": "asset device software relationship",
    "Portal": "portal self-service end-user storefront",
    "Knowledge base": "kb article faq knowledge",
    "Integrations": "integration import sync jira azure entra intune ninjaone datto auvik quickbooks salesforce "
    "hubspot twilio google microsoft kaseya jamf",
    "Chat": "chat chatbot widget transcript",
    "Email & campaigns": "email mailbox campaign mail distribution subject",
    "Projects": "project task milestone forecasting gantt",
    "Reporting": "report dashboard chart datasource query statistics",
    "Time & scheduling": "timesheet shift appointment calendar holiday booking timer schedule",
    "Users & security": "permission password login sso role access session authentication qualification agent "
    "impersonating",
    "API": "api endpoint jwt parameter oauth",
    "Tickets": "ticket category action template bulk-edit follower",
    "Admin & configuration": "configuration custom column profile variable field audit advanced list display",
}
# These areas are named in passing by changes of every other area, so their words weigh less.
_WEIGHTS = {"Tickets": 0.6, "Admin & configuration": 0.5, "Integrations": 0.9}
_TITLE_WEIGHT = 3  # of a title's word against one of the summary
_NAMING_WORD, _NAMING_WORD_IN_SUMMARY = 0.05, 0.01  # against a cosine, which is 1 at most
_FIRST_WORDS = 4  # of a title; what a change is about stands there
_SUMMARY_STEMS = 60
_SHARPNESS = 10.0  # of the probabilities: how much a difference of scores counts
MIN_PROBABILITY = 0.2  # people agree with nearly eight in ten of such guesses, and with half of the others
MIN_DESCRIBED = 50  # with fewer described changes, only words that name an area say anything
_MIN_NAMED = 1.0  # of the words that name an area, where there are few described changes

_Vector = dict[str, float]
_Weights = dict[str, list[tuple[int, float]]]  # of a stem for areas, by their places


class AreaClassifier:
    """Assigns an area of the catalogue to a change, by the words of its title and summary."""

    def __init__(self, areas: Mapping[str, Sequence[str]], described: Iterable[Entry] = ()) -> None:
        """`areas`: the names of the areas, each with the other names that people use for it. `described`: changes whose
        area a person gave.
        """
        self._area_by_name = {
            " ".join(stems(alias)): name for name, aliases in areas.items() for alias in (name, *aliases)
        }
        named: dict[str, list[str]] = {}
        for name, aliases in areas.items():
            for stem in {stem for text in (*aliases, _EXTRA_WORDS.get(name, "")) for stem in stems(text)}:
                named.setdefault(stem, []).append(name)
        self.names = tuple(areas)
        # Each stem that names areas, with their places in `names` and its weight for each.
        self._in_title: _Weights = {}
        self._in_summary: _Weights = {}
        for stem, names in named.items():
            places = [(self.names.index(name), _WEIGHTS.get(name, 1.0)) for name in names]
            rarity = math.sqrt(len(names))
            self._in_title[stem] = [(at, _NAMING_WORD * weight / rarity) for at, weight in places]
            self._in_summary[stem] = [(at, _NAMING_WORD_IN_SUMMARY * weight) for at, weight in places]
        self._described = [entry for entry in described if entry.area in areas]
        self._model: _AreaModel | None = None

    def find_by_name(self, text: str | None) -> str | None:
        """The area that has this name or alias; None when there is none."""
        return self._area_by_name.get(" ".join(stems(text))) if text else None

    def classify(self, title: str, summary: str = "") -> str | None:
        """The area that most likely is the change's; None when none stands out."""
        title_stems, summary_stems = stems(title), stems(summary[:1_000])[:_SUMMARY_STEMS]
        named = self._named_areas(title_stems, summary_stems)
        if len(self._described) < MIN_DESCRIBED:
            best = max(named, default=0.0)
            stands_out = best >= _MIN_NAMED * _NAMING_WORD and named.count(best) == 1
            return self.names[named.index(best)] if stands_out else None
        if self._model is None:
            self._model = _AreaModel(self._described)
        scores = self._model.similarities(_count_words(title_stems, summary_stems))
        total = {name: scores.get(name, 0.0) + score for name, score in zip(self.names, named, strict=True)}
        name = max(total, key=lambda name: (total[name], name))
        probability = math.exp(_SHARPNESS * total[name]) / sum(math.exp(_SHARPNESS * score) for score in total.values())
        return name if probability >= MIN_PROBABILITY else None

    def _named_areas(self, title: Sequence[str], summary: Sequence[str]) -> list[float]:
        """How much the words that name an area say for each of `names`: the first words of the title most."""
        scores = [0.0] * len(self.names)
        title_stems, in_title, in_summary = dict.fromkeys(title), self._in_title, self._in_summary
        for position, stem in enumerate(title_stems):
            if stem in in_title:
                factor = 1.3 if position < _FIRST_WORDS else 1.0
                for at, weight in in_title[stem]:
                    scores[at] += weight * factor
        for stem in filter(in_summary.__contains__, dict.fromkeys(summary)):
            if stem not in title_stems:
                for at, weight in in_summary[stem]:
                    scores[at] += weight
        return scores


class _AreaModel:
    """The words of each area's described changes, as one vector an area."""

    def __init__(self, described: Sequence[Entry]) -> None:
        counts = [
            _count_words(stems(" ".join((e.title, *e.names))), stems(e.summary)[:_SUMMARY_STEMS]) for e in described
        ]
        frequency = Counter(stem for words in counts for stem in words)
        self._rarity = {stem: math.log(1 + len(described) / number) for stem, number in frequency.items()}
        sums: dict[str, _Vector] = {}
        for entry, words in zip(described, counts, strict=True):
            area = sums.setdefault(entry.area or "", {})
            for stem, weight in self._vector(words).items():
                area[stem] = area.get(stem, 0.0) + weight
        self.names = tuple(sums)
        self._by_stem: dict[
            str, list[tuple[int, float]]
        ] = {}  # the area's place in `names`, and the stem's weight there
        for at, vector in enumerate(sums.values()):
            for stem, weight in _normalise(vector).items():
                self._by_stem.setdefault(stem, []).append((at, weight))

    def similarities(self, words: Mapping[str, int]) -> dict[str, float]:
        """How alike these words are to each area's, from 0 to 1."""
        scores, square = [0.0] * len(self.names), 0.0
        for stem, count in words.items():
            if in_areas := self._by_stem.get(stem):  # thousands of rows in one import: one loop, no vector
                weight = math.log1p(count) * self._rarity[stem]
                square += weight * weight
                for at, in_area in in_areas:
                    scores[at] += weight * in_area
        length = math.sqrt(square) or 1.0
        return {name: score / length for name, score in zip(self.names, scores, strict=True)}

    def _vector(self, words: Mapping[str, int]) -> _Vector:
        return _normalise({stem: math.log1p(count) * self._rarity.get(stem, 0.0) for stem, count in words.items()})


def _count_words(title: Sequence[str], summary: Sequence[str]) -> Counter[str]:
    words = Counter(summary)
    for stem in title:
        words[stem] += _TITLE_WEIGHT
    return words


def _normalise(vector: _Vector) -> _Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {stem: weight / length for stem, weight in vector.items()} if length else vector
