""".docx: the package, its styles and numbering, and the walk over its body."""
