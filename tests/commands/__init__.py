"""The commands that read single documents."""
