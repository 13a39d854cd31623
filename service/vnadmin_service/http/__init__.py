"""Between the wire and the routes: the bounds of a connection, and what every request gets."""
