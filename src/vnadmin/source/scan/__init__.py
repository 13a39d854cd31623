"""Scans: what an OCR engine read, placed as the text of a page."""
