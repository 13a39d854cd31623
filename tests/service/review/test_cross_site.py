"""Pages of other sites, in a real browser, over plain http and by host names, where it sends no `Sec-Fetch-Site`."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.service.review.pages import edit, leaf, open_sample, saved
from tests.service.serving import Served

OURS, THEIRS = "van-thu.test", "ke-gian.test"  # both lead to loopback in the tests' browser

ATTACKS = {
    "a form": "<form method=post action='{target}'><input name=pointer value=/place><input name=value value=Forged></form>"
    "<script>document.forms[0].submit()</script>",
    "a form as text": "<form method=post enctype=text/plain action='{target}'><input name='pointer=/place&value' value=Forged>"
    "</form><script>document.forms[0].submit()</script>",
    "fetch": "<script>fetch('{target}', {{method: 'POST', mode: 'no-cors', credentials: 'include', "
    "headers: {{'content-type': 'application/x-www-form-urlencoded'}}, body: 'pointer=/place&value=Forged'}})</script>",
    "a frame without an origin": "<iframe sandbox='allow-forms allow-scripts' srcdoc=\"<form method=post action='{target}'>"
    "<input name=pointer value=/place><input name=value value=Forged></form><script>document.forms[0].submit()</script>\"></iframe>",
    "a beacon": "<script>navigator.sendBeacon('{target}', new URLSearchParams('pointer=/place&value=Forged'))</script>",
}  # fmt: skip


@pytest.fixture
def elsewhere() -> Iterator[dict[str, str]]:
    """Pages of another site, by their path; and its address."""
    pages: dict[str, str] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    pages["address"] = f"http://{THEIRS}:{server.server_port}"
    yield pages
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_of_another_site_corrects_nothing(
    serve: Callable[..., Served], watch: Callable[[str], object], elsewhere: dict[str, str]
) -> None:
    """Our own page corrects by a host name; no form, script or frame of another does."""
    service = serve(auth="off", allowed_hosts=f"{OURS},127.0.0.1", workers=1, review_workers=1)
    ours = service.url.replace("127.0.0.1", OURS)
    watched = watch(ours)
    page: Page = watched.page()  # type: ignore[attr-defined]
    open_sample(page, "cong-van.txt")
    edit(page, "/place", "Tân An")
    saved(page, "/place", "Tân An")
    sheet = page.url
    assert all("untrustworthy" in line for line in watched.trouble)  # type: ignore[attr-defined]  # a header over http
    for place, attack in enumerate(ATTACKS.values(), 1):
        elsewhere[f"/{place}"] = attack.format(target=f"{sheet}/set")
        page.goto(f"{elsewhere['address']}/{place}")
        while service.lines.count('/set"') + service.lines.count('"cross_site"') <= place:
            page.wait_for_timeout(50)  # the browser does not show the page every answer
    page.goto(sheet)
    expect(leaf(page, "/place")).to_contain_text("Tân An")
    assert service.lines.count('"cross_site"') == len(ATTACKS)
    watched.trouble.clear()  # type: ignore[attr-defined]  # what the browser says of the attacks


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://{host}"}, 200),
        ({"origin": "https://{host}"}, 200),
        ({"origin": "http://{host}", "sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "http://127.0.0.1"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"origin": "http://{host}.evil.example"}, 403),
        ({"origin": "http://evil.example/{host}"}, 403),
        ({"origin": "http://{host}", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://{host}", "sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "unheard-of"}, 403),
    ],
)
def test_origins(headers: dict[str, str], status: int, http: httpx.Client) -> None:
    """What a browser says of where a request comes from; a program says nothing."""
    host = f"127.0.0.1:{http.base_url.port}"
    sent = {name: value.format(host=host) for name, value in headers.items()}
    assert http.post("/v1/parse", json={"text": "Số: 12/SNV-VP"}, headers=sent).status_code == status
