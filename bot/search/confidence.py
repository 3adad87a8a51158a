"""How sure an answer is: whether the first entry is what was asked for.

An entry with enough of the question's words may still answer another question. What tells right from wrong is whether
it is the only place: how far it is ahead of the first entry on another subject, and how much likelier the question is
in its own lines than in those of all entries.

    certainty = BIAS + the sum of SIGNAL_WEIGHTS[name] * signal, for the signals of `Signals`
    sure from SURE_THRESHOLD on, perhaps from PERHAPS_THRESHOLD on, else no answer

Weights and thresholds stand in `calibration.py`, which `make calibrate` writes. An entry that nobody has described has
signals, weights and thresholds of its own (`NewSignals`). The likelihood is that of a naive
Bayes model (https://nlp.stanford.edu/IR-book/html/htmledition/naive-bayes-text-classification-1.html): a word is as
likely as the share of an entry's lines that have it, smoothed by the mean share over all entries. Its prior is the
share of all lines that an entry has, as in that model: in a catalogue where most entries have few or no phrasings, what
people described is what they ask for. Between entries with all the usual phrasings it makes no difference.
"""

import math
from collections.abc import Callable, Container, Iterable, Sequence
from typing import NamedTuple

from bot.search import calibration
from bot.search.documents import Document
from bot.search.models import Confidence, Term
from bot.search.record_types import share_of_missing_types
from bot.search.scoring import Score, Stems, TermMatches
from bot.text import stem

PRIOR_LINES = 5.0  # lines' worth of the mean over all entries that smooth the share of an entry's lines
MIN_MEAN_SHARE = 1e-5  # of lines with a word, so that a word which only summaries have counts too
MEAN_SHARE, LEAST_MEAN = 0.2, 1e-4  # how much of an entry's language model is that of all entries
POSTERIOR_WEIGHT, PRIOR_WEIGHT = 0.02, 0.11  # in ranking, where the score is 0 to about 1
# The part of evidence that comes from the number of words.
PER_WORD_BONUS, MAX_BONUS_WORDS, SINGLE_WORD_BONUS = 0.12, 8, 0.1
MIN_EVIDENCE = 0.95  # less is no answer …
MAX_SHORT_TERMS, MAX_UNKNOWN_SHARE = 3, 0.5  # … nor is there one to a short question that is half of unknown words
MAX_MARGIN = 0.3  # further ahead than this is no more certain
LIKELIHOOD_SCALE, MAX_LEAD = 8.0, 12.0  # natural logarithms
LINES_SCALE = 6.0  # binary logarithm of 64 lines
MAX_TERMS, MAX_RARE_TERMS = 14, 10  # more make no difference
SHORT_HOW_TO = 3  # terms of a question how something is done; a longer one says more than that
# Entries that nobody has described (`make fresh`). What is expected of them is spread over many more words than what
# people wrote about the others, so that they need a bonus beside those.
GAIN_WEIGHT, NEW_BONUS = 0.033, -0.07  # in ranking …
COUNT_WEIGHT = 0.02  # … less by how many there are: the likelier one is ahead by chance …
CERTAINTY_WEIGHT, MAX_CERTAINTY = 0.1, 6.0  # … and by how certain the best described one is by itself
MIN_LEAD_OVER_NEW = 0.3  # a described entry that is not this far ahead of one is no sure answer
MAX_GAIN, MAX_LEAD_OF_NEW = 4.0, 0.6
SAME_SUBJECT = 0.5  # share of the rarer subject's weight that two entries on one subject have in common


class QuestionForm(NamedTuple):
    """How a question is asked, as far as an answer has to say more to it before it is a sure one."""

    asks_how: bool = False  # how something is done
    is_brief: bool = False  # one or two words, none of which names a product


PLAIN_FORM = QuestionForm()


