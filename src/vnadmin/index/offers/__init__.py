"""What a search offers beside what it finds."""
