"""Tasks as people take them along: a calendar (.ics), a table for Excel, the text of a mail that reminds."""

from __future__ import annotations

import calendar
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from vnadmin.export.tables.clerk_book import ClerkBook
from vnadmin.export.tables.excel_cells import new_book
from vnadmin.index.export.rows import person_name
from vnadmin.text.printable import printable_lines
from vnadmin_service.archive.pages import here
from vnadmin_service.archive.tasks.deadlines import Due
from vnadmin_service.review.language import day

_SHEET: Final = "Nhiệm vụ"
_COLUMNS: Final = (
    ("text", "Nhiệm vụ được giao", "text"), ("lead", "Đơn vị chủ trì, thực hiện", "list"),
    ("partners", "Đơn vị phối hợp", "list"), ("deadline_text", "Thời hạn", "text"), ("deadline", "Ngày đến hạn", "date"),
    ("state", "Tình trạng", "text"), ("done_by", "Hoàn thành bởi", "text"), ("done_on", "Ngày hoàn thành", "date"),
    ("document", "Văn bản", "text"), ("document_issuing_agency", "Cơ quan ban hành", "text"), ("pointer", "Vị trí", "text"),
    ("sha256", "SHA-256", "text"),
)  # fmt: skip


def last_day(deadline: str) -> dt.date:
    """The day on which a deadline has come: of `2022-06` the 30th, of `2022` the last of the year."""
    year, month, day_ = [*map(int, deadline.split("-")), 0, 0][:3]
    month = month or 12
    return dt.date(year, month, day_ or calendar.monthrange(year, month)[1])


def is_overdue(task: Due, today: str) -> bool:
    """Whether a task that is not done is past its day."""
    return task.done_by is None and task.deadline is not None and last_day(task.deadline).isoformat() < today


def as_calendar(tasks: Sequence[Due], made: dt.datetime) -> bytes:
    """A day in the calendar for each task with a deadline, with a reminder three days before; the same task is the same entry."""
    from icalendar import Alarm, Calendar, Event

    book = Calendar()
    book.add("prodid", "-//vnadmin//tasks//VI")
    book.add("version", "2.0")
    for task in tasks:
        if task.deadline is None:
            continue
        entry, due = Event(), last_day(task.deadline)
        entry.add("uid", f"{task.sha256[:32]}{task.pointer.replace('/', '-')}@vnadmin")
        entry.add("dtstamp", made)
        entry.add("dtstart", due)
        if due != dt.date.max:  # an entry without an end lasts its day
            entry.add("dtend", due + dt.timedelta(days=1))
        entry.add("transp", "TRANSPARENT")  # a deadline takes nobody's day
        entry.add("summary", f"Hạn: {_short(task.text)}")
        entry.add("description", _described(task))
        if task.done_by is None:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", _short(task.text))
            alarm.add("trigger", dt.timedelta(days=-3))
            entry.add_component(alarm)
        book.add_component(entry)
    return bytes(book.to_ical())


def as_excel(tasks: Sequence[Due], today: str) -> bytes:
    """The tasks, dates as dates; where each stands on a sheet of its own.

    Raises:
        MissingExtra: XlsxWriter is not installed.
    """
    out = io.BytesIO()
    title = ("NHIỆM VỤ ĐƯỢC GIAO", f"Tính đến ngày {day(today, 'vi')}")
    book = ClerkBook(new_book(out), {_SHEET: _COLUMNS}, {_SHEET: title})
    for task in tasks:
        book.add(
            _SHEET,
            {
                "text": task.text,
                "lead": list(task.leads),
                "partners": list(task.partners),
                "deadline_text": task.deadline_text,
                "deadline": task.deadline,
                "state": "Đã hoàn thành"
                if task.done_by
                else "Quá hạn"
                if is_overdue(task, today)
                else "Chưa hoàn thành",
                "done_by": person_name(task.done_by) if task.done_by else None,
                "done_on": here(task.done_at).date().isoformat() if task.done_at else None,
                "document": task.document,
                "document_issuing_agency": task.issuer,
                "pointer": task.pointer,
                "sha256": task.sha256,
            },
        )
    book.close()
    return out.getvalue()


def as_mail(tasks: Sequence[Due], today: str) -> str:
    """The text of a mail that reminds, by who leads; who helps stands in brackets behind the task."""
    by_name: defaultdict[str, list[Due]] = defaultdict(list)
    for task in tasks:
        if task.done_by is None:
            unknown = f"Chưa xác định đơn vị {'chủ trì' if task.partners else 'được giao'}"
            by_name["; ".join(task.leads) or unknown].append(task)
    lines = [f"Nhiệm vụ được giao, tính đến ngày {day(today, 'vi')}:"]
    for name in sorted(by_name):
        lines += ["", f"{name}:"]
        for number, task in enumerate(by_name[name], 1):
            until = f" Hạn: {day(task.deadline, 'vi')}" if task.deadline else ""
            late = f" (quá hạn {(dt.date.fromisoformat(today) - last_day(task.deadline)).days} ngày)" if (
                task.deadline and is_overdue(task, today)) else ""  # fmt: skip
            whose = f" [{' – '.join(filter(None, (task.document, task.issuer)))}]" if task.document else ""
            helped = f" (phối hợp: {'; '.join(task.partners)})" if task.partners else ""
            lines.append(f"{number}. {' '.join(task.text.split())}{helped}{whose}.{until}{late}")
    return printable_lines("\n".join(lines) + "\n")


def _described(task: Due) -> str:
    told = [task.text]
    if task.leads:
        told.append(f"Giao cho: {'; '.join(task.leads)}")
    if task.partners:
        told.append(f"Phối hợp: {'; '.join(task.partners)}")
    if task.deadline_text:
        told.append(f"Thời hạn: {task.deadline_text}")
    if task.document:
        told.append(f"Văn bản: {' – '.join(filter(None, (task.document, task.issuer)))}")
    return "\n".join(told)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 120 else plain[:119] + "…"
