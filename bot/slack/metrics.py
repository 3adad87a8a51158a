"""What Prometheus can ask the bot. Every label is from a fixed set: no words, people, channels or workspaces.

The figures are those of one process. What several share (digests, the outbox, sources) each of them shows alike.
"""

import time
from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.conversation.answers import Answer, ResultAnswer, VerbAnswer
from bot.ingest.schedule import SourceStatus
from bot.problems import ProblemList
from bot.slack.connections import REASONS
from bot.storage.outbox_figures import KINDS, STATES, UNFINISHED, OutboxFigure

CONTENT_TYPE = CONTENT_TYPE_LATEST
ACK_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)  # Slack gives up after three
JOB_SECONDS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)
LATE_SECONDS = 1.0
RENDERED_SECONDS = 1.0  # for which a page is shown again: however many ask, it is made once
CONFIDENCES = ("sure", "perhaps", "none")
SOURCE_STATES = ("ok", "failing", "not read yet")


class _OfProcess(Collector):
    """What a registry has, with the number of this process on each figure."""

    def __init__(self, registry: CollectorRegistry, number: int) -> None:
        self._registry, self._label = registry, {"process": str(number)}

    def collect(self) -> Iterator[Metric]:
        for metric in self._registry.collect():
            metric.samples = [sample._replace(labels={**sample.labels, **self._label}) for sample in metric.samples]
            yield metric


class Metrics:
    """The figures of this process. Thread-safe; to count costs microseconds."""

    def __init__(self, problems: ProblemList, clock: Callable[[], float] = time.monotonic) -> None:
        self._problems, self._clock = problems, clock
        self._registry = own = CollectorRegistry()
        self._shown: CollectorRegistry | _OfProcess = own
        self._rendered: tuple[float, bytes] | None = None
        self._questions = Counter(
            "halobot_questions",
            "Texts that were answered, by what was said",
            ["outcome", "confidence"],
            registry=own,
        )
        for confidence in CONFIDENCES:  # so that a rate has a zero to begin with
            self._questions.labels("answer" if confidence != "none" else "nothing", confidence)
        self._acks = Histogram(
            "halobot_ack_seconds",
            "From Slack's delivery to its acknowledgement",
            buckets=ACK_SECONDS,
            registry=own,
        )
        self._late = Counter("halobot_acks_late", "Acknowledgements that took over a second", registry=own)
        self._jobs = Histogram(
            "halobot_job_seconds", "From Slack's delivery to an answer that came after its acknowledgement",
            buckets=JOB_SECONDS, registry=own,
        )  # fmt: skip
        self._rate_limited = Counter("halobot_slack_rate_limited", "Calls that Slack answered with 429", registry=own)
        self._reconnects = Counter(
            "halobot_reconnects", "Socket Mode connections that were replaced, by why", ["reason"], registry=own
        )
        for reason in REASONS:
            self._reconnects.labels(reason)
        self._outbox = Gauge("halobot_outbox_rows", "Rows of the outbox", ["kind", "state"], registry=own)
        self._oldest = Gauge(
            "halobot_outbox_oldest_seconds",
            "Seconds since the oldest unfinished row was claimed",
            ["kind"],
            registry=own,
        )
        self._overdue = Gauge("halobot_digests_overdue", "Digests that are due and not out", registry=own)
        self._sources = Gauge("halobot_sources", "Watched sources, by how they do", ["state"], registry=own)
        self._checks = Gauge("halobot_check_ok", "The checks of /readyz: 1 is ok", ["check"], registry=own)
        ProcessCollector(registry=own)

    def is_one_of_several(self, number: int) -> None:
        """Several processes answer at one address, now this one, now that: each names itself by its number."""
        self._shown = _OfProcess(self._registry, number)

    # -- counting -----------------------------------------------------------------------------------------------------

    def count_question(self, answer: Answer) -> None:
        """A text was answered."""
        outcome, confidence = type(answer).__name__.removesuffix("Answer").lower(), ""
        if isinstance(answer, ResultAnswer):
            outcome, confidence = "answer" if answer.result.has_answer else "nothing", answer.result.confidence
        elif isinstance(answer, VerbAnswer):
            outcome = answer.verb.name.replace(" ", "_")
        self._questions.labels(outcome, confidence).inc()

    def note_acknowledged(self, seconds: float) -> None:
        """A delivery was acknowledged so long after it came."""
        self._acks.observe(seconds)
        if seconds > LATE_SECONDS:
            self._late.inc()

    def note_job_done(self, seconds: float) -> None:
        """What could not be answered in its acknowledgement was done so long after it came."""
        self._jobs.observe(seconds)

    def note_rate_limited(self) -> None:
        """Slack said 429."""
        self._rate_limited.inc()

    def note_reconnected(self, reason: str) -> None:
        """A connection of Socket Mode was replaced."""
        self._reconnects.labels(reason).inc()

    # -- what the looks find ------------------------------------------------------------------------------------------

    def set_outbox(self, figures: Iterable[OutboxFigure], now: float) -> None:
        """The outbox as it is now."""
        by_place = {(figure.kind, figure.state): figure for figure in figures}
        for kind in KINDS:
            oldest = [now]
            for state in STATES:
                figure = by_place.get((kind, state))
                self._outbox.labels(kind, state).set(figure.rows if figure else 0)
                if figure and figure.oldest_at is not None and state in UNFINISHED:
                    oldest.append(figure.oldest_at)
            self._oldest.labels(kind).set(max(0.0, now - min(oldest)))

    def set_overdue(self, count: int) -> None:
        """So many digests are due and not out."""
        self._overdue.set(count)

    def set_sources(self, statuses: Iterable[SourceStatus]) -> None:
        """The sources as they are now."""
        counts = dict.fromkeys(SOURCE_STATES, 0)
        for status in statuses:
            counts["failing" if status.error else "ok" if status.last_success else "not read yet"] += 1
        for state, count in counts.items():
            self._sources.labels(state.replace(" ", "_")).set(count)

    # -- showing ------------------------------------------------------------------------------------------------------

    def render(self) -> bytes:
        """All of it as Prometheus reads it, a second old at most."""
        now = self._clock()
        if self._rendered is None or now - self._rendered[0] > RENDERED_SECONDS:
            for check in self._problems.checks():
                self._checks.labels(check.name).set(check.is_ok)
            self._rendered = now, generate_latest(self._shown)
        return self._rendered[1]
