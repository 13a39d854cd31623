"""What was filled in on a form by hand, by a stamp or in a second print: found, read, and never certain."""
