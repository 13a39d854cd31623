"""The binary Word formats (Word 6 to 2003) and what .doc and .rtf share: properties, numbering, flow."""
