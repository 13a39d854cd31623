"""Pages, lines, columns and furniture: the typed document that every source writes and every zone reads."""
