"""Bad input: each case ends in one documented error or in a document with issues, within the limits of Config."""

from __future__ import annotations

import io
import os
import struct
import threading
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import vnadmin
from tests.makers import docx_maker
from tests.makers.pdf_objects import assembled
from vnadmin import Config, VnadminError, errors
from vnadmin.samples import samples

SAMPLES = {item.name: item.read_bytes() for item in samples()}
BODY = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(document_xml: bytes) -> bytes:
    """A .docx that holds just this document.xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document_xml)
    return buffer.getvalue()


def pdf(pages: int, content: bytes = b"") -> bytes:
    """A PDF of so many pages, each with the same content stream."""
    kids = b" ".join(b"%d 0 R" % (4 + i) for i in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % pages,
        b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>"] * pages,
    ]
    return assembled(objects, version=b"1.4")


JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb0043") + bytes(80) + b"\xff\xd9"


def refused(data: bytes, error: type[VnadminError], config: Config | None = None) -> VnadminError:
    """The input is refused with exactly this class, whose message holds none of the input."""
    with pytest.raises(VnadminError) as caught:
        vnadmin.parse(data, config=config or Config())
    assert type(caught.value) is error
    return caught.value


def test_an_empty_file_is_refused() -> None:
    """No bytes: `empty_input`."""
    refused(b"", errors.EmptyInput)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A path without a file: `source_not_found`, and so is a path that no system accepts."""
    with pytest.raises(errors.SourceNotFound):
        vnadmin.parse(tmp_path / "none.txt")
    with pytest.raises(errors.SourceNotFound):
        vnadmin.parse("bad\0path.txt")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder is no document."""
    with pytest.raises(errors.SourceNotFound):
        vnadmin.parse(tmp_path)


def test_a_jpeg_named_pdf_is_taken_for_what_it_is(tmp_path: Path) -> None:
    """The content decides: a picture has no text layer, whatever its name."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(JPEG)
    with pytest.raises(VnadminError) as caught:
        vnadmin.parse(path, config=Config(ocr="off"))
    assert type(caught.value) in (errors.NoTextLayer, errors.DamagedInput)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_docx_is_damaged(share: float) -> None:
    """A .docx cut short has lost its directory."""
    whole = SAMPLES["to-trinh.docx"]
    refused(whole[: int(len(whole) * share)], errors.DamagedInput)


def test_a_zip_without_documents_is_unsupported() -> None:
    """A zip archive of other things."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("hello.bin", bytes(range(256)))
    refused(buffer.getvalue(), errors.UnsupportedFormat)


def test_an_encrypted_pdf_is_refused() -> None:
    """A PDF with a user password (standard security handler, revision 2)."""
    pikepdf = pytest.importorskip("pikepdf", reason="pikepdf writes the encrypted PDF of this test")
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(SAMPLES["thong-bao.pdf"])) as document:
        document.save(buffer, encryption=pikepdf.Encryption(user="mat-khau", owner="chu"))
    refused(buffer.getvalue(), errors.EncryptedInput)


def test_a_text_beyond_the_limit_is_refused() -> None:
    """50 MB of text passes the limit of bytes or of characters, and is refused before it is read through."""
    refused(("Căn cứ Luật Đất đai;\n" * 2_000_000).encode(), errors.LimitExceeded)


def test_a_pipe_is_read_as_far_as_the_limit(tmp_path: Path) -> None:
    """A path whose size nobody knows before is read whole, and refused like a file of that size."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def answer(limit: int) -> str:
        writer = threading.Thread(target=pipe.write_bytes, args=(b"Bao cao\n" * 400,))
        writer.start()
        try:
            return vnadmin.parse(pipe, config=Config(max_bytes=limit)).text
        except VnadminError as error:
            return error.code
        finally:
            writer.join()

    assert answer(4_000).count("Bao cao") == 400
    assert answer(2_000) == "limit_exceeded"


def test_a_zip_bomb_is_refused() -> None:
    """A document.xml that unpacks to more than the limit is refused while it is unpacked."""
    bomb = f'<w:document xmlns:w="{BODY}"><w:body><w:p><w:r><w:t>'.encode() + b"A" * 60_000_000
    refused(
        docx(bomb + b"</w:t></w:r></w:p></w:body></w:document>"),
        errors.LimitExceeded,
        Config(max_unpacked_bytes=20_000_000),
    )


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    """3,000 pages are refused before any is read."""
    refused(pdf(3000), errors.LimitExceeded)


def test_a_pdf_without_text_names_the_extra() -> None:
    """A PDF whose pages show nothing has no text layer; the message says what to install."""
    assert "vnadmin[ocr]" in str(refused(pdf(2), errors.NoTextLayer, Config(ocr="off")))


def test_a_truncated_pdf_is_damaged_or_read_in_part() -> None:
    """A PDF cut in the middle gives DamagedInput, NoTextLayer or what pdfium could save; never anything else."""
    whole = SAMPLES["thong-bao.pdf"]
    for share in (0.02, 0.3, 0.6, 0.95):
        with suppress(errors.DamagedInput, errors.NoTextLayer):
            cut = whole[: int(len(whole) * share)]
            assert vnadmin.parse(cut, config=Config(ocr="off")).source.media_type == "application/pdf"


