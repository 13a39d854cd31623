"""Writes the reference pages from the code: Python names, model, errors and issues, command line, service, search, standards.

python docs/generate.py            write them
python docs/generate.py --check    exit 1 if one is out of date (part of `make check`)
"""

from __future__ import annotations

import sys
from functools import partial
from inspect import cleandoc
from pathlib import Path
from typing import Any

from public_names import python_page, search_page, service_page
from standards import NAMES, profile_page, standard_page

DOCS = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py from the code. Do not edit. -->\n\n"


def shape(schema: dict[str, Any]) -> str:
    """A field's type as a reader would write it."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(shape(part) for part in schema["anyOf"])
    if "enum" in schema:
        return " \\| ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema.get("type") == "array":
        if "prefixItems" in schema:
            return "[" + ", ".join(shape(part) for part in schema["prefixItems"]) + "]"
        return f"list of {shape(schema['items'])}"
    if schema.get("type") == "object" and "additionalProperties" in schema:
        return f"map of {shape(schema['additionalProperties'])}"
    if "pattern" in schema:
        return "partial ISO date"
    return str(schema.get("type", "any"))


def model_page() -> str:
    """One section for each class, the document first."""
    from vnadmin import AdminDocument

    schema = AdminDocument.model_json_schema(mode="serialization")
    classes = {"AdminDocument": schema, **schema["$defs"]}
    lines = [
        "# The model\n",
        NOTE
        + "What `vnadmin.parse` gives and what the JSON holds. `AdminDocument.model_json_schema()` is the same as JSON Schema.\n",
    ]
    for name, part in classes.items():
        lines.append(f"\n## {name}\n\n{part.get('description', '').strip()}\n")
        if "properties" not in part:
            lines.append(f"One of {', '.join(f'`{value}`' for value in part['enum'])}.\n")
            continue
        lines.append("| field | shape | meaning |\n|---|---|---|")
        for field, inner in part["properties"].items():
            lines.append(f"| `{field}` | {shape(inner)} | {inner.get('description', '')} |")
    return "\n".join(lines) + "\n"


def errors_page() -> str:
    """Errors (unreadable input) and issues (odd content)."""
    from importlib import import_module

    from vnadmin.errors import VnadminError
    from vnadmin.gazetteer import rows

    modules = ("errors", "index.catalog.errors", "index.catalog.corrections", "index.search.query", "index.audit.kept")
    modules += ("export.refusal", "export.profile", "export.target", "lint.settings")
    classes = [
        c
        for name in modules
        for c in vars(import_module(f"vnadmin.{name}")).values()
        if isinstance(c, type) and issubclass(c, VnadminError) and c.__module__ == f"vnadmin.{name}"
    ]
    lines = [
        "# Errors and issues\n",
        NOTE
        + "Input that cannot be read raises one subclass of `VnadminError`. Content that can be read never raises: what is odd about "
        "it stands in `document.issues`. No message holds text of the document.\n",
        "## Errors\n",
        "| code | class | HTTP | exit | what it means | what to do |\n|---|---|---|---|---|---|",
    ]
    for c in classes[1:]:
        meaning = (c.__doc__ or "").splitlines()[0]
        lines.append(f"| `{c.code}` | `{c.__name__}` | {c.http_status} | {c.exit_code} | {meaning} | {c.advice} |")
    lines += [
        "\n## Extras\n",
        "What `missing_extra` asks for; several are joined, as `'.[legacy,ocr]'`.\n",
        extras_table(),
    ]
    lines += ["\n## Issues\n", "| code | severity | English | Vietnamese | source |\n|---|---|---|---|---|"]
    for row in rows("issues"):
        lines.append(f"| `{row['code']}` | {row['severity']} | {row['en']} | {row['vi']} | {row['source']} |")
    return "\n".join(lines) + "\n"


def extras_table() -> str:
    """What a person has, and what of vnadmin that needs."""
    from vnadmin.gazetteer import rows

    lines = ["| I have … | in a clone |", "|---|---|"]
    for row in rows("extras"):
        target = f".[{row['extra']}]" if row["extra"] else "."
        lines.append(f"| {row['have']} | `pip install '{target}'` |")
    return "\n".join(lines)


def with_extras(name: str) -> str:
    """A page that is written by hand, the table of extras in its place."""
    before, mark, rest = (DOCS / name).read_text("utf-8").partition("<!-- extras: written by docs/generate.py -->\n")
    _, end, after = rest.partition("<!-- /extras -->")
    return f"{before}{mark}{extras_table()}\n{end}{after}"


def cli_page() -> str:
    """Every command with its arguments and options; written from the parameters, not from a library's help layout."""
    import click

    from vnadmin.commands.cli import app

    lines = ["# The command line\n", NOTE.rstrip()]
    context = click.Context(app, info_name="vnadmin")
    waiting = [(f"vnadmin {name}", app.get_command(context, name)) for name in app.list_commands(context)]
    while waiting:
        name, command = waiting.pop(0)
        assert command is not None
        lines.append(f"\n## {name}\n\n{cleandoc(command.help or '')}\n")
        if isinstance(command, click.Group):
            waiting[:0] = [(f"{name} {own}", one) for own, one in command.commands.items()]
            continue
        lines.append("| parameter | default | meaning |\n|---|---|---|")
        for parameter in command.params:
            if parameter.name == "help":
                continue
            option = parameter.param_type_name == "option"
            spelled = ", ".join(parameter.opts) if option else str(parameter.metavar or parameter.name).upper()
            default = parameter.to_info_dict()["default"]
            plain = default in (None, False, (), []) or callable(default) or parameter.required
            lines.append(
                f"| `{spelled.replace('|', ' ')}` | {'' if plain else default} | {getattr(parameter, 'help', '') or ''} |"
            )
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    """Every setting of the service, its variable and its default."""
    from pydantic_core import PydanticUndefined

    from vnadmin_service.review.settings import ReviewSettings
    from vnadmin_service.settings import Settings

    computed = {
        "workers": "cores",
        "data_dir": "~/.local/state/vnadmin",
        "machine": "host name",
    }
    lines = [
        "# Settings of the service\n",
        NOTE + "Environment variables of `vnadmin serve`. Lists are separated by commas. What they guard: "
        "[security](../how-to/security.md); how to choose: [deploying](../how-to/deploy.md).\n",
        "| variable | default | meaning |\n|---|---|---|",
    ]
    for kind, prefix in ((Settings, "VNADMIN"), (ReviewSettings, "VNADMIN_REVIEW")):
        for name, field in kind.model_fields.items():
            default = field.default if field.default is not PydanticUndefined else computed[name]
            shown = "" if default in (None, (), "") else f"`{default}`"
            lines.append(f"| `{prefix}_{name.upper()}` | {shown} | {field.description} |")
    lines.append(
        "| `VNADMIN_SECRETS_DIR` |  | Folder with a file for each setting that is a secret, named as its variable. |"
    )
    return "\n".join(lines) + "\n"


