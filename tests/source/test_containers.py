"""Mails, zips, portfolios, OpenDocument and HEIC: each answers as its document; what is none of these says what to do."""

from __future__ import annotations

import base64
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

import vnadmin
from vnadmin import Config, errors
from vnadmin.samples import samples
from vnadmin.source.container import contained

SAMPLES = {item.name: item.read_bytes() for item in samples()}
LETTER = vnadmin.parse(SAMPLES["cong-van.txt"])
NOTICE = vnadmin.parse(SAMPLES["thong-bao.pdf"])
ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def mail(text: str = "Kính gửi anh chị, xin xem tệp kèm theo.", html: str = "", **attached: bytes) -> bytes:
    """A mail with attachments by name (`_` for the dot)."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "an@vidu.vn", "binh@vidu.vn", "Văn bản"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attached.items():
        file = name.replace("_", ".")
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=file)
    return message.as_bytes()


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def portfolio(cover: str, **files: bytes) -> bytes:
    """A PDF with a page of these words and with files in it."""
    import pikepdf

    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 700 Td ({cover}) Tj ET".encode())
    for name, data in files.items():
        pdf.attachments[name.replace("_", ".")] = pikepdf.AttachedFileSpec(pdf, data)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def odf(body: str, styles: str = "") -> str:
    """A flat OpenDocument text."""
    names = {
        "office": "office:1.0",
        "text": "text:1.0",
        "table": "table:1.0",
        "style": "style:1.0",
        "fo": "xsl-fo-compatible:1.0",
    }
    declared = " ".join(f'xmlns:{short}="{ODF}{long}"' for short, long in names.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {declared} office:mimetype='
        f'"application/vnd.oasis.opendocument.text"><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


HEAD = (
    "<table:table><table:table-row><table:table-cell><text:p>ỦY BAN NHÂN DÂN</text:p><text:p>HUYỆN LẠC THỦY</text:p>"
    "<text:p>Số: 25/UBND-VX</text:p></table:table-cell><table:table-cell><text:p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</text:p>"
    "<text:p>Độc lập - Tự do - Hạnh phúc</text:p><text:p>Lạc Thủy, ngày<text:s/>05 tháng 5 năm 2026</text:p></table:table-cell>"
    "</table:table-row></table:table>"
)
ITEMS = (
    '<text:p>Kính gửi: Phòng Nội vụ<text:tab/>huyện.</text:p><text:list text:style-name="L1"><text:list-item><text:p>Giao Phòng Nội vụ lập '
    'danh sách;</text:p><text:list text:style-name="L1"><text:list-item><text:p>Gửi về Văn phòng;</text:p></text:list-item></text:list>'
    "</text:list-item><text:list-item><text:p>Giao Phòng Tài chính bố trí kinh phí.</text:p></text:list-item></text:list>"
    '<text:p><text:span text:style-name="T1">Số: 99/UBND-XX</text:span></text:p>'
)
NUMBERED = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>'
    '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
)

WORKBOOK = zipped(
    {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    }
)


def test_the_attachments_of_a_mail_are_the_documents() -> None:
    found = list(vnadmin.parse_all(mail(thong_bao_pdf=SAMPLES["thong-bao.pdf"], ghi_chu_bin=bytes(range(256)))))
    assert [(item.path, item.document.number) for item in found] == [("thong.bao.pdf", NOTICE.number)]
    assert vnadmin.parse(mail(a_pdf=SAMPLES["thong-bao.pdf"])).number == NOTICE.number


@pytest.mark.parametrize(
    "name",
    [
        b'filename="=?utf-8?B?Q8O0bmcgduG?="',  # cut off in the middle of its base64
        b'filename="=?utf-8?q?a=FF?="',
        b'filename="=?utf-99?q?=ff?="',
        b"filename*1*=a; filename*=utf-8''x",  # in pieces of which the first is missing
    ],
)
def test_an_attachment_with_a_broken_name_loses_none_beside_it(name: bytes) -> None:
    both = mail(cu_pdf=SAMPLES["thong-bao.pdf"], moi_pdf=SAMPLES["thong-bao.pdf"])
    broken = both.replace(b'filename="cu.pdf"', name)
    assert broken != both
    first, second = vnadmin.parse_all(broken)
    assert (first.document.number, second.document.number, second.path) == (NOTICE.number, NOTICE.number, "moi.pdf")


def test_a_mail_that_passed_many_servers_is_a_mail() -> None:
    way = b"".join(
        b"Received: from a%d.vidu.vn by b%d.vidu.vn; Fri, 27 Nov 2026 08:00:00 +0700\r\n" % (i, i) for i in range(900)
    )
    assert len(way) > 1 << 16
    assert vnadmin.parse(way + mail(a_pdf=SAMPLES["thong-bao.pdf"])).number == NOTICE.number


def test_a_mail_without_documents_is_its_own_text() -> None:
    html = SAMPLES["quyet-dinh.html"].decode()
    assert vnadmin.parse(mail(SAMPLES["cong-van.txt"].decode())).subject == LETTER.subject
    assert vnadmin.parse(mail("xem bản HTML", html)).number == vnadmin.parse(SAMPLES["quyet-dinh.html"]).number


def test_a_logo_in_a_mail_is_no_document() -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "an@vidu.vn", "x", "Fri, 27 Nov 2026 08:00:00 +0700"
    message.set_content(SAMPLES["cong-van.txt"].decode())
    message.add_attachment(
        b"\x89PNG\r\n\x1a\n" + bytes(99), maintype="image", subtype="png", filename="logo.png", cid="<a@b>"
    )
    assert vnadmin.parse(message.as_bytes()).subject == LETTER.subject


def test_a_mail_in_a_zip_in_a_mail() -> None:
    inner = mail(thong_bao_pdf=SAMPLES["thong-bao.pdf"])
    data = mail(ho_so_zip=zipped({"thu/a.eml": inner, "b.txt": SAMPLES["cong-van.txt"], "__MACOSX/._b.txt": b"x"}))
    assert [item.name for item in contained(data, Config()) or ()] == [
        "ho.so.zip!/thu/a.eml!/thong.bao.pdf",
        "ho.so.zip!/b.txt",
    ]


def test_the_first_of_several_is_given_and_the_others_told() -> None:
    data = zipped({"b.pdf": SAMPLES["thong-bao.pdf"], "a.docx": SAMPLES["to-trinh.docx"]})
    document = vnadmin.parse(data)
    assert document.number == NOTICE.number
    assert "more_documents" in {issue.code for issue in document.issues}
    assert [item.path for item in vnadmin.parse_all(data)] == ["b.pdf", "a.docx"]


def test_a_bad_member_is_an_item_with_its_error() -> None:
    found = list(
        vnadmin.parse_all(zipped({"a.docx": SAMPLES["to-trinh.docx"][:900], "b.txt": SAMPLES["cong-van.txt"]}))
    )
    assert [(item.path, item.error.code if item.error else None) for item in found] == [
        ("a.docx", "damaged_input"),
        ("b.txt", None),
    ]


def test_many_and_the_command_line_name_what_a_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "ho-so.zip"
    path.write_bytes(zipped({"a.txt": SAMPLES["cong-van.txt"], "b.txt": SAMPLES["cong-van.txt"]}))
    assert [item.path for item in vnadmin.parse_many([path], workers=1)] == [f"{path}!/a.txt", f"{path}!/b.txt"]


def test_a_portfolio_is_what_it_carries() -> None:
    data = portfolio(
        "For the best experience, open this PDF portfolio in Acrobat", thong_bao_pdf=SAMPLES["thong-bao.pdf"]
    )
    assert vnadmin.parse(data).number == NOTICE.number
    assert [item.path for item in vnadmin.parse_all(data)] == ["thong.bao.pdf"]


def test_a_pdf_with_text_and_an_annex_is_itself() -> None:
    data = portfolio("So: 12/QD-UBND " * 40, bang_txt=SAMPLES["cong-van.txt"])
    assert contained(data, Config()) is None


def test_a_scan_with_an_annex_and_a_pdf_with_other_files_are_themselves() -> None:
    """Seen in archival PDF/A-3: the pages are pictures, and the registry's XML is attached."""
    import pikepdf
    from PIL import Image

    from tests.makers.scan_maker import jpeg_stream, pdf_of

    page = Image.new("L", (595, 842), 255)
    with pikepdf.open(io.BytesIO(pdf_of([jpeg_stream(page)], page.size))) as pdf:
        pdf.attachments["bang.txt"] = pikepdf.AttachedFileSpec(pdf, SAMPLES["cong-van.txt"])
        out = io.BytesIO()
        pdf.save(out)
    assert contained(out.getvalue(), Config()) is None
    assert contained(portfolio("So: 12/QD-UBND", so_bin=bytes(range(256))), Config()) is None


