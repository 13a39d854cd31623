"""The page that the tests of the engines read."""

from tests.ocr.conftest import page

__all__ = ["page"]
