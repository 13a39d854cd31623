"""What changed in a catalogue, in order, for programs that keep up with it; `revisions.py` is where to begin."""
