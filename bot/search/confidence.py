"""How sure an answer is: whether the first entry is what was asked for.

An entry with enough of the question's words may still answer another question. What tells right from wrong is whether
it is the only place: how far it is ahead of the first entry on another subject, and how much likelier the question is
in its own lines than in those of all entries.

    certainty = BIAS + the sum of SIGNAL_WEIGHTS[name] * signal, for the signals of `Signals`
    sure from SURE_THRESHOLD on, perhaps from PERHAPS_THRESHOLD on, else no answer

Weights and thresholds stand in `calibration.py`, which `make calibrate` writes. The likelihood is that of a naive
Bayes model (https://nlp.stanford.edu/IR-book/html/htmledition/naive-bayes-text-classification-1.html): a word is as
likely as the share of an entry's lines that have it, smoothed by the mean share over all entries.
"""

import math
from collections.abc import Callable, Container, Iterable, Sequence
from typing import NamedTuple

from bot.search import calibration
from bot.search.models import Confidence, Expansion, Term
from bot.search.scoring import Document, Postings, Score, Stems, TermMatches
from bot.text import stem

PRIOR_LINES = 5.0  # lines' worth of the mean over all entries that smooth the share of an entry's lines
MIN_MEAN_SHARE = 1e-5  # of lines with a word, so that a word which only summaries have counts too
POSTERIOR_WEIGHT = 0.02  # in ranking, where the score is 0 to about 1
# The part of evidence that comes from the number of words.
PER_WORD_BONUS, MAX_BONUS_WORDS, SINGLE_WORD_BONUS = 0.12, 8, 0.1
MIN_EVIDENCE = 0.95  # less is no answer …
MAX_SHORT_TERMS, MAX_UNKNOWN_SHARE = 3, 0.5  # … nor is there one to a short question that is half of unknown words
MAX_MARGIN = 0.3  # further ahead than this is no more certain
LIKELIHOOD_SCALE, MAX_LEAD = 8.0, 12.0  # natural logarithms
LINES_SCALE = 6.0  # binary logarithm of 64 lines
MAX_TERMS, MAX_RARE_TERMS = 14, 10  # more make no difference
# Of entries that nobody has described (`make fresh`): sure answers are as rarely wrong as others, and where one may be
# meant it is shown as perhaps. A described entry that is not this far ahead of one is no sure answer.
EXPANDED_SURE_THRESHOLD, EXPANDED_PERHAPS_THRESHOLD = 0.0, -2.0
MIN_LEAD_OVER_NEW = 0.08
MIN_LEAD_OF_NEW = 0.1  # and one that is sure by itself comes first, unless one of these is so far ahead
SAME_SUBJECT = 0.5  # share of the rarer subject's weight that two entries on one subject have in common


class RankedDocument(NamedTuple):
    """A document with its score and how likely the question is in its lines."""

    document: Document
    score: Score
    likelihood: float = 0.0  # natural logarithm, against the mean of all entries
    posterior: float = 0.0  # share of the probability that it has among the candidates, and nothing at all

    @property
    def rank_score(self) -> float:
        """What candidates are ordered by."""
        return self.score.total + POSTERIOR_WEIGHT * self.posterior


class Signals(NamedTuple):
    """What certainty is made of. Each is 0 to about 1, but for evidence (to 2.5) and lead (from -0.4)."""

    evidence: float  # term coverage + phrase coverage + a bonus for each word of the question
    margin: float  # rank score less that of the first candidate on another subject, at most MAX_MARGIN
    posterior: float
    likelihood: float  # tanh(likelihood / LIKELIHOOD_SCALE)
    lead: float  # likelihood less that of the likeliest candidate on another subject, of MAX_LEAD
    lines: float  # binary logarithm of the entry's lines, of LINES_SCALE: more lines have more words by chance
    terms: float  # how many words are searched for, of MAX_TERMS: a long complaint covers less than three words do
    rare_terms: float  # how many of these are no common words of any text, of MAX_RARE_TERMS


