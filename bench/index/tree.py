"""Makes a tree of files for measuring the index out of the gold documents, with numbers and dates changed.

    python bench/index/tree.py /tmp/tree --files 10000 [--scans 40] [--seed 1]

Of the files 5 % are copies under another name, 2 % are damaged, some lie in zip archives, and a few are hostile: a zip
bomb, names that lead out of an archive, links, a pipe, a name that is no UTF-8. Real documents never enter the
repository: the tree is written outside of it. The same seed gives the same tree.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import shutil
import textwrap
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
GOLD = ROOT.parent / "shared" / "gold" / "dev"
LARGEST = 160_000  # bytes of a gold document that is taken as a model: the tree is to fit a small disk
PAGE = 48  # lines of a printed page

# Shares of the tree, as an office's folders have them, but for scans, which OCR would make a matter of hours.
SHARES = {"txt": 24, "html": 14, "docx": 28, "doc": 22, "pdf": 8, "rtf": 3, "md": 1}
COPIES, DAMAGED, ZIPPED = 0.05, 0.02, 0.10

_DATE = re.compile(r"(ngày\s+)(\d{1,2})(\s+tháng\s+)(\d{1,2})(\s+năm\s+)(\d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"(Số\s*:?\s*)(\d{1,5})(?=\s*/)")
_ENTITY = re.compile(r"&#(\d+);")


def changed(text: str, dice: random.Random) -> str:
    """The text with other numbers and dates, each of as many digits as before."""

    def date(match: re.Match[str]) -> str:
        day, month = dice.randint(10, 28), dice.randint(1, 12)
        year = dice.randint(1999, 2025)
        return f"{match[1]}{day:0{len(match[2])}d}{match[3]}{month:0{len(match[4])}d}"[:200] + f"{match[5]}{year}"

    def number(match: re.Match[str]) -> str:
        size = max(len(match[2]), 4)
        return f"{match[1]}{dice.randint(10 ** (size - 1), 10**size - 1)}"

    return _NUMBER.sub(number, _DATE.sub(date, text))


def as_text(model: bytes, dice: random.Random) -> bytes:
    return (changed(model.decode(), dice) + f"\nHồ sơ lưu số {dice.getrandbits(48)}\n").encode()


def as_html(model: bytes, dice: random.Random) -> bytes:
    text = _ENTITY.sub(lambda m: chr(int(m[1])), model.decode("utf-8", "replace"))
    return (changed(text, dice) + f"\n<!-- {dice.getrandbits(48)} -->\n").encode()


def as_docx(model: bytes, dice: random.Random) -> bytes:
    """The package with its text changed where a date or number stands in one run, and a paragraph more."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(model)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                text = changed(data.decode(), dice)
                text = re.sub(r"(<w:t[^>]*>)(\d{1,4})(</w:t>)", lambda m: f"{m[1]}{dice.randint(1, 28)}{m[3]}", text)
                more = f"<w:p><w:r><w:t>Hồ sơ lưu số {dice.getrandbits(48)}</w:t></w:r></w:p>"
                end = text.rfind("<w:sectPr") if "<w:sectPr" in text else text.rfind("</w:body>")
                data = (text[:end] + more + text[end:]).encode()
            new.writestr(info.filename, data)
    return out.getvalue()


def as_doc(model: bytes, dice: random.Random) -> bytes:
    """Digits of dates replaced in place, in both ways in which Word keeps text; bytes behind the end are free."""
    data = bytearray(model)
    for year in (b"19", b"20"):
        for wide in (False, True):
            sought = b"".join(bytes((c, 0)) for c in year) if wide else year
            step = 2 if wide else 1
            at = data.find(sought)
            while at >= 0:
                digits = [at + step * i for i in range(4)]
                if digits[-1] < len(data) and all(48 <= data[i] <= 57 for i in digits):
                    data[digits[2]], data[digits[3]] = dice.choice(b"01"), dice.choice(b"0123456789")
                at = data.find(sought, at + 4 * step)
    return bytes(data) + dice.getrandbits(256).to_bytes(32, "big")


def as_rtf(model: bytes, dice: random.Random) -> bytes:
    text = model.decode("latin-1")
    end = text.rstrip("\x00 \r\n").rfind("}")
    return (text[:end] + f"\\par {dice.getrandbits(48)}" + text[end:]).encode("latin-1")


def _is_drawn(char: str) -> bool:
    """Whether a letter has a glyph of its own: matplotlib draws no mark that stands apart."""
    return char == "\n" or (char.isprintable() and not unicodedata.combining(char))


def as_pdf(model: bytes, dice: random.Random) -> bytes:
    """The text printed anew, its letters with a map to Unicode."""
    import matplotlib

    matplotlib.use("agg")
    matplotlib.rcParams["pdf.fonttype"] = 42  # letters of a font, not drawings of them
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    text = f"{changed(model.decode(), dice)}\nHồ sơ lưu số {dice.getrandbits(48)}"
    text = "".join(filter(_is_drawn, unicodedata.normalize("NFC", text)))
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, 88) or [""]]
    out = io.BytesIO()
    with PdfPages(out) as pages:
        for first in range(0, len(lines), PAGE):
            sheet = Figure(figsize=(8.27, 11.69))
            for number, line in enumerate(lines[first : first + PAGE]):
                sheet.text(0.1, 0.95 - 0.019 * number, line, size=10, parse_math=False)
            pages.savefig(sheet)
    return out.getvalue()


