"""Questions that are alike are asked together: a preview, one answer for all of them, and one way back."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.service.archive.holdings import Archive, serve_copy
from tests.service.browsing import Watched
from tests.service.serving import Served
from vnadmin.assemble.doubts import expected
from vnadmin.index.catalog.doubts import rank_of

LETTERS = [f"cong-van-{i:02d}.txt" for i in range(0, 12, 2)]  # six letters of one office
OTHERS = [f"cong-van-{i:02d}.txt" for i in range(1, 5, 2)]  # two of another office
PLACES = "SELECT place, count(*) FROM documents WHERE sha256 IN (SELECT sha256 FROM reviews WHERE pointer = '/place') GROUP BY place"
OPEN = "SELECT count(*) FROM reviews WHERE state = 'open' AND pointer = '/place'"
HIDDEN = re.compile(r'name="(name|shown|answer|value|item)" value="([^"]*)"')


class Asked:
    """A service with its catalogue, and what stands in that."""

    def __init__(self, service: Served, archive: Archive) -> None:
        self.url, self.archive = service.url, archive

    def ask(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.archive.catalog)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.commit()
            connection.close()

    def add(self, name: str, pointer: str, reason: str, kind: str, value: str | None) -> None:
        sha256 = self.ask("SELECT sha256 FROM files WHERE path = ?", str(self.archive.folder / name))[0][0]
        rank = rank_of(pointer, kind, reason.partition(":")[0])
        row = (sha256, pointer, reason, rank, json.dumps(value), kind)
        self.ask("INSERT INTO reviews (sha256, pointer, reason, rank, parsed, kind, state) VALUES (?, ?, ?, ?, ?, ?, 'open')", *row)  # fmt: skip

    def items(self, pointer: str = "/place") -> list[int]:
        return [int(str(row[0])) for row in self.ask("SELECT id FROM reviews WHERE pointer = ? ORDER BY id", pointer)]

    def previewed(self, client: httpx.Client, **told: object) -> dict[str, list[str]]:
        """The hidden values of a preview."""
        shown = client.post("/archive/questions/preview", data=told)
        found: dict[str, list[str]] = {}
        for name, value in HIDDEN.findall(shown.text):
            found.setdefault(name, []).append(value)
        return found


@pytest.fixture(scope="module")
def service(made: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Archive]]:
    yield from serve_copy(made, tmp_path_factory.mktemp("questions"))


@pytest.fixture
def asked(service: tuple[Served, Archive], made: Archive) -> Asked:
    """One doubt in six documents of an office, one of them with another value; the same doubt of another office, and an issue."""
    with sqlite3.connect(made.catalog) as source, sqlite3.connect(service[1].catalog) as target:
        source.backup(target)
    asked = Asked(*service)
    asked.ask("DELETE FROM reviews")
    for name in LETTERS:
        asked.add(name, "/place", "likely", "no.such.rule", "Bình Lạch" if name == LETTERS[-1] else "Bình Lạc")
    for name in OTHERS:
        asked.add(name, "/place", "likely", "no.such.rule", "Bình Lạc")
    asked.add(LETTERS[0], "/issuing_agency", "likely", "issuing_agency.title-block", "SỞ NỘI VỤ")
    asked.add(LETTERS[0], "", "issue:layout_damaged", "layout_damaged", None)
    return asked


@pytest.fixture
def page(watch: Callable[[str], Watched], asked: Asked) -> Page:
    found: Page = watch(asked.url).page()
    return found


@pytest.fixture
def client(asked: Asked) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=asked.url, timeout=900) as found:
        yield found


def open_group(page: Page) -> None:
    """The six questions about the place."""
    page.goto("/archive/questions")
    page.locator(".groups tbody tr", has_text="6").get_by_role("link", name="Địa danh").click()
    page.wait_for_selector("main[data-ready]")


def test_what_is_likely_wrong_comes_first_and_the_rest_is_told(page: Page, asked: Asked) -> None:
    """The largest of what was never counted, then what was always right; how many are left, and how many may be wrong."""
    page.goto("/archive/questions")
    rows = page.locator(".groups tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.nth(0)).to_contain_text("Địa danh")
    expect(rows.nth(0)).to_contain_text("50%")
    expect(rows.nth(0)).to_contain_text("2 giá trị khác nhau")
    expect(rows.nth(2)).to_contain_text("Tệp đã mất cách ngắt dòng")
    right = expected("issuing_agency", "issuing_agency.title-block")
    expect(rows.nth(3)).to_contain_text(f"{round(100 * right)}%")
    expect(page.locator("main")).to_contain_text("Còn 10 câu hỏi, xếp thành 4 nhóm")
    expect(page.locator("main")).to_contain_text(f"khoảng {round(9 * 0.5 + 1 - right)} giá trị sai")
    expect(page.locator("main")).to_contain_text("Các giá trị không hỏi được máy đọc ở mức chắc chắn")
    assert Axe().run(page).violations_count == 0


def test_one_answer_for_many_and_the_way_back(page: Page, asked: Asked) -> None:
    """Seen: 28 issuers were confirmed one after the other, each by its own Enter."""
    open_group(page)
    boxes = page.locator("[name=item]")
    expect(boxes).to_have_count(6)
    assert Axe().run(page).violations_count == 0
    boxes.last.uncheck()
    page.locator("#value").fill("Lạc Sơn")
    page.get_by_role("button", name="Đặt cho tất cả").click()
    expect(page.locator("tbody strong")).to_have_text(["Lạc Sơn"] * 5)
    expect(page.locator("main")).to_contain_text("5 giá trị sẽ đổi.")
    assert asked.ask(OPEN) == [(8,)], "a preview writes nothing"
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Ghi 5 câu trả lời").click()
    expect(page.get_by_role("status")).to_contain_text("Đã trả lời 5 câu hỏi")
    assert asked.ask(PLACES) == [("Bình Lạc", 3), ("Lạc Sơn", 5)]
    assert asked.ask(OPEN) == [(3,)]
    expect(page.locator("main")).to_contain_text("đã xem 5 giá trị nghi vấn: 0 giá trị máy đọc đúng")
    expect(page.locator(".groups tbody tr").first).to_contain_text("14%")  # (0 + 1) / (5 + 2)
    page.get_by_role("status").get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("status")).to_contain_text("Đã hoàn tác")
    expect(page.locator(".latest")).to_contain_text("đã hoàn tác")
    assert asked.ask(PLACES) == [("Bình Lạc", 8)]
    assert asked.ask(OPEN) == [(8,)]


def test_enter_in_a_box_does_what_stands_beside_it(page: Page, asked: Asked) -> None:
    """Seen: Enter after a new value was typed offered to accept the old ones."""
    open_group(page)
    page.locator("#value").fill("Lạc Sơn")
    page.locator("#value").press("Enter")
    expect(page.locator("tbody strong")).to_have_text(["Lạc Sơn"] * 6)
    page.go_back()
    page.wait_for_selector("main[data-ready]")
    page.locator("#value").fill("")
    page.locator("#find").fill("Bình")
    page.locator("#by").fill("An")
    page.locator("#by").press("Enter")
    expect(page.locator("tbody strong")).to_have_text(["An Lạc"] * 6)


def test_enter_without_scripts(asked: Asked, client: httpx.Client) -> None:
    """The form's first button is that of what is typed; nothing typed is no answer."""
    text = client.get("/archive/questions/group", params={"item": asked.items()[0]}).text
    assert re.findall(r'<button[^>]* value="(\w+)"', text.partition('class="together"')[2])[0] == "typed"
    items = asked.items()[:2]
    told = {"answer": "typed", "item": items}
    assert asked.previewed(client, **told, value="Lạc Sơn")["answer"] == ["set"]
    assert asked.previewed(client, **told, find="Bình", by="An")["answer"] == ["replace"]
    empty = client.post("/archive/questions/preview", data=told)
    assert (empty.status_code, "Chưa nhập giá trị" in empty.text) == (422, True)