class Assessment(NamedTuple):
    """How sure the first of some candidates is, and why."""

    confidence: Confidence
    certainty: float
    signals: Signals
    sure_from: float = calibration.SURE_THRESHOLD
    perhaps_from: float = calibration.PERHAPS_THRESHOLD


def with_posteriors(
    scored: Sequence[tuple[Document, Score]], term_matches: Iterable[TermMatches], idf_scale: int
) -> list[RankedDocument]:
    """Candidates with their likelihoods and posteriors, in the given order. `idf_scale`: that of the vocabulary."""
    factors = _likelihood_factors(term_matches, idf_scale)
    likelihoods = [_likelihood(document, score, factors) for document, score in scored]
    highest = max([0.0, *likelihoods])
    # The likelihood of nothing at all is that of the mean: its logarithm is 0.
    total = math.exp(-highest) + sum(math.exp(likelihood - highest) for likelihood in likelihoods)
    return [
        RankedDocument(document, score, likelihood, math.exp(likelihood - highest) / total)
        for (document, score), likelihood in zip(scored, likelihoods, strict=True)
    ]


def _mean_share(expansions: Sequence[tuple[Expansion, Postings]], idf_scale: int) -> float:
    """The mean share of lines that have a term, over all entries; of several expansions the most frequent.

    As in IDF, the size of the catalogue is not part of it, so that adding an entry changes no answer that it is not
    part of.
    """
    most = max([postings.mean_line_share * postings.entry_count for _, postings in expansions], default=0.0)
    return max(MIN_MEAN_SHARE, most / (idf_scale + most))


def _likelihood_factors(term_matches: Iterable[TermMatches], idf_scale: int) -> list[float]:
    """Of each term, 1 / (PRIOR_LINES * mean * weight of its best expansion); 0 for one that does not count."""
    factors = []
    counted = set[Stems]()  # "web hooks" are two words for one
    for matches in term_matches:
        expansions = matches.expansions
        if expansions and expansions[0][0].stems not in counted:
            counted.add(expansions[0][0].stems)
            factors.append(1.0 / (PRIOR_LINES * _mean_share(expansions, idf_scale) * expansions[0][0].weight))
        else:
            factors.append(0.0)
    return factors


def _likelihood(document: Document, score: Score, factors: Sequence[float]) -> float:
    """The logarithm of how much likelier the terms are in this entry's lines than on average: of each term,
    log((lines with it + PRIOR_LINES * mean) / (lines + PRIOR_LINES) / mean).
    """
    shorter = math.log(PRIOR_LINES / (document.line_count + PRIOR_LINES))
    logarithm = 0.0
    for lines, factor in zip(score.weighted_lines, factors, strict=False):  # none where nothing is searched for
        if factor:
            logarithm += shorter + (math.log1p(lines * factor) if lines else 0.0)
    return logarithm


def evidence(term_count: int, score: Score) -> float:
    """How much of a question of so many terms an entry covers, 0 to about 2.5."""
    bonus = PER_WORD_BONUS * min(term_count, MAX_BONUS_WORDS) + (SINGLE_WORD_BONUS if term_count == 1 else 0.0)
    return score.term_coverage + score.phrase_coverage + bonus


def subject_similarity(one: Document, other: Document) -> float:
    """The share of the weight of title and names that two entries have in common, of the one that has less: 0 to 1."""
    (first, first_weight), (second, second_weight) = one.subject, other.subject
    least = min(first_weight, second_weight)
    return one.stems_weight(first & second) / least if least else 0.0


def _highest_of_another_subject(
    best: RankedDocument, others: Iterable[RankedDocument], value: Callable[[RankedDocument], float]
) -> float:
    """The highest value of those that are not about the best one's subject, at least 0."""
    for hit in sorted(others, key=value, reverse=True):
        if subject_similarity(best.document, hit.document) < SAME_SUBJECT:
            return max(0.0, value(hit))
    return 0.0


