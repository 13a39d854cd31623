"""Webhooks: whoever gave an address with a job is told there when it has ended; `messenger.py` is where to begin."""
