"""The queue, the pictures and a page that is not there, on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.service.archive.holdings import Archive, serve_copy
from tests.service.archive.test_archive_document import HERE, ready, sha256_of
from tests.service.browsing import Watched
from tests.service.serving import Served

SIZES = [(1440, 900), (390, 844)]


@pytest.fixture(scope="module")
def asked(made: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Archive]]:
    """A catalogue of this module's own."""
    yield from serve_copy(made, tmp_path_factory.mktemp("widths"))


def nothing_beside(page: Page) -> None:
    """Nothing runs off the side."""
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")


def test_the_queue(watch: Callable[[str], Watched], asked: tuple[Served, Archive]) -> None:
    """A question is in sight with its value, Enter answers it, and the next one comes; on the telephone too."""
    page: Page = watch(asked[0].url).page(*SIZES[0])
    page.goto("/archive/queue")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        ready(page)
        first = page.url
        expect(page.locator("#asked")).to_be_in_viewport()
        if width == 390:  # the head is small, and what is asked about has room
            page.reload()
            ready(page)
            assert rows_of_the_head(page) == 2
            assert page.locator("#view").bounding_box()["height"] > 180
        nothing_beside(page)
        page.wait_for_timeout(600)  # an Enter that comes at once was meant for the question before
        page.locator("#accept").press("Enter")
        page.wait_for_url(lambda url, first=first: url != first)
        expect(page.get_by_text("Đã xong").first).to_be_visible()
        nothing_beside(page)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_pictures(watched: Watched, made: Archive, width: int, height: int) -> None:
    """The page of a PDF has ink where a certain value stands, and the telephone shows it first."""
    page = watched.page(width, height)
    page.goto(HERE + sha256_of(made, "thong-bao.pdf"))
    ready(page)
    picture = page.locator("#page-1 img")
    expect(picture).to_be_in_viewport()
    box = page.locator("#page-1 rect.g-certain[data-p*='/number/text']").first
    share = picture.evaluate(
        """async (image, box) => {
            await image.decode();
            const canvas = Object.assign(document.createElement("canvas"), {width: image.naturalWidth, height: image.naturalHeight});
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            const scale = image.naturalWidth / box.page;
            const {data} = context.getImageData(box.x * scale, box.y * scale, box.width * scale, box.height * scale);
            let dark = 0;
            for (let at = 0; at < data.length; at += 4) dark += data[at] < 128;
            return dark / (data.length / 4);
        }""",
        {
            **{name: float(box.get_attribute(name) or 0) for name in ("x", "y", "width", "height")},
            "page": float((page.locator("#page-1 svg").get_attribute("viewBox") or "0 0 1 1").split()[2]),
        },
    )
    assert share > 0.03
    nothing_beside(page)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_document_that_is_not_there(watched: Watched, width: int, height: int) -> None:
    """The page says so in words and leads back."""
    watched.expected.append("status of 404")
    page = watched.page(width, height)
    page.goto(HERE + 64 * "0")
    expect(page.get_by_role("alert")).to_contain_text("Không tìm thấy văn bản này trong kho")
    expect(page.locator("main a").first).to_be_visible()
    nothing_beside(page)


def rows_of_the_head(page: Page) -> int:
    """How many rows the parts of the head stand in, those that a person sees."""
    return page.evaluate(
        """() => {
            const parts = [...document.querySelectorAll("header h1, header .button, header button")];
            const boxes = parts.map((part) => part.getBoundingClientRect()).filter((box) => box.height);
            const bottoms = [];
            for (const box of boxes.sort((a, b) => a.top - b.top))
                if (!bottoms.length || box.top >= bottoms.at(-1)) bottoms.push(box.bottom);
            return bottoms.length;
        }"""
    )


@pytest.mark.parametrize("name", ["thong-bao.pdf", "cong-van-00.txt", "ven-song.txt"])
def test_the_head_of_a_document_takes_two_rows_on_the_telephone(watched: Watched, made: Archive, name: str) -> None:
    """Seen: three. The name stands whole beside what is asked for most; a reader of the screen is told whole names."""
    page = watched.page(*SIZES[1])
    for language in ("vi", "en"):
        page.goto(f"{HERE}{sha256_of(made, name)}?lang={language}")
        ready(page)
        assert rows_of_the_head(page) == 2
        nothing_beside(page)
    page.goto(f"{HERE}{sha256_of(made, name)}?lang=vi")
    expect(page.get_by_role("button", name="Cần kiểm tra trong văn bản này")).to_be_in_viewport()
    page.locator("header .menu summary").click()
    menu = page.locator("header .menu ul").bounding_box() or {}
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= 390


def test_what_is_done_with_results_takes_a_row_on_the_telephone(watched: Watched) -> None:
    """Seen: `Lọc`, the tasks and the export in a row each."""
    page = watched.page(*SIZES[1])
    page.goto("/archive?q=kiểm+tra")
    found, narrow = (page.locator(one).bounding_box() or {} for one in (".total [role=status]", ".facets > summary"))
    assert abs(found["y"] - narrow["y"]) < 20
    boxes = [one.bounding_box() or {} for one in page.locator(".total .button").all()]
    assert len(boxes) == 3
    assert len({round(box["y"]) for box in boxes}) == 1
    nothing_beside(page)


@pytest.mark.parametrize(
    "path",
    ["/archive", "/archive/tasks", "/archive/registers", "/archive/intake", "/archive/page-counts", "/archive/audit"],
)
def test_the_head_takes_two_rows_on_the_telephone(watched: Watched, path: str) -> None:
    """Seen: 160 of 844 pixels in three rows. All parts stand in one row, in few words; a reader is told their whole names."""
    page = watched.page(*SIZES[1])
    page.goto(path)
    parts = page.locator("nav.parts a")
    boxes = [parts.nth(at).bounding_box() or {} for at in range(parts.count())]
    assert len(boxes) == 7
    assert len({round(box["y"]) for box in boxes}) == 1
    assert boxes[-1]["x"] + boxes[-1]["width"] <= 390
    assert (page.locator("header").bounding_box() or {})["height"] < 100
    expect(page.get_by_role("link", name="Nhiệm vụ được giao").first).to_be_visible()
    nothing_beside(page)
