"""A run over folders: walk, ledger, engines, writer. Start reading at `run.py`."""
