"""Names and abbreviations of agencies to the agency of that time, with its identifier: one candidate or none."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final, NamedTuple

from vnadmin.gazetteer import rows, words_where
from vnadmin.model import AdminDocument
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare, fold, strip_marks

_SPACED_DASH = re.compile(r"\s*-\s*")
_DISTRICT = re.compile(r"(?<!\w)(?:huyện|quận|thị xã|thành phố thuộc (?:tỉnh|thành phố))(?!\w)")
_WORD = re.compile(r"[^\W_\u02b0-\u02ff]+")  # without the signs that OCR sees beside words: `ˆ`
_COMMITTEE = re.compile(r"(?<=\w )uy ban nhan dan (?=\w)")  # inside a name it stands for its province or district
# Luật Tổ chức chính quyền địa phương 72/2025/QH15: no district level from this day.
DISTRICTS_END: Final = "2025-07-01"
_SHORTEST: Final = 3  # letters of an abbreviation that names an agency by itself: "CT" is also Chủ tịch and Chỉ thị


# "Bộ trưởng Bộ Y tế", "Giám đốc Sở Nội vụ": the agency's own name follows the post
_OFFICE = (
    r"(?=(?:uỷ|ủy|ubnd|hđnd|hội|sở|bộ|tổng|cục|vụ|chi|ban|viện|trường|văn|thanh|trung|công|ngân|kho|bảo|toà|tòa|đài|học|"
    r"liên|mặt|bệnh)(?!\w))"
)
# "Chánh Văn phòng UBND tỉnh": the office is part of the post
_HEADED = re.compile(r"(?:phó\s+)?(?:chánh|trưởng)\s+(?=(?:văn phòng|thanh tra|ban|phòng|khoa|công an)\s)")


class Outcome(StrEnum):
    """How a search for an agency ended."""

    FOUND = "found"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    OTHER_TIME = "other_time"
    LEVEL_ENDED = "level_ended"


class Agency(NamedTuple):
    """One agency for as long as it was so named; a row of `data/agencies.tsv`."""

    identifier: str | None
    old_identifier: str | None
    name: str
    abbreviations: tuple[str, ...]
    level: str
    parent: str | None
    valid_from: str | None
    valid_to: str | None
    predecessors: tuple[str, ...]
    successor: str | None
    certainty: str  # confirmed, one source, unchecked

    def stood(self, first: str, last: str) -> bool:
        """Whether it stood on some day from `first` to `last` (ISO dates)."""
        return (not self.valid_from or _first_day(self.valid_from) <= last) and (
            not self.valid_to or _last_day(self.valid_to) >= first
        )


class Resolution(NamedTuple):
    """The answer: the agency, or why there is none, and the candidates that were considered."""

    outcome: Outcome
    agency: Agency | None = None
    candidates: tuple[Agency, ...] = ()

    @property
    def identifier(self) -> str | None:
        """The identifier to put into a message: of the agency found, and only where a source shows it."""
        if self.agency is None or self.agency.certainty == "unchecked":
            return None
        return self.agency.identifier


def resolve(name: str, *, on: str | None = None, within: str | None = None) -> Resolution:
    """The agency that a name or abbreviation meant on a date.

    Args:
        name: as printed; case, tone placement, dashes and `UBND` for `Ủy ban nhân dân` do not matter. An officer stands
            for the agency: `Bộ trưởng Bộ Y tế`.
        on: partial ISO date; without it a name that several agencies bore at different times is none.
        within: the agency in whose document the name stands: `UBND tỉnh` there is the committee of its province.
    """
    key = _key(name)
    found = _named(key, within) or _named(without_post(key), within)
    if not found:
        found = list(_by_abbreviation().get(name.strip(), ()))
    if not found:
        ended = _DISTRICT.search(key) and on is not None and _first_day(on) >= DISTRICTS_END
        return Resolution(Outcome.LEVEL_ENDED if ended else Outcome.UNKNOWN)
    candidates = tuple(found)
    standing = [a for a in found if on is None or a.stood(_first_day(on), _last_day(on))]
    if len(standing) == 1:
        return Resolution(Outcome.FOUND, standing[0], candidates)
    return Resolution(Outcome.SEVERAL if standing else Outcome.OTHER_TIME, None, candidates)


def without_post(name: str) -> str:
    """A folded name without the post of an officer before it: `giám đốc sở y tế` is `sở y tế`."""
    headed = _HEADED.match(name)
    if headed:
        return name[headed.end() :]
    post = _posts().match(name)
    return name[post.end() :] if post else name


@lru_cache(maxsize=4096)
def body_key(name: str, parent: str | None = None) -> str:
    """What spellings of one body have in common, however the one above it is told; without marks.

    `SỞ Y TẾ` below `UBND TỈNH A`, `Sở Y tế tỉnh A` and `Sở Y tế, UBND tỉnh A` are one; `VĂN PHÒNG` is as many as there are above it.
    """
    own, above = _bare_words(name), _bare_words(_with_level(parent or ""))
    if own not in _national():
        own = (
            own[: len(own) - _shared(own, parent or "")] + above
            if above and own != above
            else _bare_words(_with_level(name))
        )
    return _COMMITTEE.sub("", " ".join(own))


def whole_name(name: str, parent: str | None) -> str:
    """A body with the one above it in brackets, where its name does not say whose it is: `VĂN PHÒNG (HĐND TỈNH A)`."""
    own, above = _bare_words(name), _bare_words(parent or "")
    told = not above or own in _national() or own == above or _shared(own, parent or "", whole=True)
    return name if told or _province().search(fold(name)) else f"{name} ({parent})"


def _shared(own: Sequence[str], above: str, *, whole: bool = False) -> int:
    """How many words at a name's end tell the body above it: never the proper name of another level, `XÃ TÂN AN` below `HUYỆN TÂN AN`.

    Args:
        whole: only what says which body it is, not its kind alone: `VĂN PHÒNG UBND TỈNH`.
    """
    named, kinds = _told_by(above)
    for told in named if whole else (*named, *kinds):
        at = len(own) - len(told)
        if at > 0 and own[at:] == told and not f" {' '.join(own[:at])}".endswith(_levels()) and not _is_inside(own, at):
            return len(told)
    return 0


def _is_inside(own: Sequence[str], at: int) -> bool:
    """Whether a word of several syllables stands across a place of a name: `CỤC KIỂM LÂM` is not the end of `CHI CỤC KIỂM LÂM`."""
    longest = max(map(len, _compounds()))
    return any(
        tuple(own[start:end]) in _compounds()
        for start in range(max(0, at - longest), at)
        for end in range(at + 1, start + longest + 1)
    )


@cache
def _compounds() -> frozenset[tuple[str, ...]]:
    kinds = ("head", "unit")
    found = (tuple(bare(word).split()) for kind in kinds for word in words_where("header_words", "kind", kind))
    return frozenset(word for word in found if len(word) > 1)


@lru_cache(maxsize=4096)
def _told_by(above: str) -> tuple[Sequence[tuple[str, ...]], Sequence[tuple[str, ...]]]:
    """What in a name tells the body above it, the longest first: all of that, or its place with or without the level; and its kind alone.

    The place is `tỉnh Lam Hải`, and not the `Y tế` of both `TRUNG TÂM Y TẾ` and `SỞ Y TẾ`; a number alone is no place: `TRƯỜNG MẦM NON 1`.
    The kind is `UBND tỉnh`, `UBND` or `tỉnh`; `Tỉnh ủy`, which has no level in it.
    """
    key = _key(_with_level(above))
    words, levels = _bare_words(key), list(_level().finditer(key))
    named = [key, *(key[start:] for level in levels for start in level.span())]
    kinds = [kind for level in levels[:1] for kind in (key[: level.end()], key[: level.start()], level[0])]
    heads = [" ".join(words[:size]) for size in range(len(words), 1, -1) if words[:size] in _compounds()]
    first, second = (
        tuple(words for words in map(_bare_words, told) if words and not words[0].isdigit())
        for told in (named, [*kinds, *heads])
    )
    return first, second


def _with_level(name: str) -> str:
    """A name with the level of the province that it ends with: `SỞ Y TẾ GIA LAI` is that of `tỉnh Gia Lai`."""
    key = _key(name)
    place = _at_end().search(key)
    if place is None or _has_level().search(key, 0, place.start()):
        return name
    return f"{key[: place.start()]}{_levels_of_provinces()[place[0]]} {place[0]}"


@cache
def _at_end() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w )(?:{alternation(_levels_of_provinces())})$")


@cache
def _has_level() -> re.Pattern[str]:
    """What stands before a place with its level, `TỈNH `, or with it in the body's own name, `TỈNH ỦY `."""
    units = (*words_where("header_words", "kind", "unit"), *words_where("header_words", "kind", "hamlet"))
    return re.compile(rf"(?<!\w)(?:{alternation(map(fold, units))}) (?:$|(?:{_none_of_province()}) )")


