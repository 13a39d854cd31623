"""Texts that were hurt on their way: one module a kind of damage tells it and gives back the letters that are sure."""
