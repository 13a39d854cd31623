"""The rules of the check in order, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from vnadmin.lint import body, header, recipients, references, signature
from vnadmin.lint.finding import Finding, codes
from vnadmin.lint.settings import LintSettings
from vnadmin.lint.view import View
from vnadmin.model import AdminDocument

Rule = Callable[[View], Iterator[Finding]]

RULES: Final[tuple[Rule, ...]] = (
    header.told_by_the_parser,
    header.number_zero,
    header.number_spaced,
    header.notation_type,
    header.notation_letter,
    header.notation_issuer,
    header.number_year,
    header.motto_form,
    header.place_missing,
    header.date_zero,
    header.addressee_missing,
    signature.authority_needs_deputy,
    signature.deputy_needs_authority,
    signature.authority_mark,
    signature.signer_degree,
    signature.date_after_signing,
    recipients.recipients_missing,
    recipients.filing_missing,
    recipients.recipients_marks,
    recipients.tasked_not_recipient,
    recipients.level_ended,
    body.numbering,
    body.blank_left,
    references.date_before_cited,
    references.reference_year,
    references.reference_type,
    references.reference_blank,
    references.provision_letter,
)


def lint(document: AdminDocument, settings: LintSettings | None = None) -> tuple[Finding, ...]:
    """What is wrong with the form of a document or contradicts itself, in the order of the text."""
    chosen = settings or LintSettings()
    view = View(document)
    found = [f for rule in RULES for f in rule(view) if chosen.wants(f.code) and _holds(f, view, chosen)]
    return tuple(sorted(found, key=lambda f: (f.start, list(codes()).index(f.code))))


def _holds(finding: Finding, view: View, settings: LintSettings) -> bool:
    """Whether the document is held to the rule: by its regime, and by its date where it has one."""
    rule = finding.rule
    date = view.document.issued_on
    old = bool(rule.since and date and date < rule.since[: len(date)])
    return view.belongs(rule.regime) and (settings.all_times or not old)