def test_flat_opendocument_with_lists_and_what_nobody_sees() -> None:
    document = vnadmin.parse(odf(HEAD + ITEMS, NUMBERED).encode())
    assert document.source.media_type == "application/vnd.oasis.opendocument.text"
    assert (document.number.text, document.issued_on, document.place) == ("25/UBND-VX", "2026-05-05", "Lạc Thủy")
    assert [(pointer.count("children"), item.marker) for pointer, item in document.walk()] == [
        (0, "1"),
        (1, "a"),
        (0, "2"),
    ]
    assert not any("99/UBND" in entry.quote for entries in document.evidence.values() for entry in entries)
    assert "hidden_text" in {issue.code for issue in document.issues}


def test_opendocument_in_its_zip_and_with_a_password() -> None:
    content = odf(HEAD + ITEMS, NUMBERED).encode()
    files = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content}
    assert vnadmin.parse(zipped(files)).number == vnadmin.parse(content).number
    locked = {**files, "META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    with pytest.raises(errors.EncryptedInput):
        vnadmin.parse(zipped(locked))
    with pytest.raises(errors.DamagedInput):
        vnadmin.parse(zipped({**files, "content.xml": content[:-40]}))
    with pytest.raises(errors.DamagedInput):
        vnadmin.parse(content.replace(b"?>", b"?><!DOCTYPE x [<!ENTITY a 'b'>]>", 1))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (WORKBOOK, "unsupported_format"),
        (zipped({"mimetype": b"application/epub+zip", "a.txt": SAMPLES["cong-van.txt"]}), "unsupported_format"),
        (zipped({"a.bin": bytes(range(256))}), "unsupported_format"),
        (base64.encodebytes(SAMPLES["thong-bao.pdf"]), "unsupported_format"),
        (b'<?xml version="1.0"?><w:wordDocument>' + b"x" * 99, "unsupported_format"),
        (zipped({"a.txt": SAMPLES["cong-van.txt"]})[:60], "damaged_input"),
    ],
    ids=["xlsx", "epub", "binary", "base64", "word-2003-xml", "cut-zip"],
)  # fmt: skip
def test_what_is_no_document_is_refused_with_advice(data: bytes, code: str) -> None:
    """Seen: an .xlsx gave an empty document and exit code 0; base64 gave 35 certain directives."""
    with pytest.raises(vnadmin.VnadminError) as caught:
        vnadmin.parse(data)
    assert caught.value.code == code
    assert caught.value.hint


