"""The check of form and of consistency: rules that see the model only, with codes and the clause of the decree."""

from vnadmin.lint.finding import Code, Finding, codes
from vnadmin.lint.registry import lint
from vnadmin.lint.settings import LintSettings, LintSettingsError

__all__ = ["Code", "Finding", "LintSettings", "LintSettingsError", "codes", "lint"]
