"""Makes the page of the Python names from signatures and docstrings, and the page of the service's addresses from OpenAPI."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import Enum
from importlib import import_module
from typing import Any, ForwardRef, get_origin

from pydantic import BaseModel

NOTE = "<!-- Written by docs/generate.py from the code. Do not edit. -->\n\n"
# What programs may import; all else is the inside and may change with any release (tests/docs: README and the guides import no more).
PUBLIC: dict[str, tuple[str, ...]] = {
    "One document": (
        "vnadmin.parse",
        "vnadmin.parse_text",
        "vnadmin.to_rows",
        "vnadmin.Config",
        "vnadmin.VnadminError",
        "vnadmin.samples.samples",
    ),
    "What parse gives": (
        "vnadmin.AdminDocument",
        "vnadmin.Directive",
        "vnadmin.Responsible",
        "vnadmin.Evidence",
        "vnadmin.Grade",
        "vnadmin.Issue",
        "vnadmin.PartialDate",
        "vnadmin.Row",
        "vnadmin.Table",
    ),
    "Many documents": (
        "vnadmin.parse_many",
        "vnadmin.parse_all",
        "vnadmin.Parsed",
        "vnadmin.process.pool.Workers",
        "vnadmin.process.pool.Limits",
        "vnadmin.process.pool.result",
        "vnadmin.process.program.run_frozen",
    ),
    "Other programs": ("vnadmin.langchain.VnadminLoader",),
    "A service": (
        "vnadmin.client.Client",
        "vnadmin.client.AsyncClient",
        "vnadmin.client.JobState",
        "vnadmin.client.Archive",
        "vnadmin.client.AsyncArchive",
        "vnadmin.client.Archived",
        "vnadmin.client.Accesses",
        "vnadmin.client.Changes",
        "vnadmin.client.Corrections",
        "vnadmin.client.ServiceRefused",
        "vnadmin.client.ServiceUnreachable",
    ),
    "Why a value is what it is": ("vnadmin.explain.explain", "vnadmin.pipeline.parse_with_zones"),
    "Citations and identifiers": (
        "vnadmin.citing.cite",
        "vnadmin.citation.cite_text",
        "vnadmin.citation.Itself",
        "vnadmin.citation.CitedText",
        "vnadmin.citation.Citation",
        "vnadmin.citation.annotate",
        "vnadmin.citation.html_links",
        "vnadmin.identifiers.identify",
        "vnadmin.identifiers.identify_document",
        "vnadmin.identifiers.identify_reference",
        "vnadmin.identifiers.Identity",
        "vnadmin.agencies.resolve",
    ),
    "The check of form": (
        "vnadmin.lint.lint",
        "vnadmin.lint.LintSettings",
        "vnadmin.lint.Finding",
        "vnadmin.lint.codes",
        "vnadmin.commented.comment_docx",
        "vnadmin.commented.Remark",
        "vnadmin.remarks.remarks_of_findings",
        "vnadmin.remarks.remarks_of_doubts",
    ),
    "The search": (
        "vnadmin.index.search.connect.reading",
        "vnadmin.index.search.search.search",
        "vnadmin.index.search.query.read_query",
        "vnadmin.index.search.query.BadQuery",
    ),
    "Exports": (
        "vnadmin.export.akn.document.write_akoma_ntoso",
        "vnadmin.export.dublin_core.terms_of",
        "vnadmin.export.dublin_core.write_json",
        "vnadmin.export.dublin_core.write_xml",
        "vnadmin.export.ead.tt05.document_fields",
        "vnadmin.export.ead.tt05.file_fields",
        "vnadmin.export.ead.package.File",
        "vnadmin.export.ead.package.package",
        "vnadmin.export.qcvn102.envelope.message_of",
        "vnadmin.export.qcvn102.envelope.notes",
        "vnadmin.export.qcvn102.message.Attachment",
        "vnadmin.export.qcvn102.envelope.read_edxml",
        "vnadmin.export.qcvn102.envelope.write_edxml",
        "vnadmin.export.qcvn102.envelope.Options",
        "vnadmin.export.profile.AgencyProfile",
        "vnadmin.export.refusal.ExportRefused",
    ),
}
_SECTION = re.compile(r"(Args|Attributes|Raises|Usage|Returns|Yields):")
_ENTRY = re.compile(r"(\w+): (.*)")
_WIDE = 100


def described(docstring: str) -> str:
    """A docstring as Markdown: its sections become lists, `Usage` and `>>>` become code."""
    lines: list[str] = []
    section = ""
    for line in docstring.splitlines():
        if found := _SECTION.fullmatch(line):
            section = found[1]
            lines += ["```python"] if section == "Usage" else [f"**{section}**", ""]
        elif section and not line.strip():
            lines += ["```", ""] if section == "Usage" else [""]
            section = ""
        elif section == "Usage":
            lines.append(line.removeprefix("    "))
        elif section and (entry := _ENTRY.fullmatch(line.removeprefix("    "))):
            lines.append(f"- `{entry[1]}`: {entry[2]}")
        elif section:
            lines.append("  " + line.strip())
        else:
            lines.append(line)
    if section == "Usage":
        lines.append("```")
    text = re.sub(r"\bdocs/(\w+)\.md", r"[\1](../\1.md)", "\n".join(lines))
    return re.sub(r"(?m)^(>>> .*(?:\n\S.*)*)", r"```pycon\n\1\n```", text).strip()


def signature(name: str, subject: Any) -> str:
    """How it is called, one parameter a line where it is long."""
    called = inspect.signature(subject)
    parts: list[str] = []
    for one in called.parameters.values():
        if one.kind is one.KEYWORD_ONLY and "*" not in parts and not any(part.startswith("*") for part in parts):
            parts.append("*")
        if one.name not in ("self", "cls"):
            parts.append(str(one.replace(annotation=one.empty, default=one.empty)) + _typed(one) + _default(one))
    after = "" if isinstance(subject, type) else f" -> {_annotation(called.return_annotation)}"
    line = f"{name}({', '.join(parts)}){after}"
    return line if len(line) <= _WIDE else f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){after}"


def _typed(parameter: inspect.Parameter) -> str:
    return "" if parameter.annotation is parameter.empty else f": {_annotation(parameter.annotation)}"


def _default(parameter: inspect.Parameter) -> str:
    value = parameter.default
    if value is parameter.empty:
        return ""
    if is_dataclass(value):
        return f" = {type(value).__name__}()"
    if isinstance(value, Mapping):
        return " = {}"
    if isinstance(value, Enum):
        return f" = {type(value).__name__}.{value.name}"
    shown = getattr(value, "__name__", None) or (
        "…" if "object at" in repr(value) or "factory" in repr(value) else repr(value)
    )
    return f" = {shown}"


def _annotation(annotation: Any) -> str:
    """As the source writes it, without the modules of resolved types."""
    if isinstance(annotation, str):
        return annotation
    if isinstance(annotation, ForwardRef):  # of a named tuple
        return annotation.__forward_arg__
    return (
        annotation.__name__
        if isinstance(annotation, type) and get_origin(annotation) is None
        else re.sub(r"[\w.]+\.(\w+)", r"\1", str(annotation))
    )


def _members(subject: type) -> list[str]:
    """The documented methods and properties of a class that are its own and not private."""
    shown = []
    for name, member in vars(subject).items():
        if name.startswith("_"):
            continue
        method = member.__func__ if isinstance(member, classmethod | staticmethod) else member
        if inspect.isfunction(method) and method.__doc__:
            prefix = "async " if inspect.iscoroutinefunction(method) or inspect.isasyncgenfunction(method) else ""
            called = f"```python\n{prefix}{signature(name, method)}\n```"
            shown.append(f"#### {subject.__name__}.{name}\n\n{called}\n\n{described(inspect.getdoc(method) or '')}")
        elif isinstance(member, property) and member.__doc__:
            shown.append(f"#### {subject.__name__}.{name}\n\n{described(member.__doc__)}")
    return shown


def _told(name: str, subject: Any) -> str:
    """What stands below a name's import: how it is called, or what it stands for, or where its fields are."""
    if not callable(subject) or get_origin(subject) is not None:  # a name for a type
        stands_for = str(subject).removeprefix("typing.").replace("'", '"')
        return f"```python\n{name} = {stands_for}\n```"
    words = described(inspect.getdoc(subject) or "")
    if subject.__module__.startswith("vnadmin.model.") and issubclass(subject, BaseModel | Enum):
        return f"{words}\n\nIn the model: [{name}](model.md#{name.lower()})."
    return f"```python\n{signature(name, subject)}\n```\n\n{words}"