def test_accept_confirms_and_counts_no_correction(page: Page, asked: Asked) -> None:
    """To accept all is to confirm each; an issue is settled and nothing is set; to replace leaves out what has not the words."""
    page.goto("/archive/questions")
    page.get_by_role("link", name="Cả văn bản").click()
    page.get_by_role("button", name="Đã xem, giữ nguyên tất cả").click()
    page.get_by_role("button", name="Ghi 1 câu trả lời").click()
    expect(page.locator(".groups tbody tr")).to_have_count(3)
    assert asked.ask("SELECT count(*) FROM corrections") == [(0,)]
    open_group(page)
    page.locator("#find").fill("Hòa Lạc")
    page.get_by_role("button", name="Thay trong tất cả").click()
    expect(page.locator("main")).to_contain_text("Không có gì thay đổi")
    page.get_by_role("link", name="Quay lại").click()
    page.wait_for_selector("main[data-ready]")
    page.get_by_role("link", name="Chỉ giá trị này").first.click()
    expect(page.locator("[name=item]")).to_have_count(5)
    page.get_by_role("button", name="Máy đọc đúng tất cả").click()
    expect(page.locator("main")).to_contain_text("5 giá trị được xác nhận, không đổi.")
    page.get_by_role("button", name="Ghi 5 câu trả lời").click()
    expect(page.locator("main")).to_contain_text("6 giá trị máy đọc đúng")
    assert asked.ask("SELECT DISTINCT value = parsed FROM corrections") == [(1,)]