class RankedDocument(NamedTuple):
    """A document with its score and how likely the question is in its lines."""

    document: Document
    score: Score
    likelihood: float = 0.0  # natural logarithm, against the mean of all entries, its prior included
    posterior: float = 0.0  # share of the probability that it has among the candidates, and nothing at all
    gain: float = 0.0  # how much likelier its language model makes the question: see `share_factors`
    bonus: float = 0.0  # in ranking, of an entry that nobody has described

    @property
    def rank_score(self) -> float:
        """What described candidates are ordered by among themselves."""
        return self.score.total + POSTERIOR_WEIGHT * self.posterior + PRIOR_WEIGHT * self.document.prior

    @property
    def order_score(self) -> float:
        """What candidates are ordered by."""
        return self.rank_score + self.bonus


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
    missing_types: float  # of the record types that the question names, the share that the entry lacks
    # Of a question how something is done, what the title, or else every single line, lacks of it; the less the longer
    # it is: the few words of "how do I delete a client" are in many an entry on something else.
    how_to_gap: float
    # Of one or two words, what title and names lack of them, and what every single line lacks or has besides: "ldap" in
    # the middle of what somebody asked about something else tells little.
    brief_title_gap: float
    brief_line_gap: float


class NewSignals(NamedTuple):
    """What certainty is made of where the first entry is one that nobody has described. Each is 0 to 1."""

    gain: float  # of each word of the question on average, of MAX_GAIN
    lead: float  # order score less that of the second candidate, of MAX_LEAD_OF_NEW
    terms: float  # how many words are searched for, of MAX_TERMS
    missing_types: float  # as in `Signals`


class Assessment(NamedTuple):
    """How sure the first of some candidates is, and why."""

    confidence: Confidence
    certainty: float
    signals: Signals | NewSignals
    sure_from: float = calibration.SURE_THRESHOLD
    perhaps_from: float = calibration.PERHAPS_THRESHOLD


def with_posteriors(
    scored: Sequence[tuple[Document, Score]],
    term_matches: Sequence[TermMatches],
    idf_scale: int,
    new_count: int = 0,
) -> list[RankedDocument]:
    """Candidates with their likelihoods and posteriors, in the given order. `idf_scale`: that of the vocabulary;
    `new_count`: how many entries nobody has described.
    """
    factors = _likelihood_factors(term_matches, idf_scale)
    likelihoods = [_likelihood(document, score, factors) for document, score in scored]
    highest = max([0.0, *likelihoods])
    # The likelihood of nothing at all is that of the mean: its logarithm is 0.
    weights = [math.exp(likelihood - highest) for likelihood in likelihoods]
    total = math.exp(-highest) + sum(weights)
    ranked = [
        RankedDocument(document, score, likelihood, weight / total)
        for (document, score), likelihood, weight in zip(scored, likelihoods, weights, strict=True)
    ]
    if not new_count:
        return ranked
    return _with_gains(ranked, term_matches, share_factors(term_matches, idf_scale), new_count)


def _with_gains(
    ranked: Sequence[RankedDocument],
    term_matches: Sequence[TermMatches],
    factors: Sequence[float],
    new_count: int,
) -> list[RankedDocument]:
    """Those that nobody has described with a bonus for what their language model says of the question more than that of
    the best described one does.
    """
    best = max((hit for hit in ranked if not hit.document.is_expanded), key=lambda hit: hit.rank_score, default=None)
    least = _gain(best.document, term_matches, factors) if best else 0.0
    bonus = NEW_BONUS - COUNT_WEIGHT * math.log(new_count)
    found = []
    for hit in ranked:
        if hit.document.is_expanded:
            gain = _gain(hit.document, term_matches, factors)
            hit = hit._replace(gain=gain, bonus=GAIN_WEIGHT * (gain - least) + bonus * hit.document.missing_share)
        found.append(hit)
    return found


def share_factors(term_matches: Iterable[TermMatches], idf_scale: int) -> list[float]:
    """Of each term, what the share of an entry's lines that have it is multiplied by: its mean share counts for
    MEAN_SHARE of every entry. 0 for a term that does not count.
    """
    factor = (1.0 - MEAN_SHARE) / MEAN_SHARE
    return [factor / max(LEAST_MEAN, mean) if mean else 0.0 for mean, _ in _means(term_matches, idf_scale)]


