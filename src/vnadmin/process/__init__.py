"""Processes that read strangers' files: pool, worker, messages, limits."""
