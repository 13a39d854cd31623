"""Assembly: candidates become values, fields are checked against each other, issues raised, the model validated.

The only room that compares fields.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vnadmin.assemble.checks import check
from vnadmin.assemble.evidence import EvidenceWriter, attributes
from vnadmin.assemble.refilled import refilled
from vnadmin.citation import FoundReference
from vnadmin.fields import FIELDS
from vnadmin.found import Found
from vnadmin.issues import issue
from vnadmin.model import AdminDocument, Grade, Issue
from vnadmin.text.fold import fold
from vnadmin.zones.zone import Zones

_RANK = {Grade.CERTAIN: 0, Grade.LIKELY: 1, Grade.GUESS: 2}


def assemble(
    data: bytes,
    zones: Zones,
    answers: Mapping[str, Sequence[object]],
    references: Sequence[FoundReference],
    appendix_references: Sequence[Sequence[FoundReference]],
) -> AdminDocument:
    """Build the public document from what the fields and citations found."""
    document = zones.document
    issues: list[Issue] = list(document.issues)
    evidence = EvidenceWriter(document)
    values: dict[str, Any] = {}
    for field in FIELDS:
        candidates = tuple(answers[field.name])
        chosen = candidates if field.many else _choose(field.name, candidates, issues)
        values[field.name] = evidence.unwrap(chosen, f"/{field.name}")
    values["legal_references"] = evidence.unwrap(tuple(references), "/legal_references")
    for index, (appendix, found) in enumerate(zip(values["appendices"], appendix_references, strict=False)):
        appendix["legal_references"] = evidence.unwrap(tuple(found), f"/appendices/{index}/legal_references")
    values["issued_on"], told = refilled(values, document, evidence)
    issues.extend([told] if told else [])
    issues.extend(check(values, zones, evidence))
    return AdminDocument.model_validate(
        {
            **values,
            "evidence": evidence.entries,
            "issues": issues,
            "text": document.text,
            "source": {
                "sha256": hashlib.sha256(data).hexdigest(),
                "media_type": document.media_type,
                "pages": [
                    {"number": p.number, "width": p.width, "height": p.height, "method": p.method}
                    for p in document.pages
                ],
            },
        }
    )


def _leading(candidate: object) -> Found[Any] | None:
    """The leaf that stands for a candidate: itself, or the first leaf of its dataclass that is there."""
    if isinstance(candidate, Found):
        return candidate
    inner: Iterable[object] = ()
    kind: Any = type(candidate)
    if isinstance(candidate, tuple):
        inner = candidate
    elif parts := attributes(kind):
        inner = (get(candidate) for _, _, get in parts)
    return next((leaf for item in inner if (leaf := _leading(item))), None)


def _choose(name: str, candidates: Sequence[object], issues: list[Issue]) -> object | None:
    """One candidate or none: two different ones of the best grade give null and an Issue that lists both."""
    if not candidates:
        return None
    led = [(leaf, candidate) for candidate in candidates if (leaf := _leading(candidate))]
    if not led:
        return None
    if len(led) == 1:
        return led[0][1]
    best = min(led, key=lambda pair: _RANK[pair[0].grade])
    rivals = {fold(str(leaf.value)): str(leaf.value) for leaf, _ in led if leaf.grade == best[0].grade}
    if len(rivals) > 1:
        issues.append(issue("value_conflict", f"/{name}", *rivals.values()))
        return None
    return best[1]
