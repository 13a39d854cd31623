"""Writes letters from the grammar of the domain (domain.md 2 to 8): any number, date, list and signature, and what was meant.

All agencies, places and persons are invented. A `Letter` holds its parts and the values that a reader of them must
find; `letter_forms` sets it as text, Markdown, HTML or .docx.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.makers.letter_words import (
    ACTIONS,
    AGENCIES,
    BODIES,
    ENDS,
    NAMES,
    PARTY,
    PLACES,
    PURPOSES,
    TOPICS,
    TYPES,
    UNITS,
)


@dataclass(slots=True)
class Letter:
    """A letter and what was meant by it: JSON of the model's fields, as far as it was written.

    Two columns, a middle, two columns; the last line of a column's own group of rows stands level with the other's.
    """

    left: list[str]
    right: list[str]
    middle: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    meant: dict[str, Any] = field(default_factory=dict)


days = st.integers(1, 28)
months = st.integers(1, 12)
LAST_YEAR = 2027
years = st.integers(1990, LAST_YEAR)


@st.composite
def dates(draw: st.DrawFn, since: int = 1990) -> tuple[str, str]:
    """A date in a sentence, of the year `since` or later: (as printed after "ngày ", as ISO)."""
    day, month, year = draw(days), draw(months), draw(st.integers(since, max(since, LAST_YEAR)))
    iso = f"{year:04d}-{month:02d}-{day:02d}"
    shape = draw(
        st.sampled_from(
            (
                "{d:02d} tháng {m:02d} năm {y}",
                "{d} tháng {m} năm {y}",
                "{d:02d}/{m:02d}/{y}",
                "{d}/{m}/{y}",
                "{d:02d}-{m:02d}-{y}",
                "{d}.{m}.{y}",
            )
        )
    )
    return shape.format(d=day, m=month, y=year), iso


@st.composite
def issue_dates(draw: st.DrawFn) -> tuple[str, str]:
    """The date of issue in words: whole, or with its day, or day and month, left blank."""
    day, month, year = draw(days), draw(months), draw(years)
    blank = draw(st.sampled_from(("     ", "....", "……", "   ")))
    # NĐ 30/2020, PL I, II.4: days under 10 and months 1 and 2 take a zero; older letters leave it out.
    padded = draw(st.booleans())
    d, m = (f"{day:02d}", f"{month:02d}" if month < 3 else str(month)) if padded else (str(day), str(month))
    kind = draw(st.sampled_from(("whole", "whole", "whole", "day", "month")))
    if kind == "whole":
        return f"ngày {d} tháng {m} năm {year}", f"{year:04d}-{month:02d}-{day:02d}"
    if kind == "day":
        return f"ngày {blank} tháng {m} năm {year}", f"{year:04d}-{month:02d}"
    return f"ngày {blank} tháng {blank} năm {year}", f"{year:04d}"


@st.composite
def numbers(draw: st.DrawFn, code: str | None, organ: str) -> tuple[str, dict[str, Any]]:
    """A number: (as printed after "Số: ", what is meant). `code` is of the type; None for a công văn."""
    unit = draw(st.sampled_from(UNITS))
    if code is None:
        notation = draw(st.sampled_from((f"{organ}-{unit}", organ)))
    else:
        notation = draw(st.sampled_from((f"{code}-{organ}", f"{code}-{organ}-{unit}")))
    sequence: str | None = draw(
        st.one_of(
            st.integers(1, 9).map(lambda n: f"0{n}"),
            st.integers(10, 9999).map(str),
            st.builds(lambda n, c: f"{n}{c}", st.integers(1, 999), st.sampled_from("abc")),
            st.none(),
        )
    )
    year = draw(years) if sequence and code in ("QĐ", "NQ") and draw(st.booleans()) else None
    middle = f"/{year}" if year else ""
    text = f"{sequence or ''}{middle}/{notation}"
    printed = text if sequence else draw(st.sampled_from(("     ", "......", "…… "))) + text
    return printed, {"text": text, "sequence": sequence, "year": year, "notation": notation}


@st.composite
def subjects(draw: st.DrawFn) -> str:
    """A subject: a topic or two, where and when."""
    text = draw(st.sampled_from(TOPICS))
    if draw(st.booleans()):
        text += f" trên địa bàn {draw(st.sampled_from(('xã', 'huyện', 'tỉnh')))} {draw(st.sampled_from(PLACES))}"
    if draw(st.booleans()):
        text += f" năm {draw(years)}"
    return text


@st.composite
def recipients(draw: st.DrawFn) -> tuple[list[str], list[dict[str, Any]], dict[str, Any]]:
    """Lines of Nơi nhận without their label, the recipients, the filing."""
    found: list[dict[str, Any]] = []
    lines: list[str] = []
    for name in draw(st.lists(st.sampled_from(BODIES), min_size=1, max_size=5, unique=True)):
        purpose = draw(st.one_of(st.none(), st.sampled_from(PURPOSES)))
        found.append({"name": name, "purpose": purpose})
        lines.append(f"- {name} ({purpose});" if purpose else f"- {name};")
    if draw(st.booleans()):
        lines.insert(0, "- Như trên;")
        found.insert(0, {"name": "Như trên", "purpose": None})
    unit = draw(st.sampled_from(("VX", "NC", "KTTH", "TCHC", "QLCL")))
    copies = draw(st.one_of(st.none(), st.integers(1, 99)))
    shape = draw(st.sampled_from((" ({n:02d}b)", " ({n}b)", " ({n:02d})", " ({n:02d} bản)", " ({n})")))
    label = draw(st.sampled_from(("Lưu: VT", "Lưu: VT", "Lưu VT")))
    last = f"{label}, {unit}" + (shape.format(n=copies) if copies else "")
    lines.append(f"- {last}.")
    found.append({"name": last, "purpose": None})
    return lines, found, {"units": ["VT", unit], "copies": copies, "drafter": None}


@st.composite
def signatures(draw: st.DrawFn, issuer: str) -> tuple[list[str], dict[str, Any]]:
    """Lines of the signature, and who signed."""
    name = draw(st.sampled_from(NAMES))
    committee = issuer.startswith(("ỦY BAN", "UỶ BAN"))
    if committee:
        body = "ỦY BAN NHÂN DÂN" if issuer.startswith("ỦY") else "UỶ BAN NHÂN DÂN"
        blocks = (
            ([f"TM. {body}"], "CHỦ TỊCH"),
            ([f"TM. {body}", "KT. CHỦ TỊCH"], "PHÓ CHỦ TỊCH"),
            (["TL. CHỦ TỊCH"], "CHÁNH VĂN PHÒNG"),
            (["TUQ. CHỦ TỊCH"], "CHÁNH VĂN PHÒNG"),
        )
    else:
        head = "BỘ TRƯỞNG" if issuer.startswith("BỘ") else "HIỆU TRƯỞNG" if issuer.startswith("TRƯỜNG") else "GIÁM ĐỐC"
        deputy = "THỨ TRƯỞNG" if head == "BỘ TRƯỞNG" else f"PHÓ {head}"
        blocks = (([], head), ([f"KT. {head}"], deputy), ([f"TL. {head}"], "CHÁNH VĂN PHÒNG"))
    authority, position = draw(st.sampled_from(blocks))
    mark = draw(st.sampled_from(([], [], ["(Đã ký)"], ["(đã ký)"])))
    rank = draw(st.sampled_from(("", "", "", "ThS. ", "TS. ", "PGS.TS. ")))
    return [*authority, position, *mark, rank + name], {
        "name": rank + name,
        "position": position,
        "authority": list(authority),
    }


@st.composite
def references(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A cited instrument: (as printed, what is meant)."""
    kind, code = draw(
        st.sampled_from(
            (
                ("Quyết định", "QĐ-UBND"),
                ("Kế hoạch", "KH-UBND"),
                ("Công văn", "UBND-VX"),
                ("Chỉ thị", "CT-UBND"),
                ("Thông báo", "TB-UBND"),
                ("Tờ trình", "TTr-SNV"),
            )
        )
    )
    printed, iso = draw(dates())
    number = f"{draw(st.integers(1, 9999)):02d}/{code}"
    issuer = "Sở Nội vụ" if code == "TTr-SNV" else "Ủy ban nhân dân tỉnh Sơn Hải"
    return _cited(kind, number, printed, iso, issuer)


