"""Ninety ways to hide a piece of a letter, over all formats; of each a letter can be made."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.pdf_ways import PDF
from tests.makers import docx_maker
from tests.makers.docx_maker import paragraph, run
from tests.makers.hidden_letter import PLANTS

_KINDS = itertools.cycle(PLANTS.values())
_ROW = "<w:tbl><w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>"


def set_as(properties: str) -> Any:
    """A paragraph of one run with these properties."""
    return lambda text: paragraph(run(text, properties))


def placed(properties: str) -> Any:
    """A paragraph with these settings."""
    return lambda text: paragraph(text, properties)


def in_row(properties: str) -> Any:
    """A row of a table with these settings."""
    return lambda text: _ROW.format(properties, paragraph(text))


def in_cell(fill: str, properties: str) -> Any:
    """A cell of this shade."""
    shade = f'<w:tcPr><w:shd w:val="clear" w:fill="{fill}"/></w:tcPr>'
    return lambda text: f"<w:tbl><w:tr><w:tc>{shade}{paragraph(run(text, properties))}</w:tc></w:tr></w:tbl>"


def in_table(style: str) -> Any:
    """The first row of a table of this style."""
    name = f'<w:tblPr><w:tblStyle w:val="{style}"/><w:tblLook w:val="04A0"/></w:tblPr>'
    return lambda text: f"<w:tbl>{name}<w:tr><w:tc>{paragraph(text)}</w:tc></w:tr></w:tbl>"


def in_box(anchor: str, name: str = "") -> Any:
    """A text box that hangs on this anchor."""
    return lambda text: paragraph(
        f'<w:r><w:drawing><wp:anchor>{anchor}<wp:docPr id="1" name="a" {name}/><wps:wsp><wps:txbx><w:txbxContent>'
        f"{paragraph(text)}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></w:r>"
    )


def in_shape(style: str) -> Any:
    """A text box of the older kind."""
    return lambda text: paragraph(
        f'<w:r><w:pict><v:shape style="{style}"><v:textbox><w:txbxContent>{paragraph(text)}</w:txbxContent>'
        "</v:textbox></v:shape></w:pict></w:r>"
    )


def at(across: int, down: int, wide: int = 2_000_000, high: int = 500_000) -> str:
    """Where a text box stands, in lengths of a drawing."""
    return (
        f"<wp:positionH><wp:posOffset>{across}</wp:posOffset></wp:positionH><wp:positionV><wp:posOffset>{down}"
        f'</wp:posOffset></wp:positionV><wp:extent cx="{wide}" cy="{high}"/>'
    )


W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Ghost"><w:pPr><w:ind w:left="-20000"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="Faint"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="Headed"><w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    "</w:tblStylePr></w:style>"
)
DOCX = {
    "white": set_as('<w:color w:val="FFFFFF"/>'),
    "nearly white": set_as('<w:color w:val="F4F4F4"/>'),
    "white by theme": set_as('<w:color w:val="000000" w:themeColor="background1"/>'),
    "white by style": placed('<w:pStyle w:val="Pale"/>'),
    "one point": set_as('<w:sz w:val="2"/>'),
    "one per cent wide": set_as('<w:w w:val="1"/>'),
    "colour of its highlight": set_as('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>'),
    "black highlight": set_as('<w:highlight w:val="black"/>'),
    "colour of its shade": set_as('<w:color w:val="1F4E79"/><w:shd w:val="clear" w:fill="1F4E79"/>'),
    "colour of the paragraph's shade": lambda text: paragraph(
        run(text, '<w:color w:val="203864"/>'), '<w:shd w:val="clear" w:fill="203864"/>'
    ),
    "colour of the cell": in_cell("C00000", '<w:color w:val="C00000"/>'),
    "solid pattern": set_as('<w:color w:val="000000"/><w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>'),
    "vanish": set_as("<w:vanish/>"),
    "hidden as the mark of a paragraph": set_as("<w:specVanish/>"),
    "letters without a body": set_as(f"<w14:textFill {W14}><w14:noFill/></w14:textFill>"),
    "clear letters": set_as(
        f'<w14:textFill {W14}><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/>'
        "</w14:srgbClr></w14:solidFill></w14:textFill>"
    ),
    "white body": set_as(
        f'<w14:textFill {W14}><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>'
    ),
    "body of the ground's colour by theme": set_as(
        f'<w14:textFill {W14}><w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill></w14:textFill>'
    ),
    "struck out": set_as("<w:strike/>"),
    "struck out twice": set_as("<w:dstrike/>"),
    "letters of pictures": set_as('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
    "white by the style of its table": in_table("Faint"),
    "white in the first row by the style of its table": in_table("Headed"),
    "pressed together": set_as('<w:spacing w:val="-400"/>'),
    "below its line": set_as('<w:position w:val="-3000"/>'),
    "fitted into nothing": set_as('<w:fitText w:val="1"/>'),
    "narrow frame off the page": placed('<w:framePr w:w="3000" w:hAnchor="page" w:x="-9000" w:y="500"/>'),
    "in the code of a field": lambda text: paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run(text) + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "row of no height": in_row('<w:trHeight w:val="1" w:hRule="exact"/>'),
    "hidden row": in_row("<w:hidden/>"),
    "lines of no height": placed('<w:spacing w:line="1" w:lineRule="exact"/>'),
    "indent off the page": placed('<w:ind w:left="-20000"/>'),
    "indent off the page by style": placed('<w:pStyle w:val="Ghost"/>'),
    "indent beyond the page": placed('<w:ind w:left="30000"/>'),
    "frame off the page": placed('<w:framePr w:w="3000" w:hAnchor="page" w:vAnchor="page" w:x="-12000" w:y="500"/>'),
    "table off the page": lambda text: docx_maker.table([text], properties='<w:tblInd w:w="-15000" w:type="dxa"/>'),
    "box off the page": in_box(at(-9_000_000, 0)),
    "box below the page": in_box(at(0, 30_000_000)),
    "box of no height": in_box(at(0, 0, high=0)),
    "hidden box": in_box(at(0, 0), 'hidden="1"'),
    "shape off the page": in_shape("position:absolute;margin-left:-2000pt;margin-top:0;width:200pt;height:40pt"),
    "hidden shape": in_shape("position:absolute;visibility:hidden;width:200pt;height:40pt"),
    "choice that Word does not take": lambda text: paragraph(
        f'<mc:AlternateContent><mc:Choice Requires="zz" xmlns:zz="urn:zz">{run(text)}</mc:Choice>'
        "<mc:Fallback/></mc:AlternateContent>"
    ),
}


def styled(css: str, tag: str = "p") -> Any:
    """An element with this `style`."""
    return lambda text: f'<{tag} style="{css}">{text}</{tag}>'


def opened(tag: str) -> Any:
    """An element whose opening tag is given."""
    return lambda text: f"<p><{tag}>{text}</{tag.split()[0]}></p>"


SHEET = """
.none { display: none } #ghost { visibility: hidden } div.box > p.in { opacity: 0 } .pale { color: #fefefe }
@media screen { .screen { display: none } } .sure { display: none !important }
/* { */ .remark { display: none } .\\65 scaped { display: none } .next + span { display: none } .before ~ b { display: none }
.box * { display: none } x-y { display: none } span { &.nested { display: none } } .named { --pale: white; color: var(--pale) }
@media only screen and (min-width: 300px) { .wide { display: none } } @media (max-width: 600px) { td { display: none } }
.told::before { content: "}" } [data-x] { display: none } i[title~="b"] { display: none } b[lang|=vi][id^="g"] { display: none }
em:first-of-type { display: none } .list > u:nth-child(2n) { display: none } cite:not(.seen) { display: none }
:is(.one, .two) { display: none } @supports (display: block) { .held { display: none } } dfn:last-child { display: none }
@media (width >= 10px) { .ranged { display: none } } @layer base { .laid { display: none } } .apart:where(kbd, samp) { display: none } var:only-child { display: none }
"""
HTML = {
    "not displayed": styled("display:none"),
    "not displayed, escaped": styled("dis/**/play:\\6eone"),
    "not displayed by class": opened('span class="none"'),
    "not displayed on screen": opened('span class="screen"'),
    "surely not displayed": opened('span class="sure" style="display:inline"'),
    "invisible by name": opened('span id="ghost"'),
    "clear by place": lambda text: f'<div class="box"><p class="in">{text}</p></div>',
    "pale by class": opened('span class="pale"'),
    "invisible": styled("visibility:hidden"),
    "clear": styled("opacity:0.01"),
    "white": styled("color:#FFF"),
    "white by name": opened('font color="white"'),
    "nearly white": styled("color: rgb(250, 250, 250)"),
    "transparent": styled("color: rgba(0,0,0,0)"),
    "colour of its ground": styled("background:#123456;color:#123456"),
    "colour of the cell": lambda text: (
        f'<table><tr bgcolor="#800000"><td><font color="maroon">{text}</font></td></tr></table>'
    ),
    "black on a black table": lambda text: f"<table bgcolor=black><tr><td>{text}</td></tr></table>",
    "black on a black row": lambda text: f'<table><tr style="background:#000"><td>{text}</td></tr></table>',
    "no size": styled("font-size:0"),
    "one pixel": styled("font-size:1px"),
    "hundredth of a size": styled("font-size:1%"),
    "off the screen": styled("position:absolute;left:-9999px"),
    "indented off the screen": styled("text-indent:-9999px;white-space:nowrap"),
    "moved off the screen": styled("transform:translateX(-200vw)"),
    "shrunk": styled("display:inline-block;transform:scale(0)"),
    "cut": styled("position:absolute;clip:rect(0,0,0,0)"),
    "no height": styled("height:0;overflow:hidden", "div"),
    **{
        css: styled(css)
        for css in (
            "--c: white; color: var(--c)",
            "color: hwb(0 100% 0)",
            "color: lab(100% 0 0)",
            "color: oklch(1 0 0)",
            "color: color-mix(in srgb, white, white)",
            "color: color(srgb 1 1 1)",
            "color: Canvas",
            "font-size: calc(0px)",
            "font-size: min(0px, 10px)",
            "font-size: clamp(0px, 0px, 0px)",
            "scale: 0",
            "translate: -9999px",
            "transform: matrix(0,0,0,0,0,0)",
            "position: absolute; left: calc(-100vw - 999px)",
            "position: fixed; inset: -999px auto auto -999px",
            "position: fixed; top: 200vh",
            "mask: linear-gradient(transparent, transparent)",
            "mix-blend-mode: screen",
            "filter: brightness(100)",
            "letter-spacing: -1em",
            "line-height: 0; overflow: hidden; display: block",
            "-webkit-text-security: disc",
            "background: linear-gradient(#000, #000); color: #000",
            "background: black",
            "background: rgba(0, 0, 0, 0.97)",
            "opacity: 1e-5",
            "opacity: calc(0)",
            "clip-path: polygon(0 0, 0 0, 0 0)",
            "clip-path: polygon(0 0, 9px 0, 4px 0)",
            "content: url(a.png)",
        )
    },
    "not displayed after a remark": opened('span class="remark"'),
    "not displayed by an escaped name": opened('span class="escaped"'),
    "not displayed beside": lambda text: f'<p><i class="next"></i><span>{text}</span></p>',
    "not displayed behind": lambda text: f'<p><i class="before"></i><i></i><b>{text}</b></p>',
    "not displayed as anything": lambda text: f'<div class="box"><p>{text}</p></div>',
    "not displayed as a tag of its own": lambda text: f"<x-y>{text}</x-y>",
    "not displayed by a rule within a rule": opened('span class="nested"'),
    "pale by a name for a colour": opened('span class="named"'),
    "not displayed by an attribute": opened("span data-x"),
    "not displayed by a word of an attribute": opened('i title="a b"'),
    "not displayed by two attributes": opened('b lang="vi-VN" id="gh"'),
    "not displayed as the first": opened("em"),
    "not displayed as the second": lambda text: f'<p class="list"><u></u><u>{text}</u></p>',
    "not displayed as the last": opened("dfn"),
    "not displayed as the only one": opened("var"),
    "not displayed as what it is not": opened('cite class="other"'),
    "not displayed as one of several": opened('span class="two"'),
    "not displayed as one of two tags": opened('kbd class="apart"'),
    "not displayed under a condition": opened('span class="held"'),
    "not displayed in a layer": opened('span class="laid"'),
    "not displayed on a screen that is not narrow": opened('span class="wide"'),
    "not displayed on a screen of a range": opened('span class="ranged"'),
    "not displayed by a rule without an end": lambda text: (
        f"<style>.open {{ display: none</style><p class=open>{text}</p>"
    ),
    "nearly white by name": styled("color: lightyellow"),
    "letters of pictures": styled("font-family: Wingdings"),
    "letters of pictures by a short word": styled("font: bold 12pt/14pt Wingdings, serif"),
    "invisible as what holds it": lambda text: (
        f'<div style="visibility:hidden"><p style="visibility:inherit">{text}</p></div>'
    ),
    "folded": lambda text: f"<details><summary>Chi tiết</summary><p>{text}</p></details>",
    "popover": opened("span popover"),
    "hidden": opened("span hidden"),
    "struck out": opened("s"),
    "struck out by style": styled("text-decoration: line-through"),
    "hidden row": lambda text: f'<table><tr style="display:none"><td>{text}</td></tr></table>',
}
MARKDOWN = {
    "not displayed": styled("display:none", "span"),
    "not displayed, over lines": lambda text: f'<div style="display:none">\n\n{text}\n\n</div>',
    "white": lambda text: f'<font color="#ffffff">{text}</font>',
    "no size": styled("font-size:0px", "span"),
    "clear": styled("opacity:0", "b"),
    "hidden": lambda text: f"<p hidden>{text}</p>",
    "struck out": lambda text: f"~~{text}~~",
    "struck out, over lines": lambda text: f"~~Bản cũ\n{text}~~",
    "letters of pictures": styled("font-family: Wingdings", "span"),
    "comment over lines": lambda text: f"<!--\n{text} không ai thấy\n-->",
    "comment of a link": lambda text: f"[//]: # ({text} không ai thấy)",
    "in a table": lambda text: (
        f'<table><tr hidden><td>{text}</td></tr><tr><td style="font-size:0">{text}</td></tr></table>'
    ),
}


def rtf(words: str) -> Any:
    """A group that begins with these control words."""
    return lambda text: "{" + words + " " + text + "}"


RTF = {
    "hidden": rtf(r"\v"),
    "white": rtf(r"\cf1"),
    "nearly white": rtf(r"\cf2"),
    "colour of its highlight": rtf(r"\cf4\highlight4"),
    "black highlight": rtf(r"\highlight3"),
    "colour of its shade": rtf(r"\cf3\chcbpat3"),
    "one point": rtf(r"\fs2"),
    "one per cent wide": rtf(r"\charscalex1"),
    "lines of no height": rtf(r"\sl-1\slmult0"),
    "off the page": rtf(r"\li-20000"),
    "frame off the page": rtf(r"\posx-30000\posy100"),
    "struck out": rtf(r"\strike"),
    "hidden as the mark of a paragraph": rtf(r"\spv"),
    "letters of pictures": rtf(r"\f7"),
    "drawn box off the page": lambda text: (
        r"{\shp{\*\shpinst\shpleft-20000\shptop0\shpright-15000\shpbottom400{\shptxt \pard\plain " + text + r"\par}}}"
    ),
    "pressed together": rtf(r"\expndtw-400"),
    "below its line": rtf(r"\dn6000"),
}
# LibreOffice wrote these of the RTF above: its name is the way and the kind.
DOC = sorted((Path(__file__).parents[1] / "fixtures" / "word" / "hidden").glob("*.doc"))
ODF_STYLES: list[str] = []


def odf(properties: str, kind: str = "text") -> Any:
    """A paragraph whose style says this of its letters, or of itself."""
    name = f"H{len(ODF_STYLES)}"
    ODF_STYLES.append(
        f'<style:style style:name="{name}" style:family="paragraph"><style:{kind}-properties {properties}/></style:style>'
    )
    return lambda text: f'<text:p text:style-name="{name}">{text}</text:p>'


ODF = {
    "white": odf('fo:color="#ffffff"'),
    "letters of pictures": odf('style:font-name="Wingdings"'),
    "one point": odf('fo:font-size="1pt"'),
    "twentieth of a size": odf('fo:font-size="5%"'),
    "fifth of a millimetre": odf('fo:font-size="0.02cm"'),
    "not displayed": odf('text:display="none"'),
    "displayed on a condition": odf('text:display="condition" text:condition="none"'),
    "one per cent wide": odf('style:text-scale="1%"'),
    "clear": odf('fo:color="#000000" loext:opacity="0%"'),
    "colour of its ground": odf('fo:color="#000000" fo:background-color="#000000"'),
    "pressed together": odf('fo:letter-spacing="-0.5in"'),
    "below its line": odf('style:text-position="-100% 1%"'),
    "struck out": odf('style:text-line-through-style="solid" style:text-line-through-type="single"'),
    "indent off the page": odf('fo:margin-left="-50in"', "paragraph"),
    "lines of no height": odf('fo:line-height="0.01cm"', "paragraph"),
    "hidden paragraph": lambda text: f'<text:p><text:hidden-paragraph text:is-hidden="true"/>{text}</text:p>',
    "hidden text": lambda text: f'<text:p><text:hidden-text text:is-hidden="true">{text}</text:hidden-text></text:p>',
    "row that is not shown": lambda text: (
        f'<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>{text}</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    ),
    "frame off the page": lambda text: (
        f'<text:p><draw:frame svg:x="-50cm" svg:y="0cm"><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame></text:p>'
    ),
}


def variants(**formats: dict[str, Any]) -> list[Any]:
    """Every way of every format, each with the next of the things that may be planted."""
    ways = [(name, way, cloak) for name, own_ways in formats.items() for way, cloak in own_ways.items()]
    return [
        pytest.param(name, plant, cloak, id=f"{name}-{way}-{plant.kind}".replace(" ", "_"))
        for (name, way, cloak), plant in zip(ways, _KINDS, strict=False)
    ]


WAYS = variants(docx=DOCX, html=HTML, markdown=MARKDOWN, rtf=RTF, pdf=PDF, odf=ODF)
