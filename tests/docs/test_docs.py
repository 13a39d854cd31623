"""The documents say what the code does: the README's example runs, every command, field, error and issue is named."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from vnadmin import errors
from vnadmin.gazetteer import rows

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_example_of_the_readme_prints_what_the_readme_says() -> None:
    """The ten-line example is run; its output is the block below it."""
    code, output = re.search(
        r"<!-- example.*?-->\n```python\n(.*?)```\n\nprints\n\n```text\n(.*?)```", README, re.DOTALL
    ).groups()
    assert len(code.strip().splitlines()) <= 14
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue() == output


def test_every_link_of_the_documents_leads_somewhere() -> None:
    """Relative links point to files that exist."""
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"


def test_every_page_is_in_the_navigation_of_the_site() -> None:
    """A page that nobody can reach is no page; the navigation names none that is not there."""

    def pages(entry: object) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        inner = entry.values() if isinstance(entry, dict) else entry
        return [page for one in inner for page in pages(one)]

    named = pages(tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))["project"]["nav"])
    assert sorted(named) == sorted(str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md"))


def test_what_the_guides_import_is_public() -> None:
    """Every name that README, tutorial or a guide imports, and every name of `vnadmin`, stands on the page of Python names."""
    import vnadmin

    page = (ROOT / "docs/reference/python.md").read_text("utf-8")
    wanted = {f"from vnadmin import {name}" for name in vnadmin.__all__ if name != "__version__"}
    for guide in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for module, names in re.findall(r"(?m)^from (vnadmin[\w.]*) import (.+)$", guide.read_text("utf-8")):
            wanted |= {f"from {module} import {name.strip()}" for name in names.split(",")}
    assert {line for line in wanted if f"`{line}`" not in page} == set()


def test_every_class_that_a_name_of_the_door_gives_can_be_imported_there() -> None:
    """Who annotates `Directive` or `Row` imports it from `vnadmin`; the methods of a document stand on the page."""
    import vnadmin

    assert {"Directive", "Evidence", "Grade", "Issue", "PartialDate", "Responsible", "Row", "Table"} <= set(
        vnadmin.__all__
    )
    page = (ROOT / "docs/reference/python.md").read_text("utf-8")
    for method in (
        "AdminDocument.walk",
        "AdminDocument.responsible",
        "AdminDocument.evidence_of",
        "PartialDate.to_date",
    ):
        assert f"#### {method}\n" in page


def test_every_command_is_documented() -> None:
    """Each command of the command line has its section in the reference."""
    import click

    from vnadmin.commands.cli import app

    page = (ROOT / "docs/reference/cli.md").read_text("utf-8")
    for name in app.list_commands(click.Context(app)):
        assert f"## vnadmin {name}" in page


def test_every_error_class_has_a_code_of_its_own_and_is_documented() -> None:
    """Codes and exit statuses are unique; each code stands in docs/errors.md with its advice."""
    classes = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.VnadminError)][1:]
    page = (ROOT / "docs/errors.md").read_text("utf-8")
    assert len({c.code for c in classes}) == len(classes)
    assert len({c.exit_code for c in classes}) == len(classes)
    for c in classes:
        assert f"`{c.code}`" in page
        assert c.advice


def test_every_issue_code_that_the_code_raises_is_in_the_table() -> None:
    """Codes in data/issues.tsv and codes in the sources are one set."""
    known = {row["code"] for row in rows("issues")}
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "src/vnadmin").rglob("*.py"))
    raised = set(re.findall(r"\bissue\(\s*\"([a-z_]+)\"", sources))
    assert raised <= known
    assert {code for code in known if f'"{code}"' not in sources} == set()


def test_the_table_of_extras_has_every_extra() -> None:
    """What README, tutorial and errors show is what pyproject.toml has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {row["extra"] for row in rows("extras")} == {"", *project["optional-dependencies"]}
    for page in ("README.md", "docs/tutorial.md", "docs/errors.md"):
        assert "| Word's old .doc | `pip install '.[legacy]'` |" in (ROOT / page).read_text("utf-8")


@pytest.mark.parametrize("table", ["field_names", "leaf_names"])
def test_every_field_and_leaf_has_a_name_in_both_languages(table: str) -> None:
    """The names that people see cover the model."""
    from vnadmin.model import AdminDocument

    schema = AdminDocument.model_json_schema()
    if table == "field_names":
        wanted = set(schema["properties"]) - {"schema_version", "evidence", "issues", "text", "source"}
        named = {row["field"] for row in rows(table)}
    else:
        skipped = {"Evidence", "Issue", "PageInfo", "SourceInfo", "Severity", "Grade"}
        wanted = {
            name for key, part in schema["$defs"].items() if key not in skipped for name in part.get("properties", {})
        }
        named = {row["leaf"] for row in rows(table)}
    assert wanted <= named
    assert all(row["vi"] and row["en"] for row in rows(table))


def test_the_tutorial_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python blocks of the tutorial, one after the other, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    space: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs/tutorial.md").read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 4
    for block in blocks:
        exec(compile(block, "tutorial.md", "exec"), space)


def test_the_examples_of_the_guides_survive_a_document_without_number_and_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five of sixty ordinary files have none; the examples of the first pages are run on one."""
    from vnadmin.samples import samples

    monkeypatch.chdir(tmp_path)
    Path("cong-van.pdf").write_text("Kính gửi: Các phòng\n\n1. Giao Phòng Một báo cáo trước ngày 05/5/2026.\n", "utf-8")
    Path("van-ban").mkdir()
    for item in samples():
        Path("van-ban", item.name).write_bytes(item.read_bytes())
    Path("cong-van.docx").write_bytes(Path("van-ban/to-trinh.docx").read_bytes())
    for page in ("index.md", "en.md", "how-to/library.md", "how-to/lint.md"):
        names: dict[str, object] = {}
        for code in re.findall(r"```python\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL):
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(code, page, "exec"), names)


def test_the_examples_of_the_guides_are_typed(tmp_path: Path) -> None:
    """As somebody who runs mypy --strict copies them: a page is a module."""
    pytest.importorskip("mypy", reason="in the group dev")
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs/how-to").glob("*.md")]
    for page in pages:
        if blocks := re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
            (tmp_path / f"{page.stem.replace('-', '_')}_page.py").write_text("\n".join(blocks), "utf-8")
    files = sorted(map(str, tmp_path.glob("*.py")))
    assert len(files) > 10
    done = subprocess.run([sys.executable, "-m", "mypy", *files], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