def _cited(kind: str, number: str, printed: str, iso: str, issuer: str) -> tuple[str, dict[str, Any]]:
    words = {"type": kind, "number": number, "issued_on": iso, "issuer": issuer}
    return f"{kind} số {number} ngày {printed} của {issuer}", words


@st.composite
def normative(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A law, decree or circular as the legal basis of an act."""
    printed, iso = draw(dates())
    year = iso[:4]
    kind, number, issuer = draw(
        st.sampled_from(
            (
                ("Nghị định", f"{draw(st.integers(1, 200)):02d}/{year}/NĐ-CP", "Chính phủ"),
                ("Thông tư", f"{draw(st.integers(1, 99)):02d}/{year}/TT-BTC", "Bộ Tài chính"),
                ("Thông tư", f"{draw(st.integers(1, 99)):02d}/{year}/TT-BNV", "Bộ trưởng Bộ Nội vụ"),
                ("Quyết định", f"{draw(st.integers(1, 99)):02d}/{year}/QĐ-TTg", "Thủ tướng Chính phủ"),
            )
        )
    )
    return _cited(kind, number, printed, iso, issuer)


@st.composite
def deadlines(draw: st.DrawFn, since: int) -> tuple[str, dict[str, Any]]:
    """A deadline that ends a sentence, in a year after the letter's: a day before the letter binds nobody."""
    printed, iso = draw(dates(since + 1))
    year, month = iso[:4], int(iso[5:7])
    quarter = draw(st.integers(1, 4))
    return draw(
        st.sampled_from(
            (
                (f"trước ngày {printed}", {"text": f"trước ngày {printed}", "date": iso}),
                (f"chậm nhất ngày {printed}", {"text": f"chậm nhất ngày {printed}", "date": iso}),
                (f"trong tháng {month} năm {year}", {"text": f"trong tháng {month} năm {year}"}),
                (
                    f"trong quý {('I', 'II', 'III', 'IV')[quarter - 1]} năm {year}",
                    {"text": f"trong quý {('I', 'II', 'III', 'IV')[quarter - 1]} năm {year}"},
                ),
            )
        )
    )


@st.composite
def directives(draw: st.DrawFn, after: str, since: int | None) -> tuple[list[str], list[dict[str, Any]]]:
    """Numbered items, some with lettered or bulleted items below: (lines, the tree); no deadlines without `since`."""
    lines: list[str] = []
    tree: list[dict[str, Any]] = []
    below = draw(st.sampled_from(("letters", "bullets", "decimals", "plus")))
    for number in range(1, draw(st.integers(2, 4)) + 1):
        body = draw(st.sampled_from(BODIES[:8]))
        children: list[dict[str, Any]] = []
        if draw(st.booleans()):
            text = f"{body} có trách nhiệm:"
            marks = {"letters": ("a", "b", "c", "d"), "bullets": ("-",) * 4, "plus": ("+",) * 4}.get(
                below, tuple(f"{number}.{n}" for n in range(1, 5))
            )
            for mark in marks[: draw(st.integers(2, 4))]:
                action = draw(st.sampled_from(ACTIONS))
                children.append({"marker": mark, **_sentence(draw, action[0].upper() + action[1:], since)})
        else:
            text = ""
        item = {"text": text} if text else _sentence(draw, f"Giao {body} {draw(st.sampled_from(ACTIONS))}", since)
        tree.append({"marker": str(number), **item, "children": children})
        lines.append(f"{number}{after}{item['text']}")
        shape = {"letters": "{}) {}", "decimals": "{}. {}"}.get(below, "{} {}")
        lines += [shape.format(child["marker"], child["text"]) for child in children]
    return lines, tree


def _sentence(draw: st.DrawFn, text: str, since: int | None) -> dict[str, Any]:
    if since is not None and draw(st.booleans()):
        printed, deadline = draw(deadlines(since))
        return {"text": f"{text}, hoàn thành {printed}.", "deadline": deadline}
    return {"text": f"{text}."}


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    """A whole letter: a công văn or an act with a name."""
    parent, issuer, organ = draw(st.sampled_from(AGENCIES))
    code, name = draw(st.one_of(st.just((None, "Công văn")), st.sampled_from(TYPES)))
    printed, number = draw(numbers(code, organ))
    place, (when, iso), subject = draw(st.sampled_from(PLACES)), draw(issue_dates()), draw(subjects())
    label = draw(st.sampled_from(("Số: ", "Số: ", "Số ", "Số : ", "SỐ: ", "Số:")))
    letter = Letter(
        [*([parent] if parent else []), *issuer, label + printed],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", f"{place}, {when}"],
    )
    lead = draw(st.sampled_from(("Về việc ", ""))) if code else "V/v "
    shown = subject if lead else subject[0].upper() + subject[1:]
    letter.meant = {
        "document_type": {"code": code or "CV", "name": name.capitalize()},
        "parent_agency": parent,
        "issuing_agency": " ".join(issuer),
        "number": number,
        "place": place,
        "issued_on": iso,
        "subject": shown,
    }
    if code is None:
        letter.left.append(lead + shown)
    else:
        letter.middle += [name, lead + shown]
    if code in (None, "TTr"):
        _address(draw, letter, "Kính gửi: ")
    cited: list[dict[str, Any]] = []
    if code in ("QĐ", "NQ"):
        bases = draw(st.lists(normative(), min_size=1, max_size=3, unique_by=lambda one: one[1]["number"]))
        letter.middle += [f"Căn cứ {text};" for text, _ in bases[:-1]] + [f"Căn cứ {bases[-1][0]}."]
        cited += [one for _, one in bases]
    text, reference = draw(references())
    if reference["number"] != number["text"]:  # an act that names itself cites nothing
        cited.append(reference)
    letter.meant["legal_references"] = cited
    who = " ".join(issuer).capitalize()
    letter.middle.append(f"Thực hiện {text}, {who} yêu cầu các cơ quan, đơn vị thực hiện một số nội dung sau:")
    _items(draw, letter, draw(st.sampled_from((". ", ". ", ") ", "/ "))), code != "BC")
    letter.recipients, letter.meant["recipients"], letter.meant["filing"] = draw(recipients())
    letter.signature, signer = draw(signatures(" ".join(issuer)))
    letter.meant["signatories"] = [signer]
    return letter


@st.composite
def party_letters(draw: st.DrawFn) -> Letter:
    """A công văn or an act of the Party: no motto, `Số 12-CV/VPTU`, `1- `, `T/M`, `Lưu Văn phòng` (domain.md 1.7)."""
    parent, issuer, organ, body, head = draw(st.sampled_from(PARTY))
    code, name = draw(
        st.sampled_from(
            (("CV", "Công văn"), ("CT", "CHỈ THỊ"), ("KH", "KẾ HOẠCH"), ("TB", "THÔNG BÁO"), ("HD", "HƯỚNG DẪN"))
        )
    )
    sequence = draw(st.one_of(st.integers(1, 9).map(lambda n: f"0{n}"), st.integers(10, 9999).map(str)))
    place, (when, iso), subject = draw(st.sampled_from(PLACES)), draw(issue_dates()), draw(subjects())
    text = f"{sequence}-{code}/{organ}"
    letter = Letter(
        [*([parent] if parent else []), issuer, "*", draw(st.sampled_from(("Số ", "Số: "))) + text],
        ["ĐẢNG CỘNG SẢN VIỆT NAM", f"{place}, {when}"],
    )
    letter.meant = {
        "document_type": {"code": code, "name": name.capitalize()},
        "parent_agency": parent,
        "issuing_agency": issuer,
        "number": {"text": text, "sequence": sequence, "year": None, "notation": f"{code}/{organ}"},
        "place": place,
        "issued_on": iso,
        "subject": subject,
    }
    if code == "CV":
        letter.left.append(draw(st.sampled_from(("V/v ", "về việc "))) + subject)
        _address(draw, letter, "Kính gửi: ")
    else:
        letter.middle += [name, f"về việc {subject}", "-----"]
    printed, day = draw(dates())
    number = f"{draw(st.integers(1, 300))}-NQ/TU"
    letter.meant["legal_references"] = [{"type": "Nghị quyết", "number": number, "issued_on": day, "issuer": "Tỉnh ủy"}]
    letter.middle.append(
        f"Thực hiện Nghị quyết số {number}, ngày {printed} của Tỉnh ủy, {issuer.capitalize()} yêu cầu các cơ quan, đơn vị:"
    )
    _items(draw, letter, draw(st.sampled_from(("- ", ". "))), True)
    names = draw(st.lists(st.sampled_from(BODIES[:8]), min_size=1, max_size=3, unique=True))
    filed = draw(st.sampled_from(("Lưu Văn phòng", "Lưu VPTU")))
    letter.recipients = [*(f"- {one}{draw(st.sampled_from(',;'))}" for one in names), f"- {filed}."]
    letter.meant["recipients"] = [{"name": one, "purpose": None} for one in (*names, filed)]
    letter.meant["filing"] = {"units": [filed.removeprefix("Lưu ")], "copies": None, "drafter": None}
    authority, position = draw(st.sampled_from((([f"T/M {body}"], head), ([f"K/T {head}"], f"PHÓ {head}"))))
    signer = draw(st.sampled_from(NAMES))
    letter.signature = [*authority, position, *draw(st.sampled_from(([], ["(đã ký)"]))), signer]
    letter.meant["signatories"] = [{"name": signer, "position": position, "authority": authority}]
    return letter


def _address(draw: st.DrawFn, letter: Letter, label: str) -> None:
    """Kính gửi, on one line or as a list."""
    addressees = draw(st.lists(st.sampled_from(BODIES), min_size=1, max_size=4, unique=True))
    letter.meant["addressees"] = addressees
    if len(addressees) == 1 and draw(st.booleans()):
        letter.middle.append(label + addressees[0])
        return
    ends = [";"] * (len(addressees) - 1) + ["."]
    letter.middle += [label.strip(), *(f"- {one}{end}" for one, end in zip(addressees, ends, strict=True))]


def _items(draw: st.DrawFn, letter: Letter, after: str, timed: bool) -> None:
    """The numbered items, and the mark that ends the text."""
    lines, tree = draw(directives(after, int(letter.meant["issued_on"][:4]) if timed else None))
    end = draw(st.sampled_from(ENDS))
    lines[-1] = lines[-1].removesuffix(".") + end
    last = tree[-1]["children"][-1] if tree[-1]["children"] else tree[-1]
    last["text"] = last["text"].removesuffix(".") + end
    letter.middle += lines
    letter.meant["directives"] = tree
