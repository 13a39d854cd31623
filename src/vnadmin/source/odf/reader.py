"""Reads OpenDocument text: .odt and .ott, which are zips, and .fodt, which is one XML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, EncryptedInput, LimitExceeded
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Furniture, SourceDocument
from vnadmin.layout.reading import Known, read
from vnadmin.source.nesting import say_too_deep
from vnadmin.source.odf.body import Walker
from vnadmin.source.odf.names import DRAW, MIME, OFFICE
from vnadmin.source.odf.styles import Styles
from vnadmin.source.packed import ADVICE, Packed
from vnadmin.source.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHAPES = tuple(DRAW + name for name in ("frame", "custom-shape", "rect", "polygon", "ellipse", "circle", "path"))
MEDIA_TYPE = MIME.decode()


def read_odf(data: bytes, config: Config) -> SourceDocument:
    """An OpenDocument text, with all changes accepted.

    Raises:
        DamagedInput: cut off or broken.
        EncryptedInput: protected by a password.
        LimitExceeded: unpacks to too much, too much text, or elements nested beyond what libxml2 reads.
    """
    parts = _parts(data, config)
    walker = Walker(Styles(parts), config.max_nesting)
    texts = [
        text
        for part in parts
        for body in part.iterchildren(OFFICE + "body")
        for text in body.iterchildren(OFFICE + "text")
    ]
    blocks = [block for text in texts for block in walker.blocks(text)]
    builder = DocumentBuilder(MEDIA_TYPE)
    builder.page()
    read(blocks, Known()).write(builder)
    if builder.length > config.max_characters:
        raise LimitExceeded(f"The text is longer than {config.max_characters} characters (Config.max_characters).")
    for note in walker.notes:
        builder.furniture(note, Furniture.FOOTNOTE, page=1)
    if any(
        walker.styles.lies_before(shape.get(DRAW + "style-name")) for text in texts for shape in text.iter(*_SHAPES)
    ):
        walker.unseen.odd.append(None)
    walker.unseen.write(builder)
    if walker.too_deep:
        say_too_deep(builder, config)
    return builder.build()


def _parts(data: bytes, config: Config) -> list[_Element]:
    """The styles and the content, which is last; of a .fodt the one part that holds both."""
    if not data.startswith(b"PK"):
        return [parse_xml(data)]
    package = Packed(data, config)
    content = package.read("content.xml")
    if content is None:
        raise DamagedInput("The file has no content.xml.")
    manifest = package.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise EncryptedInput(advice=ADVICE)
    styles = package.read("styles.xml")
    return [*([parse_xml(styles)] if styles else []), parse_xml(content)]