def assess(terms: Sequence[Term], common_stems: Container[str], ranked: Sequence[RankedDocument]) -> Assessment:
    """How sure the first of these candidates is; they come best first, and there has to be one."""
    best, *rest = ranked
    # What is only expected of an entry makes no described one less certain; but see `_may_be_a_new_one`.
    others = rest if best.document.is_expanded else [hit for hit in rest if not hit.document.is_expanded]
    next_score = _highest_of_another_subject(best, others, lambda hit: hit.rank_score)
    next_likelihood = _highest_of_another_subject(best, others, lambda hit: hit.likelihood)
    rare_count = sum(stem(term.word) not in common_stems for term in terms)
    signals = Signals(
        evidence=evidence(len(terms), best.score),
        margin=max(0.0, min(best.rank_score - next_score, MAX_MARGIN)),
        posterior=best.posterior,
        likelihood=math.tanh(best.likelihood / LIKELIHOOD_SCALE),
        lead=max(-5.0, min(best.likelihood - next_likelihood, MAX_LEAD)) / MAX_LEAD,
        lines=math.log2(best.document.line_count) / LINES_SCALE,
        terms=min(len(terms), MAX_TERMS) / MAX_TERMS,
        rare_terms=min(rare_count, MAX_RARE_TERMS) / MAX_RARE_TERMS,
    )
    assessment = judge_signals(signals, best.document.is_expanded)
    if assessment.confidence == "sure" and _may_be_a_new_one(best, rest):
        assessment = assessment._replace(confidence="perhaps")
    if not _has_enough(terms, rare_count, best.score):
        return assessment._replace(confidence="none")
    # Who types one word of the catalogue wants to see what there is, however many entries have it.
    return (
        assessment._replace(confidence="perhaps") if len(terms) == 1 and assessment.confidence == "none" else assessment
    )


def described_first(
    terms: Sequence[Term], common_stems: Container[str], ranked: Sequence[RankedDocument]
) -> Sequence[RankedDocument]:
    """The candidates, the first described one before those that nobody has described and that are not much better,
    where it is a sure answer by itself.
    """
    if not ranked or not ranked[0].document.is_expanded:
        return ranked
    described = [hit for hit in ranked if not hit.document.is_expanded]
    if not described or ranked[0].rank_score - described[0].rank_score >= MIN_LEAD_OF_NEW:
        return ranked
    if assess(terms, common_stems, described).confidence != "sure":
        return ranked
    return [described[0], *(hit for hit in ranked if hit is not described[0])]


def _has_enough(terms: Sequence[Term], rare_count: int, score: Score) -> bool:
    """Whether an entry has enough of a question to be an answer, though it may be the only one that has any."""
    if len(terms) == 1 and not rare_count:
        return score.title_coverage > 0  # "sorry" asks for nothing, unless it is a title
    unknown = sum(term.weight for term in terms if not term.expansions)
    if len(terms) <= MAX_SHORT_TERMS and unknown >= MAX_UNKNOWN_SHARE * sum(term.weight for term in terms):
        return False
    return evidence(len(terms), score) >= MIN_EVIDENCE


def _may_be_a_new_one(best: RankedDocument, others: Iterable[RankedDocument]) -> bool:
    """Whether an entry that nobody has described comes so close to a described one that it may be meant: how people ask
    for it is only a guess, so that it would be further behind if it were not.
    """
    if best.document.is_expanded:
        return False
    return any(hit.document.is_expanded and best.rank_score - hit.rank_score < MIN_LEAD_OVER_NEW for hit in others)


def judge_signals(signals: Signals, is_expanded: bool = False) -> Assessment:
    """The certainty that signals add up to, and what it is called. `is_expanded`: the entry has expected words instead
    of phrasings.
    """
    certainty = calibration.BIAS + sum(
        weight * signal for weight, signal in zip(calibration.SIGNAL_WEIGHTS, signals, strict=True)
    )
    sure, perhaps = calibration.SURE_THRESHOLD, calibration.PERHAPS_THRESHOLD
    if is_expanded:
        sure, perhaps = EXPANDED_SURE_THRESHOLD, EXPANDED_PERHAPS_THRESHOLD
    confidence: Confidence = "sure" if certainty >= sure else "perhaps" if certainty >= perhaps else "none"
    return Assessment(confidence, certainty, signals, sure, perhaps)
