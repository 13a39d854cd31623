"""The XML schema of an EAD record, from the table of its elements: what a package ships and tests validate by."""

from __future__ import annotations

from typing import Final, Literal

from lxml import etree

from vnadmin.export.ead.tt05 import Form, names
from vnadmin.export.elements import Element, codes, elements

XS: Final = "http://www.w3.org/2001/XMLSchema"
_PATTERNS: Final = {"integer": r"\d+", "boolean": "[01]", "dd/mm/yyyy": r"\d\d/\d\d/\d{4}"}


def schema(kind: Literal["doc", "file"], form: Form) -> bytes:
    """`simpledc` with the fields of the form in any order (xs:all), their lengths and code lists.

    The names are those of the data (`docCode`): the official sample package ships a schema that asks for `arcDocCode`
    and refuses its own 137 documents.
    """
    root = etree.Element(f"{{{XS}}}schema", nsmap={"xs": XS}, elementFormDefault="qualified")
    top = _child(root, "element", name="simpledc")
    everything = _child(_child(top, "complexType"), "all")
    table = elements("ead")
    for name in names(kind, form):
        _field(everything, name, table[f"{kind}/{name}"])
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _field(parent: etree._Element, name: str, element: Element) -> None:
    simple = _child(_child(parent, "element", name=name), "simpleType")
    restriction = _child(simple, "restriction", base="xs:string")
    kind, _, listed = element.form.partition(":")
    blank = [] if element.required else [""]
    if kind == "codes":
        for code in [*blank, *codes(listed)]:
            _child(restriction, "enumeration", value=code)
    elif kind == "several":
        one = "|".join(codes(listed))
        _child(restriction, "pattern", value=f"({one})(,\\s*({one}))*")
    elif kind in _PATTERNS:
        _child(restriction, "pattern", value=_PATTERNS[kind] if element.required else f"({_PATTERNS[kind]})?")
    elif element.required:
        _child(restriction, "minLength", value="1")
    if element.longest is not None and kind != "codes":
        _child(restriction, "maxLength", value=str(element.longest))


def _child(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{XS}}}{tag}", attributes)
