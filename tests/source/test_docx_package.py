"""How the package of a .docx is opened: by python-docx, whatever the file says of its parts, and never beyond the limits."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.parts.document import DocumentPart
from docx.parts.numbering import NumberingPart
from docx.parts.styles import StylesPart
from lxml import etree

import vnadmin
from tests.makers.docx_maker import item, levels, make_docx, paragraph, run
from vnadmin.config import Config
from vnadmin.errors import DamagedInput, LimitExceeded
from vnadmin.source.docx.reader import read_docx

FIXTURES = Path(__file__).parents[1] / "fixtures" / "word"
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{levels(("decimal", "%1."))}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
STYLES = '<w:style w:type="paragraph" w:styleId="A"><w:rPr><w:caps/></w:rPr></w:style>'


def whole() -> bytes:
    """A small file with every part that is read."""
    return make_docx(
        paragraph("kế hoạch", '<w:pStyle w:val="A"/>') + item("Rà soát", 1),
        numbering=NUMBERING,
        styles=STYLES,
        footnotes=f"<w:footnote>{paragraph('Số liệu năm trước.')}</w:footnote>",
        heads={"rIdH1": paragraph("Mẫu của phòng")},
    )


TEXT = "KẾ HOẠCH\n1. Rà soát\nMẫu của phòng\nSố liệu năm trước.\n"


def changed(change: dict[str, bytes | None], data: bytes | None = None, old: str = "", new: str = "") -> bytes:
    """A file with other parts: replaced, added, or taken out (None); `old` becomes `new` in all the others."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or whole())) as archive,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        parts: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
        for name, content in {**parts, **change}.items():
            if content is not None:
                kept = name in change or not old
                out.writestr(name, content if kept else content.replace(old.encode(), new.encode()))
    return made.getvalue()


def read(data: bytes, config: Config | None = None) -> str:
    return read_docx(data, config or Config()).text


def test_a_parse_opens_the_package_its_styles_and_its_lists_by_python_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    """A .docx that LibreOffice wrote."""
    opened: list[object] = []

    def counted(kind: type, method: str) -> None:
        original = getattr(kind, method)

        def call(*arguments: Any, **named: Any) -> object:
            opened.append(kind)
            return original(*arguments, **named)

        monkeypatch.setattr(kind, method, call)

    for kind in (DocumentPart, StylesPart, NumberingPart):
        counted(kind, "load")
    counted(Part, "load_rel")
    assert vnadmin.parse(FIXTURES / "bullets.docx").directives
    assert opened.count(DocumentPart) == 1
    assert {StylesPart, NumberingPart, Part} <= set(opened)


def relation(kind: str, target: str, more: str = "") -> str:
    return (
        '<Relationship Id="rIdN" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'{kind}" Target="{target}"{more}/></Relationships>'
    )


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "NULL"),
        ("image", "media/gone.png"),
        ("hyperlink", "#_Toc1"),
        ("customXml", "../customXml/item1.xml"),
        ("header", "gone.xml"),
        ("footer", ""),
        ("settings", "settings.xml"),
        ("theme", "../../../etc/passwd"),
        ("styles", "/word/styles.xml"),
        ("numbering", "../word//numbering.xml"),
    ],
)
def test_a_relation_to_nothing_loses_no_file(kind: str, target: str) -> None:
    """python-docx stops at a relation whose part is missing, which converters leave behind, and at a part named twice."""
    assert read(changed({}, old="</Relationships>", new=relation(kind, target))) == TEXT


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("[Content_Types].xml", None),
        ("[Content_Types].xml", b"<no"),
        ("[Content_Types].xml", b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        ("word/settings.xml", b"<no"),
        ("docProps/core.xml", b"<no"),
        ("word/media/image1.png", b"no picture"),
    ],
)
def test_parts_that_are_not_read_may_be_missing_or_damaged(name: str, content: bytes | None) -> None:
    """Content types are not asked for: a .docm, a .dotx and what a bad converter wrote are opened alike."""
    related = relation("settings", "settings.xml")
    assert read(changed({name: content}, old="</Relationships>", new=related)) == TEXT


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/rIdH1.xml",
                                  "word/footnotes.xml", "word/_rels/document.xml.rels", "_rels/.rels"])  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_damage_and_declared_entities_are_refused_in_every_part(name: str, encoding: str) -> None:
    """Before the part is parsed, in every encoding."""
    laughs = '<!DOCTYPE d [<!ENTITY a "AAAAAAAAAA"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
    for content in (laughs, " " * 200_000 + laughs, "<no"):
        with pytest.raises(DamagedInput):
            read(changed({name: content.encode(encoding)}))