def test_what_was_changed_meanwhile_is_shown_again(watch: Callable[[str], Watched], asked: Asked) -> None:
    """Two people answer one group: the second sees what is left, and nothing is written over the first one's values."""
    watched = watch(asked.url)
    watched.expected.append("status of 409")
    first, second = watched.page(), watched.page()
    for page, value in ((first, "Lạc Sơn"), (second, "Hòa Lạc")):
        open_group(page)
        page.locator("#value").fill(value)
        page.get_by_role("button", name="Đặt cho tất cả").click()
        expect(page.locator("tbody strong")).to_have_text([value] * 6)
    first.get_by_role("button", name="Ghi 6 câu trả lời").click()
    expect(first.get_by_role("status")).to_contain_text("Đã trả lời 6")
    second.get_by_role("button", name="Ghi 6 câu trả lời").click()
    expect(second.get_by_role("alert")).to_contain_text("Chưa ghi gì")
    assert asked.ask(PLACES) == [("Bình Lạc", 2), ("Lạc Sơn", 6)]
    assert asked.ask("SELECT count(*) FROM answers") == [(1,)], "what is refused leaves no trace"


def test_two_forms_at_once_answer_once(asked: Asked, client: httpx.Client) -> None:
    """A double click, and two people in the same moment: one answer is written, whole."""
    items = asked.items()[:6]
    one = asked.previewed(client, answer="set", value="Lạc Sơn", item=items)
    other = asked.previewed(client, answer="set", value="Hòa Lạc", item=items)

    def send(form: dict[str, list[str]]) -> int:
        return httpx.post(f"{asked.url}/archive/questions/apply", data=form, timeout=900).status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(send, [one, other, one, other]))
    assert sorted(statuses) == [303, 303, 409, 409]
    assert asked.ask("SELECT count(*), count(DISTINCT value), count(DISTINCT answer) FROM corrections") == [(6, 1, 1)]


def test_an_undo_after_another_persons_word(asked: Asked, client: httpx.Client) -> None:
    """A value that somebody set since stays, and the page says so."""
    form = asked.previewed(client, answer="set", value="Lạc Sơn", item=asked.items()[:3])
    client.post("/archive/questions/apply", data=form)
    sha256 = asked.ask("SELECT sha256 FROM reviews WHERE id = ?", asked.items()[1])[0][0]
    client.post(f"/archive/documents/{sha256}/set", data={"pointer": "/place", "value": "Hòa Lạc"})
    undone = client.post("/archive/questions/undo", data={"name": form["name"][0]}, follow_redirects=True)
    assert "1 giá trị được giữ nguyên" in undone.text
    assert asked.ask(PLACES) == [("Bình Lạc", 7), ("Hòa Lạc", 1)]
    assert asked.ask(OPEN) == [(7,)]


@pytest.mark.parametrize("answer", [{"answer": "accept", "item": "x"}, {"answer": "nothing"}, {}])
def test_what_is_no_answer_is_refused(asked: Asked, client: httpx.Client, answer: dict[str, str]) -> None:
    assert client.post("/archive/questions/preview", data=answer).status_code == 422


