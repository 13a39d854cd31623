"""How this genre writes: what a line of a Vietnamese administrative document is. Functions of a text."""
