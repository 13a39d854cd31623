"""Words with boxes: PDF and scans."""
