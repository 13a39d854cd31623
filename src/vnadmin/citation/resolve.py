"""Resolution: the mentions of a document gathered into distinct instruments; short and anaphoric forms find theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import regex

from vnadmin.citation.mention import Mention
from vnadmin.layout.page import SourceDocument
from vnadmin.model import PartialDate
from vnadmin.text.fold import bare, fold


@dataclass(slots=True)
class Instrument:
    """One instrument and its mentions, in order."""

    mentions: list[Mention] = field(default_factory=list)


_NOT_ALNUM = regex.compile(r"[^\p{L}\d.]+")
_YEAR = regex.compile(r"/(?:19|20)\d\d/|:(?:19|20)\d\d")


def number_key(value: str) -> str:
    """What two printed numbers of one instrument share: `40/2000/TT/BTC` and `40/2000/TT-BTC`, `ND-CP` and `NĐ-CP`."""
    sequence, _, rest = value.partition("/") if "/" in value else (value, "", "")
    return f"{bare(sequence).lstrip('0')}|{_NOT_ALNUM.sub('', bare(rest)).replace('.', '')}"


def has_year(value: str) -> bool:
    """Whether a number names its year, so that it needs no date to be one instrument's."""
    return bool(_YEAR.search(value))


class Resolver:
    """Gathers mentions one after another."""

    def __init__(self, document: SourceDocument, own_number: str | None, own_date: PartialDate | None) -> None:
        self._document = document
        self._own_key = number_key(own_number) if own_number and own_number[:1].isdigit() else None
        self._own_has_year = bool(own_number) and has_year(own_number or "")
        self._own_date = own_date
        self.instruments: list[Instrument] = []
        self._by_number: dict[str, list[Instrument]] = defaultdict(list)
        self._by_name: dict[str, list[Instrument]] = defaultdict(list)
        self._by_type: dict[str, list[Instrument]] = defaultdict(list)
        self._aliases: dict[str, Instrument] = {}

    def add(self, mention: Mention) -> None:
        """Put a mention with the instrument that it names; the document's own number is no reference."""
        if mention.kind == "again" and self._again(mention):
            return
        if mention.kind == "again" and not mention.stands_alone:
            return
        if self._is_own(mention):
            return
        instrument = self._find(mention)
        if instrument is None:
            instrument = Instrument()
            self.instruments.append(instrument)
        instrument.mentions.append(mention)
        self._index(instrument, mention)
        if mention.alias:
            self._aliases.setdefault(mention.alias, instrument)

    def _is_own(self, mention: Mention) -> bool:
        if self._own_key is None or mention.number_value is None or number_key(mention.number_value) != self._own_key:
            return False
        if self._own_has_year or mention.date is None or self._own_date is None:
            return True
        return mention.date[:4] == self._own_date[:4]

    def _find(self, mention: Mention) -> Instrument | None:
        if mention.number_value is not None:
            found = self._same_number(mention)
            if found or not self._is_law(mention):
                return found
        if self._is_law(mention):
            return self._same_law(mention)
        if mention.number_value is None and mention.kind == "dated":
            for instrument in self._by_type[self._type(mention)]:
                if _date(instrument) == mention.date:
                    return instrument
        return None

    def _same_number(self, mention: Mention) -> Instrument | None:
        value = mention.number_value or ""
        for instrument in self._by_number[number_key(value)]:
            dates = [m.date for m in instrument.mentions if m.date]
            if has_year(value) or mention.date is None or not dates or any(d[:4] == mention.date[:4] for d in dates):
                return instrument
        for instrument in self._by_type[self._type(mention)]:
            # "Nghị định 30/2020" stood before the full number
            if all(m.kind == "again" for m in instrument.mentions) and _fits_full(instrument, mention):
                return instrument
        return None

    def _same_law(self, mention: Mention) -> Instrument | None:
        candidates = self._by_name[self._name(mention)]
        matching = [i for i in candidates if _compatible(i, mention)]
        if not matching:
            return None
        dated = [i for i in matching if _date(i) is not None]
        if mention.date is not None:
            return dated[0] if dated else matching[0]
        return matching[-1]

    def _is_law(self, mention: Mention) -> bool:
        """Laws are one by their names as well as by their numbers."""
        named = mention.kind in ("law", "constitution")
        return named or (mention.title is not None and self._type(mention) in ("luat", "bo luat", "phap lenh"))

    def _name(self, mention: Mention) -> str:
        """A law's kind and name; "Hiến pháp" has no other name."""
        if mention.title is None:
            return self._type(mention)
        name = " ".join(fold(self._document.text[mention.title.start : mention.title.end]).split())
        name = regex.sub(r"\s*số\s*:?\s*\d+/\d{4}/qh\d+", "", name)
        name = name.replace(",", "").replace("uỷ ban nhân dân", "ubnd").replace("hội đồng nhân dân", "hđnd")
        return f"{self._type(mention)} {name}"

    def _type(self, mention: Mention) -> str:
        return " ".join(bare(self._document.text[mention.type.start : mention.type.end]).split()) if mention.type else ""

    def _index(self, instrument: Instrument, mention: Mention) -> None:
        def put(table: dict[str, list[Instrument]], key: str) -> None:
            if instrument not in table[key]:
                table[key].append(instrument)

        if mention.number_value is not None:
            put(self._by_number, number_key(mention.number_value))
        if self._is_law(mention):
            put(self._by_name, self._name(mention))
        kind = self._type(mention)
        if instrument in self._by_type[kind]:
            self._by_type[kind].remove(instrument)
        self._by_type[kind].append(instrument)

    def _again(self, mention: Mention) -> bool:
        """A short or anaphoric form goes with the last instrument of its type that fits."""
        printed = " ".join(self._document.folded[mention.start : mention.core_end].split())
        instrument = self._aliases.get(printed) or self._aliases.get(printed.replace(" số ", " "))
        if instrument is None:
            candidates = self._by_type[self._long_type(mention)]
            instrument = next((i for i in reversed(candidates) if _fits(i, mention)), None)
        if instrument is None:
            return False
        instrument.mentions.append(mention)
        return True

    def _long_type(self, mention: Mention) -> str:
        kind = self._type(mention)
        return _SHORT_TYPES.get(kind, kind)


