"""What the archive's pages have worker processes do: open the file of a document where it was catalogued."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vnadmin import Config
from vnadmin.errors import SourceNotFound
from vnadmin.index.run.walk_open import file_of, is_url, path_of, split_members
from vnadmin.model.pictures import PagePicture
from vnadmin.process.boundary import document_boundary
from vnadmin.source.pictures import Drawn


def may_be_there(locations: Sequence[str]) -> bool:
    """Whether one of the places still has a file: a cheap look; what it holds is checked when it is read."""
    return any(is_url(outer) or Path(path_of(outer)).is_file() for outer, _ in map(split_members, locations))


def draw(
    locations: Sequence[str], sha256: str, media_type: str, number: int, dpi: int, max_bytes: int
) -> PagePicture | None:
    """The picture of one page; None where it cannot be drawn or the file has gone."""
    from vnadmin.source.pictures import draw_pages

    try:
        data = file_of(locations, sha256, max_bytes)
    except SourceNotFound:
        return None
    return draw_pages(data, media_type, (number,), dpi).get(number)


def lay_out(locations: Sequence[str], sha256: str, media_type: str, config: Config) -> Drawn | None:
    """A document without pages of its own as pages, or as its lines side by side; None where the file has gone."""
    from vnadmin.source import pictures

    try:
        data = file_of(locations, sha256, config.max_bytes)
    except SourceNotFound:
        return None
    with document_boundary():
        return pictures.lay_out(data, media_type, config)
