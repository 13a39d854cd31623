"""Character-level work: folds that keep positions, legacy encodings, dates, numerals."""