def as_scan(model: bytes, dice: random.Random) -> bytes:
    """The text printed and scanned: pictures of its first two pages, a little askew and grainy, at 200 dpi."""
    import pypdfium2
    from PIL import Image, ImageChops

    pages = []
    printed = pypdfium2.PdfDocument(as_pdf(model, dice))
    for number in range(min(2, len(printed))):
        picture = printed[number].render(scale=200 / 72).to_pil().convert("L")
        picture = picture.rotate(dice.uniform(-0.7, 0.7), Image.Resampling.BICUBIC, fillcolor=255)
        grain = Image.effect_noise(picture.size, 24)
        pages.append(ImageChops.add(picture, grain, 1, -128))
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=200, save_all=True, append_images=pages[1:])
    return out.getvalue()


MAKERS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "txt": as_text,
    "md": as_text,
    "html": as_html,
    "docx": as_docx,
    "doc": as_doc,
    "rtf": as_rtf,
    "pdf": as_pdf,
}


def models() -> dict[str, list[bytes]]:
    """Gold documents by the format that is made of them; plain text also serves for PDF."""
    found: dict[str, list[bytes]] = {kind: [] for kind in MAKERS}
    for path in sorted(GOLD.glob("*/*")):
        kind = path.suffix[1:]
        if path.stat().st_size <= LARGEST and (path.stem == "source" or path.name == "transcript.txt"):
            if kind in found and kind != "pdf":
                found[kind].append(path.read_bytes())
            if kind == "txt" and path.stat().st_size < 12_000:
                found["pdf"].append(path.read_bytes())
    return found


def make_tree(top: Path, files: int, seed: int, scans: int = 0) -> None:
    """Write the tree."""
    dice = random.Random(seed)
    sources = models()
    plain = files - round(files * COPIES)
    damaged = set(dice.sample(range(plain), round(files * DAMAGED)))
    zipped = set(dice.sample(range(plain), round(files * ZIPPED)))
    kinds = dice.choices(list(SHARES), weights=list(SHARES.values()), k=plain)
    archives: list[tuple[str, bytes]] = []
    written: list[Path] = []
    for i, kind in enumerate(kinds):
        own = random.Random(f"{seed} {i}")
        data = MAKERS[kind](own.choice(sources[kind]), own)
        if i in damaged:
            data = spoiled(data, own)
        name = f"{own.randint(1999, 2025)}/phong-{own.randint(1, 12):02d}/van-ban-{i:06d}.{kind}"
        if i in zipped:
            archives.append((name, data))
            if len(archives) == 100:
                _pack(top, archives, i)
                archives = []
            continue
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written.append(path)
    if archives:
        _pack(top, archives, plain)
    for i, path in enumerate(dice.choices(written, k=files - plain)):
        copy = top / "ban-sao" / f"{i % 20:02d}" / f"{i:05d}-{path.name}"
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    for i in range(scans):
        own = random.Random(f"{seed} scan {i}")
        path = top / f"{own.randint(1999, 2025)}" / "quet" / f"van-ban-{i:04d}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_scan(own.choice(sources["pdf"]), own))
    hostile(top / "doc-hai")


def spoiled(data: bytes, dice: random.Random) -> bytes:
    """Damage as it is found: cut short, a hole of zeros, nothing but the beginning, other bytes."""
    kind = dice.randint(0, 3)
    if kind == 0:
        return data[: len(data) // 2] or b"%PDF-"
    if kind == 1:
        third = len(data) // 3
        return data[:third] + bytes(third) + data[2 * third :]
    if kind == 2:
        return data[:16] + dice.randbytes(8)
    return dice.randbytes(2000)


def hostile(top: Path) -> None:
    """A few files that mean harm."""
    top.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(top / "bom.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        for i in range(40):
            bomb.writestr(f"{i}.txt", bytes(10_000_000))
    with zipfile.ZipFile(top / "duong-dan.zip", "w") as tricks:
        tricks.writestr("../../thoat-ra.txt", "ra ngoài")
        tricks.writestr("/etc/tuyet-doi.txt", "tuyệt đối")
        tricks.writestr("tot.txt", "Số: 12/UBND-VX\nHà Nội, ngày 12 tháng 3 năm 2021\nV/v kiểm tra\n")
    nested = b"Ba Vi"
    for depth in range(6):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("trong.zip" if depth else "trong.txt", nested)
        nested = out.getvalue()
    (top / "long-nhau.zip").write_bytes(nested)
    (top / "rong.docx").write_bytes(b"")
    (top / "lien-ket.txt").symlink_to("/etc/passwd")
    (top / "vong-lap").symlink_to("..")
    os.mkfifo(top / "ong")
    Path(os.fsdecode(os.fsencode(top) + b"/c\xf4ng v\xe3n.txt")).write_text("Số: 9/UBND-VX\n", "utf-8")
    (top / "long.html").write_text("<div>" * 200_000, "utf-8")


def _pack(top: Path, members: list[tuple[str, bytes]], number: int) -> None:
    path = top / "nen" / f"goi-{number:06d}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("top", type=Path)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--scans", type=int, default=0, help="scanned PDFs besides, which OCR reads")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if ROOT in options.top.resolve().parents:
        parser.error("the tree is made of real documents: write it outside of the repository")
    make_tree(options.top, options.files, options.seed, options.scans)


if __name__ == "__main__":
    main()
