"""PDF pages with a text layer."""