def _gain(document: Document, term_matches: Iterable[TermMatches], factors: Iterable[float]) -> float:
    """The logarithm of how much likelier the terms are in an entry's language model than on average."""
    return sum(
        math.log1p(matches.line_share(document) * factor)
        for matches, factor in zip(term_matches, factors, strict=True)
        if factor
    )


def _mean_share(matches: TermMatches, idf_scale: int) -> float:
    """The mean share of lines that have a term, over all entries; of several expansions the most frequent.

    As in IDF, the size of the catalogue is not part of it, so that adding an entry changes no answer that it is not
    part of.
    """
    most = matches.line_shares
    return max(MIN_MEAN_SHARE, most / (idf_scale + most))


def _likelihood_factors(term_matches: Iterable[TermMatches], idf_scale: int) -> list[float]:
    """Of each term, 1 / (PRIOR_LINES * mean * weight of its best expansion); 0 for one that does not count."""
    return [1.0 / (PRIOR_LINES * mean * weight) if mean else 0.0 for mean, weight in _means(term_matches, idf_scale)]


def _means(term_matches: Iterable[TermMatches], idf_scale: int) -> list[tuple[float, float]]:
    """Of each term, its mean share of lines and the weight of its best expansion; zeros for one that does not count."""
    means = []
    counted = set[Stems]()  # "web hooks" are two words for one
    for matches in term_matches:
        expansions = matches.expansions
        if expansions and expansions[0][0].stems not in counted:
            counted.add(expansions[0][0].stems)
            means.append((_mean_share(matches, idf_scale), expansions[0][0].weight))
        else:
            means.append((0.0, 0.0))
    return means


def _likelihood(document: Document, score: Score, factors: Sequence[float]) -> float:
    """The logarithm of how much likelier the terms are in this entry's lines than on average, and of its prior: of each
    term, log((lines with it + PRIOR_LINES * mean) / (lines + PRIOR_LINES) / mean).
    """
    shorter, log1p = math.log(PRIOR_LINES / (document.line_count + PRIOR_LINES)), math.log1p
    logarithm = document.prior
    for lines, factor in zip(score.weighted_lines, factors, strict=False):  # none where nothing is searched for
        if factor:
            logarithm += shorter + (log1p(lines * factor) if lines else 0.0)
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


def assess(
    terms: Sequence[Term],
    common_stems: Container[str],
    ranked: Sequence[RankedDocument],
    form: QuestionForm = PLAIN_FORM,
) -> Assessment:
    """How sure the first of these candidates is; they come best first, and there has to be one."""
    best, *rest = ranked
    rare_count = sum(stem(term.word) not in common_stems for term in terms)
    if best.document.is_expanded:
        assessment = judge_new_signals(_new_signals(terms, best, rest))
    else:
        assessment = judge_signals(_signals(terms, rare_count, best, rest, form))
    if assessment.confidence == "sure" and _may_be_a_new_one(best, rest):
        assessment = assessment._replace(confidence="perhaps")
    if not _has_enough(terms, rare_count, best.score):
        return assessment._replace(confidence="none")
    # Who types one word of the catalogue wants to see what there is, however many entries have it.
    return (
        assessment._replace(confidence="perhaps") if len(terms) == 1 and assessment.confidence == "none" else assessment
    )


def _signals(
    terms: Sequence[Term], rare_count: int, best: RankedDocument, rest: Sequence[RankedDocument], form: QuestionForm
) -> Signals:
    # What is only expected of an entry makes no described one less certain; but see `_may_be_a_new_one`.
    others = [hit for hit in rest if not hit.document.is_expanded]
    next_score = _highest_of_another_subject(best, others, lambda hit: hit.rank_score)
    next_likelihood = _highest_of_another_subject(best, others, lambda hit: hit.likelihood)
    return Signals(
        evidence=evidence(len(terms), best.score),
        margin=max(0.0, min(best.rank_score - next_score, MAX_MARGIN)),
        posterior=best.posterior,
        likelihood=math.tanh(best.likelihood / LIKELIHOOD_SCALE),
        lead=max(-5.0, min(best.likelihood - next_likelihood, MAX_LEAD)) / MAX_LEAD,
        lines=math.log2(best.document.line_count) / LINES_SCALE,
        terms=min(len(terms), MAX_TERMS) / MAX_TERMS,
        rare_terms=min(rare_count, MAX_RARE_TERMS) / MAX_RARE_TERMS,
        missing_types=share_of_missing_types(terms, best.score),
        how_to_gap=_how_to_gap(len(terms), best.score) if form.asks_how else 0.0,
        brief_title_gap=1.0 - best.score.title_coverage if form.is_brief else 0.0,
        brief_line_gap=1.0 - min(1.0, best.score.phrase_coverage) if form.is_brief else 0.0,
    )


