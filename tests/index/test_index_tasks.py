"""What people say of tasks: kept by content, found again by its words whatever is read or corrected later."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, and_, select

import vnadmin
from tests.index.letters import letter
from tests.index.runs import asking, run
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.corrections import correct, read_document
from vnadmin.index.catalog.errors import BadCorrection
from vnadmin.index.catalog.rows import child_rows, rows_of
from vnadmin.index.catalog.schema import Document, Task, TaskMark
from vnadmin.index.catalog.task_marks import MARKS, mark
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.catalog.write import write_documents
from vnadmin.model import AdminDocument, Deadline, Directive, PartialDate

AT = "2026-01-02T00:00:00Z"
ITEMS = ("Giao Phòng Tổ chức lập danh sách cán bộ", "Giao Phòng Tài vụ báo cáo kinh phí", "Giao Văn phòng tổng hợp")


def directives(*texts: str) -> list[Directive]:
    return [Directive(marker=str(i), text=text, assignees=["Phòng"]) for i, text in enumerate(texts, 1)]


@pytest.fixture
def kept(catalog: str, tmp_path: Path) -> tuple[str, str, AdminDocument]:
    """A catalogue, and its one document with three tasks, the second of them done."""
    path = tmp_path / "a.txt"
    path.write_text(letter(1), "utf-8")
    run(catalog, path)
    sha256 = str(asking(catalog, lambda c: c.scalar(select(Document.sha256))))
    document = asking(catalog, lambda c: read_document(c, sha256))
    assert document is not None
    document = document.model_copy(update={"directives": directives(*ITEMS), "evidence": {}})
    written(catalog, sha256, document)
    said(catalog, lambda c: mark(c, sha256, "/directives/1", done=True, person="lan", at=AT))
    return catalog, sha256, document


def said(catalog: str, work: object) -> None:
    writer = Writer(open_catalog(catalog), patience=5)
    try:
        writer.transact(work)  # type: ignore[arg-type]
    finally:
        writer.engine.dispose()


def written(catalog: str, sha256: str, document: AdminDocument) -> None:
    said(catalog, lambda c: write_documents(c, {sha256: rows_of(document)}))


def done(catalog: str) -> list[str]:
    """The texts of the tasks that are done."""

    def ask(connection: Connection) -> list[str]:
        here = and_(MARKS.c.pointer == Task.pointer, MARKS.c.text == Task.text, MARKS.c.sha256 == Document.sha256)
        tasks = select(Task.text).join(Document, Document.id == Task.document_id).join(MARKS, here)
        return list(connection.scalars(tasks.where(MARKS.c.done)))

    return asking(catalog, ask)


def test_done_and_not_done_after_all(kept: tuple[str, str, AdminDocument]) -> None:
    """The last word counts; all are on record, with who and when."""
    catalog, sha256, _ = kept
    assert done(catalog) == [ITEMS[1]]
    said(catalog, lambda c: mark(c, sha256, "/directives/1", done=False, person="minh", at=AT))
    assert done(catalog) == []
    rows = asking(catalog, lambda c: c.execute(select(TaskMark.person, TaskMark.done).order_by(TaskMark.id)).all())
    assert [tuple(row) for row in rows] == [("lan", True), ("minh", False)]
    with pytest.raises(BadCorrection):
        said(catalog, lambda c: mark(c, sha256, "/directives/9", done=True, person="lan", at=AT))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ((ITEMS[0], ITEMS[1], ITEMS[2]), [ITEMS[1]]),
        (("Một mục mới", *ITEMS), [ITEMS[1]]),  # it stands one place further down
        ((ITEMS[1],), [ITEMS[1]]),
        ((ITEMS[0], ITEMS[1] + " quý III;", ITEMS[2]), [ITEMS[1] + " quý III;"]),  # read a little longer
        ((ITEMS[0], ITEMS[2]), []),  # gone: no other task is taken for it
    ],
)
def test_a_later_reading_takes_no_mark_away_and_gives_none_to_another(
    kept: tuple[str, str, AdminDocument], now: tuple[str, ...], expected: list[str]
) -> None:
    """A task is known by its words; the mark of one that is gone comes back with it."""
    catalog, sha256, document = kept
    written(catalog, sha256, document.model_copy(update={"directives": directives(*now)}))
    assert done(catalog) == expected
    written(catalog, sha256, document)
    assert done(catalog) == [ITEMS[1]]


def test_a_corrected_task_stays_done(kept: tuple[str, str, AdminDocument]) -> None:
    """A person mends a letter of it."""
    catalog, sha256, _ = kept
    text = "Giao Phòng Tài vụ báo cáo kinh phí năm 2022"
    said(catalog, lambda c: correct(c, sha256, "/directives/1/text", text, person="lan", at=AT))
    assert done(catalog) == [text]


@pytest.mark.parametrize(
    ("text", "is_task"),
    [
        ("Nghị quyết này được thực hiện đến hết ngày 31/12/2030.", False),
        ("Chương IV Nghị định này được thực hiện đến trước ngày 01/3/2027.", False),
        ("Các quy định tại Điều 5 và Điều 6 của Thông tư này có hiệu lực đến hết năm 2027", False),
        ("Việc rà soát theo Nghị định này hoàn thành trước ngày 01/3/2027.", True),
        ("Báo cáo kết quả thực hiện Nghị quyết này trước ngày 31/12/2030.", True),
        ("Các đơn vị thực hiện Kế hoạch này, báo cáo trước ngày 31/12/2030.", True),
    ],
)
def test_how_long_a_document_holds_is_no_task(text: str, is_task: bool) -> None:
    """A clause whose subject is the document itself, with no one who is told."""
    deadline = Deadline(text="trước ngày 01/3/2027", date="2027-03-01")
    item = Directive(marker="1", text=text, deadline=deadline)
    document = AdminDocument.model_construct(directives=[item], assignments=[], legal_references=[], appendices=[])
    assert [row["text"] for row in child_rows(document)["tasks"]] == ([text] if is_task else [])


def test_a_task_that_is_none(kept: tuple[str, str, AdminDocument]) -> None:
    """Neither done nor open; a later word counts more, and a later reading takes it along."""
    catalog, sha256, document = kept
    said(catalog, lambda c: mark(c, sha256, "/directives/1", done=False, no_task=True, person="lan", at=AT))
    assert done(catalog) == []
    written(catalog, sha256, document.model_copy(update={"directives": directives("Một mục mới", *ITEMS)}))
    rows = asking(catalog, lambda c: c.execute(select(MARKS.c.pointer, MARKS.c.no_task)).all())
    assert [tuple(row) for row in rows] == [("/directives/2", True)]


def item(text: str, *below: Directive, who: str = "", until: str = "") -> Directive:
    deadline = Deadline(text=until, date=PartialDate(until)) if until else None
    return Directive(marker="-", text=text, assignees=[who] if who else [], deadline=deadline, children=list(below))


TREE = [
    item("Thời gian thực hiện: năm 2025", until="2025"),  # of a plan, not of a task
    item(
        "Công tác tập huấn",  # a heading
        item(
            "Sở Nội vụ tổ chức lớp tập huấn",
            item("Thời gian thực hiện: tháng 6 năm 2025", until="2025-06"),
            item("Địa điểm: hội trường tầng 2"),
            item("Số lượng: 30 người"),
            item("Báo cáo kết quả: gửi bằng văn bản"),  # something to do, though `kết quả` heads columns too
            who="Sở Nội vụ",
        ),
        item("Lập danh sách học viên", who="Sở Y tế"),
    ),
    item("Hoàn thành số hóa: 100% hồ sơ", until="2025-09"),
    item("Tổ chức thực hiện", item("Thời gian nhận bài: trước ngày 20 tháng 5", until="2025-05-20")),
    item("Nhiệm vụ khác", item("Thời hạn: trước ngày 30 tháng 9", until="2025-09-30"), who="Sở Tài chính", until="2025-10"),
]  # fmt: skip


def test_particulars_are_no_tasks() -> None:
    """Seen in a list of tasks: `Địa điểm: …`, and the time of a task on a line of its own; the task has the deadline."""
    document = AdminDocument.model_validate(
        {"directives": TREE, "text": "", "source": {"sha256": "0" * 64, "media_type": "text/plain"}}
    )
    tasks = {row["text"]: row["deadline"] for row in child_rows(document)["tasks"]}
    assert tasks == {
        "Sở Nội vụ tổ chức lớp tập huấn": "2025-06",
        "Báo cáo kết quả: gửi bằng văn bản": None,
        "Lập danh sách học viên": None,
        "Hoàn thành số hóa: 100% hồ sơ": "2025-09",
        "Thời gian nhận bài: trước ngày 20 tháng 5": "2025-05-20",
        "Nhiệm vụ khác": "2025-10",
        "Thời hạn: trước ngày 30 tháng 9": "2025-09-30",  # another time than that of the task
    }


@pytest.mark.parametrize(
    ("text", "who", "is_heading"),
    [
        ("Sở Nội vụ:", "Sở Nội vụ", True),  # seen: over what it is told to do
        ("Trách nhiệm của Sở Nội vụ", "Sở Nội vụ", True),
        ("Đối với Sở Nội vụ và các", "Sở Nội vụ", True),
        ("Công tác tuyên truyền", "", True),
        ("Thành phần gồm:", "", True),
        ("TỔ CHỨC THỰC HIỆN", "", True),
        ("Các mẫu biểu sau đây:", "", True),
        ("Sở Nội vụ rà soát hồ sơ:", "Sở Nội vụ", False),
        ("Sở Nội vụ phải:", "Sở Nội vụ", False),
        ("Nội dung báo cáo phải gửi trước ngày 05", "", False),
        ("Kịp thời cứu chữa người bị nạn", "", False),  # no known verb
    ],
)
def test_a_heading_is_no_task_but_hands_on_who_is_told(text: str, who: str, is_heading: bool) -> None:
    heading = item(text, item("Lập danh sách"), item("Bố trí phòng họp"), who=who)
    tree = heading if who else item("Sở Y tế thực hiện:", heading, who="Sở Y tế")
    document = AdminDocument.model_construct(directives=[tree], assignments=[], evidence={})
    tasks = [row["text"] for row in child_rows(document)["tasks"]]
    assert (text not in tasks) == is_heading
    assert tasks[-2:] == ["Lập danh sách", "Bố trí phòng họp"]


def test_no_order_is_lost() -> None:
    """A column of a table beside tasks has the same names, and no list of verbs is complete: what may be an order is a task."""
    orders = [
        item("Số lượng: cử 02 cán bộ trực tại mỗi trường."),
        item("Kết quả: báo cáo UBND tỉnh."),
        item("Số lượng: không quá 02 người, gửi danh sách về Sở.", until="2026-06-30"),
        item("Kinh phí: bố trí từ nguồn chi thường xuyên."),
        item("Thời gian báo cáo: hằng tháng"),
        item("Kịp thời cứu chữa người bị nạn", item("Nạn nhân nặng chuyển tuyến trên")),
        item("Xe công phải niêm phong, không được sử dụng", item("Trừ xe cứu thương")),
        item("Các trường thông báo cho phụ huynh", item("Bằng tin nhắn")),
    ]
    tree = item("Sở Giáo dục và Đào tạo thực hiện các việc sau:", *orders, who="Sở Giáo dục và Đào tạo")
    document = AdminDocument.model_construct(directives=[tree], assignments=[], evidence={})
    tasks = {row["text"] for row in child_rows(document)["tasks"]}
    assert tasks >= {order.text for order in orders}


def test_orders_below_a_sentence_that_lists_them() -> None:
    """As printed: `Số lượng: cử ...` heads columns of tables, and tells somebody to send people."""
    document = vnadmin.parse_text(
        "UBND TỈNH HÒA SƠN\nSố: 05/CT-UBND\n\nCHỈ THỊ\nVề bảo đảm an toàn trường học\n\n"
        "1. Sở Giáo dục và Đào tạo thực hiện các việc sau:\na) Rà soát các điểm trường.\n"
        "b) Số lượng: cử 02 cán bộ trực tại mỗi trường.\nc) Kết quả: báo cáo UBND tỉnh.\nd) Địa điểm: hội trường Sở.\n"
    )
    texts = [row["text"] for row in child_rows(document)["tasks"]]
    assert texts[1:] == [
        "Rà soát các điểm trường.",
        "Số lượng: cử 02 cán bộ trực tại mỗi trường.",
        "Kết quả: báo cáo UBND tỉnh.",
    ]
