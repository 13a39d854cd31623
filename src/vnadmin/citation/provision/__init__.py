"""Provisions: điểm, khoản, điều before or after an instrument."""
