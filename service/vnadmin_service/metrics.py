"""Metrics for Prometheus: requests, times, documents in work, processes lost, jobs. One registry for each app."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from vnadmin import __version__
from vnadmin_service.pool.pool import WorkerPool

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


class Metrics:
    """The numbers of one service."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "vnadmin_requests", "Requests answered.", ("route", "method", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "vnadmin_request_seconds", "Time to answer.", ("route",), buckets=_BUCKETS, registry=self.registry
        )
        self.open = 0
        requests_open = Gauge("vnadmin_requests_open", "Requests being answered.", registry=self.registry)
        requests_open.set_function(lambda: self.open)
        self.documents = Counter(
            "vnadmin_documents", "Documents read, by format.", ("source_type",), registry=self.registry
        )
        self.problems = Counter("vnadmin_problems", "Problems answered, by code.", ("code",), registry=self.registry)
        self.jobs = Counter("vnadmin_jobs", "Jobs that ended on this machine.", ("status",), registry=self.registry)
        self.webhooks = Counter(
            "vnadmin_webhooks", "Tries to tell of a job's end.", ("outcome",), registry=self.registry
        )
        self._answered: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        info = Gauge("vnadmin_info", "The version, as a label.", ("version",), registry=self.registry)
        info.labels(__version__).set(1)

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request. What counts it is kept at hand, for looking it up takes longer than counting."""
        kept = self._answered.get((route, method, status))
        if kept is None:
            kept = self.requests.labels(route, method, str(status)), self.seconds.labels(route)
            self._answered[route, method, status] = kept
        kept[0].inc()
        kept[1].observe(seconds)

    def watch(self, pool: WorkerPool, jobs_waiting: Callable[[], int]) -> None:
        """Read the pool's own counts whenever asked."""
        running = Gauge("vnadmin_parsing", "Documents being parsed or waiting for it.", registry=self.registry)
        running.set_function(lambda: pool.running)
        capacity = Gauge("vnadmin_parsing_capacity", "Documents that are let in at a time.", registry=self.registry)
        capacity.set(pool.capacity)
        waiting = Gauge("vnadmin_jobs_waiting", "Jobs that wait or run.", registry=self.registry)
        waiting.set_function(jobs_waiting)
        self.registry.register(_PoolCollector(pool))

    def page(self) -> bytes:
        """The text that Prometheus reads."""
        return generate_latest(self.registry)


class _PoolCollector(Collector):
    def __init__(self, pool: WorkerPool) -> None:
        self._pool = pool

    def collect(self) -> Iterator[Metric]:
        """Processes that died or were stopped."""
        family = CounterMetricFamily("vnadmin_workers_lost", "Processes that died or were stopped.", labels=("why",))
        family.add_metric(("died",), self._pool.lost)
        family.add_metric(("time limit",), self._pool.timeouts)
        yield family
