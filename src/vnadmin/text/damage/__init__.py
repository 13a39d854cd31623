"""Damaged texts: a module for each kind of damage, which detects it and restores the letters that are certain."""