@cache
def _levels_of_provinces() -> Mapping[str, str]:
    """Names of provinces and their levels: of `data/agencies.tsv`, but for those that had both in turn."""
    committee = re.compile(fold(r"ủy ban nhân dân (tỉnh|thành phố) (.+)"))
    found = [match for agency in agencies() if (match := committee.fullmatch(_key(agency.name)))]
    levels = {match[2]: {other[1] for other in found if other[2] == match[2]} for match in found}
    return {name: next(iter(kinds)) for name, kinds in levels.items() if len(kinds) == 1}


@cache
def _level() -> re.Pattern[str]:
    """What a place's proper name follows: in `XÃ HỘI SƠN`, and not in `TỈNH ỦY LAM HẢI`, `BẢO HIỂM XÃ HỘI TỈNH LAM HẢI`."""
    units = alternation(map(fold, words_where("header_words", "kind", "unit")))
    party, subject = (alternation(map(fold, words_where("level_words", "kind", kind))) for kind in ("party", "subject"))
    return re.compile(rf"(?<!\w)(?:{units})(?!\w)(?! (?:(?:{party})(?!\w)|(?:{subject})(?: (?:{units})(?!\w)|$)))")


@cache
def _province() -> re.Pattern[str]:
    """`CỤC THUẾ TỈNH HẢI MINH`, and not `VĂN PHÒNG TỈNH ỦY`; there are communes of one name in many provinces."""
    return re.compile(rf"(?<!\w)(?:tỉnh|thành phố|tp\.?) (?!(?:{_none_of_province()})(?!\w))\w")


