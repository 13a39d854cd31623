"""Archival records and packages of Thông tư 05/2025/TT-BNV."""
