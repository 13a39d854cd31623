"""Lines without geometry: text, HTML and Word as they flow."""
