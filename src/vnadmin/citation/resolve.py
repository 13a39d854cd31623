"""Resolution: the mentions of a document gathered into distinct instruments; short and anaphoric forms find theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from vnadmin.citation.mention.mention import Mention, number_year
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import PartialDate
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern

_NOT_ALNUM = pattern(r"[^\p{L}\d]+")
_LAW_NUMBER = pattern(r"\s*số\s*:?\s*\d+/\d{4}/qh\d+")
_LAW_TYPES = frozenset(("luat", "bo luat", "phap lenh"))
_LONG_TYPES = {
    "nd": "nghi dinh",
    "tt": "thong tu",
    "qd": "quyet dinh",
    "nq": "nghi quyet",
    "cv": "cong van",
    "ct": "chi thi",
}


@lru_cache(maxsize=8192)
def number_key(value: str) -> str:
    """What two printed numbers of one instrument share: `40/2000/TT/BTC` and `40/2000/TT-BTC`, `ND-CP` and `NĐ-CP`."""
    sequence, slash, rest = value.partition("/")
    if not slash:
        sequence, rest = value, ""
    return f"{bare(sequence).lstrip('0')}|{_NOT_ALNUM.sub('', bare(rest))}"


@dataclass(slots=True, eq=False)
class Instrument:
    """One instrument and its mentions in order, with what they say of it."""

    mentions: list[Mention] = field(default_factory=list)
    date: PartialDate | None = None  # the fullest that is printed
    years: set[str] = field(default_factory=set)  # of the printed dates
    numbers: dict[str, str] = field(default_factory=dict)  # key -> number as printed, full numbers only

    def add(self, mention: Mention) -> None:
        """Put one more mention to the instrument."""
        self.mentions.append(mention)
        if mention.sighting.kind == "anaphora" and not mention.sighting.stands_alone:
            return
        if mention.date:
            self.years.add(mention.date[:4])
            if self.date is None or len(mention.date) > len(self.date):
                self.date = mention.date
        if mention.number:
            self.numbers.setdefault(number_key(mention.number), mention.number)

    @property
    def is_short(self) -> bool:
        """Known by a short form only: `Nghị định 30/2020`."""
        return self.mentions[0].sighting.kind == "anaphora" and len(self.numbers) == 1


class Resolver:
    """Gathers mentions one after another."""

    def __init__(self, document: SourceDocument, own_number: str | None, own_date: PartialDate | None) -> None:
        self._document = document
        numbered = own_number if own_number and own_number[:1].isdigit() else None
        self._own_key = number_key(numbered) if numbered else None
        self._own_has_year = bool(numbered and number_year(numbered))
        self._own_date = own_date
        self.instruments: list[Instrument] = []
        self._by_number: dict[str, list[Instrument]] = defaultdict(list)
        self._by_name: dict[str, list[Instrument]] = defaultdict(list)
        self._by_day: dict[tuple[str, PartialDate | None], list[Instrument]] = defaultdict(list)
        self._by_type: dict[str, dict[int, Instrument]] = defaultdict(dict)  # the last named stands last
        self._aliases: dict[str, Instrument] = {}
        self._last: Instrument | None = None  # that the text itself names, not another's history

    def add(self, mention: Mention) -> None:
        """Put a mention with the instrument that it names; the document's own number is no reference."""
        if mention.sighting.kind == "anaphora":
            instrument = self._anaphora(mention)
            if instrument is not None:
                instrument.add(mention)
                return
            if not mention.sighting.stands_alone:
                return
        elif self._is_own(mention):
            return
        kind = self._type(mention)
        names = self._names(mention, kind)
        found = self._find(mention, kind, names)
        if found is None:
            found = Instrument()
            self.instruments.append(found)
        found.add(mention)
        self._index(found, mention, kind, names)

    def _is_own(self, mention: Mention) -> bool:
        if self._own_key is None or mention.number is None or number_key(mention.number) != self._own_key:
            return False
        if self._own_has_year or mention.date is None or self._own_date is None:
            return True
        return mention.date[:4] == self._own_date[:4]

    def _find(self, mention: Mention, kind: str, names: tuple[str, ...]) -> Instrument | None:
        if mention.number is not None:
            found = self._same_number(mention, mention.number, kind)
            if found or not names:
                return found
        if names:
            return self._same_law(mention, names)
        if mention.sighting.kind == "dated":
            same_day = self._by_day[kind, mention.date][-_MOST_TRIED:]
            return next((i for i in same_day if not self._is_other(i, mention)), None)
        return None

    def _is_other(self, instrument: Instrument, mention: Mention) -> bool:
        """Whether what a mention without a full number says of itself, issuer or title, is not what the instrument's first says."""
        first, parts = instrument.mentions[0].parts, mention.parts
        if first.issuer and parts.issuer:
            return self._said(first.issuer.span) != self._said(parts.issuer.span)
        if first.title is None or parts.title is None:
            return False
        return self._said(first.title) != self._said(parts.title)

    def _said(self, span: Span) -> str:
        """Words as they are compared: `Ủy ban nhân dân` is `UBND`."""
        return _short(" ".join(self._document.folded_of(span).split()))

    def _same_number(self, mention: Mention, value: str, kind: str) -> Instrument | None:
        for instrument in self._by_number[number_key(value)][-_MOST_TRIED:]:
            if value.isdigit() and (self._type(instrument.mentions[0]) != kind or self._is_other(instrument, mention)):
                continue  # "Kế hoạch số 15 của UBND huyện về ...; Công văn số 15 của Sở Du lịch về ..."
            known = not instrument.years or mention.date is None or mention.date[:4] in instrument.years
            if number_year(value) or known:
                return instrument
        year = number_year(value)
        if year:  # "Nghị định 30/2020" stood before the full number
            for instrument in self._by_number[f"{number_key(value).partition('|')[0]}|{year}"]:
                if instrument.is_short and self._type(instrument.mentions[0]) == kind:
                    return instrument
        return None

    def _same_law(self, mention: Mention, names: tuple[str, ...]) -> Instrument | None:
        matching = [i for name in names for i in self._by_name[name] if _compatible(i, mention)]
        if not matching:
            return None
        if mention.date is not None:
            return next((i for i in matching if i.date is not None), matching[0])
        return matching[-1]

    def _names(self, mention: Mention, kind: str) -> tuple[str, ...]:
        """A law's kind and name, by which laws are one as well as by their numbers; none for other instruments.

        A law that was amended as a whole is called without `(sửa đổi)` too, its bill is not.
        """
        named = mention.sighting.kind in ("law", "constitution")
        if not named and (mention.parts.title is None or kind not in _LAW_TYPES):
            return ()
        name = self._name(mention, kind)
        is_law = mention.number is not None or mention.date is not None
        return (name, name.removesuffix(" (sửa đổi)")) if is_law and name.endswith(" (sửa đổi)") else (name,)

    def _name(self, mention: Mention, kind: str) -> str:
        """A law's kind and name; "Hiến pháp" has no other name."""
        if mention.parts.title is None or mention.sighting.kind == "constitution":
            return kind
        name = " ".join(self._document.folded_of(mention.parts.title).split())
        name = _LAW_NUMBER.sub("", name).replace(",", " ").replace(" và ", " ")
        name = _short(name)
        name = name.replace(" qui ", " quy ").replace("văn bản quy phạm pháp luật", "vbqppl")
        return f"{kind} {' '.join(name.split())}"

    def _type(self, mention: Mention) -> str:
        return " ".join(self._document.bare_of(mention.sighting.type).split()) if mention.sighting.type else ""

    def _index(self, instrument: Instrument, mention: Mention, kind: str, names: tuple[str, ...]) -> None:
        if mention.number is not None:
            _put(self._by_number[number_key(mention.number)], instrument)
        for name in names:
            _put(self._by_name[name], instrument)
        if instrument.date is not None:
            _put(self._by_day[kind, instrument.date], instrument)
        latest = self._by_type[kind]
        latest.pop(id(instrument), None)
        latest[id(instrument)] = instrument
        told = mention.is_nested or mention.relation.rule == "relation.inner"
        if not told:
            self._last = instrument
        if mention.alias:
            # "Luật A, được sửa đổi bởi Luật số 46/2014/QH13 (gọi là Luật X)": not the law that tells its history
            named = self._last if told and self._last is not None else instrument
            self._aliases.setdefault(mention.alias, named)
            self._call(named, mention.alias)

    def _call(self, instrument: Instrument, alias: str) -> None:
        """Take a declared short name (`gọi tắt là Luật X`) for a law's; what was cited by that name before joins the law."""
        kind, _, name = alias.partition(" ")
        if kind not in ("luật", "bộ") or not name:
            return
        called = self._by_name[f"{bare(kind)} {name}"]
        for earlier in [i for i in called if i is not instrument and not i.numbers and i.date is None]:
            called.remove(earlier)
            self._by_type[self._type(earlier.mentions[0])].pop(id(earlier), None)
            instrument.mentions.extend(earlier.mentions)
            self.instruments.remove(instrument)
            self.instruments[self.instruments.index(earlier)] = instrument
        _put(called, instrument)

    def _anaphora(self, mention: Mention) -> Instrument | None:
        """A short or anaphoric form goes with the last instrument of its type that fits, if one does."""
        printed = " ".join(self._document.folded[mention.sighting.start : mention.sighting.end].split())
        alias = self._aliases.get(printed) or self._aliases.get(printed.replace(" số ", " "))
        if alias is not None:
            return alias
        kind = self._type(mention)
        latest = self._by_type[_LONG_TYPES.get(kind, kind)]
        for tried, instrument in enumerate(reversed(latest.values())):
            if tried >= _MOST_TRIED:
                break
            other = mention.sighting.title_start is not None and self._is_other(instrument, mention)
            if _fits(instrument, mention) and not other:
                return instrument
        if kind == "van ban" and mention.number is None and len(self.instruments) == 1:
            return self.instruments[0]  # "Văn bản nêu trên": of any type, where only one can be meant
        return None


