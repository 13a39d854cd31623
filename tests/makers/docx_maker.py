"""Makes small .docx files for tests: parts written as XML by hand, so that a test shows what it tests."""

from __future__ import annotations

import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def run(text: str, properties: str = "") -> str:
    """A run; `properties` is what stands in its `w:rPr`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph; content that is no XML becomes a run."""
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def item(text: str, list_id: int, level: int = 0) -> str:
    """A paragraph of an automatic list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def table(*rows: list[str], properties: str = "") -> str:
    """A table; a cell's text becomes a paragraph unless it is XML."""
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row) for row in rows
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def levels(*described: tuple[str, str]) -> str:
    """Levels of a list, each given as (format, text)."""
    return "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (kind, text) in enumerate(described)
    )


def make_docx(
    body: str,
    *,
    numbering: str = "",
    styles: str = "",
    footnotes: str = "",
    heads: dict[str, str] | None = None,
    document: str | None = None,
    chunk: str = "",
    images: dict[str, bytes] | None = None,
) -> bytes:
    """A .docx of a body and, where given, other parts. `heads` maps a relation (`rIdH1`) to a page head's content,
    `images` one to the bytes of a picture."""
    parts = {"numbering": numbering, "styles": styles, "footnotes": footnotes}
    relations = [("rIdX" + kind, kind, f"{kind}.xml") for kind, content in parts.items() if content]
    relations += [(identity, "header", f"{identity}.xml") for identity in heads or {}]
    relations += [("rIdC", "aFChunk", "chunk.html")] if chunk else []
    relations += [(identity, "image", f"media/{identity}") for identity in images or {}]
    rows = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{name}"/>' for i, kind, name in relations)
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_WORD}.{kind}+xml"/>'
        for kind, name in [("document.main", "document.xml"), *((kind, name) for _, kind, name in relations)]
        if kind in ("document.main", "numbering", "styles", "footnotes", "header")
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{rows}</Relationships>',
        "word/document.xml": document or f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {_SPACES}>{numbering}</w:numbering>" if numbering else "",
        "word/styles.xml": f"<w:styles {_SPACES}>{styles}</w:styles>" if styles else "",
        "word/chunk.html": chunk,
        "word/footnotes.xml": f"<w:footnotes {_SPACES}>{footnotes}</w:footnotes>" if footnotes else "",
    }
    for identity, content in (heads or {}).items():
        files[f"word/{identity}.xml"] = f"<w:hdr {_SPACES}>{content}</w:hdr>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            if text:
                archive.writestr(name, text)
        for identity, picture in (images or {}).items():
            archive.writestr(f"word/media/{identity}", picture)
    return target.getvalue()
