"""Reads HTML: pages saved from legal portals, Word's own HTML, MHTML, and what of these is named .doc."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, LimitExceeded
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.flow.tables.table import Block
from vnadmin.layout.page import Furniture, SourceDocument
from vnadmin.layout.reading import Known, read
from vnadmin.source.decoding import decode
from vnadmin.source.html.body import Reader
from vnadmin.source.html.sheet import with_variables
from vnadmin.source.nesting import say_too_deep
from vnadmin.source.sniff import HTML_HEAD, is_mhtml
from vnadmin.source.xml import refuse_crowded

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*+=\s*+[\"']?+([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}?encoding=[\"']([A-Za-z0-9_-]{2,40})")


def read_html(data: bytes, config: Config) -> SourceDocument:
    """A page as it is read, without the site's own furniture.

    Raises:
        LimitExceeded: more characters than `Config.max_characters`, or elements nested beyond what libxml2 reads.
        DamagedInput: nothing in it can be read as HTML.
    """
    blocks, reader = read_blocks(data, config)
    builder = DocumentBuilder("text/html")
    builder.page()
    read(blocks, Known(of_site=True)).write(builder)
    for text in reader.site.left_out:
        builder.furniture(text, Furniture.SITE, page=1)
    reader.unseen.write(builder)
    if reader.too_deep:
        say_too_deep(builder, config)
    return builder.build()


def read_blocks(data: bytes, config: Config) -> tuple[list[Block], Reader]:
    """The blocks of a page or of MHTML; a .docx may hold one, too."""
    head = data[:HTML_HEAD]
    if is_mhtml(head):
        data = _from_mhtml(data)
    declared = _CHARSET.search(head) or _XML_CHARSET.search(head)
    text = decode(data, declared[1].decode("ascii") if declared else None)
    if len(text) > config.max_characters:
        raise LimitExceeded(f"The page is longer than {config.max_characters} characters (Config.max_characters).")
    return blocks_of(text, config)


def blocks_of(text: str, config: Config) -> tuple[list[Block], Reader]:
    """The blocks of HTML that was decoded; Markdown may hold a table of it.

    Raises:
        LimitExceeded: elements nested beyond what libxml2 reads, or with too many attributes.
        DamagedInput: nothing in it can be read as HTML.
    """
    reader = Reader(_tree(with_variables(text)), config.max_nesting)
    return reader.blocks(), reader


def _tree(text: str) -> _Element:
    from lxml import etree

    data = text.replace("\x00", "").encode("utf-8", "ignore")
    refuse_crowded(data)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedInput("Nothing in the file can be read as HTML.") from error
    if tree is None:
        raise DamagedInput("Nothing in the file can be read as HTML.")
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise LimitExceeded("The elements of the page are nested too deeply.")
    for page in list(tree.itersiblings()):  # two pages saved into one file: libxml2 sets the second beside the first
        tree.append(page)
    return tree


def _from_mhtml(data: bytes) -> bytes:
    """The first HTML part of an MHTML file, in UTF-8."""
    from email import message_from_bytes, policy

    message = message_from_bytes(data, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                charset = part.get_content_charset()
                return decode(content, charset).encode("utf-8", "ignore")
    raise DamagedInput("The MHTML file holds no page.")
