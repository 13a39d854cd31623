"""HTML: pages saved from legal portals, Word's own HTML, MHTML."""
