"""`vnadmin lint`: the check of form and consistency over files, printed as a compiler does, or for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from vnadmin.commands.choices import one_of
from vnadmin.commands.comments import check_output, comments_option, write_comments
from vnadmin.commands.report import Failures, told
from vnadmin.config import DEFAULT
from vnadmin.errors import VnadminError
from vnadmin.text.printable import printable

if TYPE_CHECKING:  # `vnadmin --version` does not wait for the parser
    from vnadmin.lint import LintSettings
    from vnadmin.lint.report import Checked


Report = Literal["text", "json", "sarif", "github"]  # how `lint` prints
Language = Literal["vi", "en"]  # the language of the messages
_NOTHING: dict[Language, str] = {"vi": "Không phát hiện lỗi thể thức nào.", "en": "Nothing found."}  # on a terminal


@click.command()
@click.argument(
    "files", metavar="FILE...", nargs=-1, help="Documents, JSON of `vnadmin parse --evidence`, or - for stdin."
)
@click.option("--format", "-f", "report", type=one_of(Report), default="text", help="How to print.")
@click.option("--lang", "language", type=one_of(Language), default="vi", help="Language of the messages.")
@click.option("--config", type=click.Path(path_type=Path), help="TOML file: off, only, all_times.")
@click.option("--off", metavar="CODE", multiple=True, help="Switch a code off.")
@click.option("--only", metavar="CODE", multiple=True, help="Check this code alone.")
@click.option("--all-times", is_flag=True, help="Hold documents older than a rule to it as well.")
@comments_option
@click.option("--codes", "list_codes", is_flag=True, help="List the codes and exit.")
def lint(
    files: tuple[str, ...],
    report: Report,
    language: Language,
    config: Path | None,
    off: tuple[str, ...],
    only: tuple[str, ...],
    all_times: bool,
    comments: Path | None,
    list_codes: bool,
) -> None:
    """Check the form of documents by Decree 30/2020 and whether they contradict themselves.

    Lines and columns are those of the text as vnadmin reads it. Exit status: 0 nothing worse than a note;
    1 warnings or errors; the error's own code where a file cannot be read.
    """
    from vnadmin.model import Severity

    if list_codes:
        _print_codes(language)
        return
    if not files:
        raise click.BadParameter("name a file, or - for stdin", param_hint="FILE")
    if comments is not None:
        check_output(comments, files)
    with told("lint"):
        settings = _settings(config, off, only, all_times)
    failures = Failures(language)
    everything = list(_checked(files, settings, failures, comments, language))
    _print(everything, report, language)
    if failures:
        raise click.exceptions.Exit(failures[0].exit_code)
    if any(f.rule.severity is not Severity.INFO for checked in everything for f in checked.findings):
        raise click.exceptions.Exit(1)


def _settings(config: Path | None, off: Sequence[str], only: Sequence[str], all_times: bool) -> LintSettings:
    from vnadmin.lint import LintSettings

    told = LintSettings.read(config) if config else LintSettings()
    return LintSettings(told.off | set(off), told.only | set(only), told.all_times or all_times)


def _checked(
    files: Sequence[str],
    settings: LintSettings,
    failures: Failures,
    comments: Path | None,
    language: Language,
) -> Iterator[Checked]:
    from pydantic import ValidationError

    from vnadmin.commands.alone import Alone, bytes_or_path
    from vnadmin.errors import DamagedInput
    from vnadmin.held import read_bytes
    from vnadmin.lint import lint as check
    from vnadmin.lint.report import Checked
    from vnadmin.model import AdminDocument
    from vnadmin.remarks import remarks_of_findings

    with Alone() as alone:
        for file in files:
            try:
                if file.lower().endswith(".json"):
                    document = AdminDocument.model_validate_json(read_bytes(file, DEFAULT))
                else:
                    document = alone.parse(bytes_or_path(file))
                findings = check(document, settings)
                if comments is not None:
                    remarks = remarks_of_findings(findings, language)
                    write_comments(alone, file, comments, document.text, remarks)
            except ValidationError:
                failures.tell(file, DamagedInput("It is no JSON of `vnadmin parse --evidence`."))
            except VnadminError as error:
                failures.tell(file, error)
            else:
                yield Checked("<stdin>" if file == "-" else printable(file), document, findings)


def _print(everything: list[Checked], report: Report, language: Language) -> None:
    from vnadmin.lint.report import as_github, as_json, as_text

    if report == "json":
        print(json.dumps(as_json(everything), ensure_ascii=False, indent=2))
    elif report == "sarif":
        from vnadmin.lint.sarif import as_sarif

        print(json.dumps(as_sarif(everything, language), ensure_ascii=False, indent=2))
    else:
        write = as_github if report == "github" else as_text
        for checked in everything:
            for line in write(checked, language):
                print(line)
        if everything and not any(checked.findings for checked in everything) and sys.stderr.isatty():
            print(_NOTHING[language], file=sys.stderr)


def _print_codes(language: Language) -> None:
    from vnadmin.lint import codes

    width = max(len(name) for name in codes())
    for name, code in codes().items():
        words = code.vi if language == "vi" else code.en
        print(f"{name:<{width}}  {code.severity.value:<7}  {words} [{code.clause}]")
