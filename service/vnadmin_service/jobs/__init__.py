"""Long work: jobs that survive a restart. `Jobs` is the entry point; the queue is DBOS (docs/decisions/0021)."""

from vnadmin_service.jobs.files import Job
from vnadmin_service.jobs.jobs import Jobs

__all__ = ["Job", "Jobs"]
