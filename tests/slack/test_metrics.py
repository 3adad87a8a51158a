"""The figures for Prometheus: what is counted, and that nothing private can be in them."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.ingest.schedule import SourceStatus
from bot.problems import ProblemList
from bot.slack.health_pages import HealthPages
from bot.slack.metrics import RENDERED_SECONDS, Metrics
from bot.storage.outbox_figures import OutboxFigure


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def metrics(clock: Clock) -> Metrics:
    return Metrics(ProblemList(), clock)


def figures(metrics: Metrics) -> dict[str, float]:
    """What is shown, by name and labels."""
    metrics._rendered = None
    lines = metrics.render().decode().splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}


def test_acks_and_jobs(metrics: Metrics) -> None:
    """How long they took; those over a second are counted by themselves."""
    for seconds in (0.02, 0.4, 1.0, 1.2):
        metrics.note_acknowledged(seconds)
    metrics.note_job_done(4.0)
    shown = figures(metrics)
    assert shown['halobot_ack_seconds_bucket{le="0.5"}'] == 2
    assert (shown["halobot_ack_seconds_count"], shown["halobot_acks_late_total"]) == (4, 1)
    assert (shown["halobot_job_seconds_count"], shown["halobot_job_seconds_sum"]) == (1, 4)


def test_calls_and_connections(metrics: Metrics) -> None:
    """429s, and connections by why they were replaced; what did not happen is zero."""
    metrics.note_rate_limited()
    metrics.note_reconnected("deaf")
    shown = figures(metrics)
    assert shown["halobot_slack_rate_limited_total"] == 1
    assert shown['halobot_reconnects_total{reason="deaf"}'] == 1
    assert shown['halobot_reconnects_total{reason="asked"}'] == 0


def test_what_the_looks_find(metrics: Metrics) -> None:
    """The outbox by kind and state, and the age of what is not out; sources; overdue digests."""
    metrics.set_outbox([OutboxFigure("digest", "sending", 2, 40.0), OutboxFigure("digest", "sent", 9, 1.0)], 100.0)
    failing = SourceStatus("https://a.example/?key=1", "6h", None, None, "gone", 1)
    metrics.set_sources([failing, SourceStatus("b", "6h", datetime(2026, 1, 1, tzinfo=UTC), None, None, 0)])
    metrics.set_overdue(3)
    shown = figures(metrics)
    assert shown['halobot_outbox_rows{kind="digest",state="sending"}'] == 2
    assert shown['halobot_outbox_rows{kind="notice",state="planned"}'] == 0
    assert shown['halobot_outbox_oldest_seconds{kind="digest"}'] == 60
    assert shown['halobot_sources{state="failing"}'] == 1
    assert shown["halobot_digests_overdue"] == 3
    metrics.set_outbox([], 200.0)
    assert figures(metrics)['halobot_outbox_oldest_seconds{kind="digest"}'] == 0


def test_one_of_several_processes(metrics: Metrics) -> None:
    """Each figure names its process, so that those of several at one address are not taken for one."""
    metrics.note_rate_limited()
    before = figures(metrics)
    metrics.is_one_of_several(4711)
    shown = figures(metrics)
    assert shown['halobot_slack_rate_limited_total{process="4711"}'] == 1
    assert len(shown) == len(before)
    assert all('process="4711"' in name for name in shown)


def test_made_once_a_second(metrics: Metrics, clock: Clock) -> None:
    """However many ask."""
    before = metrics.render()
    metrics.note_rate_limited()
    assert metrics.render() is before
    clock.seconds += RENDERED_SECONDS + 0.1
    assert b"rate_limited_total 1.0" in metrics.render()


def test_every_label_is_from_a_fixed_set() -> None:
    """In the source: a label is a name of ours, never something that somebody wrote or is called."""
    source = Path("bot/slack/metrics.py").read_text(encoding="utf-8")
    assert set(re.findall(r"\\.labels\\(([^()]*)\\)", source)) <= {
        "reason", "kind", "kind, state", "check.name", "outcome, confidence",
    }  # fmt: skip


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "x-forwarded-proto", "Via", "X-Real-IP"])
def test_not_through_a_proxy(metrics: Metrics, header: str) -> None:
    """/metrics is not there for whoever comes from outside; /readyz is."""
    browser = TestClient(Starlette(routes=HealthPages(ProblemList(), metrics=metrics).routes()))
    assert browser.get("/metrics").status_code == 200
    assert browser.get("/metrics", headers={header: "192.0.2.1"}).status_code == 404
    assert browser.get("/readyz", headers={header: "192.0.2.1"}).status_code == 200


def test_no_figures_no_page() -> None:
    """Where nothing is counted, there is no page."""
    assert TestClient(Starlette(routes=HealthPages(ProblemList()).routes())).get("/metrics").status_code == 404
