"""What the archive's API answers, as models of the OpenAPI document."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from vnadmin import AdminDocument


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Answer):
    """A document as a line of a list; its values are those in force, with people's corrections."""

    sha256: str
    revision: int = Field(description="Number of its last change; its ETag is this number in quotes.")
    media_type: str
    page_count: int
    type_code: str | None
    type_name: str | None
    number: str | None
    issued_on: str | None = Field(description="`2021-09-25`, or `2021-09` and `2021` where less is printed.")
    issuing_agency: str | None
    parent_agency: str | None
    place: str | None
    subject: str | None
    signer: str | None
    urgency: str | None
    secrecy: str | None
    circulation: str | None


class Piece(_Answer):
    """A bit of text, and whether it was looked for."""

    text: str
    marked: bool


class FoundEntry(Entry):
    """A document that a search found."""

    excerpt: list[Piece] = Field(description="The part of its text that fits best; empty where no word was looked for.")


class FacetValue(_Answer):
    """A value of a facet: `value` is what the parameter of the same name takes."""

    value: str
    label: str
    count: int


class Found(_Answer):
    """A page of a search."""

    documents: list[FoundEntry]
    total: int
    total_is_least: bool = Field(description="There are more than `total`: no more were counted.")
    facets: dict[str, list[FacetValue]] | None = Field(description="Only with `facets=true`.")
    next: str | None = Field(description="What to give as `after` for the next page; null at the end.")


class Said(_Answer):
    """One thing that a person said about a value; a row of the history, which only grows."""

    id: int
    sha256: str
    pointer: str
    action: Literal["set", "undo"] = Field(description="`undo`: back to what the machine read.")
    value: Any = Field(description="Null with `set`: the document has no such value.")
    read: Any = Field(description="What the machine had read when the person decided.")
    confirmed: bool = Field(description="The person found right what the machine had read.")
    in_force: bool
    person: str
    made_at: str = Field(description="ISO 8601, UTC.")
    note: str | None


class Record(_Answer):
    """A document of the archive."""

    sha256: str
    revision: int
    changed_at: str
    questions: int = Field(description="Doubtful values that nobody has looked at.")
    corrections: list[Said] = Field(description="Those in force.")
    document: AdminDocument = Field(description="With people's corrections; evidence is of what the machine read.")


class History(_Answer):
    """All that people said about a document, the newest first."""

    sha256: str
    revision: int
    corrections: list[Said]


class Correction(BaseModel):
    """A value to set."""

    model_config = ConfigDict(extra="forbid")

    pointer: str = Field(
        max_length=400,
        description="JSON Pointer into the document: `/subject`, `/signatories/0/name`; `/addressees/-` adds to a list.",
    )
    value: str | int | list[Any] | dict[str, Any] | None = Field(
        description="As text, as a person would type it (`25/9/2021`, `12/QĐ-UBND`); a whole list or object as JSON; null: there is none. "
        "The same value as the machine's confirms it.",
    )
    note: str | None = Field(default=None, max_length=2000, description="Why; stays in the history.")


class Corrected(_Answer):
    """What was set or taken back."""

    sha256: str
    revision: int = Field(description="The document's new one; its ETag is this number in quotes.")
    correction: Said


class Changed(_Answer):
    """A document that was read, corrected or taken away since."""

    revision: int
    sha256: str
    changed_at: str
    gone: bool = Field(description="The archive has it no more.")
    document: Entry | None = Field(description="Its values as they are now; null where it is gone.")


class Changes(_Answer):
    """Documents in the order of their last change, each once."""

    changes: list[Changed]
    next: str = Field(
        description="What to give as `updated_since` the next time. Keep it together with what you made of this page."
    )
    more: bool = Field(description="There is more at once; else ask again later.")


class Feed(_Answer):
    """What people said, in the order in which it was written."""

    corrections: list[Said]
    next: str
    more: bool


class GivenTask(_Answer):
    """A task that a document gives."""

    sha256: str
    document: str
    issuing_agency: str | None
    pointer: str
    text: str
    deadline: str | None
    deadline_text: str | None
    leads: list[str]
    partners: list[str]
    done_by: str | None
    done_at: str | None


class Tasks(_Answer):
    """A page of tasks."""

    tasks: list[GivenTask]
    next: str | None


class Question(_Answer):
    """A value that the machine doubts; setting or confirming it answers the question."""

    id: int
    sha256: str
    pointer: str
    reason: str = Field(
        description="`guess`, `likely`, `disagreement` (with what a person said before) or `issue:CODE`."
    )
    read: Any = Field(description="What the machine reads: JSON, or the text of it.")
    corrected: Any = Field(description="What a person said before, of a disagreement.")


class Questions(_Answer):
    """A page of open questions, the most doubtful first."""

    questions: list[Question]
    next: str | None


