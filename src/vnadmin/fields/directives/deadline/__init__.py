"""Deadlines: `forms.py` finds the time limits of a paragraph, `sense.py` which of them bind, `dates.py` the day one names."""
