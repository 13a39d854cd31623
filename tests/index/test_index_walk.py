"""What a walk comes by, in which order, and what it refuses."""

from __future__ import annotations

import io
import os
import warnings
import zipfile
from pathlib import Path

import pytest

from tests.index.letters import letter
from vnadmin.errors import LimitExceeded, SourceNotFound, VnadminError
from vnadmin.index.run.walk import Walk
from vnadmin.index.run.walk_open import location_of, open_location, path_of
from vnadmin.index.run.walk_zip import ZipLimits

LIMIT = 1_000_000


def seen(*sources: Path | str, limits: ZipLimits | None = None) -> dict[str, str | None]:
    """Locations with the code of their error, in the order of the walk."""
    walk = Walk(tuple(map(str, sources)), zip_limits=limits or ZipLimits())
    return {one.location: one.error.code if one.error else None for one in walk}


def packed(members: dict[str, bytes | str], **options: int) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_folders_are_walked_in_a_fixed_order_without_hidden_and_junk_files(tmp_path: Path) -> None:
    """Files of a folder by name, then its folders; what other programs leave behind is passed over."""
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/d/e/f.txt", ".an/x.txt", "Thumbs.db", "~$a.docx", "b/.tam"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    assert [Path(p).relative_to(tmp_path).as_posix() for p in seen(tmp_path)] == [
        "a.txt",
        "b/1.txt",
        "b/2.txt",
        "c/d/e/f.txt",
    ]


def test_links_pipes_and_loops_are_entered_as_refused(tmp_path: Path) -> None:
    """Nothing is followed out of the folder, and nothing is left out in silence."""
    (tmp_path / "ra-ngoai").symlink_to("/etc/passwd")
    (tmp_path / "vong").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "ong")
    assert set(seen(tmp_path).values()) == {"unsafe_path"}


def test_a_link_that_the_user_names_is_followed(tmp_path: Path) -> None:
    """The user may trust his own link."""
    (tmp_path / "that.txt").write_text("x", "utf-8")
    (tmp_path / "lien-ket.txt").symlink_to("that.txt")
    assert seen(tmp_path / "lien-ket.txt") == {str(tmp_path / "lien-ket.txt"): None}


def test_opening_a_pipe_fails_at_once(tmp_path: Path) -> None:
    """A pipe without a writer would hang whoever waits for it."""
    os.mkfifo(tmp_path / "ong")
    with pytest.raises(SourceNotFound, match="not a regular file"):
        open_location(str(tmp_path / "ong"), LIMIT)


def test_the_catalogue_itself_is_passed_over(tmp_path: Path) -> None:
    """A catalogue inside the archive is no document of it."""
    from vnadmin.index.run.launch import Options, walk_for

    for name in ("catalog.db", "catalog.db-wal", "catalog.db.lock", "a.txt"):
        (tmp_path / name).write_text("x", "utf-8")
    walk = walk_for(Options((str(tmp_path),), str(tmp_path / "catalog.db")))
    assert [Path(one.location).name for one in walk] == ["a.txt"]


def test_names_that_are_no_utf8_have_a_location_that_leads_back(tmp_path: Path) -> None:
    """File names in TCVN3 from the nineties are kept as bytes, as text that both databases take."""
    path = os.fsdecode(os.fsencode(tmp_path) + b"/c\xf4ng v\xe3n.txt")
    Path(path).write_text("Số: 1/UBND", "utf-8")
    (location,) = seen(tmp_path)
    assert location.isascii()
    assert path_of(location) == path
    assert location_of(path) == location
    assert open_location(location, LIMIT) == "Số: 1/UBND".encode()