class Run(_Answer):
    """A pass over the archive that put doubtful readings right by what its other documents show."""

    run: int
    started_at: str
    ended_at: str | None = Field(description="Null while it runs, or where it was killed: the next one goes on there.")
    undone_at: str | None = Field(description="When people took back what it made.")
    made: int
    in_force: int


class Runs(_Answer):
    """The passes, the newest first."""

    runs: list[Run]
    waits: bool = Field(description="One was asked for, and has not ended.")


class PutRight(_Answer):
    """A reading that a pass put right. It is `likely`, never certain, and a question until a person looks."""

    id: int
    run: int
    sha256: str
    pointer: str
    rule: str = Field(description="`archive.name`, `archive.series` and their like.")
    before: Any = Field(description="What the machine read.")
    after: Any
    witness: dict[str, Any] = Field(description="What showed it: `documents` (some of them), how many (`count`).")
    in_force: bool = Field(
        description="No later pass ended it and nobody took it back; a person's own value is above it."
    )


class AllPutRight(_Answer):
    """A page of readings that were put right, in the order in which they were."""

    changes: list[PutRight]
    next: str | None


class Undone(_Answer):
    """What was taken back, or holds again."""

    run: int
    changes: int


class AuditPlan(BaseModel):
    """What an audit is to show, and of which documents; without any of it the usual plan over all."""

    model_config = ConfigDict(extra="forbid", strict=True)

    half_width: float = Field(default=0.03, ge=0.005, le=0.5, description="Of the interval of a field.")
    expect: float = Field(default=0.95, ge=0.5, le=1, description="The share of right values that is expected.")
    fields: list[str] | None = Field(default=None, max_length=40, description="Null: the usual ones.")
    issuer: str | None = Field(default=None, max_length=200, description="A part of the issuer's name, marks or not.")
    kind: str | None = Field(default=None, max_length=20, description="Code of the type, such as `QĐ`.")
    year: int | None = Field(default=None, ge=1, le=9999)
    seed: int | None = Field(default=None, ge=0, lt=2**31, description="For the same sample again; null: a new one.")


class Webhook(BaseModel):
    """Where to tell of changes."""

    model_config = ConfigDict(extra="forbid", strict=True)

    url: str = Field(max_length=2000, description="As `X-Webhook-Url` of a job: https to a public address.")


class Subscribed(_Answer):
    """Where this key's program is told that the archive changed."""

    url: str
    told: int = Field(description="The number of the last change that it was told of.")
    attempts: int = Field(description="Tries that failed since; it is tried again, at last every eight hours.")


class Audit(_Answer):
    """An audit: a random sample of documents that people review blind, in the browser."""

    id: int
    drawn_at: str
    drawn_by: str
    version: str = Field(description="Of vnadmin, that drew it.")
    seed: int
    half_width: float
    expect: float
    confidence: float
    fields: list[str]
    issuer: str | None
    kind: str | None
    year: int | None
    frame: int = Field(description="Documents that the sample was drawn from.")
    size: int = Field(description="Documents of the sample.")
    reviewed: int


class Audits(_Answer):
    """All audits, the newest first."""

    audits: list[Audit]


class Share(_Answer):
    """How often values are right, as the sample tells of all."""

    judged: int
    right: int
    share: float
    low: float = Field(description="End of the Wilson interval.")
    high: float


class Figure(_Answer):
    """How often a field is right."""

    field: str = Field(
        description="Its name; `values`: all fields together; `documents`: all that was reviewed is right."
    )
    whole: Share | None = Field(description="Of all values; null where none was judged.")
    unasked: Share | None = Field(description="Of values about which nobody was asked.")
    unclear: int = Field(description="Values that the person could not tell.")


class AuditResult(Audit):
    """An audit and what it shows so far."""

    unsettled: int = Field(description="Differences about which nobody decided yet; they count as wrong.")
    whole: bool = Field(description="All is reviewed and settled: the figures are those of the report.")
    figures: list[Figure]


class Accessed(_Answer):
    """One answer of the archive."""

    id: int
    at: str = Field(description="ISO 8601, UTC.")
    key: str = Field(description="The name of the key; `local` where keys are off.")
    role: str
    action: Literal["read", "correct", "export", "admin"] = Field(description="The scope that it needed.")
    method: str
    route: str = Field(description="The pattern of the address.")
    sha256: str | None = Field(description="The document, where it was about one.")
    status: int
    request_id: str


class AccessPage(_Answer):
    """A page of the log of access."""

    entries: list[Accessed]
    next: str = Field(description="What to give as `after` the next time, also at the end.")


BODIES: Final = (Correction, AuditPlan, Webhook)  # of requests: named by reference in the OpenAPI document
