"""AgencyProfile: what a document cannot hold (identifiers, storage period, file code), written once as TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from vnadmin.errors import SourceNotFound, VnadminError
from vnadmin.model import PartialDate
from vnadmin.model.evidence import Frozen


class BadProfile(VnadminError):
    """The agency profile is not TOML, or has a value that it cannot have."""

    code = "bad_profile"
    exit_code = 17
    advice = "See docs/reference/standards/profile.md for every value."


class Organ(Frozen):
    """An agency as edXML's From and To name it."""

    organ_id: str | None = Field(default=None, description="Identifier of QĐ 20/2020/QĐ-TTg, such as `H60.37`.")
    in_charge: str | None = Field(default=None, description="Cơ quan chủ quản.")
    name: str | None = Field(
        default=None, description="Of the sender only where the document prints no issuing agency."
    )
    address: str | None = None
    email: str | None = None
    telephone: str | None = None
    fax: str | None = None
    website: str | None = None


def _organs(given: object) -> object:
    """Receivers as people write them: identifiers, joined by commas or in a list, beside whole tables."""
    parts = given.split(",") if isinstance(given, str) else given
    if not isinstance(parts, list):
        return [] if parts is None else parts
    return [{"organ_id": part.strip()} if isinstance(part, str) else part for part in parts]


class EdxmlValues(Frozen):
    """What edXML asks for beside the document."""

    receivers: Annotated[list[Organ], BeforeValidator(_organs)] = Field(
        default_factory=list,
        description='To, in place of what Kính gửi and Nơi nhận say: identifiers (`["H56.1", "H56.2"]`, `--set '
        'edxml.receivers=H56.1,H56.2`), or tables with the names of [agency] (`[[edxml.receivers]]`, `organ_id = "H56.1"`).',
    )
    content: str | None = None
    due_date: PartialDate | None = Field(default=None, description="ISO date.")
    sphere: str | None = Field(default=None, description="SphereOfPromulgation.")
    promulgation_amount: int | None = None
    page_amount: int | None = Field(default=None, description="Pages; empty: those of a source that has pages.")
    steering_type: int | None = Field(default=None, description="An integer that the receiver's system knows.")
    task_code: str | None = None
    business_type: int | None = Field(default=None, description="0 new, 1 recall, 2 update, 3 replace.")
    business_reason: str | None = None
    paper: int | None = None
    department: str | None = None
    staff: str | None = None
    mobile: str | None = None
    staff_email: str | None = None
    sent_at: str | None = Field(default=None, description="yyyy/MM/dd HH:mm:ss of the trace header.")


class ArchiveValues(Frozen):
    """What Thông tư 05/2025/TT-BNV asks for: of the file (hồ sơ), and by default of each document in it."""

    fonds: str | None = Field(default=None, description="Mã phông.")
    packer: str | None = Field(default=None, description="Software or person that packs, metsHdr/agent/name.")
    packer_version: str | None = Field(default=None, description="Version of the software that packs.")
    agreement: str | None = Field(default=None, description="Mã đăng ký yêu cầu nộp, altRecordID.")
    package_number: int | None = Field(default=None, description="Number of the package in the submission.")
    created_at: str | None = Field(default=None, description="ISO time with offset at which the package is made.")
    file_code: str | None = None
    file_title: str | None = None
    start_date: PartialDate | None = Field(default=None, description="ISO date; empty: the earliest document.")
    end_date: PartialDate | None = Field(default=None, description="ISO date; empty: the latest document.")
    maintenance: str | None = Field(default=None, description="Thời hạn lưu trữ, 01 to 07.")
    mode: str | None = Field(default=None, description="Chế độ sử dụng, 01 to 03.")
    language: str | None = Field(default=None, description="01 to 11, several joined by commas.")
    confidence_level: str | None = Field(default=None, description="Mức độ tin cậy, 01 to 03.")
    keyword: str | None = None
    info_sign: str | None = None
    format: str | None = None
    paper_file_code: str | None = None
    number_of_paper: int | None = None
    risk_recovery: str | None = None
    risk_recovery_status: str | None = None
    description: str | None = None


class DocumentValues(Frozen):
    """What is told of one document."""

    doc_id: str | None = Field(default=None, description="Mã định danh tài liệu.")
    sequence: int | None = Field(default=None, ge=1, description="Number of the document in its file.")
    number_of_page: int | None = None
    autograph: str | None = Field(default=None, description="Bút tích: handwritten notes, not the signer.")
    process: str | None = None
    keyword: str | None = None
    description: str | None = None


class AgencyProfile(Frozen):
    """The values of one agency, and of one message, file or document where they are not in the document."""

    agency: Organ = Field(default_factory=Organ)
    directory: dict[str, list[str]] = Field(
        default_factory=dict, description="Name as printed in Kính gửi or Nơi nhận → identifiers."
    )
    edxml: EdxmlValues = Field(default_factory=EdxmlValues)
    archive: ArchiveValues = Field(default_factory=ArchiveValues)
    document: DocumentValues = Field(default_factory=DocumentValues)

    @classmethod
    def read(cls, path: Path) -> AgencyProfile:
        """From a TOML file."""
        try:
            values = tomllib.loads(path.read_text("utf-8"))
        except OSError as error:
            raise SourceNotFound(f"Cannot open the profile: {error.strerror}.") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadProfile(f"The profile is not TOML: {error}.") from error
        return cls._checked(values)

    def with_values(self, values: Mapping[str, str]) -> AgencyProfile:
        """Some values changed, by dotted name: `{"archive.file_code": "H60.37.2021.01"}`."""
        data = self.model_dump()
        for name, value in values.items():
            section, _, key = name.partition(".")
            if section == "directory":
                data["directory"][key] = [value]
                continue
            if not isinstance(data.get(section), dict) or key not in data[section]:
                raise BadProfile(f"The profile has no value `{name}`.")
            data[section][key] = value or None
        return self._checked(data)

    def numbered(self, number: int) -> AgencyProfile:
        """For one of several documents: its number among them is its number in the file (hồ sơ), counted from the one told."""
        first = self.document.sequence or 1
        return self.model_copy(update={"document": self.document.model_copy(update={"sequence": first + number - 1})})

    def with_pages(self, count: int | None) -> AgencyProfile:
        """For a document of which a person told how many pages it has."""
        if count is None:
            return self
        edxml = self.edxml.model_copy(update={"page_amount": count})
        return self.model_copy(
            update={"document": self.document.model_copy(update={"number_of_page": count}), "edxml": edxml}
        )

    @classmethod
    def _checked(cls, values: Mapping[str, object]) -> AgencyProfile:
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            places = ", ".join(".".join(str(part) for part in one["loc"]) + f": {one['msg']}" for one in error.errors())
            raise BadProfile(f"The profile has a value that does not fit ({places}).") from error
