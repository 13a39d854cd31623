"""Settings of the check: which codes are switched off, for the command line and for programs."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vnadmin.errors import VnadminError
from vnadmin.lint.finding import codes


class LintSettingsError(VnadminError):
    """The settings of the check name a code that there is none, or cannot be read."""

    code = "lint_settings"
    exit_code = 18
    advice = "Codes are listed in docs/reference/lint.md and by: vnadmin lint --codes"


_KEYS: Final = frozenset(("off", "only", "all_times"))


@dataclass(frozen=True, slots=True)
class LintSettings:
    """What is checked. `only`, where it is not empty, names all codes that are; `off` those that are not."""

    off: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    all_times: bool = False  # hold documents older than a rule to it as well

    def __post_init__(self) -> None:
        unknown = sorted((self.off | self.only) - set(codes()))
        if unknown:
            raise LintSettingsError(f"There is no code {', '.join(unknown)}.")

    def wants(self, code: str) -> bool:
        """Whether a code is checked."""
        return code not in self.off and (not self.only or code in self.only)

    @classmethod
    def read(cls, path: Path) -> LintSettings:
        """From a TOML file: `off = [...]`, `only = [...]`, `all_times = true`, in a table `[lint]` or alone.

        Raises:
            LintSettingsError: the file cannot be read, or names what is not there.
        """
        try:
            data = tomllib.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise LintSettingsError(f"Cannot read {path.name}.") from error
        table = data.get("lint", data)
        if not isinstance(table, dict) or set(table) - _KEYS:
            raise LintSettingsError(f"{path.name}: the keys are {', '.join(sorted(_KEYS))}.")
        lists = {}
        for name in ("off", "only"):
            value = table.get(name, [])
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise LintSettingsError(f"{path.name}: {name} is a list of codes.")
            lists[name] = frozenset(value)
        return cls(lists["off"], lists["only"], bool(table.get("all_times", False)))