_SHORT_TYPES = {"nd": "nghi dinh", "tt": "thong tu", "qd": "quyet dinh", "nq": "nghi quyet", "cv": "cong van", "ct": "chi thi"}


def _fits(instrument: Instrument, mention: Mention) -> bool:
    """Whether a short form may mean an instrument: the same number, or no number at all."""
    if mention.number_value is None:
        return True
    sequence, _, year = mention.number_value.partition("/")
    for other in instrument.mentions:
        if not other.number_value or not other.number_value[:1].isdigit():
            continue
        key = number_key(other.number_value)
        same = key.split("|")[0] == bare(sequence).lstrip("0")
        if same and (not year or year in other.number_value):
            return mention.date is None or other.date is None or mention.date[:4] == other.date[:4]
    return False


def _fits_full(instrument: Instrument, mention: Mention) -> bool:
    """Whether an instrument known by a short form only is the one of a full number."""
    sequence, _, year = (instrument.mentions[0].number_value or "").partition("/")
    key = number_key(mention.number_value or "")
    return bool(year) and key.split("|")[0] == bare(sequence).lstrip("0") and f"/{year}/" in (mention.number_value or "")


def _date(instrument: Instrument) -> PartialDate | None:
    """The fullest date that the mentions print."""
    dates = [m.date for m in instrument.mentions if m.date]
    return max(dates, key=len) if dates else None


def _compatible(instrument: Instrument, mention: Mention) -> bool:
    """Two mentions of one law's name: not of two years, not with two numbers."""
    date = _date(instrument)
    if date and mention.date and date[:4] != mention.date[:4]:
        return False
    numbers = {number_key(m.number_value) for m in instrument.mentions if m.number_value}
    if mention.number_value and numbers and number_key(mention.number_value) not in numbers:
        return False
    years = {year for m in instrument.mentions if m.number_value and (year := _number_year(m.number_value))}
    if mention.date and years and mention.date[:4] not in years:
        return False
    own = _number_year(mention.number_value) if mention.number_value else None
    return not (own and date and date[:4] != own)


def _number_year(value: str) -> str | None:
    match = regex.search(r"/((?:19|20)\d\d)/", value)
    return match[1] if match else None


def gather(
    document: SourceDocument, mentions: Iterable[Sequence[Mention]], own_number: str | None, own_date: PartialDate | None
) -> list[Instrument]:
    """The instruments of a document in order of first mention."""
    resolver = Resolver(document, own_number, own_date)
    for group in mentions:
        for mention in group:
            resolver.add(mention)
    return resolver.instruments
