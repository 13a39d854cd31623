"""The archive as a witness: what it knows of its issuers, and doubtful readings that its other documents put right."""
