"""VnadminLoader: documents for LangChain, with the values that were read as metadata.

Needs the extra: pip install 'vnadmin[langchain]'
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

from vnadmin.config import DEFAULT, Config
from vnadmin.errors import MissingExtra, VnadminError
from vnadmin.held import files_in
from vnadmin.model import AdminDocument, Directive, Responsible
from vnadmin.parsing import parse_many

try:
    from langchain_core.document_loaders import BaseLoader
    from langchain_core.documents import Document
except ImportError:
    raise MissingExtra("The loader needs langchain-core.", "pip install 'vnadmin[langchain]'") from None

PathLike = str | os.PathLike[str]


class VnadminLoader(BaseLoader):
    """Loads administrative documents: the text as content, number, date, issuer and subject as metadata.

    Files are read in worker processes, in the order given; a mail, a zip or a portfolio gives each document in it.

    Usage:
        for document in VnadminLoader("van-ban/").lazy_load():
            print(document.metadata.get("number"), document.page_content[:80])

    Args:
        paths: a file, a folder, or several files.
        by: one `Document` for each `document`, or for each `directive`, which is a short piece with its own page,
            assignees and deadline.
        workers: processes that read.
        seconds: time for one file.
        config: limits and choices.
        on_error: told of each file that cannot be read, and the others are loaded; without it the first one raises.
    """

    def __init__(
        self,
        paths: PathLike | Iterable[PathLike],
        *,
        by: Literal["document", "directive"] = "document",
        workers: int = 1,
        seconds: float = 120.0,
        config: Config = DEFAULT,
        on_error: Callable[[str, VnadminError], None] | None = None,
    ) -> None:
        self._paths = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        self._by = by
        self._workers = workers
        self._seconds = seconds
        self._config = config
        self._on_error = on_error

    def lazy_load(self) -> Iterator[Document]:
        """Each document, or each directive of each, as it is read.

        Raises:
            VnadminError: a file cannot be read, and nobody asked to be told.
        """
        files = [str(file) for path in self._paths for file in _files(Path(path))]
        for path, document, error in parse_many(
            files, workers=self._workers, seconds=self._seconds, config=self._config
        ):
            if document is not None:
                yield from self._loaded(path, document)
            elif error is not None:
                if self._on_error is None:
                    raise error
                self._on_error(path, error)

    def _loaded(self, path: str, document: AdminDocument) -> Iterator[Document]:
        metadata = _metadata(path, document)
        if self._by == "document":
            yield Document(page_content=document.text, metadata=metadata)
            return
        for pointer, item in document.walk():
            yield Document(page_content=item.text, metadata={**metadata, **_place(document, pointer, item)})


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from files_in(path)
    else:
        yield path


def _metadata(path: str, document: AdminDocument) -> dict[str, str | int]:
    """What a vector store can filter by: plain values, and none where the document prints none."""
    signer = document.signatories[0].name if document.signatories else None
    told: dict[str, str | int | None] = {
        "source": path,
        "sha256": document.source.sha256,
        "document_type": document.document_type.name if document.document_type else None,
        "number": document.number.text if document.number else None,
        "issued_on": str(document.issued_on) if document.issued_on else None,
        "issuing_agency": document.issuing_agency,
        "subject": document.subject,
        "signer": signer,
        "pages": len(document.source.pages),
        "issues": len(document.issues),
    }
    return {name: value for name, value in told.items() if value is not None}


def _place(document: AdminDocument, pointer: str, item: Directive) -> dict[str, str | int]:
    evidence = document.evidence_of(pointer)
    who = document.responsible(pointer) if document.evidence else Responsible([], [])
    told: dict[str, str | int | None] = {
        "pointer": pointer,
        "marker": item.marker,
        "page": evidence[0].page if evidence else 1,
        "assignees": "; ".join(item.assignees) or None,
        "leads": "; ".join(who.leads) or None,
        "partners": "; ".join(who.partners) or None,
        "deadline": item.deadline.text if item.deadline else None,
        "deadline_date": str(item.deadline.date) if item.deadline and item.deadline.date else None,
    }
    return {name: value for name, value in told.items() if value is not None}
