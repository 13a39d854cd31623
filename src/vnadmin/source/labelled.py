"""A document handed over as labelled lines (`SỐ KÝ HIỆU: ...`, `TRÍCH YẾU: ...`, `NỘI DUNG:`), set as print sets one."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from vnadmin.gazetteer import rows
from vnadmin.genre.landmarks import number_label
from vnadmin.genre.motto import WHOLE_MOTTO
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

_LABEL = pattern(r"[*_# \t-]*+(?P<label>[^\W\d_][^:\n]{1,30}?)[*_ ]*+:[*_ ]*+(?P<value>.*)")
_SIGN = pattern(r"^[*_# \t-]*+trích yếu[^:\n]{0,12}:", re.IGNORECASE | re.MULTILINE)
_REACH: Final = 2000  # characters within which the subject's label stands
_NEEDED: Final = frozenset({"number", "subject", "body"})
_LAST: Final = frozenset({"recipients", "name", "post"})  # may stand under the body too
_LISTS: Final = frozenset({"", "addressees", "recipients", "body", "rest"})  # take all lines up to the next label
_LETTER: Final = ("", "công văn")


@cache
def _labels() -> dict[str, str]:
    return {fold(row["word"]): row["part"] for row in rows("record_labels")}


def is_labelled(text: str) -> bool:
    """Whether a text is the lines of a document under labels, number, subject and content at least, and has no header.

    A slip (`PHIẾU TRÌNH` over `Số: ...`, `Trích yếu: ...`) has words above, a site's page the whole document under `Nội dung:`.
    """
    if ("rích yếu" not in text and "RÍCH YẾU" not in text) or WHOLE_MOTTO.search(text):
        return False
    if _SIGN.search(text, 0, _REACH) is None:
        return False
    parts = _parts(text)
    above = any(map(str.isalpha, "".join(parts[""])))
    return not above and set(parts) >= _NEEDED and not any(number_label(fold(line)) for line in parts["body"])


def as_document(text: str) -> str:
    """Such a text in the order of print, its labels as print has them: `Số: ...`, `V/v ...`, `Nơi nhận:` under the body."""
    parts = _parts(text)
    given = {part: "\n".join(lines).strip() for part, lines in parts.items()}
    subject, kind = given["subject"], given.get("type", "")
    letter = fold(kind) in _LETTER
    if letter and not fold(subject).startswith(("v/v", "về việc")):
        subject = f"V/v {subject}"
    date = given.get("date", "")
    recipients = [entry.strip(" -") for line in parts.get("recipients", ()) for entry in line.split(";")]
    listed = [f"- {entry};" for entry in recipients if entry]
    page = [
        given.get("issuer", ""),
        f"Số: {given['number']}",
        subject if letter else "",
        f"ngày {date}" if date[:1].isdigit() else date,
        "" if letter else f"\n{kind.upper()}\n{subject}",
        f"\nKính gửi: {given['addressees']}" if "addressees" in given else "",
        "\n" + given.get("rest", ""),
        f"\n{given['body']}",
        "\n".join(["\nNơi nhận:", *listed]) if listed else "",
        "\n" + given.get("post", ""),
        given.get("name", ""),
    ]
    return "\n".join([part for part in page if part.strip()])


def _parts(text: str) -> dict[str, list[str]]:
    """The lines under each label, that of a value on the label's line first; under none those that stand over all labels.

    A label that is not known (`LĨNH VỰC: Giáo dục`) ends a value; what follows is the body's, before the body `rest`.
    """
    labels = _labels()
    parts: dict[str, list[str]] = {"": []}
    current = ""
    for line in text.splitlines():
        match = _LABEL.match(line)
        part = labels.get(fold(match["label"].strip())) if match else None
        if part == "post" and current == "body" and "name" in parts:
            part = None  # of a person whom the body names
        if match and part and part not in parts and ("body" not in parts or part in _LAST):
            current = part
            line = match["value"]
        elif current not in _LISTS and (match or "body" in parts) and any(map(str.strip, parts[current])):
            current = "body" if "body" in parts else "rest"
        parts.setdefault(current, []).append(line)
    return parts
