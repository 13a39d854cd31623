"""`vnadmin export` as a user meets it: files, stdout, refusals, exit codes."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from vnadmin.commands.cli import app
from vnadmin.commands.export import To
from vnadmin.export.elements import PROFILE, codes, elements
from vnadmin.export.profile import AgencyProfile, BadProfile
from vnadmin.export.qcvn102.envelope import read_edxml
from vnadmin.export.refusal import called
from vnadmin.export.registry import EXPORTS
from vnadmin.gazetteer import rows
from vnadmin.samples import samples

PROFILE_TOML = """
[agency]
organ_id = "H99.1"
name = "Sở Tư pháp"

[directory]
"Ủy ban nhân dân tỉnh Thanh Bình" = ["H99"]

[archive]
fonds = "P_STP"
packer = "vnadmin"
packer_version = "1"
agreement = "DK-1"
package_number = 2
created_at = "2026-06-12T11:45:37+07:00"
file_code = "H99.1.2022.7"
file_title = "Trợ giúp pháp lý"
maintenance = "01"
mode = "01"
language = "01"

[document]
number_of_page = 2
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with the samples and a profile."""
    for sample in samples():
        (tmp_path / sample.name).write_bytes(sample.read_bytes())
    (tmp_path / "profile.toml").write_text(PROFILE_TOML, "utf-8")
    (tmp_path / "out").mkdir()
    return tmp_path


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code, stdout, stderr."""
    result = CliRunner().invoke(app, ["export", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_command_line_names_every_export() -> None:
    """Forms and registry are one set."""
    assert set(get_args(To)) == {*EXPORTS, "json"}


def test_every_element_has_a_name_in_words() -> None:
    """Seen on the page of a refused export: `doc/mode: chưa có giá trị`."""
    named = {row["name"] for row in rows("export_names")}
    of_profile = {f"{section}.{name}" for section in PROFILE for name in _names_of(section)}
    assert of_profile <= named
    for table in ("ead", "akn", "edxml"):
        for element in [*elements(table), "doc[2]/mode", "package/schemas/METS.xsd", "package/number", "To[3]/OrganId"]:
            for language in ("vi", "en"):
                told = called(element, language)
                assert told and not re.search(r"[/_\[]|[a-z][A-Z]", told), (element, told)
    assert called("doc/mode", "vi") == "Chế độ sử dụng"
    assert called("doc/organName", "vi") == "Cơ quan ban hành"
    # Seen: "Kính gửi: chưa có giá trị" of a letter whose Kính gửi was read well.
    assert called("To[3]/OrganId", "vi") == "Mã định danh của nơi nhận ở Kính gửi"


def _names_of(section: str) -> set[str]:
    kind = AgencyProfile.model_fields[section].annotation
    return set(kind.model_fields)


def test_an_edxml_message_with_its_file(files: Path) -> None:
    """The file is attached as it is; the JSON form reads the message."""
    source = files / "to-trinh.docx"
    code, _, errors = run(source, "-t", "edxml", "-p", files / "profile.toml", "-o", files / "m.edxml")
    assert code == 0, errors
    message = read_edxml((files / "m.edxml").read_bytes())
    assert message.attachments[0].data == source.read_bytes()
    assert message.document_id == "H99.1,2022/09/05,204/TTr-STP"
    code, out, _ = run(files / "m.edxml", "--to", "json")
    assert code == 0
    assert json.loads(out)["sender"]["organ_id"] == "H99.1"


def test_a_refusal_names_everything_and_writes_nothing(files: Path) -> None:
    """Exit code 15, the list in both languages, no file."""
    code, out, errors = run(files / "cong-van.txt", "-t", "edxml", "-o", files / "out")
    assert (code, out) == (15, "")
    assert "Code/CodeNumber: chưa có giá trị · has no value" in errors
    assert "PromulgationInfo/PromulgationDate: chỉ biết một phần" in errors
    assert list((files / "out").iterdir()) == []


def test_the_folder_of_several_documents_is_made(files: Path) -> None:
    """As the guide has it, `--output messages/`; the name of a file that is meant for one document is refused."""
    sources = [files / "quyet-dinh.html", files / "thong-bao.pdf"]
    assert run(*sources, "-t", "akn", "-o", files / "new")[0] == 0
    assert {path.name for path in (files / "new").iterdir()} == {"quyet-dinh.akn.xml", "thong-bao.akn.xml"}
    for more in (sources[1], files / "none.pdf"):  # told before anything is read
        code, _, errors = run(sources[0], more, "-t", "akn", "-o", files / "all.xml")
        assert code == 2 and "name a folder" in errors


def test_several_documents_go_to_a_folder(files: Path) -> None:
    """Each gives a file; one that cannot be exported does not stop the others."""
    names = ["quyet-dinh.html", "cong-van.txt", "thong-bao.pdf"]
    code, _, errors = run(*(files / name for name in names), "-t", "akn", "-o", files / "out")
    assert code == 15
    assert "cong-van.txt" in errors
    assert {path.name for path in (files / "out").iterdir()} == {
        "quyet-dinh.akn.xml",
        "thong-bao.akn.xml",
        "chua-xuat-duoc.txt",
    }
    code, _, _ = run(*(files / name for name in names), "-t", "akn")
    assert code == 2


def test_json_of_a_parse_is_exported_as_the_document(files: Path) -> None:
    """A corrected JSON goes out like the file itself."""
    parsed = CliRunner().invoke(app, ["parse", "--evidence", str(files / "quyet-dinh.html")])
    (files / "q.json").write_text(parsed.stdout, "utf-8")
    _, from_json, _ = run(files / "q.json", "-t", "akn")
    _, from_file, _ = run(files / "quyet-dinh.html", "-t", "akn")
    assert from_json == from_file
    (files / "bad.json").write_text("{}", "utf-8")
    assert run(files / "bad.json", "-t", "akn")[0] == 6


def test_a_message_without_its_file_says_so(files: Path) -> None:
    """An integrator would have sent empty messages made of JSON."""
    parsed = CliRunner().invoke(app, ["parse", "--evidence", str(files / "to-trinh.docx")])
    (files / "q.json").write_text(parsed.stdout, "utf-8")
    code, _, errors = run(files / "q.json", "-t", "edxml", "-p", files / "profile.toml", "-o", files / "m.edxml")
    assert code == 0, errors
    assert "no file goes with the message" in errors
    assert "--attach" in errors


def test_files_go_along_with_a_message_made_of_json(files: Path) -> None:
    """What was corrected, with the document's own file and an appendix beside it; with one message only."""
    parsed = CliRunner().invoke(app, ["parse", "--evidence", str(files / "to-trinh.docx")])
    (files / "q.json").write_text(parsed.stdout, "utf-8")
    for name in ("phu-luc.xlsx", "phu-luc.qqq"):
        (files / name).write_bytes(b"PK bang")
    given = ["-t", "edxml", "-p", files / "profile.toml", "--attach", files / "to-trinh.docx"]
    more = ["--attach", files / "phu-luc.xlsx", "--attach", files / "phu-luc.qqq"]
    code, _, errors = run(files / "q.json", *given, *more, "-o", files / "m.edxml")
    assert (code, "no file goes" in errors) == (0, False), errors
    attached = read_edxml((files / "m.edxml").read_bytes()).attachments
    assert [one.name for one in attached] == ["to-trinh.docx", "phu-luc.xlsx", "phu-luc.qqq"]
    assert attached[2].content_type == "application/octet-stream"  # what it is nobody said
    assert [one.data for one in attached] == [(files / one.name).read_bytes() for one in attached]
    assert run(files / "q.json", *given[:4], "--attach", files / "no.pdf", "-o", files / "m.edxml")[0] == 3
    assert run(files / "q.json", files / "to-trinh.docx", *given, "-o", files / "out")[0] == 2
    assert run(files / "q.json", "-t", "dc", *given[2:])[0] == 2
    assert run(files / "q.json", *given, "-o", files / "to-trinh.docx")[0] == 19  # it is read for it


def test_a_package_from_the_command_line(files: Path) -> None:
    """Numbers in the file follow the command line; the schemas come from a folder."""
    (files / "schemas").mkdir()
    (files / "schemas/METS.xsd").write_text("<schema/>")
    sources = [files / "to-trinh.docx", files / "thong-bao.pdf"]
    options = ["-p", files / "profile.toml", "--schemas", files / "schemas", "-o", files / "out"]
    code, _, errors = run(*sources, "-t", "sip", *options)
    assert code == 0, errors
    (made,) = (files / "out").iterdir()
    assert made.name.startswith("2uuid-") and made.suffix == ".zip"
    with zipfile.ZipFile(made) as archive:
        names = [name.split("/", 1)[1] for name in archive.namelist()]
    assert "representations/rep1/data/H99.1.2022.7.1.docx" in names
    assert "representations/rep1/data/H99.1.2022.7.2.pdf" in names
    code, _, errors = run(*sources, "-t", "sip", "-p", files / "profile.toml", "-o", files / "out")
    assert code == 15 and "package/schemas/METS.xsd" in errors


@pytest.mark.parametrize("form", ["ead", "ead-json", "ead-file", "dc", "dc-json", "csv"])
def test_forms_of_text_go_to_stdout(files: Path, form: str) -> None:
    """Without --output a single file is printed."""
    code, out, errors = run(files / "to-trinh.docx", "-t", form, "-p", files / "profile.toml")
    assert code == 0, errors
    assert "ban hành Quy chế phối hợp" in out or form == "ead-file"


@pytest.mark.parametrize(("form", "magic"), [("xlsx", b"PK"), ("parquet", b"PAR1")])
def test_binary_forms_are_written(files: Path, form: str, magic: bytes) -> None:
    """Excel and Parquet, to a file named by the caller."""
    target = files / f"t.{form}"
    assert run(files / "to-trinh.docx", "-t", form, "--table", "references", "-o", target)[0] == 0
    assert target.read_bytes().startswith(magic)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--set", "archive.nothing=1"], 17),
        (["--set", "archive.package_number=x"], 17),
        (["--set", "archive"], 2),
        (["--profile", "nowhere.toml"], 3),
        (["--schemas", "nowhere"], 2),
    ],
)
def test_what_cannot_be_is_said(files: Path, arguments: list[str], code: int) -> None:
    """A wrong name, a wrong value, a file that is not there."""
    assert run(files / "to-trinh.docx", "-t", "ead", *arguments)[0] == code


