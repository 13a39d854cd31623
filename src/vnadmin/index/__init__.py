"""The archive index: folders of a hundred thousand files become a catalogue. Start reading at `run.py`."""