def test_a_group_that_is_gone(asked: Asked, client: httpx.Client) -> None:
    """A question that there is not is told; one whose group was answered leads back to the groups."""
    assert client.get("/archive/questions/group?item=99999").status_code == 404
    item = asked.items()[0]
    asked.ask("UPDATE reviews SET state = 'closed'")
    assert client.get(f"/archive/questions/group?item={item}").headers["location"] == "/archive/questions"
    assert "Không còn giá trị nào cần kiểm tra" in client.get("/archive/questions").text


def test_the_queue_offers_what_is_alike_and_tells_what_an_answer_settled(page: Page, asked: Asked) -> None:
    """One answer, then how many more were read the same; with them it is one click to all, and the page says so."""
    page.goto(f"/archive/queue/{asked.items()[0]}")
    page.wait_for_selector("main[data-ready]")
    expect(page.locator("#like")).to_contain_text("6 câu hỏi cùng loại")
    page.wait_for_timeout(600)  # an Enter that comes at once was meant for the item before
    page.keyboard.press("Enter")
    expect(page.locator("#done")).to_contain_text("còn 4 câu hỏi cùng loại, cùng giá trị máy đọc")
    page.locator("#done").get_by_role("link", name="trả lời chung").click()
    expect(page.locator("[name=item]")).to_have_count(4)


def test_what_an_answer_settled_beside_its_question(asked: Asked, client: httpx.Client) -> None:
    """A number that is set answers what is asked about its parts and about its blank, too."""
    asked.add(LETTERS[1], "/number/text", "likely", "number.header-line", "102/SNV-VP")
    asked.add(LETTERS[1], "/number/text", "issue:number_blank", "number_blank", None)
    asked.add(LETTERS[1], "/number/sequence", "likely", "number.header-line", "102")
    item = asked.items("/number/text")[0]
    answered = client.post(f"/archive/queue/{item}/correct", data={"value": "12/SNV-VP"}, follow_redirects=True)
    assert "giải quyết thêm 2 câu hỏi khác" in answered.text
    name = asked.ask("SELECT answer FROM reviews WHERE id = ?", item)[0][0]
    client.post("/archive/questions/undo", data={"name": name})
    assert asked.ask("SELECT count(*) FROM reviews WHERE state = 'open' AND pointer LIKE '/number/%'") == [(3,)]
    assert asked.ask("SELECT count(*) FROM documents WHERE number = '102/SNV-VP'") == [(1,)]


@pytest.mark.parametrize("first", ["accept", "correct", "elsewhere"])
def test_of_two_people_at_one_question_the_second_is_told(asked: Asked, client: httpx.Client, first: str) -> None:
    """Seen: the later answer was written over the earlier one, and nobody learned of it."""
    item = asked.items()[0]
    sha256 = asked.ask("SELECT sha256 FROM reviews WHERE id = ?", item)[0][0]
    form = own(client, item)
    if first == "elsewhere":
        client.post(f"/archive/documents/{sha256}/set", data={"pointer": "/place", "value": "Lạc Sơn"})
    else:
        client.post(f"/archive/queue/{item}/{first}", data={**own(client, item), "value": "Lạc Sơn"})
    said = asked.ask("SELECT value FROM corrections")
    late = client.post(f"/archive/queue/{item}/correct", data={**form, "value": "Hòa Lạc"})
    assert (late.status_code, "Chưa ghi: đã có người trả lời" in late.text) == (422, True)
    assert asked.ask("SELECT value FROM corrections") == said
    again = client.post(f"/archive/queue/{item}/correct", data={**own(client, item), "value": "Hòa Lạc"})
    assert again.status_code == 303, "who has seen the answer may change it"
    assert len(asked.ask("SELECT value FROM corrections")) == 2


def test_a_form_of_the_queue_that_is_sent_twice_answers_once(asked: Asked, client: httpx.Client) -> None:
    item = asked.items()[0]
    form = {**own(client, item), "value": "Lạc Sơn"}
    statuses = [client.post(f"/archive/queue/{item}/correct", data=form).status_code for _ in range(2)]
    assert statuses == [303, 303]
    assert asked.ask("SELECT count(*) FROM corrections") == [(1,)]


def own(client: httpx.Client, item: int) -> dict[str, str]:
    """What the form of a question says of itself."""
    text = client.get(f"/archive/queue/{item}", follow_redirects=True).text
    return dict(re.findall(r'name="(name|seen)" value="([^"]*)"', text.partition('id="asked"')[2])[:2])
