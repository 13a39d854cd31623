"""No other room recognises markers, the motto or capitals by patterns of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
ROOTS = ("src/vnadmin", "service", "bench", "tools", "siege", "docs")
GENRE = "src/vnadmin/genre/"

# "cong hoa", "C[ộô]ng\s+h", "xã hội chủ nghĩa", "Độc lập", "doc lap", "đảng cộng sản"
MOTTO = re.compile(
    r"c\[?[oộô]+\]?ng(?:\\s[+*]*| )?\[?h\[?[oòóô]|x[ãa]\]? ?h[ộo]i ch[ủu]|\b[đd]\[?[ộo]+\]?c(?:\\s[+*]*| )?l[ậa]p\b"
    r"|[đd][ảa]ng(?:\\s[+*]*| )?c[ộo]ng",
    re.IGNORECASE,
)
# A figure, a letter or a roman numeral, and soon after it a class with a bracket and a stop: "\d{1,2}[.)]", "[a-zđ] ?[).]";
# and a class of bullets: "[-+•*]", "[-–—]?[+•]"
MARKER = re.compile(
    r"(?:\\d|\[[aA]-[zZ]|\[[ivxlcIVXLC]{3,})[^|]{0,16}\[[^\]]*(?:\.[^\]]*\)|\)[^\]]*\.)[^\]]*\]"
    r"|\[[-–—+*•\\·▪●○◦]*[+*•–][-–—+*•\\·▪●○◦]*[+*•–][^\]]*\]"
)
# Where such words and marks mean something else.
EXCEPTIONS = {
    ("motto", "citation/mention/forms/laws.py"): "the name of the state inside names of laws",
    (
        "marker",
        "citation/provision/here.py",
    ): "clauses and points with letters behind figures, which no body opens with",
    ("capitals", "citation/mention/issuer.py"): "whether a citation shouts, by its first letters",
    ("marker", "fields/assignments/who.py"): "marks before words inside a cell",
    **{
        ("motto", module): "texts of invented documents and a query, which are read by the package"
        for module in (
            "bench/cited.py",
            "bench/duties.py",
            "bench/search.py",
            "bench/search_catalog.py",
            "siege/engine.py",
            "siege/mutate.py",
            "siege/seeds.py",
            "tools/make_samples.py",
            "tools/make_scan.py",
        )
    },
    ("marker", "source/inline_marks.py"): "Markdown's own marks of lists and emphasis",
    ("marker", "source/markdown.py"): "Markdown's own marks of lists and emphasis",
    ("capitals", "index/catalog/task_rows.py"): "headings among items that were read, of a database",
    ("capitals", "text/syllable.py"): "abbreviations among words; the room lies below this one",
    ("capitals", "text/spacing.py"): "pieces of a damaged word; the room lies below this one",
}


def strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """The string constants of a module that are no docstrings."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node


def is_letter(node: ast.expr) -> bool:
    """`text[at]`, `text[at : at + 1]`, `word[:1]`, `char`: one character, whose case says nothing of how words are set."""
    if isinstance(node, ast.Name):
        return node.id == "char"
    if not isinstance(node, ast.Subscript):
        return False
    if not isinstance(node.slice, ast.Slice):
        return True
    lower, upper = (ast.unparse(edge) if edge else "0" for edge in (node.slice.lower, node.slice.upper))
    after = {"0": "1"}.get(lower, re.sub(r"\+ 1$", "+ 2", lower) if lower.endswith("+ 1") else f"{lower} + 1")
    return upper in (after, f"min({after}, end)")


def patterns_of(source: str) -> Iterator[tuple[str, str]]:
    """What a module recognises for itself: the kind, and the words of the code."""
    tree = ast.parse(source)
    for node in strings(tree):
        for kind, pattern in (("motto", MOTTO), ("marker", MARKER)):
            if pattern.search(node.value):
                yield kind, node.value
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "isupper" and not is_letter(node.value):
            yield "capitals", ast.unparse(node)


def modules() -> list[str]:
    """All modules but those of the genre and of the tests."""
    found = (path for root in ROOTS for path in sorted((REPOSITORY / root).rglob("*.py")))
    paths = (path.relative_to(REPOSITORY).as_posix() for path in found)
    return [path for path in paths if not path.startswith(GENRE)]


def test_no_room_has_patterns_of_its_own() -> None:
    """Each module asks here; what is left has its reason."""
    found = {
        (kind, module, words[:60])
        for module in modules()
        for kind, words in patterns_of((REPOSITORY / module).read_text("utf-8"))
        if (kind, module.removeprefix("src/vnadmin/")) not in EXCEPTIONS
    }
    assert found == set()


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("marker", r"""pattern(r"(?:\d{1,3}|[a-zđ])[.)]")"""),
        ("marker", r"""pattern(r"[IVXLC]{1,6}[.)\-–](?=\s)")"""),
        ("marker", r"""pattern(r"\s*[a-zđA-ZĐ] ?[).]")"""),
        ("marker", r"""pattern(r"[-+•*]\s*+")"""),
        ("marker", r"""pattern(r"^\s*(?:[-–—+*•·]|Lưu)")"""),
        ("motto", """text.startswith("cong hoa")"""),
        ("motto", r"""pattern(r"C[ỘÔO]NG\s+H[ÒO]A X[ÃA]")"""),
        ("motto", """"độc lập - tự do" in folded"""),
        ("motto", """bare == "dang cong san viet nam\""""),
        ("capitals", "text.isupper()"),
        ("capitals", "text[start:end].isupper()"),
        ("capitals", "sum(map(str.isupper, text))"),
    ],
)
def test_the_search_finds(kind: str, code: str) -> None:
    """Forms that stood in thirteen files before."""
    assert [found for found, _ in patterns_of(code)] == [kind]


@pytest.mark.parametrize(
    "code",
    [
        "text[at].isupper()",
        "text[at : at + 1].isupper()",
        "text[at + 1 : at + 2].isupper()",
        "word[:1].isupper()",
        """pattern(r"[.;,:?!…]['\\")]*+$")""",
        """pattern(r"(?:19|20)\\d\\d")""",
        """pattern(r"\\d+/[A-Z-]+")""",
        '''"""Độc lập - Tự do - Hạnh phúc"""''',
    ],
)
def test_the_search_passes_over(code: str) -> None:
    """Letters, ends of sentences, years, numbers of documents, docstrings."""
    assert list(patterns_of(code)) == []
