"""Mentions: each place that names an instrument, read in stages."""
