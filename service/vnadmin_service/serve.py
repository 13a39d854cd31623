"""Runs the service in this process until it is told to stop: what `vnadmin serve` does."""

from __future__ import annotations

import os

import uvicorn

from vnadmin_service.app import create_app
from vnadmin_service.settings import Settings


def serve(settings: Settings) -> None:
    """Listen, and on SIGTERM or SIGINT finish the requests that are open and give jobs back to the queue."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # one core for one document: the pool is the parallelism
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        timeout_keep_alive=30,
        ws="none",
    )
