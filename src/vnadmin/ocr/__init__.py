"""Reads pictures of pages: engines, and what they need of a picture."""
