"""Assignments: rows of a plan's assignment table (bảng phân công nhiệm vụ); the entry is `rows.read_assignments`."""
