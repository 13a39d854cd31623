"""What is to be done by when: who is asked, what is due, done and overdue, and the files that leave with it."""
