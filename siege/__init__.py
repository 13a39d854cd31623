"""The siege: coverage-guided fuzzing of every source and of the parse of text. `make siege`; see docs/siege.md."""
