"""The catalogue: its tables, and what is read from and written to them."""
