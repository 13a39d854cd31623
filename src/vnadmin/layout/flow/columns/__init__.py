"""Two columns in text without geometry, the header and the end of a document: taken apart and set one after the other."""
