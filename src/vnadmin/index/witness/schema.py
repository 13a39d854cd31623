"""Tables of what an archive knows of its issuers, and of the readings that it puts right; `catalog/schema.py` tells what columns mean."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from vnadmin.index.catalog.schema import CLUSTERED, Base, Json, Stamp


class ArchiveRun(Base):
    """One call of `vnadmin reconcile`: first it learns what each issuer's certain values show, then it proposes.

    stage: `learn`, `propose`, `done`; a run that was ended goes on behind `last`.
    """

    __tablename__ = "archive_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[str] = mapped_column(Stamp)
    ended_at: Mapped[str | None] = mapped_column(Stamp)  # null: still running, or killed
    undone_at: Mapped[str | None] = mapped_column(Stamp)
    stage: Mapped[str] = mapped_column(String(8))
    last: Mapped[str] = mapped_column(Text)  # documents.issuer_key up to which the stage came


class ArchiveChange(Base):
    """A doubtful reading that the archive's other documents put right: laid over what was read, below what people say.

    It is in force as long as it has not ended, was not undone, and the parser still says `before`. Rows are only added and ended.
    """

    __tablename__ = "archive_changes"
    __table_args__ = (Index("ix_archive_changes_sha256_pointer", "sha256", "pointer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("contents.sha256"))
    pointer: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(String(40))  # `archive.name`, `archive.series` …
    before: Mapped[Any | None] = mapped_column(Json)
    after: Mapped[Any | None] = mapped_column(Json)
    witness: Mapped[dict[str, Any]] = mapped_column(Json)  # `documents`: some contents; `count`: how many; `people`
    run: Mapped[int] = mapped_column(index=True)  # archive_runs.id of the run that made it
    ended_run: Mapped[int | None]  # of the run that no longer found it
    undone: Mapped[bool] = mapped_column(server_default=false())  # a person took it back: it is not made again


class KnownValue(Base):
    """What an archive knows of an issuer, by year: values that were read surely, and those that people set.

    kind: `spelling`, `parent`, `place`, `post`, `signer` (with the post in `about`), `recipient`, `notation`. year 0: of no known year.
    """

    __tablename__ = "known_values"
    __table_args__ = CLUSTERED

    issuer_key: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    value: Mapped[str] = mapped_column(Text, primary_key=True)
    about: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    documents: Mapped[int]  # in which it was read surely
    people: Mapped[int]  # in which people set or confirmed it
    samples: Mapped[list[str]] = mapped_column(Json)  # some contents that show it


class ForgottenValue(Base):
    """What people told the archive to forget of an issuer: it is not learned again. An empty value: all of that kind."""

    __tablename__ = "forgotten_values"
    __table_args__ = CLUSTERED

    issuer_key: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    value: Mapped[str] = mapped_column(Text, primary_key=True)  # folded
    person: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[str] = mapped_column(Stamp)
