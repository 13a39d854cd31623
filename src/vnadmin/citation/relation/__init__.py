"""Relations: what a document does with each instrument that it names."""
