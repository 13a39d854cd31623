"""The LangChain loader: documents with their values as metadata, a bad file told and not in the way."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import vnadmin
from vnadmin.errors import UnsupportedFormat, VnadminError
from vnadmin.samples import samples

pytest.importorskip("langchain_core", reason="needs the extra [langchain]")

from vnadmin.langchain import VnadminLoader


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A letter, something that is no document, and a plan."""
    held = {item.name: item.read_bytes() for item in samples()}
    for name in ("cong-van.txt", "ke-hoach.md"):
        (tmp_path / name).write_bytes(held[name])
    (tmp_path / "rac.bin").write_bytes(b"\x00\x01\x02" * 200)
    return [tmp_path / "cong-van.txt", tmp_path / "rac.bin", tmp_path / "ke-hoach.md"]


def test_it_is_a_loader_of_langchain(files: list[Path]) -> None:
    """Whatever takes a BaseLoader takes it; metadata are plain values, as vector stores ask."""
    from langchain_core.document_loaders import BaseLoader

    loader = VnadminLoader(files[0])
    assert isinstance(loader, BaseLoader)
    (loaded,) = loader.load()
    document = vnadmin.parse(files[0])
    assert document.number is not None and document.document_type is not None
    assert loaded.page_content == document.text
    assert loaded.metadata["source"] == str(files[0])
    assert loaded.metadata["number"] == document.number.text
    assert loaded.metadata["document_type"] == document.document_type.name
    assert loaded.metadata["issued_on"] == document.issued_on
    assert loaded.metadata["subject"] == document.subject
    assert all(type(value) in (str, int) for value in loaded.metadata.values())  # no subclass: safe YAML refuses it


def test_a_bad_file_raises_or_is_told(files: list[Path]) -> None:
    """By default as `parse`; with `on_error` the others are loaded."""
    with pytest.raises(UnsupportedFormat):
        VnadminLoader(files).load()
    told: list[tuple[str, VnadminError]] = []
    loaded = VnadminLoader(files, on_error=lambda path, error: told.append((path, error))).load()
    assert [one.metadata["source"] for one in loaded] == [str(files[0]), str(files[2])]
    assert [(path, error.code) for path, error in told] == [(str(files[1]), "unsupported_format")]


def test_directives_can_be_loaded_one_by_one(files: list[Path]) -> None:
    """Each is a piece with its place, its assignees and its deadline."""
    document = vnadmin.parse(files[2])
    loaded = VnadminLoader(files[2], by="directive").load()
    walked = [(pointer, item) for pointer, item in document.walk()]
    assert [one.metadata["pointer"] for one in loaded] == [pointer for pointer, _ in walked]
    assert [one.page_content for one in loaded] == [item.text for _, item in walked]
    assert all("page" in one.metadata and "subject" in one.metadata for one in loaded)
    helped = VnadminLoader(files[0], by="directive").load()[1].metadata
    assert (helped["leads"], helped["partners"]) == (
        "Phòng Nông nghiệp và Phát triển nông thôn huyện",
        "Trạm Khuyến nông huyện",
    )


def test_a_folder_gives_its_files_and_async_works(tmp_path: Path, files: list[Path]) -> None:
    """In the order of their names; hidden ones are left out."""
    files[1].unlink()
    (tmp_path / ".x.txt").write_text("x", "utf-8")
    loaded = asyncio.run(VnadminLoader(tmp_path).aload())
    assert [Path(one.metadata["source"]).name for one in loaded] == ["cong-van.txt", "ke-hoach.md"]
