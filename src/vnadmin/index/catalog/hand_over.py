"""Moves what people said of a file that was catalogued as its first document to that document, which has a content of its own."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, select, tuple_, update

from vnadmin.index.catalog.corrections import read_document, refresh
from vnadmin.index.catalog.places import IS_PLACED
from vnadmin.index.catalog.schema import Content, Correction, Document, File, Review, TaskMark
from vnadmin.index.follow.revisions import touch
from vnadmin.index.search.index import remove
from vnadmin.index.witness.schema import ArchiveChange


def hand_over(connection: Connection, container: str, inside: Collection[str]) -> list[str]:
    """A mail that an earlier vnadmin catalogued as one document is taken apart: corrections and decisions stay.

    Args:
        container, inside: SHA-256 of the file and of the documents in it, which the ledger knows.

    Returns:
        Other places of the file, to be taken apart too.
    """
    read = read_document(connection, container, corrected=False)
    if read is None or read.source.sha256 not in inside:
        return []
    heir = read.source.sha256
    touch(connection, [container], gone=True)
    touch(connection, [heir])
    connection.execute(update(Correction).where(Correction.sha256 == container).values(sha256=heir))
    connection.execute(update(TaskMark).where(TaskMark.sha256 == container).values(sha256=heir))
    taken = select(Review.pointer, Review.reason).where(Review.sha256 == heir)
    connection.execute(
        update(Review)
        .where(Review.sha256 == container, tuple_(Review.pointer, Review.reason).not_in(taken))
        .values(sha256=heir)
        .execution_options(synchronize_session=False)
    )
    connection.execute(delete(Review).where(Review.sha256 == container))
    gone = connection.scalars(select(Document.id).where(Document.sha256 == container)).all()
    remove(connection, gone)
    connection.execute(delete(Document).where(Document.id.in_(gone)))
    copies = connection.scalars(select(File.path).where(File.sha256 == container, IS_PLACED)).all()
    connection.execute(update(File).where(File.path.in_(copies)).values(state="found"))
    connection.execute(update(File).where(File.sha256 == container).values(sha256=None))
    connection.execute(
        delete(ArchiveChange).where(ArchiveChange.sha256 == container)
    )  # the next `reconcile` makes them of the heir
    connection.execute(delete(Content).where(Content.sha256 == container))
    if (document := read_document(connection, heir, corrected=False)) is not None:  # it was read before they came
        refresh(connection, heir, document)
    return list(copies)