def test_a_file_that_cannot_be_read_has_its_own_code(files: Path) -> None:
    """As `vnadmin parse`; a file that is no edXML has one of its own."""
    (files / "empty.pdf").write_bytes(b"")
    assert run(files / "empty.pdf", "-t", "csv")[0] == 4
    assert run(files / "to-trinh.docx", "-t", "json")[0] == 16
    (files / "p.toml").write_text("[agency")
    assert run(files / "to-trinh.docx", "-t", "csv", "-p", files / "p.toml")[0] == 17


def test_a_profile_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    """A misspelled name is an error, not a silence."""
    path = tmp_path / "p.toml"
    path.write_text('[agency]\norgan = "x"\n')
    with pytest.raises(BadProfile, match=r"agency\.organ"):
        AgencyProfile.read(path)


@pytest.mark.parametrize("standard", ["edxml", "ead", "akn", "dc"])
def test_every_element_of_a_standard_is_sound(standard: str) -> None:
    """Fields lead to the model or the profile, code lists exist, each row says how sure it is and how it is filled."""
    from vnadmin.model import AdminDocument

    named = set(AdminDocument.model_fields)
    sections = AgencyProfile.model_fields
    for element in elements(standard).values():
        assert element.filled, element.name
        assert element.standing in ("law", "seen", "hypothesis"), element.name
        _kind, _, listed = element.form.partition(":")
        assert not listed or codes(listed), element.name
        for place in element.field.split(", "):
            head, _, tail = place.split(" (")[0].partition(".")
            if head in PROFILE:
                section = sections[head].annotation
                assert section is not None and tail in section.model_fields, place
            elif place and not place.startswith("the "):
                assert head in named or head == "text", (element.name, place)


