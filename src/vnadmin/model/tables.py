"""What a document is as tables: the rows of `to_rows`, plain values that any frame or file takes."""

from __future__ import annotations

from typing import Literal, TypeAlias

Row: TypeAlias = "dict[str, str | int | list[str] | None]"
Table: TypeAlias = Literal["documents", "directives", "assignments", "recipients", "references"]
