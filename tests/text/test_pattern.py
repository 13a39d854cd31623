"""Where patterns are compiled: at their first use, by `re` where it knows the syntax."""

from __future__ import annotations

import re
from pathlib import Path

import regex

import vnadmin
from vnadmin.text.pattern import pattern

# Matches that overlap, and a pattern of bytes with something lazy in what is possessive, are beyond `re`.
_BY_REGEX = {"fields/document_type.py", "source/sniff.py"}


def test_no_module_compiles_by_regex_when_it_is_imported() -> None:
    """`regex` takes longer to compile and to match, and an import pays for patterns that nobody asks."""
    source = Path(vnadmin.__file__).parent
    eager = re.compile(r"^\w+(?:: [^=\n]+)? = regex\.compile\(", re.MULTILINE)
    found = {str(path.relative_to(source)) for path in source.rglob("*.py") if eager.search(path.read_text("utf-8"))}
    assert found == _BY_REGEX


def test_re_compiles_what_it_knows() -> None:
    """The first use decides, and the pattern then answers as the engine's own."""
    plain, capitals = pattern(r"(?<=[./])[a-z]++"), pattern(r"\p{Lu}++")
    assert isinstance(plain.search("a/b").re, re.Pattern)  # type: ignore[union-attr]
    assert isinstance(capitals.search("aĐÔ").re, regex.Pattern)  # type: ignore[union-attr]
