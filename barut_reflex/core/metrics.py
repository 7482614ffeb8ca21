"""Prometheus metrics, served on localhost only (`BARUT_METRICS_PORT`).

Counts and times only: labels are names from our own code, never user input or personal data. Each
worker process has a port of its own: the one its systemd unit gives, or, where one server starts
several workers, the next free one from the configured port on.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily

from .errors import Refusal
from .settings import settings

LISTEN_ADDRESS = "127.0.0.1"
TIME_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
log = logging.getLogger(__name__)
registry = CollectorRegistry()


def _count(name: str, meaning: str, *labels: str) -> Counter:
    return Counter(f"barut_{name}", meaning, labels, registry=registry)


events = _count("events", "Events of pages, by what the gate said", "outcome")
acts = _count("acts", "Acts that write, by name and outcome", "act", "outcome")
refusals = _count("refusals", "What the office refused, by reason", "reason")
crashes = _count("crashes", "Errors nobody foresaw")
login_failures = _count("login_failures", "Sign-ins with a wrong password")
uploads = _count("uploads", "Papers that arrived, by outcome", "outcome")
sockets = Gauge("barut_sockets", "Open pages (sockets) of this worker", registry=registry)
seconds = Histogram(
    "barut_database_seconds",
    "Time of acts and questions with what they compute",
    ["door"],
    buckets=TIME_BUCKETS,
    registry=registry,
)


@contextmanager
def measured(name: str, *, is_act: bool) -> Iterator[None]:
    """Count and time one act or query."""
    began, outcome = time.perf_counter(), "done"
    try:
        yield
    except Refusal as refusal:
        outcome = "refused"
        reason = type(refusal).__name__
        refusals.labels(reason).inc()
        login_failures.inc(reason == "WrongPassword")
        raise
    except Exception:
        outcome = "failed"
        raise
    finally:
        seconds.labels("act" if is_act else "look").observe(time.perf_counter() - began)
        if is_act:
            acts.labels(name, outcome).inc()


@contextmanager
def measured_group(name: str, *, is_act: bool) -> Iterator[list[Any]]:
    """Time one group commit, and count each answer the caller puts into the list."""
    began, answers = time.perf_counter(), []
    yield answers
    seconds.labels("act" if is_act else "look").observe(time.perf_counter() - began)
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    for refusal in refused:
        refusals.labels(type(refusal).__name__).inc()
    if is_act:
        acts.labels(name, "refused").inc(len(refused))
        acts.labels(name, "done").inc(len(answers) - len(refused))


class QueriedFigures:
    """Prometheus collector whose figures are queried by `ask` at each scrape."""

    def __init__(self, ask: Callable[[], dict[str, float]]):
        self.ask = ask

    def collect(self) -> Iterator[GaugeMetricFamily]:  # noqa: V105  Prometheus calls it
        try:
            figures = self.ask()
        except Exception:  # without the database the other figures must still be served
            log.warning("figures of the database are missing")
            return
        for name, value in figures.items():
            yield GaugeMetricFamily(f"barut_{name}", name.replace("_", " "), value=value)


def show(ask: Callable[[], dict[str, float]]) -> None:
    """Add the figures that `ask` returns, by name; it is called at each scrape."""
    registry.register(QueriedFigures(ask))  # pyright: ignore[reportArgumentType]


def serve() -> int:
    """Serve the metrics on localhost; returns the port, 0 if none is configured or free."""
    if not settings.metrics_port:
        return 0
    many = 1 if settings.worker else max(settings.workers, 1)
    for port in range(settings.metrics_port, settings.metrics_port + many):
        try:
            start_http_server(port, LISTEN_ADDRESS, registry=registry)
        except OSError:
            continue
        log.info("figures on port %s", port)
        return port
    log.error("alarm: BARUT_METRICS_PORT %s is taken, no figures", settings.metrics_port)
    return 0
