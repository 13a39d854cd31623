"""Tables in text without geometry: those that a format has, that bars and dashes draw, or that only a head of columns shows."""
