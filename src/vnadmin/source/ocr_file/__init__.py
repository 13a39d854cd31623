"""What another OCR program wrote: hOCR and ALTO."""
