"""Documents of the catalogue for the forms of `vnadmin.export`: with people's corrections in, and their files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from vnadmin.export.profile import AgencyProfile
from vnadmin.export.registry import Item
from vnadmin.index.catalog.corrections import read_document
from vnadmin.index.catalog.places import paths_of
from vnadmin.index.catalog.schema import Content, Document
from vnadmin.index.catalog.told import told_pages
from vnadmin.model import AdminDocument


class Held(NamedTuple):
    """A document as it is in force, and the bytes and places of its file."""

    sha256: str
    document: AdminDocument
    size: int
    paths: tuple[str, ...]
    pages: int | None  # as a person told, where the file does not hold them

    @property
    def name(self) -> str:
        """Its file's name; of a document whose file was never seen the beginning of its SHA-256."""
        return self.paths[0].rpartition("/")[2] if self.paths else self.sha256[:12]


def held(connection: Connection, ids: Sequence[int]) -> Iterator[Held]:
    """These documents in this order, each as people left it."""
    for one in ids:
        content = select(Content.sha256, Content.size).join(Document, Document.sha256 == Content.sha256)
        row = connection.execute(content.where(Document.id == one)).one_or_none()
        document = read_document(connection, row.sha256) if row else None
        if row and document is not None:
            pages = told_pages(connection, [row.sha256]).get(row.sha256)
            yield Held(row.sha256, document, row.size, tuple(paths_of(connection, row.sha256)), pages)


def items(found: Sequence[Held], profile: AgencyProfile, file: Callable[[Held], bytes] | None = None) -> list[Item]:
    """Documents as `vnadmin.export` takes them.

    Args:
        file: gives the file of each, for forms that carry it.
    """
    return [
        Item(one.document, one.name, file(one) if file else None, profile.numbered(number).with_pages(one.pages))
        for number, one in enumerate(found, 1)
    ]