def _none_of_province() -> str:
    return alternation(fold(word) for kind in ("party", "office") for word in words_where("level_words", "kind", kind))


@cache
def _levels() -> tuple[str, ...]:
    """The words that a proper name of a place follows, as names without marks have them."""
    words = (*words_where("header_words", "kind", "unit"), *words_where("header_words", "kind", "hamlet"))
    return tuple(f" {bare(word)}" for word in words)


def _bare_words(name: str) -> tuple[str, ...]:
    plain = bare(name)
    for pattern, written in _bare_written_out():
        plain = pattern.sub(written, plain)
    return tuple(_WORD.findall(plain))


@cache
def _national() -> frozenset[tuple[str, ...]]:
    """The names of the table, each of one body wherever it is printed."""
    return frozenset(_bare_words(agency.name) for agency in agencies())


@cache
def _posts() -> re.Pattern[str]:
    # the shortest first: of "giám đốc sở" the sở is the agency's
    posts = sorted((fold(word) for word in words_where("positions", "kind", "post")), key=len)
    return re.compile(rf"(?:phó\s+)?(?:{'|'.join(map(re.escape, posts))})\s+{_OFFICE}")


def successor(agency: Agency) -> Agency | None:
    """Who took its place, where one agency did; the row of the successor's own time."""
    if agency.successor is None or agency.valid_to is None:
        return None
    after = [
        a for a in _by_name().get(_key(agency.successor), ()) if a.valid_from and a.valid_from >= agency.valid_to
    ] or [a for a in _by_name().get(_key(agency.successor), ()) if not a.valid_to and a is not agency]
    first = sorted(after, key=lambda a: a.valid_from or "")[:1]
    return first[0] if first else None