def test_containers_nested_without_an_end_are_refused() -> None:
    data = SAMPLES["cong-van.txt"]
    for _ in range(6):
        data = zipped({"a.zip": data})
    with pytest.raises(errors.LimitExceeded):
        vnadmin.parse(data)


def test_a_zip_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(30_000_000))
    with pytest.raises(errors.LimitExceeded):
        vnadmin.parse(out.getvalue())


def test_a_photograph_of_a_telephone_is_a_page() -> None:
    from vnadmin.source.scan.image import sniff_image
    from vnadmin.source.scan.pictures import PictureScan

    heif = pytest.importorskip("pi_heif")
    del heif
    from tests.makers.heic import HEIC

    assert sniff_image(HEIC)
    with PictureScan(HEIC, Config()) as scan:
        assert scan.media_type == "image/heic"
        assert scan.picture(1).pixels.shape[:2] == (64, 64)


def test_what_cannot_be_read_hides_no_document_beside_it() -> None:
    """A workbook before the letter, a damaged member, a workbook as the only attachment of a mail."""
    data = zipped({"bang.xlsx": WORKBOOK, "b.pdf": SAMPLES["thong-bao.pdf"]})
    assert vnadmin.parse(data).number == NOTICE.number
    assert [item.error.code if item.error else None for item in vnadmin.parse_all(data)] == ["unsupported_format", None]
    spoiled = bytearray(zipped({"a.txt": SAMPLES["cong-van.txt"], "b.pdf": SAMPLES["thong-bao.pdf"]}))
    at = spoiled.index(b"PK\x01\x02") + 16  # the checksum of the first, in the directory
    spoiled[at] ^= 0xFF
    found = list(vnadmin.parse_all(bytes(spoiled)))
    assert [(item.path, item.error.code if item.error else None) for item in found] == [
        ("a.txt", "damaged_input"),
        ("b.pdf", None),
    ]
    assert vnadmin.parse(bytes(spoiled)).number == NOTICE.number
    letter = mail(SAMPLES["cong-van.txt"].decode(), so_bin=bytes(range(256)))
    assert vnadmin.parse(letter).subject == LETTER.subject


