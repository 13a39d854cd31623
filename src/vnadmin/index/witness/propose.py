"""What the other documents of an archive make of the doubtful readings of one issuer's: names, codes, numbers and days.

A function of what was read and of what people said alone, never of what an earlier run proposed: so twice run is once run.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vnadmin.gazetteer import words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.index.catalog.schema import key
from vnadmin.index.registers.series import Entry, Proposal, look_through
from vnadmin.index.witness.facts import DOUBTFUL, Facts
from vnadmin.index.witness.known import RARE, SAMPLES, SINGLE, Known, Name, close, form, readings
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# "123", "30c": as vnadmin.index.registers.kept has it
_NUMBER: Final = pattern(r"(?P<number>\d{1,6})(?P<suffix>\p{L}?)")
_DAY: Final = len("2021-03-05")
_MUCH, _NEAR = 30, 5  # entries of a register, and numbers beside one, by which a misread number is told
_ISSUER: Final = 5  # weight from which an issuer is known well enough to be what another one's name was misread from


@dataclass(frozen=True, slots=True)
class Proposed:
    """A reading that the archive puts right."""

    document_id: int
    sha256: str
    pointer: str
    rule: str
    before: str
    after: str
    witness: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Archive:
    """What all issuers of an archive are, and what is known of each.

    Attributes:
        issuers: weight by key.
        known: of an issuer's key.
    """

    issuers: Mapping[str, int]
    known: Callable[[str], Known]


def propose(documents: Sequence[Facts], archive: Archive, issuer: str) -> list[Proposed]:
    """What is proposed for the documents that a catalogue has under an issuer, in their order.

    Args:
        issuer: its key. A document whose own header gives another key is there because the archive put its issuer right.
    """
    homes = {facts.document_id: _home(facts, archive) for facts in documents}
    own = [facts for facts in documents if homes[facts.document_id] is None and facts.key == issuer]
    often = readings(own)
    found: list[Proposed] = []
    for facts in documents:
        home = homes[facts.document_id]
        found += _of_names(facts, archive.known(home or facts.key), Counter() if home else often)
    return sorted(
        _joined(found, _of_registers(own), {facts.document_id: facts for facts in documents}),
        key=lambda one: (one.document_id, one.pointer),
    )


def _home(facts: Facts, archive: Archive) -> str | None:
    """The one known issuer that a doubtful header's is a letter or two away from, and that uses the document's code and place."""
    if facts.teaches or archive.issuers.get(facts.key, 0):
        return None
    near = {one: archive.issuers[one] for one in close(facts.key, archive.issuers)}
    most = max(near.values(), default=0)
    weighty = [one for one, weight in near.items() if weight * RARE > most]
    if most < _ISSUER or len(weighty) != 1:
        return None
    known = archive.known(weighty[0])
    shown = {kind: facts.values.get(SINGLE[kind]) for kind in ("notation", "place")}
    fits = all(value is not None and known.at(kind, value[0]) is not None for kind, value in shown.items())
    return weighty[0] if fits else None


def _of_names(facts: Facts, known: Known, often: Counter[tuple[str, str]]) -> Iterator[Proposed]:
    """Names, posts and codes that are a letter or two away from one known one."""
    places = [(kind, pointer) for kind, pointer in SINGLE.items() if pointer in facts.values]
    for place, name, post in facts.signers():
        places += [("signer", f"{place}/name")] if name is not None else []
        places += [("post", f"{place}/position")] if post is not None else []
    for kind, pointer in places:
        value, sure = facts.values[pointer]
        if sure > DOUBTFUL or (kind == "post" and fold(value) in words_where("positions", "kind", "post")):
            continue
        name_there = known.alone_near(kind, value, facts.year, often[kind, form(value)])
        if name_there is not None:
            yield Proposed(
                facts.document_id,
                facts.sha256,
                pointer,
                f"archive.{'name' if kind == 'signer' else kind}",
                value,
                _cased(name_there.value, value),
                _witness(name_there),
            )


def _witness(name: Name) -> dict[str, Any]:
    return {"documents": list(name.samples), "count": name.documents, "people": name.people}


def _cased(value: str, like: str) -> str:
    """A value in the capitals of what was read: `NGUYỄN VĂN AN` for `NGUYỄN VĂN ÂN`, whatever most documents print."""
    if in_capitals(like):
        return value.upper()
    if not in_capitals(value):
        return value
    return value.title() if like.istitle() else value.capitalize()


def _of_registers(documents: Iterable[Facts]) -> Iterator[Proposed]:
    """Numbers and days between neighbours that one figure read otherwise makes fit."""
    registers: defaultdict[tuple[str, int], list[Facts]] = defaultdict(list)
    for facts in documents:
        if facts.kind and facts.year:
            registers[facts.kind, facts.year].append(facts)
    for register in registers.values():
        entries = {facts.document_id: entry for facts in register if (entry := _entry(facts)) is not None}
        by_id = {facts.document_id: facts for facts in register}
        for each in look_through(list(entries.values())).proposals:
            facts = by_id[each.entry.key]
            number = facts.values["/number/sequence"][1]
            if each.field == "number" and number == DOUBTFUL and _tells(each, entries.values()):
                pointer, after = "/number/text", _numbered(facts.values["/number/text"][0], each)
            elif each.field == "day" and number > DOUBTFUL and facts.values["/issued_on"][1] == DOUBTFUL:
                pointer, after = "/issued_on", each.value
            else:
                continue
            witness = _neighbours(each, entries.values(), by_id)
            before = facts.values[pointer][0]
            yield Proposed(facts.document_id, facts.sha256, pointer, "archive.series", before, after, witness)


def _tells(proposal: Proposal, entries: Collection[Entry]) -> bool:
    """Whether enough of a register is there to tell a number's place: much of it, or what stands near on both sides."""
    others = {each.number for each in entries if each is not proposal.entry and each.day is not None}
    below = any(int(proposal.value) - near in others for near in range(1, _NEAR + 1))
    above = any(int(proposal.value) + near in others for near in range(1, _NEAR + 1))
    return len(entries) >= _MUCH or (below and above)


