"""Who may do what in the archive, and the log of who did: `scopes.py`, `recorder.py`, `log.py`."""
