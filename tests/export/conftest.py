"""Documents with invented names and the profiles that belong to them."""

from __future__ import annotations

import pytest

from vnadmin.export.profile import AgencyProfile
from vnadmin.model import (
    AdminDocument,
    Appendix,
    DocumentNumber,
    DocumentType,
    Filing,
    LegalReference,
    PageInfo,
    PartialDate,
    Recipient,
    Signatory,
    SourceInfo,
)


@pytest.fixture
def letter() -> AdminDocument:
    """A letter that has all that the standards ask for."""
    return AdminDocument(
        document_type=DocumentType(code="CV", name="Công văn"),
        parent_agency="ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
        issuing_agency="SỞ Y TẾ",
        number=DocumentNumber(text="1234/SYT-NVY", sequence="1234", notation="SYT-NVY"),
        place="Lạng Sơn",
        issued_on=PartialDate("2021-09-06"),
        subject="phối hợp phòng, chống dịch <cúm> & sốt rét",
        addressees=["Bộ Y tế", "Ủy ban nhân dân tỉnh"],
        recipients=[
            Recipient(name="Như trên"),
            Recipient(name="Sở Tài chính", purpose="để phối hợp"),
            Recipient(name="Lưu: VT, NVY"),
        ],
        filing=Filing(units=["VT", "NVY"], drafter="HTM"),
        signatories=[Signatory(name="Đỗ Thị Hương Mơ", position="PHÓ GIÁM ĐỐC", authority=["KT. GIÁM ĐỐC"])],
        legal_references=[
            LegalReference(
                type="Công văn",
                number="5028/BYT-DP",
                issued_on=PartialDate("2021-08-25"),
                issuer="Bộ Y tế",
                relation="replies_to",
                mentions=["Công văn số 5028/BYT-DP ngày 25/8/2021 của Bộ Y tế"],
            ),
            LegalReference(type="Luật", title="Khám bệnh, chữa bệnh", relation="basis", mentions=["Luật"]),
        ],
        appendices=[Appendix(label="Phụ lục I", title="Danh sách trạm")],
        urgency="Khẩn",
        source=SourceInfo(
            sha256="0" * 64,
            media_type="application/pdf",
            pages=[PageInfo(number=n, width=595.0, height=842.0, method="text_layer") for n in (1, 2)],
        ),
    )


@pytest.fixture
def profile() -> AgencyProfile:
    """What the letter's agency wrote down once."""
    return AgencyProfile.model_validate(
        {
            "agency": {
                "organ_id": "H37.18",
                "name": "Sở Y tế",
                "address": "Số 50 Phố Mới, Lạng Sơn",
                "email": "syt@tinh.example",
            },
            "archive": {
                "fonds": "P_SYT",
                "packer": "vnadmin",
                "packer_version": "1.0",
                "package_number": 1,
                "agreement": "DK-2026-01",
                "created_at": "2026-06-12T11:45:37.690+07:00",
                "file_code": "H37.18.2021.12",
                "file_title": "Phòng, chống dịch năm 2021",
                "maintenance": "01",
                "mode": "01",
                "language": "01",
            },
            "document": {"sequence": 1},
        }
    )
