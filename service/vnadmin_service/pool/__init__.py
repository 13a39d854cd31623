"""The worker processes as requests use them: who may have one next, and for how long; `pool.py` is where to begin."""
