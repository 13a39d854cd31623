"""The shape of the code: folders and modules that one looks through at once, and no ring of imports."""

from __future__ import annotations

from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
MODULES = [path for room in ("src", "service") for path in sorted((ROOT / room).rglob("*.py"))]


def test_no_files_import_one_another() -> None:
    """Imports inside functions and for types count: `CycleError` names the ring."""
    graph = grimp.build_graph("vnadmin", "vnadmin_service", cache_dir=None)
    order = [
        *TopologicalSorter({one: graph.find_modules_directly_imported_by(one) for one in graph.modules}).static_order()
    ]
    assert order.index("vnadmin.pipeline") > order.index("vnadmin.layout.page")


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in MODULES}), ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_folder_holds_at_most_18_modules(folder: Path) -> None:
    """Beside what makes it a package."""
    assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) <= 18


def test_a_module_has_at_most_400_lines() -> None:
    """All of them, comments too."""
    assert not [path.name for path in MODULES if len(path.read_text("utf-8").splitlines()) > 400]