def test_tables_nested_200_deep_are_bounded() -> None:
    """Nested tables end in LimitExceeded or in a document; the stack does not overflow."""
    deep = b"<w:tbl><w:tr><w:tc>" * 200 + b"<w:p><w:r><w:t>day</w:t></w:r></w:p>" + b"</w:tc></w:tr></w:tbl>" * 200
    data = docx(f'<w:document xmlns:w="{BODY}"><w:body>'.encode() + deep + b"</w:body></w:document>")
    with suppress(errors.LimitExceeded):
        assert "day" in vnadmin.parse(data).text
    html = (
        b"<html><body>"
        + b"<table><tr><td>" * 200
        + "Kính gửi".encode()
        + b"</td></tr></table>" * 200
        + b"</body></html>"
    )
    with suppress(errors.LimitExceeded):
        assert "Kính gửi" in vnadmin.parse(html).text


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("p.a{} ~ p {{ display: none }}", "<p>chữ<b>x</b></p>" * 1500),
        ("*:has(i.a{}) {{ display: none }}", f"{'<span>' * 100}chữ{'</span>' * 100}" * 10),
    ],
)
def test_a_style_sheet_that_looks_at_everything_is_bounded(rule: str, body: str) -> None:
    """400 rules that look around each element of a page, at some hundred others each."""
    page = f"<html><head><style>{''.join(map(rule.format, range(400)))}</style></head><body>{body}</body></html>"
    with pytest.raises(errors.LimitExceeded, match="style sheet"):
        vnadmin.parse(page.encode())


def test_xml_entities_are_not_expanded() -> None:
    """Neither a billion laughs nor a file from outside enters the text."""
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "AAAAAAAAAA"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c '
        '"&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{BODY}"><w:body><w:p><w:r><w:t>so &c; &x;</w:t></w:r></w:p></w:body></w:document>'
    )
    try:
        text = vnadmin.parse(docx(laughs.encode())).text
    except errors.DamagedInput:
        return
    assert "root:" not in text
    assert text.count("A") < 100


def test_control_characters_and_lone_surrogates_are_survived() -> None:
    """NULs and half a surrogate pair are dropped, and the letter around them is read."""
    text = "Số: 12/UBND-VX\x00\x00\nV/v họp\x00 giao ban\n\nKính gửi: Các phòng\n"
    data = text.encode() + b"\xed\xa0\x80"
    assert vnadmin.parse(data).number.text == "12/UBND-VX"


def test_a_text_cut_off_at_any_letter_is_read() -> None:
    """A letter cut after each of its letters, such as right after "Nơi nhận:", gives a document."""
    text = SAMPLES["cong-van.txt"].decode()
    for end in range(len(text) // 2, len(text), 3):
        assert vnadmin.parse(text[:end].encode()).text


def test_binary_noise_is_unsupported() -> None:
    """Bytes of no format."""
    noise = b"".join(struct.pack("<I", zlib.crc32(bytes([i % 251, i // 251]))) for i in range(3000))
    refused(noise, errors.UnsupportedFormat)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_flipped_bytes_never_escape_the_error_class(name: str) -> None:
    """Each sample with bytes flipped all over gives a document or a VnadminError."""
    whole = SAMPLES[name]
    for seed in range(12):
        damaged = bytearray(whole)
        for step in range(1, 40):
            place = (zlib.crc32(f"{name}{seed}{step}".encode())) % len(damaged)
            damaged[place] ^= 1 << (step % 8)
        try:
            vnadmin.parse(bytes(damaged), config=Config(ocr="off"))
        except VnadminError as error:
            assert error.code


def test_pages_of_a_tiff_are_counted_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow counts in the square of their number: 50,000 took 12 s before they were refused."""
    tiff = pytest.importorskip("PIL.TiffImagePlugin", reason="needs the extra [ocr]")
    tags = [(256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 0), (277, 1), (278, 1), (279, 1)]
    page = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 3, 1, value) for tag, value in tags)
    size = len(page) + 4
    pages = b"".join(page + struct.pack("<I", 8 + (number + 1) * size) for number in range(50_000))
    seen: list[int] = []
    seek = tiff.TiffImageFile.seek
    monkeypatch.setattr(tiff.TiffImageFile, "seek", lambda image, frame: (seen.append(frame), seek(image, frame))[1])
    with pytest.raises(errors.LimitExceeded):
        vnadmin.parse(b"II*\0" + struct.pack("<I", 8) + pages, config=Config(max_pages=20))
    assert max(seen) <= 20


@pytest.mark.parametrize("text", [" ", "\t\n", "(", "- \n- \n", ".....\n.....", "|\n|", "Trang 1/2\n"])
@pytest.mark.parametrize(
    "made",
    [
        str.encode,
        lambda text: f"<html><body><p>{text}</p></body></html>".encode(),
        lambda text: docx_maker.make_docx(docx_maker.paragraph(text.strip())),
    ],
    ids=["text", "html", "docx"],
)
def test_a_document_without_a_line_of_its_own_is_read(text: str, made: Callable[[str], bytes]) -> None:
    """Signs alone, or a page number alone: what asks for the first line finds none."""
    document = vnadmin.parse(made(text))
    assert document.number is None
    assert document.subject is None
