"""Questions that are alike, asked together: one answer for the documents of a body with the same doubt."""
