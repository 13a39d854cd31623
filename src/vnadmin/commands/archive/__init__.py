"""The commands of an archive: they make, search, review and correct a catalogue, and need the extra [index]."""
