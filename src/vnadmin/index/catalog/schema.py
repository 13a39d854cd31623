"""The catalogue's tables (SQLAlchemy 2): the ledger, documents with their fields, corrections, reviews.

Identity is the content's SHA-256: `files` are the places where a content was seen, `contents` is the ledger of what was
read, `documents` hold what was found. Row numbers (`id`) are the catalogue's own and mean nothing outside it: two
catalogues of one archive are compared by `sha256`, `path` and `pointer`. A document is kept whole in `bodies`; of what
is in it only that has rows which search, queue, facets, tasks or the graph ask for.

Times are text, ISO 8601 in UTC (`2026-11-25T10:20:55Z`), and dates of documents are `PartialDate`s (`2021-09`): both
sort as text, on SQLite and PostgreSQL alike. A `*_key` is `key(text)`: folded, without marks, single spaces.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Double,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from vnadmin.text.fold import bare

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
Stamp = String(32)
PartialDateText = String(10)
Sha256 = String(64)
CLUSTERED: Final = {"sqlite_with_rowid": False}  # the table is its primary key's tree: no second copy of the key

KEY_LIMIT: Final = 400  # characters of a key: B-tree rows of PostgreSQL hold at most 2.7 kB


def key(text: str | None) -> str | None:
    """What two spellings of a number or a name have in common: `Sở Y  tế`, `SỞ Y TẾ`, `Sở Y tê` are `so y te`."""
    if not text:
        return None
    return " ".join(bare(text).split())[:KEY_LIMIT] or None


class Base(DeclarativeBase):
    """All tables; the names of constraints are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Run(Base):
    """One call of `vnadmin index`."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[str] = mapped_column(Stamp)
    ended_at: Mapped[str | None] = mapped_column(Stamp)  # null: still running, or killed
    version: Mapped[str] = mapped_column(String(40))
    sources: Mapped[list[str]] = mapped_column(Json)
    summary: Mapped[dict[str, Any] | None] = mapped_column(Json)


class Content(Base):
    """The ledger: one content, whatever files hold it.

    state: `found` (to be read), `running` (given to a worker), `done`, `failed`.
    """

    __tablename__ = "contents"
    __table_args__ = CLUSTERED

    sha256: Mapped[str] = mapped_column(Sha256, primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(8), index=True)
    error_code: Mapped[str | None] = mapped_column(String(40))
    error_detail: Mapped[str | None] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(default=0)  # times given to a worker, of all versions
    interrupted: Mapped[int] = mapped_column(default=0)  # runs in a row that ended while it was being read
    version: Mapped[str | None] = mapped_column(String(40))  # of vnadmin, that read it or failed
    pages: Mapped[str | None] = mapped_column(String(8))  # `all`, or `metadata` where pages were left out
    tried_at: Mapped[str | None] = mapped_column(Stamp)
    tried_run: Mapped[int | None]  # runs.id of the run that read it or failed
    seconds: Mapped[float | None] = mapped_column(Double)


class File(Base):
    """One place where a content was seen: a path, a member of a zip archive (`a.zip!/b.docx`), a URL.

    state: `found` (not opened yet), `done` (its content is known: see there), `unpacked` (a mail or the like: the documents
    in it have rows of their own), `failed` (could not be opened), `missing` (was there once; its row is kept).
    """

    __tablename__ = "files"
    __table_args__ = CLUSTERED

    path: Mapped[str] = mapped_column(Text, primary_key=True)
    size: Mapped[int | None] = mapped_column(BigInteger)
    modified: Mapped[str | None] = mapped_column(String(40))  # of the file or, for a member, of its archive: opaque
    sha256: Mapped[str | None] = mapped_column(ForeignKey("contents.sha256"), index=True)
    state: Mapped[str] = mapped_column(String(8), index=True)
    error_code: Mapped[str | None] = mapped_column(String(40))
    error_detail: Mapped[str | None] = mapped_column(Text)
    found_at: Mapped[str] = mapped_column(Stamp)
    seen_run: Mapped[int] = mapped_column(index=True)  # runs.id of the last run that saw it
    container: Mapped[str | None] = mapped_column(Text, index=True)  # files.path of the mail or the like that holds it


class Document(Base):
    """A content that was read. Columns hold the values in force: the parser's, with people's corrections over them."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("contents.sha256"), unique=True)
    media_type: Mapped[str] = mapped_column(String(120))
    page_count: Mapped[int]
    method: Mapped[str] = mapped_column(String(12))  # markup, text_layer, ocr, mixed, none
    type_code: Mapped[str | None] = mapped_column(String(20), index=True)
    type_name: Mapped[str | None] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(Text)
    number_key: Mapped[str | None] = mapped_column(Text, index=True)
    sequence: Mapped[str | None] = mapped_column(Text)
    notation: Mapped[str | None] = mapped_column(Text)
    issued_on: Mapped[str | None] = mapped_column(PartialDateText, index=True)
    year: Mapped[int | None] = mapped_column(index=True)
    parent_agency: Mapped[str | None] = mapped_column(Text)
    issuing_agency: Mapped[str | None] = mapped_column(Text)
    issuer_key: Mapped[str | None] = mapped_column(Text, index=True)
    place: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    signer: Mapped[str | None] = mapped_column(Text)  # the first signatory's name
    signer_key: Mapped[str | None] = mapped_column(Text, index=True)
    urgency: Mapped[str | None] = mapped_column(Text)
    secrecy: Mapped[str | None] = mapped_column(Text)
    circulation: Mapped[str | None] = mapped_column(Text)
    # Number, full date and issuer as one key: documents that share it are copies of one dispatch, linked by it and
    # never merged. Null where one of the three is missing.
    dispatch_key: Mapped[str | None] = mapped_column(Text, index=True)
    lowest_grade: Mapped[int]  # 0 guess, 1 likely, 2 certain: the worst among the header's fields