def problems_table() -> str:
    """The service's own problems, for the page about connecting."""
    from vnadmin_service.problems import ServiceError
    from vnadmin_service.work import BadBody, NotExportable

    kinds = sorted(
        [BadBody, NotExportable, *ServiceError.__subclasses__()], key=lambda kind: (kind.http_status, kind.code)
    )
    return "\n".join(
        f"| `{kind.code}` | {kind.http_status} | {(kind.__doc__ or '').splitlines()[0]} {kind.advice} |"
        for kind in kinds
    )


def connect_page() -> str:
    """The page is written by hand; only the table of the service's problems in it is written here."""
    page = (DOCS / "how-to/connect.md").read_text("utf-8")
    before, _, rest = page.partition("| code | HTTP | when |\n|---|---|---|\n")
    _, _, after = rest.partition("\n\n")
    return f"{before}| code | HTTP | when |\n|---|---|---|\n{problems_table()}\n\n{after}"


def lint_page() -> str:
    """Every code of the check."""
    from vnadmin.gazetteer import rows

    who = {"any": "all", "state": "all but the Party's", "admin": "types of Decree 30, Article 7"}
    lines = [
        "# Codes of the check\n",
        NOTE
        + "What `vnadmin lint` looks for ([how to](../how-to/lint.md)). A document dated before `since` is not held to the rule; "
        "how many alarms were false on real documents: [accuracy](../evaluation.md#the-check-of-form).\n",
        "| code | severity | English | Vietnamese | clause | since | holds for |\n|---|---|---|---|---|---|---|",
    ]
    for row in rows("lint_codes"):
        cells = (
            f"`{row['code']}`",
            row["severity"],
            row["en"],
            row["vi"],
            row["clause"],
            row["since"],
            who[row["regime"]],
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


PAGES = {
    **{name: partial(with_extras, name) for name in ("../README.md", "tutorial.md")},
    "reference/lint.md": lint_page,
    "reference/model.md": model_page,
    "errors.md": errors_page,
    "reference/cli.md": cli_page,
    "reference/settings.md": settings_page,
    "reference/python.md": python_page,
    "reference/service.md": service_page,
    "reference/search.md": search_page,
    "how-to/connect.md": connect_page,
    **{f"reference/standards/{name}.md": partial(standard_page, key) for key, name in NAMES.items()},
    "reference/standards/profile.md": profile_page,
}


def main() -> int:
    check = "--check" in sys.argv[1:]
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if check:
            if not path.exists() or path.read_text("utf-8") != text:
                stale.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    for name in stale:
        print(f"docs/{name} is out of date: run python docs/generate.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