def _how_to_gap(term_count: int, score: Score) -> float:
    lacking = 1.0 - min(1.0, score.phrase_coverage, score.title_coverage)
    return lacking * (SHORT_HOW_TO / max(SHORT_HOW_TO, term_count)) ** 2


def _new_signals(terms: Sequence[Term], best: RankedDocument, rest: Sequence[RankedDocument]) -> NewSignals:
    lead = best.order_score - max((hit.order_score for hit in rest), default=0.0)
    return NewSignals(
        gain=min(best.gain / len(terms), MAX_GAIN) / MAX_GAIN,
        lead=max(0.0, min(lead, MAX_LEAD_OF_NEW)) / MAX_LEAD_OF_NEW,
        terms=min(len(terms), MAX_TERMS) / MAX_TERMS,
        missing_types=share_of_missing_types(terms, best.score),
    )


def rank_by_certainty(
    terms: Sequence[Term],
    common_stems: Container[str],
    ranked: Sequence[RankedDocument],
    form: QuestionForm = PLAIN_FORM,
) -> Sequence[RankedDocument]:
    """The candidates in order, where those that nobody has described come the later the more certain the first
    described one is by itself.
    """
    described = [hit for hit in ranked if not hit.document.is_expanded]
    if not described or len(described) == len(ranked):
        return ranked
    assessment = assess(terms, common_stems, described, form)
    over = assessment.certainty - assessment.sure_from
    less = CERTAINTY_WEIGHT * max(-MAX_CERTAINTY, min(over, MAX_CERTAINTY))
    found = [
        hit._replace(bonus=hit.bonus - less * hit.document.missing_share) if hit.document.is_expanded else hit
        for hit in ranked
    ]
    return sorted(found, key=lambda hit: -hit.order_score)


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
    return any(hit.document.is_expanded and best.order_score - hit.order_score < MIN_LEAD_OVER_NEW for hit in others)


def judge_signals(signals: Signals) -> Assessment:
    """The certainty that signals add up to, and what it is called. How little one or two words say makes a sure answer
    one that is perhaps right, but withholds none.
    """
    found = calibration
    weights, bias, sure, perhaps = found.SIGNAL_WEIGHTS, found.BIAS, found.SURE_THRESHOLD, found.PERHAPS_THRESHOLD
    judged = _judge(signals, weights, bias, sure, perhaps)
    if judged.confidence == "none" and (signals.brief_title_gap or signals.brief_line_gap):
        without = _judge(signals._replace(brief_title_gap=0.0, brief_line_gap=0.0), weights, bias, sure, perhaps)
        return judged if without.confidence == "none" else judged._replace(confidence="perhaps")
    return judged


def judge_new_signals(signals: NewSignals) -> Assessment:
    """The same for an entry that nobody has described."""
    found = calibration
    return _judge(
        signals, found.NEW_SIGNAL_WEIGHTS, found.NEW_BIAS, found.NEW_SURE_THRESHOLD, found.NEW_PERHAPS_THRESHOLD
    )


def _judge(
    signals: Signals | NewSignals, weights: Sequence[float], bias: float, sure: float, perhaps: float
) -> Assessment:
    certainty = bias + sum(weight * signal for weight, signal in zip(weights, signals, strict=True))
    confidence: Confidence = "sure" if certainty >= sure else "perhaps" if certainty >= perhaps else "none"
    return Assessment(confidence, certainty, signals, sure, perhaps)