class Body(Base):
    """What the parser read of a document, whole, with its text and evidence: never touched by a correction."""

    __tablename__ = "bodies"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    record: Mapped[bytes] = mapped_column(LargeBinary)  # `catalog/record.py` packs and unpacks it


class Citation(Base):
    """One edge of the graph: a document cites an instrument.

    The instrument is matched to documents of the catalogue by `number_key` and date (`catalog.cited()`), when asked:
    so it makes no difference which of the two was indexed first.
    """

    __tablename__ = "citations"
    __table_args__ = CLUSTERED

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    pointer: Mapped[str] = mapped_column(Text, primary_key=True)  # `/legal_references/0`, `/appendices/1/legal_…`
    type: Mapped[str | None] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(Text)
    number_key: Mapped[str | None] = mapped_column(Text, index=True)
    issued_on: Mapped[str | None] = mapped_column(PartialDateText)
    issuer: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    relation: Mapped[str] = mapped_column(String(12))


class Task(Base):
    """An item that tells someone to act.

    A directive with an assignee or a deadline (its own or its parent's), or a row of an assignment table.
    """

    __tablename__ = "tasks"
    __table_args__ = CLUSTERED

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    pointer: Mapped[str] = mapped_column(Text, primary_key=True)  # `/directives/2/children/0`, `/assignments/4`
    marker: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    deadline_text: Mapped[str | None] = mapped_column(Text)
    deadline: Mapped[str | None] = mapped_column(PartialDateText, index=True)


class Assignee(Base):
    """Who must do a task. role: `lead` (told to act, chủ trì) or `partner` (phối hợp)."""

    __tablename__ = "assignees"
    __table_args__ = CLUSTERED

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    pointer: Mapped[str] = mapped_column(Text, primary_key=True)  # of the task
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str | None] = mapped_column(Text)


