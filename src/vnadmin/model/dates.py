"""PartialDate: a date as far as it is printed (ISO 8601 / EDTF level 0: year, year-month, year-month-day)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")  # figures of other scripts are no ISO 8601


class PartialDate(str):
    """`2021-09-25`, `2021-09` where the day was left blank, or `2021`. Compares and prints as its string."""

    __slots__ = ()

    def __new__(cls, value: str) -> PartialDate:
        match = _SHAPE.fullmatch(value)
        if not match:
            raise ValueError(f"not a partial ISO date: {value!r}")
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is None or year == 0 or (month is not None and not 1 <= month <= 12):
            raise ValueError(f"no such month: {value!r}")
        if day is not None and month is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
            raise ValueError(f"no such day: {value!r}")
        return super().__new__(cls, value)

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
        """Build from numbers; raises ValueError for a day that the calendar does not have."""
        if month is None:
            value = f"{year:04d}"
        else:
            value = f"{year:04d}-{month:02d}" if day is None else f"{year:04d}-{month:02d}-{day:02d}"
        if not 1 <= year <= 9999:
            raise ValueError(f"no such year: {value!r}")
        if month is not None:
            if not 1 <= month <= 12:
                raise ValueError(f"no such month: {value!r}")
            if day is not None and not 1 <= day <= 28 and not 1 <= day <= calendar.monthrange(year, month)[1]:
                raise ValueError(f"no such day: {value!r}")
        return super().__new__(cls, value)

    @property
    def printed(self) -> str:
        """As documents write it (NĐ 30/2020, Phụ lục I, II.4b: a 0 before days under 10, and before months 1 and 2 only): `05/5/2026`, `9/2021`."""
        year, *rest = self.split("-")
        month = [rest[0] if rest[0] < "03" else rest[0].lstrip("0")] if rest else []
        return "/".join([*rest[1:], *month, year])

    @property
    def year(self) -> int:
        return int(self[:4])

    @property
    def month(self) -> int | None:
        return int(self[5:7]) if len(self) >= 7 else None

    @property
    def day(self) -> int | None:
        return int(self[8:10]) if len(self) == 10 else None

    def to_date(self) -> dt.date | None:
        """The calendar date, or None where the day or month is not known."""
        return dt.date.fromisoformat(self) if len(self) == 10 else None

    def __repr__(self) -> str:
        return f"PartialDate({str(self)!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls(value),
            serialization=core_schema.plain_serializer_function_ser_schema(str, when_used="json"),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
            "examples": ["2021-09-25", "2021-09", "2021"],
        }