def test_a_place_that_cannot_be_written_is_told(files: Path) -> None:
    """No traceback: the option, the path and the reason."""
    code, _, told = run(files / "quyet-dinh.html", "--to", "dc", "--output", files / "missing" / "x.xml")
    assert code == 19
    assert "cannot be written" in told


def test_a_refusal_names_the_option_that_gives_the_value(files: Path) -> None:
    """One line for each element; a code list shows its codes."""
    _, _, told = run(files / "quyet-dinh.html", "--to", "ead", "--set", "archive.maintenance=99")
    assert "doc/docId: chưa có giá trị · has no value → --set document.doc_id=…" in told
    assert "(maintenance: 01, 02, 03, 04, 05, 06, 07) → --set archive.maintenance=…" in told


def test_documents_that_lack_a_value_are_left_out_when_asked(files: Path) -> None:
    """An archive of which some documents lack a value: nothing is written, or with --leave-out the others; each is listed once."""
    arguments = [files / "to-trinh.docx", files / "cong-van.txt", "-t", "ead", "-p", files / "profile.toml"]
    code, out, errors = run(*arguments)
    assert (code, out) == (15, "")
    assert "  cong-van.txt: doc/issuedDate: chỉ biết một phần · is known only in part" in errors
    code, out, errors = run(*arguments, "--leave-out")
    assert code == 15
    assert len(out.splitlines()) == 2
    assert "ban hành Quy chế phối hợp" in out
    assert "1 / 2 văn bản để lại" in errors
    assert "  doc/issuedDate: chỉ biết một phần · is known only in part" in errors


@pytest.mark.parametrize("form", ["ead", "akn"])
def test_what_was_left_out_is_listed_beside_what_was_written(files: Path, form: str) -> None:
    """The same list as in the zip of the archive's page, for a form of all documents and for one of each."""
    arguments = [files / "to-trinh.docx", files / "cong-van.txt", "-t", form, "-p", files / "profile.toml"]
    code, _, errors = run(*arguments, "--leave-out", "-o", files / "out")
    assert code == 15
    told = (files / "out" / "chua-xuat-duoc.txt").read_text("utf-8-sig")
    heads, lines = (part.splitlines() for part in told.split("\n\n"))
    assert all(re.fullmatch(r"1 văn bản · .+: .+", line) for line in heads)  # by what is missing, then by document
    assert any(line.startswith("1 văn bản · Số, ký hiệu: chưa có giá trị") for line in heads) or form == "ead"
    assert all(line.startswith("cong-van.txt: ") for line in lines)
    assert "chỉ biết một phần · is known only in part" in told
    assert "chua-xuat-duoc.txt" in errors
    assert len(list((files / "out").iterdir())) == 2
