"""Pictures of pages as pixels: prepared, measured, taken apart."""