def test_bytes_are_bounded_over_all_containers_together() -> None:
    """Each of ten zips in a zip is within the limit; together they are not."""
    inner = zipped({"a.txt": b"mot hai " * 5_000})
    data = zipped({f"{number}.zip": inner for number in range(10)})
    with pytest.raises(errors.LimitExceeded):
        contained(data, Config(max_unpacked_bytes=300_000))
    assert len(contained(data, Config(max_unpacked_bytes=1_000_000)) or ()) == 10


def test_parts_of_a_mail_nested_without_an_end_are_damage() -> None:
    head = b"From: a@b\r\nTo: c@d\r\nSubject: x\r\n"
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000))
    with pytest.raises(vnadmin.VnadminError):
        vnadmin.parse(head + deep)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_without_a_bound_is_refused_before_it_is_unpacked(method: int) -> None:
    """Seen: 635 bytes of bzip2 took the process to 1.4 GB before the limit was looked at."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.txt", bytes(1_000_000))
    with pytest.raises(errors.UnsupportedFormat):
        vnadmin.parse(out.getvalue())


def test_what_nobody_sees_in_opendocument_is_no_value() -> None:
    """White letters, letters of a point, a section that is not displayed; white on a dark cell is seen."""
    styles = NUMBERED + (
        '<style:style style:name="W" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>'
        '<style:style style:name="P" style:family="text"><style:text-properties fo:font-size="1pt"/></style:style>'
        '<style:style style:name="D" style:family="table-cell"><style:table-cell-properties fo:background-color="#1f3864"/></style:style>'
    )
    planted = "".join(
        f'<text:p><text:span text:style-name="{name}">Số: 99/QĐ-UBND</text:span></text:p>' for name in "WP"
    )
    planted += '<text:section text:name="a" text:display="none"><text:p>Số: 98/QĐ-UBND</text:p></text:section>'
    seen = (
        '<table:table><table:table-row><table:table-cell table:style-name="D"><text:p><text:span text:style-name="W">Nội dung</text:span>'
        "</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = vnadmin.parse(odf(planted + HEAD + seen + ITEMS, styles).encode())
    assert document.number.text == "25/UBND-VX"
    assert [issue.code for issue in document.issues].count("hidden_text") == 1
    assert document.text.index("Nội dung") < document.text.index("Giao Phòng Tài chính")


def test_parts_without_a_name_and_names_in_their_coding() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b", "c@d", "x"
    message.set_content("xem tệp")
    message.add_attachment(SAMPLES["thong-bao.pdf"], maintype="application", subtype="pdf")
    assert [item.path for item in vnadmin.parse_all(message.as_bytes())] == ["2.pdf"]
    named = mail(a_pdf=SAMPLES["thong-bao.pdf"]).replace(
        b'filename="a.pdf"', b'filename="=?UTF-8?B?UXV54bq/dC5wZGY=?="'
    )
    assert [item.path for item in vnadmin.parse_all(named)] == ["Quyết.pdf"]


def test_a_scan_whose_picture_stands_in_a_form_is_no_cover() -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(portfolio("x", bang_txt=SAMPLES["cong-van.txt"]))) as pdf:
        form = pdf.make_stream(
            b"0 0 1 1 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 595, 842]
        )
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(F=form)
        pdf.pages[0].Contents = pdf.make_stream(b"/F Do")
        out = io.BytesIO()
        pdf.save(out)
    assert contained(out.getvalue(), Config()) is None
