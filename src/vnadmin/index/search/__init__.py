"""The search: its language, its plan, its SQL."""
