"""vnadmin beside its peers in one run: every contestant in an environment of its own, timed in turn as a child process."""
