"""An archive of invented documents and how it is indexed, for the tests of the archive's pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.service.serving import Served, start
from vnadmin.samples import samples

LETTER = """\
ỦY BAN NHÂN DÂN TỈNH BÌNH LẠC
{office}
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: {number}
Bình Lạc, ngày {day} tháng 7 năm {year}

V/v {subject}

Kính gửi: Ủy ban nhân dân huyện Lạc Thủy.

{basis}
Sở đề nghị các đơn vị:
1. Giao Phòng Tổ chức lập danh sách cán bộ trước ngày 30/{month}/{year}.
2. Báo cáo kết quả về Sở.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC

{signer}
"""
ROAD = "nâng cấp tuyến đường ven sông"
BASIS = (
    "Căn cứ Quyết định số 318/QĐ-UBND ngày 14 tháng 3 năm 2022 của Ủy ban nhân dân tỉnh Sơn Hải về quy hoạch;\n"
    "Căn cứ Nghị định số 75/2011/NĐ-CP ngày 01 tháng 8 năm 2011 của Chính phủ về công trình;"
)


def letters() -> dict[str, str]:
    """The texts of the archive's letters by file name."""
    made = {}
    for i in range(24):
        made[f"cong-van-{i:02d}.txt"] = LETTER.format(
            office=("SỞ NỘI VỤ", "SỞ Y TẾ")[i % 2],
            number=f"{100 + i}/{('SNV', 'SYT')[i % 2]}-VP",
            day=1 + i,
            month=8 + i % 4,
            year=2022 + i % 3,
            subject=f"kiểm tra công tác văn thư đợt {i}",
            basis="",
            signer=("Nguyễn Văn Thử", "Trần Thị Mẫu")[i % 2],
        )
    common = {"office": "SỞ NỘI VỤ", "year": 2022, "month": 9, "signer": "Lê Đình Ví"}
    made["ven-song.txt"] = LETTER.format(number="512/SNV-QH", day=7, subject=ROAD, basis=BASIS, **common)
    made["duong-lao.txt"] = LETTER.format(
        number="513/SNV-QH", day=8, subject="chăm sóc người cao tuổi tại viện dưỡng lão", basis="", **common
    )
    return made


@dataclass(frozen=True)
class Archive:
    """A folder of files, and the catalogue made of it."""

    folder: Path
    catalog: Path


def make_archive(top: Path) -> Archive:
    """Write the files and index them."""
    folder, catalog = top / "kho", top / "catalog.db"
    folder.mkdir()
    for name, text in letters().items():
        (folder / name).write_text(text, "utf-8")
    for item in samples():
        (folder / item.name).write_bytes(item.read_bytes())
    return index(folder, catalog)


def index(folder: Path, catalog: Path) -> Archive:
    """Index a folder by the real command."""
    command = [sys.executable, "-m", "vnadmin", "index", str(folder), "--catalog", str(catalog), "--json"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VNADMIN_")}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return Archive(folder, catalog)


def serve_texts(top: Path, texts: Mapping[str, str]) -> Iterator[tuple[Served, Archive]]:
    """A service on an archive of these texts alone."""
    folder = top / "kho"
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    archive = index(folder, top / "catalog.db")
    service = start(top, catalog=archive.catalog, workers=1, review_workers=1)
    yield service, archive
    service.stop()


def serve_copy(made: Archive, folder: Path) -> Iterator[tuple[Served, Archive]]:
    """A service on a copy of the catalogue, and that archive."""
    archive = Archive(made.folder, folder / "catalog.db")
    shutil.copy(made.catalog, archive.catalog)
    service = start(folder, catalog=archive.catalog, workers=1, review_workers=1)
    yield service, archive
    service.stop()
