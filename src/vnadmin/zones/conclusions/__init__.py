"""The conclusions: Nơi nhận and the signature blocks (ô 7, 9b)."""
