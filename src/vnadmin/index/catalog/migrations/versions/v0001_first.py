"""The catalogue as it first was."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
TEXT, INTEGER, LARGE, DOUBLE = sa.Text(), sa.Integer(), sa.BigInteger(), sa.Double[float]()


def upgrade() -> None:
    _runs_and_contents()
    _corrections()
    _documents()
    _files()
    _reviews()
    _parts_of_documents()


def _runs_and_contents() -> None:
    _table(
        "contents",
        _given("sha256", _string(64)), _given("size", LARGE), _given("state", _string(8)), _maybe("error_code", _string(40)),
        _maybe("error_detail", TEXT), _given("tries", INTEGER), _given("interrupted", INTEGER), _maybe("version", _string(40)),
        _maybe("pages", _string(8)), _maybe("tried_at", _string(32)), _maybe("tried_run", INTEGER), _maybe("seconds", DOUBLE),
        key=("sha256",),
        rowid=False,
    )  # fmt: skip
    _index("contents", "state")
    _table(
        "runs",
        _given("id", INTEGER), _given("started_at", _string(32)), _maybe("ended_at", _string(32)), _given("version", _string(40)),
        _given("sources", JSON), _maybe("summary", JSON),
    )  # fmt: skip


def _corrections() -> None:
    _table(
        "corrections",
        _given("id", INTEGER), _given("sha256", _string(64)), _given("pointer", TEXT), _given("action", _string(8)),
        _maybe("value", JSON), _maybe("parsed", JSON), _given("person", _string(120)), _given("made_at", _string(32)),
        _maybe("note", TEXT),
        _of_contents("corrections"),
    )  # fmt: skip
    op.create_index("ix_corrections_sha256_pointer", "corrections", ["sha256", "pointer"], unique=False)


def _documents() -> None:
    _table(
        "documents",
        _given("id", INTEGER), _given("sha256", _string(64)), _given("media_type", _string(120)), _given("page_count", INTEGER),
        _given("method", _string(12)), _maybe("type_code", _string(20)), _maybe("type_name", TEXT), _maybe("number", TEXT),
        _maybe("number_key", TEXT), _maybe("sequence", TEXT), _maybe("notation", TEXT), _maybe("issued_on", _string(10)),
        _maybe("year", INTEGER), _maybe("parent_agency", TEXT), _maybe("issuing_agency", TEXT), _maybe("issuer_key", TEXT),
        _maybe("place", TEXT), _maybe("subject", TEXT), _maybe("signer", TEXT), _maybe("signer_key", TEXT), _maybe("urgency", TEXT),
        _maybe("secrecy", TEXT), _maybe("circulation", TEXT), _maybe("dispatch_key", TEXT), _given("lowest_grade", INTEGER),
        _of_contents("documents"),
        unique=("sha256",),
    )  # fmt: skip
    _index("documents", "dispatch_key", "issued_on", "issuer_key", "number_key", "signer_key", "type_code", "year")


def _files() -> None:
    _table(
        "files",
        _given("path", TEXT), _maybe("size", LARGE), _maybe("modified", _string(40)), _maybe("sha256", _string(64)),
        _given("state", _string(8)), _maybe("error_code", _string(40)), _maybe("error_detail", TEXT),
        _given("found_at", _string(32)), _given("seen_run", INTEGER),
        _of_contents("files"),
        key=("path",),
        rowid=False,
    )  # fmt: skip
    _index("files", "seen_run", "sha256", "state")


def _reviews() -> None:
    _table(
        "reviews",
        _given("id", INTEGER), _given("sha256", _string(64)), _given("pointer", TEXT), _given("reason", _string(60)),
        _given("rank", INTEGER), _maybe("parsed", JSON), _maybe("corrected", JSON), _given("state", _string(8)),
        _maybe("closed_by", _string(120)), _maybe("closed_at", _string(32)),
        _of_contents("reviews"),
        unique=("sha256", "pointer", "reason"),
    )  # fmt: skip
    op.create_index("ix_reviews_state_rank", "reviews", ["state", "rank"], unique=False)


def _parts_of_documents() -> None:
    _part(
        "assignees", "pointer", "ordinal",
        columns=(_given("pointer", TEXT), _given("ordinal", INTEGER), _given("role", _string(8)), _given("name", TEXT),
                 _maybe("name_key", TEXT)),
    )  # fmt: skip
    _index("assignees", "name_key")
    _part("bodies", columns=(_given("text", TEXT), _given("record", sa.LargeBinary())), rowid=True)
    _part(
        "citations", "pointer",
        columns=(_given("pointer", TEXT), _maybe("type", TEXT), _maybe("number", TEXT), _maybe("number_key", TEXT),
                 _maybe("issued_on", _string(10)), _maybe("issuer", TEXT), _maybe("title", TEXT), _maybe("title_key", TEXT),
                 _given("relation", _string(12))),
    )  # fmt: skip
    _index("citations", "number_key")
    _part(
        "fields", "pointer", "ordinal",
        columns=(_given("pointer", TEXT), _given("ordinal", INTEGER), _maybe("value", TEXT), _given("grade", INTEGER),
                 _maybe("confidence", DOUBLE), _given("rule", _string(120)), _given("page", INTEGER), _given("start", INTEGER),
                 _given("end", INTEGER), _maybe("boxes", JSON)),
    )  # fmt: skip
    _part(
        "issues", "ordinal",
        columns=(_given("ordinal", INTEGER), _given("code", _string(60)), _given("severity", _string(8)),
                 _maybe("pointer", TEXT), _given("message", TEXT)),
    )  # fmt: skip
    _index("issues", "code")
    _part(
        "parties", "role", "ordinal",
        columns=(_given("role", _string(10)), _given("ordinal", INTEGER), _maybe("name", TEXT), _maybe("name_key", TEXT),
                 _maybe("position", TEXT), _maybe("authority", TEXT), _maybe("purpose", TEXT)),
    )  # fmt: skip
    op.create_index("ix_parties_role_name_key", "parties", ["role", "name_key"], unique=False)
    _part(
        "tasks", "pointer",
        columns=(_given("pointer", TEXT), _maybe("marker", TEXT), _given("text", TEXT), _maybe("deadline_text", TEXT),
                 _maybe("deadline", _string(10))),
    )  # fmt: skip
    _index("tasks", "deadline")


def _string(length: int) -> TypeEngine[str]:
    return sa.String(length=length)


def _given(name: str, kind: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _maybe(name: str, kind: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _of_contents(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["sha256"], ["contents.sha256"], name=op.f(f"fk_{table}_sha256"))


def _table(
    name: str,
    *parts: sa.schema.SchemaItem,
    key: tuple[str, ...] = ("id",),
    unique: tuple[str, ...] = (),
    rowid: bool = True,
) -> None:
    constraints: list[sa.schema.SchemaItem] = [sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}"))]
    if unique:
        constraints.append(sa.UniqueConstraint(*unique, name=op.f(f"uq_{name}_{'_'.join(unique)}")))
    op.create_table(name, *parts, *constraints, **({} if rowid else {"sqlite_with_rowid": False}))


def _part(name: str, *key: str, columns: tuple[sa.schema.SchemaItem, ...], rowid: bool = False) -> None:
    """A table of what a document holds, which goes when the document goes."""
    of_document = sa.ForeignKeyConstraint(
        ["document_id"], ["documents.id"], name=op.f(f"fk_{name}_document_id"), ondelete="CASCADE"
    )
    _table(name, _given("document_id", INTEGER), *columns, of_document, key=("document_id", *key), rowid=rowid)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
