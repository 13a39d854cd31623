"""Proof of quality: a random sample of a catalogue, reviewed blind, and how often each field is right, with an interval."""