def document_agencies(document: AdminDocument) -> Mapping[str, Resolution]:
    """Issuer, parent, addressees, recipients, assignees and issuers of references, resolved; keyed by JSON Pointer."""
    on = document.issued_on
    within = document.parent_agency or document.issuing_agency
    found: dict[str, Resolution] = {}
    for pointer, name, date in _names(document):
        found[pointer] = resolve(name, on=date or on, within=within)
    return found


@cache
def agencies() -> Sequence[Agency]:
    """All rows, in the order of the table."""
    return tuple(
        Agency(
            identifier=row["id"] or None,
            old_identifier=row["old_id"] or None,
            name=row["name"],
            abbreviations=_list(row["abbreviations"]),
            level=row["level"],
            parent=row["parent_id"] or None,
            valid_from=row["valid_from"] or None,
            valid_to=row["valid_to"] or None,
            predecessors=_list(row["predecessors"]),
            successor=row["successor"] or None,
            certainty=row["check"],
        )
        for row in rows("agencies")
    )


def _names(document: AdminDocument) -> Iterator[tuple[str, str, str | None]]:
    if document.issuing_agency:
        yield "/issuing_agency", document.issuing_agency, None
    if document.parent_agency:
        yield "/parent_agency", document.parent_agency, None
    for place, name in enumerate(document.addressees):
        yield f"/addressees/{place}", name, None
    for place, recipient in enumerate(document.recipients):
        yield f"/recipients/{place}/name", recipient.name, None
    for place, reference in enumerate(document.legal_references):
        if reference.issuer:
            yield f"/legal_references/{place}/issuer", reference.issuer, reference.issued_on
    for pointer, item in document.walk():
        for place, name in enumerate(item.assignees):
            yield f"{pointer}/assignees/{place}", name, None


@cache
def _by_name() -> Mapping[str, Sequence[Agency]]:
    index: defaultdict[str, list[Agency]] = defaultdict(list)
    for agency in agencies():
        index[_key(agency.name)].append(agency)
    return index


@cache
def _by_abbreviation() -> Mapping[str, Sequence[Agency]]:
    """Abbreviations that a source shows, as written: case tells `BCT` from a word."""
    index: defaultdict[str, list[Agency]] = defaultdict(list)
    for agency, row in zip(agencies(), rows("agencies"), strict=True):
        if "unchecked" not in row["note"]:
            for abbreviation in agency.abbreviations:
                if len(abbreviation) >= _SHORTEST:
                    index[abbreviation].append(agency)
    return index


def _named(key: str, within: str | None) -> list[Agency]:
    found = list(_by_name().get(key, ()))
    return found if found or within is None else _of_province(key, _key(within))


def _of_province(key: str, within: str) -> list[Agency]:
    """`ủy ban nhân dân tỉnh` in a document of some province: that province's own.

    The word must be the same: `thành phố` in a document of a tỉnh is a city below it.
    """
    head = re.fullmatch(r"(.+?) (tỉnh|thành phố)", key)
    home = re.search(rf"{head[2]} .+", within) if head else None
    if head is None or home is None:
        return []
    return list(_by_name().get(f"{head[1]} {home[0]}", ()))


@cache
def _key(name: str) -> str:
    key = " ".join(_SPACED_DASH.sub("-", fold(name)).split()).strip(" .;,:")
    for pattern, written in _written_out():
        key = pattern.sub(written, key)
    return key


@cache
def _written_out() -> Sequence[tuple[re.Pattern[str], str]]:
    """Abbreviated heads of names, so that "UBND tỉnh" and "Ủy ban nhân dân tỉnh" are one key."""
    return tuple(
        (re.compile(rf"(?<!\w)(?:{row['abbreviation']})(?!\w)"), fold(row["name"])) for row in rows("agency_words")
    )


@cache
def _bare_written_out() -> Sequence[tuple[re.Pattern[str], str]]:
    """As `_written_out`, for names without marks."""
    return tuple(
        (re.compile(strip_marks(pattern.pattern)), strip_marks(written)) for pattern, written in _written_out()
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _first_day(date: str) -> str:
    return (date + "-01-01")[:10]


def _last_day(date: str) -> str:
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:7]))[1]:02d}"
    return date