def test_the_parser_of_python_docx_is_safe() -> None:
    """Nothing is expanded or fetched, and huge trees are refused: what `SECURITY.md` says of XML rests on it."""
    assert parse_xml('<!DOCTYPE d [<!ENTITY a "AAA">]><d>&a;</d>').text is None
    fetched = parse_xml('<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]><d>&a;</d>')
    assert "".join(map(str, fetched.itertext(etree.Element))) == ""
    for huge in ("<d>" * 300 + "</d>" * 300, f"<d>{'A' * 11_000_000}</d>"):
        with pytest.raises(etree.XMLSyntaxError):
            parse_xml(huge)


def test_comments_and_instructions_are_looked_through() -> None:
    """They part neither letters nor properties."""
    sign = "<!-- w:t --><?w t?>"
    body = f"<w:p>{sign}<w:pPr>{sign}<w:jc w:val='center'/></w:pPr>{sign}<w:r>{sign}<w:rPr>{sign}<w:caps/></w:rPr>{sign}<w:t>kế {sign}hoạch</w:t></w:r></w:p>"
    related = f"{sign}{relation('image', 'gone.png')}"
    assert read(changed({}, make_docx(sign + body + sign), old="</Relationships>", new=related)) == "KẾ HOẠCH\n"


def test_a_strict_file_is_read_through_all_its_parts() -> None:
    """Word's "Strict Open XML": other names of elements, of their attributes and of relations."""
    main, office = (
        "openxmlformats.org/wordprocessingml/2006/main",
        "openxmlformats.org/officeDocument/2006/relationships",
    )
    data = changed({}, old=f"http://schemas.{main}", new="http://purl.oclc.org/ooxml/wordprocessingml/main")
    data = changed({}, data, f"http://schemas.{office}", "http://purl.oclc.org/ooxml/officeDocument/relationships")
    assert read(data) == TEXT


def test_a_part_that_lies_about_its_size_is_not_unpacked() -> None:
    """A zip that declares 1,000 bytes for 60 MB: python's own `ZipFile.read` would unpack them all first."""
    bomb = changed({"word/styles.xml": b" " * 60_000_000})
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        declared = archive.getinfo("word/styles.xml").file_size.to_bytes(4, "little")
    tracemalloc.start()
    try:
        with pytest.raises(DamagedInput):
            read(bomb.replace(declared, (1000).to_bytes(4, "little")))
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
        with pytest.raises(LimitExceeded):
            read(bomb)
    finally:
        tracemalloc.stop()


def test_all_parts_together_keep_to_the_limit() -> None:
    """Each is small; pictures that nobody looks at are not counted."""
    heads = {f"rIdH{number}": paragraph(run("x" * 1000)) for number in range(20)}
    data = make_docx(paragraph("KẾ HOẠCH"), heads=heads, images={"rIdP": bytes(1_000_000)})
    assert read(data, Config(max_unpacked_bytes=60_000))
    with pytest.raises(LimitExceeded):
        read(data, Config(max_unpacked_bytes=20_000))


def test_a_thousand_page_headers_are_the_most() -> None:
    """python-docx looks each part up among all before it: 20,000 would take minutes."""
    heads = {f"rIdH{number}": "<w:p/>" for number in range(1001)}
    with pytest.raises(LimitExceeded, match="page headers"):
        read(make_docx(paragraph("KẾ HOẠCH"), heads=heads))