def python_page() -> str:
    """Every public name with its signature and docstring."""
    lines = [
        "# Python\n",
        NOTE + "What programs may import. All else in the package is its inside and may change with any release. "
        "What `parse` gives is described in [the model](model.md); the errors are [listed](../errors.md).\n",
    ]
    for group, names in PUBLIC.items():
        lines.append(f"\n## {group}\n")
        for path in names:
            module, _, name = path.rpartition(".")
            subject = getattr(import_module(module), name)
            lines.append(f"\n### {name}\n\n`from {module} import {name}`\n")
            lines.append(_told(name, subject) + "\n")
            if isinstance(subject, type):
                started = vars(subject).get("__init__")
                if inspect.isfunction(started) and (started.__doc__ or "").strip().startswith("Args"):
                    lines.append(described(inspect.getdoc(started) or "") + "\n")
                lines += [part + "\n" for part in _members(subject)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def service_page() -> str:
    """Every address of the API, from the document that the service itself serves."""
    from vnadmin_service.app import create_app
    from vnadmin_service.settings import Settings

    api = create_app(Settings()).openapi()
    lines = [
        "# Addresses of the service\n",
        NOTE
        + "What `vnadmin serve` answers to; the same with every schema and example: `GET /openapi.json` of a running service. "
        "Walk through it: [the API in ten minutes](../how-to/api-tutorial.md); fields, errors and waiting: [connecting](../how-to/connect.md).\n",
    ]
    for path, operations in api["paths"].items():
        for method, operation in operations.items():
            lines.append(
                f"\n## {method.upper()} {path}\n\n{operation['summary']}. {operation.get('description', '')}\n"
            )
            if parameters := operation.get("parameters"):
                lines.append("| parameter | in | meaning |\n|---|---|---|")
                lines += [f"| `{p['name']}` | {p['in']} | {p.get('description', '')} |" for p in parameters]
                lines.append("")
            if body := operation.get("requestBody"):
                lines.append("Body: " + ", ".join(f"`{kind}`" for kind in body["content"]) + ".\n")
            lines.append("| status | media type | meaning |\n|---|---|---|")
            for status, answer in sorted(operation["responses"].items()):
                kinds = ", ".join(f"`{kind}`" for kind in answer.get("content", {}))
                lines.append(f"| {status} | {kinds} | {answer['description']} |")
    return "\n".join(lines) + "\n"


def search_page() -> str:
    """The fields that can stand before a colon; what else can be typed is described by hand."""
    from vnadmin.gazetteer import rows

    lines = [
        "# Fields of the search\n",
        NOTE
        + "What can stand before a colon in `vnadmin search` and on the archive's page. Words, phrases, minus, dates and the order of what is found: "
        "[how to search](../how-to/search.md). Names are compared without case, marks, hyphens and underscores.\n",
        "| name | other names | English | Vietnamese | example |\n|---|---|---|---|---|",
    ]
    for row in rows("query_fields"):
        others = ", ".join(f"`{alias}`" for alias in (row["field"], *row["aliases"].split(", ")))
        lines.append(f"| `{row['name']}` | {others} | {row['en']} | {row['vi']} | `{row['example']}` |")
    return "\n".join(lines) + "\n"
