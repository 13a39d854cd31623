"""The registers that offices keep: what one issued or received in a year, on a page, as Excel and in print."""