def test_lists_name_files_folders_and_archives(tmp_path: Path) -> None:
    """One a line; blank lines, remarks and lists within lists are passed over."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text("x", "utf-8")
    (tmp_path / "2.txt").write_text("x", "utf-8")
    names = tmp_path / "danh-sach"
    names.write_text(f"# remark\n\n{tmp_path}/a\r\n{tmp_path}/2.txt\n{tmp_path}/khong-co.txt\n@{names}\n", "utf-8")
    assert list(seen(f"@{names}").values()) == [None, None, "source_not_found"]


def test_a_file_of_documents_given_as_a_list_is_refused(tmp_path: Path) -> None:
    """A line without an end is no list."""
    (tmp_path / "khong-phai").write_bytes(b"x" * 100_000)
    with pytest.raises(LimitExceeded, match="is it a list"):
        seen(f"@{tmp_path / 'khong-phai'}")


def test_members_of_archives_are_files_of_their_own(tmp_path: Path) -> None:
    """Members, also of archives within archives, have locations that open to their content."""
    inner = packed({"trong/1.txt": letter(1), ".DS_Store": b"x", "__MACOSX/._1.txt": b"x"})
    (tmp_path / "goi.zip").write_bytes(packed({"con.ZIP": inner, "2.txt": letter(2), "thu-muc/": b""}))
    found = seen(tmp_path)
    top = str(tmp_path / "goi.zip")
    assert list(found) == [f"{top}!/con.ZIP!/trong/1.txt", f"{top}!/2.txt"]
    assert [open_location(location, LIMIT).decode() for location in found] == [letter(1), letter(2)]


def test_an_archive_that_changed_is_opened_anew(tmp_path: Path) -> None:
    """Archives are kept open between members, but not past a change."""
    path = tmp_path / "goi.zip"
    path.write_bytes(packed({"1.txt": "cũ"}))
    assert open_location(f"{path}!/1.txt", LIMIT).decode() == "cũ"
    path.write_bytes(packed({"1.txt": "mới hơn"}))
    assert open_location(f"{path}!/1.txt", LIMIT).decode() == "mới hơn"


@pytest.mark.parametrize("name", ["../ra.txt", "a/../../ra.txt", "/etc/passwd", "C:\\a.txt", "..\\ra.txt", "a\nb.txt"])
def test_members_with_tricks_in_their_names_are_refused_one_by_one(tmp_path: Path, name: str) -> None:
    """The trick is entered with its name; the good member beside it is read."""
    (tmp_path / "bay.zip").write_bytes(packed({name: "x", "tot.txt": "y"}))
    assert list(seen(tmp_path).values()) == ["unsafe_path", None]


def test_a_member_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """Archives of Unix can hold links."""
    link = zipfile.ZipInfo("lien-ket.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "bay.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert list(seen(tmp_path).values()) == ["unsafe_path"]


def test_bombs_are_refused_before_anything_is_unpacked(tmp_path: Path) -> None:
    """By ratio, by number of members, by depth, and by what a member unpacks to whatever it declares."""
    bomb = packed({f"{i}.txt": bytes(1_000_000) for i in range(4)}, compression=zipfile.ZIP_DEFLATED)
    (tmp_path / "bom.zip").write_bytes(bomb)
    assert list(seen(tmp_path, limits=ZipLimits(floor=1_000_000)).values()) == ["limit_exceeded"]
    assert list(seen(tmp_path, limits=ZipLimits(members=3)).values()) == ["limit_exceeded"]
    with pytest.raises(LimitExceeded):
        open_location(f"{tmp_path / 'bom.zip'}!/0.txt", 500_000)
    nest = letter(1).encode()
    for _ in range(5):
        nest = packed({"sau.zip" if nest.startswith(b"PK") else "sau.txt": nest})
    (tmp_path / "bom.zip").write_bytes(nest)
    assert list(seen(tmp_path).values()) == ["limit_exceeded"]


def test_a_bomb_of_overlapping_members_is_measured_by_the_archive(tmp_path: Path) -> None:
    """Members that share their packed bytes each declare them; the ratio is to the file itself."""
    with zipfile.ZipFile(tmp_path / "chong.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.txt", bytes(1_000_000))
        first = archive.infolist()[0]
        for i in range(1, 300):
            again = zipfile.ZipInfo(f"{i}.txt")
            again.header_offset, again.CRC = first.header_offset, first.CRC
            again.file_size, again.compress_size = first.file_size, first.compress_size
            again.compress_type = first.compress_type
            archive.filelist.append(again)
        archive._didModify = True  # type: ignore[attr-defined]
    assert list(seen(tmp_path).values()) == ["limit_exceeded"]


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_damaged_archives_fail_on_their_own(tmp_path: Path, cut: int) -> None:
    """A cut archive is one failure; the walk goes on."""
    data = packed({"1.txt": letter(1), "2.txt": letter(2)})
    (tmp_path / "a.zip").write_bytes(data[:-cut])
    (tmp_path / "b.txt").write_text("x", "utf-8")
    assert list(seen(tmp_path).values()) == ["damaged_input", None]


def test_a_damaged_or_encrypted_member_fails_on_its_own(tmp_path: Path) -> None:
    """Its neighbours can be read."""
    data = bytearray(packed({"1.txt": letter(1), "2.txt": letter(2)}))
    at = data.find(letter(1).encode()[:40])
    data[at : at + 4] = b"XXXX"
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(VnadminError) as damaged:
        open_location(f"{tmp_path / 'a.zip'}!/1.txt", LIMIT)
    assert damaged.value.code == "damaged_input"
    assert open_location(f"{tmp_path / 'a.zip'}!/2.txt", LIMIT).decode() == letter(2)
    locked = bytearray(packed({"1.txt": "x"}))
    directory = locked.rfind(b"PK\x01\x02")
    locked[6] |= 1
    locked[directory + 8] |= 1
    (tmp_path / "a.zip").write_bytes(locked)
    assert list(seen(tmp_path).values()) == ["encrypted_input"]


def test_urls_are_walked_and_opened_through_fsspec(tmp_path: Path) -> None:
    """Shared storage is read like folders, archives in it too."""
    (tmp_path / "1.txt").write_text(letter(1), "utf-8")
    (tmp_path / "goi.zip").write_bytes(packed({"2.txt": letter(2)}))
    found = seen(f"file://{tmp_path}")
    assert list(found) == [f"file://{tmp_path}/1.txt", f"file://{tmp_path}/goi.zip!/2.txt"]
    assert [open_location(location, LIMIT).decode() for location in found] == [letter(1), letter(2)]


def test_storage_of_an_unknown_kind_is_a_failure_that_names_what_is_missing() -> None:
    """A scheme without its package says so."""
    (one,) = Walk(("nosuch://bucket/a",))
    assert one.error is not None
    assert one.error.code == "missing_extra"


def test_members_of_one_name_are_documents_each(tmp_path: Path) -> None:
    """Three of one name, an archive twice, each read from its own place; and what is numbered beyond is not there."""
    inner = {text: packed({"c.txt": text.encode()}) for text in ("one", "two")}
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in ("first", "second", "third"):
            archive.writestr("in.txt", text)
        for data in inner.values():
            archive.writestr("b.zip", data)
    found = {seen.location: open_location(seen.location, 100) for seen in Walk((str(path),))}
    assert found == {
        f"{path}!/in.txt": b"first",
        f"{path}!/in.txt!//2": b"second",
        f"{path}!/in.txt!//3": b"third",
        f"{path}!/b.zip!/c.txt": b"one",
        f"{path}!/b.zip!//2!/c.txt": b"two",
    }
    for nth in ("0", "4", "-1", "x"):
        with pytest.raises(SourceNotFound):
            open_location(f"{path}!/in.txt!//{nth}", 100)


def test_a_folder_named_like_an_archive_is_another_place(tmp_path: Path) -> None:
    """`a.zip` holds `in.txt`, and so does the folder `a.zip!` beside it: both are seen, each with its content."""
    (tmp_path / "a.zip").write_bytes(packed({"in.txt": b"member"}))
    folder = tmp_path / "a.zip!"
    folder.mkdir()
    (folder / "in.txt").write_text("file")
    found = [open_location(seen.location, 100) for seen in Walk((str(tmp_path),))]
    assert sorted(found) == [b"file", b"member"]
    assert len({seen.location for seen in Walk((str(tmp_path),))}) == 2


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_in_an_archive_is_unpacked_bit_by_bit_or_not_at_all(tmp_path: Path, packing: int) -> None:
    """Where one block holds any number of bytes it is not opened; a document so packed is, by a worker."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("b.zip", bytes(1_000_000))
        archive.writestr("c.txt", "text")
    found = {seen.location: seen.error and seen.error.code for seen in Walk((str(path),))}
    assert found == {f"{path}!/b.zip": "unsupported_format", f"{path}!/c.txt": None}