class Correction(Base):
    """What a person said about a value. Rows are only added; the last one for a pointer is in force.

    Kept by content, not by document row: no run of the indexer writes or deletes here.
    """

    __tablename__ = "corrections"
    __table_args__ = (Index("ix_corrections_sha256_pointer", "sha256", "pointer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("contents.sha256"))
    pointer: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(8))  # `set`, or `withdraw`: back to what the parser says
    value: Mapped[Any | None] = mapped_column(Json)  # null with `set`: the document has no such value
    parsed: Mapped[Any | None] = mapped_column(Json)  # what the parser said when the person decided
    person: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[str] = mapped_column(Stamp)
    note: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(String(32), index=True)  # answers.id, where it answers a question


class Answer(Base):
    """What a person answered at once, to one question or to many: what it wrote bears its name, and is taken back by it.

    `id` comes with the form that is sent, so that a form that is sent twice answers once.
    """

    __tablename__ = "answers"
    __table_args__ = CLUSTERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[str] = mapped_column(Stamp, index=True)
    asked: Mapped[int]  # questions that were answered
    undone_by: Mapped[str | None] = mapped_column(String(120))
    undone_at: Mapped[str | None] = mapped_column(Stamp)


class TaskMark(Base):
    """What a person said of a task: done, or no task, or neither after all. Rows are only added; the last one is in force.

    Kept by content, as corrections are; by `text` a task is found again that another version reads at another place.
    """

    __tablename__ = "task_marks"
    __table_args__ = (Index("ix_task_marks_sha256_pointer", "sha256", "pointer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("contents.sha256"))
    pointer: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    done: Mapped[bool]
    no_task: Mapped[bool] = mapped_column(server_default=false())  # what was read is no task at all
    person: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[str] = mapped_column(Stamp)


class SavedSearch(Base):
    """A search that a person keeps under a name: the query and the facets of its address."""

    __tablename__ = "saved_searches"
    __table_args__ = (UniqueConstraint("person", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(Text)  # `q=…&year=2022`
    made_at: Mapped[str] = mapped_column(Stamp)


class KeyPass(Base):
    """By which rule keys of bodies were made (`index/search/keys.py`); one row."""

    __tablename__ = "key_passes"

    rule: Mapped[str] = mapped_column(String(40), primary_key=True)
    last: Mapped[int | None]  # documents.id up to which they are made; null: all are


class Revision(Base):
    """A document's last change, by the number under which followers meet it (`index/follow/revisions.py`).

    `gone`: the catalogue has the document no more; its row stays, so that followers learn it.
    """

    __tablename__ = "revisions"
    __table_args__ = CLUSTERED

    sha256: Mapped[str] = mapped_column(Sha256, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, index=True, unique=True)
    changed_at: Mapped[str] = mapped_column(Stamp)
    gone: Mapped[bool]


class RevisionCounter(Base):
    """The last number given, and the catalogue's name; one row."""

    __tablename__ = "revision_counter"

    epoch: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)


class Review(Base):
    """The queue of doubtful values, lowest `rank` first: what is most likely wrong.

    reason: `disagreement` (a later run says something else than the person: rank 0), `guess`, `issue:CODE`, `likely`
    (header fields only). Their rank is how often values of this kind of doubt were right when they were counted
    (`doubts.rank_of`). An item that a person closed stays closed as long as the parser says the same.
    """

    __tablename__ = "reviews"
    __table_args__ = (UniqueConstraint("sha256", "pointer", "reason"), Index("ix_reviews_state_rank", "state", "rank"))

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("contents.sha256"))
    pointer: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(60))
    rank: Mapped[int]
    parsed: Mapped[Any | None] = mapped_column(Json)
    corrected: Mapped[Any | None] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(8))  # `open` or `closed`
    closed_by: Mapped[str | None] = mapped_column(String(120))
    closed_at: Mapped[str | None] = mapped_column(Stamp)
    kind: Mapped[str | None] = mapped_column(Text)  # of doubt: an issue's code or a rule; null: not known
    answer: Mapped[str | None] = mapped_column(String(32), index=True)  # answers.id that closed it
