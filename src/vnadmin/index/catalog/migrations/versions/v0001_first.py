"""The catalogue as it first was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "contents",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("error_detail", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("interrupted", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=True),
        sa.Column("pages", sa.String(length=8), nullable=True),
        sa.Column("tried_at", sa.String(length=32), nullable=True),
        sa.Column("tried_run", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_contents")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_contents_state"), "contents", ["state"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(length=32), nullable=False),
        sa.Column("ended_at", sa.String(length=32), nullable=True),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("sources", JSON, nullable=False),
        sa.Column("summary", JSON, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pointer", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.Column("parsed", JSON, nullable=True),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["sha256"], ["contents.sha256"], name=op.f("fk_corrections_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index("ix_corrections_sha256_pointer", "corrections", ["sha256", "pointer"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=12), nullable=False),
        sa.Column("type_code", sa.String(length=20), nullable=True),
        sa.Column("type_name", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("number_key", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Text(), nullable=True),
        sa.Column("notation", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.String(length=10), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("parent_agency", sa.Text(), nullable=True),
        sa.Column("issuing_agency", sa.Text(), nullable=True),
        sa.Column("issuer_key", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("signer", sa.Text(), nullable=True),
        sa.Column("signer_key", sa.Text(), nullable=True),
        sa.Column("urgency", sa.Text(), nullable=True),
        sa.Column("secrecy", sa.Text(), nullable=True),
        sa.Column("circulation", sa.Text(), nullable=True),
        sa.Column("dispatch_key", sa.Text(), nullable=True),
        sa.Column("lowest_grade", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["contents.sha256"], name=op.f("fk_documents_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("sha256", name=op.f("uq_documents_sha256")),
    )
    op.create_index(op.f("ix_documents_dispatch_key"), "documents", ["dispatch_key"], unique=False)
    op.create_index(op.f("ix_documents_issued_on"), "documents", ["issued_on"], unique=False)
    op.create_index(op.f("ix_documents_issuer_key"), "documents", ["issuer_key"], unique=False)
    op.create_index(op.f("ix_documents_number_key"), "documents", ["number_key"], unique=False)
    op.create_index(op.f("ix_documents_signer_key"), "documents", ["signer_key"], unique=False)
    op.create_index(op.f("ix_documents_type_code"), "documents", ["type_code"], unique=False)
    op.create_index(op.f("ix_documents_year"), "documents", ["year"], unique=False)
    op.create_table(
        "files",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("modified", sa.String(length=40), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("error_detail", sa.Text(), nullable=True),
        sa.Column("found_at", sa.String(length=32), nullable=False),
        sa.Column("seen_run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["contents.sha256"], name=op.f("fk_files_sha256")),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_files")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_files_seen_run"), "files", ["seen_run"], unique=False)
    op.create_index(op.f("ix_files_sha256"), "files", ["sha256"], unique=False)
    op.create_index(op.f("ix_files_state"), "files", ["state"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pointer", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("parsed", JSON, nullable=True),
        sa.Column("corrected", JSON, nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("closed_by", sa.String(length=120), nullable=True),
        sa.Column("closed_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["sha256"], ["contents.sha256"], name=op.f("fk_reviews_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("sha256", "pointer", "reason", name=op.f("uq_reviews_sha256_pointer_reason")),
    )
    op.create_index("ix_reviews_state_rank", "reviews", ["state", "rank"], unique=False)
    op.create_table(
        "assignees",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("pointer", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_assignees_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "pointer", "ordinal", name=op.f("pk_assignees")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_assignees_name_key"), "assignees", ["name_key"], unique=False)
    op.create_table(
        "bodies",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_bodies_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_bodies")),
    )
    op.create_table(
        "citations",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("pointer", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("number_key", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.String(length=10), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("title_key", sa.Text(), nullable=True),
        sa.Column("relation", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_citations_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "pointer", name=op.f("pk_citations")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_citations_number_key"), "citations", ["number_key"], unique=False)
    op.create_table(
        "fields",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("pointer", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("rule", sa.String(length=120), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("boxes", JSON, nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_fields_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "pointer", "ordinal", name=op.f("pk_fields")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "issues",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("severity", sa.String(length=8), nullable=False),
        sa.Column("pointer", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_issues_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_issues")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_issues_code"), "issues", ["code"], unique=False)
    op.create_table(
        "parties",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=True),
        sa.Column("position", sa.Text(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_parties_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "role", "ordinal", name=op.f("pk_parties")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_parties_role_name_key", "parties", ["role", "name_key"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("pointer", sa.Text(), nullable=False),
        sa.Column("marker", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("deadline_text", sa.Text(), nullable=True),
        sa.Column("deadline", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_tasks_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "pointer", name=op.f("pk_tasks")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_tasks_deadline"), "tasks", ["deadline"], unique=False)