def _short(name: str) -> str:
    return name.replace("uỷ ban nhân dân", "ubnd").replace("hội đồng nhân dân", "hđnd")


_MOST_TRIED = 200
"""How many instruments of its type, number or day a form without a full number is compared with, the last named ones."""


def _put(table: list[Instrument], instrument: Instrument) -> None:
    if instrument not in table:  # itself: two are never equal
        table.append(instrument)


def _fits(instrument: Instrument, mention: Mention) -> bool:
    """Whether a short form may mean an instrument: the same number, or no number at all."""
    if mention.number is None:
        return True
    sequence, _, year = mention.number.partition("/")
    wanted = bare(sequence).lstrip("0")
    for key, printed in instrument.numbers.items():
        if key.partition("|")[0] == wanted and (not year or year in printed):
            return mention.date is None or not instrument.years or mention.date[:4] in instrument.years
    return False


def _compatible(instrument: Instrument, mention: Mention) -> bool:
    """Whether mentions of one law's name may be one law: not of two years, not with two numbers."""
    number = mention.number
    if instrument.date and mention.date and instrument.date[:4] != mention.date[:4]:
        return False
    if number and instrument.numbers and number_key(number) not in instrument.numbers:
        return False
    years = {year for printed in instrument.numbers.values() if (year := number_year(printed))}
    if mention.date and years and mention.date[:4] not in years:
        return False
    own = number_year(number) if number else None
    return not (own and instrument.date and instrument.date[:4] != own)


def gather(
    document: SourceDocument,
    mentions: Iterable[Sequence[Mention]],
    own_number: str | None,
    own_date: PartialDate | None,
) -> list[Instrument]:
    """The instruments of a document in order of first mention."""
    resolver = Resolver(document, own_number, own_date)
    for group in mentions:
        for mention in group:
            resolver.add(mention)
    return resolver.instruments
