"""The tables of audits: what was drawn, what the catalogue said then, and what a person read blind."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BigInteger, ForeignKey, MetaData, String, Text, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from vnadmin.index.catalog.schema import Json, Sha256, Stamp

_CASCADE: Final = "CASCADE"


class Base(DeclarativeBase):
    """The tables of audits, beside those of the catalogue: no run of the indexer writes or deletes here."""

    metadata = MetaData()


class Audit(Base):
    """A sample that was drawn once and stays as it is."""

    __tablename__ = "audits"

    id: Mapped[int] = mapped_column(primary_key=True)
    drawn_at: Mapped[str] = mapped_column(Stamp)
    drawn_by: Mapped[str] = mapped_column(String(120))
    version: Mapped[str] = mapped_column(String(40))  # of vnadmin, that drew it
    seed: Mapped[int] = mapped_column(BigInteger)
    plan: Mapped[dict[str, Any]] = mapped_column(Json)  # `sample.Plan`
    frame: Mapped[dict[str, Any]] = mapped_column(Json)  # documents, digest of their SHA-256, what they were chosen by
    strata: Mapped[list[dict[str, Any]]] = mapped_column(Json)  # `sample.Stratum`, as they were drawn


class Item(Base):
    """A document of the sample, in the order in which documents are reviewed."""

    __tablename__ = "audit_items"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id", ondelete=_CASCADE), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(Sha256)  # of what was drawn, whether the catalogue still has it or not
    name: Mapped[str] = mapped_column(Text)  # for the report; the reviewer does not see it
    stratum: Mapped[int]  # its place in `audits.strata`
    person: Mapped[str | None] = mapped_column(String(120))  # who reviewed it; null: nobody has
    reviewed_at: Mapped[str | None] = mapped_column(Stamp)


class Value(Base):
    """A field of a document of the sample: what the catalogue held when it was drawn, and what a person read.

    A JSON text, a list of texts, or null for none.
    """

    __tablename__ = "audit_values"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id", ondelete=_CASCADE), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    held: Mapped[Any | None] = mapped_column(Json)
    unasked: Mapped[bool]  # nobody was asked about it, nobody set it, and its grade is certain where it was read
    told: Mapped[Any | None] = mapped_column(Json)
    unclear: Mapped[bool] = mapped_column(server_default=false())  # the person could not tell
    verdict: Mapped[str | None] = mapped_column(String(8))  # of a difference: `wrong` or `right`, what is held
    settled_by: Mapped[str | None] = mapped_column(String(120))
    settled_at: Mapped[str | None] = mapped_column(Stamp)
