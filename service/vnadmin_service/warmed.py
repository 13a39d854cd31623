"""Imported by the fork server only: what every parse needs is then in each process from its first document on."""

import gc

from vnadmin_service.work import warm

warm()
gc.collect()
gc.freeze()  # so that no collection in a worker touches, and thereby copies, what all of them share