def _entry(facts: Facts) -> Entry | None:
    sequence, issued_on = facts.values.get("/number/sequence"), facts.values.get("/issued_on")
    found = _NUMBER.fullmatch(sequence[0]) if sequence else None
    if found is None or not facts.values["/number/text"][0].startswith(found[0]):
        return None
    day = issued_on[0] if issued_on is not None and len(issued_on[0]) == _DAY else None
    return Entry(facts.document_id, int(found["number"]), found["suffix"].lower(), day, key(facts.about) or "")


def _numbered(text: str, proposal: Proposal) -> str:
    """A number's text with other figures: `086/SNV` becomes `016/SNV`."""
    found = _NUMBER.match(text)
    figures = found["number"] if found else ""
    return proposal.value.zfill(len(figures)) + text[len(figures) :]


def _neighbours(proposal: Proposal, entries: Iterable[Entry], by_id: Mapping[int, Facts]) -> dict[str, Any]:
    """The documents around the place where an entry fits."""
    number = int(proposal.value) if proposal.field == "number" else proposal.entry.number
    others = [each for each in entries if each is not proposal.entry]
    near = sorted(others, key=lambda each: (abs(each.number - number), each.number, each.key))[: SAMPLES - 1]
    near.sort(key=lambda each: (each.number, each.key))
    return {"documents": [by_id[each.key].sha256 for each in near], "count": len(others), "people": 0}


def _joined(
    names: Iterable[Proposed], registers: Iterable[Proposed], documents: Mapping[int, Facts]
) -> Iterator[Proposed]:
    """A number and its code are one value, its text: two proposals of it are one, and the code's alone is of the whole text."""
    codes: dict[int, Proposed] = {}
    for one in names:
        if one.pointer == SINGLE["notation"]:
            codes[one.document_id] = one
        else:
            yield one
    for one in registers:
        code = codes.pop(one.document_id, None) if one.pointer == "/number/text" else None
        yield one if code is None else _coded(one, one.after, code, one.rule)
    for one in codes.values():
        text = documents[one.document_id].values["/number/text"][0]
        if text.endswith(one.before):
            yield _coded(one, text, one, one.rule, text)


def _coded(one: Proposed, text: str, code: Proposed, rule: str, before: str | None = None) -> Proposed:
    after = text.removesuffix(code.before) + code.after
    return Proposed(one.document_id, one.sha256, "/number/text", rule, before or one.before, after, one.witness)
