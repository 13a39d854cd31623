"""Build hook: mypyc compiles the rooms that read documents, where `HATCH_BUILD_HOOK_ENABLE_CUSTOM=true` asks for it.

`make wheel-compiled` asks; `pip install .` does not and needs no compiler. What is compiled stands in pyproject.toml. The sources
are copied first, so that no extension is left beside them: a checkout always runs the code that one reads in it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileWithMypyc(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the extensions to the wheel, beside the sources that they were made from."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory(prefix="vnadmin-mypyc-")
        work = Path(self._folder.name)
        shutil.copytree(Path(self.root) / "src" / "vnadmin", work / "vnadmin")
        before = Path.cwd()
        os.chdir(work)
        try:
            self._compile(work)
        finally:
            os.chdir(before)
        for extension in (work / "built").rglob("*.so" if os.name == "posix" else "*.pyd"):
            build_data["force_include"][str(extension)] = str(extension.relative_to(work / "built"))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._folder.cleanup()

    def _compile(self, work: Path) -> None:
        from mypyc.build import mypycify
        from setuptools import Distribution

        pure = {work / path for path in self.config["pure"]}
        named = [work / path for path in self.config["compiled"]]
        files = [file for path in named for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
        chosen = [str(file.relative_to(work)) for file in files if pure.isdisjoint((file, *file.parents))]
        settings = ["--config-file", str(Path(self.root) / "pyproject.toml")]
        extensions = mypycify([*settings, *chosen], opt_level="2", debug_level="0", multi_file=True)
        if os.name == "posix":  # calls between modules go straight to their target, and no table of all names is loaded
            extensions[0].extra_compile_args.append("-fvisibility=hidden")  # one list, which all extensions share
        distribution = Distribution({"name": "vnadmin", "ext_modules": extensions})
        command = distribution.get_command_obj("build_ext")
        command.build_lib, command.build_temp = str(work / "built"), str(work / "objects")
        command.parallel = os.cpu_count()
        distribution.run_command("build_ext")
