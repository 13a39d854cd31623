"""Mends what OCR misread, by phrases that the genre knows: posts, agencies, labels, lists and names of signatures."""
