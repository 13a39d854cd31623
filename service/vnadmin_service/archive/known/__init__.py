"""What the archive knows of its issuers, as pages and files."""
