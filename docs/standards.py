"""Makes the pages of docs/reference/standards from the tables that the exports check values by."""

from __future__ import annotations

NOTE = "<!-- Written by docs/generate.py from the code. Do not edit. -->\n\n"
STANDING = (
    "`law`: read in a text of the law or a published standard. `seen`: in digests, files or code in use. "
    "`hypothesis`: neither yet; see the decision.\n"
)

EDXML = """Namespace `http://www.mic.gov.vn/TBT/QCVN_102_2016`. A document and its agency's profile become a message; a message is read by the names of its elements, in any order,
with or without prefixes, also of the older dialect. What no field holds is listed in `Message.unread`, and nothing is verified: `signed` says only that a signature is there.

```python
from vnadmin.export.qcvn102.envelope import message_of, read_edxml, write_edxml
```

What no text of the law settles can be switched (`Options`): the order of elements (`dialect`), the generation of types (`types`), the type codes that are inferred
(`guessed_types`), the lengths (`lengths`). Why each is as it is: [decision 60](../../decisions/0060-edxml.md).

Sources: L1 lists A and B of the amendment of 2022, L2 its opening; V sample files of VPCP's SDK (2018), N a file that VNPT's SDK wrote; C1 a checker, C2 a form, C3 a builder, C4 a database
in use at offices.

Not done: XML signatures are neither made nor checked; messages are not sent.
"""
EAD = """The fields of a document (`doc/`), of a file (`file/`), and what the package asks for beside them (`package/`). Two forms: `circular`, and `as_sample`, the official
sample package, which differs from the circular; where they contradict each other is listed in [decision 61](../../decisions/0061-archival-packages.md).

```python
from vnadmin.export.ead.tt05 import document_fields, file_fields
from vnadmin.export.ead.package import File, package
```

Not done: packages for preservation and use (AIP, DIP), loose documents (SIP_tailieu), pictures and recordings (EAD_pic, EAD_media), PDF/A.
"""
AKN = """`act` where the document makes law (a year in its number, or a law by name), `doc` otherwise. Every word of the text stands in the file once, in its order; the OASIS schema
accepts it. Identifiers are those of citations ([how to cite](../../how-to/cite.md)) under the paths of the Naming Convention, and items bear the names by which they are cited:
`/vn/nghi-dinh/2021/91-nd-cp#art_2__para_1` is the eId `art_2__para_1` in the file whose work is `/akn/vn/act/nghi-dinh/2021/91-nd-cp`. They are like ELI, and are not ELI.

```python
from vnadmin.export.akn.document import write_akoma_ntoso
```

How the text is laid out by the evidence: [decision 62](../../decisions/0062-akoma-ntoso.md). Not done: provisions inside a `ref` (`#art_5__para_2`), changes to other acts as
`analysis`, tables as `table` (their cells are paragraphs). Page numbers and stamps, which stand at the end of the text, are in the last part of the file.
"""
DC = """As XML (`dcterms:` elements in a `record`) and as JSON-LD.

```python
from vnadmin.export.dublin_core import terms_of, write_json, write_xml
```
"""

PARTS = {
    "edxml": (
        "edXML (QCVN 102:2016/BTTTT)",
        EDXML,
        ("edxml_type", "edxml_A", "edxml_B", "priority", "business", "status"),
    ),
    "ead": (
        "Archival packages (Thông tư 05/2025/TT-BNV)",
        EAD,
        ("ead_type", "maintenance", "language", "mode", "confidence", "recovery"),
    ),
    "akn": ("Akoma Ntoso 3.0", AKN, ()),
    "dc": ("Dublin Core", DC, ()),
}
NAMES = {"edxml": "edxml", "ead": "ead-tt05", "akn": "akoma-ntoso", "dc": "dublin-core"}


def standard_page(standard: str) -> str:
    """One standard: what it is, its crosswalk, its code lists."""
    from vnadmin.export.elements import elements
    from vnadmin.gazetteer import rows

    title, text, lists = PARTS[standard]
    lines = [f"# {title}\n", NOTE + text, STANDING]
    lines.append("| element | must have | longest | form | from | how it is filled | standing | source |")
    lines.append("|---|---|---|---|---|---|---|---|")
    for e in elements(standard).values():
        form = e.form.replace("several:", "several of ").replace("codes:", "one of ")
        lines.append(
            f"| `{e.name}` | {'yes' if e.required else ''} | {e.longest or ''} | {form} | {e.field} | {e.filled} | {e.standing} | {e.source} |"
        )
    for name in lists:
        lines.append(f"\n## Codes: {name}\n\n| code | name | standing | source |\n|---|---|---|---|")
        lines += [
            f"| {row['code']} | {row['name']} | {row['standing']} | {row['source']} |"
            for row in rows("export_codes")
            if row["list"] == name
        ]
    return "\n".join(lines) + "\n"


def profile_page() -> str:
    """Every value of the agency profile."""
    from vnadmin.export.profile import AgencyProfile

    schema = AgencyProfile.model_json_schema()
    lines = [
        "# The agency profile\n",
        NOTE
        + "What a document cannot hold, written once as TOML; one value at a time with `--set section.name=value`. An example: "
        "[exporting](../../how-to/export.md). `directory` maps names as printed to lists of identifiers.\n",
    ]
    for section, part in schema["properties"].items():
        if "$ref" not in part:
            continue
        kind = schema["$defs"][part["$ref"].rsplit("/", 1)[1]]
        lines.append(f"\n## [{section}]\n\n{kind.get('description', '')}\n\n| name | meaning |\n|---|---|")
        lines += [f"| `{name}` | {one.get('description', '')} |" for name, one in kind["properties"].items()]
    return "\n".join(lines) + "\n"
