"""Exports of a search."""
