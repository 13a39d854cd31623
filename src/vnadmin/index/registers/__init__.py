"""Registers of an archive: which numbers of an office and a year are there, missing, double or out of order."""
