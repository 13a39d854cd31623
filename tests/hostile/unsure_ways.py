"""Ways that may take a piece of a letter out of sight and are not followed to their end: what is set so is not certain."""

from __future__ import annotations

from tests.hostile.hidden_ways import ODF_STYLES, W14, in_row, in_table, odf, placed, rtf, set_as, styled, variants
from tests.makers.docx_maker import paragraph

UNSURE_DOCX = {
    "white by a theme's tint": set_as('<w:color w:val="000000" w:themeColor="text1" w:themeTint="0A"/>'),
    "white by a theme that outranks": set_as('<w:color w:val="FF0000" w:themeColor="background1"/>'),
    "white by a shaded theme": set_as('<w:color w:val="000000" w:themeColor="background1" w:themeShade="F2"/>'),
    "ground by a theme's shade": set_as(
        '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="FFFFFF" w:themeFill="text1"/>'
    ),
    "hanging off the page": placed('<w:ind w:left="0" w:hanging="20000"/>'),
    "first line off the page": placed('<w:ind w:firstLine="-20000"/>'),
    "characters off the page": placed('<w:ind w:leftChars="-20000"/>'),
    "first line of characters off the page": placed('<w:ind w:firstLineChars="90000"/>'),
    "phantom of a formula": lambda text: paragraph(
        f"<m:oMath><m:phant><m:e><m:r><m:t>{text}</m:t></m:r></m:e></m:phant></m:oMath>"
    ),
    "deleted cell": lambda text: (
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel w:id="1"/></w:tcPr>{paragraph(text)}</w:tc></w:tr></w:tbl>'
    ),
    "hidden by the style of its table": in_table("Gone"),
    "group off the page": lambda text: paragraph(
        '<w:r><w:pict><v:group style="position:absolute;margin-left:-2000pt;width:200pt;height:40pt">'
        f'<v:shape style="width:200;height:40"><v:textbox><w:txbxContent>{paragraph(text)}</w:txbxContent></v:textbox></v:shape>'
        "</v:group></w:pict></w:r>"
    ),
    "under a white shape": lambda text: (
        paragraph(text)
        + paragraph(
            '<w:r><w:drawing><wp:anchor behindDoc="0"><wp:extent cx="4000000" cy="400000"/><wp:wrapNone/><wp:docPr id="1" name="a"/>'
            '<wps:wsp><wps:spPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:solidFill>'
            '<a:srgbClr val="FFFFFF"/></a:solidFill></wps:spPr></wps:wsp></wp:anchor></w:drawing></w:r>'
        )
    ),
    "under an older white shape": lambda text: (
        paragraph(text)
        + paragraph(
            '<w:r><w:pict><v:rect style="position:absolute;margin-left:0;width:300pt;height:40pt;z-index:9" fillcolor="white"/>'
            "</w:pict></w:r>"
        )
    ),
    "three and a half points": set_as('<w:sz w:val="5"/>'),
    "a fifth of its width": set_as('<w:w w:val="15"/>'),
    "lifted off its line": set_as('<w:position w:val="90"/>'),
    "thick white outline": set_as(f'<w14:textOutline {W14} w14:w="99999"/>'),
    "turned in space": set_as(f"<w14:scene3d {W14}/>"),
    "two lines in one": set_as('<w:eastAsianLayout w:id="1" w:combine="1"/>'),
    "unknown property": set_as("<w:nobodyKnows/>"),
    "unknown setting": placed("<w:nobodyKnows/>"),
    "unknown setting of a row": in_row("<w:nobodyKnows/>"),
    "from right to left": set_as("<w:rtl/>"),
}
UNSURE_CSS = (
    "margin: 0 0 0 -900px", "margin-inline-start: -9999px", "margin-block-start: -9999px", "inline-size: 0; overflow: hidden",
    "block-size: 0; overflow: hidden", "text-indent: 200vw", "rotate: 90deg", "transform: rotateY(90deg)", "transform: rotate3d(0, 1, 0, 90deg)",
    "transform: skew(89deg)", "transform: perspective(1px) translateZ(-9999px)", "transform: scaleX(-1)", "transform: rotate(180deg)",
    "-webkit-clip-path: inset(100%)", "-webkit-mask: linear-gradient(transparent, transparent)", "clip-path: path('M0 0')",
    "clip-path: url(#x)", "shape-outside: none", "display: table-column", "offset-path: path('M-999 0')", "word-spacing: -9999px",
    "color: light-dark(white, black)", "color: nobody(1)", "background: nobody(1); color: #eee", "opacity: .4", "font-size: 3px", "font-size: .2em",
    "animation: hide 1s forwards", "position: absolute; z-index: -1", "position: absolute; top: 40px", "position: sticky; top: -500px",
    "float: right", "order: 3", "columns: 1px; nobody-knows: 1", "all: unset", "writing-mode: vertical-rl", "unicode-bidi: bidi-override",
    "-webkit-line-clamp: 0; overflow: hidden", "line-height: .01", "line-height: 1%", "height: 1px; overflow: clip", "max-height: 0px",
    "max-width: 0; overflow: hidden; white-space: nowrap", "text-decoration-thickness: 20px", "text-underline-offset: -10px", "outline: 20px solid white; outline-offset: -20px",
    "background-clip: text; color: transparent", "background: black; mix-blend-mode: multiply", "filter: opacity(1%)", "filter: url(#none)", "-webkit-text-stroke: 9px white",
    "font-size-adjust: 0; font: 1px serif; zoom: .1", "zoom: 1%", "contain-intrinsic-size: 0; content-visibility: auto",
    "translate: 0 -5000px", "margin: -9999px", "margin-top: -900px", "padding-left: 9999px; overflow: hidden", "left: 5000px; position: relative",
)  # fmt: skip
UNSURE_HTML = {
    **{css: styled(css) for css in UNSURE_CSS},
    "collapsed column": lambda text: (
        f'<table><col style="visibility:collapse"><tr><td>{text}</td><td>1</td></tr></table>'
    ),
    "cell of no width": lambda text: (
        f'<table style="table-layout:fixed"><tr><td style="width:0;overflow:hidden">{text}</td><td>1</td></tr></table>'
    ),
    "column of no width": lambda text: (
        f'<table><colgroup><col style="width:0"></colgroup><tr><td>{text}</td></tr></table>'
    ),
    "by its language": lambda text: f"<style>p:lang(zz) {{ display: none }}</style><p lang=zz>{text}</p>",
    "by its direction": lambda text: f"<style>p:dir(ltr) {{ display: none }}</style><p>{text}</p>",
    "its first line": lambda text: f"<style>.f::first-line {{ color: white }}</style><p class=f>{text}</p>",
    "by an unknown place": lambda text: f"<style>.f:nobody {{ display: none }}</style><p class=f>{text}</p>",
    "by a namespace": lambda text: f"<style>svg|p {{ display: none }}</style><p>{text}</p>",
    "on a high screen": lambda text: (
        f"<style>@media (min-height: 1px) {{ .f {{ display: none }} }}</style><p class=f>{text}</p>"
    ),
    "in a light room": lambda text: (
        f"<style>@media (prefers-color-scheme: light) {{ .f {{ display: none }} }}</style><p class=f>{text}</p>"
    ),
    "as a link": lambda text: f"<style>a:link {{ color: white }}</style><p><a href=x>{text}</a></p>",
    "by a sheet in an address": lambda text: (
        f'<link rel=stylesheet href="data:text/css,.f{{display:none}}"><p class=f>{text}</p>'
    ),
    "by a sheet that is taken in": lambda text: (
        f"<style>@import url('data:text/css,.f{{display:none}}');</style><p class=f>{text}</p>"
    ),
    "phantom": lambda text: f"<p><math><mphantom><mtext>{text}</mtext></mphantom></math></p>",
    "figures before it": lambda text: f'<style>.f::before {{ content: "9" }}</style><p class=f>{text}</p>',
}
UNSURE_MARKDOWN = {
    "behind a line end": lambda text: f'<span\nstyle="display:none">{text}</span>',
    "behind a tab": lambda text: f'<span\tstyle="display:none">{text}</span>',
    "behind a bracket": lambda text: f'<span title=">" style="display:none">{text}</span>',
    "as characters": lambda text: f"<![CDATA[{text}]]>",
    "as a declaration": lambda text: f"<!X {text}>",
    "as an instruction": lambda text: f"<?x {text}?>",
    "moved": lambda text: f'<span style="margin-left:-9999px">{text}</span>',
    "unknown": lambda text: f'<span style="nobody-knows:1">{text}</span>',
    **{css: styled(css, "span") for css in UNSURE_CSS[::4]},
}
_SHAPE = (
    r"{\shp{\*\shpinst\shpleft0\shptop0\shpright9000\shpbottom400\shpwr3\shpfblwtxt0{\sp{\sn shapeType}{\sv 1}}"
    r"{\sp{\sn fillColor}{\sv 16777215}}}}"
)
UNSURE_RTF = {
    **{
        words: rtf(words)
        for words in (
            r"\fi-20000", r"\fi30000", r"\cufi-9000", r"\culi-3000", r"\curi9000", r"\expnd-80", r"\chshdng10000\chcfpat3", r"\shading10000\cfpat3",
            r"\sl1\slmult1", r"\sl9\slmult1", r"\twoinone1", r"\horzvert1", r"\paperw100", r"\margl-20000", r"\dfrmtxtx-9000",
        )
    },
    **{
        words: lambda text, words=words: r"{\trowd\cellx4500\pard\intbl 1\cell\row\trowd " + words + r"\cellx4500\pard\intbl " + text + r"\cell\row\pard}"
        for words in (r"\trleft-20000", r"\tposx-20000", r"\tblind-20000\tblindtype3", r"\clshdng10000\clcfpat3", r"\clpadl30000", r"\clmrg", r"\tposnegy-30000")
    },
    "under a shape": lambda text: text + _SHAPE,
}  # fmt: skip
UNSURE_ODF = {
    **{
        f"{kind} {said}": odf(said, kind)
        for kind, said in (
            ("paragraph", 'fo:text-indent="-50in"'), ("paragraph", 'fo:text-indent="50in"'), ("paragraph", 'fo:line-height="1%"'),
            ("paragraph", 'fo:line-height="30%"'), ("paragraph", 'fo:margin="-50in"'), ("paragraph", 'fo:margin-right="50in"'),
            ("paragraph", 'fo:margin-left="50in"'), ("paragraph", 'style:nobody-knows="1"'), ("text", 'style:nobody-knows="1"'),
            ("text", 'style:text-rotation-angle="90"'), ("text", 'style:text-combine="lines"'), ("text", 'fo:font-size="3pt"'),
            ("text", 'style:text-scale="15%"'), ("text", 'fo:letter-spacing="-3pt"'), ("text", 'fo:clip="rect(0,0,0,0)"'),
        )
    },
    "collapsed column": lambda text: (
        f'<table:table><table:table-column table:visibility="collapse"/><table:table-row><table:table-cell><text:p>{text}</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    ),
    "frame of no size": lambda text: (
        f'<text:p><draw:frame svg:width="0cm" svg:height="0cm"><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame></text:p>'
    ),
    "under a shape": lambda text: f'<text:p>{text}<draw:custom-shape draw:style-name="Over"/></text:p>',
}  # fmt: skip
ODF_STYLES.append(
    '<style:style style:name="Over" style:family="graphic"><style:graphic-properties style:wrap="run-through" style:run-through="foreground"/></style:style>'
)
UNSURE = variants(docx=UNSURE_DOCX, html=UNSURE_HTML, markdown=UNSURE_MARKDOWN, rtf=UNSURE_RTF, odf=UNSURE_ODF)
